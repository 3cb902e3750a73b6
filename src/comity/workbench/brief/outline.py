"""A brief as headings, paragraphs, lists and tables: what Markdown and Word files share."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from comity.events import KINDS
from comity.workbench.brief.gap_parts import BesideLine, FactorPart
from comity.workbench.brief.html import by_era, sections_of
from comity.workbench.brief.model import Act, Brief
from comity.workbench.brief.span import Line, Span
from comity.workbench.brief.words import AUX, day, signed

_SIGNS = {1: "+ friendly", -1: "− hostile", 0: "neither"}


class Heading(NamedTuple):
    """A heading; the title of the brief has level 1."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A paragraph; with a row, it is the place to which links to that row lead."""

    line: Line
    row: str = ""


class Bullets(NamedTuple):
    """A list."""

    lines: tuple[Line, ...]


class Table(NamedTuple):
    """A table with a header."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Bullets | Table


def outline(brief: Brief) -> Iterator[Block]:
    """Lay the brief out, section by section, as the page does."""
    yield Heading(1, brief.title)
    for line in brief.standing:
        yield Paragraph(line)
    yield Paragraph(_text(_meta(brief)))
    for fact in brief.facts:
        yield Paragraph((Span(f"{fact.label}: "), *fact.value, Span(f" ({fact.note})" if fact.note else "")))
    for id, number, title in sections_of(brief):
        yield Heading(2, f"{number} {title}")
        yield from _SECTIONS[id](brief)


def _meta(brief: Brief) -> str:
    period = ""
    if brief.start or brief.end:
        start = day(brief.start) if brief.start else "open"
        period = f", period {start} to {day(brief.end) if brief.end else 'open'}"
    return f"As of {day(brief.today)}{period}. Case {brief.case}. Run {brief.run}. comity {brief.version}."


def _text(words: str, row: str = "") -> Line:
    return (Span(words, row),)


def _cells(*cells: str | int | Line) -> tuple[Line, ...]:
    return tuple(cell if isinstance(cell, tuple) else _text(str(cell)) for cell in cells)


def _paragraphs(*lines: str | Line) -> Iterator[Block]:
    for one in lines:
        if one:
            yield Paragraph(_text(one) if isinstance(one, str) else one)


def _bullets(title: str, lines: Sequence[Line]) -> Iterator[Block]:
    if lines:
        if title:
            yield Heading(3, title)
        yield Bullets(tuple(lines))


def _missing(brief: Brief) -> Iterator[Block]:
    yield Bullets(tuple(_text(one) for one in brief.missing))


def _record(brief: Brief) -> Iterator[Block]:
    record = brief.record
    yield from _paragraphs(record.told_by, *record.talk_and_deeds)
    if record.eras:
        head = (
            "Era",
            *(f"{kind} {sign}" for kind in KINDS for sign in ("+", "−", "neither")),
            "also in another era",
        )
        rows = []
        for era in record.eras:
            numbers = [
                _text(str(number), f"{cell.row}-{word}" if number else "")
                for cell in era.cells
                for number, word in (
                    (cell.friendly, "friendly"),
                    (cell.hostile, "hostile"),
                    (cell.neither, "neither"),
                )
            ]
            rows.append((*_cells(f"{era.label} ({era.span})"), *numbers, *_cells(era.longer)))
        yield Table(head, tuple(rows))
    else:
        yield Paragraph(_text("No act between the two is told in this period."))
    yield from _paragraphs(record.outside)
    firsts = [(*one.claim, Span(f" {one.verdict} "), *one.earlier) for one in record.firsts]
    yield from _bullets("“First of its kind”, held against the record", firsts)


def _ties(brief: Brief) -> Iterator[Block]:
    section = brief.ties
    yield from _paragraphs(section.finding, section.how_to_import)
    yield from _bullets("", [_text(command) for command in section.commands])
    if section.ties:
        head = (
            "Tie",
            "Memory, view",
            "Kind",
            "In words",
            "Net",
            "95 % interval",
            "Friendly",
            "Hostile",
            "Acts",
            "Rows",
        )
        rows = [
            _cells(
                f"{tie.sender_name} → {tie.receiver_name}",
                f"{tie.memory} ({tie.half_life_days:g} days), {tie.view}"
                + (f", without {', '.join(tie.without)}" if tie.without else ""),
                one.kind,
                f"{one.in_words}{f' ({one.refused})' if one.refused else ''}",
                "–" if one.net is None else f"{one.net:+.2f}",
                "–" if one.low is None or one.high is None else f"{one.low:+.2f} to {one.high:+.2f}",
                f"{one.friendly:.1f}",
                f"{one.hostile:.1f}",
                _text(str(one.acts), one.row),
                one.rows,
            )
            for tie in section.ties
            for one in (tie.readings if tie.readings[0].acts else tie.readings[:1])
        ]
        yield Table(head, tuple(rows))
        yield from _bullets(
            "", [_text(note) for note in dict.fromkeys(n for tie in section.ties for n in tie.notes)]
        )


def _around(brief: Brief) -> Iterator[Block]:
    names = dict(brief.around.names)
    if brief.around.links:
        rows = [
            _cells(
                _text(f"{names[one.a]} and {names[one.b]}", one.row), f"+{one.friendly}", f"−{one.hostile}"
            )
            for one in brief.around.links
        ]
        yield Table(("Pair", "Friendly", "Hostile"), tuple(rows))
    else:
        yield Paragraph(_text("No act with a third party is in this record."))
    yield from _paragraphs(brief.around.left_out)
    yield from _bullets("Treaty obligations", [_text(line) for line in brief.around.treaties])
    yield from _paragraphs(brief.around.treaties_note)


def _third_parties(brief: Brief) -> Iterator[Block]:
    section = brief.gap
    yield from _paragraphs(section.why_not, section.view)
    for line in section.lines:
        yield Paragraph((Span(f"{line.name}. "), *line.finding), line.row)
        if line is section.lines[0]:
            yield from _bullets("", section.turn)
    if section.lines:
        head = ("Third party", "Period", section.a_name, section.b_name, "Gap", "Interval", "Sides", "Months")
        rows = [
            _cells(
                line.name,
                one.label,
                signed(one.tie_a),
                signed(one.tie_b),
                _text(signed(one.gap), one.row if one.gap is not None else ""),
                "–" if one.low is None else f"{signed(one.low)} to {signed(one.high)}",
                one.quadrant or "cannot tell",
                one.months,
            )
            for line in section.lines
            for one in line.periods
        ]
        yield Table(head, tuple(rows))
    yield from _bullets("Is such a change unusual?", section.placebo)
    shares = [
        _text(f"{one.text}: {one.agree} of {one.of} specifications agree ({one.note}).")
        for one in section.statements
    ]
    yield from _bullets("Does it hang on how one counts?", shares)
    if section.beside:
        yield Heading(3, "Authors beside data")
        rows = [
            _cells(one.third, f"{one.era} ({one.span})", _closer(one), _or_none(one.apart), one.data)
            for one in section.beside
        ]
        yield Table(("Third party", "Era", "Authors: closer (+)", "Authors: apart (−)", "Data"), tuple(rows))
        yield from _paragraphs(section.beside_note)
    for factor in section.factors:
        yield Heading(3, f"What moved it: {factor.title}")
        if factor.parts:
            parts = [
                _cells(_text(one.label, one.row), signed(one.value), _interval(one), one.note)
                for one in factor.parts
            ]
            total = _cells("In all", signed(factor.total), "", factor.unit)
            yield Table(("Part", "Value", "Interval", "Note"), (*parts, total))
        yield from _bullets("", [_text(note) for note in factor.notes])


def _closer(one: BesideLine) -> Line:
    neither = (Span("; no direction: "), *one.neither) if one.neither else ()
    return (*_or_none(one.closer), *neither)


def _or_none(line: Line) -> Line:
    return line or _text("none")


def _interval(one: FactorPart) -> str:
    return "" if one.low is None or one.high is None else f"{signed(one.low)} to {signed(one.high)}"


def _chronology(brief: Brief) -> Iterator[Block]:
    chronology = brief.chronology
    for era, acts in by_era(chronology.acts, brief.record.eras):
        yield Heading(3, era)
        yield _act_table(acts)
    if chronology.months:
        yield Heading(3, "Imported event data, month by month")
        head = ("Month", "Friendly", "Hostile", "Neither", "Rows", "Heaviest acts")
        rows = [_cells(m.month, m.friendly, m.hostile, m.neither, m.rows, m.top) for m in chronology.months]
        yield Table(head, tuple(rows))
    if chronology.apart:
        yield Heading(3, "Told, but not as something that happened")
        yield _act_table(chronology.apart)
    yield from _paragraphs(chronology.left_out)


def _act_table(acts: Sequence[Act]) -> Table:
    rows = []
    for act in acts:
        notes = "; ".join(part for part in (*act.other_dates, act.basis) if part)
        coded = ", ".join(part for part in (act.event_kind, _SIGNS[act.sign], AUX.get(act.aux, "")) if part)
        rows.append(
            _cells(
                _text(str(act.number), act.id),
                f"{act.when}{f' ({notes})' if notes else ''}",
                act.who,
                f"{act.summary} ({coded})",
                act.refs,
            )
        )
    return Table(("No.", "When", "Who", "What", "Told by"), tuple(rows))


def _pledges(brief: Brief) -> Iterator[Block]:
    section = brief.pledges
    yield from _paragraphs(section.summary)
    if section.pledges:
        rows = []
        for one in section.pledges:
            figures = tuple(span for index, line in enumerate(one.figures) for span in (*_gap(index), *line))
            due = f" (due {one.due_in_words})" if one.due_in_words else ""
            rows.append(_cells(one.parties, f"{one.object}{due}", one.status_in_words, figures, one.refs))
        yield Table(("Who", "What", "Status", "Figures", "Told by"), tuple(rows))
    else:
        yield Paragraph(_text("No pledge by or to either of the two was known."))
    for programme in section.programmes:
        named = f" ({programme.neighbours})" if programme.neighbours else ""
        yield Heading(3, f"Programme: {programme.name}{named}")
        areas = [_text(f"Areas: {'; '.join(programme.areas)}.")] if programme.areas else []
        review = [_text(f"Review: {programme.review}.")] if programme.review else []
        yield Bullets(
            (*programme.steps, *programme.versions, *areas, *programme.goals, *programme.activities, *review)
        )


def _gap(index: int) -> Line:
    return (Span("; "),) if index else ()


def _views(brief: Brief) -> Iterator[Block]:
    section = brief.views
    for title, found in (
        ("Where they disagree", section.conflicts),
        ("Where they agree", section.agreements),
    ):
        if found:
            yield Heading(3, title)
        for one in found:
            yield Heading(4, one.about)
            yield from _paragraphs(one.note)
            for side in one.sides:
                yield Paragraph(_text(f"{side.says}, by {side.holders}:"))
                yield Bullets(side.claims)
    for title, variants in (
        ("One act, dated differently", section.dates),
        ("One line, told in several wordings or datings", section.lines),
    ):
        if variants:
            yield Heading(3, title)
        for kind in variants:
            yield Paragraph(_text(kind.about))
            yield Bullets(kind.versions)
    if section.views:
        yield Heading(3, "By holder, cause, sign and era")
        rows = [_cells(one.holder, one.cause, one.sign, one.era, one.claims) for one in section.views]
        yield Table(("Holder", "Cause", "Effect on the tie", "Era", "Claims"), tuple(rows))
    yield from _bullets("What they expect", section.predictions)
    yield from _bullets("What they advise", section.advice)


def _unknown(brief: Brief) -> Iterator[Block]:
    yield Bullets(brief.unknown)


def _sources(brief: Brief) -> Iterator[Block]:
    lines = []
    for one in brief.sources:
        parts = [
            f"{one.kind} {one.id}".strip(),
            f"edition {one.edition}" if one.edition else "",
            f"written {one.written}" if one.written else "",
            f"licence: {one.licence}" if one.licence else "",
        ]
        lines.append(_text(f"{one.citation} ({'; '.join(part for part in parts if part)})"))
    yield Bullets(tuple(lines))
    names = "; ".join(f"{id}, {name}" for id, name in brief.short_names)
    yield from _paragraphs(brief.how_to_cite, f"Short names: {names}." if names else "")


def _evidence(brief: Brief) -> Iterator[Block]:
    numbers = {
        row: act.number for act in (*brief.chronology.acts, *brief.chronology.apart) for row in act.rows
    }
    for one in brief.evidence:
        coded = (
            f"{one.what}{f', no. {one.act}' if one.act else ''}{f'; {one.details}' if one.details else ''}"
        )
        words = f" “{one.words.passage}”" if one.words else ""
        place = f"{one.citation} {one.place}".strip()
        yield Paragraph(_text(f"{one.row} ({coded}). {one.says} {place}{words}"), one.row)
    if brief.counts:
        yield Heading(3, "What each number holds")
    for count in brief.counts:
        spans = [Span(f"{count.label}: ")]
        for index, id in enumerate(count.acts):
            spans += [Span(", ")] if index else []
            spans.append(Span(str(numbers.get(id, id)), id))
        yield Paragraph(tuple(spans), count.row)


_SECTIONS = {
    "missing": _missing,
    "record": _record,
    "ties": _ties,
    "around": _around,
    "gap": _third_parties,
    "chronology": _chronology,
    "pledges": _pledges,
    "views": _views,
    "unknown": _unknown,
    "sources": _sources,
    "evidence": _evidence,
}
