"""Find documents that are called by name instead of number.

    Luật Tiếp công dân · Nghị quyết Trung ương 7 khóa XI · Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII ·
    Đề án “Nâng cao hiệu quả …” · Chương trình hành động của BTV Tỉnh ủy

A name is one document of its own: capitalised, singular. "các nghị quyết của Đảng", "theo quy định của pháp luật",
"Quyết định trợ cấp cho 71 người" (a verb) name none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TypeAlias

from data import table
from ingest.citations import Citation
from ingest.dates import read_date
from ingest.heads import Finder, head_places, touched
from ingest.letters import LETTER, UPPER
from ingest.text import Block
from ingest.typewords import type_heads, type_names, type_pattern
from ingest.units import unit_at
from kg.fold import fold, key
from kg.numbers import ordinal

ROMAN = r"[IVXL]+"

# Luật phòng, chống tham nhũng (sửa đổi, bổ sung năm 2018) · Luật đất đai sửa đổi · Luật Đất đai (năm) 2013
AMENDED = re.compile(
    r"\s*[(](?:sửa\s+đổi|bổ\s+sung)[^()]{0,40}[)]|\s+(?:sửa\s+đổi(?:,\s*bổ\s+sung)?)(?:\s+năm\s+\d{4})?|"
    r"\s+(?:năm\s+)?(?:19|20)\d\d(?![\d/-])"
)
CONSTITUTION = re.compile(rf"(?<![{LETTER}])(?P<type>Hiến\s+pháp)(?:\s+(?:nước\s+[^,.;]{{0,60}}?)?năm\s+\d{{4}})?")
LAW_HEAD = re.compile(rf"(?<![{LETTER}])(?P<type>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?=[{LETTER}])")
LAW_STOP = re.compile(
    rf"[.;:()\n“”\"/]|,(?!\s*(?:chống|chữa|an|giáo|vệ|sử|tôn|lấy|công|khen|đối|môi|công))|"
    rf"\s(?:được|về|và\s+(?:các|những)|trong|của|tới|đến|cho|để|theo|có|gắn|với|trên|tại|vào|đã|sẽ|do|từ|khi|số|nhằm|là|bằng|đối)(?![{LETTER}])|"
    rf"\s(?:và\s+)?(?=(?:Luật|Bộ\s+luật|Nghị|Pháp\s+lệnh)\s)"
)
# Nghị quyết Đại hội (đại biểu) (toàn quốc | Đảng bộ tỉnh X) lần thứ XIII(, nhiệm kỳ 2020-2025)
CONGRESS = re.compile(
    rf"(?P<type>Nghị\s+quyết|NQ)\s+(?:của\s+)?(?:Đại\s+hội|đại\s+hội|ĐH)"
    rf"(?P<body>(?:\s+(?:đại\s+biểu|Đại\s+biểu|toàn\s+quốc|Đảng\s+bộ|Đảng\s+toàn\s+quốc|Đảng|đảng\s+bộ|tỉnh|thành\s+phố|huyện|thị\s+xã|quận|xã|phường|thị\s+trấn|[{UPPER}][{LETTER}]+)){{0,10}}?)"
    rf"\s+(?:lần\s+thứ\s+|khóa\s+)?(?P<ordinal>{ROMAN}|(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|\d{{1,2}})(?![{LETTER}\d])"
    rf"(?P<term>,?\s*[(]?nhiệm\s+kỳ\s+\d{{4}}\s*-\s*\d{{4}}[)]?)?"
)
# Nghị quyết Trung ương 7 khóa XI · NQTW7 khóa XI · Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương khóa XI
PLENUM = re.compile(
    rf"(?P<type>Nghị\s+quyết|NQ|Kết\s+luận|KL)\s*(?:(?:Hội\s+nghị\s+)?(?:Trung\s+ương|TW|HNTW)\s*(?:lần\s+thứ\s+)?(?P<a>\d{{1,2}}|{ROMAN}|bảy|sáu|năm|tư)"
    rf"|Hội\s+nghị\s+(?:Trung\s+ương\s+)?lần\s+thứ\s+(?P<b>\d{{1,2}}|{ROMAN}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:\s*,?\s*(?:của\s+)?(?:Ban\s+Chấp\s+hành|BCH)\s+Trung\s+ương(?:\s+Đảng)?)?)"
    rf"\s*,?\s*[(]?\s*khóa\s+(?P<khoa>{ROMAN})[)]?"
)
QUOTED = re.compile(
    r"(?P<type>Đề\s+án|Dự\s+án|Chương\s+trình|Kế\s+hoạch|Quy\s+chế|Quy\s+định|Chiến\s+lược|Nghị\s+quyết)\s+[“\"](?P<name>[^“”\"\n]{12,400})[”\"]"
)
# A title inside the clause that makes it part of a numbered decision: "ban hành Quy chế “…”", "phê duyệt Đề án “…”"
INSIDE = re.compile(
    r"(?:ban\s+hành|phê\s+duyệt|về(?:\s+việc)?|v/v|dự\s+thảo|kèm\s+theo)\s+(?:dự\s+thảo\s+)?$", re.IGNORECASE
)


# What a name can begin with; one written small is no name. The first letters come first: `re` seeks them fast.
CAPITAL = re.compile(
    r"N(?:ghị\s+quyết|Q)|K(?:ết\s+luận|L|ế\s+hoạch)|Luật|Bộ\s+luật|Pháp\s+lệnh|Hiến\s+pháp|Đề\s+án|Dự\s+án|"
    r"Ch(?:ương\s+trình|iến\s+lược)|Qu(?:y\s+chế|y\s+định|yết\s+định)"
)


Find: TypeAlias = Callable[[str, int, Block], Iterator[Citation]]


def capital_places(flat: str) -> dict[str, list[int]]:
    """Return where a name may begin, by its first letter; under "" where "of" and a unit may follow a type word."""
    places: dict[str, list[int]] = {"": list(head_places(type_heads(), flat))}
    for match in CAPITAL.finditer(flat):
        places.setdefault(match[0][0], []).append(match.start())
    return places


def find_names(flat: str, blocks: tuple[Block, ...], taken: list[tuple[int, int]]) -> list[Citation]:
    """Return the named citations in `flat` outside the spans `taken`, in reading order, none overlapping."""
    places = capital_places(flat)

    def find(finder: Find, letters: tuple[str, ...]) -> list[Citation]:
        likely = touched(blocks, chain.from_iterable(places.get(letter, ()) for letter in letters))
        return [c for index in likely for c in finder(flat, index, blocks[index])]

    found = [c for finder, letters, words in FINDERS if any(w in flat for w in words) for c in find(finder, letters)]
    known = [*taken, *((c.start, c.end) for c in found)]
    numbered_rows = {i for i in touched(blocks, [start for start, _ in taken]) if blocks[i].kind == "row"}
    described = [c for c in find(find_described, ("Q", "Đ", "C", "K")) if c.block not in numbered_rows]
    found += without_overlap(described, known)
    return without_overlap(found, taken)


def without_overlap(found: list[Citation], taken: list[tuple[int, int]]) -> list[Citation]:
    """Return those of `found` that touch neither `taken` nor an earlier one of their own."""
    spans = sorted(taken)
    kept: list[Citation] = []
    place = 0
    last_end = -1
    for cited in sorted(found, key=lambda c: (c.start, -c.end)):
        while place < len(spans) and spans[place][1] <= cited.start:
            place += 1
        if cited.start < last_end or (place < len(spans) and spans[place][0] < cited.end):
            continue
        kept.append(cited)
        last_end = cited.end
    return kept


def named(match: re.Match[str], index: int, name: str, kind: str | None = None, end: int | None = None) -> Citation:
    """Return the citation that `match` found."""
    stop = end if end is not None else match.end()
    written = kind or type_names()[key(match["type"])]
    return Citation(match.start(), stop, "named", written, index, name=name, tail=stop)


def find_plenums(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield the resolutions of plenums: "Nghị quyết Trung ương 7 khóa XI" is named "trung uong 7 khoa xi"."""
    for match in PLENUM.finditer(flat, block.start, block.end):
        yield named(match, index, f"trung uong {in_digits(match['a'] or match['b'])} khoa {match['khoa'].casefold()}")


