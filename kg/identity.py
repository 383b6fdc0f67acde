"""Which statements speak of the same document: a pure function of what is stated, whatever the order it was read in.

    claim ──► cell (`kg.cells`) ──► component of cells that share a key ──► groups, each one document

State numbers restart each year, Party numbers each term of their committee, laws each National Assembly.
Two cells are one document when their numbers, issuers and terms agree and their dates are the same, or one slip apart,
or their subjects match; a cell without a date joins the only group that it fits and stays ambiguous when it fits
several. Nothing is guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from kg.cells import DISPATCH, FAMILIES, Cell, likeness, settled, split_key, terms_of
from kg.central import sure_row
from kg.fold import fold

MATCH, CONTRADICT = 0.6, 0.3
TELLING = 5  # words of a subject that say which document it is without its place


@dataclass(slots=True)
class Group:
    """One document: its cells, with the claims and mentions in each, and for an ambiguous one what it fits."""

    cells: list[Cell]
    counts: dict[Cell, tuple[int, int]]
    candidates: tuple[int, ...] = ()
    id: str = ""
    titles: frozenset[str] = field(default_factory=frozenset)
    date: str = ""  # as `likeliest_date` finds it


# ---- from the cells of one component to its documents ---------------------------------------------------------------


def partition(counts: dict[Cell, tuple[int, int]]) -> list[Group]:
    """Return the documents that the cells of one component speak of, each cell in exactly one group.

    `counts` has (claims, mentions) for each cell. The result is a function of the set of cells alone.
    """
    cells = sorted(counts, key=lambda cell: cell.signature)
    groups = [make_group(part, counts) for part in joined([c for c in cells if settled(c)], same_document)]
    for wave in (partly_dated, titled, bare):
        groups += attach([c for c in cells if not settled(c) and wave(c)], groups, counts)
    return groups


def partly_dated(cell: Cell) -> bool:
    """Tell whether a year, a month or a term is known."""
    return bool(cell.date or cell.term)


def titled(cell: Cell) -> bool:
    """Tell whether only the subject is known."""
    return not partly_dated(cell) and bool(cell.title)


def bare(cell: Cell) -> bool:
    """Tell whether nothing but the number is known."""
    return not partly_dated(cell) and not cell.title


def make_group(cells: Sequence[Cell], counts: dict[Cell, tuple[int, int]], candidates: Iterable[int] = ()) -> Group:
    """Return the group of `cells`."""
    titles = frozenset(cell.title for cell in cells if cell.title)
    own = {cell: counts[cell] for cell in cells}
    return Group(list(cells), own, tuple(candidates), titles=titles, date=likeliest_date(own))


def likeliest_date(counts: dict[Cell, tuple[int, int]]) -> str:
    """Return the date that most claims give, then most mentions, then the table, then the earliest.

    Pictures that were recognised have a say only where no text gives a day.
    """
    texts = {cell: count for cell, count in counts.items() if not cell.recognised}
    if any(cell.full_date for cell in texts):
        counts = texts
    votes: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for cell, (claims, mentioned) in counts.items():
        if cell.date:
            votes[cell.date] += claims
            mentions[cell.date] += mentioned
    full = [date for date in votes if len(date) == 10] or list(votes)
    if len(full) < 2:
        return full[0] if full else ""
    nkey = next((cell.nkey for cell in counts if cell.nkey), "")
    return min(full, key=lambda d: (-votes[d], -mentions[d], sure_row(nkey, d) is None, d))


def joined(cells: Sequence[Cell], together: Callable[[Cell, Cell], bool]) -> list[list[Cell]]:
    """Return the parts into which `together` joins `cells`, also through others; those of one place are compared.

    A cell is compared with a part until it meets one of it: where most are one document that is soon.
    """
    buckets: dict[tuple[str, ...], list[list[int]]] = defaultdict(list)
    for place, cell in enumerate(cells):
        parts = buckets[cell.place[:2]]
        met = [part for part in parts if any(together(cells[other], cell) for other in part)]
        buckets[cell.place[:2]] = [part for part in parts if not any(part is one for one in met)]
        buckets[cell.place[:2]].append([*chain.from_iterable(met), place])
    ordered = sorted(sorted(part) for parts in buckets.values() for part in parts)
    return [[cells[place] for place in part] for part in ordered]


def same_body(a: Cell, b: Cell) -> bool:
    """Tell whether the issuing bodies of two cells with certain issuers can be one."""
    if a.place[:2] != b.place[:2] or not shares_key(a, b):
        return False
    if any(x and y and x != y for x, y in zip(a.place[2:], b.place[2:], strict=True)):
        return False
    if a.place[0] in {"xã", "huyện"} and bool(a.place[3]) != bool(b.place[3]):
        return a.date == b.date and a.full_date and (likeness(a.title, b.title) or 0) >= MATCH
    x, y = set(a.organ.split()), set(b.organ.split())
    return not x or not y or x <= y or y <= x


def shares_key(a: Cell, b: Cell) -> bool:
    """Tell whether two cells of one component meet directly, not only through a third."""
    if a.keys == b.keys:
        return True
    return not set(a.keys).isdisjoint(b.keys) and not other_number(a, b)


def other_number(a: Cell, b: Cell) -> bool:
    """Tell whether two laws of one name are two by their numbers: Luật Thanh tra 56/2010/QH12 and 11/2022/QH15.

    A slip leaves the number or the year as it was, or the day.
    """
    if a.nkey == b.nkey or a.line != "fixed" or b.line != "fixed" or (a.full_date and a.date == b.date):
        return False
    one, other = split_key(a.nkey), split_key(b.nkey)
    return one[0] != other[0] and one[1] != other[1]


def same_document(a: Cell, b: Cell) -> bool:
    """Tell whether two settled cells are one document by key, day and title."""
    if not same_body(a, b):
        return False
    if a.line == b.line == "fixed" or a.date == b.date:
        return True
    if "fixed" in {a.line, b.line}:  # a law by number and one by name with its day
        return a.date == b.date
    alike = likeness(a.title, b.title)
    contradicting = alike is not None and alike < CONTRADICT
    if terms_of(a.date, a.line, a.place[0] != "") & terms_of(b.date, b.line, b.place[0] != ""):
        return (slip(a.date, b.date) and not contradicting) or (alike is not None and alike >= MATCH)
    if a.date[4:] != b.date[4:] or not one_digit(a.date, b.date) or contradicting:
        return False
    return a.line == "party" or (alike is not None and alike >= MATCH)


def slip(a: str, b: str) -> bool:
    """Tell whether two full dates differ by one digit, or by day and month exchanged: 03/6/2013 and 06/3/2013."""
    return one_digit(a, b) or (a[:4] == b[:4] and (a[5:7], a[8:]) == (b[8:], b[5:7]))


def one_digit(a: str, b: str) -> bool:
    """Tell whether exactly one digit differs."""
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def place_strangers(strangers: Sequence[Cell], known: dict[Cell, str]) -> tuple[dict[Cell, str], list[list[Cell]]]:
    """Return which document each cell of unknown place belongs to, and the rest in groups of their own.

    All cells bear one number and one day; `known` are those whose place is known, with their documents. A local number
    without a place merges only where day and subject agree and no province or name speaks against it, or day and
    province for a committee's letters that the province's bodies share, and with one document only.
    """
    found: dict[Cell, str] = {}
    rest = []
    for cell in sorted(strangers, key=lambda c: c.signature):
        fits = {document for other, document in known.items() if is_near(cell, other)}
        if len(fits) == 1:
            found[cell] = fits.pop()
        else:
            rest.append(cell)
    return found, joined(rest, is_near)


def is_near(a: Cell, b: Cell) -> bool:
    """Tell whether two local documents of one number and day have one subject, or were issued in one province.

    Offices of all provinces plan the same on one day: where neither province is known the subject must say much.
    """
    if any(x and y and x != y for x, y in zip(a.place, b.place, strict=True)):
        return False
    home = a.place[3] or b.place[3]
    if a.letters.endswith("tu") and a.place[3] == b.place[3] != "":
        return True
    told = min(len(a.title.split()), len(b.title.split()))
    return (likeness(a.title, b.title) or 0) >= MATCH and (home != "" or told >= TELLING)


def attach(cells: Sequence[Cell], groups: list[Group], counts: dict[Cell, tuple[int, int]]) -> list[Group]:
    """Join each cell to the only one of `groups` that it fits; return new groups, ambiguous ones with candidates."""
    decided = [(cell, fitting_groups(cell, groups)) for cell in cells]
    for cell, fits in decided:
        if len(fits) == 1:  # its subject does not become one that decides
            fits[0].cells.append(cell)
            fits[0].counts[cell] = counts[cell]
    for group in groups:
        group.date = likeliest_date(group.counts)
    several = [make_group([cell], counts, indices(fits, groups)) for cell, fits in decided if len(fits) > 1]
    lone = undated([cell for cell, fits in decided if not fits])
    return several + [make_group(part, counts) for part in lone]


def undated(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Return the parts of the cells that fit no dated group; those that differ in their bounds only count as one."""
    alike: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        alike[cell.keys, cell.place, cell.organ, cell.date, cell.term, cell.title].append(cell)
    parts = joined([same[0] for same in alike.values()], same_undated)
    whole = {same[0]: same for same in alike.values()}
    order = {cell: place for place, cell in enumerate(cells)}
    found = [sorted(chain.from_iterable(whole[cell] for cell in part), key=order.__getitem__) for part in parts]
    return sorted(found, key=lambda part: order[part[0]])


