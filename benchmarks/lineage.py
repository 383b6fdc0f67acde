"""Measure one lineage in a store of a million edges, beside others that answer the same question from the same edges.

    python -m benchmarks.lineage [--edges N] [--folder DIR] [--json]

The store is made once in DIR (or anew in a temporary folder): cascades of about a thousand documents each, centre to
commune, a sixth of the documents with a second way up. Each candidate runs in a process of its own, told the id of one
directive; its time counts from when its modules are there and its file is open to the answer, its memory is the peak
of the process less that of one that did the imports only. Asked are the neighbours of the directive, what the picture
draws of its whole cascade (ends and kinds of the edges: `reach`), and all that is known of it (`lineage`: documents,
sentences, contradictions).

networkx has the whole graph in memory, its loading counted apart; SQLite's recursive query runs on the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.database import FILE
from kg.store import Store

CASCADE = 1000  # documents
SHARES = (("trung ương", 1), ("tỉnh", 10), ("huyện", 89), ("xã", CASCADE - 100))
SECOND_WAY = 1 / 6
LETTERS = {"trung ương": "CT-TTg", "tỉnh": "KH-UBND", "huyện": "KH-UBND", "xã": "KH-UBND"}
ISSUERS = {
    "trung ương": "Thủ tướng Chính phủ",
    "tỉnh": "Ủy ban nhân dân tỉnh Bắc Giang",
    "huyện": "Ủy ban nhân dân huyện Hiệp Hòa, tỉnh Bắc Giang",
    "xã": "Ủy ban nhân dân xã Hợp Thịnh, huyện Hiệp Hòa, tỉnh Bắc Giang",
}
RUNS = 5
EDGES = """SELECT a.document, r.type, b.document FROM relations r JOIN claims a ON a.id = r.subject
           JOIN claims b ON b.id = r.object"""
RECURSIVE = """WITH RECURSIVE below(id) AS (VALUES (?) UNION SELECT a.document FROM below
               JOIN claims b ON b.document = below.id JOIN relations r ON r.object = b.id
               JOIN claims a ON a.id = r.subject)
               SELECT a.document, r.type, b.document FROM below JOIN claims a ON a.document = below.id
               JOIN relations r ON r.subject = a.id JOIN claims b ON b.id = r.object"""


# ---- the store ------------------------------------------------------------------------------------------------------


def make(folder: Path, edges: int) -> None:
    """Fill a new store with `edges` relations."""
    with Store.open(folder, write=True):
        pass
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA synchronous = OFF")
    chance, made, first = random.Random(1), 0, 1
    for number in range(1, edges):
        tree = cascade(first, chance)
        insert(connection, number, first, tree)
        first, made = first + CASCADE, made + len(tree)
        if made >= edges:
            break
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def cascade(first: int, chance: random.Random) -> list[tuple[int, int]]:
    """Return the edges of one cascade, lower and higher claim."""
    edges, upper, start = [], [first], first + 1
    for _, count in SHARES[1:]:
        here = list(range(start, start + count))
        edges += [(claim, chance.choice(upper)) for claim in here]
        edges += [(claim, first) for claim in here if upper != [first] and chance.random() < SECOND_WAY]
        upper, start = here, start + count
    return edges


def insert(connection: sqlite3.Connection, number: int, first: int, edges: list[tuple[int, int]]) -> None:
    """Write one cascade with its source."""
    name = f"bao-cao-{number}.txt"
    header = json.dumps({"issuer": ISSUERS["tỉnh"], "date": "2023-05-31"})
    connection.execute(
        "INSERT INTO sources VALUES (?, ?, ?, 'report', ?, '[]', '', ?, 'text', 0)",
        (number, name, name, header, number),
    )
    levels = [level for level, count in SHARES for _ in range(count)]
    rows = [
        (first + i, number, f"d{i}", "plan" if i else "directive", "kế hoạch" if i else "chỉ thị", str(first + i),
         LETTERS[level], f"{first + i}/{LETTERS[level]}", "2022-01-02", ISSUERS[level], identity(first + i))
        for i, level in enumerate(levels)
    ]  # fmt: skip
    connection.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 1, '', 0, ?)", rows)
    connection.executemany(
        "INSERT INTO documents VALUES (?, '', ?, '', '2022-01-02', 'sure', '[]')", [(row[-1], row[5]) for row in rows]
    )
    said = "UBND xã đã ban hành kế hoạch triển khai thực hiện chỉ thị của Thủ tướng Chính phủ."
    connection.executemany(
        "INSERT INTO relations VALUES (?, ?, 'implements', ?, 10, 90, ?, 'title', 'done')",
        [(number, lower, higher, said) for lower, higher in edges],
    )


def identity(claim: int) -> str:
    """Return the id of the document that a claim speaks of."""
    return f"d.{claim}"


# ---- the candidates -------------------------------------------------------------------------------------------------

Work = Callable[[], object]
Candidate = tuple[float, dict[str, Work]]  # seconds of loading, and what is asked


def product(folder: Path, asked: str) -> Candidate:
    """Return the product's own answers."""
    from kg import graph

    store = Store.open(folder)
    return 0.0, {
        "neighbours": lambda: graph.neighbours(store, asked, "down", cites=False),
        "reach": lambda: graph.reach(store, asked),
        "lineage": lambda: graph.lineage(store, asked),
    }


