"""The part of a brief that rests on event data: measured where there are any, else what to import."""

from typing import Final

from comity.workbench.brief.desk import Desk
from comity.workbench.brief.model import DataPart, TieSection
from comity.workbench.brief.words import day

NOTHING_IMPORTED: Final = (
    "No event data are imported, so no tie is measured. Acts that authors chose for their story are shown as "
    "counts above, without an interval and without decay. To measure ties, bring in event data, for example "
    "the daily files of ICEWS, and ask again."
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
