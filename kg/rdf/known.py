"""What follows from all sources: documents, units, places, and the words of our vocabulary. All in the default graph.

A contradiction alone is what one source says, and stands in its graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

from data import table
from kg import facts, register
from kg.language import speaking
from kg.located import located
from kg.model import Document, Unit
from kg.rdf.said import contradiction
from kg.rdf.terms import Quad, Terms, code, day, text
from kg.succession import full_unit_name, links, unit_ids
from kg.who import Bodies, issuers
from kg.words import data_name, labels

if TYPE_CHECKING:
    from kg.store import Store


def what_is_known(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield what is known of everything, and of the files that were read."""
    yield from vocabulary(terms)
    yield from documents(store, terms)
    yield from units(store, terms)
    yield from sources(store, terms)


def vocabulary(terms: Terms) -> Iterator[Quad]:
    """Yield our own terms with what they mean, and the concept schemes of levels, kinds and types."""
    for row in table("rdf_terms"):
        term = terms.own[row["term"]]
        yield term, RDF.type, RDFS.Class if row["kind"] == "Class" else RDF.Property, None
        yield term, RDFS.label, text(row["label"]), None
        yield term, RDFS.comment, Literal(row["english"], lang="en"), None
    types = [row["name"] for row in table("document_types")]
    schemes = {"level": ("cấp", labels("level")), "kind": ("nhóm văn bản", labels("kind")), "type": ("loại", types)}
    for kind, (title, members) in schemes.items():
        yield terms.iri(kind), RDF.type, SKOS.ConceptScheme, None
        yield terms.iri(kind), SKOS.prefLabel, text(title), None
        for key in members:
            yield from concept(terms, kind, key)


def concept(terms: Terms, kind: str, key: str) -> Iterator[Quad]:
    """Yield one concept of a scheme, level:huyen, kind:plan or type:ke-hoach, in Vietnamese and English."""
    here = terms.concept(kind, key)
    yield here, RDF.type, SKOS.Concept, None
    yield here, SKOS.inScheme, terms.iri(kind), None
    yield here, SKOS.prefLabel, text(label_in("vi", kind, key) or key), None
    yield here, SKOS.notation, code(key), None
    if english := label_in("en", kind, key):
        yield here, SKOS.prefLabel, Literal(english, lang="en"), None


def label_in(language: str, kind: str, key: str) -> str | None:
    """Return what a level, kind or type is called in a language, None where the tables do not say."""
    with speaking(language):
        return labels(kind).get(key)


