"""One sentence told as rows: its acts with their dates, its promises, its quotations."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from comity.documents.act import POSSIBLE, Act
from comity.documents.amounts import Amount
from comity.documents.candidate import Draft
from comity.documents.dates import DateMention
from comity.documents.grammar import passive
from comity.documents.parties import Party, Token
from comity.documents.promises import PROMISING, as_of, deadline_of, pledge_kind, stage_of
from comity.documents.quoting import Quoting
from comity.events import load_ontology
from comity.provenance import Dating

REMEMBERED: Final = 60  # acts of a paragraph that later ones may refer to


class Teller(Quoting):
    """One sentence: its acts, promises and quotations, as drafts."""

    def tell(self) -> None:
        """Add this sentence's drafts."""
        if self.block.kind == "title":
            return
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

    def _event(self, act: Act, dating: Dating, printed: list[DateMention]) -> Draft:
        ontology = load_ontology()
        kind = ontology.type_of(
            act.event_type, act.mode if (act.event_type, act.mode) in ontology.plover else ""
        )
        agents = [tuple(one.agent for one in side if one.agent) for side in (act.senders, act.receivers)]
        said_by = self._said_by(act.token)
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
            holder=said_by[-1] if said_by else self.block.holder,
            reported_by=said_by[:-1],
            by_noun=act.noun,
            nonstate=any(one.side == "nonstate" for one in (*act.senders, *act.receivers)),
        )

    def _said_by(self, token: Token) -> tuple[str, ...]:
        """Who says that it happened, the outermost first: "A reports that B believes that ..."."""
        holding = self.lexicon.reporting["verb"] | self.lexicon.words["hold"]
        layers: list[str] = []
        inner = token
        for above in token.ancestors:
            if inner.dep_ == "ccomp" and above.lemma_.lower() in holding:
                speakers = self.reader.subject(above)
                layers += [speakers[0].agent or speakers[0].actor] if speakers else []
            inner = above
        return tuple(reversed(layers))

    def _hedged(self, token: Token) -> bool:
        above = [token, *list(token.ancestors)[:3]]
        for one in above:  # "seems to have bombed", "is reported to have bombed"
            head = one.head
            if one.dep_ == "xcomp" and head.lemma_.lower() in self.lexicon.hedges:
                return True
            told = head.lemma_.lower() in self.lexicon.reporting["verb"] | self.lexicon.words["hold"]
            if one.dep_ == "xcomp" and told and passive(head):
                return True
        return any(c.lower_ in self.lexicon.hedges for one in above for c in one.children)

    # promises

    def _promises(self, acts: list[Act]) -> Iterator[Draft]:
        """What is owed: every amount in a promising context, and every promise without one."""
        told: set[int] = set()
        span = self.sentence.span
        for amount in self.reading.amounts.find(span.text):
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
            denominator=amount.denominator if amount else "",
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


def _lasting(act: Act) -> bool:
    """A signature, a membership, a mission: what changes a standing arrangement."""
    return act.event_type == "SUPPORT" and act.token.lemma_ in (
        "sign", "conclude", "ratify", "establish", "re-establish", "join", "adopt", "recognize", "recognise",
        "accede", "restore", "normalize", "agreement", "treaty", "pact", "open", "enter",
    )  # fmt: skip
