"""Read the ways a document is named by its number, so that all of them meet in one term of the index.

    Nghị quyết số 25-NQ/TW      25_nq_tw, 25_nq
    25 - nq/tw                  25_nq_tw, 25_nq
    Nghị quyết số 25, NQ25      25_nq
    Nghị định 100/2019          100_nd, 100_2019_nd

A whole number (with its symbol) is one token of running text; a short one stays words and only adds its terms. People
who type a query use lower case, leave marks out and put blanks for separators; `typed` reads that too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from data import table
from kg.fold import without_marks
from kg.numbers import FOLDED_LETTERS, NUMBER, TYPE_LETTERS, Number, parse_number

ANY_CASE = re.compile(NUMBER.pattern, re.IGNORECASE)
YEAR = r"(?:19|20)\d\d"
BARE = re.compile(rf"(?<![\d.,/_-])(?P<number>\d{{1,5}})(?:/(?P<year>{YEAR}))?(?![^\W_]|\*|[.,/-]?\d)")
DIGITS = re.compile(r"\d+")
# "25-NQ", "25 - NQ", "33/CT", "15/2020/QĐ", "66.19/2026/NQ", "12a/QĐ", "114 KL/TW": all that can follow the digits
SYMBOL_FOLLOWS = re.compile(
    r"(?:\.\d{1,3})?[a-z]?(?:\s?/\s?[^\W_]|\s{0,2}[-\u2010-\u2015\u2212]\s{0,2}[^\W\d_]|\s[^\W\d_]{1,15}\s{0,2}/)"
)
LOOK_BACK = 48  # characters: the longest name of a type, "số", and blanks

# "kế hoạch 5 năm", "báo cáo 6 tháng" count something; they name no document.
COUNTED = re.compile(r"\s*(?:%|(?:năm|tháng|ngày|quý|tuần|lần|điều|khoản|điểm|tỷ|triệu)\b)", re.IGNORECASE)
CALENDAR = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named by its number at `start`..`end`, the type word included; `terms` are those of the number field.

    `whole` is the one term that stands for a number with its symbol in running text, at `number_start`..`end`; "" where
    there is no symbol.
    """

    start: int
    end: int
    number_start: int
    terms: tuple[str, ...]
    whole: str = ""


def references(text: str, *, typed: bool = False) -> list[Reference]:
    """Return the documents that tidy `text` (`kg.fold.unify`) names by number, in reading order, none overlapping."""
    found: list[Reference] = []
    last = 0
    for digits in DIGITS.finditer(text):
        if digits.start() < last:
            continue
        new = (
            whole_at(text, digits, typed)
            or (typed and spelt_out_at(text, digits.start()))
            or short_at(text, digits, typed)
        )
        if new and new.start >= last:
            found.append(new)
            last = new.end
    return found


# ---- numbers with a symbol ------------------------------------------------------------------------------------------


def whole_at(text: str, digits: re.Match[str], typed: bool) -> Reference | None:
    """Return the number with a symbol that begins here: "25-NQ/TW", "114 KL/TW", "25-nq/tw"."""
    start = digits.start()
    if not SYMBOL_FOLLOWS.match(text, digits.end()):
        return None
    for pattern, read in ((NUMBER, parse_number), (ANY_CASE, parse_lower_case)):
        match = pattern.match(text, start)
        number = read(match[0]) if match else None
        if match and number:
            return whole_reference(text, (start, match.end()), number, typed)
    return None


def parse_lower_case(text: str) -> Number | None:
    """Return the number that `text` spells in small letters; "5 kg/ha" and "22/22 vụ" are none.

    What upper case proves, the words must prove here: letters of a type, or a year, and an issuer that is known.
    """
    number = parse_number(text.upper())
    if number is None:
        return None
    issuer = without_marks(re.split(r"[-/]", number.issuer)[0]).casefold()
    return number if issuer in issuers() or (number.year and number.letters) else None


@cache
def issuers() -> frozenset[str]:
    """Return the folded letters of the issuers that are known, the terms of the National Assembly among them."""
    letters = {without_marks(row["letters"]).casefold() for row in table("issuer_letters")}
    return frozenset(letters | {"tw"} | {f"{body}{term}" for body in ("qh", "ubtvqh") for term in range(8, 20)})


def whole_reference(text: str, span: tuple[int, int], number: Number, typed: bool) -> Reference:
    """Return the reference at `span` and the type word before it."""
    start, end = span
    named = type_before(text, start, typed)
    classes = {letters_class(number)} | ({named[1]} if named else set())
    terms = [number.key.replace(" ", "_")]
    digits = terms[0].split("_")[0]
    for kind in sorted(classes - {""}):
        terms += short_terms(digits, number.year, kind)
    return Reference(named[0] if named else start, end, start, tuple(terms), terms[0])


def letters_class(number: Number) -> str:
    """Return the class of the type letters; a state number without letters and year is that of a công văn."""
    if number.letters:
        return TYPE_LETTERS[FOLDED_LETTERS[without_marks(number.letters).casefold()]]["class"]
    return "" if number.year else "cv"


def spelt_out_at(text: str, start: int) -> Reference | None:
    """Return the number of a typed query whose separators are missing or others: "25 nq tw", "25-nq-tw"."""
    match = typed_number().match(text, start)
    if match is None or (match["issuer"] is None and match["dash"].isspace()):
        return None
    kind = TYPE_LETTERS[FOLDED_LETTERS[fold_letters(match["letters"])]]["class"]
    number = match["number"].lstrip("0") or "0"
    named = type_before(text, start, typed=True)
    first = named[0] if named else start
    if match["issuer"] is None:
        return Reference(first, match.end(), start, (f"{number}_{kind}",))
    key = f"{number}_{kind}_{fold_letters(match['issuer'])}"
    return Reference(first, match.end(), start, (key,), key)


