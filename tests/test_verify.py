"""What goes wrong with a store: it is told in a sentence with the remedy, and what is sound is never called damaged."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import Result

from jobs import verify as verifying
from jobs.account import Account, File
from jobs.discovery import find_files
from jobs.keeping import MOST_FILES
from kg.language import saying
from kg.model import StoreError
from kg.soundness import Finding
from kg.store import Store
from present.progress import silence
from tests.made import claim, plan, report

Run = Callable[..., Result]


def verify(directory: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a store."""
    return verifying.verify(directory, silence).findings


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be said in one language."""
    monkeypatch.setenv("THONGSUOT_LANG", "en")


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the store of the samples, as a backup is made: by copying its folder."""
    return Path(shutil.copytree(sample_store, tmp_path / "kho"))


def tamper(store: Path, statement: str) -> None:
    """Change the store behind the program's back."""
    with sqlite3.connect(store / "graph.db") as connection:
        connection.execute(statement)
    connection.close()


def test_a_sound_store_is_sound(run: Run, store: Path) -> None:
    result = run("--store", store, "verify")
    assert result.exit_code == 0, result.output
    assert "are sound: 36 files" in result.stdout
    assert json.loads(run("--store", store, "verify", "--json").stdout) == {
        "sound": True,
        "sources": 36,
        "findings": [],
    }


TAMPERED = [
    # the text is another than was read
    ("UPDATE sources SET text = replace(text, 'thực hiện', 'thực hành') WHERE id = 1", "sources", "is not the one"),
    # a mention points to other words
    ("UPDATE mentions SET start = start + 1 WHERE source = 2", "mentions", "is not where its text has it"),
    # a passage beyond the end
    ('UPDATE passages SET "end" = 10000000 WHERE source = 3 AND start = 0', "passages", "1 place in"),
    # rows without what they speak of
    ("DELETE FROM claims WHERE id = 5", "mentions", "speaks of claims that are not there"),
    ("DELETE FROM documents WHERE id = (SELECT document FROM claims WHERE id = 1)", "claims", "speak of documents"),
    # a conclusion that nothing supports: another date, a document more, a unit less
    (
        "UPDATE documents SET date = '1999-01-01' WHERE id = (SELECT document FROM claims LIMIT 1)",
        "documents",
        "2 rows",
    ),
    ("INSERT INTO documents VALUES ('x', 'y', 'z', 'kh', '', 'sure', '[]')", "documents", "1 row does not follow"),
    ("DELETE FROM units WHERE id = (SELECT min(id) FROM units)", "units", "1 row does not follow"),
    ("UPDATE cells SET claims = claims + 1 WHERE id = 1", "cells", "2 rows do not follow"),
    # a file that would never be read again
    (
        "INSERT INTO files VALUES ('a.txt', '/x', x'00', 1, 1, 'x', 'text', 1)",
        "files",
        "a.txt is taken for read, and nothing",
    ),
    # a source that the index lacks, though it says that it is up to date
    (
        "INSERT INTO passages SELECT id, '[]', 'paragraph', substr(text, 1, 9), 0, 9 FROM sources LIMIT 1",
        "index",
        "the search index has",
    ),
]


@pytest.mark.parametrize(("statement", "part", "what"), TAMPERED)
def test_what_is_not_sound_is_found(run: Run, store: Path, statement: str, part: str, what: str) -> None:
    tamper(store, statement)
    result = run("--store", store, "verify", "--json")
    assert result.exit_code == 1
    found = {(one["part"], one["what"]) for one in json.loads(result.stdout)["findings"]}
    assert any(where == part and what in words for where, words in found), found
    assert "→" in run("--store", store, "verify").stdout


def test_an_index_that_is_only_older_is_sound(run: Run, store: Path, tmp_path: Path) -> None:
    with Store.open(store, write=True) as opened:
        opened.remove(next(opened.sources()).name)
    assert run("--store", store, "verify").exit_code == 0
    shutil.rmtree(store / "index")
    assert run("--store", store, "verify").exit_code == 0
    run("--store", store, "search", "dân vận")
    (store / "index" / "stamp.json").write_text("{", encoding="utf-8")
    assert "damaged" in run("--store", store, "verify").stdout


