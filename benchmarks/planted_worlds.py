"""Worlds in which it is known who moved a tie, and what `comity.factors` says of them.

Run with ``python benchmarks/planted_worlds.py [WORLDS [QUESTION…]]`` (default 100 worlds, all questions: ten
minutes of processor time). The questions:

1. A change that is a third party's: how much of it does the long-run account give that party?
2. A third party that hinders in some eras and fosters in others: are the signs and the turn found again?
3. Third parties without any effect: how often does the instant account tell one apart from zero? And where
   the acts of all others are handed to pairs drawn at random? And where nobody answers this third party, but
   all others are answered: by coefficients common to all third parties, and by its own? And where it is
   answered as the others are?
4. A third party that changes much, but has no effect: how often does the long-run account tell it apart?

In all of them twelve actors act; one of them, the third party, acts as it is given, the others as the model
has it. Coefficients are estimated on each world anew.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from comity.factors import Coefficients, Period, fit_coefficients
from comity.factors.change import Question, Slopes, work_out
from comity.factors.long_run import run_worlds
from comity.factors.own_coefficients import own_parts
from comity.factors.period import day_of
from comity.factors.uncertainty import coefficient_errors, errors_of
from comity.model import History, Propensity, Replay, Watch, find_statistics, set_aside, student_quantile

ACTORS = tuple(f"a{i}" for i in range(12))
PAIR, THIRD = (0, 1), 2
TERMS = ("coop.repetition", "coop.reciprocation", "conf.repetition", "friend.of.friend", "enemy.of.enemy")
STATISTICS = find_statistics(TERMS)
START = 18262  # 2020-01-01
SIZES = np.array([1.0, 3.0, 4.0, 7.0])
DAILY = {"cooperation": 20.0, "conflict": 4.0}  # acts of the others
CONFLICT = (0.3, 0.2, 0.4, 0.0, 0.0)
FRIENDLY = (0.2, 0.15, 0.0, 0.8, 0.0)  # a common friend draws two together
DEAF = (0.2, 0.15, 0.0, 0.0, 0.0)  # third parties do not matter
NORMAL_95 = 1.96


class Given(NamedTuple):
    """How many friendly acts a day pass between the third party and others.

    `quiet` with everybody; from the turn on `busy` with the two. With `bursts` also `busy` with each other
    partner in half of the months: coefficients of third parties are known only where their ties vary.
    """

    quiet: float
    busy: float
    turn: int
    days: int
    bursts: bool = False

    def rates(self, rng: np.random.Generator) -> np.ndarray:
        """Give (days, partners)."""
        months = self.bursts & (rng.random((self.days // 30 + 1, len(ACTORS))) < 0.5)
        on = months[np.arange(self.days) // 30]
        on[:, list(PAIR)] = np.arange(self.days)[:, None] >= self.turn
        found = np.where(on, self.busy, self.quiet)
        found[:, THIRD] = 0.0
        return found


STEP = Given(quiet=0.02, busy=10.0, turn=200, days=320)
ALSO_ELSEWHERE = Given(quiet=0.02, busy=4.0, turn=190, days=260, bursts=True)


def given_acts(given: Given, seed: int) -> History:
    """Draw the third party's acts: with the two as given, with others quietly."""
    rng = np.random.default_rng([seed, 7])
    half = given.rates(rng)[:, :, None] / 2
    number, partner, way = np.nonzero(counts := rng.poisson(np.repeat(half, 2, axis=2)))
    times = counts[number, partner, way]
    number, partner, way = (np.repeat(one, times) for one in (number, partner, way))
    sender, receiver = np.where(way == 0, THIRD, partner), np.where(way == 0, partner, THIRD)
    day = START + number
    size = rng.choice(SIZES, size=len(day))
    empty = History.of([], [], [], [], actors=ACTORS)
    return replace(
        empty, sender=sender, receiver=receiver, day=day, sign=np.zeros(len(day), np.int64), size=size
    )


def grow(given: History, seed: int, eras: Sequence[tuple[int, Sequence[float]]]) -> History:
    """Simulate all others from day to day; each era has its last day and coefficients of cooperation."""
    free = np.ones((len(ACTORS), len(ACTORS)), dtype=bool)
    free[THIRD] = free[:, THIRD] = False
    before, first = given.take(slice(0)), 0
    for end, cooperation in eras:
        betas = {"cooperation": np.array(cooperation), "conflict": np.array(CONFLICT)}
        replay = Replay(
            before=before,
            first=START + first,
            last=START + end - 1,
            free=dict.fromkeys(betas, free),
            propensities={name: Propensity(STATISTICS, beta, 0.0, SIZES) for name, beta in betas.items()},
            acts={name: np.full(end - first, DAILY[name]) for name in betas},
            watch=Watch(STATISTICS, betas["cooperation"], 0.0, np.array([0]), np.array([1]), relative=True),
            half_life_days=30.0,
            transform="log1p",
        )
        within = (given.day >= START + first) & (given.day < START + end)
        fresh = replay.run(given.take(within), replay.start(), seed=seed).acts
        before = replace(
            before,
            **{name: np.concatenate([getattr(before, name), getattr(fresh, name)]) for name in COLUMNS},
        )
        first = end
    return before


