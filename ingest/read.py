"""Read a file: from bytes to clean text in blocks, every character's place in the source kept.

A reader of `ingest.readers` tells lines apart, `ingest.lines` joins them to paragraphs, `ingest.footnotes` lifts the
notes; `ingest.outline` finds the sections.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.footnotes import find_notes, lift_notes
from ingest.layout import Layout
from ingest.lines import join_lines, without_page_numbers, without_running_heads
from ingest.markup import Flow
from ingest.outline import outline
from ingest.readers.draft import Draft
from ingest.readers.faults import fault, megabytes
from ingest.readers.kinds import called, kind_of, remedy
from ingest.readers.limits import DEFAULT, MEGABYTE, Limits
from ingest.readers.plain import flow_of
from ingest.tablelines import with_rows
from ingest.text import Text
from kg.language import saying, system_words

Reader = Callable[[Path, bytes, Limits], Draft]

# The reader of each kind of file: a module of `ingest.readers`, imported when a file asks for it.
READERS = {
    "text": "plain",
    "html": "plain",
    "mhtml": "mhtml",
    "docx": "docx",
    "doc": "office",
    "odt": "office",
    "rtf": "office",
    "pdf": "pdf",
    "picture": "scan",
}
NOTHING = "\ufeff \t\r\n\f\xa0"


def read_text(path: Path, limits: Limits = DEFAULT) -> Text:
    """Return the text of a file of any kind that has a reader.

    Raises `ReadError`, naming the file and the remedy, for a file that is missing, not a file, forbidden, empty, too
    large, of a kind that is not read, damaged, or in an unknown encoding.
    """
    data = file_bytes(path, limits.file)
    draft = reader_of(path, data)(path, data, limits)
    if not draft.source.strip(NOTHING):
        raise fault(path, saying("file empty"))
    return replace(
        compose(draft.source, draft.flow), format=draft.format, recognised=draft.recognised, warnings=draft.warnings
    )


def reader_of(path: Path, data: bytes) -> Reader:
    """Return the reader for this content; ReadError where there is none."""
    kind = kind_of(data)
    if kind not in READERS:
        raise fault(path, saying("file unread kind", kind=called(kind), remedy=remedy(kind)))
    reader: Reader = import_module(f"ingest.readers.{READERS[kind]}").read
    return reader


def file_bytes(path: Path, largest: int) -> bytes:
    """Return the bytes of a file of at most `largest` bytes."""
    try:
        if path.is_dir():
            raise fault(path, saying("file is folder"))
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe waits for whoever writes into it
            raise fault(path, saying("file is pipe"))
        if status.st_size > largest:
            raise fault(path, saying("file large", size=megabytes(status.st_size), most=largest // MEGABYTE))
        return path.read_bytes()
    except FileNotFoundError:
        raise fault(path, saying("file missing")) from None
    except PermissionError:
        raise fault(path, saying("file forbidden")) from None
    except OSError as error:
        raise fault(path, saying("file unreadable", error=system_words(error))) from None
    except ValueError as error:
        raise fault(path, saying("file unreadable", error=error)) from None


def parse(source: str, format: str = "text") -> Text:
    """Return the clean text of a source in the format "text", "markdown" or "html". Never raises."""
    return compose(source, flow_of(source, format))


def compose(source: str, flow: Flow) -> Text:
    """Return the clean text of the lines of a source."""
    flow.lines = without_running_heads(without_page_numbers(with_rows(flow.lines)))
    find_notes(flow)
    body = lift_notes(join_lines(flow.lines))
    layout = Layout(source, flow)
    layout.clean(body)
    outline([paragraph for paragraph in body if paragraph.text])
    return layout.text(body)
