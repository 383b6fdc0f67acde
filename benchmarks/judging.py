"""Hold one extraction against a labelled report: what is right, missed and wrong, row by row and rule by rule.

Counts as the scorer of the labelled reports does: a mention is found when it overlaps a labelled one by at least half
of their union and, where it bears a number, the digits agree; documents are mapped to labelled ones through their
mentions; unit names are compared without accents and case. Debatable rows (`borderline`) count neither way.

A row is known by a short key made of the labels' own ids ("d8 implements d3", "7060-7093"), so that figures can be kept
without the text of a report.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.fold import fold
from kg.model import SELF, Extraction

Label = dict[str, Any]  # one row of a labelled report
Span = tuple[int, int]

LAYERS = ("mentions", "identity", "attributes", "conflicts", "relations", "actions")
SHORT = {
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "mat tran to quoc": "mttq",
    "trung uong": "tw",
    "ban chap hanh": "bch",
    "ban thuong vu": "btv",
    "thu tuong chinh phu": "ttg",
}
HALF = 0.5


@dataclass(slots=True)
class Rows:
    """The keys of one layer of one report: labelled and found, labelled and not found, found and not labelled."""

    right: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Count:
    """How often a rule fired, how often it was right, and how often a labeller would not say."""

    fired: int = 0
    right: int = 0
    debatable: int = 0


@dataclass(slots=True)
class Judged:
    """What one report came to: rows by layer, counts by (rule, type of edge), and the words for labelled ids."""

    rows: dict[str, Rows] = field(default_factory=lambda: {layer: Rows() for layer in LAYERS})
    rules: dict[tuple[str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    names: dict[str, str] = field(default_factory=dict)


def judge(gold: Label, said: Extraction) -> Judged:
    """Return what `said` got right, missed and invented of the labelled report `gold`."""
    judged = Judged(names=names_of(gold))
    documents = judge_mentions(judged, gold, said)
    judge_documents(judged, gold, said, documents)
    judge_relations(judged, gold, said, documents)
    judge_actions(judged, gold, said, documents)
    return judged


def names_of(gold: Label) -> dict[str, str]:
    """Return what a person calls the labelled documents and units: "33/CT-TTg", "Huyện ủy Định Hóa"."""
    border = gold.get("borderline") or {}
    names = {SELF: "(tài liệu này)"}
    for row in (*gold["documents"], *border.get("documents", ())):
        names[row["id"]] = row.get("full") or f"{row['type']} {row.get('title') or ''}".strip()
    return names | {row["id"]: row["name"] for row in (*gold["units"], *border.get("units", ()))}


# ---- mentions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Documents:
    """How the ids of an extraction stand to the labelled ones; `debatable` are ids that no labeller would judge."""

    of: dict[str, str]
    debatable: frozenset[str]


def judge_mentions(judged: Judged, gold: Label, said: Extraction) -> Documents:
    """Judge the mentions and which document each means; return how the documents are mapped."""
    labelled = gold["mentions"]
    border = (gold.get("borderline") or {}).get("mentions", [])
    found: list[Label] = [
        {"start": m.start, "end": m.end, "text": m.text, "document": m.document} for m in said.mentions
    ]
    unsaid = set(align(border, found).values())
    open_ = {j for j in unsaid if not any(overlap(row, found[j]) >= HALF for row in labelled)}
    kept = [row for j, row in enumerate(found) if j not in open_]
    match = align(labelled, kept)
    votes = Counter((kept[j]["document"], labelled[i]["document"]) for i, j in match.items())
    mapping, used = {SELF: SELF}, {SELF}
    for (own, label), _ in votes.most_common():
        if own not in mapping and label not in used:
            mapping[own] = label
            used.add(label)
    for i, row in enumerate(labelled):
        key = span_key(row)
        same = i in match and mapping.get(kept[match[i]]["document"]) == row["document"]
        (judged.rows["mentions"].right if i in match else judged.rows["mentions"].missed).append(key)
        (judged.rows["identity"].right if same else judged.rows["identity"].missed).append(key)
    taken = set(match.values())
    judged.rows["mentions"].wrong += [span_key(row) for j, row in enumerate(kept) if j not in taken]
    return Documents(mapping, frozenset(found[j]["document"] for j in open_) - set(mapping))


def span_key(row: Label) -> str:
    """Return the key of a mention: where it stands."""
    return f"{row['start']}-{row['end']}"


def overlap(a: Label, b: Label) -> float:
    """Return the share of two spans' union that they have in common."""
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return common / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if common > 0 else 0.0


