"""Vietnamese letters for patterns, and a reading of the text that patterns can rely on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from kg.fold import without_marks

CAPITALS = {chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isupper()}
SMALL = {chr(code) for code in (*range(0xDF, 0x1B1), *range(0x1EA1, 0x1EFA)) if chr(code).islower()}


def in_ranges(letters: set[str]) -> str:
    """Return letters as the inside of a set in a pattern, neighbours as ranges: a short pattern is compiled sooner.

    >>> in_ranges({"a", "b", "c", "x"})
    'a-cx'
    """
    codes = {ord(letter) for letter in letters}
    first = sorted(code for code in codes if code - 1 not in codes)
    last = sorted(code for code in codes if code + 1 not in codes)
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in zip(first, last, strict=True))


UPPER = "A-Z" + in_ranges(CAPITALS)
LOWER = "a-z" + in_ranges(SMALL)
LETTER = "A-Za-z" + in_ranges(CAPITALS | SMALL)

DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
QUOTES = {"„": "“", "«": "“", "»": "”"}
BLANKS = dict.fromkeys("\u00a0\u2007\u202f\t", " ")

# The tone on the second vowel (old style) and where the new style puts it; upper case too: HOÀ, UỶ.
TONES = "\u0300\u0301\u0309\u0303\u0323"


def flatten(content: str) -> str:
    """Return `content`, character for character as long, with one hyphen, one blank and the new place of tones.

    Patterns run on the result, offsets hold for `content`: "hoà" gives "hòa", "2020 – 2025" gives "2020 - 2025".
    """
    plain = content
    for char, one in (DASHES | QUOTES | BLANKS).items():  # a search for each is quicker than a look at each character
        plain = plain.replace(char, one)
    return OLD_PAIR.sub(lambda match: PAIRS.get(match[0], match[0]), plain)


def _pairs() -> dict[str, str]:
    """Return every old-style pair of vowels with its new-style spelling, both two characters long in NFC."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in TONES:
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                old = a + unicodedata.normalize("NFC", b + tone)
                pairs[old] = unicodedata.normalize("NFC", a + tone) + b
    return pairs


PAIRS = _pairs()
# Begins with a set of letters, which `re` seeks fast; a pair that is none ("oỳ") is left as it is.
FIRST, SECOND = ("".join(sorted(set(letters))) for letters in zip(*PAIRS, strict=True))
OLD_PAIR = re.compile(rf"[{FIRST}][{SECOND}](?<![qQ]..)(?![{LETTER}])")


class BareLetters(dict[str, str]):
    """Each letter without its marks, itself where it would be another length; worked out when first asked for."""

    def __missing__(self, char: str) -> str:
        plain = without_marks(char)
        return self.setdefault(char, plain if len(plain) == 1 and "\u00c0" <= char < "\u1efa" else char)


BARE = BareLetters()


@lru_cache(maxsize=1024)
def bare(text: str) -> str:
    """Return `text` without tones and diacritics, character for character as long: scans lose and change them.

    >>> bare("thay thể, sửa đỗi")
    'thay the, sua doi'
    """
    return text if text.isascii() else "".join(map(BARE.__getitem__, text))


# ---- phrases to patterns --------------------------------------------------------------------------------------------

Tree: TypeAlias = "dict[str, Tree]"
END = ""  # in a tree: a phrase ends here


def alternatives(phrases: list[str]) -> str:
    """Return a pattern that matches the longest of `phrases` first, with any blanks between their words.

    Phrases that begin alike share that beginning, so that a letter which begins none is passed by at once.
    """
    return whole(tree_of(" ".join(phrase.split()) for phrase in sorted(phrases, key=len, reverse=True)))


def tree_of(phrases: Iterable[str]) -> Tree:
    """Return the phrases as a tree of letters, each phrase closed by `END`."""
    tree: Tree = {}
    for phrase in phrases:
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[END] = {}
    return tree


def shortest(tree: Tree) -> str:
    """Return a pattern for the shortest phrases of a tree; longer ones begin with them."""
    return "" if END in tree else branches({letter: shortest(rest) for letter, rest in tree.items()})


def whole(tree: Tree) -> str:
    """Return a pattern for all phrases of a tree, the longest first."""
    rests = {letter: whole(rest) for letter, rest in tree.items() if letter != END}
    return (f"(?:{branches(rests)})?" if END in tree else branches(rests)) if rests else ""


def branches(rests: dict[str, str]) -> str:
    """Return a pattern for one of several letters, each with its rest."""
    ways = [(r"\s+" if letter == " " else re.escape(letter)) + rest for letter, rest in rests.items()]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
