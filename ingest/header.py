"""Read the top and the tail of a report: issuer, number, place and date, title, addressee, recipients, signer.

    ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    HUYỆN BẠCH THÔNG                       Độc lập - Tự do - Hạnh phúc
    Số: 35/KH-UBND                  Bạch Thông, ngày 17 tháng 02 năm 2022

Layouts: Nghị định 30/2020/NĐ-CP phụ lục I (state), Hướng dẫn 36-HD/VPTW (Party). Numbers and days are often blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.citations import real_date, type_by_letters, type_names
from ingest.letters import LETTER, UPPER, alternatives
from ingest.places import KIND, NAME, Home, Spot, home_of, spot_of
from ingest.text import Text
from ingest.units import UnitMention, canonical, canonical_names, expand, find_units, unit_at
from kg.fold import key
from kg.model import Header
from kg.numbers import NUMBER, parse_number

TOP = 40  # lines in which a header may stand
TAIL = 60

NUMBER_LINE = re.compile(r"^(?:[^\w]*)Số\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
BLANK_NUMBER = re.compile(rf"[\s.…_]*[-/]\s*(?P<symbol>[{UPPER}][A-Za-zĐđƯư0-9]*(?:\s?[-/]\s?[{UPPER}][A-Za-zĐđƯư0-9]*){{0,4}})")
# "Bạch Thông, ngày 17 tháng 02 năm 2022", with blanks for day or month in drafts
DATE_LINE = re.compile(
    rf"(?P<place>{NAME}(?:\s+{NAME})?)\s*,\s*ngày\s*(?P<day>\d{{1,2}})?[\s.…_]*tháng\s*(?P<month>\d{{1,2}})?[\s.…_]*năm\s*(?P<year>(?:19|20)\d\d)"
)
MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|Độc\s+lập\s*-\s*Tự\s+do\s*-\s*Hạnh\s+phúc|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|^\s*ĐOÀN\s+TNCS\s+HỒ\s+CHÍ\s+MINH\s*$",
    re.IGNORECASE,
)
OF_LINE = re.compile(rf"^(?:CỦA|HỘI\s+NGHỊ|KỲ\s+HỌP)\s[{UPPER}\s,\d()/-]*(?=$|\s+[Vv]ề\s|\s+[{UPPER}]?[a-zà-ỹ])")
BODY = re.compile(
    r"(?:Thực\s+hiện|Căn\s+cứ|Kính\s+gửi|Theo|Để|Nhằm|Thi\s+hành|Trên\s+cơ\s+sở|Xét|Qua|Trong|Ngày|Triển\s+khai|Năm\s+\d)\b|(?:[IVXA-H]+|\d+)\s?[.)-]\s|PHẦN\s|Phần\s|[-_*=]{3,}|QUYẾT\s+NGHỊ|QUYẾT\s+ĐỊNH\s*:"
)
CLOSING = re.compile(r"Trên\s+đây\s+là\s+(?:toàn\s+bộ\s+)?(?:[Bb]áo\s+cáo|[Kk]ế\s+hoạch|[Cc]hương\s+trình(?:\s+hành\s+động)?|nội\s+dung)[^.;]{0,200}?của\s+")
SPEAKS = re.compile(
    r"\s*(?:kính\s+)?(?:đã\s+)?(?:báo\s+cáo|xin\s+báo\s+cáo|ban\s+hành|xây\s+dựng|đề\s+nghị|yêu\s+cầu|tổng\s+hợp|trân\s+trọng|thông\s+báo|hướng\s+dẫn|quyết\s+định|triển\s+khai)\b"
)
RECIPIENTS = re.compile(r"^\W*Nơi\s+nhận\s*:?\W*", re.IGNORECASE)
ADDRESSEE = re.compile(r"^\W*Kính\s+gửi\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
ROLES = (
    "Phó Chủ tịch Thường trực|Phó Chủ tịch|Chủ tịch|Phó Bí thư Thường trực|Phó Bí thư|Tổng Bí thư|Thường trực Ban Bí thư|Bí thư|"
    "Phó Trưởng Ban Thường trực|Phó Trưởng Ban|Trưởng Ban|Phó Giám đốc|Giám đốc|Phó Chánh Văn phòng|Chánh Văn phòng|"
    "Phó Thủ tướng|Thủ tướng|Thứ trưởng|Bộ trưởng|Phó Trưởng phòng|Trưởng phòng|Phó Trưởng Công an|Trưởng Công an|Chính ủy|"
    "Chỉ huy trưởng|Hiệu trưởng|Phó Hiệu trưởng|Chánh Thanh tra|Phó Cục trưởng|Cục trưởng|Vụ trưởng|Viện trưởng|Chánh án"
)
OFFICES = {key(role): role for role in ROLES.split("|")}
ROLE = re.compile(rf"(?<![{LETTER}])(?P<role>{alternatives(ROLES.upper().split('|'))})(?![{LETTER}])")
ON_BEHALF = re.compile(r"^\W*(?:T/?M|K/?T|T/?L|TUQ|Q)[./\s]\s*", re.IGNORECASE)
PERSON = re.compile(rf"^\W*(?P<name>[{UPPER}][{LETTER}]*(?:\s+[{UPPER}][{LETTER}]*){{1,5}})\W*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the flattened text with its place in it."""

    text: str
    start: int


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
    number, symbol = read_number(lines)
    place, stated = read_place_and_date(lines)
    kind, title, body = read_type_and_title(lines, flat)
    if kind is None:
        kind, title, body = letter_without_type(lines, symbol, body)
    issuer, home = read_issuer(lines, flat, symbol, place, stated, body)
    home = replace(home, renamed=tuple(renames(flat, home)))
    name = expand(issuer, home) if issuer is not None else None
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