def digits(text: str) -> str:
    """Return the first number in a text, without leading zeros."""
    found = re.search(r"\d+", text)
    return str(int(found[0])) if found else ""


def align(labelled: Sequence[Label], found: Sequence[Label]) -> dict[int, int]:
    """Return which found mention each labelled one is, by their places in the lists, the best overlap first."""
    pairs = []
    for i, a in enumerate(labelled):
        for j, b in enumerate(found):
            share = overlap(a, b)
            if share >= HALF and (a["form"] == "named" or digits(a["text"]) == digits(b["text"])):
                pairs.append((-share, i, j))
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in match and j not in taken:
            match[i] = j
            taken.add(j)
    return match


# ---- what is said of each document ----------------------------------------------------------------------------------


def judge_documents(judged: Judged, gold: Label, said: Extraction, documents: Documents) -> None:
    """Judge date, issuer and type of the documents that were found, and the contradictions about them."""
    labelled_as = {label: own for own, label in documents.of.items() if own != SELF}
    claims = {claim.id: claim for claim in said.documents}
    for row in gold["documents"]:
        claim = claims.get(labelled_as.get(row["id"], ""))
        if claim is None:
            continue
        for field_ in ("date", "issuer", "type"):
            if row.get(field_):
                right = agrees(field_, getattr(claim, field_), [row[field_], *row.get(f"{field_}_also", ())])
                layer = judged.rows["attributes"]
                (layer.right if right else layer.missed).append(f"{row['id']} {field_}")
        labelled = [contradiction(judged, row["id"], c["field"], c["value"]) for c in row.get("conflicts") or ()]
        found = [contradiction(judged, row["id"], c.field, c.value) for c in claim.conflicts]
        judged.rows["conflicts"].right += [key for key in labelled if key in found]
        judged.rows["conflicts"].missed += [key for key in labelled if key not in found]
        judged.rows["conflicts"].wrong += [key for key in found if key not in labelled]


def agrees(field_: str, said: str | None, labelled: Sequence[str]) -> bool:
    """Tell whether what is said of a document is what was labelled."""
    if field_ == "issuer":
        return any(same_name(said or "", name) for name in labelled)
    return any(fold(said or "") == fold(value) for value in labelled)


def contradiction(judged: Judged, document: str, field_: str, value: str) -> str:
    """Return the key of a contradiction; the odd value stands in it as six letters, for it may be a report's words."""
    short = hashlib.sha256(value.encode("utf-8")).hexdigest()[:6]
    judged.names[short] = value
    return f"{document} {field_} {short}"


# ---- relations ------------------------------------------------------------------------------------------------------


def judge_relations(judged: Judged, gold: Label, said: Extraction, documents: Documents) -> None:
    """Judge the relations between documents, and the rules that read them."""
    labelled = list(dict.fromkeys(relation_key(row) for row in gold["relations"]))
    border = {relation_key(row) for row in (gold.get("borderline") or {}).get("relations", [])}
    found: dict[str, set[str]] = {}
    for row in said.relations:
        if row.type == "cites":
            continue
        key = f"{mapped(row.source, documents)} {row.type} {mapped(row.target, documents)}"
        open_ = key in border or bool({row.source, row.target} & documents.debatable)
        rules = found.setdefault(key, set())
        if row.rule not in rules:
            rules.add(row.rule)
            count(judged, row.rule, row.type, verdict(key in labelled, open_))
        if open_:
            border.add(key)
    layer = judged.rows["relations"]
    layer.right += [key for key in labelled if key in found]
    layer.missed += [key for key in labelled if key not in found]
    layer.wrong += sorted(key for key in found if key not in labelled and key not in border)


