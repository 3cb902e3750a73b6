"""Fits: worked by hand, against the reference, and what stands in their way."""

import json
import math
from datetime import date

import numpy as np
import pytest

from comity.model import (
    STATISTICS,
    CollinearityError,
    Covariate,
    Fit,
    History,
    PooledSampleError,
    Repetition,
    SeparationError,
    TooFewEventsError,
    Triad,
    fit,
)
from comity.provenance import BadValueError, UsageError
from tests.model.worlds import day, make_history, random_history, read, reference_history


def one_of_six(*, hits: int, days: int) -> tuple[History, Covariate]:
    """One act a day among three actors: `hits` times A to B, else C to B; the covariate marks A to B."""
    senders = ["A" if i < hits else "C" for i in range(days)]
    history = History.of(
        senders, ["B"] * days, [day(i) for i in range(days)], [1.0] * days, actors=list("ABC")
    )
    mark = np.zeros((3, 3))
    mark[0, 1] = 1.0
    return history, Covariate("marked", mark)


def test_a_marked_pair_among_six_gets_its_log_odds():
    # A share of 15 / 20 against five other pairs: p / (1 - p) = exp(b) / 5, so b = log(15) = log(5 * 15 / 5).
    # Information 20 p (1 - p) = 3.75.
    history, mark = one_of_six(hits=15, days=20)
    found = fit(history, statistics=[mark], transform="identity", risk_set="full")
    assert found["marked"].estimate == pytest.approx(math.log(15), abs=1e-9)
    assert found["marked"].std_error == pytest.approx(1 / math.sqrt(3.75), abs=1e-9)
    assert found.log_likelihood == pytest.approx(15 * math.log(0.75) + 5 * math.log(0.05), abs=1e-9)
    assert (found.n_events, found.n_rows) == (20, 120)


def test_acts_of_one_day_share_its_risk_set():
    history, mark = one_of_six(hits=15, days=20)
    together = History.of(
        [history.actors[i] for i in history.sender],
        [history.actors[i] for i in history.receiver],
        [day(0)] * 20,
        [1.0] * 20,
        actors=history.actors,
    )
    found = fit(together, statistics=[mark], transform="identity", risk_set="full")
    assert found["marked"].estimate == pytest.approx(math.log(15), abs=1e-9)
    assert found.n_rows == 6


def test_errors_by_dyad_are_those_of_the_sandwich():
    # Chances: .75 marked, .05 each other; mean of the term .75. Scores, (acts - expected) * (term - mean):
    # A to B (15 - 15) * .25 = 0; C to B (5 - 1) * -.75 = -3; four silent pairs (0 - 1) * -.75 = .75 each.
    # Sum of squares 9 + 4 * .5625 = 11.25; information 3.75.
    history, mark = one_of_six(hits=15, days=20)
    options = {"statistics": [mark], "transform": "identity", "clustered": True}
    full = fit(history, risk_set="full", **options)
    sampled = fit(history, risk_set="sampled", **options)
    assert full["marked"].std_error_dyad == pytest.approx(math.sqrt(11.25) / 3.75, abs=1e-9)
    assert sampled["marked"].std_error_dyad == pytest.approx(math.sqrt(11.25) / 3.75, abs=1e-7)


def test_a_logit_of_the_type_gives_the_log_odds():
    # Marked: 9 of 12 friendly, log(3); others 4 of 8, log(1).
    history, mark = one_of_six(hits=12, days=20)
    types = ["cooperation"] * 9 + ["conflict"] * 3 + ["cooperation", "conflict"] * 4
    typed = History.of(
        [history.actors[i] for i in history.sender],
        ["B"] * 20,
        [day(i) for i in range(20)],
        [1.0] * 20,
        types=types,
        actors=history.actors,
    )
    found = fit(typed, outcome="type", statistics=[mark], transform="identity")
    assert found["(Intercept)"].estimate == pytest.approx(0.0, abs=1e-9)
    assert found["marked"].estimate == pytest.approx(math.log(3), abs=1e-9)
    assert found["marked"].std_error == pytest.approx(math.sqrt(1 / 9 + 1 / 3 + 1 / 4 + 1 / 4), abs=1e-9)
    assert (found.risk_set, found.n_rows) == ("none", 20)


