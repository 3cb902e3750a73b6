"""``comity prune``: delete the older editions that an import has replaced."""

import argparse

from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_json, print_line

UNITS = ("bytes", "kB", "MB", "GB")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and delete nothing")
    add_case(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Delete what is out of force for good, and say what that frees."""
    from comity.cases import open_case

    case = open_case(arguments.case)
    if not arguments.dry_run:
        case.require_writable("prune its data")
    pruned = case.store.prune(dry_run=arguments.dry_run)
    if arguments.json:
        print_json({"dry_run": arguments.dry_run, **pruned.to_dict()})
        return 0
    for name, sha256 in pruned.editions:
        print_line(f"{name}  {sha256[:12]}")
    would = "would free" if arguments.dry_run else "freed"
    print_line(
        f"older editions: {len(pruned.editions)}, rows: {pruned.rows:,}; {would} {_size(pruned.bytes)}"
    )
    if not pruned.editions:
        note("every edition here is in use")
    return 0


def _size(count: float) -> str:
    for unit in UNITS:
        if count < 1000 or unit == UNITS[-1]:
            return f"{count:,.0f} {unit}" if unit == UNITS[0] else f"{count:,.1f} {unit}"
        count /= 1000
    raise AssertionError
