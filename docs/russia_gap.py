"""Write the results of the page on the Russia gap: every number of it, from the embedded case."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

import comity
from comity.cases import Case
from comity.events import MonthlyScores
from comity.figures import anchor
from comity.ties import Gap, GapChange, measure_gap
from comity.workbench.brief import Brief, build_brief
from comity.workbench.brief.gap_figures import gap_figures
from comity.workbench.brief.gap_words import placebo_line, who_moved
from comity.workbench.brief.words import age, day, many, signed

THIRD: Final = "RUS"
PAIR: Final = ("JPN", "NATO")
BESIDE: Final = ("CHN", "PRK", "USA")
STYLE: Final = (
    "<style>svg.cf { background: var(--cf-paper); max-width: 100%; height: auto } "
    "table.numbers td, table.numbers tbody th { white-space: nowrap; text-align: right } "
    "table.words th { text-align: left }</style>"
)


def write_russia_gap(folder: Path) -> None:
    """Write one piece of HTML for each part of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    case = comity.open("japan-nato")
    for name, content in pieces(case).items():
        path = folder / f"{name}.html"
        if not path.exists() or path.read_text("utf-8") != content:
            path.write_text(content, "utf-8")


def pieces(case: Case) -> dict[str, str]:
    """Work all parts out."""
    brief = build_brief(case, *PAIR, today=_last_day(case))
    drawn = gap_figures(brief.gap)
    gap = _gap(case)
    names = (brief.gap.a_name, brief.gap.b_name)
    return {
        "short": _short(brief),
        "data": _data(case),
        "gap": STYLE + drawn["gap"],
        "gaps": drawn["gaps"],
        "strip": drawn["strip"],
        "finding": _paragraph(brief.gap.view) + _paragraph(_plain(brief.gap.lines[0].finding)),
        "table": _periods(brief),
        "moved": _moved(gap, names),
        "placebo": _placebo(case, gap, names),
        "specifications": _specifications(brief),
        "others": _others(brief),
        "beside": _beside(brief),
        "months": _months(brief, case),
    }


def _last_day(case: Case) -> date:
    if case.scores is None:
        raise LookupError("the embedded case has no scores")
    return case.scores.last_day


def _gap(case: Case, until: date | None = None, third: str = THIRD) -> Gap:
    return measure_gap(
        case.scores,
        *PAIR,
        third=[third],
        until=until,
        view="members",
        without=["USA"],
        registry=case.registry,
        seed=int(case.defaults["seed"]),
    )


def _short(brief: Brief) -> str:
    statement = brief.gap.statements[0]
    held = f"{statement.agree} of {statement.of} specifications agree ({statement.note})"
    lines = (brief.gap.lines[0].finding, *brief.gap.turn, *brief.gap.placebo)
    return _list([*map(_plain, lines), f"{statement.text}: {held}."])