def indices(fits: Sequence[Group], groups: Sequence[Group]) -> list[int]:
    """Return where `fits` stand in `groups`."""
    wanted = {id(group) for group in fits}
    return [number for number, group in enumerate(groups) if id(group) in wanted]


def fitting_groups(cell: Cell, groups: Sequence[Group]) -> list[Group]:
    """Return the groups that an undated cell can mean: those with its subject, else those that nothing contradicts."""
    possible = [group for group in groups if not group.candidates and can_mean(cell, group)]
    alike = {id(group): best_likeness(cell, group) for group in possible}
    matching = [group for group in possible if (alike[id(group)] or 0) >= MATCH]
    return matching or [group for group in possible if not contradicted(alike[id(group)])]


def contradicted(alike: float | None) -> bool:
    """Tell whether two subjects are too unlike for one document."""
    return alike is not None and alike < CONTRADICT


def best_likeness(cell: Cell, group: Group) -> float | None:
    """Return the likeness of the cell's subject to the nearest of the group's, None when nothing can be compared."""
    found = [alike for title in group.titles if (alike := likeness(cell.title, title)) is not None]
    return max(found, default=None)


def can_mean(cell: Cell, group: Group) -> bool:
    """Tell whether issuer, known part of the date, term and the report's year allow `cell` to mean `group`."""
    if not any(meets(cell, other) for other in group.cells):
        return False
    date = group.date
    if cell.line == "named" and any(cell.term != other.term for other in group.cells if other.line == "named"):
        return False
    if cell.date and date and not (date.startswith(cell.date) or cell.date.startswith(date)):
        return False
    if cell.bound and date and date[:4] > cell.bound:
        return False
    if cell.line != "named" and cell.term and date:
        return cell.term in terms_of(date, "party", False)
    return True


