"""Which reader a file gets: by name, by its content, or from another package."""

import sys
from pathlib import Path

import pytest

from comity.events import READERS, BrokenReaderError, EventStore, choose_reader, find_reader
from comity.events.readers import all_readers
from comity.provenance import UnreadableFileError, UsageError

from ..worlds import SmallRegistry
from .made_up import TEXTS, outcomes, written

FORMS = [name for name, rows in TEXTS.items() if rows and name not in ("tkg-icews14", "csv-notes")]
PLUGIN = '''
from comity.events.readers import Kept, Refused, row_hash

class Shouts:
    """Reads lines such as JPN!RUS."""
    id, title, expects, lenient, header = "shouts", "Shouts", "A!B", False, False

    def recognises(self, first_line):
        return first_line.count("!") == 1

    def series(self, file_name):
        return file_name

    def outcomes(self, lines, desk, series):
        for number, line in lines:
            a, b = line.split("!")
            yield Kept(number, row_hash(self.id, series, str(number)), 18383, 1, a, b, a, b, "state",
                       "", "ACCUSE", "", -1, "talk", 0, -2.0, 1.0, "")
'''


@pytest.fixture
def other_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def install(code: str, entry: str) -> None:
        site = tmp_path / "site"
        info = site / "shouting-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[comity.readers]\n{entry}\n")
        (site / "shouting.py").write_text(code)
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, "shouting", raising=False)

    return install


@pytest.mark.parametrize("name", FORMS)
def test_a_file_says_what_it_is(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "file.txt", *TEXTS[name])
    assert choose_reader("auto", [path]).id == name
    assert [reader.id for reader in READERS if reader.recognises(TEXTS[name][0])] == [name]


@pytest.mark.parametrize("name", FORMS)
def test_a_wrong_guess_is_refused_with_the_name_of_the_right_reader(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "file.txt", *TEXTS[name])
    wrong = find_reader("keds" if name != "keds" else "icews")
    with pytest.raises(UnreadableFileError, match=f"import it as '{name}'"):
        EventStore(tmp_path / "data").import_files(wrong, [path], SmallRegistry())
    assert not (tmp_path / "data").exists()


def test_scores_are_no_events(tmp_path: Path) -> None:
    path = written(tmp_path / "net.csv", "date,country_a,country_b,score", "2020-05-01,JPN,RUS,-3.5")
    with pytest.raises(UnreadableFileError, match=r"scores of pairs, not events.*import scores"):
        choose_reader("auto", [path])


def test_a_form_that_nobody_knows_is_refused_with_the_forms(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"in no form that comity knows.*GDELT.*--map"):
        choose_reader("auto", [written(tmp_path / "file.txt", "dear diary")])


def test_files_of_two_forms_are_refused(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{name}.txt", *TEXTS[name]) for name in ("keds", "icews")]
    with pytest.raises(UnreadableFileError, match=r"keds\.txt \(keds\), icews\.txt \(icews\)"):
        choose_reader("auto", paths)


def test_readers_are_found_by_name() -> None:
    assert [reader.id for reader in READERS] == [
        "icews", "gdelt", "polecat", "phoenix", "phoenix-historical", "keds", "tkg", "comity"
    ]  # fmt: skip
    assert find_reader("tkg-icews14").title == "ICEWS14"
    with pytest.raises(UsageError, match=r"no reader 'wies'.*One of icews, gdelt"):
        find_reader("wies")


def test_options_of_benchmarks_are_for_benchmarks(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="icews takes no --origin"):
        choose_reader("icews", [], step="day")


def test_another_package_brings_a_reader(tmp_path: Path, other_package) -> None:
    other_package(PLUGIN, "shouts = shouting:Shouts")
    path = written(tmp_path / "file.txt", "JPN!RUS")
    reader = choose_reader("auto", [path])
    assert (reader.id, find_reader("shouts").title) == ("shouts", "Shouts")
    store = EventStore(tmp_path / "data")
    assert store.import_files(reader, [path], SmallRegistry()).accepted == 1
    (line,) = store.lines()
    assert (line["sender"], line["source"], line["weight"]) == ("JPN", "shouts", -2.0)


@pytest.mark.parametrize(
    ("code", "entry", "message"),
    [
        ("", "shouts = shouting:Shouts", "'shouts' of shouting cannot be loaded.*uninstall shouting"),
        ("raise RuntimeError('no')", "shouts = shouting:Shouts", "cannot be loaded"),
        (PLUGIN, "whispers = shouting:Shouts", "is no reader: its id is 'shouts'"),
        (PLUGIN.replace("lenient", "strict"), "shouts = shouting:Shouts", "is no reader: it has no lenient"),
    ],
)
def test_a_broken_reader_of_another_package_is_named(
    other_package, code: str, entry: str, message: str
) -> None:
    other_package(code, entry)
    with pytest.raises(BrokenReaderError, match=message):
        all_readers()
    assert find_reader("icews").id == "icews"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (PLUGIN.replace("for number, line in lines", "for number, line in [*lines, (3, 'x')]"), "ValueError"),
        (PLUGIN.replace("Kept(number,", "Kept(1,"), "after line 1.*gives Kept"),
        (PLUGIN.replace("yield Kept(", "yield (").replace("Kept, ", ""), "after line 0.*gives"),
    ],
)
def test_a_reader_of_another_package_that_fails_is_named_and_nothing_stays(
    tmp_path: Path, other_package, code: str, message: str
) -> None:
    other_package(code, "shouts = shouting:Shouts")
    path = written(tmp_path / "file.txt", "JPN!RUS", "RUS!JPN")
    store = EventStore(tmp_path / "data")
    with pytest.raises(BrokenReaderError, match=f"the reader 'shouts' failed.*{message}"):
        store.import_files(find_reader("shouts"), [path], SmallRegistry())
    assert store.imports() == ()


