"""Files in, whole or broken."""

from pathlib import Path

import docx
import pytest

from comity.documents import read_document
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
