"""Making a case folder of one's own."""

import re
from pathlib import Path
from typing import Final

from comity.cases.case import open_case
from comity.cases.documents import leads_outside
from comity.cases.layout import FILES, SETTINGS_FILE, SOURCES_FILE, TABLES
from comity.cases.settings import SAFE_ID
from comity.provenance import ComityError, UsageError

TEMPLATE: Final = Path(__file__).resolve().parent / "data" / "template"
IGNORED: Final = (
    "# kept out of version control: imported data, runs, other people's texts\ndata/\nruns/\nattached/\n"
)
_ID_LINE: Final = re.compile(r'^id\s*=\s*("[^"\n]*"|\'[^\'\n]*\')', re.MULTILINE)


def new_case(path: str | Path, source: str | Path | None = None) -> Path:
    """Make a case folder: empty but valid, or a copy of another case's tables.

    Parameters
    ----------
    path : the folder; it must not exist yet, or be empty
    source : the case to copy; imported data, runs and attached texts are not copied

    Returns
    -------
    Path : the folder

    Raises
    ------
    UsageError : there is something at `path` already
    NothingFoundError, UnreadableFileError, BrokenCaseError : `source` cannot be opened
    ComityError : the folder cannot be written
    """
    folder = Path(path)
    contents = _template(folder) if source is None else _copy(open_case(source).path, folder)
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()) or _holds_something(folder):
            raise UsageError(
                f"{folder} exists already",
                allowed="A new name, or an empty folder; nothing is overwritten.",
            )
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            with (folder / name).open("xb") as file:
                file.write(content)
    except (OSError, ValueError) as error:
        raise ComityError(f"the folder cannot be made: {error}", where=str(folder)[:200]) from None
    return folder


def _template(folder: Path) -> dict[str, bytes]:
    contents = {name: (",".join(columns) + "\n").encode() for name, columns in TABLES.items()}
    settings = (TEMPLATE / SETTINGS_FILE).read_text(encoding="utf-8").replace("CASE_ID", _id(folder))
    contents[SETTINGS_FILE] = settings.encode()
    contents[SOURCES_FILE] = (TEMPLATE / SOURCES_FILE).read_bytes()
    return {**contents, ".gitignore": IGNORED.encode()}


def _copy(source: Path, folder: Path) -> dict[str, bytes]:
    there = [name for name in FILES if (source / name).is_file()]
    for name in there:
        if leads_outside(source, Path(name)):
            raise ComityError(f"{name} leads out of the case folder", where=str(source))
    contents = {name: (source / name).read_bytes() for name in there}
    settings = contents[SETTINGS_FILE].decode("utf-8-sig")
    contents[SETTINGS_FILE] = _ID_LINE.sub(f'id = "{_id(folder)}"', settings, count=1).encode()
    return {**contents, ".gitignore": IGNORED.encode()}


def _id(folder: Path) -> str:
    """Make an id of the folder's name."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", folder.absolute().name).strip("-.")[:64]
    return name if SAFE_ID.fullmatch(name) else "case"


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())
