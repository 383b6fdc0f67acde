"""The words by which one document takes another's place: replaces it, ends it, amends it.

    A thay thế |B · A sửa đổi, bổ sung một số điều của |B                                   A replaces B
    B (nay là |A) · B được sửa đổi, bổ sung bởi |A · B hết hiệu lực kể từ ngày |A …        A replaces B

The words stand in data/cues.csv (kinds `replace`, `part`, `topic`, `enclosed`, `agent`, `at`, `now`, `ended`), what
takes their force from them in data/false_friends.csv. The cues are sought in text without marks (`letters.bare`), for
scans have "thay thể" and "sửa đỗi"; false friends keep theirs: "chữa cháy" is no "chưa".
"""

from __future__ import annotations

import re

from ingest.citations import Citation
from ingest.claims import KINDS
from ingest.clauses import bare_cue, spoiled
from ingest.letters import alternatives, bare
from ingest.titles import base_type
from ingest.typewords import type_names

TYPES = alternatives([bare(name) for name in type_names()])


# thay thế · bãi bỏ, thay thế · sửa đổi, bổ sung
CHANGE = rf"(?<![a-z]){bare_cue('replace')}(?:(?:\s*,\s*|\s+va\s+|\s+){bare_cue('replace')})*(?![a-z])"


# một số điều của · khoản 2, khoản 3 Điều 19 của · toàn bộ nội dung quy định tại
PARTS = rf"(?:[\s,]+(?:{bare_cue('part')}|\d{{1,3}}[a-z]?|[ivx]{{2,5}}|[a-z])(?=[\s,]|$))*"
# một số quy định |về thủ tục hành chính của |X
TOPIC = rf"(?:\s+{bare_cue('topic')}\s[^.,;:]{{1,60}}?\s(?:cua|tai))?"


# thay thế các |Quyết định: |số 5 …, số 7 …
TO = rf"(?:[\s,]+(?:{TYPES}))?[\s:]*$"


# sửa đổi |Quy định về quản lý tài sản ban hành kèm theo |X, not sửa đổi |ban hành kèm theo |X
ENCLOSED = rf"(?:\s+(?!{bare_cue('enclosed')})[^.;:]{{1,250}}?\s{bare_cue('enclosed')})?"


PASSIVE = r"(?<![a-z])(?<!chuan\s)(?:duoc|bi)\s+"
AT = rf"\s+{bare_cue('at')}(?![a-z])"
TAKES = re.compile(rf"(?P<passive>{PASSIVE})?(?P<cue>{CHANGE})(?!{AT}){PARTS}{TOPIC}{ENCLOSED}{TO}", re.IGNORECASE)
TAKEN = re.compile(
    rf"[(,]\s*{bare_cue('now')}\s*$|{PASSIVE}{CHANGE}[^;)]{{0,60}}?\s{bare_cue('agent')}{PARTS}\s*$|"
    rf"(?<![a-z]){CHANGE}{AT}{PARTS}\s*$",
    re.IGNORECASE,
)
ENDED = re.compile(
    rf"(?<![a-z]){bare_cue('ended')}(?![a-z])[^;.()]{{0,30}}?\s(?:ke\s+)?(?:tu\s+)?(?:ngay|khi)\s*$", re.IGNORECASE
)
IN_FORCE = re.compile(r"[^;.()]{0,200}?\sco\s+hieu\s+luc", re.IGNORECASE)


# thi hành |Luật sửa đổi, bổ sung một số điều của Luật …: another document does it, which bears no number here
NAMES = [bare(form) for name in type_names() for form in (name.capitalize(), name.upper())]
NAMELESS = re.compile(rf"(?<!ban\shanh\s)(?<![A-Za-z])(?:{alternatives(NAMES)})\s+(?:(?i:ve\s+(?:viec\s+)?))?$")


# Quyết định này (có hiệu lực từ ngày ký và) thay thế |X · Điều 2. Bãi bỏ |X · a) Sửa đổi, bổ sung một số điều của |X
OWN = re.compile(
    r"^\W*(?:dieu\s+\d+[.:]?\s*)?(?:(?:\d{1,2}(?:\.\d+)*|[a-z])[.)]\s*)?"
    rf"(?:(?:{TYPES})\s+nay\s[^.;]{{0,120}}?)?{CHANGE}{PARTS}{TOPIC}{ENCLOSED}{TO}",
    re.IGNORECASE,
)
# UBND tỉnh ban hành Quyết định sửa đổi, bổ sung một số điều của |X
ENACTED = re.compile(
    rf"^[^;.:]{{3,80}}?\sban\s+hanh\s+(?P<type>{TYPES})\s(?:ve\s+(?:viec\s+)?)?{CHANGE}{PARTS}{TOPIC}{ENCLOSED}{TO}",
    re.IGNORECASE,
)
# b) Tham mưu |UBND tỉnh ban hành quyết định thay thế X · Giao Sở Nội vụ trình |…: another paper is to do it
ENTRUSTED = re.compile(
    r"(?<![a-z])(?:giao|trinh|tham\s+muu|de\s+(?:nghi|xuat)|kien\s+nghi|yeu\s+cau|se|du\s+kien)\s", re.IGNORECASE
)
# Bãi bỏ các văn bản sau đây: · not "thủ tục được sửa đổi, gồm:", nor "sửa đổi như sau:", behind which stand new words
BELOW = re.compile(
    rf"(?P<passive>{PASSIVE})?(?:{CHANGE}|{bare_cue('ended')})[^.;]{{0,60}}(?:sau\s+day|(?<!nhu\s)sau|gom)\s*:\s*$",
    re.IGNORECASE,
)
# Các quyết định sau đây hết hiệu lực kể từ ngày …: · Những văn bản sau bị bãi bỏ:
ABOVE = re.compile(
    rf"(?<![a-z])(?:{TYPES})\s[^.;:]{{0,40}}?sau(?:\s+day)?\s[^.;:]{{0,40}}?(?:{PASSIVE}{CHANGE}|{bare_cue('ended')})"
    r"[^.;:]{0,120}:\s*$",
    re.IGNORECASE,
)
OUT = re.compile(rf"(?<![a-z]){bare_cue('ended')}(?![a-z])", re.IGNORECASE)
# hết hiệu lực (kể từ ngày Quyết định) |này (có hiệu lực) · Quyết định |này có hiệu lực từ ngày …
FROM_NOW = re.compile(r"[^;.]{0,80}?\snay(?![a-z])", re.IGNORECASE)
IN_FORCE_NOW = re.compile(r"\snay\s[^;.]{0,20}?co\s+hieu\s+luc", re.IGNORECASE)
# Điều 2. |X … · …, |Y … và Điều 11 |Z …
SIDE_BY_SIDE = re.compile(rf"^\W*(?:dieu\s+\d+[.:])?{PARTS}\s*$|(?:,|;|\sva){PARTS}\s*$", re.IGNORECASE)
BY = re.compile(r"[\s,]*bang\s*$", re.IGNORECASE)
WINDOW = 240  # characters before a document within which the words stand


