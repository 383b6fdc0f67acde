"""Give each number of a list the subject that is its own, where the list's subjects stand one after the other.

    Quyết định số 213-QĐ/TU và Quyết định số 214-QĐ/TU … ban hành “Quy chế giám sát …”; “Quy định về việc …”
                  └── first ──┘              └── second ┘         └───── first ─────┘    └──── second ────┘

Only as many quoted subjects as there are numbers tell which is whose; with fewer or more nothing is shared out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.citations import LIST_GAP, Citation
from ingest.text import Block

QUOTED = re.compile(r"[“\"](?P<words>[^“”\"\n]{8,400})[”\"]")
LEAD = r"(?:[^\W\d_]+\s+){0,4}"  # "ban hành Quy chế “…”"
NEXT = re.compile(rf"\s*(?:[;,]\s*)?{LEAD}(?=[“\"])")


def share_subjects(flat: str, cited: list[Citation], blocks: tuple[Block, ...]) -> list[Citation]:
    """Return `cited`, in reading order, with the subjects of a list given to its numbers in turn."""
    shared = list(cited)
    for last, after in enumerate(cited):
        first = list_start(flat, cited, last)
        spans = subjects_in_turn(flat, after, blocks[after.block].end) if first < last else []
        if len(spans) == last - first + 1:
            shared[first : last + 1] = [replace(c, subject=s) for c, s in zip(cited[first:], spans, strict=False)]
    return shared


def list_start(flat: str, cited: list[Citation], last: int) -> int:
    """Return the place of the first number in the list of numbers whose last item stands at `last`."""
    first = last
    while first > 0 and cited[first - 1].block == cited[first].block:
        if LIST_GAP.fullmatch(flat, cited[first - 1].tail, cited[first].start) is None:
            break
        first -= 1
    return first


def subjects_in_turn(flat: str, cited: Citation, end: int) -> list[tuple[int, int]]:
    """Return where the quoted subjects stand that follow `cited` one after the other; the first as it was read."""
    if cited.subject is None:
        return []
    begin = cited.subject[0]
    bare = begin > 0 and flat[begin - 1] in '“"'
    found = QUOTED.search(flat, begin - bare, end)
    if found is None or re.fullmatch(LEAD, flat[begin - bare : found.start()]) is None:
        return []
    spans = [(begin, found.end() - bare)]
    while (gap := NEXT.match(flat, found.end(), end)) is not None:
        found = QUOTED.match(flat, gap.end(), end)
        if found is None:
            break
        spans.append(found.span("words"))
    return spans
