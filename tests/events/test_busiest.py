"""The pairs with the most rows, and what becomes of them."""

import polars

from comity.events import Events, busiest_pairs


def test_repeats_and_mirror_rows_make_one_act() -> None:
    rows = [
        ("JPN", "RUS", "2018-12-01", "CONSULT", 1.9),
        ("JPN", "RUS", "2018-12-01", "CONSULT", 1.9),  # a second story
        ("RUS", "JPN", "2018-12-01", "CONSULT", 2.8),  # the same meeting, from the other side
        ("JPN", "RUS", "2019-01-22", "ACCUSE", -2.0),
        ("UKR", "RUS", "2019-01-22", "ACCUSE", -2.0),
    ]
    columns = ("sender", "receiver", "date", "event_type", "weight")
    events = Events.from_frame(polars.DataFrame(rows, schema=list(columns), orient="row"))
    found = [one.to_dict() for one in busiest_pairs(events, most=2)]
    assert found == [
        {"sender": "JPN", "receiver": "RUS", "rows": 3, "acts": 2, "rows_per_act": 1.5},
        {"sender": "RUS", "receiver": "JPN", "rows": 1, "acts": 1, "rows_per_act": 1.0},
    ]


def test_no_rows_make_no_pairs() -> None:
    assert busiest_pairs(Events.of()) == []