def takes_place(bridge: str) -> bool:
    """Tell whether the words before a document say that it is replaced, ended or amended by what stands before them."""
    lead = bare(bridge[-WINDOW:])
    match = TAKES.search(lead)
    if match is None or match["passive"]:
        return False
    end = len(bridge) - len(lead) + match.start("cue")
    if bridge.count("“", 0, end) > bridge.count("”", 0, end) or bridge.count('"', 0, end) % 2:
        return False  # in the title of something else: 'Đề án “Thay thế cây trồng …”'
    return NAMELESS.search(lead[: match.start("cue")]) is None and not spoiled("replace", bridge[:end])


def enacts(words: str, kind: str | None) -> bool:
    """Tell whether words without marks say that a body issues a document of type `kind` which replaces what follows."""
    match = ENACTED.match(words)
    own = match is not None and " ".join(match["type"].lower().split()) == bare(kind or "")
    return own and ENTRUSTED.search(words) is None


def puts_in_place(before: str, bridge: str) -> bool:
    """Tell whether one document is replaced by the next: "sửa đổi |B| bằng |A", with the words before and between."""
    return BY.match(bare(bridge)) is not None and takes_place(before)


def gives_place(bridge: str, after: str) -> bool:
    """Tell whether the words between two documents say that the second stands in the place of the first.

    `after` is what follows the second: "A hết hiệu lực kể từ ngày |B| có hiệu lực".
    """
    lead = bare(bridge[-WINDOW:])
    if TAKEN.search(lead) is not None:
        return True
    return ENDED.search(lead) is not None and IN_FORCE.match(bare(after[:WINDOW])) is not None


def is_second_deed(bridge: str) -> bool:
    """Tell whether words of replacing go on with what a document before does: "hướng dẫn Luật A |và thay thế |B"."""
    lead = bare(bridge[-WINDOW:])
    match = TAKES.search(lead)
    return match is not None and re.search(r"(?:\sva|,)\s*$", lead[: match.start()], re.IGNORECASE) is not None


LAWS = {"hiến pháp", "bộ luật", "luật", "pháp lệnh"}
ASSEMBLY = {*LAWS, "nghị quyết", "nghị quyết liên tịch", "lệnh"}  # what the National Assembly's bodies issue


def can_change(new: Citation, old: Citation) -> bool:
    """Tell whether one document can replace or amend another: of such a type (see `may_change`) and no earlier year."""
    years = year_of(new), year_of(old)
    return (may_change(new.type, old.type) or (is_joint(new) and is_joint(old))) and (
        None in years or str(years[0]) >= str(years[1])
    )


def may_change(kind: str | None, other: str | None) -> bool:
    """Tell whether a type of document can change another: a letter amends no resolution, a circular no law."""
    rank = force(kind)
    return (rank == "directive" or rank == force(other)) and (other not in LAWS or kind in ASSEMBLY)


def is_joint(cited: Citation) -> bool:
    """Tell whether a symbol is of what several bodies agreed on, whatever its type: CTrPH, QCPH, KHPH (phối hợp)."""
    return cited.number is not None and re.search(r"PH[-/]", cited.number.symbol) is not None


def year_of(cited: Citation) -> str | None:
    """Return the year in which a document was issued, by its date or its number."""
    return cited.date[:4] if cited.date else cited.number.year if cited.number is not None else None


def force(kind: str | None) -> str:
    """Return the kind of a type of document, letters apart from what binds."""
    return "letter" if base_type(kind) == "công văn" else KINDS.get(kind or "", "other")


def heads_list(words: str) -> bool:
    """Tell whether a line heads a list of ended documents: "Bãi bỏ các văn bản sau đây:"; of what is done, none."""
    lead = bare(words[-WINDOW:])
    match = BELOW.search(lead)
    return (match is not None and not match["passive"]) or ABOVE.search(lead) is not None
