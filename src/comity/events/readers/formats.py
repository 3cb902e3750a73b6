"""The formats of event data that can be imported: ours, in one list."""

from typing import Final

from comity.events.readers.comity import Comity
from comity.events.readers.icews import Icews
from comity.events.readers.reader import Reader
from comity.provenance import UsageError

READERS: Final[tuple[Reader, ...]] = (Icews(), Comity())


def find_reader(name: str) -> Reader:
    """Find the reader of this name.

    Raises
    ------
    UsageError : there is none

    Examples
    --------
    >>> find_reader("icews").title
    'ICEWS Coded Event Data'
    """
    for reader in READERS:
        if reader.id == name:
            return reader
    raise UsageError(f"no reader {name!r}", allowed=f"One of {', '.join(reader.id for reader in READERS)}.")