def test_earlier_events_are_history_and_later_ones_are_left_out():
    history = random_history(seed=3)
    found = fit(history, statistics=[Repetition(0)], since=day(20), until=day(39), risk_set="full")
    explained = (history.day >= 18282) & (history.day <= 18301) & (history.sign == 0)
    assert found.n_events == explained.sum()
    assert (found.date_start, found.date_end) == (day(20), day(39))


def test_a_sample_that_takes_every_pair_is_the_full_risk_set():
    history = random_history(seed=4)
    full = fit(history, statistics=STATISTICS[:4], risk_set="full")
    sampled = fit(history, statistics=STATISTICS[:4], controls=10_000)
    for one, other in zip(full.coefficients, sampled.coefficients, strict=True):
        assert one.estimate == pytest.approx(other.estimate, abs=1e-9)
        assert one.std_error == pytest.approx(other.std_error, abs=1e-9)


def test_the_same_seed_draws_the_same_sample_and_another_does_not():
    history = random_history(seed=5, actors=40, events=300)
    terms = [Repetition(0), Triad(0, 0)]
    first, again, other = (fit(history, statistics=terms, seed=seed, controls=100) for seed in (1, 1, 2))
    assert first == again
    assert first["coop.repetition"].estimate != other["coop.repetition"].estimate


def test_standard_errors_grow_with_the_sampling_of_the_risk_set():
    history = random_history(seed=6, actors=40, events=300)
    terms = [Repetition(0), *STATISTICS[4:6]]
    full = fit(history, statistics=terms, risk_set="full")
    sampled = fit(history, statistics=terms, controls=100)
    assert sampled["pos.out.source"].std_error > 1.02 * full["pos.out.source"].std_error


def test_sampled_estimates_scatter_as_their_errors_say():
    """Over seeds, the deviations from the full risk set have the variance that the sampling adds."""
    history = random_history(seed=7, actors=40, events=300)
    terms = [Repetition(0), *STATISTICS[4:6]]
    full = fit(history, statistics=terms, risk_set="full")
    sampled = [fit(history, statistics=terms, controls=150, seed=seed) for seed in range(25)]
    for term in ("pos.out.source", "pos.in.source"):
        apart = np.array([one[term].estimate - full[term].estimate for one in sampled])
        added = np.array([one[term].std_error ** 2 - full[term].std_error ** 2 for one in sampled])
        # 25 draws: the ratio of variances lies within 0.4 and 2 nearly always.
        assert 0.4 < (apart**2).mean() / added.mean() < 2.0


@pytest.mark.parametrize("risk_set", ["pooled", "unweighted", "case-control"])
def test_unweighted_samples_are_refused_with_the_reason(risk_set):
    with pytest.raises(PooledSampleError, match=r"is refused.*without the probability.*'sampled'"):
        fit(random_history(seed=1), risk_set=risk_set)


def test_too_few_events_are_counted():
    with pytest.raises(TooFewEventsError, match="3 events for 16 terms"):
        fit(make_history(*[("A", "B", i, 1.0) for i in range(3)]))


def test_few_events_are_called_weak():
    history, mark = one_of_six(hits=5, days=8)
    found = fit(history, statistics=[mark], transform="identity", risk_set="full")
    assert found.notes == ("Only 8 events for 1 terms: the standard errors are too hopeful.",)


def test_a_term_that_tells_without_exception_is_named():
    history, mark = one_of_six(hits=20, days=20)
    with pytest.raises(SeparationError, match="marked alone tells the outcome without exception"):
        fit(history, statistics=[mark], transform="identity", risk_set="full")