def over_networkx(folder: Path, asked: str) -> Candidate:
    """Return the answers of networkx over the whole graph."""
    import networkx

    begin = time.perf_counter()
    connection = sqlite3.connect(folder / FILE)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_edges_from((a, b, kind) for a, kind, b in connection.execute(EDGES))
    return time.perf_counter() - begin, {
        "neighbours": lambda: list(graph.in_edges(asked, keys=True)),
        "reach": lambda: list(graph.subgraph([*networkx.ancestors(graph, asked), asked]).edges(keys=True)),
    }


def over_sqlite(folder: Path, asked: str) -> Candidate:
    """Return the answers of SQLite's recursive query."""
    connection = sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True)
    return 0.0, {
        "neighbours": lambda: connection.execute(f"{EDGES} WHERE b.document = ?", (asked,)).fetchall(),
        "reach": lambda: connection.execute(RECURSIVE, (asked,)).fetchall(),
    }


def triples(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the edges as triples of addresses."""
    for a, kind, b in sqlite3.connect(folder / FILE).execute(EDGES):
        yield f"urn:{a}", f"urn:{kind}", f"urn:{b}"


SPARQL_NEAR = "SELECT ?a WHERE {{ ?a <urn:implements> <urn:{}> }}"
SPARQL_REACH = "SELECT ?a ?b WHERE {{ ?a <urn:implements>* <urn:{0}> . ?a <urn:implements> ?b }}"


def over_rdflib(folder: Path, asked: str) -> Candidate:
    """Return the answers of rdflib's own store."""
    from rdflib import Graph, URIRef

    begin = time.perf_counter()
    graph = Graph()
    for a, kind, b in triples(folder):
        graph.add((URIRef(a), URIRef(kind), URIRef(b)))
    return time.perf_counter() - begin, {
        "neighbours": lambda: list(graph.query(SPARQL_NEAR.format(asked))),
        "reach": lambda: list(graph.query(SPARQL_REACH.format(asked))),
    }


def over_oxigraph(folder: Path, asked: str) -> Candidate:
    """Return the answers of Oxigraph."""
    from pyoxigraph import NamedNode, Quad
    from pyoxigraph import Store as Oxigraph

    begin = time.perf_counter()
    store = Oxigraph()
    store.bulk_extend(Quad(*map(NamedNode, triple)) for triple in triples(folder))
    return time.perf_counter() - begin, {
        "neighbours": lambda: list(store.query(SPARQL_NEAR.format(asked))),
        "reach": lambda: list(store.query(SPARQL_REACH.format(asked))),
    }


CANDIDATES: dict[str, Callable[[Path, str], Candidate]] = {
    "thongsuot": product,
    "SQLite, recursive": over_sqlite,
    "networkx, whole graph": over_networkx,
    "Oxigraph": over_oxigraph,
    "rdflib": over_rdflib,
}


# ---- measuring ------------------------------------------------------------------------------------------------------


def peak() -> float:
    """Return the most memory that this process has held, in megabytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def ask(name: str, folder: Path, asked: str) -> dict[str, Any]:
    """Return what one candidate took: the first answer of a fresh process, and the best of some more."""
    begin = peak()
    loading, works = CANDIDATES[name](folder, asked)
    found: dict[str, Any] = {"load s": round(loading, 2)}
    for question, work in works.items():
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            answer = work()
            times.append((time.perf_counter() - start) * 1000)
        size = len(answer.edges) if hasattr(answer, "edges") else len(answer)  # type: ignore[arg-type]
        found |= {
            f"{question}": size,
            f"{question} first ms": round(times[0], 2),
            f"{question} ms": round(min(times), 2),
        }
    return found | {"memory MB": round(peak() - begin, 1)}


def main() -> None:
    """Make the store, let each candidate answer in a process of its own, print what they took."""
    options = arguments()
    if options.only:
        print(json.dumps(ask(options.only, options.folder, options.asked)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if not (folder / FILE).is_file():
            make(folder, options.edges)
        edges = sqlite3.connect(folder / FILE).execute("SELECT count(*) FROM relations").fetchone()[0]
        asked = identity(1 + CASCADE * (edges // (2 * CASCADE)))
        results = {name: run(name, folder, asked) for name in CANDIDATES}
    print(
        json.dumps({"edges": edges, **results}, ensure_ascii=False, indent=1) if options.json else shown(edges, results)
    )


def run(name: str, folder: Path, asked: str) -> dict[str, Any]:
    """Return what a candidate took in a process of its own, or why it could not run."""
    command = [sys.executable, "-m", "benchmarks.lineage", "--only", name, "--folder", str(folder), "--asked", asked]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        return {"not run": done.stderr.strip().splitlines()[-1]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown(edges: int, results: dict[str, dict[str, Any]]) -> str:
    """Return the results as lines to read."""
    lines = [f"{edges} edges"]
    for name, found in results.items():
        lines.append(f"{name:24}" + "  ".join(f"{key} {value}" for key, value in found.items()))
    return "\n".join(lines)


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=CANDIDATES, help=argparse.SUPPRESS)
    parser.add_argument("--asked", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
