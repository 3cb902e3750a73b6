"""``comity read``: candidate events, pledges and quotations of documents, one a line."""

import argparse
from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from comity.provenance import UsageError, parse_day
from comity.workbench.coders import add_coder, chosen_coder
from comity.workbench.options import add_format, day
from comity.workbench.output import note, plain, print_rows
from comity.workbench.progress import showing_progress

if TYPE_CHECKING:
    from comity.actors import Registry
    from comity.cases import Case, Kept
    from comity.documents import Candidate, Document

SHOWN = (
    "kind",
    "document",
    "what",
    "sender",
    "receiver",
    "speaker",
    "date_start",
    "date_end",
    "aux",
    "verification",
    "words",
)
ALL = (
    *("kind", "document", "sender", "receiver", "sender_agents", "receiver_agents", "reciprocal"),
    *("event_type", "mode", "event_kind", "sign", "aux", "date_start", "date_end", "precision", "basis"),
    *("speaker", "modality", "holder", "nonstate", "pledge_kind", "quantity", "bound", "unit", "currency"),
    *("stage", "venue", "verification", "coder", "paragraph", "char_start", "char_end"),
)
WORDS_SHOWN = 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="plain text, Markdown, HTML, PDF or Word (.docx)"
    )
    parser.add_argument(
        "--written",
        metavar="DAY[..DAY]",
        help='when it was written, for "last month" (default: the last date that the text names)',
    )
    parser.add_argument(
        "--case",
        metavar="DIR",
        help="keep what is found as drafts of this case; 'comity review' decides on them",
    )
    parser.add_argument("--actors", metavar="FILE", help="an actors.csv with more actors and names")
    parser.add_argument(
        "--lexicon",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder with word lists of your own; may be given again",
    )
    add_coder(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read every file and print what was found; what the text does not say is listed on stderr."""
    import comity
    from comity.cases import keep_drafts, open_case
    from comity.documents import RulesCoder, is_english, merge, read, read_document

    written = _written(arguments.written)
    folders = tuple(Path(one) for one in arguments.lexicon)
    case = open_case(arguments.case) if arguments.case else None
    if case:
        case.require_writable("keep drafts in it")
    registry = _registry(arguments.actors, case.registry if case else None)
    documents: dict[str, Document] = {}
    for name in arguments.files:
        id = _free(Path(name).stem, documents)
        document = read_document(Path(name), id=id, written=written)
        documents[id] = _as_listed(document, case) if case and not arguments.written else document
    coder = chosen_coder(arguments, list(documents.values()), registry=registry, lexicons=folders)
    found: list[Candidate] = []
    texts = {id: document.text for id, document in documents.items()}
    for name, document in zip(arguments.files, documents.values(), strict=True):
        if coder.name == "rules" and not is_english(document.text):
            note(f"{document.id} does not look like English, the one language that the rules read.")
        with showing_progress() as show:
            if isinstance(coder, RulesCoder):
                coder.tell = show
            result = read(document, coder)
        found += result.candidates
        for refused in (*result.refused, *(one for _, one in result.rejected)):
            note(f"{document.id}: not taken in: {plain(refused.quotation)[:WORDS_SHOWN]}: {refused.reason}")
        if case:
            kept = keep_drafts(
                case,
                document,
                result.candidates,
                coder=coder.name,
                version=comity.__version__,
                file=name,
            )
            _tell(kept)
    rows = [
        _row(one, texts, as_csv=arguments.csv, words=not arguments.json) for one in merge(found, registry)
    ]
    if doubtful := sum(bool(one.draft.doubts) for one in found):
        note(f"Rows that the text does not bear out in everything: {doubtful}; --json shows their doubts.")
    if not rows:
        note("Nothing was found: no sentence here says that somebody did, promised or said something.")
    print_rows(rows, ALL if arguments.csv else SHOWN, as_json=arguments.json, as_csv=arguments.csv)
    return 0


def _free(stem: str, taken: Container[str]) -> str:
    """Name a document by its file; of two files with one name, the second gets a number."""
    return next(name for i in count(1) if (name := stem if i == 1 else f"{stem}-{i}") not in taken)


def _row(candidate: "Candidate", texts: Mapping[str, str], *, as_csv: bool, words: bool) -> dict[str, object]:
    row = candidate.to_dict()
    first = candidate.passages[0]
    if as_csv:
        row |= {"paragraph": first.paragraph, "char_start": first.char_start, "char_end": first.char_end}
    elif words:
        said = texts[first.document][first.char_start : first.char_end]
        row |= {
            "what": row["event_type"] or row.get("pledge_kind") or row["mode"],
            "words": said if len(said) <= WORDS_SHOWN else said[:WORDS_SHOWN] + " …",
        }
    return row


def _written(text: str | None) -> tuple[date | None, date | None]:
    """Read a day, or the first and last day of a window."""
    if text is None:
        return None, None
    first, dots, last = text.partition("..")
    start = day(first, "--written")
    end = day(last, "--written") if dots else start
    if end < start:
        raise UsageError(f"the window ends ({end}) before it starts ({start})", where="--written")
    return start, end


def _as_listed(document: "Document", case: "Case") -> "Document":
    """Date a document as the case does, if it lists it."""
    listed = (one for one in case.sources.values() if one.sha256 == document.sha256)
    source = next((one for one in listed if one.kind == "document"), None)
    if source is None or not (source.written_from or source.written_to):
        return document
    window = (parse_day(source.written_from), parse_day(source.written_to))
    return replace(document, written=window)


def _tell(kept: "Kept") -> None:
    """Say what became of a document's drafts."""
    parts = [f"{len(kept.new)} new drafts"]
    parts += [f"{len(kept.known)} proposed before, decisions kept"] if kept.known else []
    parts += [f"{len(kept.withdrawn)} withdrawn, no longer proposed"] if kept.withdrawn else []
    added = "; added to sources.toml" if kept.added else ""
    note(f"document {kept.document}: {', '.join(parts)}{added}")


def _registry(actors: str | None, known: "Registry | None" = None) -> "Registry":
    from comity.actors import CASE_COLUMNS, load_registry
    from comity.provenance import read_table

    registry = known or load_registry()
    return registry.with_rows(read_table(Path(actors), CASE_COLUMNS)) if actors else registry
