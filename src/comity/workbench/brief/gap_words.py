"""What a gap shows, in words that follow from the numbers by fixed rules, whichever way they come out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from comity.workbench.brief.desk import line
from comity.workbench.brief.gap_parts import GapPeriod
from comity.workbench.brief.model import Fact
from comity.workbench.brief.span import Line, Span
from comity.workbench.brief.words import day, listed, signed, small

if TYPE_CHECKING:
    from comity.ties import Gap, GapChange, SideTie, ThirdParty

CANNOT_TELL: Final = "cannot tell"
UNUSUAL: Final = 0.05  # share of changes at least as large
NOT_COMMON: Final = 0.2
STILL: Final = 0.005  # what two decimals print as nothing


def finding(a: str, b: str, periods: Sequence[GapPeriod], change: "GapChange | None") -> Line:
    """Say how the gap began and ended, when it cannot be told from zero, and which side moved.

    Parameters
    ----------
    a, b : printed names
    change : from the first to the last period with a gap
    """
    known = [one for one in periods if one.gap is not None]
    if not known:
        return line("There is too little to measure in any period.")
    parts: list[str | Span] = ["The gap is "]
    for place, one in enumerate(_ends(known)):
        parts += [" and " if place else "", _gap(one), f" ({_friendlier(a, b, one)})"]
    parts += [". ", *_open(known)]
    if change is not None:
        parts.append(f"{who_moved(a, b, change)} ")
    return line(*parts, sides_in_words(known))


def gap_fact(name: str, periods: Sequence[GapPeriod]) -> Fact | None:
    """Give the latest gap as a number for the top of the brief."""
    known = [one for one in periods if one.gap is not None]
    if not known:
        return None
    first, last = known[0], known[-1]
    sure = "; cannot be told from zero" if crosses_zero(last) else ""
    before = f"; it was {signed(first.gap)} in {first.label}" if first is not last else ""
    return Fact(f"Gap over {name}", line(Span(signed(last.gap), last.row)), f"{last.label}{sure}{before}")


def in_short(a: str, b: str, periods: Sequence[GapPeriod], change: "GapChange | None") -> Line:
    """Say the same in one line."""
    known = [one for one in periods if one.gap is not None]
    if not known:
        return line("too little to measure in any period.")
    parts: list[str | Span] = []
    for place, one in enumerate(_ends(known)):
        parts += [", " if place else "", _gap(one)]
    sure = sum(not crosses_zero(one) for one in known)
    parts.append(f"; told from zero in {small(sure) if sure else 'none'} of {_periods(len(known))}. ")
    if change is not None:
        parts.append(who_moved(a, b, change))
    return line(*parts)


def around_turn(
    a: str, b: str, era: str, turn: date, before: "GapChange | None", across: "GapChange | None"
) -> tuple[Line, ...]:
    """Say what the gap did before the day on which the case has an era begin, and across it."""
    lines = []
    if before is not None:
        what = f"Before “{era}” (from {day(turn)}), the change of the gap"
        lines.append(line(who_moved(a, b, before, what=what)))
    if across is not None:
        lines.append(line(who_moved(a, b, across, what="Across that day, the change")))
    return tuple(lines)


def _ends(known: Sequence[GapPeriod]) -> Sequence[GapPeriod]:
    return (known[0], known[-1]) if len(known) > 1 else known


def _gap(one: GapPeriod) -> Span:
    return Span(f"{signed(one.gap)} in {one.label}", one.row)


def _friendlier(a: str, b: str, one: GapPeriod) -> str:
    if crosses_zero(one) or one.gap is None:
        return "whose tie is the friendlier one cannot be told"
    return f"the friendlier tie is that of {a if one.gap > 0 else b}"


def crosses_zero(one: GapPeriod) -> bool:
    """Tell whether the interval leaves the sign of the gap open, or is not known."""
    return one.low is None or one.high is None or one.low <= 0 <= one.high


def _open(known: Sequence[GapPeriod]) -> list[str | Span]:
    unsure = [one for one in known if crosses_zero(one)]
    if not unsure:
        return [f"Its interval leaves out zero in all {_periods(len(known))}. "]
    if len(unsure) == len(known):
        return ["In no period can it be told from zero. "]
    parts: list[str | Span] = ["It cannot be told from zero in "]
    for place, one in enumerate(unsure):
        parts += [" and " if place == len(unsure) - 1 else ", "] if place else []
        parts.append(Span(one.label, one.row))
    others = len(known) - len(unsure)
    return [*parts, f"; in the other {'period' if others == 1 else _periods(others)} it can. "]


def who_moved(a: str, b: str, change: "GapChange", *, what: str = "Its change") -> str:
    """Say what a gap changed by between two periods, and which tie moved.

    `moved_b` is what the second side's tie fell by; what is said is what the tie itself did.
    """
    span = f"from {change.before.label} to {change.after.label}"
    if change.low is None or change.high is None:
        opening = f"{what} {span} is {signed(change.gap_change)}, with no interval"
    else:
        interval = f"interval {signed(change.low)} to {signed(change.high)}"
        sure = "" if change.low > 0 or change.high < 0 else ": it cannot be told from none"
        opening = f"{what} {span} is {signed(change.gap_change)} ({interval}){sure}"
    return f"{opening}. {_both_moved(a, b, change)}"


def _both_moved(a: str, b: str, change: "GapChange") -> str:
    """Say which way each tie went; the words say "fell" of a tie, whatever that does to the gap."""
    rises = (change.moved_a, -change.moved_b)
    first, second = (_moved(name, rise) for name, rise in zip((a, b), rises, strict=True))
    said = f"The tie of {first}, that of {second}."
    if min(map(abs, rises)) < STILL:
        return said
    if rises[0] * rises[1] < 0:
        return f"{said} Both movements go into the change."
    return f"{said} Both went the same way, {a if abs(rises[0]) >= abs(rises[1]) else b} further."


def _moved(name: str, rise: float) -> str:
    if abs(rise) < STILL:
        return f"{name} stayed as it was"
    return f"{name} {'rose' if rise > 0 else 'fell'} by {abs(rise):.2f}"


def sides_in_words(known: Sequence[GapPeriod]) -> str:
    """Count how the signs of both ties go together."""
    counts = Counter(one.quadrant or CANNOT_TELL for one in known)
    if len(counts) == 1:
        every = "the one period" if len(known) == 1 else f"all {_periods(len(known))}"
        return f"By the signs of the two ties: {next(iter(counts))} in {every}."
    ranked = sorted(counts.items(), key=lambda one: (one[0] == CANNOT_TELL, -one[1], one[0]))
    told = "; ".join(f"{words} in {small(number)}" for words, number in ranked)
    return f"By the signs of the two ties, in {_periods(len(known))}: {told}."


def quadrant_in_words(a: str, b: str, one: "ThirdParty") -> str:
    """Say how the signs of both ties go together; nothing where an interval leaves a sign open.

    A product above zero may be a shared friend or a shared adversary: the words keep them apart.
    """
    signs = [_sign(side) for side in (one.a, one.b)]
    if 0 in signs:
        return ""
    if signs[0] == signs[1]:
        return "both friendly" if signs[0] > 0 else "both hostile"
    return f"split: friendly with {a if signs[0] > 0 else b} only"


def _sign(side: "SideTie") -> int:
    if side.tie is None or side.low is None or side.high is None or side.low <= 0 <= side.high:
        return 0
    return 1 if side.tie > 0 else -1


def view_in_words(a: str, b: str, gap: "Gap", without: Sequence[str]) -> str:
    """Say who stands on each side, what a tie is here, and what a gap is not."""
    span = f"{day(gap.periods[0].start)} to {day(gap.periods[-1].end)}"
    members = ""
    if gap.view == "members":
        left_out = f" (left out, being third parties here: {listed(without)})" if without else ""
        members = f" An alliance is the mean of its members, each with the same weight{left_out}."
    what = (
        "The tie of a pair in a period is the mean over its months of Σ score / Σ |score| (tone), from −1 to "
        "+1, of daily scores from the news. A score has no direction and counts citizens as well as "
        "governments."
        if gap.scale == "scores"
        else "The tie of a pair in a period is measured on acts, from −1 to +1."
    )
    notes = "".join(f" {note[:1].upper()}{note[1:]}." for note in gap.notes)
    return (
        f"How {a} and {b} stood with third parties, by {gap.by}, {span}.{members} {what} The gap is the "
        "first tie less the second; its interval is a 95 % one. A gap describes. Whether a third party moved "
        f"what lies between the two is another question.{notes}"
    )


def placebo_line(third: str, a: str, found: Mapping[str, Any], gap: "Gap") -> Line:
    """Set a change beside that of others, and say how unusual it is."""
    labels = {str(period.start): period.label for period in gap.periods}
    parts = [
        f"{third}: the gap changed by {signed(found['gap_change'])} from {labels[found['from']]} to "
        f"{labels[found['to']]}. "
    ]
    for kind, others in (
        ("third_parties", "other third parties"),
        ("pairs", f"other actors in the place of {a}"),
    ):
        ranked = found[kind]
        if not ranked["n"]:
            parts.append(f"The data have no {others}. ")
            continue
        parts.append(
            f"Of {small(ranked['n'])} {others}, {_how_many(ranked)} changed at least as much, up or "
            f"down: {_unusual(ranked['share'])} (share {ranked['share']:.2f}). "
        )
    return line("".join(parts).rstrip())


def _how_many(ranked: Mapping[str, Any]) -> str:
    if ranked["as_large"] == ranked["n"]:
        return "all"
    return small(ranked["as_large"]) if ranked["as_large"] else "none"


def _unusual(share: float) -> str:
    if share <= UNUSUAL:
        return "such a change is unusual"
    return "such a change is not common" if share <= NOT_COMMON else "such a change is nothing unusual"


def statement_in_words(third: str, names: Mapping[str, str], name: str, says: str) -> str:
    """Put one of the statements that specifications are asked about into words."""
    if name in ("gap_first", "gap_last"):
        when = "first" if name == "gap_first" else "last"
        a, b = names.values()
        return f"In the {when} period {a if says == '+' else b} had the friendlier tie with {third}"
    if name == "moved_more":
        return f"From first to last the tie of {names.get(says, says)} with {third} moved more"
    if name == "quadrant_last":
        return f"In the last period, by sign alone, {_quadrant(says, names)} with {third}"
    if name == "distance":
        return f"The gap over {third} {says} from first to last"
    return f"The gap over {third}, with its sign, {says} from first to last"


def _quadrant(says: str, names: Mapping[str, str]) -> str:
    plain = {"shared friend": "both were friendly", "shared adversary": "both were hostile"}
    only = {f"split: friend of {id}": f"only {name} was friendly" for id, name in names.items()}
    return (plain | only).get(says, "one had no tie to speak of")


def _periods(count: int) -> str:
    return f"{small(count)} period{'' if count == 1 else 's'}"
