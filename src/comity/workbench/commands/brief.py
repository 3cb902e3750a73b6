"""``comity brief``: one page on two actors, every number of which opens its source."""

import argparse
from typing import Final

from comity.provenance import UsageError
from comity.workbench.options import add_case, add_drafts, optional_day, today
from comity.workbench.output import note

FORMATS: Final = ("html", "md", "json", "docx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("first", help="one actor")
    parser.add_argument("second", help="the other")
    parser.add_argument("--from", dest="start", metavar="DATE", help="first day of the chronology")
    parser.add_argument("--to", dest="end", metavar="DATE", help="last day of the chronology")
    parser.add_argument(
        "--today", metavar="DATE", help="the day that the brief speaks on (default: the clock's)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; without it, to stdout")
    parser.add_argument("--format", choices=FORMATS, help="default: by the ending of FILE, else html")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument(
        "--factor",
        metavar="FILE",
        action="append",
        default=[],
        help="an answer of 'comity factor … --json' on the two, to be drawn; may stand several times",
    )
    add_case(parser)
    add_drafts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build the brief and write it as one whole file."""
    import sys
    from contextlib import nullcontext
    from pathlib import Path

    from comity.cases import open_case
    from comity.workbench.brief import build_brief, digest, read_answer, render
    from comity.workbench.files import write_whole
    from comity.workbench.progress import showing_progress
    from comity.workbench.runs import record_run, tell_refusals

    day = today(arguments.today)
    start, end = optional_day(arguments.start, "--from"), optional_day(arguments.end, "--to")
    if start and end and start > end:
        raise UsageError(f"--from {start} is later than --to {end}")
    form = _format(arguments)
    if form == "docx" and not arguments.output:
        raise UsageError("a Word file needs a place", remedy="Add -o FILE.docx.")
    case = open_case(arguments.case, with_drafts=arguments.with_drafts)
    first = case.registry.resolve(arguments.first, at=end or day).id
    second = case.registry.resolve(arguments.second, at=end or day).id
    if first == second:
        raise UsageError(f"{first} and {second} are the same actor", allowed="A brief is on two actors.")
    factors = [read_answer(Path(one)) for one in arguments.factor]
    configuration: dict[str, object] = {
        "first": first,
        "second": second,
        "from": start,
        "to": end,
        "today": day,
        **({"factors": digest(factors)} if factors else {}),
    }
    run_record = record_run(case, "brief", configuration, seed=int(case.defaults["seed"]))
    with showing_progress() if case.events.has_data else nullcontext() as show:  # scores take a moment only
        if show:
            show("measuring", 0, 0)
        brief = build_brief(
            case, first, second, today=day, start=start, end=end, run_id=run_record.id, factors=factors
        )
    content = render(brief, form)
    tell_refusals(case)
    if arguments.output:
        write_whole(Path(arguments.output), content)
        note(f"wrote {arguments.output} ({len(content):,} bytes); run {run_record.id}")
    else:
        sys.stdout.buffer.write(content)
    return 0


def _format(arguments: argparse.Namespace) -> str:
    if arguments.json:
        return "json"
    if arguments.format:
        return str(arguments.format)
    ending = (arguments.output or "").rpartition(".")[2].lower()
    return {"md": "md", "markdown": "md", "json": "json", "docx": "docx"}.get(ending, "html")
