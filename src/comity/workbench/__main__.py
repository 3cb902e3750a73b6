"""Run the command line as ``python -m comity.workbench``, and as ``comity``."""

import gc
import sys

from comity.workbench import front

ALLOCATIONS = (
    200_000  # between two collections: a command is short, and Python's 700 cost it a sixth of its time
)


def main() -> int:
    """Run one command as a process of its own."""
    gc.set_threshold(ALLOCATIONS, 20, 20)
    return front.main()


if __name__ == "__main__":
    sys.exit(main())
