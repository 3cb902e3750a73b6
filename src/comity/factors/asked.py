"""What is asked of a pair: checked, with the acts at hand, and refused where there can be no answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np

from comity.actors import Registry
from comity.events import KINDS, Acts, Events
from comity.factors.account import Account
from comity.factors.change import Question
from comity.factors.coefficients import Coefficients
from comity.factors.evidence import signed_acts
from comity.factors.period import Period, check_order, number_of
from comity.model import History
from comity.provenance import UsageError

OUTCOMES: Final = ("rate", "rate:cooperation", "rate:conflict", "type")
FEWEST_ACTS: Final = 5  # between the two, in each period, on three days: as for a tie
FEWEST_DAYS: Final = 3
FILLING: Final = 3.0  # half-lives after which a memory that began empty has 88 % of its level
WORDS: Final = {
    "rate:cooperation": "log of the chance that an act of cooperation of the day passes between the two",
    "rate:conflict": "log of the chance that an act of conflict of the day passes between the two",
    "type": "log odds that an act between the two is one of cooperation",
}


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked, with the acts at hand."""

    events: Events
    pair: tuple[str, str]
    before: Period
    after: Period
    third: tuple[str, ...]
    outcome: str
    kind: str | None
    acts: Acts
    history: History

    @classmethod
    def of(
        cls,
        events: Any,
        pair: tuple[str, str],
        before: Period,
        after: Period,
        third: Sequence[str],
        outcome: str,
        kind: str | None,
    ) -> "Asked":
        """Check the question and fetch the acts."""
        check_order(before, after)
        _check_words(outcome, kind)
        events = events if isinstance(events, Events) else Events.from_frame(events)
        acts = events.acts(basis="data") if events.has_data else events.acts(basis="coded")
        actors = sorted({*acts.sender.tolist(), *acts.receiver.tolist()})
        known = set(actors)
        a, b, *others = (_known(one, known, events.registry) for one in (*pair, *third))
        if a == b or {a, b} & set(others):
            raise UsageError(
                f"{a} and {b}" + (f" with {', '.join(others)}" if others else ""),
                where="actors",
                allowed="A pair of two actors; third parties are others than the two.",
            )
        kept = signed_acts(acts if kind is None else acts.select(acts.kind == kind))
        return cls(
            events,
            (a, b),
            before,
            after,
            tuple(dict.fromkeys(others)),
            "rate:cooperation" if outcome == "rate" else outcome,
            kind,
            kept,
            History.of_acts(kept, actors=sorted({*actors, a, b, *others})),
        )

    def question(self, coefficients: Coefficients) -> Question:
        """Ask it of the history."""
        a, b = (self.history.actors.index(one) for one in self.pair)
        return Question(self.history, (a, b), self.before, self.after, coefficients)

    def between(self, period: Period) -> Acts:
        """Give the acts between the two in a period."""
        a, b = self.pair
        acts = self.acts
        mine = ((acts.sender == a) & (acts.receiver == b)) | ((acts.sender == b) & (acts.receiver == a))
        within = (acts.day >= number_of(period.start)) & (acts.day <= number_of(period.end))
        return acts.select(mine & within)

    @property
    def n_acts(self) -> tuple[int, int]:
        """How many acts there are between the two, before and after; a reciprocal act counts once."""
        one, other = (len(set(self.between(period).key.tolist())) for period in (self.before, self.after))
        return one, other

    def refusal(self) -> str | None:
        """Say in words why there can be no account, if there can be none."""
        if not self.events.has_data:
            return (
                "the case has no event data: coded events were chosen by their authors for a story, and the"
                " change of such a choice is no change of a tie; import event data"
            )
        span = self.events.data_span
        reasons = []
        for name, period in (("before", self.before), ("after", self.after)):
            if span and (period.end < span[0] or period.start > span[1]):
                reasons.append(f"no data {name}: they run from {span[0]} to {span[1]}")
                continue
            found = self.between(period)
            acts, days = len(set(found.key.tolist())), len(np.unique(found.day))
            if acts < FEWEST_ACTS or days < FEWEST_DAYS:
                needed = f"{FEWEST_ACTS} acts on {FEWEST_DAYS} days needed"
                on = f"{acts} act{_s(acts)} on {days} day{_s(days)}"
                reasons.append(f"too few acts between the two {name}: {on}, {needed}")
        return "; ".join(reasons) or None

    def check(self, coefficients: Coefficients) -> None:
        """Refuse coefficients of something else.

        Raises
        ------
        UsageError : another outcome
        """
        if coefficients.outcome != self.outcome:
            raise UsageError(
                f"coefficients of {coefficients.outcome} for an account of {self.outcome}",
                where="model",
                remedy=f"Ask for the outcome {coefficients.outcome}, or give another model.",
            )

    def notes(self, coefficients: Coefficients) -> tuple[str, ...]:
        """Say what a reader should know of data and periods."""
        notes = []
        span = self.events.data_span
        half_life = coefficients.half_life_days
        if span:
            filled = (self.before.start - span[0]).days / half_life
            if filled < FILLING:
                better = span[0] + timedelta(days=round(FILLING * half_life))
                notes.append(
                    f"the event data begin on {span[0]}: memories are still filling in the period before (on"
                    f" its first day {1 - 2.0 ** -max(0.0, filled):.0%} of a steady level), so part of every"
                    f" rise is the start of the data; a period from {better} on is free of it"
                )
            if self.after.end > span[1]:
                notes.append(f"the event data end on {span[1]}: later days look silent")
        for name, period in (("before", self.before), ("after", self.after)):
            if len(period.mornings) < period.days:
                step = period.mornings[1] - period.mornings[0]
                notes.append(f"the period {name} is long: one morning in {step} is looked at")
        if len(coefficients.starts):
            notes.append(
                f"coefficients differ by era; eras begin on {', '.join(map(str, coefficients.starts))}"
            )
        return tuple(notes)

    def account(self, account: str, **fields: Any) -> Account:
        """Put an account together."""
        return Account(
            pair=self.pair,
            before=self.before,
            after=self.after,
            account=account,
            outcome=self.outcome,
            acts_of=self.kind,
            n_acts=self.n_acts,
            value_in_words=WORDS[self.outcome],
            source=self.events,
            **fields,
        )


def _known(actor: str, known: set[str], registry: Registry) -> str:
    if actor in registry:
        return registry.canonical(actor)
    if actor not in known:
        registry.actor(actor)  # unknown everywhere: raises, with the nearest ids
    return actor


def _check_words(outcome: str, kind: str | None) -> None:
    for what, value, allowed in (("outcome", outcome, OUTCOMES), ("kind", kind, (None, *KINDS))):
        if value not in allowed:
            words = ", ".join(one for one in allowed if one)
            raise UsageError(f"unknown {what} {value!r}", allowed=f"One of {words}.")


def _s(number: int) -> str:
    return "" if number == 1 else "s"
