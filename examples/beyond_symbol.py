"""Did the relationship of Japan and NATO move beyond symbol? Deeds beside talk, era by era, as told."""

import comity
from comity.events import tally

case = comity.open("japan-nato")
cells = tally(case.events, case.eras, actors=["JPN", "NATO"])
print("as told by", "; ".join(source.citation for source in case.sources.values()))
for era in (era for era in case.eras if era.display):
    counts = {cell["kind"]: cell["acts"] for cell in cells if cell["era"] == era.id}
    total = sum(counts.values())
    share = f"{counts['deeds'] / total:.0%}" if total else "no part"
    print(f"{era.label}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}; deeds are {share}")
