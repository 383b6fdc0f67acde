"""What in the store should be looked at: contradictions, documents wanted, missing middle levels, open mentions.

Each is a question with its sentences, never a verdict: a document that is cited and was not read is *not read*, and a
level of which nothing is known may well have done its part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import facts
from kg.cells import likeness, title_words
from kg.contradictions import contradictions
from kg.fold import fold
from kg.gaps import Gap, gaps
from kg.model import Document, Evidence
from kg.sides import Contradiction, sentence_in

if TYPE_CHECKING:
    import sqlite3

    from kg.store import Store

__all__ = [
    "KINDS",
    "Candidate",
    "Citing",
    "Contradiction",
    "Findings",
    "Gap",
    "OpenMention",
    "Wanted",
    "ambiguous",
    "check",
    "contradictions",
    "gaps",
    "wanted",
    "wanted_count",
]

KINDS = ("contradictions", "wanted", "gaps", "ambiguous")
ALIKE = 0.6  # of two subjects, as in kg.identity


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of each kind that was asked for, at most as many as wanted, and how many there are of it."""

    sources: int
    totals: dict[str, int]
    contradictions: tuple[Contradiction, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    gaps: tuple[Gap, ...] = ()
    ambiguous: tuple[OpenMention, ...] = ()


def check(store: Store, kinds: Sequence[str] = KINDS, limit: int | None = None) -> Findings:
    """Return what should be looked at: of each of `kinds` the first `limit` (None: all)."""
    with store.snapshot():
        found: dict[str, list[Any]] = {}
        totals: dict[str, int] = {}
        for kind, find in (("contradictions", contradictions), ("gaps", gaps), ("ambiguous", ambiguous)):
            if kind in kinds:
                found[kind] = find(store)
                totals[kind] = len(found[kind])
        if "wanted" in kinds:
            found["wanted"] = wanted(store, limit)
            totals["wanted"] = wanted_count(store)
        sources = int(next(store.rows("SELECT count(*) AS n FROM sources"))["n"])
        shown: dict[str, Any] = {kind: tuple(items[:limit]) for kind, items in found.items()}
        return Findings(sources, {kind: totals[kind] for kind in KINDS if kind in totals}, **shown)


# ---- cited and not read ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citing:
    """A report that cites a document: its file, the document that it is, its issuer, and how often it cites."""

    source: str
    document: str
    issuer: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that `cited_by` cite and that is not in the store itself."""

    document: Document
    cited_by: tuple[Citing, ...]

    @property
    def mentions(self) -> int:
        """Return how often it is cited."""
        return sum(citing.mentions for citing in self.cited_by)


# Where the issuer is unknown but a known document has the number and the day, it is that mention that is open.
ABSENT = """FROM claims c JOIN documents d ON d.id = c.document WHERE d.state <> 'ambiguous' AND c.mentions > 0
            AND c.document NOT IN (SELECT document FROM claims WHERE local = 'self')
            AND NOT (d.state = 'unplaced' AND EXISTS (SELECT 1 FROM documents o WHERE o.nkey = d.nkey
                     AND o.state = 'sure' AND (d.date = '' OR o.date = '' OR o.date = d.date)))"""


def wanted_count(store: Store) -> int:
    """Return how many documents are cited and were not read."""
    return int(next(store.rows(f"SELECT count(DISTINCT c.document) AS n {ABSENT}"))["n"])


def wanted(store: Store, limit: int | None = None) -> list[Wanted]:
    """Return the documents that are cited and were not read, those that most reports cite first."""
    query = f"""SELECT c.document, count(DISTINCT c.source) AS reports, sum(c.mentions) AS mentions {ABSENT}
                GROUP BY c.document ORDER BY reports DESC, mentions DESC, c.document LIMIT ?"""
    with store.snapshot():
        rows = list(store.rows(query, (-1 if limit is None else limit,)))
        found = [(store.document(row["document"]), row["document"]) for row in rows]
        return [Wanted(document, citing(store, known)) for document, known in found if document is not None]


def citing(store: Store, document: str) -> tuple[Citing, ...]:
    """Return the reports that cite the document, those that cite it most first."""
    query = """SELECT s.name, s.header, sum(c.mentions) AS mentions, o.document FROM claims c
               JOIN sources s ON s.id = c.source LEFT JOIN claims o ON o.source = s.id AND o.local = 'self'
               WHERE c.document = ? AND c.mentions > 0 GROUP BY s.id ORDER BY mentions DESC, s.name"""
    return tuple(
        Citing(row["name"], row["document"] or "", json.loads(row["header"])["issuer"], row["mentions"])
        for row in store.rows(query, (document,))
    )


# ---- mentions that stay open ----------------------------------------------------------------------------------------

Reason = tuple[str, str]  # a key of data/labels.csv (field "reason"), and the value that fills it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a mention may mean, and what speaks for it."""

    document: Document
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpenMention:
    """Mentions that fit several documents: `reasons` tell what they leave out, `candidates` what they may mean."""

    document: Document
    reasons: tuple[Reason, ...]
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]


