"""`thongsuot --help` answers at once: what is heavy is imported by the command that needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "networkx",
    "rdflib",
    "pyoxigraph",
    "xlsxwriter",
    "multiprocessing",
    "pyvis",
    "jinja2",
    "IPython",
    "whoosh",
    "tantivy",
    "rich",
    "numpy",
    "sqlite3",
)


def imported(*words: str) -> set[str]:
    """Return the top-level modules that a command line imports."""
    call = "import sys; from cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    code = call + "print('\\nIMPORTED', *sorted({name.split('.')[0] for name in sys.modules}))"
    result = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(result.stdout.split("IMPORTED", 1)[1].split())


@pytest.mark.parametrize("words", [("--help",), ("who", "--help"), ("ingest", "--help"), ("--version",)])
def test_help_imports_no_heavy_package(words: tuple[str, ...]) -> None:
    found = imported(*words)
    assert {"cli", "click"} <= found
    assert not found & set(HEAVY)


def test_extract_needs_no_store_graph_or_search(samples_folder: Path) -> None:
    """A pipe over many files pays for reading only."""
    file = min(samples_folder.glob("*.txt"))
    found = imported("extract", str(file), "--json")
    assert "ingest" in found
    assert not found & set(HEAVY)
