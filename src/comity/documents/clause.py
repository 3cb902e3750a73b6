"""One sentence's words and the word lists: what a verb's object is, which frame fits, what stands below."""

from dataclasses import dataclass, field

from comity.documents.grammar import passive, seen_through, singular
from comity.documents.lexicon import Frame, Lexicon, Noun, Operator
from comity.documents.parties import Sentence, Token, descend


@dataclass
class Clause:
    """Looks up words of a sentence in the word lists."""

    sentence: Sentence
    lexicon: Lexicon
    _entries: dict[int, Noun | None] = field(init=False, default_factory=dict)

    def _noun_entry(self, noun: Token) -> Noun | None:
        if noun.i not in self._entries:
            self._entries[noun.i] = self._entry(noun)
        return self._entries[noun.i]

    def _entry(self, noun: Token) -> Noun | None:
        lemma = noun.lemma_.lower()
        for child in noun.children:
            if child.dep_ in ("compound", "amod", "nmod") and child.i < noun.i:
                entry = self.lexicon.nouns.get(f"{child.lemma_.lower()} {lemma}")
                if entry:
                    return entry
        nouns = self.lexicon.nouns
        return nouns.get(lemma) or nouns.get(noun.lower_) or nouns.get(singular(lemma))

    def _objects(self, verb: Token) -> list[Token]:
        found = [c for c in verb.children if c.dep_ in ("dobj", "attr", "oprd") or c.dep_ == "nsubjpass"]
        found = [c for c in found if not (c.dep_ == "nsubjpass" and not passive(verb))]
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.pos_ in ("NOUN", "PROPN"):
            found.append(verb.head)
        resolved = []
        for one in found:
            if one.lower_ in ("which", "that", "who", "whom") and verb.dep_ == "relcl":
                resolved.append(verb.head)
            else:
                resolved.append(one)
        if not resolved and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not passive(verb):
            shared = [c for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i]
            resolved = shared
        if not resolved and verb.dep_ == "conj" and verb.tag_ == "VBN" and passive(verb.head):
            resolved = [c for c in verb.head.children if c.dep_ == "nsubjpass"]
        resolved = [seen_through(one, self.lexicon.words["measure"]) for one in resolved]
        if not resolved:  # "move to deepen and expand ties"
            for other in verb.children:
                joined = other.dep_ == "conj" and other.pos_ == "VERB"
                if joined and other.tag_ == verb.tag_ and other.i - verb.i <= 3:
                    resolved = [c for c in other.children if c.dep_ == "dobj"]
        return resolved

    def _frame(self, verb: Token) -> tuple[Frame | None, Token | None]:
        frames = self.lexicon.frames.get(verb.lemma_.lower())
        if not frames:
            return None, None
        beside = {c.lower_ for c in verb.children if c.dep_ in ("prep", "prt", "agent", "advmod", "dative")}
        objects = [one for object in self._objects(verb) for one in descend(object)]
        after: list[tuple[str, Token]] = [  # "participate in talks", "provide them with aid"
            (p.lower_, seen_through(c, self.lexicon.words["measure"]))
            for p in verb.children
            if p.dep_ == "prep"
            for c in p.children
            if c.dep_ == "pobj"
        ]
        objects += [one for preposition, one in after if preposition == "in"]
        beside |= {one.lemma_.lower() for one in objects}
        best: tuple[int, Frame, Token | None] | None = None
        for frame in frames:
            if frame.needs and not self._needed(verb, frame.needs, beside):
                continue
            object = None
            if frame.noun_class:
                led = [one for preposition, one in after if preposition in frame.needs]
                object = next((one for one in objects + led if self._is(one, frame.noun_class)), None)
                if object is None:
                    continue
            rank = 2 * bool(frame.noun_class) + bool(frame.needs)
            if best is None or rank > best[0]:
                best = (rank, frame, object)
        if best is None:
            return None, None
        return best[1], best[2] or (objects[0] if objects else None)

    def _is(self, noun: Token, noun_class: str) -> bool:
        if noun_class == "@org":
            mention = self.sentence.inside.get(noun.i)
            return mention is not None and mention.kind in ("organisation", "alliance", "body", "group")
        if noun_class == "document" and noun.lower_ in self.sentence.memory.papers:
            return True
        entry = self._noun_entry(noun)
        return entry is not None and entry.noun_class == noun_class

    def _needed(self, verb: Token, needs: tuple[str, ...], beside: set[str]) -> bool:
        for need in needs:
            if need in beside:
                return True
            if need in ("as:menace", "as:friend"):
                words = self.lexicon.words["menace"] if need == "as:menace" else self.lexicon.words["friend"]
                for child in verb.children:
                    if child.lower_ == "as" and any(t.lemma_.lower() in words for t in child.subtree):
                        return True
                    if child.dep_ in ("oprd", "attr", "ccomp") and any(
                        t.lemma_.lower() in words for t in child.subtree
                    ):
                        return True
        return False

    def _operator(self, verb: Token) -> Operator | None:
        operators = self.lexicon.operators.get(verb.lemma_.lower(), ())
        if not operators:
            return None
        beside = {c.lower_ for c in verb.children}
        fitting = [one for one in operators if not one.needs or any(need in beside for need in one.needs)]
        return max(fitting, key=lambda one: bool(one.needs)) if fitting else None

    def _complements(self, verb: Token) -> list[Token]:
        found = []
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp", "oprd") and child.pos_ in ("VERB", "AUX"):
                found += [one for one in descend(child) if one.pos_ in ("VERB", "AUX")]
            elif child.dep_ == "prep":
                found += [one for c in child.children if c.dep_ == "pcomp" for one in descend(c)]
            elif child.dep_ == "dobj":
                found += [c for c in child.children if c.dep_ in ("acl",) and c.tag_ == "VB"]
        through = []
        for one in found:
            operator = self._operator(one)
            if operator and operator.operator in ("aspect", "enable"):
                through += self._complements(one)
        return found + through
