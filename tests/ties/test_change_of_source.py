"""A tie does not jump where the data go over from CAMEO to PLOVER."""

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from comity.events import Events, load_ontology
from comity.ties import Tie, measure

ONTOLOGY = load_ontology()
FIRST, CHANGE, AT = date(2017, 1, 1), date(2018, 7, 1), date(2020, 1, 1)
# A made-up pair that talks, signs, quarrels and now and then acts; statements and plain requests aside,
# which PLOVER data do not have or cannot sign.
MIX = {
    "040": 20, "042": 9, "046": 6, "036": 12, "030": 6, "051": 8, "057": 6, "050": 6, "061": 3, "071": 2,
    "111": 12, "112": 10, "120": 4, "130": 3, "163": 3, "161": 3, "154": 2, "173": 3, "190": 2,
}  # fmt: skip


def tie(change: date, seed: int) -> Tie:
    """Measure a stream of 1,000 rows that is coded in CAMEO before `change` and in PLOVER after it."""
    random = Random(seed)
    rows = []
    for code in random.choices(list(MIX), weights=list(MIX.values()), k=1_000):
        day = FIRST + timedelta(days=random.randrange((AT - FIRST).days))
        known, coding = ONTOLOGY.cameo[code], ONTOLOGY.to_plover(code)
        read = known if day < change else ONTOLOGY.reading(coding.event_type, coding.mode)
        rows.append(("JPN", "RUS", day, read.signed_weight, known.event_type, read.kind, read.sign))
    columns = ["sender", "receiver", "date", "weight", "event_type", "kind", "sign"]
    events = Events.from_frame(pl.DataFrame(rows, schema=columns, orient="row"))
    return measure(events, at=AT)["JPN", "RUS"]


@pytest.mark.parametrize("seed", range(5))
def test_net_and_both_sides_stay_where_they_are_when_the_source_changes(seed: int) -> None:
    same, changed = tie(AT, seed), tie(CHANGE, seed)
    assert same.all.net is not None
    assert changed.all.net == pytest.approx(same.all.net, abs=0.03)
    assert changed.all.friendly == pytest.approx(same.all.friendly, rel=0.05)
    assert changed.all.hostile == pytest.approx(same.all.hostile, rel=0.05)
    assert changed.deeds.friendly == pytest.approx(same.deeds.friendly, rel=0.05)
    assert changed.deeds.hostile == pytest.approx(same.deeds.hostile, rel=0.05)


def test_praise_goes_over_to_institutions_as_the_page_says() -> None:
    same, changed = tie(AT, 0), tie(CHANGE, 0)
    assert changed.talk.friendly < same.talk.friendly
    assert changed.institutions.friendly > same.institutions.friendly
