"""The form of a document (thể thức) is no answer: lines of the letterhead are left out of what is searched.

    ỦY BAN NHÂN DÂN                     the issuer, in capitals, above one of the lines below
    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM  the name of the state or of the Party, and the motto
    Số: 35/KH-UBND                      the number
    Bạch Thông, ngày 17 tháng 02 năm 2022
    KẾ HOẠCH                            the type alone

What these lines say is known of the report: its issuer, number, date and type stand with every passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.fold import fold, unify
from kg.model import Passage

HEAD = 20  # passages at the top in which a line in capitals may be the issuer
BLANK = r"[\s\d.…_/-]*"  # what is written, or left to be written, for a number or a day
NAMES = (  # of the state and the Party, and the motto; each holds one of the two words
    r"cộng\s+ho(?:à|òa)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|đảng\s+cộng\s+sản\s+việt\s+nam"
    r"|độc\s+lập\s*[-–]?\s*tự\s+do\s*[-–]?\s*hạnh\s+phúc"
)
WORDS = ("cộng", "độc")
LINES = (
    # Số: 35/KH-UBND | Số 14-CTr/TU | Số:     /BC-UBND
    r"^số\s*:?\s*\d*[a-z]?\s*[-/.…_]\s*[^\W_][^|,;]{0,40}$"
    # Bạch Thông, ngày 17 tháng 02 năm 2022 | Bình Thành, ngày tháng năm 2023
    rf"|^[^|,.:;\d]{{2,40}},\s*ngày\b{BLANK}tháng\b{BLANK}năm\b{BLANK}$"
)
FORM = re.compile(f"{NAMES}|{LINES}", re.IGNORECASE)
LINE = re.compile(LINES, re.IGNORECASE)


def letterhead(passages: Sequence[Passage]) -> frozenset[int]:
    """Return the places of the passages that are only form."""
    form = {place for place, passage in enumerate(passages) if is_form(passage.text)}
    head = [place for place, passage in enumerate(passages[:HEAD]) if not passage.section]
    last = max(form.intersection(head), default=-1)
    capitals = {place for place in head if place < last and is_capitals(passages[place].text)}
    return frozenset(form | capitals | {place for place in head if is_type(passages[place].text)})


def is_form(text: str) -> bool:
    """Tell whether nothing is said beside the name of the state, motto, number, place and day; perhaps in cells."""
    cells = [cell.strip(" *") for line in unify(text).splitlines() for cell in line.split("|")]
    rests = [FORM.sub(" ", cell) if may_hold_form(cell) else cell for cell in cells]
    formal = rests != cells and not any(letter.islower() for letter in "".join(rests))
    return formal or not any(map(str.isalnum, text))


def may_hold_form(cell: str) -> bool:
    """Tell whether a cell can match `FORM`, by a quick look: nearly none can."""
    lower = cell.lower()
    return any(word in lower for word in WORDS) or LINE.match(cell) is not None


def is_capitals(text: str) -> bool:
    """Tell whether all letters of a text are capitals."""
    return text == text.upper() and text != text.lower()


def is_type(text: str) -> bool:
    """Tell whether a text is the name of a type of document in capitals: "KẾ HOẠCH"."""
    from kg.reference import types  # its tables are read only where files are indexed

    return is_capitals(text) and fold(text) in types()
