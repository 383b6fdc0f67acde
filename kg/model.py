"""The nouns of the field, and the errors.

Two families of records. *Statements* are what one report says, with the place where it says it; `ingest` makes them and
`kg.store` keeps them. *Conclusions* (`Document`, `Unit`, `Edge`, `Lineage`) are derived from all statements and never
stored as truth.

Offsets are Unicode code points into the text of the source as decoded. A date is written as far as it is known:
"2013-06-03", "2023-05" or "2023".
"""

from __future__ import annotations

from dataclasses import dataclass, field

LEVELS = ("trung ương", "tỉnh", "huyện", "xã", "khác")
FORMS = ("numbered", "short", "named")
RELATIONS = ("implements", "continues", "replaces", "based_on", "reports_on", "cites")
ACTIONS = ("issued", "implemented", "received")
SELF = "self"  # the id by which a report's statements speak of the report itself


class ThongsuotError(Exception):
    """Root of all errors that a person can mend; the message names the thing and the remedy."""


class ReadError(ThongsuotError):
    """The file is at fault: missing, empty, binary, undecodable, too large."""


class StoreError(ThongsuotError):
    """The store is at fault: locked, read-only, damaged, of another version."""


class BusyError(StoreError):
    """Another process is writing to the store or to its index: waiting helps."""


class IndexDamagedError(StoreError):
    """The search index is not as it was written: built again from the store it answers as before."""


class QueryError(ThongsuotError):
    """The question was not understood: a REF that nothing fits, a broken search query."""


class AmbiguousError(QueryError):
    """The REF fits several documents or units; `candidates` are those."""

    def __init__(self, message: str, candidates: tuple[Document | Unit, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


# ---- statements: what one report says -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """A statement that contradicts the others about one document: `field` is date, symbol, issuer or title."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """The top and tail of a report: what its first and last lines say of itself."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    addressee: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A document as one report speaks of it: all its mentions there taken together.

    `symbol` is what follows the number, "NQ/TW", "CT-TTg", "QH15"; `full` is number and symbol as most mentions write
    them, "25-NQ/TW". `term` is the committee's or the National Assembly's, as written ("khóa XI", "QH15"), when stated.
    """

    id: str
    kind: str
    type: str
    number: str | None = None
    symbol: str | None = None
    full: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    term: str | None = None
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names a document, with what is said of it right there (None where nothing is)."""

    start: int
    end: int
    text: str
    document: str
    form: str
    type: str | None = None
    full: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """`source` stands in relation `type` to `target` (claim ids, or "self"), by `rule`, as `evidence` says."""

    source: str
    type: str
    target: str
    start: int
    end: int
    evidence: str
    rule: str
    status: str = "done"  # done | planned


@dataclass(frozen=True, slots=True)
class UnitClaim:
    """An organisation as one report speaks of it, its name expanded with its place."""

    id: str
    name: str
    level: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """`unit` issued, implemented or received `document`, by `rule`, as `evidence` says."""

    unit: str
    action: str
    document: str
    start: int
    end: int
    evidence: str
    rule: str
    status: str = "done"  # done | planned


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item, table row or footnote of a report, under its headings."""

    section: tuple[str, ...]
    kind: str  # paragraph | heading | item | row | note
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one file says.

    `format` is the kind of file ("text", "docx", "pdf" …); `recognised` tells that its words were read off a picture
    (OCR), where letters may be misread; `warnings` are what a person should know of the reading.
    """

    name: str
    sha256: str
    report: Header
    kind: str
    text: str  # the source as decoded: what all offsets count in
    documents: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    units: tuple[UnitClaim, ...] = ()
    unit_actions: tuple[Action, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    format: str = "text"
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in words for its owner."""

    path: str
    reason: str


# ---- conclusions: what all reports together say ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that proves something: `text` stands at `start`..`end` of the file `source`.

    `recognised` tells that the file is a scan, whose letters may be misread.
    """

    source: str
    start: int
    end: int
    text: str
    rule: str
    status: str = "done"
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One document, by all that is said of it.

    `level` and `locality` are those of its issuer ("huyện", "Bạch Thông"; locality of the centre is ""). `province` is
    the name of the province, or "". `dates` are all attested dates with the number of statements, the likeliest first.
    `source` is the file, when the document itself was read; `title` its subject (trích yếu).
    """

    id: str
    kind: str
    type: str
    number: str | None = None
    symbol: str | None = None
    full: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    level: str = "khác"
    locality: str = ""
    province: str = ""
    source: str | None = None
    dates: tuple[tuple[str, int], ...] = ()
    conflicts: tuple[StatedConflict, ...] = ()
    candidates: tuple[str, ...] = ()
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class StatedConflict:
    """A contradiction between reports or within one: the odd value, and the sentence that has it."""

    field: str
    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation: `name` with its place, `parent` the id of the unit above it, when stated."""

    id: str
    name: str
    level: str
    locality: str = ""
    province: str = ""
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two documents (by id), with every sentence that states it."""

    source: str
    target: str
    type: str
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A level between of which nothing is known: `document` carries out `directive`, none of `level` joins them."""

    document: str
    directive: str
    level: str
    province: str
    district: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """The cascade around one document: what stands above and below it.

    Edges point from the lower document to the higher one, as the text says it ("A implements B"). `missing` are the
    levels between, where they were asked for (`kg.gaps.with_gaps`).
    """

    focus: str
    documents: tuple[Document, ...]
    edges: tuple[Edge, ...]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Implementer:
    """One line of the answer to "who implemented this?".

    `how` is "own" (a plan of its own names the directive), "through" (its document implements one that implements it),
    "reported" or "stated". `days` counts from the directive's date to the document's, when both days are known.
    """

    unit: Unit
    how: str
    document: Document | None
    date: str | None
    days: int | None
    evidence: tuple[Evidence, ...]
    path: tuple[str, ...] = field(default=())
