"""Read whom a report is for and who signed it: "Kính gửi", "Nơi nhận", the signature."""

from __future__ import annotations

import re

from ingest.letters import LETTER, UPPER, alternatives
from ingest.sender import ON_BEHALF, TAIL, TOP, Line, capitals
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
        match = [
            m
            for m in ROLE.finditer(line.text)
            if not re.search(r"BAN\s+$", line.text[: m.start()]) or m["role"] != "BÍ THƯ"
        ]
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
