"""How well a coder reads: precision, recall and F1 against gold annotation, and what it missed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.documents.candidate import Candidate
from comity.documents.gold import GoldDocument, Row, dating_of
from comity.documents.reading import Coder, ReadingResult, read
from comity.provenance import Dating

DRAWS: Final = 500
SEED: Final = 1
SAME_ACTOR: Final = {"SUN": "RUS"}  # either is right before 1992
Pair = tuple[str, str]
Span = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """One thing to be matched: an ordered pair of a record, with its spans."""

    record: str
    block: tuple[str, int]  # document and paragraph, drawn together in the bootstrap
    spans: tuple[Span, ...]
    pair: Pair
    labels: frozenset[str]  # event types that count as right
    sign: int | None
    low: bool = False
    extra: Any = None


@dataclass
class Score:
    """Counts of one measure by paragraph, and what follows from them."""

    name: str
    hits: dict[tuple[str, int], int] = field(default_factory=dict)
    wanted: dict[tuple[str, int], int] = field(default_factory=dict)
    printed: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def precision(self) -> float | None:
        """Hits among what was printed."""
        return _share(sum(self.hits.values()), sum(self.printed.values()))

    @property
    def recall(self) -> float | None:
        """Hits among what was wanted."""
        return _share(sum(self.hits.values()), sum(self.wanted.values()))

    def to_dict(self) -> dict[str, object]:
        """Give the score with its bootstrap intervals (95 %, paragraphs drawn with a fixed seed)."""
        blocks = sorted({*self.hits, *self.wanted, *self.printed})
        table = np.array(
            [[self.hits.get(b, 0), self.wanted.get(b, 0), self.printed.get(b, 0)] for b in blocks],
            dtype=float,
        ).reshape(-1, 3)
        draws = np.random.default_rng(SEED).integers(0, max(len(blocks), 1), size=(DRAWS, len(blocks)))
        sums = table[draws].sum(axis=1) if len(blocks) else np.zeros((DRAWS, 3))
        precision, recall = self.precision, self.recall
        return {
            "measure": self.name,
            "hits": sum(self.hits.values()),
            "gold": sum(self.wanted.values()),
            "printed": sum(self.printed.values()),
            "precision": _rounded(precision),
            "precision_interval": _interval(sums[:, 0], sums[:, 2]),
            "recall": _rounded(recall),
            "recall_interval": _interval(sums[:, 0], sums[:, 1]),
            "f1": _rounded(2 * precision * recall / (precision + recall) if precision and recall else 0.0),
        }


@dataclass
class Report:
    """All scores of one coder on one gold set, and the records that it missed."""

    coder: str
    scores: list[Score] = field(default_factory=list)
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)  # hits of tried
    missed: list[dict[str, str]] = field(default_factory=list)
    spurious: list[dict[str, str]] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Give the report as plain values."""
        return {
            "coder": self.coder,
            "scores": [one.to_dict() for one in self.scores],
            "shares": {
                name: {"right": right, "of": of, "share": _rounded(_share(right, of))}
                for name, (right, of) in self.shares.items()
            },
            "missed": self.missed,
            "spurious": self.spurious,
        }


def score_reading(gold: Sequence[GoldDocument], coder: Coder) -> Report:
    """Score a coder on gold documents.

    A record counts once for each of its ordered pairs (a record without a receiver: once). A printed pair is
    a hit if a passage overlaps the record's and the pair is the same; matching is one to one. Hits on
    records of low confidence count neither way.
    """
    report = Report(coder.name)
    results = [(one, read(one.document, coder)) for one in gold]
    _score_events(report, results)
    _score_pledges(report, results)
    _score_quotes(report, results)
    faithful = [
        text[p.char_start : p.char_end] != "" and p.words(text) != ""
        for one, result in results
        for text in (one.document.text,)
        for c in result.candidates
        for p in c.passages
    ]
    report.shares["passages faithful"] = (sum(faithful), len(faithful))
    return report


def _score_events(report: Report, results: list[tuple[GoldDocument, ReadingResult]]) -> None:
    gold = [item for one, _ in results for row in one.events for item in _gold_items(row)]
    printed = [
        i for _, r in results for c in r.candidates if c.draft.kind == "event" for i in _printed_items(c)
    ]
    pairs: list[tuple[Item, Item]] = []
    for name, right in (
        ("events: dyad", _same_pair),
        ("events: dyad and sign", lambda g, p: _same_pair(g, p) and g.sign == p.sign),
        ("events: dyad and type", lambda g, p: _same_pair(g, p) and bool(g.labels & p.labels)),
    ):
        score, pairs = _matched(name, gold, printed, right)
        report.scores.append(score)
    typed = {id(g) for g, _ in pairs}
    _score_dates(report, pairs)
    for item in gold:
        if id(item) not in typed and not item.low:
            report.missed.append(
                {"record": item.record, "pair": " > ".join(item.pair), "why": _why(item, printed)}
            )
    hits = {id(p) for _, p in pairs}
    for item in printed:
        if id(item) not in hits:
            near = [g for g in gold if _meets(g, item)]
            report.spurious.append(
                {
                    "passage": f"{item.block[0]}:{item.spans[0][0]}-{item.spans[0][1]}",
                    "pair": " > ".join(item.pair),
                    "type": ",".join(item.labels),
                    "near": ", ".join(
                        f"{g.record} {'>'.join(g.pair)} {'/'.join(sorted(g.labels))}" for g in near[:3]
                    ),
                }
            )


