"""Who acts and who is acted upon, by the place of names around a verb or a noun."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from comity.documents.clause import Clause
from comity.documents.grammar import passive, singular
from comity.documents.lexicon import Noun
from comity.documents.parties import ACTING, Party, Token

_DATE: Final = re.compile(r"(?:1[89]|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}")
SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj")


@dataclass
class Roles(Clause):
    """Finds the parties of what a verb or a noun says."""

    # who

    def _senders(self, verb: Token, depth: int = 0) -> list[Party]:
        """The parties of a verb's subject; of a passive's agent."""
        if depth > 6:
            return []
        if passive(verb):
            for child in verb.children:
                if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                    return self._prep_objects(child)
            return []
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                if (
                    child.pos_ == "PRON"
                    and verb.dep_ == "ccomp"
                    and child.lower_ in ("it", "they", "he", "she", "we")
                ):
                    said = self._operator(verb.head)
                    speakers = self._acting(verb.head, depth) if said and said.operator == "say" else []
                    if speakers:
                        return speakers
                found = self.sentence.parties(child)
                if found or child.dep_ != "nsubj":
                    return found
                return self._subject_noun(child)
        return self._after_date(verb) or self._controller(verb, depth)

    def _after_date(self, verb: Token) -> list[Party]:
        """ "In 2014 Kenya signed": a subject that the parser took for a part of the date before it."""
        for child in verb.children:
            if child.dep_ != "prep" or child.i > verb.i or child.lower_ not in ("in", "on", "by"):
                continue
            for noun in child.children:
                counted = (c for c in noun.children if c.dep_ == "nummod" and c.i < noun.i)
                if noun.i in self.sentence.heads and any(_DATE.fullmatch(c.lower_) for c in counted):
                    return self.sentence.parties(noun)
        return []

    def _subject_noun(self, noun: Token) -> list[Party]:
        """ "Talks between A and B began", "the visit of A": who acts in a noun that is a subject."""
        entry = self._noun_entry(noun)
        if self._is_paper(noun):
            return self._signers(noun)
        if entry is not None and entry.event_type:
            return self._between(noun) or self._noun_senders(noun, entry) or self._prepositional(noun, "by")
        found: list[Party] = []
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "in"):
                found = found or [
                    p for p in self._prep_objects(child) if not p.capital or child.lower_ == "of"
                ]
        return found

    def _controller(self, verb: Token, depth: int) -> list[Party]:
        head = verb.head
        if head.i == verb.i:
            return []
        if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
            if passive(head):
                return [p for c in head.children if c.dep_ == "nsubjpass" for p in self.sentence.parties(c)]
            return self._senders(head, depth + 1)
        if verb.dep_ in ("xcomp", "ccomp"):
            operator = self._operator(head)
            if operator and operator.operator in ("demand", "enable"):
                found = [p for o in self._objects(head) for p in self.sentence.parties(o)]
                if found:
                    return found
            return self._acting(head, depth)
        if verb.dep_ in ("advcl", "dep", "parataxis"):
            return self._acting(head, depth) if head.pos_ in ("VERB", "AUX") else []
        if verb.dep_ == "pcomp":
            up = head.head
            while up.dep_ in ("prep", "pcomp") and up.pos_ == "ADP" and up.head.i != up.i:
                up = up.head
            if up.lemma_ == "include" and up.head.i != up.i:
                up = up.head
            if up.pos_ in ("VERB", "AUX"):
                kept = self._operator(up)
                if kept and kept.operator == "fail" and kept.needs:  # "prevented A from attacking"
                    return [p for one in self._objects(up) for p in self.sentence.parties(one)]
                return self._acting(up, depth)
            return self._owner(up, depth)
        if (
            verb.dep_ in ("acl", "relcl")
            and any(c.tag_ == "TO" for c in verb.children)
            and head.lemma_ in self.lexicon.agents
        ):
            if head.dep_ == "attr":
                return self._acting(head.head, depth)
            return self.sentence.parties(head)
        if verb.dep_ == "acl":
            return (
                self.sentence.parties(head)
                if verb.tag_ == "VBG" and head.i in self.sentence.inside
                else self._owner(head, depth)
            )
        return []

    def _acting(self, verb: Token, depth: int) -> list[Party]:
        """The subject of a verb, passive or not."""
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return self.sentence.parties(child)
        return self._senders(verb, depth + 1)

    def _owner(self, noun: Token, depth: int) -> list[Party]:
        """Whose bid, effort, decision it is; else who acts in the clause around it."""
        for child in noun.children:
            if child.dep_ == "poss":
                return self.sentence.parties(child)
        above = noun
        for _ in range(4):
            above = above.head
            if above.pos_ in ("VERB", "AUX"):
                return self._acting(above, depth)
        return []

    # to whom

    def _receivers(
        self,
        verb: Token,
        slots: tuple[str, ...],
        object: Token | None,
        *,
        apart: Iterable[Party],
        deep: bool = False,
    ) -> list[Party]:
        names = {(one.actor, one.side) for one in apart}
        states = {one.actor for one in apart}
        for slot in slots:
            if slot == "obj":
                found = [p for one in self._objects(verb) for p in self._object_parties(one)]
            elif slot == "iobj":
                found = [
                    p
                    for c in verb.children
                    if c.dep_ in ("dative", "iobj") and c.pos_ != "ADP"
                    for p in self.sentence.parties(c)
                ]
            else:
                found = self._prepositional(verb, slot)
                for other in verb.conjuncts:  # "donated and delivered goods to"
                    if not found and other.pos_ == "VERB" and other.i > verb.i:
                        found = self._prepositional(other, slot)
                if not found:
                    for one in [object] if object is not None else self._objects(verb):
                        found = found or self._prepositional(one, slot)
            found = [one for one in found if (one.actor, one.side) not in names]
            others = [one for one in found if one.actor not in states]
            if others or found:
                return others or found
        return self._pointed_at(verb, states)

    def _pointed_at(self, verb: Token, states: set[str]) -> list[Party]:
        """ "Sent the country aid", "sent no troops there": the last one named, but not the sender."""
        for one in verb.children:
            if one.dep_ == "advmod" and one.lower_ == "there":
                return self.sentence.place_before(one, frozenset(states))
            if one.dep_ in ("dative", "dobj", "iobj") and one.pos_ == "NOUN":
                parsed_as_one = [c for c in one.children if c.dep_ == "compound"]  # "sent the country aid"
                for noun in (one, *parsed_as_one):
                    if found := self.sentence.pointing(noun, frozenset(states)):
                        return found
        return []

    def _object_parties(self, object: Token) -> list[Party]:
        entry = self._noun_entry(object)
        if entry is None or entry.noun_class not in ("talks", "summit", "statement", "document", "exercise"):
            return self.sentence.parties(object, deep=True)
        found = [one for one in self.sentence.parties(object) if not one.capital]
        for slot in ("of", "with", "between"):
            found = found or self._prepositional(object, slot)
        if not found:  # "a meeting on X held at the Y summit"
            named = [self.sentence.inside.get(one.i) for one in object.subtree]
            orgs = [
                m
                for m in named
                if m and m.kind in ("alliance", "organisation", "group", "body") and m.stands_for
            ]
            found = [Party(m.stands_for, "", "state", object.i) for m in orgs[:1] if m.stands_for]
        return found

    def _prepositional(self, token: Token, slot: str, *, deep: bool = True) -> list[Party]:
        found: list[Party] = []
        for child in token.children:
            if child.dep_ in ("prep", "dative", "agent") and child.lower_ == slot:
                found += self._prep_objects(child, deep=deep)
            elif slot == "by" and child.dep_ == "acl" and child.tag_ == "VBN":
                found += [p for c in child.children if c.dep_ == "agent" for p in self._prep_objects(c)]
            elif (
                child.dep_ == "prep"
                and child.lower_ in ("of", "for", "in")
                and slot not in ("of", "for", "in")
                and not found
            ):
                for object in child.children:
                    if object.dep_ == "pobj":
                        found += (
                            self._prepositional(object, slot) if object.i not in self.sentence.inside else []
                        )
        return found

    def _prep_objects(self, preposition: Token, *, deep: bool = True) -> list[Party]:
        found: list[Party] = []
        for child in preposition.children:
            if child.dep_ == "pobj":
                found += self.sentence.parties(child, deep=deep)
            elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
                found += self._prep_objects(child, deep=deep)  # "not only with A, but also with B"
            elif child.dep_ == "pcomp":
                found += [p for one in self._objects(child) for p in self.sentence.parties(one, deep=deep)]
        return found

    def _names_in(self, token: Token, *, capitals: bool = False) -> list[Party]:
        found = []
        apart = {t.i for c in token.subtree if c.dep_ == "relcl" for t in c.subtree}
        for one in token.subtree:
            if one.i in self.sentence.heads and one.i not in apart:
                found += [p for p in self.sentence.parties(one) if capitals or not p.capital]
        return found

    def _names_after(self, verb: Token) -> list[Party]:
        """The names after a verb in its clause, but not those of places."""
        places = {
            t.i
            for c in verb.subtree
            if c.dep_ == "prep" and c.lower_ in ("in", "at", "near")
            for t in c.subtree
        }
        found = []
        for one in verb.subtree:
            if one.i > verb.i and one.i not in places and one.i in self.sentence.heads:
                found += self.sentence.parties(one)
        return found

    # around a noun

    def _led_by(self, noun: Token) -> list[Party]:
        """ "The invasion of A by B", wherever the parser hung "by"."""
        near = {noun.i, noun.head.i, *(c.i for p in noun.children if p.dep_ == "prep" for c in p.children)}
        for one in self.sentence.tokens:
            if one.lower_ == "by" and one.dep_ == "prep" and one.i > noun.i and one.head.i in near:
                return self._prep_objects(one)
        return []

    def _noun_senders(self, noun: Token, entry: Noun | None) -> list[Party]:
        if entry is None:
            return []
        slots = entry.sender or ("poss", "by")
        found: list[Party] = []
        for child in noun.children:
            named = child.dep_ == "prep" or (child.dep_ == "agent")
            if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i < noun.i:
                if child.dep_ in slots or child.dep_ == "nmod":
                    found += self._no_places(child, noun)
            elif named and child.lower_ in slots:
                found += self._prep_objects(child)
            elif child.dep_ == "acl" and child.tag_ == "VBN":  # "attempts made by"
                for agent in child.children:
                    if agent.dep_ == "agent":
                        found += self._prep_objects(agent)
        if not found and "by" in slots:
            found = self._led_by(noun)
        return found

    def _noun_receivers(self, noun: Token, entry: Noun, senders: Iterable[Party]) -> list[Party]:
        names = {one.actor for one in senders}
        for slot in entry.receiver:
            found = [one for one in self._prepositional(noun, slot) if one.actor not in names]
            if found:
                return found
        return []

    def _between(self, noun: Token) -> list[Party]:
        """ "Talks between A and B", "A-B talks", "A's talks with B" has its own way."""
        found = self._prepositional(noun, "between")
        if len(found) < 2:
            found = self._prepositional(noun, "among")
        if len(found) < 2:
            found = [
                p
                for child in noun.children
                if child.i < noun.i and child.dep_ in ("compound", "poss", "amod", "nmod")
                for p in self._no_places(child, noun)
            ]
        names = {one.actor: one for one in found}
        return list(names.values()) if len(names) >= 2 else []

    def _no_places_before(self, noun: Token) -> list[Party]:
        return [
            p
            for c in noun.children
            if c.i < noun.i and c.dep_ in ("compound", "poss", "amod", "nmod")
            for p in self._no_places(c, noun)
        ]

    def _no_places(self, child: Token, noun: Token) -> list[Party]:
        """The names before a noun, but not the city that a summit or a declaration is called after."""
        return [
            one
            for one in self.sentence._chain(child)
            if not (one.capital and child.dep_ in ("compound", "nmod"))
        ]

    # documents that speak

    def _is_paper(self, noun: Token) -> bool:
        """Whether it is a document that speaks, or the short name of one."""
        entry = self._noun_entry(noun)
        if entry is not None:
            return entry.noun_class in ("document", "statement", "treaty")
        return noun.lower_ in self.sentence.memory.papers

    def _signers(self, noun: Token) -> list[Party]:
        """Whose document it is, by this sentence or by an earlier one."""
        own = self._own_signers(noun)
        if own:
            return own
        papers = self.sentence.memory.papers
        known = papers.get(noun.lower_) or papers.get(singular(noun.lemma_.lower()))
        if known is None and noun.lemma_.lower() in ("document", "text", "paper"):
            known = papers.get("")
        return [replace(one, token=noun.i) for one in known or ()]

    def _own_signers(self, noun: Token) -> list[Party]:
        found = self._between(noun) or [
            p for c in noun.children if c.i < noun.i and c.dep_ in ("poss", "compound", "nmod", "amod")
            for p in self._no_places(c, noun)
        ] or self._prepositional(noun, "by")  # fmt: skip
        if noun.dep_ in ("nmod", "compound") and noun.head.text.isupper():
            noun = noun.head  # "the Programme (ABC) was announced"
        governed = noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in self.lexicon.frames
        if not found and governed:  # "A adopted a strategy"
            found = self._senders(noun.head)
        if not found and any(c.lower_ == "joint" for c in noun.children):
            found = [p for p in self._names_in(noun, capitals=True) if p.side == "state"][:2]
        if len(found) < 2 and (pair := self._paired_below(noun)):
            found = found or pair
        return found

    def _paired_below(self, noun: Token) -> list[Party]:
        """ "The programme was announced, with areas of co-operation between A and B"."""
        if noun.pos_ != "PROPN" and not noun.text[:1].isupper():
            return []
        clause = noun
        while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
            clause = clause.head
        for one in clause.subtree:
            if one.dep_ == "prep" and one.lower_ == "between":
                return self._prep_objects(one)
        return []

    def _acts(self, token: Token) -> bool:
        """Whether a word names one who acts, and no programme or fund."""
        mention = self.sentence.inside.get(token.i)
        return mention is not None and mention.kind in (*ACTING, "person")

    def _note_papers(self) -> None:
        """Remember whose the documents named here are, by noun and by short name."""
        for noun in self.sentence.tokens:
            if noun.pos_ not in ("NOUN", "PROPN") or not self._is_paper(noun):
                continue
            signers = self._own_signers(noun)
            if not signers:
                continue
            kept = tuple(replace(one, token=-1) for one in signers)
            papers = self.sentence.memory.papers
            papers[singular(noun.lemma_.lower())] = papers[""] = kept
            for one in self.sentence.tokens:
                near = 0 < one.i - noun.i < 5
                if near and one.text.isupper() and len(one) > 2 and not self._acts(one):
                    papers[one.lower_] = kept
