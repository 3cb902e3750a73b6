"""What sentences tell by other means than a verb with its object."""

import pytest
from tests.documents.conftest import Reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # states of affairs
        ("Kenya is committed to the defence of Uganda.", "KEN > UGA SUPPORT"),
        ("Norway is one of the largest donors to Mali.", "NOR > MLI AID"),
        ("Peru showed interest in naval cooperation with Chile.", "PER > CHL AGREE"),
        ("Norway committed itself to spend more on defence by 2030.", "NOR >  AGREE"),
        # both sides of a preposition
        (
            "Spain strengthened its ties not only with Morocco, but also with Mali.",
            "ESP > MAR+MLI SUPPORT",
        ),
        # blame in speech
        ("Norway spoke of the threat of Mali.", "NOR > MLI ACCUSE"),
        ("President Obama stated that Kenya's invasion of Uganda was a crime.", "USA > KEN ACCUSE"),
        ("Norway voiced concern over growing tension in the South China Sea.", "NOR > CHN ACCUSE"),
        # who puts one out, who invites
        ("Kenya was expelled from the African Union.", "AU > KEN SANCTION"),
        ("Leaders of partners, including Japan, were invited to attend the NATO summit.", "NATO > JPN AGREE"),
        # documents
        ("To mark the adoption of NATO's new strategy, a dinner was held.", "NATO >  AGREE"),
        ("The African Union amended its statute and revised its border policy.", "AU >  AGREE"),
        ("A joint statement was issued during President Obama's visit to Kenya.", "KEN+USA SUPPORT"),
        # meetings
        ("Norway met Mali in Lima.", "MLI+NOR CONSULT"),
        ("The emergency NATO summit took place in June.", "NATO >  CONSULT"),
        ("The dispatch of Swedish officers to the NATO headquarters went on.", "SWE > NATO COOPERATE"),
        # what one is kept from did not happen
        ("The talks in Lima prevented Kenya from attacking Uganda.", "KEN > UGA ASSAULT negation"),
    ],
)
def test_a_sentence_tells_it_in_other_words(reading: Reading, text: str, told: str) -> None:
    assert told.replace(">  ", "> ") in [one.replace(">  ", "> ") for one in reading.told(text)]


def test_the_country_is_another_than_the_sender(reading: Reading) -> None:
    told = reading.told(
        "Peru has a border with Chile. The Peruvian government has sent the country medicine."
    )
    assert told == ["PER > CHL AID"]


def test_there_is_the_state_named_last(reading: Reading) -> None:
    assert reading.told("Mali was in turmoil. Norway sent no troops there.") == [
        "NOR > MLI MOBILIZE negation"
    ]


def test_these_consultations_are_of_the_two_who_met(reading: Reading) -> None:
    told = reading.told("Norway and Mali held talks in 1990. These consultations marked a turn.")
    assert told == ["MLI+NOR CONSULT", "MLI+NOR CONSULT"]


def test_a_short_name_stands_for_the_programme(reading: Reading) -> None:
    text = (
        "The Sea Programme (SPX) was announced by Norway and Mali in 2014. The SPX was revised in May 2018"
        " and June 2020."
    )
    assert [str(one.draft.dating.start) for one in reading.all(text)] == [
        "2014-01-01",
        "2018-05-01",
        "2020-06-01",
    ]


def test_concessions_that_are_offered_are_concessions(reading: Reading) -> None:
    text = "Relations between Peru and Chile were cool. Peru offered territorial concessions."
    assert reading.told(text)[-1] == "PER > CHL CONCEDE"


def test_a_title_before_a_name_says_for_whom_the_person_acts(reading: Reading) -> None:
    text = "Secretary General Jens Stoltenberg visited Japan. Prime Minister Jens Stoltenberg visited Mali."
    assert reading.told(text) == ["NATO > JPN CONSULT", "NOR > MLI CONSULT"]


def test_a_date_between_two_verbs_is_the_first_ones(reading: Reading) -> None:
    text = "Norway invaded Mali in 2011, and it attacked Peru during a war in 2013."
    years = {
        one.draft.receivers[0]: one.draft.dating.start.year
        for one in reading.all(text)
        if one.draft.dating.start
    }
    assert years["MLI"] == 2011
    assert years["PER"] == 2013
