"""claims.csv and quotes.csv are read line by line, and a wrong line is named."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from comity.claims import CLAIM_COLUMNS, QUOTE_COLUMNS, read_claims_csv, read_quotes_csv
from comity.provenance import BadValueError, text_hash

CLAIM = {
    "id": "C1",
    "kind": "causal",
    "holder": "A.ONE;A.TWO",
    "tie_a": "JPN",
    "tie_b": "NATO",
    "directed": "true",
    "direction": "-",
    "cause": "RUS",
    "era": "before",
    "modality": "hedged",
    "paraphrase": "Russia stood in the way.",
    "document": "D",
}
QUOTE = {
    "id": "Q1",
    "line_key": "LINE",
    "speaker": "JPN.ONE",
    "mode": "direct",
    "document": "D",
    "paragraph": "1",
    "char_start": "0",
    "char_end": "9",
    "passage_sha256": text_hash("he said A"),
    "said_start": "8",
    "said_end": "9",
    "said_sha256": text_hash("A"),
}


def write(path: Path, columns: Sequence[str], *rows: dict[str, str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_becomes_a_claim(tmp_path: Path) -> None:
    (claim,) = read_claims_csv(write(tmp_path / "claims.csv", CLAIM_COLUMNS, CLAIM))
    assert (claim.holder, claim.tie, claim.directed) == (("A.ONE", "A.TWO"), ("JPN", "NATO"), True)
    assert (claim.modality, claim.passage) == ("hedged", None)


def test_a_row_becomes_a_quotation_with_its_quoted_words_apart(tmp_path: Path) -> None:
    (quote,) = read_quotes_csv(write(tmp_path / "quotes.csv", QUOTE_COLUMNS, QUOTE))
    assert quote.said is not None
    assert quote.said.words("he said A") == "A"
    assert str(quote.dating) == "undated"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "rumour", "kind 'rumour'"),
        ("direction", "up", "direction 'up'"),
        ("modality", "sure", "modality 'sure'"),
        ("holder", "", "has no holder"),
        ("era", "", "no era"),
        ("directed", "perhaps", "directed 'perhaps'"),
        ("tie_b", "", "the tie 'JPN' with ''"),
        ("tie_b", "JPN", "the tie 'JPN' with 'JPN'"),
    ],
)
def test_a_wrong_claim_is_named_with_its_line(tmp_path: Path, column: str, value: str, said: str) -> None:
    path = write(tmp_path / "claims.csv", CLAIM_COLUMNS, CLAIM | {"id": "C0"}, CLAIM | {column: value})
    with pytest.raises(BadValueError) as error:
        read_claims_csv(path)
    assert said in str(error.value)
    assert "claims.csv, line 3" in str(error.value)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("mode", "shouted", "mode 'shouted'"),
        ("date_start", "2022-13-01", "'2022-13-01' is not a day"),
        ("said_end", "", "'' is not a whole number"),
        ("said_start", "9", "cannot run from 9 to 9"),
    ],
)
def test_a_wrong_quotation_is_named_with_its_line(tmp_path: Path, column: str, value: str, said: str) -> None:
    with pytest.raises(BadValueError) as error:
        read_quotes_csv(write(tmp_path / "quotes.csv", QUOTE_COLUMNS, QUOTE | {column: value}))
    assert said in str(error.value)
    assert "quotes.csv, line 2" in str(error.value)


def test_an_id_used_twice_names_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "quotes.csv", QUOTE_COLUMNS, QUOTE, QUOTE)
    with pytest.raises(BadValueError, match=r"'Q1' is used twice \(quotes.csv, line 3\).*line 2"):
        read_quotes_csv(path)
