"""A fitted model: its coefficients, how sure they are, and what they were fitted to."""

import html
import importlib.util
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

import narwhals as nw

from comity.provenance import BadValueError, UsageError

FORMAT: Final = 1
NORMAL_95: Final = 1.959963984540054
STD_ERRORS: Final = {  # by field, the words for a table's head
    "std_error": "std. error",
    "std_error_dyad": "by dyad",
    "std_error_pair": "by pair",
    "std_error_actor": "by actor",
    "std_error_weeks": "by weeks",
}
PRINTED: Final = {  # under a table for print
    "N": "Acts",
    "n_rows": "Rows of the risk set",
    "risk_set": "Risk set",
    "half_life_days": "Half-life, days",
    "ll": "Log likelihood",
    "aic": "AIC",
    "bic": "BIC",
    "se_type": "Standard errors",
}
WORDS: Final = {
    "rate:cooperation": "which ordered pairs act, given the day's number of acts of cooperation",
    "rate:conflict": "which ordered pairs act, given the day's number of acts of conflict",
    "type": "cooperation rather than conflict, given that an act happens",
}


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One term's coefficient.

    Parameters
    ----------
    std_error : from the inverse information; over a sampled risk set it includes the sampling
    std_error_dyad, std_error_pair, std_error_actor : clustered by ordered pair, by pair, by actor in
        common, if asked for
    std_error_weeks : from resampled weeks, if asked for
    """

    term: str
    estimate: float
    std_error: float
    std_error_dyad: float | None = None
    std_error_pair: float | None = None
    std_error_actor: float | None = None
    std_error_weeks: float | None = None

    @property
    def widest(self) -> float:
        """The largest of the standard errors there are; z, p and the interval stand on it."""
        return max(getattr(self, name) or 0.0 for name in STD_ERRORS)

    @property
    def z(self) -> float:
        """Estimate over the largest standard error there is."""
        return self.estimate / self.widest

    @property
    def p_value(self) -> float:
        """Two-sided, from the normal distribution."""
        return math.erfc(abs(self.z) / math.sqrt(2))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        half = NORMAL_95 * self.widest
        return self.estimate - half, self.estimate + half

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "term": self.term,
            "estimate": self.estimate,
            **{name: getattr(self, name) for name in STD_ERRORS},
            "z": self.z,
            "p_value": self.p_value,
            "low": self.interval[0],
            "high": self.interval[1],
        }


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found.

    Parameters
    ----------
    outcome : "rate:cooperation", "rate:conflict" or "type"
    risk_set : "full", "sampled", or "none" for the type of an act
    date_start, date_end : first and last day of the acts explained, both inclusive
    seed, controls : of the sampled risk set
    n_events, n_rows : acts explained, and rows of the risk set
    covariance : of the coefficients, in their order; as in `Coefficient.std_error`
    notes : what a reader should know before using it
    """

    outcome: str
    risk_set: str
    transform: str
    half_life_days: float
    date_start: date
    date_end: date
    seed: int | None
    controls: int | None
    actors: tuple[str, ...]
    n_events: int
    n_rows: int
    log_likelihood: float
    steps: int
    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, term: str) -> Coefficient:
        for one in self.coefficients:
            if one.term == term:
                return one
        raise KeyError(term)

    @property
    def likelihood_in_words(self) -> str:
        """What is explained."""
        sets = {
            "full": "; full risk set",
            "sampled": "; live pairs and a weighted sample of the others",
            "given": "; rows given with what each stands for",
        }
        return WORDS[self.outcome] + sets.get(self.risk_set, "")

    @property
    def std_errors(self) -> tuple[str, ...]:
        """The fields of the standard errors that are there."""
        return tuple(name for name in STD_ERRORS if getattr(self.coefficients[0], name) is not None)

    def with_errors(self, field: str, values: Mapping[str, float]) -> "Fit":
        """Add standard errors by term, under their field of `Coefficient`."""
        added: list[dict[str, Any]] = [{field: values[one.term]} for one in self.coefficients]
        changed = zip(self.coefficients, added, strict=True)
        return replace(self, coefficients=tuple(replace(one, **more) for one, more in changed))

    def glance(self) -> dict[str, Any]:
        """Give one line of figures on the whole fit."""
        terms = len(self.coefficients)
        return {
            "outcome": self.outcome,
            "likelihood": self.likelihood_in_words,
            "risk_set": self.risk_set,
            "transform": self.transform,
            "half_life_days": self.half_life_days,
            "date_start": self.date_start.isoformat(),
            "date_end": self.date_end.isoformat(),
            "seed": self.seed,
            "n_actors": len(self.actors),
            "n_events": self.n_events,
            "n_rows": self.n_rows,
            "log_likelihood": self.log_likelihood,
            "aic": 2 * terms - 2 * self.log_likelihood,
            "bic": terms * math.log(self.n_events) - 2 * self.log_likelihood,
            "steps": self.steps,
            "std_errors": ", ".join(self.std_errors),
        }

    def tidy(self, native: str | None = None) -> Any:
        """Give a frame with one row per coefficient, in pandas, polars or pyarrow (default: as installed)."""
        rows = [one.to_dict() for one in self.coefficients]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        schema = {name: nw.String() if name == "term" else nw.Float64() for name in columns}
        backend = nw.Implementation.from_string(native or _installed())
        return nw.from_dict(columns, schema, backend=backend).to_native()  # type: ignore[arg-type]

    def summary(self) -> str:
        """Write the fit as a table of text."""
        wide = max(len(one.term) for one in self.coefficients)
        errors = self.std_errors
        head = f"{'term':<{wide}}  {'estimate':>10}" + "".join(f"  {STD_ERRORS[name]:>10}" for name in errors)
        lines = [
            self.likelihood_in_words,
            f"{self.n_events:,} acts, {self.n_rows:,} rows, {len(self.actors)} actors, {self.date_start} to"
            f" {self.date_end}; half-life {self.half_life_days:g} days, {self.transform}",
            "",
            f"{head}  {'z':>8}  {'p':>8}",
        ]
        for one in self.coefficients:
            line = f"{one.term:<{wide}}  {one.estimate:>10.4f}"
            line += "".join(f"  {getattr(one, name):>10.4f}" for name in errors)
            lines.append(f"{line}  {one.z:>8.2f}  {one.p_value:>8.2g}")
        return "\n".join([*lines, "", f"log likelihood {self.log_likelihood:,.3f}", *self.notes])

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values, as ``comity fit --json`` prints them."""
        return {
            **self.glance(),
            "coefficients": [one.to_dict() for one in self.coefficients],
            "notes": list(self.notes),
        }

    def to_json(self) -> str:
        """Write everything that is needed to use the fit again: a model file."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Fit":
        """Read a model file.

        Raises
        ------
        BadValueError : not a model file, or of a later format
        """
        try:
            content: Mapping[str, Any] = json.loads(text)
            if content["format"] != FORMAT:
                raise BadValueError(
                    f"a model file of format {content['format']!r}", allowed=f"Format {FORMAT} is read here."
                )
            fields = {name: content[name] for name in cls.__dataclass_fields__}
            fields["coefficients"] = tuple(Coefficient(**one) for one in content["coefficients"])
            fields["covariance"] = tuple(tuple(line) for line in content["covariance"])
            for name in ("actors", "notes"):
                fields[name] = tuple(content[name])
            for name in ("date_start", "date_end"):
                fields[name] = date.fromisoformat(content[name])
            return cls(**fields)
        except (ValueError, KeyError, TypeError) as fault:
            raise BadValueError(
                f"not a model file: {fault}", allowed="A file that 'comity fit -o' wrote."
            ) from None

    @property
    def __maketables_coef_table__(self) -> Any:
        """Give the coefficients in a pandas frame, as the package maketables wants them."""
        rows = {
            "b": [one.estimate for one in self.coefficients],
            "se": [one.widest for one in self.coefficients],
            "t": [one.z for one in self.coefficients],
            "p": [one.p_value for one in self.coefficients],
            "ci95l": [one.interval[0] for one in self.coefficients],
            "ci95u": [one.interval[1] for one in self.coefficients],
        }
        terms = {"Coefficient": [one.term for one in self.coefficients]}
        table = nw.from_dict(terms | rows, backend=nw.Implementation.PANDAS)
        return table.to_native().set_index("Coefficient")

    @property
    def __maketables_depvar__(self) -> str:
        """Give the head of the fit's column."""
        return self.outcome

    @property
    def __maketables_vcov_info__(self) -> dict[str, str]:
        """Say where the standard errors come from."""
        return {"vcov_type": self._errors_in_words()}

    @property
    def __maketables_stat_labels__(self) -> dict[str, str]:
        """Name the figures under the table."""
        return dict(PRINTED)

    @property
    def __maketables_default_stat_keys__(self) -> list[str]:
        """List the figures under the table."""
        return ["N", "n_rows", "risk_set", "half_life_days", "ll", "se_type"]

    def __maketables_stat__(self, key: str) -> Any:
        """Give a figure on the whole fit by its key; nothing for keys that it does not have."""
        known = self.glance() | {"ll": self.log_likelihood, "N": self.n_events}
        return (known | {"se_type": self._errors_in_words()}).get(key)

    def _errors_in_words(self) -> str:
        there = [STD_ERRORS[name] for name in STD_ERRORS if getattr(self.coefficients[0], name) is not None]
        return (
            "inverse information"
            if len(there) == 1
            else f"largest of inverse information, {', '.join(there[1:])}"
        )

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<tr><td>{html.escape(one.term)}</td><td>{one.estimate:.4f}</td><td>{one.std_error:.4f}</td></tr>"
            for one in self.coefficients
        )
        head = "<tr><th>term</th><th>estimate</th><th>std. error</th></tr>"
        return f"<table><caption>{html.escape(self.likelihood_in_words)}</caption>{head}{cells}</table>"


def _installed() -> str:
    libraries = ("pandas", "polars", "pyarrow")
    for name in libraries:
        if importlib.util.find_spec(name):
            return name
    raise UsageError(
        "no library for frames is installed",
        allowed=f"One of {', '.join(libraries)}.",
        remedy="Install one, for example: pip install polars",
    )