def documents(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield all documents by what is known of them, each looked up once."""
    known_types = {row["name"] for row in table("document_types")}
    ids = [row["id"] for row in store.rows("SELECT id FROM documents ORDER BY id")]
    for chunk, _ in facts.chunks(ids):
        bodies = Bodies(store, chunk)
        for document in filter(None, map(store.document, chunk)):
            if document.type and document.type not in known_types:
                known_types.add(document.type)
                yield from concept(terms, "type", document.type)
            yield from facts_of(terms, document)
            yield from issued_by(terms, document, bodies)
            for conflict in document.conflicts:
                yield from contradiction(terms, document.id, conflict)


def issued_by(terms: Terms, document: Document, bodies: Bodies) -> Iterator[Quad]:
    """Yield which bodies issued a document: the committee for its board, both for a joint document."""
    for unit, _ in issuers(bodies, document):
        if unit.id:
            yield terms.iri("document", document.id), terms.eli.passed_by, terms.iri("unit", unit.id), None


def facts_of(terms: Terms, document: Document) -> Iterator[Quad]:
    """Yield what is known of one document; what is not known is left out."""
    here, eli, own = terms.iri("document", document.id), terms.eli, terms.own
    yield here, RDF.type, eli.LegalResource, None
    yield here, RDFS.label, text(data_name(document)), None
    yield here, own.kind, terms.concept("kind", document.kind), None
    yield here, own.level, terms.concept("level", document.level), None
    found: dict[Any, Iterable[Any]] = {
        DCTERMS.identifier: [code(document.id)],
        eli.id_local: [code(document.full)] if document.full else [],
        eli.number: [code(document.number)] if document.number else [],
        DCTERMS.title: [text(document.title)] if document.title else [],
        eli.type_document: [terms.concept("type", document.type)] if document.type else [],
        eli.date_document: [day(document.date)] if document.date else [],
        own.date: [day(known) for known, _ in document.dates],
        own.issuer: [text(document.issuer)] if document.issuer else [],
        own.candidate: [terms.iri("document", other) for other in document.candidates],
        DCTERMS.hasFormat: [terms.iri("source", document.source)] if document.source else [],
    }
    for predicate, values in found.items():
        for value in values:
            yield here, predicate, value, None


def units(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield all units, and the places of the register in which they stand with all above and what they became."""
    places: dict[register.Place, None] = {}
    known = {unit.id for unit in store.units()}
    body = {row["id"]: row["body"] for row in store.rows("SELECT id, body FROM units")}
    for unit in with_bodies(store, body):
        here = terms.iri("unit", unit.id)
        yield from facts_of_unit(terms, unit, body.get(unit.id, unit.id))
        yield from changes(terms, unit, known)
        place = located(unit.name, None, unit.province)
        if place is not None:
            places[place] = None
            yield here, terms.own.place, place_iri(terms, place), None
    for place in closed(places):
        yield from facts_of_place(terms, place)


def facts_of_unit(terms: Terms, unit: Unit, body: str) -> Iterator[Quad]:
    """Yield what is known of one unit; `body` is the id of the body whose document numbers it shares, often its own."""
    here = terms.iri("unit", unit.id)
    above = sorted({unit.parent or unit.id, body} - {unit.id})
    yield here, RDF.type, ORG.OrganizationalUnit if above else ORG.FormalOrganization, None
    yield here, RDF.type, ORG.Organization, None
    yield here, DCTERMS.identifier, code(unit.id), None
    yield here, SKOS.prefLabel, text(unit.name), None
    yield here, terms.own.level, terms.concept("level", unit.level), None
    for alias in unit.aliases:
        yield here, SKOS.altLabel, text(alias), None
    for one in above:
        yield here, ORG.unitOf, terms.iri("unit", one), None
    if body != unit.id:
        yield here, terms.own.acts_for, terms.iri("unit", body), None


def changes(terms: Terms, unit: Unit, known: set[str]) -> Iterator[Quad]:
    """Yield the events by which a unit was merged, renamed or ended, with what it became where that is `known`."""
    here = terms.iri("unit", unit.id)
    for one in links(full_unit_name(unit))[1]:
        event, heir = terms.iri("unit", unit.id, one.kind, one.date), unit_ids(one)[1]
        yield here, ORG.changedBy, event, None
        yield event, RDF.type, ORG.ChangeEvent, None
        yield event, ORG.originalOrganization, here, None
        yield event, terms.own.change, code(one.kind), None
        yield event, DCTERMS.source, text(one.source), None
        if one.date:
            yield event, DCTERMS.date, day(one.date), None
        if heir in known and heir != unit.id:
            yield event, ORG.resultingOrganization, terms.iri("unit", heir), None
            yield terms.iri("unit", heir), ORG.resultedFrom, event, None


def with_bodies(store: Store, body: dict[str, str]) -> Iterator[Unit]:
    """Yield all units, those too that no source names itself, only their boards."""
    yield from store.units()
    for known in sorted(set(body.values()) - set(body)):
        found = store.unit(known)
        if found is not None:
            yield found


def closed(places: Iterable[register.Place]) -> list[register.Place]:
    """Return the places with all that was above them and all that they became, in the register's order."""
    found: set[register.Place] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += [*register.parents(place), *register.successors(place)]
    return sorted(found, key=register.order)


def place_iri(terms: Terms, place: register.Place) -> URIRef:
    """Return the IRI of a place: its code, and its first day where the register knows one."""
    return terms.iri("place", place.code, place.valid_from)


def facts_of_place(terms: Terms, place: register.Place) -> Iterator[Quad]:
    """Yield what the register has of a place, and the event by which it ended: a merger or a rise."""
    here, end = place_iri(terms, place), terms.iri("place", place.code, place.valid_from, "end")
    yield here, RDF.type, terms.own.Place, None
    yield here, RDF.type, ORG.FormalOrganization, None
    yield here, SKOS.prefLabel, text(f"{place.type} {place.name}"), None
    yield here, SKOS.notation, code(place.code), None
    yield here, terms.own.level, terms.concept("level", place.level), None
    for above in register.parents(place):
        yield here, ORG.subOrganizationOf, place_iri(terms, above), None
    if place.valid_from:
        yield here, terms.own.valid_from, day(place.valid_from), None
    if place.valid_to is None:
        return
    yield here, terms.own.valid_to, day(place.valid_to), None
    yield here, ORG.changedBy, end, None
    yield end, RDF.type, ORG.ChangeEvent, None
    yield end, DCTERMS.date, day(place.valid_to), None
    yield end, terms.own.change, code("area"), None
    yield end, ORG.originalOrganization, here, None
    for heir in register.successors(place):
        yield end, ORG.resultingOrganization, place_iri(terms, heir), None
        yield place_iri(terms, heir), ORG.resultedFrom, end, None


PERSON = re.compile(r"(?:đ/c|đ\.c|đồng chí|ông|bà)\b", re.IGNORECASE)


def sources(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield the files that were read, and to whom the document that each is says it goes; persons are left out."""
    for source in store.sources():
        here = terms.iri("source", source.name)
        yield here, RDF.type, PROV.Entity, None
        yield here, DCTERMS.identifier, code(source.name), None
        yield here, DCTERMS.format, code(source.format), None
        yield here, terms.own.sha256, code(source.sha256), None
        yield here, terms.own.recognised, Literal(source.recognised), None
        if source.document:
            document = terms.iri("document", source.document)
            yield here, DCTERMS.isFormatOf, document, None
            for term, names in (("addressee", source.header.addressee), ("recipient", source.header.recipients)):
                for name in names:
                    if not PERSON.match(name):
                        yield document, terms.own[term], text(name), here
