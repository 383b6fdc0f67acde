"""Measure the main job: folders of 1,000, 10,000 and 100,000 documents into a store with its search index.

    python -m benchmarks.ingest [--sizes N ...] [--seed N] [--jobs N] [--folder DIR] [--json FILE]

The documents are those of `benchmarks.corpus`; they are made in DIR once (or in a temporary folder), which is not
counted. Each size is one run of `jobs.gather.gather`, what `thongsuot ingest` calls, in a process of its own with the
processes that it starts, and then a second run in which nothing has changed. Told of each:

    documents and megabytes a second    from the first look at the folder to store and index, by the clock
    processor ms a document             of all its processes: what the clock would show, twice, on two idle cores
    others                              the share of the processors that other programs took meanwhile
    memory                              the most that all processes held at once; what they share is counted for each
    stages                              processor ms a document: those of the writer, and all of the readers

Reading and extraction run in processes beside the writer; their shares are taken apart with a hundred documents.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Any

import psutil

from benchmarks.corpus.__main__ import write

SIZES = (1_000, 10_000, 100_000)
SAMPLE = 100  # documents that are read in the same process, to tell reading from extraction
LOOK = 0.2  # seconds between two looks at the memory

Figures = dict[str, Any]


def main() -> None:
    """Measure what the command line asks for and print it."""
    options = arguments()
    if options.one:
        print(json.dumps(one_run(*options.one, options.jobs)))
        return
    found: Figures = {"machine": machine(), "sizes": {}}
    with nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            found["sizes"][str(size)] = measure(Path(folder), size, options)
            print("\n".join(lines(size, found["sizes"][str(size)])), flush=True)
            found["cost of a document, as a multiple of that in the smallest run"] = growth(found["sizes"])
            if options.json:
                options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print("\n".join(lines(0, {"growth": growth(found["sizes"])})[1:]))


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="documents (default 1000 10000 100000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, help="files read at once (default: one for each core)")
    parser.add_argument("--folder", type=Path, help="where the documents and stores are made and stay")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


# ---- one size -------------------------------------------------------------------------------------------------------


def measure(folder: Path, size: int, options: argparse.Namespace) -> Figures:
    """Return the figures of one size."""
    texts, store = folder / f"texts-{size}-{options.seed}", folder / f"store-{size}-{options.seed}"
    if not texts.is_dir():
        write(texts, size, options.seed)
    shutil.rmtree(store, ignore_errors=True)
    total = sum(file.stat().st_size for file in texts.rglob("*.txt"))
    first, again = watched(texts, store, options.jobs), watched(texts, store, options.jobs)
    return {
        "documents": size,
        "bytes a document": round(total / size),
        "documents a second": round(size / first["seconds"], 1),
        "megabytes a second": round(total / 1e6 / first["seconds"], 2),
        "processor ms a document": round(1000 * first["processor"] / size, 2),
        "documents a second, if two cores did nothing else": round(2 * size / first["processor"], 1),
        "others, share of the processors": round(first["others"], 2),
        "memory, MB": round(first["memory"] / 1e6),
        "stages, processor ms a document": {
            name: round(1000 * spent / size, 3) for name, spent in (stages(first, texts, size)).items()
        },
        "store, bytes a document": round(first["store bytes"] / size),
        "index, bytes a document": round(first["index bytes"] / size),
        "run again, seconds": round(again["seconds"], 2),
        "run again, processor seconds": round(again["processor"], 2),
        "run again, memory, MB": round(again["memory"] / 1e6),
    }


def watched(texts: Path, store: Path, jobs: int | None) -> Figures:
    """Return what one run took, as seen from outside: seconds, processor seconds, memory, bytes on disk."""
    command = [sys.executable, "-m", "benchmarks.ingest", "--one", str(texts), str(store)]
    began, busy = time.monotonic(), busy_seconds()
    process = subprocess.Popen(
        command + (["--jobs", str(jobs)] if jobs else []), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    most: list[int] = [0]
    watch = threading.Thread(target=look, args=(psutil.Process(process.pid), most), daemon=True)
    watch.start()
    told: Figures = json.loads(process.communicate()[0])
    watch.join()
    seconds = time.monotonic() - began
    others = busy_seconds() - busy - told["processor"]
    return told | {
        "seconds": seconds,
        "others": max(others, 0) / (seconds * (os.cpu_count() or 1)),
        "memory": most[0],
        "store bytes": bytes_in(store, "graph.db*"),
        "index bytes": bytes_in(store / "index", "**/*"),
    }


def look(process: psutil.Process, most: list[int]) -> None:
    """Keep in `most` the most memory that a process and all that it started held at once, until it ends."""
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        held = 0
        try:
            for one in (process, *process.children(recursive=True)):
                held += one.memory_info().rss
        except psutil.Error:  # one of them has just ended
            pass
        most[0] = max(most[0], held)
        time.sleep(LOOK)


def busy_seconds() -> float:
    """Return the seconds that all processors have worked since the machine started."""
    times = psutil.cpu_times()
    return float(times.user + times.system + getattr(times, "nice", 0.0))


def bytes_in(folder: Path, pattern: str) -> int:
    """Return the bytes of the files below `folder` that `pattern` names."""
    return sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file())


# ---- inside one run -------------------------------------------------------------------------------------------------


def one_run(texts: Path, store: Path, jobs: int | None) -> Figures:
    """Bring the texts into the store; return the processor seconds of each stage and of the whole."""
    from jobs import gather as work
    from jobs import indexing, keeping
    from kg.settle import Settlement
    from kg.store import Store

    clock, readers = Clock(), [0.0]
    for owner, name, stage, count in (
        (work, "find_files", "discovery", time.thread_time),
        (work, "job_for", "discovery", time.thread_time),
        (keeping.Keeper, "write", "keeping", time.thread_time),  # other threads take what the readers hand over
        (Store, "add", "writing", time.thread_time),
        (Settlement, "settle", "settling", time.thread_time),
        (indexing, "bring_up_to_date", "index", time.process_time),  # the engine has threads of its own
    ):
        clock.time(owner, name, stage, count)
    read_into = work.read_into

    def reading(*given: Any) -> None:
        before = of_children()
        read_into(*given)
        readers[0] = of_children() - before

    work.read_into = reading
    account = work.gather(store, [texts], progress, work.Options(jobs=jobs))
    if account.failures or account.unindexed:
        raise SystemExit(f"{len(account.failures)} documents failed; {account.unindexed}")
    own, children = time.process_time(), of_children()
    spent = dict(clock.spent) | {"readers": readers[0], "index, other processes": children - readers[0]}
    return {"processor": own + children, "own": own, "spent": spent}


@contextmanager
def progress(_total: int) -> Any:
    """Give a step that shows nothing."""
    yield lambda _outcome: None


class Clock:
    """The processor seconds of this process by stage; what is called within another stage is counted there alone."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._within: list[tuple[str, Callable[[], float], float]] = []  # stage, its clock, and what that told last

    def time(self, owner: Any, name: str, stage: str, clock: Callable[[], float]) -> None:
        """Count the calls of a function for `stage`."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._leave()
            self._within.append((stage, clock, clock()))
            try:
                return function(*args, **kwargs)
            finally:
                self._leave()
                self._within.pop()
                self._enter()

        setattr(owner, name, timed)

    def _leave(self) -> None:
        """Count what the stage that runs has taken."""
        if self._within:
            stage, clock, since = self._within[-1]
            self.spent[stage] += clock() - since

    def _enter(self) -> None:
        """Let the stage that was left go on."""
        if self._within:
            stage, clock, _ = self._within[-1]
            self._within[-1] = (stage, clock, clock())


def of_children() -> float:
    """Return the processor seconds of the processes that were started and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def stages(run: Figures, texts: Path, size: int) -> dict[str, float]:
    """Return the processor seconds of each stage of a run."""
    spent: dict[str, float] = run["spent"]
    reading = min(share_of_reading(texts), 1.0) * spent["readers"]
    told = {
        "discovery": spent.get("discovery", 0.0),
        "reading": reading,
        "extraction": spent["readers"] - reading,
        "writing": spent.get("writing", 0.0),
        "settling": spent.get("settling", 0.0),
        "keeping, with the disk": spent.get("keeping", 0.0),
        "index": spent.get("index", 0.0) + spent["index, other processes"],
    }
    return told | {"handing over, start-up, the rest": run["processor"] - sum(told.values())}


