"""Fetching a public data set: whole files with the right checksum, or nothing."""

import errno
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import pooch
import requests
from filelock import FileLock, Timeout

import comity
from comity.events import Dataset, RemoteFile, files_of_dataverse, with_checksums
from comity.provenance import ComityError

Progress = Callable[[str, int, int], None]
SUMS: Final = "SHA256SUMS"  # hash, two spaces, name: what `sha256sum --check` reads
PARTIAL: Final = ".partial"
LOCK: Final = ".comity-get.lock"
TIMEOUT_SECONDS: Final = 60.0  # without a byte
CHUNK_BYTES: Final = 64 * 1024
MAX_LIST_BYTES: Final = 64 * 1024 * 1024
HEADERS: Final = {
    "User-Agent": f"comity/{comity.__version__}",
    "Accept-Encoding": "identity",  # the checksum is that of the file as it lies there
}


class DownloadError(ComityError):
    """A file could not be fetched whole; what was there before is untouched."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that lies in the folder now: fetched, or there already with the right hash."""

    name: str
    status: str
    size: int
    sha256: str
    checked: str  # "publisher's checksum", "hash of an earlier download", or "no checksum published"


def remote_files(
    dataset: Dataset, planned: Sequence[RemoteFile], *, timeout: float = TIMEOUT_SECONDS
) -> tuple[RemoteFile, ...]:
    """Ask the publisher for the list of files, or for the checksums of those planned.

    Raises
    ------
    DownloadError : the publisher does not answer, or with an error
    UnreadableFileError, NothingFoundError : the list is no list, or has none of the files
    """
    if not dataset.list_url:
        return tuple(planned)
    text = _text(dataset.list_url, timeout)
    if planned:
        return with_checksums(planned, text)
    try:
        answer: Any = json.loads(text)
    except ValueError:
        answer = None
    return files_of_dataverse(dataset, answer)


def fetch(
    files: Sequence[RemoteFile],
    folder: Path,
    *,
    progress: Progress | None = None,
    timeout: float = TIMEOUT_SECONDS,
) -> Iterator[Fetched]:
    """Fetch files into a folder, one after the other; each appears there whole and checked, or not at all.

    A file that is there with the right hash is not fetched again: a run that was broken off goes on where
    it stopped.

    Raises
    ------
    DownloadError : no connection, no such file, cut short, wrong hash, no space; or another run is at work
    """
    total = sum(file.size or 0 for file in files)
    with _held(folder) as partial:
        sums = _sums(folder)
        missing = sum(file.size or 0 for file in files if not (folder / file.name).exists())
        free = shutil.disk_usage(folder).free
        if missing > free:
            raise DownloadError(
                f"{missing:,} bytes are needed and {free:,} are free",
                where=str(folder),
                remedy="Choose fewer files with --files, or another folder with --to.",
            )
        done = 0
        for file in files:
            bar = _Bar(file.name, done, total, progress)
            one = _already(file, folder, sums) or _fetched(file, folder, partial, sums, bar, timeout)
            sums[file.name] = one.sha256
            _write_sums(folder, sums)
            done += one.size
            yield one


def _already(file: RemoteFile, folder: Path, sums: dict[str, str]) -> Fetched | None:
    path = folder / file.name
    kept = sums.get(file.name, "")
    expected = file.checksum or (f"sha256:{kept}" if kept else "")
    if not path.is_file() or not expected:
        return None
    algorithm, _, digest = expected.partition(":")
    if _digest(path, algorithm) != digest:
        return None
    checked = "publisher's checksum" if file.checksum else "hash of an earlier download"
    return Fetched(file.name, "already here", path.stat().st_size, _digest(path, "sha256"), checked)


