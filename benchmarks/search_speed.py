"""Measure building and asking beside raw engines: the same text and the same words, in one run.

    python -m benchmarks.search_speed FILE [--passages N] [--json]

FILE is articles.jsonl.gz ({id,title,text}); its paragraphs are the passages. Prints passages a second, and for each
kind of query p50/p95 in milliseconds, with count and the first ten: raw tantivy (the same terms joined with AND and
nothing else to rank by), SQLite FTS5, the product's engine, and the product with marks and snippets; then the ratios of
the medians to raw tantivy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from kg.fold import without_marks
from search import engine
from search.analysis import terms
from search.index import Engine, SearchPassage
from search.query import parse
from search.search import search

TOP = 10
ROUNDS = 60  # queries of each kind
BLANKS = "blanks"
Must = tantivy.Occur.Must


def passages(file: Path, most: int) -> Iterator[SearchPassage]:
    """Yield the paragraphs of the articles, each article as a report."""
    count = 0
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            year = str(2000 + count % 24)
            for ordinal, text in enumerate(part for part in row["text"].split("\n") if len(part) > 20):
                if count == most:
                    return
                yield SearchPassage(
                    f"{row['id']}#{ordinal}", row["id"], ordinal, (row["title"],), "item", text, year=year
                )
                count += 1


# ---- the raw engines ------------------------------------------------------------------------------------------------


class RawTantivy:
    """tantivy with one field of exact and one of folded terms, given the same words."""

    def __init__(self, directory: Path, found: list[SearchPassage]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("year", tokenizer_name="raw", index_option="basic")
        for field in ("exact", "folded"):
            builder.add_text_field(field, tokenizer_name=BLANKS, index_option="position")
        self.schema = builder.build()
        directory.mkdir()
        self.index = tantivy.Index(self.schema, path=str(directory))
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer(BLANKS, splitter)
        writer = self.index.writer(60_000_000, 1)
        for passage in found:
            words = terms(passage.text)
            fields = {"exact": " ".join(words.exact), "folded": " ".join(words.folded), "year": passage.year}
            writer.add_document(tantivy.Document(body=passage.text, **fields))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, kind: str, words: list[str]) -> int:
        """Return how many passages were found; ten are fetched."""
        plain = terms(" ".join(words))
        field, sought = ("folded", plain.folded) if kind == "no marks" else ("exact", plain.exact)
        one = [tantivy.Query.term_query(self.schema, field, word, "freq") for word in sought]
        if kind == "phrase":
            query = tantivy.Query.phrase_query(self.schema, field, list(sought))
        elif kind == "prefix":
            query = tantivy.Query.fuzzy_term_query(
                self.schema, field, sought[0], distance=0, transposition_cost_one=False, prefix=True
            )
        else:
            if kind == "year":
                one.append(tantivy.Query.term_query(self.schema, "year", "2010", "basic"))
            query = tantivy.Query.boolean_query([(Must, each) for each in one])
        found: Any = self.searcher.search(query, TOP, count=True)
        for _, address in found.hits:
            self.searcher.doc(address)
        return int(found.count)


class Fts5:
    """SQLite FTS5 with a column of exact and one of folded terms."""

    def __init__(self, path: Path, found: list[SearchPassage]) -> None:
        self.database = sqlite3.connect(path)
        self.database.execute("CREATE VIRTUAL TABLE p USING fts5(exact, folded, year UNINDEXED, tokenize='unicode61')")
        for passage in found:
            words = terms(passage.text)
            row = (" ".join(words.exact), " ".join(words.folded), passage.year)
            self.database.execute("INSERT INTO p VALUES (?, ?, ?)", row)
        self.database.commit()

    def ask(self, kind: str, words: list[str]) -> int:
        """Return how many passages were found; ten are fetched in the order of BM25."""
        plain = terms(" ".join(words))
        column, sought = ("folded", plain.folded) if kind == "no marks" else ("exact", plain.exact)
        quoted = [" ".join(sought)] if kind == "phrase" else sought
        asked = " AND ".join(f'"{word}"' for word in quoted) + ("*" if kind == "prefix" else "")
        where = f"p MATCH '{column}: ({asked})'" + (" AND year = '2010'" if kind == "year" else "")
        self.database.execute(f"SELECT * FROM p WHERE {where} ORDER BY rank LIMIT {TOP}").fetchall()
        return int(self.database.execute(f"SELECT count(*) FROM p WHERE {where}").fetchone()[0])


# ---- the queries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of query: how many words it takes, and how they are typed."""

    words: int
    typed: Callable[[str], str]


