"""Conclusions: documents, relations and actions as all statements together make them.

Each function asks the store for the statements about one thing and sums them up. The sum does not depend on the order
in which the sources were read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.cells import PARTY_CENTRE, split_key, type_class
from kg.conflicts import conflicts_of
from kg.language import saying
from kg.model import Document, Edge, Evidence, QueryError
from kg.naming import UnitName, names_the_centre, parse_unit
from kg.sentences import sentence_at
from kg.units import plain_day
from kg.votes import Votes

if TYPE_CHECKING:
    from kg.store import Store, UnitAction

MANY = 20  # candidates shown of a document whose issuer is unknown


class Said(NamedTuple):
    """What one report says of a document, beside what is decided of the document (`nkey` to `candidates`).

    `file` is the report's, where it is the document itself; `odd` where it contradicts itself; `recognised` where the
    report is a scan.
    """

    document: str
    kind: str
    type: str
    number: str | None
    symbol: str | None
    full: str | None
    date: str | None
    issuer: str | None
    title: str | None
    mentions: int
    file: str | None
    odd: int
    nkey: str
    day: str
    state: str
    candidates: str
    recognised: int


SAID = """SELECT c.document, c.kind, c.type, c.number, c.symbol, c.full, c.date, c.issuer, c.title, c.mentions,
          CASE c.local WHEN 'self' THEN (SELECT name FROM sources WHERE id = c.source) END,
          EXISTS (SELECT 1 FROM conflicts x WHERE x.claim = c.id), d.nkey, d.date, d.state, d.candidates,
          (SELECT recognised FROM sources WHERE id = c.source)
          FROM json_each(?) AS asked CROSS JOIN documents d ON d.id = asked.value
          CROSS JOIN claims c ON c.document = d.id"""
FIELDS = ("kind", "type", "number", "symbol", "full", "date", "issuer", "title")


def document(store: Store, document_id: str) -> Document | None:
    """Return the document with this id by all that is said of it, None when there is none."""
    return documents_at(store, (document_id,)).get(document_id)


def documents_at(store: Store, ids: Iterable[str]) -> dict[str, Document]:
    """Return the documents with these ids, as far as there are such, by id: together, for each question costs time."""
    said: dict[str, list[Said]] = {}
    for row in store.table(SAID, (json.dumps(sorted(set(ids))),)):
        said.setdefault(row[0], []).append(Said._make(row))
    return {known: document_of(store, claims) for known, claims in said.items()}


def document_of(store: Store, said: Sequence[Said]) -> Document:
    """Return the document by all that is `said` of it, one row or more."""
    row = said[0]
    if len(said) == 1 and row.mentions <= 1 and not row.odd:
        return named_once(store, row)
    votes = votes_of(said)
    own = sorted((claim for claim in said if claim.file), key=lambda claim: tuple(part or "" for part in claim[1:9]))
    own_title, own_issuer = (
        next((getattr(c, f) for c in own if getattr(c, f) and c.recognised <= votes[f].recognised), None)
        for f in ("title", "issuer")
    )
    issuer = issuer_said(own_issuer, votes["issuer"].winner())
    date, full = votes["date"].day(row.nkey), votes["full"].winner()
    level, locality, province = seat_of(store, row.document, issuer, date) or (
        level_alone(row.nkey, votes["type"].winner() or ""), "", ""
    )  # fmt: skip
    return Document(
        id=row.document,
        kind=votes["kind"].winner() or "other",
        type=votes["type"].winner() or "",
        number=votes["number"].winner(),
        symbol=votes["symbol"].winner(),
        full=full,
        date=date,
        issuer=issuer,
        title=own_title or votes["title"].fullest(),
        level=level,
        locality=locality,
        province=province,
        source=min((claim.file for claim in own if claim.file), default=None),
        dates=dates_of(store, row.document),
        conflicts=tuple(conflicts_of(store, row.document, date, issuer, full)),
        candidates=candidates_of(store, row),
        mentions=sum(claim.mentions for claim in said),
    )


def votes_of(said: Sequence[Said]) -> dict[str, Votes]:
    """Return for each field how often each value was given, by texts; by scans too where no text gives one."""
    alike: dict[tuple[Any, ...], list[int]] = {}  # thousands of reports say a handful of things of one directive
    for claim in said:
        alike.setdefault((claim.recognised, *claim[1:9]), []).append(claim.mentions)
    votes = {name: Votes() for name in FIELDS}
    for (recognised, *values), mentions in sorted(alike.items(), key=lambda item: item[0][0]):  # texts before scans
        for name, value in zip(FIELDS, values, strict=True):
            if recognised and not votes[name].recognised:
                day = votes[name].day("") if name == "date" else votes[name].winner()
                votes[name].recognised = day is None or (name == "date" and plain_day(day) is None)
            if not recognised or votes[name].recognised:
                votes[name].add(value, len(mentions), sum(mentions))
    return votes


def named_once(store: Store, said: Said) -> Document:
    """Return a document of which one report speaks once, as most are: nothing to weigh, nothing contradicts it."""
    known, kind, type, number, symbol, full, date, issuer, title, mentions, file, _, nkey, *_ = said
    seat = seat_of(store, known, issuer or None, date or None) or (level_alone(nkey, type), "", "")
    dates = ((date, 1),) if date else ()
    candidates = () if said.state == "sure" else candidates_of(store, said)
    return Document(
        known, kind or "other", type, number or None, symbol or None, full or None, date or None, issuer or None,
        title or None, *seat, file, dates, (), candidates, mentions,
    )  # fmt: skip


def issuer_said(own: str | None, words: str | None) -> str | None:
    """Return the issuer that a document's own heading names, else most `words`.

    One heading, the Central Committee's, stands over what the Politburo and the Secretariat issue too (36-HD/VPTW):
    there the words of others tell which of the three it was.
    """
    if own and words and parse_unit(own).body == "ban chap hanh trung uong" and parse_unit(words).body in PARTY_CENTRE:
        return words
    return own or words


Seat = tuple[str, str, str]  # level, locality and province of an issuer


def seat_of(store: Store, document_id: str, issuer: str | None, date: str | None) -> Seat | None:
    """Return where the issuer of a document has its seat, None when nobody names the issuer."""
    if issuer is None:
        return None
    seat, settled = seat_alone(issuer, plain_day(date))
    unit = None if settled else issuer_of(store, document_id, issuer, date)
    return seat_in(unit) if unit else seat


def issuer_of(store: Store, document_id: str, issuer: str | None, date: str | None) -> UnitName | None:
    """Return the issuer's name taken apart, read as the sources around it read it."""
    if issuer is None:
        return None
    plain = parse_unit(issuer, on=plain_day(date))
    if plain.place is None or plain.province:
        return plain
    query = (
        "SELECT DISTINCT s.header FROM claims c JOIN sources s ON s.id = c.source WHERE c.document = ? AND c.issuer = ?"
    )
    homes = {
        parse_unit(header["issuer"]).province
        for row in store.rows(query, (document_id, issuer))
        if (header := json.loads(row["header"]))["issuer"]
    }
    return parse_unit(issuer, on=plain_day(date), province=min(homes)) if len(homes) == 1 else plain


