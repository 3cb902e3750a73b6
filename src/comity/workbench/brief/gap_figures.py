"""The figures of the section on third parties."""

from collections.abc import Sequence

from comity import figures
from comity.workbench.brief.gap_parts import GapLine, GapPeriod, GapSection


def gap_figures(section: GapSection, *, href: str = "#row-") -> dict[str, str]:
    """Draw the first third party large, the others small, and the first statement's specifications."""
    first, others = section.lines[:1], section.lines[1:]
    return {
        "gap": _gap(section, first[0], href) if first else "",
        "gaps": _gaps(section, others, href) if others else "",
        "strip": _strip(section, href) if section.statements else "",
    }


def factor_figures(section: GapSection, *, href: str = "#row-") -> list[str]:
    """Draw every change with its parts."""
    return [
        figures.waterfall(
            [figures.Part(one.label, one.value, one.low, one.high, one.row, one.note) for one in line.parts],
            total=line.total,
            title=line.title,
            name=f"factor-{place}",
            unit=line.unit,
            href=href,
        )
        for place, line in enumerate(section.factors)
    ]


def _gap(section: GapSection, line: GapLine, href: str) -> str:
    return figures.gap_chart(
        _points(line.periods),
        [figures.ClaimBar(one.label, one.sign, one.start, one.end, one.row) for one in line.claims],
        a=section.a_name,
        b=section.b_name,
        third=line.name,
        href=href,
    )


def _gaps(section: GapSection, lines: Sequence[GapLine], href: str) -> str:
    panels = [figures.GapPanel(line.name, _points(line.periods), line.row) for line in lines]
    return figures.gap_panels(panels, a=section.a_name, b=section.b_name, href=href)


def _points(periods: Sequence[GapPeriod]) -> tuple[figures.GapPoint, ...]:
    return tuple(
        figures.GapPoint(one.label, one.start, one.end, one.tie_a, one.tie_b, one.low, one.high, one.row)
        for one in periods
    )


def _strip(section: GapSection, href: str) -> str:
    statement = section.statements[0]
    marks = [
        figures.Specification(one.choices, one.value, one.agrees, one.row, one.is_default)
        for one in statement.specifications
    ]
    return figures.specification_strip(marks, statement=statement.text, href=href) if marks else ""
