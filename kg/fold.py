"""Spellings that mean the same: what must be set aside before two pieces of Vietnamese text are compared.

`unify` mends characters, `key` compares with marks, `fold` compares without. Stored text is never altered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# U+00D0 and U+0189 look like U+0110 and are typed for it ("11-QÐi/TW"); dashes and blanks are one class each.
IMPOSTORS = str.maketrans(
    {
        "Ð": "Đ",
        "Ɖ": "Đ",
        "ð": "đ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
    }
)
IMPOSTOR = re.compile(f"[{''.join(map(chr, IMPOSTORS))}]")  # few texts have any, and a look is quicker than a mending

# Old and new placement of the tone: hoà = hòa, uỷ = ủy; "quý" has its y in another syllable part and stays.
OLD_TONES = dict(
    pair.split("=")
    for pair in (
        *("oà=òa", "oá=óa", "oả=ỏa", "oã=õa", "oạ=ọa"),
        *("oè=òe", "oé=óe", "oẻ=ỏe", "oẽ=õe", "oẹ=ọe"),
        *("uỳ=ùy", "uý=úy", "uỷ=ủy", "uỹ=ũy", "uỵ=ụy"),
    )
)
# This pattern and the next begin with a set of letters, which `re` seeks fast; a pair that is none ("oỳ") stays.
OLD_TONE = re.compile(r"[ou][àáảãạèéẻẽẹỳýỷỹỵ](?<!q..)(?!\w)")

# kỹ = kĩ, Sỹ = Sĩ: y for i in an open syllable after these letters.
FINAL_Y = re.compile(r"[yỳýỷỹỵ](?:(?<=[bhklmstv].)|(?<=q[uùúủũụ].))\b")
Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def unify(text: str) -> str:
    """Return `text` in NFC with one letter Đ, one hyphen and one blank in place of their look-alikes."""
    composed = unicodedata.normalize("NFC", text)
    return composed.translate(IMPOSTORS) if IMPOSTOR.search(composed) else composed


def new_tones(text: str) -> str:
    """Return lower-case `text` with the tone where the newer spelling puts it: "hoà" gives "hòa", "quý" stays."""
    return OLD_TONE.sub(lambda match: OLD_TONES.get(match[0], match[0]), text)


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Return what two spellings with marks have in common: case, tone place, blanks and dashes set aside."""
    return new_tones(" ".join(unify(text).casefold().split()))


def without_marks(text: str) -> str:
    """Return `text` without tones and diacritics, đ as d, its case kept."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(BARE_LETTERS.__getitem__, text)))


class BareLetters(dict[str, str]):
    """Each character without its marks, worked out when first asked for."""

    def __missing__(self, char: str) -> str:
        parts = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D"}.get(char, char))
        return self.setdefault(char, "".join(part for part in parts if not unicodedata.combining(part)))


BARE_LETTERS = BareLetters()


def i_for_y(text: str) -> str:
    """Return lower-case `text` with i where y is only a habit of spelling: "kỹ" gives "kĩ". For search keys only."""
    return FINAL_Y.sub(lambda match: match[0].translate(Y_TO_I), text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the loosest key: lower case, without marks, i for y, words of letters and digits joined by blanks."""
    plain = without_marks(i_for_y(key(text)))
    return " ".join(plain.translate(SIGNS).split() if plain.isascii() else re.findall(r"[^\W_]+", plain))


SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
