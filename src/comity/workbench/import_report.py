"""``comity import --report``: what imports did with every row, and the names that nobody knows."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from comity.provenance import NothingFoundError
from comity.workbench.output import note, print_json, print_line, print_rows, print_table

if TYPE_CHECKING:
    from comity.cases import Case
    from comity.events import Import

EPOCH: Final = date(1970, 1, 1)
COUNTED: Final = ("import", "reader", "file", "what", "reason", "rows")
NAMED: Final = ("name", "rows", "state", "candidates")
NAMES_SHOWN: Final = 40


def show_report(chosen: str, case: "Case", *, as_json: bool, as_csv: bool) -> int:
    """Show the imports with this id or of this reader, or all of them."""
    held = (*case.store.imports(), *case.score_store.imports())
    imports = [one for one in held if chosen in ("", one.id, one.reader)]
    if not imports:
        known = ", ".join(f"{one.id} ({one.reader})" for one in held)
        raise NothingFoundError(
            f"no import {chosen!r} here" if chosen else "nothing is imported into this case",
            allowed=f"Imports: {known}." if known else "",
        )
    if as_json:
        for one in imports:
            print_json(_as_json(one, case))
    elif as_csv:
        rows = [row for one in imports for row in _counts(one)]
        print_rows(rows, COUNTED, as_json=False, as_csv=True)
    else:
        for one in imports:
            _show(one, case)
    return 0


def _as_json(one: "Import", case: "Case") -> dict[str, Any]:
    from comity.events import unmapped_names

    names = unmapped_names(one.unmapped, case.registry, at=_last_day(one))
    files = [file.to_dict() for file in one.files]
    return {
        "import": one.id,
        "reader": one.reader,
        "files": files,
        "names": [name.to_dict() for name in names],
    }


def _show(one: "Import", case: "Case") -> None:
    from comity.events import unmapped_names

    print_table(_counts(one), COUNTED[2:], title=f"import {one.id} ({one.reader}): {one.rows:,} rows")
    names = unmapped_names(one.unmapped[:NAMES_SHOWN], case.registry, at=_last_day(one))
    if not names:
        print_line("Every name is known.")
        return
    print_table([name.to_dict() for name in names], NAMED, title="names that nobody knows, by refused rows")
    more = len(one.unmapped) - len(names)
    if more > 0:
        note(f"{more:,} more names: --json lists up to 500; the refused rows list them all")
    note(
        "add a name to the aliases of an actor in the case's actors.csv, then "
        f"'comity import --remove {one.id}' and import again"
    )


def _counts(one: "Import") -> Iterator[dict[str, Any]]:
    """Give the rows of every file by what became of them; they add up to the line `in all`."""
    for file in one.files:
        report = file.report
        begin = {"import": one.id, "reader": one.reader, "file": report.name}
        yield {**begin, "what": "accepted", "reason": "", "rows": report.accepted}
        for what, counts in (("set aside", report.set_aside), ("refused", report.refused)):
            for reason, rows in counts.items():
                yield {**begin, "what": what, "reason": reason, "rows": rows}
        yield {**begin, "what": "in all", "reason": "", "rows": report.rows}


def _last_day(one: "Import") -> date:
    days = [file.last_day for file in one.files if file.last_day is not None]
    return EPOCH + timedelta(max(days, default=0))
