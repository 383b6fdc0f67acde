"""Missing middle levels: a commune or district that carries out a central document, and nothing known in between.

    Trung ương   33/CT-TTg
    Cấp tỉnh     ?                     no document of the province that carries it out is known
    Cấp huyện    35/KH-UBND ── implements ──► 33/CT-TTg

That is a question to look at: the middle document may exist and not have been read, or not be needed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg import facts
from kg.cells import type_class
from kg.fold import fold
from kg.model import Document, Edge, Evidence, Lineage, Missing
from kg.who import descent

if TYPE_CHECKING:
    from kg.store import Store

BETWEEN = {"huyện": ("tỉnh",), "xã": ("tỉnh", "huyện")}
DISTRICTS_END = "2025-07"  # from 1 July 2025 no district stands between province and commune (Nghị quyết 203/2025/QH15)
UPWARDS = ("implements", "continues", "based_on", "cites")
# Laws bind everybody at once; their lower documents are not a cascade of offices.
NOT_HANDED_DOWN = frozenset({"luat", "hp", "pl", "nd", "tt", "ttlt"})


@dataclass(frozen=True, slots=True)
class Gap:
    """`document` carries out the central `directive`; of the levels `missing` nothing is known in its province."""

    document: Document
    directive: Document
    missing: tuple[str, ...]
    province: str
    district: str
    evidence: tuple[Evidence, ...]


def gaps(store: Store) -> list[Gap]:
    """Return the missing middle levels, by directive, province and document."""
    with store.snapshot():
        look = Levels(store)
        found = [gap for known in directives(store) for gap in below(look, known)]
    return sorted(found, key=lambda g: (g.directive.date or "", g.directive.id, g.province, g.document.id))


def with_gaps(store: Store, part: Lineage) -> Lineage:
    """Return `part` with the levels missing between its documents."""
    shown = {document.id for document in part.documents}
    carried = {e.target for e in part.edges if e.type == "implements" and e.status == "done"}
    with store.snapshot():
        look = Levels(store)
        found = [gap for known in sorted(carried & shown) for gap in below(look, known) if gap.document.id in shown]
    missing = (
        Missing(gap.document.id, gap.directive.id, level, gap.province, gap.district if level == "huyện" else "")
        for gap in found
        for level in gap.missing
    )
    return replace(part, missing=tuple(missing))


def directives(store: Store) -> list[str]:
    """Return the documents that others are said to implement."""
    query = """SELECT DISTINCT b.document FROM relations r JOIN claims a ON a.id = r.subject
               JOIN claims b ON b.id = r.object
               WHERE r.type = 'implements' AND r.status = 'done' AND a.document <> b.document ORDER BY 1"""
    return [row["document"] for row in store.rows(query)]


class Levels:
    """Where documents stand, each looked up once: its level, province and district."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._documents: dict[str, Document | None] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    def document(self, known: str) -> Document | None:
        """Return the document with this id."""
        if known not in self._documents:
            self._documents[known] = self.store.document(known)
        return self._documents[known]

    def above(self, known: str) -> tuple[str, ...]:
        """Return the documents on which this one stands; a directive that all stand on is asked about once."""
        if known not in self._above:
            edges = facts.edges_at(self.store, known, down=False)
            self._above[known] = tuple(edge.target for edge in edges if edge.type in UPWARDS)
        return self._above[known]

    def district(self, document: Document) -> str:
        """Return the district of a commune's document, "" when unknown."""
        if document.level == "huyện":
            return document.locality
        unit = facts.issuer_of(self.store, document.id, document.issuer, document.date)
        return unit.place.district if unit and unit.place else ""


def below(look: Levels, known: str) -> list[Gap]:
    """Return the gaps under one central document."""
    directive = look.document(known)
    if directive is None or directive.level != "trung ương" or type_class(directive.type) in NOT_HANDED_DOWN:
        return []
    edges = [e for e in facts.edges_at(look.store, known, up=False) if e.type == "implements" and e.status == "done"]
    lower = [(edge, document) for edge in edges if (document := look.document(edge.source)) is not None]
    lower = [(edge, document) for edge, document in lower if document.level in BETWEEN and document.province]
    if not lower:
        return []
    standing = middle(look, [step.document for step in descent(look.store, known)])
    return [gap for edge, document in lower if (gap := gap_of(look, directive, document, edge, standing)) is not None]


Standing = dict[tuple[str, str], set[str]]  # (level, province folded) -> the localities, folded


def middle(look: Levels, documents: list[str]) -> Standing:
    """Return at which levels, provinces and localities some of `documents` stand."""
    found: Standing = defaultdict(set)
    for known in documents:
        document = look.document(known)
        if document is not None and document.province:
            found[document.level, fold(document.province)].add(fold(document.locality))
    return found


def gap_of(look: Levels, directive: Document, document: Document, edge: Edge, standing: Standing) -> Gap | None:
    """Return the gap above one document, None when every level between has a document that is known."""
    above = middle(look, ancestors(look, document.id))
    district = look.district(document) if document.level == "xã" else ""
    missing = []
    for level in levels_between(document):
        place = (level, fold(document.province))
        known = standing.get(place, set()) | above.get(place, set())
        if not known or (level == "huyện" and district and fold(district) not in known):
            missing.append(level)
    if not missing:
        return None
    evidence = tuple(item for item in edge.evidence if item.status == "done")
    return Gap(document, directive, tuple(missing), document.province, district, evidence)


def levels_between(document: Document) -> tuple[str, ...]:
    """Return the levels between the centre and the document's own; a district only while there were districts."""
    levels = BETWEEN[document.level]
    if document.level == "xã" and not (document.date and document.date < DISTRICTS_END):
        return tuple(level for level in levels if level != "huyện")  # also where the day is unknown: no guess
    return levels


def ancestors(look: Levels, known: str) -> list[str]:
    """Return what the document stands on, directly or through others."""
    seen, waiting = {known}, [known]
    while waiting:
        for target in look.above(waiting.pop()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return sorted(seen - {known})
