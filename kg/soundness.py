"""Whether a store is sound: what it keeps hangs together, and what it concludes follows from what it keeps.

    for finding in findings(store, step): ...

The conclusions are drawn anew from the statements, in a store of their own, and compared row by row: so they hold
whatever the order in which files came, changed and went.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.language import Saying, saying
from kg.model import Claim, Conflict, Extraction, Mention, UnitClaim
from kg.store import Store

AT_ONCE = 500  # sources whose conclusions are drawn in one transaction
UNREADABLE = (ValueError, KeyError, TypeError, IndexError)  # what comes of rows that are not as they were written


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: in which part of the store, what, and what to do."""

    part: str
    what: Saying
    remedy: Saying


# Rows that speak of a row which must be there.
REFERENCES = (
    ("claims", "source", "sources"),
    ("claims", "cell", "cells"),
    ("issuers", "claim", "claims"),
    ("names", "claim", "claims"),
    ("conflicts", "claim", "claims"),
    ("mentions", "source", "sources"),
    ("mentions", "claim", "claims"),
    ("relations", "source", "sources"),
    ("relations", "subject", "claims"),
    ("relations", "object", "claims"),
    ("unit_claims", "source", "sources"),
    ("actions", "source", "sources"),
    ("actions", "unit", "unit_claims"),
    ("actions", "claim", "claims"),
    ("passages", "source", "sources"),
    ("cell_keys", "cell", "cells"),
    ("cell_titles", "cell", "cells"),
)

PLACES = ("mentions", "relations", "actions", "passages")  # rows that tell where in the text they come from

# What is concluded, without the numbers that rows happen to have.
CONCLUSIONS = {
    "cells": "SELECT json_array(signature, day, claims, mentions, document) FROM cells",
    "documents": "SELECT json_array(id, nkey, number, family, date, state, candidates) FROM documents",
    "units": "SELECT json_array(id, body) FROM units",
    "claims": """SELECT json_array(s.name, c.local, c.mentions, c.subject, c.document, e.signature) FROM claims c
        JOIN sources s ON s.id = c.source JOIN cells e ON e.id = c.cell""",
    "issuers": """SELECT json_array(s.name, c.local, i.unit, i.name) FROM issuers i JOIN claims c ON c.id = i.claim
        JOIN sources s ON s.id = c.source""",
    "names": """SELECT json_array(s.name, c.local, n.name) FROM names n JOIN claims c ON c.id = n.claim
        JOIN sources s ON s.id = c.source""",
    "unit_claims": """SELECT json_array(s.name, u.local, u.unit) FROM unit_claims u
        JOIN sources s ON s.id = u.source""",
}


def findings(store: Store, step: Callable[[str], None]) -> Iterator[Finding]:
    """Yield what is wrong with a store; of a damaged file nothing more is looked at.

    `step` is told the name of each source that has been looked at.
    """
    with store.snapshot():
        damaged = list(damage(store))
        yield from damaged
        if damaged:
            return
        broken = list(loose_ends(store))
        with fresh_store() as other:
            for some in batched(store.rows("SELECT id, name, sha256, text FROM sources ORDER BY name"), AT_ONCE):
                broken += check_sources(store, other, some, step)
            yield from broken
            yield from unread_files(store)
            if not broken:
                yield from wrong_conclusions(store, other)


@contextmanager
def fresh_store() -> Iterator[Store]:
    """Give a store to conclude in, gone afterwards."""
    place = TemporaryDirectory(prefix="thongsuot-verify-", ignore_cleanup_errors=True)
    with place as folder, Store.open(Path(folder), write=True) as store:
        yield store


def batched(rows: Iterator[sqlite3.Row], size: int) -> Iterator[tuple[sqlite3.Row, ...]]:
    """Yield `size` rows at a time."""
    while some := tuple(islice(rows, size)):
        yield some


def check_sources(
    store: Store, other: Store, sources: Sequence[sqlite3.Row], step: Callable[[str], None]
) -> list[Finding]:
    """Return what is wrong with some sources, and let the store `other` conclude from what the sound ones state."""
    found: list[Finding] = []
    with other.batch():
        for row in sources:
            wrong = list(wrong_source(store, row))
            if not wrong:
                try:
                    other.add(stated_in(store, row["name"]))
                except UNREADABLE:
                    wrong = [Finding("sources", saying("source unreadable", name=row["name"]), again(row["name"]))]
            found += wrong
            step(row["name"])
    return found


def damage(store: Store) -> Iterator[Finding]:
    """Yield what SQLite finds wrong with its file."""
    for row in islice(store.rows("PRAGMA integrity_check(10)"), 10):
        if row[0] != "ok":
            yield Finding("file", saying("file damaged", path=store.path, message=row[0]), make_again())


