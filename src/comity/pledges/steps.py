"""The steps of a programme: promise, draft, agreed, under way, review."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.pledges.activities import activities_of
from comity.pledges.figure import span_to_dict
from comity.pledges.known import Word
from comity.pledges.spans import span_in_words
from comity.pledges.versions import dated
from comity.provenance import Dating

STEPS = ("promise", "draft", "agreed", "revised", "under way", "review")


@dataclass(frozen=True, slots=True)
class Step:
    """One step; without a statement, these sources do not name it."""

    name: str
    dating: Dating | None = None
    what: str = ""
    statement: str = ""
    source: str = ""

    @property
    def when_in_words(self) -> str:
        """When the step was taken, or that it is not named."""
        return span_in_words(self.dating) if self.statement else "not named by these sources"

    @property
    def in_words(self) -> str:
        """The step in one line."""
        if not self.statement:
            return f"{self.name}: {self.when_in_words}"
        return f"{self.name}: {self.when_in_words}, {self.what} [{self.source}, {self.statement}]"

    def to_dict(self) -> dict[str, object]:
        """Give the step as plain values."""
        return {
            "step": self.name,
            "date": span_to_dict(self.dating),
            "when_in_words": self.when_in_words,
            "what": self.what,
            "statement": self.statement or None,
            "source": self.source or None,
        }


def is_draft(word: Word) -> bool:
    """Tell whether a version is only a draft: its source has it announced, not agreed."""
    return word.statement.role == "version" and word.statement.stage == "announced"


def steps_of(name: str, words: Sequence[Word], *, as_of: date) -> tuple[Step, ...]:
    """Put the known steps in order, and mark those that these sources do not name.

    Every version after the first is a step "revised", which is left out where there is none.
    """
    own = [word for word in words if word.statement.programme == name]
    found: dict[str, list[Step]] = {step: [] for step in STEPS}
    agreed = sorted(
        (w for w in own if w.statement.role == "version" and not is_draft(w)),
        key=lambda w: _place(dated(w.statement)),
    )
    for word in [*_leading_to(own, words), *(word for word in own if word.statement.role == "")]:
        found["promise"].append(_step("promise", word))
    found["draft"] = [_step("draft", word) for word in own if is_draft(word)]
    found["agreed"] = [_step("agreed", word) for word in agreed[:1]]
    found["revised"] = [_step("revised", word) for word in agreed[1:]]
    found["under way"] = _under_way(own, agreed, as_of)
    found["review"] = [_review(word) for word in own if word.statement.role == "review"]
    steps: list[Step] = []
    for step in STEPS:
        known = sorted(dict.fromkeys(found[step]), key=lambda one: (_place(one.dating), one.statement))
        steps.extend(known or ([] if step == "revised" else [Step(step)]))
    return tuple(steps)


def _leading_to(own: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """Find statements outside the programme that led to one inside it."""
    targets = {f"led_to:{word.statement.id}" for word in own}
    inside = {word.statement.id for word in own}
    return [
        word for word in words if word.statement.id not in inside and targets & set(word.statement.relations)
    ]


def _under_way(own: Sequence[Word], agreed: Sequence[Word], as_of: date) -> list[Step]:
    for first in activities_of(own)[:1]:
        return [Step("under way", first.dating, first.what, first.statement, first.source)]
    for word in agreed:
        period = word.statement.period
        if period and (period.start or date.min) <= as_of and _runs_long(period):
            period = period if word.full else replace(period, end=None)  # its end was not known yet
            return [Step("under way", period, "its period has begun", word.statement.id, word.source)]
    return []


def _runs_long(period: Dating) -> bool:
    return period.days is None or period.days > 366


def _step(name: str, word: Word) -> Step:
    statement = word.statement
    return Step(name, dated(statement), statement.object, statement.id, statement.source)


def _review(word: Word) -> Step:
    step = _step("review", word)
    return step if word.stage == "delivered" else replace(step, what=f"called for: {step.what}")


def _place(dating: Dating | None) -> str:
    return str((dating.start or dating.end) if dating else "9999")
