"""What kind of file it is, by its content: offices save one kind under the name of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_text
from ingest.readers.kinds import kind_of
from kg.model import ReadError
from tests.docxs import docx, p, packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = [
    ("Nghị quyết".encode(), "text"),
    (b"", "text"),
    # a web page, whatever stands before its first tag
    (b"<html><body>", "text"),
    # as Word and browsers save it in one file
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "mhtml"),
    (b"From: <Saved by Blink>\nSubject: a\n b\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "mhtml"),
    # text that speaks of it
    ("Kính gửi: các xã\nMIME-Version: 1.0 là gì?".encode(), "text"),
    # Word files: by their parts, not by their names
    (docx(p("a")), "docx"),
    (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "excel"),
    (packed({"[Content_Types].xml": "", "ppt/a.xml": ""}), "office"),
    (packed({"a.txt": ""}), "zip"),
    (docx(p("a"))[:-20], "broken"),
    # the XML of Word 2003, and a whole package in one page
    (b'\xef\xbb\xbf<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument>', "wordxml"),
    (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', "wordxml"),
    # files of before 2007; one that is locked holds the new form, encrypted
    (OLE + "WordDocument".encode("utf-16-le"), "doc"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
    (OLE + "Workbook".encode("utf-16-le"), "excel"),
    (b"{\\rtf1", "rtf"),
    (b"rubbish\n%PDF-1.4", "pdf"),
]


@pytest.mark.parametrize(("data", "kind"), KINDS)
def test_kind(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_a_directory_without_end_is_not_read() -> None:
    assert kind_of(packed({"a.txt": ""}) + b"PK\x01\x02" * 20_000) == "zip"


REMEDIES = [
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password.*take the password off"),
    ("a.xlsx", packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "an Excel file.*as PDF"),
    ("a.doc", b'<?xml version="1.0"?><pkg:package>', "save it as .docx"),
    ("a.docx", docx(p("a"))[:-20], "damaged.*copy it again"),
    ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--", "without its text"),
]


@pytest.mark.parametrize(("name", "data", "message"), REMEDIES)
def test_remedy(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message):
        read_text(path)


MAIL = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_Next"

Trang này là một tệp.

------=_Next
Content-Location: file:///C:/a.htm
Content-Transfer-Encoding: {}
Content-Type: text/html; charset="{}"

{}
------=_Next
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------=_Next--
"""
PAGES = [
    # as Word writes it
    ("quoted-printable", "us-ascii", "<html><body><p>Ngh&#7883; quy=\n&#7871;t s=E1=BB=91 25</p></body></html>"),
    ("quoted-printable", "windows-1258", "<html><body><p>Chu=EC thi=F2 s=F4=EC</p></body></html>"),
    ("8bit", "utf-8", "<html><body><p>Nghị quyết số 25</p></body></html>"),
    # an encoding that there is not
    ("8bit", "utf-99", "<html><body><p>Nghị quyết số 25</p></body></html>"),
]


@pytest.mark.parametrize(("way", "charset", "page"), PAGES)
def test_page_in_one_file(way: str, charset: str, page: str, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(MAIL.format(way, charset, page).encode())
    text = read_text(path)
    assert text.content.split("\n")[-1] in {"Nghị quyết số 25", "Chú thị số"}
    assert text.format == "mhtml"
    assert "<" not in text.source
