"""What of a lineage is drawn: too many documents stand together in groups, levels between get an empty box.

Groups and empty boxes are documents too, of the kinds "group" and "missing", so that one layout serves all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg import words
from kg.columns import by_date, drawable_edges, level_of
from kg.lanes import year_of
from kg.language import phrase
from kg.look import CITES_HIDDEN_ABOVE, LINES_AT_MOST
from kg.marks import UNIT
from kg.model import Document, Edge, Lineage, Missing

GROUP, MISSING = "group", "missing"
KEPT = (30, 24, 20, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)  # provinces that keep a box of their own
REST = "…"
KINDS_NAMED = 3  # types of document that a group's second line counts
Place = tuple[str, str, bool]  # what boxes are grouped by: level, province or year, whether they stand for units
Grouping = Callable[[Document], Place]
Fits = Callable[[Lineage], bool]


@dataclass(frozen=True, slots=True)
class Picture:
    """A lineage as it is drawn: `groups` are the documents behind a group.

    `mentions` and `between` tell how many mere mentions and how many relations between groups were left out.
    """

    lineage: Lineage
    groups: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    mentions: int = 0
    between: int = 0

    @property
    def folded(self) -> int:
        """How many documents stand in groups."""
        return sum(document.kind != UNIT for group in self.groups.values() for document in group)


def with_empty_boxes(lineage: Lineage) -> Lineage:
    """Return `lineage` with a box for each level between of which nothing is known."""
    known = {missing_id(missing): missing for missing in lineage.missing}
    boxes = (_empty(id_, missing) for id_, missing in sorted(known.items()))
    return replace(lineage, documents=(*lineage.documents, *boxes))


def missing_id(missing: Missing) -> str:
    """Return the id of the box that stands for a missing level."""
    return " ".join((MISSING, missing.level, missing.province, missing.district)).strip()


def _empty(id_: str, missing: Missing) -> Document:
    place = missing.province if missing.level == "tỉnh" else missing.district
    return Document(id_, MISSING, "", level=missing.level, locality=place, province=missing.province)


def missing_sentence(missing: Missing, documents: Mapping[str, Document]) -> str:
    """Return one missing level in words: "Cấp tỉnh Bắc Kạn: chưa thấy văn bản nào nối … với …"."""
    return phrase(
        "missing sentence",
        level=words.labels("level")[missing.level],
        place=", ".join(part for part in (missing.district, missing.province) if part),
        lower=words.full_name(documents[missing.document]),
        higher=words.full_name(documents[missing.directive]),
    )


def without_mentions(lineage: Lineage) -> tuple[Lineage, int]:
    """Return `lineage` without mere mentions where there are too many edges, and how many were left out."""
    stated = tuple(edge for edge in lineage.edges if edge.type != "cites")
    if len(drawable_edges(lineage)) <= CITES_HIDDEN_ABOVE:
        return lineage, 0
    return replace(lineage, edges=stated), len(lineage.edges) - len(stated)


def without_crowd(picture: Picture) -> Picture:
    """Return `picture` without the lines between two groups where there are too many lines to tell apart."""
    edges = picture.lineage.edges
    if len(edges) <= LINES_AT_MOST:
        return picture
    open_ = tuple(e for e in edges if e.source not in picture.groups or e.target not in picture.groups)
    lineage = replace(picture.lineage, edges=open_)
    return replace(picture, lineage=lineage, between=len(edges) - len(open_))


# ---- groups ---------------------------------------------------------------------------------------------------------


def by_province(document: Document) -> Place:
    """Return the group of a document in the columns."""
    return level_of(document), document.province, document.kind == UNIT


def by_time(columns: Sequence[tuple[int, int]]) -> Grouping:
    """Return what groups documents in lanes whose years stand in `columns`."""

    def place(document: Document) -> Place:
        year = year_of(document)
        years = next((str(a) for a, b in columns if year is not None and a <= year <= b), "")
        return level_of(document), years, document.kind == UNIT

    return place


def drawn(lineage: Lineage, place: Grouping, fits: Fits) -> Picture:
    """Return the picture of `lineage` that `fits`, with as many open documents as may be.

    The largest group is closed first. The document asked for stays open. Where all groups are closed and it still does
    not fit, the smallest provinces go together, and at last it is drawn as it is.
    """
    lineage, mentions = without_mentions(lineage)
    members = _members(lineage, place)
    keys = [key for key, ids in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])) if len(ids) > 1]
    low, high = 0, len(keys)  # how many groups must be closed: found by halving, for a closed group never adds height
    while low < high:
        middle = (low + high) // 2
        if fits(_folded(lineage, [members[key] for key in keys[:middle]], place).lineage):
            high = middle
        else:
            low = middle + 1
    groups = [members[key] for key in keys[:low]]
    picture = _folded(lineage, groups, place)
    if place is by_province and not fits(picture.lineage):
        for merged in _merged(members):
            picture = _folded(lineage, merged, place)
            if fits(picture.lineage):
                break
    return without_crowd(replace(picture, mentions=mentions))


def _members(lineage: Lineage, place: Grouping) -> dict[Place, list[Document]]:
    members: dict[Place, list[Document]] = defaultdict(list)
    for document in sorted(lineage.documents, key=by_date):
        if document.id != lineage.focus and document.kind != MISSING:
            members[place(document)].append(document)
    return members


def _merged(members: dict[Place, list[Document]]) -> Iterator[list[list[Document]]]:
    """Yield the groups with ever more of the smallest provinces put together, the same ones at each level."""
    count: Counter[str] = Counter()
    for (_, province, _), group in members.items():
        count[province] += len(group)
    ranked = [province for province, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))]
    for keep in (k for k in KEPT if k < len(ranked)):
        groups: dict[Place, list[Document]] = defaultdict(list)
        for (level, province, units), group in members.items():
            groups[level, province if not province or province in ranked[:keep] else REST, units] += group
        yield [group for _, group in sorted(groups.items()) if len(group) > 1]


def _folded(lineage: Lineage, groups: Iterable[list[Document]], place: Grouping) -> Picture:
    """Return the picture in which each of `groups` is one box; edges between the same boxes are one."""
    closed = {f"{GROUP} {i}": tuple(sorted(group, key=by_date)) for i, group in enumerate(groups)}
    behind = {document.id: id_ for id_, group in closed.items() for document in group}
    edges: dict[tuple[str, str, str, str], list[Edge]] = defaultdict(list)
    for edge in drawable_edges(lineage):
        ends = behind.get(edge.source, edge.source), behind.get(edge.target, edge.target)
        if ends[0] != ends[1]:
            edges[(*ends, edge.type, edge.status)].append(edge)
    documents = [d for d in lineage.documents if d.id not in behind] + [
        _box(id_, group, place is by_province) for id_, group in closed.items()
    ]
    merged = (
        Edge(*ends, tuple(item for edge in same for item in edge.evidence)) for ends, same in sorted(edges.items())
    )
    return Picture(replace(lineage, documents=tuple(documents), edges=tuple(merged)), closed)


def _box(id_: str, group: tuple[Document, ...], timeless: bool) -> Document:
    """Return the box of a group: in the columns its province, in the lanes their number; what it holds in `title`."""
    provinces = dict.fromkeys(document.province for document in group)
    if group[0].kind == UNIT:
        return _box_of_units(id_, group, provinces)
    years = sorted({year_of(document) or 0 for document in group})
    one = next(iter(provinces)) if len(provinces) == 1 else ""
    types = counted_types(group)
    return Document(
        id=id_,
        kind=GROUP,
        type="",
        full=group_name(provinces) if timeless else phrase("documents", n=len(group)),
        title=phrase("group", n=len(group), types=types) if timeless else types,
        date=str(years[0]) if years[0] else None,
        level=level_of(group[0]),
        locality=one,
        province=one,
    )


def _box_of_units(id_: str, group: tuple[Document, ...], provinces: Mapping[str, object]) -> Document:
    one = next(iter(provinces)) if len(provinces) == 1 else ""
    said, level = phrase("units", n=len(group)), level_of(group[0])
    return Document(id_, GROUP, "", full=group_name(provinces), title=said, level=level, locality=one, province=one)


def group_name(provinces: Mapping[str, object]) -> str:
    """Return what a group is called: its province, how many they are, or that it is the centre's."""
    if len(provinces) > 1:
        return phrase("rest", n=len(provinces))
    return next(iter(provinces)) or phrase("documents alone")


def counted_types(group: Iterable[Document]) -> str:
    """Return the commonest types of document in a group: "7 KH, 3 CV, 3 BC"."""
    count = Counter(words.short_type(document.type) for document in group)
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{n} {short}" for short, n in ranked[:KINDS_NAMED]) + ("…" if len(ranked) > KINDS_NAMED else "")
