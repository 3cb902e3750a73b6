"""A case: a folder that a person can read, edit and keep under version control."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from comity.actors import Registry, load_registry
from comity.cases.documents import Sources, leads_outside, read_sources
from comity.cases.draft import DraftRow, draft_files
from comity.cases.layout import FILES, LOG_FILE
from comity.cases.loading import Loaded, load, load_actors, sound_records
from comity.cases.problem import BrokenCaseError
from comity.cases.reviewed import open_drafts
from comity.cases.row_rules import Surroundings
from comity.cases.series import read_series
from comity.cases.settings import Settings, read_settings
from comity.cases.shelf import EMBEDDED, find_case, home_folder
from comity.claims import Claim, ClaimBook, Quote, claim_of, quote_of
from comity.events import Era, Event, Events, EventStore, MonthlyScores, ScoreStore, event_of
from comity.pledges import Ledger, Statement, statement_of
from comity.provenance import (
    ComityError,
    Passage,
    PassageMismatchError,
    Source,
    TableRow,
    UnreadableFileError,
)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=_Named)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Case:
    """One case; a table is read when it is first asked for.

    Examples
    --------
    >>> open_case("japan-nato").name("TWN")
    'Taiwan'
    """

    path: Path
    settings: Settings
    refused: dict[str, int] = field(default_factory=dict, repr=False, compare=False)  # rows, by table read
    with_drafts: bool = False  # whether drafts that nobody has decided on are read with the tables

    @property
    def id(self) -> str:
        """The id that case.toml gives."""
        return self.settings.id

    @property
    def title(self) -> str:
        """The title that case.toml gives."""
        return self.settings.title

    @property
    def authors(self) -> tuple[str, ...]:
        """Who made the case."""
        return self.settings.authors

    @property
    def eras(self) -> tuple[Era, ...]:
        """The eras of the case: those that part its record, and those that claims are placed in."""
        return self.settings.eras

    @property
    def focal(self) -> tuple[tuple[str, str], ...]:
        """The pairs of actors that the case is about."""
        return self.settings.focal

    @property
    def theatres(self) -> dict[str, tuple[str, ...]]:
        """Each theatre and its actors."""
        return self.settings.theatres

    @property
    def house_names(self) -> dict[str, str]:
        """The names that the case prints for some actors."""
        return self.settings.house_names

    @property
    def place_names(self) -> dict[str, str]:
        """The names that the case prints for contested places."""
        return self.settings.place_names

    @property
    def defaults(self) -> dict[str, float]:
        """Half-life in days, and seed."""
        return self.settings.defaults

    @cached_property
    def read_only(self) -> bool:
        """Whether the folder is the package's, or cannot be written to."""
        return self.path.is_relative_to(EMBEDDED) or not os.access(self.path, os.W_OK)

    @cached_property
    def own_folder(self) -> Path:
        """Where attached documents and runs are kept: here, or in the user's data folder."""
        if not self.read_only:
            return self.path
        mark = "" if self.path.is_relative_to(EMBEDDED) else f"-{_mark(self.path)}"
        return home_folder() / "cases" / f"{self.id}{mark}"

    def require_writable(self, purpose: str = "write to it") -> None:
        """Refuse to go on if the case is read-only.

        Raises
        ------
        ComityError : it is
        """
        if self.read_only:
            raise ComityError(
                f"the case {self.id!r} is read-only",
                where=str(self.path),
                allowed=f"To {purpose}, make a case of your own.",
                remedy=f"For example: comity new mine --from {self.id}",
            )

    @cached_property
    def registry(self) -> Registry:
        """The package's actors and those of actors.csv."""
        registry, table = load_actors(self.path, load_registry())
        self._counted(table).sound()
        return registry

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The documents and data sets, by id, in the order of sources.toml."""
        return self._sources.by_id

    @cached_property
    def events(self) -> Events:
        """The coded events, joined with the event data that were imported."""
        store = self.store if self._has_data else None
        return Events.of(self._coded, store=store, registry=self.registry)

    @cached_property
    def store(self) -> EventStore:
        """Where imported event data are kept."""
        return EventStore(self.path / "data")

    @cached_property
    def scores(self) -> MonthlyScores | None:
        """Scores of pairs by month: imported daily ones if there are any, else those of series.csv."""
        if self.score_store.has_rows:
            return self.score_store.load().monthly()
        scores, refused = read_series(self.path, Surroundings(self.registry, self._sources))
        if refused:
            self.refused["series.csv"] = refused
        return scores if len(scores) else None

    @cached_property
    def score_store(self) -> ScoreStore:
        """Where imported daily scores are kept."""
        return ScoreStore(self.path / "data" / "scores")

    @cached_property
    def ledger(self) -> Ledger:
        """What was promised."""
        return Ledger(self._statements, self.sources, registry=self.registry)

    @cached_property
    def claims(self) -> ClaimBook:
        """What authors hold, and what people said."""
        return ClaimBook(self._claims, self._quotes, self.eras, registry=self.registry)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Say which of the tables read so far had faulty rows, and how many; and drafts left out."""
        why = f"refused; 'comity check {self.path}' says why"
        told = [
            f"{count} {'row' if count == 1 else 'rows'} of {name} {why}"
            for name, count in sorted(self.refused.items())
        ]
        if left := len(self._drafts) - len(self.draft_ids):
            drafts = "1 draft is" if left == 1 else f"{left} drafts are"
            told.append(
                f"{drafts} left out: a row that stands already, broken rules, or a side that is no state;"
                f" 'comity review --list --case {self.path}' says which"
            )
        return tuple(told)

    @property
    def fingerprint(self) -> dict[str, str]:
        """The SHA-256 of every file of the case, and of every document attached to it."""
        files = {name: hashlib.sha256((self.path / name).read_bytes()).hexdigest() for name in self._files}
        attached = (one for one in self.sources.values() if self.text_of(one.id) is not None)
        if self.with_drafts:
            paths = [*draft_files(self.path), self.path / LOG_FILE]
            there = {f"{path.parent.name}/{path.name}": path for path in paths if path.is_file()}
            files |= {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
        return files | {f"attached/{one.id}": one.sha256 for one in attached}

    def name(self, actor_id: str) -> str:
        """Print an actor: by its house name, else as the registry has it."""
        return self.house_names.get(actor_id) or self.registry.actor(actor_id).name

    def text_of(self, document: str) -> str | None:
        """Give the text of a document if it is attached and still the one that was coded."""
        if document not in self._texts:
            self._texts[document] = self._attached(document)
        return self._texts[document]

    def passage_words(self, passage: Passage | None) -> str | None:
        """Give the words at a passage, or nothing where the document is not attached."""
        text = self.text_of(passage.document) if passage else None
        if text is None or passage is None:
            return None
        try:
            return passage.words(text)
        except PassageMismatchError:  # 'comity check' reports it
            return None

    def forget_texts(self) -> None:
        """Read attached texts again when they are next asked for."""
        self._texts.clear()

    def attached_path(self, document: str) -> Path:
        """Where the text of a document is kept once it is attached."""
        return self.own_folder / "attached" / f"{document}.txt"

    @cached_property
    def passages(self) -> tuple[tuple[str, Passage], ...]:
        """Every passage of the case with the id of its row; the quoted words of a quotation too."""
        found: list[tuple[str, Passage | None]] = [(event.id, event.passage) for event in self._coded]
        found += [(statement.id, statement.passage) for statement in self._statements]
        found += [(claim.id, claim.passage) for claim in self._claims]
        for quote in self._quotes:
            found += [(quote.id, quote.passage), (quote.id, quote.said)]
        return tuple((id, passage) for id, passage in found if passage)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the rows of the tables refer to: actors, documents, eras."""
        return Surroundings(self.registry, self._sources, frozenset(era.id for era in self.eras))

    @cached_property
    def draft_ids(self) -> frozenset[str]:
        """The rows that are drafts; none, unless the case was opened with them."""
        if self.with_drafts:
            _ = self._coded, self._statements, self._quotes  # read with them
        return frozenset(self._drafted)

    @cached_property
    def _drafted(self) -> set[str]:
        return set()

    @cached_property
    def _drafts(self) -> tuple[DraftRow, ...]:
        return tuple(open_drafts(self.path)) if self.with_drafts else ()

    @cached_property
    def _coded(self) -> tuple[Event, ...]:
        return self._table("events.csv", event_of)

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return self._table("pledges.csv", statement_of)

    @cached_property
    def _claims(self) -> tuple[Claim, ...]:
        return self._table("claims.csv", claim_of)

    @cached_property
    def _quotes(self) -> tuple[Quote, ...]:
        return self._table("quotes.csv", quote_of)

    @cached_property
    def _texts(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _sources(self) -> Sources:
        sources, found = read_sources(self.path)
        problems = [problem for problem in found if problem.severity == "error"]
        if problems:
            raise BrokenCaseError(problems, where=str(self.path / problems[0].file))
        return sources

    @property
    def _has_data(self) -> bool:
        return (self.path / "data" / "manifest.json").is_file()

    @property
    def _files(self) -> list[str]:
        return [name for name in FILES if (self.path / name).is_file()]

    def _table(self, name: str, record_of: Callable[[TableRow], Record]) -> tuple[Record, ...]:
        table = self._counted(load(self.path, name, record_of, self.surroundings)).sound()
        there = {record.id for record in table} if self._drafts else set()
        own = [one for one in self._drafts if one.table == name and one.id not in there and not one.nonstate]
        drafts = tuple(sound_records((one.row() for one in own), record_of, self.surroundings))
        self._drafted.update(record.id for record in drafts)
        return (*table, *drafts)

    def _counted(self, table: Loaded[Row]) -> Loaded[Row]:
        if table.refused:
            self.refused[table.name] = table.refused
        return table

    def _attached(self, document: str) -> str | None:
        source, path = self.sources.get(document), self.attached_path(document)
        if source is None or leads_outside(self.own_folder, path):
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest() != source.sha256:
            return None
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return None


def open_case(case: str | Path, *, with_drafts: bool = False) -> Case:
    """Open a case folder, or an embedded case by its name.

    Parameters
    ----------
    with_drafts : read the drafts that nobody has decided on with the tables; `Case.draft_ids` names them

    Raises
    ------
    NothingFoundError : there is no such case
    UnreadableFileError : case.toml cannot be read
    BrokenCaseError : case.toml breaks a rule; `problems` holds all that it breaks
    """
    path = find_case(case)
    if leads_outside(path, Path("case.toml")):
        raise UnreadableFileError("case.toml leads out of the case folder", where=str(path))
    settings, problems = read_settings(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if settings is None or errors:
        raise BrokenCaseError(errors or problems, where=str(path / "case.toml"))
    return Case(path, settings, with_drafts=with_drafts)


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]
