"""A lineage as a tree to read, as rows, as JSON, and as a graph for Graphviz (DOT)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg import exchange
from kg.graph import Branch, circles, tree
from kg.language import phrase
from kg.model import Document, Edge, Lineage
from kg.picture import missing_sentence
from kg.who_counts import Standing
from kg.words import data_name, full_name, written_date
from present.console import faint, strong, width
from present.listing import as_csv, broken, wrapped
from present.who import proof
from present.words import document_line, one_line, relation_word, unit_name, with_status

FORMS = ("tree", "json", "csv", "dot", "graphml", "node-link")
REMARKS = 10  # missing levels and circles shown of each


@dataclass(frozen=True, slots=True)
class Pictures:
    """The files of pictures that are asked for, and by what view they open."""

    html: Path | None
    svg: Path | None
    view: str


def render(part: Lineage, form: str, evidence: bool = False) -> str:
    """Return the lineage in one of `FORMS`; `evidence` puts the proving sentences into the tree."""
    if form == "json":
        return json.dumps(asdict(part), ensure_ascii=False, indent=1)
    if form == "csv":
        return as_csv(rows(part))
    if form in exchange.FORMS:
        return exchange.lineage_as(part, form)
    return as_dot(part) if form == "dot" else "\n".join(as_tree(part, evidence))


def pictures(part: Lineage, wanted: Pictures, standings: Sequence[Standing]) -> Iterator[Path]:
    """Write the pictures that are asked for, with the states of units in them; yield each file."""
    if wanted.html is not None:
        from kg.visualise import write_lineage

        write_lineage(part, wanted.html, wanted.view, standings)
        yield wanted.html
    if wanted.svg is not None:
        from kg.svg import write_svg

        write_svg(part, wanted.svg, wanted.view, standings)
        yield wanted.svg


def focus_of(part: Lineage) -> Document:
    """Return the document that was asked for."""
    return next(document for document in part.documents if document.id == part.focus)


# ---- the tree -------------------------------------------------------------------------------------------------------


def as_tree(part: Lineage, evidence: bool) -> Iterator[str]:
    """Yield the lines of the tree, a heading first; the document that was asked for is marked ►."""
    focus = focus_of(part)
    yield strong(document_line(focus))
    if focus.title:
        yield from wrapped(focus.title, "", width())
    if not part.edges:
        yield phrase("stands alone", name=full_name(focus))
        return
    yield phrase("chain counts", documents=len(part.documents), edges=len(part.edges))
    yield ""
    drawing = Drawing({document.id: document for document in part.documents}, part.focus, evidence)
    for branch in tree(part):
        yield from drawing.grown(branch)
    yield from remarks(part)


def remarks(part: Lineage) -> Iterator[str]:
    """Yield what is doubtful about the lineage: levels between of which nothing is known, and circles."""
    names = {document.id: document for document in part.documents}
    gaps = [missing_sentence(missing, names) for missing in part.missing]
    rings = [f"{full_name(names[e.source])} {relation(e)} {full_name(names[e.target])}" for e in circles(part)]
    for head, lines, advice in (("missing", gaps, "missing advice"), ("circles", rings, "circle advice")):
        if lines:
            yield ""
            yield strong(f"{phrase(head)} ({len(lines)})")
            for line in lines[:REMARKS]:
                yield from hung(line, "- ", "  ")
            if len(lines) > REMARKS:
                yield phrase("more like it", n=len(lines) - REMARKS)
            yield from (faint(line) for line in hung(phrase(advice), "", ""))


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the branches of one lineage are drawn: `names` of its documents, `focus` the one that was asked for."""

    names: dict[str, Document]
    focus: str
    evidence: bool

    def grown(self, branch: Branch, first: str = "", rest: str = "") -> Iterator[str]:
        """Yield the lines of a branch: `first` stands before its own line, `rest` before those under it."""
        under = rest + ("│  " if branch.children else "   ")
        yield from hung(self.label(branch), first, under)
        for edge in branch.also:
            if edge.target in self.names:
                yield from hung(f"({relation(edge)} {full_name(self.names[edge.target])})", under, under)
        if self.evidence:
            for sentence in (
                proof(asdict(item)) for edge in (*branch.edges, *branch.also) for item in edge.evidence[:1]
            ):
                yield from (faint(line) for line in hung(sentence, under + "  ", under + "  "))
        for child in branch.children:
            last = child is branch.children[-1]
            yield from self.grown(child, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))

    def label(self, branch: Branch) -> str:
        """Return the line of a document: how it is joined to the one above, its name, date and issuer."""
        document = branch.document
        words = ", ".join(relation(edge) for edge in branch.edges)
        parts = [full_name(document), written_date(document.date), unit_name(document.issuer)]
        mark = "► " if document.id == self.focus else ""
        return (f"{words}: " if words else "") + mark + " · ".join(part for part in parts if part)


def relation(edge: Edge) -> str:
    """Return the word for a relation, "dự kiến thực hiện" when it is only planned."""
    return with_status(relation_word(edge.type), edge.status)


def hung(text: str, first: str, rest: str) -> list[str]:
    """Return `text` wrapped, the first line after `first`, the others after `rest`."""
    room = max(width(), len(rest) + 30)
    return broken(one_line(text), room, first, rest) or [first.rstrip()]


# ---- rows and graphs ------------------------------------------------------------------------------------------------


def rows(part: Lineage) -> list[dict[str, Any]]:
    """Return a row for each relation: who, how, whom, and the first sentence that says so."""
    names = {document.id: document for document in part.documents}
    return [
        {
            "source": data_name(names[edge.source]),
            "source_date": names[edge.source].date,
            "source_issuer": names[edge.source].issuer,
            "relation": edge.type,
            "status": edge.status,
            "target": data_name(names[edge.target]),
            "target_date": names[edge.target].date,
            "target_issuer": names[edge.target].issuer,
            "evidence": edge.evidence[0].text if edge.evidence else None,
            "file": edge.evidence[0].source if edge.evidence else None,
            "source_id": edge.source,
            "target_id": edge.target,
        }
        for edge in part.edges
        if edge.source in names and edge.target in names
    ]


def as_dot(part: Lineage) -> str:
    """Return the lineage for Graphviz: `thongsuot lineage REF --dot | dot -Tsvg`; arrows run from higher to lower."""
    font = 'fontname="sans-serif"'
    lines = ["digraph lineage {", f"  rankdir=LR; node [shape=box, {font}]; edge [{font}];"]
    for document in part.documents:
        shown = [full_name(document), written_date(document.date), unit_name(document.issuer)]
        style = ", style=bold" if document.id == part.focus else ""
        lines.append(f"  {quoted(document.id)} [label={quoted(*filter(None, shown))}{style}];")
    for edge in part.edges:
        style = ", style=dashed" if edge.status != "done" else ""
        lines.append(f"  {quoted(edge.target)} -> {quoted(edge.source)} [label={quoted(relation(edge))}{style}];")
    return "\n".join([*lines, "}"])


def quoted(*lines: str) -> str:
    """Return a string of DOT that shows `lines` one under the other."""
    escaped: Sequence[str] = [one_line(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    return '"' + "\\n".join(escaped) + '"'
