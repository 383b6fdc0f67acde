"""The search index as the store has it: brought up to date from what the store keeps, never the other way round."""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from kg.language import saying
from kg.model import Claim, Document, Extraction, Header, IndexDamagedError, Mention, StoreError, ThongsuotError
from kg.store import Store
from search import engine as engine_called
from search.index import Engine, IndexState, SearchPassage, index_state, make_passages, read_stamp, report_facts

DEFAULT = "tantivy"  # its index is the one called index/
FACTS = "facts.json"  # beside the stamp: what was known of each source when it was indexed
MANY = 500  # sources from which on it pays to have processes prepare them
PART, AHEAD = 25, 3  # sources in one task, and tasks that wait for each process: so much is held in memory
Answer = TypeVar("Answer")
SAID = {
    IndexState.DAMAGED: "index was damaged",
    IndexState.OTHER_VERSION: "index was older",
}


def index_directory(store: Store, engine: type[Engine]) -> Path:
    """Return where the index of `engine` lies in the store: index/, or index-whoosh/ for the other engine."""
    return store.path.parent / ("index" if engine.name == DEFAULT else f"index-{engine.name}")


def drop_indexes(directory: Path) -> None:
    """Remove what was derived from a store that is gone and is left in `directory`: indexes and triples."""
    for name in ("index", "index-whoosh", "rdf"):
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
        notes += [saying(SAID[state])] if state in SAID else []
    except StoreError as error:
        if index_state(place, kind, str(store.generation)) is not IndexState.STALE:
            raise
        notes.append(saying("index behind", error=error))
    opened = kind.open(place)
    try:
        yield opened, notes
    finally:
        opened.close()


def ask_index(store: Store, name: str | None, ask: Callable[[Engine, list[str]], Answer]) -> Answer:
    """Return what `ask` makes of the `current_index` and its notes; asked again of a new one where that is damaged."""
    try:
        with current_index(store, name) as (index, notes):
            return ask(index, notes)
    except IndexDamagedError:  # in parts that are not looked at when it is opened
        kind, _ = engine_called(name)
        build(store, kind, index_directory(store, kind))
    with current_index(store, name) as (index, notes):
        return ask(index, [*notes, saying(SAID[IndexState.DAMAGED])])


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
        try:
            if brought_on(store, kind, place, before):
                return state
        except IndexDamagedError:
            state = IndexState.DAMAGED
        build(store, kind, place)
        return state


def brought_on(store: Store, kind: type[Engine], place: Path, before: Facts) -> bool:
    """Tell whether an older index was brought up to date: not one of a store that was here before."""
    index = kind.open(place)
    try:
        seen = int(index.info().generation)
        if seen <= store.generation:
            update(store, index, seen, before)
        return seen <= store.generation
    finally:
        index.close()


def begin_index(store: Store) -> None:
    """Make an empty index for a store that is still empty: who searches while the first files are read finds an answer.

    Without it the first search would have to wait until the index is built.
    """
    kind, _ = engine_called()
    place = index_directory(store, kind)
    if store.generation == 0 and index_state(place, kind, "0") is IndexState.MISSING:
        build(store, kind, place)


def update(store: Store, index: Engine, seen: int, before: Facts) -> None:
    """Bring an index of generation `seen` up to date; `before` is what was known of the sources then.

    A file that is read may show that an older one is another document than it seemed, of another day, name or issuer:
    its passages are indexed again too.
    """
    changed, removed = store.changes_since(seen)
    said, new = said_now(store), set(changed)
    known = {name: kept for name, (_, kept) in before.items() if name in said}
    touched = [name for name in said if name not in new and before.get(name, ("",))[0] != said[name]]
    known_otherwise = [name for name in touched if known_of(store, name) != known.get(name)]
    for source in dict.fromkeys((*changed, *removed, *known_otherwise)):
        index.remove(source)
    known |= add_sources(store, index, (*changed, *known_otherwise))
    index.commit(str(store.generation))
    keep_facts(index.directory, str(store.generation), {name: (said[name], known[name]) for name in said})


def build(store: Store, kind: type[Engine], place: Path) -> int:
    """Build the index anew from all sources; return the number of passages."""
    with store.snapshot():
        index = kind.create(place)
        try:
            known = add_sources(
                store, index, [row["name"] for row in store.rows("SELECT name FROM sources ORDER BY name")]
            )
            index.commit(str(store.generation))
            count = index.count()
        finally:
            index.close()
        keep_facts(place, str(store.generation), {name: (said, known[name]) for name, said in said_now(store).items()})
    return count


# ---- what was known of the sources ----------------------------------------------------------------------------------

Facts = dict[str, tuple[str, str]]  # of each source: `said_now`, which changes where its report may, and `known_of`


def said_now(store: Store) -> dict[str, str]:
    """Return for each source which document it is, and how many statements are made of that one up to when."""
    query = """SELECT s.name, c.document, d.date, d.state, count(*) AS claims, max(by.generation) AS latest
               FROM sources s LEFT JOIN claims c ON c.source = s.id AND c.local = 'self'
               LEFT JOIN documents d ON d.id = c.document
               LEFT JOIN claims o ON o.document = c.document LEFT JOIN sources by ON by.id = o.source
               GROUP BY s.id"""
    facts = ("document", "date", "state", "claims", "latest")
    return {row["name"]: " ".join(str(row[fact]) for fact in facts) for row in store.rows(query)}


