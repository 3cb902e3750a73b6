"""Names of actors in running text."""

from datetime import date

import pytest

from comity.actors import load_registry
from comity.documents.lexicon import load_lexicon
from comity.documents.mentions import Gazetteer

NAMES = Gazetteer(load_registry(), load_lexicon())


def found(text: str, at: date | None = None) -> list[str]:
    return [one.actor for one in NAMES.find(text, at)]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Kenya’s army", ["KEN"]),
        ("the People's Republic of China", ["CHN"]),
        ("U.S. President Barack Obama", ["USA", "USA.OBAMA"]),
        ("the Democratic Republic of the Congo", ["COD"]),
        ("Japan-NATO ties", ["JPN", "NATO"]),
        ("the South China Sea", []),
        ("Sino-Kenyan trade", ["CHN", "KEN"]),
        ("turkey and chad on the table", []),
        ("In May we saw it AND left", []),
    ],
)
def test_names_are_found_and_other_words_are_not(text: str, actors: list[str]) -> None:
    assert found(text) == actors


def test_people_of_a_state_are_told_from_the_state() -> None:
    (one,) = NAMES.find("Kenyans were there.")
    assert (one.stands_for, one.people) == ("KEN", True)


def test_led_by_someone_is_no_party() -> None:
    (one,) = NAMES.find("the Kenya-led mission")
    assert one.modifier
