"""``comity eras``: the eras given by the case, and the breaks that imported scores or acts propose."""

import argparse
from typing import TYPE_CHECKING

from comity.provenance import NothingFoundError, UsageError
from comity.workbench.options import add_case, add_format, add_scale, add_seed, seed_of
from comity.workbench.output import note, print_rows

if TYPE_CHECKING:
    from comity.cases import Case
    from comity.events import Scores
    from comity.ties import Break

COLUMNS = ("id", "origin", "label", "start", "end", "low", "high", "p", "before", "after")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("actors", nargs="*", metavar="ACTOR", help="the pair whose breaks to look for")
    add_scale(parser)
    add_seed(parser, "the permutations")
    add_case(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the eras given, then the breaks proposed for a pair."""
    from comity.cases import open_case
    from comity.ties import propose_eras
    from comity.workbench.runs import record_run, tell_refusals

    case = open_case(arguments.case)
    rows: list[dict[str, object]] = [
        {"id": era.id, "origin": "given", "label": era.label, "start": era.start, "end": era.end}
        for era in case.eras
    ]
    if len(arguments.actors) not in (0, 2):
        raise UsageError("breaks are proposed for a pair", allowed="Name two actors, or none.")
    names = arguments.actors or list(case.focal[0] if case.focal else ())
    pair = [case.registry.resolve(name).id for name in names]
    seed = seed_of(arguments, case)
    daily = _daily(case, arguments.scale)
    if pair and (daily is not None or case.events.has_data):
        proposal = propose_eras(
            case.events.acts(senders=pair, receivers=pair, basis="data")
            if daily is None
            else daily.of(*map(case.registry.canonical, pair)),
            seed=seed,
        )
        rows += [_proposed(one) for one in proposal.breaks]
        found = proposal.refused or f"{len(proposal.breaks)} in {len(proposal.weeks)} weeks"
        on = "acts" if daily is None else "scores"
        note(f"breaks proposed between {' and '.join(pair)}, on {on}: {found}")
    elif pair:
        note("no breaks proposed: neither daily scores nor event data are imported into this case")
    print_rows(rows, COLUMNS, as_json=arguments.json, as_csv=arguments.csv)
    tell_refusals(case)
    configuration = {"pair": pair, "scores": {} if daily is None else daily.editions}
    note(f"run {record_run(case, 'eras', configuration, seed=seed).id}")
    return 0


def _daily(case: "Case", scale: str | None) -> "Scores | None":
    """Take the daily scores, if any are imported and nobody asks for acts."""
    if scale != "acts" and case.score_store.has_rows:
        return case.score_store.load()
    if scale == "scores":
        raise NothingFoundError(
            "no daily scores are imported into this case",
            where=f"case {case.id}",
            allowed="Monthly sums, as those of series.csv, have no weeks to look for breaks in.",
            remedy="Bring some in with 'comity import scores FILE…', or ask with --scale acts.",
        )
    return None


def _proposed(found: "Break") -> dict[str, object]:
    return {"id": f"break-{found.day}", "origin": "proposed", "start": found.day, **found.to_dict()}
