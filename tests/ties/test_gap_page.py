"""The figures on the page about gaps are those that the command gives."""

from pathlib import Path

from comity.cases import open_case
from comity.ties import Gap, measure_gap

PAGE = Path(__file__).resolve().parents[2] / "docs" / "background" / "gap.md"


def shown(value: float | None) -> str:
    assert value is not None
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")


def lines(gap: Gap) -> list[str]:
    found = []
    for period in gap.periods:
        cells = [period.label]
        for one in period.third_parties:
            between = f" ({shown(one.low)} to {shown(one.high)})" if one.actor == "RUS" else ""
            cells += [shown(one.a.tie), shown(one.b.tie), shown(one.gap) + between]
        found.append(f"| {' | '.join(cells)} |")
    return found


def test_the_page_prints_what_the_embedded_case_gives() -> None:
    case = open_case("japan-nato")
    gap = measure_gap(
        case.scores,
        "JPN",
        "NATO",
        third=["RUS", "CHN", "PRK", "USA"],
        view="members",
        without=["USA"],
        registry=case.registry,
    )
    page = PAGE.read_text("utf-8")
    assert [line for line in lines(gap) if line not in page] == []
    agree = {(one["actor"], one["statement"]): one["agree"] for one in gap.specifications["statements"]}
    assert [agree["RUS", name] for name in ("change", "distance", "moved_more")] == [54, 54, 54]
    assert (agree["RUS", "gap_last"], agree["RUS", "quadrant_last"]) == (28, 15)
    beside = next(one for one in gap.placebo if one["actor"] == "RUS")
    assert [(beside[whom]["as_large"], beside[whom]["n"]) for whom in ("third_parties", "pairs")] == [
        (6, 17),
        (4, 16),
    ]
