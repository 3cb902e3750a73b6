"""Acts from coded events: each real event once, only what happened and is dated."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.events import Events
from comity.events.coded import real_events

from .worlds import SmallRegistry, make_event


def acts_of(*coded, **asked):
    return Events.of(coded, registry=SmallRegistry()).acts(**asked)


def test_denied_supposed_and_future_acts_never_enter() -> None:
    coded = [make_event(aux, aux=aux) for aux in ("negation", "hypothetical", "future")]
    assert len(acts_of(*coded)) == 0
    assert len(acts_of(*coded, count="rows")) == 0


def test_one_event_told_by_three_documents_counts_once_with_the_finest_date() -> None:
    acts = acts_of(
        make_event("a", start="2020-01-01", end="2020-12-31", precision="year", event_key="k"),
        make_event("b", start="2020-05-01", confidence="medium", event_key="k"),
        make_event("c", start="2020-05-02", confidence="high", event_key="k"),
    )
    assert (list(acts.id), list(acts.key), list(acts.rows)) == (["c"], ["k"], [3])
    assert acts.day[0] == (date(2020, 5, 2) - date(1970, 1, 1)).days


def test_pairs_that_only_one_record_names_are_kept() -> None:
    acts = acts_of(make_event("a", event_key="k"), make_event("b", receivers=("USA", "UKR"), event_key="k"))
    # the first record is the better one by its place; JPN -> UKR stands in the second only
    assert dict(zip(acts.receiver, acts.id, strict=True)) == {"USA": "a", "UKR": "b"}


def test_an_act_of_three_parties_gives_each_pair_a_half() -> None:
    acts = acts_of(make_event(senders=("JPN", "UKR", "USA"), reciprocal=True))
    assert len(acts) == 6
    assert set(acts.share) == {0.5}
    assert set(acts.key) == {"e1"}


def test_an_interval_of_a_year_enters_with_its_length_and_a_longer_one_does_not() -> None:
    year = make_event("y", start="2020-01-01", end="2020-12-31", precision="year")
    longer = make_event("l", start="2019-01-01", end="2020-01-02", precision="era")
    acts = acts_of(year, longer)
    assert (list(acts.id), list(acts.days)) == (["y"], [366])


def test_open_and_undated_events_enter_no_act() -> None:
    assert len(acts_of(make_event("o", end=""), make_event("u", start=None, precision="unknown"))) == 0


def test_since_and_before_look_at_the_last_and_the_first_day() -> None:
    event = make_event(start="2020-05-01", end="2020-05-31", precision="month")
    assert len(acts_of(event, since=date(2020, 5, 31))) == 1
    assert len(acts_of(event, since=date(2020, 6, 1))) == 0
    assert len(acts_of(event, before=date(2020, 5, 2))) == 1
    assert len(acts_of(event, before=date(2020, 5, 1))) == 0


def test_the_soviet_union_is_russia_and_no_pair_with_itself() -> None:
    acts = acts_of(
        make_event("a", senders=("SUN",), receivers=("JPN",)),
        make_event("b", senders=("SUN",), receivers=("RUS",)),
        senders=["RUS"],
    )
    assert list(zip(acts.sender, acts.receiver, strict=True)) == [("RUS", "JPN")]


def test_rows_keep_every_record() -> None:
    coded = [make_event(id, event_key="k") for id in "abc"]
    assert list(acts_of(*coded, count="rows").id) == ["a", "b", "c"]


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_best_record_does_not_depend_on_the_order_where_one_is_best(order: list[str]) -> None:
    precision = {"a": "era", "b": "year", "c": "day", "d": "month"}
    coded = [make_event(id, precision=precision[id], event_key="k") for id in order]
    assert real_events(coded)["k"][0].id == "c"
