"""Measure analysis, building and asking beside raw engines: the same text and the same words, in one run.

    python -m benchmarks.search_speed FILE [--passages 1000 10000 100000] [--whoosh 10000] [--json]

FILE is articles.jsonl.gz ({id,title,text}); its paragraphs are the passages. For each number of passages are printed
the megabytes of text analysed in a second of the processor, the passages built in a second, the work of the processor
for each (which other programs disturb less), the memory at its highest while indexing, and for each kind of query
p50/p95 in milliseconds, always with the count and the ten best given back:

    words     raw tantivy, asked for the words that were typed and nothing else
    terms     raw tantivy, asked for the product's terms, also those that only rank, as a query that is ready; the
              same facts given back
    engine    the product's engine, given a parsed query
    marked    the product from the typed text to marks and snippets
    fts5, whoosh, xapian    asked for the words

The ratios are those of the medians to `words` and, in brackets, to `terms`. Whoosh builds some 200 passages a second
and is left out above the number given with --whoosh; Xapian is left out where this Python has none.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.raw_engines import TOP, Asked, Raw, RawFts5, RawTantivy, RawWhoosh, RawXapian, SameTerms, xapian
from kg.fold import without_marks
from search import engine
from search.analysis import terms, tidy
from search.engines.tantivy import TantivyEngine, within
from search.index import Engine, SearchPassage
from search.query import ParsedQuery, parse
from search.references import references
from search.search import search

ROUNDS = 60  # queries of each kind
YEAR = "2010"
SIZES = (1_000, 10_000, 100_000)
SLOW = 10_000  # passages that Whoosh is given at most


def passages(file: Path, most: int) -> Iterator[SearchPassage]:
    """Yield the first paragraphs of the articles, each article as a report."""
    return islice(paragraphs(file), most)


def paragraphs(file: Path) -> Iterator[SearchPassage]:
    """Yield the paragraphs of the articles; the years go round."""
    count = 0
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            year = str(2000 + count % 24)
            for ordinal, text in enumerate(part for part in row["text"].split("\n") if len(part) > 20):
                yield SearchPassage(
                    f"{row['id']}#{ordinal}", row["id"], ordinal, (row["title"],), "item", text, year=year
                )
                count += 1


# ---- the queries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """One query as a person types it and as a raw engine is asked."""

    typed: str
    asked: Asked


def queries(found: list[SearchPassage]) -> dict[str, list[Query]]:
    """Return queries of each kind, made of words that stand side by side in passages, the same in every run."""
    one, two, three = (list(runs(found, length)) for length in (1, 2, 3))
    numbers = list(named(found))
    return {
        "one word": [Query(run, Asked("exact", exact(run))) for run in one],
        "three words": [Query(run, Asked("exact", exact(run))) for run in three],
        "phrase": [Query(f'"{run}"', Asked("exact", exact(run), phrase=True)) for run in two],
        "without marks": [Query(plain, Asked("folded", exact(plain))) for plain in map(without_marks, three)],
        "number": [Query(number, Asked("exact", exact(number))) for number in numbers],
        "in one year": [Query(f"{run} năm:{YEAR}", Asked("exact", exact(run), year=YEAR)) for run in two],
        "prefix": [Query(f"{run[:4]}*", Asked("exact", exact(run[:4]), prefix=True)) for run in one],
    }


def exact(text: str) -> tuple[str, ...]:
    """Return the terms of a text."""
    return tuple(terms(text).exact)


def runs(found: list[SearchPassage], length: int) -> Iterator[str]:
    """Yield runs of so many words, in small letters, from passages taken at random."""
    chance = random.Random(7)
    made = 0
    while made < ROUNDS:
        words = [word for word in chance.choice(found).text.split() if word.isalpha() and len(word) > 1]
        if len(words) > length:
            start = chance.randrange(len(words) - length)
            yield " ".join(words[start : start + length]).casefold()
            made += 1


def named(found: list[SearchPassage]) -> Iterator[str]:
    """Yield numbers of documents from passages taken at random; passages without are passed over."""
    texts = [tidy(passage.text) for passage in random.Random(7).sample(found, len(found))]
    spelt = (text[one.number_start : one.end] for text in texts for one in references(text) if one.whole)
    return islice(spelt, ROUNDS)


# ---- measuring ------------------------------------------------------------------------------------------------------


def seconds(act: Callable[[], object]) -> float:
    """Return the seconds that `act` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def timed(ask: Callable[[], object]) -> float:
    """Return the milliseconds that `ask` takes, the better of two."""
    return 1000 * min(seconds(ask) for _ in range(2))


