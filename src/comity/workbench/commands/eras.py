"""``comity eras``: the eras given by the case, and the breaks that imported data propose."""

import argparse
from typing import TYPE_CHECKING

from comity.provenance import UsageError
from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_rows

if TYPE_CHECKING:
    from comity.ties import Break

COLUMNS = ("id", "origin", "label", "start", "end", "low", "high", "p", "before", "after")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("actors", nargs="*", metavar="ACTOR", help="the pair whose breaks to look for")
    parser.add_argument("--seed", type=int, help="seed of the permutations (default: the case's)")
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
    seed = int(case.defaults["seed"]) if arguments.seed is None else arguments.seed
    if len(pair) == 2 and case.events.has_data:
        acts = case.events.acts(senders=pair, receivers=pair, basis="data")
        proposal = propose_eras(acts, seed=seed)
        rows += [_proposed(one) for one in proposal.breaks]
        found = proposal.refused or f"{len(proposal.breaks)} in {len(proposal.weeks)} weeks"
        note(f"breaks proposed between {' and '.join(pair)}: {found}")
    elif len(pair) == 2:
        note("no breaks proposed: no event data are imported into this case")
    print_rows(rows, COLUMNS, as_json=arguments.json, as_csv=arguments.csv)
    tell_refusals(case)
    note(f"run {record_run(case, 'eras', {'pair': pair}, seed=seed).id}")
    return 0


def _proposed(found: "Break") -> dict[str, object]:
    return {"id": f"break-{found.day}", "origin": "proposed", "start": found.day, **found.to_dict()}
