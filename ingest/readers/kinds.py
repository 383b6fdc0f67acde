"""Tell what kind of file it is by its first bytes; the name only decides between kinds of plain text.

Offices save HTML as .doc, RTF as .doc and Word 97 as .docx; what opens a file is its content.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

# How a file of a kind starts, and what a person calls it.
STARTS = (
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"SQLite format 3", "database"),
)
CALLED = {
    "text": "a text file",
    "html": "an HTML page",
    "docx": "a Word file (.docx)",
    "pdf": "a PDF file",
    "doc": "a Word file of the old form (.doc)",
    "odt": "an OpenDocument text (.odt)",
    "rtf": "an RTF file",
    "zip": "a zip archive",
    "broken": "a damaged Word (.docx), OpenDocument (.odt) or zip file",
    "excel": "an Excel file",
    "office": "an Office file, but no text document",
    "gzip": "a gzip archive",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "picture": "a picture",
    "database": "an SQLite database",
    "binary": "a binary file",
}
# The endings by which a folder's files are taken for documents; the content then tells which kind each is.
ENDINGS = {
    "text": (".txt", ".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "doc": (".doc", ".dot"),
    "odt": (".odt", ".ott"),
    "rtf": (".rtf",),
    "pdf": (".pdf",),
    "picture": (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    "zip": (".zip",),
}
HYPERTEXT = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_WITHIN = 1024  # bytes: readers of PDF let rubbish stand before the mark


def kind_of(data: bytes) -> str:
    """Return the kind of a file, one of `CALLED`, by its bytes; "text" where nothing else is told."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipped_kind(data)
    if data.startswith(OLE):
        return old_office_kind(data)
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    return "pdf" if b"%PDF-" in data[:PDF_WITHIN] else "text"


def zipped_kind(data: bytes) -> str:
    """Return which kind of zip it is: by the names of its parts, and the type that OpenDocument writes first."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "broken"
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        return "excel" if any(name.startswith("xl/") for name in names) else "office"
    if "mimetype" in names and "content.xml" in names:
        return "odt" if b"opendocument.text" in data[:200] else "office"
    return "zip"


def old_office_kind(data: bytes) -> str:
    """Return which Office wrote an OLE file: its streams are named in UTF-16."""
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    return "excel" if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")) else "office"
