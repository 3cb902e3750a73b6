"""``comity gap`` for people: each number with what it means beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.workbench.output import print_line, print_table

if TYPE_CHECKING:
    from comity.ties import Gap, GapChange, ThirdParty

SMALLEST: Final = 0.005  # what two places show
Name = Callable[[str], str]
SAYS: Final = {
    "change": "the gap {}",
    "distance": "the two {}",
    "moved_more": "{} moved more",
    "gap_first": "the first gap is {}",
    "gap_last": "the last gap is {}",
    "quadrant_last": "the last quadrant is '{}'",
}
WORDS: Final = {
    "narrowed": "came closer",
    "widened": "went apart",
    "+": "above 0",
    "-": "below 0",
    "0": "0",
    "stayed": "stayed",
    "neither": "neither",
}


def show(gap: "Gap", name: Name, sources: Sequence[str] = ()) -> None:
    """Print every third party's periods, changes and checks, then what the numbers are and stand on."""
    a, b = gap.pair
    without = f", without {', '.join(gap.without)}" if gap.without else ""
    print_line(f"{name(a)} and {name(b)}: their ties with third parties by {gap.by}, on {gap.scale}")
    print_line(f"view of an alliance: {gap.view}{without}")
    for third in gap.third_parties:
        _third_party(gap, third, name)
    _legend(gap)
    for source in sources:
        print_line(f"source: {source}")


def _third_party(gap: "Gap", third: str, name: Name) -> None:
    a, b = gap.pair
    told = [i for i, one in enumerate(gap.periods) if _says_something(one.of(third))]
    some = slice(told[0], told[-1] + 1) if told else slice(0, 0)
    rows = [_period(period.label, period.of(third), gap) for period in gap.periods[some]]
    counted = "scored days" if gap.scale == "scores" else "rows"
    columns = ["period", f"tie {a}", f"tie {b}", "gap", "95 % interval", "alignment", "quadrant", "months"]
    columns += [counted] + (["members"] if gap.view != "own" else [])
    if rows:
        print_table(rows, columns, title=f"{name(third)} ({third})")
    else:
        print_line(f"{name(third)} ({third}): no tie in any period")
    for silent in (gap.periods[: some.start], gap.periods[some.stop :]):
        if silent:
            print_line(f"  nothing to measure: {_span_of([one.label for one in silent])}")
    refused = {one.refused for period in gap.periods if (one := period.of(third)).refused}
    for reason in sorted(str(one) for one in refused):
        print_line(f"  – : {reason}")
    for line in _members(gap, third):
        print_line(line)
    changes = [one for one in gap.changes if one.actor == third]
    if changes:
        moved = [_change(one, gap) for one in changes]
        print_table(
            moved, ("from", "to", "gap change", "95 % interval", f"moved {a}", f"moved {b}", "composition")
        )
        print_line(_in_words(changes[-1], gap, name))
    _checks(gap, third, name)
    print_line()


def _says_something(one: "ThirdParty") -> bool:
    return one.a.tie is not None or one.b.tie is not None


