"""Decide which document of the report each citation means.

Same number, compatible issuer and date: one document. Short forms mean the nearest full mention; names meet their
number in `ingest.namesakes`. The number in the report's own heading is no citation; repeated, it means the report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from sys import maxsize

from ingest.citations import Citation
from ingest.claims import claim
from ingest.clusters import (
    Cluster,
    Traits,
    compatible_places,
    compatible_terms,
    compatible_year,
    nearest,
    new_cluster,
    other_subject,
    slipped,
    traits_of,
)
from ingest.header import Top
from ingest.issuers import is_local, stated_issuers
from ingest.namesakes import place_named, with_title
from ingest.places import Home
from ingest.titles import SIMILAR, base_type
from kg.model import SELF, Claim, Header
from kg.numbers import full_number, number_key

Look = Callable[[Citation], Traits]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The documents of a report: claims, and the claim of each citation by its place in `citations`."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    claim_of: dict[int, str]  # index of the citation -> claim id


def resolve(flat: str, numbered: list[Citation], named: list[Citation], top: Top) -> Resolved:
    """Return the documents that the citations mean, in the order of their first mention."""
    if not numbered and not named:
        return Resolved((), (), {})
    home, own = top.home, own_key(top.header)

    def look(cited: Citation) -> Traits:
        return traits_of(flat, cited, home)

    full = [c for c in numbered if c.number is not None and (c.start >= top.body or number_key(c.number.full) != own)]
    clusters = numbered_clusters(full, home, look)
    place_short(clusters, [c for c in numbered if c.number is None], look)
    clusters = without_slips(clusters)
    place_named(flat, clusters, [with_title(flat, c) for c in named], home, look)
    return resolved(flat, clusters, own, top)


def resolved(flat: str, clusters: list[Cluster], own: str | None, top: Top) -> Resolved:
    """Return claims and citations of the finished clusters, numbered in the order of their first mention."""
    clusters.sort(key=lambda cluster: cluster.starts[0])
    for cluster in clusters:
        cluster.citations.sort(key=lambda c: c.start)
    citations = tuple(sorted((c for k in clusters for c in k.citations), key=lambda c: (c.start, c.end)))
    place = {id(c): i for i, c in enumerate(citations)}
    ids = [SELF if is_own(k, own, top.header) else f"d{n}" for n, k in enumerate(clusters, 1)]
    claim_of = {place[id(c)]: name for name, k in zip(ids, clusters, strict=True) for c in k.citations}
    claims = tuple(
        claim(flat, name, k.citations, top.home) for name, k in zip(ids, clusters, strict=True) if name != SELF
    )
    return Resolved(claims, citations, claim_of)


def own_key(header: Header) -> str | None:
    """Return the key of the report's own number, or None where it has none."""
    full = full_number(header.number, header.symbol)
    return number_key(full) if full else None


def is_own(cluster: Cluster, own: str | None, header: Header) -> bool:
    """Tell whether a cluster means the report itself: its number, and no other day than its own."""
    number = cluster.number()
    if number is None or own is None or number_key(number.full) != own:
        return False
    return not cluster.days or header.date in cluster.days


def numbered_clusters(numbered: list[Citation], home: Home, look: Look) -> list[Cluster]:
    """Return the clusters of numbered citations: by number, then by issuer's place and date."""
    groups: dict[str, list[Citation]] = {}
    for cited in numbered:
        groups.setdefault(group_key(cited, home), []).append(cited)
    return [cluster for group in groups.values() for cluster in split(group, look)]


def group_key(cited: Citation, home: Home) -> str:
    """Return the number's key, TW read as TU where a local committee stands beside it, and the other way round.

    "15-CT/TW của Tỉnh ủy" is 15-CT/TU, "91-KL/TU của Bộ Chính trị" is 91-KL/TW.
    """
    assert cited.number is not None
    spelling, beside = number_key(cited.number.full), stated_issuers(cited, home)
    if spelling.endswith(" tw") and any(is_local(unit) for unit in beside):
        return spelling.removesuffix("tw") + "tu"
    if spelling.endswith(" tu") and beside and all(unit.level == "trung ương" for unit in beside):
        return spelling.removesuffix("tu") + "tw"
    return spelling


def split(group: list[Citation], look: Look) -> list[Cluster]:
    """Return the documents that share one number: dated mentions first, then the others by title or nearness."""
    clusters: list[Cluster] = []
    near: dict[str, dict[int, Cluster]] = {}  # by year and by month and day: days that differ in both are no slips
    for cited in (c for c in group if c.date and len(c.date) == 10):
        traits, parts = look(cited), ((cited.date or "")[:4], (cited.date or "")[5:])
        candidates = near.get(parts[0], {}) | near.get(parts[1], {})
        fitting = [place for place, k in sorted(candidates.items()) if same_document(cited, traits, k)]
        if fitting:
            place = max(fitting, key=lambda place: candidates[place].days[cited.date or ""])
            clusters[place].add(cited, traits)
        else:
            place = len(clusters)
            clusters.append(new_cluster(cited, traits))
        for part in parts:
            near.setdefault(part, {})[place] = clusters[place]
    for cited in (c for c in group if not c.date or len(c.date) != 10):
        place_undated(clusters, cited, look(cited))
    return clusters


