"""A folder of files made to harm, read by `thongsuot ingest` as a user runs it.

Each is read or refused by name with the remedy, the others are read all the same, nothing is fetched, and time and
memory stay within the settings.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from ingest.readers.tools import LIBREOFFICE
from tests.docs97 import compound, doc
from tests.docxs import docx, p, packed
from tests.encoded import tcvn3, windows_1258
from tests.made import plan
from tests.offices import odt
from tests.pdfs import pdf
from tests.tampered import (
    DEEP,
    LAUGHS,
    OUTER,
    absurd_lists,
    endless_directory,
    endless_notes,
    fetching,
    lying,
    nested,
    nested_tables,
    overlapping,
    pdfs,
    tampered_docx,
)

MEGABYTE = 1_000_000
JOBS = 2
SETTINGS = {
    "THONGSUOT_SECONDS": "60",
    "THONGSUOT_MEMORY": "400",
    "THONGSUOT_FILE": "2",
    "THONGSUOT_UNPACKED": "10",
    "THONGSUOT_MEMBERS": "500",
    "THONGSUOT_LETTERS": "400000",
}
PARENT = 400 * MEGABYTE  # what the run itself may hold beside its readers
READ = None
ANY = ""  # read or refused: what a library makes of it may change, that it is named may not
SENTENCE = "Báo cáo kết quả thực hiện Nghị quyết số 25-NQ/TW của huyện Đại Từ"

# What a file holds, and what is said of it: part of the reason, READ, or ANY.
CASES: dict[str, tuple[bytes, str | None]] = {
    # ---- archives
    "sâu.zip/trong.zip/trong.zip/trong.zip": (nested(packed({"a.txt": b"x"}), 3), "lies in 3 archives"),
    # the same bytes under many names: what all would unpack to counts
    "chồng.zip": (overlapping(400, 100_000), "would unpack to more than 10 MB"),
    # a thousand to one
    "tỉ lệ.zip/a.txt": (packed({"a.txt": b" " * 3_000_000}), "unpacks to 3 MB, more than the 2 MB allowed"),
    "nhiều.zip": (packed({f"{n}.txt": b"" for n in range(501)}), "more than 500 parts"),
    # sizes in the headers that are not so
    "nói ít.zip/a.txt": (lying(packed({"a.txt": b"abc" * 9999}), 5), "is damaged"),
    "nói nhiều.zip": (lying(packed({"a.txt": b"abc"}), 0x7FFFFFFF), "would unpack to more than 10 MB"),
    "mục lục.zip": (endless_directory(), "damaged"),
    "cụt.zip": (packed({"a.txt": b"abc"})[:-9], "damaged"),
    "nổ.docx": (docx(p("a" * 11_000_000)), "would unpack to"),
    "nổ.odt": (odt(f"<text:p>{'a' * 11_000_000}</text:p>"), ANY),
    # ---- XML
    "tỉ cười.docx": (tampered_docx(f"{LAUGHS}]>", "&i;"), "has a document type or entities"),
    "tỉ cười.odt": (odt("", more={"content.xml": f"{LAUGHS}]><x>&i;</x>"}), "has a document type or entities"),
    "DTD ở xa.docx": (tampered_docx(f"{OUTER}]>", "&b;"), "has a document type or entities"),
    "tỉ cười.html": (f"{LAUGHS}]><html><body><p>{SENTENCE} &i;</p></body></html>".encode(), READ),
    "bảng sâu.docx": (nested_tables(1000), "nested too deep"),
    "ký tự lẻ.docx": (tampered_docx(inside="&#xD800;"), "is damaged (word/document.xml)"),
    "sâu.html": (b"<html><body>" + b"<div>" * DEEP + SENTENCE.encode(), READ),
    "bảng sâu.html": (b"<html><body>" + b"<table><tr><td>" * 9999 + SENTENCE.encode(), READ),
    "chú thích.html": (b"<html><body>" + b"<!--" * DEEP + SENTENCE.encode(), READ),
    "sâu.md": (b"> " * DEEP + SENTENCE.encode(), READ),
    "sâu.odt": (odt("<text:p>" + "<text:span>" * 5000 + "a" + "</text:span>" * 5000 + "</text:p>"), "nested too deep"),
    # ---- text
    "một dòng.txt": (b"a" * 3_000_000, "has 3 MB, more than the 2 MB"),
    "dài.txt": (b"a" * 400_001, "400,001 characters, more than the 400,000"),
    "NUL.txt": (b"B\0o", "is a binary file"),
    "nửa cặp.txt": ("Bo".encode("utf-16") + b"\x00\xd8\x41\x00", "is not in UTF-8"),
    "nửa cặp 8.txt": (f"{SENTENCE} {SENTENCE} {SENTENCE}".encode() + b"\xed\xa0\x80", READ),
    "TCVN3 trong Unicode.txt": (f"{SENTENCE}\n{tcvn3(SENTENCE)}\n".encode(), READ),
    "BOM.txt": (b"\xef\xbb\xbf" * 3 + SENTENCE.encode(), READ),
    "BOM 16.txt": (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), READ),
    "BOM 32.txt": (SENTENCE.encode("utf-32"), READ),
    "cp1258.txt": (windows_1258(SENTENCE), READ),
    "rỗng.txt": (b"", "is empty"),
    "trắng.txt": (b"\xef\xbb\xbf \r\n\x0c", "is empty"),
    "chú thích.txt": (b"abc\xc2\xb9 " * 20_000, READ),
    # ---- Word
    "vòng chú thích.docx": (endless_notes(), READ),
    "danh sách.docx": (absurd_lists(), READ),
    "khóa.docx": (compound({"EncryptedPackage": b"x"}), "is an Office file locked with a password"),
    "khóa.doc": (doc("abc\r", flags=0x0100), "is locked with a password"),
    "cụt.doc": (doc("abc\r")[:1500], ANY),
    "thật ra là html.doc": (f"<html><body>{SENTENCE}</body></html>".encode(), READ),
    "thật ra là docx.doc": (docx(p(SENTENCE)), READ),
    "thật ra là pdf.docx": (pdf(["Noi dung"]), READ),
    "chương trình.pdf": (b"MZ\x90\0" + bytes(99), "is a binary file"),
    # ---- web pages in one file
    "lồng.mht": (
        b"MIME-Version: 1.0\n"
        + b"".join(b'Content-Type: multipart/related; boundary="%d"\n\n--%d\n' % (n, n) for n in range(900)),
        ANY,
    ),
    "mã lạ.mht": (
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=x-none\nContent-Transfer-Encoding: base64\n\n####\n",
        "without its text",
    ),
    **pdfs(),
}  # fmt: skip

# Names in an archive, and under which each document is known.
TRICKS = {
    "../../leo.txt": "leo.txt",
    "/etc/gốc.txt": "etc/gốc.txt",
    "C:\\ổ đĩa.txt": "ổ đĩa.txt",
    "NUL": None,
    "CON.txt": "CON.txt",
    "chấm.txt...": None,
    "a.txt": "a.txt",
    "A.TXT": "A.TXT",
    "d" * 300 + ".txt": "d" * 300 + ".txt",
    "điều\x07khiển.txt": "điều_khiển.txt",
    "phải\u202etxt.doc.txt": "phải_txt.doc.txt",
    "Ke\u0301 hoa\u0323ch.txt": "Ké hoạch.txt",
}


@dataclass(frozen=True)
class Trial:
    """What a run did: its exit code, what it said of each file, the connections that were made, its peak of memory."""

    code: int
    said: dict[str, tuple[str, str]]
    connections: int
    memory: int
    folder: Path
    errors: str
    notes: list[str]


class Listener:
    """A server that answers nobody, and counts who asks."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.count = 0
        threading.Thread(target=self.listen, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def listen(self) -> None:
        """Count until the end."""
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.count += 1
            connection.close()


def ingest(folder: Path, store: Path, listener: Listener, settings: dict[str, str]) -> Trial:
    """Return what `thongsuot ingest` does with a folder."""
    command = [sys.executable, "-m", "cli", "--store", str(store), "ingest", str(folder), "--json", "--jobs", str(JOBS)]
    environment = os.environ | settings | {"THONGSUOT_LANG": "en", "PYTHONUTF8": "1"}
    with (store.parent / "err").open("w+b") as errors, (store.parent / "out").open("w+b") as out:
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment, cwd=Path(__file__).parents[1])
        memory = 0
        while process.poll() is None:
            memory = max(memory, held(process.pid))
            time.sleep(0.1)
        out.seek(0)
        errors.seek(0)
        events = [json.loads(line) for line in out.read().decode().splitlines()]
        said = {event["name"]: (event["what"], event.get("reason", "")) for event in events if event["event"] == "file"}
        return Trial(
            process.returncode, said, listener.count, memory, folder, errors.read().decode(), events[-1]["notes"]
        )


