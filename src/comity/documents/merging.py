"""One record for what is told twice: an event, a pledge or a quotation, with all its passages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from comity.actors import Registry, load_registry
from comity.documents.act import COURSES, WARS
from comity.documents.candidate import Candidate, Draft, weakest
from comity.documents.disagreement import OPEN_DAYS, conflicts_of, distinct
from comity.provenance import Dating

FINE_DAYS: Final = 31  # a date as fine as a month: two documents on one pair and type mean one event
NEAR_DAYS: Final = 7  # sources disagree on a day by time zones, and by first and last day
FEW_WORDS: Final = 5  # a shorter quotation may be said by anybody
STEM: Final = 6  # letters by which two words are one: sanction, sanctions
# Words of four letters and more that name nothing.
PLAIN: Final = frozenset((
    "about", "above", "after", "again", "against", "also", "although", "among", "around", "based",
    "been", "before", "being", "between", "both", "called", "could", "country", "countries", "does",
    "during", "each", "even", "ever", "first", "from", "further", "given", "government", "have",
    "having", "however", "into", "itself", "later", "like", "made", "make", "many", "might", "more",
    "most", "much", "must", "near", "never", "next", "only", "other", "over", "part", "prime",
    "minister", "president", "same", "should", "since", "some", "state", "states", "still", "such",
    "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "thus", "time", "took", "toward", "towards", "under", "until", "upon", "very", "well", "were",
    "what", "when", "where", "which", "while", "whose", "will", "with", "within", "without", "would",
    "year", "years",
))  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_LETTERS: Final = re.compile(r"[^\W_]+")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one passage tells, as far as it bears on whether another tells the same."""

    kind: str
    document: str
    pairs: frozenset[Pair]  # ordered; (sender, "") where nobody receives
    label: tuple[object, ...]  # equal in all tellings of one thing: type, sign, aux; unit, currency
    dating: Dating  # of a pledge: its deadline
    words: frozenset[str] = frozenset()  # that name things, parties left out
    said: str = ""  # a quotation's words, in small letters
    amount: float | None = None
    printed: str = ""  # the passage
    noun: bool = False  # told by a noun, which takes up what is known
    place: tuple[int, int] = (0, 0)  # characters of the document, the end not included
    coder: str = ""

    @property
    def alone(self) -> bool:
        """Whether nobody receives."""
        return all(not receiver for _, receiver in self.pairs)


def naming_words(text: str, without: Iterable[str] = ()) -> frozenset[str]:
    """Take the words of a text that name things, by their first letters.

    >>> sorted(naming_words("Japan imposed sanctions", without=("Japan",)))
    ['impose', 'sancti']
    """
    left_out = {word[:STEM] for name in without for word in _WORD.findall(name.casefold())}
    found = {word[:STEM] for word in _WORD.findall(text.casefold()) if word not in PLAIN}
    return frozenset(found - left_out)


def tellings_of(candidates: Sequence[Candidate], registry: Registry | None = None) -> list[Telling]:
    """Give what each candidate tells; the names of its parties count for nothing."""
    known = registry or load_registry()
    return [_telling(one, known) for one in candidates]


def told_together(tellings: Sequence[Telling]) -> list[tuple[int, ...]]:
    """Say which tellings are of one thing: groups of their places, each telling in one group.

    The finest dates come first. A telling joins a group if it agrees with the dates of all in it and
    tells the same as one of them; of several groups, the one that shares most words, else, in one
    document, the one told last before it. What fits several groups alike stays by itself.

    Examples
    --------
    >>> day, month = date(2014, 3, 18), Dating(date(2014, 3, 1), date(2014, 3, 31), "month")
    >>> pair, label = frozenset({("RUS", "UKR")}), ("COERCE", -1, "")
    >>> one = Telling("event", "a", pair, label, Dating(day, day))
    >>> told_together([one, Telling("event", "b", pair, label, month)])
    [(0, 1)]
    """
    groups: list[list[int]] = []
    one_coder = len({one.coder for one in tellings}) <= 1
    by_words: dict[tuple[object, ...] | None, list[int]] = {}
    by_mark: dict[tuple[object, ...], list[int]] = {}  # label and pair, or label -> numbers of groups
    for i in sorted(range(len(tellings)), key=lambda i: (_days(tellings[i].dating), i)):
        again = _again(tellings[i])
        if again in by_words:
            by_words[again].append(i)
            continue
        if one_coder and _stands_alone(tellings[i]):
            groups.append([i])
            by_words[again] = groups[-1]
            continue
        marks = _marks(tellings[i])
        alike = sorted({number for mark in marks for number in by_mark.get(mark, ())})
        group = _chosen(tellings, i, [groups[number] for number in alike])
        if group is None:
            group = []
            groups.append(group)
        group.append(i)
        if again is not None:
            by_words[again] = group
        number = next(n for n in (*reversed(alike), len(groups) - 1) if groups[n] is group)
        for mark in marks:
            known = by_mark.setdefault(mark, [])
            if number not in known[-1:] and number not in known:
                known.append(number)
    return sorted(tuple(sorted(group)) for group in groups)


