"""Read scans: pictures (PNG, JPEG, TIFF) and the pages of a PDF that are none but pictures, by tesseract.

The source keeps what was recognised; slips that only recognising makes are mended in what is read out of it
(`data/scan_slips.csv`), and each mention still points to the letters in the source.
"""

from __future__ import annotations

from pathlib import Path

from ingest.readers.draft import Draft, write_out
from ingest.readers.limits import Limits
from ingest.readers.pages import flow_of
from ingest.readers.recognise import Recogniser, evened
from ingest.readers.sheet import Sheet
from ingest.readers.slips import mend_flow


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a picture; ReadError where it can't be recognised here, with the remedy."""
    return draft_of(evened(Recogniser(path, limits).sheets(data)), "picture")


def draft_of(sheets: list[Sheet], kind: str) -> Draft:
    """Return the draft of pages of which some or all are recognised."""
    lines, warnings = flow_of(sheets)
    source, flow = write_out(lines)
    recognised = any(sheet.recognised for sheet in sheets)
    if recognised:
        mend_flow(flow)
    return Draft(source, flow, kind, recognised, warnings)
