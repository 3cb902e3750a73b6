"""Two actors and those around them; every actor keeps its angle from one figure to the next."""

import csv
import hashlib
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

from comity.figures.svg import anchor, figure, link, number, tag, text_width, words, wrap

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

_WIDTH: Final = 860.0
_MIDDLE: Final = (430.0, 290.0)
_FOCAL: Final = 150.0  # half the distance between the two actors in the middle
_STRETCH: Final = 1.62  # the ring is an ellipse, wider than high
_RINGS: Final = (220, 234, 248, 262, 206, 192, 178, 164, 150)  # tried in this order
_SHARES: Final = (0.62, 0.55, 0.7, 0.48, 0.77, 0.41)  # where on a tie its number may stand
_STRAND: Final = 2.0  # between the friendly and the hostile line of one tie, each side
_THINNEST, _THICKEST = 1.2, 9.0
_SIZE: Final = 13  # of a name
_LABEL: Final = 140.0  # wider names break into two lines
_FLAT: Final = 12.0  # degrees on each side of the line through the two actors, left free


class Link(NamedTuple):
    """What two actors did, both ways together; `row` names the list of acts behind it."""

    a: str
    b: str
    friendly: int
    hostile: int
    row: str = ""


@cache
def _fixed_angles() -> dict[str, float]:
    text = files("comity.figures").joinpath("data", "angles.csv").read_text(encoding="utf-8")
    return {line["actor"]: float(line["degrees"]) for line in csv.DictReader(text.splitlines())}


def angle_of(actor: str) -> float:
    """Give an actor's angle in degrees: from the table, else from a hash of its id.

    Examples
    --------
    >>> angle_of("USA")
    96.0
    >>> angle_of("ATL") == angle_of("ATL"), 0 <= angle_of("ATL") < 360
    (True, True)
    """
    fixed = _fixed_angles().get(actor)
    if fixed is not None:
        return fixed
    turn = int.from_bytes(hashlib.sha256(actor.encode()).digest()[:4], "big") % 3600 / 3600
    half = 180 - 2 * _FLAT
    return _FLAT + 2 * half * turn + (2 * _FLAT if turn >= 0.5 else 0.0)


def network(
    a: str,
    b: str,
    links: Sequence[Link],
    *,
    names: dict[str, str],
    title: str = "",
    name: str = "network",
    href: str = "#row-",
) -> str:
    """Draw two actors in the middle, third parties around them, and what passed between them.

    Friendly acts are a blue solid line, hostile ones an orange dashed line beside it; the width
    and the printed number are the acts.

    Parameters
    ----------
    links : with at least one end in {a, b}; other links are not drawn
    names : what to print for an actor; without a name its id is printed
    """
    drawn = [one for one in links if {one.a, one.b} & {a, b} and one.friendly + one.hostile]
    drawn.sort(key=lambda one: (one.a, one.b))
    thirds = sorted({end for one in drawn for end in (one.a, one.b)} - {a, b})
    places = _places(a, b, thirds, names)
    most = max((max(one.friendly, one.hostile) for one in drawn), default=1)
    taken = [_box(names.get(actor, actor), place) for actor, place in places.items()]
    lines, marks = [], []
    for one in drawn:
        start, end = (one.a, one.b) if one.a in (a, b) else (one.b, one.a)
        ends = (places[start], places[end])
        lines.extend(_strands(one, ends, most))
        plate = _plate(one, ends, taken, in_the_middle={start, end} == {a, b})
        taken.append(plate)
        marks.append(_mark(one, ends, plate, names, href))
    nodes = [_node(names.get(actor, actor), places[actor], actor in (a, b)) for actor in (*thirds, a, b)]
    top = min(box[1] for box in taken) - 8
    bottom = max(box[3] for box in taken) + 8
    first, second = names.get(a, a), names.get(b, b)
    return figure(
        [tag("g", *lines, *marks, *nodes, transform=f"translate(0 {number(-top)})")],
        name=name,
        title=title or f"{first}, {second} and those around them",
        description=f"{len(thirds)} third parties; {len(drawn)} ties with the number of acts on each.",
        width=_WIDTH,
        height=bottom - top,
    )


def _places(a: str, b: str, thirds: Sequence[str], names: dict[str, str]) -> dict[str, Point]:
    places = {a: (_MIDDLE[0] - _FOCAL, _MIDDLE[1]), b: (_MIDDLE[0] + _FOCAL, _MIDDLE[1])}
    boxes = [_box(names.get(actor, actor), place) for actor, place in places.items()]
    for actor in sorted(thirds, key=lambda one: (one not in _fixed_angles(), one)):
        label = names.get(actor, actor)
        options = [_ring_place(actor, label, ring) for ring in _RINGS]
        crowding = [sum(_overlap(_box(label, place), box) for box in boxes) for place in options]
        places[actor] = options[crowding.index(min(crowding))]
        boxes.append(_box(label, places[actor]))
    return places


