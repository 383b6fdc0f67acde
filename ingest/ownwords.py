"""What a document says of itself in its title: what it reports on, carries out, carries on or amends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import changes
from ingest.citations import Citation
from ingest.clauses import cue
from ingest.letters import bare
from ingest.pairs import relation_between
from ingest.reading import ADVERB, CARRY, VERBS, YEARS, Link, Reading
from ingest.titles import base_type
from kg.model import SELF

ABOUT = re.compile(rf"(?:{VERBS}|{cue('result')}|báo\s+cáo){YEARS}(?:\s+{CARRY})*(?:\s+{ADVERB})*\s*$", re.IGNORECASE)


# What joins a second subject to a title, after the first one's own
JOINED = re.compile(r"^\s*,\s*$|(?:^|\s)và\s*$", re.IGNORECASE)


def title_links(reading: Reading) -> Iterator[Link]:
    """Yield what the report's own title says: "Kết quả thực hiện Chỉ thị 33", "tổng kết 10 năm thực hiện …"."""
    span = reading.top.title
    if span is None:
        return
    covered = -1
    previous: Citation | None = None
    relation: str | None = None
    for cited in (c for c in reading.resolved.citations if span[0] <= c.start < span[1]):
        lead = reading.flat[max(span[0], previous.tail if previous else span[0]) : cited.start]
        joined = previous is not None and JOINED.search(lead) is not None and previous.start >= covered
        apart = previous is not None and re.search(r"[;,]|và\s", lead) is None
        if previous is not None and relation_between(reading, previous, cited) is not None and ";" not in lead:
            covered = cited.start + 1  # the target of another title: "Kết luận 43 tiếp tục thực hiện Nghị quyết 25"
        elif not apart:
            relation = title_relation(reading, lead, cited, (relation or "") if joined else None)
            if relation is not None:
                end = max(cited.end, span[0] + 1)
                yield Link(SELF, relation, reading.claim(cited), span[0], end, "own title", None, cited)
        previous = cited


def title_relation(reading: Reading, lead: str, cited: Citation, before: str | None) -> str | None:
    """Return how the report stands to a document that its title names after `lead`, or None where it says nothing.

    `before` is how it stands to the one before, None where nothing joins the two.
    """
    amends = changes.OWN.match(bare(lead)) is not None or changes.takes_place(lead)
    if before == "replaces" or (before is None and amends):
        binding = reading.kind in {"directive", "plan"} and changes.may_change(reading.top.header.type, cited.type)
        return "replaces" if binding else None
    if before is not None or ABOUT.search(lead) is not None:
        return own_relation(reading, lead)
    return None


def own_relation(reading: Reading, lead: str) -> str:
    """Return how the report stands to the document its title is about, by what kind of document it is."""
    if reading.kind == "report":
        return "reports_on"
    if re.search(r"tiếp\s+tục\s+thực\s+hiện", lead) and base_type(reading.top.header.type) in {
        "kết luận",
        "nghị quyết",
    }:
        return "continues"
    return "implements"
