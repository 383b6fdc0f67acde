"""How much of a file is read, how long and in how much memory: what a hostile or broken file may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of reading one file; a file beyond one of them is refused by name, and the run goes on.

    `file` is the size on disk and `unpacked` what a compressed file may hold, in bytes; `members` how many files an
    archive may hold and `depth` how many archives may lie in each other; `pages` those of a PDF or a scan; `text` the
    characters of a source; `seconds` and `memory` (bytes) what a reader may take before it is stopped, `page_seconds`
    what recognising one page of a scan may take.
    """

    file: int = 50 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    members: int = 10_000
    depth: int = 3
    pages: int = 2_000
    text: int = 20_000_000
    seconds: float = 300.0
    page_seconds: float = 60.0
    memory: int = 800 * MEGABYTE


DEFAULT = Limits()
