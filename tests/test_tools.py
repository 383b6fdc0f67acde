"""Outside programs: stopped with all that they have started, and kept from fetching anything."""

from __future__ import annotations

import http.server
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ingest.readers import tools
from ingest.readers.office import convert
from ingest.readers.tools import LIBREOFFICE, ToolError, run, scratch
from tests.offices import need, odt, p, saved_as

# A program that starts another, as soffice starts soffice.bin, writes down which, and waits for ever.
PARENT = (
    "import subprocess, sys, time, pathlib\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "pathlib.Path(sys.argv[1]).write_text(str(child.pid))\n"
    "time.sleep(600)\n"
)


def test_what_a_program_says(tmp_path: Path) -> None:
    echo = "import sys, os; sys.stdout.write(sys.stdin.read() + os.environ['MORE'])"
    assert run([sys.executable, "-c", echo], 60, data=b"Ban ", more={"MORE": "Bi thu"}) == b"Ban Bi thu"
    with pytest.raises(ToolError, match="no such language"):
        run([sys.executable, "-c", "import sys; sys.exit('no such language')"], 60)
    with pytest.raises(ToolError, match="cannot be started"):
        run([tmp_path / "none"], 60)


def test_a_program_that_hangs_is_stopped_with_its_family(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(ToolError, match="not done after"):
        run([sys.executable, "-c", PARENT, note], 5)
    child = int(note.read_text())
    for _ in range(100):  # who adopts the child takes a moment to bury it
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("what the program has started still runs")


def test_temporary_folders_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One's own when it is done or fails; those of killed processes with the next one."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{tools.SCRATCH}999999999-abc"
    left.mkdir()
    mine = tmp_path / f"{tools.SCRATCH}{os.getpid()}-abc"
    mine.mkdir()
    tools.sweep.cache_clear()
    with scratch() as folder:
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(ToolError), scratch():
        raise ToolError
    assert list(tmp_path.iterdir()) == [mine]


# ---- LibreOffice ----------------------------------------------------------------------------------------------------


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            paths.append("connected")
            super().handle()

        def log_message(self, *words: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", paths
        server.shutdown()


@pytest.mark.tools
@pytest.mark.parametrize("kind", ["odt", "doc", "rtf"])
def test_libreoffice_fetches_nothing(asked: tuple[str, list[str]], tmp_path: Path, kind: str) -> None:
    """Pictures and sections that lie elsewhere stay there."""
    program, (address, paths) = need(LIBREOFFICE), asked
    link = f'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="{address}/a.png"'
    picture = f'<draw:frame draw:name="a"><draw:image {link} xlink:actuate="onLoad"/></draw:frame>'
    section = f'<text:section text:name="b"><text:section-source {link.replace("a.png", "b.odt")}/></text:section>'
    if kind == "rtf":
        data = (
            rb'{\rtf1 Nghi quyet {\field{\*\fldinst INCLUDEPICTURE "' + address.encode() + rb'/a.png" \\d}{\fldrslt }}}'
        )
    else:
        file = tmp_path / "a.odt"
        file.write_bytes(odt(p(f"Nghị quyết {picture}") + section))
        data = (file if kind == "odt" else saved_as("doc", [file], tmp_path)[0]).read_bytes()
    paths.clear()
    assert convert(program, data, kind, 120).startswith(b"PK")
    assert paths == []


@pytest.mark.tools
def test_libreoffice_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a process nor a folder is left of a conversion that takes too long."""
    program = need(LIBREOFFICE)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ToolError, match="not done after"):
        convert(program, odt(p("Nghị quyết ") * 20_000), "odt", 0.4)
    running = [
        each for each in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(each.info["cmdline"] or ())
    ]
    assert running == []
    assert list(tmp_path.iterdir()) == []
