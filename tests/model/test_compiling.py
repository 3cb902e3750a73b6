"""Machine code is kept, and one can ask whether it is there."""

import os
import subprocess
import sys

SCRIPT = """
from datetime import date
from comity.model import History, compute_statistics, kernels_are_cached
before = kernels_are_cached()
history = History.of(["A"], ["B"], [date(2020, 1, 1)], [8.0])
compute_statistics(history, ["A"], ["B"], [date(2020, 1, 31)])
print(before, kernels_are_cached(), kernels_are_cached("full"))
"""


def test_the_first_run_compiles_and_the_next_finds_the_code(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-W", "error", "-c", SCRIPT]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
        for _ in range(2)
    )
    assert first == ["False", "True", "False"]
    assert second == ["True", "True", "False"]
