"""Scores on test sets of single sentences: the category, and who acted on whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from comity.actors import CASE_COLUMNS, Registry, load_registry
from comity.documents.candidate import Candidate
from comity.documents.formats import make_document
from comity.documents.gold import (
    ACTORS_FILE,
    PLOVER_FILE,
    WHOM_FILES,
    GoldSentence,
    read_actor_names,
    read_plover_sentences,
    read_whom_sentences,
)
from comity.documents.reading import read
from comity.documents.rules import RulesCoder
from comity.provenance import NothingFoundError, TableRow

_ORGANISATIONS = ("organisation", "alliance", "group", "body", "fund", "force", "office")
_INVENTED = "X_"
_KINDS_OF_ACTOR = ("IGO", "NGO", "NGM", "IMG", "MNC")
_MOVEMENTS = {
    "HAMAS": "PSE", "HEZBOLLAH": "LBN", "TALIBAN": "AFG", "PKK": "TUR", "HOUTHI": "YEM", "BOKO_HARAM": "NGA",
    "AL_QAEDA": "IMG", "ISIS": "IMG", "AL_SHABAAB": "SOM", "PAKTALIBAN": "PAK",
}  # fmt: skip
_FORMER = {"SUN": "RUS", "CSK": "CZE", "YUG": "SRB", "DDR": "DEU", "RVN": "VNM", "ROM": "ROU", "ITL": "ITA"}


@dataclass
class SentenceScore:
    """Counts of one test set, and the sentences that were not right."""

    name: str
    sentences: int = 0
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    wrong: list[dict[str, str]] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Give the score as plain values."""
        return {
            "set": self.name,
            "sentences": self.sentences,
            "shares": {
                key: {"right": right, "of": of, "share": round(right / of, 4) if of else None}
                for key, (right, of) in self.shares.items()
            },
            "wrong": self.wrong,
        }


def score_sentences(folder: Path, *, model: str = "") -> list[SentenceScore]:
    """Score the rules on every known test set in a folder.

    The names of invented countries come from the dictionary beside the sentences.

    Raises
    ------
    UnreadableFileError : a file is not in its form
    """
    coder = RulesCoder(model=model)
    scores = []
    if (folder / PLOVER_FILE).is_file():
        scores.append(_score_plover(read_plover_sentences(folder / PLOVER_FILE), coder))
    names = read_actor_names(folder / ACTORS_FILE) if (folder / ACTORS_FILE).is_file() else []
    invented = RulesCoder(registry=with_invented(load_registry(), names), model=model)
    for file in WHOM_FILES:
        if (folder / file).is_file():
            scores.append(_score_whom(file, read_whom_sentences(folder / file), invented))
    return scores


def with_invented(registry: Registry, names: Iterable[tuple[str, str]]) -> Registry:
    """Give a registry that also knows a test dictionary's names, each as a state with its code."""
    by_code: dict[str, list[str]] = {}
    for name, code in names:
        if (
            len(code) >= 3
            and code[:3].isalpha()
            and code[:3] not in _KINDS_OF_ACTOR
            and not _known_name(registry, name)
        ):
            by_code.setdefault(code[:3], []).append(name)
    rows: list[TableRow] = []
    for code, known in by_code.items():
        fields = dict.fromkeys(CASE_COLUMNS, "")
        fields |= {
            "id": f"{_INVENTED}{code}",
            "name": known[0],
            "kind": "state",
            "aliases": ";".join(known[1:]),
        }
        rows.append(TableRow("names", len(rows) + 2, fields))
    refused: list = []  # type: ignore[type-arg]
    return registry.with_rows(rows, refused=refused)


def _known_name(registry: Registry, name: str) -> bool:
    try:
        registry.resolve(name)
    except NothingFoundError:
        return False
    return True


def _score_plover(sentences: Sequence[GoldSentence], coder: RulesCoder) -> SentenceScore:
    score = SentenceScore("PLOVER sentences", len(sentences))
    category = dyad = both = 0
    for one in sentences:
        found = _events(one, coder)
        types = any(c.draft.event_type == one.category for c in found)
        pairs = any(_pairs(c, coder.registry) & _known(one.pairs) for c in found)
        together = any(
            c.draft.event_type == one.category and _pairs(c, coder.registry) & _known(one.pairs)
            for c in found
        )
        category, dyad, both = category + types, dyad + pairs, both + together
        if not together:
            score.wrong.append(_wrong(one, found, coder.registry))
    score.shares = {
        "category": (category, len(sentences)),
        "dyad": (dyad, len(sentences)),
        "all": (both, len(sentences)),
    }
    return score


def _score_whom(name: str, sentences: Sequence[GoldSentence], coder: RulesCoder) -> SentenceScore:
    score = SentenceScore(name, len(sentences))
    hits = wanted = printed = 0
    for one in sentences:
        gold = {(a[:3], b[:3]) for a, b in one.pairs if a and b}
        found = _events(one, coder)
        pairs = {pair for c in found for pair in _pairs(c, coder.registry)}
        if found and not gold and one.pairs:
            continue  # the gold leaves a side open: nothing to compare
        hits += len(gold & pairs)
        wanted += len(gold)
        printed += len(pairs)
        if gold != pairs:
            score.wrong.append(_wrong(one, found, coder.registry))
    score.shares = {"precision": (hits, printed), "recall": (hits, wanted)}
    return score


def _events(one: GoldSentence, coder: RulesCoder) -> list[Candidate]:
    result = read(make_document(one.sentence, id=one.id), coder)
    return [c for c in result.candidates if c.draft.kind == "event"]


def _pairs(candidate: Candidate, registry: Registry) -> set[tuple[str, str]]:
    draft = candidate.draft
    pairs = draft.dyads or tuple((one, "") for one in draft.senders)
    return {(_code(a, registry), _code(b, registry)) for a, b in pairs}


def _code(id: str, registry: Registry) -> str:
    """The code that the test sets use: the state's, or IGO for an organisation."""
    if not id:
        return ""
    if id.startswith(_INVENTED):
        return id.removeprefix(_INVENTED)
    kind = registry.actor(id).kind
    if kind in _ORGANISATIONS:
        return "IGO"
    return _MOVEMENTS.get(id) or _FORMER.get(id, id)


def _known(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(_FORMER.get(a, a), _FORMER.get(b, b)) for a, b in pairs}


def _wrong(one: GoldSentence, found: Sequence[Candidate], registry: Registry) -> dict[str, str]:
    printed = [f"{c.draft.event_type} {sorted(_pairs(c, registry))}" for c in found]
    return {"id": one.id, "gold": f"{one.category} {sorted(one.pairs)}", "printed": "; ".join(printed)}
