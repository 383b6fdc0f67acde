"""What is read from a document saved in other forms, held against what is read from its text.

    python -m benchmarks.formats [--scans 20] [FILE...]

Each text is typed as an office types it (letterhead in two columns, headings, lists, tables, footnotes), saved by
LibreOffice in every form, and its PDF is scanned: askew, with dirt and a red stamp. Without FILE the samples are taken,
and the seeds beside the project where they are. docs/formats.md has the figures.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import data
from benchmarks.scans import scan
from ingest.pipeline import extract_text
from ingest.read import read_text
from kg.model import Extraction
from tests.offices import saved_as, typed

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FORMS = ("odt", "docx", "doc", "rtf", "pdf")
LAYERS = ("symbols", "mentions", "documents", "footnotes", "header", "relations", "deeds")
FONT = "Noto Serif"  # one that has all letters: where a font lacks "Ộ" another is mixed in, as in no office
STYLES = (
    '<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2">'
    f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="\'{FONT}\'"/></office:font-face-decls>'
    '<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:text-align="justify"'
    ' fo:margin-bottom="0.2cm"/><style:text-properties style:font-name="F" fo:font-size="13pt"/></style:default-style>'
    '<style:style style:name="Middle" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>'
    '</style:style><style:style style:name="Footnote" style:family="paragraph">'
    '<style:text-properties fo:font-size="10pt"/></style:style>'
    "</office:styles></office:document-styles>"
)
LISTED = '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'

Facts = dict[str, Counter[str]]


# ---- facts of a file ------------------------------------------------------------------------------------------------


def facts(path: Path) -> Facts:
    """Return what is read from a file, in words that do not depend on places in it."""
    text = read_text(path)
    said = extract_text(text, path.name)
    names = {claim.id: squeezed(claim.full or claim.title or claim.type) for claim in said.documents} | {"self": "self"}
    units = {unit.id: unit.name for unit in said.units}
    notes = (text.content[block.start : block.end] for block in text.blocks if block.kind == "note")
    return {
        "symbols": Counter(squeezed(claim.full) for claim in said.documents if claim.full),
        "mentions": Counter(f"{squeezed(m.text)} → {names[m.document]}" for m in said.mentions),
        "documents": Counter(f"{names[c.id]} {c.date} {squeezed(c.issuer or '')}" for c in said.documents),
        "footnotes": Counter(squeezed(note)[:60] for note in notes),
        "header": Counter(header_of(said)),
        "relations": Counter(f"{names[r.source]} {r.type} {names[r.target]}" for r in said.relations),
        "deeds": Counter(f"{units[a.unit]} {a.action} {names[a.document]} {a.status}" for a in said.unit_actions),
    }


def header_of(said: Extraction) -> Iterator[str]:
    """Yield the fields of a header that are filled."""
    for name, value in asdict(said.report).items():
        if value:
            yield f"{name}: {squeezed(str(value))}"


def squeezed(text: str) -> str:
    """Return a text without blanks and hyphens: lines are broken elsewhere in each form."""
    return re.sub(r"[\s\-–—]+", "", text)


# ---- forms of a file ------------------------------------------------------------------------------------------------


def write_odt(source: Path, folder: Path) -> Path:
    """Write a text as an office types it; return the file."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(typed(read_text(source)))) as plain, zipfile.ZipFile(out, "w") as archive:
        for part in plain.infolist():
            content = plain.read(part).decode("utf-8").replace("</manifest:manifest>", LISTED)
            archive.writestr(part, set_out(content) if part.filename == "content.xml" else content)
        archive.writestr("styles.xml", STYLES)
    target = folder / f"{source.stem}.odt"
    target.write_bytes(out.getvalue())
    return target


LETTERHEAD = re.compile(r"<table:table>.*?</table:table>", re.S)
TITLE = re.compile(
    r'(?:<text:h text:outline-level="1">|<text:p>)(?=[^<a-z]{4,40}<)(.*?)</text:[hp]>(?:<text:p>(.{1,400}?)</text:p>)?',
    re.S,
)


