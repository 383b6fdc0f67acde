"""What `thongsuot ingest` did: the account of a run, and what a person should know of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from jobs.account import Account
from jobs.verify import Checked
from kg.language import phrase
from present.words import count_words, one_line

KEPT = ("new", "changed", "unchanged", "renamed")
SELDOM = ("renamed",)  # said only where there are any
MOST_NAMED = 3  # of the files of other kinds
MOST_LINES = 20  # of one kind; --json has them all


def account_lines(account: Account) -> Iterator[str]:
    """Yield the closing account of an ingest: this run first, then the store as it is now."""
    yield files_line(account)
    if account.passed_over:
        most_first = sorted(account.passed_over.items(), key=lambda item: (-item[1], item[0]))
        kinds = ", ".join(f"{count_words(n)} {kind or phrase('no ending')}" for kind, n in most_first)
        yield phrase("passed over", n=account.passed_over.total(), kinds=kinds)
        rest = account.passed_over.total() - MOST_NAMED
        yield from (f"  {one_line(path)}" for path in account.others[:MOST_NAMED])
        if rest > 0:
            yield f"  {phrase('lines more', n=rest)}"
    if account.forgotten:
        yield phrase("files taken out", n=len(account.forgotten))
    stats = account.stats
    if not stats.sources:
        return
    store = {"sources": stats.sources, "documents": stats.documents, "units": stats.units}
    if account.stopped:
        yield phrase("store account stopped", **store)
    else:
        yield phrase("store account", **store, passages=account.passages)
    yield phrase(
        "mentions account",
        n=stats.mentions,
        sure=stats.resolved_mentions,
        ambiguous=stats.ambiguous_mentions,
        unplaced=stats.unplaced_mentions,
    )


def files_line(account: Account) -> str:
    """Return how many files there were, by what became of them."""
    counts = {what: account.outcomes[what] for what in KEPT if what not in SELDOM or account.outcomes[what]}
    parts = [phrase(f"files {what}", n=n) for what, n in {**counts, "failed": len(account.failures)}.items()]
    return phrase("files account", n=account.files, parts=" + ".join(parts))


def failure_lines(account: Account) -> Iterator[str]:
    """Yield what was wrong with each file that failed: all of them."""
    for failure in account.failures:
        yield phrase("file failed", path=failure.path, reason=failure.reason)


def note_lines(account: Account) -> Iterator[str]:
    """Yield what else a person should know: what the reading of files warns of, and what was moved or is gone."""
    yield from some([phrase("note on file", name=name, note=warning) for name, warning in account.warnings])
    yield from some([phrase("file renamed", before=before, after=after) for before, after in account.renamed])
    yield from some([phrase("file gone", name=name) for name in account.missing])
    if account.missing:
        yield phrase("files gone", n=len(account.missing))
    for note in account.notes:
        yield phrase("note", note=note)


def some(lines: Sequence[str]) -> Iterator[str]:
    """Yield the first of many lines, and how many there are more."""
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield phrase("lines more", n=len(lines) - MOST_LINES)


def account_object(account: Account) -> str:
    """Return the account as one line of JSON, for programs."""
    said = {
        "event": "account",
        "files": account.files,
        "outcomes": {**dict.fromkeys(KEPT, 0), **account.outcomes, "failed": len(account.failures)},
        "failures": [asdict(failure) for failure in account.failures],
        "passed_over": dict(account.passed_over),
        "passed_over_files": account.others,
        "store": asdict(account.stats),
        "passages": account.passages,
        "notes": account.notes,
        "unindexed": account.unindexed,
        "stopped": account.stopped,
    }
    return json.dumps(said, ensure_ascii=False)


def finding_lines(checked: Checked) -> Iterator[str]:
    """Yield what is wrong with a store, and what to do."""
    for finding in checked.findings:
        yield phrase("finding", part=finding.part, what=finding.what, remedy=finding.remedy)
    if not checked.findings:
        yield phrase("sound", n=checked.sources)


def findings_object(checked: Checked) -> str:
    """Return the same for programs."""
    found = [asdict(finding) for finding in checked.findings]
    return json.dumps({"sound": not found, "sources": checked.sources, "findings": found}, ensure_ascii=False)