KINDS = {
    "one word": Kind(1, str),
    "three words": Kind(3, str),
    "phrase": Kind(2, lambda words: f'"{words}"'),
    "no marks": Kind(3, without_marks),
    "year": Kind(2, lambda words: f"{words} năm:2010"),
    "prefix": Kind(1, lambda words: f"{words[:4]}*"),
}


def sample(found: list[SearchPassage], kind: Kind) -> list[list[str]]:
    """Return runs of words that stand side by side in passages, the same in every run."""
    chance = random.Random(7)
    runs: list[list[str]] = []
    while len(runs) < ROUNDS:
        words = [word for word in chance.choice(found).text.split() if word.isalpha() and len(word) > 1]
        if len(words) > kind.words:
            start = chance.randrange(len(words) - kind.words)
            runs.append([word.casefold() for word in words[start : start + kind.words]])
    return runs


def timed(ask: Callable[[], object]) -> float:
    """Return the milliseconds that `ask` takes, the better of two."""
    took = []
    for _ in range(2):
        began = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - began))
    return min(took)


def middle(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    times = sorted(times)
    return {"p50": times[len(times) // 2], "p95": times[len(times) * 95 // 100]}


def measure(file: Path, most: int) -> dict[str, Any]:
    """Return all figures for the first `most` passages."""
    found = list(passages(file, most))
    size = sum(len(passage.text.encode()) for passage in found) / 1e6
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        place = Path(directory)
        building: dict[str, float] = {}

        def built(name: str, make: Callable[[], Any]) -> Any:
            began = time.perf_counter()
            made = make()
            building[name] = len(found) / (time.perf_counter() - began)
            return made

        product: Engine = built("product", lambda: filled(place / "index", found))
        raw = built("tantivy", lambda: RawTantivy(place / "raw", found))
        fts5 = built("fts5", lambda: Fts5(place / "fts5.db", found))
        search(product, "dân vận")  # the first query waits for imports
        queries = {name: row(name, kind, sample(found, kind), (product, raw, fts5)) for name, kind in KINDS.items()}
        product.close()
        fts5.database.close()
    return {"passages": len(found), "megabytes": size, "passages_per_second": building, "queries": queries}


def filled(directory: Path, found: list[SearchPassage]) -> Engine:
    """Return the product's index of the passages."""
    index = engine(None)[0].create(directory)
    index.add(found)
    index.commit("1")
    return index


def row(name: str, kind: Kind, runs: list[list[str]], engines: tuple[Engine, RawTantivy, Fts5]) -> dict[str, Any]:
    """Return the times of one kind of query."""
    product, raw, fts5 = engines
    times: dict[str, list[float]] = {"tantivy": [], "fts5": [], "engine": [], "marked": []}
    for words in runs:
        text = kind.typed(" ".join(words))
        plain = [words[0][:4]] if name == "prefix" else words
        query = parse(text)
        times["tantivy"].append(timed(lambda plain=plain: raw.ask(name, plain)))  # type: ignore[misc]
        times["fts5"].append(timed(lambda plain=plain: fts5.ask(name, plain)))  # type: ignore[misc]
        times["engine"].append(timed(lambda query=query: product.search(query, TOP)))  # type: ignore[misc]
        times["marked"].append(timed(lambda text=text: search(product, text, limit=TOP)))  # type: ignore[misc]
    found = {engine: middle(of) for engine, of in times.items()}
    ratios = {part: found[part]["p50"] / found["tantivy"]["p50"] for part in ("engine", "marked", "fts5")}
    return {**found, "ratios": ratios}


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.file, arguments.passages)
    if arguments.json:
        print(json.dumps(figures))
        return
    print(f"{figures['passages']} passages, {figures['megabytes']:.1f} MB; built a second: ", end="")
    print(", ".join(f"{name} {rate:.0f}" for name, rate in figures["passages_per_second"].items()))
    for name, one in figures["queries"].items():
        shown = [f"{part} {one[part]['p50']:.2f}/{one[part]['p95']:.2f}" for part in one if part != "ratios"]
        print(f"{name:12}", "  ".join(shown), " x", *(f"{part} {ratio:.1f}" for part, ratio in one["ratios"].items()))


if __name__ == "__main__":
    main()