def _again(one: Telling) -> tuple[object, ...] | None:
    """An event as told, but for its place: the same words of the same day in one text tell the same."""
    if one.kind != "event":
        return None
    return one.document, one.coder, one.label, one.pairs, one.dating, one.printed


def _stands_alone(one: Telling) -> bool:
    """Whether only the same words can tell the same: an undated act that is no war and no course."""
    return one.kind == "event" and one.dating.basis == "none" and one.label[0] not in (*WARS, *COURSES)


def _marks(one: Telling) -> list[tuple[object, ...]]:
    """Under what a telling is looked for: only what has a mark in common can tell the same."""
    if one.kind == "quote":
        return [(one.kind, *one.label)]
    return [(one.kind, *one.label, pair) for pair in sorted(one.pairs)]


def merge(candidates: Sequence[Candidate], registry: Registry | None = None) -> list[Candidate]:
    """Make one candidate of those that tell the same, at the place of the first.

    It has all passages, the finest date, and the `tellings` that it is made of; what they disagree on
    stands in `conflicts`, each value with its passages.
    """
    single = [telling for one in candidates for telling in one.told]
    # Compared in the order of their texts, so that the order in which files are named changes nothing.
    order = sorted(range(len(single)), key=_places(single).__getitem__)
    groups = told_together(tellings_of([single[i] for i in order], registry))
    given = sorted(sorted(order[i] for i in group) for group in groups)
    return [_merged([single[i] for i in group]) for group in given]


def _places(told: Sequence[Candidate]) -> list[tuple[str, int, int, str]]:
    """Where each is told; what is told at one place is put in order by what it says."""
    first = [one.passages[0] for one in told]
    places = [(one.document, one.char_start, one.char_end) for one in first]
    here = Counter(places)
    return [
        (*place, repr(one.draft) if here[place] > 1 else "") for place, one in zip(places, told, strict=True)
    ]


def _merged(told: Sequence[Candidate]) -> Candidate:
    first = told[0]
    if len(told) == 1:
        return first
    draft = first.draft
    for other in told[1:]:
        draft = replace(draft, dating=_finer(draft.dating, other.draft.dating))
    passages = tuple(dict.fromkeys(passage for one in told for passage in one.passages))
    return Candidate(
        draft,
        passages,
        weakest([one.verification for one in told]),
        " + ".join(dict.fromkeys(one.coder for one in told)),
        next((one.said for one in told if one.said), None),
        tuple(told),
        conflicts_of(told),
    )


def _finer(one: Dating, other: Dating) -> Dating:
    if other.basis == "none" or one.basis == "none":
        return one if other.basis == "none" else other
    return other if _days(other) < _days(one) and not distinct(one, other) else one


# which tell the same


def _chosen(tellings: Sequence[Telling], i: int, groups: list[list[int]]) -> list[int] | None:
    one = tellings[i]
    fits = []
    for group in groups:
        others = [tellings[j] for j in group]
        if one.kind == "event" and not _dates_agree(one, others):
            continue
        support = [
            _support(other, one) if j < i else _support(one, other)
            for j, other in zip(group, others, strict=True)
        ]
        shared = [words for words in support if words is not None]
        if not shared:
            continue
        here = [k for k, other in enumerate(others) if other.document == one.document]
        if here and all(support[k] is None for k in here):
            continue  # what one text tells as two things are two
        before = max((group[k] for k in here if group[k] < i), default=-1)
        fits.append((max(shared), before, group))
    if not fits:
        return None
    best = max(fits, key=lambda fit: fit[:2])
    return best[2] if sum(fit[:2] == best[:2] for fit in fits) == 1 else None


def _support(first: Telling, second: Telling) -> int | None:
    """How many words two tellings share, if they tell the same; the second stands later."""
    return _shared(first, second) if _SAME[first.kind](first, second) else None


def _shared(first: Telling, second: Telling) -> int:
    return len(first.words & second.words)


def _same_event(first: Telling, second: Telling) -> bool:
    if first.document == second.document:
        return _same_place(first, second) or _same_in_one_text(first, second)
    if not first.pairs & second.pairs:
        return False
    war = first.label[0] in WARS
    if "none" in (first.dating.basis, second.dating.basis):
        return war
    if distinct(first.dating, second.dating):
        near = _gap(first.dating, second.dating) <= NEAR_DAYS
        return near and first.pairs == second.pairs and _shared(first, second) >= 2
    coarser = max(_days(first.dating), _days(second.dating))
    if war or (coarser <= FINE_DAYS and not first.alone):
        return True
    return _shared(first, second) >= 1 + first.alone


