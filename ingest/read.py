"""Read a file: from bytes to clean text in blocks, every character's place in the source kept.

Three steps: `ingest.markup` or `ingest.hypertext` tells lines apart, `ingest.lines` joins them to paragraphs,
`ingest.footnotes` lifts the notes; `ingest.outline` finds the sections.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.footnotes import find_notes, lift_notes
from ingest.hypertext import read_hypertext
from ingest.layout import Layout
from ingest.lines import join_lines, without_page_numbers, without_running_heads
from ingest.markup import read_markup
from ingest.outline import outline
from ingest.text import Text
from kg.model import ReadError

LARGEST = 50_000_000  # bytes; a report has some 100,000
FORMATS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}
READ = "this version reads .txt, .md and .html"

# How a file of another kind starts.
KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word, Excel or OpenDocument file (.docx, .xlsx, .odt) or another zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"SQLite format 3", "an SQLite database"),
)
HYPERTEXT = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


# ---- from file to source --------------------------------------------------------------------------------------------


def read_text(path: Path, largest: int = LARGEST) -> Text:
    """Return the text of a .txt, .md or .html file.

    `largest` is the greatest size in bytes. Raises `ReadError`, naming the file and the remedy, for a file that is
    missing, not a file, forbidden, empty, too large, of another kind, or in an unknown encoding.
    """
    source = decode(_bytes(path, largest), path)
    if not source.strip("\ufeff \t\r\n\f\xa0"):
        raise ReadError(f"{path} is empty: there is no text in it to read.")
    return parse(source, format_of(path, source))


def format_of(path: Path, source: str) -> str:
    """Return "text", "markdown" or "html": by the content where it tells, else by the name."""
    return "html" if HYPERTEXT.match(source[:4000]) else FORMATS.get(path.suffix.lower(), "text")


def _bytes(path: Path, largest: int) -> bytes:
    try:
        if path.is_dir():
            raise ReadError(f"{path} is a folder: name the files in it, or ingest the folder.")
        if (size := path.stat().st_size) > largest:
            raise ReadError(
                f"{path} has {size / 1e6:,.1f} MB, more than the {largest / 1e6:,.1f} MB that are read: split the file."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path} does not exist: check the name.") from None
    except PermissionError:
        raise ReadError(
            f"{path} may not be read: ask its owner for permission, or close the program using it."
        ) from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} could not be read ({error}): check the disk or the network, and the name.") from None


def decode(data: bytes, path: Path) -> str:
    """Return the text of the bytes: UTF-8, a byte order mark kept as one character, or UTF-16 or UTF-32 with one."""
    for start, kind in KINDS:
        if data.startswith(start):
            raise ReadError(f"{path} is {kind}; {READ}: save it as text (UTF-8) first.")
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # before UTF-16, whose mark it begins with
        return _decode(data, "utf-32", path)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, "utf-16", path)
    if b"\0" in data:
        raise ReadError(f"{path} is a binary file; {READ}: save it as text (UTF-8) first.")
    return _decode(data, "utf-8", path)


def _decode(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{path} is not in UTF-8 (line {line}); it may be in an old Vietnamese encoding (TCVN3, VNI, Windows-1258):"
            " convert it to UTF-8, for example by saving it again as Unicode text."
        ) from None


# ---- from source to text --------------------------------------------------------------------------------------------


def parse(source: str, format: str = "text") -> Text:
    """Return the clean text of a source in the format "text", "markdown" or "html". Never raises."""
    flow = read_hypertext(source) if format == "html" else read_markup(source)
    flow.lines = without_running_heads(without_page_numbers(flow.lines))
    find_notes(flow)
    body = lift_notes(join_lines(flow.lines))
    layout = Layout(source, flow)
    layout.clean(body)
    outline([paragraph for paragraph in body if paragraph.text])
    return layout.text(body)
