"""Who implemented this directive: which units, by which documents, when, and in which sentence it says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg import facts
from kg.ends import edge_with, stated_at
from kg.facts import must_have
from kg.model import Document, Edge, Evidence, Implementer, Unit
from kg.proofs import whole, with_carriers
from kg.store import Store, UnitAction
from kg.units import bodies_of

CARRIES_OUT = ("implements", "continues", "based_on")
HOW = ("own", "through", "reported", "stated")
UNKNOWN = Unit("", "chưa rõ cơ quan", "khác")


def implementers(store: Store, document_id: str, *, level: str | None = None) -> tuple[Implementer, ...]:
    """Return who carried the directive out: one line for each unit and document, the strongest evidence first.

    A line is "own" (a document of the unit implements the directive), "through" (its document implements one that
    does), "reported" (a report of its own tells of it, at however many steps) or "stated" (a report says that the unit
    did, without a document of its own). What is only planned or wished never counts. Boards of one Party committee are
    one unit.
    """
    with store.snapshot():
        directive = must_have(store, document_id)
        steps = descent(store, document_id)
        bodies = Bodies(store, [step.document for step in steps])
        lines = [line for step in steps for line in lines_of(bodies, directive, step)]
        lines += stated(bodies, directive, {line.unit.id for line in lines})
    wanted = [line for line in lines if level in {None, line.unit.level}]
    return tuple(sorted(wanted, key=order_of))


ISSUERS = """SELECT c.document, c.issuer, i.name, i.unit, count(*) AS n FROM issuers i JOIN claims c ON c.id = i.claim
             WHERE c.document IN ({}) GROUP BY c.document, c.issuer, i.name, i.unit ORDER BY n, i.unit DESC"""


class Bodies:
    """The `documents` with these ids, their issuers and the bodies behind these: a directive can have thousands."""

    def __init__(self, store: Store, documents: Sequence[str]) -> None:
        self.store = store
        self.documents = facts.documents_at(store, documents)
        self._named: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._said: dict[str, list[UnitAction]] = defaultdict(list)
        for chunk, marks in facts.chunks(documents):
            for row in store.rows(ISSUERS.format(marks), chunk):
                self._named[row["document"], row["issuer"] or ""][row["name"]] = row["unit"]
            condition = f"c.document IN ({marks}) AND a.action = 'issued' AND a.status = 'done'"
            for action in facts.actions_where(store, condition, chunk):
                self._said[action.document].append(action)
        units = {unit for names in self._named.values() for unit in names.values()}
        units |= {action.unit for actions in self._said.values() for action in actions}
        self._known = bodies_of(store, units)

    def behind(self, unit: str) -> Unit:
        """Return the body whose numbers the unit shares."""
        if unit not in self._known:
            self._known[unit] = bodies_of(self.store, (unit,)).get(unit, UNKNOWN)
        return self._known[unit]

    def named(self, document: Document) -> list[Unit]:
        """Return the bodies behind the issuer: the committee for its standing board, both for a joint document."""
        usual = self._named.get((document.id, document.issuer or ""), {})
        return list(dict.fromkeys(self.behind(unit) for _, unit in sorted(usual.items())))

    def proofs(self, edge: Edge) -> list[Evidence]:
        """Return the sentences that say an edge is done, each as long as it must be to say it."""
        lower = self.documents.get(edge.source)
        file = lower.source if lower else None
        return [whole(self.store, item, own=item.source == file) for item in edge.evidence if item.status == "done"]

    def said(self, document: Document) -> dict[str, list[Evidence]]:
        """Return the bodies that are said to have issued the document, by their ids, with the sentences."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for action in self._said.get(document.id, ()):
            found[self.behind(action.unit).id].append(action.evidence)
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """A document below the directive, with the edges that lead up to it, its own first."""

    document: str
    edges: tuple[Edge, ...]


