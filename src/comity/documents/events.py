"""Who did what to whom: the acts that the verbs and nouns of a sentence name."""

from dataclasses import dataclass, replace
from typing import Final

from comity.documents.act import DOMESTIC, SIGNS, Act, one_each
from comity.documents.grammar import outer_first, passive, seen_through
from comity.documents.lexicon import Frame, Operator
from comity.documents.nouns import Nouns
from comity.documents.parties import ACTING, Party, Token
from comity.documents.roles import SUBJECTS

TURNING: Final = ("commit", "refuse", "demand", "propose", "threaten", "warn", "plan")
PAPERS: Final = ("AGREE", "SUPPORT")  # what the adoption of a document is coded as
VIEWS: Final = ("will", "view")  # nouns that say with whom one would like to work
COPULAS: Final = ("be", "become", "remain", "seem", "appear", "feel")
DUTY: Final = frozenset(("must", "should", "ought"))


@dataclass
class ActReader(Nouns):
    """Reads the acts of one sentence."""

    def acts(self) -> list[Act]:
        """Find the acts; those of the outer verbs first, which may swallow the inner ones."""
        tokens = outer_first(self.sentence.root)
        found: list[Act] = []
        self._note_papers()
        for token in tokens:
            if token.pos_ in ("VERB", "AUX") and token.i not in self._done:
                found += self._verb(token)
        for token in self.sentence.tokens:
            if token.pos_ in ("NOUN", "PROPN") and token.i not in self._done:
                found += self._noun(token)
        return sorted(found, key=lambda one: one.token.i)

    def remark(self) -> Act | None:
        """In a lone sentence without a known act: who says or does something about whom."""
        root = self.sentence.root
        for verb in [*self._complements(root), root]:
            senders = self._senders(verb) or self._senders(root)
            states = {one.actor for one in senders}
            receivers = [p for p in self._names_after(verb) if p.actor not in states]
            if senders and receivers:
                sure = [one for one in receivers if not one.capital] or receivers
                return self._act(verb, "STATEMENT", "", senders[:2], sure[:1], joint=False, object=None)
        return None

    def subject(self, verb: Token) -> list[Party]:
        """Who does what a verb says."""
        return self._senders(verb)

    def owner(self, noun: Token) -> list[Party]:
        """Whose word, plan or warning it is."""
        return [p for c in noun.children if c.dep_ == "poss" for p in self.sentence.parties(c)]

    def is_paper(self, noun: Token) -> bool:
        """Whether it is a document that speaks."""
        return self._is_paper(noun)

    # verbs

    def _verb(self, verb: Token) -> list[Act]:
        operator = self._operator(verb)
        if operator and operator.operator in TURNING and not self._names_its_act(verb, operator):
            act = self._turned(verb, operator)
            if act:
                return [act]
        if operator and operator.operator == "say":
            act = self._duty(verb)
            if act:
                return [act]
        if blame := self._blame(verb):
            return blame
        if verb.lemma_ in COPULAS or verb.pos_ == "AUX":
            return self._be(verb)
        if stative := self._stative(verb):
            return stative
        if evolving := self._evolving(verb):
            return evolving
        frame, object = self._frame(verb)
        if frame is None:
            return self._light(verb)
        paper = frame.noun_class in ("document", "statement") and frame.event_type in PAPERS
        if paper and object is not None:
            return self._paper(verb, frame, object)
        return self._framed(verb, frame, object)

    def _paper(self, verb: Token, frame: Frame, paper: Token) -> list[Act]:
        """A document adopted, announced, revised: by its signers together, or by one for itself."""
        signers = self._senders(verb) or self._signers(paper)
        if not signers and any(c.lower_ == "joint" for c in paper.children):
            signers = self._two_beside(paper)
        partners = self._receivers(verb, frame.receiver, paper, apart=signers)
        names = {one.actor for one in signers}
        if len(names) == 1 and partners:
            act = self._act(verb, frame.event_type, frame.mode, signers, partners, joint=False, object=paper)
            return [self._timed(act, verb)] if act else []
        mention = self.sentence.inside.get(paper.i)
        if not names or (mention is not None and mention.kind in ACTING):
            return []
        self._done.add(paper.i)
        if len(names) > 1 or frame.joint:
            act = self._act(verb, frame.event_type, frame.mode, signers, [], joint=True, object=paper)
        else:
            used = {verb.i, paper.i, *(one.token for one in signers if one.token >= 0)}
            act = Act(verb, frame.event_type, frame.mode, tuple(signers), (), tokens=tuple(used))
        return [self._timed(act, verb)] if act else []

    def _two_beside(self, paper: Token) -> list[Party]:
        """Whose joint paper it is: of the two that the sentence names, else of those in the title."""
        heads = [one for one in self.sentence.tokens if one.i in self.sentence.heads]
        named = [party for one in heads for party in self.sentence.parties(one)]
        two = one_each([one for one in named if one.side == "state"])
        return two if len(two) == 2 else list(self.topic)

    def _framed(self, verb: Token, frame: Frame, object: Token | None) -> list[Act]:
        speaks = self._speaks(verb)
        if speaks and frame.event_type == "CONSULT":  # a document welcomes no guests
            frame = replace(frame, event_type="SUPPORT", mode="")
        senders = self._senders(verb)
        receivers = self._receivers(verb, frame.receiver, object, apart=senders)
        if frame.event_type == "ACCUSE" and object is not None:
            deed = self._noun_entry(object)
            doers = self._noun_senders(object, deed) if deed and deed.event_type else []
            if doers:
                receivers = doers
                self._done.add(object.i)
        if object is not None and frame.noun_class:
            self._done.add(object.i)
            if not senders:
                senders = self._noun_senders(object, self._noun_entry(object))
            if not receivers and object.i not in self.sentence.inside and frame.noun_class not in VIEWS:
                inner = self.sentence.parties(object, deep=True)
                receivers = [one for one in inner if one.actor not in {s.actor for s in senders}]
        pair = self._between(object) if frame.joint and object is not None else []
        if pair:
            names = {one.actor for one in pair}
            if senders and not {one.actor for one in senders} <= names:
                return []  # a third party moved the tie: a claim, not an act between the two
            senders, receivers = pair, []
        if frame.event_type == "PROTEST" and not receivers:
            states = {one.actor for one in senders}
            found = [p for p in self._names_after(verb) if p.actor not in states]
            receivers = found[:1]
        named = object is not None and any(c.lower_ in ("with", "to", "between") for c in object.children)
        if frame.noun_class == "tie" and len(senders) == 1 and not receivers and not pair and not named:
            receivers = self._other_of_pair(senders)
        if frame.noun_class == "treaty" and senders and not receivers and len(senders) == 1:
            states = {one.actor for one in senders}
            found = [
                p
                for c in verb.children
                if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"
                for p in self._names_in(c)
            ]
            receivers = [one for one in found if one.actor not in states][:1]
        if frame.event_type in ("AID", "SANCTION") and senders and not receivers:
            receivers = self._as_before(frame.event_type, senders)
        if frame.event_type == "ACCUSE" and senders and not receivers:
            receivers = self._at_issue(verb, {one.actor for one in senders})
        if frame.event_type == "CONCEDE" and frame.noun_class == "concession" and not receivers:
            receivers = self._other_of_pair(senders)
        if frame.event_type in ("COOPERATE", "CONSULT") and senders and not receivers and object is not None:
            receivers = self._other_of_topic(senders)
        if speaks and not receivers and frame.event_type == "SUPPORT" and len(senders) == 1:
            receivers = self._other_of_topic(senders)
        if speaks and not receivers and frame.event_type == "SUPPORT" and len(senders) > 1:
            act = self._act(verb, "SUPPORT", "", senders, [], joint=True, object=object)
            return [self._timed(act, verb)] if act else []
        if frame.noun_class == "talks" and receivers and not senders:
            senders = self._other_of_topic(receivers)
        if frame.event_type == "AID" and receivers:
            known = {one.actor for one in (*senders, *receivers)}
            between = self._prepositional(verb, "through") or self._prepositional(verb, "via")
            receivers = [*receivers, *(one for one in between if one.actor not in known)]
        if frame.event_type == "SANCTION" and senders and not receivers:
            receivers = self._wrongdoer(senders)
        if frame.mode == "expel" and passive(verb) and not senders:
            senders = self._prepositional(verb, "from")
            receivers = [p for p in receivers if p.actor not in {one.actor for one in senders}]
        if frame.lemma == "invite" and not senders:
            names = {r.actor for r in receivers}
            senders = [p for p in self._prepositional(verb, "to") if p.actor not in names]
            senders = senders or [p for p in self._hosts(verb) if p.actor not in names]
        if frame.lemma == "meet" and frame.joint and len(senders) == len(receivers) == 1:
            senders, receivers = [*senders, *receivers], []  # both meet
        act = self._act(
            verb, frame.event_type, frame.mode, senders, receivers, joint=frame.joint, object=object
        )
        if act is None:
            return []
        if frame.mode == "expel" and any(one.side == "nonstate" for one in act.receivers):
            act = replace(act, event_type="COERCE", mode="deport")
        return [self._timed(act, verb)]

    def _light(self, verb: Token) -> list[Act]:
        """ "Hold talks", "launch an attack": the noun says what was done, the verb who did it."""
        operator = self._operator(verb)
        if operator is None or operator.operator not in ("light", "aspect"):
            return []
        found = []
        objects = self._objects(verb) or [
            c
            for p in verb.children
            if p.dep_ == "prep" and p.lower_ == "in"
            for c in p.children
            if c.dep_ == "pobj"
        ]
        for object in objects:
            entry = self._noun_entry(object)
            if entry is None or not entry.event_type:
                continue
            senders = self._senders(verb) or self._noun_senders(object, entry)
            receivers = self._noun_receivers(object, entry, senders) or self._receivers(
                verb, entry.receiver, None, apart=senders
            )
            if entry.mode == "third-party" and not receivers:
                receivers = self._between(object)
            if not receivers and entry.joint and len(senders) < 2:
                senders = self._between(object) or senders
            act = self._act(
                verb, entry.event_type, entry.mode, senders, receivers, joint=entry.joint, object=object
            )
            if act:
                self._done.add(object.i)
                found.append(self._timed(act, verb))
        return found

    def _names_its_act(self, verb: Token, operator: Operator) -> bool:
        """ "Offered concessions": the noun says what was done, and is no mere promise."""
        frame, _ = self._frame(verb)
        return operator.lemma in ("offer", "extend") and frame is not None and frame.event_type == "CONCEDE"

    def _stative(self, verb: Token) -> list[Act]:
        """ "Is opposed to", "is committed to": a participle that tells a state, not what was done to one."""
        entry = self.lexicon.adjectives.get(verb.lower_)
        if entry is None or verb.tag_ != "VBN" or any(c.dep_ in ("agent", "dobj") for c in verb.children):
            return []
        frame = entry[0]
        if not frame.event_type or not any(c.lower_ in frame.receiver for c in verb.children):
            return []
        subjects = [p for c in verb.children if c.dep_ in SUBJECTS for p in self.sentence.parties(c)]
        receivers = self._receivers(verb, frame.receiver, None, apart=subjects, deep=True)
        act = self._act(verb, frame.event_type, frame.mode, subjects, receivers, joint=False, object=None)
        return [self._timed(act, verb)] if act else []

    def _be(self, verb: Token) -> list[Act]:
        """ "Was critical of", "is ready to", "were suspicious of"."""
        if given := self._giver(verb):
            return given
        for child in verb.children:
            adjectives = self.lexicon.adjectives
            entry = adjectives.get(child.lower_) or adjectives.get(child.lemma_.lower())
            if child.dep_ not in ("acomp", "attr", "advmod") or entry is None:
                continue
            frame, operator = entry
            if operator in TURNING:
                made = Operator(child.lemma_, (), operator, frame.receiver)
                act = self._turned(verb, made, complement=child)
                return [act] if act else []
            if not frame.event_type:
                continue
            senders = self._senders(verb)
            receivers = self._receivers(child, frame.receiver, None, apart=senders, deep=True)
            together = frame.event_type == "COOPERATE"
            act = self._act(
                verb, frame.event_type, frame.mode, senders, receivers, joint=together, object=child
            )
            if act:
                return [self._timed(act, verb)]
        return []

    def _hosts(self, verb: Token) -> list[Party]:
        """Whose meeting one is invited to: the alliance or organisation it is called after, or named last."""
        for noun in verb.subtree:
            if noun.i > verb.i and noun.pos_ in ("NOUN", "PROPN") and self._is(noun, "summit"):
                return self._no_places_before(noun) or self.sentence.group_before(noun)
        return []

    def _at_own_cost(self, inner: list[Token]) -> Token | None:
        """ "To raise its own budget": what one does for oneself alone."""
        for one in inner:
            below = {t.lemma_.lower() for t in one.subtree}
            if self.lexicon.words["household"] & below and one.lemma_.lower() in self.lexicon.words["raise"]:
                return one
        return None

    def _giver(self, verb: Token) -> list[Act]:
        """ "Is a donor to", "is one of the largest supporters of"."""
        for child in verb.children:
            if child.dep_ != "attr":
                continue
            noun = seen_through(child, frozenset(("one", "some")))
            entry = self._noun_entry(noun)
            if entry is None or entry.noun_class != "giver":
                continue
            senders = self._senders(verb)
            receivers = self._noun_receivers(noun, entry, senders)
            act = self._act(verb, entry.event_type, "", senders, receivers, joint=False, object=noun)
            if act:
                self._done.add(noun.i)
                return [self._timed(act, verb)]
        return []

    def _turned(self, verb: Token, operator: Operator, complement: Token | None = None) -> Act | None:
        """Agree, refuse, demand, threaten: the act is the turning, whatever its content."""
        inner = self._complements(complement or verb)
        if operator.operator == "warn":
            if any(c.dep_ == "ccomp" for c in verb.children):
                return None
            about = self._receivers(verb, ("of", "about"), None, apart=self._senders(verb))
            if about:
                act = self._act(
                    verb, "ACCUSE", "disapprove", self._senders(verb), about, joint=False, object=None
                )
                return self._with_aux(act, verb) if act else None
        senders = self._senders(verb)
        receivers = self._receivers(
            verb, operator.receiver, None, apart=senders, deep=operator.operator != "commit"
        )
        types = []
        for one in inner:
            frame, object = self._frame(one)
            if frame is not None:
                types.append(frame.event_type)
                if not receivers:
                    receivers = self._receivers(one, frame.receiver, object, apart=senders)
            if operator.operator == "demand" and not receivers:
                receivers = [p for p in self._senders(one) if p.actor not in {s.actor for s in senders}]
        if operator.operator == "refuse" and types and all(SIGNS.get(one, 0) < 0 for one in types):
            return None  # "refused to condemn A" is nothing against A: a denied act
        for object in self._objects(verb) + [o for one in inner for o in self._objects(one)]:
            entry = self._noun_entry(object)
            if entry and entry.event_type:
                types.append(entry.event_type)
                if not receivers:
                    receivers = self._noun_receivers(object, entry, senders)
        if operator.operator == "commit" and senders and not receivers and (own := self._at_own_cost(inner)):
            self._done.update(t.i for t in own.subtree if t.pos_ in ("VERB", "AUX", "NOUN"))
            used = (verb.i, own.i, *(one.token for one in senders if one.token >= 0))
            return self._with_aux(Act(verb, "AGREE", "", tuple(one_each(senders)), (), tokens=used), verb)
        if not receivers and len(senders) >= 1 and inner and not self._objects(verb):
            home = self._turned_at_home(operator.operator, inner, senders, verb)
            if home is not None:
                return home
        if operator.lemma == "undertake" and not inner:
            return None  # "undertook a mission"
        scopes = inner or self._objects(verb) or ([complement] if complement is not None else [])
        if not receivers:
            names = [p for scope in scopes for p in self._names_in(scope)]
            receivers = [p for p in names if p.actor not in {s.actor for s in senders}][:2]
        if not receivers and operator.operator == "commit":
            receivers = self._as_before("AID", senders)
        hostile = any(SIGNS.get(one, 0) < 0 for one in types)
        event_type, mode = _turn(operator.operator, hostile, types)
        if not event_type:
            return None
        if operator.operator == "commit" and len(senders) < 2 and not (scopes or receivers):
            return None
        joint = operator.operator == "commit" and operator.lemma in ("agree", "pledge", "commit", "promise")
        act = self._act(verb, event_type, mode, senders, receivers, joint=joint, object=None)
        if act is None:
            return None
        for one in inner:
            self._done.update(t.i for t in one.subtree if t.pos_ in ("VERB", "AUX", "NOUN"))
        for object in self._objects(verb):
            self._done.add(object.i)
        if operator.operator == "plan":
            return replace(act, aux=act.aux or "future")
        return self._with_aux(act, verb)

    def _turned_at_home(
        self, operator: str, inner: list[Token], senders: list[Party], verb: Token
    ) -> Act | None:
        """ "Threatened to impose a curfew", "agreed to resign": between the sides of one state."""
        for one in inner:
            frame, _ = self._frame(one)
            if frame is None:
                continue
            event_type, mode = _turn(operator, SIGNS.get(frame.event_type, 0) < 0, [frame.event_type])
            home = frame.event_type in DOMESTIC and self._at_home(one, senders[0], frame.event_type)
            leaving = frame.mode == "resign"
            if not event_type or not (home or leaving):
                continue
            other = Party(senders[0].actor, "", "nonstate" if senders[0].side == "state" else "state")
            self._done.update(t.i for t in one.subtree if t.pos_ in ("VERB", "AUX", "NOUN"))
            alone = leaving and event_type == "AGREE"
            act = Act(
                verb, event_type, mode, tuple(senders[:1]), () if alone else (other,), tokens=(verb.i, one.i)
            )
            return self._with_aux(act, verb)
        return None

    def _duty(self, verb: Token) -> Act | None:
        """ "Said that they must withdraw": a demand by whoever says so."""
        for inner in self._complements(verb):
            duty = any(child.dep_ == "aux" and child.lower_ in DUTY for child in inner.children)
            duty = duty or any(c.dep_ == "xcomp" and inner.lemma_ in ("have", "need") for c in inner.children)
            if not duty:
                continue
            senders, receivers = self._senders(verb), self._senders(inner)
            names = {one.actor for one in senders}
            receivers = [one for one in receivers if one.actor not in names]
            act = self._act(verb, "REQUEST", "change", senders, receivers, joint=False, object=None)
            if act:
                self._done.update(t.i for t in inner.subtree)
                return self._with_aux(act, verb)
        return None


def _turn(operator: str, hostile: bool, types: list[str]) -> tuple[str, str]:
    if operator == "commit":
        return ("THREATEN", "") if hostile else ("AGREE", "")
    if operator == "plan":
        if not types:
            return "", ""
        return ("THREATEN", "") if hostile else ("AGREE", "")
    if operator == "refuse":
        return "REJECT", ""
    if operator == "demand":
        return "REQUEST", "change"
    if operator == "propose":
        return "REQUEST", "assist"
    return {"threaten": ("THREATEN", ""), "warn": ("THREATEN", "")}[operator]
