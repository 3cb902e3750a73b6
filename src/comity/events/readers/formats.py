"""The formats of event data that can be imported: ours in one list, others by entry point."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.events.readers.comity import Comity
from comity.events.readers.gdelt import Gdelt
from comity.events.readers.icews import Icews
from comity.events.readers.keds import Keds
from comity.events.readers.phoenix import HistoricalPhoenix, Phoenix
from comity.events.readers.polecat import Polecat
from comity.events.readers.reader import Reader
from comity.events.readers.stream import LineStream
from comity.events.readers.tkg import Tkg, known_sets
from comity.provenance import ComityError, UnreadableFileError, UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS: Final[tuple[Reader, ...]] = (
    Icews(), Gdelt(), Polecat(), Phoenix(), HistoricalPhoenix(), Keds(), Tkg(), Comity(),
)  # fmt: skip
GROUP: Final = "comity.readers"
ATTRIBUTES: Final = ("id", "title", "expects", "lenient", "header", "recognises", "series", "outcomes")
SCORE_HEADERS: Final = ("date,country_a,country_b,score", "date,a,b,score")


class BrokenReaderError(ComityError):
    """A reader of another package cannot be loaded, or is no reader."""


def find_reader(name: str) -> Reader:
    """Find the reader of this name: ours, a known benchmark's, or one that another package brings.

    Raises
    ------
    UsageError : there is none
    BrokenReaderError : another package's, and it cannot be loaded

    Examples
    --------
    >>> find_reader("icews").title
    'ICEWS Coded Event Data'
    """
    own: dict[str, Reader] = {reader.id: reader for reader in READERS} | known_sets()
    if name in own:
        return own[name]
    for entry in _entries():
        if entry.name == name:
            return _loaded(entry)
    listed = ", ".join((*own, *(entry.name for entry in _entries())))
    raise UsageError(f"no reader {name!r}", allowed=f"One of {listed}; 'csv' with --map FILE; or 'auto'.")


def all_readers() -> tuple[Reader, ...]:
    """List ours and those of other packages.

    Raises
    ------
    BrokenReaderError : one of another package cannot be loaded
    """
    return (*READERS, *(_loaded(entry) for entry in _entries()))


def recognise(paths: Sequence[Path]) -> Reader:
    """Find the reader of some files by their first lines; all of them must be of one format.

    Raises
    ------
    UnreadableFileError : see `LineStream`; no format fits, or the files are of several
    """
    found: dict[str, Path] = {}
    readers = all_readers()
    for path in paths:
        first = first_line(path)
        reader = next((one for one in readers if one.recognises(first)), None)
        if reader is None:
            raise UnreadableFileError(
                f"{path.name} is in no form that comity knows: its first line is {first[:80]!r}",
                where=str(path.parent),
                allowed=f"Forms: {', '.join(one.title for one in readers)}.",
                remedy=advice(first) or "For a table of your own: import csv --map FILE.",
            )
        found.setdefault(reader.id, path)
    if len(found) > 1:
        listed = ", ".join(f"{path.name} ({name})" for name, path in found.items())
        raise UnreadableFileError(f"files of several forms: {listed}", remedy="Import each form by itself.")
    return next(reader for reader in readers if reader.id in found)


def first_line(path: Path) -> str:
    """Read the first line, leniently; see `LineStream`."""
    return next(iter(LineStream(path, lenient=True)), (0, ""))[1]


def advice(first: str) -> str:
    """Say what a file with this first line is, where another reader or function is the right one."""
    if first.lower().strip() in SCORE_HEADERS:
        return "These are daily scores of pairs, not events: 'comity import scores' keeps them apart."
    other = next((one for one in READERS if one.recognises(first)), None)
    return f"It looks like {other.title}: import it as {other.id!r}." if other else ""


def _entries() -> "list[EntryPoint]":
    from importlib.metadata import entry_points  # it loads the parsers of mail

    return sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))


def _loaded(entry: "EntryPoint") -> Reader:
    package = entry.dist.name if entry.dist else entry.value
    try:
        loaded = entry.load()
        reader: Reader = loaded() if isinstance(loaded, type) else loaded
        missing = [name for name in ATTRIBUTES if not hasattr(reader, name)]
    except Exception as error:  # noqa: BLE001  (another package may raise anything)
        raise BrokenReaderError(
            f"the reader {entry.name!r} of {package} cannot be loaded: {error!r}",
            remedy=f"Mend or uninstall {package}, or name another reader.",
        ) from None
    if missing or reader.id != entry.name or entry.name in {one.id for one in READERS}:
        wrong = f"it has no {missing[0]}" if missing else f"its id is {reader.id!r}, or ours"
        raise BrokenReaderError(
            f"the reader {entry.name!r} of {package} is no reader: {wrong}",
            allowed="A reader has " + ", ".join(ATTRIBUTES) + "; its id is the name of its entry point.",
            remedy=f"Mend or uninstall {package}.",
        )
    return reader
