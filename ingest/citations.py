"""Find citations: the places where a report names another document by number.

    Kế hoạch số 35/KH-UBND ngày 17/02/2022 của UBND huyện Bạch Thông về triển khai thực hiện …
    └ type ┘    └ number ┘ └─── date ────┘ └──────── issuer ───────┘ └────── title ─────────

Forms: numbered ("Chỉ thị số 33/CT-TTg"), short ("Nghị quyết số 25"); `ingest.names` finds documents called by name.
What document a citation means is decided later, in `ingest.resolve`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.beside import read_tail
from ingest.dates import DAY, real_date
from ingest.heads import Finder, head_places, touched
from ingest.letters import LETTER, UPPER, alternatives, bare
from ingest.makers import maker_before
from ingest.text import Block
from ingest.typewords import type_heads, type_names, type_pattern, types_without_marks
from ingest.units import UnitMention, unit_at
from kg.fold import fold, key, without_marks
from kg.numbers import FOLDED_LETTERS, TYPE_LETTERS, Number, find_numbers


@dataclass(frozen=True, slots=True)
class Citation:
    """One naming of a document in the text, with what stands right beside it.

    `start`..`end` run from the type word to the end of the number; `tail` is where date and issuer end; `subject` are
    the offsets of its title (trích yếu) or None. Offsets count in `Text.content`. `issuers` are the units after "của".
    """

    start: int
    end: int
    form: str
    type: str | None
    block: int
    number: Number | None = None
    count: str | None = None  # the bare number of a short form
    name: str | None = None  # what a named form calls the document, as a key
    date: str | None = None
    issuers: tuple[UnitMention, ...] = ()
    tail: int = 0
    subject: tuple[int, int] | None = None
    typed: bool = True  # the text itself has the type word
    maker: UnitMention | None = None  # whose place stands before "ban hành"
    term: str = ""  # of the committee, as written behind the number: "khóa XI"


TITLE = re.compile(
    r"[\s,:]*(?:của\s+(?:Trung\s+ương|TW|Đảng|Nhà\s+nước)(?:\s+Đảng)?(?=\s+về\s|,))?[\s,:]*(?:[(][^()]{0,80}[)]\s*)?(?:(?:về\s+việc|v/v|vv|về)(?![{0}])[\s:]*|(?=[“\"])|"
    r"(?=(?:(?:tiếp\s+tục\s+)?(?:tổ\s+chức\s+|triển\s+khai\s+|học\s+tập,?\s+quán\s+triệt,?\s+)?thực\s+hiện|"
    r"triển\s+khai|ban\s+hành|"
    r"quy\s+định|phê\s+duyệt|phối\s+hợp|hướng\s+dẫn|sửa\s+đổi|tổng\s+kết|sơ\s+kết)(?![{0}])))".replace("{0}", LETTER),
    re.IGNORECASE,
)
SENTENCE_END = re.compile(rf"[;\n]|[.!?…]+(?=\s+[{UPPER}“\"]|\s*$)|\.{{3}}|\./\.")
MAX_TITLE = 600


@cache
def before_number() -> re.Pattern[str]:
    """Return the pattern for what may stand before a number: "Nghị quyết số ", "Quyết định của Bộ Chính trị số "."""
    ends = r"\s(?:về|thực|kết|năm|tổng|theo|triển|thay|sửa|bãi|ban\s+hành|được|tại)\s"
    of = rf"(?:\s+của\s+(?P<by>(?!{type_pattern()}\s)(?:(?!{ends})[^,;:.()\n]){{2,50}}?)(?=\s+số))?"
    return re.compile(
        rf"(?:(?<![{LETTER}])(?P<type>{type_pattern()}){of}(?:\s+số)?|(?<![{LETTER}])(?P<so>số))\s*:?\s*$",
        re.IGNORECASE,
    )


@cache
def before_number_bare() -> re.Pattern[str]:
    """Return the pattern for a type word before a number in text without marks: scans have "Nghi đình sỗ"."""
    return re.compile(
        rf"(?<![{LETTER}])(?P<type>{alternatives(list(types_without_marks()))})(?P<by>)(?:\s+so)?\s*:?\s*$",
        re.IGNORECASE,
    )


@cache
def short_forms() -> Finder:
    """Return what finds short forms: "Nghị quyết số 25", "NQ 24", never "Kế hoạch số 25/KH-UBND"."""
    not_symbol = rf"(?!\d|[.,]\d|\s?[/-]\s?[{LETTER}\d]|[{LETTER}])"
    pattern = rf"(?<![{LETTER}])(?P<type>{type_pattern()})\s+(?P<so>số\s+)?(?P<count>\d{{1,5}}){not_symbol}"
    return Finder(re.compile(pattern), type_heads())


@cache
def bare_count() -> re.Pattern[str]:
    """Return the pattern of a type word and the digits behind it."""
    return re.compile(rf"{type_pattern()}\s+(?:số\s+)?\d")


def find_citations(flat: str, blocks: tuple[Block, ...]) -> list[Citation]:
    """Return the numbered and short citations in `flat` (see `letters.flatten`), in reading order."""
    found: list[Citation] = []
    counted = (place for place in head_places(type_heads(), flat) if bare_count().match(flat, place))
    short = set(touched(blocks, counted))
    for index, block in enumerate(blocks):
        numbers = find_numbers(flat[block.start : block.end])
        if numbers or index in short:
            found += in_block(flat, index, block, numbers)
    known = {(c.type, c.number.number.lstrip("0")) for c in found if c.number is not None}
    return [c for c in found if c.form != "short" or c.name or (c.type, (c.count or "").lstrip("0")) in known]


def in_block(flat: str, index: int, block: Block, numbers: list[tuple[int, int, Number]]) -> list[Citation]:
    """Return the citations of one block, in which these numbers stand, with dates and issuers of lists shared."""
    numbered = list(find_numbered(flat, index, block, numbers))
    ends = [c.end for c in numbered]
    short = [c for c in find_short(flat, index, block) if is_free(numbered, ends, c)]
    cited = sorted([*numbered, *short], key=lambda c: c.start)
    cited = share_in_lists(flat, with_bare(flat, block.end, cited))
    if block.kind == "row":
        cited = with_cell_day(flat, block, cited)
    starts = [c.start for c in cited]
    titles = (find_title(flat, c.tail, block.end, starts[n + 1 : n + 20]) for n, c in enumerate(cited))
    return [replace(c, subject=title) if title else c for c, title in zip(cited, titles, strict=True)]


CELL_DAY = re.compile(rf"\|\s*(?:ngày\s+)?{DAY}\s*(?=\||$)", re.IGNORECASE)


def with_cell_day(flat: str, block: Block, cited: list[Citation]) -> list[Citation]:
    """Return the citations of a row, the day in a cell of its own given to the first of the nearest cell before it.

    "52/KH-UBND thực hiện Kế hoạch 118/KH-UBND | 22/8/2025" tells the day of the plan that carries out the other.
    """
    for match in CELL_DAY.finditer(flat, block.start, block.end):
        before = [place for place, c in enumerate(cited) if c.end <= match.start()]
        if not before:
            continue
        cell = flat.rfind("|", block.start, cited[before[-1]].start)
        own = next(place for place in before if cited[place].start > cell)
        for place in before:
            if cited[place].tail > match.start():  # read on into the cell
                cited[place] = replace(cited[place], date=None, tail=cited[place].end)
        day = real_date(match["year"], match["month"], match["day"])
        cited[own] = replace(cited[own], date=cited[own].date or day)
    return cited


BARE = re.compile(r"\s*(?:,|và|,\s*và)\s*(?P<whole>số\s+(?P<count>\d{1,4}))(?!\d|[.,]\d|\s?[/-]\s?\w|\w)")


def with_bare(flat: str, end: int, cited: list[Citation]) -> list[Citation]:
    """Return `cited` with the bare numbers that follow in a list: "Nghị quyết số 57-NQ/TW, số 59 và số 66"."""
    found: list[Citation] = []
    for c in cited:
        found.append(c)
        head = c if c.number is not None else None
        while head is not None and (match := BARE.match(flat, found[-1].tail, end)) is not None:
            assert head.number is not None
            full = re.sub(r"^\d+[a-z]?", match["count"], head.number.full)
            number = replace(head.number, full=full, number=match["count"])
            begin, stop = match.span("whole")
            tail = read_tail(flat, None, stop, end)
            found.append(
                Citation(
                    begin,
                    stop,
                    "short",
                    head.type,
                    head.block,
                    number,
                    date=tail.date,
                    issuers=tail.issuers,
                    tail=tail.end,
                    typed=False,
                    term=tail.term,
                )
            )
    return found


def is_free(numbered: list[Citation], ends: list[int], short: Citation) -> bool:
    """Tell whether a short form overlaps none of the numbered citations, whose `ends` are sorted."""
    place = bisect_right(ends, short.start)
    return place >= len(numbered) or numbered[place].start >= short.end


LAW_ISSUERS = ("QH", "UBTVQH", "PL")
# "Luật Tài nguyên nước số |17/2012/QH13"
LAW_BEFORE = re.compile(
    r"(?P<type>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?P<by>)(?:(?!Luật|Pháp\s+lệnh|\ssố\s)[^;.()\n“”]){3,110}(?:\ssố)?\s*:?\s*$"
)


def find_numbered(flat: str, index: int, block: Block, numbers: list[tuple[int, int, Number]]) -> Iterator[Citation]:
    """Yield the citations with number and symbol in one block, whose `numbers` are told by their place in it."""
    previous = block.start
    last: Citation | None = None
    for begins, ends, number in numbers:
        start, end = begins + block.start, ends + block.start
        before, offset = words_before(flat, previous, start, number)
        written = before["type"] if before and before["type"] else None
        kind: str | None = type_of(written, number)
        if (
            written is None
            and last is not None
            and flat[last.end : start].strip() in {",", "và", ", và", "; ", "và số"}
        ):
            kind = last.type if last.number and last.number.letters == number.letters else kind
        begin = offset + before.start() if before else start
        tail = read_tail(flat, number, end, block.end)
        by = unit_at(flat, offset + before.start("by")) if not tail.issuers and before and before["by"] else None
        issuers = tail.issuers or ((by,) if by else issuer_before(flat, max(previous, begin - 110), begin))
        last = Citation(
            begin,
            end,
            "numbered",
            kind,
            index,
            number,
            date=tail.date or date_before(flat, previous, block.start, begin),
            issuers=issuers,
            tail=tail.end,
            typed=written is not None,
            maker=None if issuers else maker_before(flat, max(previous, block.start), begin, number),
            term=tail.term,
        )
        yield last
        previous = end


def words_before(flat: str, previous: int, start: int, number: Number) -> tuple[re.Match[str] | None, int]:
    """Return the words before a number that tell its type, and the offset in `flat` from which their match counts."""
    offset = max(previous, start - 110)
    before = before_number().search(flat[offset:start])
    law = LAW_BEFORE.search(flat, max(previous, start - 130), start) if number.issuer.startswith(LAW_ISSUERS) else None
    torn = before is not None and before["type"] is not None and before["type"][0].islower()  # "… pháp |luật số 64/…"
    if law is not None and (before is None or not before["type"] or torn):
        before, offset = law, 0
    if before is None or not before["type"]:
        before = before_number_bare().search(bare(flat[max(previous, start - 110) : start])) or before
    return before, offset


AT = re.compile(r"(?:của|ý\s+kiến)\s+(?P<unit>(?:(?!\scủa\s)[^,;.:]){3,90}?)\s+tại\s+(?:các\s+)?$")


def issuer_before(flat: str, start: int, end: int) -> tuple[UnitMention, ...]:
    """Return the unit of "Theo đề nghị của Sở Tài chính tại |Tờ trình số 3391/TTr-STC"."""
    match = AT.search(flat, start, end) if flat.find("tại", start, end) >= 0 else None
    unit = unit_at(flat, match.start("unit")) if match is not None else None
    return (unit,) if unit is not None and match is not None and unit.end == match.end("unit") else ()


MAKES = r"(?:đã\s+)?(?:xây\s+dựng\s*(?:,|và)?\s*)?(?:(?:ký\s+)?ban\s+hành|ký|có|thông\s+qua|phê\s+duyệt|gửi)\s*$"
# "Ngày 27/02/2023, Ban Thường vụ Huyện ủy đã ban hành |Kế hoạch số 165-KH/HU"
DATE_BEFORE = re.compile(rf"ngày\s*{DAY}\s*,?\s*[^,;.]{{3,90}}?\s{MAKES}", re.IGNORECASE)
# "Cùng ngày, UBND huyện ban hành |Quyết định số 12/QĐ-UBND"
SAME_DAY = re.compile(rf"cùng\s+ngày\s*,?\s*[^,;.]{{3,90}}?\s{MAKES}", re.IGNORECASE)
A_DAY = re.compile(rf"ngày\s*{DAY}", re.IGNORECASE)


def date_before(flat: str, previous: int, start: int, end: int) -> str | None:
    """Return the day on which a unit is said to have issued what is named at `end`.

    `previous` is where the number before it ends, `start` where the block begins.
    """
    near = max(previous, end - 200)
    if flat.find("gày", near, end) < 0 and flat.find("GÀY", near, end) < 0:
        return None
    match = DATE_BEFORE.search(flat, near, end)
    same = SAME_DAY.search(flat, near, end) if match is None else None
    if same is not None:
        earlier = list(A_DAY.finditer(flat, max(start, same.start() - 400), same.start()))
        match = earlier[-1] if earlier else None
    return real_date(match["year"], match["month"], match["day"]) if match else None


def type_of(written: str | None, number: Number) -> str:
    """Return the type of a document by its type word, else by the letters of its symbol.

    The word wins ("Quy chế số 22-QĐ/TU" is a quy chế) except where it is the torn end of another word
    ("Kết … lệnh số 114-KL/TW").
    """
    named = (type_names().get(key(written)) or types_without_marks().get(fold(written))) if written else None
    by_letters = type_by_letters(number)
    if named is None or (named == "lệnh" and by_letters not in {None, "lệnh"}):
        return by_letters or "công văn"
    return named


def type_by_letters(number: Number) -> str | None:
    """Return the type that the symbol's letters stand for, or None where it has none (công văn)."""
    if number.letters in {"TT"}:  # thông tri of the Party ("21-TT/TU"), thông tư of the state ("03/2026/TT-BNV")
        return "thông tri" if number.full.split("/")[0].endswith("-TT") else "thông tư"
    if number.letters:
        row = TYPE_LETTERS.get(number.letters) or TYPE_LETTERS[FOLDED_LETTERS[without_marks(number.letters).casefold()]]
        return row["name"]
    if number.issuer.startswith("QH"):
        return "luật"
    if number.issuer.startswith("UBTVQH"):
        return "nghị quyết"
    return None


