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

# Old and new placement of the tone: hoà = hòa, uỷ = ủy; "quý" has its y in another syllable part and stays.
OLD_TONES = dict(
    pair.split("=")
    for pair in (
        *("oà=òa", "oá=óa", "oả=ỏa", "oã=õa", "oạ=ọa"),
        *("oè=òe", "oé=óe", "oẻ=ỏe", "oẽ=õe", "oẹ=ọe"),
        *("uỳ=ùy", "uý=úy", "uỷ=ủy", "uỹ=ũy", "uỵ=ụy"),
    )
)
OLD_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")

# kỹ = kĩ, Sỹ = Sĩ: y for i in an open syllable after these letters.
FINAL_Y = re.compile(r"(?:(?<=[bhklmstv])|(?<=q[uùúủũụ]))([yỳýỷỹỵ])\b")
Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def unify(text: str) -> str:
    """Return `text` in NFC with one letter Đ, one hyphen and one blank in place of their look-alikes."""
    return unicodedata.normalize("NFC", text).translate(IMPOSTORS)


def new_tones(text: str) -> str:
    """Return lower-case `text` with the tone where the newer spelling puts it: "hoà" gives "hòa", "quý" stays."""
    return OLD_TONE.sub(lambda match: OLD_TONES[match[0]], text)


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Return what two spellings with marks have in common: case, tone place, blanks and dashes set aside."""
    return new_tones(" ".join(unify(text).casefold().split()))


def without_marks(text: str) -> str:
    """Return `text` without tones and diacritics, đ as d, its case kept."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


def i_for_y(text: str) -> str:
    """Return lower-case `text` with i where y is only a habit of spelling: "kỹ" gives "kĩ". For search keys only."""
    return FINAL_Y.sub(lambda match: match[1].translate(Y_TO_I), text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the loosest key: lower case, without marks, i for y, words of letters and digits joined by blanks."""
    return " ".join(re.findall(r"[^\W_]+", without_marks(i_for_y(key(text)))))