def odd_entries(folder: Path, outside: Path) -> None:
    """Put in a folder what is no file of its own: a pipe, a socket, links; names that are no UTF-8, or differ in case.

    What a system can't have is left out.
    """
    (outside / "ngoài").mkdir()
    (outside / "ngoài" / "bí mật.txt").write_text(plan(70), encoding="utf-8")
    (folder / "hoa.txt").write_text(plan(71), encoding="utf-8")
    if not (folder / "HOA.txt").exists():
        (folder / "HOA.txt").write_text(plan(72), encoding="utf-8")
    if os.name == "posix":
        os.mkfifo(folder / "ống.txt")
        with suppress(OSError):  # a path that is too long for a socket
            socket.socket(socket.AF_UNIX).bind(str(folder / "ổ cắm.txt"))
        (folder / "vòng").symlink_to(folder, target_is_directory=True)
        (folder / "ra ngoài").symlink_to(outside / "ngoài", target_is_directory=True)
        (folder / "cụt.txt").symlink_to(folder / "không có.txt")
        (folder / "tự mình.txt").symlink_to(folder / "tự mình.txt")
    if sys.platform == "linux":
        Path(os.fsdecode(os.fsencode(folder) + b"/t\xean c\xf2.txt")).write_text(plan(73), encoding="utf-8")
    locked = folder / "không có quyền.txt"
    locked.write_text(plan(74), encoding="utf-8")
    locked.chmod(0)


