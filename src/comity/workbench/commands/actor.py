"""``comity actor``: who a name is on a day, for whom it stands, and which treaties bind it."""

import argparse

from comity.workbench.options import add_case, add_format, optional_day
from comity.workbench.output import print_json, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="an id, a name, an adjective, a code, a capital, or a person")
    parser.add_argument("--at", metavar="DATE", help="the day, YYYY-MM-DD; names and offices change")
    add_case(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Resolve the name and say for whom it stands."""
    from comity.cases import open_case
    from comity.workbench.obligations import SELECTION, treaty_lines, treaty_record

    at = optional_day(arguments.at, "--at")
    case = open_case(arguments.case)
    actor = case.registry.resolve(arguments.name, at=at)
    stands_for = case.registry.stands_for(actor.id, at)
    groups = case.registry.groups(actor.id, at) if at else ()
    treaties = case.registry.treaties_of(actor.id, at) if at else ()
    side = case.registry.canonical(actor.id)
    offices = [
        {
            "office": office.office,
            "of": office.of,
            "from": str(office.valid_from or ""),
            "to": str(office.valid_to or ""),
            "source": office.source,
            "checked": office.checked,
        }
        for office in case.registry.offices(actor.id, at)
    ]
    if arguments.json:
        print_json(
            {
                "id": actor.id,
                "kind": actor.kind,
                "stands_for": stands_for,
                "name": actor.name,
                "at": str(at) if at else None,
                "groups": list(groups),
                "offices": offices,
                "treaties": [treaty_record(treaty, side) for treaty in treaties],
                "treaty_selection": SELECTION,
                "source": actor.source,
                "checked": actor.checked,
            }
        )
        return 0
    day = f" on {at}" if at else ""
    print_line(f"{actor.id}  {case.name(actor.id)}  ({actor.kind})")
    if stands_for and stands_for != actor.id:
        print_line(f"stands for {stands_for} ({case.name(stands_for)}){day}")
    elif stands_for is None:
        print_line(f"stands for no single state or organisation{day}")
    for held in offices:
        print_line(
            f"  {held['office']} of {held['of']}, {held['from'] or '…'} to {held['to'] or '…'}"
            f" [{held['source']}; {_confirmed(held['checked'])}]"
        )
    if groups:
        print_line(f"member of {', '.join(groups)}{day}")
    if at and (treaties or actor.kind == "state"):
        for line in treaty_lines(treaties, side, at):
            print_line(line)
    print_line(f"source: {actor.source} [{_confirmed(actor.checked)}]")
    return 0


def _confirmed(checked: object) -> str:
    return "checked" if checked else "unchecked"
