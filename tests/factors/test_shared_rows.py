"""Four months of ICEWS: an account that is sensible, and the same by another way."""

import importlib.util
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from comity.actors import load_registry
from comity.events import Events, EventStore, find_reader
from comity.factors import Period, attribute, shipped_coefficients
from comity.factors.asked import Asked
from comity.factors.change import work_out
from comity.factors.period import number_of
from comity.model import STATISTICS, by_third_party, compute_statistics

pytestmark = pytest.mark.shared
REPLICA = Path(__file__).resolve().parents[2] / "benchmarks" / "replica.py"
PAIR = ("RUS", "UKR")
BEFORE, AFTER = Period.parse("2018-12-01..2018-12-31"), Period.parse("2019-02-01..2019-02-28")


@pytest.fixture(scope="module")
def events(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Events:
    """Write the rows as one daily file, and import it."""
    spec = importlib.util.spec_from_file_location("replica", REPLICA)
    assert spec is not None
    assert spec.loader is not None
    replica = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(replica)
    folder = tmp_path_factory.mktemp("icews")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_SHARED", str(shared))
        replica.write_icews(folder / "20190301-icews-events.tab", 224_883)
    store = EventStore(folder / "data")
    store.import_files(find_reader("icews"), [folder / "20190301-icews-events.tab"], load_registry())
    return Events.of(store=store)


def test_an_account_of_all_third_parties_adds_up(events):
    found = attribute(events, PAIR, before=BEFORE, after=AFTER, third=("USA",))
    parts = found.own_history + found.eras + found.covariates + found.rounding + found.system
    assert parts + sum(one.value for one in found.third_parties) == pytest.approx(found.total, abs=1e-9)
    assert len(found.third_parties) > 100
    acts = events.acts(basis="data")
    fitted = (acts.weight > 0) & (acts.day >= number_of(date(2018, 12, 1)))  # a half-life after the first
    assert found.coefficients_from.startswith(f"these data: {len(set(acts.key[fitted])):,} acts, 2018-12-01")
    assert [one.actor for one in found.third_parties if one.own_interval] == ["USA"]
    # The incident in the Kerch Strait of 25 November and its echo lie before: most acts of the two do, too.
    assert found.n_acts[0] > 2 * found.n_acts[1]
    assert found.own_history < 0
    lines = events.find(found["USA"].events)
    assert all({"USA"} < {line["sender"], line["receiver"]} <= {"USA", *PAIR} for line in lines)


def test_between_single_days_it_is_the_formula_of_the_background_page(events):
    """By the model's own functions: every pair's statistics, and the third party's part of each."""
    one, other = Period.parse("2018-12-15"), Period.parse("2019-02-10")
    coefficients = shipped_coefficients("rate:cooperation")
    asked = Asked.of(events, PAIR, one, other, (), "rate", None)
    change = work_out(asked.question(coefficients))
    history, beta = asked.history, coefficients.estimates[0]
    actors = [history.actors[i] for i in history.present(int(one.mornings[0]))]
    pairs = [(a, b) for a in actors for b in actors if a != b]
    value = []
    for day in (one.start, other.start):
        rows = [list(side) for side in zip(*pairs, strict=True)]
        statistics = compute_statistics(history, *rows, [day] * len(pairs))
        eta = np.log1p(statistics) @ beta
        value.append((eta[pairs.index(PAIR)] - np.log(np.exp(eta).sum()), statistics[pairs.index(PAIR)]))
    assert change.totals[0] == pytest.approx(value[1][0] - value[0][0], abs=1e-9)
    part = 0.0
    for there, back in ((PAIR, 0.5), (PAIR[::-1], 0.5)):
        for j, statistic in enumerate(STATISTICS):
            x, s = [], []
            for day in (one.start, other.start):
                parts = by_third_party(history, statistic, *there, day, half_life_days=30)
                x.append(parts.get("USA", 0.0))
                s.append(sum(parts.values()))
            if s[1] != s[0]:
                slope = (np.log1p(s[1]) - np.log1p(s[0])) / (s[1] - s[0])
                part += back * beta[j] * (x[1] - x[0]) * slope
    slopes = change.slopes.third[history.actors.index("USA"), 0]
    assert slopes @ beta == pytest.approx(part, abs=1e-3)  # but for the cut of memories at 0.01
