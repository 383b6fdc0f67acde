"""Measure how fast the lineage page opens beside stock pyvis, in one run of the same Chromium, and how large it is.

    python -m benchmarks.page [--sizes 60,500] [--rounds N] [--json]

Both pages show the same made lineage. Time counts from asking for the file to the load event, and to the first picture:
for ours the drawn boxes, for pyvis its loading bar gone (its physics at rest; it has none for few), at most `PATIENCE`
seconds. pyvis is asked for one file that needs no other (`in_line`); what it still asks of the network is refused at
once.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from kg.model import Document, Lineage
from kg.svg import svg
from kg.visualise import write_lineage
from kg.who_counts import Standing

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the made lineages of the tests
from lineages import synthetic

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 60.0  # seconds
OURS = "() => Boolean(window.lineagePicture && lineagePicture.scene.boxes.size)"
STOCK = """() => { const bar = document.getElementById('loadingBar');
           return !bar || getComputedStyle(bar).display === 'none'; }"""


def stock(lineage: Lineage, file: Path) -> None:
    """Write the page that pyvis makes of a lineage when it is left alone."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for document in lineage.documents:
        network.add_node(document.id, label=document.full or document.type, title=document.issuer, group=document.level)
    for edge in lineage.edges:
        network.add_edge(edge.source, edge.target, title=edge.type)
    file.write_text(network.generate_html(), encoding="utf-8")


def opened(browser: Any, file: Path, ready: str) -> tuple[float, float]:
    """Return the milliseconds to the load event and to the first picture; infinite when that takes too long."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.route("http*://**/*", lambda route: route.abort())
    try:
        page.goto(file.as_uri())
        loaded = page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
        page.wait_for_function(ready, timeout=PATIENCE * 1000)
        return float(loaded), float(page.evaluate("performance.now()"))
    except Exception as error:  # playwright's own, which is not imported here
        if "Timeout" not in type(error).__name__:
            raise
        return float(loaded), float("inf")
    finally:
        page.close()


def standing(document: Document) -> Standing:
    """Return the unit behind a made document: each has one of its own, so that each box has a mark."""
    state = "reported" if document.kind == "report" else "own"
    return Standing(document.id, document.issuer or "", document.level, state, documents=(document.id,))


def measured(browser: Any, size: int, folder: Path, rounds: int) -> dict[str, Any]:
    """Return how a lineage of `size` documents opens, by page."""
    lineage = synthetic(size)
    units = tuple(standing(document) for document in lineage.documents if document.id != lineage.focus)
    ours, theirs = folder / f"ours-{size}.html", folder / f"pyvis-{size}.html"
    write_lineage(lineage, ours, standings=units)
    stock(lineage, theirs)
    found: dict[str, Any] = {"documents": size, "edges": len(lineage.edges)}
    for name, file, ready in (("ours", ours, OURS), ("pyvis", theirs, STOCK)):
        times = [opened(browser, file, ready) for _ in range(rounds)]
        found |= {
            f"{name} kB": round(file.stat().st_size / 1000),
            f"{name} load ms": round(statistics.median(load for load, _ in times)),
            f"{name} drawn ms": shown(statistics.median(drawn for _, drawn in times)),
        }
    return found | {"svg kB": round(len(svg(lineage, standings=units).encode()) / 1000)}


def shown(milliseconds: float) -> float | str:
    """Return a time, or that it took too long."""
    return round(milliseconds) if milliseconds < float("inf") else f"over {PATIENCE:.0f} s"


def main() -> None:
    """Measure what the command line asks for and print it."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="60,500")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        sizes = [int(size) for size in options.sizes.split(",")]
        results = [measured(browser, size, Path(folder), options.rounds) for size in sizes]
        browser.close()
    print(json.dumps(results, indent=1) if options.json else "\n".join(map(line, results)))


def line(found: dict[str, Any]) -> str:
    """Return one result as a line to read."""
    return "  ".join(f"{key} {value}" for key, value in found.items())


if __name__ == "__main__":
    main()
