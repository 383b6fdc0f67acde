"""Keep the derived tables in step: which claim speaks of which document, for the numbers that changed and no others.

A claim belongs to a cell, cells that share a key form a component, and a component is settled as a whole by
`kg.identity.partition`, once for all that one transaction changes. So the work for one source depends on how often its
own numbers are stated in different ways, not on how much the store holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from kg.cells import Cell, split_key
from kg.identity import Group, digest, make_group, name_groups, partition, place_strangers
from kg.naming import body_name, like_day, parse_unit, unit_id

FIELDS = tuple(field.name for field in fields(Cell) if field.init)
MEMBERS = """SELECT c.id, c.fields, c.claims, c.mentions, c.document,
             (SELECT title FROM cell_titles t WHERE t.cell = c.id ORDER BY t.claims DESC, t.title LIMIT 1) AS title
             FROM cells c """


@dataclass(slots=True)
class Counted:
    """A cell that one transaction counts claims in: its row, its document with the date, and its most given title."""

    number: int
    document: str
    date: str
    titles: dict[str, int]  # those met, and the one that came first
    first: str


@dataclass(frozen=True, slots=True)
class Member:
    """A cell of a component with its row, its claims and mentions, and the document that it had."""

    number: int
    cell: Cell
    counts: tuple[int, int]
    document: str


class Settlement:
    """The cells that one transaction touches; `settle` decides anew what they mean."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        self._keys: set[str] = set()
        self._days: set[str] = set()
        self._old: set[str] = set()  # documents that may be gone
        self._units: set[str] = set()  # units that may be gone
        self._fresh: set[int] = set()  # cells with claims that have no document yet
        self._counted: dict[str, Counted] = {}
        self._named: set[str] = set()
        self._last: dict[str, int] = {}

    # ---- what changes -----------------------------------------------------------------------------------------------

    def undone(self) -> None:
        """Trust the tables alone: a part of the transaction was taken back (what it touched is still settled)."""
        self._counted.clear()
        self._named.clear()

    def row_numbers(self, table: str, count: int) -> range:
        """Return the numbers of the next `count` rows of a table."""
        if table not in self._last:
            row = self._db.execute(f"SELECT max(id) AS last FROM {table}").fetchone()
            self._last[table] = row["last"] or 0
        first = self._last[table] + 1
        self._last[table] += count
        return range(first, first + count)

    def count(self, cell: Cell, mentions: int) -> tuple[int, str]:
        """Count one more claim in `cell`; return the cell's row, and the claim's document when that is settled already.

        A further claim that only says what most say already changes no document, so nothing is decided anew for it:
        that keeps a directive cheap that every report cites.
        """
        known = self._counted.get(cell.signature) or self._look_up(cell)
        before = known.first
        self._db.execute(
            "UPDATE cells SET claims = claims + 1, mentions = mentions + ? WHERE id = ?", (mentions, known.number)
        )
        if cell.title and not cell.title_counts:
            self._count_title(known, cell.title)
        if known.document and known.first == before and (known.date == cell.date or not cell.date):
            return known.number, known.document
        self._fresh.add(known.number)
        self._touch(cell.keys, cell.day)
        return known.number, ""

    def _look_up(self, cell: Cell) -> Counted:
        found = self._db.execute(
            """SELECT c.id, c.document, d.date, d.nkey, d.family FROM cells c LEFT JOIN documents d ON d.id = c.document
               WHERE signature = ?""",
            (cell.signature,),
        ).fetchone()
        if found is None:
            known = Counted(self._new_cell(cell), "", "", {}, "")
        else:
            # One more claim may make another of its numbers the document's: not so if it is that already, or has none.
            same = (found["nkey"], found["family"]) == (cell.nkey, cell.family) or (found["nkey"] and not cell.nkey)
            known = Counted(found["id"], found["document"] if same else "", found["date"], {}, "")
            if not cell.title_counts:
                query = "SELECT title, claims FROM cell_titles WHERE cell = ? ORDER BY claims DESC, title LIMIT 1"
                first = self._db.execute(query, (known.number,)).fetchone()
                known.titles, known.first = ({first["title"]: first["claims"]}, first["title"]) if first else ({}, "")
        self._counted[cell.signature] = known
        return known

    def _new_cell(self, cell: Cell) -> int:
        cursor = self._db.execute(
            "INSERT INTO cells (signature, fields, day, claims, mentions) VALUES (?, ?, ?, 0, 0)",
            (cell.signature, fields_of(cell), cell.day),
        )
        number = int(cursor.lastrowid or 0)
        self._db.executemany("INSERT INTO cell_keys VALUES (?, ?)", [(key, number) for key in cell.keys])
        return number

    def _count_title(self, known: Counted, title: str) -> None:
        """Count one more claim with `title`, and see whether it is now the one that most give."""
        if title not in known.titles:
            query = "SELECT claims FROM cell_titles WHERE cell = ? AND title = ?"
            row = self._db.execute(query, (known.number, title)).fetchone()
            known.titles[title] = row["claims"] if row else 0
        known.titles[title] += 1
        self._db.execute(
            "INSERT OR REPLACE INTO cell_titles VALUES (?, ?, ?)", (known.number, title, known.titles[title])
        )
        if not known.first or (-known.titles[title], title) < (-known.titles[known.first], known.first):
            known.first = title

    def _touch(self, keys: Iterable[str], day: str) -> None:
        self._keys.update(keys)
        if day:
            self._days.add(day)

    def forget(self, source: int) -> None:
        """Take the claims and units of `source` out of the counts; the caller deletes their rows."""
        query = "SELECT cell, mentions, subject, document FROM claims WHERE source = ?"
        for row in self._db.execute(query, (source,)).fetchall():
            self._uncount(row["cell"], row["mentions"], row["subject"])
            self._old.add(row["document"])
        query = """SELECT unit FROM unit_claims WHERE source = ?
                   UNION SELECT unit FROM issuers JOIN claims c ON c.id = claim WHERE c.source = ?"""
        self._units.update(row["unit"] for row in self._db.execute(query, (source, source)))

    def _uncount(self, number: int, mentions: int, title: str) -> None:
        row = self._db.execute("SELECT fields FROM cells WHERE id = ?", (number,)).fetchone()
        cell = cell_from(row["fields"])
        self._counted.pop(cell.signature, None)
        self._touch(cell.keys, cell.day)
        self._db.execute(
            "UPDATE cells SET claims = claims - 1, mentions = mentions - ? WHERE id = ?", (mentions, number)
        )
        self._db.execute("UPDATE cell_titles SET claims = claims - 1 WHERE cell = ? AND title = ?", (number, title))
        self._db.execute("DELETE FROM cell_titles WHERE cell = ? AND title = ? AND claims <= 0", (number, title))

    def name_unit(self, name: str, date: str | None, province: str) -> str:
        """Keep the unit called `name`, and the body behind it; return its id."""
        known, body = unit_and_body(name, like_day(date) if date and len(date) == 10 else None, province)
        if known not in self._named:
            self._named.add(known)
            self._db.execute("INSERT OR IGNORE INTO units VALUES (?, ?)", (known, body))
        return known

    # ---- what follows -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Decide anew what the touched cells mean."""
        done: set[int] = set()
        for key in sorted(self._keys):
            component = self._component(key, done)
            if component:
                done.update(component)
                self._settle_component(list(component.values()))
        for day in sorted(self._days):
            self._settle_day(day)
        self._sweep()

    def _component(self, key: str, done: set[int]) -> dict[int, Member]:
        """Return the cells that hang together with `key` by their rows; those without claims are deleted on the way."""
        keys, seen, met = [key], {key}, set[int]()
        found: dict[int, Member] = {}
        while keys:
            query = f"{MEMBERS} JOIN cell_keys k ON k.cell = c.id WHERE k.key = ?"
            for row in self._db.execute(query, (keys.pop(),)).fetchall():
                if row["id"] in met or row["id"] in done:
                    continue
                met.add(row["id"])
                member = member_of(row)
                keys.extend(key for key in member.cell.keys if key not in seen)
                seen.update(member.cell.keys)
                if member.counts[0] > 0:
                    found[member.number] = member
                else:
                    self._drop(member)
        return found

    def _drop(self, member: Member) -> None:
        """Delete a cell in which no claim is left."""
        self._old.add(member.document)
        for table, column in (("cells", "id"), ("cell_keys", "cell"), ("cell_titles", "cell")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (member.number,))

    def _settle_component(self, members: list[Member]) -> None:
        """Give the cells of one component, and their claims, their documents."""
        rows = {member.cell: member for member in sorted(members, key=lambda member: member.number)}
        self._days.update(cell.day for cell in rows if cell.day)
        if any(cell.stranger for cell in rows):
            return  # all of them wait for their day
        groups = partition({cell: member.counts for cell, member in rows.items()})
        name_groups(groups)
        for group in groups:
            self._keep(group, [groups[place].id for place in group.candidates], rows)

    def _settle_day(self, day: str) -> None:
        """Give the cells of unknown place that bear one number and one day their documents.

        Mostly there is none, while thousands of offices may have the number on that day: only its key is looked up.
        """
        if self._db.execute("SELECT 1 FROM cell_keys WHERE key = ? LIMIT 1", (f"day {day}",)).fetchone() is None:
            return
        found = self._db.execute(f"{MEMBERS} WHERE c.day = ? AND c.day <> ''", (day,)).fetchall()
        members = [member for member in map(member_of, found) if member.counts[0]]
        rows = {member.cell: member for member in members if member.cell.stranger}
        known = {member.cell: member.document for member in members if member.cell not in rows and member.document}
        placed, rest = place_strangers(list(rows), known)
        for cell, document in placed.items():
            self._place(rows[cell], document)
        groups = [make_group(cells, {cell: rows[cell].counts for cell in cells}) for cells in rest]
        name_groups(groups)
        for group in groups:
            self._keep(group, [], rows)

    def _keep(self, group: Group, candidates: list[str], rows: dict[Cell, Member]) -> None:
        """Write the document that a group is, and give its claims their document."""
        if candidates:
            for cell in group.cells:
                self._keep_ambiguous(rows[cell], group, candidates)
            return
        state = "sure" if all(cell.known for cell in group.cells) or not group.cells[0].nkey else "unplaced"
        self._write_document(group.id, group, state, [])
        for cell in group.cells:
            self._place(rows[cell], group.id)

    def _keep_ambiguous(self, member: Member, group: Group, candidates: list[str]) -> None:
        """Give each claim of an ambiguous cell a document of its own: two bare mentions may mean two documents."""
        self._old.add(member.document)
        self._db.execute("UPDATE cells SET document = '' WHERE id = ?", (member.number,))
        query = """SELECT c.id, c.local, c.document, s.name FROM claims c JOIN sources s ON s.id = c.source
                   WHERE c.cell = ?"""
        if self._stays_ambiguous(member.number, group.id, candidates):
            query += " AND c.document = ''"
        for row in self._db.execute(query, (member.number,)).fetchall():
            own = f"{group.id}-{digest(row['name'] + chr(31) + row['local'])}"
            self._write_document(own, group, "ambiguous", candidates)
            if row["document"] != own:
                self._old.add(row["document"])
                self._db.execute("UPDATE claims SET document = ? WHERE id = ?", (own, row["id"]))

    def _stays_ambiguous(self, number: int, base: str, candidates: list[str]) -> bool:
        """Tell whether the older claims of a cell have the right documents; they all got them at once."""
        query = """SELECT d.id, d.candidates FROM claims c JOIN documents d ON d.id = c.document
                   WHERE c.cell = ? AND c.document <> '' LIMIT 1"""
        row = self._db.execute(query, (number,)).fetchone()
        return bool(row) and row["id"].rpartition("-")[0] == base and row["candidates"] == json.dumps(candidates)

    def _write_document(self, known: str, group: Group, state: str, candidates: list[str]) -> None:
        # of numbers that as many state the same one as `representative` takes for the id
        cell = min(group.cells, key=lambda c: (not c.nkey, c.recognised, -group.counts[c][0], c.signature))
        number = split_key(cell.nkey)[0] if cell.nkey else ""
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            (known, cell.nkey, number, cell.family, group.date, state, json.dumps(candidates)),
        )
        self._old.discard(known)

    def _place(self, member: Member, document: str) -> None:
        """Give the cell and its claims their document; claims that have it already are not looked at."""
        number, before = member.number, member.document
        if before == document:
            if number in self._fresh:
                query = "UPDATE claims SET document = ? WHERE cell = ? AND document = ''"
                self._db.execute(query, (document, number))
            return
        self._old.add(before)
        if not before:
            query = "SELECT DISTINCT document FROM claims WHERE cell = ? AND document <> ''"
            self._old.update(row["document"] for row in self._db.execute(query, (number,)))
        self._db.execute("UPDATE cells SET document = ? WHERE id = ?", (document, number))
        self._db.execute("UPDATE claims SET document = ? WHERE cell = ?", (document, number))

    def _sweep(self) -> None:
        """Delete documents and units of which nothing speaks any more."""
        for known in self._old - {""}:
            if self._db.execute("SELECT 1 FROM claims WHERE document = ? LIMIT 1", (known,)).fetchone() is None:
                self._db.execute("DELETE FROM documents WHERE id = ?", (known,))
        for known in self._units - {""}:
            used = "SELECT 1 FROM {} WHERE unit = ? LIMIT 1"
            tables = ("unit_claims", "issuers")
            if all(self._db.execute(used.format(table), (known,)).fetchone() is None for table in tables):
                self._db.execute("DELETE FROM units WHERE id = ?", (known,))


def fields_of(cell: Cell) -> str:
    """Return a cell as the store keeps it."""
    return json.dumps({name: getattr(cell, name) for name in FIELDS}, ensure_ascii=False)


@lru_cache(maxsize=16384)
def cell_from(stored: str) -> Cell:
    """Return the cell that `fields_of` wrote."""
    values: dict[str, Any] = json.loads(stored)
    given: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Cell(**given)


def member_of(row: sqlite3.Row) -> Member:
    """Return the cell of a row of `MEMBERS`, with the subject that most of its claims give."""
    cell = cell_from(row["fields"])
    if not cell.title_counts:
        cell = replace(cell, title=row["title"] or "")
    return Member(row["id"], cell, (row["claims"], row["mentions"]), row["document"])


@lru_cache(maxsize=16384)
def unit_and_body(name: str, on: str | None, province: str) -> tuple[str, str]:
    """Return the ids of a unit and of the body whose numbers it shares: the committee's for its standing board."""
    unit = parse_unit(name, on=on, province=province)
    known = unit_id(unit)
    body = body_name(unit)
    return known, known if body == unit.name else unit_id(parse_unit(body, on=on, province=province))
