"""What a number stands on: event rows and passages."""

from dataclasses import dataclass

from comity.provenance.passage import Passage


@dataclass(frozen=True, slots=True)
class Trace:
    """The ids of the rows behind an answer, the passages behind those rows, the sources of both."""

    rows: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