@lru_cache(maxsize=65536)
def seat_alone(issuer: str, day: str | None) -> tuple[Seat, bool]:
    """Return the seat that an issuer's name tells by itself, and whether that is all there is to know."""
    plain = parse_unit(issuer, on=day)
    return seat_in(plain), plain.place is None or bool(plain.province)


def seat_in(name: UnitName) -> Seat:
    """Return level, locality and province of a name taken apart."""
    return name.level, name.locality, name.province


def level_alone(nkey: str, type: str) -> str:
    """Return the level that type and letters tell by themselves: a law is the centre's, and so are TW and TTg."""
    if type_class(type) in {"luat", "hp", "pl"}:
        return "trung ương"
    issuer = split_key(nkey)[3] if nkey else ()
    return "trung ương" if issuer and names_the_centre(issuer[0]) else "khác"


def texts_of(store: Store, document_id: str) -> int:
    """Return how many texts, which are no scans, tell of the document."""
    query = """SELECT count(DISTINCT s.id) AS n FROM claims c JOIN sources s ON s.id = c.source
               WHERE c.document = ? AND NOT s.recognised"""
    return sum(int(row["n"]) for row in store.rows(query, (document_id,)))


def scans_among(store: Store, names: Iterable[str]) -> frozenset[str]:
    """Return those of these sources whose words were recognised."""
    query = "SELECT s.name FROM json_each(?) AS asked JOIN sources s ON s.name = asked.value WHERE s.recognised"
    return frozenset(row["name"] for row in store.rows(query, (json.dumps(sorted(set(names))),)))


