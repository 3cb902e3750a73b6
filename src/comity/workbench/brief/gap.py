"""Third parties of the two: how each side stands with them, beside what authors claim of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from comity.workbench.brief.authors_beside_data import NOTE, beside, named_in_claims
from comity.workbench.brief.desk import Desk
from comity.workbench.brief.factor import Answer, factor_lines
from comity.workbench.brief.gap_parts import GapSection
from comity.workbench.brief.model import Evidence
from comity.workbench.brief.span import Count

NO_SCORES: Final = (
    "No gap is measured: this case holds no scores of pairs. Bring some in with comity import, or fill "
    "series.csv."
)


@dataclass(frozen=True, slots=True)
class GapPart:
    """The section, and what it points at."""

    section: GapSection
    counts: tuple[Count, ...]
    claims: tuple[str, ...]  # ids
    rows: tuple[str, ...] = ()  # ids of event data
    evidence: tuple[Evidence, ...] = ()


def gap_part(desk: Desk, answers: Sequence[Answer] = ()) -> GapPart:
    """Measure how both stand with each third party, and set what authors claim beside it."""
    named = named_in_claims(desk)
    lines, claims = beside(desk, named, ())
    factors, behind = factor_lines(desk, answers)
    section = GapSection(
        why_not=NO_SCORES,
        view="",
        a_name=desk.name(desk.a),
        b_name=desk.name(desk.b),
        lines=(),
        placebo=(),
        statements=(),
        beside=lines,
        beside_note=NOTE if lines else "",
        factors=factors,
    )
    rows = tuple(id for count in claims for id in count.acts)
    return GapPart(section, (*claims, *behind), rows)
