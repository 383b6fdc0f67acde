"""Join documents called by name to their number: by the bracket after the name, by title, by a longer name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from ingest.citations import Citation, find_title
from ingest.clusters import Cluster, Traits, nearest, new_cluster
from ingest.issuers import stated_issuers
from ingest.places import Home
from ingest.titles import base_type, content_words, likeness, organ_key
from kg.fold import fold

OWN_TITLES = re.compile(r"luat|bo luat|phap lenh|hien phap|dai hoi|trung uong")  # names that are no titles
LIKE = 0.8  # likeness of title from which a name is taken for a numbered document


def with_title(flat: str, cited: Citation) -> Citation:
    """Return a named citation with its title: what follows it ("… khóa XI về “Tăng cường …”"), or itself."""
    words = flat[cited.start : cited.end]
    if cited.name and len(words.split()) > 6 and not OWN_TITLES.match(cited.name):
        rest = words.split(None, len((cited.type or "").split()))[-1]
        return replace(cited, subject=(cited.end - len(rest), cited.end))
    line = flat.find("\n", cited.tail)
    subject = find_title(flat, cited.tail, line if line >= 0 else len(flat), [])
    number = NUMBER_IN_BRACKETS.search(flat, *subject) if subject else None
    return replace(cited, subject=(subject[0], number.start()) if subject and number else subject)


def place_named(
    flat: str, clusters: list[Cluster], named: list[Citation], home: Home, look: Callable[[Citation], Traits]
) -> None:
    """Put named citations with the document of that name, number or title; "<type> của <unit>" only where one fits."""
    by_name = names_within(flat, clusters)
    starts = sorted((c.start, n) for n, k in enumerate(clusters) for c in k.citations)
    several = years_of(named)
    for cited in named:
        name = with_one_year(cited.name, several) if cited.name else None
        if name is None:
            continue
        beside = beside_number(flat, clusters, starts, cited)
        cluster = beside or by_name.get(name) or known_cluster(flat, clusters, by_name, replace(cited, name=name))
        if beside is not None and name in by_name and by_name[name].number() is None:
            beside.absorb(by_name[name])  # named without its number before
        if cluster is None:
            cluster = new_cluster(cited, look(cited))
            clusters.append(cluster)
        else:
            cluster.add(cited, look(cited))
        by_name[name] = cluster
    clusters[:] = [cluster for cluster in clusters if cluster.citations]
    for cited in (c for c in named if not c.name):
        issuers = {organ_key(u) for u in stated_issuers(cited, home)}
        fitting = [k for k in clusters if issuers and fits_issuer(k, cited, issuers, home)]
        if len(fitting) == 1:
            fitting[0].add(cited, look(cited))


# Luật |Nhà giáo| số 73/2025/QH15
LAW_WITHIN = re.compile(r"(?P<type>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?P<name>\D+?)\s+(?:số\s+)?\d+\s*/.*", re.DOTALL)


def names_within(flat: str, clusters: list[Cluster]) -> dict[str, Cluster]:
    """Return the laws whose number follows their name, by that name; a name of two laws tells neither."""
    found: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        matches = (LAW_WITHIN.fullmatch(flat, c.start, c.end) for c in cluster.citations if c.form == "numbered")
        for name in {fold(f"{match['type']} {match['name']}") for match in matches if match is not None}:
            found.setdefault(name, []).append(cluster)
    return {name: named[0] for name, named in found.items() if len(named) == 1}


def years_of(named: list[Citation]) -> dict[str, set[str]]:
    """Return the years with which the report calls each law: {"luat dat dai": {"2013", "2024"}}."""
    years: dict[str, set[str]] = {}
    for cited in named:
        match = YEARLY.fullmatch(cited.name or "")
        if match is not None:
            years.setdefault(match[1], set()).add(match[2])
    return years


YEARLY = re.compile(r"(luat .+?) ((?:19|20)\d\d)")


def with_one_year(name: str, years: dict[str, set[str]]) -> str:
    """Return a law's name without its year where the report speaks of one year only ("Luật Đất đai năm 2013")."""
    match = YEARLY.fullmatch(name)
    return match[1] if match is not None and len(years[match[1]]) == 1 else name


