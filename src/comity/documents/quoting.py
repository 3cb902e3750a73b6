"""The quotations of one sentence: what stands in marks, and what somebody is reported to have said."""

from collections.abc import Iterator
from typing import Any, Final

from comity.documents.act import Act
from comity.documents.candidate import UNDATED, Draft
from comity.documents.dated import Dated
from comity.documents.parties import Party, Token
from comity.documents.speech import Marked, Saying, find_marked, is_naming, is_term, venue_of

SHORTEST: Final = 4  # words of a reported clause that is kept as one
LONGEST: Final = 1_600  # characters of a quotation that goes on after its first sentence


class Quoting(Dated):
    """Tells who said what."""

    def _quotations(self) -> Iterator[Draft]:
        span = self.sentence.span
        if self.block.kind == "question":
            yield self._asked(span)
            return
        start, told = span.start_char, []
        for marked in find_marked(self.view.text[start : span.end_char + LONGEST], span.end_char - start):
            told.append(Marked(marked.start + start, marked.end + start))
            yield self._quoted(told[-1])
        for verb in self.sentence.tokens:
            yield from self._indirect(verb, told)

    def _asked(self, span: Any) -> Draft:
        words = self.words(span.start_char, span.start_char + len(span.text.rstrip()))
        return Draft(
            "quote",
            (words,),
            quote_mode="question",
            speaker_name=self.block.holder,
            holder=self.block.holder,
            said=words,
        )

    def _quoted(self, marked: Marked) -> Draft:
        text = self.view.text
        words = text[marked.start : marked.end]
        saying = self._saying(marked)
        mode = saying.mode
        if is_naming(text, marked.start) or is_term(words, saying):
            mode = "term"
        span = self.sentence.span
        start = marked.start
        if saying.token is not None:
            places = [
                saying.token.i,
                *(one.token for one in saying.speakers if span.start <= one.token < span.end),
            ]
            start = min(start, *(self.sentence.tokens[place - span.start].idx for place in places))
        if saying.name:
            start = min(start, max(span.start_char, text.find(saying.name, span.start_char)))
        dating = UNDATED
        if saying.token is not None:
            made = Act(saying.token, "STATEMENT", "", saying.speakers, ())
            dating = next(iter(self._datings(made, [made])))[0]
        registry = self.reading.gazetteer.registry
        return Draft(
            "quote",
            (self.words(start, max(marked.end, start + 1)),),
            dating=dating,
            holder=self.block.holder,
            speakers=tuple(one.agent if one.agent in registry else one.actor for one in saying.speakers),
            speaker_name=saying.name,
            quote_mode=mode,
            venue=venue_of(saying.token) if saying.token is not None else "",
            said=self.words(marked.start, marked.end),
        )

    def _indirect(self, verb: Token, told: list[Marked]) -> Iterator[Draft]:
        """ "He said that ...": what somebody is reported to have said, without marks."""
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in self.lexicon.reporting["verb"]:
            return
        speakers = self.reader.subject(verb)
        for clause in verb.children if speakers else ():
            words = [one for one in clause.subtree if not one.is_punct]
            if clause.dep_ != "ccomp" or len(words) < SHORTEST or clause.i < verb.i:
                continue
            said = self.words(words[0].idx, words[-1].idx + len(words[-1]))
            end = words[-1].idx + len(words[-1])
            if any(one.start < end and words[0].idx < one.end for one in told):
                continue  # partly in marks, and told there
            made = Act(verb, "STATEMENT", "", tuple(speakers), ())
            registry = self.reading.gazetteer.registry
            yield Draft(
                "quote",
                (self.words(min(verb.idx, words[0].idx), end),),
                dating=next(iter(self._datings(made, [made])))[0],
                holder=self.block.holder,
                speakers=tuple(one.agent if one.agent in registry else one.actor for one in speakers),
                quote_mode="indirect",
                venue=venue_of(verb),
                said=said,
            )

    def _unknown(self, subject: Token, speakers: list[Party], marked: Marked) -> str:
        """The printed name of a speaker whom nothing but the words in marks ties to a state."""
        registry = self.reading.gazetteer.registry
        if subject.pos_ != "PROPN" or any(not one.agent or one.agent in registry for one in speakers):
            return ""
        states = {one.actor for one in speakers}
        if any(
            one.stands_for in states and not marked.start <= one.start < marked.end
            for one in self.sentence.mentions
        ):
            return ""
        words = [c for c in subject.children if c.i < subject.i and c.dep_ == "compound"]
        first = min((one.idx for one in words), default=subject.idx)
        return self.view.text[first : subject.idx + len(subject)]

    def _saying(self, marked: Marked) -> Saying:
        """The verb or noun that brings a quotation in, and who speaks."""
        lexicon = self.lexicon
        inside = [one for one in self.sentence.tokens if marked.start <= one.idx < marked.end]
        places = {one.i for one in inside}
        first = next((one for one in inside if one.head.i not in places), inside[0] if inside else None)
        if first is None:
            return Saying(None, (), "term")
        outside = [one for one in first.ancestors if one.i not in places]
        near = sorted(
            (one for one in self.sentence.tokens if one.i not in places),
            key=lambda one: abs(one.idx - marked.start),
        )
        verbs = [
            one
            for one in [*outside, *near]
            if one.pos_ == "VERB" and one.lemma_.lower() in lexicon.reporting["verb"]
        ]
        nouns = [
            one
            for one in [*outside, *near[:12]]
            if one.pos_ == "NOUN" and one.lemma_.lower() in lexicon.reporting["noun"]
        ]
        if first.pos_ == "VERB" and len(inside) <= 2:  # one “urged” the other
            verbs.insert(0, first)
        for noun in nouns:
            owners = self.reader.owner(noun)
            if owners and abs(noun.idx - marked.start) < 60:
                return Saying(noun, tuple(owners), "direct")
        for verb in verbs:
            speakers = self.reader.subject(verb)
            subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            paper = subject is not None and self.reader.is_paper(subject)
            if subject is not None and (name := self._unknown(subject, speakers, marked)):
                return Saying(verb, (), "direct", name)
            if speakers:
                return Saying(verb, tuple(speakers), "document" if paper else "direct")
        for verb in [one for one in outside if one.pos_ in ("VERB", "AUX")]:
            speakers = self.reader.subject(verb)
            subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if speakers and subject is not None and len(inside) > 1:
                return Saying(
                    verb, tuple(speakers[:2]), "document" if self.reader.is_paper(subject) else "direct"
                )
        return Saying(None, (), "direct")