def _same_place(first: Telling, second: Telling) -> bool:
    """Two coders read the same words: what they give alike is one thing."""
    return (
        first.coder != second.coder
        and max(first.place[0], second.place[0]) < min(first.place[1], second.place[1])
        and not (first.pairs and second.pairs and not first.pairs & second.pairs)
        and not distinct(first.dating, second.dating)
    )


def _same_in_one_text(first: Telling, second: Telling) -> bool:
    """In one text a second telling is a second act, unless a noun takes the first one up."""
    if first.pairs != second.pairs:
        return False
    if first.printed == second.printed and first.dating == second.dating:
        return True
    single = first.label[0] in WARS or (first.label[0] in COURSES and second.noun)
    if "none" in (first.dating.basis, second.dating.basis):
        return single
    if distinct(first.dating, second.dating):
        return False
    return single or (first.dating == second.dating and second.noun)


def _same_pledge(first: Telling, second: Telling) -> bool:
    """The same from the same: an amount told again, or two amounts due on one day."""
    if first.document == second.document and _same_place(first, second):
        return None in (first.amount, second.amount) or first.amount == second.amount
    if not first.pairs & second.pairs or first.amount is None or second.amount is None:
        return False
    dated = "none" not in (first.dating.basis, second.dating.basis)
    if dated and distinct(first.dating, second.dating):
        return False
    return first.amount == second.amount or (dated and _shared(first, second) >= 1)


def _same_quotation(first: Telling, second: Telling) -> bool:
    """One line in two texts; what one text quotes twice was said twice, or to two."""
    if first.document == second.document:
        return _same_place(first, second)
    if first.pairs and second.pairs and not first.pairs & second.pairs:
        return False
    short, long = sorted((first.said, second.said), key=len)
    return len(short.split()) >= FEW_WORDS and f" {short} " in f" {long} "


_SAME: Final = {"event": _same_event, "pledge": _same_pledge, "quote": _same_quotation}


# dates


def _dates_agree(one: Telling, others: Sequence[Telling]) -> bool:
    """Whether no date excludes another, but by the few days on which two documents may disagree."""
    for other in others:
        if distinct(one.dating, other.dating):
            near = one.document != other.document and _gap(one.dating, other.dating) <= NEAR_DAYS
            if not near:
                return False
    return True


def _days(dating: Dating) -> int:
    if dating.basis == "none" or dating.start is None:
        return 10**7
    if dating.end is None:
        return OPEN_DAYS.get(dating.precision, 10**6)
    return (dating.end - dating.start).days + 1


def _gap(one: Dating, other: Dating) -> int:
    first, second = sorted((one, other), key=lambda dating: dating.start or date.min)
    end = first.end
    if end is None and first.start is not None:
        end = first.start + timedelta(OPEN_DAYS.get(first.precision, 0))
    return (second.start - end).days if second.start and end else 10**7


# candidates


def _telling(one: Candidate, registry: Registry) -> Telling:
    draft = one.draft
    printed = " ".join(quotation.words for quotation in draft.quotations)
    document = one.passages[0].document
    place = (one.passages[0].char_start, one.passages[0].char_end)
    if draft.kind == "event":
        label: tuple[object, ...] = (draft.event_type, draft.sign, draft.aux)
        pairs = frozenset(draft.dyads) or frozenset((sender, "") for sender in draft.senders)
        words = naming_words(printed, _names(draft, registry))
        return Telling(
            "event", document, pairs, label, draft.dating, words, printed=printed, noun=draft.by_noun,
            place=place, coder=one.coder,
        )  # fmt: skip
    if draft.kind == "pledge":
        receivers = draft.receivers or ("",)
        pairs = frozenset((by, to) for by in draft.senders for to in receivers)
        words = naming_words(printed, _names(draft, registry))
        due = draft.deadline or Dating(None, None, "unknown", "none")
        label = (draft.unit, draft.currency, draft.pledge_kind == "restriction")
        return Telling(
            "pledge", document, pairs, label, due, words, amount=draft.quantity, printed=printed, place=place,
            coder=one.coder,
        )  # fmt: skip
    spoken = " ".join(_LETTERS.findall(draft.said.words.casefold())) if draft.said else ""
    speakers = frozenset((speaker, "") for speaker in draft.speakers)
    return Telling(
        "quote", document, speakers, (draft.quote_mode,), draft.dating, said=spoken, place=place,
        coder=one.coder,
    )  # fmt: skip


def _names(draft: Draft, registry: Registry) -> Iterator[str]:
    for id in (*draft.senders, *draft.receivers, *draft.sender_agents, *draft.receiver_agents):
        if id in registry:
            actor = registry.actor(id)
            yield from (actor.name, actor.adjective, actor.capital)
        yield id
