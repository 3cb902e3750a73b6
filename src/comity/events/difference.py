"""What a stream of CAMEO codes becomes in PLOVER and back: the sums of both, type by type."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from comity.events.ontology import Ontology, load_ontology

NOT_IN_PLOVER: Final = "STATEMENT"  # comity's own type: no PLOVER-coded row has it


@dataclass(slots=True)
class Sums:
    """Friendly and hostile size of a stream, in Goldstein points, and the size of each kind."""

    friendly: float = 0.0
    hostile: float = 0.0
    kinds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, signed_weight: float, kind: str, rows: int) -> None:
        """Count rows of one weight and kind."""
        self.friendly += rows * max(signed_weight, 0.0)
        self.hostile += rows * max(-signed_weight, 0.0)
        if signed_weight:
            self.kinds[kind] += rows * abs(signed_weight)


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows of one PLOVER type: as coded in CAMEO, as read from PLOVER, and there and back."""

    event_type: str
    rows: int
    in_cameo: Sums
    in_plover: Sums
    and_back: Sums


def differences(
    rows: Mapping[str, int] | None = None, *, ontology: Ontology | None = None
) -> list[Difference]:
    """Compare a stream of CAMEO codes with itself in PLOVER, and with what comes back from there.

    Parameters
    ----------
    rows : number of rows by CAMEO code; without it, the rows of ICEWS that crosswalk.csv counts
    ontology : other tables than the package's

    Returns
    -------
    list of Difference : one a type that occurs, in the order of the table

    Raises
    ------
    BadValueError : an unknown code

    Examples
    --------
    >>> aid = differences({"072": 10})[0]
    >>> aid.in_cameo.friendly, round(aid.in_plover.friendly, 1), aid.and_back.friendly
    (83.0, 75.6, 83.0)
    """
    known = ontology or load_ontology()
    counted = (
        {code: coding.rows for code, coding in known.codings.items() if coding.rows} if rows is None else rows
    )
    found = {name: Difference(name, 0, Sums(), Sums(), Sums()) for name in known.event_types}
    totals: dict[str, int] = defaultdict(int)
    for cameo_code, number in counted.items():
        coding = known.to_plover(cameo_code)
        one = found[coding.event_type]
        totals[coding.event_type] += number
        code = known.cameo[cameo_code]
        one.in_cameo.add(code.signed_weight, code.kind, number)
        if coding.event_type == NOT_IN_PLOVER:
            continue
        reading = known.reading(coding.event_type, coding.mode)
        one.in_plover.add(reading.signed_weight, reading.kind, number)
        back = known.to_cameo(coding.event_type, coding.mode, coding.contexts)[0]
        one.and_back.add(back.signed_weight, back.kind, number)
    return [
        Difference(name, totals[name], one.in_cameo, one.in_plover, one.and_back)
        for name, one in found.items()
        if totals[name]
    ]
