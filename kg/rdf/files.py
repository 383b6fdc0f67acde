"""The store as a file of RDF, and as a data set to ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.rdf.known import what_is_known
from kg.rdf.said import what_is_said
from kg.rdf.terms import Quad, Terms

if TYPE_CHECKING:
    from kg.store import Store

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quads(store: Store, terms: Terms) -> Iterator[Quad]:
    """Yield the whole store as (subject, predicate, object, graph), one at a time; some come more than once."""
    with store.snapshot():
        yield from what_is_known(store, terms)
        yield from what_is_said(store, terms)


def export(store: Store, form: str, base: str) -> Iterator[str]:
    """Yield the whole store as the pieces of a text in one of `kg.rdf.FORMATS`; equal stores give equal texts.

    N-Triples come line by line, for stores that fit no memory. N-Triples and Turtle have no named graphs: what a source
    says is told from the rest by its sentences alone.
    """
    terms = Terms(base)
    if form == "nt":
        yield from (f"{line(quad[:3])} .\n" for quad in quads(store, terms))
    elif form == "turtle":
        yield from turtle(dataset(store, terms), terms)
    elif form == "trig":
        yield from trig(dataset(store, terms), terms)
    else:
        yield jsonld(dataset(store, terms), terms)


def dataset(store: Store, terms: Terms) -> Dataset:
    """Return the store as a data set: a named graph for each source, the rest in the default graph."""
    found = Dataset(default_union=True)
    bind(found, terms)
    for subject, predicate, thing, graph in quads(store, terms):
        target = found.default_graph if graph is None else found.get_context(graph)
        target.add((subject, predicate, thing))
    return found


def bind(graph: Graph, terms: Terms) -> None:
    """Give the graph our prefixes."""
    for prefix, namespace in terms.prefixes().items():
        graph.bind(prefix, namespace, override=True, replace=True)


def turtle(found: Dataset, terms: Terms) -> Iterator[str]:
    """Yield the data set as Turtle, graph by graph.

    rdflib's writer looks each name up among all beginnings of names it has met: twice the sources in one graph take
    four times as long.
    """
    yield from head(terms)
    yield from (f"\n{body(graph, terms)}" for _, graph in in_turn(found))


def trig(found: Dataset, terms: Terms) -> Iterator[str]:
    """Yield the data set as TriG, its graphs in the order of their names: rdflib's own writer has none."""
    yield from head(terms)
    for name, graph in in_turn(found):
        yield f"<{name}> {{\n{body(graph, terms)}\n}}\n\n" if name else f"\n{body(graph, terms)}\n"


def head(terms: Terms) -> Iterator[str]:
    """Yield the prefixes as the first lines of a file."""
    yield from (f"@prefix {prefix}: <{name}> .\n" for prefix, name in sorted(terms.prefixes().items()))


def in_turn(found: Dataset) -> Iterator[tuple[str, Graph]]:
    """Yield the graphs with their names, sorted; first the default graph, which has none."""
    yield "", found.default_graph
    named = {str(graph.identifier): graph for graph in found.graphs() if graph.identifier != DATASET_DEFAULT_GRAPH_ID}
    yield from sorted(named.items())


def body(graph: Graph, terms: Terms) -> str:
    """Return a graph as Turtle without the prefixes at its head."""
    plain = Graph()
    bind(plain, terms)
    plain += graph
    lines = plain.serialize(format="turtle").split("\n")  # not splitlines: a text may hold other ends of lines
    return "\n".join(dropwhile(lambda line: line.startswith("@prefix ") or not line, lines))


def jsonld(found: Dataset, terms: Terms) -> str:
    """Return the data set as JSON-LD with our prefixes, its objects in the order of their ids."""
    text = found.serialize(format="json-ld", context=terms.prefixes())
    return json.dumps(in_order(json.loads(text)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def in_order(value: Any) -> Any:
    """Return a value of JSON with its lists sorted: what RDF lists so has no order."""
    if isinstance(value, dict):
        return {key: in_order(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(in_order, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


# ---- N-Triples and N-Quads ------------------------------------------------------------------------------------------


def line(terms: tuple[URIRef | Literal | None, ...]) -> str:
    """Return terms as N-Triples and N-Quads write them, without the full stop."""
    return " ".join(written(term) for term in terms if term is not None)


def written(term: URIRef | Literal) -> str:
    """Return one term as N-Triples write it."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    text = re.sub(r'[\\"\n\r\t]', lambda match: ESCAPES[match[0]], term)
    tail = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return f'"{text}"{tail}'
