"""The words of a parsed text as plain values: asked for often, they answer faster than the parser's."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

_ASKED: Final = ["HEAD", "IDX", "LENGTH", "IS_PUNCT", "LOWER", "LEMMA", "DEP", "POS", "TAG"]


class Word:
    """A word and its place in the parse, under the names that spaCy gives them."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "is_punct", "lemma_", "lower_", "pos_", "tag_", "text",
    )  # fmt: skip
    doc: Any
    head: "Word"
    children: tuple["Word", ...]

    def __init__(
        self, i: int, idx: int, text: str, mark: int, lower: str, lemma: str, dep: str, pos: str, tag: str
    ) -> None:
        self.i, self.idx, self.text, self.is_punct = i, idx, text, bool(mark)
        self.lower_, self.lemma_, self.dep_, self.pos_, self.tag_ = lower, lemma, dep, pos, tag

    def __len__(self) -> int:
        return len(self.text)

    @property
    def ancestors(self) -> Iterator["Word"]:
        """The words above, the nearest first."""
        one = self
        while one.head is not one:
            one = one.head
            yield one

    @property
    def subtree(self) -> Iterator["Word"]:
        """The word and all below it, in the order of the text."""
        for one in self.children:
            if one.i < self.i:
                yield from one.subtree
        yield self
        for one in self.children:
            if one.i > self.i:
                yield from one.subtree

    @property
    def conjuncts(self) -> tuple["Word", ...]:
        """The words coordinated with it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for one in found:
            found += [child for child in one.children if child.dep_ == "conj" and child.i > one.i]
        return tuple(one for one in found if one is not self)


def words_of(parsed: Any) -> list[Word]:
    """Give the words of a parsed text; the head of a sentence's root is the root itself."""
    strings, text = parsed.vocab.strings, parsed.text
    up, places, lengths, marks, *coded = parsed.to_array(_ASKED).astype("int64").T.tolist()
    known = {code: strings[code % 2**64] for codes in coded for code in set(codes)}
    named = ([known[code] for code in codes] for codes in coded)
    texts = (text[place : place + length] for place, length in zip(places, lengths, strict=True))
    words = list(map(Word, count(), places, texts, marks, *named))
    below: list[list[Word]] = [[] for _ in words]
    for i, one in enumerate(words):
        above = i + up[i]
        one.doc, one.head = parsed, words[above]
        if above != i:
            below[above].append(one)
    for one, children in zip(words, below, strict=True):
        one.children = tuple(children)
    return words
