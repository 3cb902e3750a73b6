"""``comity tie``: how one actor stands towards another on a day."""

import argparse
from typing import TYPE_CHECKING, Final

from comity.workbench.options import (
    add_case,
    add_drafts,
    add_format,
    add_seed,
    add_view,
    day,
    positive,
    seed_of,
)
from comity.workbench.output import note, print_json, print_line, print_table

if TYPE_CHECKING:
    from comity.ties import Tie

NEWS_CYCLE_DAYS: Final = 14.0
RELATIONSHIP_DAYS: Final = 730.0
READINGS: Final = ("all", "talk", "institutions", "deeds")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("sender", help="who acts")
    parser.add_argument("receiver", help="on whom")
    parser.add_argument(
        "--at", required=True, metavar="DATE", help="the day; acts of that day and later do not count"
    )
    parser.add_argument(
        "--half-life",
        type=positive,
        metavar="DAYS",
        help="age at which an act counts half (default: the case's, 730)",
    )
    add_view(parser)
    parser.add_argument(
        "--count", choices=("acts", "rows"), default="acts", help="acts (default) or raw rows"
    )
    parser.add_argument(
        "--basis",
        choices=("data", "coded"),
        help="imported rows or coded events (default: data, if there are any)",
    )
    parser.add_argument("--nonstate", action="store_true", help="count citizens, firms, rebels and media too")
    add_seed(parser, "the bootstrap")
    add_case(parser)
    add_drafts(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Measure the tie; exit with 3 if it rests on too few acts."""
    from comity.cases import open_case
    from comity.ties import measure
    from comity.workbench.runs import record_run, tell_refusals

    at = day(arguments.at, "--at")
    case = open_case(arguments.case, with_drafts=arguments.with_drafts)
    sender = case.registry.resolve(arguments.sender, at=at).id
    receiver = case.registry.resolve(arguments.receiver, at=at).id
    without = tuple(case.registry.resolve(name, at=at).id for name in arguments.without)
    half_life = arguments.half_life or float(case.defaults["half_life_days"])
    seed = seed_of(arguments, case)

    def tie(half_life_days: float) -> "Tie":
        return measure(
            case.events,
            at=at,
            half_life_days=half_life_days,
            view=arguments.view,
            without=without,
            count=arguments.count,
            basis=arguments.basis,
            nonstate=arguments.nonstate,
            seed=seed,
            registry=case.registry,
        )[sender, receiver]

    configuration = {
        "sender": sender,
        "receiver": receiver,
        "at": at,
        "half_life_days": half_life,
        "view": arguments.view,
        "without": without,
        "count": arguments.count,
        "basis": arguments.basis,
        "nonstate": arguments.nonstate,
    }
    run_id = record_run(case, "tie", configuration, seed=seed).id
    answer = tie(half_life)
    drafts = [id for id in answer.evidence if id in case.draft_ids]
    if arguments.json:
        marked = {"drafts": drafts} if arguments.with_drafts else {}
        print_json({**answer.to_dict(), **marked, "run": run_id})
    else:
        _show(answer)
        if arguments.half_life is None:
            _show(tie(NEWS_CYCLE_DAYS))
        if drafts:
            print_line(
                f"Of these acts, {len(drafts)} rest on drafts that nobody has reviewed: {', '.join(drafts)}"
            )
        note(f"run {run_id}")
    tell_refusals(case)
    return 0 if answer.all.refused is None else 3


def _show(answer: "Tie") -> None:
    memory = {NEWS_CYCLE_DAYS: "news cycle, ", RELATIONSHIP_DAYS: "relationship, "}.get(
        answer.half_life_days, ""
    )
    print_line(
        f"{answer.sender} towards {answer.receiver} on {answer.at}: {memory}half-life"
        f" {answer.half_life_days:g} days, view {answer.view}, counting {answer.count}"
    )
    rows = []
    for name in READINGS:
        reading = getattr(answer, name)
        interval = "–" if reading.low is None else f"{reading.low:+.2f} to {reading.high:+.2f}"
        rows.append(
            {
                "kind": name,
                "friendly": reading.friendly,
                "hostile": reading.hostile,
                "net": "refused" if reading.net is None else f"{reading.net:+.3f}",
                "95 % interval": interval,
                "acts": reading.acts,
                "rows": reading.rows,
                "why refused": reading.refused or "",
            }
        )
    print_table(rows, ("kind", "friendly", "hostile", "net", "95 % interval", "acts", "rows", "why refused"))
    print_line("friendly, hostile: decayed Goldstein points; net = (F − H)/(F + H + 3), from −1 to 1.")
    for remark in answer.notes:
        print_line(remark)
    print_line()
    if answer.without_dominant:
        print_line(f"without {', '.join(answer.dominant)}:")
        _show(answer.without_dominant)
