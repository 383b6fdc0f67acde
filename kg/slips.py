"""What kind of slip a contradiction is: two statements about one document compared, nothing else.

    03/6/2013 and 06/3/2013      exchanged   day and month have changed places
    22/10/2013 and 20/10/2013    digit       one digit differs
    03/6/2013 and 03/6/2016      year        another year (and one digit)
    15-CT/TU and 15-CT/TW        centre      the centre's letters for a local committee's, or the reverse
    Quy chế 22-QĐ/TU             type        the letters are another type's than the word
    06/QĐ-TTg của Chính phủ      issuer      the letters are another body's than the words
    Tỉnh ủy and Thành ủy         levels      two issuers of different level

The words for these keys stand in data/labels.csv under `slip`.
"""

from __future__ import annotations

import re

from kg.cells import FAMILIES, PARTY_CENTRE, split_key, type_class
from kg.fold import fold
from kg.naming import UnitName, names_the_centre, parse_unit
from kg.numbers import full_number, number_key, parse_number

SLIPS = (
    *("exchanged", "digit", "year", "date"),
    *("number", "centre", "type", "letters", "issuer", "levels", "bodies", "title"),
)

CENTRE = "tw"
COMMITTEE = "cap uy"
STATE = ("uy ban nhan dan", "hoi dong nhan dan")
# Letters that are one body's alone, and that body (kg.naming folds its name so)
OF_ONE_BODY = {
    "ttg": "thu tuong chinh phu",
    "cp": "chinh phu",
    "qh": "quoc hoi",
    "ubtvqh": "uy ban thuong vu quoc hoi",
    "ctn": "chu tich nuoc",
}
NAMED_BODIES = PARTY_CENTRE | frozenset(OF_ONE_BODY.values())
# At which levels a committee signs with the letters; ĐU stands at all of them.
LEVELS_OF = {"tu": {"tỉnh", "huyện"}, "thu": {"huyện"}, "hu": {"huyện"}, "qu": {"huyện"}}
STATE_LETTERS = {"ubnd": STATE[0], "hdnd": STATE[1]}
# ĐA and DA, HĐ and HD meet when marks are set aside
SAME_WITHOUT_MARKS = {"dan": "da", "hd2": "hd"}
ANY_TYPE = frozenset({"", "cv"})  # "văn bản", "công văn": words for any paper


# ---- dates ----------------------------------------------------------------------------------------------------------


def date_slips(a: str, b: str) -> tuple[str, ...]:
    """Return how two full dates differ: day and month exchanged, another year, one digit; ("date",) for anything else.

    >>> date_slips("2013-06-03", "2016-06-03")
    ('year', 'digit')
    """
    found = []
    if a[:4] == b[:4] and (a[5:7], a[8:]) == (b[8:], b[5:7]):
        found.append("exchanged")
    if a[:4] != b[:4] and a[4:] == b[4:]:
        found.append("year")
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        found.append("digit")
    return tuple(found) or ("date",)


# ---- symbols --------------------------------------------------------------------------------------------------------


def letters_of(full: str) -> tuple[str, str]:
    """Return the folded letters of type and issuer: ("ct", "ttg") for 33/CT-TTg, ("", "ubnd") for 177/UBND-NV."""
    _, _, letters, issuer = split_key(number_key(full))
    return letters, re.sub(r"\d+$", "", issuer[0]) if issuer else ""


def family(letters: str) -> str:
    """Return what types that share their numbers have in common: "qd" for quyết định, quy định and quy chế."""
    same = SAME_WITHOUT_MARKS.get(letters, letters)
    return FAMILIES.get(same, same)


def symbol_slips(odd: str, usual: str, kind: str) -> tuple[str, ...]:
    """Return how two spellings of one number differ; `kind` is the type word of the document.

    >>> symbol_slips("15-CT/TW", "15-CT/TU", "chỉ thị")
    ('centre',)
    >>> symbol_slips("22-QĐ/TU", "22-QC/TU", "quy chế")
    ('type',)
    """
    (odd_type, odd_issuer), (type_, issuer) = letters_of(odd), letters_of(usual)
    found = number_slips(odd, usual)
    if odd_type != type_:
        found.append("type" if type_class(kind) in {type_, odd_type} else "letters")
    if odd_issuer != issuer:
        found.append("centre" if CENTRE in {odd_issuer, issuer} and {odd_issuer, issuer} & set(LEVELS_OF) else "issuer")
    return tuple(found) or ("letters",)


