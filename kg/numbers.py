"""How the number of a document is spelt: 25-NQ/TW, 33/CT-TTg, 15/2020/QĐ-TTg, 10/2022/QH15, 177/UBND-NV.

    25-NQ/TW            15/2020/QĐ-TTg
    ││  └ issuer        │  │    └─────┴ symbol: type letters and issuer letters
    │└ type letters     │  └ year, in normative documents only
    └ number            └ number

Rules: Nghị định 30/2020/NĐ-CP (state), Hướng dẫn 36-HD/VPTW and 05-HD/VPTW (Party), Law 80/2015 (normative). Slips that
real reports make are read too: blanks around the separators, any dash, "114 KL/TW", "16/CT- TTg", all upper case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from data import table
from kg.fold import fold, unify, without_marks

DASH = r"[-\u2010-\u2015\u2212]"
# One piece of a symbol: NQ, TW, CTr, TTg, QĐi, BDVTU, V05, QH15; never the first letters of a lower-case word.
PIECE = r"[A-ZĐÐƯ][A-Za-zĐÐđƯư0-9]{0,14}(?:\.[A-ZĐƯ][A-ZĐƯ0-9]*)?(?:&[A-ZĐ]+)?(?![^\W\d_])"
COUNT = r"(?:(?<=số)|(?<![\w.,/-]))(?<![\dA-Z]:)(?:\d{1,5}[a-z]?|\d{1,3}\.\d{1,3}(?=/\d{4}/))"
YEAR = r"(?:19|20)\d\d"
JOIN = rf"(?:{DASH}\s{{0,2}})"

# Normative: 15/2020/QĐ-TTg, 10/2022/QH15, 66.19/2026/NQ-CP, 01/2026/TTLT-VKSNDTC-BCA-BQP
NORMATIVE = rf"{COUNT}\s?/\s?{YEAR}\s?/\s?{PIECE}(?:{JOIN}{PIECE}){{0,4}}"
# State: 33/CT-TTg, 2480/UBND-NCPC, 1091/CATP, 11/CT-BCA-V05, 16/CT- TTg
STATE = rf"{COUNT}\s?/\s?{PIECE}(?:\s?{JOIN}{PIECE}(?:{JOIN}{PIECE}){{0,3}})?"
# Party: 25-NQ/TW, 25 - NQ/TW, 98-KH/BDVTU-BCSĐUBND, 1836 QĐ/TWĐTN
PARTY = rf"{COUNT}(?:\s{{0,2}}{DASH}\s{{0,2}}|\s){PIECE}\s{{0,2}}/\s{{0,2}}{PIECE}(?:{JOIN}{PIECE}){{0,4}}"

NUMBER = re.compile(rf"(?:{NORMATIVE}|{PARTY}|{STATE})")

# Where a number may begin: digits up to the first letter of a symbol, or, where a blank stands for the dash, up to its
# slash. It begins with a digit, which `re` seeks fast.
LIKELY = re.compile(
    rf"\d\d{{0,4}}(?:\.\d{{1,3}})?[a-z]?"
    rf"(?:(?:\s{{0,2}}{DASH}\s{{0,2}}|\s?/\s?(?:{YEAR}\s?/\s?)?)[A-ZĐÐƯ]|\s[A-ZĐÐƯ][\w.&]*\s{{0,2}}/)"
)

PARTS = re.compile(rf"(?P<number>\d[\d.]*[a-z]?)(?:/(?P<year>{YEAR})(?=/))?(?P<separator>[-/])(?P<symbol>.+)")

TYPE_LETTERS = {letters: row for row in table("document_types") for letters in row["letters"].split()}
FOLDED_LETTERS = {without_marks(letters).casefold(): letters for letters in TYPE_LETTERS}


ISSUERS = frozenset(row["letters"] for row in table("issuer_letters"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number and symbol taken apart; `full` is the tidy spelling of the whole.

    `letters` are those of the type ("NQ"), "" where the symbol has none (công văn: 177/UBND-NV); `issuer` is the rest
    ("TW", "UBND-NV"). `year` stands in normative numbers only.
    """

    full: str
    number: str
    year: str | None
    symbol: str
    letters: str
    issuer: str

    @property
    def key(self) -> str:
        """What all spellings of this number share: "25 nq tw" for 25-NQ/TW, 25 - NQ/TW and 25-nq/tw."""
        return number_key(self.full)


def find_numbers(text: str) -> list[tuple[int, int, Number]]:
    """Return the numbers with a symbol that stand in `text`, as (start, end, number), in reading order."""
    found: list[tuple[int, int, Number]] = []
    done = 0
    if "/" not in text:  # every number has one, most paragraphs none
        return found
    for likely in LIKELY.finditer(text):
        match = NUMBER.match(text, likely.start()) if likely.start() >= done else None
        if match is not None:
            done = match.end()
            number = parse_number(match[0])
            if number is not None:
                found.append((match.start(), done, number))
    return found