def share_of_reading(texts: Path) -> float:
    """Return which part of reading and extraction is reading, of some of the texts."""
    from ingest.pipeline import extract
    from ingest.read import read_text

    files = sorted(texts.rglob("*.txt"))[:SAMPLE]
    for file in files[:10]:
        extract(file)
    began = time.process_time()
    for file in files:
        read_text(file)
    middle = time.process_time()
    for file in files:
        extract(file)
    return (middle - began) / max(time.process_time() - middle, 1e-9)


# ---- what is told ---------------------------------------------------------------------------------------------------


def growth(sizes: dict[str, Figures]) -> Figures:
    """Return the cost of a document in the largest run as a multiple of that in the smallest."""
    least, most = (sizes[str(pick(map(int, sizes)))] for pick in (min, max))
    return {
        "by the clock": round(least["documents a second"] / most["documents a second"], 2),
        "of the processor": round(most["processor ms a document"] / least["processor ms a document"], 2),
    }


def machine() -> str:
    """Return what the figures were measured on."""
    memory = psutil.virtual_memory().total / 1e9
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def lines(size: int, figures: Figures) -> list[str]:
    """Return the figures of one size as lines."""
    told = [f"{size:,} documents"]
    for name, value in figures.items():
        parts = value.items() if isinstance(value, dict) else [(name, value)]
        told += [f"  {name}"] if isinstance(value, dict) else []
        indent = "    " if isinstance(value, dict) else "  "
        told += [f"{indent}{part:{54 - len(indent)}}{amount:>12,}" for part, amount in parts]
    return told


if __name__ == "__main__":
    main()
