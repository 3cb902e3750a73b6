"""Every broken rule of a case folder, with file and line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from comity.actors import load_registry
from comity.cases.case import Case
from comity.cases.documents import Sources, leads_outside, read_sources
from comity.cases.draft import draft_files, read_drafts
from comity.cases.layout import (
    DATA_FOLDER,
    DRAFTS_FOLDER,
    FILES,
    LOG_FILE,
    OWN_FOLDERS,
    SETTINGS_FILE,
    SOURCES_FILE,
    TABLES,
)
from comity.cases.links import event_keys, firsts, relations
from comity.cases.loading import Loaded, load, load_actors
from comity.cases.problem import Problem, of_error
from comity.cases.review_log import read_log
from comity.cases.row_rules import Surroundings
from comity.cases.series import check_series
from comity.cases.settings import Settings, read_settings, unknown_actors
from comity.cases.shelf import find_case
from comity.claims import claim_of, quote_of
from comity.events import EventStore, event_of
from comity.pledges import statement_of
from comity.provenance import ComityError, Passage, TableRow, UnreadableFileError

RECORD_OF: Final[dict[str, Callable[[TableRow], Any]]] = {
    "events.csv": event_of,
    "pledges.csv": statement_of,
    "claims.csv": claim_of,
    "quotes.csv": quote_of,
}


def check_case(case: str | Path) -> list[Problem]:
    """List every broken rule of a case, in the order of its files and lines.

    Parameters
    ----------
    case : a case folder, or the name of an embedded case

    Raises
    ------
    NothingFoundError : there is no such folder

    Examples
    --------
    >>> check_case("japan-nato")
    []
    """
    folder = find_case(case)
    problems = [*_layout(folder)]
    settings = _settings(folder, problems)
    sources = _sources(folder, problems)
    registry, actors = load_actors(folder, load_registry())
    tables: dict[str, Loaded[Any]] = {"actors.csv": actors}
    if settings:
        problems += unknown_actors(folder, settings, registry)
    eras = frozenset(era.id for era in settings.eras) if settings else frozenset()
    around = Surroundings(registry, sources or Sources(), eras)
    for name, record_of in RECORD_OF.items():
        tables[name] = load(folder, name, record_of, around)
    tables["series.csv"] = check_series(folder, around)
    for table in tables.values():
        problems += table.problems
        problems += _fault(folder, table)
    problems += [*_drafts(folder), *_imported(folder)]
    problems += event_keys(tables["events.csv"])
    problems += relations(tables["pledges.csv"])
    problems += firsts(tables["claims.csv"], tables["events.csv"].records)
    if settings:
        problems += _passages(Case(folder, settings), tables)
    untold = {"unknown-era" if settings is None else "", "unknown-document" if sources is None else ""}
    problems = [problem for problem in problems if problem.rule not in untold]
    order = {name: place for place, name in enumerate(FILES)}
    unique = dict.fromkeys(problems)
    return sorted(
        unique, key=lambda one: (order.get(one.file, len(order)), one.file, one.line, one.rule, one.message)
    )


def _layout(folder: Path) -> Iterator[Problem]:
    for name in FILES:
        if leads_outside(folder, Path(name)):
            yield Problem(name, 0, "outside-folder", f"{name} leads out of the case folder")
        elif not (folder / name).exists():
            yield Problem(
                name, 0, "missing-file", f"there is no {name}; 'comity new' shows what it looks like"
            )
    for name in OWN_FOLDERS:
        if leads_outside(folder, Path(name)):
            yield Problem(name, 0, "outside-folder", f"the folder {name} leads out of the case folder")


def _drafts(folder: Path) -> Iterator[Problem]:
    """Report drafts and a log that cannot be read."""
    if any(leads_outside(folder, path) for path in draft_files(folder)):
        yield Problem(DRAFTS_FOLDER, 0, "outside-folder", "a file of drafts leads out of the case folder")
        return
    for name, reader in ((DRAFTS_FOLDER, read_drafts), (LOG_FILE, read_log)):
        try:
            reader(folder)
        except UnreadableFileError as error:
            yield of_error(error, name, "unreadable-file")


def _imported(folder: Path) -> Iterator[Problem]:
    """Report imported files that are not as they were written."""
    if leads_outside(folder, Path(DATA_FOLDER)) or not (folder / DATA_FOLDER).is_dir():
        return
    try:
        for path, what in EventStore(folder / DATA_FOLDER).faults():
            yield Problem(f"{DATA_FOLDER}/{path}", 0, "imported-data", what)
    except ComityError as error:
        yield of_error(error, DATA_FOLDER, "imported-data")


def _settings(folder: Path, problems: list[Problem]) -> Settings | None:
    if not _can_be_read(folder, SETTINGS_FILE):
        return None
    try:
        settings, found = read_settings(folder)
    except UnreadableFileError as error:
        problems.append(of_error(error, SETTINGS_FILE, "unreadable-file"))
        return None
    problems += found
    return settings


def _sources(folder: Path, problems: list[Problem]) -> Sources | None:
    if not _can_be_read(folder, SOURCES_FILE):
        return None
    try:
        sources, found = read_sources(folder)
    except UnreadableFileError as error:
        problems.append(of_error(error, SOURCES_FILE, "unreadable-file"))
        return None
    problems += found
    return None if any(problem.rule == "toml" for problem in found) else sources


def _fault(folder: Path, table: Loaded[Any]) -> Iterator[Problem]:
    if table.fault is None or not _can_be_read(folder, table.name):
        return
    rule = "unreadable-file"
    if "has the wrong header" in table.fault.what:
        rule = "header"
    elif "is not a CSV table" in table.fault.what:
        rule = "not-a-table"
    yield of_error(table.fault, table.name, rule)


def _can_be_read(folder: Path, name: str) -> bool:
    """Tell whether a file is there and inside; what is wrong otherwise is reported with the layout."""
    return not leads_outside(folder, Path(name)) and (folder / name).exists()


def _passages(case: Case, tables: dict[str, Loaded[Any]]) -> Iterator[Problem]:
    """Compare every passage with the texts that are attached."""
    for name in TABLES:
        for record, line in zip(tables[name].records, tables[name].lines, strict=True):
            for place in ("passage", "said"):
                passage = getattr(record, place, None)
                if not isinstance(passage, Passage):  # a pledge's `said` is a date
                    continue
                try:
                    text = case.text_of(passage.document)
                except ComityError:  # sources.toml is broken, and reported
                    return
                if text is not None and case.passage_words(passage) is None:
                    message = f"the words at {passage.char_start} to {passage.char_end} of document"
                    message += f" {passage.document} are not those that were coded"
                    yield Problem(name, line, "passage", message)
