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
    first = 0  # of the list in which `last` stands
    for last, after in enumerate(cited):
        first = first if last and in_one_list(flat, cited[last - 1], after) else last
        spans = subjects_in_turn(flat, after, blocks[after.block].end) if first < last else []
        if len(spans) == last - first + 1:
            shared[first : last + 1] = [replace(c, subject=s) for c, s in zip(cited[first:], spans, strict=False)]
    return shared


def in_one_list(flat: str, here: Citation, after: Citation) -> bool:
    """Tell whether two neighbouring numbers are items of one list of numbers."""
    return here.block == after.block and LIST_GAP.fullmatch(flat, here.tail, after.start) is not None


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
