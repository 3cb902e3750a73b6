"""Asking for an account: what is refused, what the answer says, and the rows behind it."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars
import pytest

from comity.actors import load_registry
from comity.events import Events
from comity.factors import Factor, attribute
from comity.factors.factor import Level
from comity.provenance import UsageError
from tests.factors.worlds import make_coefficients, period
from tests.model.worlds import FIRST

PAIR = ("JPN", "RUS")
BETA = np.linspace(-0.3, 0.6, 16)
# Weekly, from day 0 on: the two, each with the United States, and from day 100 on Japan with Korea.
PATTERN = (("JPN", "RUS", 0, 4.0), ("RUS", "JPN", 1, 2.0), ("JPN", "USA", 2, 5.0), ("RUS", "USA", 3, -4.0))


def make_events(weeks: int = 40, pattern=PATTERN, *, late=(("JPN", "KOR", 4, 3.0),)) -> Events:
    rows = []
    for week in range(weeks):
        for a, b, start, weight in (*pattern, *(late if week >= 15 else ())):
            rows.append((a, b, FIRST + timedelta(days=start + 7 * week), weight))
    return Events.from_frame(
        polars.DataFrame(rows, schema=["sender", "receiver", "date", "weight"], orient="row")
    )


def account(events=None, pair=PAIR, before=(40, 90), after=(150, 200), coefficients=None, **more):
    return attribute(
        make_events() if events is None else events,
        pair,
        before=period(*before),
        after=period(*after),
        coefficients=coefficients or make_coefficients(BETA),
        **more,
    )


def test_parts_add_up_whoever_is_listed():
    for third in ((), ("USA",), ("KOR", "USA")):
        found = account(third=third)
        parts = found.own_history + found.eras + found.covariates + found.rounding + found.system
        parts += sum(one.value for one in found.third_parties)
        assert parts == pytest.approx(found.total, abs=1e-9)
        names = [one.actor for one in found.third_parties]
        assert (sorted(names), set(names[: len(third)])) == (["KOR", "USA"], set(third))  # asked ones first


def test_who_acts_only_afterwards_brings_the_whole_of_its_part():
    korea = account()["KOR"]
    assert korea.before.value == 0.0
    assert korea.triads == 0.0  # it has acts with one of the two only
    assert korea.value == pytest.approx(korea.degrees)


def test_the_rows_behind_a_part_are_those_with_the_two_only():
    events = make_events()
    found = account(events, shown_events=500)
    lines = events.find(found["USA"].events)
    assert {frozenset((line["sender"], line["receiver"])) for line in lines} == {
        frozenset(("JPN", "USA")),
        frozenset(("RUS", "USA")),
    }
    # Weeks 0 to 28 lie before the last morning, day 200: 29 acts of Japan, and as many of Russia.
    assert found["USA"].n_events == 29 + 29
    assert found.trace("USA").rows == found["USA"].events


def test_only_the_rows_that_moved_it_most_are_listed():
    found = account(shown_events=3)["USA"]
    assert len(found.events) == 3
    assert found.n_events == 58


def test_an_interval_is_two_standard_errors_and_detects_at_two_point_eight():
    one = Factor("X", 0.5, -0.1, 0.0, 0.03, 0.04, Level(-0.3, 0.1), Level(0.1, 0.1))
    assert one.std_error == pytest.approx(0.05)  # 3-4-5
    assert (one.low, one.high) == pytest.approx((0.4 - 1.96 * 0.05, 0.4 + 1.96 * 0.05), abs=1e-4)
    assert one.smallest_detectable == pytest.approx(0.14)
    assert one.verdict == "raised it"
    assert replace(one, triads=0.15).verdict == "cannot tell"


def test_a_role_says_what_a_third_party_did_to_each_periods_value():
    hindered, unclear, fostered = Level(-0.3, 0.1), Level(0.1, 0.1), Level(0.3, 0.1)
    assert (hindered.verdict, unclear.verdict, fostered.verdict) == ("hindered", "cannot tell", "fostered")
    one = Factor("X", 0.5, -0.1, 0.0, 0.03, 0.04, hindered, fostered)
    assert one.role == "hindered, then fostered"
    assert replace(one, after=hindered).role == "hindered throughout"


def test_a_regular_partner_has_little_luck_of_the_week():
    """The same acts every week: drawing weeks again changes nothing but the last, shorter one."""
    found = account(before=(42, 90), after=(147, 195))["USA"]
    assert found.error_weeks < 0.01
    assert found.error_coefficients > 0


def test_the_same_seed_gives_the_same_answer():
    assert account(seed=3).to_dict() == account(seed=3).to_dict()


def test_a_third_party_without_acts_has_no_part():
    found = account(third=("FRA",))["FRA"]
    assert (found.value, found.low, found.n_events) == (0.0, None, 0)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ((150, 200), (40, 90), "the period before is the later one"),
        ((40, 160), (150, 200), "share days"),
    ],
)
def test_periods_must_follow_each_other(before, after, message):
    with pytest.raises(UsageError, match=message):
        account(before=before, after=after)


def test_an_actor_is_no_third_party_to_itself():
    with pytest.raises(UsageError, match="third parties are others"):
        account(third=("JPN",))
    with pytest.raises(UsageError, match="A pair of two actors"):
        account(pair=("JPN", "JPN"))


def test_an_actor_that_nobody_knows_is_an_error():
    from comity.provenance import ComityError

    with pytest.raises(ComityError, match="JPP"):
        account(pair=("JPP", "RUS"))


def test_coefficients_of_something_else_are_refused():
    with pytest.raises(UsageError, match="coefficients of rate:cooperation for an account of type"):
        account(outcome="type")


def test_with_too_few_acts_it_declines_in_words():
    found = account(pair=("JPN", "KOR"))
    assert found.refused == "too few acts between the two before: 0 acts on 0 days, 5 acts on 3 days needed"
    assert found.total is None
    assert found.to_dict()["third_parties"] == []


def test_periods_without_data_are_refused():
    found = account(before=(-400, -300))
    assert found.refused == "no data before: they run from 2020-01-01 to 2020-10-04"


def test_coded_events_give_no_account():
    found = account(Events.of(registry=load_registry()))
    assert "no event data" in found.refused


def test_a_start_in_the_period_before_is_told():
    assert "memories are still filling" in account(before=(5, 60)).notes[0]
    # Three half-lives of 30 days after the first act they hold 88 % of a steady level.
    assert account(before=(90, 120)).notes == ()


def test_a_reciprocal_act_counts_once():
    # 51 days from day 40: acts of Japan on days 42, 49, … 84, of Russia on 43, … 85: seven each.
    assert account(before=(40, 90)).n_acts[0] == 14


def test_only_acts_of_a_kind_are_looked_at():
    rows = [("JPN", "RUS", FIRST + timedelta(days=i), 4.0, "talk" if i % 2 else "deeds") for i in range(220)]
    names = ["sender", "receiver", "date", "weight", "kind"]
    events = Events.from_frame(polars.DataFrame(rows, schema=names, orient="row"))
    found = account(events, kind="deeds")
    assert found.n_acts == (26, 26)  # every second of the 51 days, the first an even one
    assert found.to_dict()["kind"] == "deeds"
