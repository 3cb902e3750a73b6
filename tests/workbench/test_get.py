"""Fetching from a server on this machine: whole files with the right hash, or nothing."""

import errno
import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from comity.events import Dataset, RemoteFile, load_datasets
from comity.workbench.downloads import DownloadError, fetch, remote_files
from tests.workbench.conftest import Comity


def zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("events.tab", text)
    return packed.getvalue()


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


ONE, TWO = zipped("one"), zipped("two, and more of it")


@dataclass
class Publisher:
    """A publisher on the loopback address: paths and what they answer."""

    address: str
    pages: dict[str, bytes] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)  # promises more than it sends
    slow: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def dataset(self) -> Dataset:
        """A set like ICEWS, published here."""
        return replace(load_datasets()["icews"], url=self.address)

    def publish(self, files: dict[str, bytes]) -> None:
        entries = [
            {"dataFile": {"id": number, "filename": name, "md5": md5(content), "filesize": len(content)}}
            for number, (name, content) in enumerate(files.items(), 1)
        ]
        doi = self.dataset().doi
        self.pages[f"/api/datasets/:persistentId/?persistentId=doi:{doi}"] = json.dumps(
            {"data": {"latestVersion": {"files": entries}}}
        ).encode()
        for number, content in enumerate(files.values(), 1):
            self.pages[f"/api/access/datafile/{number}"] = content

    def file(self, name: str, content: bytes, checksum: str = "", size: int | None = None) -> RemoteFile:
        self.pages[f"/{name}"] = content
        return RemoteFile(name, f"{self.address}/{name}", checksum, size)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(self.path)
            content = here.pages.get(self.path)
            if content is None:
                self.send_error(404)
                return
            if self.path in here.slow:
                time.sleep(1.0)
            self.send_response(200)
            self.send_header("Content-Length", str(len(content) + (1_000 if self.path in here.cut else 0)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """A client that hangs up is no news."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Publisher(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


def contents(folder: Path) -> dict[str, bytes]:
    """What lies in the folder, the lock aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".comity-get.lock"
    }


def test_all_files_arrive_with_their_hashes_kept(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish({"events.2017.tab.zip": ONE, "events.2018.tab.zip": TWO})
    files = remote_files(publisher.dataset(), ())
    got = list(fetch(files, tmp_path / "icews"))
    assert [(one.name, one.status, one.checked) for one in got] == [
        ("events.2017.tab.zip", "fetched", "publisher's checksum"),
        ("events.2018.tab.zip", "fetched", "publisher's checksum"),
    ]
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  events.{year}.tab.zip\n"
        for year, content in ((2017, ONE), (2018, TWO))
    )
    assert contents(tmp_path / "icews") == {
        "events.2017.tab.zip": ONE, "events.2018.tab.zip": TWO, "SHA256SUMS": sums.encode()
    }  # fmt: skip


def test_a_second_run_fetches_nothing_and_a_spoilt_file_is_fetched_again(
    publisher: Publisher, tmp_path: Path
) -> None:
    file = publisher.file("a.zip", ONE, f"md5:{md5(ONE)}")
    list(fetch([file], tmp_path))
    assert [one.status for one in fetch([file], tmp_path)] == ["already here"]
    assert publisher.asked == ["/a.zip"]
    (tmp_path / "a.zip").write_bytes(b"spoilt")
    assert [one.status for one in fetch([file], tmp_path)] == ["fetched"]
    assert (tmp_path / "a.zip").read_bytes() == ONE


def test_a_file_without_a_published_checksum_is_held_against_the_hash_kept(
    publisher: Publisher, tmp_path: Path
) -> None:
    file = publisher.file("a.zip", ONE)
    (first,) = fetch([file], tmp_path)
    assert (first.checked, first.sha256) == ("no checksum published", hashlib.sha256(ONE).hexdigest())
    (second,) = fetch([file], tmp_path)
    assert (second.status, second.checked) == ("already here", "hash of an earlier download")


def test_a_broken_off_run_goes_on_where_it_stopped(publisher: Publisher, tmp_path: Path) -> None:
    files = [publisher.file("a.zip", ONE, f"md5:{md5(ONE)}"), publisher.file("b.zip", TWO, f"md5:{md5(TWO)}")]
    publisher.cut = {"/b.zip"}
    with pytest.raises(DownloadError):
        list(fetch(files, tmp_path))
    assert set(contents(tmp_path)) == {"a.zip", "SHA256SUMS"}
    publisher.cut, publisher.asked = set(), []
    assert [one.status for one in fetch(files, tmp_path)] == ["already here", "fetched"]
    assert publisher.asked == ["/b.zip"]


def fault(name: str, publisher: Publisher) -> tuple[RemoteFile, str]:
    """Prepare one thing that goes wrong, and what the message then says."""
    if name == "wrong hash":
        return publisher.file("a.zip", ONE, f"md5:{md5(TWO)}"), "checksum"
    if name == "gone":
        return RemoteFile("a.zip", f"{publisher.address}/gone.zip"), "404"
    if name == "cut short":
        publisher.cut = {"/a.zip"}
        return publisher.file("a.zip", ONE), "broke off"
    if name == "too slow":
        publisher.slow = {"/a.zip"}
        return publisher.file("a.zip", ONE), "nothing for 0.3 seconds"
    if name == "other size":
        return publisher.file("a.zip", ONE, size=len(ONE) + 1), "bytes"
    if name == "no zip":
        return publisher.file("a.zip", b"<html>Sorry</html>"), "no whole zip"
    return RemoteFile("a.zip", "http://127.0.0.1:1/a.zip"), "cannot be reached"


@pytest.mark.parametrize(
    "name", ["wrong hash", "gone", "cut short", "too slow", "other size", "no zip", "no network"]
)
@pytest.mark.parametrize("before", [None, b"what was there before"])
def test_what_goes_wrong_is_said_and_leaves_the_folder_as_it_was(
    name: str, before: bytes | None, publisher: Publisher, tmp_path: Path
) -> None:
    if before is not None:
        (tmp_path / "a.zip").write_bytes(before)
    file, says = fault(name, publisher)
    with pytest.raises(DownloadError, match=says):
        list(fetch([file], tmp_path, timeout=0.3))
    assert contents(tmp_path) == ({} if before is None else {"a.zip": before})


def test_a_disk_that_is_too_small_is_seen_before_anything_is_fetched(
    publisher: Publisher, tmp_path: Path
) -> None:
    file = publisher.file("a.zip", ONE, size=10**18)
    with pytest.raises(DownloadError, match="are needed"):
        list(fetch([file], tmp_path))
    assert publisher.asked == []


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = publisher.file("a.zip", ONE)
    monkeypatch.setattr("pooch.HTTPDownloader.__call__", full)
    with pytest.raises(DownloadError, match="disk is full"):
        list(fetch([file], tmp_path))
    assert contents(tmp_path) == {}


def test_leavings_of_a_killed_run_are_swept(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / ".partial").mkdir()
    (tmp_path / ".partial" / "tmp123").write_bytes(b"half")
    list(fetch([publisher.file("a.zip", ONE)], tmp_path))
    assert set(contents(tmp_path)) == {"a.zip", "SHA256SUMS"}


def test_two_at_once_in_one_folder_are_refused(publisher: Publisher, tmp_path: Path) -> None:
    files = [publisher.file("a.zip", ONE), publisher.file("b.zip", TWO)]
    running = fetch(files, tmp_path)
    next(running)
    with pytest.raises(DownloadError, match="another"):
        next(fetch(files, tmp_path))
    assert [one.name for one in running] == ["b.zip"]


def test_progress_is_told_in_bytes(publisher: Publisher, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    files = [publisher.file("a.zip", ONE, size=len(ONE)), publisher.file("b.zip", TWO, size=len(TWO))]
    list(fetch(files, tmp_path, progress=lambda *one: told.append(one)))
    total = len(ONE) + len(TWO)
    assert ("a.zip", len(ONE), total) in told
    assert told[-1] == ("b.zip", total, total)


def test_a_list_that_is_no_list_is_a_clear_error(publisher: Publisher) -> None:
    publisher.publish({})
    (page,) = publisher.pages
    publisher.pages[page] = b"<html>maintenance</html>"
    with pytest.raises(Exception, match="cannot be read"):
        remote_files(publisher.dataset(), ())


# -- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def published(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    """Let the command find the set on the loopback address."""
    monkeypatch.setattr("comity.events.find_dataset", lambda name: publisher.dataset())
    publisher.publish({"events.2017.tab.zip": ONE, "events.2018.tab.zip": TWO, "codebook.pdf": b"x"})
    return publisher


def test_without_a_name_all_sets_are_listed(comity: Comity) -> None:
    assert [row["name"] for row in comity("get", "--json").lines] == list(load_datasets())


def test_the_command_fetches_what_fits_and_says_how_to_go_on(published: Publisher, comity: Comity) -> None:
    ran = comity("get", "icews", "--files", "*2018*", "--to", "here")
    assert ran.code == 0
    assert "next: comity import icews here/*.zip" in ran.out
    assert "licence:" in ran.out
    assert "cite:" in ran.out
    assert set(contents(Path("here"))) == {"events.2018.tab.zip", "SHA256SUMS"}


def test_json_gives_the_set_and_its_files(published: Publisher, comity: Comity) -> None:
    answer = comity("get", "icews", "--json").json
    assert answer["dataset"]["name"] == "icews"
    assert [one["sha256"] for one in answer["files"]] == [
        hashlib.sha256(one).hexdigest() for one in (ONE, TWO)
    ]


def test_a_dry_run_asks_nobody_and_writes_nothing(published: Publisher, comity: Comity) -> None:
    ran = comity("get", "icews", "--dry-run", "--to", "here", "--json")
    assert ran.code == 0
    assert all(row["from"].startswith(published.address) for row in ran.lines)
    assert published.asked == []
    assert not Path("here").exists()


def test_a_failure_has_code_1_and_no_traceback(published: Publisher, comity: Comity) -> None:
    published.cut = {"/api/access/datafile/1"}
    ran = comity("get", "icews")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 2
    assert "broke off" in ran.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("get", "nonsense"), 3),
        (("get", "--dry-run"), 2),
        (("get", "gdelt1"), 2),
        (("get", "gdelt1", "--since", "2020-13-01"), 2),
        (("get", "icews", "--since", "2020-01-01"), 2),
        (("get", "gdelt1", "--since", "2020-01-01", "--files", "nothing*", "--dry-run"), 3),
    ],
)
def test_a_question_that_is_not_well_formed_is_refused(
    words: tuple[str, ...], code: int, comity: Comity
) -> None:
    ran = comity(*words)
    assert (ran.code, ran.out) == (code, "")
