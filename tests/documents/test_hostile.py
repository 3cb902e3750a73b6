"""Texts that are odd, broken or meant ill: what is found stands in them, and nothing hangs."""

import time

import pytest

from comity.documents import RulesCoder, is_english, make_document, read

CLEAN = "Kenya attacked Uganda in 2001."


def passages(coder: RulesCoder, text: str) -> list[tuple[str, str]]:
    document = make_document(text)
    return [
        (one.draft.event_type, text[place.char_start : place.char_end])
        for one in read(document, coder).candidates
        for place in one.passages
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("👩‍👩‍👧‍👦 Peace!\n\n" + CLEAN, "Kenya attacked Uganda in 2001"),
        ("قالت الحكومة شيئا.\n\nשלום עולם.\n\n" + CLEAN, "Kenya attacked Uganda in 2001"),
        ("Ken\u200bya attacked Ugan\u00adda in 2001.", "Ken\u200bya attacked Ugan\u00adda in 2001"),
        ("Cafe\u0301 talk.\n\n" + CLEAN, "Kenya attacked Uganda in 2001"),
    ],
)
def test_passages_are_counted_in_characters_of_the_untouched_text(
    coder: RulesCoder, text: str, words: str
) -> None:
    assert passages(coder, text) == [("ASSAULT", words)]


def test_a_name_in_letters_that_only_look_alike_is_another_name(coder: RulesCoder) -> None:
    assert passages(coder, CLEAN.replace("K", "\u039a")) == []  # a Greek letter


@pytest.mark.parametrize(
    "junk", ["(" * 5_000, "Kenya" * 10_000, "“" * 5_000 + "”" * 5_000, "1234567890 " * 5_000]
)
def test_what_is_no_text_takes_no_ages_and_hides_nothing_beside_it(coder: RulesCoder, junk: str) -> None:
    start = time.process_time()
    assert passages(coder, f"{junk}\n\n{CLEAN}") == [("ASSAULT", "Kenya attacked Uganda in 2001")]
    assert time.process_time() - start < 60  # without the blanks the first takes over a minute


def test_a_text_of_many_short_paragraphs_has_each_at_its_place(coder: RulesCoder) -> None:
    text = "Noted.\n\n" * 3_000 + CLEAN
    assert passages(coder, text) == [("ASSAULT", "Kenya attacked Uganda in 2001")]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Kenya and Uganda signed the treaty that had been agreed on by the ministers of both. " * 3, True),
        ("Kenya attacked Uganda.", True),  # too short to tell
        # many names, and few small words
        (
            "In May 1999 Kenya attacked Uganda; they say it began when Sudan, Chad, Mali and Niger refused. "
            * 2,
            True,
        ),
        (
            "Le gouvernement a condamné les attaques contre son voisin et a rappelé son ambassadeur. " * 3,
            False,
        ),
        ("El gobierno condenó los ataques contra su vecino y llamó a consultas a su embajador. " * 3, False),
        ("日本は制裁を科した。" * 20, False),
        ("Правительство осудило нападение на соседа и ввело санкции. " * 5, False),
    ],
)
def test_another_language_is_noticed(text: str, english: bool) -> None:
    assert is_english(text) is english