def middle(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    times = sorted(times)
    return {"p50": times[len(times) // 2], "p95": times[len(times) * 95 // 100]}


def filled(directory: Path, found: Iterable[SearchPassage]) -> Engine:
    """Return the product's index of the passages."""
    index = engine("tantivy")[0].create(directory)
    index.add(found)
    index.commit("1")
    return index


def raw_engines(most: int, slow: int) -> list[type[Raw]]:
    """Return the engines to measure beside for so many passages."""
    chosen: list[type[Raw]] = [RawTantivy, RawFts5]
    try:
        xapian()
    except ImportError:
        print("Xapian is left out: this Python has no module of it.", file=sys.stderr)
    else:
        chosen.append(RawXapian)
    return [*chosen, RawWhoosh] if most <= slow else chosen


def measure(file: Path, most: int, slow: int = SLOW) -> dict[str, Any]:
    """Return all figures for the first `most` passages; Whoosh is asked where these are at most `slow`."""
    found = list(passages(file, most))
    gc.freeze()  # the passages of the measurement are no work for the engines
    size = sum(len(passage.text.encode()) for passage in found) / 1e6
    figures: dict[str, Any] = {"passages": len(found), "megabytes": size, "peak_megabytes": peak_of_build(file, most)}
    began = time.process_time()
    for passage in found:
        terms(passage.text)
    figures["analysed_megabytes_per_second"] = size / (time.process_time() - began)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        rates: dict[str, dict[str, float]] = {}

        def built(name: str, make: Callable[[], Any]) -> Any:
            began, worked = time.perf_counter(), time.process_time()
            made = make()
            took = {"passages_per_second": len(found) / (time.perf_counter() - began)}
            rates[name] = took | {"processor_microseconds": 1e6 * (time.process_time() - worked) / len(found)}
            return made

        product = built("engine", lambda: filled(Path(place, "index"), found))
        raw = [
            built(kind.name, lambda kind=kind: kind(Path(place, kind.name), found)) for kind in raw_engines(most, slow)
        ]  # type: ignore[misc]
        built(SameTerms.name, lambda: SameTerms(Path(place, "same"), found)).close()
        search(product, "dân vận")  # the first query waits for imports
        figures["building"] = rates
        figures["queries"] = {kind: row(some, product, raw) for kind, some in queries(found).items()}
        for opened in (product, *raw):
            opened.close()
    return figures


def row(some: list[Query], product: TantivyEngine, raw: list[Raw]) -> dict[str, Any]:
    """Return the times of one kind of query, and the ratios of the medians."""
    times: dict[str, list[float]] = {name: [] for name in ("words", "terms", "engine", "marked")}
    for query in some:
        for other in raw:
            name = "words" if other.name == "tantivy" else other.name
            times.setdefault(name, []).append(timed(lambda: other.ask(query.asked)))  # noqa: B023
        for name, ask in product_ways(query.typed, product).items():
            times[name].append(timed(ask))
    found = {name: middle(of) for name, of in times.items()}
    ratios = {
        name: {base: found[name]["p50"] / found[base]["p50"] for base in ("words", "terms")}
        for name in found
        if name != "words"
    }
    return {**found, "ratios": ratios}


def product_ways(typed: str, product: TantivyEngine) -> dict[str, Callable[[], object]]:
    """Return the ways to ask the product, and tantivy for the product's own terms."""
    query: ParsedQuery = parse(typed)
    ready = within(query, None)

    def same_terms() -> None:
        found: Any = product.searcher.search(ready, TOP, count=True)
        for _, address in found.hits:
            json.loads(product.searcher.doc(address).get_first("body"))

    return {
        "terms": same_terms,
        "engine": lambda: product.search(query, TOP),
        "marked": lambda: search(product, typed, limit=TOP),
    }


# ---- memory ---------------------------------------------------------------------------------------------------------


def peak_of_build(file: Path, most: int) -> float | None:
    """Return the megabytes that a process of its own holds at most while it builds the product's index."""
    command = [sys.executable, "-m", "benchmarks.search_speed", str(file), "--passages", str(most), "--memory"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def build_and_weigh(file: Path, most: int) -> float | None:
    """Build the index from passages as they are read; return the megabytes held at most, None on Windows."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        filled(Path(place, "index"), passages(file, most)).close()
    try:
        import resource
    except ImportError:
        return None
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


# ---- output ---------------------------------------------------------------------------------------------------------


def shown(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the lines for one number of passages."""
    peak = figures["peak_megabytes"]
    yield (
        f"{figures['passages']} passages, {figures['megabytes']:.1f} MB; analysed "
        f"{figures['analysed_megabytes_per_second']:.1f} MB/s; indexed with at most "
        f"{'(not known here)' if peak is None else f'{peak:.0f} MB'}"
    )
    rates = figures["building"]
    for name, one in rates.items():
        ratios = [f"{one[part] / rates['tantivy'][part]:.2f}" for part in one]
        yield (
            f"built by {name}: {one['passages_per_second']:.0f} a second (x {ratios[0]}), "
            f"{one['processor_microseconds']:.0f} µs of the processor for each (x {ratios[1]})"
        )
    for kind, one in figures["queries"].items():
        times = [f"{name} {one[name]['p50']:.2f}/{one[name]['p95']:.2f}" for name in one if name != "ratios"]
        ratios = [f"{name} {of['words']:.1f} ({of['terms']:.1f})" for name, of in one["ratios"].items()]
        yield f"{kind:14} {'  '.join(times)}   x {', '.join(ratios)}"


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES)
    parser.add_argument("--whoosh", type=int, default=SLOW, help="the most passages that Whoosh is given")
    parser.add_argument("--memory", action="store_true", help="only build, and print the megabytes held at most")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if arguments.memory:
        print(json.dumps(build_and_weigh(arguments.file, arguments.passages[0])))
        return
    for most in arguments.passages:
        figures = measure(arguments.file, most, arguments.whoosh)
        print(json.dumps(figures) if arguments.json else "\n".join(shown(figures)), flush=True)


if __name__ == "__main__":
    main()