@pytest.mark.parametrize(
    "numbers",
    [
        # as many reports state the one as the other
        ("10/2021/QH15", "10/2022/QH15", "10/2022/QH15", "10/2021/QH15"),
        # one more states the other: by its number, and by its id
        ("41/2024/QH15", "58/2014/QH13", "58/2014/QH13"),
    ],
)
def test_conclusions_do_not_depend_on_the_order(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    """A law whose number one report has wrong: which number is the law's own is decided by all, not by the first."""
    reports = [
        report(f"{place}.txt", claim("d1", "luật", number, issuer="Quốc hội", title="Thực hiện dân chủ ở cơ sở"))
        for place, number in enumerate(numbers)
    ]
    for count, order in enumerate(permutations(range(len(numbers)))):
        with Store.open(tmp_path / f"{count}", write=True) as store:
            for place in order:
                store.add(reports[place])
        said = {finding.part for finding in verify(tmp_path / f"{count}")}
        assert said & {"documents", "cells", "claims", "units"} == set(), order


# ---- damage ---------------------------------------------------------------------------------------------------------


def flip(path: Path, count: int = 2000) -> None:
    """Turn bits over all the file, its first page apart."""
    data, rng = bytearray(path.read_bytes()), random.Random(1)
    for _ in range(count):
        data[rng.randrange(4096, len(data))] ^= 0xFF
    path.write_bytes(data)


def header(path: Path) -> None:
    """Overwrite the beginning."""
    with path.open("rb+") as file:
        file.write(b"\0" * 512)


def cut(path: Path) -> None:
    """Take the last half away."""
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def empty(path: Path) -> None:
    """Leave nothing."""
    path.write_bytes(b"")


def of_another_program(path: Path) -> None:
    """Put another program's database in its place."""
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()


def version(number: int) -> Callable[[Path], None]:
    """Return what gives the store the form of another version."""

    def change(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {number}")
        connection.close()

    return change


DAMAGED = [
    (flip, "damaged"),
    (header, "damaged"),
    (cut, "damaged"),
    (empty, "is empty"),
    (of_another_program, "a database of another program"),
    (version(99), "by a newer thongsuot"),
    (version(1), "has an older form"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGED)
def test_a_damaged_store_is_told(run: Run, store: Path, damage: Callable[[Path], None], words: str) -> None:
    damage(store / "graph.db")
    result = run("--store", store, "verify")
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output
    for question in (("stats",), ("who", "33/CT-TTg"), ("search", "dân vận"), ("check",)):
        asked = run("--store", store, *question)
        assert asked.exit_code in {0, 1, 2}  # what lies on sound pages may be answered
        assert "fault of thongsuot" not in asked.stderr
        assert "Traceback" not in asked.output


def test_a_store_without_its_log_has_what_was_kept_before(store: Path) -> None:
    """The -wal file that a killed run leaves may be lost in a copy: the store is then an older one, and whole."""
    with Store.open(store, write=True) as opened:
        opened.add(report("mới.txt", claim("d1", "chỉ thị", "5/CT-TTg")))
        shutil.copyfile(store / "graph.db", store / "copy.db")  # without the log
    (store / "copy.db").replace(store / "graph.db")
    for log in store.glob("graph.db-*"):
        log.unlink()
    shutil.rmtree(store / "index")
    assert verify(store) == ()


# ---- a damaged index ------------------------------------------------------------------------------------------------

PARTS = ("term", "idx", "pos", "store", "fast", "fieldnorm")


def segment_files(store: Path) -> list[Path]:
    """Return the files of the index that hold what was indexed."""
    files = [file for file in (store / "index").glob("tantivy-*/*") if file.suffix.removeprefix(".") in PARTS]
    assert {file.suffix for file in files} == {f".{part}" for part in PARTS}
    return files


def spoil(file: Path, places: range) -> None:
    """Change the bytes at some places of a file, its length left as it is."""
    data = bytearray(file.read_bytes())
    for place in places:
        data[place] ^= 0x55
    file.write_bytes(data)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("step", [61, 1009])
def test_an_index_damaged_inside_is_told_and_built_again(run: Run, store: Path, part: str, step: int) -> None:
    """Whatever the engine makes of it, a panic included, ends in an answer; nothing but the index is in doubt."""
    for file in segment_files(store):
        if file.suffix == f".{part}":
            spoil(file, range(20, file.stat().st_size - 100, step))
    told = run("--store", store, "verify")
    assert (told.exit_code, "the search index" in told.stdout) == (1, True)
    assert run("--store", store, "search", "dân vận").exit_code == 0
    assert run("--store", store, "reindex").exit_code == 0
    assert run("--store", store, "verify").exit_code == 0


def test_an_index_damaged_all_over_is_built_again(run: Run, store: Path) -> None:
    """The engine opens it and panics when it is asked."""
    asked = ("--store", store, "search", "dân vận")
    sound = run(*asked).stdout
    for file in segment_files(store):
        spoil(file, range(20, file.stat().st_size - 100, 197))
    found = run(*asked)
    assert (found.exit_code, found.stdout) == (0, sound)
    assert "The search index was damaged and has been built again" in found.stderr
    assert verify(store) == ()


@pytest.mark.parametrize("part", PARTS)
def test_one_wrong_byte_in_the_index_is_seen(store: Path, part: str) -> None:
    for file in segment_files(store):
        if file.suffix == f".{part}":
            middle = file.stat().st_size // 2
            spoil(file, range(middle, middle + 1))
    (finding,) = verify(store)
    assert "damaged" in finding.what


@pytest.mark.parametrize("content", [b"not a database ", bytes(range(256))])
def test_a_lock_that_is_no_lock_is_made_anew(run: Run, store: Path, content: bytes) -> None:
    """Stamp, facts and lock of the index are damaged together: a search mends all three."""
    for name in ("lock.db", "stamp.json", "facts.json"):
        (store / "index" / name).write_bytes(content * 60)
    found = run("--store", store, "search", "dân vận")
    assert found.exit_code == 0
    assert "has been built again" in found.stderr
    (store / "index" / "lock.db").write_bytes(content * 60)
    assert run("--store", store, "reindex").exit_code == 0
    assert verify(store) == ()


def test_an_index_on_a_medium_for_reading_only(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says of it is in the language spoken."""

    def refused(directory: Path, *given: object, **named: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(directory))

    monkeypatch.setattr("search.index.Path.mkdir", refused)
    result = run("--lang", "vi", "--store", store, "reindex")
    assert result.exit_code == 1
    assert "ổ đĩa chỉ cho đọc" in result.stderr
    assert "Read-only" not in result.stderr


# ---- backup ---------------------------------------------------------------------------------------------------------


def test_backup_is_a_store_of_its_own(run: Run, store: Path, tmp_path: Path) -> None:
    with Store.open(store, write=True) as writer, writer.batch():
        writer.remove(next(writer.sources()).name)  # not kept yet, and so not copied
        assert run("--store", store, "backup", tmp_path / "sao").exit_code == 0
        said, copied = (run("--store", place, "who", "33/CT-TTg") for place in (store, tmp_path / "sao"))
        assert said.stdout == copied.stdout
    assert run("--store", tmp_path / "sao", "verify").exit_code == 0
    with Store.open(tmp_path / "sao") as copy:
        assert sum(1 for _ in copy.sources()) == 36
    again = run("--store", store, "backup", tmp_path / "sao")
    assert again.exit_code == 1
    assert "a store in" in again.stderr


@pytest.mark.parametrize("count", [40, 2000])
def test_a_damaged_store_is_not_copied(run: Run, store: Path, tmp_path: Path, count: int) -> None:
    """It is the store that is at fault, and nothing is left where the copy would be."""
    flip(store / "graph.db", count)
    result = run("--lang", "vi", "--store", store, "backup", tmp_path / "sao" / "kho")
    assert result.exit_code == 1
    assert f"Kho {store / 'graph.db'} bị hỏng" in result.stderr
    assert not (tmp_path / "sao").exists()


def test_where_a_copy_cannot_be(run: Run, store: Path, tmp_path: Path) -> None:
    """On a file, below a file, in the store itself: the remedy is another folder, not another store."""
    file = tmp_path / "qd.txt"
    file.write_text("Quyết định", encoding="utf-8")
    for into in (file, file / "kho", store, store / "sao", store / "index" / "sao"):
        result = run("--store", store, "backup", into)
        assert result.exit_code == 1
        assert "choose another folder" in result.stderr
        assert not list(tmp_path.rglob("sao"))


# ---- faults while a run goes on -------------------------------------------------------------------------------------

FAULTS = [
    ("FULL", "is full; what was reported as done is kept", "đã đầy"),
    ("IOERR", "The disk or network with", "bị lỗi"),
    ("READONLY", "cannot be written", "Không ghi được kho"),
    ("CORRUPT", "is damaged", "bị hỏng"),
    ("BUSY", "is being written by another thongsuot (process ", "đang ghi vào kho"),
    ("SCHEMA", "see what `thongsuot verify` says", "thongsuot verify"),
]


def sqlite_error(name: str) -> sqlite3.Error:
    """Return an error of SQLite, its words those of a document."""
    error = sqlite3.OperationalError("a document that is full of words: malformed, locked, disk i/o")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
    return error


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six reports."""
    folder = tmp_path / "báo cáo"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(plan(number + 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("fault", "english", "vietnamese"), FAULTS)
def test_a_fault_of_the_disk_is_told_and_costs_nothing(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, english: str, vietnamese: str
) -> None:
    """The second transaction of a run fails: what the first kept is there, and the next run goes on."""
    store, commit, commits = tmp_path / "kho", Store._commit, []

    def failing(self: Store) -> None:
        commits.append(self)
        if len(commits) > 1:
            self._undo("level0")
            raise sqlite_error(fault)
        commit(self)

    monkeypatch.setattr("jobs.keeping.MOST_FILES", 2)
    monkeypatch.setattr(Store, "_commit", failing)
    for language, words in (("en", english), ("vi", vietnamese)):
        result = run("--lang", language, "--store", store, "ingest", "--json", folder)
        assert result.exit_code == 1
        assert words in result.stderr
        assert "Traceback" not in result.output
    monkeypatch.undo()
    with Store.open(store) as opened:
        assert sum(1 for _ in opened.sources()) == 2
    assert verify(store) == ()
    assert "6 = 4 mới" in run("--lang", "vi", "--store", store, "ingest", folder).stdout
    assert verify(store) == ()


def test_an_index_that_cannot_be_written_costs_no_report(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(store: Store) -> None:
        raise StoreError(saying("index not written", path="index", reason="No space left"))

    with monkeypatch.context() as patched:
        patched.setattr("jobs.gather.current_index", failing)
        result = run("--store", tmp_path / "kho", "ingest", folder)
    assert result.exit_code == 1
    assert "Files: 6 = 6 new" in result.stdout
    assert "What was read is kept, but the search index" in result.stderr
    assert run("--store", tmp_path / "kho", "search", "kế hoạch").exit_code == 0
    assert verify(tmp_path / "kho") == ()


@pytest.mark.parametrize("gone", ["a file", "the folder"])
def test_files_that_vanish_during_a_run_are_named(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    """A network drive goes between the look at the folder and the reading: nothing that was kept is lost."""
    store = tmp_path / "kho"
    assert run("--store", store, "ingest", folder).exit_code == 0
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "Thêm một dòng.\n", encoding="utf-8")

    def found(paths: list[Path], account: Account) -> list[File]:
        files = find_files(paths, account)
        if gone == "a file":
            (folder / "3.txt").unlink()
        else:
            folder.rename(folder.with_name("away"))
        return files

    monkeypatch.setattr("jobs.gather.find_files", found)
    result = run("--store", store, "ingest", "--forget-missing", folder)
    assert result.exit_code == 1
    assert f"{folder / '3.txt'}" in result.stderr
    assert "What it said before is kept." in result.stderr
    assert "Traceback" not in result.output
    with Store.open(store) as opened:
        assert sum(1 for _ in opened.sources()) == 6
    assert verify(store) == ()


@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM", "SIGHUP", "CTRL_BREAK_EVENT"])
def test_a_run_that_is_asked_to_end_ends_in_order(tmp_path: Path, asked: str) -> None:
    """Ctrl-C, `kill`, a closed window; on Windows Ctrl-Break, the only one that can be sent to a process there."""
    if (sys.platform == "win32") != (asked == "CTRL_BREAK_EVENT"):
        pytest.skip("another system's way to end a program")
    folder = tmp_path / "báo cáo"
    folder.mkdir()
    for number in range(3 * MOST_FILES):  # more than a transaction: the first line tells of it
        (folder / f"{number:04}.txt").write_text(plan(number) + "Nội dung. " * 50, encoding="utf-8")
    run = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "cli",
            "--lang",
            "en",
            "--store",
            str(tmp_path / "kho"),
            "ingest",
            "--json",
            str(folder),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    assert run.stdout is not None
    run.stdout.readline()
    run.send_signal(getattr(signal, asked))
    out, err = run.communicate(timeout=120)
    assert (run.returncode, "Traceback" in err) == (130, False), err
    assert "run the command again to go on" in err
    account = json.loads(out.splitlines()[-1])
    assert account["stopped"]
    with Store.open(tmp_path / "kho") as store:
        assert sum(1 for _ in store.sources()) == account["outcomes"]["new"] < 3 * MOST_FILES
    assert verify(tmp_path / "kho") == ()


# ---- a disk that is full, two writers -------------------------------------------------------------------------------

LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv[1:] = sys.argv[2:]
from cli import main
main()
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no bound on the size of files to stand for a full disk"
)
def test_a_full_disk_keeps_what_was_reported(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "báo cáo"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(plan(number) + "Nội dung. " * 3000, encoding="utf-8")
    first = [folder / f"{number:02}.txt" for number in range(5)]
    assert run("--store", tmp_path / "kho", "ingest", *first).exit_code == 0
    size = (tmp_path / "kho" / "graph.db").stat().st_size
    command = [sys.executable, "-c", LIMITED, str(size + 200_000), "--lang", "en", "--store", str(tmp_path / "kho")]
    full = subprocess.run(
        [*command, "ingest", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert full.returncode == 1
    assert "what was reported as done is kept" in full.stderr
    assert "Traceback" not in full.stderr
    assert verify(tmp_path / "kho") == ()
    assert run("--store", tmp_path / "kho", "ingest", folder).exit_code == 0
    with Store.open(tmp_path / "kho") as store:
        assert sum(1 for _ in store.sources()) == 30
    assert verify(tmp_path / "kho") == ()


def test_two_writers_take_turns(tmp_path: Path) -> None:
    folders = []
    for which in ("a", "b"):
        folders.append(tmp_path / which)
        folders[-1].mkdir()
        for number in range(20):
            text = plan(number + 1).replace("12/", "12") + f"Nơi {which}.\n"
            (folders[-1] / f"{which}{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "cli", "--store", str(tmp_path / "kho"), "ingest", "--quiet"]
    root = Path(__file__).parents[1]
    runs = [subprocess.Popen([*command, str(folder)], cwd=root, stderr=subprocess.PIPE) for folder in folders]
    for one in runs:
        _, said = one.communicate()
        assert one.returncode == 0, said.decode()
    with Store.open(tmp_path / "kho") as store:
        assert sum(1 for _ in store.sources()) == 40
    assert verify(tmp_path / "kho") == ()


def test_a_writer_that_is_long_at_work_is_named(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.WAIT", 0.1)
    monkeypatch.setattr(Store.open.__func__, "__kwdefaults__", {"write": False, "wait": 0.1})  # type: ignore[attr-defined]
    with Store.open(store, write=True) as writer, writer.batch():
        writer.remove(next(writer.sources()).name)
        result = run("--store", store, "remove", "không có.txt")
    assert result.exit_code == 1
    assert "is being written by another thongsuot" in result.stderr
