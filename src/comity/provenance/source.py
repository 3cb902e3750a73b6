"""Where texts and data came from, and how to cite them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document or a data set: publisher, edition, licence, hash, citation."""

    id: str
    kind: str  # "document" or "dataset"
    title: str
    publisher: str = ""
    authors: tuple[str, ...] = ()
    edition: str = ""
    licence: str = ""
    sha256: str = ""
    chars: int = 0  # length of a document in Unicode characters; 0 for a data set
    written_from: str = ""  # the window in which a document was written, YYYY-MM-DD
    written_to: str = ""
    url: str = ""
    cite: str = ""

    @property
    def citation(self) -> str:
        """How to cite this source, in one line."""
        if self.cite:
            return self.cite
        year = (self.edition or self.written_from)[:4]
        parts = ["; ".join(self.authors), f"({year})" if year else "", self.title, self.publisher]
        return ". ".join(part for part in parts if part)
