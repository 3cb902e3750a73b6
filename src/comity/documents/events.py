"""Who did what to whom: the acts that the verbs and nouns of a sentence name."""

from dataclasses import dataclass, field, replace
from typing import Final

from comity.documents.act import DOMESTIC, SIGNS, Act, of_one_state, one_each
from comity.documents.doubt import Doubt
from comity.documents.grammar import depth, growing
from comity.documents.lexicon import Frame, Operator
from comity.documents.parties import Party, Token

TURNING: Final = ("commit", "refuse", "demand", "propose", "threaten", "warn", "plan")
COPULAS: Final = ("be", "become", "remain", "seem", "appear", "feel")
DUTY: Final = frozenset(("must", "should", "ought"))


@dataclass
class ActReader(Doubt):
    """Reads the acts of one sentence."""

    before: list[Act] = field(default_factory=list)  # of this paragraph
    topic: tuple[Party, ...] = ()  # the pair that the document is about
    _done: set[int] = field(init=False, default_factory=set)

    def acts(self) -> list[Act]:
        """Find the acts; those of the outer verbs first, which may swallow the inner ones."""
        tokens = sorted(self.sentence.span, key=lambda one: (depth(one), one.i))
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
        root = self.sentence.span.root
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
        if operator and operator.operator in TURNING:
            act = self._turned(verb, operator)
            if act:
                return [act]
        if operator and operator.operator == "say":
            act = self._duty(verb)
            if act:
                return [act]
        if verb.lemma_ in COPULAS or verb.pos_ == "AUX":
            return self._be(verb)
        if evolving := self._evolving(verb):
            return evolving
        frame, object = self._frame(verb)
        if frame is None:
            return self._light(verb)
        if frame.noun_class == "document" and frame.event_type == "AGREE" and object is not None:
            return self._paper(verb, frame, object)
        return self._framed(verb, frame, object)

    def _paper(self, verb: Token, frame: Frame, paper: Token) -> list[Act]:
        """A document adopted, announced, revised: by its signers together, or by one for itself."""
        signers = self._senders(verb) or self._signers(paper)
        partners = self._receivers(verb, frame.receiver, paper, apart=signers)
        names = {one.actor for one in signers}
        if signers and partners:
            act = self._act(verb, frame.event_type, frame.mode, signers, partners, joint=False, object=paper)
            return [self._timed(act, verb)] if act else []
        mention = self.sentence.inside.get(paper.i)
        if not names or (mention is not None and mention.kind != "fund"):
            return []
        self._done.add(paper.i)
        if len(names) > 1 or frame.joint:
            act = self._act(verb, frame.event_type, frame.mode, signers, [], joint=True, object=paper)
        else:
            used = {verb.i, paper.i, *(one.token for one in signers if one.token >= 0)}
            act = Act(verb, frame.event_type, frame.mode, tuple(signers), (), tokens=tuple(used))
        return [self._timed(act, verb)] if act else []

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
            if not receivers and object.i not in self.sentence.inside:
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
        if frame.lemma == "invite" and not senders:
            senders = [
                p for p in self._prepositional(verb, "to") if p.actor not in {r.actor for r in receivers}
            ]
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

    def _be(self, verb: Token) -> list[Act]:
        """ "Was critical of", "is ready to", "were suspicious of"."""
        for child in verb.children:
            if (
                child.dep_ not in ("acomp", "attr", "advmod")
                or child.lemma_.lower() not in self.lexicon.adjectives
            ):
                continue
            frame, operator = self.lexicon.adjectives[child.lemma_.lower()]
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
        for object in self._objects(verb) + [o for one in inner for o in self._objects(one)]:
            entry = self._noun_entry(object)
            if entry and entry.event_type:
                types.append(entry.event_type)
                if not receivers:
                    receivers = self._noun_receivers(object, entry, senders)
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

    # nouns

    def _noun(self, noun: Token) -> list[Act]:
        entry = self._noun_entry(noun)
        if entry is None or not entry.alone or not entry.event_type:
            return []
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
        act = self._act(
            noun, entry.event_type, entry.mode, senders, receivers, joint=entry.joint, object=None, noun=True
        )
        if act and any(c.tag_ == "PRP$" for c in noun.children):
            act = replace(act, pointed=True)
        return [self._with_aux(act, noun)] if act else []

    def _speaks(self, verb: Token) -> bool:
        """Whether the subject of a verb is a document."""
        return any(c.dep_ == "nsubj" and self._is_paper(c) for c in verb.children)

    def _wrongdoer(self, senders: list[Party]) -> list[Party]:
        """ "Sanctions after A's attack" are sanctions on A."""
        names = {one.actor for one in senders}
        for noun in self.sentence.tokens:
            entry = self._noun_entry(noun) if noun.pos_ == "NOUN" else None
            if entry is not None and entry.event_type in ("ASSAULT", "COERCE"):
                found = [one for one in self._noun_senders(noun, entry) if one.actor not in names]
                if found:
                    return found
        return []

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

    # what was told before

    def _other_of_pair(self, senders: list[Party]) -> list[Party]:
        """With whom the relations are that were spoken of last."""
        pair = self.sentence.memory.pair
        states = [one.stands_for for one in pair or () if one.stands_for]
        names = {one.actor for one in senders}
        return [Party(one) for one in states if one not in names] if names & set(states) else []

    def _other_of_topic(self, senders: list[Party]) -> list[Party]:
        """With whom one of the two that the document is about works, where it is not said."""
        names = {one.actor for one in senders}
        topic = {one.actor for one in self.topic}
        if len(topic) != 2 or not names < topic:
            return []
        return [one for one in self.topic if one.actor not in names]

    def _as_before(self, event_type: str, senders: list[Party]) -> list[Party]:
        """Who got the aid, or met the sanctions, that the paragraph told of last."""
        names = {one.actor for one in senders}
        counts: dict[str, int] = {}
        for act in self.before:
            if act.event_type in (event_type, "AGREE") and names & {one.actor for one in act.senders}:
                for one in act.receivers:
                    counts[one.actor] = counts.get(one.actor, 0) + 1
        return [Party(max(counts, key=lambda one: counts[one]))] if counts else []

    # the act

    def _act(
        self, token: Token, event_type: str, mode: str, senders: list[Party], receivers: list[Party],
        *, joint: bool, object: Token | None, noun: bool = False,
    ) -> Act | None:  # fmt: skip
        states = {one.actor for one in senders}
        within = not joint and event_type != "CONSULT"
        receivers = [
            one for one in receivers if one.actor not in states or (within and of_one_state(one, senders))
        ]
        used = {token.i, *(one.token for one in (*senders, *receivers) if one.token >= 0)}
        if object is not None:
            used.add(object.i)
        if not event_type or not senders:
            return None
        if joint and not receivers:
            if len(states) < 2:
                return None
            return Act(token, event_type, mode, tuple(one_each(senders)), (), True, "", noun, tuple(used))
        if not receivers and event_type in DOMESTIC and len(states) == 1:
            other = "nonstate" if senders[0].side == "state" else "state"
            receivers = (
                [Party(senders[0].actor, "", other)] if self._at_home(token, senders[0], event_type) else []
            )
        if not receivers and event_type not in ("RETREAT",):
            return None
        if noun and joint and receivers and event_type in ("COOPERATE", "SUPPORT", "CONSULT") and mode == "":
            both = one_each([*senders, *receivers])
            if len({p.actor for p in both}) >= 2:
                return Act(token, event_type, mode, tuple(both), (), True, "", noun, tuple(used))
        return Act(
            token,
            event_type,
            mode,
            tuple(one_each(senders)),
            tuple(one_each(receivers)),
            False,
            "",
            noun,
            tuple(used),
        )

    def _at_home(self, token: Token, sender: Party, event_type: str) -> bool:
        """Whether the other side of an act is to be looked for in the sender's own state."""
        if event_type == "PROTEST":
            return sender.side == "nonstate"
        if sender.side == "nonstate":
            return event_type in ("CONCEDE", "REJECT", "ASSAULT")
        objects = list(self._objects(token)) if token.pos_ == "VERB" else []
        for one in objects:
            entry = self.lexicon.agents.get(one.lemma_.lower())
            noun = self._noun_entry(one)
            if (entry and entry[0] == "nonstate") or (noun and noun.noun_class in ("control", "people")):
                return True
        return False


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
