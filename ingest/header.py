"""Read the top and the tail of a report: issuer, number, place and date, title, addressee, recipients, signer.

    ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    HUYỆN BẠCH THÔNG                       Độc lập - Tự do - Hạnh phúc
    Số: 35/KH-UBND                  Bạch Thông, ngày 17 tháng 02 năm 2022

Layouts: Nghị định 30/2020/NĐ-CP phụ lục I (state), Hướng dẫn 36-HD/VPTW (Party). Numbers and days are often blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.citations import type_by_letters
from ingest.dates import real_date
from ingest.letterhead import MOTTO, TOP, Line
from ingest.letters import LETTER, LOWER, UPPER, bare
from ingest.places import NAME, Home
from ingest.sender import read_issuer, renames
from ingest.tail import ADDRESSEE, BODY, read_addressee, read_recipients, read_signer
from ingest.text import Text
from ingest.typewords import types_without_marks
from ingest.units import UnitMention, expand
from kg.fold import fold
from kg.model import Header
from kg.numbers import NUMBER, parse_number

NUMBER_LINE = re.compile(
    r"^(?:[^\w]*)(?:Số|(?:Luật|Pháp\s+lệnh|Nghị\s+quyết)\s+số(?=\s*:))\s*:?\s*(?P<rest>.*)$", re.IGNORECASE
)


NUMBER_WITHIN = re.compile(r"(?:^|\s)Số\s*:?\s*(?P<rest>[\s.…]*[-/\d].*)$")


BLANK_NUMBER = re.compile(
    rf"[\s.…_]*[-/]\s*(?P<symbol>[{UPPER}][A-Za-zĐđƯư0-9]*(?:\s?[-/]\s?[{UPPER}][A-Za-zĐđƯư0-9]*){{0,4}})"
)


# "Bạch Thông, ngày 17 tháng 02 năm 2022", with blanks for day or month in drafts
DATE_LINE = re.compile(
    rf"(?P<place>{NAME}(?:\s+(?:-\s+)?{NAME})?)\s*,\s*ngày\s*(?P<day>\d{{1,2}})?[\s.…_]*tháng\s*(?P<month>\d{{1,2}})?[\s.…_]*năm\s*(?P<year>(?:19|20)\d\d)"
)


OF_LINE = re.compile(rf"^(?:CỦA|HỘI\s+NGHỊ|KỲ\s+HỌP)\s[{UPPER}\s,\d()/-]*(?=$|\s+[Vv]ề\s|\s+[{UPPER}]?[a-zà-ỹ])")


@dataclass(frozen=True, slots=True)
class Top:
    """What the header says, and the home and span of title that later stages need."""

    header: Header
    home: Home
    title: tuple[int, int] | None
    issuer_unit: UnitMention | None
    body: int  # offset where the running text begins


def lines_of(text: Text, flat: str) -> list[Line]:
    """Return the blocks of `text` outside notes as lines."""
    return [Line(flat[b.start : b.end], b.start) for b in text.blocks if b.kind != "note"]


def read_header(text: Text, flat: str) -> Top:
    """Return what the top and tail of the report say of it."""
    lines = lines_of(text, flat)
    place, stated = read_place_and_date(lines)
    kind, title, body = read_type_and_title(lines, flat)
    number, symbol = read_number(lines, body if kind is not None else None)
    if kind is None:
        kind, title, body = letter_without_type(lines, symbol, body)
    issuer, home = read_issuer(lines, flat, symbol, place, stated, body)
    home = replace(home, renamed=tuple(renames(flat, home)))
    name = expand(issuer, home) if issuer is not None else None
    if issuer is not None and issuer.organ == "other" and name is not None and name.name.startswith("Đảng ủy "):
        home = replace(home, party=name.name)
    signer, role = read_signer(lines)
    header = Header(
        type=kind,
        number=number,
        symbol=symbol,
        date=stated,
        place=place,
        issuer=name.name if name else None,
        title=flat[title[0] : title[1]] if title else None,
        signer=signer,
        signer_role=role,
        addressee=read_addressee(lines),
        recipients=read_recipients(lines),
    )
    return Top(header, home, title, issuer, body)


def read_number(lines: list[Line], body: int | None) -> tuple[str | None, str | None]:
    """Return (number, symbol) of the report's own number line above `body`; "Số: /BC-UBND" has no number."""
    for line in lines[:TOP]:
        if (body is not None and line.start >= body) or ADDRESSEE.match(line.text):
            break
        match = NUMBER_LINE.match(line.text) or NUMBER_WITHIN.search(line.text[:120])
        if match is None:
            continue
        full = NUMBER.match(match["rest"])
        number = parse_number(full[0]) if full else None
        if number is not None:
            year = f"{number.year}/" if number.year else ""
            return number.number, year + number.symbol
        blank = BLANK_NUMBER.match(match["rest"])
        if blank is not None:
            return None, re.sub(r"\s*([-/])\s*", r"\1", blank["symbol"])
    return None, None


