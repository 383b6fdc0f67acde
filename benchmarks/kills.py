"""Kill runs at random moments and see whether anything that was reported is lost.

    python -m benchmarks.kills --kills 100 --documents 2000

Documents come, change, move and go between the runs; each run is killed (as by `kill -9`) at a random moment, while a
reader asks on and on. In the end one run goes through, and the store must state what a new store states that has read
the same files undisturbed, byte for byte; every question must have been answered, nothing reported be lost, no process
be left behind.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil

from benchmarks.corpus.__main__ import write
from kg.store import Store

# What a store says, row by row, without the numbers that rows happen to have.
STATEMENTS = {
    "sources": "SELECT name, sha256, kind, header, warnings, text, format, recognised FROM sources",
    "claims": """SELECT s.name, c.local, c.kind, c.type, c.number, c.symbol, c.full, c.date, c.issuer, c.title, c.term,
        c.mentions, c.subject, c.document FROM claims c JOIN sources s ON s.id = c.source""",
    "issuers": """SELECT s.name, c.local, i.unit, i.name FROM issuers i JOIN claims c ON c.id = i.claim
        JOIN sources s ON s.id = c.source""",
    "names": """SELECT s.name, c.local, n.name FROM names n JOIN claims c ON c.id = n.claim
        JOIN sources s ON s.id = c.source""",
    "conflicts": """SELECT s.name, c.local, o.field, o.value, o.start, o."end" FROM conflicts o
        JOIN claims c ON c.id = o.claim JOIN sources s ON s.id = c.source""",
    "mentions": """SELECT s.name, c.local, m.start, m."end", m.text, m.form, m.type, m.full, m.date, m.issuer, m.title
        FROM mentions m JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source""",
    "relations": """SELECT s.name, a.local, r.type, b.local, r.start, r."end", r.evidence, r.rule, r.status
        FROM relations r JOIN claims a ON a.id = r.subject JOIN claims b ON b.id = r.object
        JOIN sources s ON s.id = r.source""",
    "unit_claims": """SELECT s.name, u.local, u.name, u.level, u.parent, u.aliases, u.unit FROM unit_claims u
        JOIN sources s ON s.id = u.source""",
    "actions": """SELECT s.name, u.local, a.action, c.local, a.start, a."end", a.evidence, a.rule, a.status
        FROM actions a JOIN unit_claims u ON u.id = a.unit JOIN claims c ON c.id = a.claim
        JOIN sources s ON s.id = a.source""",
    "passages": """SELECT s.name, p.section, p.kind, p.text, p.start, p."end" FROM passages p
        JOIN sources s ON s.id = p.source""",
    "cells": "SELECT signature, day, claims, mentions, document FROM cells",
    "documents": "SELECT id, nkey, number, family, date, state, candidates FROM documents",
    "units": "SELECT id, body FROM units",
    "files": "SELECT name, size, sha256, format FROM files",
}


def statements(directory: Path) -> Iterator[str]:
    """Yield all that a store says as lines in a fixed order: the same for the same files, however they came."""
    with Store.open(directory) as store, store.snapshot():
        for table, query in STATEMENTS.items():
            rows = sorted(json.dumps(list(row), ensure_ascii=False) for row in store.rows(query))
            yield from (f"{table} {row}" for row in rows)


def digest(directory: Path) -> str:
    """Return the hash of all that a store says."""
    whole = sha256()
    for line in statements(directory):
        whole.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()


# ---- the runs -------------------------------------------------------------------------------------------------------


def command(store: Path, *words: str | Path) -> list[str]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "cli", "--store", str(store), *map(str, words)]


def undisturbed(store: Path, folder: Path) -> float:
    """Let a run go through; return how many seconds it took."""
    began = time.monotonic()
    ran = subprocess.run(
        command(store, "ingest", "--quiet", "--forget-missing", folder), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return time.monotonic() - began


SOON = 200  # files: a run is killed within the time that so many take


@dataclass(slots=True)
class Trial:
    """What the kills have shown so far."""

    kills: int = 0
    reported: int = 0
    lost: list[str] = field(default_factory=list)
    left: int = 0
    moments: Counter[str] = field(default_factory=Counter)


def killed(store: Path, folder: Path, after: float, trial: Trial) -> None:
    """Start a run, kill it after so many seconds, and look whether what it reported is there."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        run = subprocess.Popen(
            command(store, "ingest", "--json", "--forget-missing", folder), stdout=said, stderr=subprocess.DEVNULL
        )
        family: list[psutil.Process] = []
        latest = time.monotonic() + after
        while time.monotonic() < latest and run.poll() is None:
            time.sleep(min(0.05, max(latest - time.monotonic(), 0)))
            family = family_of(run.pid) or family
        run.kill()
        run.wait()
        said.seek(0)
        lines = [line for line in said if line.endswith("\n")]
    trial.kills += 1
    events = [json.loads(line) for line in lines]
    trial.moments[moment(events, run.returncode)] += 1
    look(store, events, trial)
    gone, alive = psutil.wait_procs(family, timeout=15)
    del gone
    trial.left += len(alive)


