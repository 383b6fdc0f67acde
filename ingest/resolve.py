"""Decide which document of the report each citation means.

Same number, compatible issuer and date: one document. Short forms mean the nearest full mention; names meet their
number by bracket ("Luật … (Luật số 10/2022/QH15)"), by title, or stay documents of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.citations import Citation, find_title, type_by_letters
from ingest.claims import Cluster, claim
from ingest.header import Top
from ingest.issuers import is_local, makers, stated_issuers
from ingest.places import Home
from ingest.titles import SIMILAR, base_type, likeness, organ_key, title_words
from ingest.units import Organisation
from kg.fold import fold
from kg.model import SELF, Claim, Header
from kg.numbers import Number, number_key


@dataclass(frozen=True, slots=True)
class Resolved:
    """The documents of a report: claims, and the claim of each citation by its place in `citations`."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    claim_of: dict[int, str]  # index of the citation -> claim id

    def of(self, cited: Citation) -> str:
        """Return the claim id of `cited`."""
        return self.claim_of[self.citations.index(cited)]


def resolve(flat: str, numbered: list[Citation], named: list[Citation], top: Top) -> Resolved:
    """Return the documents that the citations mean, in the order of their first mention.

    The number in the report's own heading is no citation; where the text repeats it, it means the report ("self").
    """
    home, own = top.home, own_key(top.header)
    numbered = [c for c in numbered if c.start >= top.body or c.number is None or number_key(c.number.full) != own]
    named = [with_title(flat, c) for c in named]
    clusters = numbered_clusters(flat, [c for c in numbered if c.number is not None], home)
    place_short(clusters, [c for c in numbered if c.number is None])
    merge_slips(flat, clusters, home)
    place_named(flat, clusters, named, home)
    clusters.sort(key=lambda cluster: min(c.start for c in cluster.citations))
    for cluster in clusters:
        cluster.citations.sort(key=lambda c: c.start)
    citations = tuple(sorted((c for k in clusters for c in k.citations), key=lambda c: (c.start, c.end)))
    place = {id(c): i for i, c in enumerate(citations)}
    ids = [SELF if is_own(k, own, top.header) else f"d{n}" for n, k in enumerate(clusters, 1)]
    claim_of = {place[id(c)]: name for name, k in zip(ids, clusters, strict=True) for c in k.citations}
    claims = tuple(claim(flat, name, k, home) for name, k in zip(ids, clusters, strict=True) if name != SELF)
    return Resolved(claims, citations, claim_of)


def own_key(header: Header) -> str | None:
    """Return the key of the report's own number, or None where it has none."""
    if header.number is None or header.symbol is None:
        return None
    separator = "/" if "/" not in header.symbol or re.match(r"\d{4}/", header.symbol) else "-"
    return number_key(f"{header.number}{separator}{header.symbol}")


def is_own(cluster: Cluster, own: str | None, header: Header) -> bool:
    """Tell whether a cluster means the report itself: its number, and no other day than its own."""
    number = number_of(cluster)
    if number is None or own is None or number_key(number.full) != own:
        return False
    return not cluster.dates() or header.date in cluster.dates()


def with_title(flat: str, cited: Citation) -> Citation:
    """Return a named citation with the title that follows it: "… Trung ương 7 khóa XI về “Tăng cường …”"."""
    words = flat[cited.start : cited.end].split()
    if cited.name and len(words) > 6 and not re.match(r"luat|bo luat|phap lenh|dai hoi|trung uong", cited.name):
        begin = (
            cited.start
            + len(flat[cited.start : cited.end])
            - len(flat[cited.start : cited.end].split(None, len((cited.type or "").split()))[-1])
        )
        return replace(cited, subject=(begin, cited.end))
    line = flat.find("\n", cited.tail)
    return replace(cited, subject=find_title(flat, cited.tail, line if line >= 0 else len(flat), []))


def numbered_clusters(flat: str, numbered: list[Citation], home: Home) -> list[Cluster]:
    """Return the clusters of numbered citations: by number, then by issuer's place and date."""
    groups: dict[str, list[Citation]] = {}
    for cited in numbered:
        groups.setdefault(group_key(cited, home), []).append(cited)
    return [cluster for group in groups.values() for cluster in split(flat, group, home)]


def group_key(cited: Citation, home: Home) -> str:
    """Return the number's key, TW read as TU where a local committee stands beside it ("15-CT/TW của Tỉnh ủy")."""
    assert cited.number is not None
    spelling = number_key(cited.number.full)
    if spelling.endswith(" tw") and any(is_local(unit) for unit in stated_issuers(cited, home)):
        return spelling.removesuffix("tw") + "tu"
    return spelling