def test_terms_that_tell_together_are_named():
    # Only A to B and C to B ever act: x + y is 1 for both and less elsewhere, x or y alone is not.
    history, mark = one_of_six(hits=10, days=20)
    other = np.zeros((3, 3))
    other[2, 1] = 1.0
    with pytest.raises(SeparationError, match=r"the likelihood rises towards infinity.*marked"):
        fit(history, statistics=[mark, Covariate("other", other)], transform="identity", risk_set="full")


def test_a_type_told_without_exception_is_named():
    history = make_history(*[("A", "B", i, 1.0) for i in range(9)], *[("C", "B", i, -1.0) for i in range(9)])
    mark = np.zeros((3, 3))
    mark[0, 1] = 1.0
    with pytest.raises(SeparationError, match="marked alone tells"):
        fit(history, outcome="type", statistics=[Covariate("marked", mark)], transform="identity")


def test_acts_of_one_type_have_no_type_to_explain():
    with pytest.raises(TooFewEventsError, match="all 9 events are of one type"):
        fit(make_history(*[("A", "B", i, 1.0) for i in range(9)]), outcome="type", statistics=STATISTICS[:2])


def test_terms_that_say_the_same_are_named():
    history, mark = one_of_six(hits=12, days=20)
    twice = Covariate("twice", 2 * mark.values)
    with pytest.raises(CollinearityError, match="marked, twice carry the same information"):
        fit(history, statistics=[mark, twice], transform="identity", risk_set="full")


def test_a_term_that_never_varies_is_named():
    history, mark = one_of_six(hits=12, days=20)
    flat = Covariate("flat", np.ones((3, 3)))
    with pytest.raises(CollinearityError, match="flat never varies"):
        fit(history, statistics=[mark, flat], transform="identity", risk_set="full")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"outcome": "rate"}, "unknown outcome 'rate'.*rate:cooperation"),
        ({"risk_set": "some"}, "unknown risk set 'some'.*full, sampled"),
        ({"transform": "log"}, "unknown transform 'log'"),
        ({"half_life_days": 0.0}, "a half-life of 0 days"),
    ],
)
def test_a_question_that_is_not_well_formed_is_refused(options, message):
    with pytest.raises(UsageError, match=message):
        fit(random_history(seed=1), **options)


def test_a_slow_statistic_gives_what_its_fast_path_gives():
    class Slow:
        name = "slow"

        def parts(self, memory, senders, receivers):
            return Triad(0, 0).parts(memory, senders, receivers)

    history = random_history(seed=8)
    for risk_set in ("full", "sampled"):
        fast = fit(history, statistics=[Repetition(0), Triad(0, 0)], risk_set=risk_set)
        slow = fit(history, statistics=[Repetition(0), Slow()], risk_set=risk_set)
        assert slow["slow"].estimate == pytest.approx(fast["friend.of.friend"].estimate, abs=1e-9)


@pytest.mark.parametrize("transform", ["identity", "each"])
def test_both_risk_sets_agree_under_every_transform(transform):
    history = random_history(seed=9)
    terms = [STATISTICS[0], STATISTICS[4], STATISTICS[9], STATISTICS[13]]
    full = fit(history, statistics=terms, transform=transform, risk_set="full")
    sampled = fit(history, statistics=terms, transform=transform)
    for one, other in zip(full.coefficients, sampled.coefficients, strict=True):
        assert one.estimate == pytest.approx(other.estimate, abs=1e-8)


def test_actors_that_left_are_not_at_risk():
    history, mark = one_of_six(hits=12, days=20)
    stays = {"A": (None, None), "B": (None, None), "C": (None, None), "D": (None, day(9))}
    wider = History.of(
        [history.actors[i] for i in history.sender],
        ["B"] * 20,
        [day(i) for i in range(20)],
        [1.0] * 20,
        actors=stays,
    )
    wide = Covariate("marked", np.pad(mark.values, (0, 1)))
    found = fit(wider, statistics=[wide], transform="identity", risk_set="full")
    assert found.n_rows == 10 * 12 + 10 * 6


