"""Lay paragraphs and their notes out as one content, with the places of marks and seams."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.lines import Paragraph, glue
from ingest.markup import LOW, MARK, MAYBE, SEAM, STAR, Flow, Line
from ingest.text import Block, Text
from ingest.traced import Traced, Writer, normalise

SIGNS = re.compile(f"[{MARK}{MAYBE}{SEAM}{STAR}{LOW}]")
HIDDEN = re.compile(rf"{SIGNS.pattern}|[ \t]{{2,}}|\t")
BETWEEN_MARKS = re.compile(rf"[,;](?=\s?[{MARK}{MAYBE}])")  # "dân vận¹,²"
NO_BLANK_BEFORE = " .,;:!?)…”"


@dataclass(slots=True)
class Clean:
    """The text of a paragraph, and the offsets in it of marks (by their offset in the source) and seams."""

    traced: Traced
    marks: dict[int, int]
    seams: list[int]


def reading_order(body: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield each paragraph, its notes right after it, and theirs after them."""
    waiting = list(body)[::-1]
    while waiting:
        paragraph = waiting.pop()
        yield paragraph
        waiting += paragraph.notes[::-1]


class Layout:
    """Makes the content of one source."""

    def __init__(self, source: str, flow: Flow) -> None:
        self.source = source
        self.marks = flow.marks
        self.order = {id(line): index for index, line in enumerate(flow.lines)}
        self.called: set[int] = set()
        self.cleaned: dict[int, Clean] = {}

    def clean(self, body: list[Paragraph]) -> None:
        """Set the clean text of each paragraph."""
        paragraphs = list(reading_order(body))
        self.called = {line.anchor for each in paragraphs if (line := each.lines[0]).anchor is not None}
        for paragraph in paragraphs:
            clean = self._clean(self._joined(paragraph.lines))
            self.cleaned[id(paragraph)] = clean
            paragraph.text = clean.traced.text

    def text(self, body: list[Paragraph]) -> Text:
        """Return the text: all paragraphs in reading order."""
        out = Writer()
        blocks: list[Block] = []
        seams: list[int] = []
        anchors: dict[int, int] = {}
        section: tuple[str, ...] = ()
        before = -1
        for paragraph in reading_order(body):
            clean, line = self.cleaned[id(paragraph)], paragraph.lines[0]
            if clean.traced.text and blocks:
                out.put("\n", min(out.origins[-1] + 1, len(self.source) - 1))
            start = len(out)
            if clean.marks:
                anchors.update((origin, start + offset) for origin, offset in clean.marks.items())
            if line.note is None:
                section = paragraph.section
            if not clean.traced.text:
                continue
            if self.order[id(line)] != before + 1 and blocks:
                seams.append(start)
            before = self.order[id(paragraph.lines[-1])]
            if clean.seams:
                seams += [start + seam for seam in clean.seams]
            out.keep(clean.traced)
            blocks.append(self._block(paragraph, start, len(out), section, anchors))
        content = out.traced()
        return Text(self.source, content.text, content.origins, tuple(blocks), tuple(seams))

    def _block(
        self, paragraph: Paragraph, start: int, end: int, section: tuple[str, ...], anchors: dict[int, int]
    ) -> Block:
        line = paragraph.lines[0]
        if line.note is None:
            return Block(paragraph.kind, start, end, section)
        anchor = anchors.get(line.anchor) if line.anchor is not None else None
        return Block("note", start, end, section, line.note, anchor)

    def _joined(self, lines: list[Line]) -> Traced:
        """Return the lines as one, a `SEAM` where the source has the text of another block between two."""
        if len(lines) == 1:
            return lines[0].text
        out = Writer()
        before: Line | None = None
        for line in lines:
            if before is not None:
                blank = glue(before.text.text, line.text.text)
                out.put(blank, min(out.origins[-1] + 1, len(self.source) - 1))
                if self.order[id(line)] != self.order[id(before)] + 1:
                    out.put(SEAM, line.text.origins[0])
            out.keep(line.text)
            before = line
        return out.traced()

    def _clean(self, joined: Traced) -> Clean:
        """Return the text without what is hidden in it and without doubled blanks."""
        if not hides(joined.text):
            return Clean(normalise(joined.strip()), {}, [])
        out = Writer()
        marks: dict[int, int] = {}
        seams: list[int] = []
        text, done = joined.text, 0
        for match in HIDDEN.finditer(text):
            start, origin, found = match.start(), joined.origins[match.start()], match[0]
            if start < done:
                continue
            out.keep(joined, done, start)
            done = match.end()
            if found == SEAM:
                seams.append(len(out))
            elif found in (STAR, LOW):
                out.put("*" if found == STAR else "_", origin)
            elif found in (MARK, MAYBE):
                if found == MAYBE and origin not in self.called:
                    continue
                done += self.marks[origin].width if found == MAYBE else 0
                if out.ends(" ") and text[done : done + 1] in NO_BLANK_BEFORE:
                    out.drop()
                marks[origin] = len(out)
                if (not len(out) and text[done : done + 1] == " ") or BETWEEN_MARKS.match(text, done):
                    done += 1
            elif len(out) and not out.ends(" "):
                out.put(" ", origin)
        out.keep(joined, done)
        return _composed(out.traced(), marks, seams)


def hides(text: str) -> bool:
    """Return whether something is hidden in a text, or blanks are doubled."""
    return "  " in text or "\t" in text or SIGNS.search(text) is not None


def _composed(traced: Traced, marks: dict[int, int], seams: list[int]) -> Clean:
    """Return the parts in NFC and without blanks at the ends, the offsets moved along."""
    left = len(traced.text) - len(traced.text.lstrip())
    bare = traced.strip()
    composed = normalise(bare)

    def moved(offset: int) -> int:
        offset = min(max(offset - left, 0), len(bare))
        if composed is bare or offset == len(bare):
            return offset if composed is bare else len(composed)
        return bisect_left(composed.origins, bare.origins[offset])

    inner = [moved(seam) for seam in seams]
    return Clean(
        composed,
        {origin: moved(offset) for origin, offset in marks.items()},
        sorted({seam for seam in inner if 0 < seam < len(composed)}),
    )
