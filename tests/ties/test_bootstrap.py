import numpy as np
import pytest

from comity.ties.bootstrap import DRAWS, day_counts, drawn_net, interval, nets


def counts(days: int, *question: object) -> np.ndarray:
    return np.concatenate(list(day_counts(days, *question)))


def test_the_first_days_are_drawn_alike_however_many_follow() -> None:
    assert (counts(700, 1, "JPN")[:300] == counts(300, 1, "JPN")).all()


def test_other_questions_get_other_draws() -> None:
    assert (counts(5, 1, "JPN", "RUS") != counts(5, 1, "RUS", "JPN")).any()


def test_a_question_cannot_borrow_letters_from_its_neighbour() -> None:
    assert (counts(5, "AB", "C") != counts(5, "A", "BC")).any()


def test_days_are_drawn_once_on_average() -> None:
    drawn = counts(200, 1)
    assert drawn.mean() == pytest.approx(1.0, abs=0.01)  # 200,000 draws: standard error 0.002
    assert drawn.var() == pytest.approx(1.0, abs=0.02)


def test_several_dyads_share_the_days_drawn() -> None:
    points = np.array([[4.0, 4.0], [2.0, 2.0], [6.0, 6.0]])
    drawn = drawn_net(points, np.zeros_like(points), 1)
    assert drawn.shape == (2, DRAWS)
    assert (drawn[0] == drawn[1]).all()


def test_free_counts_give_the_interval_of_a_fixed_number_of_days() -> None:
    # The textbook bootstrap draws all 200 calendar days, 60 of them active, with replacement.
    rng = np.random.default_rng(7)
    friendly, hostile = np.zeros(200), np.zeros(200)
    friendly[:40], hostile[30:60] = rng.uniform(1, 8, 40), rng.uniform(1, 8, 30)
    fixed = rng.multinomial(200, np.full(200, 1 / 200), size=20_000)
    low, high = np.percentile(nets(fixed @ friendly, fixed @ hostile), [2.5, 97.5])
    ours = interval(drawn_net(friendly[:60], hostile[:60], 1))
    assert ours == pytest.approx((low, high), abs=0.04)


def test_the_interval_covers_the_true_net_about_nineteen_times_in_twenty() -> None:
    # Days with a Poisson number of friendly (mean 0.15) and hostile (0.10) acts of 4 points, 300
    # days: expected F = 180, H = 120, net = 60/303. 95 of 100 hits give or take 2.2 (one s.e.).
    rng = np.random.default_rng(3)
    hits = 0
    for world in range(100):
        friendly, hostile = 4.0 * rng.poisson(0.15, 300), 4.0 * rng.poisson(0.10, 300)
        active = (friendly + hostile) > 0
        low, high = interval(drawn_net(friendly[active], hostile[active], 1, world))
        hits += low <= 60 / 303 <= high
    assert 88 <= hits <= 100