def find_congresses(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield the resolutions of congresses; the name has level, place and ordinal: "dai hoi toan quoc 13"."""
    for match in CONGRESS.finditer(flat, block.start, block.end):
        body = fold(match["body"] or "")
        local = re.search(r"dang bo (.*)", body)
        where = local[1] if local else "toan quoc"
        yield named(match, index, f"dai hoi {where or 'dang bo'} {in_digits(match['ordinal'])}")


def in_digits(text: str) -> str:
    """Return an ordinal in digits, for "XI", "11" and "mười" to meet other spellings; itself where it is none."""
    return str(ordinal(text) or text.casefold())


@cache
def law_names() -> dict[str, dict[str, int]]:
    """Return the known laws: type to folded name (words joined by blanks) to its number of words."""
    names: dict[str, dict[str, int]] = {}
    for row in table("laws"):
        folded = fold(row["name"])
        names.setdefault(row["type"], {})[folded] = len(folded.split())
    return names


# Luật |sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương
AMENDING = re.compile(r"sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số)?\s+điều\s+(?:của\s+)?(?:các\s+)?")
NEXT_LAW = re.compile(r"(?:\s*[,;]\s*(?:và\s+)?|\s+và\s+)(?=(?:Luật|Bộ\s+luật|Pháp\s+lệnh)\s)")


def amending_law(flat: str, start: int, stop: int) -> int | None:
    """Return where the name of a law ends that begins at `start` and amends the laws which it names, or None."""
    match = AMENDING.match(flat, start, stop)
    if match is None:
        return None
    place, end = match.end(), None
    while (head := LAW_HEAD.match(flat, place, stop)) is not None:
        kind = " ".join(head["type"].split()).casefold()
        named = known_law(flat, head.end(), stop, kind) or unknown_law(flat, head.end(), stop)
        after = NEXT_LAW.match(flat, named, stop) if named is not None else None
        end = named or end
        if after is None:
            break
        place = after.end()
    return end


def find_laws(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield laws by name: those of the table by their longest name, others up to the first word that ends a name."""
    for match in LAW_HEAD.finditer(flat, block.start, block.end):
        kind = " ".join(match["type"].split()).casefold()
        end = (
            known_law(flat, match.end(), block.end, kind)
            or unknown_law(flat, match.end(), block.end)
            or amending_law(flat, match.end(), block.end)
        )
        if end is None:
            continue
        name = fold(flat[match.end() : end])
        dated = re.match(r"\s+(?:(?:sửa\s+đổi\s+)?năm\s+)?((?:19|20)\d\d)(?![\d/-])", flat[end : end + 24])
        day = read_date(flat, end, block.end)[1] if not dated else None
        name += f" {dated[1]}" if dated else f" {day[:4]}" if day else ""
        amended = AMENDED.match(flat, end, block.end)
        if amended is not None and end != amended.end():
            end = amended.end()
        yield replace(named(match, index, f"{fold(kind)} {name}", kind, end), date=day)


def known_law(flat: str, start: int, stop: int, kind: str) -> int | None:
    """Return where the longest known name of a law that begins at `start` ends, or None."""
    names = law_names().get(kind, {})
    words: list[str] = []
    best = None
    for word in re.finditer(rf"[{LETTER}]+|[^\s]", flat[start : min(stop, start + 160)]):
        if word[0] in '.;:()“”"/\n':
            break
        words += fold(word[0]).split()
        if word[0][0].isalpha() and " ".join(words) in names:
            best = start + word.end()
    return best


def unknown_law(flat: str, start: int, stop: int) -> int | None:
    """Return where the name of a law that no table knows ends; it must begin with a capital."""
    if not flat[start].isupper():
        return None
    found = LAW_STOP.search(flat, start, min(stop, start + 100))
    end = found.start() if found else min(stop, start + 100)
    words = flat[start:end].split()
    return start + len(flat[start:end].rstrip(" ,")) if 1 <= len(words) <= 12 else None


def find_constitution(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield "Hiến pháp năm 2013" and "Hiến pháp"."""
    for match in CONSTITUTION.finditer(flat, block.start, block.end):
        yield named(match, index, "hien phap")


def find_quoted(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield projects and programmes that are named by their quoted title: "Đề án “Nâng cao …”"."""
    for match in QUOTED.finditer(flat, block.start, block.end):
        if not INSIDE.search(flat[max(block.start, match.start() - 24) : match.start()]):
            kind = type_names()[key(match["type"])]
            if kind != "chương trình" or len(match["name"].split()) >= 8:  # shorter ones are events: “Xuân biên cương”
                yield named(match, index, f"{fold(kind)} {fold(match['name'])}")


# Quyết định phê duyệt danh sách hộ nghèo năm 2022 · Đề án văn hóa công vụ · Quy chế công tác dân vận của … tỉnh Bắc Kạn
DESCRIBED = re.compile(
    rf"(?<![{LETTER}“\"])(?P<type>Quyết\s+định|Đề\s+án|Quy\s+chế|Chiến\s+lược|Chương\s+trình\s+tổng\s+thể|Kế\s+hoạch\s+tổng\s+thể)"
    rf"(?:\s+về(?:\s+việc)?)?\s+(?=[{LETTER}])(?!(?:số|của|này|trên|đó|nêu|dân\s+chủ|khen|có|là|được|đã|không|và|như|gồm|theo|năm|do|cho|kèm|sau|phối\s+hợp)(?![{LETTER}]))"
)
VERBAL = {"quyết định"}  # a verb too, unless another word governs it: "Quyết định trợ cấp cho 71 người"
PERIOD = rf"(?:(?:giai\s+đoạn|nhiệm\s+kỳ|đến\s+năm|năm|khóa)\s+(?:\d{{4}}\s*-\s*\d{{4}}|\d{{4}}|{ROMAN}))"
UNTIL_PERIOD = re.compile(rf"[^.;:()“”\"\n]{{8,160}}?{PERIOD}(?:\s*,\s*{PERIOD})*")
DESCRIBED_STOP = re.compile(
    rf"[.;:()“”\"\n]|,\s|\s(?:theo|gắn|tới|nhằm|để|được|đã|sẽ|đồng\s+thời|trong\s+đó)(?![{LETTER}])|"
    rf"\sđến\s(?=các|từng|toàn)|\svà\s(?=(?:Quyết\s+định|Đề\s+án|Quy\s+chế|Nghị|Kế|Luật)\s)"
)
GENERIC = re.compile(r"^(?:làm\s+việc|chi\s+tiêu|hoạt\s+động|văn\s+hóa\s+công\s+sở|dân\s+chủ|tiếp\s+công\s+dân)\W*$")


def find_described(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield documents that a capital type word and their own subject name: "Đề án văn hóa công vụ"."""
    for match in DESCRIBED.finditer(flat, block.start, block.end):
        before = flat[max(block.start, match.start() - 24) : match.start()]
        kind = type_names()[key(match["type"])]
        governed = re.search(rf"[{LETTER}]\s*$", before) is not None
        if INSIDE.search(before) and not re.search(r"(?:^|[.;:]\s*)ban\s+hành\s+$", before, re.IGNORECASE):
            continue
        if re.search(r"(?:các|những|dự\s+thảo)\s+$", before) or (kind in VERBAL and not governed):
            listed = kind in VERBAL and re.search(r"\d,\s*$", before)
            if not listed:
                continue
        end = described_end(flat, match.end(), block.end)
        words = flat[match.end() : end]
        if len(words.split()) >= 4 and not GENERIC.match(words) and not re.search(r"của\s+các\s", words):
            yield named(match, index, f"{fold(kind)} {fold(words)}", kind, end)


def described_end(flat: str, start: int, stop: int) -> int:
    """Return where the subject that names a document ends: with its period, else at the first break."""
    period = UNTIL_PERIOD.match(flat, start, min(stop, start + 260))
    found = DESCRIBED_STOP.search(flat, start, min(stop, start + 260))
    end = found.start() if found else min(stop, start + 260)
    if period is not None and not re.search(r"\s(?:theo|gắn|tới|nhằm|để|được|đã|sẽ)\s", period[0]):
        end = period.end()
    return start + len(flat[start:end].rstrip(" ,"))


PROGRAMMES = {"chương trình", "chương trình hành động", "chương trình phối hợp", "kế hoạch", "đề án"}


@cache
def by_issuer() -> Finder:
    """Return what finds "<Type> của " with a type word and no number."""
    pattern = re.compile(rf"(?<![{LETTER}])(?P<type>{type_pattern()})\s+của\s+")
    return Finder(pattern, type_heads())


def find_by_issuer(flat: str, index: int, block: Block) -> Iterator[Citation]:
    """Yield "Chương trình hành động của BTV Tỉnh ủy": kept later only if one document of that type and issuer fits."""
    for match in by_issuer().find(flat, block.start, block.end):
        if (
            type_names()[key(match["type"])] not in PROGRAMMES
            or not match["type"][0].isupper()
            or re.search(r"(?:các|những)\s+$", flat[max(0, match.start() - 8) : match.start()])
        ):
            continue
        unit = unit_at(flat, match.end())
        if unit is None or unit.end > block.end or unit.many:
            continue
        cited = named(match, index, "", None, unit.end)
        yield Citation(cited.start, cited.end, "named", cited.type, index, name="", issuers=(unit,), tail=unit.end)


# Each with the letters that its names begin with, and the words without which it finds nothing
FINDERS: tuple[tuple[Find, tuple[str, ...], tuple[str, ...]], ...] = (
    (find_plenums, ("N", "K"), ("khóa",)),
    (find_congresses, ("N",), ("hội", "ĐH")),
    (find_laws, ("L", "B", "P"), ("uật", "Pháp")),
    (find_constitution, ("H",), ("Hiến",)),
    (find_quoted, ("Đ", "D", "C", "K", "Q", "N"), ("“", '"')),
    (find_by_issuer, ("",), ("của",)),
)
