"""The ledger finds pledges by party, and counts them by status."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.pledges import OUTCOMES, STAGES, Ledger, Statement
from comity.provenance import BadValueError, Dating, NothingFoundError, Passage, text_hash

Make = Callable[..., Statement]
DAY = date(2025, 1, 1)


@pytest.mark.parametrize("actor", ["JPN", "NATO", "UKR", "POL"])
def test_a_pledge_is_found_by_giver_intermediary_receiver_and_subject(make: Make, actor: str) -> None:
    ledger = Ledger([make(via=("NATO",), about=("POL",)), make("P2", pledge_key="other", by=("KOR",), to=())])
    assert [pledge.key for pledge in ledger.pledges(actor, as_of=DAY)] == ["aid"]


def test_a_flow_through_a_fund_is_one_flow_credited_to_each_on_its_way(make: Make) -> None:
    registry = load_registry()
    ledger = Ledger(
        [make(by=("JPN.KISHIDA",), via=("NATO",), made="2023-03-21"), make("P2", via=("NATO",))],
        registry=registry,
    )
    (flow,) = ledger.flows(as_of=DAY)
    assert flow.path.in_words == "JPN → NATO → UKR"
    parts = [flow.path.part_of(actor) for actor in ("JPN", "NATO", "UKR", "POL")]
    assert parts == ["gives", "passes on", "receives", ""]
    assert [len(ledger.flows(actor, as_of=DAY)) for actor in ("JPN", "NATO", "UKR")] == [1, 1, 1]


def test_a_person_counts_for_the_actor_of_the_office_held_that_day(make: Make) -> None:
    ledger = Ledger([make(by=("JPN.KISHIDA",), made="2023-03-21")])
    assert ledger.pledges("JPN", as_of=DAY) == []
    assert len(ledger.pledges("JPN", as_of=DAY, registry=load_registry())) == 1
    assert len(ledger.pledges("JPN.KISHIDA", as_of=DAY, registry=load_registry())) == 1


def test_a_predecessor_s_pledge_is_found_under_the_successor_but_keeps_its_name(make: Make) -> None:
    ledger = Ledger([make(by=("USA", "SUN"), to=(), made="1987-12-08")], registry=load_registry())
    (pledge,) = ledger.pledges("RUS", as_of=DAY)
    assert pledge.by == ("USA", "SUN")


def test_pledges_are_counted_by_status_and_differences_named(make: Make) -> None:
    ledger = Ledger(
        [
            make("P1", pledge_key="a", stage="delivered"),
            make("P2", pledge_key="a", stage="announced", source="E"),
            make("P3", pledge_key="b", stage="delivered"),
            make("P4", pledge_key="c", deadline="2024-12-31"),
        ]
    )
    counts = {count.status: count for count in ledger.counts(as_of=DAY)}
    assert {status: len(count.pledges) for status, count in counts.items()} == {"delivered": 2, "overdue": 1}
    assert counts["delivered"].sources_differ == ("a",)


def test_an_id_used_twice_is_refused(make: Make) -> None:
    with pytest.raises(BadValueError, match="two statements have the id 'P1'"):
        Ledger([make(), make()])


def test_an_unknown_key_gets_its_nearest(make: Make) -> None:
    with pytest.raises(NothingFoundError, match=r"no pledge 'aide'.*Nearest: aid"):
        Ledger([make()]).pledge("aide", as_of=DAY)


def test_a_pledge_traces_to_its_passages(make: Make) -> None:
    passage = Passage("D", 3, 0, 3, text_hash("aid"))
    trace = Ledger([make(passage=passage), make("P2", source="E")]).pledge("aid", as_of=DAY).trace()
    assert (trace.rows, trace.passages, trace.sources) == (("P1", "P2"), (passage,), ("D", "E"))


def test_what_authors_wrote_is_escaped_in_a_notebook(make: Make) -> None:
    page = Ledger([make(object="<script>alert(1)</script>")])._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_ledger_answers(make: Make) -> None:
    assert Ledger().pledges(as_of=DAY) == []
    assert Ledger().counts(as_of=DAY) == []


DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Dating:
    start = draw(DAYS)
    end = draw(st.one_of(st.none(), st.integers(0, 900)))
    return Dating(start, None if end is None else start + timedelta(days=end), "day")


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    maybe = st.one_of(st.none(), spans())
    return [
        Statement(
            id=f"P{number}",
            pledge_key=draw(st.sampled_from(["a", "b"])),
            kind=draw(st.sampled_from(["commitment", "transfer", "programme", "institutional_step"])),
            by=("JPN",),
            to=("UKR",),
            object="aid",
            stage=draw(st.sampled_from(STAGES + OUTCOMES)),
            said=draw(spans()),
            made=draw(maybe),
            deadline=draw(maybe),
            period=draw(maybe),
            as_of=draw(maybe),
            quantity=draw(st.one_of(st.none(), st.integers(0, 9).map(float))),
            source=draw(st.sampled_from(["D", "E"])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]


@given(statements(), DAYS, st.randoms())
def test_the_order_of_statements_changes_nothing(rows: list[Statement], day: date, shuffler: object) -> None:
    mixed = list(rows)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    views = [[one.to_dict() for one in Ledger(order).pledges(as_of=day)] for order in (rows, mixed)]
    assert views[0] == views[1]


@given(statements(), DAYS, DAYS)
def test_a_later_day_never_knows_less(rows: list[Statement], one: date, other: date) -> None:
    early, late = sorted((one, other))
    for before in Ledger(rows).pledges(as_of=early):
        after = Ledger(rows).pledge(before.key, as_of=late)
        assert set(before.statements) <= set(after.statements)
        assert set(before.figures) <= set(after.figures)
        full = {word.statement.id for word in before.words if word.full}
        assert full <= {word.statement.id for word in after.words if word.full}


@given(statements(), DAYS)
def test_every_pledge_is_counted_once(rows: list[Statement], day: date) -> None:
    ledger = Ledger(rows)
    counted = [key for count in ledger.counts(as_of=day) for key in count.pledges]
    assert sorted(counted) == [pledge.key for pledge in ledger.pledges(as_of=day)]