def _data(case: Case) -> str:
    scores, source = case.scores, case.sources["gdelt"]
    if scores is None:
        return ""
    by_year: dict[int, int] = {}
    for month, lost in scores.missing.items():
        by_year[month // 12] = by_year.get(month // 12, 0) + lost
    days = (scores.last_day - scores.first_day).days + 1
    lost = ", ".join(f"{number} in {year}" for year, number in sorted(by_year.items()) if number)
    rows = [
        ("Source", source.citation),
        ("Edition", source.edition),
        ("Licence", source.licence),
        (
            "Span",
            f"{day(scores.first_day)} to {day(scores.last_day)}, {age(scores.first_day, scores.last_day)}",
        ),
        ("Days without any score", f"{sum(by_year.values())} of {many(days, 'day')}: {lost}"),
        (
            "In the case",
            _kept(scores),
        ),
    ]
    return _table((), rows, class_="words")


def _kept(scores: MonthlyScores) -> str:
    pairs, actors = many(len(scores.pairs), "pair"), many(len(scores.actors), "actor")
    return f"{pairs} of {actors}, {many(len(scores), 'month')} of a pair; sums by month only"


def _periods(brief: Brief) -> str:
    first = brief.gap.lines[0]
    head = ("Half-year", brief.gap.a_name, brief.gap.b_name, "Gap", "95 % interval", "Alignment", "By sign")
    rows = [
        (
            one.label,
            signed(one.tie_a),
            signed(one.tie_b),
            _link(signed(one.gap), one.row),
            f"{signed(one.low)} to {signed(one.high)}",
            signed(one.alignment),
            one.quadrant or "cannot tell",
        )
        for one in first.periods
    ]
    return _table(head, rows, caption=f"Ties with {first.name}; each gap opens the months behind it.")


def _moved(gap: Gap, names: tuple[str, str]) -> str:
    whole = gap.first_to_last(THIRD)
    steps = [one for one in gap.changes if one is not whole]
    head = (
        "From",
        "To",
        "Gap changed by",
        "95 % interval",
        f"Tie of {names[0]}",
        f"Tie of {names[1]}",
        "Of the change: members who came or went",
    )
    rows = [_change(one) for one in (*steps, *((whole,) if whole else ()))]
    parts = [
        _table(
            head, rows, caption="What each tie rose (+) or fell (−) by; the last row is from first to last."
        )
    ]
    told = sum(one.low is not None and one.high is not None and not one.low <= 0 <= one.high for one in steps)
    first = sum(abs(one.moved_a) > abs(one.moved_b) for one in steps)
    said = (
        f"Of {len(steps)} steps from one half-year to the next, {told or 'none'} can be told from no change. "
        f"In {first} of them the tie of {names[0]} moved more, in {len(steps) - first} that of {names[1]}."
    )
    parts.append(_paragraph(said))
    if whole:
        parts.append(_paragraph(who_moved(*names, whole)))
    return "".join(parts)


def _change(one: GapChange) -> tuple[str, ...]:
    interval = "–" if one.low is None or one.high is None else f"{signed(one.low)} to {signed(one.high)}"
    return (
        one.before.label,
        one.after.label,
        signed(one.gap_change),
        interval,
        signed(one.moved_a),
        signed(-one.moved_b),
        signed(one.composition),
    )


def _placebo(case: Case, gap: Gap, names: tuple[str, str]) -> str:
    turn = max(era.start for era in case.eras if era.display and era.start)
    before = _gap(case, until=turn - timedelta(days=1))
    parts = [
        _paragraph(_plain(placebo_line(case.name(THIRD), names[0], one.placebo[0], one)))
        for one in (gap, before)
    ]
    (found,) = gap.placebo
    parts.append(
        _paragraph(
            "The share counts the observed change among those that are at least as large. Comparable are all "
            "actors of the data that have enough months; they were not chosen by their result."
        )
    )
    for kind, what in (
        ("third_parties", "Other third parties"),
        ("pairs", f"Other actors in the place of {names[0]}"),
    ):
        changes = sorted(found[kind]["changes"].items(), key=lambda one: (one[1], one[0]))
        said = ", ".join(f"{case.name(actor)} {signed(value)}" for actor, value in changes)
        parts.append(_paragraph(f"{what}, from the lowest change to the highest: {said}."))
    return "".join(parts)


def _specifications(brief: Brief) -> str:
    head = ("What the default says", "Agree", "Of", "Verdict")
    rows = [(one.text, str(one.agree), str(one.of), one.note) for one in brief.gap.statements]
    return _table(head, rows, class_="words")


def _others(brief: Brief) -> str:
    lines = [line for line in brief.gap.lines if line.third in BESIDE]
    said = [
        f"<strong>{escape(one.name)}.</strong> {escape(_plain(one.finding))}" for one in brief.gap.lines[1:]
    ]
    items = "".join(
        f'<li id="row-{anchor(one.row)}">{text}</li>'
        for one, text in zip(brief.gap.lines[1:], said, strict=True)
    )
    head = ["Half-year"]
    for line in lines:
        head += [f"{line.name}: {brief.gap.a_name}", brief.gap.b_name, "Gap"]
    rows = []
    for place, period in enumerate(brief.gap.lines[0].periods):
        cells = [period.label]
        for line in lines:
            one = line.periods[place]
            cells += [signed(one.tie_a), signed(one.tie_b), _link(signed(one.gap), one.row)]
        rows.append(cells)
    return f"<ul>{items}</ul>{_table(head, rows)}"


def _beside(brief: Brief) -> str:
    head = ("Third party", "Era", "Authors: closer (+)", "Authors: apart (−)", "Data")
    rows = [
        (
            one.third,
            f"{one.era} ({one.span})",
            _plain(one.closer) or "none",
            _plain(one.apart) or "none",
            _plain(one.data),
        )
        for one in brief.gap.beside
    ]
    return _table(head, rows, class_="words") + _paragraph(brief.gap.beside_note)


def _months(brief: Brief, case: Case) -> str:
    entries = [
        (one.row, f"{one.says} {one.citation}, {one.place}")
        for one in brief.evidence
        if one.row.startswith(("gap-", "specifications-"))
    ]
    claims = {one.id: one for one in case.claims.claims}
    for count in brief.counts:
        if count.row.startswith("claims-"):
            said = "; ".join(f"{id}: {claims[id].paraphrase}" for id in count.acts)
            entries.append((count.row, f"{count.label}. {said}"))
    return "".join(
        f'<p id="row-{anchor(row)}" style="font-size: .8em">{escape(" ".join(said.split()))}</p>'
        for row, said in entries
    )


def _plain(line: Iterable[object]) -> str:
    return "".join(str(getattr(span, "text", "")) for span in line)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(one)}</li>" for one in lines)
    return f"<ul>{items}</ul>"


def _link(text: str, row: str) -> str:
    return Markup('<a href="#row-{}">{}</a>').format(anchor(row), text) if row else text


def _table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", class_: str = "numbers"
) -> str:
    cells = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    lines = "".join(_row(row) for row in rows)
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    above = f"<thead><tr>{cells}</tr></thead>" if head else ""
    table = f'<table class="docutils {class_}">{named}{above}<tbody>{lines}</tbody></table>'
    return f'<div class="table-wrapper">{table}</div>'


def _row(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{escape(one)}</td>" for one in row[1:])
    return f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>'
