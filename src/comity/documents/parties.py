"""Whom a noun phrase names: names, offices and bodies, and the words that point back to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from comity.documents.lexicon import Lexicon
from comity.documents.mentions import Mention
from comity.documents.words import Word

Token = Word
_MODIFIERS: Final = ("amod", "compound", "poss", "nmod", "nummod")
_GROUP_NOUNS: Final = {
    "alliance": "alliance",
    "bloc": "organisation",
    "organization": "organisation",
    "organisation": "organisation",
    "framework": "group",
    "grouping": "group",
    "group": "group",
    "club": "group",
}
_SINGULAR: Final = frozenset(("it", "its", "itself"))
_PERSONS: Final = frozenset(("he", "him", "his", "she", "her", "himself", "herself"))
_PLURAL: Final = frozenset(("they", "them", "their", "themselves"))
_RELATIVE: Final = frozenset(("who", "which", "that", "whom", "whose"))
_MAX_MEMORY: Final = 40


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an act: the state or organisation, who acts for it, and whether it is an organ of it."""

    actor: str
    agent: str = ""
    side: str = "state"
    token: int = -1
    capital: bool = False


@dataclass
class Memory:
    """What was named before, for the words that point back."""

    named: list[tuple[Mention, bool]] = field(default_factory=list)  # with: was a subject
    pair: tuple[Mention, Mention] | None = None
    papers: dict[str, tuple["Party", ...]] = field(default_factory=dict)  # whose a document is, by noun

    def see(self, mention: Mention, *, subject: bool) -> None:
        """Remember a name."""
        self.named.append((mention, subject))
        del self.named[:-_MAX_MEMORY]

    def last(self, *kinds: str, apart_from: frozenset[str] = frozenset()) -> Mention | None:
        """The last one named of these kinds, a subject before others among the last few."""
        fitting = [
            (one, subject)
            for one, subject in self.named
            if one.kind in kinds and not one.modifier and not one.people and one.stands_for not in apart_from
        ]
        for one, subject in reversed(fitting[-6:]):
            if subject:
                return one
        return fitting[-1][0] if fitting else None


ACTING: Final = ("state", "alliance", "organisation", "group", "body", "force")


