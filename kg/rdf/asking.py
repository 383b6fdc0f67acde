"""Questions in SPARQL to the whole store: read-only, with a limit of time, and nothing goes to the network.

rdflib asks, Oxigraph keeps the triples: beside the store, in rdf/, made anew when the store has changed. Each question
runs in a process of its own, so that one that takes too long can be stopped.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rdflib.plugins.sparql
from rdflib import XSD, Dataset, Literal
from rdflib.query import Result

from kg.language import Saying, saying, system_words
from kg.model import QueryError, ThongsuotError
from kg.rdf.files import bind, dataset, line, quads
from kg.rdf.question import checked
from kg.rdf.terms import Terms
from kg.store import Store
from kg.words import shorten

if TYPE_CHECKING:
    import pyoxigraph

ENGINES = ("oxigraph", "rdflib")
FOLDER = "rdf"  # below the store's
DRAFT_LIVES = 3600  # seconds
FORM = 2  # of what is kept there
SHOWN = 160  # characters of an engine's error
# Where Oxigraph and rdflib say that it is.
AT = re.compile(r"error at (\d+):(\d+):\s*|\s*\(at char \d+\), \(line:(\d+), col:(\d+)\)")
DAYS = re.compile(r"(-?)P(?:(\d+)D)?(?:T0S)?")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the SPARQL, the base of our IRIs, the engine."""

    sparql: str
    base: str
    engine: str = ENGINES[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values below `names`; `prefixes` shorten the IRIs for reading, `notes` are for who asked."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    prefixes: dict[str, str]
    notes: tuple[str, ...] = ()


def ask(directory: Path, question: Question, seconds: float) -> Answer:
    """Return the answer of the store in `directory`; making the triples ready does not count into `seconds`.

    Raises QueryError for what is no question, ThongsuotError when it takes too long or the memory ends.
    """
    question = Question(checked(question.sparql), Terms(question.base).base, question.engine)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(there, directory, question), daemon=True)
    process.start()
    there.close()
    try:
        notes = received(here, None, seconds)
        names, rows, prefixes = received(here, seconds, seconds)
    finally:
        process.kill()
        process.join()
        here.close()
    return Answer(names, rows, prefixes, notes)


def received(link: Connection, wait: float | None, seconds: float) -> Any:
    """Return what the other process sends next; raise what it raised."""
    if not link.poll(wait):
        raise ThongsuotError(saying("sparql stopped", seconds=f"{seconds:g}"))
    try:
        found = link.recv()
    except EOFError:
        raise ThongsuotError(saying("sparql ended")) from None
    if isinstance(found, Exception):
        raise found
    return found


# ---- in the process of the question ---------------------------------------------------------------------------------


def serve(link: Connection, directory: Path, question: Question) -> None:
    """Send notes when the triples are ready, then the answer; or the error instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked, who ends this process
    try:
        terms = Terms(question.base)
        with Store.open(directory) as store, store.snapshot():
            found, notes = ready(store, terms, question.engine)
        link.send(notes)
        link.send((*answered(found, question.sparql), terms.prefixes()))
    except ThongsuotError as error:
        link.send(error)
    except Exception as error:
        link.send(ThongsuotError(saying("sparql failed", error=f"{type(error).__name__}: {error}")))


def answered(found: Dataset, sparql: str) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Return names and rows of the answer; QueryError where the engine does not understand the question."""
    from pyparsing import ParseException

    try:
        return table_of(found.query(sparql))
    except (SyntaxError, ParseException) as error:
        raise QueryError(not_understood(error)) from None
    except Exception as error:
        if type(error) is not Exception:
            raise
        raise QueryError(not_understood(error)) from None  # how rdflib says "Unknown namespace prefix"


def not_understood(error: Exception) -> Saying:
    """Return the words for what the engine makes of a broken question; Oxigraph lists all that might stand there."""
    words = " ".join(str(error).split())
    at = AT.search(words)
    if at is None:
        return saying("no sparql", error=shorten(words, SHOWN))
    line, column = (part for part in at.groups() if part is not None)  # as strings: a place is no count
    return saying("no sparql at", line=line, column=column, error=shorten(words.replace(at[0], ""), SHOWN))


