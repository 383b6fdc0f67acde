"""The parts of a Word file (Office Open XML): found by their relations, read as XML that can do no harm.

No document type, entity or reference to another file is followed; a part is read block by block, so that the tree of a
long document never stands in memory whole.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingest.readers.faults import fault, megabytes
from ingest.readers.limits import MEGABYTE, Limits
from ingest.readers.zips import DAMAGE, METHODS, open_zip, unpacked_size
from kg.language import saying

DEEPEST = 90  # elements within each other; a table within tables takes three for each
SPACES = {  # namespaces, as Word writes them and in the strict form of the standard
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
ROOT_RELATIONS = "_rels/.rels"


class TooDeep(Exception):
    """Elements lie in each other deeper than any document needs."""


class Package:
    """A Word file: its main part and those that belong to it, by what they are ("footnotes", "styles")."""

    def __init__(self, path: Path, data: bytes, limits: Limits) -> None:
        self.path = path
        self.archive = open_zip(path, data, limits)
        if (size := unpacked_size(self.archive)) > limits.unpacked:
            raise fault(path, saying("file unpacks", size=megabytes(size), most=limits.unpacked // MEGABYTE))
        self.names = set(self.archive.namelist())
        main = self.related(ROOT_RELATIONS).get("officeDocument", "word/document.xml")
        folder, name = posixpath.split(main)
        self.places = self.related(posixpath.join(folder, "_rels", f"{name}.rels"), folder) | {"document": main}

    def related(self, name: str, folder: str = "") -> dict[str, str]:
        """Return the parts that a part of relations names, by their kind; those outside the file are left out."""
        found: dict[str, str] = {}
        for relation in self.blocks(name):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("TargetMode") != "External" and target in self.names:
                found.setdefault(kind, target)
        return found

    def part(self, kind: str) -> Iterator[Element]:
        """Yield the blocks of the part of this kind: the children of its root, or of the body of a document."""
        return self.blocks(self.places.get(kind, f"word/{kind}.xml"))

    def blocks(self, name: str) -> Iterator[Element]:
        """Yield the blocks of the part `name`, none where there is no such part; ReadError where it is damaged."""
        if name not in self.names:
            return
        entry = self.archive.getinfo(name)
        if entry.flag_bits & 1 or entry.compress_type not in METHODS:
            raise fault(self.path, saying("file packed"))
        try:
            with self.archive.open(entry) as part:
                yield from blocks_of(part)
        except DefusedXmlException:
            raise fault(self.path, saying("file entities", part=name)) from None
        except (TooDeep, RecursionError):
            raise fault(self.path, saying("part deep", part=name)) from None
        except (ParseError, LookupError, *DAMAGE, OSError, zipfile.LargeZipFile):  # LookupError: an unknown encoding
            raise fault(self.path, saying("part damaged", part=name)) from None


def blocks_of(part: IO[bytes]) -> Iterator[Element]:
    """Yield each child of the root or, in a document, of its body, when it is complete; then forget it."""
    open_elements: list[Element] = []
    for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
        if event == "start":
            open_elements.append(element)
            if len(open_elements) > DEEPEST:
                raise TooDeep
            continue
        open_elements.pop()
        above = open_elements[-1] if open_elements else None
        if above is not None and (len(open_elements) == 1 or is_body(open_elements)):
            if name_of(element.tag) != "body":
                yield element
            above.remove(element)


def is_body(open_elements: list[Element]) -> bool:
    """Tell whether the innermost open element is the body of a document."""
    return len(open_elements) == 2 and name_of(open_elements[1].tag) == "body"


@lru_cache(maxsize=4096)
def name_of(tag: str) -> str:
    """Return the name of an element or attribute: bare in Word's own namespace, "mc:…", "m:…", else as "?…"."""
    space, brace, name = tag.rpartition("}")
    return f"{SPACES.get(space[1:], '?')}{name}" if brace else name


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element that lies below `element` by these names."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if name_of(each.tag) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """Return the attribute `name` of an element; None where either is not there."""
    if element is None:
        return None
    return next((found for key, found in element.items() if name_of(key) == name), None)


def is_on(element: Element | None) -> bool | None:
    """Return what a switch says: on, off, or nothing."""
    return None if element is None else value(element) not in {"0", "false", "off", "none"}
