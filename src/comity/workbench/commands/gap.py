"""``comity gap``: how differently two actors stand towards third parties, through time, and who moved."""

import argparse
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from comity.provenance import NothingFoundError, UsageError
from comity.workbench.options import (
    add_case,
    add_format,
    add_scale,
    add_seed,
    add_view,
    optional_day,
    seed_of,
)
from comity.workbench.output import note, print_json, print_rows

if TYPE_CHECKING:
    from comity.cases import Case

EXIT_NOTHING: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("a", metavar="A", help="the first actor: gap = its tie less that of the second")
    parser.add_argument("b", metavar="B", help="the second actor, for example an alliance")
    parser.add_argument(
        "--third",
        action="append",
        default=[],
        metavar="ACTOR",
        help="a third party (default: those of the case's theatres that are in the data)",
    )
    parser.add_argument("--from", dest="since", metavar="DATE", help="first day (default: of the data)")
    parser.add_argument("--to", dest="until", metavar="DATE", help="last day (default: of the data)")
    parser.add_argument(
        "--by",
        choices=("half-year", "quarter", "year", "era"),
        default="half-year",
        help="the periods (default: half-year); only whole ones, eras are cut to the data",
    )
    add_view(parser, default=None)
    add_scale(parser)
    add_seed(parser, "intervals that are drawn")
    add_case(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure the gaps; exit with 3 if there is none in any period."""
    from comity.cases import open_case
    from comity.ties import measure_gap
    from comity.workbench.gap_words import show
    from comity.workbench.runs import record_run, tell_refusals

    since, until = optional_day(arguments.since, "--from"), optional_day(arguments.until, "--to")
    case = open_case(arguments.case)
    a, b = (case.registry.resolve(name, at=until).id for name in (arguments.a, arguments.b))
    without = tuple(case.registry.resolve(name, at=until).id for name in arguments.without)
    scale = arguments.scale or ("scores" if case.scores else "acts")
    source = _source(case, scale)
    third = [case.registry.resolve(name, at=until).id for name in arguments.third]
    third = third or _of_the_theatres(case, scale, (a, b))
    seed = seed_of(arguments, case)
    question = {"third": third, "since": since, "until": until, "by": arguments.by, "without": without}
    measured = partial(
        measure_gap, source, a, b, eras=case.eras, registry=case.registry, seed=seed, **question
    )
    answer = measured(view=arguments.view or ("members" if without else "own"))
    if arguments.view is None and not answer.found and answer.view == "own":
        members = measured(view="members")
        if members.found:
            note("nothing of its own in the data: an alliance is viewed by its members")
            answer = members
    configuration = {
        "pair": (a, b),
        "third": third,
        "from": since,
        "to": until,
        "by": arguments.by,
        "view": answer.view,
        "without": without,
        "scale": scale,
        "scores": answer.editions if scale == "scores" else {},
    }
    run_id = record_run(case, "gap", configuration, seed=seed).id
    sources = [source.citation for id, source in case.sources.items() if id in answer.editions]
    if arguments.json:
        print_json({**answer.to_dict(), "sources": sources, "run": run_id})
    elif arguments.csv:
        print_rows(answer.rows(), CSV_COLUMNS, as_json=False, as_csv=True)
    else:
        show(answer, case.name, sources)
    tell_refusals(case)
    note(f"run {run_id}")
    return 0 if answer.found else EXIT_NOTHING


CSV_COLUMNS: Final = (
    "period", "date_start", "date_end", "actor", "tie_a", "tie_b", "gap", "low", "high", "alignment",
    "quadrant", "months", "rows", "members_a", "members_b", "refused",
)  # fmt: skip


def _source(case: "Case", scale: str) -> Any:
    if scale == "acts":
        return case.events
    if case.scores is None:
        raise NothingFoundError(
            "this case has no scores of pairs",
            where=f"case {case.id}",
            remedy="Bring some in with 'comity import scores FILE…', or ask with --scale acts.",
        )
    return case.scores


def _of_the_theatres(case: "Case", scale: str, pair: tuple[str, str]) -> list[str]:
    """Those of the case's theatres that are no side and no member of one; in several theatres first."""
    listed = [actor for theatre in case.theatres.values() for actor in theatre]
    scores = case.scores if scale == "scores" else None
    span = (scores.first_day, scores.last_day) if scores else case.events.data_span
    on = span[1] if span else date.max
    inside = {one for actor in pair for one in case.registry.members(actor, on)}
    known = scores.actors if scores else None
    found = [
        one
        for one in dict.fromkeys(listed)
        if one not in pair and one not in inside and (known is None or one in known)
    ]
    if not found:
        raise UsageError("no third party is named", allowed="Name some with --third.")
    return sorted(found, key=lambda one: (-listed.count(one), listed.index(one)))
