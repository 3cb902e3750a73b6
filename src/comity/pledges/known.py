"""From which day on a reader could have known what a statement says."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.pledges.record import OUTCOMES, Statement
from comity.pledges.spans import span_in_words, window_in_words
from comity.provenance import Dating

LONG_DAYS: Final = 366  # a period longer than a year does not date what happened in it
STANDING: Final = ("institutional_step", "programme")  # public from the day on which they begin


@dataclass(frozen=True, slots=True)
class Word:
    """A statement as it was known on one day: its stage then, and when its source spoke."""

    statement: Statement
    stage: str  # "announced" while only the promise was known
    spoken: Dating
    full: bool  # False while only the promise was known, not the figure and the later stage

    @property
    def when_in_words(self) -> str:
        """When the source spoke; before it did, the date that it later gave."""
        if self.spoken == self.statement.said:
            return f"said {window_in_words(self.spoken)}"
        return f"dated {span_in_words(self.spoken)}"

    @property
    def source(self) -> str:
        """The document that speaks."""
        return self.statement.source


def promise_from(statement: Statement) -> date | None:
    """Find the first day on which the promise could be known; ``None``: its source gives no day."""
    first = _start(statement.made)
    if first is None and _dates_its_start(statement):  # a period can begin before it was promised
        first = _start(statement.period)
    return min((day for day in (first, word_from(statement)) if day), default=None)


def word_from(statement: Statement) -> date | None:
    """Find the first day on which the stage and the figure could be known.

    A figure with an as-of date is known from that date on; a promise from the day on which it was
    made; what was delivered in a period of at most a year from the period's first day, in a longer
    one from its last day or from the day on which the source spoke, if that was earlier. That
    something failed or ended is known when the source says so.
    """
    said = _start(statement.said)
    if statement.as_of:
        return _start(statement.as_of)
    if statement.stage in OUTCOMES:
        return said
    if statement.stage == "delivered":
        return _delivered_from(statement)
    if statement.made:
        return _start(statement.made)
    begins = _start(statement.period) if _dates_its_start(statement) else None
    return min((day for day in (begins, said) if day), default=None)


def words_by(statements: tuple[Statement, ...], as_of: date) -> tuple[Word, ...]:
    """Take what was known on a day: later days never know less."""
    words = []
    for statement in statements:
        promised, complete = promise_from(statement), word_from(statement)
        if promised is not None and promised > as_of:
            continue
        full = complete is None or complete <= as_of
        stage = statement.stage if full else "announced"
        words.append(Word(statement, stage, _spoken(statement, as_of, full=full), full))
    return tuple(words)


def _spoken(statement: Statement, as_of: date, *, full: bool) -> Dating:
    spoke = _start(statement.said)
    if spoke is None or (full and spoke <= as_of):
        return statement.said
    earlier = (statement.as_of if full else None, statement.made, statement.period)
    return next((dating for dating in earlier if dating), statement.said)


def _delivered_from(statement: Statement) -> date | None:
    if _dates_its_start(statement):
        return _start(statement.period)
    ended = statement.period.end if statement.period else None
    return min((day for day in (ended, _start(statement.said)) if day), default=_start(statement.period))


def _dates_its_start(statement: Statement) -> bool:
    period = statement.period
    if period is None or period.start is None:
        return False
    if period.days is not None and period.days <= LONG_DAYS:
        return True
    if statement.stage == "delivered":  # what was founded "from 1993 on" was founded in 1993
        return period.end is None and statement.kind == "institutional_step"
    return statement.kind in STANDING


def _start(dating: Dating | None) -> date | None:
    return (dating.start or dating.end) if dating else None
