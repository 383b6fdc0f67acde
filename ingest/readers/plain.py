"""Read plain text, Markdown and HTML: bytes to the file as decoded, in old encodings too."""

from __future__ import annotations

import codecs
import re
from functools import partial
from pathlib import Path

from ingest.hypertext import read_hypertext
from ingest.markup import Flow, read_markup
from ingest.readers import legacy
from ingest.readers.draft import Draft
from ingest.readers.faults import fault
from ingest.readers.kinds import HYPERTEXT
from ingest.readers.limits import Limits
from kg.language import saying
from kg.model import ReadError

FORMATS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}
BROKEN = "\ufffd"
WIDE = re.compile("[^\x00-\x7f]")
SOUND = 10  # letters beyond ASCII that are right, for each that is broken
CHARSET = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w:.-]{1,30})", re.I)
DECLARED = {"cp1258"}  # what a page's word is taken for: Windows-1252 says only that it is Windows


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a .txt, .md or .html file."""
    source, warnings = source_of(data, path)
    check_length(source, path, limits)
    format = format_of(path, source)
    return Draft(source, flow_of(source, format), format, warnings=warnings)


def check_length(source: str, path: Path, limits: Limits) -> None:
    """Raise ReadError where a source is longer than what is read."""
    if len(source) > limits.text:
        raise fault(path, saying("file long", n=len(source), most=limits.text))


def format_of(path: Path, source: str) -> str:
    """Return "text", "markdown" or "html": by the content where it tells, else by the name."""
    return "html" if HYPERTEXT.match(source[:4000]) else FORMATS.get(path.suffix.lower(), "text")


def flow_of(source: str, format: str) -> Flow:
    """Return the lines of a source in the format "text", "markdown" or "html"."""
    return read_hypertext(source) if format == "html" else read_markup(source)


def decode(data: bytes, path: Path) -> str:
    """Return the source that `read` makes of a file."""
    return source_of(data, path)[0]


def source_of(data: bytes, path: Path, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the file as decoded, and what a person should know of that; `declared` is the encoding it says it has.

    A text in Unicode may hold paragraphs that were pasted from a document with old fonts.
    """
    coding = wide_encoding(data) or "utf-8"
    if coding == "utf-8" and b"\0" in data:
        raise fault(path, saying("file binary"))
    try:
        source = data.decode(coding)
    except UnicodeDecodeError as error:
        ways = (nearly_utf8, partial(in_declared, declared=declared), in_old_letters) if coding == "utf-8" else ()
        if told := next(filter(None, (way(data) for way in ways)), None):
            return told
        raise _unknown(data, error, path) from None
    source, old = (legacy.mended_page if format_of(path, source) == "html" else legacy.mended_text)(source)
    return source, (legacy.warning(old),) if old else ()


def wide_encoding(data: bytes) -> str | None:
    """Return the encoding of a text whose characters take two or four bytes each; None where it is no such text."""
    marks = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32"}  # before UTF-16, whose mark it begins with
    marks |= {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    marks |= {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}  # a page without a mark
    return next((coding for mark, coding in marks.items() if data.startswith(mark)), None)


def nearly_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return a text in UTF-8 of which a few bytes are broken, as at the end of a file that was cut off."""
    source = data.decode("utf-8", "replace")
    broken = source.count(BROKEN) - data.count(BROKEN.encode())
    if broken * SOUND > len(WIDE.findall(source)) - source.count(BROKEN):
        return None
    return source, (saying("letters broken", n=broken, sign=BROKEN),)


def in_declared(data: bytes, declared: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a page in the encoding that it says it has, where that is one to be believed."""
    said = declared or "".join(found[1].decode() for found in CHARSET.finditer(data[:4000]))
    try:
        coding = codecs.lookup(said).name
        return (data.decode(coding), ()) if coding in DECLARED else None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def in_old_letters(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return a text in one of the encodings before Unicode that can be told."""
    told = legacy.decoded(data) or legacy.decoded_by_lines(data)
    return (told[0], (legacy.warning(told[1]),)) if told else None


def _unknown(data: bytes, error: UnicodeDecodeError, path: Path) -> ReadError:
    """Return the error for a text in no encoding that can be told."""
    line = data.count(b"\n", 0, error.start) + 1
    return fault(path, saying("file encoding", line=line))
