"""Vietnamese letters for patterns, and a reading of the text that patterns can rely on."""

from __future__ import annotations

import re
import unicodedata

UPPER = "A-Z" + "".join(chr(code) for code in [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)] if chr(code).isupper())
LOWER = "a-z" + "".join(chr(code) for code in [*range(0xDF, 0x1B1), *range(0x1EA1, 0x1EFA)] if chr(code).islower())
LETTER = UPPER + LOWER

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
OLD_PAIR = re.compile(
    rf"[{''.join({pair[0] for pair in PAIRS})}][{''.join({pair[1] for pair in PAIRS})}](?<![qQ]..)(?![{LETTER}])"
)


def word_pattern(phrase: str) -> str:
    """Return a pattern for `phrase` that takes any blanks between its words."""
    return r"\s+".join(re.escape(word) for word in phrase.split())


def alternatives(phrases: list[str]) -> str:
    """Return a pattern that matches the longest of `phrases` first."""
    return "|".join(word_pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True))
