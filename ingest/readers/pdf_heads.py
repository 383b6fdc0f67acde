"""Drop what stands on every page and is none of the text: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.letterhead import MOTTO
from ingest.lines import PAGE
from ingest.readers.sheet import Strip

LINES = 2  # of a page's top and bottom that may be a running head
ONE_LINE = 4.0  # points: what differs by less stands on one line
SHARE = 0.4  # of the pages have a running head, at least
LONGEST = 120  # characters of a running head
NUMBER = re.compile(r"\d+")


def without_heads(pages: list[list[Strip]]) -> list[list[Strip]]:
    """Return the strips of each page without page numbers and running heads."""
    numbers = page_numbers(pages)
    often = Counter(key for strips in pages for key in {key_of(strip, top) for strip, top in edges(strips)})
    least = max(2.0, SHARE * len(pages))
    kept: list[list[Strip]] = []
    for index, strips in enumerate(pages):
        drop = {
            id(strip)
            for strip, top in edges(strips)
            if often[key_of(strip, top)] >= least or id(strip) in numbers.get(index, ())
        }
        kept.append([strip for strip in strips if id(strip) not in drop])
    return kept


def edges(strips: list[Strip]) -> Iterator[tuple[Strip, bool]]:
    """Yield the strips at the top (True) and at the bottom (False) of a page that may be no text of its own."""
    for top in (True, False):
        bases: list[float] = []
        for strip in sorted(strips, key=lambda strip: strip.base, reverse=not top):
            if not bases or abs(strip.base - bases[-1]) > ONE_LINE:
                bases.append(strip.base)
            if len(bases) > LINES:
                break
            if len(strip.text) <= LONGEST and not strip.row and not MOTTO.search(strip.text):
                yield strip, top


def key_of(strip: Strip, top: bool) -> tuple[str, int, bool]:
    """Return what is the same for a running head on every page: its words and its place."""
    return NUMBER.sub("0", strip.text), round(strip.base / ONE_LINE), top


def page_numbers(pages: list[list[Strip]]) -> dict[int, set[int]]:
    """Return the ids of the strips that number their page, by the index of the page.

    A bare number counts pages if it is that of its page, or as far from it as on another page.
    """
    found: list[tuple[int, Strip, int]] = []
    for index, strips in enumerate(pages):
        for strip, _ in edges(strips):
            match = PAGE.fullmatch(strip.text.strip())
            if match:
                found.append((index, strip, int(match[1] or match[2] or match[3]) - index))
    steps = Counter(step for _, _, step in found)
    kept: dict[int, set[int]] = {}
    for index, strip, step in found:
        if step == 1 or steps[step] > 1 or not strip.text.strip().isdecimal():
            kept.setdefault(index, set()).add(id(strip))
    return kept
