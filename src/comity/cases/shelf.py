"""Where cases are kept: in the package, in a folder, and in the user's data folder."""

import os
from pathlib import Path
from typing import Final

import platformdirs

from comity.cases.layout import SETTINGS_FILE
from comity.cases.settings import read_settings
from comity.provenance import ComityError, NothingFoundError

EMBEDDED: Final = Path(__file__).resolve().parent
HOME_VARIABLE: Final = "COMITY_HOME"


def home_folder() -> Path:
    """The user's data folder: ``$COMITY_HOME``, or the platform's."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("comity")


def embedded_names() -> tuple[str, ...]:
    """The cases that come with the package."""
    return tuple(sorted(path.parent.name for path in EMBEDDED.glob(f"*/{SETTINGS_FILE}")))


def find_case(case: str | Path) -> Path:
    """Find the folder of a case; the name of an embedded case comes before a folder of that name.

    Raises
    ------
    NothingFoundError : there is no such folder
    """
    if isinstance(case, str) and case in embedded_names():
        return EMBEDDED / case
    path = Path(case)
    try:
        if path.is_dir():
            return path.resolve()
        what = f"{str(case)!r} is not a folder" if path.exists() else f"no case {str(case)!r}"
    except (OSError, ValueError) as error:
        what = f"no case {str(case)[:80]!r}: {error}"
    raise NothingFoundError(
        what,
        allowed=f"A case folder, or an embedded case: {', '.join(embedded_names())}.",
        remedy="'comity new mine' makes a case folder.",
    )


def list_cases(folder: Path | str = ".") -> list[dict[str, object]]:
    """List the embedded cases, then those in a folder and in the folders below it.

    Returns
    -------
    list : one dictionary a case: id, title, path, read_only; the title of a broken one says so
    """
    own = Path(folder)
    places = [EMBEDDED / name for name in embedded_names()]
    places += [path.parent for path in sorted([*own.glob(SETTINGS_FILE), *own.glob(f"*/{SETTINGS_FILE}")])]
    return [_entry(place) for place in places]


def _entry(folder: Path) -> dict[str, object]:
    id, title = folder.resolve().name, "cannot be opened; 'comity check' says why"
    try:
        settings, problems = read_settings(folder)
        if settings and all(problem.severity == "warning" for problem in problems):
            id, title = settings.id, settings.title
    except ComityError:
        pass  # the title says so
    locked = folder.resolve().is_relative_to(EMBEDDED) or not os.access(folder, os.W_OK)
    return {
        "id": id,
        "title": title,
        "path": str(folder),
        "read_only": locked,
    }
