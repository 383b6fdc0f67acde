"""What each source says, in its own named graph: relations, deeds and mentions with the place in its text.

That a relation holds, whoever says so, stands in the default graph: a question that names no graph meets it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rdflib import RDF, URIRef
from rdflib.namespace import PROV

from kg.model import Edge, Evidence, StatedConflict
from kg.rdf.terms import Quad, Terms, code, count, text
from kg.sentences import clean

if TYPE_CHECKING:
    from kg.store import Store


def what_is_said(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield what the sources say, each with the sentence."""
    for edge in store.edges():
        yield from relation(terms, edge)
    for action in store.unit_actions():
        ends = terms.iri("unit", action.unit), terms.iri("document", action.document)
        yield from statement(terms, (action.unit, action.action, action.document), ends, action.evidence)
    yield from mentions(store, terms)


def relation(terms: Terms, edge: Edge) -> Iterator[Quad]:
    """Yield one relation with every sentence that states it, each in the graph of its source."""
    ends = terms.iri("document", edge.source), terms.iri("document", edge.target)
    for evidence in edge.evidence:
        yield from statement(terms, (edge.source, edge.type, edge.target), ends, evidence)


def statement(
    terms: Terms, words: tuple[str, str, str], ends: tuple[URIRef, URIRef], evidence: Evidence
) -> Iterator[Quad]:
    """Yield a statement with its sentence; as a triple of the default graph too, unless only planned.

    `words` are its subject, our name of the relation or deed, and its object; `ends` the IRIs of subject and object.
    """
    graph, predicate = terms.iri("source", evidence.source), terms.predicate(words[1])
    place = f"{evidence.start}-{evidence.end}"
    planned = () if evidence.status == "done" else (evidence.status,)
    here = terms.inside(evidence.source, "/".join((*words, place, *planned)))
    if not planned:
        yield ends[0], predicate, ends[1], None
    yield here, RDF.type, RDF.Statement, graph
    yield here, RDF.subject, ends[0], graph
    yield here, RDF.predicate, predicate, graph
    yield here, RDF.object, ends[1], graph
    yield here, terms.own.status, code(evidence.status), graph
    if evidence.rule:
        yield here, terms.own.rule, code(evidence.rule), graph
    yield here, PROV.wasQuotedFrom, span_iri(terms, evidence.source, evidence.start, evidence.end), graph
    yield from span(terms, evidence)


def span_iri(terms: Terms, source: str, start: int, end: int) -> URIRef:
    """Return the IRI of a piece of text, in the words of RFC 5147: bao-cao.txt#char=120,180."""
    return terms.inside(source, f"char={start},{end}")


def span(terms: Terms, evidence: Evidence) -> Iterator[Quad]:
    """Yield a piece of text: its words, and where they stand in the source."""
    graph, oa, said = terms.iri("source", evidence.source), terms.oa, clean(evidence).text
    here = span_iri(terms, evidence.source, evidence.start, evidence.end)
    where = terms.inside(evidence.source, f"position={evidence.start},{evidence.end}")
    yield here, RDF.type, oa.SpecificResource, graph
    yield here, oa.hasSource, graph, graph
    yield here, oa.hasSelector, where, graph
    if said:
        yield here, PROV.value, text(said), graph
    yield where, RDF.type, oa.TextPositionSelector, graph
    yield where, oa.start, count(evidence.start), graph
    yield where, oa.end, count(evidence.end), graph


def contradiction(terms: Terms, document: str, conflict: StatedConflict) -> Iterator[Quad]:
    """Yield a statement that contradicts the others about the document with that id, with its sentence."""
    evidence = conflict.evidence
    graph, place = terms.iri("source", evidence.source), f"{evidence.start}-{evidence.end}"
    here = terms.inside(evidence.source, "/".join((document, "contradiction", conflict.field, conflict.value, place)))
    yield terms.iri("document", document), terms.own.contradiction, here, graph
    yield here, RDF.type, terms.own.Contradiction, graph
    yield here, terms.own.field, code(conflict.field), graph
    yield here, terms.own.value, text(conflict.value), graph
    yield here, PROV.wasQuotedFrom, span_iri(terms, evidence.source, evidence.start, evidence.end), graph
    yield from span(terms, evidence)


def mentions(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield every place where a source names a document, and that its own document cites it."""
    query = """SELECT s.name, m.start, m."end", m.text, m.form, c.document, o.document AS reader FROM mentions m
               JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source
               LEFT JOIN claims o ON o.source = s.id AND o.local = 'self' ORDER BY s.name, m.start, m."end", c.id"""
    for row in store.rows(query):
        graph, named = terms.iri("source", row["name"]), terms.iri("document", row["document"])
        here = terms.inside(row["name"], f"mention={row['start']},{row['end']}")
        yield here, RDF.type, terms.oa.Annotation, graph
        yield here, terms.oa.motivatedBy, terms.oa.identifying, graph
        yield here, terms.oa.hasBody, named, graph
        yield here, terms.oa.hasTarget, span_iri(terms, row["name"], row["start"], row["end"]), graph
        yield here, terms.own.form, code(row["form"]), graph
        yield from span(terms, Evidence(row["name"], row["start"], row["end"], row["text"], row["form"]))
        if row["reader"] and row["reader"] != row["document"]:
            yield terms.iri("document", row["reader"]), terms.eli.cites, named, None