def _score_dates(report: Report, pairs: list[tuple[Item, Item]]) -> None:
    for basis in ("stated", "context", "doc_date"):
        tried = [(g, p) for g, p in pairs if g.extra[0] is not None and g.extra[0].basis == basis]
        right = [1 for g, p in tried if date_is_right(g.extra[0], p.extra[0])]
        report.shares[f"dates {basis}"] = (len(right), len(tried))


def _score_pledges(report: Report, results: list[tuple[GoldDocument, ReadingResult]]) -> None:
    gold, printed = [], []
    for one, result in results:
        for row in one.pledges:
            deadline = dating_of(row.get("deadline"))
            gold.append(_record_item(row, (row["quantity"], row["unit"], row["currency"], deadline)))
        for candidate in result.candidates:
            if candidate.draft.kind == "pledge":
                d = candidate.draft
                extra = (d.quantity, d.unit, d.currency or None, d.deadline)
                printed.append(_candidate_item(candidate, extra))
    measured = [g for g in gold if g.extra[0] or g.extra[3] is not None]
    others = [g for g in gold if not (g.extra[0] or g.extra[3] is not None)]

    def right(g: Item, p: Item) -> bool:
        same = g.extra[0] is None or (
            p.extra[0] is not None and abs(g.extra[0] - p.extra[0]) < 1e-9 * max(1, abs(g.extra[0]))
        )
        due = (
            g.extra[3] is None
            or g.extra[0] is not None
            or (p.extra[3] is not None and date_is_right(g.extra[3], p.extra[3]))
        )
        return _meets(g, p) and same and due and g.extra[2] == p.extra[2]

    score, pairs = _matched("pledges with an amount or a deadline", measured, printed, right, ignore=others)
    report.scores.append(score)
    found = {id(g) for g, _ in pairs}
    report.missed += [
        {"record": g.record, "pair": "", "why": _why(g, printed)} for g in measured if id(g) not in found
    ]
    score, _ = _matched("pledges: any passage", gold, printed, _meets)
    report.scores.append(score)


def _score_quotes(report: Report, results: list[tuple[GoldDocument, ReadingResult]]) -> None:
    gold, printed = [], []
    for one, result in results:
        for row in one.quotes:
            said = row.get("said")
            if said and row["mode"] != "question":
                text = one.document.text
                marked = text[said["start"] - 1 : said["start"]] in "“\"‘'«" and said["start"] > 0
                row = {**row, "start": said["start"], "end": said["end"], "also": []}
                gold.append(_record_item(row, (row["speaker"], row["mode"], marked)))
        for candidate in result.candidates:
            indirect = candidate.draft.quote_mode == "indirect"
            if candidate.draft.kind == "quote" and candidate.said is not None and not indirect:
                place = candidate.said
                item = _candidate_item(candidate, (candidate.draft.speakers, candidate.draft.quote_mode))
                printed.append(
                    Item(
                        item.record,
                        item.block,
                        ((place.char_start, place.char_end),),
                        ("", ""),
                        frozenset(),
                        None,
                        extra=item.extra,
                    )
                )
    marked = [g for g in gold if g.extra[2]]
    score, pairs = _matched("quotations in marks", marked, printed, _meets)
    report.scores.append(score)
    found = {id(g) for g, _ in pairs}
    report.missed += [
        {"record": g.record, "pair": "", "why": _why(g, printed)} for g in marked if id(g) not in found
    ]
    named = [(g, p) for g, p in pairs if g.extra[0]]
    right = sum(_same_speaker(g.extra[0], p.extra[0]) for g, p in named)
    report.shares["speaker of quotations"] = (right, sum(1 for g in marked if g.extra[0]))
    modes = sum(g.extra[1] == p.extra[1] for g, p in pairs)
    report.shares["mode of quotations"] = (modes, len(pairs))


def _same_speaker(gold: str, printed: Iterable[str]) -> bool:
    wanted = set(gold.split())
    return bool(wanted & set(printed)) or (len(wanted) == 1 and gold in printed)


