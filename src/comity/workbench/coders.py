"""Who reads: the rules, a language model or annotations; and what is said before any text is sent."""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.provenance import UnreadableFileError, UsageError, read_text
from comity.workbench.options import positive
from comity.workbench.output import note

if TYPE_CHECKING:
    from comity.actors import Registry
    from comity.documents import AnnotationCoder, Coder, Document, ModelCoder

CONFIG: Final = "config.toml"
SETTINGS: Final = ("base_url", "model", "api_key_env")
HOME: Final = "COMITY_HOME"
# Options that only one coder heeds; given for another they are a mistake, not a wish.
_OWN: Final = {
    "model": (
        *("base_url", "api_key_env", "replies", "offline", "fresh", "timeout", "time_limit"),
        *("insecure", "yes"),
    ),
    "annotations": ("annotations",),
}


def add_coder(parser: argparse.ArgumentParser) -> None:
    """Add ``--coder`` and the options of each coder."""
    parser.add_argument(
        "--coder",
        default="rules",
        metavar="NAME",
        help="who reads: rules (default), model, annotations, or one that another package brings",
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="NAME",
        help="the spaCy model to parse with; with --coder model, the language model to ask",
    )
    parser.add_argument(
        "--annotations",
        metavar="FILE",
        help="with --coder annotations: a CSV, JSON, XMI, TSV or zip file",
    )
    group = parser.add_argument_group("with --coder model")
    group.add_argument("--base-url", metavar="URL", help="an address that answers as OpenAI's does, with /v1")
    group.add_argument("--api-key-env", metavar="VARIABLE", help="the environment variable with the key")
    group.add_argument("--replies", metavar="FOLDER", help="where answers are kept")
    group.add_argument("--offline", action="store_true", help="use kept answers only; send nothing")
    group.add_argument("--fresh", action="store_true", help="ask again for what is kept")
    group.add_argument("--timeout", type=positive, metavar="SECONDS", help="for one answer (default: 180)")
    group.add_argument("--time-limit", type=positive, metavar="SECONDS", help="for all (default: 3600)")
    group.add_argument("--insecure", action="store_true", help="allow plain http to another machine")
    group.add_argument("--yes", action="store_true", help="send what is announced without asking")


def chosen_coder(
    arguments: argparse.Namespace,
    documents: Sequence["Document"],
    *,
    registry: "Registry | None" = None,
    lexicons: tuple[Path, ...] = (),
) -> "Coder":
    """Make the coder that was asked for; one that sends text says what and where, and asks.

    Raises
    ------
    UsageError : no coder of this name, no address or model, an option of another coder, or nobody agreed
        to send
    BrokenCoderError : a coder of another package cannot be loaded, or is no coder
    """
    from comity.actors import load_registry
    from comity.documents import RulesCoder, brought_coder, coder_names

    for coder, names in _OWN.items():
        given = [name for name in names if getattr(arguments, name, None)]
        if given and coder != arguments.coder:
            option = f"--{given[0].replace('_', '-')}"
            raise UsageError(f"{option} without --coder {coder}", where=option)
    known = registry or load_registry()
    if arguments.coder not in coder_names():
        raise UsageError(
            f"no coder {arguments.coder!r}", where="--coder", allowed=f"One of {', '.join(coder_names())}."
        )
    if arguments.coder not in ("rules", *_OWN):
        return brought_coder(arguments.coder, known)
    if arguments.coder == "model":
        return _model_coder(arguments, documents, known)
    if arguments.coder == "annotations":
        return _annotation_coder(arguments, documents, known)
    return RulesCoder(registry=known, lexicons=lexicons, model=arguments.model)


