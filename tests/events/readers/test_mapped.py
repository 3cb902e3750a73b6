"""A table of one's own, read by a mapping file."""

from pathlib import Path

import pytest

from comity.events.readers import ColumnMap, Kept, Mapped, Refused, choose_reader, read_column_map
from comity.provenance import BadValueError, UnreadableFileError, UsageError

from .made_up import MAP, MAPPED_ROWS, outcomes

COLUMNS = {"date": "d", "sender": "a", "receiver": "b", "code": "c"}


def reader(**settings: object) -> Mapped:
    columns = COLUMNS | settings.pop("columns", {})  # type: ignore[operator]
    return Mapped(ColumnMap(name="notes", columns=columns, **settings))  # type: ignore[arg-type]


def test_a_mapping_file_says_which_column_holds_what(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(MAP, encoding="utf-8")
    mapped = choose_reader("csv", [], column_map=path)
    assert (mapped.id, mapped.recognises(MAPPED_ROWS[0])) == ("csv-notes", True)
    talks, blame = outcomes(mapped, MAPPED_ROWS)
    assert isinstance(talks, Kept)
    assert (talks.sender, talks.receiver, talks.day, talks.event_type) == ("JPN", "RUS", 18383, "CONSULT")
    assert (blame.event_type, blame.sign, blame.line) == ("ACCUSE", -1, 3)


def test_a_weight_column_outweighs_the_table() -> None:
    mapped = reader(columns={"weight": "w"})
    row, wrong = outcomes(
        mapped, ["d,a,b,c,w", "2020-05-01,Japan,Russia,042,-3", "2020-05-01,Japan,Russia,042,11"]
    )
    assert (row.weight, row.sign) == (-3.0, -1)
    assert wrong.reason == "weight outside -10 to 10"


def test_actors_may_be_cameo_codes() -> None:
    (row,) = outcomes(reader(actors="cameo"), ["d,a,b,c", "2020-05-01,JPNGOV,IGOWSTNAT,042"])
    assert (row.sender, row.receiver) == ("JPN", "NATO")


def test_countries_and_sectors_decide_as_in_icews() -> None:
    mapped = reader(columns={"sender_country": "k", "sender_sectors": "s"})
    rows = outcomes(
        mapped,
        ["d,a,b,c,k,s", "2020-05-01,X,Russia,042,Japan,Government", "2020-05-01,X,Russia,042,Japan,Business"],
    )
    assert [row.side for row in rows] == ["state", "nonstate"]


def test_other_separators_and_quoted_line_breaks_are_read() -> None:
    rows = outcomes(
        reader(separator=";"), ["d;a;b;c;note", '2020-05-01;Japan;Russia;042;"one', 'two"', "x;y"]
    )
    assert [row.line for row in rows] == [2, 4]
    assert isinstance(rows[1], Refused)


def test_without_an_id_column_a_row_is_its_line_in_its_file() -> None:
    lines = ["d,a,b,c", "2020-05-01,Japan,Russia,042"]
    (one,), (other,) = (outcomes(reader(), lines, name=name) for name in ("a.csv", "b.csv"))
    assert one.id != other.id


def test_a_quotation_mark_that_is_never_closed_stops_the_import() -> None:
    lines = ["d,a,b,c", '2020-05-01,"Japan,Russia,042', *["2020-05-01,Japan,Russia,042"] * 300]
    with pytest.raises(UnreadableFileError, match=r"opened and not closed.*line 2"):
        outcomes(reader(), lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "not TOML"),
        ('name = "x"', "date is missing"),
        (MAP + "\n[values.place]\nx = 'y'", "values of another column"),
        (MAP.replace("talks = ", "talks = 3 #"), "values is not a table of texts"),
        (MAP.replace('"notes"', '"../notes"'), r"name '\.\./notes'"),
        (MAP.replace('type = "what"', ""), "no column says what happened"),
        (MAP.replace("%d/%m/%Y", "%d/%m"), "date_format '%d/%m'"),
        (MAP.replace("%d/%m/%Y", "%d/%m/%y %Q"), "date_format"),
        (MAP.replace('sender = "who"', "sender = 3"), "sender is not a text"),
        ('sparator = ";"\n' + MAP, "no setting 'sparator'"),
        ('separator = "tab"\n' + MAP, "separator 'tab'"),
        ('actors = "people"\n' + MAP, "actors 'people'"),
    ],
)
def test_a_faulty_mapping_file_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadValueError, match=message) as caught:
        read_column_map(path)
    assert caught.value.where == str(path)


def test_only_csv_takes_a_mapping_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="csv needs a mapping file"):
        choose_reader("csv", [])
    with pytest.raises(UsageError, match="icews takes no mapping file"):
        choose_reader("icews", [], column_map=tmp_path / "map.toml")