def number_slips(odd: str, usual: str) -> list[str]:
    """Return how the digits of two numbers differ: 118/2028/NĐ-CP and 118/2025/NĐ-CP have another year."""
    number, year = split_key(number_key(odd))[:2]
    other, other_year = split_key(number_key(usual))[:2]
    found = ["year"] if year and other_year and year != other_year else []
    found += ["number"] if number != other else []
    a, b = number + year, other + other_year
    digit = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return [*found, "digit"] if digit else found


def misses_type(kind: str, full: str) -> bool:
    """Tell whether the letters of a number are another type's than the word before it: "Chương trình 03-CT/TU".

    A regulation that bears the number of the decision that promulgates it ("Quy chế 447-QĐ/TU") is no slip, nor is a
    công văn or văn bản, which can be any paper.
    """
    letters, word = letters_of(full)[0], type_class(kind)
    return bool(letters) and letters != "cv" and word not in ANY_TYPE and family(letters) != family(word)


# ---- issuers --------------------------------------------------------------------------------------------------------


def issuer_slips(odd: str, usual: str, full: str | None) -> tuple[str, ...]:
    """Return how two issuers of one number differ: against its letters, of another level, or two bodies of one level.

    >>> issuer_slips("Thành ủy Bắc Kạn, tỉnh Bắc Kạn", "Tỉnh ủy Bắc Kạn", "43-KH/TU")
    ('levels',)
    """
    against = misses_issuer(odd, full) if full else None
    if against:
        return (against,)
    return ("levels",) if parse_unit(odd).level != parse_unit(usual).level else ("bodies",)


def misses_issuer(issuer: str, full: str) -> str | None:
    """Return "centre" or "issuer" when the letters of a number can't be those of `issuer`, None when they can.

    >>> misses_issuer("Ban Thường vụ Tỉnh ủy Bắc Giang", "110-NQ/TW")
    'centre'
    >>> misses_issuer("Thủ tướng Chính phủ", "16-CT/TW")
    'issuer'
    """
    letters, unit = letters_of(full)[1], parse_unit(issuer)
    if not letters:
        return None
    if names_the_centre(letters):
        return misses_the_centre(letters, unit)
    if letters == "tu" and unit.body in PARTY_CENTRE:
        return "centre"
    return "issuer" if misses_the_place(letters, unit) else None


def misses_the_centre(letters: str, unit: UnitName) -> str | None:
    """Return the slip when letters of a body of the centre stand beside `unit`, None when they may."""
    if unit.place is not None or (unit.level != "trung ương" and unit.body == COMMITTEE):
        return "centre" if letters == CENTRE and unit.body == COMMITTEE else "issuer"
    if unit.body not in NAMED_BODIES:
        return None  # a commission, a ministry, a minister: their letters have forms of their own
    if letters == CENTRE:
        return None if unit.body in PARTY_CENTRE else "issuer"
    return "issuer" if letters in OF_ONE_BODY and OF_ONE_BODY[letters] != unit.body else None


def misses_the_place(letters: str, unit: UnitName) -> bool:
    """Tell whether a local body's letters can't be those of `unit`: TU of a commune, UBND of a Party committee."""
    if letters in STATE_LETTERS:
        other = next(body for body in STATE if body != STATE_LETTERS[letters])
        return unit.body in NAMED_BODIES or unit.body in {COMMITTEE, other}
    if letters in LEVELS_OF:
        wrong_level = unit.level not in {*LEVELS_OF[letters], "khác"}
        return unit.body in NAMED_BODIES or unit.body in STATE or (unit.body == COMMITTEE and wrong_level)
    return False


def same_issuer(a: str, b: str) -> bool:
    """Tell whether two names are of one issuing body, the standing board and its committee being one."""
    x, y = parse_unit(a), parse_unit(b)
    return fold(a) == fold(b) or (x.body == y.body and x.level == y.level)


def same_symbol(a: str, b: str) -> bool:
    """Tell whether two spellings are of one number and symbol."""
    return number_key(a) == number_key(b)


def full_with(symbol: str, full: str | None) -> str:
    """Return the number of `full` with another symbol: "15-CT/TW" for "CT/TW" and "15-CT/TU"."""
    number = parse_number(full) if full else None
    if number is None:
        return symbol
    return full_number(number.number, f"{number.year}/{symbol}" if number.year else symbol) or symbol