def _model_coder(
    arguments: argparse.Namespace, documents: Sequence["Document"], registry: "Registry"
) -> "ModelCoder":
    from comity.documents import Endpoint, ModelCoder, Replies

    settings = _settings()
    # A key goes only to the address that it was named beside.
    key = arguments.api_key_env or ("" if arguments.base_url else settings.get("api_key_env", ""))
    address = arguments.base_url or settings.get("base_url", "")
    model = arguments.model or settings.get("model", "")
    if not model or not (address or arguments.offline):
        raise UsageError(
            "no address of a model, or no name",
            where=str(_config_path()),
            allowed="[reading] with base_url and model, or --base-url and --model.",
        )
    endpoint = None
    if not arguments.offline:
        times = {
            name: value
            for name, value in (
                ("request_seconds", arguments.timeout),
                ("total_seconds", arguments.time_limit),
            )
            if value
        }
        endpoint = Endpoint(address, model, key, insecure=arguments.insecure, **times)
        endpoint.check_key()
    folder = Path(arguments.replies) if arguments.replies else _replies_folder()
    coder = ModelCoder(model, endpoint, Replies(folder), registry, fresh=arguments.fresh)
    if sys.stderr.isatty():
        coder.tell = lambda name, done, of: note(f"{name}: part {done + 1} of {of}")
    if endpoint:
        _announce(coder, documents, agreed=arguments.yes)
    return coder


def _announce(coder: "ModelCoder", documents: Sequence["Document"], *, agreed: bool) -> None:
    """Say what leaves the machine, before it does; go on only if somebody agrees."""
    endpoint = coder.endpoint
    sendings = [one for one in map(coder.sending, documents) if one.questions]
    if endpoint is None or not sendings:
        note("Every answer is kept already: nothing is sent.")
        return
    for one in sendings:
        questions = f"{one.questions} question{'s' if one.questions > 1 else ''}"
        what = f"{one.characters:,} characters of {one.document}, in {questions}"
        note(f"To {endpoint.host} ({coder.model}) go {what}.")
    note("With each question go the coding rules. One that is refused or answered badly is sent again.")
    if endpoint.is_this_machine:
        note(f"{endpoint.host} is this machine. Where its server sends the text, comity cannot know.")
    if agreed:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("nothing was sent", where="--yes", remedy="Agree with --yes to what is said above.")
    print("Send it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError("nothing was sent")


def _annotation_coder(
    arguments: argparse.Namespace, documents: Sequence["Document"], registry: "Registry"
) -> "AnnotationCoder":
    from comity.documents import AnnotationCoder, read_annotations

    if not arguments.annotations:
        raise UsageError("no file of annotations", where="--annotations")
    annotations = read_annotations(Path(arguments.annotations))
    coder = AnnotationCoder(annotations, registry)
    for what, count in sorted(annotations.set_aside.items()):
        note(f"Set aside, for it holds no coding: {count:,} × {what}.")
    named = coder.documents
    if len(documents) == 1 and documents[0].id not in named and len(named) <= 1:
        coder.alone = documents[0].id
        if named and named[0]:
            note(f"The annotations are on {named[0]}; they are looked up in {documents[0].id}.")
    elif "" in named:
        raise UsageError(
            "annotations that name no document, and several documents",
            where="--annotations",
            remedy="Name the document in each annotation, or read one document at a time.",
        )
    for name, count in sorted(coder.elsewhere(documents).items()):
        note(f"On a document that is not read here ({name}): {count:,} annotations.")
    return coder


def _settings() -> dict[str, str]:
    """The table [reading] of the user's configuration; a case has no say in where texts go."""
    path = _config_path()
    if not path.is_file():
        return {}
    try:
        table: Any = tomllib.loads(read_text(path)).get("reading", {})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFileError(f"{path.name} is not TOML: {error}", where=str(path.parent)) from None
    values = table if isinstance(table, dict) else {"reading": table}
    wrong = [name for name, value in values.items() if name not in SETTINGS or not isinstance(value, str)]
    if wrong:
        raise UsageError(
            f"{wrong[0][:40]} is no setting, or no text",
            where=f"{path}, [reading]",
            allowed=f"{', '.join(SETTINGS)}, each in quotation marks.",
            remedy="The key itself stands in the environment variable that api_key_env names.",
        )
    return dict(values)


def _config_path() -> Path:
    if named := os.environ.get(HOME):
        return Path(named).expanduser() / CONFIG
    import platformdirs

    return platformdirs.user_config_path("comity") / CONFIG


def _replies_folder() -> Path:
    if named := os.environ.get(HOME):
        return Path(named).expanduser() / "replies"
    import platformdirs

    return platformdirs.user_cache_path("comity") / "replies"
