"""Errors that a caller can act on: what is wrong, where, what is allowed, what to do."""


class ComityError(Exception):
    """Root of every error that comity raises on purpose.

    Parameters
    ----------
    what : the fault, with the offending value
    where : file, line, row or passage; empty if there is none
    allowed : what would have been right, or the nearest right thing
    remedy : what the reader can do next
    """

    def __init__(self, what: str, *, where: str = "", allowed: str = "", remedy: str = "") -> None:
        self.what, self.where, self.allowed, self.remedy = what, where, allowed, remedy
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.what} ({self.where})." if self.where else f"{self.what}."
        return " ".join(part for part in (head, self.allowed, self.remedy) if part)


class NothingFoundError(ComityError):
    """What was asked for does not exist here; the command line exits with 3."""


class UsageError(ComityError):
    """The question itself is not well formed; the command line exits with 2."""


class UnreadableFileError(ComityError):
    """A file is missing, empty, cut short, too large, or not in the form that it should have."""


class BadValueError(ComityError):
    """A value lies outside what its field allows."""

    def placed(self, where: str) -> "BadValueError":
        """Give the same error with its place, if it has none yet."""
        return BadValueError(self.what, where=self.where or where, allowed=self.allowed, remedy=self.remedy)
