"""Read plain text, Markdown and HTML: bytes to the file as decoded, in old encodings too."""

from __future__ import annotations

import codecs
from pathlib import Path

from ingest.hypertext import read_hypertext
from ingest.markup import Flow, read_markup
from ingest.readers import legacy
from ingest.readers.draft import Draft
from ingest.readers.kinds import HYPERTEXT
from ingest.readers.limits import Limits
from kg.model import ReadError

FORMATS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a .txt, .md or .html file."""
    source, old = source_of(data, path)
    if len(source) > limits.text:
        raise ReadError(
            f"{path} holds {len(source):,} characters, more than the {limits.text:,} that are read: split the file."
        )
    format = format_of(path, source)
    return Draft(source, flow_of(source, format), format, warnings=(legacy.warning(old),) if old else ())


def format_of(path: Path, source: str) -> str:
    """Return "text", "markdown" or "html": by the content where it tells, else by the name."""
    return "html" if HYPERTEXT.match(source[:4000]) else FORMATS.get(path.suffix.lower(), "text")


def flow_of(source: str, format: str) -> Flow:
    """Return the lines of a source in the format "text", "markdown" or "html"."""
    return read_hypertext(source) if format == "html" else read_markup(source)


def decode(data: bytes, path: Path) -> str:
    """Return the source that `read` makes of a file."""
    return source_of(data, path)[0]


def source_of(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the file as decoded, and the names of the old encodings that some of it was in.

    A text in Unicode may hold paragraphs that were pasted from a document with old fonts.
    """
    source, old = _text_of(data, path)
    if old:
        return source, old
    return (legacy.mended_page if format_of(path, source) == "html" else legacy.mended_text)(source)


def _text_of(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the text of the bytes, and the names of the old encodings that it was in.

    That is UTF-8, a byte order mark kept as one character, UTF-16 or UTF-32 with such a mark, or what
    `legacy.decoded` can tell.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # before UTF-16, whose mark it begins with
        return _decode(data, "utf-32", path), ()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, "utf-16", path), ()
    if b"\0" in data:
        raise ReadError(f"{path} is a binary file: save it as text (UTF-8), Word or PDF first.")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if told := legacy.decoded(data):
            return told
        raise _unknown(data, error, path) from None


def _decode(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown(data, error, path) from None


def _unknown(data: bytes, error: UnicodeDecodeError, path: Path) -> ReadError:
    """Return the error for a text in no encoding that can be told."""
    line = data.count(b"\n", 0, error.start) + 1
    return ReadError(
        f"{path} is not in UTF-8 (line {line}), nor surely in an old Vietnamese encoding (TCVN3, VNI, Windows-1258):"
        " convert it to UTF-8, for example by saving it again as Unicode text."
    )
