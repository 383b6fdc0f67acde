"""The search index as the store has it: brought up to date from what the store keeps, never the other way round."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.model import Claim, Extraction, Mention, StoreError
from kg.store import Store
from search import engine as engine_called
from search.index import Engine, IndexState, SearchPassage, index_state, make_passages, read_stamp

DEFAULT = "tantivy"  # its index is the one called index/
FACTS = "facts.json"  # beside the stamp: which document each source was when it was indexed
SAID = {
    IndexState.DAMAGED: "The search index was damaged and has been built again.",
    IndexState.OTHER_VERSION: "The search index was made by another version and has been built again.",
}


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
        state = bring_up_to_date(store, kind, place)
        notes += [SAID[state]] if state in SAID else []
    except StoreError as error:
        if index_state(place, kind, str(store.generation)) is not IndexState.STALE:
            raise
        notes.append(f"The search index is older than the store, its answers may miss the newest files. {error}")
    opened = kind.open(place)
    try:
        yield opened, notes
    finally:
        opened.close()


def bring_up_to_date(store: Store, kind: type[Engine], place: Path) -> IndexState:
    """Add what the index lacks and take out what the store has no more; build it where it can't be trusted.

    Return the state in which the index was found.
    """
    with store.snapshot():
        now = store.generation
        state = index_state(place, kind, str(now))
        if state is IndexState.OK:
            return state
        before = facts_then(place)
        if state is not IndexState.STALE or before is None:
            build(store, kind, place)
            return state
        index = kind.open(place)
        try:
            seen = int(index.info().generation)
            if seen <= now:
                update(store, index, seen, before)
        finally:
            index.close()
        if seen > now:  # the index of a store that was here before
            build(store, kind, place)
        return state


def update(store: Store, index: Engine, seen: int, before: dict[str, str]) -> None:
    """Bring an index of generation `seen` up to date; `before` tells which document each source was then.

    A file that is read may show that an older one is another document than it seemed, or of another day: its passages
    are indexed again too.
    """
    changed, removed = store.changes_since(seen)
    facts = facts_now(store)
    known_otherwise = [name for name, fact in facts.items() if before.get(name) != fact]
    for source in dict.fromkeys((*changed, *removed, *known_otherwise)):
        index.remove(source)
    for source in dict.fromkeys((*changed, *known_otherwise)):
        index.add(passages_of(store, source))
    index.commit(str(store.generation))
    keep_facts(index.directory, str(store.generation), facts)


def build(store: Store, kind: type[Engine], place: Path) -> int:
    """Build the index anew from all sources; return the number of passages."""
    with store.snapshot():
        index = kind.create(place)
        try:
            count = sum(index.add(passages_of(store, source.name)) for source in store.sources())
            index.commit(str(store.generation))
        finally:
            index.close()
        keep_facts(place, str(store.generation), facts_now(store))
    return count


# ---- what was known of the sources ----------------------------------------------------------------------------------


def facts_now(store: Store) -> dict[str, str]:
    """Return for each source which document it is and of which day, as the store sees it now."""
    query = """SELECT s.name, c.document, d.date, d.state FROM sources s
               LEFT JOIN claims c ON c.source = s.id AND c.local = 'self' LEFT JOIN documents d ON d.id = c.document"""
    return {row["name"]: f"{row['document']} {row['date']} {row['state']}" for row in store.rows(query)}


def facts_then(place: Path) -> dict[str, str] | None:
    """Return what `facts_now` said when the index in `place` was last written; None where that is not known."""
    try:
        kept = json.loads((place / FACTS).read_text(encoding="utf-8"))
        facts: dict[str, str] = dict(kept["facts"])
        return facts if kept["generation"] == read_stamp(place).generation else None
    except (OSError, ValueError, KeyError, TypeError, StoreError):
        return None


def keep_facts(place: Path, generation: str, facts: dict[str, str]) -> None:
    """Write `facts` beside the stamp in one step; where that fails the next change builds the index again."""
    draft = place / f"{FACTS}.new"
    try:
        draft.write_text(json.dumps({"generation": generation, "facts": facts}, ensure_ascii=False), encoding="utf-8")
        draft.replace(place / FACTS)
    except OSError:
        draft.unlink(missing_ok=True)


# ---- what is indexed ------------------------------------------------------------------------------------------------


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
