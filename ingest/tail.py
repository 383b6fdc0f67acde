"""Read whom a report is for and who signed it: "Kính gửi", "Nơi nhận", the signature."""

from __future__ import annotations

import re

from ingest.letterhead import TOP, Line, capitals
from ingest.letters import LETTER, UPPER, alternatives
from ingest.sender import ON_BEHALF, TAIL
from kg.fold import key

BODY = re.compile(
    r"(?:Thực\s+hiện|Căn\s+cứ|Kính\s+gửi|Theo|Để|Nhằm|Thi\s+hành|"
    r"Trên\s+cơ\s+sở|Xét|Qua|Trong|Ngày|Triển\s+khai|Năm\s+\d)\b|(?:[IVXA-H]+|\d+)\s?[.)-]\s|"
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
# Lưu: VT, NV. |Trần Quang Thảo: the signature of a second column, on the last line of the first
BESIDE_FILE = re.compile(
    rf"(?P<file>Lưu\s*:?[^.;]*[.;])\s+(?P<name>[{UPPER}][{LETTER}]+(?:\s+[{UPPER}][{LETTER}]+){{2,4}})\W*$"
)


PERSON = re.compile(rf"^\W*(?P<name>[{UPPER}][{LETTER}]*(?:\s+[{UPPER}][{LETTER}]*){{1,5}})\W*$")


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


def read_recipients(lines: list[Line]) -> tuple[str, ...]:
    """Return the list under "Nơi nhận", without the signature that stands beside it in a second column."""
    tail = tail_lines(lines)
    if not tail or not RECIPIENTS.match(tail[0].text):
        return ()
    named = []
    first = RECIPIENTS.sub("", tail[0].text).strip()
    for text in [first, *(line.text for line in tail[1:])]:
        beside = BESIDE_FILE.search(text)
        words = COLUMN.sub("", " " + (text[: beside.end("file")] if beside else text)).strip(" -+*;.,|")
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
    """Return (signer, role): the last role in capitals of the signature, and the name that follows it."""
    tail = tail_lines(lines)
    role, after = None, None
    for place, line in enumerate(tail):
        found = role_in(line.text)
        if found is not None:
            role, after = found, place + 1
    person = None
    start = after if after is not None else max(0, len(tail) - 2)
    for line in tail[start : start + 6]:
        beside = BESIDE_FILE.search(line.text)
        if beside is not None:
            person = " ".join(beside["name"].split())
            break
        named = PERSON.match(RANK.sub("", line.text.replace("(đã ký)", "").replace("(Đã ký)", "").strip()))
        if (
            named
            and not line.text.isupper()
            and len(named["name"].split()) >= 2
            and not line.text.lstrip().startswith("-")
        ):
            person = " ".join(named["name"].split())
            break
    return person, role_name(role) if role else None


def role_in(text: str) -> str | None:
    """Return the office in capitals that a line names, alone or as the end of its second column."""
    if CAPITALS.search(text) is None:
        return None
    found = [m for m in ROLE.finditer(text) if m["role"] != "BÍ THƯ" or not re.search(r"BAN\s+$", text[: m.start()])]
    if not found:
        return None
    alone = capitals(re.sub(r"[^\w\s]", " ", text))
    return found[-1]["role"] if alone or not text[found[-1].end() :].strip(" *_|") else None


def role_name(role: str) -> str:
    """Return an office in capitals as running text has it: "PHÓ BÍ THƯ" gives "Phó Bí thư"."""
    return OFFICES.get(key(role), " ".join(role.split()).capitalize())