def known_of(store: Store, name: str) -> str:
    """Return the key of what the passages of one source say of their report, "" where the source is gone."""
    source = store.source(name)
    return "" if source is None else key_of(source.header, store.document(source.document))


def key_of(header: Header, report: Document | None) -> str:
    """Return what changes with anything that passages say of their report."""
    return blake2b(json.dumps(report_facts(header, report)).encode(), digest_size=9).hexdigest()


def facts_then(place: Path) -> Facts | None:
    """Return what was known when the index in `place` was last written; None where that is not known."""
    try:
        kept = json.loads((place / FACTS).read_text(encoding="utf-8"))
        facts = {str(name): (str(said), str(known)) for name, (said, known) in kept["facts"].items()}
        return facts if kept["generation"] == read_stamp(place).generation else None
    except (OSError, ValueError, KeyError, TypeError, StoreError):
        return None


def keep_facts(place: Path, generation: str, facts: Facts) -> None:
    """Write `facts` beside the stamp in one step; where that fails the next change builds the index again."""
    draft = place / f"{FACTS}.new"
    try:
        draft.write_text(json.dumps({"generation": generation, "facts": facts}, ensure_ascii=False), encoding="utf-8")
        draft.replace(place / FACTS)
    except OSError:
        draft.unlink(missing_ok=True)


# ---- what is indexed ------------------------------------------------------------------------------------------------


def add_sources(store: Store, index: Engine, names: Sequence[str]) -> dict[str, str]:
    """Add the passages of the sources `names`; return `known_of` each. Where they are many, processes prepare them."""
    if len(names) < MANY:
        return {name: add_source(store, index, name) for name in names}
    from jobs.reading import default_jobs
    from jobs.scratch import scratch_folder
    from jobs.workers import Workers

    jobs, place, known = default_jobs(), store.path.parent, dict[str, str]()
    under_way: deque[tuple[Sequence[str], Future[list[Prepared]]]] = deque()
    with scratch_folder() as scratch, Workers(jobs, initializer=load, scratch=scratch) as executor:
        for first in range(0, len(names), PART):
            if len(under_way) == AHEAD * jobs:
                known |= add_prepared(store, index, *under_way.popleft())
            some = names[first : first + PART]
            under_way.append((some, executor.submit(prepare_in, place, index.name, some)))
        while under_way:
            known |= add_prepared(store, index, *under_way.popleft())
    return known


def add_prepared(store: Store, index: Engine, names: Sequence[str], prepared: Future[list[Prepared]]) -> dict[str, str]:
    """Add sources that a process has prepared, or that it has not; return `known_of` each."""
    try:
        found = prepared.result()
    except ThongsuotError:  # no process could be started, or it was stopped
        found = [prepare_source(store, type(index), name) for name in names]
    for one in found:
        index.add_prepared(one.passages)
    return {one.name: one.known for one in found}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source ready to be added: its passages as `Engine.prepare` gives them, and `known_of` it."""

    name: str
    known: str
    passages: list[dict[str, Any]]


def load() -> None:
    """Load what `prepare_in` needs: a process does so before its time counts."""
    engine_called()


def prepare_in(directory: Path, engine: str, names: Sequence[str]) -> list[Prepared]:
    """Return some sources of the store in `directory` ready to be added: what a process is asked."""
    kind, _ = engine_called(engine)
    with Store.open(directory) as store, store.snapshot():
        return [prepare_source(store, kind, name) for name in names]


def prepare_source(store: Store, kind: type[Engine], name: str) -> Prepared:
    """Return a source ready to be added."""
    passages, known = passages_of(store, name)
    return Prepared(name, known, [kind.prepare(passage) for passage in passages])


def add_source(store: Store, index: Engine, name: str) -> str:
    """Add the passages of one source, each with the facts of its report; return `known_of` the source."""
    passages, known = passages_of(store, name)
    index.add(passages)
    return known


def passages_of(store: Store, name: str) -> tuple[Iterable[SearchPassage], str]:
    """Return the passages of one source with the facts of its report, and `known_of` the source."""
    source = store.source(name)
    if source is None:
        return (), ""
    documents, mentions = named_in(store, name)
    passages = tuple(passage for _, passage in store.passages([name]))
    said = Extraction(name, source.sha256, source.header, source.kind, "", documents, mentions, passages=passages)
    report = store.document(source.document)
    return make_passages(name, said, report), key_of(source.header, report)


def named_in(store: Store, name: str) -> tuple[tuple[Claim, ...], tuple[Mention, ...]]:
    """Return the numbered documents that one source names, and where."""
    query = """SELECT c.id, c.kind, c.type, c.full, m.start, m."end", m.text, m.form FROM mentions m
               JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source
               WHERE s.name = ? AND c.full IS NOT NULL ORDER BY m.start"""
    rows = list(store.rows(query, (name,)))
    claims = {row["id"]: Claim(str(row["id"]), row["kind"], row["type"], full=row["full"]) for row in rows}
    mentions = [Mention(row["start"], row["end"], row["text"], str(row["id"]), row["form"]) for row in rows]
    return tuple(claims.values()), tuple(mentions)
