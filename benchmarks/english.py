"""English text that cites court decisions and statutes, as dense in citations as wanted: what eyecite reads.

    The committee reviewed the budget for the year. Miller v. Baker, 412 U.S. 218, 224 (1973). … Baker, 412 U.S. at 231.

Half of the citations are full, the others short, "Id." or of statutes, as briefs have them; the words between them say
nothing and only set the density.
"""

from __future__ import annotations

import random

NAMES = ("Miller", "Baker", "Turner", "Carter", "Parker", "Cooper", "Fisher", "Walker", "Mason", "Porter", "Weaver")
REPORTERS = ("U.S.", "F.2d", "F.3d", "S. Ct.", "F. Supp.", "Cal. 4th", "N.Y.2d", "P.2d")
FILLER = (
    "the committee reviewed its budget for this year and found that most of the local offices had met their plan while "
    "some others asked for more time because staff were absent or the weather had delayed the work on roads and schools"
)


def english(citations: int, characters: int, seed: int = 1) -> str:
    """Return a text of about `characters` characters with so many citations, spread evenly."""
    chance, words = random.Random(seed), FILLER.split()
    parts: list[str] = []
    length = 0
    known = first = ("Miller", "Baker", 412, "U.S.", 218, 1973)
    for number in range(citations):
        cited, known = citation(chance, number, known or first)
        while length + len(cited) < (number + 1) * characters // citations:
            filler = " ".join(chance.choices(words, k=12)).capitalize() + "."
            parts.append(filler)
            length += len(filler) + 1
        parts.append(cited)
        length += len(cited) + 1
    return " ".join(parts)


Case = tuple[str, str, int, str, int, int]


def citation(chance: random.Random, number: int, known: Case) -> tuple[str, Case]:
    """Return the words of citation `number`, and the case that a short form after it means."""
    _, loser, volume, reporter, page, _ = known
    form = number % 8
    if form in {1, 5}:
        return f"{loser}, {volume} {reporter} at {page + chance.randrange(1, 40)}.", known
    if form == 3:
        return f"Id. at {page + chance.randrange(1, 40)}.", known
    if form == 7:
        return f"{chance.randrange(1, 50)} U.S.C. § {chance.randrange(100, 4000)}.", known
    one, other = chance.sample(NAMES, 2)
    new = (
        one,
        other,
        chance.randrange(100, 500),
        chance.choice(REPORTERS),
        chance.randrange(1, 900),
        chance.randrange(1950, 2010),
    )
    return f"{one} v. {other}, {new[2]} {new[3]} {new[4]}, {new[4] + 3} ({new[5]}).", new