def _span_of(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _members(gap: "Gap", third: str) -> Iterator[str]:
    """Say who counts for an alliance: always, or in which periods; and who never does, and why."""
    for place, actor in enumerate(gap.pair):
        sides = [((one.a, one.b)[place], period.label) for period in gap.periods if (one := period.of(third))]
        counted: dict[str, list[str]] = {}
        why: dict[str, str] = {}
        for side, label in sides:
            for member in side.members:
                counted.setdefault(member, []).append(label)
            why.update(side.left_out)
        if not counted.keys() - {actor} and not why.keys() - {actor}:
            continue
        always = sorted(one for one, labels in counted.items() if len(labels) == len(sides))
        yield f"{actor} in every period: {', '.join(always) or 'nobody'}."
        some = [
            f"{one} ({', '.join(labels)})" for one, labels in sorted(counted.items()) if one not in always
        ]
        if some:
            yield f"{actor} in some: {'; '.join(some)}."
        never: dict[str, list[str]] = {}
        for member, reason in sorted(why.items()):
            if member not in counted:
                never.setdefault(reason, []).append(member)
        if never:
            listed = (f"{', '.join(members)} ({reason})" for reason, members in never.items())
            yield f"{actor} never: {'; '.join(listed)}."


def _period(label: str, one: "ThirdParty", gap: "Gap") -> Mapping[str, object]:
    a, b = gap.pair
    counted = "scored days" if gap.scale == "scores" else "rows"
    return {
        "period": label,
        f"tie {a}": signed(one.a.tie),
        f"tie {b}": signed(one.b.tie),
        "gap": signed(one.gap),
        "95 % interval": between(one.low, one.high),
        "alignment": signed(one.alignment),
        "quadrant": one.quadrant,
        "months": one.months,
        counted: one.rows,
        "members": " and ".join(str(len(side.members)) for side in (one.a, one.b) if len(side.members) > 1),
    }


def _change(one: "GapChange", gap: "Gap") -> Mapping[str, object]:
    a, b = gap.pair
    return {
        "from": one.before.label,
        "to": one.after.label,
        "gap change": signed(one.gap_change),
        "95 % interval": between(one.low, one.high),
        f"moved {a}": signed(one.moved_a),
        f"moved {b}": signed(one.moved_b),
        "composition": signed(one.composition),
    }


def _in_words(one: "GapChange", gap: "Gap", name: Name) -> str:
    a, b = (name(end) for end in gap.pair)
    sure = "" if one.low is None or one.high is None else f" (95 %: {between(one.low, one.high)})"
    return (
        f"From {one.before.label} to {one.after.label} the gap {_went(one.gap_change)}{sure}: "
        f"the tie of {a} {_went(one.moved_a)}, which adds {signed(one.moved_a)}; "
        f"that of {b} {_went(-one.moved_b)}, which adds {signed(one.moved_b)}."
    )


def _went(change: float) -> str:
    return f"{'rose' if change > 0 else 'fell'} by {abs(change):.2f}"


def _checks(gap: "Gap", third: str, name: Name) -> None:
    for beside in gap.placebo or ():
        if beside["actor"] == third:
            print_line(
                f"Placebo: {_placebo(beside['third_parties'], 'other third parties')}; "
                f"{_placebo(beside['pairs'], f'others in the place of {name(gap.pair[0])}')}."
            )
    if not gap.specifications:
        return
    said = [one for one in gap.specifications["statements"] if one["actor"] == third]
    if said:
        print_line(f"Under {said[0]['of']} specifications (scale, centring, period, weights):")
        for one in said:
            print_line(f"  {_statement(one, name)}: {one['agree']} of {one['of']} agree; {one['verdict']}")


def _placebo(found: Mapping[str, Any], whom: str) -> str:
    if not found["n"]:
        return f"no {whom} to compare with"
    return (
        f"of {found['n']} {whom}, {found['as_large']} changed at least as much "
        f"(rank {found['rank']} of {found['n'] + 1}, share {found['share']:.2f})"
    )


def _statement(one: Mapping[str, Any], name: Name) -> str:
    says = str(one["default"])
    shown = WORDS.get(says) or (name(says) if one["statement"] == "moved_more" else says)
    return SAYS[one["statement"]].format(shown)


def _legend(gap: "Gap") -> None:
    a, b = gap.pair
    if gap.scale == "scores":
        print_line("tie: mean over the months of Σ score / Σ |score|, from −1 to 1, not centred.")
    else:
        print_line("tie: (F − H)/(F + H + 3) of the period's acts towards the third party, nothing decayed.")
    if gap.view == "members":
        print_line("members: equal weights; those of the period's first day with enough to go by.")
    print_line(f"gap = tie {a} − tie {b}; alignment = tie {a} × tie {b}, to be read with its quadrant.")
    print_line(
        f"gap change = moved {a} + moved {b}: what each side's own move adds. Moved {b} is above 0 where the "
        f"tie of {b} fell."
    )
    print_line("composition: what comes of members who count in one of the two periods only.")
    print_line("The gap describes; it does not say what third parties caused.")
    for remark in gap.notes:
        print_line(f"note: {remark}")
    for edition, sha256 in gap.editions.items():
        print_line(f"data: {edition}, sha256 {sha256[:12] or 'not given'}{'…' if sha256 else ''}")


def signed(value: float | None) -> str:
    """Print a number with its sign."""
    if value is None:
        return "–"
    return "0.00" if abs(value) < SMALLEST else f"{value:+.2f}".replace("-", "−")


def between(low: float | None, high: float | None) -> str:
    """Print an interval."""
    return "–" if low is None or high is None else f"{signed(low)} to {signed(high)}"
