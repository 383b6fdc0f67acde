"""Read thousands of damaged and tampered files, in processes that can be stopped, and count what becomes of them.

    python -m benchmarks.mutated [--files N] [--seed N] [--seconds N] [--jobs N] [--keep FOLDER]

Every file must be read, or refused with a reason that names it; a process that crashes, hangs beyond `--seconds` or
raises anything else is a fault. Files at fault are left in the folder of `--keep`. Exit code 1 when there was one.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from ingest.pipeline import extract
from ingest.readers.archive import unpack
from ingest.readers.limits import DEFAULT, Limits
from jobs.workers import StoppedError, Workers
from kg.model import ReadError
from tests.mutants import mutants

LIMITS = replace(DEFAULT, file=2_000_000, unpacked=4_000_000, memory=400_000_000)
UNDER_WAY = 40


def attempt(path: Path, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    """Return (file, why it was refused, "" where it was read) of a file, or of each file of an archive."""
    try:
        if path.suffix == ".zip":
            return [outcome for member in members(path, limits) for outcome in member]
        return [(str(path), read(path, limits))]
    except ReadError as error:
        return [(str(path), str(error))]


def members(path: Path, limits: Limits) -> Iterator[list[tuple[str, str]]]:
    """Yield what becomes of each file of an archive."""
    into = path.with_suffix(".d")
    into.mkdir()
    for member in unpack(path, into, limits):
        if member.path is None:
            yield [(member.name, f"{member.name} {member.problem}")]
        else:
            yield attempt(member.path, limits)


def read(path: Path, limits: Limits) -> str:
    """Read a file to the last stage, and check that what it says has its place in the source; return ""."""
    found = extract(path, path.name, limits)
    size = len(found.text)
    for mention in found.mentions:
        if not 0 <= mention.start < mention.end <= size:
            raise AssertionError(f"a mention stands at {mention.start} to {mention.end} in a source of {size}")
    found.text.encode()
    return ""


# ---- many -----------------------------------------------------------------------------------------------------------


def main() -> int:
    """Read what the command line asks for; return the exit code."""
    options = arguments()
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    began = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for path, outcome in outcomes(Path(folder), options):
            judge(path, outcome, counts, reasons, options.keep)
    for words, count in reasons.most_common():
        print(f"{count:7,}  {words}")
    print(", ".join(f"{count:,} {what}" for what, count in sorted(counts.items())), end="; ")
    print(f"{options.files:,} files in {perf_counter() - began:,.0f} s")
    return 1 if counts["at fault"] else 0


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def outcomes(folder: Path, options: argparse.Namespace) -> Iterator[tuple[Path, Future[list[tuple[str, str]]]]]:
    """Yield each changed file with what became of it."""
    limits = replace(LIMITS, seconds=options.seconds)
    waiting: dict[Future[list[tuple[str, str]]], Path] = {}
    with Workers(options.jobs, limits, scratch=folder / "scratch") as workers:
        for number, (name, data) in enumerate(mutants(options.seed, options.files)):
            path = folder / f"{number}-{name}"
            path.write_bytes(data)
            waiting[workers.submit(attempt, path, limits)] = path
            if len(waiting) >= UNDER_WAY:
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(done), done
        for done in wait(waiting).done:
            yield waiting.pop(done), done


def judge(
    path: Path,
    outcome: Future[list[tuple[str, str]]],
    counts: Counter[str],
    reasons: Counter[str],
    keep: Path | None,
) -> None:
    """Count what became of a file; one at fault is kept."""
    fault = ""
    error = outcome.exception()
    if isinstance(error, StoppedError) and "crash" not in str(error):
        counts["stopped at a limit"] += 1
        fault = "stopped" if "seconds" in str(error) else ""
        reasons[f"stopped: {error}"] += 1
    elif error is not None:
        fault = f"{type(error).__name__}: {error}"
    else:
        for file, reason in outcome.result():
            counts["refused by name" if reason else "read"] += 1
            if reason and file not in reason:
                fault = f"not named: {reason}"
            elif reason:
                reasons[plain(reason.replace(file, "…"))] += 1
    if fault:
        counts["at fault"] += 1
        reasons[f"FAULT {fault}"] += 1
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / path.name).write_bytes(path.read_bytes())


def plain(reason: str) -> str:
    """Return a reason without its numbers and parts, so that like ones count together."""
    return re.sub(r"\d[\d,.]*", "N", re.sub(r"\(.*?\)", "(…)", reason))[:150]


if __name__ == "__main__":
    sys.exit(main())
