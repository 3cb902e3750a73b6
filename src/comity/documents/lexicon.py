"""The word lists that the rules go by: tables in a folder, extended by tables of the user's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from comity.events import load_ontology
from comity.provenance import TableRow, UnreadableFileError, read_table

K = TypeVar("K")
V = TypeVar("V")
DATA: Final = Path(__file__).parent / "data"
_ORIGIN: Final = ("source", "edition", "licence")
COLUMNS: Final = {
    "nouns.csv": ("lemma", "class", "event_type", "mode", "sender", "receiver", "joint", "alone", *_ORIGIN),
    "verbs.csv": ("lemma", "object", "needs", "event_type", "mode", "receiver", "joint", "sign", *_ORIGIN),
    "operators.csv": ("lemma", "needs", "operator", "receiver", *_ORIGIN),
    "adjectives.csv": ("lemma", "event_type", "mode", "receiver", "operator", *_ORIGIN),
    "agents.csv": ("lemma", "side", "sector", *_ORIGIN),
    "prefixes.csv": ("lemma", "actor", *_ORIGIN),
    "names.csv": ("lemma", "actor", *_ORIGIN),
    "reporting.csv": ("lemma", "mode", "form", *_ORIGIN),
    "hedges.csv": ("lemma", *_ORIGIN),
    "words.csv": ("lemma", "group", *_ORIGIN),
    "issues.csv": ("lemma", "actor", *_ORIGIN),
    "amounts.csv": ("word", "kind", "value", *_ORIGIN),
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: its class as an object of verbs, and the act that it names by itself."""

    lemma: str
    noun_class: str
    event_type: str
    mode: str
    sender: tuple[str, ...]
    receiver: tuple[str, ...]
    joint: bool
    alone: bool  # names an act even where no verb governs it


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb, what must stand beside it, and the act that the two name."""

    lemma: str
    noun_class: str  # of the object; empty: any object or none
    needs: tuple[str, ...]  # words of which one stands beside the verb: particle, preposition, object
    event_type: str
    mode: str
    receiver: tuple[str, ...]
    joint: bool


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that turns the act in its complement into another: agree, refuse, demand, threaten."""

    lemma: str
    needs: tuple[str, ...]
    operator: str
    receiver: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """All word lists."""

    nouns: dict[str, Noun]
    frames: dict[str, tuple[Frame, ...]]
    operators: dict[str, tuple[Operator, ...]]
    adjectives: dict[str, tuple[Frame, str]]  # the act, or the operator
    agents: dict[str, tuple[str, str]]  # side and sector
    prefixes: dict[str, str]
    names: dict[str, str]  # of running text, beside the registry's
    reporting: dict[str, frozenset[str]]  # form (verb, noun, source) -> words
    hedges: frozenset[str]
    words: dict[str, frozenset[str]]  # by group: measure, menace, friend, intent, aim, pair, one, common
    amounts: dict[
        str, dict[str, str]
    ]  # kind (currency, scale, number, ordinal, unit, denominator) -> word -> value
    issues: dict[str, str]  # a place, and whose conduct is meant where concern about it is voiced


def load_lexicon(*folders: Path) -> Lexicon:
    """Load the package's word lists; rows of the same tables in `folders` add to them or replace them.

    Raises
    ------
    UnreadableFileError : no such folder, or one without any of the tables; a table with another header
    BadValueError : a row with an event type that nobody knows
    """
    for folder in folders:
        if not any((folder / name).is_file() for name in COLUMNS):
            raise UnreadableFileError(
                f"no word lists in {folder.name or folder}",
                where=str(folder),
                allowed=f"A folder with one or more of {', '.join(COLUMNS)}.",
            )
    return _load(tuple(folders))


@cache
def _load(folders: tuple[Path, ...]) -> Lexicon:
    tables = {name: list(_rows(name, folders)) for name in COLUMNS}
    nouns = {
        row["lemma"]: Noun(
            row["lemma"],
            row["class"],
            row["event_type"],
            row["mode"],
            row.list("sender"),
            row.list("receiver"),
            row["joint"] == "yes",
            row["alone"] == "yes",
        )
        for row in tables["nouns.csv"]
    }
    frames = [_frame(row) for row in tables["verbs.csv"]]
    operators = [
        Operator(row["lemma"], tuple(row["needs"].split()), row["operator"], row.list("receiver"))
        for row in tables["operators.csv"]
    ]
    pairs = ((row["group"], row["lemma"]) for row in tables["words.csv"])
    reporting: dict[str, set[str]] = {}
    for row in tables["reporting.csv"]:
        reporting.setdefault(row["form"], set()).add(row["lemma"])
    return Lexicon(
        nouns,
        _grouped((one.lemma, one) for one in {(f.lemma, f.noun_class, f.needs): f for f in frames}.values()),
        _grouped((one.lemma, one) for one in {(o.lemma, o.needs): o for o in operators}.values()),
        {
            row["lemma"]: (
                Frame(row["lemma"], "", (), row["event_type"], row["mode"], row.list("receiver"), False),
                row["operator"],
            )
            for row in tables["adjectives.csv"]
        },
        {row["lemma"]: (row["side"], row["sector"]) for row in tables["agents.csv"]},
        {row["lemma"]: row["actor"] for row in tables["prefixes.csv"]},
        {row["lemma"]: row["actor"] for row in tables["names.csv"]},
        {form: frozenset(words) for form, words in reporting.items()},
        frozenset(row["lemma"] for row in tables["hedges.csv"]),
        {group: frozenset(words) for group, words in _grouped(pairs).items()},
        {
            kind: dict(pairs)
            for kind, pairs in _grouped(
                (row["kind"], (row["word"], row["value"])) for row in tables["amounts.csv"]
            ).items()
        },
        {row["lemma"]: row["actor"] for row in tables["issues.csv"]},
    )


def _frame(row: TableRow) -> Frame:
    needs = tuple(row["needs"].split())
    return Frame(
        row["lemma"],
        row["object"],
        needs,
        row["event_type"],
        row["mode"],
        row.list("receiver"),
        row["joint"] == "yes",
    )


def _rows(name: str, folders: tuple[Path, ...]) -> Iterable[TableRow]:
    for folder in (DATA, *folders):
        if folder == DATA:
            yield from read_table(folder / name, COLUMNS[name])
        elif (folder / name).is_file():
            yield from (_checked(row) for row in read_table(folder / name, COLUMNS[name]))


def _checked(row: TableRow) -> TableRow:
    """Check the event type of a row of the user's own; the package's are tested."""
    if row.fields.get("event_type"):
        load_ontology().type_of(row["event_type"], where=row.where)
    return row


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    groups: dict[str, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
