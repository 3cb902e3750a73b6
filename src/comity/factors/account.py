"""The account of a change: what went through whom, adding up to the whole."""

from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from comity.events import Events
from comity.factors.factor import Factor
from comity.factors.period import Period
from comity.provenance import Trace

INSTANT: Final = "instant"
LONG_RUN: Final = "long-run"
CAUTION: Final = (
    "An account of what the model's terms did, not proof of cause: what moved both the past and the present,"
    " and is not in the model, is in them. Coefficients are common to all third parties: one whom nobody"
    " answers has a part, too, as long as others are answered. Name a third party to see its part with"
    " coefficients of its own."
)


@dataclass(frozen=True, slots=True)
class Account:
    """How the change of a pair's value is shared out; the parts add up to `total`.

    Parameters
    ----------
    account : "instant" or "long-run"
    acts_of : the kind of acts looked at, if not all
    value_in_words : what the value is; `value_before` is that of the period before, of both directions
    totals : of each direction; `total` is their mean
    n_others : long-run only: third parties that were not asked for; they are in own history
    own_history : acts between the two; in a long-run account all that is left without the third parties
    overlap : long-run only: what the parts have in common, taken off again, so that all add up
    coefficients_from : in words
    refused : why there is no account, in words
    """

    pair: tuple[str, str]
    before: Period
    after: Period
    account: str
    outcome: str
    acts_of: str | None
    n_acts: tuple[int, int]
    coefficients_from: str | None = None
    value_in_words: str = ""
    totals: tuple[float, float] | None = None
    value_before: float | None = None
    own_history: float | None = None
    third_parties: tuple[Factor, ...] = ()
    n_others: int = 0
    eras: float | None = None
    covariates: float | None = None
    rounding: float | None = None
    system: float | None = None
    overlap: float | None = None
    more: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refused: str | None = None
    source: Events | None = field(default=None, repr=False, compare=False)

    @property
    def total(self) -> float | None:
        """The change of the pair's value, the mean of both directions."""
        return None if self.totals is None else sum(self.totals) / 2

    def __getitem__(self, actor: str) -> Factor:
        for one in self.third_parties:
            if one.actor == actor:
                return one
        raise KeyError(actor)

    def trace(self, actor: str | None = None) -> Trace:
        """Give the rows behind one third party's part, or behind all."""
        chosen = self.third_parties if actor is None else (self[actor],)
        rows = tuple(dict.fromkeys(id for one in chosen for id in one.events))
        if self.source is None or not rows:
            return Trace(rows)
        sources = sorted({str(line["source"]) for line in self.source.find(rows) if line.get("source")})
        return Trace(rows, (), tuple(sources))

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values, as ``comity factor --json`` prints them."""
        a, b = self.pair
        return {
            "pair": [a, b],
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "account": self.account,
            "outcome": self.outcome,
            "kind": self.acts_of,
            "value": self.value_in_words,
            "total": self.total,
            "directions": self.totals and {f"{a}>{b}": self.totals[0], f"{b}>{a}": self.totals[1]},
            "value_before": self.value_before,
            "own_history": self.own_history,
            "third_parties": [one.to_dict() for one in self.third_parties],
            "n_other_third_parties": self.n_others,
            "eras": self.eras,
            "covariates": self.covariates,
            "rounding": self.rounding,
            "system": self.system,
            "overlap": self.overlap,
            "n_acts": sum(self.n_acts),
            "n_acts_before": self.n_acts[0],
            "n_acts_after": self.n_acts[1],
            "coefficients_from": self.coefficients_from,
            **self.more,
            "notes": list(self.notes),
            "caution": CAUTION,
            "refused": self.refused,
        }

    def _repr_html_(self) -> str:
        if self.refused or self.total is None:
            return f"<p>{escape(self.refused or '')}</p>"
        lines = [("acts between the two", self.own_history)]
        lines += [(one.actor, one.value) for one in self.third_parties]
        lines += [("eras", self.eras), ("covariates", self.covariates), ("rounding", self.rounding)]
        lines += [("system", self.system), ("total", self.total)]
        cells = "".join(
            f"<tr><td>{escape(name)}</td><td>{value or 0.0:+.3f}</td></tr>" for name, value in lines
        )
        return f"<table><caption>{escape(' – '.join(self.pair))}</caption>{cells}</table>"
