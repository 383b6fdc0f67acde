"""Whether store and index are sound, and tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobs.account import Outcome
from jobs.gather import Progress
from jobs.indexing import facts_then, index_directory
from kg.language import Saying, saying, system_words
from kg.model import IndexDamagedError, QueryError, StoreError
from kg.soundness import Finding, findings
from kg.store import Store, source_count
from search import ENGINES, engine
from search.index import Engine, IndexState, index_state
from search.letterhead import letterhead

STATES = {
    IndexState.DAMAGED: "index damaged",
    IndexState.OTHER_VERSION: "index of other version",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a store has found, and how many sources it has."""

    sources: int
    findings: tuple[Finding, ...]


def verify(directory: Path, progress: Progress) -> Checked:
    """Return what is wrong with the store in `directory` and with its indexes; `progress` is told of each source."""
    with Store.open(directory) as store, store.snapshot():
        sources = source_count(store)
        with progress(sources) as step:
            found = list(findings(store, lambda name: step(Outcome("checked", name, ""))))
        if not any(finding.part == "file" for finding in found):
            found += [finding for name in ENGINES for finding in wrong_index(store, name)]
    return Checked(sources, tuple(found))


def wrong_index(store: Store, name: str) -> Iterator[Finding]:
    """Yield what is wrong with the index of one engine; the next search mends one that is only older, or not there."""
    try:
        kind, _ = engine(name)
    except QueryError:
        return  # not installed here
    place = index_directory(store, kind)
    if not place.is_dir():
        return
    state = index_state(place, kind, str(store.generation))
    if state in STATES:
        yield wrong(place, saying(STATES[state]))
    elif state is IndexState.OK:
        yield from compare(store, kind, place)


def compare(store: Store, kind: type[Engine], place: Path) -> Iterator[Finding]:
    """Yield in what an index that says it is up to date differs from the store."""
    try:
        damaged = kind.damaged_files(place)
        if damaged:  # to read on in them may end in anything
            yield wrong(place, saying("index files damaged", n=len(damaged), name=damaged[0]))
        else:
            yield from differences(store, kind, place)
    except IndexDamagedError:
        yield wrong(place, saying("index damaged"))
    except OSError as error:
        yield wrong(place, saying("index not read", reason=system_words(error)))
    except StoreError as error:
        yield wrong(place, error.args[0])


def differences(store: Store, kind: type[Engine], place: Path) -> Iterator[Finding]:
    """Yield the same; StoreError where the index can't be read."""
    index = kind.open(place)
    try:
        expected, lacking = 0, []
        for source in store.sources():
            passages = indexed_passages(store, source.name)
            expected += passages
            if passages and not index.frequency("source", source.name):
                lacking.append(source.name)
        if lacking:
            yield wrong(place, saying("index lacks", n=len(lacking), name=lacking[0]))
        if (count := index.count()) != expected:
            yield wrong(place, saying("index counts", n=count, expected=expected))
        facts = facts_then(place)
        if facts is not None and set(facts) != {source.name for source in store.sources()}:
            yield wrong(place, saying("index unsure"))
    finally:
        index.close()


def wrong(place: Path, what: Saying) -> Finding:
    """Return what is wrong with the index in `place`."""
    return Finding(place.name, what, saying("index again"))


def indexed_passages(store: Store, name: str) -> int:
    """Return how many passages of one source an index has: all but its letterhead."""
    passages = tuple(passage for _, passage in store.passages([name]))
    return len(passages) - len(letterhead(passages))


def back_up(directory: Path, into: Path) -> None:
    """Write a copy of the store in `directory` into the folder `into`, whatever a writer does meanwhile.

    StoreError when there is something already, it lies in the store itself, or it can't be written.
    """
    if directory.resolve() in into.resolve().parents:
        raise StoreError(saying("copy inside", path=into, directory=directory))
    with Store.open(directory) as store:
        store.copy_to(into)
