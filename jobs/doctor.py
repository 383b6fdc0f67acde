"""What works on this machine: every kind of file tried on a tiny example, and what else the program needs."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path

import psutil

from ingest.readers import tools
from ingest.readers.kinds import ENDINGS
from ingest.readers.limits import DEFAULT, MEGABYTE
from ingest.readers.recognise import has_vietnamese, pages_of, run
from ingest.readers.tools import LIBREOFFICE, TESSERACT, Tool, ToolError
from kg.language import saying

GOOD, LOW, MISSING, BROKEN = "good", "low", "missing", "broken"
OLDEST = (3, 11)
ROOM, MEMORY = 2_000 * MEGABYTE, 1_000 * MEGABYTE  # bytes free below which a large ingest may come to its end
PATIENCE = 120.0  # seconds for a program's example

RTF = rb"{\rtf1\ansi Thong suot}"
MAIL = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Location: file:///example.html\n\n"
PAGE = b"<html><p>Thong suot</p></html>"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 47>>stream\nBT /F 20 Tf 20 40 Td (Thong suot nhe) Tj ET   \nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
DOCX = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Thong suot</w:t></w:r></w:p></w:body></w:document>",
}
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": '<o:text xmlns:o="urn:o" xmlns:t="urn:t"><t:p>Thong suot</t:p></o:text>',
}


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, by `name`: a kind of file or a part of the machine.

    `state` is good, low (works, but not for much), missing (may be installed) or broken; `core` tells that nothing
    goes without it. `detail` says which version, where, or what is wrong; `get` how to install it on each system.
    """

    name: str
    state: str
    detail: str = ""
    core: bool = True
    by: str = ""
    endings: tuple[str, ...] = ()
    get: dict[str, str] | None = None


GET = {
    LIBREOFFICE.name: {
        "Debian, Ubuntu": "sudo apt install libreoffice-writer-nogui",
        "Windows": "winget install TheDocumentFoundation.LibreOffice",
        "macOS": "brew install --cask libreoffice",
    },
    TESSERACT.name: {
        "Debian, Ubuntu": "sudo apt install tesseract-ocr tesseract-ocr-vie",
        "Windows": "winget install UB-Mannheim.TesseractOCR",
        "macOS": "brew install tesseract tesseract-lang",
    },
}
GET_VIETNAMESE = {
    "Debian, Ubuntu": "sudo apt install tesseract-ocr-vie",
    "Windows": "winget install --force --interactive UB-Mannheim.TesseractOCR (Additional language data: Vietnamese)",
    "macOS": "brew install tesseract-lang",
}


def examine(directory: Path) -> Iterator[Check]:
    """Yield a check for each kind of file, then for each part of the machine; `directory` is the store."""
    for kind, module, example in OWN:
        yield own_reader(kind, module, example)
    yield outside("rtf", LIBREOFFICE, libreoffice)
    yield scans(TESSERACT)
    for name, look in (("python", python), ("index", index), ("console", console), ("memory", memory)):
        yield look(name)
    yield store("store", directory)
    yield room("disk", directory)


def works(checks: list[Check]) -> bool:
    """Tell whether all goes without which nothing does."""
    return not any(check.core and check.state == BROKEN for check in checks)


# ---- kinds of files -------------------------------------------------------------------------------------------------


def own_reader(kind: str, module: str, example: bytes | None) -> Check:
    """Return whether a kind of file is read here by the program itself."""
    endings = ENDINGS[kind]
    try:
        reader = import_module(f"ingest.readers.{module}")
        said = "" if example is None else reader.read(Path(f"example.{kind}"), example, DEFAULT).source
    except Exception as error:  # a library that is not there or does not fit this machine fails in ways of its own
        return Check(kind, BROKEN, f"{type(error).__name__}: {error}", by="thongsuot", endings=endings)
    good = example is None or "Thong suot" in said
    return Check(kind, GOOD if good else BROKEN, by="thongsuot", endings=endings)


