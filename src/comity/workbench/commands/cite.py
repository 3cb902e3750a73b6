"""``comity cite``: the software, data and documents behind a run."""

import argparse
import json

import comity
from comity.workbench.options import add_case, add_format
from comity.workbench.output import print_json, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("run", nargs="?", metavar="RUN", help="a run id; without it, the case as it is now")
    add_case(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """List what to cite."""
    from comity.cases import open_case
    from comity.workbench.runs import citations, find_run

    case = open_case(arguments.case)
    recorded = find_run(case, arguments.run) if arguments.run else None
    now = dict(sorted({**case.fingerprint, **case.events.editions}.items()))
    inputs = recorded["inputs"] if recorded else now
    answer = {
        "run": arguments.run,
        "software": f"The comity authors. comity {comity.__version__} [software]. Apache-2.0.",
        "command": recorded["command"] if recorded else None,
        "configuration": recorded["configuration"] if recorded else None,
        "inputs": inputs,
        "sources": citations(case),
    }
    if arguments.json:
        print_json(answer)
        return 0
    print_line(str(answer["software"]))
    if recorded:
        print_line(
            f"run {arguments.run}: comity {recorded['command']} {json.dumps(recorded['configuration'])}"
        )
    for source in citations(case):
        print_line(f"{source['id']}: {source['cite']}  [licence: {source['licence'] or 'not stated'}]")
    for name in sorted(set(inputs) - set(case.fingerprint)):
        print_line(f"data: {name}  [edition {str(inputs[name])[:12]}]")
    return 0