def descent(store: Store, document_id: str) -> list[Step]:
    """Return the documents that carry out `document_id` or report on it, directly or through others, nearest first."""
    found: list[Step] = []
    seen = {document_id}
    level = [Step(document_id, ())]
    while level:
        edges: dict[str, list[Edge]] = defaultdict(list)
        for ends, evidence in stated_at(store, [step.document for step in level], up=False).items():
            edges[ends[2]].append(edge_with(ends, evidence))
        above, level = level, []
        for here in above:
            for edge in best_edges(edges[here.document]):
                if edge.source not in seen:
                    seen.add(edge.source)
                    step = Step(edge.source, (edge, *here.edges))
                    found.append(step)
                    if edge.type != "reports_on":  # who answers a report does not carry out what it reports on
                        level.append(step)
    return found


def best_edges(edges: Iterable[Edge]) -> list[Edge]:
    """Return for each lower document its strongest edge that is done: implements before based_on before reports_on."""
    order = {kind: place for place, kind in enumerate((*CARRIES_OUT, "reports_on"))}
    done = [edge for edge in edges if edge.status == "done" and edge.type in order]
    best: dict[str, Edge] = {}
    for edge in sorted(done, key=lambda e: (order[e.type], e.source)):
        best.setdefault(edge.source, edge)
    return list(best.values())


def lines_of(bodies: Bodies, directive: Document, step: Step) -> list[Implementer]:
    """Return the lines for one document below the directive: one for each unit that issued it."""
    document = bodies.documents.get(step.document)
    if document is None:
        return []
    how = "own" if len(step.edges) == 1 else "through"
    if step.edges[0].type == "reports_on" or document.kind == "report":
        how = "reported"
    evidence = [item for edge in step.edges for item in bodies.proofs(edge)]
    path = (*(edge.source for edge in step.edges), directive.id)
    lines = []
    for unit, issued in issuers(bodies, document):
        proof = tuple(dict.fromkeys([*evidence, *issued]))
        lines.append(Implementer(unit, how, document, document.date, days_between(directive, document), proof, path))
    return lines


def issuers(bodies: Bodies, document: Document) -> list[tuple[Unit, list[Evidence]]]:
    """Return the bodies that issued the document, each with the sentences that say so.

    The issuer that most statements name counts, both of them for joint documents; where none is named, the units that
    are said to have issued it.
    """
    said = bodies.said(document)
    named = bodies.named(document)
    if named:
        return [(body, said[body.id]) for body in named]
    return [(bodies.behind(known) if known else UNKNOWN, said[known]) for known in sorted(said)] or [(UNKNOWN, [])]


def stated(bodies: Bodies, directive: Document, known: set[str]) -> list[Implementer]:
    """Return a line for each unit not yet `known` that is said to have implemented the directive."""
    condition = "c.document = ? AND a.action = 'implemented' AND a.status = 'done'"
    said: dict[str, list[Evidence]] = defaultdict(list)
    units: dict[str, Unit] = {}
    for action in facts.actions_where(bodies.store, condition, (directive.id,)):
        body = bodies.behind(action.unit)
        units[body.id] = body
        said[body.id].append(whole(bodies.store, action.evidence, own=False))
    return [
        Implementer(units[unit], "stated", None, None, None, proof_of(bodies.store, units[unit], evidence))
        for unit, evidence in sorted(said.items())
        if unit not in known
    ]


def proof_of(store: Store, unit: Unit, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the sentences that say what a unit did, each once, and with footnotes what carries them."""
    return tuple(dict.fromkeys(with_carriers(store, unit, list(dict.fromkeys(evidence)))))


def order_of(line: Implementer) -> tuple[int, int, str, str, str]:
    """Return the sort key of a line: level, strength, date, unit."""
    levels = ("trung ương", "tỉnh", "huyện", "xã", "khác")
    return (
        levels.index(line.unit.level) if line.unit.level in levels else len(levels),
        HOW.index(line.how),
        line.date or "9999",
        line.unit.name,
        line.document.id if line.document else "",
    )


def days_between(directive: Document, document: Document) -> int | None:
    """Return the days from the directive to the document, None unless both days are known."""
    try:
        return (date.fromisoformat(document.date or "") - date.fromisoformat(directive.date or "")).days
    except ValueError:
        return None
