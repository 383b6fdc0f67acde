"""The words of a paper: letterhead, subject, grounds, sections, tail, and how files of offices are odd.

Sentences are those of sentences.csv, which are our own, with places, organs, figures and citations put in.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import fill

from benchmarks.corpus.cascades import Cited, Paper, month, spoken
from benchmarks.corpus.offices import PARTY, place_words
from data import table
from kg.register import children

SECTIONS = {
    "Kế hoạch": (("MỤC ĐÍCH, YÊU CẦU", "purpose"), ("NỘI DUNG", "task"), ("TỔ CHỨC THỰC HIỆN", "organise")),
    "Chương trình hành động": (("MỤC TIÊU", "purpose"), ("NHIỆM VỤ, GIẢI PHÁP", "task"), ("TỔ CHỨC", "organise")),
    "Báo cáo": (
        ("ĐẶC ĐIỂM TÌNH HÌNH", "general"),
        ("KẾT QUẢ THỰC HIỆN", "result"),
        ("TỒN TẠI, HẠN CHẾ", "weak"),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ", "future"),
    ),
    "Công văn": (("", "letter"), ("", "task"), ("", "organise")),
    "Quyết định": (("", "other"),),
    "Thông báo": (("", "other"), ("", "organise")),
}
SHARES = {
    "letter": 0.05,
    "general": 0.1,
    "result": 0.65,
    "weak": 0.1,
    "future": 0.15,
    "purpose": 0.2,
    "task": 0.6,
    "organise": 0.2,
}
DOES = {
    "Kế hoạch": "xây dựng kế hoạch",
    "Chương trình hành động": "ban hành chương trình hành động",
    "Báo cáo": "báo cáo kết quả",
}
ROMAN = ("I", "II", "III", "IV", "V")
NUMBERS = {  # figures by the slot they fill
    "small": (2, 28),
    "number": (31, 4_800),
    "money": (15, 9_900),
    "percent": (41, 99),
    "quarter": (1, 4),
    "month": (1, 12),
}
ODD = 0.01  # share of papers with each of ODDITIES
STATE_TITLE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


class Slots(dict[str, str]):
    """What is put into sentences: each slot is filled anew where it stands."""

    def __init__(self, paper: Paper, chance: random.Random) -> None:
        super().__init__(office=paper.office.name, topic=paper.topic, place=place_words(paper.office.place))
        self["placecap"] = self["place"][0].upper() + self["place"][1:]
        self.paper, self.chance = paper, chance
        below = children(paper.office.place, paper.day.isoformat())
        self.below = [place_words(place) for place in below] or [f"thôn {name}" for name in chance.sample(hamlets(), 9)]

    def __missing__(self, slot: str) -> str:
        chance = self.chance
        if slot in NUMBERS:
            return f"{chance.randint(*NUMBERS[slot]):,}".replace(",", ".")
        if slot == "cite":
            return citation(chance.choice(self.paper.cites), chance) if self.paper.cites else "các quy định hiện hành"
        if slot == "below":
            return chance.choice(self.below)
        if slot == "field":
            return chance.choice(fields())
        if slot == "year":
            return str(self.paper.day.year + chance.randint(0, 1))
        if slot == "day":
            return f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{self.paper.day.year}"
        return chance.choice(organs())


def text_of(paper: Paper, chance: random.Random) -> str:
    """Return the paper as a text file has it."""
    slots = Slots(paper, chance)
    parts = ["\n".join(letterhead(paper, chance)), "\n".join(title(paper)), opening(paper, chance)]
    tail = "\n".join(closing(paper))
    room = paper.size - sum(len(part.encode()) for part in (*parts, tail))
    parts += [*sections(paper, slots, chance, room), tail]
    return with_oddities("\n\n".join(parts) + "\n", chance)


# ---- the top --------------------------------------------------------------------------------------------------------


def letterhead(paper: Paper, chance: random.Random) -> Iterator[str]:
    """Yield the lines of the head: two columns as converters give them, or one under the other."""
    party, day = paper.office.line == PARTY, paper.day
    number = f"Số {paper.full}" if party else f"Số: {paper.full}"
    dated = f"{paper.office.place.name}, ngày {day:%d} tháng {month(day)} năm {day.year}"
    left = [*paper.office.head, number]
    right = ["ĐẢNG CỘNG SẢN VIỆT NAM"] if party else list(STATE_TITLE)
    if chance.random() < 0.5:
        yield from (*left[:-1], *(() if party else ("",)), *right, "", number, dated)
        return
    right += [""] * (len(left) - len(right) - 1) + [dated]
    left += [""] * (len(right) - len(left))
    yield from (f"{one:<44}{other}".rstrip() for one, other in zip(left, right, strict=True))


def title(paper: Paper) -> Iterator[str]:
    """Yield type and subject; a letter has its subject under the number instead, and names whom it is for."""
    if paper.type == "Công văn":
        yield f"V/v {paper.subject}"
        yield ""
        yield "Kính gửi: Các cơ quan, đơn vị có liên quan."
        return
    yield paper.type.upper()
    about = "Về việc " if paper.type == "Quyết định" else ""
    yield about + (paper.subject if about else paper.subject[0].upper() + paper.subject[1:])


def opening(paper: Paper, chance: random.Random) -> str:
    """Return the paragraph that tells on what the paper rests."""
    grounds = [citation(cited, chance, full=True) for cited in paper.cites[:3]] or ["các quy định hiện hành"]
    if paper.type == "Quyết định":
        return "\n".join(f"Căn cứ {ground};" for ground in grounds)
    joined = ", ".join(grounds[:2]) if len(grounds) < 3 else f"{grounds[0]}; {grounds[1]} và {grounds[2]}"
    does = DOES.get(paper.type, "thông báo một số nội dung")
    return f"Thực hiện {joined}, {paper.office.name} {does} như sau:"


# ---- the middle -----------------------------------------------------------------------------------------------------


def sections(paper: Paper, slots: Slots, chance: random.Random, room: int) -> Iterator[str]:
    """Yield headings and paragraphs until `room` bytes are full; in some reports a table and footnotes."""
    notes: list[str] = []
    report = paper.type == "Báo cáo"
    noted, tabled = report and chance.random() < 0.2, report and chance.random() < 0.2
    for number, (heading, use) in enumerate(SECTIONS[paper.type]):
        if heading:
            yield f"{ROMAN[number]}. {heading}"
        share = SHARES.get(use, 0.5 if len(SECTIONS[paper.type]) > 1 else 1.0)
        yield from paragraphs(use, slots, chance, int(room * share), notes if noted else None)
        if tabled and use == "result":
            yield "\n".join(table_rows(slots, chance))
    yield from notes


def paragraphs(use: str, slots: Slots, chance: random.Random, room: int, notes: list[str] | None) -> Iterator[str]:
    """Yield paragraphs of one to five sentences, numbered and bulleted in turn; `notes` collects footnotes."""
    count = 0
    while room > 0:
        count += 1
        chosen = chance.choices(sentences(use), k=chance.randint(1, 5))
        text = " ".join(sentence.format_map(slots) for sentence in chosen)
        if notes is not None and chance.random() < 0.15:
            notes.append(f"({len(notes) + 1}) {slots['cite']}.")
            text = f"{text[:-1]}({len(notes)})."
        mark = f"{count}. " if chance.random() < 0.4 else "- " if chance.random() < 0.5 else ""
        room -= len((mark + text).encode()) + 2
        yield mark + text


def table_rows(slots: Slots, chance: random.Random) -> Iterator[str]:
    """Yield a table of results by place."""
    yield "| TT | Đơn vị | Số cuộc | Số lượt người | Tỷ lệ (%) |"
    yield "| --- | --- | --- | --- | --- |"
    for count in range(1, chance.randint(5, 15)):
        yield f"| {count} | {slots['below']} | {slots['small']} | {slots['number']} | {slots['percent']} |"


# ---- citations ------------------------------------------------------------------------------------------------------


def citation(cited: Cited, chance: random.Random, full: bool = False) -> str:
    """Return the words by which a paper names a document: in full, dated, by number, short, by name, two together."""
    throw = 0.0 if full else chance.random()
    law = cited.type in {"Luật", "Bộ luật"}
    if cited.names and (law or throw > 0.8):
        name = chance.choice(cited.names)
        return f"{name} (Luật số {cited.full})" if law and throw < 0.2 else name
    if law:
        return f"{cited.type} {cited.subject}"
    numbered = f"{cited.type} {'số ' if throw < 0.8 else ''}{cited.full}"
    dated = f"{numbered} ngày {spoken(cited.day)} của {cited.issuer}"
    if throw < 0.35:
        return f"{dated} về {cited.subject}"
    if throw < 0.6:
        return dated
    return numbered if throw < 0.85 else f"{cited.type} số {cited.full.replace('-', '/').split('/')[0]}"


# ---- the end --------------------------------------------------------------------------------------------------------


def closing(paper: Paper) -> Iterator[str]:
    """Yield the recipients and the signature, without a name."""
    yield from ("Nơi nhận:", "- Như trên;" if paper.type == "Công văn" else "- Các cơ quan, đơn vị trực thuộc;")
    yield from ("- Lưu: VT.", "", *paper.office.signer, "(đã ký)")


# ---- what is odd ----------------------------------------------------------------------------------------------------


def with_oddities(text: str, chance: random.Random) -> str:
    """Return the text as one in a hundred files has it: decomposed, hard-broken, with another Đ, with Windows' ends."""
    oddities = (decomposed, hard_broken, other_stroke, windows_ends)
    for oddity in oddities:
        if chance.random() < ODD:
            text = oddity(text)
    return text


