"""case.toml: what a case is about, its eras, theatres, printed names and defaults."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from comity.actors import Registry, UnknownActorError
from comity.cases.layout import FORMAT, SETTINGS_FILE
from comity.cases.problem import Problem
from comity.cases.toml_table import TomlTable, read_toml
from comity.events import Era

SAFE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # also names a file
DEFAULTS: Final[dict[str, float]] = {"half_life_days": 730, "seed": 1}
PAIR: Final = 2
_KNOWN: Final = (
    "format", "id", "title", "authors", "focal", "eras", "theatres", "house_names", "place_names", "defaults",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one case; all texts as written by its author."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    focal: tuple[tuple[str, str], ...] = ()
    eras: tuple[Era, ...] = ()
    theatres: dict[str, tuple[str, ...]] = field(default_factory=dict)
    house_names: dict[str, str] = field(default_factory=dict)
    place_names: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, float] = field(default_factory=lambda: dict(DEFAULTS))


def read_settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    """Read case.toml, and everything that is wrong with it; ``None`` where nothing can be read.

    Raises
    ------
    UnreadableFileError : missing, empty, binary, too large, or not UTF-8
    """
    problems: list[Problem] = []
    top = read_toml(folder / SETTINGS_FILE, problems)
    if top is None or not _format_is_known(top):
        return None, problems
    top.only(*_KNOWN)
    return (
        Settings(
            id=_safe_id(top),
            title=top.text("title", required=True),
            authors=top.texts("authors"),
            focal=_focal(top),
            eras=_eras(top),
            theatres=_theatres(top.table("theatres")),
            house_names=_names(top.table("house_names")),
            place_names=_names(top.table("place_names")),
            defaults=_defaults(top.table("defaults")),
        ),
        problems,
    )


def unknown_actors(folder: Path, settings: Settings, registry: Registry) -> list[Problem]:
    """Report the actors of case.toml that nobody knows."""
    problems: list[Problem] = []
    top = read_toml(folder / SETTINGS_FILE, problems)
    if top is None:
        return problems
    named: list[tuple[TomlTable, str, Iterable[str]]] = [
        (top, "focal", [one for pair in settings.focal for one in pair]),
        *((top.table("theatres"), name, ids) for name, ids in settings.theatres.items()),
        *((top.table("house_names"), id, [id]) for id in settings.house_names),
    ]
    for table, key, ids in named:
        for id in ids:
            if id not in registry:
                table.fault("unknown-actor", key, unknown_actor(registry, id))
    return problems


def unknown_actor(registry: Registry, id: str) -> str:
    """Say that nobody knows an actor, with the nearest ones."""
    try:
        registry.actor(id)
    except UnknownActorError as error:
        return f"{error.what}. {error.allowed}".strip()
    return ""


def safe_id(text: str) -> bool:
    """Tell whether a text can name a case or a document, and a file of it."""
    return bool(SAFE_ID.fullmatch(text))


def _format_is_known(top: TomlTable) -> bool:
    value: Any = top.values.get("format")
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        top.fault("format", "format", f"format is a whole number, and {FORMAT} the newest that is known here")
        return False
    if value > FORMAT:
        message = f"format {value} is newer than this version of comity, which reads up to {FORMAT}"
        top.fault("format", "format", f"{message}; update comity")
        return False
    return True


def _safe_id(top: TomlTable) -> str:
    id = top.text("id", required=True)
    if id and not safe_id(id):
        top.fault("setting", "id", f"id {id[:60]!r} is not made of letters, digits, '.', '_' and '-'")
        return "case"
    return id


def _focal(top: TomlTable) -> tuple[tuple[str, str], ...]:
    pairs = top.values.get("focal", [])
    sound = isinstance(pairs, list) and all(
        isinstance(pair, list) and len(pair) == PAIR and all(isinstance(one, str) for one in pair)
        for pair in pairs
    )
    if not sound:
        top.fault("setting", "focal", 'focal is a list of pairs, as in [["JPN", "NATO"]]')
        return ()
    for first, second in pairs:
        if first == second:
            top.fault("self-dyad", "focal", f"focal pairs {first!r} with itself")
    return tuple((first, second) for first, second in pairs if first != second)


def _eras(top: TomlTable) -> tuple[Era, ...]:
    eras: dict[str, Era] = {}
    shown: list[tuple[Era, TomlTable]] = []
    for table in top.tables("eras"):
        table.only("id", "label", "start", "end", "display")
        id, start, end = table.text("id", required=True), table.day("start"), table.day("end")
        display = table.flag("display", default=True)
        if id in eras:
            table.fault("duplicate-id", "id", f"the era {id!r} is defined twice")
        elif start and end and start > end:
            table.fault("interval", "end", f"the era {id!r} ends ({end}) before it starts ({start})")
            eras[id] = Era(id or "unnamed", id, None, None, display=False)
        elif id:
            eras[id] = Era(id, table.text("label") or id, start, end, display)
            shown += [(eras[id], table)] if display else []
    _report_overlaps(shown)
    return tuple(eras.values())


def _report_overlaps(shown: list[tuple[Era, TomlTable]]) -> None:
    in_order = sorted(shown, key=lambda one: one[0].start or date.min)
    reach: Era | None = None  # the era that runs latest so far
    for era, table in in_order:
        if reach and (reach.end is None or reach.end >= (era.start or date.min)):
            message = f"the eras {reach.id!r} and {era.id!r} are both shown, and share days"
            table.fault("overlapping-eras", "start", message)
        if reach is None or (reach.end and (era.end is None or era.end > reach.end)):
            reach = era


def _theatres(table: TomlTable) -> dict[str, tuple[str, ...]]:
    return {name: table.texts(name) for name in table.values}


def _names(table: TomlTable) -> dict[str, str]:
    return {name: text for name in table.values if (text := table.text(name, required=True))}


def _defaults(table: TomlTable) -> dict[str, float]:
    table.only(*DEFAULTS)
    half_life = table.values.get("half_life_days", DEFAULTS["half_life_days"])
    if isinstance(half_life, bool) or not isinstance(half_life, (int, float)) or not 0 < half_life < 1e6:
        table.fault("setting", "half_life_days", "half_life_days is a number of days above 0")
        half_life = DEFAULTS["half_life_days"]
    return {"half_life_days": half_life, "seed": table.whole("seed", default=int(DEFAULTS["seed"]))}
