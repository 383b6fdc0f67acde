"""Measure retrieval through the product's own index and query path.

    python -m benchmarks.search_quality FOLDER [--engine tantivy|whoosh] [--articles N] [--queries N] [--pyvi] [--json]

FOLDER holds articles.jsonl.gz ({id,title,text}), queries.jsonl ({id,text}) and qrels.tsv (query, article, grade).
Prints, for the questions as typed, half marked (every other word) and without marks: nDCG@10, MRR@10, recall@10 with
their number, and the time of a query (p50, p95) with count, ten hits and their highlights; and the rate of building.
With --pyvi, in the same run, the quality of BM25 over words segmented by pyvi (minutes; pyvi is installed by hand).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.fold import without_marks
from search import engine
from search.index import Engine, SearchPassage
from search.search import search

TOP = 10

Rows = dict[str, dict[str, Any]]


def source_of(identity: str) -> str:
    """Return the document that an article is a passage of: "24/2018/QH14#2" is the second of 24/2018/QH14."""
    return identity.partition("#")[0]


def articles(folder: Path, most: int | None) -> Iterator[SearchPassage]:
    """Yield the articles as passages, the title above the text."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in islice(file, most):
            row = json.loads(line)
            text = f"{row['title']}\n{row['text']}"
            yield SearchPassage(row["id"], source_of(row["id"]), 0, (), "paragraph", text, title=row["title"])


def judgements(folder: Path) -> dict[str, dict[str, int]]:
    """Return the grade of each judged article for each query."""
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, article, grade = line.split("\t")
        grades.setdefault(query, {})[article] = int(grade)
    return grades


def build(index: Engine, folder: Path, most: int | None) -> dict[str, float]:
    """Fill the index; return what that took."""
    passages = list(articles(folder, most))
    size = sum(len(passage.text.encode()) for passage in passages) / 1e6
    began = time.perf_counter()
    index.add(passages)
    index.commit("1")
    took = time.perf_counter() - began
    return {"passages": len(passages), "megabytes": size, "seconds": took, "passages_per_second": len(passages) / took}


def ask(index: Engine, queries: dict[str, str], grades: dict[str, dict[str, int]]) -> dict[str, float]:
    """Return the mean quality and the times of all judged queries."""
    scores, times = [], []
    search(index, "dân vận")  # the first query waits for imports and files
    for name, text in queries.items():
        began = time.perf_counter()
        results = search(index, text, limit=TOP)
        times.append(time.perf_counter() - began)
        gains = [grades[name].get(hit.passage.id, 0) for hit in results.hits]
        scores.append(quality(gains, grades[name]))
    times.sort()
    milliseconds = {f"p{part}_ms": 1000 * times[min(len(times) - 1, len(times) * part // 100)] for part in (50, 95)}
    return means(scores) | milliseconds


def compare(folder: Path, most: int | None, queries: dict[str, str], grades: dict[str, dict[str, int]]) -> Rows:
    """Return the quality of BM25 over segmented words for each way of typing, or why it was not measured."""
    from benchmarks.segmented import missing, segmented

    if missing():
        return {"pyvi": {"skipped": missing()}}
    ranking = segmented(articles(folder, most), TOP)
    rows: Rows = {}
    for spelling, respell in SPELLINGS.items():
        scores = [
            quality([grades[name].get(found, 0) for found in ranking(respell(text))], grades[name])
            for name, text in queries.items()
        ]
        rows[f"pyvi, {spelling}"] = means(scores)
    return rows


def quality(gains: list[int], grades: dict[str, int]) -> tuple[float, float, float]:
    """Return nDCG, reciprocal rank and recall of the first ten of one question."""
    return ndcg(gains, list(grades.values())), reciprocal_rank(gains), recall(gains, grades)


def means(scores: list[tuple[float, float, float]]) -> dict[str, Any]:
    """Return the mean of each measure, and of how many questions."""
    mean = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    return dict(zip(("ndcg_10", "mrr_10", "recall_10"), mean, strict=True)) | {"queries": len(scores)}


def ndcg(gains: list[int], grades: list[int]) -> float:
    """Return the normalised discounted gain of a ranking."""
    ideal = discounted(sorted(grades, reverse=True)[:TOP])
    return discounted(gains) / ideal if ideal else 0.0


def discounted(gains: list[int]) -> float:
    """Return the gains, each worth less the lower it stands."""
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def reciprocal_rank(gains: list[int]) -> float:
    """Return one over the place of the first good article, 0 where there is none."""
    return next((1 / place for place, gain in enumerate(gains, 1) if gain), 0.0)


def recall(gains: list[int], grades: dict[str, int]) -> float:
    """Return the share of the good articles that were found."""
    return sum(map(bool, gains)) / sum(map(bool, grades.values()))


def half_marked(text: str) -> str:
    """Return `text` with the marks taken from every other word."""
    return " ".join(word if place % 2 else without_marks(word) for place, word in enumerate(text.split()))


SPELLINGS: dict[str, Callable[[str], str]] = {"as typed": str, "half marked": half_marked, "no marks": without_marks}


def measure(
    folder: Path,
    engine_name: str | None = None,
    most: int | None = None,
    questions: int | None = None,
    pyvi: bool = False,
) -> Rows:
    """Return all figures, by what was measured, for the first `most` articles and the first `questions`."""
    grades = judgements(folder)
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = {row["id"]: row["text"] for row in map(json.loads, lines[:questions]) if row["id"] in grades}
    chosen, _ = engine(engine_name)
    with tempfile.TemporaryDirectory() as directory:
        index = chosen.create(Path(directory) / "index")
        figures: Rows = {"build": build(index, folder, most)}
        for name, respell in SPELLINGS.items():
            figures[name] = ask(index, {query: respell(text) for query, text in queries.items()}, grades)
        index.close()
    return figures | (compare(folder, most, queries, grades) if pyvi else {})


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine")
    parser.add_argument("--articles", type=int, help="only the first N articles")
    parser.add_argument("--queries", type=int, help="only the first N questions")
    parser.add_argument("--pyvi", action="store_true", help="beside BM25 over words segmented by pyvi")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.folder, arguments.engine, arguments.articles, arguments.queries, arguments.pyvi)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, row in figures.items():
        shown = (f"{label} {value if isinstance(value, str) else f'{value:.4g}'}" for label, value in row.items())
        print(f"{name:18}", "  ".join(shown))


if __name__ == "__main__":
    main()