def split(flat: str, group: list[Citation], home: Home) -> list[Cluster]:
    """Return the documents that share one number: dated mentions first, then the others by title or nearness."""
    dated = [c for c in group if c.date and len(c.date) == 10]
    rest = [c for c in group if c not in dated]
    clusters: list[Cluster] = []
    for cited in dated:
        fitting = [k for k in clusters if same_document(flat, cited, k, home)]
        if fitting:
            best = max(fitting, key=lambda k: k.dates().count(cited.date or ""))
            best.citations.append(cited)
        else:
            clusters.append(Cluster([cited]))
    for cited in sorted(rest, key=lambda c: c.start):
        place_undated(flat, clusters, cited, home)
    return clusters


def same_document(flat: str, cited: Citation, cluster: Cluster, home: Home) -> bool:
    """Tell whether a dated citation may mean the document of `cluster`, which has its number."""
    if not compatible_places(cited, cluster, home):
        return False
    if any(c.date == cited.date or slipped(c.date, cited.date) for c in cluster.citations):
        return True
    return cluster_similarity(flat, cited, cluster) >= SIMILAR and same_issuer_year(cited, cluster)


def same_issuer_year(cited: Citation, cluster: Cluster) -> bool:
    """Tell whether the dates are near enough for one document with a slip: the same day and month, or the same year."""
    return any(d[:4] == (cited.date or "")[:4] or d[5:] == (cited.date or "")[5:] for d in cluster.dates())


def slipped(a: str | None, b: str | None) -> bool:
    """Tell whether two days differ by a slip of the keys: day and month exchanged, or one digit."""
    if a is None or b is None or len(a) != 10 or len(b) != 10:
        return False
    exchanged = a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]
    return exchanged or sum(x != y for x, y in zip(a, b, strict=True)) == 1


def compatible_places(cited: Citation, cluster: Cluster, home: Home) -> bool:
    """Tell whether the issuers named do not lie in different places ("100-KH/HU" of Yên Dũng and of Hiệp Hòa)."""
    own = {place_key(u) for u in makers(cited, home) if is_local(u)}
    others = {place_key(u) for c in cluster.citations for u in makers(c, home) if is_local(u)}
    return not own or not others or bool(own & others) or len({len(p.split()) for p in own | others}) > 1


def place_key(unit: Organisation) -> str:
    """Return the place of a unit as a key: the words after its organ, without the province."""
    return fold(re.sub(r"^.*?(?:ủy|nhân dân|bộ|an|đoàn|binh|sự|vụ)\s+", "", unit.name.split(", ")[0]))


def place_undated(flat: str, clusters: list[Cluster], cited: Citation, home: Home) -> None:
    """Put a mention without a day where it belongs: the one that fits, the likest title, else the nearest before it."""
    fitting = [k for k in clusters if compatible_places(cited, k, home) and compatible_year(cited, k)]
    if not fitting:
        clusters.append(Cluster([cited]))
        return
    if len(fitting) > 1:
        scores = [cluster_similarity(flat, cited, k) for k in fitting]
        if max(scores) >= SIMILAR:
            fitting = [fitting[scores.index(max(scores))]]
    if len(fitting) > 1:
        issuers = {u.name for u in stated_issuers(cited, home)}
        same = [k for k in fitting if issuers & {u.name for c in k.citations for u in stated_issuers(c, home)}]
        fitting = same or fitting
    nearest(fitting, cited).citations.append(cited)


def compatible_year(cited: Citation, cluster: Cluster) -> bool:
    """Tell whether a year or month stated alone agrees with the cluster's dates."""
    return not cited.date or not cluster.dates() or any(d.startswith(cited.date) for d in cluster.dates())


def nearest(clusters: list[Cluster], cited: Citation) -> Cluster:
    """Return the cluster mentioned last before `cited`, else the one mentioned first after it."""
    before = [
        (max(c.start for c in k.citations if c.start < cited.start), k)
        for k in clusters
        if any(c.start < cited.start for c in k.citations)
    ]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(clusters, key=lambda k: min(c.start for c in k.citations))


def cluster_similarity(flat: str, cited: Citation, cluster: Cluster) -> float:
    """Return the likeness of a citation's title to the most alike in the cluster."""
    own = title_words(flat, cited)
    return max((likeness(own, title_words(flat, c)) for c in cluster.citations), default=0.0)


def place_short(clusters: list[Cluster], short: list[Citation]) -> None:
    """Put short forms ("Nghị quyết số 25") with the nearest document of that type and number, or on their own."""
    for cited in short:
        count = (cited.count or "").lstrip("0")
        fitting = [k for k in clusters if any(fits_short(c, cited.type, count) for c in k.citations)]
        if cited.date and len(cited.date) == 10:
            dated = [k for k in fitting if cited.date in k.dates()]
            fitting = dated or [k for k in fitting if not k.dates()]
        if fitting:
            nearest(fitting, cited).citations.append(cited)
        else:
            clusters.append(Cluster([cited]))


def fits_short(cited: Citation, kind: str | None, count: str) -> bool:
    """Tell whether a full or short citation has the type and number of a short form."""
    number = cited.number.number if cited.number else cited.count
    same_type = base_type(cited.type) == base_type(kind)
    by_letters = cited.number is not None and base_type(type_by_letters(cited.number)) == base_type(kind)
    return (number or "").lstrip("0") == count and (same_type or by_letters)


