"""Who issued a document: what the words say, and what the letters of its symbol allow; words beat letters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from data import table
from ingest.citations import Citation
from ingest.places import Home
from ingest.units import Organisation, UnitMention, expand, named_alone
from kg.numbers import Number

CENTRAL_LETTERS = "TW"


@cache
def letters_table() -> dict[str, dict[str, str]]:
    """Return the rows of issuer letters by their letters in upper case."""
    return {row["letters"].upper(): row for row in table("issuer_letters")}


def stated_issuers(cited: Citation, home: Home) -> list[Organisation]:
    """Return the units that the words beside the citation name as its issuers."""
    return [unit for named in cited.issuers if (unit := in_office(named, home)) is not None]


def in_office(unit: UnitMention, home: Home) -> Organisation | None:
    """Return the unit in full; a minister ("Bộ trưởng Bộ Công an") is an issuer of his own below the ministry."""
    organisation = expand(unit, home)
    if organisation is not None and unit.person == "Bộ trưởng" and organisation.name.startswith("Bộ "):
        return Organisation(f"Bộ trưởng {organisation.name}", organisation.level, organisation.name)
    return organisation


def makers(cited: Citation, home: Home) -> list[Organisation]:
    """Return who issued a citation's document: the units beside its number, or the one before "ban hành"."""
    maker = expand(cited.maker, home) if cited.maker is not None else None
    return stated_issuers(cited, home) or ([maker] if maker is not None else [])


def issuer_row(number: Number) -> dict[str, str] | None:
    """Return the row for the first issuing body that the symbol names: QH15 is QH, BCA-V05 is BCA."""
    return row_of(number.issuer.split("-")[0])


@lru_cache(maxsize=16384)
def row_of(letters: str) -> dict[str, str] | None:
    """Return the row of the letters of one body, with or without a number behind them."""
    known = letters_table()
    return known.get(letters.upper()) or known.get(re.sub(r"\d+$", "", letters).upper())


def letters_level(number: Number, home: Home) -> str | None:
    """Return the level of the issuer that the letters show, or None when they fit several."""
    if number.issuer.split("-")[0].upper().endswith(CENTRAL_LETTERS):
        return "trung ương"
    row = issuer_row(number)
    if row is None or not row["level"]:
        return None
    if "{TU}" in row["name"]:
        return None if home.district is not None and home.district.kind in {"thành phố", "thị xã"} else "tỉnh"
    return row["level"]


def issuer_by_letters(number: Number, home: Home) -> Organisation | None:
    """Return the unit that the symbol's letters name, where they and the report's place leave only one.

    "33/CT-TTg" is the Prime Minister's anywhere; "88-KH/HU" in a report of xã Bình Thành is Huyện ủy Định Hóa's;
    "KH-UBND" may be any level's and stays unknown.
    """
    row = issuer_row(number)
    if row is None:
        return None
    if row["level"] == "trung ương":
        return Organisation(row["name"], "trung ương")
    level = letters_level(number, home)
    spot = home.at(level) if level else None
    if spot is None or level is None:
        return None
    name = row["name"].replace("{TU}", "Tỉnh ủy")
    if re.search(r"(?:Tỉnh ủy|Huyện ủy|Quận ủy|Thành ủy)$", name):
        if name.endswith("Huyện ủy") and spot.kind != "huyện":
            return None
        return Organisation(f"{name} {named_alone(spot)}", level)
    if name.endswith(" thành phố"):
        return (
            Organisation(f"{name.removesuffix(' thành phố')} {spot.full}", level) if spot.kind == "thành phố" else None
        )
    for kind in ("tỉnh", "huyện", "xã"):
        if name.endswith(f" {kind}"):
            return Organisation(f"{name.removesuffix(' ' + kind)} {spot.full}", level)
    return Organisation(f"{name} {spot.full}", level)


def is_local(organisation: Organisation) -> bool:
    """Tell whether a unit stands below the centre."""
    return organisation.level in {"tỉnh", "huyện", "xã"}
