"""Made-up files in every published form, a few rows each, and what reads them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from comity.actors import load_registry
from comity.events import load_ontology
from comity.events.readers import Desk, Reader, RowOutcome, outcomes_of
from comity.events.readers.icews import COLUMNS as ICEWS_COLUMNS
from comity.events.readers.polecat import COLUMNS as POLECAT_COLUMNS

from ..worlds import icews_row

DAY = date(2020, 5, 1)


def outcomes(reader: Reader, rows: Iterable[str], *, name: str = "file.txt") -> list[RowOutcome]:
    """Read rows with the package's registry; every line is accounted for."""
    desk = Desk(load_registry(), load_ontology())
    return list(outcomes_of(reader, iter(list(enumerate(rows, 1))), desk, reader.series(name), name=name))


def gdelt_row(
    id: int | str = 1,
    *,
    day: str = "20200501",
    source: Sequence[str] = ("JPNGOV", "SHINZO ABE", "JPN", "", "GOV"),
    target: Sequence[str] = ("RUS", "RUSSIA", "RUS", "", ""),
    code: str = "042",
    goldstein: str = "1.9",
    width: int = 58,
) -> str:
    """One row of an export: Japan's government visits Russia. Actors: code, name, country, group, roles."""
    actors = []
    for given in (source, target):
        name_part, roles = list(given[:4]), [*given[4:], "", "", ""][:3]
        actors += [*name_part, "", "", "", *roles]
    fields = [
        str(id),
        day,
        day[:6],
        day[:4],
        "2020.33",
        *actors,
        "1",
        code,
        code[:3],
        code[:2],
        "1",
        goldstein,
    ]
    fields += ["4", "1", "4", "1.5"]
    return "\t".join(fields + [""] * (width - len(fields)))


def polecat_row(
    id: str = "20200501-1-a_CONSULT",
    *,
    day: str = "2020-05-01",
    event_type: str = "CONSULT",
    mode: str = "visit",
    actor: Sequence[str] = ("Shinzo Abe", "JPN", "740", "GOV"),
    recipient: Sequence[str] = ("Russia", "RUS", "365", "GOV"),
    extra: Sequence[str] = (),
) -> str:
    """One row: Shinzo Abe visits Russia. A party is name, country, COW code, sector."""
    cells = dict.fromkeys(POLECAT_COLUMNS, "None")
    cells |= {"Event ID": id, "Event Date": day, "Event Type": event_type, "Event Mode": mode}
    cells |= {"Intensity": "2.1", "Quad Code": "VERBAL COOPERATION"}
    for side, given in (("Actor", actor), ("Recipient", recipient)):
        cells[f"{side} Name"], cells[f"{side} Country"], cells[f"{side} COW"] = given[:3]
        cells[f"Primary {side} Sector"] = cells[f"{side} Sectors"] = given[3]
    return "\t".join([*cells.values(), *extra])


def phoenix_row(
    id: str = "1_v0.4.0", *, source: str = "JPNGOV", target: str = "RUS", code: str = "042"
) -> str:
    """One row of a daily file."""
    actors = [source, source[:3], source[3:6], "", target, target[:3], target[3:6], ""]
    fields = [id, "20200501", "2020", "5", "1", *actors, code, code[:2], "1", "1.9"]
    return "\t".join(fields + [""] * (26 - len(fields)))


HISTORICAL_HEADER = (
    "eid,story_date,year,month,day,source,source_root,source_agent,source_others,target,target_root,"
    "target_agent,target_others,code,root_code,quad_class,goldstein,joined_issues,lat,lon,placename,"
    "statename,countryname,aid,process"
)


def historical_row(
    id: str = "SWB1", *, source: str = "JPNGOV", target: str = "RUS", code: str = "042"
) -> str:
    """One row of a historical file."""
    return f'{id},5/1/2020,2020,5,1,{source},JPN,GOV,,{target},RUS,,,{code},04,1,1.9,"A, B",,,,,,1,PETR'


def zipped(text: str, name: str = "file.txt") -> bytes:
    """Pack one text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def written(path: Path, *rows: str) -> Path:
    """Write rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


MAP = """\
name = "notes"
date = "when"
date_format = "%d/%m/%Y"
sender = "who"
receiver = "whom"
type = "what"
id = "no"
[values.type]
talks = "CONSULT"
"""
MAPPED_ROWS = (
    "no,when,who,whom,what",
    "1,01/05/2020,Japan,Russia,talks",
    '2,02/05/2020,"Japan",Russia,ACCUSE',
)
ENTITIES = "Japan\t0\nSergey_Viktorovich_Lavrov\t1\nMilitary_(Russia)\t2\nCitizen_(Japan)\t3\n"
RELATIONS = "Make_a_visit\t0\nAccuse\t1\n"
TEXTS = {
    "icews": ("\t".join(ICEWS_COLUMNS), icews_row(1), icews_row(2, code="112", intensity="-2")),
    "gdelt": (gdelt_row(1), gdelt_row(2, code="112", goldstein="-2.0"), gdelt_row(3, width=61)),
    "polecat": (
        "\t".join(POLECAT_COLUMNS),
        polecat_row("a"),
        polecat_row("b", event_type="ACCUSE", mode="None"),
    ),
    "phoenix": (phoenix_row("1_v0.4.0"), phoenix_row("2_v0.4.0", source="IGOWSTNAT", code="112")),
    "phoenix-historical": (HISTORICAL_HEADER, historical_row("SWB1"), historical_row("SWB2", code="112")),
    "keds": ("200501\tJPN\tRUS\t042\t(Make a visit)", "200502\tRUSGOV\tJPN\t112\t(Accuse)"),
    "tkg-icews14": ("0\t0\t1\t0\t0", "0\t1\t2\t24\t0"),
    "comity": None,
    "csv-notes": MAPPED_ROWS,
}