def test_a_fit_shows_itself_and_comes_back_from_its_file():
    history, mark = one_of_six(hits=15, days=20)
    found = fit(history, statistics=[mark], transform="identity", risk_set="full", clustered=True)
    assert "marked" in found.summary()
    assert "full risk set" in found.summary()
    assert list(found.tidy("polars").columns)[:3] == ["term", "estimate", "std_error"]
    assert found.glance()["aic"] == pytest.approx(2 - 2 * found.log_likelihood)
    assert "<td>marked</td>" in found._repr_html_()
    assert Fit.from_json(found.to_json()) == found


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', '{"format": 1}'])
def test_another_file_is_not_taken_for_a_model(text):
    with pytest.raises(BadValueError, match="model file"):
        Fit.from_json(text)


def test_a_coefficient_gives_its_interval():
    history, mark = one_of_six(hits=15, days=20)
    one = fit(history, statistics=[mark], transform="identity", risk_set="full")["marked"]
    low, high = one.interval
    assert (high - low) / 2 == pytest.approx(1.959964 * one.std_error, rel=1e-6)
    assert json.loads(json.dumps(one.to_dict()))["z"] == pytest.approx(one.estimate / one.std_error)


SINCE = date(2014, 1, 31)


@pytest.mark.shared
@pytest.mark.parametrize("outcome", ["rate:cooperation", "rate:conflict"])
def test_the_full_risk_set_of_thirty_actors_meets_the_reference(shared, outcome):
    folder = shared / "reference" / "rem" / "icews14-states30"
    name = f"{outcome.removeprefix('rate:')}_rate"
    rows = [r for r in read(folder / "expected_coefficients_full_risk_set.csv") if r["model"] == name]
    found = fit(reference_history(folder), outcome=outcome, since=SINCE, risk_set="full")
    for row in rows:
        assert found[row["stat"]].estimate == pytest.approx(float(row["coef"]), abs=1e-6)
        assert found[row["stat"]].std_error == pytest.approx(float(row["se"]), abs=1e-6)
    assert found.log_likelihood == pytest.approx(float(rows[0]["loglik"]), abs=1e-6)
    assert (found.n_rows, found.n_events) == (int(rows[0]["rows"]), int(rows[0]["events"]))


@pytest.mark.shared
@pytest.mark.parametrize("case", ["icews14-states30", "icews14-states284-sampled"])
def test_the_type_of_an_act_meets_the_reference(shared, case):
    folder = shared / "reference" / "rem" / case
    table = read(folder / "peer_coefficients_eventnet_r_survival.csv")
    found = fit(reference_history(folder), outcome="type", since=SINCE)
    rows = [row for row in table if row["model"] == "cooperative_given_event"]
    assert len(rows) == 17
    for row in rows:
        assert found[row["stat"]].estimate == pytest.approx(float(row["coef"]), abs=1e-6)
        assert found[row["stat"]].std_error == pytest.approx(float(row["se"]), abs=1e-6)


@pytest.mark.shared
@pytest.mark.parametrize("outcome", ["rate:cooperation", "rate:conflict"])
def test_the_default_comes_within_half_a_standard_error_of_the_full_risk_set(shared, outcome):
    folder = shared / "reference" / "rem" / "icews14-states284-sampled"
    name = f"{outcome.removeprefix('rate:')}_rate"
    table = read(folder / "coefficients_by_method.csv")
    rows = [row for row in table if row["model"] == name and row["method"] == "full_risk_set"]
    history = reference_history(folder)
    for seed in (1, 2):
        found = fit(history, outcome=outcome, since=SINCE, seed=seed)
        apart = [abs(found[r["stat"]].estimate - float(r["coef"])) / float(r["se"]) for r in rows]
        assert len(apart) == 16
        assert max(apart) < 0.5
