"""How wide words are, without a browser: enough to cut them where their box ends.

Widths are those of Noto Sans in parts of the font size, rounded up; Segoe UI and Arial are narrower.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, takewhile

# Thousandths of the font size.
WIDTHS = {
    sign: int(size)
    for size, signs in (
        row.split(" ", 1)
        for row in """258 ijl'|
268 .,:;·!
273 J
300 ()[]
339 I
322 -
350 ft
372 /1
413 r“”
480 cszJ
510 vxyk
535 LF
560 aeETSZYX
572 0123456789?
600 oPVLK
615 bdghnpqu
640 ABCR
735 DGHNUĐ
781 OQ
790 w
935 mMW%@…⚠▸↺""".splitlines()
    )
    for sign in signs
} | {" ": 260}
OTHER = 600
BOLD = 1.07


@lru_cache(maxsize=4096)
def letter(sign: str) -> float:
    """Return the width of one letter, its marks left aside."""
    plain = unicodedata.normalize("NFD", sign)[:1]
    return (WIDTHS.get(sign) or WIDTHS.get(plain) or (700 if plain.isupper() else OTHER)) / 1000


def width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide `text` is in the units of `size`."""
    return sum(map(letter, text)) * size * (BOLD if bold else 1)


def clipped(text: str, room: float, size: float, bold: bool = False) -> str:
    """Return `text`, or as much of its beginning as fits `room` with an ellipsis."""
    if width(text, size, bold) <= room:
        return text
    room -= width("…", size, bold)
    sums = accumulate(width(sign, size, bold) for sign in text)
    return text[: sum(1 for _ in takewhile(lambda used: used <= room, sums))].rstrip() + "…"


def lines(text: str, room: float, size: float) -> Iterator[str]:
    """Yield `text` broken at blanks into lines of at most `room`."""
    line = ""
    for word in text.split():
        if line and width(f"{line} {word}", size) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