def find_short(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield the short citations of one block; `name` is "số" where the text has that word."""
    for match in short_forms().find(flat, block.start, block.end):
        kind = type_names()[key(match["type"])]
        capital = match["type"][0].isupper()
        if not capital and not match["so"]:
            continue
        name = short_name(match) if capital else None
        tail = read_tail(flat, None, match.end(), block.end)
        yield Citation(
            match.start(),
            match.end(),
            "short",
            kind,
            index,
            count=match["count"],
            name=name,
            date=tail.date,
            issuers=tail.issuers,
            tail=tail.end,
            term=tail.term,
        )


def short_name(match: re.Match[str]) -> str | None:
    """Return "số" for a short form that stands by itself: with that word, or "Đề án 06", "Nghị quyết 59"."""
    if match["so"]:
        return "số"
    year = re.fullmatch(r"(?:19|20)\d\d", match["count"]) is not None
    plain = type_names()[key(match["type"])] in {"đề án", "nghị quyết", "chỉ thị", "kết luận", "chương trình"}
    counted = COUNTED.match(match.string, match.end()) is not None
    return "số" if plain and not year and not counted and 2 <= len(match["count"]) <= 3 else None


COUNTED = re.compile(
    r"\s+(?:người|hộ|xã|phường|trường\s+hợp|nội\s+dung|nhiệm\s+vụ|giải\s+pháp|điểm|ngày|tháng|năm|triệu|tỷ|đồng|lượt|buổi)"
)


# "Điều 3 Nghị quyết số 10/NQ-HĐND |và khoản 2 Điều 1 |Nghị quyết số 8/NQ-HĐND …"
PARTS_GAP = re.compile(
    r"\s*(?:,|;|và|,\s*và|;\s*và)\s*(?:(?:điểm|khoản|điều|mục|chương|phụ\s+lục)\s+(?:(?:\d|[IVX]|[a-zđ](?!\w)|,|và|\s)+)(?:của\s+)?)+",
    re.IGNORECASE,
)
LIST_GAP = re.compile(r"\s*(?:[(][^()]{1,20}[)]\s*)?(?:,|và|,\s*và|;\s*và)\s*(?:số\s*)?")


def share_in_lists(flat: str, cited: list[Citation]) -> list[Citation]:
    """Return `cited` with date and issuer of a list's last item given to the items before it that have none.

    "Quyết định số 217-QĐ/TW và Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị": both have both. A short form
    before it takes the symbol as well: "NQ 24, 25-NQ/TW".
    """
    shared = list(cited)
    for place in range(len(shared) - 2, -1, -1):
        here, after = shared[place], shared[place + 1]
        if not any(gap.fullmatch(flat, here.tail, after.start) for gap in (LIST_GAP, PARTS_GAP)):
            continue
        if here.form == "short" and not after.typed and after.number is not None and here.type == after.type:
            full = re.sub(r"^\d+[a-z]?", here.count or "", after.number.full)
            here = replace(here, number=replace(after.number, full=full, number=here.count or ""))
        lacks = (after.date and not here.date) or (after.issuers and not here.issuers)
        if lacks and same_letters(here, after) and here.type == after.type:
            here = replace(here, date=here.date or after.date, issuers=here.issuers or after.issuers)
        shared[place] = here
    return shared


def is_dated_before(cited: Citation, day: str | None) -> bool:
    """Tell whether the document bears a day not after `day` (a report's own, as far as known)."""
    return cited.date is not None and len(cited.date) == 10 and day is not None and cited.date[: len(day)] <= day


def same_letters(a: Citation, b: Citation) -> bool:
    """Tell whether two citations carry the same issuer's letters."""
    return a.number is not None and b.number is not None and a.number.issuer == b.number.issuer


# "… về công tác dân vận, |Thị ủy Bắc Kạn xây dựng …", "…, |huyện đã mở 5 lớp"
ACTS = re.compile(
    r"\s+(?:đã|sẽ|xây\s+dựng|ban\s+hành|báo\s+cáo|tổ\s+chức|chỉ\s+đạo|triển\s+khai|yêu\s+cầu|đề\s+nghị)\s"
)
GOES_BEFORE = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*)?(?:Thực\s+hiện|Căn\s+cứ|Triển\s+khai|Quán\s+triệt|Theo|Trên\s+cơ\s+sở|Thi\s+hành)\s"
)
PLACE_ACTS = re.compile(r"(?:tỉnh|huyện|thị\s+xã|thành\s+phố|quận|xã|phường|thị\s+trấn)\s+(?:đã|sẽ)\s")


