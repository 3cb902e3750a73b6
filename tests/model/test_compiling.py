"""Machine code is kept, and one can ask whether it is there."""

import os
import subprocess
import sys

from comity.model import compute_statistics, fit, kernels_are_cached
from tests.model.worlds import day, make_history, random_history


def test_what_has_run_once_is_kept():
    compute_statistics(make_history(("A", "B", 0, 8.0)), ["A"], ["B"], [day(1)])
    fit(random_history(seed=1))
    fit(random_history(seed=1), risk_set="full")
    assert kernels_are_cached()
    assert kernels_are_cached("sampled")
    assert kernels_are_cached("full")


def test_an_empty_cache_is_noticed_without_compiling(tmp_path):
    script = "from comity.model import kernels_are_cached; print(kernels_are_cached())"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-W", "error", "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == "False"
