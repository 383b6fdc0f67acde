"""PDF files made for tests: pages of lines in a font that every reader has, and whatever objects a test wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(*pages: Sequence[str], objects: Mapping[int, str | bytes] | None = None, trailer: str = "") -> bytes:
    """Return a PDF of pages of lines (Latin letters); `objects` take the place of those made here, by their numbers.

    1 is the catalog, 2 the pages, 3 the font, then each page has two: itself, and what is drawn on it.
    """
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    made: dict[int, str | bytes] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: FONT,
    }
    for index, lines in enumerate(pages):
        made[4 + 2 * index] = page(5 + 2 * index)
        made[5 + 2 * index] = stream(drawn(lines))
    return written(made | dict(objects or {}), trailer)


def page(content: int, box: str = "0 0 595 842") -> str:
    """Return a page on which the stream `content` is drawn."""
    return f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {content} 0 R/Resources<</Font<</F 3 0 R>>>>>>"


def drawn(lines: Sequence[str]) -> bytes:
    """Return what draws lines one below the other."""
    shown = "".join(f"({line.translate({40: None, 41: None, 92: None})})Tj 0 -20 Td " for line in lines)
    return f"BT /F 13 Tf 72 780 Td {shown}ET".encode("cp1252", "replace")


def stream(data: bytes, more: str = "") -> bytes:
    """Return a stream object."""
    return f"<<{more}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def written(objects: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    """Return a file of these objects, with the table of where they stand."""
    out, places = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        out += (
            f"{number} 0 obj\n".encode() + (content.encode() if isinstance(content, str) else content) + b"\nendobj\n"
        )
    start, last = len(out), max(objects)
    rows = "".join(
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n"
        for number in range(last + 1)
    )
    end = f"trailer<</Size {last + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    return out + f"xref\n0 {last + 1}\n{rows}{end}".encode()