NOW_CALLED = re.compile(r"\s*[(]\s*nay\s+(?:là|thuộc)\s+")


def renames(flat: str, home: Home) -> Iterator[tuple[str, str]]:
    """Yield (old, new) full names for units the text says were renamed: "Thị ủy Bắc Kạn (nay là Thành ủy Bắc Kạn)"."""
    for unit in find_units(flat):
        match = NOW_CALLED.match(flat, unit.end)
        after = unit_at(flat, match.end()) if match else None
        if after is None or after.organ != unit.organ:
            continue
        old, new = expand(unit, home), expand(after, home)
        if old is not None and new is not None:
            yield old.name, new.name


def read_number(lines: list[Line]) -> tuple[str | None, str | None]:
    """Return (number, symbol) of the report's own number line; ("Số: /BC-UBND" has no number)."""
    for line in lines[:TOP]:
        match = NUMBER_LINE.match(line.text) or re.search(r"(?:^|\s)Số\s*:?\s*(?P<rest>[\s.…]*[-/\d].*)$", line.text[:120])
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


def read_place_and_date(lines: list[Line]) -> tuple[str | None, str | None]:
    """Return (place, date) of the date line; an unknown day or month leaves the date shorter."""
    for line in lines[:TOP]:
        match = DATE_LINE.search(line.text)
        if match is None or len(line.text) > 220:
            continue
        year, month, day = match["year"], match["month"], match["day"]
        if month and day:
            stated = real_date(year, month, day)
        else:
            stated = f"{year}-{int(month):02}" if month else year
        place = re.sub(r"^(?:Số\s*:?.*?|[A-ZĐ/-]+)\s+(?=[{0}][a-zà-ỹ])".replace("{0}", UPPER), "", match["place"])
        return place, stated
    return None, None


