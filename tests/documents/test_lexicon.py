"""Word lists, the package's and the reader's own."""

from pathlib import Path

import pytest

from comity.documents import RulesCoder, load_lexicon, make_document, read
from comity.documents.lexicon import COLUMNS, DATA
from comity.provenance import ComityError, UnreadableFileError, read_table


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_row_of_every_table_says_where_it_comes_from(name: str) -> None:
    for row in read_table(DATA / name, COLUMNS[name]):
        assert row["source"]
        assert row["edition"]
        assert row["licence"], row.where


def test_every_type_and_mode_is_one_of_the_ontology() -> None:
    from comity.events import load_ontology

    ontology = load_ontology()
    for frames in load_lexicon().frames.values():
        for frame in frames:
            assert frame.event_type in ontology.event_types, frame


def test_a_word_of_ones_own_is_understood(coder: RulesCoder, tmp_path: Path) -> None:
    table = tmp_path / "verbs.csv"
    table.write_text(
        ",".join(COLUMNS["verbs.csv"]) + "\nfrobnicate,,,ASSAULT,,obj,,,mine,1,CC0\n", encoding="utf-8"
    )
    mine = RulesCoder(lexicons=(tmp_path,))
    document = make_document("Kenya frobnicated Uganda in 1999.")
    (event,) = [one for one in read(document, mine).candidates if one.draft.kind == "event"]
    assert (event.draft.event_type, event.draft.receivers) == ("ASSAULT", ("UGA",))


def test_a_table_with_a_wrong_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "verbs.csv").write_text("lemma\nx\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="wrong header"):
        load_lexicon(tmp_path)


def test_a_folder_without_word_lists_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(UnreadableFileError, match="no word lists"):
            load_lexicon(folder)


def test_a_row_with_an_unknown_event_type_is_named(tmp_path: Path) -> None:
    header = ",".join(COLUMNS["verbs.csv"])
    (tmp_path / "verbs.csv").write_text(f"{header}\nsnub,,,NONSENSE,,obj,,,mine,1,CC0\n", encoding="utf-8")
    with pytest.raises(ComityError, match="NONSENSE") as caught:
        load_lexicon(tmp_path)
    assert "verbs.csv, line 2" in str(caught.value)