def decomposed(text: str) -> str:
    """Return the text in NFD, as macOS writes it."""
    return unicodedata.normalize("NFD", text)


def hard_broken(text: str) -> str:
    """Return the text with lines of 80 characters."""
    return "\n".join(fill(line, 80, break_long_words=False) if len(line) > 90 else line for line in text.split("\n"))


def other_stroke(text: str) -> str:
    """Return the text with Ð (eth) for Đ, which looks the same."""
    return text.replace("Đ", "Ð")


def windows_ends(text: str) -> str:
    """Return the text with a byte order mark and the line ends of Windows."""
    return "\ufeff" + text.replace("\n", "\r\n")


# ---- words from the tables ------------------------------------------------------------------------------------------


@cache
def sentences(use: str) -> tuple[str, ...]:
    """Return the sentences of sentences.csv for one use."""
    with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file) if row["use"] == use)


@cache
def organs() -> tuple[str, ...]:
    """Return local organs: departments (phòng) and bodies."""
    found = [(row["forms"].split("|")[0], row["class"]) for row in table("organs")]
    return tuple(f"phòng {name}" if kind == "department" else name for name, kind in found if kind in WORKING)


WORKING = {"department", "body"}


@cache
def fields() -> tuple[str, ...]:
    """Return fields of work: what central documents are about."""
    return tuple(row["subject"] for row in table("central_documents") if 8 < len(row["subject"]) < 60)


@cache
def hamlets() -> tuple[str, ...]:
    """Return names for hamlets (thôn): those of communes."""
    from kg.register import places

    return tuple(sorted({place.name for place in places() if place.type == "xã"}))
