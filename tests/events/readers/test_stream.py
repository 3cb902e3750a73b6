"""Reading lines from files of any kind: plain, gzipped, or wrong in every way."""

import gzip
import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.events.readers import LineStream
from comity.provenance import UnreadableFileError

from .made_up import zipped


def written(folder: Path, content: bytes, name: str = "file.tab") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def lines_of(path: Path) -> list[tuple[int, str]]:
    return list(LineStream(path))


@pytest.mark.parametrize("content", [b"a\nb\n", b"a\nb", b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb\n"])
def test_lines_come_with_their_numbers_whatever_ends_them(tmp_path: Path, content: bytes) -> None:
    assert lines_of(written(tmp_path, content)) == [(1, "a"), (2, "b")]


def test_a_gzipped_file_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    assert lines_of(written(tmp_path, gzip.compress(b"a\nb\n", mtime=0), "plain.tab")) == [(1, "a"), (2, "b")]


def test_several_gzip_members_are_one_file(tmp_path: Path) -> None:
    packed = gzip.compress(b"a\n", mtime=0) + gzip.compress(b"b\n", mtime=0) + b"\0" * 8
    assert lines_of(written(tmp_path, packed)) == [(1, "a"), (2, "b")]


def test_the_hash_is_that_of_the_file_on_disk(tmp_path: Path) -> None:
    content = gzip.compress(b"a\nb\n" * 1000, mtime=0)
    stream = LineStream(written(tmp_path, content))
    assert len(list(stream)) == 2000
    assert stream.sha256 == hashlib.sha256(content).hexdigest()
    assert stream.bytes_read == len(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (gzip.compress(b"a\n" * 5000, mtime=0)[:-9], "cut short"),
        (gzip.compress(os.urandom(3000), mtime=0)[:200], "cut short|not UTF-8|binary"),
        (b"\x1f\x8b\x08\x00garbage that is no deflate data", "damaged gzip"),
        (b"PK\x03\x04rest", "damaged zip archive"),
        (b"BZh91AY", "bzip2 archive.*convert it first"),
        (b"a\nb\0c\n", "binary file.*line 2"),
        ("a\n".encode("utf-16"), "binary file, or not UTF-8.*line 1"),
        ("Orbán\nKovač\n".encode("latin-1", "replace"), "not UTF-8: byte 0xe1.*line 1"),
        (b"a\n" * 3 + b"Orb\xe1n\n", "not UTF-8.*line 4"),
        (b"a\n" + b"x" * 70_000 + b"\nb\n", "line of over 65,536 characters.*line 2"),
        (b"x" * 3_000_000, "line of over 65,536 characters.*line 1"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",  # bytes differ from run to run
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        lines_of(written(tmp_path, content))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"no file nowhere\.tab"):
        LineStream(tmp_path / "nowhere.tab")
    with pytest.raises(UnreadableFileError, match="is not a file"):
        LineStream(tmp_path)


def test_a_small_file_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    line = b"a" * 60_000 + b"\n"
    packed = gzip.compress(line * 2000, mtime=0)  # 120 MB from about 0.1 MB: a thousand times its size
    with pytest.raises(UnreadableFileError, match="unpacks to more than 100 times"):
        for _ in LineStream(written(tmp_path, packed)):
            pass


def test_a_sparse_file_of_two_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.tab"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(UnreadableFileError, match="binary"):
        next(iter(LineStream(path)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused_without_a_traceback(content: bytes, packed: bool) -> None:
    path = Path(os.environ["COMITY_HOME"]) / "any.tab"
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    refused, read = False, []
    try:
        read = lines_of(path)
    except UnreadableFileError:
        refused = True
    assert refused or [number for number, _ in read] == list(range(1, len(read) + 1))


def test_a_zip_archive_of_one_file_is_read_and_hashed_as_it_lies_on_disk(tmp_path: Path) -> None:
    content = zipped("a\nb\n" * 1000)
    stream = LineStream(written(tmp_path, content, "plain.tab"))
    assert [line for _, line in stream] == ["a", "b"] * 1000
    assert stream.sha256 == hashlib.sha256(content).hexdigest()
    assert stream.bytes_read == len(content)


def archive(*names: str, text: str = "a\n", flag: int = 0) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name), text)
    content = packed.getvalue()
    if flag:  # in the header of the file and in the directory at the end
        content = content[:6] + bytes([flag]) + content[7:]
        place = content.index(b"PK\x01\x02") + 8
        content = content[:place] + bytes([flag]) + content[place + 1 :]
    return content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (archive("../../a.txt"), r"would leave its folder: '\.\./\.\./a\.txt'.*Do not unpack it"),
        (archive("/etc/passwd"), "would leave its folder"),
        (archive("C:\\a.txt"), "would leave its folder"),
        (archive("good.txt", "folder/../../a.txt"), "would leave its folder"),
        (archive("a.txt", "b.txt"), r"archive of 2 files \('a\.txt', 'b\.txt'\)"),
        (archive(), r"archive of 0 files \(none\)"),
        (archive("a.txt", flag=1), "with a password"),
        (archive("a.txt")[:-10], "damaged zip archive"),
        (zipped(f"{'x' * 999}\n" * 80_000), "unpacks to more than 100 times its size"),
        (gzip.compress(gzip.compress(b"a\n", mtime=0), mtime=0), "archive within an archive: a gzip file"),
        (archive("a.zip", text="PK\x03\x04"), "archive within an archive: a zip archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",  # bytes differ from run to run
)
def test_tricks_with_archives_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        lines_of(written(tmp_path, content))


def test_folders_and_files_of_the_desktop_in_an_archive_do_not_count(tmp_path: Path) -> None:
    content = archive("data/", "data/a.txt", "__MACOSX/data/._a.txt", "data/.DS_Store")
    assert lines_of(written(tmp_path, content)) == [(1, "a")]


def test_other_bytes_are_let_through_where_a_format_has_them(tmp_path: Path) -> None:
    path = written(tmp_path, b"a\nOrb\xe1n\n")
    assert list(LineStream(path, lenient=True)) == [(1, "a"), (2, "Orb\ufffdn")]


def test_the_last_line_may_end_in_a_carriage_return(tmp_path: Path) -> None:
    assert lines_of(written(tmp_path, b"a\r\nb\r")) == [(1, "a"), (2, "b")]