@cache
def typed_number() -> re.Pattern[str]:
    """Return the pattern of "25 nq tw" and "25-nq": number, letters of a type, and perhaps the issuer."""
    letters = "|".join(sorted(map(re.escape, type_letters()), key=len, reverse=True))
    bodies = "|".join(sorted(map(re.escape, issuer_spellings()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/-])(?P<number>\d{{1,5}})(?P<dash>\s?[/-]\s?|\s)(?P<letters>{letters})"
        rf"(?:\s?[\s/-]\s?(?P<issuer>{bodies}))?(?![\w/*-])",
        re.IGNORECASE,
    )


def issuer_spellings() -> set[str]:
    """Return the letters of the known issuers, with marks and without."""
    letters = {row["letters"].casefold() for row in table("issuer_letters")} | {"tw"}
    return letters | {without_marks(spelling) for spelling in letters}


def type_letters() -> set[str]:
    """Return the letters of the types of document, with marks and without, in small letters."""
    letters = {spelling.casefold() for spelling in TYPE_LETTERS}
    return letters | {without_marks(spelling) for spelling in letters}


# ---- numbers without a symbol ---------------------------------------------------------------------------------------


def short_at(text: str, digits: re.Match[str], typed: bool) -> Reference | None:
    """Return the number here if the name of a type stands before it: "Nghị quyết số 25", "NQ25", "Nghị định 1/2019"."""
    match = BARE.match(text, digits.start())
    named = type_before(text, digits.start(), typed) if match else None
    if match is None or named is None:
        return None
    start, kind, said_number = named
    value = int(match["number"])
    if not said_number and (value in CALENDAR or COUNTED.match(text, match.end())):
        return None
    terms = short_terms(str(value), match["year"], kind)
    return Reference(start, match.end(), match.start(), tuple(reversed(terms)))


def short_terms(number: str, year: str | None, kind: str) -> list[str]:
    """Return the terms of a number of which only the type, and perhaps the year, is known."""
    return [f"{number}_{kind}", *([f"{number}_{year}_{kind}"] if year else [])]


def type_before(text: str, end: int, typed: bool) -> tuple[int, str, bool] | None:
    """Return (start, class, whether "số" is said) of the name of a type that ends where the number begins."""
    first = max(0, end - LOOK_BACK)
    before = text[first:end]
    if not may_end_type(before.rstrip(" :\n\t")[-12:].rsplit(None, 1)[-1:]):
        return None
    folded = without_marks(before.casefold())
    if len(folded) != len(before):
        return None  # a rare letter changes length when folded, and offsets would be wrong
    match = type_name().search(folded) if before[-1].isspace() or before[-1] == ":" else None
    match = match or (folded_letters().search(folded) if typed else upper_letters().search(before))
    if match is None:
        return None
    name = fold_letters(" ".join(match["name"].split()))
    return first + match.start(), type_classes()[name], match["said"] is not None


def may_end_type(last: list[str]) -> bool:
    """Tell whether the last word before a number can end the name of a type, by a quick look: most cannot."""
    return bool(last) and last_word(last[0].rpartition("(")[2])


@lru_cache(maxsize=65536)
def last_word(word: str) -> bool:
    """Tell whether a name of a type, its letters, or "số" ends in `word`."""
    return fold_letters(word) in type_ends()


def fold_letters(letters: str) -> str:
    """Return the key of type letters: "QĐ" gives "qd"."""
    return without_marks(letters).casefold()


@cache
def type_classes() -> dict[str, str]:
    """Return the class of each type by its folded name and by its folded letters."""
    classes = {row["name"]: row["class"] for row in table("document_types")}
    names = classes | {row["alias"]: classes[row["name"]] for row in table("type_aliases") if row["name"] in classes}
    folded = {fold_letters(name): kind for name, kind in names.items() if kind}
    return {letters: TYPE_LETTERS[whole]["class"] for letters, whole in FOLDED_LETTERS.items()} | folded


@cache
def type_ends() -> frozenset[str]:
    """Return the folded last syllables of the names of the types, their letters, and "so"."""
    return frozenset({"so"} | {name.split()[-1] for name in type_classes()})


@cache
def type_name() -> re.Pattern[str]:
    """Return the pattern of a type's folded name, and "số", at the end of a text."""
    names = sorted((name for name in type_classes() if " " in name or name == "luat"), key=len, reverse=True)
    return at_end("|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names))


@cache
def upper_letters() -> re.Pattern[str]:
    """Return the pattern of a type's letters as reports write them."""
    return at_end("|".join(sorted((letters for letters in TYPE_LETTERS if len(letters) > 1), key=len, reverse=True)))


@cache
def folded_letters() -> re.Pattern[str]:
    """Return the pattern of a type's letters as people type them."""
    return at_end("|".join(sorted((letters for letters in FOLDED_LETTERS if len(letters) > 1), key=len, reverse=True)))


def at_end(names: str) -> re.Pattern[str]:
    """Return the pattern of one of `names`, then perhaps "số", at the end of a text."""
    return re.compile(rf"(?<![^\W_])(?P<name>{names})(?P<said>\s+s[oố])?\s*:?\s*$")