def read_type_and_title(lines: list[Line], flat: str) -> tuple[str | None, tuple[int, int] | None, int]:
    """Return (type, where the title stands, where the body begins) by the line that is a type word in capitals."""
    for place, line in enumerate(lines[:TOP]):
        words = line.text.strip(" *#_:-")
        head = re.match(rf"(?P<type>[{UPPER}\s]{{4,40}}?)(?=\s+[{UPPER}]?[{LETTER}]*[a-zà-ỹ]|\s*$)", words)
        kind = type_names().get(key(words)) if words.isupper() else None
        start = line.start + line.text.find(words) + len(words)
        if kind is None and head is not None and key(head["type"]) in type_names():
            kind = type_names()[key(head["type"])]
            start = line.start + line.text.find(words) + head.end()
        if kind is None:
            kind, start = leading_type(line, words)
        if kind is not None:
            end, body = title_end(lines, place, start)
            begin, stop = trimmed(flat, start, end)
            return kind, ((begin, stop) if stop > begin else None), body
    return None, None, lines[0].start if lines else 0


def leading_type(line: Line, words: str) -> tuple[str | None, int]:
    """Return the type that a line in capitals begins with ("BÁO CÁO KẾT QUẢ THỰC HIỆN …") and where it ends."""
    if not words.isupper() or MOTTO.search(words) or len(words.split()) < 3:
        return None, 0
    for count in (3, 2):
        head = " ".join(words.split()[:count])
        if key(head) in type_names():
            return type_names()[key(head)], line.start + line.text.find(words) + len(head)
    return None, 0


def title_end(lines: list[Line], place: int, start: int) -> tuple[int, int]:
    """Return (end of the title, start of the body) for a title that begins at `start` in or below line `place`."""
    end = lines[place].start + len(lines[place].text)
    for line in lines[place + 1 : place + 7]:
        stripped = line.text.strip(" *#_")
        if not stripped or len(stripped) > 900 or not re.search(rf"[{LETTER}]", stripped) or starts_body(stripped):
            return end, line.start
        if end > start + 4 and looks_like_body(stripped):
            return end, line.start
        end = line.start + len(line.text)
    return end, end


def starts_body(stripped: str) -> bool:
    """Tell whether a line opens the body: a heading, "Kính gửi", or a sentence that begins "Thực hiện …" and ends."""
    match = BODY.match(stripped)
    if match is None:
        return False
    return not match[0][0].isalpha() or not match[0][-1:].isalpha() or match[0].startswith(("Kính", "PH", "Ph", "QU")) or stripped.endswith((".", ";", ":", ","))


def looks_like_body(stripped: str) -> bool:
    """Tell whether a line after the title's first is running text: a full sentence that ends with a stop."""
    return len(stripped) > 60 and stripped.endswith((".", ";", ":"))


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
            end = line.start + match.end("title")
            after = next((x.start for x in lines if x.start > end), end)
            return kind, (line.start + match.start("title"), end), after
    return kind, None, body


def read_issuer(
    lines: list[Line], flat: str, symbol: str | None, place: str | None, stated: str | None, body: int
) -> tuple[UnitMention | None, Home]:
    """Return the unit that issued the report and its home.

    Looked for in the header's lines, the closing sentence ("Trên đây là báo cáo của …"), the opening ("…, UBND xã báo
    cáo …"); its place from the unit's own words, the date line, or the place most named in the text.
    """
    named = places_named(flat)
    top = in_header(lines, body)
    if top is not None and top.base == CENTRAL:
        top = on_behalf(lines) or top
    for unit in (top, in_closing(lines), in_opening(flat, body)):
        if unit is not None and (unit.organ != "body" or unit.kind or unit.place):
            return complete(unit, place, stated, named)
    for unit in (by_symbol(flat, symbol),):
        if unit is not None:
            return complete(unit, place, stated, named)
    return None, Home(on=stated)


