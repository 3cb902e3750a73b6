"""The scores of the rules coder on the gold documents, beside those of main, and the rows gained and lost.

Run ``python benchmarks/reading_scores.py GOLD_DIR SENTENCES_DIR``. The scores that main has stand in
`reading_scores.json` beside this file, as of `origin/main` if git knows it. With ``--write`` the file is
written anew: do that with the change that moves the scores.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.documents import RulesCoder, read_gold, score_reading, score_sentences

KEPT = Path(__file__).with_suffix(".json")
SHOWN = 40


def scored(gold: Path, sentences: Path) -> dict[str, Any]:
    """Score the rules as they are: measures, and the rows missed and printed without need."""
    report = score_reading(read_gold(gold), RulesCoder()).to_dict()
    measures: dict[str, float | None] = {}
    for one in _listed(report["scores"]):
        for name in ("precision", "recall"):
            measures[f"{one['measure']}: {name}"] = one[name]
    shares: Any = report["shares"]
    measures |= {name: one["share"] for name, one in shares.items()}
    for one in score_sentences(sentences):
        found: Any = one.to_dict()
        measures |= {f"{found['set']}: {name}": share["share"] for name, share in found["shares"].items()}
    return {
        "measures": measures,
        "missed": sorted({f"{one['record']} {one['pair']}" for one in _listed(report["missed"])}),
        "needless": sorted(
            {f"{one['passage']} {one['pair']} {one['type']}" for one in _listed(report["spurious"])}
        ),
    }


def of_main() -> dict[str, Any]:
    """Give the scores that main has, or those kept here."""
    name = KEPT.relative_to(KEPT.parents[1]).as_posix()
    shown = subprocess.run(
        ["git", "show", f"origin/main:{name}"],
        capture_output=True,
        text=True,
        cwd=KEPT.parent,
        check=False,
    )
    text = shown.stdout if shown.returncode == 0 else KEPT.read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def show(now: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Print measures side by side, then the rows gained and lost."""
    print(f"{'measure':<58}{'main':>8}{'here':>8}")
    for name, value in now["measures"].items():
        was = before["measures"].get(name)
        print(f"{name:<58}{_number(was):>8}{_number(value):>8}{'' if was == value else '  *'}")
    _rows("gold rows gained", set(before["missed"]) - set(now["missed"]))
    _rows("gold rows lost", set(now["missed"]) - set(before["missed"]))
    _rows("needless rows that are gone", set(before["needless"]) - set(now["needless"]))
    _rows("needless rows that are new", set(now["needless"]) - set(before["needless"]))


def _rows(title: str, rows: set[str]) -> None:
    print(f"{title}: {len(rows)}")
    for one in sorted(rows)[:SHOWN]:
        print(f"  {one}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _listed(rows: Any) -> Sequence[dict[str, Any]]:
    return list(rows)


def main() -> int:
    """Show, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    now = scored(chosen.gold, chosen.sentences)
    if chosen.write:
        KEPT.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    show(now, of_main())
    return 0


if __name__ == "__main__":
    sys.exit(main())
