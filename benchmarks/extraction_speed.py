"""Measure reading and extraction on one core beside what people would run instead, all in one run.

    python -m benchmarks.extraction_speed FILE... [--articles FILE] [--megabytes N] [--times N] [--adversarial] [--json]

FILE are reports or folders of reports. Three questions, each a ratio:

scan       how long all of it takes beside one regular expression that seeks numbers with a symbol in the same text;
           with `--articles` also over articles of law (lines of JSON with a "text", gzipped), which cite little
eyecite    citations a second beside eyecite on English text with as many citations in as many characters; left out,
           with the reason, where eyecite is not installed: `pip install eyecite` into an environment of its own
growth     the time for N times the text to the time for one: of the reports, and with `--adversarial` of texts that no
           clerk writes (benchmarks/adversarial.py)
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import random
import re
from functools import partial
from pathlib import Path

from benchmarks.adversarial import TEXTS
from benchmarks.english import english
from benchmarks.timing import best
from ingest.citations import find_citations
from ingest.header import read_header
from ingest.letters import flatten
from ingest.names import find_names
from ingest.pipeline import extract_text
from ingest.read import parse, read_text
from ingest.resolve import resolve

# 25-NQ/TW, 33/CT-TTg, 15/2020/QĐ-TTg, 177/UBND-NV
SCAN = re.compile(r"\b\d+(?:/\d{4})?[-/][A-ZĐ]\w*(?:[-/][A-ZĐ]\w*)*")
SMALL = 10_000  # characters of an adversarial text before it grows

Figures = dict[str, "float | str | Figures"]


def main() -> None:
    """Measure what the command line asks for and print it."""
    options = arguments()
    texts = [read_text(path).source for path in files(options.files)]
    found: Figures = {}
    if texts:
        found["reports"] = beside_scan(texts)
        found["eyecite"] = beside_eyecite(texts)
        found["growth"] = growth("\n\n".join(texts), options.times)
    if options.articles:
        found["articles"] = beside_scan(articles(options.articles, options.megabytes, options.seed))
    if options.adversarial:
        found["growth of adversarial texts"] = adversarial(options.times)
    print(json.dumps(found, indent=1) if options.json else "\n".join(lines(found)))


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=Path, help="articles of law, as lines of JSON, gzipped")
    parser.add_argument("--megabytes", type=float, default=8, help="how much of the articles (default 8)")
    parser.add_argument("--seed", type=int, default=1, help="which of the articles (default 1)")
    parser.add_argument("--times", type=int, default=10, help="how often a text is repeated to see its time grow")
    parser.add_argument("--adversarial", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def files(places: list[Path]) -> list[Path]:
    """Return the text files named and those in the folders named."""
    inside = (sorted(place.rglob("*.txt")) if place.is_dir() else [place] for place in places)
    return [path for group in inside for path in group]


def articles(path: Path, megabytes: float, seed: int) -> list[str]:
    """Return articles drawn by chance, the same for the same seed, of so many megabytes in all."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    random.Random(seed).shuffle(texts)
    drawn: list[str] = []
    size = 0.0
    while texts and size < megabytes * 1e6:
        drawn.append(texts.pop())
        size += len(drawn[-1].encode())
    return drawn


def extract_all(texts: list[str]) -> int:
    """Read and extract the texts one by one; return how many citations they hold."""
    return sum(len(extract_text(parse(text), "text.txt").mentions) for text in texts)


def beside_scan(texts: list[str]) -> Figures:
    """Return the speed of the whole, and its time as a multiple of the scan's."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    citations = extract_all(texts)
    whole = best(lambda: extract_all(texts))
    scan = best(lambda: [SCAN.findall(text) for text in texts])
    return {
        "texts": len(texts),
        "megabytes": round(size, 3),
        "megabytes a second": round(size / whole, 2),
        "citations a second": round(citations / whole),
        "scan, megabytes a second": round(size / scan, 1),
        "times the scan": round(whole / scan, 1),
    }


def cite_all(texts: list[str]) -> int:
    """Find and resolve the citations alone, as eyecite does; return how many there are."""
    found = 0
    for source in texts:
        text = parse(source)
        flat = flatten(text.content)
        numbered = find_citations(flat, text.blocks)
        named = find_names(flat, text.blocks, [(c.start, c.end) for c in numbered])
        found += len(resolve(flat, numbered, named, read_header(text, flat)).citations)
    return found


def beside_eyecite(texts: list[str]) -> Figures:
    """Return citations a second of both programs at the same density."""
    try:
        from eyecite import get_citations, resolve_citations
    except ImportError:
        return {"left out": "eyecite is not installed: pip install eyecite"}
    logging.disable(logging.WARNING)
    ours = cite_all(texts)
    sample = [english(max(1, ours // len(texts)), sum(map(len, texts)) // len(texts), seed) for seed in (1, 2)]
    theirs = sum(len(get_citations(text)) for text in sample)
    per_second = theirs / best(lambda: [resolve_citations(get_citations(text)) for text in sample])
    alone = ours / best(lambda: cite_all(texts))
    whole = ours / best(lambda: extract_all(texts))
    return {
        "citations in 1,000 characters, ours": round(ours / sum(map(len, texts)) * 1000, 2),
        "citations in 1,000 characters, English": round(theirs / sum(map(len, sample)) * 1000, 2),
        "eyecite, citations a second": round(per_second),
        "found and resolved, citations a second": round(alone),
        "times eyecite, found and resolved": round(alone / per_second, 1),
        "times eyecite, with header, relations and deeds": round(whole / per_second, 1),
    }


def growth(text: str, times: int) -> Figures:
    """Return how the time grows when a text is repeated."""
    once = best(lambda: extract_all([text]))
    often = best(lambda: extract_all(["\n\n".join([text] * times)]), 2)
    return {f"time for {times} times the text": round(often / once, 1)}


def adversarial(times: int) -> Figures:
    """Return how the time grows with each adversarial text."""
    found: Figures = {}
    for name, make in TEXTS.items():
        small, large = make(SMALL), make(SMALL * times)
        found[name] = round(best(partial(extract_all, [large]), 2) / best(partial(extract_all, [small])), 1)
    return found


def lines(figures: Figures, indent: str = "") -> list[str]:
    """Return figures as lines, those of a part below its name."""
    found = []
    for name, value in figures.items():
        found += [f"{indent}{name}", *lines(value, indent + "  ")] if isinstance(value, dict) else []
        found += [] if isinstance(value, dict) else [f"{indent}{name:50} {value}"]
    return found


if __name__ == "__main__":
    main()
