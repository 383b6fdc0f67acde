"""Clusters: citations of one report that mean one document, and what they say of it, kept ready for comparison."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from operator import ne

from data import table
from ingest.citations import Citation, type_by_letters
from ingest.issuers import is_local, makers, stated_issuers
from ingest.places import KINDS, Home
from ingest.titles import base_type, content_words, likeness
from ingest.units import Organisation
from kg.fold import fold
from kg.numbers import Number, ordinal


@dataclass(frozen=True, slots=True)
class Traits:
    """What one citation says of its document beside the number: places and names of its issuers, words of its title."""

    places: frozenset[str]
    issuers: frozenset[str]
    title: frozenset[str]
    terms: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()  # of the places whose people's committees or councils are named


def traits_of(flat: str, cited: Citation, home: Home) -> Traits:
    """Return the traits of `cited`, whose unit names are seen from `home`."""
    local = frozenset(place_key(unit) for unit in makers(cited, home) if is_local(unit))
    named = frozenset(unit.name for unit in stated_issuers(cited, home))
    title = flat[cited.subject[0] : cited.subject[1]] if cited.subject else ""
    terms = frozenset({ordinal(cited.term.split()[-1])} if cited.term else ())
    said = (*cited.issuers, *([cited.maker] if cited.maker else []))
    kinds = frozenset(unit.kind for unit in said if unit.organ == "body" and unit.kind)
    return Traits(local, named, content_words(title), terms, kinds)


def place_key(unit: Organisation) -> str:
    """Return the place of a unit as a key: the words after its organ, without the province."""
    return fold(re.sub(r"^.*?(?:ủy|nhân dân|bộ|an|đoàn|binh|sự|vụ)\s+", "", unit.name.split(", ")[0]))


@dataclass(slots=True)
class Cluster:
    """Citations that mean one document, while it is being found."""

    citations: list[Citation] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # sorted
    days: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    issuers: set[str] = field(default_factory=set)
    titles: set[frozenset[str]] = field(default_factory=set)
    terms: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def add(self, cited: Citation, traits: Traits) -> None:
        """Take `cited` in."""
        self.citations.append(cited)
        insort(self.starts, cited.start)
        if cited.date and len(cited.date) == 10:
            self.days[cited.date] += 1
        self.places |= traits.places
        self.issuers |= traits.issuers
        self.terms |= traits.terms
        self.kinds |= traits.kinds
        if traits.title:
            self.titles.add(traits.title)

    def absorb(self, other: Cluster) -> None:
        """Take all of `other` in and leave it empty."""
        self.citations += other.citations
        self.starts = sorted([*self.starts, *other.starts])
        self.days += other.days
        self.places |= other.places
        self.issuers |= other.issuers
        self.terms |= other.terms
        self.kinds |= other.kinds
        self.titles |= other.titles
        other.citations = []

    def number(self) -> Number | None:
        """Return the number of the first numbered citation."""
        return next((c.number for c in self.citations if c.number is not None), None)

    def types(self) -> set[str]:
        """Return the types that the citations name or whose letters they carry, without their kinds."""
        named = {base_type(c.type) for c in self.citations}
        return named | {base_type(type_by_letters(c.number)) for c in self.citations if c.number is not None}

    def last_before(self, place: int) -> int | None:
        """Return where the document is mentioned last before `place`, or None."""
        index = bisect_left(self.starts, place)
        return self.starts[index - 1] if index else None

    def similarity(self, title: frozenset[str]) -> float:
        """Return the likeness of `title` to the most alike of the cluster's titles."""
        return max((likeness(title, own) for own in self.titles), default=0.0)


def new_cluster(cited: Citation, traits: Traits) -> Cluster:
    """Return a cluster of one citation."""
    cluster = Cluster()
    cluster.add(cited, traits)
    return cluster


def nearest(clusters: list[Cluster], cited: Citation) -> Cluster:
    """Return the cluster mentioned last before `cited`, else the one mentioned first after it."""
    before = [(place, k) for k in clusters if (place := k.last_before(cited.start)) is not None]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(clusters, key=lambda k: k.starts[0])


def compatible_places(traits: Traits, cluster: Cluster) -> bool:
    """Tell whether the issuers named do not lie in different places ("100-KH/HU" of Yên Dũng and of Hiệp Hòa).

    Where the places themselves are not known their kinds can tell: "của UBND tỉnh" and "của UBND huyện".
    """
    own, others = traits.places, cluster.places
    if own and others:
        return any(alike(a, b) for a in own for b in others)
    return not traits.kinds or not cluster.kinds or any(one_rank(a, b) for a in traits.kinds for b in cluster.kinds)


def one_rank(a: str, b: str) -> bool:
    """Tell whether "UBND <kind>" of two kinds can be one body: a town that became a city, never province and district.

    Urban districts (quận) lie in cities alone: beside one, "the city" is the one above it.
    """
    if {a, b} == {"quận", "thành phố"}:
        return False
    return KINDS.get(a) == KINDS.get(b) or {a, b} == {"tỉnh", "thành phố"}


RESPELT = ((r"\bhcm\b", "ho chi minh"), (r"\b(?:thi xa|thanh pho|tp)\b", "thi"), (r"\b(?:phuong|thi tran)\b", "xa"))


def alike(a: str, b: str) -> bool:
    """Tell whether two places are one in two spellings or ranks: Bắc Cạn, Thừa Thiên (- Huế), thị xã and thành phố."""
    a, b = respelt(a), respelt(b)
    return a.endswith(b) or b.endswith(a) or a.startswith(b) or b.startswith(a)


@lru_cache(maxsize=16384)
def respelt(place: str) -> str:
    """Return a place's key, a blank at both ends, without what differs between spellings and ranks."""
    for pattern, words in RESPELT:
        place = re.sub(pattern, words, place)
    return f" {place.replace('k', 'c').replace('y', 'i')} "


def compatible_terms(traits: Traits, cluster: Cluster) -> bool:
    """Tell whether the terms named do not differ: 25-NQ/TW of khóa IX is not that of khóa XI."""
    return not traits.terms or not cluster.terms or bool(traits.terms & cluster.terms)


def other_subject(traits: Traits, cluster: Cluster) -> bool:
    """Tell whether the subjects have no telling word in common, where both say enough to compare.

    "Về công tác tôn giáo" and "về công tác tư tưởng" share only words that tell no two subjects apart.
    """
    own, told = telling(traits.title), [telling(title) for title in cluster.titles]
    longer = [title for title in told if title and len(own) + len(title) >= ENOUGH]
    return bool(own and longer) and not any(own & title for title in told)


ENOUGH = 3  # syllables of two subjects: more than one each
COMMON = frozenset(fold(row["word"]) for row in table("subject_words") if row["use"] == "subject")


def telling(title: frozenset[str]) -> frozenset[str]:
    """Return the words of a subject that tell it from others."""
    return title - COMMON


def compatible_year(cited: Citation, cluster: Cluster) -> bool:
    """Tell whether a year or month stated alone agrees with the cluster's dates."""
    return not cited.date or not cluster.days or any(day.startswith(cited.date) for day in cluster.days)


def slipped(a: str, b: str) -> bool:
    """Tell whether two days differ by a slip of the keys: day and month exchanged, or one digit."""
    if a[:4] != b[:4] and a[5:] != b[5:]:
        return False
    exchanged = a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]
    return exchanged or sum(map(ne, a, b)) == 1
