"""The sentence of a file around a place in it, as a reader wants to see it: one line, no markup."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from kg.model import Evidence

REACH = 400  # characters to either side, at most
SENTENCE_END = re.compile(
    r"[.;:?!](?=\s)|\n\s*\n|\n(?=\s*[-+*•#])"
    r"|</?(?:p|div|li|[uo]l|h[1-6]|t[dhr]|table|t?body|head|html|br|hr|style|title|blockquote)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)


def sentence_at(name: str, text: str, start: int, end: int, rule: str = "", status: str = "done") -> Evidence:
    """Return the sentence around text[start:end] of the file `name` as evidence: its place, and its words cleaned."""
    begin, finish = sentence_around(text, start, end)
    return clean(Evidence(name, begin, finish, text[begin:finish], rule, status))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that holds text[start:end]; a paragraph of HTML ends one."""
    floor, ceiling = max(0, start - REACH), min(len(text), end + REACH)
    ends = [match.end() for match in SENTENCE_END.finditer(text, floor, start)]
    begin = ends[-1] if ends else (floor if floor == 0 else text.find(" ", floor, start) + 1 or floor)
    found = SENTENCE_END.search(text, end, ceiling)
    finish = found.end() if found and text[found.start()] in ".;:?!" else found.start() if found else ceiling
    while begin < start and text[begin].isspace():
        begin += 1
    while finish > end and text[finish - 1].isspace():
        finish -= 1
    return begin, finish


def clean(evidence: Evidence) -> Evidence:
    """Return the evidence with its words on one line and without the markup of HTML; its place stays the same."""
    words = TAG.sub(" ", evidence.text)
    if evidence.source.lower().endswith((".html", ".htm", ".xhtml")):
        words = html.unescape(words)
    return replace(evidence, text=" ".join(words.split()))