def in_header(lines: list[Line], body: int) -> UnitMention | None:
    """Return the unit that the lines above the type name in capitals.

    The last line is the issuer, the one above it completes it: "ỦY BAN NHÂN DÂN" / "HUYỆN BẠCH THÔNG", "THỊ ỦY BẮC KẠN" /
    "BAN DÂN VẬN", "ĐẢNG BỘ TỈNH BẮC GIANG" / "TỈNH ỦY". A line that no table knows is a name of its own.
    """
    named = [title_case(words) for words in header_names(lines, body)]
    if not named:
        return None
    last, above = named[-1], named[-2] if len(named) > 1 else ""
    upper = unit_in(above)
    if above and BARE_PLACE.fullmatch(last) and unit_in(last) is None:
        return unit_in(f"{above} {last}") or upper
    if upper is not None and is_head(last):
        return replace(upper, head=canonical("head", last)) if upper.organ == "committee" else unit_in(last) or upper
    unit = unit_in(last) or unknown_unit(last)
    if upper is not None and not unit.place and upper.place and not unit.kind:
        return replace(unit, place=upper.place) if unit.organ == "committee" else replace(unit, kind=upper.kind, place=upper.place)
    if upper is not None and upper.place and unit.kind == upper.kind and not unit.place:
        return replace(unit, place=upper.place)
    return unit


CENTRAL = "Ban Chấp hành Trung ương Đảng"


def on_behalf(lines: list[Line]) -> UnitMention | None:
    """Return the central body for which the paper is signed ("T/M BỘ CHÍNH TRỊ"): all of them share one heading."""
    for line in [*lines[:TOP], *lines[-TAIL:]]:
        words = line.text.strip(" *#_")
        signed = ON_BEHALF.match(words) or re.match(r"CỦA\s+", words)
        unit = unit_in(title_case(words[signed.end() :])) if signed else None
        if unit is not None and unit.organ == "central":
            return unit
    return None


BARE_PLACE = re.compile(rf"(?:{KIND})\s+{NAME}")


def header_names(lines: list[Line], body: int) -> list[str]:
    """Return the lines in capitals above the type line, columns apart, mottos and numbers dropped."""
    named: list[str] = []
    for line in lines[:16]:
        if line.start >= body or type_names().get(key(line.text.strip(" *#_:"))):
            break
        for cell in line.text.split("|"):
            words = " ".join(MOTTO.sub(" ", cell).strip(" *#_-:").split())
            if words and capitals(words) and not re.search(r"\d|(?:^|\s)(?:SỐ|NGÀY)(?:\W|$)", words.upper()):
                named.append(words)
    return named


def unit_in(words: str) -> UnitMention | None:
    """Return the unit that a header line names from its first word on."""
    units = [u for u in find_units(words) if not words[: u.start].strip()]
    return units[0] if units else None


def is_head(words: str) -> bool:
    """Tell whether a header line is only an organ within the unit above it: "BAN DÂN VẬN"."""
    return canonical("head", words) != words or key(words) in canonical_names("head")


def unknown_unit(words: str) -> UnitMention:
    """Return a unit that no table knows under its own words: "Trường Mầm Non Sao Mai"."""
    return UnitMention(0, len(words), words, "other", words)


