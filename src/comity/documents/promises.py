"""Promises in running text: who owes whom what, how much, by when."""

from dataclasses import replace
from datetime import date
from typing import Final

from comity.documents.act import Act
from comity.documents.amounts import Amount
from comity.documents.dates import FISCAL_STARTS, DateMention
from comity.provenance import Dating

PROMISING: Final = ("AGREE", "AID")


def deadline_of(
    dates: list[DateMention], text: str, owed_by: tuple[str, ...], amount: Amount | None
) -> Dating | None:
    """The day by which it is due: the nearest "by ..."; else the end of a span of years."""
    due = [one for one in dates if one.is_deadline]
    if not due:
        spans = [
            one
            for one in dates
            if one.dating.start and one.dating.end and one.dating.end.year > one.dating.start.year
        ]
        due = [replace(one, dating=_last_year(one.dating)) for one in spans if one.dating.precision == "year"]
    if not due:
        return None
    place = amount.start if amount else 0
    best = min(due, key=lambda one: abs(one.start - place))
    return _fiscal(best, text, owed_by)


def as_of(dates: list[DateMention]) -> Dating | None:
    """The day on which the figure stood."""
    return next((one.dating for one in dates if one.lead == "as of"), None)


def pledge_kind(amount: Amount | None, act: Act | None) -> str:
    """What sort of promise it is."""
    if amount is not None and amount.unit.startswith(("percent", "world_rank")):
        return "target"
    if act is not None and act.aux == "negation":
        return "restriction"
    if act is not None and act.event_type == "AID":
        return "transfer"
    if amount is not None and amount.unit in (
        "goals",
        "priority_issues",
        "priority_areas",
        "projects",
        "issues",
        "areas",
    ):
        return "programme"
    return "commitment"


def stage_of(act: Act | None) -> str:
    """How far it has come, by the words."""
    if act is None or act.event_type == "AGREE":
        return "committed"
    if act.aux == "negation":
        return "refused"
    return "announced" if act.aux == "future" else "delivered"


def _last_year(dating: Dating) -> Dating:
    last = dating.end or date.max
    return Dating(date(last.year, 1, 1), last, "year", dating.basis)


def _fiscal(one: DateMention, text: str, owed_by: tuple[str, ...]) -> Dating:
    """A fiscal year is that of whoever owes it."""
    printed = text[one.start : one.end].lower()
    start = next((FISCAL_STARTS[actor] for actor in owed_by if actor in FISCAL_STARTS), 0)
    year = one.dating.end.year if one.dating.end else 0
    if not (start and year and printed.lstrip().startswith(("fy", "fiscal"))):
        return one.dating
    if start > 0:
        return Dating(date(year, start, 1), _day_before(year + 1, start), "month", one.dating.basis)
    return Dating(date(year - 1, -start + 1, 1), _day_before(year, -start + 1), "month", one.dating.basis)


def _day_before(year: int, month: int) -> date:
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
