"""Names of actors in running text, found by the registry and told apart by the date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from comity.actors import AmbiguousActorError, Registry, UnknownActorError, normalise
from comity.documents.lexicon import Lexicon

_WORD: Final = re.compile(r"[^\W_]+(?:[.’'](?=[^\W_])[^\W_]+)*(?:\.(?=[\s’',)-]|$)(?<=[A-Z]\.))?")
_POSSESSIVE: Final = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_SMALL: Final = frozenset(
    ("of", "the", "and", "for", "in", "on", "de", "to", "s", "with", "against", "al", "el")
)
_MODIFIED: Final = re.compile(
    r"[-–](led|based|backed|born|made|style|sponsored|held|occupied|controlled|trained|owned)\b"
)
SMALL_GROUP: Final = 4  # members; such a group has no organs that act for it
MAX_WORDS: Final = 12
TITLE: Final = 40  # characters before a name in which its title is looked for
TITLES: Final = {
    "secretary general": "secretary_general",
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "chancellor": "head_of_government",
    "president": "head_of_state",
    "foreign minister": "foreign_minister",
}
NO_ACTOR: Final = "-"  # in names.csv: a name that holds an actor's, and is none: a sea, a newspaper


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: its place, the actor, and the state or organisation whose act it is."""

    start: int
    end: int
    actor: str
    kind: str
    stands_for: str | None
    capital: bool = False  # the name of a city that may be the place or the government
    modifier: bool = False  # "US-led": no party by itself
    people: bool = False  # "Russians"
    members: tuple[str, ...] = ()  # of a group so small that it stands for them