def capitals(text: str) -> bool:
    """Tell whether a header line is written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def title_case(words: str) -> str:
    """Return a line in capitals as running text has it: "HUYỆN BẠCH THÔNG" gives "Huyện Bạch Thông"."""
    return " ".join(word.capitalize() if word.isupper() else word for word in words.split())


def in_closing(lines: list[Line]) -> UnitMention | None:
    """Return the unit of "Trên đây là báo cáo của …"."""
    for line in reversed(lines[-TAIL:]):
        match = CLOSING.search(line.text)
        if match is None:
            continue
        units = find_units(line.text[match.start() :])
        offset = match.end() - match.start()
        at = next((u for u in units if u.start >= offset - 1), None)
        if at is not None and at.start <= offset + 1:
            return at
        last = [u for u in units if line.text[match.start() + u.end :].strip(" ./") == ""]
        return last[-1] if last else None
    return None


def in_opening(flat: str, body: int) -> UnitMention | None:
    """Return the unit that speaks in the opening: "…, Ban Dân vận Tỉnh ủy báo cáo kết quả như sau"."""
    for unit in find_units(flat[body : body + 4000]):
        if SPEAKS.match(flat, body + unit.end) and unit.organ != "central" and not unit.many:
            return unit
    return None


def by_symbol(flat: str, symbol: str | None) -> UnitMention | None:
    """Return the unit with a place that the symbol's letters fit and that the text names most."""
    if symbol is None:
        return None
    wanted = {"UBND": {"Ủy ban nhân dân"}, "HU": {"Huyện ủy"}, "TU": {"Tỉnh ủy", "Thành ủy", "Thị ủy"}, "ĐU": {"Đảng ủy"}, "HĐND": {"Hội đồng nhân dân"}}
    bases = next((names for letters, names in wanted.items() if re.search(rf"[-/]{letters}(?:$|-)", symbol) or symbol.startswith(letters)), set())
    counts: dict[tuple[str, str, str], list[UnitMention]] = {}
    for unit in find_units(flat):
        if unit.base in bases and unit.place and not unit.head and not unit.many:
            counts.setdefault((unit.base, unit.kind, unit.place), []).append(unit)
    best = sorted(counts.values(), key=lambda units: (-len(units), units[0].start))
    return best[0][0] if best else None


PLACE_NAMED = re.compile(rf"(?<![{LETTER}])(?P<kind>{KIND})\s+(?P<name>{NAME})")


def places_named(flat: str) -> dict[tuple[str, str], int]:
    """Return how often the text names each place: {("huyện", "Bạch Thông"): 12, …}."""
    counts: dict[tuple[str, str], int] = {}
    for match in PLACE_NAMED.finditer(flat[:200_000]):
        kind = " ".join(match["kind"].lower().split())
        at = (kind, " ".join(match["name"].split()))
        counts[at] = counts.get(at, 0) + 1
    for unit in find_units(flat[:60_000]):
        if unit.base in {"Tỉnh ủy", "Huyện ủy"} and unit.place:
            at = ({"Tỉnh ủy": "tỉnh", "Huyện ủy": "huyện"}[unit.base], unit.place)
            counts[at] = counts.get(at, 0) + 1
    return counts


def complete(
    unit: UnitMention, place: str | None, stated: str | None, named: dict[tuple[str, str], int]
) -> tuple[UnitMention, Home]:
    """Return `unit` and the home that it and the places named in the text give."""
    start = Home(on=on_day(stated))
    kind = unit.kind or {"Tỉnh ủy": "tỉnh", "Thành ủy": "thành phố", "Thị ủy": "thị xã", "Huyện ủy": "huyện", "Quận ủy": "quận", "Đảng ủy": "xã"}.get(unit.base, "")
    if unit.organ == "department":
        kind = kind or ("tỉnh" if unit.base.startswith("Sở") else "huyện")
    if unit.organ == "central" or not kind:
        return unit, start
    province = most_named(named, {"tỉnh"})
    outer = Home(province=spot_of("tỉnh", province, start), on=start.on) if province and kind != "tỉnh" else start
    name = unit.place or (place if place and kind != "tỉnh" else None) or most_named(named, {kind}) or place
    if name is None:
        return unit, start
    spots = [spot_of(kind, name, outer)]
    spots += [spot_of(k, n, outer) for k, n in unit.upper]
    inner = spots[0]
    if inner.level == "xã" and not unit.upper:
        district = most_named(named, {"huyện", "thị xã", "quận"})
        spots += [spot_of("huyện", district, outer)] if district and districts_live(stated) else []
    if outer.province is not None and all(s.level != "tỉnh" for s in spots) and fits(inner, outer.province):
        spots.append(outer.province)
    return unit, home_of(spots, start.on)


