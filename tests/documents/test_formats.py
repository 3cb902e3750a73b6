"""Files in, whole or broken."""

import os
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from comity.documents import read_document
from comity.documents.guarded import text_of
from comity.provenance import UnreadableFileError


def test_a_text_file_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kenya’s “river”\u00a0\r\nflows.\n".encode())
    document = read_document(path)
    assert document.text == "Kenya’s “river”\u00a0\r\nflows.\n"
    assert document.id == "a"


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kenya met Uganda.".encode("utf-16"))
    assert read_document(path).text == "Kenya met Uganda."


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"abc\0def", "binary"),
        ("a.txt", b"line one\n\xe9\xff", "not UTF-8"),
        ("a.txt", b" \n ", "holds no text"),
        ("a.pdf", b"%PDF-1.4 broken", "not a PDF"),
        ("a.docx", b"PK not a zip", "not a Word file"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if name.endswith("pdf"):
        pytest.importorskip("pypdfium2")
    with pytest.raises(UnreadableFileError, match=says):
        read_document(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"no file b\.txt"):
        read_document(tmp_path / "b.txt")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match="209,715,200 bytes"):
        read_document(path)


def test_a_word_file_gives_its_paragraphs(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Kenya met Uganda.")
    made.add_paragraph("They agreed.")
    made.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx").text == "Kenya met Uganda.\n\nThey agreed."


def test_a_web_page_gives_its_running_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    body = "<p>" + "Kenya met Uganda by the river and agreed on its use. " * 8 + "</p>"
    (tmp_path / "a.html").write_text(
        f"<!doctype html><html><body><nav>Home</nav><article>{body}</article>"
        "<script>evil()</script></body></html>",
        "utf-8",
    )
    text = read_document(tmp_path / "a.html").text
    assert "Kenya met Uganda by the river" in text
    assert "evil" not in text


def test_a_pdf_without_text_says_that_it_is_scanned(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    made = pdfium.PdfDocument.new()
    made.new_page(200, 200)
    made.save(tmp_path / "a.pdf")
    made.close()
    with pytest.raises(UnreadableFileError, match="no text"):
        read_document(tmp_path / "a.pdf")


def bomb(operators: int) -> bytes:
    """Build a PDF of a few kilobytes whose one page draws a letter `operators` times; packed twice."""
    packed = zlib.compress(zlib.compress(b"BT /F1 9 Tf 9 9 Td (x) Tj ET\n" * operators, 9), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n"
    return body + head + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def test_a_pdf_that_takes_too_long_or_too_much_memory_is_refused() -> None:
    pytest.importorskip("pypdfium2")
    assert text_of("pdf", bomb(1), "small.pdf").strip() == "x"
    content = bomb(2_000_000)
    assert len(content) < 10_000
    with pytest.raises(UnreadableFileError, match=r"over 1 seconds|broke off"):
        text_of("pdf", content, "bomb.pdf", seconds=1)
    with pytest.raises(UnreadableFileError, match=r"broke off|breaks off|seconds"):
        text_of("pdf", content, "bomb.pdf", seconds=30, memory=400 * 1024**2)


def test_an_old_encoding_is_named_with_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Kenya’s president\nmet Uganda’s.\n".encode() + "Präsident\n".encode("latin-1"))
    with pytest.raises(UnreadableFileError, match=r"byte 0xe4 \(line 3\).*UTF-8"):
        read_document(path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised_and_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes("Kenya attacked Uganda.".encode(encoding))
    with pytest.raises(UnreadableFileError, match="UTF-16 without its mark"):
        read_document(path)


def test_a_zero_byte_is_placed(tmp_path: Path) -> None:
    path = tmp_path / "zero.txt"
    path.write_bytes(b"Kenya attacked Uganda.\nThen it\0 left.\n")
    with pytest.raises(UnreadableFileError, match=r"a byte 0 \(line 2\)"):
        read_document(path)


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_document(tmp_path)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFileError, match=r"is a pipe or a device.*Save the text in a file"):
        read_document(tmp_path / "pipe")


@pytest.mark.parametrize(("part", "megabytes"), [("word/document.xml", 25), ("word/media/image.bmp", 193)])
def test_a_word_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, part: str, megabytes: int) -> None:
    path = tmp_path / "huge.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed, packed.open(part, "w") as inside:
        for _ in range(megabytes):
            inside.write(b" " * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match=f"unpacks to {megabytes * 1024 * 1024:,} bytes"):
        read_document(path)


def test_what_is_called_a_word_file_and_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.docx"
    with ZipFile(path, "w") as packed:
        packed.writestr("word/vbaProject.bin", b"")
    with pytest.raises(UnreadableFileError, match="not a Word file"):
        read_document(path)