@dataclass
class Gazetteer:
    """Finds the registry's names in texts."""

    registry: Registry
    lexicon: Lexicon
    _trie: dict[str, dict] = field(init=False, default_factory=dict)  # type: ignore[type-arg]
    _capitals: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        for name in self.registry.names():
            words = name.split()
            if not words or len(words) > MAX_WORDS or name in self.lexicon.words["common"] or name.isdigit():
                continue
            node = self._trie
            for word in words:
                node = node.setdefault(word, {})
            node[""] = {}
        for name in self.lexicon.names:
            node = self._trie
            for word in name.split():
                node = node.setdefault(word, {})
            node[""] = {}
        self._capitals = frozenset(normalise(one.capital) for one in self.registry if one.capital)
        self.resolve = lru_cache(maxsize=20_000)(self._resolve)

    def find(self, text: str, at: date | None = None) -> list[Mention]:
        """Find the names in a text, the longest at each place, as they are meant on a day."""
        words = list(self._words(text))
        found: list[Mention] = []
        i = 0
        while i < len(words):
            start = words[i][0]
            mention, used = None, 0
            if text[start].isupper() or text[start].isdigit() or text.startswith("al-", start):
                mention, used = self._longest(text, words, i, at)
            if mention is None and words[i][3] in self.lexicon.prefixes:
                mention, used = self._prefix(text, words, i), 1
            if mention is not None:
                found.append(mention)
            i += max(used, 1)
        return found

    def _words(self, text: str) -> Iterator[tuple[int, int, int, str, str]]:
        """Give start, end without and with the possessive, and both in comparable form."""
        for match in _WORD.finditer(text):
            word = match.group(0)
            bare = _POSSESSIVE.sub("", word)
            yield (
                match.start(),
                match.start() + len(bare),
                match.end(),
                normalise_word(bare),
                normalise_word(word),
            )

    def _longest(
        self, text: str, words: list[tuple[int, int, int, str, str]], i: int, at: date | None
    ) -> tuple[Mention | None, int]:
        start = words[i][0]
        node = self._trie
        best: tuple[int, int, bool] | None = None  # words, end, people
        for j in range(i, min(len(words), i + MAX_WORDS)):
            if j > i and not _joined(text[words[j - 1][2] : words[j][0]]):
                break
            bare_end, full_end, bare, full = words[j][1], words[j][2], words[j][3], words[j][4]
            cased = text[words[j][0]].isupper() or text[words[j][0]].isdigit() or words[j][3] == "al"
            for form, end in ((bare, bare_end), (full, full_end)):
                if cased and "" in node.get(form, {}):
                    best = (j - i + 1, end, False)
            if cased and bare.endswith("s") and "" in node.get(bare[:-1], {}) and best is None:
                best = (j - i + 1, bare_end, True)
            following = node.get(full) or node.get(bare)
            if following is None or not (cased or bare in _SMALL):
                break
            node = following
        if best is None:
            return None, 0
        surface = text[start : best[1]]
        return self._mention(text, start, best[1], surface[:-1] if best[2] else surface, best[2], at), best[0]

    def _mention(
        self, text: str, start: int, end: int, name: str, people: bool, at: date | None
    ) -> Mention | None:
        if len(name.replace(".", "")) <= 3 and not (name.isupper() or name in ("Abe", "Lee", "Kim", "Moon")):
            short = normalise(name)
            if len(short) <= 3 and not name[0].isupper():
                return None
        resolved = self.resolve(name, at)
        if resolved is None:
            return None
        actor, kind, stands_for = resolved
        if kind == "person":
            stands_for = self._titled(actor, text[max(0, start - TITLE) : start]) or stands_for
        if name == actor and kind == "state" and actor not in ("USA",):
            return None  # "AND", "ARE": a code in a text of words is an accident
        key = normalise(name)
        return Mention(
            start,
            end,
            actor,
            kind,
            stands_for,
            capital=key in self._capitals,
            modifier=bool(_MODIFIED.match(text, end)),
            people=people and kind in ("state", "territory"),
            members=self._members(actor, at) if kind == "group" else (),
        )

    def _titled(self, person: str, before: str) -> str | None:
        """For whom a person stood under the title that is printed before the name."""
        words = before.lower().replace("-", " ")
        kinds = [kind for title, kind in TITLES.items() if words.rstrip().endswith(title)]
        if not kinds:
            return None
        held = {one.of for one in self.registry.offices(person) if one.office_kind == kinds[0]}
        return self.registry.stands_for(held.pop(), None) if len(held) == 1 else None

    def _members(self, group: str, at: date | None) -> tuple[str, ...]:
        members = self.registry.members(group, at) if at else ()
        return members if len(members) <= SMALL_GROUP else ()

    def _prefix(self, text: str, words: list[tuple[int, int, int, str, str]], i: int) -> Mention | None:
        """Read "Sino-" and the like."""
        start, end, _, bare, _ = words[i]
        actor = self.lexicon.prefixes.get(bare)
        if actor is None or text[end : end + 1] not in ("-", "–") or actor not in self.registry:
            return None
        return Mention(start, end, actor, "state", actor)

    def _resolve(self, name: str, at: date | None) -> tuple[str, str, str | None] | None:
        try:
            known = self.lexicon.names.get(normalise(name))
            if known == NO_ACTOR:
                return None
            actor = self.registry.actor(known) if known else self.registry.resolve(name, at=at)
        except AmbiguousActorError as error:
            return self._agreed(error, at)
        except UnknownActorError:
            return None
        stands_for = self.registry.stands_for(actor.id, at) or (
            self.registry.stands_for(actor.id, None) if actor.kind == "person" else None
        )
        if stands_for is None and actor.kind in ("nonstate", "aggregate"):
            stands_for = actor.id
        if stands_for is None and actor.kind == "person" and "." in actor.id:
            prefix = actor.id.split(".", 1)[0]
            stands_for = prefix if prefix in self.registry else None
        if actor.kind == "territory":
            stands_for = actor.part_of or actor.id
        return actor.id, actor.kind, stands_for

    def _agreed(self, error: AmbiguousActorError, at: date | None) -> tuple[str, str, str | None] | None:
        """Of several bearers of a surname all from one state, the state at least is sure."""
        ids = [id for id, _ in error.candidates]
        employers = {self.registry.stands_for(id, at) or self.registry.stands_for(id, None) for id in ids}
        if len(employers) == 1 and None not in employers:
            return ids[0], self.registry.actor(ids[0]).kind, next(iter(employers))
        return None


@lru_cache(maxsize=65_536)
def normalise_word(word: str) -> str:
    """Make one word comparable, without dropping a leading "the"."""
    return word.lower() if word.isalnum() and word.isascii() else normalise(word) or word.lower()


def _joined(gap: str) -> bool:
    return gap in (" ", "-", "–", "‑") or gap.strip() in ("&", "/")