def ambiguous(store: Store) -> list[OpenMention]:
    """Return the mentions that stay open, with the documents that they may mean; by file and place."""
    query = "SELECT id FROM documents WHERE state IN ('ambiguous', 'unplaced') ORDER BY id"
    with store.snapshot():
        known = [store.document(row["id"]) for row in list(store.rows(query))]
        found = [open_mention(store, document) for document in known if document is not None and document.candidates]
    return sorted(found, key=lambda one: [(item.source, item.start) for item in one.evidence])


def open_mention(store: Store, document: Document) -> OpenMention:
    """Return what is open about the mentions of one undecided document."""
    statement = stated(store, document.id)
    known = facts.documents_at(store, document.candidates)
    candidates = [Candidate(one, tuple(in_favour(statement, one))) for one in known.values()]
    return OpenMention(
        document,
        tuple(left_out(statement)),
        tuple(sorted(candidates, key=lambda one: nearness(statement, one), reverse=True)),
        tuple(sentences(store, document.id)),
    )


def nearness(statement: sqlite3.Row, candidate: Candidate) -> tuple[int, str, int, str]:
    """Return how much speaks for a candidate: the reasons, then a late day among those before the report, mentions."""
    written, day = json.loads(statement["header"])["date"] or "9999", candidate.document.date or ""
    return len(candidate.reasons), day if day <= written else "", candidate.document.mentions, candidate.document.id


def stated(store: Store, document: str) -> sqlite3.Row:
    """Return what is said of an undecided document, by one claim: each has its own."""
    query = """SELECT c.type, c.full, c.number, c.date, c.issuer, c.title, c.term, s.header FROM claims c
               JOIN sources s ON s.id = c.source WHERE c.document = ? ORDER BY c.mentions DESC, s.name LIMIT 1"""
    return next(store.rows(query, (document,)))


def left_out(statement: sqlite3.Row) -> Iterator[Reason]:
    """Yield what the mentions do not say that would decide."""
    if not statement["date"] or len(statement["date"]) < 10:
        yield ("no day", "")
    if not statement["issuer"]:
        yield ("no issuer", "")
    if not statement["title"]:
        yield ("no title", "")


def in_favour(statement: sqlite3.Row, candidate: Document) -> Iterator[Reason]:
    """Yield what speaks for a candidate: its number, day, term, subject, and that it is older than the report."""
    if statement["full"]:
        yield ("number", candidate.full or statement["full"])
    date, other = statement["date"] or "", candidate.date or ""
    if date and other and (other.startswith(date) or date.startswith(other)):
        yield ("date", min(date, other, key=len))
    if statement["term"] and fold(statement["term"]) in fold(candidate.issuer or ""):
        yield ("term", statement["term"])
    if (likeness(title_words(statement["title"]), title_words(candidate.title)) or 0) >= ALIKE:
        yield ("title", "")
    written = json.loads(statement["header"])["date"] or ""
    if written and other and other[: len(written)] <= written[: len(other)]:
        yield ("before", written)


def sentences(store: Store, document: str) -> Iterator[Evidence]:
    """Yield the sentences that mention the document."""
    query = """SELECT s.name, m.start, m."end" FROM mentions m JOIN claims c ON c.id = m.claim
               JOIN sources s ON s.id = m.source WHERE c.document = ? ORDER BY s.name, m.start"""
    for row in list(store.rows(query, (document,))):
        yield sentence_in(store, row["name"], row["start"], row["end"])
