"""The part of a brief that rests on event data: measured where there are any, else what to import."""

from collections.abc import Iterable, Mapping
from typing import Final

from comity.workbench.brief.desk import Desk
from comity.workbench.brief.model import DataPart, SourceLine, TieSection
from comity.workbench.brief.words import day, many

MOST_FILES: Final = 20
NOTHING_IMPORTED: Final = (
    "No event data are imported, so no tie is measured. Acts that authors chose for their story are shown "
    "as counts above, without an interval and without decay. To measure ties, bring in event data, for "
    "example the daily files of ICEWS, and ask again."
)


def data_part(desk: Desk) -> DataPart:
    """Measure the ties of the two on the day after the data end, or say what to import."""
    span = desk.case.events.data_span if desk.case.events.has_data else None
    if span is not None and span[0] <= desk.last_day:
        from comity.workbench.brief.imported import imported  # loads what measures ties, slow to come

        return imported(desk)
    why = (
        f"The event data begin on {day(span[0])}, after the day of this brief." if span else NOTHING_IMPORTED
    )
    return DataPart(TieSection((), (), (), why, _commands(desk)), (), (), ())


def _commands(desk: Desk) -> tuple[str, ...]:
    where = "mine" if desk.case.read_only else "DIR"
    copy = (f"comity new mine --from {desk.case.id}",) if desk.case.read_only else ()
    return (
        *copy,
        f"comity import icews FILE… --case {where}",
        f"comity brief {desk.a} {desk.b} --case {where}",
    )


def import_sources(desk: Desk) -> tuple[SourceLine, ...]:
    """List the imported files with the hash that is their edition."""
    if not desk.case.events.has_data:
        return ()
    files = [(one.reader, file.report) for one in desk.case.store.imports() for file in one.files]
    kept = [
        SourceLine(file.name, "data set", f"{reader}: {file.name}", f"SHA-256 {file.sha256}", "", "", False)
        for reader, file in files[:MOST_FILES]
    ]
    if len(files) > len(kept):
        more = many(len(files) - len(kept), "more file")
        kept.append(SourceLine("", "data set", f"{more}; comity cite lists them", "", "", "", False))
    return tuple(kept)


def _summed(counts: Iterable[Mapping[str, int]]) -> int:
    return sum(sum(one.values()) for one in counts)


def import_lines(desk: Desk) -> tuple[str, ...]:
    """Say what the imports did with every row: accepted, set aside, refused."""
    if not desk.case.events.has_data:
        return ()
    imports = desk.case.store.imports()
    reports = [file.report for one in imports for file in one.files]
    rows, accepted = (
        sum(numbers) for numbers in zip(*((one.rows, one.accepted) for one in imports), strict=True)
    )
    aside = _summed(one.set_aside for one in reports)
    refused = _summed(one.refused for one in reports)
    return (
        f"Of {many(rows, 'imported row')}, {accepted:,} were accepted, {aside:,} set aside as domestic or "
        f"not of a state, and {refused:,} refused. Those set aside and refused are in no number here.",
    )
