"""Word files made for tests: a small writer of WordprocessingML, and a report as an office would type it in Word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.sax.saxutils import escape

from ingest.text import Block, Text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="u{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in range(1, 7)
)
BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
RIGHT = re.compile(r"CỘNG H|Độc lập|ĐẢNG CỘNG SẢN|[^,]{3,30}, ngày")
LETTERED = re.compile(r"\(?\w{1,2}\)")


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """Return a paragraph of runs, or of plain words."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else r(content)}</w:p>"


def tbl(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of cells that hold paragraphs."""
    cells = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def called(id: int | str, kind: str = "footnote") -> str:
    """Return the mark of a note."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{id}"/></w:r>'


def part(name: str, content: str) -> str:
    """Return a part of a Word file."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {SPACES}>{content}</w:{name}>'


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations_to(targets: Mapping[str, str]) -> str:
    """Return a part of relations, their targets by their kinds."""
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def content_types(names: Iterable[str]) -> str:
    """Return the part that tells the type of each part."""
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    main = f'<Override PartName="/word/document.xml" ContentType="{office}.document.main+xml"/>'
    each = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{office}.{name}+xml"/>' for name in names)
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{xml}{main}{each}</Types>'


def docx(
    body: str,
    notes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    styles: str = HEADINGS,
    numbering: str = BULLETS,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a Word file with this body; `notes` are paragraphs by id, `more` further parts."""
    inner = {"styles": styles, "numbering": numbering}
    for kind, found in (("footnote", notes), ("endnote", endnotes)):
        if found:
            separator = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
            each = (f'<w:{kind} w:id="{id}">{text}</w:{kind}>' for id, text in found.items())
            inner[f"{kind}s"] = separator + "".join(each)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(inner),
        "_rels/.rels": relations_to({"officeDocument": "word/document.xml"}),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations_to({name: f"{name}.xml" for name in inner}),
    }
    return packed(parts | {f"word/{name}.xml": part(name, xml) for name, xml in inner.items()} | dict(more or {}))


# ---- a report -------------------------------------------------------------------------------------------------------


def typed(text: Text) -> bytes:
    """Return a report as a Word file: letterhead in a table of two columns, headings, tables, notes at the foot."""
    body = [block for block in text.blocks if block.kind != "note"]
    found = [block for block in text.blocks if block.kind == "note"]
    firsts = [block for index, block in enumerate(found) if index == 0 or block.mark != found[index - 1].mark]
    ids = {id(block): number for number, block in enumerate(firsts, start=2)}  # LibreOffice counts from 2
    notes: dict[int, str] = {}
    current = 0
    for block in found:
        current = ids.get(id(block), current)
        lead = "<w:r><w:footnoteRef/></w:r>" if current not in notes else ""
        notes[current] = notes.get(current, "") + p(lead + r(" " + words(text, block)))
    head = next((index for index, block in enumerate(body) if ends_letterhead(words(text, block))), 0)
    lines = [cell for block in body[:head] for cell in words(text, block).split(" | ")]
    out = [letterhead(lines)] if head else []
    for kind, blocks in groupby(body[head:], key=lambda block: block.kind):
        if kind == "row":
            out.append(tbl([p(cell) for cell in words(text, block).split(" | ")] for block in blocks))
        else:
            out += [paragraph(text, block, marks_in(block, firsts, ids)) for block in blocks]
    return docx("".join(out), notes)


def words(text: Text, block: Block) -> str:
    """Return what a block says."""
    return text.content[block.start : block.end]


def ends_letterhead(line: str) -> bool:
    """Tell whether a line stands below the letterhead: a type in capitals, an address, running text."""
    return re.match(r"Kính gửi|(?:BÁO CÁO|KẾ HOẠCH|NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|CHƯƠNG TRÌNH)\b", line) is not None


def letterhead(lines: list[str]) -> str:
    """Return the letterhead: the issuer on the left, the nation or the Party on the right; number and date below."""
    right = [line for line in lines if RIGHT.match(line)]
    left = [line for line in lines if line not in right]
    under = next((index for index, line in enumerate(left) if line.startswith(("Số", "V/v"))), len(left))
    dated = next((index for index, line in enumerate(right) if ", ngày" in line), len(right))
    rows = [(left[:under], right[:dated]), (left[under:], right[dated:])]
    return tbl(["".join(map(p, cell)) or p("") for cell in row] for row in rows)


def marks_in(block: Block, notes: list[Block], ids: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return where in a block notes are called, and their ids."""
    return [
        (note.anchor - block.start, ids[id(note)])
        for note in notes
        if note.anchor is not None and block.start <= note.anchor <= block.end
    ]


def paragraph(text: Text, block: Block, marks: list[tuple[int, int]]) -> str:
    """Return a block as a paragraph with the marks of its notes."""
    line, out, done = words(text, block), "", 0
    for place, note in marks:
        out += r(line[done:place]) + called(note)
        done = place
    style = f'<w:pStyle w:val="u{min(len(block.section) + 1, 6)}"/>' if block.kind == "heading" else ""
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    listed = block.kind == "item" and not LETTERED.match(line)
    return p(out + r(line[done:]), style + (bullet if listed else ""))