@lru_cache(maxsize=2)
def sentence_ends(flat: str) -> list[int]:
    """Return where the sentences, clauses and paragraphs of a text end, a blank behind the mark included."""
    return [match.end() for match in MARK.finditer(flat)]


MARK = re.compile(r"[.;\n](?:(?<=\n)| )")


def before_subject(flat: str, begin: int, stop: int) -> int:
    """Return where a title ends before the unit that carries the sentence on, `stop` where none does."""
    ends = sentence_ends(flat)
    place = bisect_right(ends, begin)
    sentence = ends[place - 1] - (flat[ends[place - 1] - 1] == " ") if place else 0
    if GOES_BEFORE.match(flat, sentence) is None:
        return stop  # the subject stood before: "Công văn 21 về phối hợp giữa Công an huyện, UBND xã tổ chức …"
    for comma in re.finditer(r",\s+", flat[begin:stop]):
        place = begin + comma.end()
        unit = unit_at(flat, place)
        if (unit is not None and ACTS.match(flat, unit.end)) or PLACE_ACTS.match(flat, place):
            return begin + comma.start()
    return stop


PARTED = re.compile(r"[,”\"(]\s*(?:và\s+)?$")


def find_title(flat: str, start: int, end: int, next_starts: list[int]) -> tuple[int, int] | None:
    """Return where the title stands that begins at `start`: after "về", "v/v", a quotation mark or a verb."""
    match = TITLE.match(flat, start, end)
    if match is None:
        return None
    begin = match.end()
    if begin < end and flat[begin] in '“"':
        close = next((i for i in range(begin + 1, min(end, begin + MAX_TITLE)) if flat[i] in '”"'), None)
        if close is not None:
            return (begin + 1, close)
    stop = min(end, begin + MAX_TITLE)
    found = SENTENCE_END.search(flat, begin, stop)
    stop = found.start() if found else stop
    for following in next_starts:
        if begin < following < stop and PARTED.search(flat, max(begin, following - 10), following):
            stop = following
            break
    stop = before_subject(flat, begin, stop)
    text = flat[begin:stop].rstrip(" ,:;(")
    return (begin, begin + len(text)) if len(text) > 3 else None