def merge_slips(flat: str, clusters: list[Cluster], home: Home) -> None:
    """Join clusters whose symbols differ by a slip: type letters ("22-QĐ/TU" and "22-QC/TU") on the same day."""
    for place, first in enumerate(clusters):
        for other in clusters[place + 1 :]:
            if first.citations and other.citations and one_document(first, other):
                first.citations += other.citations
                other.citations = []
    clusters[:] = [k for k in clusters if k.citations]
    del flat, home


def one_document(a: Cluster, b: Cluster) -> bool:
    """Tell whether two clusters have one number, one type word, one issuing body's letters and one day."""
    first, second = number_of(a), number_of(b)
    if first is None or second is None or first.number.lstrip("0") != second.number.lstrip("0"):
        return False
    same_type = {base_type(c.type) for c in a.citations} & {base_type(c.type) for c in b.citations}
    same_day = set(a.dates()) & set(b.dates())
    return bool(same_type and same_day) and first.issuer.casefold() == second.issuer.casefold()


def number_of(cluster: Cluster) -> Number | None:
    """Return the number of a cluster's first numbered citation."""
    return next((c.number for c in cluster.citations if c.number is not None), None)


def place_named(flat: str, clusters: list[Cluster], named: list[Citation], home: Home) -> None:
    """Put named citations with the document of that name, number or title; "<type> của <unit>" only where one fits."""
    by_name: dict[str, Cluster] = {}
    named = [replace(c, name=with_one_year(c.name, named)) for c in named]
    for cited in named:
        if not cited.name:
            continue
        cluster = by_name.get(cited.name) or named_cluster(flat, clusters, by_name, cited)
        cluster.citations.append(cited)
        by_name[cited.name] = cluster
        if cluster not in clusters:
            clusters.append(cluster)
    for cited in named:
        if not cited.name:
            issuers = {organ_key(u) for u in stated_issuers(cited, home)}
            fitting = [k for k in clusters if issuers and fits_issuer(k, cited, issuers, home)]
            if len(fitting) == 1:
                fitting[0].citations.append(cited)


def with_one_year(name: str | None, named: list[Citation]) -> str | None:
    """Return a law's name without its year where the report speaks of one year only ("Luật Đất đai năm 2013")."""
    match = re.fullmatch(r"(luat .+?) ((?:19|20)\d\d)", name or "")
    if match is None:
        return name
    years = {c.name for c in named if c.name and re.fullmatch(re.escape(match[1]) + r" (?:19|20)\d\d", c.name)}
    return match[1] if len(years) == 1 else name


def named_cluster(flat: str, clusters: list[Cluster], by_name: dict[str, Cluster], cited: Citation) -> Cluster:
    """Return the cluster that a new name belongs to: by the number in brackets after it, its title, a longer name."""
    for cluster in clusters:
        for other in cluster.citations:
            between = flat[cited.end : other.start] if cited.end <= other.start <= cited.end + 14 else None
            if (
                between is not None
                and re.fullmatch(r"\s*[(,]?\s*", between)
                and base_type(other.type) == base_type(cited.type)
            ):
                return cluster
    own = title_words(flat, cited)
    of_congress = (cited.name or "").startswith("dai hoi")  # what follows it is a topic, not its title
    alike = [
        k
        for k in clusters
        if len(own) >= 4 and not of_congress and any(same_title(flat, own, cited, c) for c in k.citations)
    ]
    if alike:
        return nearest(alike, cited)
    for name, cluster in by_name.items():
        shorter, longer = sorted((name, cited.name or ""), key=len)
        head = shorter.split()[0] if shorter else ""
        rest = shorter.removeprefix(head).strip()
        if head == "luat" and longer.startswith("luat") and len(rest.split()) >= 3 and longer.endswith(rest):
            return cluster
    return Cluster()


def same_title(flat: str, own: set[str], named: Citation, cited: Citation) -> bool:
    """Tell whether a numbered citation has the type and the title (words `own`) of a named one."""
    if cited.number is None or cited.subject is None:
        return False
    title = fold(flat[cited.subject[0] : cited.subject[1]]).removeprefix("ban hanh ")
    promulgates = named.type is not None and title.startswith(fold(named.type))
    return (promulgates or base_type(cited.type) == base_type(named.type)) and likeness(
        own, title_words(flat, cited)
    ) >= 0.8


def fits_issuer(cluster: Cluster, cited: Citation, issuers: set[str], home: Home) -> bool:
    """Tell whether a cluster's type is the citation's and its issuer one of `issuers`."""
    if not any(
        base_type(c.type) == base_type(cited.type) and c.type == cited.type for c in cluster.citations if c.number
    ):
        return False
    return any(organ_key(u) in issuers for c in cluster.citations for u in stated_issuers(c, home))
