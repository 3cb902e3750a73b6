"""The table of public data sets, and the plain part of fetching them: names, lists, checksums."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.events import (
    READERS,
    RemoteFile,
    files_of_dataverse,
    find_dataset,
    load_datasets,
    with_checksums,
)
from comity.provenance import NothingFoundError, UnreadableFileError, UsageError

ICEWS, GDELT = find_dataset("icews"), find_dataset("gdelt1")
MD5 = "0" * 32


def listing(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"latestVersion": {"files": list(entries)}}}


def entry(name: str, **more: Any) -> dict[str, Any]:
    return {"dataFile": {"id": 7, "filename": name, "md5": MD5, "filesize": 3, **more}}


def test_every_set_says_who_publishes_it_under_which_terms_and_how_to_cite_it() -> None:
    for dataset in load_datasets().values():
        assert all((dataset.title, dataset.publisher, dataset.licence, dataset.cite, dataset.files))
        assert dataset.url.startswith("https://")
        assert dataset.doi.startswith("10.") or not dataset.doi


def test_every_set_of_events_has_a_reader() -> None:
    readers = {reader.id for reader in READERS}
    assert {dataset.reader for dataset in load_datasets().values()} - {""} <= readers


def test_an_unknown_set_is_named_with_the_nearest() -> None:
    with pytest.raises(NothingFoundError, match=r"polcat.*polecat"):
        find_dataset("polcat")


def test_a_span_over_both_changes_gives_a_year_a_month_and_days_each_once() -> None:
    first = [file.name for file in GDELT.by_day(date(2005, 12, 30), date(2006, 2, 1))]
    assert first == ["2005.zip", "200601.zip", "200602.zip"]
    last = [file.name for file in GDELT.by_day(date(2013, 3, 30), date(2013, 4, 2))]
    assert last == ["201303.zip", "20130401.export.CSV.zip", "20130402.export.CSV.zip"]


def test_a_day_of_gdelt_2_is_ninety_six_files() -> None:
    files = find_dataset("gdelt2").by_day(date(2022, 2, 24), date(2022, 2, 24))
    assert len({file.name for file in files}) == 96
    assert files[0].url == "https://data.gdeltproject.org/gdeltv2/20220224000000.export.CSV.zip"
    assert files[-1].name == "20220224234500.export.CSV.zip"


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, None), (date(1978, 1, 1), date(1980, 1, 1)), (date(2020, 1, 2), date(2020, 1, 1))],
)
def test_days_that_are_missing_too_early_or_the_wrong_way_round_are_refused(
    since: date | None, until: date | None
) -> None:
    with pytest.raises(UsageError):
        GDELT.by_day(since, until)


def test_days_for_a_set_without_days_are_refused() -> None:
    with pytest.raises(UsageError, match="--files"):
        ICEWS.by_day(date(2020, 1, 1), date(2020, 1, 1))


def test_a_file_of_a_dataverse_has_its_address_size_and_checksum() -> None:
    (file,) = files_of_dataverse(ICEWS, listing(entry("events.2018.tab.zip")))
    assert file == RemoteFile(
        "events.2018.tab.zip", "https://dataverse.harvard.edu/api/access/datafile/7", f"md5:{MD5}", 3
    )


def test_a_table_that_was_taken_in_is_fetched_as_handed_in_without_the_wrong_checksum() -> None:
    (file,) = files_of_dataverse(
        ICEWS, listing(entry("a.tab", originalFileFormat="text/csv", originalFileName="a.csv"))
    )
    assert (file.name, file.checksum, file.size) == ("a.csv", "", None)
    assert file.url.endswith("/7?format=original")


def test_a_restricted_file_is_left_out() -> None:
    found = files_of_dataverse(ICEWS, listing({**entry("a.zip"), "restricted": True}, entry("b.zip")))
    assert [file.name for file in found] == ["b.zip"]


@pytest.mark.parametrize("name", ["../up.zip", "/etc/passwd", ".hidden", "a\\b", "a\nb", "", "a" * 300])
def test_a_name_that_would_leave_the_folder_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFileError):
        files_of_dataverse(ICEWS, listing(entry(name)))


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="two files"):
        files_of_dataverse(ICEWS, listing(entry("a.zip"), entry("a.zip")))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)


@given(json_values | st.builds(lambda files: {"data": {"latestVersion": {"files": files}}}, json_values))
def test_any_answer_gives_files_or_a_clear_error(answer: Any) -> None:
    try:
        found = files_of_dataverse(ICEWS, answer)
    except UnreadableFileError:
        return
    assert found == ()  # no made-up answer holds a whole file


def test_patterns_choose_and_say_what_there_is_if_nothing_fits() -> None:
    files = [RemoteFile(name, "") for name in ("events.2017.tab.zip", "events.2018.tab.zip", "codebook.pdf")]
    assert [file.name for file in ICEWS.chosen(files, [])] == ["events.2017.tab.zip", "events.2018.tab.zip"]
    assert [file.name for file in ICEWS.chosen(files, ["*2018*"])] == ["events.2018.tab.zip"]
    with pytest.raises(NothingFoundError, match=r"\*1999\*.*3 files"):
        ICEWS.chosen(files, ["*1999*"])


def test_the_known_hash_of_a_set_of_one_file_goes_with_the_file() -> None:
    (file,) = replace(ICEWS, sha256="ab").chosen([RemoteFile("events.tab", "")], [])
    assert file.checksum == "sha256:ab"


def test_checksums_come_from_the_publishers_list_and_files_not_in_it_are_left_out() -> None:
    planned = GDELT.by_day(date(2020, 1, 1), date(2020, 1, 2))
    text = f"{'1' * 32}  20200101.export.CSV.zip\nnonsense\nnot-a-sum  20200102.export.CSV.zip\n"
    (file,) = with_checksums(planned, text)
    assert (file.name, file.checksum) == ("20200101.export.CSV.zip", f"md5:{'1' * 32}")
    with pytest.raises(NothingFoundError, match="20200102"):
        with_checksums(planned[1:], text)