def meets(cell: Cell, other: Cell) -> bool:
    """Tell whether an undated cell's body is the other's; a place without its province counts when nothing speaks
    against it, for the groups are few."""
    if not shares_key(cell, other) or cell.place[:2] != other.place[:2]:
        return False
    if any(x and y and x != y for x, y in zip(cell.place[2:], other.place[2:], strict=True)):
        return False
    x, y = set(cell.organ.split()), set(other.organ.split())
    return not x or not y or x <= y or y <= x


def same_undated(a: Cell, b: Cell) -> bool:
    """Tell whether two cells that fit no dated group are one document."""
    if not meets(a, b) or a.date[:4] != b.date[:4] or a.term != b.term:
        return False
    if not (a.date.startswith(b.date) or b.date.startswith(a.date)):
        return False
    alike = likeness(a.title, b.title)
    return alike is None or alike >= MATCH


# ---- readable ids ---------------------------------------------------------------------------------------------------


def name_groups(groups: Sequence[Group]) -> None:
    """Give each group its id: readable, and a function of the component alone."""
    taken: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        taken[slug(group)].append(group)
    for base, same in taken.items():
        ordered = sorted(same, key=lambda g: (g.date or "9999", min(c.signature for c in g.cells)))
        for number, group in enumerate(ordered):
            group.id = base if number == 0 else f"{base}-{digest(min(c.signature for c in group.cells))}"


def slug(group: Group) -> str:
    """Return the readable id of a group: "nq-25-tw-2013", "kh-35-ubnd-bach-thong-2022", "luat-tiep-cong-dan"."""
    cell = representative(group)
    if cell.nkey:
        return numbered_slug(group, cell)
    mark = cell.own or cell.keys[0]
    if cell.line == "named" and cell.keys[0].startswith("law"):
        parts = ["luat", *cell.keys[0].split()[1:], "sua-doi" if cell.term else "", group.date[:4]]
        return "-".join(filter(None, parts))
    if cell.keys[0].startswith("meeting"):
        parts = [cell.family, *cell.keys[0].split()[1:-1]]
        return "-".join(filter(None, [*map(fold, parts), digest(cell.title) if cell.title else ""])).replace(" ", "-")
    issuer = cell.organ if mark.startswith("file ") else ""
    return "-".join(filter(None, [cell.family, issuer, group.date[:4], digest(mark)]))


def numbered_slug(group: Group, cell: Cell) -> str:
    """Return the id of a document with a number."""
    number, year, letters, issuer = split_key(cell.nkey)
    kind = (letters if FAMILIES.get(letters, letters) == cell.family else cell.family) or DISPATCH
    tail = [cell.letters + re.sub(r"^\D+", "", issuer[0]), *issuer[1:]] if issuer else []
    # a district's name stands bare; a province and a commune can bear the same one
    level = {"tỉnh": "tinh", "xã": "xa"}.get(cell.place[0], "")
    place = f"{level} {cell.place[1]}".strip().replace(" ", "-")
    own = digest(cell.own or cell.signature) if not cell.known else ""
    parts = [kind, number.replace(".", "-"), year, *tail, place, "" if year else group.date[:4], own]
    return "-".join(filter(None, parts))


def representative(group: Group) -> Cell:
    """Return the cell that most claims share, a certain issuer and the group's date before others."""
    date = group.date
    return min(
        group.cells,
        key=lambda c: (not c.known, not c.nkey, c.date != date, -group.counts[c][0], c.signature),
    )


def digest(text: str) -> str:
    """Return six letters and digits that stand for `text`."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:6]
