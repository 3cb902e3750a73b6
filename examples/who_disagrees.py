"""Which author says what about Russia between Japan and NATO, and where do they differ?"""

import comity

case = comity.open("japan-nato")
book = case.claims.about("JPN", "NATO")
for conflict in book.conflicts():
    if "RUS" in conflict.over:
        for line in conflict.in_words():
            print(line)
