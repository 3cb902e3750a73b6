"""Wrong files give refusals or a clear error, whatever is wrong with them.

``python -m tests.events.test_fuzz 10000 [SEED]`` reads that many files and counts what came of them.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from comity.actors import load_registry

from .fuzzing import STORED_EVERY, Fuzzer, try_file

SLOWEST = 5.0  # seconds for one file


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Read `count` files and count what came of them."""
    fuzzer, registry = Fuzzer(folder, seed), load_registry()
    results: Counter[str] = Counter()
    for number in range(count):
        case = fuzzer.case()
        started = time.perf_counter()
        try:
            result = try_file(case, folder / "file.txt", registry, stored=number % STORED_EVERY == 0)
        except Exception as error:
            kept = Path(tempfile.gettempdir()) / f"comity-fuzz-{seed}-{number}"
            kept.write_bytes(case.content)
            raise AssertionError(
                f"file {number} of seed {seed} ({case.reader.id}): {error!r}; {kept}"
            ) from error
        assert time.perf_counter() - started < SLOWEST
        results[result] += 1
    return results


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mutated_files_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    results = run(100, seed, tmp_path)
    assert results["read"] > 20  # the harness still makes files that get through
    assert results.total() - results["read"] > 20


def test_the_harness_makes_the_same_files_again(tmp_path: Path) -> None:
    one, other = Fuzzer(tmp_path, 4), Fuzzer(tmp_path, 4)
    assert [one.case().content for _ in range(20)] == [other.case().content for _ in range(20)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        begun = time.perf_counter()
        found = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1, Path(name))
        print(dict(found), f"{time.perf_counter() - begun:.0f} s")
