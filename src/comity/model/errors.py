"""What can be wrong with a question to the model, or with the data that it is fitted to."""

from comity.provenance import BadValueError, NothingFoundError, UsageError


class UnknownStatisticError(UsageError):
    """No statistic of this name is registered."""


class UnknownNameError(BadValueError):
    """An event or a row names an actor that is not in the list of actors."""


class PooledSampleError(UsageError):
    """A sample of the risk set without its sampling probabilities cannot give a valid likelihood."""


class TooFewEventsError(NothingFoundError):
    """There are too few events for so many terms."""


class SeparationError(BadValueError):
    """A term, or several together, tell perfectly who acts: no finite coefficient fits best."""


class CollinearityError(BadValueError):
    """Terms carry the same information: no single set of coefficients fits best."""


class MissingValueError(BadValueError):
    """A covariate has no value for a pair that could act on a day."""
