"""Which statistics a model has: by name, and those that need a table of their own."""

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.workbench.event_table import RECEIVER, SENDER, PlainTable, in_file, read_plain_table

if TYPE_CHECKING:
    from datetime import date

    from comity.model import GivenRows, History, SharedMembership, Statistic

    Spell = tuple[str, str, date | None, date | None]

SIXTEEN: Final = "sixteen"
SHARED: Final = "shared.membership"
REGISTRY: Final = "registry"
WEIGHTS: Final = ("offset", "inverse_probability", "probability")
SPELL: Final = ("date_start", "date_end")


def add_terms(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose statistics."""
    parser.add_argument(
        "--as-one",
        metavar="FILE",
        help="let the members of each group act as one: member, group, perhaps date_start and date_end",
    )
    terms = parser.add_argument_group("statistics")
    terms.add_argument(
        "--statistics",
        "--statistic",
        dest="statistics",
        action="append",
        default=[],
        metavar="NAMES",
        help="names between commas; 'sixteen': the default ones; 'deeds.NAME': of acts of that kind",
    )
    terms.add_argument(
        "--covariates",
        action="append",
        default=[],
        metavar="FILE",
        help="source, target, perhaps date_start and date_end; every other column is a covariate",
    )
    terms.add_argument(
        "--covariate-default",
        type=_finite,
        metavar="NUMBER",
        help="for pairs and days without a value (default: refuse them)",
    )
    terms.add_argument(
        "--covariates-both-ways", action="store_true", help="each line also holds from target to source"
    )
    terms.add_argument(
        "--memberships",
        metavar="FILE|registry",
        help="add shared.membership: member, group, perhaps date_start and date_end; or what comity knows",
    )
    terms.add_argument(
        "--theatres",
        metavar="FILE|CASE",
        help="add theatre.pressure.source and .target: a table actor, theatre; or those of a case",
    )


def _finite(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return number


def join_members(
    arguments: argparse.Namespace, history: "History", tables: dict[str, PlainTable]
) -> "History":
    """Let members act as one if ``--as-one`` asks for it; put the table among those that were read.

    Raises
    ------
    BadValueError : no member occurs, or one is on its own both before and after
    """
    from comity.model import as_one
    from comity.provenance import BadValueError

    if not arguments.as_one:
        return history
    table = tables["as one"] = read_plain_table(Path(arguments.as_one))
    spells = [spell for spell in _spells(table) if spell[0] in history.actors]
    if not spells:
        raise BadValueError("no member occurs among the actors", where=str(table.path))
    return as_one(history, spells)


def _spells(table: PlainTable) -> "tuple[Spell, ...]":
    columns = (table.column(("member", "actor")), table.column(("group", "of")), *map(table.stay, zip(SPELL)))
    return tuple(zip(*columns, strict=True))


def read_terms(
    arguments: argparse.Namespace, history: "History"
) -> tuple[tuple["Statistic", ...], dict[str, PlainTable]]:
    """Give the statistics that were asked for, and the tables that they were read from.

    Raises
    ------
    UsageError : no statistic of a name, or a name given twice
    BadValueError, UnreadableFileError : a table that does not fit
    """
    from comity.model import STATISTICS, find_statistics
    from comity.provenance import UsageError

    tables: dict[str, PlainTable] = {}
    chosen: list[Statistic] = []
    words = [word.strip() for text in arguments.statistics for word in text.split(",")]
    for word in words or [SIXTEEN]:
        if word == SIXTEEN:
            chosen += STATISTICS
        elif word == SHARED:
            arguments.memberships = arguments.memberships or REGISTRY
        else:
            chosen += find_statistics((word,))
    if arguments.memberships:
        chosen.append(_shared_membership(arguments.memberships, history, tables))
    if arguments.theatres:
        chosen += _pressure(arguments.theatres, history, tables)
    for path in arguments.covariates:
        tables[f"covariates {path}"] = read_plain_table(Path(path))
        chosen += _covariates(
            tables[f"covariates {path}"],
            history,
            both_ways=arguments.covariates_both_ways,
            default=arguments.covariate_default,
        )
    names = [one.name for one in chosen]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two statistics are named {name!r}", where="--statistics, --covariates")
    return tuple(chosen), tables


def read_given_rows(arguments: argparse.Namespace, history: "History") -> tuple[PlainTable, "GivenRows"]:
    """Read a sample of the risk set, each row with what it stands for.

    Raises
    ------
    PooledSampleError : the table does not say what rows stand for
    UsageError : days or a risk set are chosen as well
    """
    import numpy as np

    from comity.model import GivenRows, PooledSampleError
    from comity.provenance import BadValueError, UsageError

    if arguments.since or arguments.until:
        raise UsageError(
            "--rows with --from or --to", allowed="Given rows say themselves which days are explained."
        )
    table = read_plain_table(Path(arguments.rows))
    column = next((name for name in WEIGHTS if table.place((name,), needed=False) is not None), None)
    if column is None:
        raise PooledSampleError(
            "rows without the probability that they were drawn with",
            where=f"{table.path}, line 1",
            allowed=f"A column {' or '.join(WEIGHTS)}. Without it a sample does not give the likelihood of"
            " the risk set: coefficients shrink or change their sign.",
            remedy="Add what each drawn row stands for (1 for acts), or fit without --rows.",
        )
    numbers = np.array(table.numbers((column,)))
    with np.errstate(divide="ignore", over="ignore"):
        stands_for = {"offset": np.exp, "probability": np.reciprocal}.get(column, np.asarray)(numbers)
    try:
        columns = (table.column(SENDER), table.column(RECEIVER), table.days(("date",)), stands_for.tolist())
        return table, GivenRows.of(history, *columns)
    except BadValueError as error:
        where = error.where if str(table.path) in error.where else in_file(table, error.where)
        raise type(error)(error.what, where=where, allowed=error.allowed, remedy=error.remedy) from None


def _covariates(
    table: PlainTable, history: "History", *, both_ways: bool, default: float | None
) -> list["Statistic"]:
    from comity.model import DatedCovariate
    from comity.provenance import BadValueError, UnreadableFileError

    senders, receivers = table.column(SENDER), table.column(RECEIVER)
    starts, ends = (table.stay((name,)) for name in SPELL)
    taken = {table.place(SENDER), table.place(RECEIVER)}
    taken |= {table.place((name,), needed=False) for name in SPELL}
    found: list[Statistic] = []
    for column, name in enumerate(table.header):
        if column in taken:
            continue
        kept = [i for i, (_, fields) in enumerate(table.lines) if fields[column].strip()]
        part = PlainTable(table.path, table.header, tuple(table.lines[i] for i in kept), table.sha256)
        try:
            found.append(
                DatedCovariate.of(
                    name.strip(),
                    history.actors,
                    [senders[i] for i in kept],
                    [receivers[i] for i in kept],
                    part.numbers((name.strip().lower(),)),
                    starts=[starts[i] for i in kept],
                    ends=[ends[i] for i in kept],
                    both_ways=both_ways,
                    default=default,
                )
            )
        except BadValueError as error:
            where = error.where if str(table.path) in error.where else in_file(part, error.where)
            raise type(error)(error.what, where=where, allowed=error.allowed, remedy=error.remedy) from None
    if not found:
        raise UnreadableFileError(
            "no column with a covariate",
            where=f"{table.path}, line 1",
            allowed="source, target, perhaps date_start and date_end, and at least one column of numbers.",
        )
    return found


def _shared_membership(source: str, history: "History", tables: dict[str, PlainTable]) -> "SharedMembership":
    from comity.model import SharedMembership

    if source == REGISTRY:
        from comity.actors import load_registry

        return SharedMembership.of_registry(load_registry(), history.actors)
    table = tables["memberships"] = read_plain_table(Path(source))
    return SharedMembership(_spells(table))


def _pressure(
    source: str, history: "History", tables: dict[str, PlainTable]
) -> tuple["Statistic", "Statistic"]:
    from comity.model import TheatrePressure

    if not Path(source).is_file():
        from comity.cases import open_case

        return TheatrePressure.both(open_case(source).theatres, history.actors)
    table = tables["theatres"] = read_plain_table(Path(source))
    theatres: dict[str, list[str]] = {}
    for actor, theatre in zip(table.column(("actor", "name")), table.column(("theatre",)), strict=True):
        theatres.setdefault(theatre, []).append(actor)
    return TheatrePressure.both(theatres, history.actors)