def _ring_place(actor: str, label: str, ring: float) -> Point:
    turn = math.radians(angle_of(actor))
    reach = min(ring * _STRETCH, _WIDTH / 2 - _width_of(label) / 2 - 3)
    return (_MIDDLE[0] + reach * math.cos(turn), _MIDDLE[1] - ring * math.sin(turn))


def _lines_of(label: str) -> list[str]:
    return wrap(label, _LABEL, _SIZE) if text_width(label, _SIZE) > _LABEL else [label]


def _width_of(label: str) -> float:
    return max(text_width(one, _SIZE) for one in _lines_of(label)) + 22


def _box(label: str, place: Point) -> Box:
    half, high = _width_of(label) / 2 + 3, 10 + 7 * len(_lines_of(label))
    return (place[0] - half, place[1] - high, place[0] + half, place[1] + high)


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _strands(one: Link, ends: tuple[Point, Point], most: int) -> list[str]:
    (x1, y1), (x2, y2) = ends
    length = math.dist(*ends) or 1.0
    across = ((y1 - y2) / length, (x2 - x1) / length)
    parts = []
    for count, class_, side in ((one.friendly, "fl", -1), (one.hostile, "hl", 1)):
        if not count:
            continue
        thick = _THINNEST + (_THICKEST - _THINNEST) * math.sqrt(count / most)
        away = side * (_STRAND + thick / 2) if one.friendly and one.hostile else 0.0
        x, y = across[0] * away, across[1] * away
        path = f"M{number(x1 + x)} {number(y1 + y)}L{number(x2 + x)} {number(y2 + y)}"
        parts.append(tag("path", d=path, class_=class_, stroke_width=thick))
    return parts


def _texts(one: Link) -> list[tuple[str, str]]:
    both = ((f"+{one.friendly}", "ft", one.friendly), (f"−{one.hostile}", "ht", one.hostile))
    return [(text, ink) for text, ink, count in both if count]


def _plate(one: Link, ends: tuple[Point, Point], taken: Sequence[Box], *, in_the_middle: bool) -> Box:
    half = max(12.0, (sum(text_width(text) for text, _ in _texts(one)) + 5 * len(_texts(one))) / 2 + 2)
    (x1, y1), (x2, y2) = ends
    options = []
    for share in (0.5,) if in_the_middle else _SHARES:
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        options.append((x - half, y - 12, x + half, y + 12))
    crowding = [sum(_overlap(option, box) for box in taken) for option in options]
    return options[crowding.index(min(crowding))]


def _mark(one: Link, ends: tuple[Point, Point], plate: Box, names: dict[str, str], href: str) -> str:
    (x1, y1), (x2, y2) = ends
    left, top, right, bottom = plate
    box = {"x": left, "y": top, "width": right - left, "height": bottom - top, "rx": 5.0}
    smaller = {**box, "y": top + 4, "height": bottom - top - 8}
    texts = _texts(one)
    spans = [tag("tspan", text, class_=ink) for text, ink in texts]
    for index, _ in enumerate(pairwise(texts), start=1):
        spans[index] = tag("tspan", texts[index][0], class_=texts[index][1], dx=5.0)
    parts = [
        tag("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", class_="line-hit"),
        tag("rect", class_="plate", **smaller),
        tag("text", *spans, x=(left + right) / 2, y=(top + bottom) / 2 + 4, class_="b m"),
        tag("rect", class_="hit", **box),
    ]
    if not one.row:
        return "".join(parts)
    pair = f"{names.get(one.a, one.a)} and {names.get(one.b, one.b)}"
    return link(
        href + anchor(one.row), f"{pair}: {one.friendly} friendly, {one.hostile} hostile acts", *parts
    )


def _node(label: str, place: Point, focal: bool) -> str:
    lines = _lines_of(label)
    wide, high = _width_of(label), 9.0 + 15 * len(lines) + (6 if focal else 0)
    shape = {"x": place[0] - wide / 2, "y": place[1] - high / 2, "width": wide, "height": high}
    box = tag("rect", class_="focal" if focal else "node", rx=min(high / 2, 15.0), **shape)
    ink = "b focal-text m" if focal else "m"
    first = place[1] + 4.5 - 7.5 * (len(lines) - 1)
    texts = [
        words(place[0], first + 15 * index, one, ink, font_size=f"{_SIZE}px")
        for index, one in enumerate(lines)
    ]
    return box + "".join(texts)
