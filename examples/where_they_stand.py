"""Where do two actors stand in your own rows? A frame in, a tie out, with what it rests on."""

from datetime import date, timedelta

import polars

import comity

days = [date(2022, 2, 1) + timedelta(days=3 * week) for week in range(9)]
rows = polars.DataFrame(
    {"sender": ["RUS"] * 9, "receiver": ["UKR"] * 9, "date": days, "weight": [-2.0, -4.0, -10.0] * 3}
)
tie = comity.measure(rows, at=date(2022, 3, 1), half_life_days=60)["RUS", "UKR"]
print(f"net {tie.all.net:+.2f}, 95 % interval {tie.all.low:+.2f} to {tie.all.high:+.2f}, {tie.all.acts} acts")
print("rests on rows", ", ".join(tie.trace().rows))
