"""Measure how well questions find their articles, through the product's own index and query path.

    python -m benchmarks.retrieval --articles FILE --queries FILE --qrels FILE [--strip-marks] [--engine NAME] [--json]

Articles and queries are JSON lines ({id,title,text} and {id,text}), plain or .gz; qrels are lines of query, article and
grade, parted by tabs. Prints nDCG@10, MRR@10 and recall@10, @20, @100 of the questions that have a judgement, as typed
or, with --strip-marks, without their marks. An article is one passage of its document: that of
"24/2018/QH14#2" is 24/2018/QH14.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.search_quality import ndcg, reciprocal_rank, source_of
from kg.fold import without_marks
from search import engine
from search.index import Engine, SearchPassage
from search.search import ranked, understand

DEPTHS = (10, 20, 100)


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines, plain or compressed."""
    reader = gzip.open if file.suffix == ".gz" else open
    with reader(file, "rt", encoding="utf-8") as rows:
        yield from (json.loads(row) for row in rows if row.strip())


def passages(file: Path) -> Iterator[SearchPassage]:
    """Yield the articles as passages, the title above the text."""
    for row in lines(file):
        title = row.get("title") or ""
        yield SearchPassage(row["id"], source_of(row["id"]), 0, (), "paragraph", f"{title}\n{row['text']}", title=title)


def judgements(file: Path) -> dict[str, dict[str, int]]:
    """Return the grade of each judged article for each query."""
    grades: dict[str, dict[str, int]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        query, article, *grade = line.split("\t")
        grades.setdefault(query, {})[article] = int(grade[0]) if grade else 1
    return grades


def judge(index: Engine, queries: dict[str, str], grades: dict[str, dict[str, int]]) -> dict[str, float]:
    """Return the mean of each measure over the queries."""
    sums = dict.fromkeys(("ndcg@10", "mrr@10", *(f"recall@{depth}" for depth in DEPTHS)), 0.0)
    for name, text in queries.items():
        query, _ = understand(index, text)
        found = [hit.passage.id for hit in ranked(index, query, max(DEPTHS), 0, None).hits]
        gains = [grades[name].get(article, 0) for article in found]
        sums["ndcg@10"] += ndcg(gains[:10], list(grades[name].values()))
        sums["mrr@10"] += reciprocal_rank(gains[:10])
        good = sum(map(bool, grades[name].values()))
        for depth in DEPTHS:
            sums[f"recall@{depth}"] += sum(map(bool, gains[:depth])) / good if good else 0.0
    return {"queries": len(queries), **{measure: total / max(1, len(queries)) for measure, total in sums.items()}}


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name in ("articles", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--strip-marks", action="store_true", help="ask without marks")
    parser.add_argument("--engine", help="tantivy or whoosh")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    grades = judgements(arguments.qrels)
    asked = {row["id"]: row["text"] for row in lines(arguments.queries) if row["id"] in grades}
    if arguments.strip_marks:
        asked = {name: without_marks(text) for name, text in asked.items()}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        index = engine(arguments.engine)[0].create(Path(directory) / "index")
        index.add(passages(arguments.articles))
        index.commit("1")
        figures = judge(index, asked, grades)
        index.close()
    if arguments.json:
        print(json.dumps(figures))
    else:
        print("  ".join(f"{name} {value:.4g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