def held(pid: int) -> int:
    """Return the bytes of memory that a process and all that it started hold."""
    try:
        parent = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (parent, *parent.children(recursive=True)))
    except psutil.Error:
        return 0


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """One run over all cases and some good files."""
    place = tmp_path_factory.mktemp("hostile")
    folder = place / "in"
    folder.mkdir()
    listener = Listener()
    good = {f"tốt {number}.txt": plan(number).encode() for number in range(1, 4)}
    cases = {name.partition("/")[0]: data for name, (data, _) in CASES.items()}
    tricks = packed({name: plan(100 + number) for number, name in enumerate(TRICKS)})
    for name, data in {**good, **cases, **fetching(listener.url), "tên.zip": tricks}.items():
        (folder / name).write_bytes(data.replace(b"{url}", listener.url.encode()) if name.endswith(".html") else data)
    odd_entries(folder, place)
    os.environ.pop(LIBREOFFICE.setting, None)
    yield ingest(folder, place / "kho", listener, SETTINGS | {LIBREOFFICE.setting: ""})
    listener.socket.close()


@pytest.mark.parametrize("name", CASES)
def test_each_is_read_or_refused_by_name(trial: Trial, name: str) -> None:
    what, reason = trial.said[name]
    expected = CASES[name][1]
    if expected is READ:
        assert (what, reason) == ("new", "")
    elif expected:
        assert expected in reason
        assert what == "failed"


def test_the_others_are_read(trial: Trial) -> None:
    """Good files are, and those that ask for something from elsewhere, which nobody fetches."""
    names = [f"tốt {number}.txt" for number in range(1, 4)] + list(fetching(""))
    assert {name: trial.said[name] for name in names} == dict.fromkeys(names, ("new", ""))
    assert trial.connections == 0
    assert trial.code == 1


def test_time_and_memory_stay_within_the_settings(trial: Trial) -> None:
    assert not [reason for _, reason in trial.said.values() if "seconds" in reason or "fault of thongsuot" in reason]
    assert "Traceback" not in trial.errors
    assert trial.memory < JOBS * int(SETTINGS["THONGSUOT_MEMORY"]) * MEGABYTE + PARENT


def test_no_name_of_an_archive_becomes_a_path(trial: Trial) -> None:
    known = {name.removeprefix("tên.zip/") for name in trial.said if name.startswith("tên.zip/")}
    assert known == {shown for shown in TRICKS.values() if shown}
    assert not list(trial.folder.parent.rglob("*leo*"))
    assert not Path("/etc/gốc.txt").exists()


def test_what_is_no_file_of_its_own(trial: Trial) -> None:
    """Pipes and sockets are passed over unopened, links to folders are not followed, those that lead nowhere named."""
    assert not {"ống.txt", "ổ cắm.txt"} & set(trial.said)
    assert not [name for name in trial.said if name.startswith(("vòng/", "ra ngoài/"))]
    if os.name == "posix":
        assert sum("is a link to a folder and is not followed" in note for note in trial.notes) == 2
        assert {trial.said.get(name, ("", ""))[0] for name in ("cụt.txt", "tự mình.txt")} <= {"failed", ""}
        assert "tự mình.txt" in trial.errors
    same = {name for name in os.listdir(trial.folder) if name.lower() == "hoa.txt"}
    assert same == {name for name in trial.said if name.lower() == "hoa.txt" and trial.said[name][0] == "new"}


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode here")
def test_a_name_that_is_no_utf8(trial: Trial) -> None:
    """It is read, and kept under a name that can be written."""
    assert [what for name, (what, _) in trial.said.items() if re.fullmatch(r"t.{1,9}n c.{1,9}txt", name)] == ["new"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_file_without_the_right_to_read(trial: Trial) -> None:
    assert "ask its owner for permission" in trial.said["không có quyền.txt"][1]
