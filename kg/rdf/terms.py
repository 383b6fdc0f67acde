"""The vocabularies, our IRIs under one base, and literals with their language or datatype."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from rdflib import XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, ClosedNamespace

from data import table
from kg.fold import fold
from kg.language import saying
from kg.model import QueryError
from kg.rdf import BASE

Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef | None]  # the last: a source's graph, None for the default one

# Our relations and deeds by the terms of ELI where it has one, else by our own.
PUBLISHED = {
    "implements": "ensures_implementation_of",
    "based_on": "based_on",
    "replaces": "changes",
    "cites": "cites",
}
ELI = "http://data.europa.eu/eli/ontology#"
ELI_TERMS = (
    *("LegalResource", "type_document", "id_local", "number", "date_document", "passed_by"),
    *PUBLISHED.values(),
)
OA = "http://www.w3.org/ns/oa#"
OA_TERMS = (
    *("Annotation", "SpecificResource", "TextPositionSelector", "hasBody", "hasTarget"),
    *("hasSource", "hasSelector", "start", "end", "motivatedBy", "identifying"),
)
KINDS_OF_IRI = ("document", "unit", "source", "place", "type", "level", "kind")
UNSAFE = re.compile(r"[^\w.~/=,-]")  # in an IRI; letters of any language may stand there
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Terms:
    """The vocabularies and our IRIs under one base; a misspelt term raises."""

    def __init__(self, base: str = BASE) -> None:
        self.base = checked_base(base)
        self.eli = ClosedNamespace(ELI, list(ELI_TERMS))
        self.oa = ClosedNamespace(OA, list(OA_TERMS))
        self.own = ClosedNamespace(f"{self.base}terms#", [row["term"] for row in table("rdf_terms")])

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that files and questions use: eli:, org:, …, ts: for our terms, document: for our ids."""
        known = {"dcterms": DCTERMS, "org": ORG, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
        ours = {name: f"{self.base}{name}/" for name in KINDS_OF_IRI}
        return {"ts": str(self.own), "eli": ELI, "oa": OA, **{k: str(v) for k, v in known.items()}, **ours}

    def iri(self, kind: str, *parts: str) -> URIRef:
        """Return the IRI of what has this id: document/kh-35-ubnd-bach-thong-2022, source/2023/bao-cao.txt."""
        return URIRef(self.base + "/".join(in_iri(part) for part in (kind, *parts) if part))

    def inside(self, source: str, words: str) -> URIRef:
        """Return the IRI of a part of a source: its name, "#", and `words`."""
        return URIRef(f"{self.iri('source', source)}#{in_iri(words)}")

    def concept(self, kind: str, key: str) -> URIRef:
        """Return the IRI of a level, kind or type, readable without marks: level/huyen, type/ke-hoach."""
        return self.iri(kind, re.sub(r"\W+", "-", fold(key)).strip("-") or "unknown")

    def predicate(self, name: str) -> URIRef:
        """Return the published term for one of our relations or deeds, else our own."""
        home = self.eli if name in PUBLISHED else self.own
        return home[PUBLISHED.get(name, name)]


def in_iri(text: str) -> str:
    """Return `text` as a part of an IRI."""
    return UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), text)


def checked_base(base: str) -> str:
    """Return `base` with its end; QueryError where no IRI can begin so."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`#?]+", base):
        raise QueryError(saying("base no iri", base=base))
    return base if base.endswith(("/", ":")) else f"{base}/"


# ---- literals -------------------------------------------------------------------------------------------------------


def text(words: str) -> Literal:
    """Return Vietnamese text; characters that no file of RDF can carry are replaced."""
    return Literal(UNPRINTABLE.sub("\ufffd", words), lang="vi")


def code(words: str) -> Literal:
    """Return a number, hash or code: a string of no language (xsd:string)."""
    return Literal(UNPRINTABLE.sub("\ufffd", words))


def count(number: int) -> Literal:
    """Return a place in a text."""
    return Literal(str(number), datatype=XSD.nonNegativeInteger)


def day(known: str) -> Literal:
    """Return a date as far as it is known: xsd:date, xsd:gYearMonth or xsd:gYear; a plain string for what is none."""
    kinds = {len("2023-05-12"): XSD.date, len("2023-05"): XSD.gYearMonth, len("2023"): XSD.gYear}
    try:
        date.fromisoformat(f"{known}-01-01"[: len("2023-05-12")] if len(known) in kinds else "")
    except ValueError:
        return code(known)
    return Literal(known, datatype=kinds[len(known)], normalize=False)
