"""Conflict and agreement come out of one rule."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.claims import DIRECTIONS, MODALITIES, Claim, ClaimBook, Conflict
from comity.claims.eras import Span
from comity.claims.record import CLAIM_KINDS

from .conftest import ERAS

Make = Callable[..., Claim]


def ids(conflict: Conflict) -> tuple[list[str], list[str]]:
    return [claim.id for claim in conflict.plus], [claim.id for claim in conflict.minus]


def test_opposite_signs_over_one_cause_at_one_time_are_a_conflict(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(), make("C2", "A.TWO", "+", era="early", source="E")], eras=eras)
    (conflict,) = book.conflicts()
    assert (conflict.tie, conflict.over) == (("JPN", "NATO"), ("RUS",))
    assert ids(conflict) == (["C2"], ["C1"])
    assert (conflict.plus_holders, conflict.minus_holders) == (("A.TWO",), ("A.ONE",))
    assert not conflict.within_one_author
    assert conflict.trace().sources == ("D", "E")


@pytest.mark.parametrize(
    "changed",
    [
        {"direction": "-"},  # the same sign
        {"direction": "0"},  # no sign
        {"era": "new"},  # another time
        {"cause": ("CHN",)},  # another cause
        {"cause": ()},  # no cause, against one that names one
        {"tie": ("JPN", "USA")},  # another tie
        {"tie": None},
        {"kind": "prediction"},
        {"kind": "question"},
        {"kind": "counterfactual"},
        {"kind": "normative"},
        {"modality": "question"},
    ],
)
def test_whatever_is_not_on_the_same_point_is_no_conflict(
    make: Make, eras: dict[str, Span], changed: dict[str, object]
) -> None:
    other = make("C2", "A.TWO", **({"direction": "+"} | changed))
    assert ClaimBook([make(), other], eras=eras).conflicts() == []


def test_a_cause_meets_a_third_party(make: Make, eras: dict[str, Span]) -> None:
    other = make("C2", "A.TWO", "+", cause=(), third_party=("RUS", "CHN"))
    assert len(ClaimBook([make(), other], eras=eras).conflicts()) == 1


def test_claims_that_name_no_cause_meet_each_other(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(cause=()), make("C2", "A.TWO", "+", cause=())], eras=eras)
    assert [conflict.over for conflict in book.conflicts()] == [()]


def test_a_tie_is_the_same_either_way_round(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(), make("C2", "A.TWO", "+", tie=("NATO", "JPN"))], eras=eras)
    assert len(book.conflicts()) == 1


def test_one_towards_the_other_is_another_matter_than_the_way_back(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook(
        [make(directed=True), make("C2", "A.TWO", "+", tie=("NATO", "JPN"), directed=True)], eras=eras
    )
    assert book.conflicts() == []


def test_a_general_rule_meets_every_era(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(), make("C2", "A.TWO", "+", era="general")], eras=eras)
    assert len(book.conflicts()) == 1


def test_a_holder_on_both_sides_is_a_tension_and_flagged(make: Make, eras: dict[str, Span]) -> None:
    (conflict,) = ClaimBook([make(), make("C2", direction="+")], eras=eras).conflicts()
    assert conflict.within_one_author
    assert conflict.title == "JPN – NATO over RUS: one holder on both sides"


def test_disputes_between_holders_come_before_tensions(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(), make("C2", direction="+"), make("C3", "A.TWO", "+")], eras=eras)
    assert [conflict.within_one_author for conflict in book.conflicts()] == [False, True]


def test_one_dispute_over_two_causes_is_one_conflict(make: Make, eras: dict[str, Span]) -> None:
    both = ("CHN", "RUS")
    book = ClaimBook([make(cause=both), make("C2", "A.TWO", "+", cause=both)], eras=eras)
    assert [conflict.over for conflict in book.conflicts()] == [both]


def test_a_hedge_is_kept_up_to_the_output(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(), make("C2", "A.TWO", "+", modality="hedged")], eras=eras)
    (conflict,) = book.conflicts()
    assert conflict.hedged == ("C2",)
    assert "A.TWO: Russia stood in the way (hedged)" in "\n".join(conflict.in_words())
    assert "(hedged)" in "\n".join(book.in_words())


def test_who_says_nothing_on_a_contested_point_is_named(make: Make, eras: dict[str, Span]) -> None:
    claims = [
        make(),
        make("C2", "A.TWO", "+"),
        make("C3", "A.THREE", "+", cause=("CHN",)),  # speaks of another cause
        make("C4", "A.FOUR", "+", era="new"),  # speaks of another time
        make("C5", "A.FIVE", "0"),  # speaks of the point, gives no sign
        make("C6", "JPN", "-", reported_by="A.SIX"),  # reports somebody on the point
    ]
    conflicts = ClaimBook(claims, eras=eras).about("JPN", "NATO").conflicts()
    assert {conflict.silent for conflict in conflicts} == {("A.FOUR", "A.THREE")}
    assert "nothing on this point from A.FOUR, A.THREE; absence is not denial" in "\n".join(
        conflicts[0].in_words()
    )


def test_a_past_state_and_its_successor_are_one_cause(make: Make, eras: dict[str, Span]) -> None:
    claims = [make(cause=("SUN",)), make("C2", "A.TWO", "+")]
    assert ClaimBook(claims, eras=eras).conflicts() == []
    assert len(ClaimBook(claims, eras=eras, registry=load_registry()).conflicts()) == 1


def test_holders_who_see_one_sign_at_one_time_agree(make: Make, eras: dict[str, Span]) -> None:
    claims = [
        make(),
        make("C2"),  # the same author again
        make("C3", "A.TWO", era="early"),
        make("C4", "A.THREE", era="new"),  # another time
    ]
    (agreement,) = ClaimBook(claims, eras=eras).agreements()
    assert [claim.id for claim in agreement.claims] == ["C1", "C2", "C3"]
    assert agreement.title == "JPN – NATO over RUS: more distant, by A.ONE, A.TWO"


def test_one_author_alone_agrees_with_nobody(make: Make, eras: dict[str, Span]) -> None:
    assert ClaimBook([make(), make("C2")], eras=eras).agreements() == []


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    actors = st.lists(st.sampled_from(["RUS", "CHN", "USA"]), max_size=2, unique=True).map(tuple)
    return [
        Claim(
            id=f"C{number}",
            kind=draw(st.sampled_from(CLAIM_KINDS)),
            holder=(draw(st.sampled_from(["A.ONE", "A.TWO", "A.THREE"])),),
            direction=draw(st.sampled_from(DIRECTIONS)),
            era=draw(st.sampled_from(sorted(ERAS))),
            paraphrase="Something.",
            source="D",
            tie=draw(st.sampled_from([("JPN", "NATO"), ("NATO", "JPN"), ("JPN", "RUS"), None])),
            directed=draw(st.booleans()),
            cause=draw(actors),
            third_party=draw(actors),
            modality=draw(st.sampled_from(MODALITIES)),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


OPPOSITE = {"+": "-", "-": "+", "0": "0"}


@given(claims(), st.randoms())
def test_the_order_of_claims_changes_nothing(rows: list[Claim], shuffler: object) -> None:
    mixed = list(rows)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    assert ClaimBook(rows, eras=ERAS).to_dict() == ClaimBook(mixed, eras=ERAS).to_dict()


@given(claims())
def test_turning_every_sign_round_swaps_the_two_sides(rows: list[Claim]) -> None:
    turned = [
        Claim(
            **{name: getattr(one, name) for name in Claim.__slots__} | {"direction": OPPOSITE[one.direction]}
        )
        for one in rows
    ]

    def sides(given: list[Claim]) -> set[tuple[tuple[str, ...], ...]]:
        return {
            tuple(tuple(claim.id for claim in side) for side in (one.plus, one.minus))
            for one in ClaimBook(given, eras=ERAS).conflicts()
        }

    assert sides(turned) == {(minus, plus) for plus, minus in sides(rows)}


@given(claims())
def test_every_claim_in_a_conflict_is_a_fact_with_an_opponent(rows: list[Claim]) -> None:
    for conflict in ClaimBook(rows, eras=ERAS).conflicts():
        assert {claim.direction for claim in conflict.plus} == {"+"}
        assert {claim.direction for claim in conflict.minus} == {"-"}
        assert {claim.nature for claim in (*conflict.plus, *conflict.minus)} == {"fact"}


@pytest.mark.shared
def test_the_disputed_reading_of_russia_before_2022_comes_out_of_the_rule(shared: Path) -> None:
    gold = shared / "reference" / "gold"
    if not gold.is_dir():
        pytest.skip("no gold annotation in the shared data folder")
    rows = [
        json.loads(line)
        for path in sorted(gold.glob("*/claims.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    eras = json.loads((gold / "docs.json").read_text("utf-8"))["eras"]
    spans = {name: (one["start"], one["end"]) for name, one in eras.items()}  # ISO texts sort like days
    book = ClaimBook([_from_gold(row) for row in rows], eras=spans)  # type: ignore[arg-type]
    disputes = [one for one in book.about("NATO", "JPN").conflicts() if not one.within_one_author]
    found = [one for one in disputes if one.over == ("RUS",) and "C004-31" in {c.id for c in one.plus}]
    assert [one.minus_holders for one in found] == [("A.TSURUOKA",)]
    assert [one.plus_holders for one in found] == [("A.GOROKU",)]
    assert {"C000-03", "C000-20"} <= {claim.id for claim in found[0].minus}
    assert found[0].silent == ("A.JACOBO", "A.OSHEA")


def _from_gold(row: dict[str, object]) -> Claim:
    tie = row["tie"]
    return Claim(
        id=str(row["id"]),
        kind=str(row["kind"]),
        holder=tuple(row["holder"]),  # type: ignore[arg-type]
        direction=str(row["direction"]),
        era=str(row["era"]),
        paraphrase="",
        source=str(row["doc"]),
        reported_by=str(row["reported_by"] or ""),
        tie=(tie["a"], tie["b"]) if isinstance(tie, dict) else None,
        directed=isinstance(tie, dict) and bool(tie["directed"]),
        cause=tuple(row["cause"]),  # type: ignore[arg-type]
        third_party=tuple(row["third_party"]),  # type: ignore[arg-type]
        modality=str(row["modality"]),
    )
