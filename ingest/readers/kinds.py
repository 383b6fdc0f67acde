"""Tell what kind of file it is by its first bytes; the name only decides between kinds of plain text.

Offices save HTML as .doc, RTF as .doc and Word 97 as .docx; what opens a file is its content.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ingest.readers.limits import DEFAULT
from ingest.readers.zips import DAMAGE, ENTRY
from kg.language import Saying, saying

# How a file of a kind starts.
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
# All kinds; what a person calls each stands in the catalogue under "kind …".
KINDS = frozenset(
    {
        "text",
        "html",
        "mhtml",
        "wordxml",
        "docx",
        "pdf",
        "doc",
        "odt",
        "rtf",
        "zip",
        "broken",
        "locked",
        "excel",
        "office",
        "gzip",
        "rar",
        "7z",
        "picture",
        "database",
        "binary",
    }
)
# Kinds that are not read and have a remedy of their own, "remedy …" in the catalogue; others may be saved as text.
REMEDIES = {
    "locked": "locked",
    "wordxml": "wordxml",
    "broken": "broken",
    "excel": "excel",
    "zip": "zip",
    "gzip": "unpack",
    "rar": "unpack",
    "7z": "unpack",
}
# The endings by which a folder's files are taken for documents; the content then tells which kind each is.
ENDINGS = {
    "text": (".txt", ".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "mhtml": (".mht", ".mhtml"),
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
WORD_XML = re.compile(rb"<\?mso-application\s[^>]{0,80}Word|<(?:w:wordDocument|pkg:package)\b")
# MIME-Version: 1.0 / Content-Type: multipart/related, among the first lines that read like those of a mail
MAIL = re.compile(rb"\s*(?:[\w-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}){0,20}?MIME-Version:", re.I)
MAIL_OF_PAGES = re.compile(rb"^Content-Type:\s*(?:multipart/(?:related|alternative)|text/html)", re.I | re.M)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_WITHIN = 1024  # bytes: readers of PDF let rubbish stand before the mark


def kind_of(data: bytes) -> str:
    """Return the kind of a file, one of `KINDS`, by its bytes; "text" where nothing else is told."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipped_kind(data)
    if data.startswith(OLE):
        return old_office_kind(data)
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    return text_kind(data[:4000])


def called(kind: str) -> Saying:
    """Return what a person calls a kind of file."""
    return saying(f"kind {kind}")


def remedy(kind: str) -> Saying:
    """Return what to do with a file of a kind that is not read."""
    return saying(f"remedy {REMEDIES.get(kind, 'text')}")


def text_kind(start: bytes) -> str:
    """Return which kind a text may be that has to be unwrapped first; else "text"."""
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and WORD_XML.search(start):
        return "wordxml"
    return "mhtml" if MAIL.match(start) and MAIL_OF_PAGES.search(start) else "text"


def zipped_kind(data: bytes) -> str:
    """Return which kind of zip it is: by the names of its parts, and the type that OpenDocument writes first."""
    try:
        if data.count(ENTRY) > DEFAULT.members:  # each would take memory before any bound is known
            return "zip"
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (*DAMAGE, OSError):
        return "broken"
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        return "excel" if any(name.startswith("xl/") for name in names) else "office"
    if "mimetype" in names and "content.xml" in names:
        return "odt" if b"opendocument.text" in data[:200] else "office"
    return "zip"


def old_office_kind(data: bytes) -> str:
    """Return which Office wrote an OLE file: its streams are named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "locked"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    return "excel" if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")) else "office"
