"""What each line of a text is."""

import pytest

from comity.documents import make_document

ARTICLE = """\
Two Neighbours and Their River

Kenya and Uganda signed a treaty on the river in 1999, and kept to it.
Ministers on the river bank in Kisumu. (A. Maker/The Daily Sheet)
Ministers on the river bank in Kisumu. (A. Maker/The Daily Sheet)
Did the treaty last longer than anybody thought it would in those days?

References

A. Maker (1999), “The river,” Journal of Rivers, pp. 3, https://example.org
B. Writer (2001), “The bank,” Journal of Banks, pp. 5, https://example.org

Anna Maker is a professor of rivers at a small college.
12
"""


def kinds(text: str) -> list[str]:
    return [block.kind for block in make_document(text).blocks]


def test_every_line_of_an_article_gets_its_kind() -> None:
    assert kinds(ARTICLE) == [
        *("title", "body", "caption", "repeat", "question", "notice", "reference", "reference"),
        *("biography", "notice"),
    ]


def test_nothing_is_coded_from_references_biographies_repeats_and_notices() -> None:
    speaking = [one.kind for one in make_document(ARTICLE).speaking()]
    assert speaking == ["title", "body", "caption", "question"]


def test_the_last_line_is_no_heading() -> None:
    assert kinds("Kenya attacked Uganda") == ["body"]


def test_many_short_lines_are_no_headings() -> None:
    assert kinds("Kenya met Uganda\n" * 6) == ["body"] * 6


def test_a_block_is_found_by_a_place_in_it() -> None:
    document = make_document("One line here.\n\nAnother line here.")
    assert document.block_at(17).number == 2  # type: ignore[union-attr]


def test_an_interview_gives_each_turn_its_holder() -> None:
    text = (
        "Interview\n"
        "In this talk, Ann Asker interviews Bob Teller on rivers and what they mean for two neighbours.\n"
        "How did the two neighbours come to share their river, and why did it take so long?\n"
        "They had no other choice, and they knew it.\n"
        "Will the treaty on the river last longer than the last one did, and if so why?\n"
        "Nobody can tell you that today.\n"
    )
    holders = [one.holder for one in make_document(text).blocks[1:]]
    assert holders == ["Ann Asker", "Ann Asker", "Bob Teller", "Ann Asker", "Bob Teller"]


@pytest.mark.parametrize(
    "line",
    [
        "The text of the treaty, which Kenya signed in 1999, is kept at https://example.org/treaty.",
        "Kenya (see https://example.org/river) attacked Uganda in 2001 and took the river bank.",
        "Kenya attacked Uganda in 2001. https://example.org/war",
        "As the ministry said (2001), the war was over, and www.example.org shows how it ended for both.",
        "“The river is ours,” said the minister of Kenya. His speech is printed on www.example.org in full.",
    ],
)
def test_a_sentence_with_a_link_speaks(line: str) -> None:
    assert kinds(f"The River\n\n{line}\n\nUganda answered.")[1] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "A. Maker (1999), “The river,” Journal of Rivers, pp. 3, https://example.org",
        "Ministry of Rivers, Joint Statement on the Bank, 12 May 1999, https://example.org/bank.",
        "[12] Ministry of Rivers. The bank of the river. https://example.org/bank",
        "B. Writer, “The bank.” www.example.org/bank",
        "Maker, A. (1999). The river. https://example.org/river",
    ],
)
def test_an_entry_of_a_bibliography_does_not_speak(line: str) -> None:
    assert kinds(f"The River\n\nKenya attacked Uganda.\n\n{line}\n\nUganda answered.")[2] == "reference"


def test_prose_with_a_link_after_a_list_of_references_speaks() -> None:
    prose = "Kenya attacked Uganda. " * 14 + "The list is at https://example.org and goes on."
    assert (
        kinds(f"Kenya left.\n\nReferences\n\nA. Maker (1999), “The river,” Rivers.\n\n{prose}")[-1] == "body"
    )


def test_a_title_has_no_signs_of_markdown() -> None:
    assert (
        make_document("# The river treaty\n\nKenya and Uganda signed it in 1999.").title == "The river treaty"
    )
