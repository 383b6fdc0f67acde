"""What a search asks of the graph: what stands below a document, which documents and units a query names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph import reach
from kg.language import saying
from kg.model import AmbiguousError, Document, QueryError, Unit
from kg.reference import find
from kg.store import Store
from search.query import ParsedQuery
from search.references import references

MANY = 500  # ids asked for at once: SQLite takes so many parameters everywhere


class StoreGraph:
    """The graph of a store, as `search.fields.Graph` wants it.

    A number that several documents share means all of them here, and `notes` say so: a search narrows, it does not
    claim that they are one.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.notes: list[str] = []

    def below(self, ref: str) -> list[str]:
        """Return the names of the sources that stand anywhere below the document `ref`, without its own."""
        documents = self.documents(ref)
        met = {source for one in documents for source, _, _ in reach(self.store, one.id, up=False)}
        sources = self.sources(sorted(met - {one.id for one in documents}))
        if not sources:
            self.notes.append(saying("nothing below", ref=ref))
        return sources

    def numbers(self, ref: str) -> list[str]:
        """Return the numbers of the documents that `ref` names."""
        found = [one.full for one in self.documents(ref) if one.full]
        if not found:
            raise QueryError(saying("no number", ref=ref))
        return found

    def documents(self, ref: str) -> list[Document]:
        """Return the documents that `ref` may be; QueryError where there is none."""
        try:
            found = [find(self.store, ref)]
        except AmbiguousError as error:
            found = list(error.candidates)
        documents = [one for one in found if isinstance(one, Document)]
        if not documents:
            raise QueryError(saying("unit not document", ref=ref))
        if len(documents) > 1:
            self.notes.append(saying("each is meant", ref=ref, n=len(documents)))
        return documents

    def sources(self, ids: list[str]) -> list[str]:
        """Return the names of the sources that are these documents."""
        names: set[str] = set()
        for first in range(0, len(ids), MANY):
            some = ids[first : first + MANY]
            query = f"""SELECT DISTINCT s.name FROM claims c JOIN sources s ON s.id = c.source
                        WHERE c.local = 'self' AND c.document IN ({", ".join("?" * len(some))})"""
            names.update(row["name"] for row in self.store.rows(query, some))
        return sorted(names)


@dataclass(frozen=True, slots=True)
class Card:
    """What a part of a query names: the documents or units that fit."""

    ref: str
    found: tuple[Document | Unit, ...]


def cards(store: Store, query: ParsedQuery) -> tuple[Card, ...]:
    """Return what the query names: its documents by number, and the document or unit that it is the name of."""
    shown: dict[str, Card] = {}
    for ref in dict.fromkeys(refs(query)):
        found = named(store, ref)
        new = [one for one in found if one.id not in shown]
        shown.update((one.id, Card(ref, tuple(found))) for one in new)
    return tuple(dict.fromkeys(shown.values()))


def refs(query: ParsedQuery) -> Iterator[str]:
    """Yield the parts of a query that may name something: fields, the whole, each number in it."""
    for condition in query.conditions:
        yield from condition.refs
    plain = query.plain
    if plain:
        yield plain
        yield from (plain[found.start : found.end] for found in references(plain, typed=True))


def named(store: Store, ref: str) -> list[Document | Unit]:
    """Return the documents or units that are called `ref`; words that many documents have in their names name none."""
    try:
        return [find(store, ref)]
    except AmbiguousError as error:
        exact = any(letter.isdecimal() for letter in ref) or isinstance(error.candidates[0], Unit)
        return list(error.candidates) if exact else []
    except QueryError:
        return []
