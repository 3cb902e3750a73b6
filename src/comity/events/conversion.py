"""Between CAMEO and PLOVER: what a code becomes, and which codes a type and mode stand for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PloverCoding:
    """What a CAMEO code becomes in PLOVER, and how many rows of ICEWS between two states have the code."""

    event_type: str
    mode: str
    contexts: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class PloverReading:
    """What a row of PLOVER-coded data weighs, and the CAMEO codes that it stands for.

    Parameters
    ----------
    preferred, codes : the one code to write if one is needed; all of them, it first, then the commonest
    weight : size in Goldstein points, the mean of the codes' sizes by their rows in ICEWS, one row added each
    spread : the largest distance of a code's size from `weight`: what a single row can be wrong by
    sign, joint : that of the codes; sign 0 where they disagree
    kind : the kind with the largest part of the codes' size
    """

    event_type: str
    mode: str
    preferred: str
    codes: tuple[str, ...]
    weight: float
    spread: float
    sign: int
    kind: str
    joint: bool
    reason: str
    source: str
    edition: str
    licence: str

    @property
    def signed_weight(self) -> float:
        """The size with the sign."""
        return self.sign * self.weight


def coding_of(row: dict[str, str], event_type: str, mode: str) -> PloverCoding:
    """Read a line of crosswalk.csv; type and mode stand with the code in cameo.csv."""
    return PloverCoding(event_type, mode, listed(row["contexts"]), int(row["rows"]))


def reading_of(row: dict[str, str]) -> PloverReading:
    """Read a line of to_cameo.csv."""
    return PloverReading(
        event_type=row["event_type"],
        mode=row["mode"],
        preferred=row["preferred"],
        codes=listed(row["codes"]),
        weight=float(row["weight"]),
        spread=float(row["spread"]),
        sign=int(row["sign"]),
        kind=row["kind"],
        joint=row["joint"] == "1",
        reason=row["reason"],
        source=row["source"],
        edition=row["edition"],
        licence=row["licence"],
    )


def listed(field: str) -> tuple[str, ...]:
    """Split a field at its semicolons."""
    return tuple(part for part in field.split(";") if part)
