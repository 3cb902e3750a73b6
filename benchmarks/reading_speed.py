"""How fast documents are read by the rules, beside the parser alone, and in how much memory.

Usage: python benchmarks/reading_speed.py [FILE ...]. A text of our own is read, and the files given. The
parser alone and the reading take turns, so that other work on the machine slows both; the middle round
counts, in processor time.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from comity.documents import RulesCoder, make_document, read, reflow

PARAGRAPH = (
    "In May {year}, Kenya imposed sanctions on Uganda after its invasion of Rwanda, which the African Union "
    "had condemned. The two countries have not signed a peace treaty since, although President Obama said "
    "that “the river belongs to both of us.” Norway pledged more than $50 million to Rwanda by 2027 and sent "
    "forty generators, while the ministers of Kenya and Tanzania met in Nairobi to deepen their cooperation."
)
REPEATS = 100
BATCH = 64  # paragraphs parsed at once, as in reading
ROUNDS = 7


def made_up(paragraphs: int = REPEATS) -> str:
    """Give a text of our own, no paragraph like another."""
    return "\n\n".join(PARAGRAPH.format(year=1900 + i) for i in range(paragraphs))


def main(files: list[str]) -> None:
    """Print characters a second and the ratio to the parser alone for each text, and the peak memory."""
    coder = RulesCoder()
    read(make_document(made_up(2)), coder)  # names and word lists are loaded
    _show("a text of our own, dense with acts", made_up(), coder)
    if files:
        _show("the files given", "\n\n".join(Path(one).read_text("utf-8") for one in files), coder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory, MB              {peak:>10,.0f} (aim: under 400)")


def _show(title: str, text: str, coder: RulesCoder) -> None:
    document = make_document(text)
    views = [one.text for one in reflow(document)]
    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(_timed(lambda: list(coder.nlp.pipe(views, batch_size=BATCH))))
        whole.append(_timed(lambda: read(document, coder)))
    alone, reading = median(bare), median(whole)
    print(title)
    print(f"  characters                 {len(text):>10,}")
    print(f"  parser alone, char/s       {len(text) / alone:>10,.0f}")
    print(f"  reading, char/s            {len(text) / reading:>10,.0f} (aim: at least 15,000)")
    print(f"  reading against the parser {reading / alone:>10.2f} (aim: at most 1.6)")


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
