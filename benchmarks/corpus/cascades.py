"""Cascades: a directive of the centre, the provincial plan for it, the plans of districts and communes, their reports.

The directives are those of data/central_documents.csv; a few are carried out everywhere and most in some provinces (the
n-th is chosen as often as 1 / (n + 2)). Places are the register's as they were on the day. Everything follows from the
seed and the number of the cascade, so the first thousand documents of a corpus are those of any larger one.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from benchmarks.corpus.offices import PARTY, Office, any_office, board, committee, peoples_committee
from data import table
from kg.register import Place, children, is_valid, provinces

TWO_LEVELS = date(2025, 7, 1)
LAST = date(2026, 9, 15)  # the register knows no later state
FIRST = ("25-NQ/TW", "33/CT-TTg")  # what is carried out most, as in the reports that we know
OLDEST = "2010"
KINDS = {  # letters, the least and the most bytes, the word in the letterhead
    "Kế hoạch": ("KH", 2_000, 8_000),
    "Chương trình hành động": ("CTr", 4_000, 12_000),
    "Báo cáo": ("BC", 10_000, 40_000),
    "Công văn": ("CV", 2_000, 4_500),
    "Quyết định": ("QĐ", 2_000, 4_500),
    "Thông báo": ("TB", 2_000, 5_000),
}
DEPARTMENTS = ("NV", "VP", "NC", "TH", "VHXH")


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as others name it."""

    type: str
    full: str
    day: date
    issuer: str
    subject: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One document to write: who, what, when, of what it speaks, which documents it names, and how long it is."""

    office: Office
    type: str
    full: str
    day: date
    subject: str
    topic: str
    cites: tuple[Cited, ...]
    size: int

    def cited(self) -> Cited:
        """Return the paper as the next ones name it."""
        return Cited(self.type, self.full, self.day, self.office.name, self.subject)


class Series:
    """The numbers that offices have given: one series for each office, type and year."""

    def __init__(self) -> None:
        self._last: Counter[tuple[str, str, str, int]] = Counter()

    def next(self, office: Office, type: str, day: date, chance: random.Random) -> str:
        """Return the next number: "35/KH-UBND", "35-KH/HU", "812/UBND-NV", "812-CV/HU"."""
        letters = KINDS[type][0]
        key = (office.place.code, office.letters, letters, day.year)
        self._last[key] += chance.randint(1, 5)
        number = f"{self._last[key]:02d}"
        if office.line == PARTY:
            return f"{number}-{letters}/{office.letters}"
        if type == "Công văn":
            return f"{number}/{office.letters}-{chance.choice(DEPARTMENTS)}"
        return f"{number}/{letters}-{office.letters}"


def papers(seed: int) -> Iterator[Paper]:
    """Yield papers without end, cascade by cascade; one in twenty belongs to none."""
    series = Series()
    for number in itertools.count():
        yield from Cascade(random.Random(f"{seed} {number}"), series).papers()


class Cascade:
    """One directive in one province."""

    def __init__(self, chance: random.Random, series: Series) -> None:
        self.chance, self.series = chance, series
        self.directive = chance.choices(directives(), cum_weights=weights())[0]
        two_levels = self.directive.day >= date(2025, 1, 1) or chance.random() < 0.2
        self.last = LAST if two_levels else TWO_LEVELS - timedelta(days=5)
        first = TWO_LEVELS + timedelta(days=5) if two_levels else self.directive.day
        self.begin = self.later(max(first, self.directive.day), 20, 150)
        self.party = "/TW" in self.directive.full
        self.province = chance.choice(provinces(self.begin.isoformat()))

    def papers(self) -> Iterator[Paper]:
        """Yield the province's papers, then those of the places below, each followed by what stands under it."""
        office = any_office(self.chance, self.party, self.province, None)
        type = "Chương trình hành động" if office.line == PARTY and self.chance.random() < 0.5 else "Kế hoạch"
        plan = self.paper(office, type, self.begin, (self.directive,))
        yield plan
        urge = self.paper(office, "Công văn", self.later(plan.day, 100, 500), (self.directive, plan.cited()))
        yield urge
        chain = (plan.cited(), self.directive)
        below = children(self.province, self.begin.isoformat())
        districts = any(place.level == "huyện" for place in below)
        for place in self.some(below, 4, 9) if districts else self.some(below, 12, 40):
            yield from self.place_papers(place, self.province, chain, urge.cited())
        yield self.paper(office, "Báo cáo", self.later(urge.day, 30, 300), (self.directive, plan.cited(), urge.cited()))

    def place_papers(self, place: Place, above: Place, chain: tuple[Cited, ...], urge: Cited) -> Iterator[Paper]:
        """Yield what the offices of a place write: a plan, sometimes a letter, a report; then those below it."""
        office = any_office(self.chance, self.party, place, above)
        day = self.later(chain[0].day, 10, 90)
        plan = None
        if self.chance.random() < 0.85:
            plan = self.paper(office, "Kế hoạch", day, chain)
            yield plan
            chain = (plan.cited(), *chain)
        if self.chance.random() < 0.45:
            yield self.paper(office, "Công văn", self.later(day, 20, 200), chain)
        if place.level == "huyện":
            for commune in self.some(children(place, day.isoformat()), 2, 6):
                yield from self.place_papers(commune, place, chain, urge)
        late = self.later(max(urge.day, day), 5, 60)
        if self.chance.random() < 0.55 and is_valid(place, late.isoformat()):
            yield self.paper(office, "Báo cáo", late, (urge, *chain))
        if self.chance.random() < 0.15:
            yield self.other(place, above)

    def other(self, place: Place, above: Place) -> Paper:
        """Return a paper that carries nothing out."""
        made = peoples_committee if self.chance.random() < 0.6 else board if self.chance.random() < 0.3 else committee
        type = self.chance.choice(("Quyết định", "Thông báo"))
        return self.paper(made(place, above), type, self.later(self.begin, 10, 400), ())

    def paper(self, office: Office, type: str, day: date, cites: tuple[Cited, ...]) -> Paper:
        """Return a paper about the documents `cites`, with a few others that it names in passing."""
        _, least, most = KINDS[type]
        size = round(least * (most / least) ** self.chance.random())
        topic = self.directive.subject if cites else self.chance.choice(side_documents()).subject
        aside = self.chance.choices(side_documents(), cum_weights=side_weights(), k=2 + size // 4_000)
        subject = subject_of(type, topic, cites, self.chance)
        return Paper(
            office,
            type,
            self.series.next(office, type, day, self.chance),
            day,
            subject,
            topic,
            (*cites, *dict.fromkeys(other for other in aside if other.day < day)),
            size,
        )

    def some(self, places: tuple[Place, ...], least: int, most: int) -> list[Place]:
        """Return between `least` and `most` of the places."""
        return self.chance.sample(places, min(len(places), self.chance.randint(least, most)))

    def later(self, day: date, least: int, most: int) -> date:
        """Return a working day some days after `day`, before the cascade's end."""
        found = min(day + timedelta(days=self.chance.randint(least, most)), self.last)
        return found - timedelta(days=max(found.weekday() - 4, 0))


def subject_of(type: str, topic: str, cites: tuple[Cited, ...], chance: random.Random) -> str:
    """Return what a paper is about: the carrying out of what it cites first, or its own topic."""
    if not cites:
        return f"công tác {topic}" if chance.random() < 0.5 else topic
    first = cites[0] if type != "Báo cáo" or chance.random() < 0.5 else cites[-1]
    of = f"{first.type} số {first.full} ngày {spoken(first.day)} của {first.issuer}"
    if type == "Báo cáo":
        return f"kết quả thực hiện {of} về {first.subject}"
    return f"triển khai thực hiện {of}" if chance.random() < 0.4 else f"thực hiện {of} về {first.subject}"


def spoken(day: date) -> str:
    """Return a day as texts have it: "03/6/2013"."""
    return f"{day:%d}/{month(day)}/{day.year}"


def month(day: date) -> str:
    """Return the month with a zero before the first two only, as the rule for papers has it."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


# ---- the documents of the centre ------------------------------------------------------------------------------------


@cache
def directives() -> tuple[Cited, ...]:
    """Return the directives that cascades start from, the one that is carried out most first."""
    found = [row for row in central() if row.type not in {"Luật", "Bộ luật", "Nghị định"} and row.full != "-"]
    found = [row for row in found if row.day.isoformat() >= OLDEST and row.day < date(2026, 3, 1)]
    random.Random(0).shuffle(found)
    return tuple(sorted(found, key=lambda row: FIRST.index(row.full) if row.full in FIRST else len(FIRST)))


@cache
def side_documents() -> tuple[Cited, ...]:
    """Return what papers name in passing: the directives, then laws and decrees."""
    return (*directives(), *(row for row in central() if row.type in {"Luật", "Bộ luật", "Nghị định"}))


@cache
def weights() -> tuple[float, ...]:
    """Return how often each of `directives` is chosen, added up."""
    return tuple(itertools.accumulate(1 / (place + 2) for place in range(len(directives()))))


@cache
def side_weights() -> tuple[float, ...]:
    """Return how often each of `side_documents` is named in passing, added up."""
    return tuple(itertools.accumulate(1 / (place + 2) for place in range(len(side_documents()))))


@cache
def central() -> tuple[Cited, ...]:
    """Return the table of central documents, those of a known day."""
    return tuple(
        Cited(
            row["type"][0].upper() + row["type"][1:],
            row["number"],
            date.fromisoformat(row["date"]),
            " ".join(filter(lambda part: part != "-", (row["issuer"], row["term"]))),
            row["subject"],
            tuple(row["aliases"].split(";")) if row["aliases"] != "-" else (),
        )
        for row in table("central_documents")
        if len(row["date"]) == 10 and row["number"] != "-" and row["subject"] != "-"
    )
