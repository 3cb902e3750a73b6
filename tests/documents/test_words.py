"""The words that the rules look at are the parser's, with its tree."""

import pytest

from comity.documents import RulesCoder
from comity.documents.words import words_of

TEXT = (
    "Kenya and Uganda, which had met in Nairobi, signed and ratified a pact. They didn't say that "
    "it, or any of its parts, was binding. 🙂 Peace!"
)


@pytest.mark.parametrize("text", [TEXT, "No.", "\u202bשלום\u202c Kenya aided Uganda.", ""])
def test_every_word_stands_in_the_tree_as_the_parser_put_it(coder: RulesCoder, text: str) -> None:
    parsed = coder.nlp(text)
    words = words_of(parsed)
    assert len(words) == len(parsed)
    for word, token in zip(words, parsed, strict=True):
        for name in ("i", "idx", "text", "lower_", "lemma_", "dep_", "pos_", "tag_", "is_punct"):
            assert getattr(word, name) == getattr(token, name)
        assert (word.head.i, len(word)) == (token.head.i, len(token))
        for name in ("children", "subtree", "ancestors", "conjuncts"):
            assert [one.i for one in getattr(word, name)] == [one.i for one in getattr(token, name)], name
