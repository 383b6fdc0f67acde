"""Say what is wrong with a file: its path and the reason, which goes through the catalogue in both languages."""

from __future__ import annotations

from pathlib import Path

from kg.language import Saying, saying
from kg.model import ReadError

WHOLE = "file fault"


def fault(path: Path, reason: str) -> ReadError:
    """Return the error for a file that can't be read: "a.txt is empty: …"."""
    return ReadError(saying(WHOLE, path=path, reason=reason))


def reason_in(error: ReadError) -> str:
    """Return why a file can't be read, without its path, for those who name it themselves."""
    said = error.args[0] if error.args else ""
    if isinstance(said, Saying):
        return said if said.key != WHOLE else said.values["reason"]  # type: ignore[return-value]
    return str(said)


def megabytes(size: int) -> int:
    """Return a size in MB, begun ones counted: for people."""
    return -(-size // 1_000_000)
