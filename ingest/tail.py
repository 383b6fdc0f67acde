"""Read whom a report is for and who signed it: "Kính gửi", "Nơi nhận", the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.letterhead import TOP, Line, capitals
from ingest.letters import LETTER, LOWER, UPPER, alternatives
from ingest.sender import ON_BEHALF, TAIL
from kg.fold import key

BODY = re.compile(
    r"(?:Thực\s+hiện|Căn\s+cứ|Kính\s+gửi|Theo|Để|Nhằm|Thi\s+hành|"
    r"Trên\s+cơ\s+sở|Xét|Qua|Trong|Ngày|Triển\s+khai|Năm\s+\d)\b|(?:[IVXA-H]+|[IVXl][IVXl1|]*|\d+)\s?[.)-]\s|"
    r"PHẦN\s|Phần\s|[-_*=]{3,}|QUYẾT\s+NGHỊ|QUYẾT\s+ĐỊNH\s*:"
)


RECIPIENTS = re.compile(r"^\W*Nơi\s+nhận\s*:?\W*", re.IGNORECASE)


ADDRESSEE = re.compile(r"^\W*Kính\s+gửi\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)


ROLES = (
    "Phó Chủ tịch Thường trực|Phó Chủ tịch|Chủ tịch|Phó Bí thư Thường trực|Phó Bí thư|Tổng Bí thư|"
    "Thường trực Ban Bí thư|Bí thư|"
    "Phó Trưởng Ban Thường trực|Phó Trưởng Ban|Trưởng Ban|Phó Giám đốc|Giám đốc|Phó Chánh Văn phòng|Chánh Văn phòng|"
    "Phó Thủ tướng|Thủ tướng|Thứ trưởng|Bộ trưởng|Phó Trưởng phòng|Trưởng phòng|Phó Trưởng Công an|Trưởng Công an|"
    "Chính ủy|"
    "Chỉ huy trưởng|Hiệu trưởng|Phó Hiệu trưởng|Chánh Thanh tra|"
    "Phó Cục trưởng|Cục trưởng|Vụ trưởng|Viện trưởng|Chánh án"
)


OFFICES = {key(role): role for role in ROLES.split("|")}


ROLE = re.compile(rf"(?<![{LETTER}])(?P<role>{alternatives(ROLES.upper().split('|'))})(?![{LETTER}])")


CAPITALS = re.compile(rf"[{UPPER}][{UPPER}]")  # as every office in capitals has


# Đại tá |Trịnh Ngọc Trọng, ThS. |Lê Văn Nam
RANK = re.compile(
    r"^\W*(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)|(?:GS|PGS|TS|ThS|BS|Bs|BSCKI{1,2}|BSCK[12]|KS|CN|Luật\s+sư|Bác\s+sĩ)[.,\s])+\s*"
)
# A person's name of two to six words, none of them an abbreviation: Vi Thị Hồng Nhung, H’Yâo Niê Kđăm
NAMED = rf"[{UPPER}](?:[’'`][{UPPER}]?)?[{LOWER}]*"
NAME = rf"{NAMED}(?:\s+{NAMED}){{1,5}}"


PERSON = re.compile(rf"^\W*(?P<name>{NAME})\W*$")


# Lưu: VT, NV. |Trần Quang Thảo: the signature of a second column, beside a line of the first
BESIDE = re.compile(rf"(?P<first>[;.,)|])\s+(?P<name>{NAMED}(?:\s+{NAMED}){{2,4}})\W*$")
FILE = re.compile(r"\W*Lưu\b", re.IGNORECASE)
SIGNED = re.compile(r"\(\s*đã\s+ký[^()]*\)|^\W*đã\s+ký\W*$", re.IGNORECASE)
CELL = re.compile(r"\s+\|\s+")  # between the columns of a row
SIGNATURE = 6  # lines below the office, at most, to the name


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


COLUMN = re.compile(rf"\s+(?:(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L|(?:{alternatives(ROLES.upper().split('|'))})\s*$).*$")


def tail_lines(lines: list[Line]) -> list[Line]:
    """Return the lines from "Nơi nhận" on, also where annexes follow; else the last ones."""
    place = next((i for i in range(len(lines) - 1, -1, -1) if RECIPIENTS.match(lines[i].text)), None)
    return lines[place : place + 30] if place is not None else lines[-TAIL:]


@dataclass(frozen=True, slots=True)
class Office:
    """The office in capitals of a signature, and the person's name if it stands on the same line."""

    role: str
    beside: str


