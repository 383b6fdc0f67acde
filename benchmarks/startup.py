"""Measure the start of the program beside that of Python itself, all in one run.

    python -m benchmarks.startup [--store DIR] [--runs N] [--json]

Each command runs in a process of its own, in turn with `python -c pass`, N times; told is the median of the time by the
clock and of the processor's, each as a multiple of Python's own. Without a store only what needs none is asked.
The files stay in the system's cache: what is cold is the program, not the disk.

The questions are asked of what the store itself has: `who` of the directive that most sources carry out and of one
that few do, `search` for two words, `lineage` and `show` of the first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from kg.store import Store

RUNS = 7
OTHERS = ("--help", "--version", "who --help")
IMPLEMENTERS = """SELECT c.document, count(DISTINCT a.source) AS sources FROM actions a JOIN claims c ON c.id = a.claim
                  JOIN documents d ON d.id = c.document
                  WHERE a.action = 'implemented' AND d.state = 'sure' GROUP BY 1 ORDER BY 2 DESC, 1"""

Figures = dict[str, dict[str, float]]


def main() -> None:
    """Measure what the command line asks for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="the store that is asked")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure({"python -c pass": ["-c", "pass"], **commands(options.store)}, options.runs)
    print(json.dumps(found, indent=1, ensure_ascii=False) if options.json else "\n".join(lines(found)))


def commands(store: Path | None) -> dict[str, list[str]]:
    """Return what is run, by what it is called."""
    asked = {words: ["-m", "cli", *words.split()] for words in OTHERS}
    if store is not None:
        for name, words in questions(store).items():
            asked[name] = ["-m", "cli", "--store", str(store), *words]
    return asked


def questions(directory: Path) -> dict[str, list[str]]:
    """Return the questions that a store is asked, by what they are called."""
    with Store.open(directory) as store:
        told = [(row["document"], row["sources"]) for row in store.rows(IMPLEMENTERS)]
        sources = next(store.rows("SELECT count(*) FROM sources"))[0]
    most, few = told[0], min(told, key=lambda one: (abs(one[1] - 10), one[0]))
    return {
        f"stats of {sources:,} sources": ["stats"],
        f"who of a directive with {few[1]:,} sources": ["who", few[0]],
        f"who of a directive with {most[1]:,} sources": ["who", most[0]],
        "search for two words": ["search", "dân vận", "--limit", "3"],
        "show of the small one": ["show", few[0]],
        "lineage of the small one": ["lineage", few[0]],
    }


def measure(asked: dict[str, list[str]], runs: int) -> Figures:
    """Return for each command the medians of its times in milliseconds, and as multiples of those of the first."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for number in range(runs + 1):
        for name, words in asked.items():
            took = times_of([sys.executable, *words])
            if number:  # the first round fills the system's cache
                times[name].append(took)
    medians = {name: tuple(map(statistics.median, zip(*some, strict=True))) for name, some in times.items()}
    first = next(iter(medians.values()))
    return {
        name: {
            "ms": round(1000 * clock),
            "processor ms": round(1000 * processor),
            "times python": round(clock / first[0], 1),
            "times python, processor": round(processor / first[1], 1),
        }
        for name, (clock, processor) in medians.items()
    }


def times_of(command: list[str]) -> tuple[float, float]:
    """Return the seconds that a command takes by the clock and of the processor."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = of_children(), time.perf_counter()
    ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=surroundings)
    took = time.perf_counter() - began
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)}: {ran.stderr.decode(errors='replace')}")
    return took, of_children() - before


def of_children() -> float:
    """Return the processor seconds of the processes that have ended, as exactly as the system tells."""
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:  # Windows
        times = os.times()
        return times.children_user + times.children_system
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def lines(figures: Figures) -> list[str]:
    """Return the figures as lines."""
    names = list(next(iter(figures.values())))
    told = [f"{'':48}" + "".join(f"{name:>26}" for name in names)]
    return told + [f"{name:48}" + "".join(f"{row[column]:>26,}" for column in names) for name, row in figures.items()]


if __name__ == "__main__":
    main()