NOTES = PLUGIN.replace(
    "            a, b = line",
    """            if line.startswith("#") or line.startswith(" "):
                yield NoRow(number)
                continue
            a, b = line""",
).replace("import Kept,", "import Kept, NoRow,")


@pytest.mark.parametrize(
    ("code", "passed"),
    [
        (PLUGIN.replace("for number, line in lines:", "for number, line in [*lines][1:]:"), 1),
        (PLUGIN.replace("for number, line in lines:", "for number, line in [*lines][:1]:"), 3),
        (PLUGIN.replace("for number, line in lines:", "for number, line in [next(lines)]:"), 3),
        (PLUGIN.replace("            a, b", "            if number == 3: continue\n            a, b"), 3),
    ],
)
def test_a_line_that_a_reader_passes_over_stops_the_import_and_is_named(
    tmp_path: Path, other_package, code: str, passed: int
) -> None:
    other_package(code.replace("line.split", "(line or '!').split"), "shouts = shouting:Shouts")
    path = written(tmp_path / "file.txt", "JPN!RUS", "", "RUS!JPN", "RUS!USA")
    store = EventStore(tmp_path / "data")
    with pytest.raises(BrokenReaderError, match=rf"'shouts' passed over a line of file\.txt.*line {passed}"):
        store.import_files(find_reader("shouts"), [path], SmallRegistry())
    assert store.imports() == ()


def test_a_reader_may_say_that_a_line_is_no_row_and_blank_lines_owe_nothing(
    tmp_path: Path, other_package
) -> None:
    code = NOTES.replace("if line.startswith", "if not line: continue\n            if line.startswith", 1)
    other_package(code, "shouts = shouting:Shouts")
    path = written(tmp_path / "file.txt", "JPN!RUS", "  goes on", "# a note", "", "RUS!JPN", "")
    store = EventStore(tmp_path / "data")
    (file,) = store.import_files(find_reader("shouts"), [path], SmallRegistry()).files
    assert (file.rows, file.accepted) == (2, 2)


def test_the_header_is_no_row_and_every_other_line_is_owed(tmp_path: Path, other_package) -> None:
    code = PLUGIN.replace('"A!B", False, False', '"A!B", False, True')
    path = written(tmp_path / "file.txt", "A!B", "JPN!RUS")
    store = EventStore(tmp_path / "data")
    other_package(code.replace("for number", "next(lines)\n        for number"), "shouts = shouting:Shouts")
    assert store.import_files(find_reader("shouts"), [path], SmallRegistry()).accepted == 1


@pytest.mark.parametrize("line", ["number + 1", "number - 1", "str(number)"])
def test_an_outcome_of_a_line_that_was_not_given_stops_the_import(
    tmp_path: Path, other_package, line: str
) -> None:
    other_package(PLUGIN.replace("Kept(number,", f"Kept({line},"), "shouts = shouting:Shouts")
    path = written(tmp_path / "file.txt", "JPN!RUS", "RUS!JPN")
    with pytest.raises(BrokenReaderError, match=r"failed on file\.txt"):
        EventStore(tmp_path / "data").import_files(find_reader("shouts"), [path], SmallRegistry())


@pytest.mark.parametrize("name", FORMS)
def test_our_readers_account_for_every_line(name: str) -> None:
    reader = find_reader(name)
    rows = [*TEXTS[name], "", *TEXTS[name][1:]]
    found = outcomes(reader, rows)  # raises if a line has none
    lines = [number for number, row in enumerate(rows, 1) if row and not (number == 1 and reader.header)]
    assert [one.line for one in found if one.line in lines] == lines