def read_recipients(lines: list[Line]) -> tuple[str, ...]:
    """Return the list under "Nơi nhận", without the signature that stands beside it in a second column."""
    tail = tail_lines(lines)
    if not tail or not RECIPIENTS.match(tail[0].text):
        return ()
    signer, _ = read_signer(lines)
    named = []
    first = RECIPIENTS.sub("", tail[0].text).strip()
    for text in [first, *(line.text for line in tail[1:])]:
        cell = CELL.split(SIGNED.sub("", text))[0]
        words = COLUMN.sub("", " " + without_name(cell, signer)).strip(" -+*;.,|")
        if not words:
            continue
        if ON_BEHALF.match(words) or ROLE.search(words) or (words.isupper() and len(words) > 12):
            break
        if not words.endswith(":"):
            named.append(words)
        if FILE.match(words):
            break
    return tuple(named)


def without_name(text: str, signer: str | None) -> str:
    """Return a line of the first column without the name of the second."""
    beside = BESIDE.search(text)
    if beside is not None and (FILE.match(text) or plain(beside["name"]) == signer):
        return text[: beside.end("first")]
    return "" if signer is not None and plain(text) == signer else text


def read_signer(lines: list[Line]) -> tuple[str | None, str | None]:
    """Return (signer, role): the last role in capitals of the signature, and the name beside or below it."""
    tail = [line.text for line in tail_lines(lines)]
    offices = [(place, found) for place, text in enumerate(tail) if (found := role_in(text)) is not None]
    if not offices and (above := office_above(lines)) is not None:
        file = next((place for place, text in enumerate(tail) if FILE.match(text)), len(tail))
        offices = [(file, above)]
    if not offices:
        return person_alone(tail[-2:]), None
    place, office = offices[-1]
    below = tail[place + 1 : place + 1 + SIGNATURE]
    if office.beside:
        return plain(office.beside), role_name(office.role)
    person = person_in_column(tail[place + 1 :]) or person_alone(below) or person_beside(below)
    return person, role_name(office.role)


def office_above(lines: list[Line]) -> Office | None:
    """Return the office of a signature that was read before the recipients beside it: in the line above them."""
    place = next((i for i in range(len(lines) - 1, 0, -1) if RECIPIENTS.match(lines[i].text)), None)
    return role_in(lines[place - 1].text) if place is not None and capitals(lines[place - 1].text) else None


def person_alone(texts: list[str]) -> str | None:
    """Return the name under a signature: a line of its own, or beside the file copy ("Lưu")."""
    for text in map(bare, texts):
        alone = PERSON.match(text)
        if alone and not (text.isupper() or text.startswith("-") or text.endswith(";")):
            return plain(alone["name"])
        beside = BESIDE.search(text) if FILE.match(text) else None
        if beside:
            return plain(beside["name"])
    return None


def person_in_column(texts: list[str]) -> str | None:
    """Return the name in the second column of a row down to the file copy: "- UBND các huyện; | Trần Văn Mẫu"."""
    last = next((place for place, text in enumerate(texts) if FILE.match(text)), len(texts))
    rows = (CELL.split(text.strip(" |")) for text in texts[: last + 1])
    return person_alone([cells[-1] for cells in rows if len(cells) > 1])


def person_beside(texts: list[str]) -> str | None:
    """Return the name that stands beside the last of the recipients that has one."""
    found = [beside for text in map(bare, texts) if (beside := BESIDE.search(text))]
    return plain(found[-1]["name"]) if found else None


def bare(text: str) -> str:
    """Return a line of a signature without "(đã ký)" and the rank of the person."""
    return RANK.sub("", SIGNED.sub("", text).strip())


def plain(words: str) -> str:
    """Return words with single blanks."""
    return " ".join(words.split())


def role_in(text: str) -> Office | None:
    """Return the office in capitals that a line names, alone or as the end of its second column, or before a name."""
    if CAPITALS.search(text) is None:
        return None
    found = [m for m in ROLE.finditer(text) if m["role"] != "BÍ THƯ" or not re.search(r"BAN\s+$", text[: m.start()])]
    if not found:
        return None
    rest = text[found[-1].end() :].strip(" *_|")
    if capitals(re.sub(r"[^\w\s]", " ", text)) or not rest:
        return Office(found[-1]["role"], "")
    person = PERSON.match(RANK.sub("", rest))
    return Office(found[-1]["role"], person["name"]) if person else None


def role_name(role: str) -> str:
    """Return an office in capitals as running text has it: "PHÓ BÍ THƯ" gives "Phó Bí thư"."""
    return OFFICES.get(key(role), " ".join(role.split()).capitalize())