def set_out(content: str) -> str:
    """Return the content with the lines of the letterhead and the title in the middle, as offices set them."""
    middle = '<text:p text:style-name="Middle">'
    head = LETTERHEAD.search(content)
    start = head.end() if head else 0
    above = content[:start].replace("<text:p>", middle)
    title = TITLE.search(content, start)
    if title is None:
        return above + content[start:]
    lines = "".join(f"{middle}{line}</text:p>" for line in title.groups() if line)
    return above + content[start : title.start()] + lines + content[title.end() :]


def write_scan(source: Path, folder: Path) -> Path:
    """Write the scan of a PDF; return the file."""
    target = folder / f"{source.stem}.scan.pdf"
    target.write_bytes(scan(source.read_bytes(), len(source.stem)))
    return target


# ---- comparing ------------------------------------------------------------------------------------------------------


def compare(pairs: Iterable[tuple[Facts, Facts]]) -> dict[str, tuple[int, int, int]]:
    """Return for each layer how many facts are in both, in the text, and in the other form."""
    sums = {layer: [0, 0, 0] for layer in LAYERS}
    for text, other in pairs:
        for layer in LAYERS:
            for place, facts in enumerate((text[layer] & other[layer], text[layer], other[layer])):
                sums[layer][place] += facts.total()
    return {layer: (same, of_text, of_other) for layer, (same, of_text, of_other) in sums.items()}


def table(measured: dict[str, dict[str, tuple[int, int, int]]]) -> Iterator[str]:
    """Yield the lines of a table: in each cell the facts found of those in the text, and what came in addition."""
    yield "| form | " + " | ".join(LAYERS) + " |"
    yield "|---" * (len(LAYERS) + 1) + "|"
    for form, layers in measured.items():
        cells = [
            f"{same}/{of_text} {100 * same / max(1, of_text):.1f} %, +{of_other - same}"
            for same, of_text, of_other in (layers[layer] for layer in LAYERS)
        ]
        yield f"| {form} | " + " | ".join(cells) + " |"


def differences(name: str, text: Facts, other: Facts) -> Iterator[str]:
    """Yield what one form lacks and has in addition."""
    for layer in LAYERS:
        for sign, facts in (("-", text[layer] - other[layer]), ("+", other[layer] - text[layer])):
            yield from (f"{name} {layer} {sign} {fact}" for fact in facts)


def measure(texts: list[Path], folder: Path, scans: int, forms: Iterable[str]) -> Iterator[tuple[str, Path, Path]]:
    """Yield (form, text, file) for each text in each form, the first `scans` of them as scans too."""
    odts = [write_odt(text, folder) for text in texts]
    yield from (("odt", text, file) for text, file in zip(texts, odts, strict=True))
    for form in forms:
        for text, file in zip(texts, saved_as(form, odts, folder), strict=True):
            yield form, text, file
            if form == "pdf" and texts.index(text) < scans:
                yield "scan", text, write_scan(file, folder)


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and with --verbose all differences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--scans", type=int, default=1_000, help="how many of them are scanned")
    parser.add_argument("--forms", nargs="+", default=FORMS[1:], choices=FORMS[1:])
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args(arguments)
    samples = [file for file in Path(str(data.path("samples"))).iterdir() if file.suffix in {".txt", ".md", ".html"}]
    texts = asked.files or [*sorted(samples), *sorted(SEEDS.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as name, ProcessPoolExecutor() as pool:
        made = list(measure(texts, Path(name), asked.scans, asked.forms))
        known = dict(zip(texts, pool.map(facts, texts), strict=True))
        read = list(zip(made, pool.map(facts, [file for *_, file in made]), strict=True))
    measured = {}
    for form in dict.fromkeys(form for form, *_ in made):
        found = [(known[text], other) for (kind, text, _), other in read if kind == form]
        measured[form] = compare(found)
    if asked.verbose:
        for (form, text, _), other in read:
            print(*differences(f"{form} {text.stem[:20]}", known[text], other), sep="\n")
    print(*table(measured), sep="\n")


if __name__ == "__main__":
    main()
