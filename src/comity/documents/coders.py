"""Coders that other packages bring, found by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.actors import Registry
from comity.documents.candidate import Draft
from comity.documents.document import Document
from comity.documents.gate import Rejected
from comity.documents.reading import Coder
from comity.provenance import BadValueError, ComityError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "comity.coders"
OURS: Final = ("rules", "model", "annotations")


class BrokenCoderError(ComityError):
    """A coder of another package cannot be loaded, is no coder, or breaks off."""


@dataclass(frozen=True)
class BroughtCoder:
    """A coder of another package; what goes wrong in it is an error of comity's kind."""

    name: str
    package: str
    coder: Coder

    def code(self, document: Document) -> Sequence[Draft | Rejected]:
        """Code a document.

        Raises
        ------
        BrokenCoderError : the coder breaks off, or gives what is neither a draft nor a refusal
        """
        try:
            found = list(self.coder.code(document))
        except ComityError:
            raise
        except Exception as error:  # noqa: BLE001  (another package may raise anything)
            raise _broken(self.name, self.package, f"breaks off on {document.id}: {error!r}") from None
        for one in found:
            if not isinstance(one, Draft | Rejected):
                raise _broken(self.name, self.package, f"gives a {type(one).__name__} for {document.id}")
        return found


def coder_names() -> tuple[str, ...]:
    """List the coders by name: ours, then those of other packages."""
    return (*OURS, *(one.name for one in _entries() if one.name not in OURS))


def brought_coder(name: str, registry: Registry) -> BroughtCoder:
    """Make the coder of this name that an installed package brings in the group `comity.coders`.

    The entry point names what makes the coder: it is called with the registry. The coder has a `name`,
    that of its entry point, and `code(document)`, which gives drafts that quote the text.

    Raises
    ------
    BadValueError : no package brings it
    BrokenCoderError : it cannot be loaded, or is no coder
    """
    entry = next((one for one in _entries() if one.name == name), None)
    if entry is None:
        raise BadValueError(
            f"no coder {name!r}",
            where="--coder",
            allowed=f"One of {', '.join(coder_names())}.",
            remedy=f"A package can bring one in the entry point group {GROUP}.",
        )
    package = entry.dist.name if entry.dist else entry.value
    try:
        coder: Coder = entry.load()(registry)
        wrong = "" if callable(getattr(coder, "code", None)) else "has no code()"
        wrong = wrong or ("" if coder.name == name else f"calls itself {coder.name!r}")
    except Exception as error:  # noqa: BLE001  (another package may raise anything)
        raise _broken(name, package, f"cannot be loaded: {error!r}") from None
    if wrong or name in OURS:
        raise _broken(name, package, wrong or "has the name of one of ours")
    return BroughtCoder(name, package, coder)


def _broken(name: str, package: str, wrong: str) -> BrokenCoderError:
    return BrokenCoderError(
        f"the coder {name!r} of {package} {wrong}",
        allowed="A coder has `name`, that of its entry point, and `code(document)`, which gives drafts.",
        remedy=f"Mend or uninstall {package}, or name another coder.",
    )


def _entries() -> "list[EntryPoint]":
    from importlib.metadata import entry_points  # it loads the parsers of mail

    return sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
