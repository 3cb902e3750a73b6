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
    try:
        return front.main()
    finally:
        if "_duckdb" not in sys.modules:  # it counts what is still there when the process ends, and says so
            gc.freeze()  # a last search for cycles would cost the process a seventh of its time


if __name__ == "__main__":
    sys.exit(main())