# "TTr-UBND |Quận 8", "BC - UBND |Lào Cai": the end of a number, in one line with the place
SYMBOL_BEFORE = re.compile(
    rf"^(?:Số\s*:?.*?|[A-ZĐ/-]+|[A-ZĐ]\w*(?:\s?[-/]\s?[A-ZĐ]{{2,}}\w*)+)\s+(?=[{UPPER}][a-zà-ỹ])"
)


def read_place_and_date(lines: list[Line]) -> tuple[str | None, str | None]:
    """Return (place, date) of the date line; an unknown day or month leaves the date shorter."""
    for line in lines[:TOP]:
        match = DATE_LINE.search(line.text) if len(line.text) <= 220 and "tháng" in line.text else None
        if match is None:
            continue
        year, month, day = match["year"], match["month"], match["day"]
        known = f"{year}-{int(month):02}" if month else year
        stated = real_date(year, month, day) if month and day else known
        return SYMBOL_BEFORE.sub("", match["place"]), stated
    return None, None


def read_type_and_title(lines: list[Line], flat: str) -> tuple[str | None, tuple[int, int] | None, int]:
    """Return (type, where the title stands, where the body begins) by the line that is a type word in capitals."""
    for place, line in enumerate(lines[:TOP]):
        words = line.text.strip(" *#_:-")
        kind, length = type_line(words)
        if kind is not None:
            start = line.start + line.text.find(words) + length
            end, body = title_end(lines, place, start)
            begin, stop = trimmed(flat, start, before_enacting_body(flat, start, end))
            return kind, ((begin, stop) if stop > begin else None), body
    return None, None, lines[0].start if lines else 0


ENACTING = re.compile(
    r"\s(?=(?:HỘI\s+ĐỒNG|(?:ỦY|UỶ)\s+BAN|CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|CHÍNH\s+PHỦ|GIÁM\s+ĐỐC|THỦ\s+TƯỚNG|"
    rf"BAN\s+(?:THƯỜNG|CHẤP)|QUỐC\s+HỘI|CHÁNH\s+ÁN|VIỆN\s+TRƯỞNG|TỔNG\s+GIÁM)[^{LOWER}]*$)"
)
OPEN_END = re.compile(r"\s(?:CỦA|TẠI|DO|VÀ|VỚI|CHO|TRÌNH)\s*$")  # "KẾT QUẢ GIÁM SÁT CỦA |HỘI ĐỒNG NHÂN DÂN TỈNH"


def before_enacting_body(flat: str, start: int, end: int) -> int:
    """Return where a title ends before the body that enacts it ("… cho hộ nghèo HỘI ĐỒNG NHÂN DÂN TỈNH …").

    Below a title in capitals that body has a line of its own, and the grounds follow.
    """
    match = ENACTING.search(flat, start, end)
    if match is None:
        return end
    title = flat[start : match.start()]
    alone = match[0] == "\n" and bare(flat[end : end + 40].strip()).startswith("Can cu ") and not OPEN_END.search(title)
    return match.start() if alone or not title.isupper() else end


# "QUYẾT ĐỊNH |Về việc …"
IN_CAPITALS = re.compile(rf"[{UPPER}\s]{{4,40}}?(?=\s+[{UPPER}]?[{LETTER}]*[a-zà-ỹ]|\s*$)")


def type_line(words: str) -> tuple[str | None, int]:
    """Return (type, its length) for a line that is a type word in capitals, or begins with one and runs on."""
    if words.isupper() and fold(words) in types_without_marks():
        return types_without_marks()[fold(words)], len(words)
    head = IN_CAPITALS.match(words)
    if head is not None and fold(head[0]) in types_without_marks():
        return types_without_marks()[fold(head[0])], head.end()
    return leading_type(words)