def without_numbers(title: str) -> str:
    """Return `text` without the numbers of documents in it.

    >>> without_numbers("tiếp tục thực hiện Chỉ thị số 47-CT/TW")
    'tiếp tục thực hiện Chỉ thị số '
    """
    for begin, end, _ in reversed(find_numbers(title)):
        title = title[:begin] + title[end:]
    return title


BLANK_FOR_DASH = re.compile(r"\d+[a-z]?\s")


@lru_cache(maxsize=16384)
def parse_number(text: str) -> Number | None:
    """Return the number that `text` spells, or None when it is no document number ("581/1415", "130tạ/ha")."""
    tidy = tidy_number(text)
    match = PARTS.fullmatch(tidy)
    if match is None:
        return None
    symbol = match["symbol"]
    pieces = re.split(r"[-/]", symbol)
    if not all(looks_like_letters(piece) for piece in pieces):
        return None
    if (
        len(pieces) == 1
        and (is_type_letters(symbol) or sum(c.isupper() for c in symbol) < 3)
        and symbol.rstrip("0123456789") not in ISSUERS
    ):
        return None  # "450/KH" is a target, "10/A2" a class, "02/TK" a form
    letters = pieces[0] if len(pieces) > 1 and is_type_letters(pieces[0]) else ""
    if not letters and BLANK_FOR_DASH.match(unify(text).strip()) and "-" not in unify(text).split("/")[0]:
        return None  # "năm 2023 UBND/..." is no number: a blank stands for the dash only before type letters
    issuer = symbol[len(letters) + 1 :] if letters else symbol
    return Number(tidy, match["number"], match["year"], symbol, letters, issuer)


TIDY = re.compile(r"[\dA-Za-zĐđ/&-]+")  # without a blank, an odd dash, "T.Ư"


def tidy_number(text: str) -> str:
    """Return the number as a careful clerk writes it: "114 KL/TW" gives "114-KL/TW", "16/CT- TTg" "16/CT-TTg"."""
    if TIDY.fullmatch(text) and "TTG" not in text:
        return text
    tidy = re.sub(r"\s*([-/])\s*", r"\1", unify(text).strip())
    tidy = re.sub(r"^(\d+[a-z]?)\s+(?=\D)", r"\1-", tidy)
    tidy = re.sub(r"(?<=[-/])T\.?Ư(?=$|-)", "TW", tidy)
    return re.sub(r"(?<=[-/])TTG\b", "TTg", tidy)


def looks_like_letters(piece: str) -> bool:
    """Tell whether `piece` can be part of a symbol: upper-case letters with at most two small ones ("CTrPH")."""
    small = sum(c.islower() for c in piece)
    return any(c.isupper() for c in piece) and small <= 2 and (small < 2 or len(piece) > 2)


def is_type_letters(piece: str) -> bool:
    """Tell whether `piece` abbreviates a type of document, whatever its case and marks."""
    return without_marks(piece).casefold() in FOLDED_LETTERS


@lru_cache(maxsize=65536)
def number_key(full: str) -> str:
    """Return the key by which all spellings of a number meet: its digits, its year and its folded letters.

    >>> number_key("06-ĐA/TU") == number_key("6 - ĐA/TU")
    True
    """
    tidy = tidy_number(full)
    match = PARTS.fullmatch(tidy)
    if match is None:
        return " ".join(re.findall(r"[^\W_]+", without_marks(tidy).casefold()))
    number = match["number"].lstrip("0") or "0"
    pieces = re.split(r"[-/.&]", match["symbol"])
    folded = [without_marks(piece).casefold() for piece in pieces]
    first = folded[0]
    if first in FOLDED_LETTERS:
        folded[0] = TYPE_LETTERS[FOLDED_LETTERS[first]]["class"].casefold()
    if match["year"]:  # the year gives the term: 34/2007/PL-UBTVQH is 34/2007/PL-UBTVQH11
        folded = [re.sub(r"^((?:ubtv)?qh)\d+$", r"\1", piece) for piece in folded]
    return " ".join([number, *([match["year"]] if match["year"] else []), *folded])


def full_number(number: str | None, symbol: str | None) -> str | None:
    """Return number and symbol as one, None where either is missing; a normative symbol begins with its year.

    >>> full_number("355", "BC/BDVTU"), full_number("35", "KH-UBND"), full_number("30", "2020/NĐ-CP")
    ('355-BC/BDVTU', '35/KH-UBND', '30/2020/NĐ-CP')
    """
    if not number or not symbol:
        return None
    return f"{number}{'-' if '/' in YEAR_BEFORE.sub('', symbol) else '/'}{symbol}"


YEAR_BEFORE = re.compile(rf"^{YEAR}/")


SPOKEN = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def ordinal(text: str) -> int:
    """Return the number that an ordinal means: "7", "VII" and "bảy" are 7; 0 for what is none."""
    folded = fold(text)
    if folded.isdecimal():
        return int(folded)
    if folded in SPOKEN:
        return SPOKEN.index(folded) + 1
    values = [ROMAN.get(letter, 0) for letter in folded]
    return 0 if 0 in values else sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
