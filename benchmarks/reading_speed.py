"""How fast documents are read by the rules, beside the parser alone, and in how much memory.

Usage: python benchmarks/reading_speed.py [FILE ...]; without files a text of our own is read.
"""

import resource
import sys
import time
from pathlib import Path

from comity.documents import RulesCoder, make_document, read, reflow

PARAGRAPH = (
    "In May {year}, Kenya imposed sanctions on Uganda after its invasion of Rwanda, which the African Union "
    "had condemned. The two countries have not signed a peace treaty since, although President Obama said "
    "that “the river belongs to both of us.” Norway pledged more than $50 million to Rwanda by 2027 and sent "
    "forty generators, while the ministers of Kenya and Tanzania met in Nairobi to deepen their cooperation."
)
REPEATS = 100
ROUNDS = 3


def made_up(paragraphs: int = REPEATS) -> str:
    """Give a text of our own, no paragraph like another."""
    return "\n\n".join(PARAGRAPH.format(year=1900 + i) for i in range(paragraphs))


def main(files: list[str]) -> None:
    """Print characters a second, the ratio to the parser alone, and the peak memory."""
    text = "\n\n".join(Path(one).read_text("utf-8") for one in files) if files else made_up()
    document = make_document(text)
    coder = RulesCoder()
    views = [one.text for one in reflow(document)]
    list(coder.nlp.pipe(views[:5]))
    read(make_document(made_up(2)), coder)  # names and word lists are loaded
    bare = min(_timed(lambda: list(coder.nlp.pipe(views, batch_size=64))) for _ in range(ROUNDS))
    whole = min(_timed(lambda: read(document, coder)) for _ in range(ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"characters                 {len(text):>10,}")
    print(f"parser alone, char/s       {len(text) / bare:>10,.0f}")
    print(f"reading, char/s            {len(text) / whole:>10,.0f}")
    print(f"reading against the parser {whole / bare:>10.2f} (aim: at most 1.6)")
    print(f"peak memory, MB            {peak:>10,.0f} (aim: under 400)")


def _timed(run: object) -> float:
    start = time.process_time()
    run()  # type: ignore[operator]
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