def districts_live(stated: str | None) -> bool:
    """Tell whether districts existed at the time: they ended on 30 June 2025 (Nghị quyết 203/2025/QH15)."""
    return stated is None or stated < "2025-07"


def on_day(stated: str | None) -> str | None:
    """Return a day for a date that may lack its day: the middle of what is known."""
    if stated is None:
        return None
    return {4: f"{stated}-06-15", 7: f"{stated}-15"}.get(len(stated), stated)


def fits(inner: Spot, province: Spot) -> bool:
    """Tell whether `inner` may lie in `province`: its full name says so, or says nothing."""
    return ", " not in inner.full or inner.full.endswith(province.full)


def most_named(named: dict[tuple[str, str], int], kinds: set[str]) -> str | None:
    """Return the name of the place of these kinds that the text names most, the earlier one among equals."""
    counts: dict[str, int] = {}
    for (kind, name), count in named.items():
        if kind in kinds:
            counts[name] = counts.get(name, 0) + count
    return max(counts, key=lambda name: counts[name]) if counts else None


def read_addressee(lines: list[Line]) -> tuple[str, ...]:
    """Return whom the letter is for: the words after "Kính gửi" and the list items below it."""
    for place, line in enumerate(lines[:TOP]):
        match = ADDRESSEE.match(line.text)
        if match is None:
            continue
        rest = match["rest"].strip(" .;*-")
        below = [] if rest else [x.text.strip(" .;*-+") for x in takewhile_items(lines[place + 1 : place + 12])]
        named = [part.strip(" .;-") for part in re.split(r";\s*(?:-\s*)?", rest)] if rest else below
        return tuple(part for part in named if part)
    return ()


def takewhile_items(lines: list[Line]) -> list[Line]:
    """Return the leading lines that are items of a list: short, ended by a semicolon or stop."""
    taken = []
    for line in lines:
        if len(line.text) > 160 or BODY.match(line.text.strip()):
            break
        taken.append(line)
        if line.text.rstrip().endswith("."):
            break
    return taken


def read_recipients(lines: list[Line]) -> tuple[str, ...]:
    """Return the list under "Nơi nhận"."""
    tail = lines[-TAIL:]
    place = next((i for i, line in enumerate(tail) if RECIPIENTS.match(line.text)), None)
    if place is None:
        return ()
    named = []
    first = RECIPIENTS.sub("", tail[place].text).strip()
    for text in [first, *(line.text for line in tail[place + 1 : place + 25])]:
        words = text.strip(" -+*;.,|")
        if not words:
            continue
        if ON_BEHALF.match(words) or ROLE.search(words) or (words.isupper() and len(words) > 12):
            break
        if not words.endswith(":"):
            named.append(words)
        if re.match(r"Lưu\b", words):
            break
    return tuple(named)


def read_signer(lines: list[Line]) -> tuple[str | None, str | None]:
    """Return (signer, role): the last role in capitals near the end, and the name that follows it."""
    tail = lines[-TAIL:]
    role, after = None, None
    for place, line in enumerate(tail):
        match = [m for m in ROLE.finditer(line.text) if not re.search(r"BAN\s+$", line.text[: m.start()]) or m["role"] != "BÍ THƯ"]
        if match and capitals(re.sub(r"[^\w\s]", " ", line.text)):
            role, after = match[-1]["role"], place + 1
    person = None
    start = after if after is not None else max(0, len(tail) - 2)
    for line in tail[start : start + 4]:
        match_name = PERSON.match(line.text)
        if match_name and not line.text.isupper() and len(match_name["name"].split()) >= 2:
            person = " ".join(match_name["name"].split())
    return person, role_name(role) if role else None


def role_name(role: str) -> str:
    """Return an office in capitals as running text has it: "PHÓ BÍ THƯ" gives "Phó Bí thư"."""
    return OFFICES.get(key(role), " ".join(role.split()).capitalize())
