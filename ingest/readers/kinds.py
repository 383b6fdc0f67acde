"""Tell what kind of file it is by its first bytes; the name only decides between kinds of plain text.

Offices save HTML as .doc, RTF as .doc and Word 97 as .docx; what opens a file is its content.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ingest.readers.limits import DEFAULT
from ingest.readers.zips import DAMAGE, ENTRY

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
    "mhtml": "a web page in one file",
    "wordxml": "a Word file in one page of XML",
    "docx": "a Word file (.docx)",
    "pdf": "a PDF file",
    "doc": "a Word file of the old form (.doc)",
    "odt": "an OpenDocument text (.odt)",
    "rtf": "an RTF file",
    "zip": "a zip archive",
    "broken": "a damaged Word (.docx), OpenDocument (.odt) or zip file",
    "locked": "an Office file locked with a password",
    "excel": "an Excel file",
    "office": "an Office file, but no text document",
    "gzip": "a gzip archive",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "picture": "a picture",
    "database": "an SQLite database",
    "binary": "a binary file",
}
# What to do with a file of a kind that is not read; else it may be saved as text.
REMEDIES = {
    "locked": "open it with the password, take the password off and save it",
    "wordxml": "open it in Word and save it as .docx",
    "broken": "copy it again from where it came, or open it in Word and save it anew",
    "excel": "save the sheets that hold text as PDF",
    "zip": "ingest it to read the files in it, or unpack it",
    "gzip": "unpack it first",
    "rar": "unpack it first",
    "7z": "unpack it first",
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
    """Return the kind of a file, one of `CALLED`, by its bytes; "text" where nothing else is told."""
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
