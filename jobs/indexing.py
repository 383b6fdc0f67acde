"""The search index as the store has it: brought up to date from what the store keeps, never the other way round."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.model import Claim, Extraction, Mention, StoreError
from kg.store import Store
from search import engine as engine_called
from search.index import Engine, IndexState, SearchPassage, index_state, make_passages

DEFAULT = "tantivy"  # its index is the one called index/


def index_directory(store: Store, engine: type[Engine]) -> Path:
    """Return where the index of `engine` lies in the store: index/, or index-whoosh/ for the other engine."""
    return store.path.parent / ("index" if engine.name == DEFAULT else f"index-{engine.name}")


def drop_indexes(directory: Path) -> None:
    """Remove the indexes that a store which is gone has left in `directory`."""
    for name in ("index", "index-whoosh"):
        shutil.rmtree(directory / name, ignore_errors=True)


@contextmanager
def current_index(store: Store, name: str | None = None) -> Iterator[tuple[Engine, list[str]]]:
    """Give the index of the engine called `name`, up to date with the store, and notes for the person who asks.

    Where it can't be brought up to date (another process writes it, the disk is read-only) the older index answers, and
    a note says so. StoreError when there is none at all.
    """
    kind, note = engine_called(name)
    notes = [note] if note else []
    place = index_directory(store, kind)
    try:
        bring_up_to_date(store, kind, place)
    except StoreError as error:
        if index_state(place, kind, str(store.generation)) is not IndexState.STALE:
            raise
        notes.append(f"The search index is older than the store, its answers may miss the newest files. {error}")
    opened = kind.open(place)
    try:
        yield opened, notes
    finally:
        opened.close()


def bring_up_to_date(store: Store, kind: type[Engine], place: Path) -> None:
    """Add what the index lacks and take out what the store has no more; build it where it can't be trusted."""
    with store.snapshot():
        now = store.generation
        state = index_state(place, kind, str(now))
        if state is IndexState.OK:
            return
        if state is not IndexState.STALE:
            build(store, kind, place)
            return
        index = kind.open(place)
        try:
            seen = int(index.info().generation)
            if seen <= now:
                changed, removed = store.changes_since(seen)
                for source in (*changed, *removed):
                    index.remove(source)
                for source in changed:
                    index.add(passages_of(store, source))
                index.commit(str(now))
        finally:
            index.close()
        if seen > now:  # the index of a store that was here before
            build(store, kind, place)


def build(store: Store, kind: type[Engine], place: Path) -> int:
    """Build the index anew from all sources; return the number of passages."""
    with store.snapshot():
        index = kind.create(place)
        try:
            count = sum(index.add(passages_of(store, source.name)) for source in store.sources())
            index.commit(str(store.generation))
        finally:
            index.close()
    return count


def passages_of(store: Store, name: str) -> Iterator[SearchPassage]:
    """Yield the passages of one source, each with the facts of its report and the documents that it names."""
    source = store.source(name)
    if source is None:
        return
    said = Extraction(name, source.sha256, source.header, source.kind, "")
    documents, mentions = named_in(store, name)
    passages = tuple(passage for _, passage in store.passages([name]))
    said = replace(said, documents=documents, mentions=mentions, passages=passages)
    yield from make_passages(name, said, store.document(source.document))


def named_in(store: Store, name: str) -> tuple[tuple[Claim, ...], tuple[Mention, ...]]:
    """Return the numbered documents that one source names, and where."""
    query = """SELECT c.id, c.kind, c.type, c.full, m.start, m."end", m.text, m.form FROM mentions m
               JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source
               WHERE s.name = ? AND c.full IS NOT NULL ORDER BY m.start"""
    rows = list(store.rows(query, (name,)))
    claims = {row["id"]: Claim(str(row["id"]), row["kind"], row["type"], full=row["full"]) for row in rows}
    mentions = [Mention(row["start"], row["end"], row["text"], str(row["id"]), row["form"]) for row in rows]
    return tuple(claims.values()), tuple(mentions)
