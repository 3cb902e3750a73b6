"""Promises with amounts and deadlines; quotations with their speakers."""

from tests.documents.conftest import Reading


def test_a_promise_has_giver_taker_amount_and_deadline(reading: Reading) -> None:
    (pledge,) = reading.all("Norway pledged more than $50 million to Mali by 2027.", "pledge")
    row = pledge.to_dict()
    assert (row["by"], row["to"], row["quantity"], row["currency"]) == (["NOR"], ["MLI"], 50e6, "USD")
    assert row["bound"] == "at_least"
    assert row["deadline"] == {
        "start": "2027-01-01",
        "end": "2027-12-31",
        "precision": "year",
        "basis": "stated",
    }


def test_a_fiscal_year_is_that_of_whoever_owes_it(reading: Reading) -> None:
    (pledge,) = reading.all(
        "Japan committed itself to spend 3 percent of GDP on schools by FY 2030.", "pledge"
    )
    assert pledge.draft.deadline is not None
    assert str(pledge.draft.deadline) == "2030-04-01 to 2031-03-31"


def test_aid_that_was_given_is_a_transfer(reading: Reading) -> None:
    (pledge,) = reading.all("Norway sent 40 tanks to Mali.", "pledge")
    assert (pledge.draft.pledge_kind, pledge.draft.stage) == ("transfer", "delivered")


def test_a_quotation_has_its_speaker_and_its_words(reading: Reading) -> None:
    text = "President Obama said in Lagos that “the river belongs to both of us.”"
    (quote,) = reading.all(text, "quote")
    assert quote.draft.speakers == ("USA.OBAMA",)
    assert quote.said is not None
    assert text[quote.said.char_start : quote.said.char_end] == "the river belongs to both of us."
    assert quote.draft.quote_mode == "direct"


def test_a_document_speaks_for_those_who_made_it(reading: Reading) -> None:
    text = (
        'NATO adopted a new strategy in 1999. The strategy describes Mali as a "partner of the first hour".'
    )
    (quote,) = reading.all(text, "quote")
    assert (quote.draft.speakers, quote.draft.quote_mode) == (("NATO",), "document")


def test_a_label_is_a_term_and_nobody_says_it(reading: Reading) -> None:
    (quote,) = reading.all("The so-called “river gap” was on everybody's mind.", "quote")
    assert quote.draft.quote_mode == "term"


def test_an_interviewers_question_is_a_quotation(reading: Reading) -> None:
    text = (
        "How did the two neighbours come to share their river, and why did it take so long?\n"
        "They had no other choice, and they knew it well.\n"
        "Will the treaty on the river last longer than the last one did, and if so why?\n"
    )
    modes = [one.draft.quote_mode for one in reading.all(text, "quote")]
    assert modes == ["question", "question"]


def test_who_says_that_it_happened_is_kept_layer_by_layer(reading: Reading) -> None:
    text = "Norway reported that Mali claimed that Kenya attacked Uganda."
    (event,) = [one.draft for one in reading.all(text) if one.draft.event_type == "ASSAULT"]
    assert (event.holder, event.reported_by) == ("MLI", ("NOR",))


def test_what_somebody_is_reported_to_have_said_is_an_indirect_quotation(reading: Reading) -> None:
    (quote,) = reading.all("President Obama said that the talks in Lima would soon begin.", "quote")
    assert quote.draft.quote_mode == "indirect"
    assert quote.draft.speakers == ("USA.OBAMA",)
    assert quote.said is not None
    assert quote.draft.said is not None
    assert quote.draft.said.words == "that the talks in Lima would soon begin"


def test_an_unknown_speaker_is_named_as_printed_and_not_taken_from_the_words_said(reading: Reading) -> None:
    text = 'President Quillfeather said in Lagos, "We shall never forget the help of Norway."'
    (quote,) = reading.all(text, "quote")
    assert (quote.draft.speakers, quote.draft.speaker_name) == ((), "President Quillfeather")
    assert text[quote.passages[0].char_start :].startswith("President Quillfeather")


def test_by_a_month_is_the_deadline_and_not_the_day_of_the_promise(reading: Reading) -> None:
    text = "Norway promised to send 14 tanks to Mali by March 2024."
    (pledge,) = reading.all(text, "pledge")
    assert str(pledge.draft.deadline) == "2024-03-01 to 2024-03-31"
    (event,) = reading.all(text, "event")
    assert event.draft.dating.start is None


def test_what_is_delivered_is_counted(reading: Reading) -> None:
    (pledge,) = reading.all("Norway pledged to deliver 30 Rafale fighters to Mali by 2026.", "pledge")
    assert (pledge.draft.quantity, pledge.draft.unit) == (30, "fighters")