def dates_of(store: Store, document_id: str) -> tuple[tuple[str, int], ...]:
    """Return the dates that texts attest, or else scans, with the number of statements, the likeliest first."""
    count = dates_in(store, document_id, 0) or dates_in(store, document_id, 1)
    return tuple(sorted(count.items(), key=lambda item: (-item[1], -len(item[0]), item[0])))


def dates_in(store: Store, document_id: str, recognised: int) -> Counter[str]:
    """Return how often texts, or scans where `recognised` is 1, give each date."""
    count: Counter[str] = Counter()
    asked = (document_id, recognised)
    query = """SELECT m.date, count(*) AS n FROM claims c JOIN sources s ON s.id = c.source
               JOIN mentions m ON m.claim = c.id
               WHERE c.document = ? AND s.recognised = ? AND m.date IS NOT NULL GROUP BY m.date"""
    for row in store.rows(query, asked):
        count[row["date"]] += row["n"]
    query = """SELECT c.date, count(*) AS n FROM claims c JOIN sources s ON s.id = c.source
               WHERE c.document = ? AND s.recognised = ? AND c.date IS NOT NULL AND NOT EXISTS
               (SELECT 1 FROM mentions m WHERE m.claim = c.id AND m.date = c.date) GROUP BY c.date"""
    for row in store.rows(query, asked):
        count[row["date"]] += row["n"]
    query = """SELECT DISTINCT x.value FROM claims c JOIN sources s ON s.id = c.source
               JOIN conflicts x ON x.claim = c.id WHERE c.document = ? AND s.recognised = ? AND x.field = 'date'"""
    for row in store.rows(query, asked):
        count.setdefault(row["value"], 1)
    return count


def candidates_of(store: Store, said: Said) -> tuple[str, ...]:
    """Return the documents that an ambiguous one may be; for one of unknown place, those with its number and day."""
    if said.state == "ambiguous":
        return tuple(json.loads(said.candidates))
    if said.state == "sure" or not said.nkey:
        return ()
    query = """SELECT id FROM documents WHERE nkey = ? AND state = 'sure' AND (? = '' OR date = '' OR date = ?)
               ORDER BY id LIMIT ?"""
    return tuple(row["id"] for row in store.rows(query, (said.nkey, said.day, said.day, MANY)))


def must_have(store: Store, document_id: str) -> Document:
    """Return the document with this id; QueryError when there is none."""
    found = document(store, document_id)
    if found is None:
        raise unknown(document_id)
    return found


def unknown(document_id: str) -> QueryError:
    """Return the error that says that there is no such document."""
    return QueryError(saying("no such document", id=document_id))


# ---- relations and actions ------------------------------------------------------------------------------------------

RELATED = """SELECT a.document AS source, r.type, b.document AS target, r.status, s.name, r.start, r."end", r.evidence,
             r.rule, s.recognised FROM relations r JOIN claims a ON a.id = r.subject JOIN claims b ON b.id = r.object
             JOIN sources s ON s.id = r.source WHERE {} AND a.document <> b.document AND r.type <> 'cites'
             ORDER BY a.document, r.type, b.document, s.name, r.start, r."end", r.rule"""
# Every report cites what it mentions; the relations that it states of itself say more.
CITED = """SELECT o.document AS source, 'cites' AS type, c.document AS target, 'done' AS status, s.name, m.start,
           m."end", m.text AS evidence, m.form AS rule, s.recognised, s.id AS reader FROM mentions m
           JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source
           JOIN claims o ON o.source = s.id AND o.local = 'self'
           WHERE {} AND o.document <> c.document ORDER BY o.document, c.document, s.name, m.start"""


