"""When did the Russia gap between Japan and NATO close, and who moved? Scores in, periods and a split out."""

from comity.cases import open_case
from comity.ties import measure_gap

case = open_case("japan-nato")
gap = measure_gap(
    case.scores, "JPN", "NATO", third=["RUS"], view="members", without=["USA"], registry=case.registry
)
for period in gap.periods:
    russia = period.of("RUS")
    print(
        f"{period.label}: Japan {russia.a.tie:+.2f}, members {russia.b.tie:+.2f}, "
        f"gap {russia.gap:+.2f} ({russia.low:+.2f} to {russia.high:+.2f}), {len(russia.b.members)} members"
    )
change = gap.first_to_last("RUS")
moved = f"Japan's move adds {change.moved_a:+.2f}, the members' {change.moved_b:+.2f}"
print(f"in all {change.gap_change:+.2f}: {moved}")
for one in gap.specifications["statements"]:
    print(f"{one['statement']}: {one['default']} in {one['agree']} of {one['of']} specifications")