def table_of(result: Result) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Return the answer as names and rows: those of SELECT, yes or no of ASK, the triples of CONSTRUCT."""
    if result.type == "ASK":
        return ("answer",), ((bool(result.askAnswer),),)
    if result.type == "SELECT":
        names = tuple(str(name) for name in result.vars or ())
        return names, tuple(tuple(plain(row.get(name)) for name in result.vars or ()) for row in result.bindings)
    triples = sorted(tuple(map(plain, triple)) for triple in result.graph or ())
    return ("subject", "predicate", "object"), tuple(triples)


def plain(term: Any) -> Any:
    """Return a term as a plain value: numbers and yes or no as such, whole days between two dates as a number."""
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    if term.datatype in {XSD.dayTimeDuration, XSD.duration}:
        days = DAYS.fullmatch(term)
        return int(f"{days[1]}{days[2] or 0}") if days else str(term)
    value = term.toPython()
    if isinstance(value, bool | int | float):
        return value
    return float(value) if term.datatype == XSD.decimal else str(term)


# ---- the triples ----------------------------------------------------------------------------------------------------


def ready(store: Store, terms: Terms, engine: str) -> tuple[Dataset, tuple[str, ...]]:
    """Return the store as a data set to ask, and notes for who asks."""
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # FROM names a graph of ours, never a page to load
    if engine == "rdflib":
        return dataset(store, terms), ()
    try:
        from oxrdflib import OxigraphStore
    except ImportError:
        return dataset(store, terms), (saying("no oxigraph"),)
    kept, notes = kept_triples(store, terms)
    found = Dataset(store=OxigraphStore(store=kept), default_union=True)
    bind(found, terms)
    return found, notes


def kept_triples(store: Store, terms: Terms) -> tuple[pyoxigraph.Store, tuple[str, ...]]:
    """Return the triples as they are kept beside the store, made anew when it has changed since."""
    import pyoxigraph

    top = store.path.parent / FOLDER
    place = top / stamp(store, terms)
    if not place.is_dir():
        try:
            keep(store, terms, place)
        except OSError as error:
            return loaded(pyoxigraph.Store(), store, terms), (saying("triples not kept", reason=system_words(error)),)
        drop_others(top, place)
    return pyoxigraph.Store.read_only(str(place)), ()


def stamp(store: Store, terms: Terms) -> str:
    """Return the name under which the triples of this state of the store are kept."""
    made_by = hashlib.sha256(f"{FORM} {version('thongsuot')} {terms.base}".encode())
    for name, sha256 in store.table("SELECT name, sha256 FROM sources ORDER BY name"):  # of another store: others
        made_by.update(f"\n{sha256} {name}".encode(errors="surrogatepass"))
    return f"{store.generation}-{made_by.hexdigest()[:12]}"


def keep(store: Store, terms: Terms, place: Path) -> None:
    """Write the triples to `place`, whole or not at all; another process may have been quicker."""
    import pyoxigraph

    draft = place.with_name(f".{place.name}-{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        made = pyoxigraph.Store(str(draft))
        loaded(made, store, terms)
        made.flush()
        del made
        if not place.is_dir():
            draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def loaded(made: pyoxigraph.Store, store: Store, terms: Terms) -> pyoxigraph.Store:
    """Return `made` with all triples of the store."""
    import pyoxigraph

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.nq")
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line(quad)} .\n" for quad in quads(store, terms))
        made.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    return made


def drop_others(top: Path, place: Path) -> None:
    """Remove the triples of older states, and drafts that nobody ended; what is open stays where the system says so."""
    for old in top.iterdir():
        in_work = old.name.startswith(".") and time.time() - old.stat().st_mtime < DRAFT_LIVES
        if old != place and not in_work:
            shutil.rmtree(old, ignore_errors=True)
