"""``comity review``: decide on drafts beside the text, in a terminal or by options."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.provenance import ComityError, NothingFoundError, UsageError
from comity.workbench.options import add_case, add_format, day
from comity.workbench.output import note, print_json, print_line, print_rows
from comity.workbench.reviewer import reviewer

if TYPE_CHECKING:
    from comity.cases import Case, Review, Reviewed

COLUMNS = (
    "id", "status", "by", "when", "kind", "document", "paragraph", "char_start", "char_end", "key", "says",
    "coder", "version", "verification", "problems",
)  # fmt: skip
SHOWN = ("id", "status", "kind", "document", "paragraph", "says", "verification", "problems")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = parser.add_argument_group("decisions; without any, the command walks through the open drafts")
    what.add_argument("--list", action="store_true", help="list the drafts, with what keeps them out")
    what.add_argument("--status", choices=("open", "accepted", "rejected"), help="list only these")
    what.add_argument("--accept", nargs="+", metavar="ID", default=[], help="enter drafts into their tables")
    what.add_argument("--reject", nargs="+", metavar="ID", default=[], help="set drafts aside")
    what.add_argument("--edit", nargs="+", metavar=("ID", "COLUMN=VALUE"), help="change columns of one draft")
    what.add_argument(
        "--undo", nargs="*", metavar="ID", help="take back the last decision on drafts, or your own last one"
    )
    what.add_argument(
        "--accept-all-of",
        metavar="DOCUMENT",
        help="accept every open draft of a document that breaks no rule; the log says that it was so",
    )
    parser.add_argument("--by", metavar="NAME", help="who decides (default: git's user.name, or the login)")
    parser.add_argument(
        "--today", metavar="DATE", help="the day of the decision (default: the clock's moment)"
    )
    add_case(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the decisions given, or walk through the open drafts."""
    from comity.cases import Review, open_case

    if arguments.status:
        arguments.list = True
    case = open_case(arguments.case)
    review = Review(case)
    for remark in review.remarks:
        note(remark)
    if not review.drafts:
        raise NothingFoundError(
            "no drafts", where=f"case {case.id}", remedy="'comity read FILE --case DIR' makes them."
        )
    decided = _decide(review, arguments)
    if decided is not None:
        _print(review, decided, arguments)
    elif arguments.list or arguments.json or arguments.csv:
        chosen = [one for one in review.drafts if arguments.status in (None, one.status)]
        _print(review, chosen, arguments)
    else:
        _walk(case, review, arguments)
    return 0


def _decide(review: "Review", arguments: argparse.Namespace) -> "list[Reviewed] | None":
    """Carry out what the options say; nothing, if they say nothing."""
    asked = (arguments.accept, arguments.reject, arguments.edit, arguments.accept_all_of)
    if not any(asked) and arguments.undo is None:
        return None
    if arguments.list:
        raise UsageError("--list lists, and decides nothing", allowed="List, or decide.")
    both = set(arguments.accept) & set(arguments.reject)
    if both:
        raise UsageError(f"{', '.join(sorted(both))} cannot be accepted and rejected")
    who = reviewer(arguments.by)
    when = _when(arguments)
    found: list[Reviewed] = []
    try:
        for decided in _carried_out(review, arguments, who, when):
            found += decided
    except ComityError:
        if found:
            note(f"carried out before that: {', '.join(one.draft.id for one in found)}")
        raise
    return found


def _carried_out(
    review: "Review", arguments: argparse.Namespace, who: str, when: str
) -> "Iterator[list[Reviewed]]":
    """Carry out one kind of decision after the other; each kind is carried out as a whole."""
    if arguments.undo is not None:
        yield review.undo(arguments.undo, by=who, when=when)
    if arguments.edit:
        name, *pairs = arguments.edit
        yield [review.edit(name, _columns(pairs), by=who, when=when)]
    if arguments.reject:
        yield review.reject(arguments.reject, by=who, when=when)
    if arguments.accept:
        yield review.accept(arguments.accept, by=who, when=when)
    if arguments.accept_all_of:
        taken, left = review.accept_all_of(arguments.accept_all_of, by=who, when=when)
        yield taken
        for error in left:
            note(f"left open: {error}")


def _columns(pairs: list[str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise UsageError(f"{pair!r} is no change", where="--edit", allowed="ID COLUMN=VALUE …")
        columns[name.strip()] = value
    if not columns:
        raise UsageError("nothing to change", where="--edit", allowed="ID COLUMN=VALUE …")
    return columns


def _when(arguments: argparse.Namespace) -> str:
    if arguments.today:
        return str(day(arguments.today, "--today"))
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _print(review: "Review", drafts: "list[Reviewed]", arguments: argparse.Namespace) -> None:
    if arguments.json:
        for one in drafts:
            print_json(_as_json(review, one))
    elif drafts:
        rows = [_as_row(review, one) for one in drafts]
        print_rows(rows, COLUMNS if arguments.csv else SHOWN, as_json=False, as_csv=arguments.csv)
    by_status = [
        sum(one.status == status for one in review.drafts) for status in ("open", "accepted", "rejected")
    ]
    note("{} open, {} accepted, {} rejected".format(*by_status))


def _as_json(review: "Review", one: "Reviewed") -> dict[str, object]:
    words = review.case.passage_words(one.draft.row().passage())
    return {
        **one.to_dict(),
        "key": one.draft.key or None,
        "told_again": [other.draft.id for other in review.tellings(one)],
        "words": words,
        "problems": _problems(review, one),
    }


def _as_row(review: "Review", one: "Reviewed") -> dict[str, object]:
    fields = one.draft.fields
    return {
        **one.to_dict(),
        **{name: fields[name] for name in ("paragraph", "char_start", "char_end")},
        "key": one.draft.key,
        "says": says(one),
        "problems": _problems(review, one),
    }


def _problems(review: "Review", one: "Reviewed") -> list[str]:
    """Say what keeps a draft out of its table, or asks for a person."""
    if one.status == "accepted":
        return []
    broken = (found for found in review.problems(one) if found.severity == "error")
    faults = [f"{found.message} [{found.rule}]" for found in broken]
    return [*faults, "a side is no organ of a state"] if one.draft.nonstate else faults


def says(one: "Reviewed") -> str:
    """Say in one line what a draft codes."""
    fields = one.draft.fields
    if one.draft.kind == "event":
        return f"{fields['date_start'] or 'undated'}: {fields['summary']}"
    if one.draft.kind == "pledge":
        amount = " ".join(fields[name] for name in ("quantity", "currency", "definition") if fields[name])
        due = f", due by {fields['deadline_end']}" if fields["deadline_end"] else ""
        return f"{fields['by']} to {fields['to'] or 'nobody named'}: {fields['object']} {amount}{due}"
    return f"{fields['speaker'] or 'nobody named'}: {fields['paraphrase']}"


def _walk(case: "Case", review: "Review", arguments: argparse.Namespace) -> None:
    """Show one open draft after the other, and ask."""
    from comity.workbench.walk import Walk

    case.require_writable("review drafts in it")
    walk = Walk(review, by=reviewer(arguments.by), when=lambda: _when(arguments), colour=sys.stdout.isatty())
    walk.go(says)
    counts = [
        sum(one.status == status for one in review.drafts) for status in ("open", "accepted", "rejected")
    ]
    print_line("{} open, {} accepted, {} rejected".format(*counts))
