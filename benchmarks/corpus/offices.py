"""The offices that write: committees of the Party and of the people, at three levels before 1 July 2025, at two after.

Huyện ủy Bạch Thông     HU      ĐẢNG BỘ TỈNH BẮC KẠN / HUYỆN ỦY BẠCH THÔNG
UBND xã Sỹ Bình         UBND    ỦY BAN NHÂN DÂN / XÃ SỸ BÌNH
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from kg.register import Place

COMMITTEES = {  # the committee (cấp ủy) of a unit by its type and level, and the letters of its numbers
    ("tỉnh", "tỉnh"): ("Tỉnh ủy", "TU"),
    ("thành phố", "tỉnh"): ("Thành ủy", "TU"),
    ("huyện", "huyện"): ("Huyện ủy", "HU"),
    ("quận", "huyện"): ("Quận ủy", "QU"),
    ("thị xã", "huyện"): ("Thị ủy", "TU"),
    ("thành phố", "huyện"): ("Thành ủy", "TU"),
}
PARTY, STATE = "party", "state"


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: `name` as texts call it, `head` the lines on the left of its letterhead, `letters` in its numbers."""

    name: str
    line: str
    letters: str
    head: tuple[str, ...]
    place: Place
    signer: tuple[str, ...]


def committee(place: Place, above: Place | None) -> Office:
    """Return the Party's committee of a place."""
    upper = f"ĐẢNG BỘ {place_words(above or place).upper()}"
    if place.level == "xã":
        name = f"Đảng ủy {place_words(place)}"
        return Office(name, PARTY, "ĐU", (upper, name.upper(), "*"), place, ("T/M BAN THƯỜNG VỤ", "BÍ THƯ"))
    called, letters = COMMITTEES[place.type, place.level]
    head = (upper, called.upper() if above is None else f"{called} {place.name}".upper(), "*")
    return Office(f"{called} {place.name}", PARTY, letters, head, place, ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"))


def peoples_committee(place: Place, above: Place | None) -> Office:
    """Return the people's committee (UBND) of a place."""
    head = ("ỦY BAN NHÂN DÂN", place_words(place).upper())
    return Office(f"UBND {place_words(place)}", STATE, "UBND", head, place, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))


def board(place: Place, above: Place | None) -> Office:
    """Return the board for mass mobilisation (ban dân vận) of a committee; a commune's committee has none."""
    over = committee(place, above)
    if place.level == "xã":
        return over
    head = (over.name.upper(), "BAN DÂN VẬN", "*")
    return Office(f"Ban Dân vận {over.name}", PARTY, f"BDV{over.letters}", head, place, ("TRƯỞNG BAN",))


def front(place: Place, above: Place | None) -> Office:
    """Return the Fatherland Front's committee (Ủy ban MTTQ) of a place, which numbers as the state does."""
    head = ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", place_words(place).upper(), "BAN THƯỜNG TRỰC")
    name = f"Ủy ban MTTQ Việt Nam {place_words(place)}"
    return Office(name, STATE, "MTTQ-BTT", head, place, ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"))


def place_words(place: Place) -> str:
    """Return a place with its type: "huyện Bạch Thông"; wards that have only a number keep it."""
    return f"{place.type} {place.name}"


def any_office(chance: random.Random, party: bool, place: Place, above: Place | None) -> Office:
    """Return an office of a place: mostly the committee of the directive's line, now and then another."""
    throw = chance.random()
    if throw < 0.80:
        return committee(place, above) if party else peoples_committee(place, above)
    if throw < 0.90:
        return peoples_committee(place, above) if party else committee(place, above)
    return board(place, above) if throw < 0.95 else front(place, above)
