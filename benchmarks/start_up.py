"""How quickly the command line answers, beside the floor that Python itself sets.

Run with `make bench`. Each time is the median of several whole processes, taken in turns with its floor; the
ratio is the median of the turns' own ratios, so that a busy machine slows both.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
COMITY = str(Path(sys.executable).with_name("comity"))
FLOOR_BARE = [sys.executable, "-c", "pass"]
FLOOR_PARTS = [sys.executable, "-c", "import duckdb, numpy, jinja2"]


def seconds(command: list[str]) -> float:
    """Time one whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(name: str, command: list[str], floor: list[str], limit: float) -> bool:
    """Print the two medians and the median ratio; tell whether the ratio keeps the limit."""
    seconds(command), seconds(floor)  # fill the caches
    pairs = [(seconds(command), seconds(floor)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / least for mine, least in pairs)
    measured = f"{ours * 1000:8.1f} ms   floor {theirs * 1000:8.1f} ms"
    print(f"{name:<24} {measured}   ratio {ratio:5.2f}   at most {limit:g}")
    return ratio <= limit


def main() -> int:
    """Compare, and fail if a limit is broken."""
    with tempfile.TemporaryDirectory() as folder:
        brief = [COMITY, "brief", "JPN", "NATO", "--today", "2026-01-01", "-o", f"{folder}/brief.html"]
        kept = [
            compare("comity --help", [COMITY, "--help"], FLOOR_BARE, 6),
            compare("comity brief JPN NATO", brief, FLOOR_PARTS, 3),
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
