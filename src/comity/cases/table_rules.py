"""The rules of each table, row by row."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from comity.cases.layout import SERIES_COLUMNS
from comity.cases.problem import Problem, in_row
from comity.cases.row_rules import (
    Surroundings,
    dating,
    interval,
    known_actors,
    number,
    one_of,
    passage,
    required,
    span,
)
from comity.cases.vocabulary import contexts, units
from comity.cases.wording import shown
from comity.claims import CLAIM_KINDS, DIRECTIONS, MODALITIES, QUOTE_MODES
from comity.events import AUX, CONFIDENCES, KINDS, load_ontology
from comity.pledges import BOUNDS, OUTCOMES, PLEDGE_KINDS, ROLES, STAGES
from comity.provenance import TableRow

YES_NO: Final = ("true", "false", "")
SIGNS: Final = ("1", "-1", "0")
ANY_SIGN: Final = ("REQUEST", "MOBILIZE")  # a call for help is friendly; troops may come as friends
DATED: Final = ("made", "deadline", "period", "as_of")  # the dates of a pledge

MONTH: Final = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")

RowRules = Callable[[TableRow, Surroundings], Iterator[Problem]]


def actor_rules(row: TableRow, around: Surroundings) -> Iterator[Problem]:
    """Check a row of actors.csv; what depends on other rows is checked when they are joined."""
    del around
    yield from required(row, "id")
    yield from interval(row, "valid_from", "valid_to")
    yield from interval(row, "office_from", "office_to")


def event_rules(row: TableRow, around: Surroundings) -> Iterator[Problem]:
    """Check a row of events.csv."""
    yield from required(row, "id", "sender", "event_type", "summary")
    yield from dating(row, "date_start", "date_end", "precision", "basis")
    parties = ("sender", "receiver", "sender_agents", "receiver_agents", "about")
    yield from known_actors(row, around.registry, *parties)
    for column, allowed in (
        ("reciprocal", YES_NO), ("event_kind", KINDS), ("aux", AUX), ("sign", SIGNS),
        ("confidence", ("", *CONFIDENCES)),
    ):  # fmt: skip
        yield from one_of(row, column, allowed)
    for context in row.list("contexts"):
        if context not in contexts():
            yield in_row(row, "unknown-value", f"contexts: {shown(context)} is no context of PLOVER")
    yield from _event_type(row)
    yield from _parties(row)
    yield from passage(row, around.sources)


def _event_type(row: TableRow) -> Iterator[Problem]:
    ontology, name, mode = load_ontology(), row["event_type"], row["mode"]
    if name not in ontology.event_types:
        if name:
            yield from one_of(row, "event_type", ontology.event_types)
        return
    if mode and mode not in ontology.modes(name):
        yield from one_of(row, "mode", ("", *ontology.modes(name)))
    usual = ontology.type_of(name).sign
    coded = row["sign"] if row["sign"] in SIGNS else "0"
    if row["aux"] or name in ANY_SIGN or not usual:
        return
    if int(coded) not in (0, usual):
        yield in_row(row, "sign", f"sign {coded} of {name}, whose sign is {usual:+d}, or 0")


def _parties(row: TableRow) -> Iterator[Problem]:
    senders, receivers = row.list("sender"), row.list("receiver")
    for party in senders:
        if party in receivers:
            yield in_row(row, "self-dyad", f"{party} is sender and receiver")
    for column in (senders, receivers):
        for party in sorted({one for one in column if column.count(one) > 1}):
            yield in_row(row, "self-dyad", f"{party} stands twice on one side")
    if row["reciprocal"] == "true" and (len(senders) < 2 or receivers):
        message = f"{len(senders)} senders and {len(receivers)} receivers of a reciprocal event"
        yield in_row(row, "reciprocal", f"{message}; all parties are senders, two at least")


def pledge_rules(row: TableRow, around: Surroundings) -> Iterator[Problem]:
    """Check a row of pledges.csv."""
    yield from required(row, "id", "by", "object", "stage")
    yield from known_actors(row, around.registry, "by", "to", "via", "about")
    for column, allowed in (
        ("kind", PLEDGE_KINDS), ("stage", STAGES + OUTCOMES), ("bound", ("", *BOUNDS)), ("role", ROLES),
        ("modality", ("", *MODALITIES)),
    ):  # fmt: skip
        yield from one_of(row, column, allowed)
    for name in DATED:
        yield from dating(row, *(f"{name}_{part}" for part in ("start", "end", "precision", "basis")))
    yield from interval(row, "said_start", "said_end")
    yield from number(row, "quantity")
    yield from _unit(row)
    yield from passage(row, around.sources)


def _unit(row: TableRow) -> Iterator[Problem]:
    unit, currency = row["unit"], row["currency"]
    if unit and unit not in units():
        yield in_row(row, "unit", f"unit {shown(unit)} is not one of {', '.join(units())}")
    if row["quantity"] and not unit:
        yield in_row(row, "unit", f"quantity {row['quantity']} without a unit")
    if bool(currency) != (unit == "money"):
        yield in_row(row, "unit", f"currency {currency!r} with unit {unit!r}; currency goes with money")
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        yield in_row(row, "unit", f"currency {shown(currency)} is not a code such as USD or JPY")


def claim_rules(row: TableRow, around: Surroundings) -> Iterator[Problem]:
    """Check a row of claims.csv."""
    yield from required(row, "id", "holder", "era", "paraphrase")
    named = ("holder", "reported_by", "tie_a", "tie_b", "cause", "third_party", "actors")
    yield from known_actors(row, around.registry, *named)
    for column, allowed in (
        ("kind", CLAIM_KINDS), ("direction", DIRECTIONS), ("directed", YES_NO),
        ("modality", ("", *MODALITIES)),
    ):  # fmt: skip
        yield from one_of(row, column, allowed)
    if row["era"] and row["era"] not in around.eras:
        yield in_row(row, "unknown-era", f"era {shown(row['era'])} is not in case.toml")
    a, b = row["tie_a"], row["tie_b"]
    if bool(a) != bool(b) or (a and a == b):
        yield in_row(row, "tie", f"the tie of {a!r} with {b!r}; two different actors, or neither")
    yield from passage(row, around.sources)


def quote_rules(row: TableRow, around: Surroundings) -> Iterator[Problem]:
    """Check a row of quotes.csv."""
    yield from required(row, "id", "paraphrase")
    yield from known_actors(row, around.registry, "speaker", "addressee", "about")
    yield from one_of(row, "mode", QUOTE_MODES)
    yield from dating(row, "date_start", "date_end", "precision", "basis")
    yield from passage(row, around.sources)
    said = [row[column] for column in ("said_start", "said_end", "said_sha256")]
    if any(said) and not all(said):
        yield in_row(row, "missing-value", "said_start, said_end and said_sha256 stand together or not")
        return
    yield from span(row, around.sources, "said_start", "said_end", "said_sha256")
    places = [row[column] for column in ("char_start", "said_start", "said_end", "char_end")]
    if all(place.isdecimal() for place in places):
        numbers = [int(place) for place in places]
        if numbers != sorted(numbers):
            yield in_row(row, "said", "the quoted words do not lie inside the passage")


def series_rules(row: TableRow, around: Surroundings) -> Iterator[Problem]:
    """Check a row of series.csv; whether its numbers go together is checked when it is read."""
    yield from required(row, *SERIES_COLUMNS)
    yield from known_actors(row, around.registry, "a", "b")
    if row["month"] and not MONTH.fullmatch(row["month"]):
        yield in_row(row, "date", f"month {shown(row['month'])} is not written YYYY-MM")
    for column in ("total", "size"):
        yield from number(row, column)
    for column in ("days", "friendly_days", "hostile_days", "missing_days"):
        yield from number(row, column, whole=True)
    if row["a"] and row["a"] == row["b"]:
        yield in_row(row, "self-dyad", f"{row['a']} is paired with itself")
    known = [source.id for source in around.sources.by_id.values() if source.kind == "dataset"]
    if row["source"] and row["source"] not in known:
        message = f"source {shown(row['source'])} is no data set of sources.toml"
        yield in_row(row, "unknown-document", f"{message}; it lists {', '.join(known) or 'none'}")


ROW_RULES: Final[dict[str, RowRules]] = {
    "actors.csv": actor_rules,
    "events.csv": event_rules,
    "pledges.csv": pledge_rules,
    "claims.csv": claim_rules,
    "quotes.csv": quote_rules,
    "series.csv": series_rules,
}
