"""How the documentation is built."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_reference

import comity

project = "comity"
author = "The comity authors"
release = comity.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build", "reference/generated/*/*"]
html_theme = "furo"
html_title = "comity"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
autodoc_member_order = "alphabetical"
autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_numpy_docstring = True
suppress_warnings = ["ref.python"]  # docstrings name their own parameters in backticks
html_math_renderer = "mathml"

write_reference(Path(__file__).parent / "reference" / "generated")
