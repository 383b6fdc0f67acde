"""Make the characters of a source regular: NFC, one kind of line end, blank, hyphen and Đ, nothing invisible."""

from __future__ import annotations

import re

from ingest.traced import Traced, normalise

# Line ends of other systems; NBSP and the other blanks; hyphens (pdfium writes one at a line end as U+FFFE); U+00AD,
# zero widths, direction marks, BOM and controls; Đ typed as Icelandic eth ("11-QÐi/TW") or African D.
KINDS = (
    ("\n", "\r\x0b\x1c-\x1e\x85\u2028\u2029"),
    ("\n\f\n", "\x0c"),
    (" ", "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"),
    ("-", "\u2010\u2011\u2212\ufffe"),
    (
        "",
        "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
        "\ufe00-\ufe0f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\uffff",
    ),
    ("Đ", "ÐƉ"),
    ("đ", "ðɖ"),
)
RANGE = re.compile("(.)-(.)", re.DOTALL)


def spread(chars: str) -> str:
    """Return the characters of a set as a pattern writes it: "a-cx" gives "abcx"."""
    return RANGE.sub(lambda match: "".join(map(chr, range(ord(match[1]), ord(match[2]) + 1))), chars)


REGULAR = {char: put for put, chars in KINDS for char in spread(chars)}

# One set of characters comes first, because `re` seeks that fast: most texts have none of them.
ODD = re.compile(rf"[{''.join(chars for _, chars in KINDS)}](?:(?<=\r)\n)?(?<![^\W\d_][ðɖ])")

# A pile of combining marks would take normalisation a time that grows with its square.
PILED = re.compile("[\u0300-\u036f][\u0300-\u036f]{30}")
PILE = re.compile("(?<=[\u0300-\u036f]{30})[\u0300-\u036f]+")


def regular(source: str) -> Traced:
    """Return the source in NFC, with one kind of line end, blank, hyphen and Đ, and without invisible characters."""
    flow = Traced.of(source)
    if PILED.search(source):
        flow = flow.sub(PILE, lambda _: "")
    return normalise(flow).sub(ODD, lambda match: REGULAR[match[0][0]])


def regular_character(char: str) -> str:
    """Return what stands for one character in a regular text: " " for a no-break space."""
    return REGULAR.get(char, char)
