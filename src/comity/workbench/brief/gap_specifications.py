"""The same gap under other choices: what they agree on, and the lists that their marks open."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.workbench.brief.gap_parts import SpecificationLine, Statement
from comity.workbench.brief.gap_words import statement_in_words
from comity.workbench.brief.model import Evidence
from comity.workbench.brief.words import signed

if TYPE_CHECKING:
    from comity.ties import Gap

CHOICES: Final = ("scale", "centring", "period", "weights")
DRAWN: Final = "distance"


def statements(third: str, names: tuple[str, str], checked: "Gap") -> tuple[Statement, ...]:
    """Say what the default says and how many specifications agree; the one that is drawn comes first."""
    checks = checked.specifications
    known = dict(zip(checked.pair, names, strict=True))
    refused = sum(bool(one["refused"]) for one in checks["results"])
    silent = f"; {refused} more give no number" if refused else ""
    found = sorted(checks["statements"], key=lambda one: one["statement"] != DRAWN)
    return tuple(
        Statement(
            statement_in_words(third, known, one["statement"], str(one["default"])),
            one["agree"],
            one["of"],
            f"{one['verdict']}{silent}",
            _marks(checks, one) if one["statement"] == DRAWN else (),
        )
        for one in found
    )


def _marks(checks: Mapping[str, Any], statement: Mapping[str, Any]) -> tuple[SpecificationLine, ...]:
    default = checks["default"]
    return tuple(
        SpecificationLine(
            tuple((choice, str(one[choice])) for choice in CHOICES),
            _lost(one),
            None if one["refused"] else one[statement["statement"]] == statement["default"],
            all(one[choice] == default[choice] for choice in CHOICES),
            _row(one),
        )
        for one in checks["results"]
    )


def _lost(one: Mapping[str, Any]) -> float | None:
    """Give the change of the distance as a part of the larger of both gaps: free of the scale, −1 to 1."""
    if one["refused"]:
        return None
    before, after = abs(one["gap_from"]), abs(one["gap_to"])
    return float((after - before) / max(before, after)) if max(before, after) else 0.0


def _row(one: Mapping[str, Any]) -> str:
    return f"specifications-{one['scale']}-{one['centring']}".replace(" ", "-")


def specification_rows(checked: "Gap") -> tuple[Evidence, ...]:
    """List the results under every choice, one entry for each scale and centring."""
    checks = checked.specifications
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in checks["results"]:
        groups.setdefault(_row(one), []).append(one)
    return tuple(_entry(row, group) for row, group in groups.items())


def _entry(row: str, group: Sequence[Mapping[str, Any]]) -> Evidence:
    first = group[0]
    return Evidence(
        row=row,
        what="specifications",
        says=f"Scale: {first['scale']}; centring: {first['centring']}. {'; '.join(map(_result, group))}.",
        source="",
        citation="Worked out here from series.csv.",
        place="",
        details="gap in the first and in the last period",
    )


def _result(one: Mapping[str, Any]) -> str:
    what = f"by {one['period']}, {one['weights']} weights"
    if one["refused"]:
        return f"{what}, no number: {one['refused']}"
    return f"{what}, {signed(one['gap_from'])} and {signed(one['gap_to'])}"
