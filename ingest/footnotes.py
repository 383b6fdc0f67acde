"""Lift footnotes out of running text, and mend the sentences that they and page breaks had split.

In text made from pages a note stands where its page ended, in the middle of a sentence or even of a citation, and runs
on at the foot of the next page:

    ... các nội dung của Kết                      body, breaks off
    ⁴ Kế hoạch số 18/KH-UBND ...; Kế hoạch        note 4, breaks off
    luận số 114-KL/TW ... xây dựng kế             body of the next page, breaks off
    số 39/KH-UBND ngày 16/02/2023.                rest of note 4
    hoạch năm 2023.                               body
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.lines import Paragraph, ends_open, first_letter, goes_on, is_caps, last_word, starts_anew, words
from ingest.markup import MARK, MAYBE, Flow, Line, Mark

PAGE = 6000  # a note that breaks off goes on within so many characters of body text
FULL_LINE = 60  # characters in a line that reaches the margin
BROKEN = 40  # a shorter paragraph is no sentence that a page break split

# "(1) Cây rau", "[1] Cây rau", "1 - Cây rau", "1 Kế hoạch số 18": notes only if such a mark waits for one.
LEAD = re.compile(
    r"\((?P<round>\d{1,2})\)[:.]?\s*(?=\S)|\[(?P<square>\d{1,3})\][:.]?\s*(?=\S)|(?P<dash>\d{1,3})\s*[-–]\s+(?=[^\W\d])"
    r"|(?P<bare>\d{1,3})\s+(?=[^\W\d_]|[“\"])"
)
STRONG_LEAD = re.compile(rf"{MARK}[\s:.)–-]*(?=[^\W_]|[“\"*'‘(\[]|\+)")
IN_TEXT = re.compile(f"[{MARK}{MAYBE}]")
# "dân vận1." where the text has lines such as "1 Kế hoạch số 18": raised digits that came out plain.
GLUED = re.compile(r"(?<=[^\W\d_][^\W\dA-ZĐ_])(\d{1,2})(?=[.,;:)\s”\"]|$)|(?<=[”\"])(\d{1,2})(?=[.,;:)\s]|$)")
BARE = re.compile(r"(\d{1,3})\s+[^\W\da-z_]\w")


# ---- which line starts a note ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Waiting:
    """The marks of one number that no note has answered yet, by their offsets in the source."""

    strong: list[int]
    bracketed: list[int]
    plain: list[int]

    def best(self, bracketed_only: bool) -> int | None:
        """Return the latest mark that a note may answer; a raised one comes before a plain one."""
        for marks in (self.strong, self.bracketed) if bracketed_only else (self.strong, self.bracketed, self.plain):
            if marks:
                return marks[-1]
        return None


def find_notes(flow: Flow) -> None:
    """Mark the lines that start a footnote with its number and the place of its mark; take the number off the line."""
    _find_glued(flow)
    if not flow.marks and all(line.note is None for line in flow.lines):
        return
    waiting: dict[str, Waiting] = {}
    last = 0
    orphans: list[Line] = []
    for line in flow.lines:
        number, end = (None, 0) if line.more else _lead(line, flow.marks, waiting, last)
        if number is not None:
            line.text = line.text.cut(end, len(line.text)).strip()
            line.note, line.kind = number, "note"
            answered = waiting.pop(number, None)
            line.anchor = answered.best(bracketed_only=False) if answered else None
            if line.anchor is None:
                orphans.append(line)
            last = int(number) if number.isdecimal() else last
        for origin, mark in _marks(line, flow.marks):
            place = waiting.setdefault(mark.number, Waiting([], [], []))
            (
                place.plain if mark.width and not mark.bracketed else place.bracketed if mark.width else place.strong
            ).append(origin)
    for line in orphans:  # a note above its mark: pages that were read in another order
        if line.note in waiting:
            line.anchor = waiting.pop(line.note).best(bracketed_only=False)
    _go_on(flow.lines)


def _go_on(lines: list[Line]) -> None:
    """Give the further paragraphs of a note the place of its mark."""
    note: Line | None = None
    for line in lines:
        if line.more and note is not None:
            line.kind, line.anchor = "note", note.anchor
        elif line.note is not None:
            note = line


def _marks(line: Line, marks: dict[int, Mark]) -> Iterable[tuple[int, Mark]]:
    for match in IN_TEXT.finditer(line.text.text):
        origin = line.text.origins[match.start()]
        if origin in marks:
            yield origin, marks[origin]


def _lead(line: Line, marks: dict[int, Mark], waiting: dict[str, Waiting], last: int) -> tuple[str | None, int]:
    """Return the number of the note that the line starts, and where its text begins; (None, 0) if it starts none."""
    text = line.text.text
    if line.note is not None:
        return line.note, 0
    if line.kind == "row":
        return None, 0
    if strong := STRONG_LEAD.match(text):
        mark = marks.get(line.text.origins[0])
        wrapped = not line.gap and first_letter(text[strong.end() :]).islower()
        if mark and (mark.number in waiting or not wrapped):
            return mark.number, strong.end()
    lead = LEAD.match(text)
    if lead:
        number = next(found for found in lead.groups() if found)
        answered = waiting.get(number)
        in_turn = int(number) == 1 or last < int(number) <= last + 3
        bracketed = lead.lastgroup in {"round", "square"}
        plain = lead.lastgroup == "bare" and first_letter(text[lead.end() :]).islower()
        if answered and in_turn and not plain and answered.best(bracketed) is not None:
            return number, lead.end()
    return None, 0


def _find_glued(flow: Flow) -> None:
    """Note digits stuck to a word as possible marks, where lines start with the same bare number."""
    numbers = {found[1] for line in flow.lines if (found := BARE.match(line.text.text)) and line.kind != "row"}
    if not numbers:
        return

    def change(match: re.Match[str]) -> str | None:
        number = match[1] or match[2]
        return f"{MAYBE}{number}" if number in numbers else None

    for line in flow.lines:
        changed = line.text.sub(GLUED, change)
        if changed is line.text:
            continue
        for match in re.finditer(rf"{MAYBE}(\d{{1,2}})", changed.text):
            flow.marks.setdefault(changed.origins[match.start()], Mark(match[1], len(match[1])))
        line.text = changed


# ---- which paragraph belongs to what --------------------------------------------------------------------------------


def lift_notes(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the body's paragraphs, whole again, each with the notes whose marks stand in it."""
    sorter = Sorter(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        sorter.place(index, paragraph)
    return _attach(sorter.body, sorter.notes)


class Sorter:
    """Sorts paragraphs, in the order of the source, to body and notes."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.body: list[Paragraph] = []
        self.notes: list[tuple[Line, list[Paragraph], Paragraph | None]] = []  # first line, paragraphs, body before it
        self.after_note = False
        self.since = 0  # characters of body text since the last note
        self.words: str | None = None  # of all lines, in lower case
        gaps = sum(paragraph.lines[0].gap for paragraph in paragraphs)
        self.gapped = gaps * 10 >= len(paragraphs) * 6  # paragraphs stand apart by blank lines

    def place(self, index: int, paragraph: Paragraph) -> None:
        """Put the paragraph where it belongs."""
        if paragraph.lines[0].note is not None:
            self.notes.append((paragraph.lines[0], [paragraph], self.body[-1] if self.body else None))
            self.after_note, self.since = True, 0
        elif self.after_note and self._in_note(paragraph):
            self.notes[-1][1].append(paragraph)
        elif (owner := self._owner(index, paragraph)) is None:
            self._begin(paragraph)
        else:
            owner.add(paragraph.lines)
            if not self.body or owner is not self.body[-1]:
                self.after_note, self.since = True, 0
            else:
                self.after_note = False
                self.since += paragraph.size

    def _begin(self, paragraph: Paragraph) -> None:
        self.body.append(paragraph)
        self.after_note = False
        self.since += paragraph.size

    def _in_note(self, paragraph: Paragraph) -> bool:
        """Return whether the paragraph is a further one of the note just before it: on the next line, or its list."""
        line, last = paragraph.lines[0], self.notes[-1][1][-1]
        if _is_heading(paragraph) or line.kind in {"heading", "row"}:
            return False
        if not line.gap:
            return line.kind == "item" or (self.gapped and not goes_on(line))
        return line.kind == "item" and last.last.rstrip().endswith(":") and not self._body_open()

    def _owner(self, index: int, paragraph: Paragraph) -> Paragraph | None:
        """Return the broken paragraph that this one goes on with: the body's, a note's, or None."""
        line = paragraph.lines[0]
        if not line.gap and not self.after_note:
            return None  # the lines of one page were joined before
        body = self.body[-1] if self._body_open() else None
        note = self.notes[-1][1][-1] if self.notes and self.since <= PAGE else None
        if note and not ends_open(note.last):
            note = None
        if goes_on(line) or (body and _number_goes_on(body, paragraph)):
            if body and note:
                return self._choose(index, paragraph, body, note)
            return note or (body if body and not is_caps(body.first) else None)
        if body is None or starts_anew(line) or is_caps(paragraph.first):
            return None
        return self._owner_of_capital(index, body, note)

    def _owner_of_capital(self, index: int, body: Paragraph, note: Paragraph | None) -> Paragraph | None:
        """Return the broken paragraph that one in capitals goes on with: "theo Kế hoạch của ⏎ UBND tỉnh".

        A full line that breaks off above a page number goes on below it: "của UBND tỉnh ⏎ 2 ⏎ Cà Mau".

        Where the body breaks off and goes on after this paragraph, this is the rest of a note.
        """
        over_page = self.paragraphs[index].lines[0].page and len(body.last) >= FULL_LINE
        if (last_word(body.last) in words("open") or over_page) and not _is_heading(body):
            return body
        return note if note and not self.after_note and self._follows(index, goes_on_body=True) else None

    def _choose(self, index: int, paragraph: Paragraph, body: Paragraph, note: Paragraph) -> Paragraph:
        """Return which of two broken paragraphs goes on here.

        The words at the seam tell it where the report has them side by side elsewhere; else the order of the page: the
        body's rest comes right after the notes, the note's rest at the foot, before the body goes on.
        """
        in_body, in_note = self._known(body, paragraph), self._known(note, paragraph)
        if in_body != in_note:
            return body if in_body else note
        if self.after_note:
            return body
        return note if self._follows(index, goes_on_body=not ends_open(paragraph.last)) else body

    def _follows(self, index: int, goes_on_body: bool) -> bool:
        """Return whether the next body paragraph starts as the middle of a sentence."""
        for after in self.paragraphs[index + 1 : index + 20]:
            if after.lines[0].note is None:
                return goes_on(after.lines[0])
            if not goes_on_body:
                return False
        return False

    def _known(self, before: Paragraph, after: Paragraph) -> bool:
        """Return whether the report has the two words at the seam side by side elsewhere."""
        if self.words is None:
            self.words = "\n".join(line.text.text.lower() for each in self.paragraphs for line in each.lines)
        last, first = last_word(before.last), re.search(r"\w+", after.first[:60].lower())
        if not last or first is None:
            return False
        beside = re.finditer(rf"{re.escape(last)}[^\w\n]+{re.escape(first[0])}(?!\w)", self.words)
        return any(re.match(r"\w", self.words[max(0, match.start() - 1) : match.start()]) is None for match in beside)

    def _body_open(self) -> bool:
        """Return whether the last body paragraph breaks off in a sentence."""
        if not self.body:
            return False
        last = self.body[-1]
        if last.kind == "row" or not ends_open(last.last):
            return False
        return last.size > BROKEN or last_word(last.last) in words("open")


def _number_goes_on(body: Paragraph, paragraph: Paragraph) -> bool:
    """Return whether a number at the paragraph's start goes on with the body: "giai đoạn ⏎ 2021-2025 của"."""
    line = paragraph.lines[0]
    return (
        line.kind == "paragraph"
        and line.text.text[0].isdigit()
        and (not starts_anew(line) or last_word(body.last) in words("number"))
        and not _is_heading(body)
        and (last_word(body.last) in words("open") | words("number"))
    )


LONG_HEADING = 200  # characters, more than any heading's


def _is_heading(paragraph: Paragraph) -> bool:
    """Return whether the paragraph looks like a heading: numbered or marked up, and without a sentence in it."""
    line = paragraph.lines[0]
    if line.level or line.bold:
        return True
    if paragraph.size > LONG_HEADING:
        return False
    return starts_anew(line) and line.kind == "paragraph" and ". " not in line.text.text.rstrip()[6:]


def _attach(body: list[Paragraph], notes: list[tuple[Line, list[Paragraph], Paragraph | None]]) -> list[Paragraph]:
    """Hang each note under the paragraph that has its mark, or else under the body paragraph before it."""
    if not notes:
        return body
    owner: dict[int, Paragraph] = {}
    for paragraph in [*body, *(each for _, parts, _ in notes for each in parts)]:
        for line in paragraph.lines:
            for match in IN_TEXT.finditer(line.text.text):
                owner[line.text.origins[match.start()]] = paragraph
    home: list[Paragraph] = []
    for line, parts, before in notes:
        found = owner.get(line.anchor) if line.anchor is not None else None
        above = line.anchor is not None and line.anchor > line.text.origins[0]
        if found is None or found in parts or (above and found.lines[0].note is not None):
            found, line.anchor = before, None
        for part in parts:
            part.lines[0].note, part.lines[0].anchor = line.note, line.anchor
        if found is None:
            home += parts
        else:
            found.notes += parts
    for paragraph in body:
        paragraph.notes.sort(key=lambda note: note.lines[0].anchor or note.lines[0].text.origins[0])
    return [*home, *body]