def packed(parts: dict[str, str]) -> bytes:
    """Return a zip of `parts`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# Kinds that the program reads itself, by which module, and an example of a file.
OWN = (
    ("text", "plain", b"Thong suot"),
    ("html", "plain", PAGE),
    ("mhtml", "mhtml", MAIL + PAGE),
    ("docx", "docx", packed(DOCX)),
    ("doc", "office", None),
    ("odt", "office", packed(ODT)),
    ("pdf", "pdf", PDF),
    ("zip", "archive", None),
)


def outside(kind: str, tool: Tool, try_out: Callable[[Path], str]) -> Check:
    """Return whether an outside program reads a kind of file here: it is asked for its version and given an example."""
    endings, get = ENDINGS[kind], GET[tool.name]
    program = tools.find(tool)
    if program is None:
        return Check(kind, MISSING, core=False, by=tool.name, endings=endings, get=get)
    try:
        detail = f"{try_out(program)} ({program})"
    except ToolError as error:
        return Check(kind, BROKEN, f"{program}: {error}", core=False, by=tool.name, endings=endings, get=get)
    return Check(kind, GOOD, detail, core=False, by=tool.name, endings=endings)


def libreoffice(program: Path) -> str:
    """Return the version of LibreOffice, after it has made a .docx."""
    from ingest.readers.office import convert

    convert(program, RTF, "rtf", PATIENCE)
    return first_words(tools.run([program, "--version"], PATIENCE))


def scans(tool: Tool) -> Check:
    """Return whether scans are recognised here; that tesseract lacks its data for Vietnamese is told apart."""
    program = tools.find(tool)
    if program is not None and not has_vietnamese(program):
        detail = f"{saying('doctor no vietnamese')} ({program})"
        return Check("picture", MISSING, detail, False, tool.name, ENDINGS["picture"], GET_VIETNAMESE)
    return outside("picture", tool, tesseract)


def tesseract(program: Path) -> str:
    """Return the version of tesseract, after it has recognised the words of a page."""
    from ingest.readers.pdf import picture_of

    said = run(program, picture_of(PDF), PATIENCE)
    if not any(page.words for page in pages_of(said)):
        raise ToolError(saying("doctor nothing recognised"))
    return first_words(tools.run([program, "--version"], PATIENCE))


def first_words(said: bytes) -> str:
    """Return name and version out of what a program says of itself: "LibreOffice 7.4.7.2"."""
    line = said.decode("utf-8", "replace").strip().partition("\n")[0]
    return " ".join(line.split()[:2])


# ---- the machine ----------------------------------------------------------------------------------------------------


def python(name: str) -> Check:
    """Return which Python runs this."""
    state = GOOD if sys.version_info >= OLDEST else BROKEN
    return Check(name, state, f"{platform.python_version()} ({platform.system()} {platform.machine()})")


def index(name: str) -> Check:
    """Return which engine searches; Whoosh is the slower one, for machines without the other."""
    try:
        from search import engine

        kind, note = engine()
    except Exception as error:  # as above: a library that does not fit this machine
        return Check(name, BROKEN, f"{type(error).__name__}: {error}")
    return Check(name, LOW if note else GOOD, note or kind.__name__)


def console(name: str) -> Check:
    """Return whether the console takes Vietnamese letters."""
    encoding = getattr(sys.stdout, "encoding", None) or "?"
    good = re.sub(r"[-_]", "", encoding.lower()) == "utf8"
    return Check(name, GOOD if good else LOW, encoding, core=False)


def memory(name: str) -> Check:
    """Return how much memory is free."""
    free = psutil.virtual_memory().available
    return Check(name, GOOD if free >= MEMORY else LOW, saying("doctor free", size=gigabytes(free)), core=False)


def store(name: str, directory: Path) -> Check:
    """Return whether the store can be written, or made where it is to stand."""
    place = standing(directory)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Check(name, BROKEN, f"{place}: {error.strerror or error}")
    return Check(name, GOOD, str(directory.absolute()))


def room(name: str, directory: Path) -> Check:
    """Return how much room the disk has where the store is."""
    try:
        free = shutil.disk_usage(standing(directory)).free
    except OSError as error:
        return Check(name, BROKEN, error.strerror or str(error))
    return Check(name, GOOD if free >= ROOM else LOW, saying("doctor free", size=gigabytes(free)), core=False)


def standing(directory: Path) -> Path:
    """Return the store's folder, or the nearest above it that is there."""
    absolute = Path(os.path.abspath(directory))
    return next((place for place in (absolute, *absolute.parents) if place.is_dir()), absolute)


def gigabytes(size: int) -> str:
    """Return a size in bytes as people say it."""
    return f"{size / 1e9:.1f} GB"
