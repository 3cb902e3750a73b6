"""All ties at the ends of months are what `measure` says of those days."""

from datetime import date, timedelta

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.events import Events
from comity.provenance import UsageError
from comity.ties import measure, monthly_ties

EPOCH = date(1970, 1, 1)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["JPN", "RUS", "SUN", "UKR"]),
        st.sampled_from(["JPN", "RUS", "UKR"]),
        st.dates(date(2018, 12, 1), date(2019, 4, 30)),
        st.sampled_from([0, 0, 0, 1, 40]),  # days that it goes on
        st.sampled_from(["CONSULT", "ACCUSE", "SUPPORT", "ASSAULT"]),
        st.sampled_from([-9.5, -2.0, 0.0, 1.9, 2.8]),
    ),
    min_size=1,
    max_size=25,
)


def frame_of(rows: list[tuple[str, str, date, int, str, float]]) -> polars.DataFrame:
    return polars.DataFrame(
        {
            "sender": [row[0] for row in rows],
            "receiver": [row[1] for row in rows],
            "date_start": [row[2] for row in rows],
            "date_end": [row[2] + timedelta(row[3]) for row in rows],
            "event_type": [row[4] for row in rows],
            "weight": [row[5] for row in rows],
        }
    )


def test_a_month_decays_to_its_end_and_is_carried_on() -> None:
    blame = ("JPN", "RUS", date(2019, 1, 31), 0, "ACCUSE", -8.0)
    ties = monthly_ties(
        frame_of([blame, ("UKR", "RUS", date(2019, 2, 28), 0, "ACCUSE", -1.0)]), half_life_days=28.0
    )
    days = ties.at - (date(2019, 2, 1) - EPOCH).days
    first, second, other = zip(ties.sender, days, ties.hostile, strict=True)
    # one day old on 1 February; on 1 March, 28 days later, half of that is left
    assert first == ("JPN", 0, pytest.approx(8 * 2 ** (-1 / 28)))
    assert second == ("JPN", 28, pytest.approx(4 * 2 ** (-1 / 28)))
    assert other == ("UKR", 28, pytest.approx(1 * 2 ** (-1 / 28)))
    assert ties.acts.tolist() == [1, 0, 1]


@settings(max_examples=30, deadline=None)
@given(ROWS, st.sampled_from([14.0, 730.0]), st.sampled_from(["acts", "rows"]))
def test_the_end_of_a_month_is_what_measure_says_of_that_day(
    rows: list[tuple[str, str, date, int, str, float]], half_life_days: float, count: str
) -> None:
    events = Events.from_frame(frame_of(rows))
    ties = monthly_ties(events, half_life_days=half_life_days, count=count)
    for place in range(len(ties)):
        at = EPOCH + timedelta(int(ties.at[place]))
        asked = measure(events, at=at, half_life_days=half_life_days, count=count)
        found = asked[ties.sender[place], ties.receiver[place]].all
        assert ties.friendly[place] == pytest.approx(found.friendly, abs=1e-9)
        assert ties.hostile[place] == pytest.approx(found.hostile, abs=1e-9)
        assert ties.mass[place] == pytest.approx(found.mass, abs=1e-9)
    last = list(measure(events, at=date(2019, 7, 1), count=count))
    assert sorted(set(zip(ties.sender, ties.receiver, strict=True))) == last


def test_nothing_gives_nothing_and_a_wrong_setting_is_refused() -> None:
    assert len(monthly_ties(Events.of())) == 0
    with pytest.raises(UsageError):
        monthly_ties(Events.of(), half_life_days=0.0)
    with pytest.raises(UsageError):
        monthly_ties(Events.of(), count="stories")


def test_a_frame_comes_back_in_the_library_it_came_in() -> None:
    ties = monthly_ties(frame_of([("JPN", "RUS", date(2019, 1, 31), 0, "ACCUSE", -8.0)]))
    frame = ties.frame()
    assert isinstance(frame, polars.DataFrame)
    assert frame.columns == ["sender", "receiver", "at", "friendly", "hostile", "mass", "acts", "rows"]
