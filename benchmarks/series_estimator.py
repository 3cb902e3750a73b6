"""What the series estimator finds in daily scores of pairs, and how often its intervals hold the truth.

    python benchmarks/series_estimator.py SCORES.csv
    python benchmarks/series_estimator.py --coverage 100

The first writes docs/background/series-estimator.csv, the second series-coverage.csv beside it (minutes).
The page series-estimator.md shows both tables; nothing in them is typed in.
"""

import argparse
import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for the worlds of the tests

from tests.factors.panel_worlds import world  # noqa: E402

from comity.actors import load_registry  # noqa: E402
from comity.events import read_scores  # noqa: E402
from comity.factors import ask_panel  # noqa: E402
from comity.factors.panel import TieCube, panel_of  # noqa: E402
from comity.factors.panel_regression import EFFECTS, regress  # noqa: E402
from comity.model import student_quantile  # noqa: E402

FOLDER = ROOT / "docs" / "background"
THIRD = ("RUS", "CHN", "PRK", "USA")
TRUE = {"gap": -0.1, "alignment": 0.1}
ERRORS = ("std_error", "std_error_pair", "std_error_pair_month", "std_error_actor_month")


def main() -> None:
    """Choose by the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("scores", nargs="*", type=Path)
    parser.add_argument("--coverage", type=int, default=0, metavar="WORLDS")
    arguments = parser.parse_args()
    if arguments.scores:
        write("series-estimator.csv", results(arguments.scores))
    if arguments.coverage:
        write("series-coverage.csv", coverage(arguments.coverage))


def results(paths: list[Path]) -> list[dict[str, object]]:
    """Ask about each third party."""
    scores = read_scores(paths, load_registry()).monthly()
    rows: list[dict[str, object]] = []
    for third in THIRD:
        answer = ask_panel(scores, third)
        head = answer.headline
        for term in ("gap", "alignment"):
            one, counts = head[term], answer.agreement(term)
            low, high = one.interval
            placebo = answer.placebo
            rows.append(
                {
                    "third party": third,
                    "term": term,
                    "estimate": f"{one.estimate:+.3f}",
                    "std. error": f"{one.std_error:.3f}",
                    "95 % interval": f"{low:+.3f} to {high:+.3f}",
                    "smallest detectable": f"{one.smallest_detectable:.3f}",
                    "specifications below zero (clearly)": f"{counts['below_zero']} "
                    f"({counts['clearly_below_zero']}) of {counts['specifications']}",
                    "above zero (clearly)": f"{counts['above_zero']} ({counts['clearly_above_zero']})",
                    "other third parties with as much": f"{placebo.larger_others[term]} of"
                    f" {len(placebo.others)}",
                    "shifts in time with as much": f"{placebo.larger_shifts[term]} of {len(placebo.shifts)}",
                    "rows": head.n_rows,
                    "pairs": head.n_pairs,
                }
            )
            print(rows[-1], flush=True)
    return rows


def coverage(worlds: int) -> list[dict[str, object]]:
    """Count the worlds whose 95 % interval holds the planted effect, by standard error."""
    rows: list[dict[str, object]] = []
    for actors in (14, 30):
        for shared in (0.0, 0.3):
            for effects in EFFECTS:
                inside = dict.fromkeys(ERRORS, 0)
                for seed in range(worlds):
                    drawn = world(seed=seed, actors=actors, shared=shared, **TRUE)
                    found = regress(panel_of(TieCube.of(drawn), "K"), effects=effects)["gap"]
                    for name in ERRORS:
                        half = student_quantile(0.95, found.df) * getattr(found, name)
                        inside[name] += abs(found.estimate - TRUE["gap"]) <= half
                rows.append(
                    {
                        "actors": actors,
                        "moods of actors": "yes" if shared else "no",
                        "effects": f"pair and {effects}",
                        "worlds": worlds,
                        "by pair": inside["std_error_pair"],
                        "by pair and month": inside["std_error_pair_month"],
                        "by actor and month": inside["std_error_actor_month"],
                        "largest (used)": inside["std_error"],
                    }
                )
                print(rows[-1], flush=True)
    return rows


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write a table of our own."""
    with (FOLDER / name).open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()