COLUMNS = ("sender", "receiver", "day", "sign", "size")


def fitted(history: History, outcome: str, *, starts: Sequence[int] = ()) -> Coefficients:
    """Estimate how the others answer, after two months of memories."""
    aside = set_aside(history, [ACTORS[THIRD]])
    days = [day_of(START + one) for one in starts]
    return fit_coefficients(aside, outcome, statistics=STATISTICS, since=day_of(START + 60), starts=days)


def period(first: int, last: int) -> Period:
    """Count days from the start of the world; both are included."""
    return Period(day_of(START + first), day_of(START + last))


def moved(
    seed: int, *, given: Given = STEP, cooperation: Sequence[float] = FRIENDLY, runs: int = 6
) -> list[float]:
    """Give the third party's long-run part with its spread, the change seen, and the change that it caused.

    What it caused is the change seen less that of a world with the same chance in which it stays quiet, both
    valued with the true coefficients.
    """
    world = grow(given_acts(given, seed), seed, [(given.days, cooperation)])
    still = grow(given_acts(given._replace(busy=given.quiet), seed), seed, [(given.days, cooperation)])
    rates = {name: fitted(world, f"rate:{name}") for name in DAILY}
    own = rates["cooperation"]
    periods = period(given.turn - 60, given.turn - 1), period(given.days - 60, given.days - 1)
    found = run_worlds(Question(world, PAIR, *periods, own), [THIRD], rates, runs=runs, seed=seed)
    seen = float(work_out(Question(world, PAIR, *periods, own)).totals.mean())
    truth = replace(own, estimates=np.array([cooperation]))
    with_it, without = (
        work_out(Question(one, PAIR, *periods, truth)).totals.mean() for one in (world, still)
    )
    part, spread, _ = (float(one[0]) for one in found.by_third_party)
    return [part, spread, seen, float(with_it - without)]


def turned(seed: int) -> tuple[list[int], list[int], list[float]]:
    """Give the true and the found signs of the third party by era, and how sure each is in standard errors.

    Three eras of 150 days; the sign turns at the second boundary in worlds of even seeds, else at the first.
    """
    signs = [-1, -1, 1] if seed % 2 == 0 else [-1, 1, 1]
    ends = (150, 300, 450)
    eras = [(end, (0.2, 0.15, 0.0, 0.5 * sign, 0.0)) for end, sign in zip(ends, signs, strict=True)]
    world = grow(given_acts(Given(0.02, 4.0, 0, 450, bursts=True), seed), seed, eras)
    coefficients = fitted(world, "rate:cooperation", starts=ends[:2])
    levels = []
    for first in (90, 180, 330):
        question = Question(
            world, PAIR, period(first, first + 29), period(first + 30, first + 59), coefficients
        )
        slopes = work_out(question).slopes.level_after
        value = np.einsum("ket,et->k", slopes, coefficients.estimates)[THIRD]
        levels.append((float(value), float(coefficient_errors(coefficients, slopes)[THIRD])))
    return (
        signs,
        [int(np.sign(value)) for value, _ in levels],
        [abs(value) / error for value, error in levels],
    )


def asked(history: History) -> tuple[Question, Slopes]:
    """Ask how the pair changed from before the third party came close to after."""
    coefficients = fitted(history, "rate:cooperation")
    question = Question(history, PAIR, period(120, 179), period(200, 259), coefficients)
    return question, work_out(question).slopes


def told_apart(history: History, seed: int) -> list[bool]:
    """Say of each third party whether the instant account tells its part apart from zero."""
    question, slopes = asked(history)
    value = np.einsum("ket,et->k", slopes.third, question.coefficients.estimates)
    errors = errors_of(question, slopes, seed=seed)
    error = np.hypot(errors.coefficients, errors.weeks)
    return [bool(abs(value[k]) > NORMAL_95 * error[k]) for k in range(2, len(ACTORS))]


