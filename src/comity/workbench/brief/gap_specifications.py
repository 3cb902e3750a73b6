"""The same gap under other choices: what they agree on, and the lists that their marks open."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.workbench.brief.gap_parts import SpecificationLine, Statement
from comity.workbench.brief.gap_words import statement_in_words
from comity.workbench.brief.model import Evidence
from comity.workbench.brief.words import signed

if TYPE_CHECKING:
    from comity.ties import Gap

GROUPED: Final = 2  # choices that share one list; the others stand in it
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
            tuple((choice, str(one[choice])) for choice in default),
            _lost(one),
            None if one["refused"] else one[statement["statement"]] == statement["default"],
            all(one[choice] == way for choice, way in default.items()),
            _row(one, checks),
        )
        for one in checks["results"]
    )


def _lost(one: Mapping[str, Any]) -> float | None:
    """Give the change of the distance as a part of the larger of both gaps: free of the scale, −1 to 1."""
    if one["refused"]:
        return None
    before, after = abs(one["gap_from"]), abs(one["gap_to"])
    return float((after - before) / max(before, after)) if max(before, after) else 0.0


def _grouped(checks: Mapping[str, Any]) -> list[str]:
    return [choice for choice in checks["choices"] if choice != "period"][:GROUPED]


def _row(one: Mapping[str, Any], checks: Mapping[str, Any]) -> str:
    return "-".join(["specifications", *(str(one[choice]) for choice in _grouped(checks))]).replace(" ", "-")


def specification_rows(checked: "Gap") -> tuple[Evidence, ...]:
    """List the results under every choice, one entry for each way of the first two choices."""
    checks = checked.specifications
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in checks["results"]:
        groups.setdefault(_row(one, checks), []).append(one)
    worked = (
        "Worked out here from the scores" if checked.scale == "scores" else "Worked out here from event data"
    )
    return tuple(_entry(row, group, checks, f"{worked} of this case.") for row, group in groups.items())


def _entry(row: str, group: Sequence[Mapping[str, Any]], checks: Mapping[str, Any], worked: str) -> Evidence:
    grouped = _grouped(checks)
    head = "; ".join(f"{choice}: {group[0][choice]}" for choice in grouped)
    others = [choice for choice in checks["choices"] if choice not in grouped]
    told = "; ".join(_result(one, others) for one in group)
    return Evidence(
        row=row,
        what="specifications",
        says=f"{head[:1].upper()}{head[1:]}. {told}.",
        source="",
        citation=worked,
        place="",
        details="gap in the first and in the last period",
    )


def _result(one: Mapping[str, Any], choices: Sequence[str]) -> str:
    what = ", ".join(f"{choice} {one[choice]}" for choice in choices)
    if one["refused"]:
        return f"{what}: no number, {one['refused']}"
    return f"{what}: {signed(one['gap_from'])} and {signed(one['gap_to'])}"
