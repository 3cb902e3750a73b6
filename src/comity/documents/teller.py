"""One sentence told as rows: its acts with their dates, its promises, its quotations."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from comity.documents.account import Account
from comity.documents.act import POSSIBLE, WARS, Act
from comity.documents.amounts import Amount, find_amounts
from comity.documents.candidate import UNDATED, Draft, Quotation
from comity.documents.dates import DateMention
from comity.documents.events import ActReader
from comity.documents.parties import Party, Sentence, Token
from comity.documents.promises import PROMISING, as_of, deadline_of, pledge_kind, stage_of
from comity.documents.reflow import Reflow
from comity.documents.speech import Marked, Saying, find_marked, is_naming, is_term, venue_of
from comity.events import load_ontology
from comity.provenance import Dating

REMEMBERED: Final = 60  # acts of a paragraph that later ones may refer to
LONGEST: Final = 1_600  # characters of a quotation that goes on after its first sentence


class Teller:
    """One sentence: its acts, promises and quotations, as drafts."""

    def __init__(self, reading: Account, view: Reflow, sentence: Sentence, dates: list[DateMention]) -> None:
        self.reading, self.view, self.sentence, self.printed = reading, view, sentence, dates
        self.block = view.blocks[0]
        self.lexicon = reading.gazetteer.lexicon

    def tell(self) -> None:
        """Add this sentence's drafts."""
        if self.block.kind == "title":
            return
        self.reader = ActReader(self.sentence, self.lexicon, self.reading.acts, self.reading.topic)
        acts = self.reader.acts()
        acts = [one for one in acts if one.aux != POSSIBLE]
        self.reading.acts += acts
        del self.reading.acts[:-REMEMBERED]
        if not acts and self.reading.lone and (remark := self.reader.remark()):
            acts = [remark]
        question = self.block.kind == "question" or self.sentence.span.text.rstrip().endswith("?")
        for act in acts:
            if question and not act.noun:
                continue
            if not act.senders or (act.pointed and act.event_type in ("ASSAULT", "COERCE")):
                self.reading.agentless += [(act, self._event(act, *one)) for one in self._datings(act, acts)]
                continue
            for dating, printed in self._datings(act, acts):
                self.reading.drafts.append(self._event(act, dating, printed))
        self.reading.drafts += self._promises(acts)
        self.reading.drafts += self._quotations()

    # promises

    def _promises(self, acts: list[Act]) -> Iterator[Draft]:
        """What is owed: every amount in a promising context, and every promise without one."""
        told: set[int] = set()
        span = self.sentence.span
        for amount in find_amounts(span.text):
            token = next(
                (one for one in self.sentence.tokens if one.idx + len(one) > span.start_char + amount.start),
                None,
            )
            if token is None:
                continue
            above = [token, *token.ancestors]
            act = next((a for one in above for a in acts if a.token.i == one.i), None)
            promising = act is not None and act.event_type in (*PROMISING, "COOPERATE", "SUPPORT")
            if not promising and not any(
                one.lemma_.lower() in self.lexicon.words["aim"] for one in (*above, *self.sentence.tokens)
            ):
                continue
            if act is not None:
                told.add(act.token.i)
            yield self._pledge(amount, act, token)
        for act in acts:
            if act.token.i not in told and act.event_type in PROMISING and act.senders and not act.noun:
                yield self._pledge(None, act, act.token)

    def _pledge(self, amount: Amount | None, act: Act | None, token: Token) -> Draft:
        base = self.sentence.span.start_char
        owed_by = act.senders if act else self._who(token)
        owed_to = act.receivers if act else ()
        if amount is not None and amount.unit.startswith(("percent", "world_rank")):
            owed_to = owed_by
        placed = None if amount is None else replace(amount, start=amount.start + base, end=amount.end + base)
        actors = tuple(one.actor for one in owed_by)
        deadline = deadline_of(self.printed, self.view.text, actors, placed)
        if act is not None and act.aux == "future" and deadline is None and placed is None:
            deadline = next((one.dating for one in self._own_dates(act, [act])), None)
        tokens = {token.i, *(act.tokens if act else ())}
        quotation = self.quotation(tokens, [one for one in self.printed if one.is_deadline])
        if placed is not None:
            start = min(self.view.text.index(quotation.words, base), placed.start)
            end = max(self.view.text.index(quotation.words, base) + len(quotation.words), placed.end)
            quotation = self.words(start, end)
        return Draft(
            "pledge",
            (quotation,),
            actors,
            tuple(one.actor for one in owed_to),
            tuple(one.agent for one in owed_by if one.agent),
            tuple(one.agent for one in owed_to if one.agent),
            reciprocal=act.reciprocal if act else False,
            aux=act.aux if act else "",
            holder=self.block.holder,
            modality="hedged" if self._hedged(token) else "asserted",
            pledge_kind=pledge_kind(amount, act),
            quantity=amount.quantity if amount else None,
            bound=amount.bound if amount else "exact",
            unit=amount.unit if amount else "",
            currency=amount.currency if amount else "",
            deadline=deadline,
            as_of=as_of(self.printed),
            stage=stage_of(act),
        )

    def _who(self, token: Token) -> tuple[Party, ...]:
        """Who owes what stands at a token: the subject of the nearest verb that has one."""
        for one in token.ancestors:
            if one.pos_ in ("VERB", "AUX"):
                found = self.reader.subject(one)
                if found:
                    return tuple(found)
        topic = self.reading.memory.last("state")
        return (Party(topic.stands_for),) if topic and topic.stands_for else ()

    # quotations

    def _quotations(self) -> Iterator[Draft]:
        span = self.sentence.span
        if self.block.kind == "question":
            yield self._asked(span)
            return
        for marked in find_marked(self.view.text[span.start_char : span.end_char + LONGEST]):
            if marked.start < span.end_char - span.start_char:
                start = span.start_char
                yield self._quoted(Marked(marked.start + start, marked.end + start))

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
            start = min(start, *(span.doc[place].idx for place in places))
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
            quote_mode=mode,
            venue=venue_of(saying.token) if saying.token is not None else "",
            said=self.words(marked.start, marked.end),
        )

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

    # places

    def quotation(self, tokens: Iterable[int], dates: Iterable[DateMention] = ()) -> Quotation:
        """The words from the first to the last of some tokens, with the dates."""
        span = self.sentence.span
        base = span.start
        places = sorted(tokens)
        first, last = span[places[0] - base], span[places[-1] - base]
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

    def _event(self, act: Act, dating: Dating, printed: list[DateMention]) -> Draft:
        ontology = load_ontology()
        kind = ontology.type_of(
            act.event_type, act.mode if act.mode in ontology.modes(act.event_type) else ""
        )
        agents = [tuple(one.agent for one in side if one.agent) for side in (act.senders, act.receivers)]
        return Draft(
            "event",
            (self.quotation(act.tokens, printed),),
            tuple(one.actor for one in act.senders),
            tuple(one.actor for one in act.receivers),
            agents[0],
            agents[1],
            act.reciprocal,
            act.event_type,
            act.mode,
            "institutions" if _lasting(act) else kind.kind,
            act.sign,
            act.aux,
            dating,
            modality="hedged" if self._hedged(act.token) else "asserted",
            holder=self.block.holder,
            by_noun=act.noun,
            nonstate=any(one.side == "nonstate" for one in (*act.senders, *act.receivers)),
        )

    def _hedged(self, token: Token) -> bool:
        above = [token, *list(token.ancestors)[:3]]
        return any(c.lower_ in self.lexicon.hedges for one in above for c in one.children)

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
            between = self.view.text[end : other.start + 1].strip() if other.start >= end else ""
            if between in ("and", ",", ", and", "and in") and other.dating.precision == one.dating.precision:
                found.append(other)
                end = other.end
        return found

    def _token_at(self, one: DateMention) -> Token | None:
        start = one.start + _blank(self.view.text, one)
        inside = [token for token in self.sentence.tokens if start <= token.idx < one.end]
        places = {token.i for token in inside}
        return next((token for token in inside if token.head.i not in places), None)


def _lasting(act: Act) -> bool:
    """A signature, a membership, a mission: what changes a standing arrangement."""
    return act.event_type == "SUPPORT" and act.token.lemma_ in (
        "sign", "conclude", "ratify", "establish", "re-establish", "join", "adopt", "recognize", "recognise",
        "accede", "restore", "normalize", "agreement", "treaty", "pact", "open", "enter",
    )  # fmt: skip


def _present(token: Token) -> bool:
    """Whether it is told of now: "is", "has been", "continues"."""
    return token.tag_ in ("VBZ", "VBP") or any(
        c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in token.children
    )


def _blank(text: str, one: DateMention) -> int:
    printed = text[one.start : one.end]
    return len(printed) - len(printed.lstrip(" -"))
