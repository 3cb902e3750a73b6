"""Who did what to whom, in sentences of our own making."""

import pytest
from tests.documents.conftest import Reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # verbs
        ("Kenya imposed sanctions on Uganda.", "KEN > UGA SANCTION"),
        ("Kenya imposed a broad set of sanctions on Uganda.", "KEN > UGA SANCTION"),
        ("Uganda was attacked by Kenya.", "KEN > UGA ASSAULT"),
        ("President Obama visited Nairobi.", "USA > KEN CONSULT"),
        ("Norway gave Mali a generous grant.", "NOR > MLI AID"),
        ("Norway and Sweden signed a treaty.", "NOR+SWE SUPPORT"),
        ("Norway signed an agreement with Mali.", "NOR > MLI SUPPORT"),
        ("Brazil condemned an attack by Peruvian soldiers.", "BRA > PER ACCUSE"),
        # nouns
        ("Everybody remembers Kenya's invasion of Uganda.", "KEN > UGA ASSAULT"),
        ("Everybody remembers the invasion of Uganda by Kenya.", "KEN > UGA ASSAULT"),
        ("The talks between Kenya and Uganda went well.", "KEN+UGA CONSULT"),
        ("Everybody remembers Kenya's expulsion of the Ugandan ambassador.", "KEN > UGA SANCTION"),
        # coordination, apposition, pointing words
        ("Norway, Sweden and Finland condemned Mali.", "FIN+NOR+SWE > MLI ACCUSE"),
        ("Peru met with partners such as Chile and Brazil.", "PER > BRA+CHL CONSULT"),
        # what turns an act into another
        ("Norway promised to send food to Mali.", "NOR > MLI AGREE"),
        ("Norway will send food to Mali.", "NOR > MLI AGREE future"),
        ("Norway refused to send food to Mali.", "NOR > MLI REJECT"),
        ("Norway refused to condemn Mali.", "NOR > MLI ACCUSE negation"),
        ("Norway threatened to attack Mali.", "NOR > MLI THREATEN"),
        ("Norway urged Mali to release the prisoners.", "NOR > MLI REQUEST"),
        ("Norway said that Mali must withdraw its troops.", "NOR > MLI REQUEST"),
        ("If Norway attacks Mali, nobody will help.", "NOR > MLI ASSAULT hypothetical"),
        ("Norway did not attack Mali.", "NOR > MLI ASSAULT negation"),
        ("No Norwegian troops invaded Mali.", "NOR > MLI ASSAULT negation"),
        ("It is untrue that Norway attacked Mali.", "NOR > MLI ASSAULT negation"),
        ("Reports that Iran attacked Turkey were false.", "IRN > TUR ASSAULT negation"),
        ("Norway neither attacked nor invaded Mali.", "NOR > MLI ASSAULT negation"),
        ("Nobody in Norway attacked Mali.", "NOR > MLI ASSAULT negation"),
        # a subject right after a date
        ("In 2020 Norway, Sweden and Finland signed a treaty.", "FIN+NOR+SWE SUPPORT"),
    ],
)
def test_a_sentence_tells_one_act(reading: Reading, text: str, told: str) -> None:
    assert told in reading.told(text)


def test_the_two_countries_are_the_two_named_before(reading: Reading) -> None:
    told = reading.told(
        "Kenya shares a border with Uganda. The two countries have never signed a peace treaty."
    )
    assert told == ["KEN+UGA AGREE negation"]


def test_an_invasion_takes_the_invader_that_is_named_elsewhere(reading: Reading) -> None:
    text = "Kenya invaded Uganda in 1999. The world was slow to understand. The invasion of Uganda was long."
    (event,) = reading.all(text)
    assert event.draft.senders == ("KEN",)
    assert len(event.passages) == 2


def test_the_same_war_told_twice_is_one_row_with_both_passages(reading: Reading) -> None:
    text = "Kenya's invasion of Uganda began in May 1999.\n\nKenya's invasion of Uganda was a shock to all."
    (event,) = reading.all(text)
    assert [one.paragraph for one in event.passages] == [1, 2]
    assert str(event.draft.dating) == "1999-05-01 to 1999-05-31"


def test_what_may_or_should_happen_is_not_coded(reading: Reading) -> None:
    assert reading.told("Norway and Sweden will need to talk.\n\nNorway should help Mali, we think.") == []


