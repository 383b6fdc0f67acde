"""Read Word files (.docx, .docm, .dotx): what Word shows, notes with their marks, by mammoth and as a page of HTML."""

from __future__ import annotations

import gc
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from ingest.hypertext import read_hypertext
from ingest.readers import legacy
from ingest.readers.draft import Draft, write_out
from ingest.readers.faults import fault
from ingest.readers.limits import Limits
from ingest.readers.numbering import Numbering
from ingest.readers.parts import Package
from ingest.readers.styles import Styles
from ingest.readers.wordtext import TooLong, WordText
from kg.language import saying

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COST = 100  # bytes of memory that mammoth takes for each character of XML
CALL = re.compile(r'(<a href="#footnote-(\d+)" id="footnote-ref-\d+">)\[\d+\]')  # mammoth counts each piece from 1
STYLES = "\n".join(f"p.Heading{level} => h{level}:fresh" for level in range(1, 7))
LEFT_OUT = ("document", "object", "change")  # what is not read as it stands, "left …" in the catalogue


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a Word file; ReadError where it is damaged, locked, made to harm or without text."""
    package = Package(path, data, limits)
    text = WordText(Styles.of(package.part("styles")), Numbering((), Styles()), limits.memory // COST)
    try:
        page, old = legacy.mended_page("".join(to_html(*piece) for piece in pieces(package, text)))
    except TooLong:
        raise fault(path, saying("file too long")) from None
    except RecursionError:
        raise fault(path, saying("file deep")) from None
    source, flow = write_out(read_hypertext(page))
    if not source.strip() and text.met["picture"]:
        raise fault(path, saying("file pictures"))
    return Draft(source, flow, "docx", warnings=tuple(warnings(text, old)))


def warnings(text: WordText, old: tuple[str, ...]) -> Iterator[str]:
    """Yield what a person should know of the reading; `old` are the encodings of before Unicode that were met."""
    yield from (saying(f"left {what}") for what in LEFT_OUT if text.met[what])
    if old:
        yield legacy.warning(old)


def pieces(package: Package, text: WordText) -> Iterator[tuple[str, str]]:
    """Yield the document as `text` writes it, piece by piece, each with the notes called in it."""
    text.numbering = Numbering(package.part("numbering"), text.styles)
    for kind in ("footnote", "endnote"):
        text.read_notes(kind, package.part(f"{kind}s"))
    for block in package.part("document"):
        text.blocks((block,))
        if text.can_part:
            yield text.taken(), "".join(text.called_notes())
    for stamp in text.stamps:
        text.blocks(stamp)
    yield text.taken(), "".join(text.called_notes())


def to_html(document: str, notes: str) -> str:
    """Return the HTML that mammoth makes of clean XML; a tab stays one, as a character that HTML leaves alone."""
    import mammoth  # not worth its time where no Word file is read

    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, xml in (("document", f"<w:body>{document}</w:body>"), ("footnotes", notes)):
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{NAMESPACE}">{xml}</w:{name}>')
    with uncollected():
        result = mammoth.convert_to_html(
            packed, style_map=STYLES, include_default_style_map=False, include_embedded_style_map=False
        )
    page: str = result.value
    return CALL.sub(r"\1[\2]", page).replace("\t", "&#9;")


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no garbage be sought meanwhile: it would go through mammoth's trees over and over, and they are all alive."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()