class Sentence:
    """One sentence with the names in it."""

    def __init__(
        self, span: Any, words: list[Word], mentions: Sequence[Mention], memory: Memory, lexicon: Lexicon
    ) -> None:
        self.span, self.lexicon, self.memory = span, lexicon, memory
        self.tokens = words[span.start : span.end]
        self.root = words[span.root.i]
        self.mentions = list(mentions)
        self.heads: dict[int, Mention] = {}  # token of the mention's head -> mention
        self.inside: dict[int, Mention] = {}
        placed = [(one, one.idx + len(one)) for one in self.tokens]
        for mention in mentions:
            tokens = [one for one, end in placed if one.idx < mention.end and end > mention.start]
            if not tokens:
                continue
            places = {one.i for one in tokens}
            head = next((one for one in tokens if one.head.i not in places), tokens[-1])
            self.heads[head.i] = mention
            for one in tokens:
                self.inside[one.i] = mention

    def parties(
        self, token: Token, *, deep: bool = False, modifiers: bool = True, seen: int = 0
    ) -> list[Party]:
        """Whom the phrase headed by `token` names, with all that are coordinated with it.

        Parameters
        ----------
        deep : take the names within the phrase, too: "the homes of Palestinians"
        modifiers : take the names before the noun: "Russian aircraft"
        """
        if seen > 8:
            return []
        found = self._own(token, modifiers=modifiers)
        if not found:
            for child in token.children:
                if child.dep_ == "appos":
                    found = self.parties(child, modifiers=modifiers, seen=seen + 1)
                    if found:
                        break
        if not found and deep:
            found = self._within(token)
        for child in token.children:
            listed = child.dep_ == "appos" and any(c.dep_ == "cc" for c in child.children)
            if listed and found and token.i in self.inside and self._is_state(child):
                found = found + self.parties(child, seen=seen + 1)  # "A, B, and C"
            if child.dep_ == "conj" and child.pos_ in ("PROPN", "NOUN", "ADJ", "PRON", "NUM", "X"):
                found = found + self.parties(child, deep=deep, modifiers=modifiers, seen=seen + 1)
        return _unique(found)

    def _is_state(self, token: Token) -> bool:
        return token.i in self.heads and self.heads[token.i].kind == "state"

    def _own(self, token: Token, *, modifiers: bool) -> list[Party]:
        mention = self.inside.get(token.i)
        if mention is not None and mention.people and (living := self._living_in(token)):
            return living
        if mention is not None and not mention.modifier:
            own = self._party(mention, token)
            if mention.members:
                return [Party(one, mention.actor, "state", token.i) for one in mention.members]
            return self._listed(token) or ([own] if own else [])
        if token.pos_ == "PRON" or token.lower_ in ("both", "two") or token.tag_ in ("PRP", "PRP$"):
            return self._pointed(token)
        pair = self._pair(token)
        if pair:
            return pair
        agent = self.lexicon.agents.get(token.lemma_.lower())
        if token.tag_ in ("NNS", "NNPS") and (listed := self._examples(token)):
            return listed
        if modifiers or agent:
            named = self._modifying(token)
            if named:
                return [self._as_agent(one, token, agent) for one in named]
        if agent:
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in ("of", "from", "in"):
                    for object in child.children:
                        if object.dep_ == "pobj":
                            found = self.parties(object, seen=6)
                            if found:
                                return [self._as_agent(one, token, agent) for one in found]
        return self._pointing_noun(token) or self._of_here(token, agent)

    def _of_here(self, token: Token, agent: tuple[str, str] | None) -> list[Party]:
        """An unknown leader or group is taken to be of the one state that the sentence names."""
        titled = token.pos_ == "PROPN" and any(
            c.dep_ in ("compound", "amod", "nmod") and c.lemma_.lower() in self.lexicon.agents
            for c in token.children
        )
        rebels = agent is not None and agent[0] == "nonstate" and token.i not in self.inside
        if not titled and not rebels:
            return []
        states = {
            one.stands_for for one in self.mentions if one.kind in ("state", "territory") and not one.modifier
        }
        if len(states) != 1 or None in states:
            return []
        side = "state" if titled or agent is None else agent[0]
        return [Party(str(states.pop()), token.lemma_.lower(), side, token.i)]

    def _examples(self, token: Token) -> list[Party]:
        """ "Partners such as A and B"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("as", "like", "including"):
                such = child.lower_ != "as" or any(c.lower_ == "such" for c in child.children)
                found = [p for c in child.children if c.dep_ == "pobj" for p in self.parties(c, seen=5)]
                if such and found:
                    return found
        return []

    def _living_in(self, token: Token) -> list[Party]:
        """ "Turks in Bulgaria" are people of Bulgaria, for whom its government is the other side."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "of", "from"):
                for one in child.children:
                    named = self.inside.get(one.i)
                    if (
                        one.dep_ == "pobj"
                        and named is not None
                        and named.kind == "state"
                        and named.stands_for
                    ):
                        return [Party(named.stands_for, token.lemma_.lower(), "nonstate", token.i)]
        return []

    def _listed(self, token: Token) -> list[Party]:
        """The members, where a group is named with the list of them."""
        for child in token.children:
            if child.dep_ == "acl" and child.lemma_ in ("consist", "comprise", "compose"):
                return [
                    party
                    for one in child.subtree
                    if one.dep_ == "pobj" and one.head.head.i == child.i
                    for party in self.parties(one, seen=4)
                ]
        return []

    def _modifying(self, token: Token) -> list[Party]:
        owners: list[Party] = []
        others: list[Party] = []
        for child in token.children:
            if (child.dep_ in _MODIFIERS and child.i < token.i) or child.dep_ == "nmod":
                named = self._chain(child)
                owners += named if child.dep_ == "poss" else []
                others += named if child.dep_ != "poss" else []
        return _unique(owners or others)

    def _chain(self, token: Token, depth: int = 0) -> list[Party]:
        """A name before a noun, and those joined to it: "Japan-NATO", "U.S. and Russian"."""
        mention = self.inside.get(token.i)
        found: list[Party] = []
        if mention is not None and not mention.modifier:
            if mention.members:
                return [Party(one, mention.actor, "state", token.i) for one in mention.members]
            own = self._party(mention, token)
            found = [own] if own else []
        elif token.tag_ == "PRP$":
            found = self._pointed(token)
        elif token.dep_ in ("poss", "compound", "nmod") and depth < 2:
            found = self._own(token, modifiers=True)
        if depth < 3:
            for child in token.children:
                if child.dep_ in ("conj", "compound", "amod", "nmod") and child.i in self.inside:
                    found = self._chain(child, depth + 1) + found
        return found

    def _within(self, token: Token) -> list[Party]:
        """The names anywhere in a phrase, not those in its relative clauses or after "in"."""
        found = []
        apart = {t.i for c in token.subtree if c.dep_ == "relcl" for t in c.subtree}
        for one in token.subtree:
            mention = None if one.i in apart else self.inside.get(one.i)
            if mention is not None and self.heads.get(one.i) is mention and not mention.modifier:
                own = self._party(mention, one)
                if own:
                    found.append(own)
        return found[:3]

    def _party(self, mention: Mention, token: Token) -> Party | None:
        if mention.stands_for is None:
            return None
        agent = mention.actor if mention.actor != mention.stands_for else ""
        side = "nonstate" if mention.people or mention.kind in ("nonstate", "party") else "state"
        return Party(mention.stands_for, agent, side, token.i, mention.capital)

    def _as_agent(self, party: Party, token: Token, agent: tuple[str, str] | None) -> Party:
        side = agent[0] if agent else party.side
        return Party(party.actor, party.agent or token.lemma_.lower(), side, token.i, party.capital)

    def _pointed(self, token: Token) -> list[Party]:
        word = token.lower_
        if word in _RELATIVE:
            noun = _antecedent(token)
            if noun is None or noun.i == token.i:
                return []
            found = self.parties(noun)
            if not found and noun.dep_ == "attr":  # "X is a state that ..."
                found = [p for c in noun.head.children if c.dep_ == "nsubj" for p in self.parties(c, seen=6)]
            if not found and noun.dep_ == "pobj" and noun.head.lower_ == "as":  # "is seen as a state that"
                verb = noun.head.head
                subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
                found = [p for c in subjects for p in self.parties(c, seen=6)]
            return found
        if word in _PERSONS:
            return self._from_memory(token, "person")
        if word in _SINGULAR:
            return self._from_memory(token, *ACTING)
        if word in _PLURAL or word in ("both", "two"):
            if word == "two" and token.dep_ == "nummod":
                return []
            pair = self._last_pair(token)
            if pair:
                return pair
            return self._from_memory(token, *ACTING) if word in _PLURAL else []
        return []

    def pointing(self, token: Token, apart: frozenset[str]) -> list[Party]:
        """Whom "the country" means where it cannot be one of `apart`."""
        return self._pointing_noun(token, apart)

    def place_before(self, token: Token, apart: frozenset[str]) -> list[Party]:
        """Whose land "there" is: the state named last."""
        return self._from_memory(token, "state", "territory", apart=apart)

    def group_before(self, token: Token) -> list[Party]:
        """The alliance, organisation or group named last."""
        return self._from_memory(token, "alliance", "organisation", "group")

    def _pointing_noun(self, token: Token, apart: frozenset[str] = frozenset()) -> list[Party]:
        """ "The country", "the alliance", "the government": the last one named that fits."""
        lemma = token.lemma_.lower()
        phrase = [*token.children, *(token.head.children if token.dep_ == "compound" else ())]
        determined = any(child.lower_ in ("the", "this", "that") for child in phrase if child.dep_ == "det")
        if not determined or token.text[:1].isupper():
            return []
        if lemma in _GROUP_NOUNS:
            return self._from_memory(token, _GROUP_NOUNS[lemma], "group", "alliance", apart=apart)
        if lemma in self.lexicon.words["one"] and token.tag_ == "NN":
            return self._from_memory(token, "state", apart=apart)
        return []

    def _pair(self, token: Token) -> list[Party]:
        """ "The two sides", "both countries"."""
        if token.lemma_.lower() not in self.lexicon.words["pair"]:
            return []
        if not any(
            c.lower_ in ("two", "both") and c.dep_ in ("nummod", "det", "predet") for c in token.children
        ):
            return []
        if any(c.dep_ == "amod" and any(d.dep_ == "conj" for d in c.children) for c in token.children):
            return []  # "both old and new partners"
        states = token.lemma_.lower() in (
            "country",
            "nation",
            "state",
            "neighbor",
            "neighbour",
            "government",
            "military",
        )
        return self._last_pair(token, states=states)

    def _last_pair(self, token: Token, *, states: bool = False) -> list[Party]:
        if token.tag_ in ("PRP", "PRP$"):  # "the two countries ..., they ..."
            for one in self.tokens:
                if one.i < token.i and one.pos_ == "NOUN" and (found := self._pair(one)):
                    return found
        here = pairs_of(self, before=token.i)
        pair = here[-1] if here else self.memory.pair
        if states and (pair is None or any(one.kind != "state" for one in pair)):
            pair = self._last_two(token)
            self.memory.pair = pair or self.memory.pair
        if pair is None:
            return []
        return [party for one in pair if (party := self._party(one, token))]

    def _last_two(self, token: Token) -> tuple[Mention, Mention] | None:
        """The two states named last, before this word."""
        here = [self.heads[one.i] for one in self.tokens if one.i < token.i and one.i in self.heads]
        named = [one for one, _ in self.memory.named] + here
        states: dict[str, Mention] = {}
        for one in reversed(named):
            if one.kind == "state" and one.stands_for and not one.modifier:
                states.setdefault(one.stands_for, one)
        found = list(states.values())[:2]
        return (found[1], found[0]) if len(found) == 2 else None

    def _from_memory(self, token: Token, *kinds: str, apart: frozenset[str] = frozenset()) -> list[Party]:
        before = [
            (self.inside[one.i], one.dep_ in ("nsubj", "nsubjpass", "poss"))
            for one in self.tokens
            if one.i < token.i and one.i in self.heads
        ]
        fitting = [
            pair
            for pair in before
            if pair[0].kind in kinds
            and not pair[0].modifier
            and not pair[0].people
            and pair[0].stands_for not in apart
        ]
        mention = next((one for one, subject in fitting if subject), fitting[-1][0] if fitting else None)
        mention = mention or self.memory.last(*kinds, apart_from=apart)
        own = self._party(mention, token) if mention else None
        return [own] if own else []


