"""Keep the derived tables in step: which claim speaks of which document, for the numbers that changed and no others.

A claim belongs to a cell, cells that share a key form a component, and a component is settled as a whole by
`kg.identity.partition`. So the work for one source depends on how often its own numbers are stated in different ways,
not on how much the store holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from kg.cells import Cell, split_key
from kg.identity import Group, digest, make_group, name_groups, partition, place_strangers
from kg.naming import UnitName, body_name, parse_unit, unit_id


class Settlement:
    """The cells that one change of the store touches; `settle` decides anew what they mean."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        self._keys: set[str] = set()
        self._days: set[str] = set()
        self._old: set[str] = set()  # documents that may be gone
        self._units: set[str] = set()  # units that may be gone

    # ---- what changes -----------------------------------------------------------------------------------------------

    def count(self, cell: Cell, mentions: int) -> tuple[int, str]:
        """Count one more claim in `cell`; return the cell's row, and the claim's document when that is settled already.

        A further claim that only says what most say already changes no document, so nothing is decided anew for it:
        that keeps a directive cheap that every report cites.
        """
        found = self._db.execute(
            """SELECT c.id, c.document, d.date FROM cells c LEFT JOIN documents d ON d.id = c.document
               WHERE signature = ?""",
            (cell.signature,),
        ).fetchone()
        number = found["id"] if found else self._new_cell(cell)
        before = self._first_title(number)
        self._db.execute(
            "UPDATE cells SET claims = claims + 1, mentions = mentions + ? WHERE id = ?", (mentions, number)
        )
        if cell.title:
            self._db.execute(
                "INSERT INTO cell_titles VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET claims = claims + 1",
                (number, cell.title),
            )
        settled = found and found["document"] and (found["date"] == cell.date or not cell.date)
        if settled and self._first_title(number) == before:
            return number, found["document"]
        self._touch(cell.keys, cell.day)
        return number, ""

    def _new_cell(self, cell: Cell) -> int:
        cursor = self._db.execute(
            "INSERT INTO cells (signature, fields, day, claims, mentions) VALUES (?, ?, ?, 0, 0)",
            (cell.signature, json.dumps(asdict(cell), ensure_ascii=False), cell.day),
        )
        number = int(cursor.lastrowid or 0)
        self._db.executemany("INSERT INTO cell_keys VALUES (?, ?)", [(key, number) for key in cell.keys])
        return number

    def _first_title(self, number: int) -> str:
        query = "SELECT title FROM cell_titles WHERE cell = ? ORDER BY claims DESC, title LIMIT 1"
        row = self._db.execute(query, (number,)).fetchone()
        return row["title"] if row else ""

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
        cell = self._load(number)
        self._touch(cell.keys, cell.day)
        self._db.execute(
            "UPDATE cells SET claims = claims - 1, mentions = mentions - ? WHERE id = ?", (mentions, number)
        )
        self._db.execute("UPDATE cell_titles SET claims = claims - 1 WHERE cell = ? AND title = ?", (number, title))
        self._db.execute("DELETE FROM cell_titles WHERE cell = ? AND title = ? AND claims <= 0", (number, title))

    def name_unit(self, name: str, date: str | None, province: str) -> str:
        """Keep the unit called `name`, and the body behind it; return its id."""
        on = date if date and len(date) == 10 else None
        unit = parse_unit(name, on=on, province=province)
        known = unit_id(unit)
        self._db.execute("INSERT OR IGNORE INTO units VALUES (?, ?)", (known, body_id(unit, on, province)))
        return known

    # ---- what follows -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Decide anew what the touched cells mean."""
        done: set[int] = set()
        for key in sorted(self._keys):
            component = self._component(key, done)
            if component:
                done.update(component)
                self._settle_component(component)
        for day in sorted(self._days):
            self._settle_day(day)
        self._sweep()

    def _component(self, key: str, done: set[int]) -> list[int]:
        """Return the cells that hang together with `key`; those without claims are deleted on the way."""
        keys, seen_keys, cells = [key], {key}, set[int]()
        while keys:
            query = (
                """SELECT k.cell, c.claims, c.document FROM cell_keys k JOIN cells c ON c.id = k.cell WHERE k.key = ?"""
            )
            for row in self._db.execute(query, (keys.pop(),)).fetchall():
                if row["cell"] in cells or row["cell"] in done:
                    continue
                cells.add(row["cell"])
                near = self._db.execute("SELECT key FROM cell_keys WHERE cell = ?", (row["cell"],)).fetchall()
                fresh = {other["key"] for other in near} - seen_keys
                seen_keys |= fresh
                keys.extend(fresh)
        return sorted(cell for cell in cells if not self._drop_empty(cell))

    def _drop_empty(self, number: int) -> bool:
        """Delete the cell when no claim is left in it; tell whether that was so."""
        row = self._db.execute("SELECT claims, document FROM cells WHERE id = ?", (number,)).fetchone()
        if row["claims"] > 0:
            return False
        self._old.add(row["document"])
        for table, column in (("cells", "id"), ("cell_keys", "cell"), ("cell_titles", "cell")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
        return True

    def _load(self, number: int) -> Cell:
        row = self._db.execute("SELECT fields FROM cells WHERE id = ?", (number,)).fetchone()
        stored: dict[str, Any] = json.loads(row["fields"])
        fields: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
        cell = Cell(**fields)
        return cell if cell.title_counts else replace(cell, title=self._first_title(number))

    def _settle_component(self, numbers: list[int]) -> None:
        """Give the cells of one component, and their claims, their documents."""
        rows = {self._load(number): number for number in numbers}
        strangers = [cell for cell in rows if cell.stranger]
        self._days.update(cell.day for cell in rows if cell.day)
        if strangers:
            return  # all of them wait for their day
        groups = partition({cell: self._counts(number) for cell, number in rows.items()})
        name_groups(groups)
        for group in groups:
            self._keep(group, [groups[place].id for place in group.candidates], rows)

    def _counts(self, number: int) -> tuple[int, int]:
        row = self._db.execute("SELECT claims, mentions FROM cells WHERE id = ?", (number,)).fetchone()
        return row["claims"], row["mentions"]

    def _settle_day(self, day: str) -> None:
        """Give the cells of unknown place that bear one number and one day their documents.

        Mostly there is none, while thousands of offices may have the number on that day: only its key is looked up.
        """
        if self._db.execute("SELECT 1 FROM cell_keys WHERE key = ? LIMIT 1", (f"day {day}",)).fetchone() is None:
            return
        query = "SELECT id, document, claims FROM cells WHERE day = ? AND day <> ''"
        loaded = [(self._load(row["id"]), row) for row in self._db.execute(query, (day,)).fetchall() if row["claims"]]
        rows = {cell: row["id"] for cell, row in loaded if cell.stranger}
        known = {cell: row["document"] for cell, row in loaded if not cell.stranger and row["document"]}
        found, rest = place_strangers(list(rows), known)
        for cell, document in found.items():
            self._place(rows[cell], document)
        groups = [make_group(cells, {cell: self._counts(rows[cell]) for cell in cells}) for cells in rest]
        name_groups(groups)
        for group in groups:
            self._keep(group, [], rows)

    def _keep(self, group: Group, candidates: list[str], rows: dict[Cell, int]) -> None:
        """Write the document that a group is, and give its claims their document."""
        if candidates:
            for cell in group.cells:
                self._keep_ambiguous(rows[cell], group, candidates)
            return
        state = "sure" if all(cell.known for cell in group.cells) or not group.cells[0].nkey else "unplaced"
        self._write_document(group.id, group, state, [])
        for cell in group.cells:
            self._place(rows[cell], group.id)

    def _keep_ambiguous(self, number: int, group: Group, candidates: list[str]) -> None:
        """Give each claim of an ambiguous cell a document of its own: two bare mentions may mean two documents."""
        self._old.add(self._db.execute("SELECT document FROM cells WHERE id = ?", (number,)).fetchone()["document"])
        self._db.execute("UPDATE cells SET document = '' WHERE id = ?", (number,))
        query = """SELECT c.id, c.local, c.document, s.name FROM claims c JOIN sources s ON s.id = c.source
                   WHERE c.cell = ?"""
        for row in self._db.execute(query, (number,)).fetchall():
            own = f"{group.id}-{digest(row['name'] + chr(31) + row['local'])}"
            self._write_document(own, group, "ambiguous", candidates)
            if row["document"] != own:
                self._old.add(row["document"])
                self._db.execute("UPDATE claims SET document = ? WHERE id = ?", (own, row["id"]))

    def _write_document(self, known: str, group: Group, state: str, candidates: list[str]) -> None:
        cell = max(group.cells, key=lambda c: (bool(c.nkey), group.counts[c][0], c.signature))
        number = split_key(cell.nkey)[0] if cell.nkey else ""
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            (known, cell.nkey, number, cell.family, group.date, state, json.dumps(candidates)),
        )
        self._old.discard(known)

    def _place(self, number: int, document: str) -> None:
        """Give the cell and its claims their document; claims that have it already are not looked at."""
        before = self._db.execute("SELECT document FROM cells WHERE id = ?", (number,)).fetchone()["document"]
        if before == document:
            self._db.execute("UPDATE claims SET document = ? WHERE cell = ? AND document = ''", (document, number))
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


def body_id(unit: UnitName, on: str | None, province: str) -> str:
    """Return the id of the body whose numbers the unit shares: the committee's for its standing board."""
    name = body_name(unit)
    return unit_id(unit) if name == unit.name else unit_id(parse_unit(name, on=on, province=province))
