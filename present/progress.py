"""How a run goes while it lasts: a bar on a terminal, lines in a log, an object for each file for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from time import monotonic

import click

from jobs.account import Outcome
from kg.language import language, phrase
from present.console import talk
from present.words import one_line

Step = Callable[[Outcome], None]
Progress = Callable[[int], AbstractContextManager[Step]]

NOW_AND_THEN = 15.0  # seconds between two lines in a log
AT_ONCE = 0.1  # seconds between two changes of a bar


def progress_for(quiet: bool, as_json: bool) -> Progress:
    """Return how a run is shown: not at all, as JSON on stdout, as a bar, or where there is no terminal in lines."""
    if as_json:
        return objects
    if quiet:
        return silence
    return bar if sys.stderr.isatty() else lines


@dataclass(slots=True)
class Pace:
    """How many of `total` files are done, and how fast they are read; what is unchanged was not read."""

    total: int
    clock: Callable[[], float] = monotonic
    done: int = 0
    read: int = 0
    since: float = -1.0
    shown: float = -1.0

    def count(self, outcome: Outcome) -> None:
        """Count one file."""
        if self.since < 0:
            self.since = self.clock()
        self.done += 1
        self.read += outcome.what != "unchanged"

    def due(self, every: float) -> bool:
        """Tell whether `every` seconds have gone since this was last true; the first count begins the time."""
        now = self.clock()
        if self.shown < 0:
            self.shown = self.since
        if now - self.shown < every:
            return False
        self.shown = now
        return True

    def words(self) -> str:
        """Return "1.200/10.000 tệp, 85/s, còn 1:43"; members of archives may make it more than all."""
        counted = {"done": self.done, "total": max(self.total, self.done)}
        seconds = self.clock() - self.since
        if not self.read or seconds <= 0:
            return phrase("progress begun", **counted)
        rate = self.read / seconds
        left = round(max(self.total - self.done, 0) / rate)
        written = f"{rate:.0f}" if rate >= 10 else decimal(rate)
        return phrase("progress", **counted, rate=written, left=f"{left // 60}:{left % 60:02}")


def decimal(rate: float) -> str:
    """Return a rate with one place after the comma, as the language writes it: "2,5" or "2.5"."""
    return f"{rate:.1f}".replace(".", "," if language() == "vi" else ".")


@contextmanager
def silence(total: int) -> Iterator[Step]:
    """Say nothing."""
    yield lambda outcome: None


@contextmanager
def lines(total: int) -> Iterator[Step]:
    """Write a line now and then, for a log."""
    pace = Pace(total)

    def step(outcome: Outcome) -> None:
        pace.count(outcome)
        if pace.due(NOW_AND_THEN):
            talk(pace.words())

    yield step


@contextmanager
def bar(total: int) -> Iterator[Step]:
    """Show a bar while files are read."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Column

    pace = Pace(total)
    name = TextColumn("{task.fields[name]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), name)
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(pace.words(), total=max(total, 1), name="")

        def step(outcome: Outcome) -> None:
            pace.count(outcome)
            if pace.due(AT_ONCE):
                shown.update(task, completed=pace.done, description=pace.words(), name=one_line(outcome.name))

        yield step


@contextmanager
def objects(total: int) -> Iterator[Step]:
    """Print an object for each file, each on a line of its own and at once: what is printed is kept."""

    def step(outcome: Outcome) -> None:
        said = {key: value for key, value in asdict(outcome).items() if value}
        click.echo(json.dumps({"event": "file", **said}, ensure_ascii=False))

    yield step
