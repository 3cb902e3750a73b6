"""What can go wrong with a store, beyond a faulty file."""

from comity.provenance import ComityError


class StoreError(ComityError):
    """The data folder cannot be read or written, or it was made by a newer comity."""