# "Nghị quyết Trung ương 7 khóa XI |(|Nghị quyết số 25-NQ/TW)", also with its subject between
BESIDE = re.compile(r"\s*[(,]?\s*|\s*(?:về|v/v)\s[^;.()\n]{3,220}[(]\s*")
NUMBER_IN_BRACKETS = re.compile(r"\s*[(](?:[^\W\d_]+\s+){0,4}số\s")


# "Luật số 72/2025/QH15 | |Luật Tổ chức chính quyền địa phương", "Luật số 10/2022/QH15 (|Luật …)"
BEHIND = re.compile(r"\s*[|(]\s*")


def beside_number(flat: str, clusters: list[Cluster], starts: list[tuple[int, int]], cited: Citation) -> Cluster | None:
    """Return the numbered document beside a name: in the bracket after it, or before it where it is the bracket."""
    place = bisect_left(starts, (cited.end, -1))
    if place < len(starts) and BESIDE.fullmatch(flat, cited.end, min(starts[place][0], cited.end + 260)):
        beside = clusters[starts[place][1]]
        own = next((c for c in beside.citations if c.start == starts[place][0]), None)
        written = base_type(own.type) if own is not None and own.typed else base_type(cited.type)
        if base_type(cited.type) in beside.types() and written == base_type(cited.type):
            return beside
    place = bisect_left(starts, (cited.start, -1)) - 1
    before = clusters[starts[place][1]] if place >= 0 else None
    if before is None or base_type(cited.type) not in before.types() or before.number() is None:
        return None
    end = next((c.end for c in before.citations if c.start == starts[place][0]), cited.start)
    return before if BEHIND.fullmatch(flat, end, cited.start) is not None else None


def known_cluster(flat: str, clusters: list[Cluster], by_name: dict[str, Cluster], cited: Citation) -> Cluster | None:
    """Return the cluster that a new name belongs to, or None: by title, by a longer or shorter name."""
    alike = alike_in_title(flat, clusters, cited)
    return nearest(alike, cited) if alike else by_longer_name(by_name, cited.name or "")


def alike_in_title(flat: str, clusters: list[Cluster], cited: Citation) -> list[Cluster]:
    """Return the clusters of numbered documents whose title is the name, or what follows it."""
    own = content_words(flat[cited.subject[0] : cited.subject[1]]) if cited.subject else frozenset()
    if len(own) < 4 or (cited.name or "").startswith("dai hoi"):  # what follows a congress is a topic, not its title
        return []
    near = [k for k in clusters if k.number() is not None and k.similarity(own) >= LIKE]
    return [k for k in near if any(same_title(flat, own, cited, c) for c in k.citations)]


def same_title(flat: str, own: frozenset[str], named: Citation, cited: Citation) -> bool:
    """Tell whether a numbered citation has the type and the title (words `own`) of a named one."""
    if cited.number is None or cited.subject is None:
        return False
    title = flat[cited.subject[0] : cited.subject[1]]
    promulgates = named.type is not None and fold(title).removeprefix("ban hanh ").startswith(fold(named.type))
    same_type = promulgates or base_type(cited.type) == base_type(named.type)
    return same_type and likeness(own, content_words(title)) >= LIKE


def by_longer_name(by_name: dict[str, Cluster], name: str) -> Cluster | None:
    """Return the law whose name ends with `name` or with whose name it ends: "Luật (Thực hiện) dân chủ ở cơ sở"."""
    if not name.startswith("luat ") or name.startswith("luat sua doi"):
        return None
    for other, cluster in by_name.items():
        if other.startswith("luat sua doi"):
            continue  # it amends the law whose name it ends with
        shorter, longer = sorted((other, name), key=len)
        rest = shorter.removeprefix("luat ")
        if longer.startswith("luat ") and len(rest.split()) >= 3 and longer.endswith(rest):
            return cluster
    return None


def fits_issuer(cluster: Cluster, cited: Citation, issuers: set[str], home: Home) -> bool:
    """Tell whether a cluster's type is the citation's and its issuer one of `issuers`."""
    if not any(c.number is not None and c.type == cited.type for c in cluster.citations):
        return False
    return any(organ_key(u) in issuers for c in cluster.citations for u in stated_issuers(c, home))