def pairs_of(sentence: Sentence, *, before: int = 1 << 60) -> list[tuple[Mention, Mention]]:
    """The pairs that are named together: "A and B", "between A and B", "A-B relations"."""
    pairs = []
    for token in sentence.tokens:
        if token.i >= before or token.i not in sentence.heads:
            continue
        first = sentence.heads[token.i]
        if token.dep_ in ("conj", "compound") or token.head.i in sentence.heads:
            head = token.head
            second = sentence.inside.get(head.i)
            if second is None or second is first or second.stands_for == first.stands_for:
                continue
            acting = all(one.kind in (*ACTING, "person") and not one.modifier for one in (first, second))
            conjuncts = [one for one in token.conjuncts if one.i in sentence.inside]
            if acting and len(conjuncts) <= 1 and (token.dep_ == "conj" or abs(token.i - head.i) <= 2):
                pairs.append((second, first) if head.i < token.i else (first, second))
    return pairs


def remember(sentence: Sentence) -> None:
    """Take a sentence's names into the memory."""
    for token in sentence.tokens:
        if token.i in sentence.heads:
            subject = token.dep_ in ("nsubj", "nsubjpass") or (
                token.dep_ == "compound" and token.head.dep_ in ("nsubj", "nsubjpass")
            )
            sentence.memory.see(sentence.heads[token.i], subject=subject)
    pairs = pairs_of(sentence)
    if pairs:
        sentence.memory.pair = pairs[-1]


def _antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    clause = token.head
    while clause.dep_ not in ("relcl", "ROOT") and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else None


def _unique(parties: list[Party]) -> list[Party]:
    seen: dict[tuple[str, str], Party] = {}
    for one in parties:
        seen.setdefault((one.actor, one.side), one)
    return list(seen.values())


def descend(token: Token) -> Iterator[Token]:
    """A token and its coordinated ones."""
    yield token
    for child in token.children:
        if child.dep_ == "conj":
            yield from descend(child)
