"""Counts of acts by era and kind, friendly to the right and hostile to the left, numbers printed."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from comity.figures.svg import anchor, figure, link, number, tag, text_width, words, wrap

_LABELS: Final = 214.0
_ROW: Final = 34.0
_TOP: Final = 46.0
_GAP: Final = 18.0


class EraCount(NamedTuple):
    """Acts of one kind in one era; `row` names the list of acts behind the numbers."""

    era: str
    kind: str
    friendly: int
    hostile: int
    row: str = ""


def counts(
    cells: Sequence[EraCount],
    *,
    title: str = "Acts by era and kind",
    name: str = "counts",
    href: str = "#row-",
    subtitles: dict[str, str] | None = None,
    width: float = 860.0,
) -> str:
    """Draw small multiples: one row an era, one column a kind, all at one scale.

    Parameters
    ----------
    cells : in the order in which eras and kinds shall stand
    href : what comes before a cell's row in the links of its two bars
    subtitles : a second line below an era's name, for instance its years
    """
    eras = list(dict.fromkeys(cell.era for cell in cells))
    kinds = list(dict.fromkeys(cell.kind for cell in cells))
    panel = (width - _LABELS - _GAP * len(kinds)) / max(len(kinds), 1)
    most_friendly = max((cell.friendly for cell in cells), default=0)
    most_hostile = max((cell.hostile for cell in cells), default=0)
    left_room = 26.0 if most_hostile == 0 else max(46.0, 0.3 * panel)
    unit = min(
        (panel - left_room - 30) / max(most_friendly, 1), (left_room - 26) / max(most_hostile, 1), 14.0
    )
    bottom = _TOP + _ROW * len(eras)
    parts: list[str] = []
    for index, era in enumerate(eras):
        top = _TOP + _ROW * index
        if index % 2 == 0:
            parts.append(tag("rect", class_="band", x=0.0, y=top, width=width, height=_ROW))
        parts.extend(_era_label(era, (subtitles or {}).get(era, ""), top))
    for index, kind in enumerate(kinds):
        zero = _LABELS + _GAP + index * (panel + _GAP) + left_room
        parts.append(words(zero, 14, kind[:1].upper() + kind[1:], "b"))
        parts.append(words(zero - 6, 34, "− hostile", "s ht r"))
        parts.append(words(zero + 6, 34, "friendly +", "s ft"))
        for cell in cells:
            if cell.kind == kind:
                parts.append(_cell(cell, zero, _TOP + _ROW * eras.index(cell.era), unit, href))
        parts.append(tag("path", d=f"M{number(zero)} {number(_TOP - 6)}V{number(bottom)}", class_="axis"))
    friendly, hostile = sum(cell.friendly for cell in cells), sum(cell.hostile for cell in cells)
    return figure(
        parts,
        name=name,
        title=title,
        description=f"{friendly} friendly and {hostile} hostile acts in {len(eras)} eras.",
        width=width,
        height=bottom + 6,
    )


def _era_label(era: str, subtitle: str, top: float) -> list[str]:
    if not subtitle:
        lines = wrap(era, _LABELS - 14)
        first = top + _ROW / 2 + 4 - 7 * (len(lines) - 1)
        return [words(8, first + 14 * index, line) for index, line in enumerate(lines)]
    line = wrap(era, _LABELS - 14, lines=1)[0]
    return [words(8, top + 14, line), words(8, top + 28, subtitle, "soft s")]


def _cell(cell: EraCount, zero: float, top: float, unit: float, href: str) -> str:
    parts = []
    middle = top + _ROW / 2
    if not cell.friendly and not cell.hostile:
        return words(zero + 6, middle + 4, "none", "soft s")
    for count, sense, class_, ink, sign, word in (
        (cell.hostile, -1, "h", "ht r", "−", "hostile"),
        (cell.friendly, 1, "f", "ft", "+", "friendly"),
    ):
        if not count:
            continue
        length = max(count * unit, 2.0)
        text = f"{sign}{count}"
        reach = length + 8 + text_width(text)
        bar = tag(
            "rect",
            class_=class_,
            x=zero if sense > 0 else zero - length,
            y=middle - 8,
            width=length,
            height=16.0,
        )
        number_text = words(zero + sense * (length + 5), middle + 4, text, f"b {ink}")
        wide = max(reach, 24.0)
        hit = tag(
            "rect", class_="hit", x=zero if sense > 0 else zero - wide, y=middle - 13, width=wide, height=26.0
        )
        label = f"{cell.era}, {cell.kind}: {count} {word}"
        target = f"{href}{anchor(cell.row)}-{word}"
        parts.append(link(target, label, bar, number_text, hit) if cell.row else bar + number_text)
    return "".join(parts)
