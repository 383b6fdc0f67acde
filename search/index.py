"""What an engine must do, what it keeps of a report, and how an index that can't be trusted is noticed.

The index is derived: the store is the truth, and `thongsuot reindex` builds the index again. On disk:

    index/stamp.json     written last, in one step: engine, version, generation of the store, name of the data directory
    index/lock.db        held by the one process that writes
    index/<data>/        the engine's own files; a rebuild makes a new one, and the stamp then points to it

So a reader goes on with what it opened, and a build that is interrupted leaves the index before it as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import Enum
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from kg.database import BROKEN, BUSY, result_code, sqlite_words
from kg.language import saying, system_words
from kg.model import BusyError, Document, Extraction, Header, StoreError
from kg.numbers import number_key
from search.letterhead import letterhead

if TYPE_CHECKING:
    from search.query import ParsedQuery

VERSION = 4  # of the fields and of the analysis: raise it when the same text would give other terms


# ---- passages -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """A passage with the facts of its report, as a hit gives it back.

    `id` is "source#ordinal"; `start`..`end` are the offsets of the passage in the source. `number`, `type`, `unit` (the
    issuer), `level`, `province`, `date` ("2023-05-17", "2023-05", "2023") and `year` are those of the report, "" where
    unknown; `cites` are the keys (`kg.numbers.number_key`) of the documents that the passage names, `directives` the
    numbers of those among them that are directives, as they are written: "33/CT-TTg". The passage that `opens` its
    report is found by the report's own number too.
    """

    id: str
    source: str
    ordinal: int
    section: tuple[str, ...]
    kind: str
    text: str
    start: int = 0
    end: int = 0
    document: str = ""
    title: str = ""
    number: str = ""
    type: str = ""
    unit: str = ""
    level: str = ""
    province: str = ""
    date: str = ""
    year: str = ""
    cites: tuple[str, ...] = ()
    directives: tuple[str, ...] = ()
    opens: bool = False


def make_passages(source: str, extraction: Extraction, report: Document | None = None) -> Iterator[SearchPassage]:
    """Yield the passages of one file, each with the facts of its `report` (else those of the file's own header).

    The lines of the letterhead are left out; the other passages keep their places.
    """
    facts = report_facts(extraction.report, report)
    claims = {claim.id: claim for claim in extraction.documents if claim.full}
    cited = [(mention, claims[mention.document]) for mention in extraction.mentions if mention.document in claims]
    form = letterhead(extraction.passages)
    said = [place for place in range(len(extraction.passages)) if place not in form]
    for ordinal in said:
        passage = extraction.passages[ordinal]
        named = [claim for at, claim in cited if passage.start <= at.start and at.end <= passage.end]
        yield SearchPassage(
            id=f"{source}#{ordinal}",
            source=source,
            ordinal=ordinal,
            section=passage.section,
            kind=passage.kind,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            cites=tuple(dict.fromkeys(number_key(claim.full or "") for claim in named)),
            directives=tuple(dict.fromkeys(claim.full or "" for claim in named if claim.kind == "directive")),
            opens=ordinal == said[0],
            **facts,
        )


def report_facts(header: Header, report: Document | None) -> dict[str, str]:
    """Return what a hit says of its report: by the graph's `report` where given, else by the header of the file."""
    if report is None:
        known = {"title": header.title, "number": header.number, "type": header.type, "unit": header.issuer}
        known["date"] = header.date
    else:
        known = {"document": report.id, "title": report.title, "number": report.full, "type": report.type}
        known |= {"unit": report.issuer, "level": report.level, "province": report.province, "date": report.date}
    facts = {name: value or "" for name, value in known.items()}
    return facts | {"year": facts["date"][:4]}


def to_json(passage: SearchPassage, same: str) -> str:
    """Return a passage and the key of its words as the engines store them: the values of its fields, then the key."""
    return ENCODER.encode((*VALUES(passage), same))


def from_json(stored: str) -> tuple[SearchPassage, str]:
    """Return the passage and the key that `to_json` wrote."""
    (*values, same), _ = DECODE(stored)
    for place in LISTS:
        values[place] = tuple(values[place])
    return SearchPassage(*values), same


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
DECODE = json.JSONDecoder().raw_decode  # `json.loads` would look for blanks around it
NAMES = [field.name for field in fields(SearchPassage)]
VALUES = attrgetter(*NAMES)
LISTS = [NAMES.index(name) for name in ("section", "cites", "directives")]


# ---- what an engine does --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query; a higher score is a better answer, comparable within one search only.

    `same` is what passages with the same words share (`search.kept.same_text`).
    `parts`, where there are any, say what the score is the sum of (`search.ranking`).
    """

    passage: SearchPassage
    score: float
    same: str = ""
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """The `total` number of passages that answer, and those of the page asked for, the best first."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known of an index without opening it; `generation` is that of the store it was made from."""

    engine: str
    version: int
    generation: str
    data: str
    passages: int


class Engine(Protocol):
    """A full-text engine over one directory: one writer at a time, any number of readers.

    A reader sees the index as it was when opened, until `refresh`. StoreError where the directory is at fault.
    """

    name: ClassVar[str]
    directory: Path

    @classmethod
    def create(cls, directory: Path) -> Engine:
        """Return a new, empty index to be filled; what was in `directory` stays readable until the first `commit`."""
        ...

    @classmethod
    def damaged_files(cls, directory: Path) -> list[str]:
        """Return the names of the files in `directory` that are not as they were written, as far as can be told."""
        ...

    @classmethod
    def open(cls, directory: Path) -> Engine:
        """Return the index in `directory`, to search it and to bring it up to date."""
        ...

    def add(self, passages: Iterable[SearchPassage]) -> int:
        """Add `passages`, seen after `commit`; return how many. Of a source that was there, `remove` the old first."""
        ...

    @staticmethod
    def prepare(passage: SearchPassage) -> dict[str, Any]:
        """Return what `add_prepared` takes, picklable: the costly part of adding, which any process may do."""
        ...

    def add_prepared(self, prepared: Iterable[dict[str, Any]]) -> int:
        """Add passages as `prepare` gives them: `add` in two steps."""
        ...

    def remove(self, source: str) -> None:
        """Take out all passages of one source, with the next `commit`."""
        ...

    def commit(self, generation: str) -> None:
        """Make all changes visible at once and say which state of the store the index now shows."""
        ...

    def search(
        self,
        query: ParsedQuery,
        limit: int = 10,
        offset: int = 0,
        filters: Mapping[str, Sequence[str]] | None = None,
        by_date: bool = False,
    ) -> Hits:
        """Return how many passages answer `query` within `filters`, and the hits from `offset` on, at most `limit`.

        The best come first or, `by_date`, the newest, those of one report in reading order.
        """
        ...

    def facets(
        self, query: ParsedQuery, fields: Sequence[str], filters: Mapping[str, Sequence[str]] | None = None
    ) -> dict[str, dict[str, int]]:
        """Return how many of the passages that answer have each value of `fields` (of FACETS, or "source").

        The values that most passages have come first, equals in the order of the alphabet.
        """
        ...

    def reports(self, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> int:
        """Return how many different sources the passages that answer are from."""
        ...

    def copies(self, key: str, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> list[str]:
        """Return the sources, sorted, of the passages within the conditions of `query` whose `same_text` is `key`."""
        ...

    def frequency(self, field: str, term: str) -> int:
        """Return how many passages have `term` in `field`."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """Return all folded words of the passages, and how many passages have each."""
        ...

    def count(self) -> int:
        """Return the number of passages."""
        ...

    def refresh(self) -> None:
        """See what was committed since the index was opened."""
        ...

    def info(self) -> Stamp:
        """Return what the stamp says."""
        ...

    def close(self) -> None:
        """Let go of files and lock; changes that were not committed are dropped."""
        ...


# ---- trust ----------------------------------------------------------------------------------------------------------


class IndexState(Enum):
    """Whether the index on disk can answer for the store."""

    MISSING = "missing"
    STALE = "stale"
    DAMAGED = "damaged"
    OTHER_VERSION = "other version"
    OK = "ok"


def index_state(directory: Path, engine: type[Engine], generation: str) -> IndexState:
    """Return how the index in `directory` stands to `engine` and to the store at `generation`."""
    if not directory.is_dir() or not any(child.name != LOCK for child in directory.iterdir()):
        return IndexState.MISSING
    try:
        stamp = read_stamp(directory)
    except StoreError:
        return IndexState.DAMAGED
    if stamp.engine != engine.name or stamp.version != VERSION:
        return IndexState.OTHER_VERSION
    try:
        opened = engine.open(directory)
    except StoreError:
        return IndexState.DAMAGED
    try:
        if opened.count() != stamp.passages:
            return IndexState.DAMAGED if stamp.generation == generation else IndexState.STALE
    finally:
        opened.close()
    return IndexState.OK if stamp.generation == generation else IndexState.STALE


STAMP, LOCK = "stamp.json", "lock.db"


def read_stamp(directory: Path) -> Stamp:
    """Return the stamp of the index in `directory`; StoreError where there is none that can be read."""
    path = directory / STAMP
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        stamp = Stamp(**{field.name: facts[field.name] for field in fields(Stamp)})
    except FileNotFoundError:
        raise StoreError(saying("index none", path=directory)) from None
    except OSError as error:
        raise StoreError(saying("stamp unreadable", path=path, reason=system_words(error))) from None
    except (ValueError, KeyError, TypeError):
        raise StoreError(saying("stamp damaged", path=path)) from None
    if not isinstance(stamp.data, str) or Path(stamp.data).name != stamp.data or not stamp.data:
        raise StoreError(saying("stamp damaged", path=path))
    return stamp


def check_stamp(directory: Path, engine: str) -> Stamp:
    """Return the stamp, when it is that of `engine` in this version; else StoreError."""
    stamp = read_stamp(directory)
    if stamp.engine != engine:
        raise StoreError(saying("index other engine", path=directory, made=stamp.engine, wanted=engine))
    if stamp.version != VERSION:
        raise StoreError(saying("index other version", path=directory, has=stamp.version, needs=VERSION))
    return stamp


def write_stamp(directory: Path, stamp: Stamp) -> None:
    """Write the stamp in one step: it is the old one or the new one, never half of either."""
    draft = directory / f"{STAMP}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(stamp), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(directory / STAMP)


class Lock:
    """The right to write to an index: SQLite's lock on a file, the same on every system, and gone with its holder."""

    def __init__(self, directory: Path) -> None:
        try:
            directory.mkdir(parents=True, exist_ok=True)
            try:
                self.connection = exclusive(directory / LOCK)
            except sqlite3.DatabaseError as error:
                if result_code(error) not in BROKEN:
                    raise
                os.truncate(directory / LOCK, 0)  # nobody can hold it; an empty file is a sound one
                self.connection = exclusive(directory / LOCK)
        except sqlite3.Error as error:
            if result_code(error) in BUSY:
                raise BusyError(saying("index busy", path=directory)) from None
            raise StoreError(saying("index not written", path=directory, reason=sqlite_words(error))) from None
        except OSError as error:
            raise StoreError(saying("index not written", path=directory, reason=system_words(error))) from None

    def release(self) -> None:
        """Let others write."""
        self.connection.close()


def exclusive(path: Path) -> sqlite3.Connection:
    """Return a connection that alone holds the database at `path`; sqlite3.Error where it can't."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def new_data(directory: Path, engine: str) -> str:
    """Return the name of a new, empty data directory."""
    number = 1
    while True:
        name = f"{engine}-{number}"
        try:
            (directory / name).mkdir()
        except FileExistsError:
            number += 1
        except OSError as error:
            raise StoreError(saying("index not written", path=directory, reason=system_words(error))) from None
        else:
            return name


def sweep(directory: Path, data: str) -> None:
    """Remove the data directories other than `data`; one that a reader still holds open goes another time."""
    for child in directory.iterdir():
        if child.is_dir() and child.name != data:
            shutil.rmtree(child, ignore_errors=True)