def told_by_its_own(history: History, seed: int) -> bool:
    """Say whether coefficients of its own tell the third party's part apart from zero."""
    question, slopes = asked(history)
    (own,) = own_parts(question, slopes, [ACTORS[THIRD]], seed=seed).values()
    weeks = errors_of(question, slopes, seed=seed).weeks[THIRD]
    return abs(own.value) > NORMAL_95 * float(np.hypot(own.std_error, weeks))


def null_world(seed: int, *, cooperation: Sequence[float] = DEAF) -> History:
    """Let the third party come close to the two on day 190, and others answer as they do."""
    return grow(given_acts(ALSO_ELSEWHERE, seed), seed, [(ALSO_ELSEWHERE.days, cooperation)])


def with_others_drawn_again(world: History, seed: int) -> History:
    """Hand every act of the others to two of them drawn at random: nobody answers anybody."""
    rng = np.random.default_rng([seed, 8])
    others = np.array([k for k in range(len(ACTORS)) if k != THIRD])
    theirs = (world.sender != THIRD) & (world.receiver != THIRD)
    one = rng.integers(len(others), size=len(world))
    other = (one + rng.integers(1, len(others), size=len(world))) % len(others)
    return replace(
        world,
        sender=np.where(theirs, others[one], world.sender),
        receiver=np.where(theirs, others[other], world.receiver),
    )


def not_answered(seed: int) -> History:
    """Let all others answer each other without the third party; then put its acts among theirs."""
    mine = given_acts(ALSO_ELSEWHERE, seed)
    world = grow(mine.take(slice(0)), seed, [(ALSO_ELSEWHERE.days, FRIENDLY)])
    day = np.concatenate([world.day, mine.day])
    order = np.argsort(day, kind="stable")
    columns = {name: np.concatenate([getattr(world, name), getattr(mine, name)])[order] for name in COLUMNS}
    return replace(world, **columns)


def rate(found: Sequence[bool]) -> str:
    """Write a share with its counts."""
    return f"{np.mean(found):.1%} ({sum(found)} of {len(found)})"


def wholly_its_own(worlds: int) -> None:
    """Answer the first question."""
    parts = np.array([moved(seed) for seed in range(worlds)])
    of_seen, of_caused = parts[:, 0] / parts[:, 2], parts[:, 0] / parts[:, 3]
    print(
        f"1. part {parts[:, 0].mean():.3f}, change {parts[:, 2].mean():.3f}, caused {parts[:, 3].mean():.3f}"
    )
    for what, share in (("seen", of_seen), ("caused", of_caused)):
        low, middle, high = np.quantile(share, (0.25, 0.5, 0.75))
        print(f"   of the change {what}: median {middle:.0%}, quartiles {low:.0%} and {high:.0%}")
        print(f"   at least 80 % of it in {rate(list(share >= 0.8))}")


def in_the_right_era(worlds: int) -> None:
    """Answer the second question."""
    signs = [turned(seed) for seed in range(worlds)]
    print(f"2. all three signs right in {rate([true == found for true, found, _ in signs])}")
    print(f"   each more than 1.96 errors from zero in {rate([min(sure) > NORMAL_95 for *_, sure in signs])}")


def without_effect(worlds: int) -> None:
    """Answer the third question."""
    null, mixed = [], []
    common: dict[str, list[bool]] = {"not answered": [], "answered": []}
    own: dict[str, list[bool]] = {"not answered": [], "answered": []}
    for seed in range(worlds):
        null += told_apart(null_world(seed), seed)
        world = null_world(seed, cooperation=FRIENDLY)
        mixed += told_apart(with_others_drawn_again(world, seed), seed)
        for name, one in (("not answered", not_answered(seed)), ("answered", world)):
            common[name].append(told_apart(one, seed)[0])
            own[name].append(told_by_its_own(one, seed))
    print(f"3. no effect: told apart {rate(null)}; acts drawn again: {rate(mixed)}")
    for name in common:
        both = [one and other for one, other in zip(common[name], own[name], strict=True)]
        print(f"   this third party is {name}, all others are answered: told apart {rate(common[name])},")
        print(f"   by coefficients of its own {rate(own[name])}, by both {rate(both)}")


def changed_without_effect(worlds: int) -> None:
    """Answer the fourth question."""
    idle = np.array([moved(seed, cooperation=DEAF, runs=10) for seed in range(worlds)])
    told = np.abs(idle[:, 0]) > student_quantile(0.95, 10 - 1) * idle[:, 1]
    print(f"4. changed without effect: told apart {rate(list(told))}")


QUESTIONS = (wholly_its_own, in_the_right_era, without_effect, changed_without_effect)

if __name__ == "__main__":
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chosen = [int(one) for one in sys.argv[2:]] or [1, 2, 3, 4]
    for number in chosen:
        QUESTIONS[number - 1](worlds)
