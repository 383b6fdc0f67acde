"""Measure reading and extraction beside the least that any program must do: find the numbers.

    python -m benchmarks.extraction_speed FILE... [--times N] [--json]

FILE are texts or folders of texts; `--times` repeats the pooled text to see whether the time grows with its length.
Prints megabytes and citations a second, the ratio of the time to that of the number pattern alone over the same text in
the same run, and the ratio of the time for N times the text to N times the time for one.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from ingest.letters import flatten
from ingest.pipeline import extract_text
from ingest.read import parse, read_text
from kg.numbers import find_numbers


def main() -> None:
    """Measure what the command line asks for and print it."""
    options = arguments()
    texts = [read_text(path).source for path in files(options.files)]
    pooled = "\n\n".join(texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    whole = best(lambda: [extract_text(parse(text, "text"), "text.txt") for text in texts])
    numbers = best(lambda: [list(find_numbers(flatten(text))) for text in texts])
    mentions = sum(len(extract_text(parse(text, "text"), "text.txt").mentions) for text in texts)
    once = best(lambda: extract_text(parse(pooled, "text"), "text.txt"), 1)
    often = best(lambda: extract_text(parse("\n\n".join([pooled] * options.times), "text"), "text.txt"), 1)
    found = {
        "files": len(texts),
        "megabytes": round(size, 3),
        "megabytes a second": round(size / whole, 3),
        "mentions a second": round(mentions / whole),
        "times the number pattern": round(whole / numbers, 1),
        f"time for {options.times} times the text": round(often / once, 1),
    }
    print(json.dumps(found, indent=1) if options.json else "\n".join(f"{k:32} {v}" for k, v in found.items()))


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def files(places: list[Path]) -> list[Path]:
    """Return the text files named and those in the folders named."""
    inside = (sorted(place.rglob("*.txt")) if place.is_dir() else [place] for place in places)
    return [path for group in inside for path in group]


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least of a few times that `work` took, in seconds."""
    took = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return min(took)


if __name__ == "__main__":
    main()
