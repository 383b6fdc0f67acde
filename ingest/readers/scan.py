"""Read scans: pictures (PNG, JPEG, TIFF) and the pages of a PDF that are none but pictures, by tesseract."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.draft import Draft, write_out
from ingest.readers.limits import Limits
from ingest.readers.pages import flow_of
from ingest.readers.recognise import Recogniser, evened
from ingest.readers.sheet import Sheet


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a picture; ReadError where it can't be recognised here, with the remedy."""
    return draft_of(evened(Recogniser(path, limits).sheets(data)), "picture")


def draft_of(sheets: list[Sheet], kind: str) -> Draft:
    """Return the draft of pages of which some or all are recognised."""
    lines, warnings = flow_of(sheets)
    source, flow = write_out(lines)
    recognised = any(sheet.recognised for sheet in sheets)
    return Draft(source, flow, kind, recognised, warnings)
