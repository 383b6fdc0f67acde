"""How a run ended: an honest account, in words and as an object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from jobs.account import Account
from present.words import count_words

KEPT_WORDS = {
    "new": "mới (new)",
    "changed": "thay đổi (changed)",
    "unchanged": "không đổi (unchanged)",
    "renamed": "đổi tên (renamed)",
}
SELDOM = ("renamed",)  # said only where there are any
MOST_LINES = 20  # of one kind; --json has them all


def account_lines(account: Account) -> Iterator[str]:
    """Yield the closing account of an ingest: this run first, then the store as it is now."""
    yield files_line(account)
    if account.passed_over:
        most_first = sorted(account.passed_over.items(), key=lambda item: (-item[1], item[0]))
        kinds = ", ".join(f"{count_words(n)} {kind or '(không đuôi)'}" for kind, n in most_first)
        total = count_words(account.passed_over.total())
        yield f"Bỏ qua / passed over: {total} tệp loại khác (other kinds): {kinds}"
    if account.forgotten:
        yield f"Đã bỏ khỏi kho / taken out: {count_words(len(account.forgotten))} tài liệu không còn tệp (files gone)"
    stats = account.stats
    if not stats.sources:
        return
    passages = "" if account.stopped else f", {count_words(account.passages)} đoạn để tìm (passages)"
    yield (
        f"Kho / store: {count_words(stats.sources)} tài liệu, {count_words(stats.documents)} văn bản, "
        f"{count_words(stats.units)} đơn vị{passages}"
    )
    yield (
        f"Lượt nhắc đến / mentions: {count_words(stats.mentions)} = {count_words(stats.resolved_mentions)} đã xác định "
        f"(resolved) + {count_words(stats.ambiguous_mentions)} nhiều khả năng (ambiguous) + "
        f"{count_words(stats.unplaced_mentions)} chưa rõ cơ quan (issuer unknown)"
    )


def files_line(account: Account) -> str:
    """Return how many files there were, by what became of them."""
    parts = [
        f"{count_words(account.outcomes[what])} {words}"
        for what, words in KEPT_WORDS.items()
        if what not in SELDOM or account.outcomes[what]
    ]
    parts.append(f"{count_words(len(account.failures))} lỗi (failed)")
    return f"Tệp / files: {count_words(account.files)} = {' + '.join(parts)}"


def failure_lines(account: Account) -> Iterator[str]:
    """Yield what was wrong with each file that failed: all of them."""
    for failure in account.failures:
        yield f"Lỗi / failed: {failure.path}: {failure.reason}"


def note_lines(account: Account) -> Iterator[str]:
    """Yield what else a person should know: what the reading of files warns of, and what was moved or is gone."""
    yield from some([f"Lưu ý / note: {name}: {warning}" for name, warning in account.warnings])
    yield from some([f"Đổi tên / renamed: {before} → {after}" for before, after in account.renamed])
    yield from some([f"Không còn tệp / gone: {name}" for name in account.missing])
    if account.missing:
        yield (
            f"{count_words(len(account.missing))} tệp không còn, điều đã đọc vẫn giữ / files are gone, what they said "
            "is kept; to take it out: thongsuot ingest --forget-missing PATH"
        )
    for note in account.notes:
        yield f"Lưu ý / note: {note}"


def some(lines: Sequence[str]) -> Iterator[str]:
    """Yield the first of many lines, and how many there are more."""
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"… và {count_words(len(lines) - MOST_LINES)} dòng nữa / lines more (--json)"


def account_object(account: Account) -> str:
    """Return the account as one line of JSON, for programs."""
    said = {
        "event": "account",
        "files": account.files,
        "outcomes": {**dict.fromkeys(KEPT_WORDS, 0), **account.outcomes, "failed": len(account.failures)},
        "failures": [asdict(failure) for failure in account.failures],
        "passed_over": dict(account.passed_over),
        "store": asdict(account.stats),
        "passages": account.passages,
        "notes": account.notes,
        "stopped": account.stopped,
    }
    return json.dumps(said, ensure_ascii=False)
