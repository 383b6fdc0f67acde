"""How a run goes and how it ended: a progress bar while it lasts, an honest account when it is over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jobs.account import Account, Outcome
from present.words import count_words, one_line

KEPT_WORDS = {
    "new": "mới (new)",
    "changed": "thay đổi (changed)",
    "unchanged": "không đổi (unchanged)",
    "renamed": "đổi tên (renamed)",
}


@contextmanager
def progress(total: int) -> Iterator[Callable[[Outcome], None]]:
    """Show a bar on a terminal while files are read; yield what to call after each file. Elsewhere say nothing."""
    if not sys.stderr.isatty() or total == 0:
        yield lambda outcome: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda outcome: bar.update(task, advance=1, description=one_line(outcome.name)[-40:])


def account_lines(account: Account) -> Iterator[str]:
    """Yield the closing account of an ingest: this run first, then the store as it is now."""
    stats = account.stats
    parts = [
        (account.outcomes[what], words)
        for what, words in KEPT_WORDS.items()
        if what in account.outcomes or what != "renamed"
    ]
    parts.append((len(account.failures), "lỗi (failed)"))
    yield f"Tệp / files: {count_words(account.files)} = {' + '.join(f'{count_words(n)} {words}' for n, words in parts)}"
    if account.passed_over:
        most_first = sorted(account.passed_over.items(), key=lambda item: (-item[1], item[0]))
        kinds = ", ".join(f"{count_words(n)} {kind or '(không đuôi)'}" for kind, n in most_first)
        total = count_words(account.passed_over.total())
        yield f"Bỏ qua / passed over: {total} tệp loại khác (other kinds): {kinds}"
    if not stats.sources:
        return
    yield (
        f"Kho / store: {count_words(stats.sources)} tài liệu, {count_words(stats.documents)} văn bản, "
        f"{count_words(stats.units)} đơn vị, {count_words(account.passages)} đoạn để tìm (passages)"
    )
    yield (
        f"Lượt nhắc đến / mentions: {count_words(stats.mentions)} = {count_words(stats.resolved_mentions)} đã xác định "
        f"(resolved) + {count_words(stats.ambiguous_mentions)} nhiều khả năng (ambiguous) + "
        f"{count_words(stats.unplaced_mentions)} chưa rõ cơ quan (issuer unknown)"
    )


def failure_lines(account: Account) -> Iterator[str]:
    """Yield what was wrong with each file that failed, and what the reading of others warns of."""
    for failure in account.failures:
        yield f"Lỗi / failed: {failure.path}: {failure.reason}"
    for name, warning in account.warnings:
        yield f"Lưu ý / note: {name}: {warning}"
    for note in account.notes:
        yield f"Lưu ý / note: {note}"
