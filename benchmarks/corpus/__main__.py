"""Write a corpus of any size: documents as offices have them, made of the tables, the same for the same seed.

    python -m benchmarks.corpus --documents 100000 --seed 1 --into DIR

Cascades from a directive of the centre to plans and reports of communes, state and Party, before and after 1 July 2025.
Of a thousand documents about 350 are plans, 280 reports, 250 letters, 70 decisions and notices, the rest programmes;
plans and letters have 2 to 8 kB, reports 10 to 40, evenly on a logarithmic scale; the median is about 5 kB. One report
in five has footnotes, one in five a table; one file in a hundred each is in NFD, hard-broken, with Ð for Đ, or of
Windows. A folder holds a thousand files. The first thousand of a large corpus are those of a small one.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.corpus.cascades import Paper, papers
from benchmarks.corpus.texts import text_of
from kg.fold import fold

FOLDER = 1_000  # files in one folder


def write(into: Path, documents: int, seed: int) -> int:
    """Write the corpus below `into`; return its bytes."""
    total = 0
    for number, (name, text) in enumerate(files(documents, seed)):
        folder = into / f"{number // FOLDER:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        (folder / name).write_bytes(data)
        total += len(data)
    return total


def files(documents: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file."""
    for number, paper in enumerate(islice(papers(seed), documents)):
        yield f"{number:06d}-{slug(paper)}.txt", text_of(paper, random.Random(f"{seed} text {number}"))


def slug(paper: Paper) -> str:
    """Return what an office calls the file: "35-KH-UBND-xa-sy-binh"."""
    words = f"{paper.full.replace('/', '-')} {paper.office.place.type} {paper.office.place.name}"
    return "-".join("".join(letter if letter.isalnum() else " " for letter in fold(words)).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, required=True)
    given = parser.parse_args()
    total = write(given.into, given.documents, given.seed)
    print(f"{given.documents:,} documents, {total / 1e6:.1f} MB, in {given.into}")


if __name__ == "__main__":
    main()
