"""A headless Chromium for the tests of pages.

Without it they are skipped, or fail where THONGSUOT_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def absent(what: str) -> None:
    """Skip, or fail where a browser was asked for."""
    if os.environ.get("THONGSUOT_REQUIRE_BROWSER") == "1":
        pytest.fail(f"THONGSUOT_REQUIRE_BROWSER=1, but {what}")
    pytest.skip(what)


@contextmanager
def started() -> Iterator[Any]:
    """Start Chromium, and end it after."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed (pip install thongsuot[browser])")
    if CHROMIUM is None:
        absent("no chromium on the PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
