"""What the parse of a sentence says about a word: passive, to come, denied."""

from typing import Final

from comity.documents.act import POSSIBLE
from comity.documents.parties import Token

NOBODY: Final = frozenset(("nobody", "none"))
NEVER: Final = frozenset(("never", "neither", "not", "n't", "n’t", "hardly", "no"))


def passive(verb: Token) -> bool:
    """Whether a verb is in the passive, by itself or with the verb that it is joined to."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if (
        verb.dep_ in ("acl", "relcl")
        and verb.tag_ == "VBN"
        and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    ):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN" and verb.head.i != verb.i:
        own = any(c.dep_ in ("aux", "nsubj") for c in verb.children)
        return not own and passive(verb.head)
    return False


def future(verb: Token) -> bool:
    """Whether what a verb says is still to come."""
    words = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if words & {"will", "shall", "’ll", "'ll"}:
        return True
    if "would" in words:  # "said it would": to come, as seen from then
        above = verb.head
        return verb.dep_ == "ccomp" and above.pos_ == "VERB" and "if" not in {c.lower_ for c in verb.children}
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not words and verb.tag_ == "VB":
        return future(verb.head)
    return False


def negated(token: Token) -> bool:
    """Whether a word is denied by one that belongs to it, or that joins it: "neither A nor B"."""
    if token.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "nor" for c in token.head.children):
        return True
    for child in token.children:
        if child.dep_ == "neg" or (
            child.dep_ in ("advmod", "preconj", "cc") and child.lower_ in NEVER - {"no"}
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in NOBODY:
            return True
        if child.dep_ in ("dobj", "nsubj", "nsubjpass") and any(
            c.lower_ in ("no", "neither") and c.dep_ == "det" for c in child.children
        ):
            return True
    return any(c.lower_ == "no" and c.dep_ == "det" for c in token.children)


def seen_through(noun: Token, measures: frozenset[str]) -> Token:
    """ "A set of sanctions" is sanctions."""
    if noun.lemma_.lower() in measures:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for object in child.children:
                    if object.dep_ == "pobj":
                        return object
    return noun


def singular(lemma: str) -> str:
    """A plural that the parser took for a name."""
    return lemma[:-1] if lemma.endswith("s") and not lemma.endswith("ss") else lemma


def noun_aux(noun: Token) -> str:
    """Whether what a noun names is denied or only possible."""
    words = {c.lower_ for c in noun.children if c.dep_ in ("amod", "det")}
    if "no" in words:
        return "negation"
    return (
        POSSIBLE
        if words & {"possible", "potential", "future", "likely", "any", "planned", "eventual"}
        else ""
    )


def growing(noun: Token) -> bool:
    """ "The increasing co-operation": it is told as something that happens, not as a topic."""
    return any(
        c.dep_ == "amod"
        and (c.lower_ in ("closer", "new", "joint", "recent", "unprecedented") or c.tag_ in ("VBG", "JJR"))
        for c in noun.children
    )


def outer_first(root: Token) -> list[Token]:
    """A word and all below it: those above before those below, then in the order of the text."""
    level, found = [root], []
    while level:
        found += level
        level = sorted((c for one in level for c in one.children), key=lambda one: one.i)
    return found
