"""What is held against somebody in speech: threats spoken of, misdeeds named, concern about a sea."""

from dataclasses import dataclass
from typing import Final

from comity.documents.act import Act
from comity.documents.parties import Party, Token
from comity.documents.recalled import Recalled

CHARGES: Final = ("ASSAULT", "COERCE", "MOBILIZE", "THREATEN")  # what one is blamed for
WORRIES: Final = ("concern", "criticism")  # classes of nouns that blame by themselves
KINDLY: Final = frozenset(("welcome", "praise", "promise", "pledge", "vow", "admit", "concede"))


@dataclass
class Criticism(Recalled):
    """Reads accusations that no verb of accusing makes."""

    def _blame(self, verb: Token) -> list[Act]:
        """ "Spoke of the threat of A", "stated that B's attack was ...": an accusation by the speaker."""
        if verb.lemma_.lower() not in self.lexicon.reporting["verb"] or verb.lemma_.lower() in KINDLY:
            return []
        senders = self._senders(verb)
        if not senders:
            return []
        states = {one.actor for one in senders}
        scopes = [
            c
            for c in verb.children
            if c.dep_ in ("ccomp", "dobj") or (c.dep_ == "prep" and c.lower_ in ("about", "of", "on", "to"))
        ]
        nouns = [one for scope in scopes for one in scope.subtree if one.pos_ == "NOUN"]
        blamed = [p for noun in nouns for p in self._culprits(noun) if p.actor not in states]
        blamed = blamed or [p for scope in scopes for p in self._at_issue(scope, states)]
        act = self._act(verb, "ACCUSE", "disapprove", senders, blamed, joint=False, object=None)
        return [self._with_aux(act, verb)] if act else []

    def _culprits(self, noun: Token) -> list[Party]:
        """Whose threat or attack it is, whom the concern is about."""
        entry = self._noun_entry(noun)
        if entry is None:
            return []
        if entry.noun_class in WORRIES:
            return self._noun_receivers(noun, entry, ())
        if entry.event_type not in CHARGES:
            return []
        found = self._noun_senders(noun, entry)
        if entry.event_type == "THREATEN":
            found = found or self._prepositional(noun, "of") or self._prepositional(noun, "from")
        return found

    def _at_issue(self, scope: Token, states: set[str]) -> list[Party]:
        """Whose conduct is meant where concern about a place is voiced."""
        words = [one.lemma_.lower() for one in scope.subtree]
        if not self.lexicon.words["worry"] & set(words):
            return []
        text = " ".join(one.lower_ for one in scope.subtree)
        named = (actor for place, actor in self.lexicon.issues.items() if place in text)
        return [Party(one) for one in dict.fromkeys(named) if one not in states]
