"""One sentence with its dates: which of them is an act's, and the words from one place to another."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from comity.documents.account import Account
from comity.documents.act import WARS, Act
from comity.documents.candidate import UNDATED, Quotation
from comity.documents.dates import DateMention
from comity.documents.events import ActReader
from comity.documents.parties import Sentence, Token
from comity.documents.reflow import Reflow
from comity.provenance import Dating


class Dated:
    """One sentence, its acts and its dates."""

    def __init__(self, reading: Account, view: Reflow, sentence: Sentence, dates: list[DateMention]) -> None:
        self.reading, self.view, self.sentence, self.printed = reading, view, sentence, dates
        self.block = view.blocks[0]
        self.lexicon = reading.gazetteer.lexicon
        self.reader = ActReader(sentence, self.lexicon, reading.acts, reading.topic)

    def quotation(self, tokens: Iterable[int], dates: Iterable[DateMention] = ()) -> Quotation:
        """The words from the first to the last of some tokens, with the dates."""
        words = self.sentence.tokens
        places = sorted(tokens)
        first, last = words[places[0] - words[0].i], words[places[-1] - words[0].i]
        start, end = first.idx, last.idx + len(last)
        mention = self.sentence.inside.get(first.i)
        start = min(start, mention.start) if mention else start
        mention = self.sentence.inside.get(last.i)
        end = max(end, mention.end) if mention else end
        for one in dates:
            start, end = min(start, one.start + _blank(self.view.text, one)), max(end, one.end)
        return self.words(start, end)

    def words(self, start: int, end: int) -> Quotation:
        """The words at a place of the view."""
        text = self.view.text[start:end]
        return Quotation(text, self.view.origin[start])

    def _datings(self, act: Act, acts: list[Act]) -> Iterator[tuple[Dating, list[DateMention]]]:
        """The dates of an act: its own, several if coordinated, else the one last spoken of."""
        own = self._own_dates(act, acts)
        if own:
            for one in own:
                basis = one.dating
                yield basis, [one]
            return
        if act.aux == "future" or not act.noun:
            before = self.reading.spoken_of
            if before is not None and not _present(act.token) and self._goes_on(act):
                yield replace(before, basis="context"), []
                return
        yield UNDATED, []

    def _begins(self, noun: Token) -> bool:
        """ "The war began in May": the date of the verb is that of the noun."""
        verb = noun.head
        known = self.lexicon.operators.get(verb.lemma_.lower(), ())
        plain = verb.lemma_ in ("occur", "happen", "erupt", "end") or any(
            one.operator == "aspect" for one in known
        )
        return noun.dep_ in ("nsubj", "nsubjpass") and plain

    def _goes_on(self, act: Act) -> bool:
        """Whether an act has an actor in common with what the paragraph told before."""
        told = {
            p.actor for one in self.reading.acts for p in (*one.senders, *one.receivers) if one is not act
        }
        return bool(told & {p.actor for p in (*act.senders, *act.receivers)})

    def _own_dates(self, act: Act, acts: list[Act]) -> list[DateMention]:
        scored = []
        others = {one.token.i for one in acts if one.token.i != act.token.i}
        above = {one.i for one in act.token.ancestors}
        for one in self.printed:
            token = self._token_at(one)
            if token is None or one.is_deadline:
                continue
            path = [token, *token.ancestors]
            places = [step.i for step in path]
            if act.token.i in places:
                up = places[: places.index(act.token.i)]
                score = len(up) + 20 * min(len(others & set(up)), 1)
            else:
                common = next((i for i, place in enumerate(places) if place in above), None)
                if common is None:
                    continue
                between = set(
                    places[: common + act.noun]
                )  # a noun's date is not that of the act it stands under
                own = places[common] in others and places[common] < token.i < act.token.i
                score = 10 + common + 30 * len(others & between) + 30 * own
                if act.noun and act.event_type in WARS and not self._begins(act.token):
                    continue  # a war that is spoken of later keeps its own date
            if score < 30:
                scored.append((score, one))
        if not scored:
            return []
        best = min(scored, key=lambda pair: (pair[0], pair[1].start))[1]
        return [best, *self._coordinated(best)]

    def _coordinated(self, one: DateMention) -> list[DateMention]:
        """ "In April 2022 and April 2023": two days, two acts."""
        found = []
        end = one.end
        for other in self.printed:
            between = self.view.text[end : other.start].strip() if other.start >= end else ""
            if between in ("and", ",", ", and", "and in") and other.dating.precision == one.dating.precision:
                found.append(other)
                end = other.end
        return found

    def _token_at(self, one: DateMention) -> Token | None:
        start = one.start + _blank(self.view.text, one)
        inside = [token for token in self.sentence.tokens if start <= token.idx < one.end]
        places = {token.i for token in inside}
        return next(
            (token for token in inside if token.head.i not in places or token.head.i == token.i), None
        )


def _present(token: Token) -> bool:
    """Whether it is told of now: "is", "has been", "continues"."""
    return token.tag_ in ("VBZ", "VBP") or any(
        c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in token.children
    )


def _blank(text: str, one: DateMention) -> int:
    printed = text[one.start : one.end]
    return len(printed) - len(printed.lstrip(" -"))