def leading_type(words: str) -> tuple[str | None, int]:
    """Return (type, its length) for a line in capitals that begins with a type: "BÁO CÁO KẾT QUẢ THỰC HIỆN …"."""
    if not words.isupper() or MOTTO.search(words):
        return None, 0
    parts = words.split()
    if len(parts) < 3:
        return None, 0
    for count in (3, 2):
        head = " ".join(parts[:count])
        if fold(head) in types_without_marks():
            return types_without_marks()[fold(head)], len(head)
    return None, 0


def title_end(lines: list[Line], place: int, start: int) -> tuple[int, int]:
    """Return (end of the title, start of the body) for a title that begins at `start` in or below line `place`."""
    end = lines[place].start + len(lines[place].text)
    for line in lines[place + 1 : place + 7]:
        stripped = line.text.strip(" *#_")
        if not stripped or len(stripped) > 900 or not re.search(rf"[{LETTER}]", stripped) or starts_body(stripped):
            return end, line.start
        if end > start + 4 and (looks_like_body(stripped) or TAIL.match(stripped)):
            return end, line.start
        end = line.start + len(line.text)
    return end, end


# What stands below the body, in the shortest papers right below the title
TAIL = re.compile(r"Nơi\s+nhận|(?:TM|KT|T/M|TL|TUQ|Q)\.\s|[-+•]\s")


def starts_body(stripped: str) -> bool:
    """Tell whether a line opens the body: a heading, "Kính gửi", or a sentence that begins "Thực hiện …" and ends."""
    match = BODY.match(stripped)
    if match is None:
        return bare(stripped).startswith("Can cu ")  # so scans have it
    return (
        not match[0][0].isalpha()
        or not match[0][-1:].isalpha()
        or match[0].startswith(("Kính", "Căn", "PH", "Ph", "QU"))
        or stripped.endswith((".", ";", ":", ","))
    )


def looks_like_body(stripped: str) -> bool:
    """Tell whether a line after the title's first is running text: a full sentence that ends with a stop.

    A short one with a capital is a sentence of its own; what runs on in small letters is the title's last line.
    """
    return stripped.endswith((".", ";", ":")) and len(stripped) > (25 if stripped[0].isupper() else 60)


def trimmed(flat: str, start: int, end: int) -> tuple[int, int]:
    """Return `start`..`end` without blanks, marks and "về việc" at its edges."""
    while start < end and flat[start] in EDGE:
        start += 1
    while end > start and flat[end - 1] in EDGE:
        end -= 1
    of = OF_LINE.match(flat[start:end])
    start += len(flat[start:end]) - len(flat[start:end][of.end() :].lstrip()) if of else 0
    intro = re.match(r"(?:về\s+việc|v/v|về)\s+", flat[start:end], re.IGNORECASE)
    return start + (intro.end() if intro else 0), end


EDGE = " \n*#_:-"


def subject_end(lines: list[Line], end: int) -> int:
    """Return where a letter's subject ends that begins on the line which ends at `end`: it may take several lines."""
    for line in [x for x in lines if x.start > end][:4]:
        words = line.text.strip()
        if len(words) > SUBJECT_LINE or words.isupper() or OTHER_PART.search(words) or ADDRESSEE.match(words):
            return end
        end = line.start + len(line.text)
    return end


SUBJECT_LINE = 60  # characters, half a page's width
OTHER_PART = re.compile(rf"{MOTTO.pattern}|{NUMBER_LINE.pattern}|{DATE_LINE.pattern}|^\W*$|[|;:]", re.IGNORECASE)


def letter_without_type(
    lines: list[Line], symbol: str | None, body: int
) -> tuple[str | None, tuple[int, int] | None, int]:
    """Return type, title and body of a letter (công văn), which has no type line: "V/v …" stands under its number."""
    if symbol is None:
        return None, None, body
    number = parse_number(f"1/{symbol}") or parse_number(f"1-{symbol}")
    kind = (type_by_letters(number) if number else None) or "công văn"
    for line in lines[:TOP]:
        match = re.search(r"(?:V/v|Về\s+việc)\s*:?\s*(?P<title>.+)$", line.text, re.IGNORECASE)
        if match and len(line.text) < 400:
            end = subject_end(lines, line.start + match.end("title"))
            after = next((x.start for x in lines if x.start >= end), end)
            return kind, (line.start + match.start("title"), end), after
    return kind, None, body
