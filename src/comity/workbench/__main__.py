"""Run the command line as ``python -m comity.workbench``."""

import sys

from comity.workbench.front import main

if __name__ == "__main__":
    sys.exit(main())
