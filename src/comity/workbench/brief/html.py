"""A brief as one HTML file: styles and figures inside, no script, no request."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from comity import figures
from comity.events import KINDS
from comity.workbench.brief.compiled import CompiledTemplates
from comity.workbench.brief.gap_figures import factor_figures, gap_figures
from comity.workbench.brief.model import Act, Brief, Chart, EraLine
from comity.workbench.brief.shorten import shorter
from comity.workbench.brief.words import AUX, day, signed

MOST_BYTES: Final = 1_000_000
CONTENTS: Final = (
    ("missing", "What is missing, and how to add it"),
    ("record", "The record through eras"),
    ("ties", "Ties, where event data allow"),
    ("around", "The two and those around them"),
    ("gap", "Third parties: what authors say, what data show"),
    ("chronology", "Chronology"),
    ("pledges", "Promised, programmed, delivered, due"),
    ("views", "Who says what, and where they disagree"),
    ("unknown", "What is not known"),
    ("sources", "Sources and citation"),
    ("evidence", "Evidence, row by row"),
)


class Drawn(NamedTuple):
    """The figures of one brief, as markup."""

    counts: Markup
    timeline: Markup
    network: Markup
    ledger: Markup
    charts: tuple[Markup, ...]
    gap: Markup
    gaps: Markup
    strip: Markup
    factors: tuple[Markup, ...]


def to_html(brief: Brief) -> str:
    """Write the brief as a page of less than a megabyte; passages give way first if it is too long."""
    for shown, remark in shorter(brief):
        page = _page(shown, remark)
        if len(page.encode()) < MOST_BYTES:
            break
    return page


def sections_of(brief: Brief) -> list[tuple[str, str, str]]:
    """List the sections that this brief has: id, number, title."""
    shown = [one for one in CONTENTS if one[0] != "missing" or brief.missing]
    return [(id, str(number), title) for number, (id, title) in enumerate(shown, 1)]


def _page(brief: Brief, remark: str) -> str:
    names = dict(brief.around.names)
    environment = build_environment()
    environment.filters["name"] = lambda actor: names.get(actor, actor)
    acts = (*brief.chronology.acts, *brief.chronology.apart)
    lists = {one.row for one in brief.counts}
    return environment.get_template("brief.html.jinja").render(
        brief=brief,
        remark=remark,
        css=_trusted(_file("brief.css")),
        kinds=KINDS,
        lists=lists,
        known=lists | {one.row for one in brief.evidence},
        sections=sections_of(brief),
        figures=draw(brief),
        act_numbers={row: act.number for act in acts for row in act.rows},
        attached=any(one.words for one in brief.evidence),
    )


def draw(brief: Brief) -> Drawn:
    """Draw the figures of a brief."""
    record = brief.record
    cells = [
        figures.EraCount(era.label, cell.kind, cell.friendly, cell.hostile, cell.row)
        for era in record.eras
        for cell in era.cells
    ]
    between = [act for act in (*brief.chronology.acts, *brief.chronology.apart) if act.reach == "pair"]
    return Drawn(
        counts=_trusted(figures.counts(cells, subtitles={era.label: era.span for era in record.eras})),
        timeline=_trusted(
            figures.timeline(
                [_on_timeline(act) for act in sorted(between, key=lambda one: one.number)],
                rows=[kind.capitalize() for kind in KINDS],
                bands=[figures.Band(era.label, era.start, era.end) for era in record.eras],
            )
        ),
        network=_trusted(
            figures.network(
                brief.a,
                brief.b,
                [
                    figures.Link(one.a, one.b, one.friendly, one.hostile, one.row)
                    for one in brief.around.links
                ],
                names=dict(brief.around.names),
            )
        ),
        ledger=_ledger(brief),
        charts=tuple(_chart(chart, index) for index, chart in enumerate(brief.ties.charts)),
        **{name: _trusted(drawn) for name, drawn in gap_figures(brief.gap).items()},
        factors=tuple(_trusted(one) for one in factor_figures(brief.gap)),
    )


def _on_timeline(act: Act) -> figures.TimelineAct:
    label = f"No. {act.number}, {act.when}: {act.summary}"
    row = act.event_kind.capitalize()
    return figures.TimelineAct(act.id, str(act.number), label, row, act.start, act.end, act.sign, act.aux)


def _ledger(brief: Brief) -> Markup:
    lines = [
        figures.LedgerLine(
            one.row, f"{one.parties}: {one.object}", one.status, one.made, one.due, one.overdue, one.delivered
        )
        for one in brief.pledges.pledges
        if any((*one.made, *one.due))
    ]
    return _trusted(figures.ledger(lines, as_of=brief.pledges.as_of)) if lines else _trusted("")


def _chart(chart: Chart, index: int) -> Markup:
    points = [figures.TiePoint(p.at, p.friendly, p.hostile, p.net, p.low, p.high) for p in chart.points]
    ticks = [figures.Tick(tick.day, tick.row, tick.label, tick.sign) for tick in chart.ticks]
    return _trusted(figures.tie_chart(points, ticks, title=chart.title, name=f"tie-{index}"))


def _trusted(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704  # our own figures escape every text, and our own style sheet has none


def _file(name: str) -> str:
    return files("comity.workbench.brief").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def build_environment() -> Environment:
    """Set up the templates: every text escaped, compiled once."""
    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        bytecode_cache=CompiledTemplates(),
    )
    environment.filters |= {
        "anchor": figures.anchor,
        "day": day,
        "net": lambda value: "–" if value is None else f"{value:+.2f}".replace("-", "−"),
        "signed": signed,
        "plain": lambda value: f"{value:,.1f}".removesuffix(".0"),
        "aux_words": lambda aux: AUX.get(aux, aux),
        "groupby_era": by_era,
        "without": lambda words, start: words.removeprefix(start).lstrip(",:; "),
    }
    return environment


def by_era(acts: Sequence[Act], eras: Sequence[EraLine]) -> list[tuple[str, list[Act]]]:
    """Group acts by the era in which they start; those that no era takes stand first or last."""
    labels = [(era.id, era.label) for era in eras] or [("", "")]
    groups = [(label, [act for act in acts if act.era == id]) for id, label in labels if id]
    known = {id for id, _ in labels if id}
    others = [act for act in acts if act.era not in known]
    before = [act for act in others if act.start is not None]
    open_ones = [act for act in others if act.start is None]
    groups = [("Outside the eras", before), *groups, ("Start not known", open_ones)]
    return [(label, group) for label, group in groups if group]
