"""Mend slips that only recognising makes, by the table of them: in symbols, in numbers, in words of every office.

    33/CT-TTE            CT-TTg        a part of a symbol
    l5/KH-UBND, 2O/11    15, 20        letters where digits stand
    Đẳng bộ              Đảng bộ       a word that is none there

Only what was recognised is mended, and each letter keeps its place in the source: that shows what was read.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from data import table
from ingest.markup import Flow
from ingest.traced import Traced

LIKE_DIGITS = str.maketrans("lI|O", "1110")
# 25-NQ/TW, l5/2O22/KH-UBND, 50-KH/ĐUCATP: a number, then letters in parts
NUMBER = r"(?<![\w/])(?=[lI|O]{0,2}\d|[lI|O]{1,2}/)[\dlI|O]{1,5}(?:/[\dlI|O]{4})?"
SYMBOL = re.compile(rf"({NUMBER})(\s?[-/]\s?)([A-ZĐ][\w'’]{{0,9}}(?:[-/][A-ZĐ][\w'’]{{0,9}}){{1,3}})(?!\w)")
DATE = re.compile(r"(?<![\w/])(?=[\dlI|O/]*\d)[\dlI|O]{1,2}/[\dlI|O]{1,2}/(?:[\dlI|O]{4})(?![\w/])")
PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
STRAY = re.compile("['’]")  # dirt above letters


def mend_flow(flow: Flow) -> None:
    """Mend the lines of a recognised source."""
    flow.lines = [replace(line, text=mended(line.text)) for line in flow.lines]


def mended(text: Traced) -> Traced:
    """Return a line with its slips mended."""
    words = (words_pattern(), word_of)  # twice, for two slips may share a word: "Đẳng Cộng sẳn"
    for pattern, right in ((SYMBOL, symbol_of), (DATE, digits_of), words, words):
        text = exchanged(text, pattern, right)
    return text


def exchanged(text: Traced, pattern: re.Pattern[str], right: Callable[[re.Match[str]], str]) -> Traced:
    """Return the text with each match as `right` gives it; its letters stand for those of the match in turn."""
    for match in reversed(list(pattern.finditer(text.text))):
        old, new = match[0], right(match)
        if new == old:
            continue
        start, last = match.start(), len(old) - 1
        same = len(old) == len(new)
        places = [start + (at if same or at < last else last) for at in range(len(new) - 1)] + [start + last]
        origins = array("i", (text.origins[place] for place in places))
        words = text.text[:start] + new + text.text[match.end() :]
        text = Traced(words, text.origins[:start] + origins + text.origins[match.end() :])
    return text


def symbol_of(match: re.Match[str]) -> str:
    """Return number and symbol with digits for letters and the letters that offices have."""
    number, between, letters = match.groups()
    return number.translate(LIKE_DIGITS) + between + PART.sub(lambda part: part_of(part[0]), letters)


def part_of(part: str) -> str:
    """Return a part of a symbol as offices write it."""
    bare = STRAY.sub("", part)
    return slips("letters").get(bare, bare)


def digits_of(match: re.Match[str]) -> str:
    """Return a date in digits."""
    return match[0].translate(LIKE_DIGITS)


def word_of(match: re.Match[str]) -> str:
    """Return a word as it is meant, its capitals kept."""
    meant = slips("word")[match[0].lower()]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(match[0], meant, strict=True))


@cache
def slips(kind: str) -> dict[str, str]:
    """Return what is meant by each slip of one kind."""
    return {row["read"]: row["meant"] for row in table("scan_slips") if row["kind"] == kind}


@cache
def words_pattern() -> re.Pattern[str]:
    """Return the pattern of all words that are slips."""
    words = sorted(slips("word"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.I)
