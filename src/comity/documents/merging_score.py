"""How well tellings of one event are put together: against the keys of gold records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from comity.actors import Registry, load_registry
from comity.documents.gold import GoldDocument, Row, dating_of
from comity.documents.merging import Telling, naming_words, told_together
from comity.provenance import Dating


@dataclass(frozen=True, slots=True)
class MergingScore:
    """Groups made against groups wanted: B-cubed by record, and pairs of records."""

    records: int
    groups: int  # wanted, of two records and more
    precision: float  # B-cubed
    recall: float
    pairs_right: int
    pairs_made: int
    pairs_wanted: int

    def to_dict(self) -> dict[str, object]:
        """Give the score as plain values."""
        return {
            "records": self.records,
            "groups": self.groups,
            "b_cubed_precision": round(self.precision, 4),
            "b_cubed_recall": round(self.recall, 4),
            "pairs_right": self.pairs_right,
            "pairs_made": self.pairs_made,
            "pairs_wanted": self.pairs_wanted,
        }


def score_merging(gold: Sequence[GoldDocument]) -> MergingScore:
    """Merge the gold's own events, as coded, and compare with their keys.

    Of the records, only what a coder would give is used: parties, type, sign, aux, dates and passages.
    """
    registry = load_registry()
    rows = [(one, row) for one in gold for row in one.events]
    tellings = [_telling(one, row, registry) for one, row in rows]
    wanted = [str(row.get("event_key") or row["id"]) for _, row in rows]
    return compare_groups(told_together(tellings), wanted)


def compare_groups(made: Iterable[Sequence[int]], wanted: Sequence[str]) -> MergingScore:
    """Compare groups of places with the key that each place should have.

    Examples
    --------
    >>> score = compare_groups([(0, 1), (2,)], ["a", "b", "b"])
    >>> score.pairs_right, score.pairs_made, score.pairs_wanted
    (0, 1, 1)
    >>> round(score.precision, 3)  # half of the pair's two records, all of the third
    0.667
    """
    keys: dict[str, set[int]] = {}
    for i, key in enumerate(wanted):
        keys.setdefault(key, set()).add(i)
    own = {i: set(group) for group in made for i in group}
    places = range(len(wanted))
    shared = [len(own[i] & keys[wanted[i]]) for i in places]
    together = {pair for i in places for pair in combinations(sorted(own[i]), 2)}
    asked = {pair for group in keys.values() for pair in combinations(sorted(group), 2)}
    count = max(len(wanted), 1)
    return MergingScore(
        records=len(wanted),
        groups=sum(len(group) > 1 for group in keys.values()),
        precision=sum(shared[i] / len(own[i]) for i in places) / count,
        recall=sum(shared[i] / len(keys[wanted[i]]) for i in places) / count,
        pairs_right=len(together & asked),
        pairs_made=len(together),
        pairs_wanted=len(asked),
    )


def _telling(one: GoldDocument, row: Row, registry: Registry) -> Telling:
    printed = one.document.text[row["start"] : row["end"]]
    parties = [*row["source"], *row["target"]]
    actors = [registry.actor(id) for id in parties if id in registry]
    names = [name for actor in actors for name in (actor.name, actor.adjective, actor.capital)]
    return Telling(
        "event",
        one.document.id,
        frozenset((a, b) for a, b in row["dyads"]) or frozenset((a, "") for a in row["source"]),
        (row["type"], row["sign"], row["aux"] or ""),
        dating_of(row["date"]) or Dating(None, None, "unknown", "none"),
        naming_words(printed, names),
        printed=printed,
    )