def _fetched(
    file: RemoteFile, folder: Path, partial: Path, sums: dict[str, str], bar: "_Bar", timeout: float
) -> Fetched:
    downloader = pooch.HTTPDownloader(
        progressbar=bar, chunk_size=CHUNK_BYTES, headers=HEADERS, timeout=timeout
    )
    try:
        path = Path(
            pooch.retrieve(
                file.url, file.checksum or None, fname=file.name, path=partial, downloader=downloader
            )
        )
        size, sha256 = path.stat().st_size, _digest(path, "sha256")
        _check(file, path, size)
        path.replace(folder / file.name)
    except requests.RequestException as error:
        _not_fetched(file.url, error, timeout)
    except ValueError:  # pooch's word for a wrong hash
        raise DownloadError(
            f"{file.name} has not the publisher's checksum {file.checksum}",
            where=file.url,
            remedy="It was thrown away. Fetch it again; if it happens twice, tell the publisher.",
        ) from None
    except OSError as error:
        _cannot_write(error, folder)
    return Fetched(
        file.name,
        "fetched",
        size,
        sha256,
        "publisher's checksum" if file.checksum else "no checksum published",
    )


def _check(file: RemoteFile, path: Path, size: int) -> None:
    wrong = ""
    if file.size is not None and size != file.size:
        wrong = f"{file.name} has {size:,} bytes, and should have {file.size:,}"
    elif file.name.lower().endswith(".zip") and not zipfile.is_zipfile(path):
        wrong = f"{file.name} is no whole zip file"
    if wrong:
        raise DownloadError(wrong, where=file.url, remedy="It was thrown away. Fetch it again.")


@dataclass
class _Bar:
    """What pooch takes for a progress bar."""

    name: str
    before: int
    sum_of_all: int
    tell: Progress | None
    total: int = 0
    done: int = 0

    def update(self, number: int) -> None:
        self.done = min(self.done + number, self.total or self.done + number)
        if self.tell and self.sum_of_all:
            self.tell(self.name, self.before + self.done, self.sum_of_all)
        elif self.tell:
            self.tell(self.name, self.done, self.total)

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        """Nothing is left open."""


@contextmanager
def _held(folder: Path) -> Iterator[Path]:
    """Make the folder, hold its lock, and give an empty place for what is not whole yet."""
    partial = folder / PARTIAL
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise DownloadError(
            "another 'comity get' is at work in this folder", where=str(folder), remedy="Wait for it to end."
        ) from None
    except OSError as error:
        _cannot_write(error, folder)
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("ERROR")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(exist_ok=True)
        yield partial
    finally:
        logger.setLevel(level)
        shutil.rmtree(partial, ignore_errors=True)
        lock.release()


def _sums(folder: Path) -> dict[str, str]:
    path = folder / SUMS
    if not path.is_file():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _write_sums(folder: Path, sums: dict[str, str]) -> None:
    new = folder / PARTIAL / SUMS
    try:
        new.write_text("".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items())), "utf-8")
        new.replace(folder / SUMS)
    except OSError as error:
        _cannot_write(error, folder)


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(algorithm, usedforsecurity=False)).hexdigest()


def _text(url: str, timeout: float) -> str:
    try:
        with requests.get(url, headers=HEADERS, timeout=timeout, stream=True) as answer:
            answer.raise_for_status()
            content = bytearray()
            for chunk in answer.iter_content(CHUNK_BYTES):
                content += chunk
                if len(content) > MAX_LIST_BYTES:
                    raise DownloadError(f"the list is longer than {MAX_LIST_BYTES:,} bytes", where=url)
    except requests.RequestException as error:
        _not_fetched(url, error, timeout)
    return content.decode("utf-8", errors="replace")


def _not_fetched(url: str, error: requests.RequestException, timeout: float) -> NoReturn:
    response = error.response
    if response is not None:
        what = f"the publisher answers {response.status_code} {response.reason}"
    elif isinstance(error, requests.Timeout):
        what = f"the publisher sent nothing for {timeout:g} seconds"
    elif isinstance(error, requests.exceptions.ChunkedEncodingError):
        what = "the connection broke off before the end of the file"
    else:
        what = "the publisher cannot be reached"
    raise DownloadError(
        what, where=url, remedy="Nothing half-written is left. Run the command again to go on."
    ) from None


def _cannot_write(error: OSError, folder: Path) -> NoReturn:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    raise DownloadError(
        "the disk is full" if full else f"the folder cannot be written: {error.strerror or error}",
        where=str(folder),
        remedy="Nothing half-written is left. Free some space, or choose another folder with --to.",
    ) from None