def test_a_city_of_a_summit_is_no_party(reading: Reading) -> None:
    assert reading.told("The Kenyan president attended the NATO summit in Lisbon.") == ["KEN > NATO CONSULT"]


def test_nothing_is_coded_from_references_and_biographies(reading: Reading) -> None:
    text = (
        "Norway gave food to Mali last year, as everybody knows by now.\n\nReferences\n\n"
        "A. Maker (1999), “Kenya attacked Uganda,” Journal of Wars, pp. 3, https://example.org\n\n"
        "Anna Maker is a professor at Lagos. Kenya attacked Uganda.\n"
    )
    assert reading.told(text) == ["NOR > MLI AID"]


def test_two_dates_of_one_visit_are_two_visits(reading: Reading) -> None:
    events = reading.all("The Kenyan president visited Uganda in April 2002 and April 2003.")
    assert [str(one.draft.dating.start) for one in events] == ["2002-04-01", "2003-04-01"]


def test_a_deadline_is_no_date_of_the_promise(reading: Reading) -> None:
    (event,) = reading.all("Norway promised to send food to Mali by 2027.")
    assert event.draft.dating.basis == "none"


def test_a_pronoun_stands_for_the_subject_before(reading: Reading) -> None:
    assert "KEN > UGA AID" in reading.told("Kenya is rich. It has sent food to Uganda.")


def test_every_passage_equals_the_text_at_its_place(reading: Reading) -> None:
    text = "Kenya’s  invasion of\nUganda in May 1999 shocked all. “We are\n\nsorry”, said President Obama."
    for kind in ("event", "quote"):
        for one in reading.all(text, kind):
            for passage in one.passages:
                assert passage.words(text) == text[passage.char_start : passage.char_end]


def test_reading_twice_gives_the_same_rows(reading: Reading) -> None:
    text = "Kenya attacked Uganda. Norway and Sweden condemned Kenya in 1999."
    assert [one.to_dict() for one in reading.all(text)] == [one.to_dict() for one in reading.all(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kenya and Uganda adopted a plan for the river. Then sanctions came.", None),
        ("Relations between Kenya and Uganda have deepened.", "KEN+UGA COOPERATE"),
        ("Norway imposed sanctions after Kenya's attack on Uganda.", "NOR > KEN SANCTION"),
        ("Norway sent food to Mali through the African Union.", "NOR > AU+MLI AID"),
        ("Kenya was the first African state to attend a NATO summit.", "KEN > NATO CONSULT"),
        ("Peru is ready to send troops to Chile.", "PER > CHL THREATEN"),
    ],
)
def test_an_act_is_found_where_it_is_told_in_a_roundabout_way(
    reading: Reading, text: str, told: str | None
) -> None:
    found = reading.told(text)
    assert told in found if told else not any("SANCTION" in one for one in found)


def test_both_of_neither_and_nor_are_denied(reading: Reading) -> None:
    rows = reading.all("Norway neither attacked nor condemned Mali in 2012.", "event")
    assert [one.draft.aux for one in rows] == ["negation", "negation"]


@pytest.mark.parametrize("word", ["possible", "doubtful", "unclear"])
def test_what_is_only_possible_is_not_coded(reading: Reading, word: str) -> None:
    assert reading.told(f"It is {word} that Norway attacked Mali. It rained all day.") == []


@pytest.mark.parametrize("how", ["seems to have", "is reported to have", "likely"])
def test_what_only_seems_is_hedged(reading: Reading, how: str) -> None:
    (act,) = reading.all(f"Norway {how} attacked Mali in 2018.", "event")
    assert act.draft.modality == "hedged"


def test_an_act_without_a_date_takes_that_of_the_sentence_before(reading: Reading) -> None:
    text = "In 1998 Norway attacked Mali. Last month Norway condemned Chad. Norway attacked Chad."
    dates = {one.draft.event_type: one.draft.dating for one in reading.all(text, "event")[1:]}
    assert dates["ASSAULT"].start == dates["ACCUSE"].start


def test_next_year_dates_nothing_that_is_told_after_it(reading: Reading) -> None:
    text = "In 1998 Norway attacked Mali. Norway will help Chad next year. Norway condemned Mali."
    (act,) = [one for one in reading.all(text, "event") if one.draft.event_type == "ACCUSE"]
    assert str(act.draft.dating) == "1998-01-01 to 1998-12-31"
