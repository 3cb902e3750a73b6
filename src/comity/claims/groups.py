"""Claims grouped by holder, cause, sign, era and the like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from comity.actors import Registry
from comity.claims.points import tie_of
from comity.claims.record import Claim
from comity.claims.voices import acting_for
from comity.provenance import UsageError

COLUMNS: Final = (
    "holder",
    "stands_for",
    "reported_by",
    "tie",
    "cause",
    "third_party",
    "factor",
    "direction",
    "era",
    "nature",
    "modality",
    "source",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that share the values of some columns; one with two causes stands in two groups."""

    values: tuple[tuple[str, str], ...]  # (column, value); an empty value: the claim names none
    claims: tuple[Claim, ...]

    def __getitem__(self, column: str) -> str:
        return dict(self.values)[column]

    def to_dict(self) -> dict[str, object]:
        """Give the group as plain values."""
        return {
            **dict(self.values),
            "count": len(self.claims),
            "hedged": sum(claim.modality == "hedged" for claim in self.claims),
            "claims": [claim.id for claim in self.claims],
        }


def group_by(claims: Iterable[Claim], columns: Sequence[str], registry: Registry | None) -> list[Group]:
    """Group claims by some of `COLUMNS`, in the order of their values.

    Raises
    ------
    UsageError : an unknown column, or none
    """
    unknown = [one for one in columns if one not in COLUMNS]
    if unknown or not columns:
        raise UsageError(
            f"no column {', '.join(unknown)}" if unknown else "no column named",
            allowed=f"Any of {', '.join(COLUMNS)}.",
        )
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        given = _values(claim, registry)
        for values in product(*(given[column] or ("",) for column in columns)):
            groups.setdefault(values, []).append(claim)
    return [
        Group(tuple(zip(columns, values, strict=True)), tuple(found))
        for values, found in sorted(groups.items())
    ]


def _values(claim: Claim, registry: Registry | None) -> Mapping[str, Sequence[str]]:
    tie = tie_of(claim, registry)
    return {
        "holder": claim.holder,
        "stands_for": sorted({acting_for(registry, id) for id in claim.holder}),
        "reported_by": (claim.reported_by,),
        "tie": (" – ".join(tie) if tie else "",),
        "cause": claim.cause,
        "third_party": claim.third_party,
        "factor": claim.factors,
        "direction": (claim.direction,),
        "era": (claim.era,),
        "nature": (claim.nature,),
        "modality": (claim.modality,),
        "source": (claim.source,),
    }
