"""Join lines to paragraphs: which line break is soft, which line starts anew.

Text made from PDF breaks lines in the middle of a sentence or a symbol ("177/UBND-⏎NV"); text written by hand has one
line for each paragraph. The widths of a file's lines tell which of the two it is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from data import table
from ingest.markup import MARK, MAYBE, Line
from ingest.places import KIND
from kg.register import find_places

WIDEST = 140  # no page of running text has longer lines
FULL = 0.75  # of the width: lines as long as that show that a file's lines are broken to it
FITS = 0.85  # of the width: where the next word would have fitted, the break is meant
BRIM = 0.93  # the same, after a full stop
TITLE_LINES = 6
TITLE_LENGTH = 600
RUNNING = 100  # the longest running head
PAGE_LENGTH = 400  # characters between two page numbers, at least


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines that read as one; those of a joined sentence may stand apart in the source."""

    lines: list[Line]
    text: str = ""  # of all lines, clean; set by ingest.layout
    section: tuple[str, ...] = ()
    notes: list[Paragraph] = field(default_factory=list)
    size: int = 0  # in characters

    def __post_init__(self) -> None:
        self.size = sum(len(line.text) + 1 for line in self.lines)

    def add(self, lines: list[Line]) -> None:
        """Append lines that go on with the paragraph."""
        self.lines += lines
        self.size += sum(len(line.text) + 1 for line in lines)

    @property
    def kind(self) -> str:
        return self.lines[0].kind

    @property
    def first(self) -> str:
        return self.lines[0].text.text

    @property
    def last(self) -> str:
        return self.lines[-1].text.text


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind of data/reading_words.csv: open, number, topic."""
    return frozenset(row["word"] for row in table("reading_words") if row["kind"] == kind)


@cache
def types() -> frozenset[str]:
    """Return the names of the types of documents: "báo cáo", "kế hoạch"."""
    return frozenset(row["name"].lower() for row in table("document_types"))


# ---- what a line looks like -----------------------------------------------------------------------------------------

NUMBERED = re.compile(
    r"(?P<part>(?i:phần)\s+(?:(?i:thứ)\s+\w+|[IVX]+|\d{1,2})(?=[.:\s–-]|$))"
    r"|(?P<chapter>(?i:chương)\s+(?:[IVX]+|\d{1,2})(?=[.:\s–-]|$))"
    r"|(?P<letter>[ABCDEGHĐ])[.)]\s+(?=\S)(?!\w\.)"
    r"|(?P<roman>[IVX]{1,6})[.)]\s*(?=[^\W\d_])(?!\w\.)"
    r"|(?P<article>(?i:điều)\s+\d{1,3}[.:](?=\s|$))"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s*(?=[^\W\d_“\"])"
    r"|(?P<arabic>\d{1,2})\.\s*(?=[^\W\d_“\"])"
)
SIGNING = r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\.?\s+[^\W\da-z_]"
ANEW = re.compile(
    rf"Số\s*:|Số\s+\d\S*$|Kính gửi|Nơi nhận|Độc lập\s*[-–]|CỘNG H|ĐẢNG CỘNG SẢN|Căn cứ\s|{SIGNING}|Trên đây là"
    r"|[^\d,]{2,30},\s+ngày\s.{0,30}năm\s+\d{0,4}$"
)
CLOSERS = "”\"'’»)]* \t" + MARK + MAYBE
ENDS = ".;:!?…"
OPENERS = "“\"'‘«([* " + MARK + MAYBE
MARKS_AT_END = re.compile(rf"(?:{MAYBE}\S{{1,5}}|{MARK})[\s.,;]*$")


def ends_open(text: str) -> bool:
    """Return whether the text breaks off: no full stop, semicolon, colon or the like at its end."""
    last = MARKS_AT_END.sub("", text[-40:]) if MAYBE in text[-40:] else text[-40:]
    last = last.rstrip(CLOSERS)
    return bool(last) and last[-1] not in ENDS


def first_letter(text: str) -> str:
    """Return the first character after opening quotes and brackets."""
    return text[:40].lstrip(OPENERS)[:1]


def goes_on(line: Line) -> bool:
    """Return whether the line starts as the middle of a sentence does: in lower case, with a comma or a dash."""
    char = first_letter(line.text.text)
    return (
        line.kind == "paragraph"
        and line.note is None
        and (char.islower() or char in {",", ";", ")", "%", "”", "-", "–"})
    )


def last_word(text: str) -> str:
    """Return the last word, in lower case; "" after a stop."""
    found = re.search(r"[^\W\d_]+$", text[-20:])
    return found[0].lower() if found else ""


def starts_anew(line: Line) -> bool:
    """Return whether the line starts a paragraph of its own, by its form."""
    return (
        line.kind != "paragraph"
        or line.note is not None
        or bool(NUMBERED.match(line.text.text))
        or bool(ANEW.match(line.text.text))
    )


def is_caps(text: str) -> bool:
    """Return whether the text is in capitals: "BÁO CÁO", "I. KẾT QUẢ", but not "25-NQ/TW"."""
    return text.isupper() and sum(char.isalpha() for char in text[:40]) >= 4 and not re.match(r"\d+[-/]", text)


SYMBOL_BREAK = re.compile(r"(?:[\dA-ZĐ][-/–]|/\w{1,8}-)$")


def glue(before: str, after: str) -> str:
    """Return what joins two lines: nothing inside a symbol ("UBND-⏎NV", "25⏎-NQ/TW"), else a blank."""
    if SYMBOL_BREAK.search(before[-10:]) and after[:1].isalnum():
        return ""
    return "" if before[-1:].isdigit() and re.match(r"[-/][A-ZĐ]", after) else " "


# ---- pages ----------------------------------------------------------------------------------------------------------

PAGE = re.compile(
    r"(?:[-–—]\s*(\d{1,4})\s*[-–—]|(?:[Tt]rang|[Pp]age)\s+(\d{1,4})(?:\s*(?:/|of|trên)\s*\d+)?|(\d{1,3}))"
)


def without_running_heads(lines: list[Line]) -> list[Line]:
    """Return the lines without those that stand under several page numbers: the title at the head of each page."""
    below = Counter(line.text.text for line in lines if line.page and len(line.text) <= RUNNING)
    kept: list[Line] = []
    turned = False
    for line in lines:
        if line.page and below[line.text.text] > 1:
            turned = True
            continue
        line.page, turned = line.page or turned, False
        kept.append(line)
    return kept


def without_page_numbers(lines: list[Line]) -> list[Line]:
    """Return the lines without page numbers: "- 2 -", "Trang 3/12", and bare numbers that count the pages."""
    kept: list[Line] = []
    page = offset = 0
    turned = False
    for line in lines:
        found = PAGE.fullmatch(line.text.text) if len(line.text) < 24 and line.kind != "row" else None
        here = line.text.origins[0]
        if found and (found[1] or found[2]):
            page, offset, turned = int(found[1] or found[2]), here, True
        elif found and page < int(found[3]) <= page + 2 and (here - offset >= PAGE_LENGTH or page == offset == 0):
            page, offset, turned = int(found[3]), here, True
        else:
            line.page, turned = turned, False
            kept.append(line)
    return kept


# ---- joining --------------------------------------------------------------------------------------------------------


def width(lines: list[Line]) -> int:
    """Return the width to which the file's lines are broken, 0 where each line is a paragraph."""
    sizes = sorted(len(line.text) for line in lines if line.kind != "row")
    if len(sizes) < 3:
        return 0
    wide = sizes[min(len(sizes) - 1, len(sizes) * 95 // 100)]
    full = sum(1 for size in sizes if FULL * wide <= size)
    return wide if 40 <= wide <= WIDEST and sizes[-1] <= 2 * wide and full * 10 >= len(sizes) * 3 else 0


def join_lines(lines: list[Line]) -> list[Paragraph]:
    """Return the paragraphs: lines joined over soft breaks, none over a gap."""
    wide = width(lines)
    if not wide:
        _part_lines(lines)
    paragraphs: list[Paragraph] = []
    title = 0  # lines of the title so far; 0 outside it
    for line in lines:
        before = paragraphs[-1] if paragraphs else None
        if before is None or line.gap:
            title = 0
            paragraphs.append(Paragraph([line]))
        elif title and _in_title(before, line, title) and not _opens_body(before, line, wide):
            before.add([line])
            title += 1
        elif is_soft(before, line, wide):
            before.add([line])
        else:
            paragraphs.append(Paragraph([line]))
            title = 0
        if len(paragraphs[-1].lines) == 1:
            title = 1 if before is not None and not starts_anew(line) and is_type(before) and not line.gap else 0
    return paragraphs


def _part_lines(lines: list[Line]) -> None:
    """Set each line apart after the head of a file that has one line for each paragraph, and no blank lines."""
    head = next((index for index, line in enumerate(lines) if len(line.text) > WIDEST), len(lines))
    body = lines[head:]
    if sum(line.gap for line in body) * 10 < len(body) * 3:
        for line in body:
            line.gap = True


def is_type(paragraph: Paragraph) -> bool:
    """Return whether the paragraph is the line that names the document's type: "BÁO CÁO"."""
    return is_caps(paragraph.first) and paragraph.first.lower() in types()


def _in_title(title: Paragraph, line: Line, count: int) -> bool:
    """Return whether the line goes on with the subject (trích yếu) under the type of the document."""
    if count >= TITLE_LINES or starts_anew(line) or title.size + len(line.text) > TITLE_LENGTH:
        return False
    return len(title.last) <= WIDEST and len(line.text) <= WIDEST and not title.last.endswith(".")


# The sentence under a title: "Thực hiện Công văn số …, UBND huyện báo cáo như sau:"
OPENING = re.compile(r"(?:Thực\s+hiện|Căn\s+cứ|Triển\s+khai|Trên\s+cơ\s+sở|Thi\s+hành|Theo)\s")


def _opens_body(title: Paragraph, line: Line, wide: int) -> bool:
    """Return whether a line that fills the width opens the body under a title that ended before it."""
    room = len(title.last) + 1 + len(line.text.text.split(maxsplit=1)[0])
    full = wide > 0 and len(line.text) >= FITS * wide
    return full and room < FITS * wide and OPENING.match(line.text.text) is not None


# The right-hand column of a letterhead: what stands below begins anew
MOTTO_END = re.compile(r"(?:Tự\s+do\s*[-–]\s*Hạnh\s+phúc|CHỦ\s+NGHĨA\s+VIỆT\s+NAM|CỘNG\s+SẢN\s+VIỆT\s+NAM)\W*$")


def is_soft(before: Paragraph, line: Line, wide: int) -> bool:
    """Return whether the break between a paragraph and the next line (no blank line between) is soft."""
    if before.kind == "row" or line.kind == "row" or line.note is not None or MOTTO_END.search(before.last):
        return False
    after = line.text.text
    room = len(before.last) + 1 + len(after.split(maxsplit=1)[0])
    full = wide > 0 and room >= FITS * wide
    if _is_bound(before.last, line):
        return True
    if starts_anew(line) or is_caps(before.first) or is_caps(after):
        return _soft_in_heading(before, line, full, wide)
    if goes_on(line):
        return full or ends_open(before.last)
    if _heads(before) or not ends_open(before.last):
        return full and room >= BRIM * wide
    return full or before.last.endswith(",") or last_word(before.last) in words("open") or after[0].isdigit()


def _is_bound(last: str, line: Line) -> bool:
    """Return whether the break is inside a symbol, range or ordinal: "25-⏎NQ/TW", "2021 ⏎ - 2025", "khóa ⏎ XI"."""
    after = line.text.text
    if last_word(last) in words("number") and re.match(r"\d|[IVX]+\b", after):
        return True
    if last[-1:].isdigit() and re.match(r"[-–]\s?\d", after):
        return True
    return line.kind != "item" and glue(last, after) == ""


def _soft_in_heading(before: Paragraph, line: Line, full: bool, wide: int) -> bool:
    """Return whether a line that looks like a start of its own, or in capitals, goes on with the paragraph."""
    after = line.text.text
    if starts_anew(line):
        return full and line.kind == "paragraph" and ends_open(before.last) and not (is_caps(after) or _heads(before))
    wrapped = _heads(before) and (full or wide == 0)
    opens = last_word(before.last) in words("open") and not _ends_in_place(before.last)
    return is_caps(before.last) == is_caps(after) and (wrapped or opens)


# "TỈNH |CAO BẰNG|", "HUYỆN ỦY |ĐẠI TỪ|"
PLACE_AT_END = re.compile(rf"({KIND})(?:\s+(?i:ủy|uỷ))?((?:\s+\w+){{1,4}})$")


def _ends_in_place(text: str) -> bool:
    """Return whether a line ends with a place: "UBND TỈNH CAO BẰNG", "UBND HUYỆN ĐẠI TỪ" have no word left open."""
    match = PLACE_AT_END.search(text)
    return match is not None and bool(find_places(match[1] + match[2]))


def _heads(paragraph: Paragraph) -> bool:
    return paragraph.lines[0].level > 0 or bool(NUMBERED.match(paragraph.first))
