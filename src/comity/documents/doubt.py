"""Whether it took place: denied, supposed, possible or still to come."""

from dataclasses import dataclass, replace
from typing import Final

from comity.documents.act import POSSIBLE, SIGNS, Act
from comity.documents.grammar import future, negated, noun_aux
from comity.documents.parties import Token
from comity.documents.roles import Roles

MAY: Final = frozenset(("could", "may", "might", "can", "should", "would", "must", "ought"))
CONDITION: Final = frozenset(("if", "unless", "whether", "lest"))


@dataclass
class Doubt(Roles):
    """Tells what happened from what did not, or has not yet."""

    def _timed(self, act: Act, verb: Token) -> Act:
        """What is still to come is agreed on or threatened."""
        act = self._with_aux(act, verb)
        if act.aux == "negation" and act.event_type == "SUPPORT" and act.reciprocal:
            act = replace(act, event_type="AGREE")  # what was never signed was never agreed on
        if future(verb) and act.aux in ("", "future"):
            sign = SIGNS.get(act.event_type, 0)
            if sign:
                return replace(act, event_type="AGREE" if sign > 0 else "THREATEN", mode="", aux="future")
            return replace(act, aux="future")
        return act

    def _with_aux(self, act: Act, token: Token) -> Act:
        return replace(act, aux=self._aux(token))

    def _aux(self, token: Token) -> str:
        if token.pos_ in ("NOUN", "PROPN"):  # what a noun names is taken for granted, even after "if"
            return noun_aux(token)
        if negated(token):
            return "negation"
        current = token
        possible = ""
        for _ in range(12):
            head = current.head
            if current.dep_ in ("advcl", "ccomp", "pcomp") and any(
                c.dep_ in ("mark", "advmod") and c.lower_ in CONDITION for c in current.children
            ):
                return "hypothetical"
            about = head.head if current.dep_ == "acl" and head.dep_ == "nsubj" else head
            if current.dep_ in ("acl", "ccomp") and about.lemma_ == "be":  # "it is possible that"
                said = {c.lower_ for c in about.children if c.dep_ == "acomp"}
                if said & self.lexicon.words["untrue"]:
                    return "negation"
                if said & self.lexicon.words["unsure"]:
                    possible = POSSIBLE
            if current.pos_ in ("VERB", "AUX"):
                words = {c.lower_ for c in current.children if c.dep_ == "aux"}
                if words & MAY and not (words & {"would"} and future(current)):
                    possible = POSSIBLE
            if head.i == current.i:
                break
            operator = self._operator(head) if head.pos_ in ("VERB", "AUX") else None
            inner = current.dep_ in ("xcomp", "pcomp", "dobj") or (
                current.dep_ == "prep" and current.lower_ in ("in", "at", "from", "to")
            )
            if inner and operator is not None:
                if operator.operator == "fail" or (operator.operator == "refuse" and current.dep_ == "xcomp"):
                    return "negation"
                if operator.operator == "hope" and current.dep_ == "xcomp":
                    possible = POSSIBLE
                if current.dep_ == "xcomp" and negated(head):
                    return "negation"
            if (
                current.dep_ == "xcomp"
                and head.lemma_ == "have"
                and any(c.lower_ == "yet" for c in head.children)
            ):
                return "negation"
            if current.dep_ == "prep" and current.lower_ == "without":
                return "negation"
            if (
                (operator is None or operator.operator != "aspect")
                and current.dep_ == "advcl"
                and current.pos_ == "VERB"
                and any(c.tag_ == "TO" for c in current.children)
            ):
                possible = POSSIBLE
            if (
                current.dep_ in ("acl",)
                and any(c.tag_ == "TO" for c in current.children)
                and head.lemma_ not in self.lexicon.words["intent"]
            ):
                possible = POSSIBLE
            if token.pos_ in ("NOUN", "PROPN") and current.dep_ in ("relcl", "advcl", "ccomp", "conj"):
                break
            current = head
        return possible
