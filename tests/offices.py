"""Files of office programs made for tests: .odt by a small writer, other forms of it by LibreOffice."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from ingest.readers.tools import LIBREOFFICE, Tool, find
from ingest.text import Block, Text
from tests.docxs import LETTERED, RIGHT, ends_letterhead, marks_in, packed, words

SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
BULLETS = (
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/>'
    "</text:list-style>"
)


def odt(body: str, styles: str = BULLETS, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return an OpenDocument text with this body and these automatic styles."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{SPACES} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": content,
    }
    return packed(parts | dict(more or {}), method=0)


def p(content: str) -> str:
    """Return a paragraph of XML."""
    return f"<text:p>{content}</text:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of cells that hold paragraphs."""
    written = [[f"<table:table-cell>{cell}</table:table-cell>" for cell in row] for row in rows]
    columns = f'<table:table-column table:number-columns-repeated="{max(map(len, written))}"/>'
    lines = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in written)
    return f"<table:table>{columns}{lines}</table:table>"


def note(number: int, text: str) -> str:
    """Return a footnote where it is called."""
    return (
        f'<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body>{text}</text:note-body></text:note>"
    )


def typed(text: Text) -> bytes:
    """Return a report as an .odt: letterhead in a table of two columns, headings, tables, lists, notes."""
    found = [block for block in text.blocks if block.kind == "note"]
    firsts = [block for index, block in enumerate(found) if index == 0 or block.mark != found[index - 1].mark]
    ids = {id(block): number for number, block in enumerate(firsts, start=1)}
    notes: dict[int, str] = {}
    current = 0
    for block in found:
        current = ids.get(id(block), current)
        notes[current] = notes.get(current, "") + p(escape(words(text, block)))
    body = [block for block in text.blocks if block.kind != "note"]
    head = next((index for index, block in enumerate(body) if ends_letterhead(words(text, block))), 0)
    lines = [cell for block in body[:head] for cell in words(text, block).split(" | ")]
    out = [letterhead(lines)] if head else []
    for kind, blocks in groupby(body[head:], key=lambda block: block.kind):
        if kind == "row":
            out.append(table([p(escape(cell)) for cell in words(text, row).split(" | ")] for row in blocks))
        else:
            out += [paragraph(text, block, marks_in(block, firsts, ids), notes) for block in blocks]
    return odt("".join(out))


def letterhead(lines: list[str]) -> str:
    """Return the letterhead: the issuer on the left, the nation or the Party on the right; number and date below."""
    right = [line for line in lines if RIGHT.match(line)]
    left = [line for line in lines if line not in right]
    under = next((index for index, line in enumerate(left) if line.startswith(("Số", "V/v"))), len(left))
    dated = next((index for index, line in enumerate(right) if ", ngày" in line), len(right))
    rows = [(left[:under], right[:dated]), (left[under:], right[dated:])]
    return table([["".join(p(escape(line)) for line in cell) or p("") for cell in row] for row in rows])


def paragraph(text: Text, block: Block, marks: list[tuple[int, int]], notes: Mapping[int, str]) -> str:
    """Return a block as a paragraph with its notes in it."""
    line, out, done = words(text, block), "", 0
    for place, number in marks:
        out += escape(line[done:place]) + note(number, notes[number])
        done = place
    out += escape(line[done:])
    if block.kind == "heading":
        level = min(len(block.section) + 1, 6)
        return f'<text:h text:outline-level="{level}">{out}</text:h>'
    if block.kind == "item" and not LETTERED.match(line):
        return f'<text:list text:style-name="B"><text:list-item>{p(out)}</text:list-item></text:list>'
    return p(out)


# ---- programs that are not everywhere -------------------------------------------------------------------------------


def need(tool: Tool) -> Path:
    """Return where an outside program is; without it the test is skipped, but fails where all must be there."""
    if program := find(tool):
        return program
    if os.environ.get("THONGSUOT_REQUIRE_TOOLS"):
        pytest.fail(f"{tool.name} is not installed")
    pytest.skip(f"{tool.name} is not installed")


FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "docx": "docx:MS Word 2007 XML",
    "pdf": "pdf:writer_pdf_Export",
}


def saved_as(form: str, files: Iterable[Path], folder: Path) -> list[Path]:
    """Return the files that LibreOffice makes of others: "doc", "rtf"."""
    program, names = need(LIBREOFFICE), list(files)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", FILTERS[form], "--outdir", folder, *names]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{name.stem}.{form}" for name in names]