def edges(store: Store) -> Iterator[Edge]:
    """Yield all stated relations between documents."""
    return gathered(store.rows(RELATED.format("1")))


def edges_at(store: Store, document_id: str, *, up: bool = True, down: bool = True) -> list[Edge]:
    """Return the stated relations of one document: `up` those that it has, `down` those that others have to it."""
    found: list[Edge] = []
    if up:
        found += gathered(store.rows(RELATED.format("a.document = ?"), (document_id,)))
    if down:
        found += gathered(store.rows(RELATED.format("b.document = ?"), (document_id,)))
    return found


CHUNK = 500  # ids in one query


def chunks(ids: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield parts of `ids`, each with the question marks that stand for it in a query."""
    for start in range(0, len(ids), CHUNK):
        chunk = tuple(ids[start : start + CHUNK])
        yield chunk, ", ".join("?" * len(chunk))


def citations_of(store: Store, document_id: str) -> list[Edge]:
    """Return the reports that mention the document, with the sentences."""
    rows = store.rows(CITED.format("c.document = ?"), (document_id,))
    return [with_sentences(store, edge) for edge in gathered(rows)]


def citations_by(store: Store, document_id: str) -> list[Edge]:
    """Return what the document, when it was itself read, mentions, with the sentences."""
    rows = store.rows(CITED.format("o.document = ?"), (document_id,))
    return [with_sentences(store, edge) for edge in gathered(rows)]


def with_sentences(store: Store, edge: Edge) -> Edge:
    """Return `edge` with whole sentences in place of the bare mentions."""
    texts = {item.source: store.source_text(item.source) for item in edge.evidence}
    evidence = [
        sentence_at(item.source, texts[item.source], item.start, item.end, item.rule, item.status)
        for item in edge.evidence
    ]
    return Edge(edge.source, edge.target, edge.type, edge.status, tuple(dict.fromkeys(evidence)))


def gathered(rows: Iterable[object]) -> Iterator[Edge]:
    """Yield one edge for all rows (sorted) of the same source, type and target; done when one sentence says so."""
    pending: tuple[str, str, str] | None = None
    evidence: list[Evidence] = []
    for item in rows:
        row = dict(item)  # type: ignore[call-overload]
        ends = row["source"], row["type"], row["target"]
        if pending and ends != pending:
            yield edge_of(pending, evidence)
            evidence = []
        pending = ends
        evidence.append(evidence_of(row))
    if pending:
        yield edge_of(pending, evidence)


def evidence_of(row: dict[str, object]) -> Evidence:
    """Return the evidence that a row of relations, mentions or actions carries."""
    return Evidence(
        str(row["name"]),
        int(str(row["start"])),
        int(str(row["end"])),
        str(row["evidence"]),
        str(row["rule"]),
        str(row["status"]),
        bool(row["recognised"]),
    )


def edge_of(ends: tuple[str, str, str], evidence: list[Evidence]) -> Edge:
    """Return the edge with all its evidence, what is done before what is planned."""
    source, kind, target = ends
    done = [item for item in evidence if item.status == "done"]
    ordered = tuple(done + [item for item in evidence if item.status != "done"])
    return Edge(source, target, kind, "done" if done else "planned", ordered)


def unit_actions(store: Store) -> Iterator[UnitAction]:
    """Yield what the sources say that units did."""
    yield from actions_where(store, "1", ())


def actions_where(store: Store, condition: str, parameters: tuple[str, ...]) -> Iterator[UnitAction]:
    """Yield the unit actions that fit an SQL condition on unit claims `u`, actions `a` and claims `c`."""
    from kg.store import UnitAction

    query = f"""SELECT u.unit, a.action, c.document, s.name, a.start, a."end", a.evidence, a.rule, a.status,
                s.recognised FROM actions a JOIN unit_claims u ON u.id = a.unit JOIN claims c ON c.id = a.claim
                JOIN sources s ON s.id = a.source WHERE {condition}
                ORDER BY u.unit, a.action, c.document, s.name, a.start, a."end", a.rule"""
    for row in store.rows(query, parameters):
        yield UnitAction(row["unit"], row["action"], row["document"], evidence_of(dict(row)))
