"""Foreign files are opened in a process of their own, with an end to its time and memory."""

import json
import subprocess
import sys
from typing import Final

from comity.documents.extras import MissingPartError
from comity.documents.unpacking import REFUSED
from comity.provenance import UnreadableFileError

MAX_SECONDS: Final = 120.0
MAX_MEMORY: Final = 4 * 1024**3  # bytes of address space
_LIMITED: Final = """\
import sys
try:
    import resource
    for limit, most in ((resource.RLIMIT_AS, int(sys.argv[3])), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
except ImportError:  # a system without such limits; the time limit holds
    pass
from comity.documents.unpacking import main
sys.exit(main(sys.argv[1], sys.argv[2]))
"""


def text_of(
    form: str, content: bytes, name: str, *, seconds: float = MAX_SECONDS, memory: int = MAX_MEMORY
) -> str:
    """Give the text of a file of form "html", "pdf" or "word".

    Raises
    ------
    UnreadableFileError : broken, without text, or it takes too much time or memory
    MissingPartError : the part for it is not installed
    """
    command = [sys.executable, "-c", _LIMITED, form, name, str(memory)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFileError(
            f"{name} takes over {seconds:.0f} seconds to open",
            allowed="A document that opens within that time.",
            remedy="Open it in another program and save its text.",
        ) from None
    if done.returncode == REFUSED:
        _raise(json.loads(done.stdout))
    if done.returncode:
        raise UnreadableFileError(
            f"{name} could not be opened: its {form} reader broke off ({_last(done.stderr)})",
            allowed=f"At most {memory // 1024**2:,} MB of memory are used to open a document.",
            remedy="Open it in another program and save its text.",
        )
    return done.stdout.decode("utf-8")


def _raise(reason: dict[str, str]) -> None:
    kinds: dict[str, type[MissingPartError] | type[UnreadableFileError]] = {
        "MissingPartError": MissingPartError
    }
    kind = kinds.get(reason["kind"], UnreadableFileError)
    raise kind(reason["what"], where=reason["where"], allowed=reason["allowed"], remedy=reason["remedy"])


def _last(errors: bytes) -> str:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "no reason given"
