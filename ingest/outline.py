"""Tell headings from text: the sections of a report, by their numbers and marks.

    A. KẾT QUẢ > I. ĐẶC ĐIỂM > 1. Tình hình chung > 1.1. Sản xuất nông - lâm nghiệp

A numbered line is a heading when it is short and without a full stop, or when text follows it; "1. Tiếp tục quán
triệt ..." followed by "2. Tăng cường ..." are items. "2.1. Thuận lợi: Được sự quan tâm ..." is text that opens a
section of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.lines import NUMBERED, Paragraph, is_caps, types, words

LABEL = 120  # the longest label of a section
SHORT = 200  # a numbered line up to this length may be a heading without further signs
LONG = 600  # no heading is longer

RANKS = {"part": 0.0, "chapter": 1.0, "letter": 2.0, "roman": 3.0, "article": 4.0, "arabic": 5.0}
CAPS = 1.5  # "ĐẶT VẤN ĐỀ" between parts and numbers
FREE = 20.0  # other headings without a number stand below all that have one
TAIL = re.compile(r"Nơi nhận\b|(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.?\s+[^\W\da-z_]")
ANNEX = re.compile(r"(?i:phụ lục|phụ biểu)\b")
CLOSING = re.compile(r"Trên đây là\b")
RUN_IN = re.compile(r"[^:.;]{2,90}:(?=\s+\S)")  # "Thuận lợi: Được ..."


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a numbered line: its rank (smaller is higher), its value, and where the words begin."""

    rank: float
    value: int
    end: int


@dataclass(slots=True)
class Outline:
    """The open sections, outermost first, and what was seen so far."""

    open: list[tuple[float, str, int]] = field(default_factory=list)
    items: set[float] = field(default_factory=set)  # ranks whose last numbered line was an item
    head: bool = True  # above the first numbered heading or long paragraph
    tail: bool = False  # from "Nơi nhận" on

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(label for _, label, _ in self.open)

    def start(self, rank: float, label: str, value: int = 0) -> None:
        """Open a section, closing those of its rank and below."""
        self.close(rank)
        self.items = {each for each in self.items if each <= rank} - {rank}
        self.open.append((rank, label, value))

    def close(self, rank: float) -> None:
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()


def outline(body: list[Paragraph]) -> None:
    """Give each paragraph its section, and headings and numbered items their kind."""
    numbers = [number(paragraph) for paragraph in body]
    state = Outline()
    for index, paragraph in enumerate(body):
        found = numbers[index]
        state.tail = _in_tail(state.tail, paragraph.text, found)
        if state.tail or CLOSING.match(paragraph.text):
            state.open.clear()
        elif found is not None:
            _numbered(state, body, numbers, index, found)
            state.head = False
            continue
        elif paragraph.kind not in {"row", "note", "item"}:
            _unnumbered(state, body, index)
        paragraph.section = state.section if paragraph.kind != "heading" or state.tail else paragraph.section
        state.head = state.head and not state.tail and len(paragraph.text) <= SHORT


def _in_tail(tail: bool, text: str, found: Number | None) -> bool:
    """Return whether a paragraph stands in the tail, which recipients and signature open and an annex closes."""
    if tail:
        return not (ANNEX.match(text) or (found and found.rank < RANKS["article"]))
    return TAIL.match(text) is not None


def number(paragraph: Paragraph) -> Number | None:
    """Return the number of a paragraph, None where it has none."""
    found = NUMBERED.match(paragraph.text)
    if found is None or paragraph.kind in {"row", "note"}:
        return None
    kind = found.lastgroup or ""
    if kind == "deep":
        levels = found[kind].split(".")
        return Number(RANKS["arabic"] + len(levels) - 1, int(levels[-1]), found.end())
    if kind == "arabic" and paragraph.text[found.end()].islower():
        return None
    return Number(RANKS[kind], int(found[kind]) if kind == "arabic" else 0, found.end())


def _numbered(state: Outline, body: list[Paragraph], numbers: list[Number | None], index: int, found: Number) -> None:
    """Settle a numbered paragraph: heading, text that opens a section, or item."""
    paragraph = body[index]
    run_in = RUN_IN.match(paragraph.text, found.end)
    if is_heading(state, body, numbers, index):
        state.close(found.rank)
        paragraph.section = state.section
        paragraph.lines[0].kind = "heading"
        state.start(found.rank, label(paragraph.text.rstrip(":")), found.value)
    elif found.rank == RANKS["article"] or (run_in and found.rank > RANKS["article"]):
        end = run_in.end() - 1 if run_in else found.end
        paragraph.lines[0].kind = "paragraph"
        state.start(found.rank, label(paragraph.text[:end].rstrip(".: ")), found.value)
        paragraph.section = state.section
    else:
        paragraph.lines[0].kind = "item"
        if any(rank == found.rank and value + 1 == found.value for rank, _, value in state.open):
            state.close(found.rank)
        state.items.add(found.rank)
        paragraph.section = state.section


def is_heading(state: Outline, body: list[Paragraph], numbers: list[Number | None], index: int) -> bool:
    """Return whether a numbered paragraph is a heading."""
    paragraph, found = body[index], numbers[index]
    text = paragraph.text
    if found is None or len(text) > LONG:
        return False
    stopped = text.rstrip(" ”\"')")[-1:] in {".", ";", "!", "?", "…"}
    if found.rank < RANKS["article"]:
        return is_caps(text) or len(text) <= SHORT or (found.rank < RANKS["letter"] and not stopped)
    if paragraph.lines[0].level or paragraph.lines[0].bold:
        return True
    subject = text[found.end :]
    run_in = RUN_IN.match(subject) is not None
    if run_in or (len(text) <= SHORT and not stopped):
        return not run_in
    return _has_text(state, body, numbers, index) and (
        not stopped or (". " not in subject and len(text) <= SHORT) or _names_topic(subject)
    )


def _has_text(state: Outline, body: list[Paragraph], numbers: list[Number | None], index: int) -> bool:
    """Return whether text follows a numbered paragraph, and not the next of a list."""
    found = numbers[index]
    if found is None or index + 1 == len(body) or body[index].text.endswith(";") or found.rank in state.items:
        return False
    after = numbers[index + 1]
    return not (after and after.rank <= found.rank) and not CLOSING.match(body[index + 1].text)


def _names_topic(subject: str) -> bool:
    """Return whether the words are the name of a topic ("Công tác ...") and no sentence ("Tăng cường ...")."""
    return any(subject.lower().startswith(f"{word} ") for word in words("topic"))


def _unnumbered(state: Outline, body: list[Paragraph], index: int) -> None:
    """Settle a paragraph without a number: a heading by markup, boldness or capitals, or plain text."""
    paragraph = body[index]
    line, text = paragraph.lines[0], paragraph.text
    if is_caps(text) and text.lower() in types():
        line.kind, paragraph.section = "heading", ()
    elif len(text) > SHORT or (state.head and not line.level) or text.endswith((".", ";")):
        line.kind = "paragraph"
    elif is_caps(text):
        above = state.open[-1][0] if index and state.open and body[index - 1].kind == "heading" else CAPS
        rank = above + 0.4 if above < CAPS else CAPS
        state.close(rank)
        line.kind, paragraph.section = "heading", state.section
        state.start(rank, label(text))
    elif line.level or line.bold:
        rank = FREE + (line.level or 7)
        state.close(rank)
        line.kind, paragraph.section = "heading", state.section
        state.start(rank, label(text.rstrip(":")))


def label(text: str) -> str:
    """Return the text as the label of a section, cut at a word."""
    return text if len(text) <= LABEL else text[: LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
