"""Public data sets: who publishes them, where, under which terms, and which files they consist of."""

import csv
import difflib
import fnmatch
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

from comity.events.conversion import listed
from comity.provenance import NothingFoundError, UnreadableFileError, UsageError

DATAVERSE: Final = "dataverse"
YEARLY_TO: Final = date(2005, 12, 31)  # GDELT 1.0: a file a year, then a month, then a day
MONTHLY_TO: Final = date(2013, 3, 31)
QUARTERS: Final = tuple(f"{hour:02}{minute:02}00" for hour in range(24) for minute in (0, 15, 30, 45))
MAX_NAME: Final = 200
PLAIN_NAME: Final = re.compile(r"\w[\w .,()+@=~-]*")  # no folder, no hidden file, no device
MD5: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at its publisher: `checksum` as in ``md5:…`` or ``sha256:…``, empty if none is published."""

    name: str
    url: str
    checksum: str = ""
    size: int | None = None  # bytes, if the publisher says so
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One line of datasets.csv."""

    name: str
    title: str
    publisher: str
    layout: str  # dataverse: the publisher lists the files; gdelt1, gdelt2: their names follow from days
    doi: str
    url: str  # the publisher's own address
    files: tuple[str, ...]  # patterns of the names that are taken
    sha256: str  # of the only file, where a set is one file and its hash is known
    checksums: str  # address of the publisher's list of MD5 sums
    first_day: date | None
    licence: str
    cite: str
    reader: str  # the form to import it as; empty if it holds no events
    note: str

    @property
    def address(self) -> str:
        """Where a person finds it."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def list_url(self) -> str:
        """Where the publisher lists files or checksums; empty if nowhere."""
        if self.layout == DATAVERSE:
            return f"{self.url}/api/datasets/:persistentId/?persistentId=doi:{self.doi}"
        return self.checksums

    def by_day(self, since: date | None, until: date | None) -> tuple[RemoteFile, ...]:
        """List the files of some days, first and last included, without asking anybody.

        Raises
        ------
        UsageError : days for a set that has none, none for one that needs them, or in the wrong order
        """
        if self.layout == DATAVERSE:
            if since or until:
                raise UsageError(
                    f"{self.name} is not fetched by days", remedy="Choose files with --files, as in '*2018*'."
                )
            return ()
        if since is None or until is None:
            raise UsageError(
                f"{self.name} needs days", allowed=self.note, remedy="Give --since DATE and --until DATE."
            )
        if until < since or (self.first_day and since < self.first_day):
            raise UsageError(
                f"no days from {since} to {until} in {self.name}", allowed=f"It starts on {self.first_day}."
            )
        names = _names_of_days(self.layout, since, until)
        return tuple(RemoteFile(name, f"{self.url}{name}") for name in dict.fromkeys(names))

    def chosen(self, files: Sequence[RemoteFile], patterns: Sequence[str]) -> tuple[RemoteFile, ...]:
        """Keep the files that belong to the set and, if patterns are given, fit one of them.

        Raises
        ------
        NothingFoundError : no file is left
        """
        kept = tuple(
            file
            for file in files
            if _fits(file.name, self.files) and (not patterns or _fits(file.name, patterns))
        )
        if not kept:
            some = ", ".join(file.name for file in files[:5])
            raise NothingFoundError(
                f"no file of {self.name} fits {' or '.join(patterns or self.files)}",
                allowed=f"It has {len(files)} files: {some} …" if files else "Its publisher lists no file.",
            )
        if self.sha256 and len(files) == 1:
            return (replace(kept[0], checksum=f"sha256:{self.sha256}"),)
        return kept

    def described(self) -> dict[str, Any]:
        """Give the line as a dictionary, for tables and JSON."""
        return {
            "name": self.name, "title": self.title, "publisher": self.publisher, "address": self.address,
            "first_day": self.first_day and self.first_day.isoformat(), "reader": self.reader or None,
            "licence": self.licence, "cite": self.cite, "note": self.note,
        }  # fmt: skip


@cache
def load_datasets() -> dict[str, Dataset]:
    """Load the table of public data sets.

    Examples
    --------
    >>> load_datasets()["polecat"].address
    'https://doi.org/10.7910/DVN/AJGVIT'
    """
    text = resources.files(__package__).joinpath("data", "datasets.csv").read_text(encoding="utf-8")
    return {row["name"]: _dataset(row) for row in csv.DictReader(io.StringIO(text))}


def find_dataset(name: str) -> Dataset:
    """Find a data set by name.

    Raises
    ------
    NothingFoundError : no such set; it names the nearest
    """
    known = load_datasets()
    found = known.get(name.lower())
    if found is None:
        near = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5) or list(known)
        raise NothingFoundError(
            f"no data set {name!r}",
            allowed=f"Nearest: {', '.join(near)}.",
            remedy="'comity get' lists all.",
        )
    return found


def files_of_dataverse(dataset: Dataset, answer: Any) -> tuple[RemoteFile, ...]:
    """Read the list of files that a Dataverse gives.

    A table that the Dataverse took in has the checksum of a form that nobody can download: it is fetched as
    it was handed in, and its checksum left out.

    Raises
    ------
    UnreadableFileError : the answer is not such a list, or a name in it is no plain file name
    """
    try:
        entries = answer["data"]["latestVersion"]["files"]
        found = [
            _dataverse_file(dataset, entry["dataFile"]) for entry in entries if not entry.get("restricted")
        ]
    except (AttributeError, KeyError, TypeError, ValueError):  # JSON of some other shape
        raise UnreadableFileError(
            f"the list of files of {dataset.name} cannot be read", where=dataset.list_url
        ) from None
    names = [file.name for file in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UnreadableFileError(f"two files of {dataset.name} are named {twice!r}", where=dataset.list_url)
    return tuple(sorted(found, key=lambda file: file.name))


def with_checksums(files: Sequence[RemoteFile], md5sums: str) -> tuple[RemoteFile, ...]:
    """Add the checksums of a publisher's list in the form of ``md5sum``; a file not in it is not published.

    Raises
    ------
    NothingFoundError : none of the files is in the list
    """
    pairs = (line.split() for line in md5sums.splitlines())
    sums = {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and MD5.fullmatch(pair[0])}
    kept = tuple(replace(file, checksum=f"md5:{sums[file.name]}") for file in files if file.name in sums)
    if not kept:
        raise NothingFoundError(
            f"the publisher has no file {files[0].name}", allowed="It may not be out yet."
        )
    return kept


def _dataverse_file(dataset: Dataset, entry: dict[str, Any]) -> RemoteFile:
    url = f"{dataset.url}/api/access/datafile/{int(entry['id'])}"
    if entry.get("originalFileFormat"):
        name = str(entry.get("originalFileName") or entry["filename"])
        note = "no checksum is published for the file as it was handed in"
        return RemoteFile(_plain(name, dataset), f"{url}?format=original", note=note)
    md5 = str(entry.get("md5", "")).lower()
    checksum = f"md5:{md5}" if MD5.fullmatch(md5) else ""
    size = entry.get("filesize")
    return RemoteFile(
        _plain(str(entry["filename"]), dataset), url, checksum, size if isinstance(size, int) else None
    )


def _plain(name: str, dataset: Dataset) -> str:
    if len(name) > MAX_NAME or not PLAIN_NAME.fullmatch(name):
        raise UnreadableFileError(
            f"a file of {dataset.name} is named {name[:MAX_NAME]!r}",
            where=dataset.list_url,
            allowed="A plain file name, without a folder.",
        )
    return name


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(name.lower(), pattern.lower()) for pattern in patterns)


def _names_of_days(layout: str, since: date, until: date) -> Iterator[str]:
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        if layout == "gdelt2":
            yield from (f"{day:%Y%m%d}{quarter}.export.CSV.zip" for quarter in QUARTERS)
        elif day <= YEARLY_TO:
            yield f"{day:%Y}.zip"
        elif day <= MONTHLY_TO:
            yield f"{day:%Y%m}.zip"
        else:
            yield f"{day:%Y%m%d}.export.CSV.zip"


def _dataset(row: dict[str, str]) -> Dataset:
    return Dataset(
        name=row["name"],
        title=row["title"],
        publisher=row["publisher"],
        layout=row["layout"],
        doi=row["doi"],
        url=row["url"],
        files=listed(row["files"]),
        sha256=row["sha256"],
        checksums=row["checksums"],
        first_day=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
        licence=row["licence"],
        cite=row["cite"],
        reader=row["reader"],
        note=row["note"],
    )