def loose_ends(store: Store) -> Iterator[Finding]:
    """Yield the tables with rows that speak of what is not there."""
    for table, column, target in REFERENCES:
        query = f"""SELECT count(*) FROM {table} t LEFT JOIN {target} o ON o.id = t."{column}" WHERE o.id IS NULL"""
        if count := next(store.rows(query))[0]:
            yield Finding(table, saying("rows loose", n=count, table=target), make_again())
    query = "SELECT count(*) FROM claims c LEFT JOIN documents d ON d.id = c.document WHERE d.id IS NULL"
    if count := next(store.rows(query))[0]:
        yield Finding("claims", saying("rows loose", n=count, table="documents"), make_again())


def wrong_source(store: Store, row: sqlite3.Row) -> Iterator[Finding]:
    """Yield what is wrong with one source: its text is not the one that was read, or something stands beside it."""
    name: str = row["name"]
    text: str = row["text"]
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["sha256"]:
        yield Finding("sources", saying("text changed", name=name), again(name))
        return
    for table in PLACES:
        if count := wrong_places(store, table, row["id"], text):
            yield Finding(table, saying("places wrong", n=count, name=name), again(name))


def again(name: str) -> Saying:
    """Return how one source is read again."""
    return saying("source again", name=name)


def make_again() -> Saying:
    """Return what helps where the store itself is wrong."""
    return saying("store again")


def wrong_places(store: Store, table: str, source: int, text: str) -> int:
    """Return how many rows of one source point beside its text; the words of a mention must stand at its place."""
    words = "text" if table == "mentions" else "NULL"
    rows = store.rows(f'SELECT start, "end", {words} FROM {table} WHERE source = ?', (source,))
    return sum(
        not 0 <= start <= end <= len(text) or (said is not None and text[start:end] != said)
        for start, end, said in rows
    )


def unread_files(store: Store) -> Iterator[Finding]:
    """Yield the files that are taken for read and of which nothing is kept."""
    query = """SELECT name FROM files f WHERE NOT EXISTS (SELECT 1 FROM sources s WHERE s.name = f.name)
               AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.name >= f.name || '/' AND s.name < f.name || '0')"""
    for row in store.rows(query):
        yield Finding("files", saying("file not kept", name=row["name"]), again(row["name"]))


# ---- conclusions ----------------------------------------------------------------------------------------------------


def wrong_conclusions(store: Store, other: Store) -> Iterator[Finding]:
    """Yield the tables of conclusions in which something does not follow from the statements."""
    for table, query in CONCLUSIONS.items():
        if count := differences(store, other, query):
            yield Finding(table, saying("rows unfounded", n=count), make_again())


def differences(store: Store, other: Store, query: str) -> int:
    """Return how many rows of a query only one of two stores has; both are gone through in order, side by side."""
    ours, theirs = (texts(some, f"{query} ORDER BY 1") for some in (store, other))
    one, two = next(ours, None), next(theirs, None)
    count = 0
    while one is not None or two is not None:
        count += one != two
        here, there = one is not None and (two is None or one <= two), two is not None and (one is None or two <= one)
        one = next(ours, None) if here else one
        two = next(theirs, None) if there else two
    return count


def texts(store: Store, query: str) -> Iterator[str]:
    """Yield the rows of a query of one column."""
    return (str(row[0]) for row in store.rows(query))


def stated_in(store: Store, name: str) -> Extraction:
    """Return the statements of one source from which something is concluded: its claims, mentions and units."""
    source = store.source(name)
    row = next(store.rows("SELECT id FROM sources WHERE name = ?", (name,)))
    if source is None:
        raise KeyError(name)
    claims = list(store.rows("SELECT * FROM claims WHERE source = ? ORDER BY id", (row["id"],)))
    local = {claim["id"]: claim["local"] for claim in claims}
    conflicts = conflicts_of(store, row["id"])
    return Extraction(
        source.name,
        source.sha256,
        source.header,
        source.kind,
        "",
        documents=tuple(claim_of(claim, tuple(conflicts[claim["id"]])) for claim in claims),
        mentions=tuple(
            Mention(m["start"], m["end"], m["text"], local[m["claim"]], m["form"])
            for m in store.rows("SELECT * FROM mentions WHERE source = ? ORDER BY rowid", (row["id"],))
        ),
        units=tuple(
            UnitClaim(u["local"], u["name"], u["level"], u["parent"], tuple(json.loads(u["aliases"])))
            for u in store.rows("SELECT * FROM unit_claims WHERE source = ? ORDER BY id", (row["id"],))
        ),
    )


def claim_of(row: sqlite3.Row, conflicts: tuple[Conflict, ...]) -> Claim:
    """Return the claim that a row keeps."""
    facts = (row["type"], row["number"], row["symbol"], row["full"], row["date"], row["issuer"], row["title"])
    return Claim(row["local"], row["kind"], *facts, row["term"], conflicts)


def conflicts_of(store: Store, source: int) -> dict[int, list[Conflict]]:
    """Return the contradictions that a source states, by the rows of their claims."""
    found: dict[int, list[Conflict]] = defaultdict(list)
    query = "SELECT o.* FROM conflicts o JOIN claims c ON c.id = o.claim WHERE c.source = ? ORDER BY o.rowid"
    for row in store.rows(query, (source,)):
        found[row["claim"]].append(Conflict(row["field"], row["value"], row["start"] or 0, row["end"] or 0))
    return found