def family_of(process: int) -> list[psutil.Process]:
    """Return what a process has started."""
    try:
        return psutil.Process(process).children(recursive=True)
    except psutil.Error:
        return []


def moment(events: list[dict[str, Any]], code: int) -> str:
    """Return what a run was doing when it was killed, as far as it told."""
    if code >= 0 and any(event["event"] == "account" for event in events):
        return "done before"
    return "while keeping" if any(event.get("what") in {"new", "changed"} for event in events) else "before keeping"


def look(store: Path, events: list[dict[str, Any]], trial: Trial) -> None:
    """Count what a run reported as kept and the store has not."""
    kept = {event["name"] for event in events if event.get("what") in {"new", "changed", "renamed", "unchanged"}}
    gone = {event["name"] for event in events if event.get("what") == "forgotten"} - kept
    trial.reported += len(kept)
    if kept:
        with Store.open(store) as opened:
            there = {source.name for source in opened.sources()}
        trial.lost += sorted((kept - gone) - there) + sorted(gone & there)


class Reader:
    """Asks the program one question after the other, until it is told to end; keeps what went wrong."""

    QUESTIONS = (("search", "kế hoạch triển khai", "--limit", "3"), ("stats",), ("check", "--format", "json"))

    def __init__(self, store: Path) -> None:
        self.store = store
        self.answers = 0
        self.errors: list[str] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._end.is_set():
            question = self.next_question()
            if question is None:
                time.sleep(0.1)
                continue
            ran = subprocess.run(
                command(self.store, *question), capture_output=True, text=True, encoding="utf-8", check=False
            )
            self.answers += 1
            if ran.returncode != 0:
                self.errors.append(f"{question}: {ran.returncode}: {ran.stderr}")

    def next_question(self) -> tuple[str, ...] | None:
        """Return what to ask now: who has carried out a directive that is there, or one of the other questions."""
        try:
            with Store.open(self.store) as store:
                query = (
                    "SELECT document FROM claims WHERE kind = 'directive' AND document <> '' ORDER BY random() LIMIT 1"
                )
                found = next(store.rows(query), None)
        except Exception:
            found = None  # no store yet
        if found is None:
            return None
        return ("who", found["document"]) if self.answers % 2 else self.QUESTIONS[self.answers // 2 % 3]


def disturb(folder: Path, rng: random.Random, share: float) -> None:
    """Change, rename and remove some files of a folder."""
    for path in sorted(folder.rglob("*.txt")):
        chance = rng.random()
        if chance < share * 0.6:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\nGhi chú số {rng.randrange(10**6)}.\n")
        elif chance < share * 0.8:
            path.rename(path.with_name(f"{rng.randrange(10**6):06}-{path.name}"))
        elif chance < share:
            path.unlink()


def trial_of(
    place: Path, kills: int, documents: int, seed: int, tell: Callable[[str], None] = lambda words: None
) -> tuple[Trial, Reader, list[str]]:
    """Return what so many kills have shown, the reader, and the lines by which the stores differ in the end."""
    rng = random.Random(seed)
    folder, store, fresh = place / "files", place / "store", place / "fresh"
    write(folder, min(documents, SOON), seed)
    longest = undisturbed(place / "trial", folder)  # how long a run of some files takes here and now
    write(folder, documents, seed)
    trial = Trial()
    with Reader(store) as reader:
        for number in range(kills):
            if number % 5 == 4:
                disturb(folder, rng, 0.1)
            killed(store, folder, rng.uniform(0.1, longest), trial)
            tell(f"{number + 1} kills, {reader.answers} answers, {len(reader.errors)} errors, {len(trial.lost)} lost")
        undisturbed(store, folder)
    undisturbed(fresh, folder)
    return trial, reader, differences(store, fresh)


def differences(store: Path, fresh: Path) -> list[str]:
    """Return the lines that only one of two stores says, where they are not the same byte for byte."""
    if digest(store) == digest(fresh):
        return []
    ours, theirs = Counter(statements(store)), Counter(statements(fresh))
    return [f"- {line}" for line in (ours - theirs)] + [f"+ {line}" for line in (theirs - ours)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        trial, reader, unlike = trial_of(
            Path(place), given.kills, given.documents, given.seed, lambda words: print(words, flush=True)
        )
    print(f"{trial.kills} kills: {dict(trial.moments)}; {trial.left} processes left behind")
    print(f"{trial.reported:,} files reported as kept, {len(trial.lost)} of them lost {trial.lost[:5]}")
    print(f"{reader.answers} questions, {len(reader.errors)} without an answer {reader.errors[:5]}")
    print(f"{len(unlike)} statements differ from those of an undisturbed run")
    print("\n".join(unlike[:20]))
    sys.exit(bool(trial.lost or trial.left or reader.errors or unlike))


if __name__ == "__main__":
    main()