def date_is_right(gold: Dating, printed: Dating) -> bool:
    """Whether the two overlap and the printed one is no longer than the gold's."""
    if printed.start is None and printed.end is None:
        return False
    longest = gold.days if gold.days is not None else 10**9
    length = printed.days if printed.days is not None else 10**9
    return gold.overlaps(printed.start, printed.end) and length <= longest


def _matched(
    name: str, gold: Sequence[Item], printed: Sequence[Item], right: Callable[[Item, Item], bool], *,
    ignore: Sequence[Item] = (),
) -> tuple[Score, list[tuple[Item, Item]]]:  # fmt: skip
    """Match one to one, as many as can be; what hits only low confidence is left out."""
    sure = [one for one in gold if not one.low]
    pairs = _bipartite(sure, printed, right)
    taken = {id(p) for _, p in pairs}
    unsure = [one for one in gold if one.low] + list(ignore)
    free = [
        p
        for p in printed
        if id(p) not in taken and not any(_meets(g, p) for g in unsure if ignore or right(g, p))
    ]
    score = Score(name)
    for g, _ in pairs:
        score.hits[g.block] = score.hits.get(g.block, 0) + 1
        score.printed[g.block] = score.printed.get(g.block, 0) + 1
    for g in sure:
        score.wanted[g.block] = score.wanted.get(g.block, 0) + 1
    for p in free:
        score.printed[p.block] = score.printed.get(p.block, 0) + 1
    return score, pairs


def _bipartite(
    gold: Sequence[Item], printed: Sequence[Item], right: Callable[[Item, Item], bool]
) -> list[tuple[Item, Item]]:
    options = [[j for j, p in enumerate(printed) if right(g, p)] for g in gold]
    for i, g in enumerate(gold):
        options[i].sort(key=lambda j, g=g: -_overlap(g, printed[j]))  # type: ignore[misc]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in options[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in owner or place(owner[j], seen):
                owner[j] = i
                return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return [(gold[i], printed[j]) for j, i in sorted(owner.items(), key=lambda pair: pair[1])]


def _gold_items(row: Row) -> list[Item]:
    pairs = [(_actor(a), _actor(b)) for a, b in row["dyads"]] or [(_actor(a), "") for a in row["source"]]
    labels = frozenset((row["type"], *row["alt_types"]))
    return [
        Item(
            row["id"],
            (row["doc"], row["par"]),
            _spans(row),
            pair,
            labels,
            row["sign"],
            row["confidence"] == "low",
            (dating_of(row["date"]),),
        )
        for pair in dict.fromkeys(pairs)
    ]


def _printed_items(candidate: Candidate) -> list[Item]:
    draft = candidate.draft
    pairs = [(_actor(a), _actor(b)) for a, b in draft.dyads] or [(_actor(a), "") for a in draft.senders]
    item = _candidate_item(candidate, (draft.dating,))
    labels = frozenset((draft.event_type,))
    return [
        Item(item.record, item.block, item.spans, pair, labels, draft.sign, extra=item.extra)
        for pair in dict.fromkeys(pairs)
    ]


def _record_item(row: Row, extra: object) -> Item:
    return Item(row["id"], (row["doc"], row["par"]), _spans(row), ("", ""), frozenset(), None, extra=extra)


def _candidate_item(candidate: Candidate, extra: object) -> Item:
    first = candidate.passages[0]
    spans = tuple((one.char_start, one.char_end) for one in candidate.passages)
    return Item("", (first.document, first.paragraph), spans, ("", ""), frozenset(), None, extra=extra)


def _spans(row: Row) -> tuple[Span, ...]:
    return ((row["start"], row["end"]), *((one["start"], one["end"]) for one in row.get("also") or []))


def _actor(id: str) -> str:
    return SAME_ACTOR.get(id, id)


def _meets(g: Item, p: Item) -> bool:
    return g.block[0] == p.block[0] and _overlap(g, p) > 0


def _same_pair(g: Item, p: Item) -> bool:
    return _meets(g, p) and g.pair == p.pair


def _overlap(g: Item, p: Item) -> int:
    return max(min(a[1], b[1]) - max(a[0], b[0]) for a in g.spans for b in p.spans)


def _why(item: Item, printed: Sequence[Item]) -> str:
    near = [one for one in printed if _meets(item, one)]
    if not near:
        return "nothing was found in this passage"
    if item.pair != ("", "") and not any(one.pair == item.pair for one in near):
        return "other parties: " + ", ".join(sorted({" > ".join(one.pair) for one in near})[:3])
    labels = sorted({label for one in near if one.pair == item.pair for label in one.labels})
    return "another type: " + ", ".join(labels) if labels else "its values differ"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _interval(hits: Any, of: Any) -> list[float] | None:
    known = of > 0
    if not known.any():
        return None
    low, high = np.quantile(hits[known] / of[known], [0.025, 0.975])
    return [round(float(low), 4), round(float(high), 4)]
