"""How far did Russia move the ties of NATO and Japan, before and after 2022, by these authors' account?

This counts claims. It says what the authors hold, not how large an effect was.
"""

from collections import Counter

import comity

case = comity.open("japan-nato")
signs: Counter[tuple[str, str]] = Counter()
for claim in case.claims.about("JPN", "NATO").claims:
    if "RUS" in claim.cause + claim.third_party:
        signs[claim.era, claim.direction] += 1
for (era, direction), count in sorted(signs.items()):
    print(f"{era}: {direction} {count}")