def relation_key(row: Label) -> str:
    """Return the key of a labelled relation."""
    return f"{row['source']} {row['type']} {row['target']}"


def mapped(known: str, documents: Documents) -> str:
    """Return the labelled id of a document, "?" and its own id when it is none of the labelled."""
    return documents.of.get(known, f"?{known}")


def verdict(right: bool, open_: bool) -> str:
    """Return how one edge counts."""
    return "right" if right else "debatable" if open_ else "wrong"


def count(judged: Judged, rule: str, kind: str, how: str) -> None:
    """Count one edge that `rule` made; what is debatable did not fire."""
    counted = judged.rules[rule, kind]
    if how == "debatable":
        counted.debatable += 1
        return
    counted.fired += 1
    counted.right += how == "right"


# ---- what units did -------------------------------------------------------------------------------------------------

Deed = tuple[str, str, str]  # name of the unit, action, labelled id of the document


def judge_actions(judged: Judged, gold: Label, said: Extraction, documents: Documents) -> None:
    """Judge what units are said to have done; plans and what was only received are not labelled."""
    names = {row["id"]: row["name"] for row in gold["units"]}
    keys = dict(deeds(gold["unit_actions"], names))
    border = gold.get("borderline") or {}
    names_there = names | {row["id"]: row["name"] for row in border.get("units", ())}
    open_ = [deed for deed, _ in deeds(border.get("unit_actions", ()), names_there)]
    own = {unit.id: unit.name for unit in said.units}
    found: dict[Deed, set[str]] = {}
    for row in said.unit_actions:
        if row.status == "done" and row.action != "received":
            deed = (own.get(row.unit, ""), row.action, mapped(row.document, documents))
            if row.document in documents.debatable:
                count(judged, row.rule, row.action, "debatable")
            else:
                found.setdefault(deed, set()).add(row.rule)
    match = matched(keys, found)
    layer = judged.rows["actions"]
    for deed, rules in found.items():
        right, debatable = deed in match.values(), bool(pick(open_, deed)) and not pick(keys, deed)
        for rule in sorted(rules):
            count(judged, rule, deed[1], verdict(right, debatable))
        if not right and not debatable:
            layer.wrong.append(" ".join(deed))
    layer.right += [key for deed, key in keys.items() if deed in match]
    layer.missed += [key for deed, key in keys.items() if deed not in match]
    layer.wrong.sort()


def deeds(rows: Iterable[Label], names: dict[str, str]) -> Iterable[tuple[Deed, str]]:
    """Yield the labelled deeds, each with its key: "u3 issued d8"."""
    for row in rows:
        yield (
            (names.get(row["unit"], ""), row["action"], row["document"]),
            f"{row['unit']} {row['action']} {row['document']}",
        )


def matched(labelled: Iterable[Deed], found: Iterable[Deed]) -> dict[Deed, Deed]:
    """Return for each labelled deed the found one that is it, each at most once."""
    left = list(found)
    match: dict[Deed, Deed] = {}
    for deed in labelled:
        same = pick(left, deed)
        if same is not None:
            left.remove(same)
            match[deed] = same
    return match


def pick(deeds_: Iterable[Deed], want: Deed) -> Deed | None:
    """Return the very deed, else one whose unit's name is the same in effect."""
    choice = list(deeds_)
    if want in choice:
        return want
    return next((deed for deed in choice if deed[1:] == want[1:] and same_name(deed[0], want[0])), None)


def same_name(a: str, b: str) -> bool:
    """Tell whether two names are one unit's: one may say more of the place than the other.

    >>> same_name("UBND huyện Bạch Thông", "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn")
    True
    """
    small, large = sorted((name_words(a), name_words(b)), key=len)
    if not small or not large:
        return small == large
    return set(small) <= set(large) and len(small) * 2 >= len(large)


def name_words(name: str) -> list[str]:
    """Return the words of a unit's name, without accents and with the usual short forms."""
    folded = fold(name)
    for long, short in SHORT.items():
        folded = folded.replace(long, short)
    return re.findall(r"[a-z0-9]+", folded)
