"""The acts that nouns name: an invasion, talks, a summit, the adoption of a strategy."""

from dataclasses import dataclass, field, replace

from comity.documents.act import Act, one_each
from comity.documents.criticism import Criticism
from comity.documents.grammar import growing
from comity.documents.lexicon import Noun
from comity.documents.parties import Party, Token


@dataclass
class Nouns(Criticism):
    """Reads the acts that nouns name."""

    _done: set[int] = field(init=False, default_factory=set)

    def _noun(self, noun: Token) -> list[Act]:
        entry = self._noun_entry(noun)
        if entry is None or not entry.alone or not entry.event_type:
            return []
        if entry.noun_class == "adoption":
            return self._adoption(noun, entry)
        if noun.i in self.sentence.inside and noun.pos_ == "PROPN" and noun.i in self.sentence.heads:
            return []
        senders = self._noun_senders(noun, entry)
        if entry.joint and (pair := self._between(noun)) and entry.noun_class != "war":
            senders = pair
        receivers = self._noun_receivers(noun, entry, senders)
        if not receivers and noun.dep_ == "nsubj" and entry.noun_class in ("test", "troops"):
            receivers = self._receivers(noun.head, ("over", "near"), None, apart=senders)
        if entry.noun_class in ("work", "aid", "support") and not growing(noun):
            topic = self._act(
                noun,
                entry.event_type,
                entry.mode,
                senders,
                receivers,
                joint=entry.joint,
                object=None,
                noun=True,
            )
            self.before += [topic] if topic else []  # what the paragraph is about, told by its verbs
            return []
        if not senders and receivers and entry.event_type in ("ASSAULT", "COERCE"):
            return [
                Act(
                    noun,
                    entry.event_type,
                    entry.mode,
                    (),
                    tuple(receivers),
                    noun=True,
                    aux=self._aux(noun),
                    tokens=(noun.i, *(r.token for r in receivers)),
                )
            ]
        if entry.joint and not senders and not receivers and self._taken_up(noun, entry):
            senders = self._pair_before()
        if entry.noun_class == "summit" and not receivers and len({one.actor for one in senders}) == 1:
            return self._gathering(noun, entry, senders)
        act = self._act(
            noun, entry.event_type, entry.mode, senders, receivers, joint=entry.joint, object=None, noun=True
        )
        if act and act.mode == "expel" and any(one.side == "nonstate" for one in act.receivers):
            act = replace(act, event_type="COERCE", mode="deport")
        if act and any(c.tag_ == "PRP$" for c in noun.children):
            act = replace(act, pointed=True)
        return [self._with_aux(act, noun)] if act else []

    def _taken_up(self, noun: Token, entry: Noun) -> bool:
        """ "These consultations marked a turn": told again, of the two who were spoken of."""
        determined = any(c.lower_ in ("these", "this", "such", "the") for c in noun.children)
        subject = noun.dep_ in ("nsubj", "nsubjpass")
        return determined and subject and entry.noun_class in ("talks", "exercise")

    def _gathering(self, noun: Token, entry: Noun, senders: list[Party]) -> list[Act]:
        """ "The NATO summit in June was held": a meeting of a group, where nothing else is told of it."""
        groups = [one for one in senders if one.token >= 0 and self._is_group(one)]
        if not groups or noun.dep_ not in ("nsubj", "nsubjpass", "ROOT", "attr"):
            return []
        used = (noun.i, *(one.token for one in groups))
        act = Act(noun, entry.event_type, entry.mode, tuple(groups), (), noun=True, tokens=used)
        return [self._with_aux(act, noun)]

    def _is_group(self, party: Party) -> bool:
        mention = self.sentence.inside.get(party.token)
        return mention is not None and mention.kind in ("alliance", "organisation", "group")

    def _adoption(self, noun: Token, entry: Noun) -> list[Act]:
        """ "The adoption of A's strategy": agreed on by its signers."""
        for preposition in noun.children:
            for paper in preposition.children if preposition.lower_ == "of" else ():
                if not self._is_paper(paper):
                    continue
                signers = one_each(self._signers(paper))
                used = (noun.i, paper.i, *(one.token for one in signers if one.token >= 0))
                if signers:
                    both = len(signers) > 1
                    return [Act(noun, entry.event_type, "", tuple(signers), (), both, "", True, used)]
        return []

    def _speaks(self, verb: Token) -> bool:
        """Whether the subject of a verb is a document."""
        return any(c.dep_ == "nsubj" and self._is_paper(c) for c in verb.children)

    def _evolving(self, verb: Token) -> list[Act]:
        """ "Relations between A and B deepened": the two did it."""
        if verb.lemma_ not in self.lexicon.words["evolve"] or self._objects(verb):
            return []
        for noun in verb.children:
            if noun.dep_ == "nsubj" and (self._is(noun, "tie") or self._is(noun, "work")):
                pair = self._between(noun)
                act = self._act(verb, "COOPERATE", "", pair, [], joint=True, object=noun) if pair else None
                if act:
                    self._done.add(noun.i)
                    return [self._timed(act, verb)]
        return []