def same_document(cited: Citation, traits: Traits, cluster: Cluster) -> bool:
    """Tell whether a dated citation may mean the document of `cluster`, which has its number."""
    day = cited.date or ""
    if not compatible_places(traits, cluster) or not compatible_terms(traits, cluster):
        return False
    if day in cluster.days or any(slipped(day, other) for other in cluster.days):
        return True
    near = any(other[:4] == day[:4] or other[5:] == day[5:] for other in cluster.days)
    return near and cluster.similarity(traits.title) >= SIMILAR


def place_undated(clusters: list[Cluster], cited: Citation, traits: Traits) -> None:
    """Put a mention without a day where it belongs: the one that fits, the likest title, else the nearest before it."""
    fitting = [
        k
        for k in clusters
        if compatible_places(traits, k)
        and compatible_terms(traits, k)
        and compatible_year(cited, k)
        and not (is_central(cited) and other_subject(traits, k))
    ]
    if not fitting:
        clusters.append(new_cluster(cited, traits))
        return
    if len(fitting) > 1:
        scores = [k.similarity(traits.title) for k in fitting]
        if max(scores) >= SIMILAR:
            fitting = [fitting[scores.index(max(scores))]]
    if len(fitting) > 1:
        fitting = [k for k in fitting if traits.issuers & k.issuers] or fitting
    (fitting[0] if len(fitting) == 1 else nearest(fitting, cited)).add(cited, traits)


def is_central(cited: Citation) -> bool:
    """Tell whether the Party's centre issued it: its numbers begin anew each term, so reports cite namesakes."""
    return cited.number is not None and cited.number.issuer == "TW"


def place_short(clusters: list[Cluster], short: list[Citation], look: Look) -> None:
    """Put short forms ("Nghị quyết số 25") with the nearest document of that type and number, or on their own."""
    by_count: dict[str, list[tuple[Cluster, set[str]]]] = {}
    for cluster in clusters:
        number = cluster.number()
        if number is not None:
            by_count.setdefault(number.number.lstrip("0"), []).append((cluster, cluster.types()))
    for cited in short:
        known = by_count.setdefault((cited.count or "").lstrip("0"), [])
        fitting = [k for k, types in known if base_type(cited.type) in types]
        if cited.date and len(cited.date) == 10:
            fitting = [k for k in fitting if cited.date in k.days] or [k for k in fitting if not k.days]
        if fitting:
            nearest(fitting, cited).add(cited, look(cited))
            continue
        clusters.append(new_cluster(cited, look(cited)))
        known.append((clusters[-1], {base_type(cited.type)}))


def without_slips(clusters: list[Cluster]) -> list[Cluster]:
    """Return the clusters, joined where symbols differ by a slip of the type letters ("22-QĐ/TU" and "22-QC/TU")."""
    groups: dict[tuple[str, str], list[Cluster]] = {}
    for cluster in clusters:
        number = cluster.number()
        if number is not None and cluster.days:
            groups.setdefault((number.number.lstrip("0"), number.issuer.casefold()), []).append(cluster)
    for group in groups.values():
        by_day: dict[str, list[int]] = {}
        for place, cluster in enumerate(group):
            for day in cluster.days:
                by_day.setdefault(day, []).append(place)
        for place, first in enumerate(group):
            other = place if first.citations else len(group)
            while (other := next_of_a_day(by_day, first, other)) < len(group):
                if group[other].citations and one_document(first, group[other]):
                    first.absorb(group[other])
    return [k for k in clusters if k.citations]


def next_of_a_day(by_day: dict[str, list[int]], cluster: Cluster, after: int) -> int:
    """Return the number, above `after`, of the next cluster with a day of `cluster`; a number too high for none."""
    shared = ((places, bisect_right(places, after)) for places in map(by_day.__getitem__, cluster.days))
    return min((places[index] for places, index in shared if index < len(places)), default=maxsize)


def one_document(a: Cluster, b: Cluster) -> bool:
    """Tell whether two clusters of one number and issuing body have a type word and a day in common."""
    same_type = {base_type(c.type) for c in a.citations} & {base_type(c.type) for c in b.citations}
    apart = a.places and b.places and not compatible_places(Traits(frozenset(b.places), frozenset(), frozenset()), a)
    return bool(same_type) and bool(a.days.keys() & b.days.keys()) and not apart
