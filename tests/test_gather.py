"""A run over files that come, change, move and go: each is accounted for, and nothing vanishes without being asked."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from jobs.account import Account, Outcome
from jobs.discovery import extended, find_files
from jobs.gather import Options, gather
from kg.store import Store
from tests.made import plan

Run = Callable[..., Result]
OLD = 1_600_000_000  # a date of a file, long before it is read


class Silent:
    """A progress that keeps the outcomes."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def __call__(self, total: int) -> Silent:
        return self

    def __enter__(self) -> Callable[[Outcome], None]:
        return self.outcomes.append

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three plans, one in a folder below."""
    top = tmp_path / "báo cáo"
    for number, name in enumerate(("a.txt", "b.md", "huyện/c.txt"), 1):
        write(top / name, plan(number))
    return top


def write(path: Path, text: str) -> None:
    """Write a file that was last changed long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    os.utime(path, (OLD, OLD))


def ingest(tmp_path: Path, *paths: Path, **options: bool) -> dict[str, set[str]]:
    """Run over `paths`; return the names by what became of the files."""
    progress = Silent()
    account = gather(tmp_path / "kho", paths, progress, Options(**options))  # type: ignore[arg-type]
    found: dict[str, set[str]] = {}
    for outcome in progress.outcomes:
        found.setdefault(outcome.what, set()).add(outcome.name)
    if account.failures:
        found["failed"] = {Path(failure.path).name for failure in account.failures}
    return found


def sources(tmp_path: Path) -> set[str]:
    """Return the names of the sources in the store."""
    with Store.open(tmp_path / "kho") as store:
        return {source.name for source in store.sources()}


ALL = {"a.txt", "b.md", "huyện/c.txt"}


def test_files_that_are_as_they_were_are_not_opened(folder: Path, tmp_path: Path) -> None:
    assert ingest(tmp_path, folder) == {"new": ALL}
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_bytes(b"x" * before.st_size)  # other words, the same size and date
    os.utime(folder / "a.txt", (OLD, OLD))
    assert ingest(tmp_path, folder) == {"unchanged": ALL}
    assert ingest(tmp_path, folder, check_content=True) == {"changed": {"a.txt"}, "unchanged": ALL - {"a.txt"}}


def test_a_file_that_was_changed_as_it_was_read_is_looked_at_again(folder: Path, tmp_path: Path) -> None:
    os.utime(folder / "a.txt")  # now: it may be changed again within the same tick of the clock
    now = (folder / "a.txt").stat()
    ingest(tmp_path, folder)
    write(folder / "a.txt", plan(7))
    os.utime(folder / "a.txt", ns=(now.st_atime_ns, now.st_mtime_ns))
    assert ingest(tmp_path, folder) == {"changed": {"a.txt"}, "unchanged": ALL - {"a.txt"}}


def test_a_new_date_alone_changes_nothing(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    os.utime(folder / "a.txt", (OLD + 5, OLD + 5))
    assert ingest(tmp_path, folder) == {"unchanged": ALL}


def test_a_file_that_failed_is_tried_again(folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt", "")
    assert ingest(tmp_path, folder) == {"failed": {"a.txt"}, "new": ALL - {"a.txt"}}
    assert ingest(tmp_path, folder) == {"failed": {"a.txt"}, "unchanged": ALL - {"a.txt"}}
    write(folder / "a.txt", plan(1))
    assert ingest(tmp_path, folder) == {"new": {"a.txt"}, "unchanged": ALL - {"a.txt"}}
    write(folder / "a.txt", "")
    assert "failed" in ingest(tmp_path, folder)
    assert sources(tmp_path) == ALL  # what it said before is kept


def test_a_file_that_is_gone_is_told_and_kept(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    (folder / "a.txt").unlink()
    shutil.rmtree(folder / "huyện")
    for _ in range(2):
        assert ingest(tmp_path, folder) == {"unchanged": {"b.md"}, "missing": {"a.txt", "huyện/c.txt"}}
    assert sources(tmp_path) == ALL
    gone = ingest(tmp_path, folder, forget_missing=True)
    assert gone == {"unchanged": {"b.md"}, "forgotten": {"a.txt", "huyện/c.txt"}}
    assert sources(tmp_path) == {"b.md"}
    assert ingest(tmp_path, folder) == {"unchanged": {"b.md"}}


def empty(folder: Path) -> None:
    """Leave the folder empty, as a place where nothing is mounted."""
    shutil.rmtree(folder)
    folder.mkdir()


NOT_GONE = [
    # the whole drive is not there
    shutil.rmtree,
    # it is not connected: an empty folder stands in its place
    empty,
]


@pytest.mark.parametrize("disconnect", NOT_GONE)
def test_a_drive_that_is_not_there_is_no_deletion(
    folder: Path, tmp_path: Path, disconnect: Callable[[Path], None]
) -> None:
    ingest(tmp_path, folder)
    disconnect(folder)
    found = ingest(tmp_path, folder, forget_missing=True)
    assert not {"missing", "forgotten"} & set(found)
    assert sources(tmp_path) == ALL


@pytest.mark.parametrize("take_out", [empty, shutil.rmtree])
def test_a_folder_below_without_files_is_a_deletion(
    folder: Path, tmp_path: Path, take_out: Callable[[Path], None]
) -> None:
    ingest(tmp_path, folder)
    take_out(folder / "huyện")
    rest = {"unchanged": ALL - {"huyện/c.txt"}}
    assert ingest(tmp_path, folder) == {**rest, "missing": {"huyện/c.txt"}}
    assert ingest(tmp_path, folder, forget_missing=True) == {**rest, "forgotten": {"huyện/c.txt"}}


RENAMED = [
    # in its folder
    ("a.txt", "tên mới.txt"),
    # to another folder
    ("huyện/c.txt", "xã/c.txt"),
]


@pytest.mark.parametrize(("before", "after"), RENAMED)
def test_a_file_that_was_renamed_counts_once(folder: Path, tmp_path: Path, before: str, after: str) -> None:
    ingest(tmp_path, folder)
    (folder / after).parent.mkdir(exist_ok=True)
    (folder / before).rename(folder / after)
    assert ingest(tmp_path, folder) == {"renamed": {after}, "unchanged": ALL - {before}}
    assert sources(tmp_path) == ALL - {before} | {after}


def test_a_copy_is_no_renamed_file(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    shutil.copy2(folder / "a.txt", folder / "bản sao.txt")
    assert ingest(tmp_path, folder) == {"new": {"bản sao.txt"}, "unchanged": ALL}


def test_a_folder_that_was_moved_is_known_again(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    moved = folder.rename(tmp_path / "lưu trữ")
    assert ingest(tmp_path, moved) == {"unchanged": ALL}
    assert ingest(tmp_path, moved) == {"unchanged": ALL}


def test_a_file_keeps_its_name_when_a_folder_below_is_ingested(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    assert ingest(tmp_path, folder / "huyện") == {"unchanged": {"huyện/c.txt"}}
    assert ingest(tmp_path, folder / "huyện" / "c.txt") == {"unchanged": {"huyện/c.txt"}}
    assert ingest(tmp_path, folder / "huyện", folder) == {"unchanged": ALL}


def test_a_file_gets_its_longer_name_when_the_folder_above_is_ingested(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder / "huyện")
    assert sources(tmp_path) == {"c.txt"}
    assert ingest(tmp_path, folder) == {"new": {"a.txt", "b.md"}, "renamed": {"huyện/c.txt"}}
    assert sources(tmp_path) == ALL


def test_a_file_does_not_take_the_place_of_another_folders(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    write(tmp_path / "khác" / "a.txt", plan(9))
    assert ingest(tmp_path, tmp_path / "khác") == {"failed": {"a.txt"}}
    write(tmp_path / "khác" / "a.txt", plan(1))  # a copy says the same
    assert ingest(tmp_path, tmp_path / "khác") == {"unchanged": {"a.txt"}}


@pytest.mark.parametrize("gone", [shutil.rmtree, lambda folder: (folder / "a.txt").unlink()])
def test_a_file_does_not_take_the_place_of_one_that_is_away(
    run: Run, folder: Path, tmp_path: Path, gone: Callable[[Path], None]
) -> None:
    ingest(tmp_path, folder)
    gone(folder)
    other = tmp_path / "ổ khác" / "a.txt"
    write(other, plan(9))
    for _ in range(2):
        result = run("--store", tmp_path / "kho", "ingest", other.parent)
        assert result.exit_code == 1
        assert 'thongsuot remove "a.txt"' in result.stderr
    with Store.open(tmp_path / "kho") as store:
        assert store.source_text("a.txt") == plan(1)
    assert run("--store", tmp_path / "kho", "remove", "a.txt").exit_code == 0  # as the words advise
    assert ingest(tmp_path, other.parent) == {"new": {"a.txt"}}


def test_an_archive_does_not_take_the_place_of_one_that_is_away(folder: Path, tmp_path: Path) -> None:
    pack(folder / "cũ.zip", x=plan(11))
    ingest(tmp_path, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    pack(folder.with_name("khác.zip"), x=plan(12), y=plan(13))
    other = tmp_path / "ổ khác"
    other.mkdir()
    folder.with_name("khác.zip").rename(other / "cũ.zip")
    assert ingest(tmp_path, other) == {"failed": {"x.txt", "y.txt"}}
    assert sources(tmp_path) == {*ALL, "cũ.zip/x.txt"}


def test_a_removed_file_is_read_again_when_it_is_ingested(run: Run, folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    assert run("--store", tmp_path / "kho", "remove", "a.txt").exit_code == 0
    assert ingest(tmp_path, folder) == {"new": {"a.txt"}, "unchanged": ALL - {"a.txt"}}


# ---- archives -------------------------------------------------------------------------------------------------------


def pack(path: Path, date: int = OLD, **members: str) -> None:
    """Make a zip of texts, last changed on `date`."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    os.utime(path, (date, date))


def test_the_members_of_an_archive_are_sources(run: Run, folder: Path, tmp_path: Path) -> None:
    pack(folder / "cũ.zip", x=plan(11), y=plan(12), z="")
    with zipfile.ZipFile(folder / "cũ.zip", "a") as archive:
        archive.writestr("ảnh.bin", b"\0")
    result = run("--store", tmp_path / "kho", "ingest", folder)
    assert "= 5 mới" in result.stdout
    assert "1 .bin" in result.stdout
    assert f"{folder / 'cũ.zip'}/z.txt: tệp rỗng" in result.stderr
    assert sources(tmp_path) == {*ALL, "cũ.zip/x.txt", "cũ.zip/y.txt"}


def test_an_archive_that_changes_changes_its_members(folder: Path, tmp_path: Path) -> None:
    pack(folder / "cũ.zip", x=plan(11), y=plan(12))
    ingest(tmp_path, folder)
    inside = {"cũ.zip/x.txt", "cũ.zip/y.txt"}
    assert ingest(tmp_path, folder) == {"unchanged": ALL | inside}
    pack(folder / "cũ.zip", OLD + 9, x=plan(13), z=plan(14))
    found = ingest(tmp_path, folder)
    assert found.pop("unchanged") == ALL
    assert found == {"changed": {"cũ.zip/x.txt"}, "new": {"cũ.zip/z.txt"}, "forgotten": {"cũ.zip/y.txt"}}
    assert sources(tmp_path) == {*ALL, "cũ.zip/x.txt", "cũ.zip/z.txt"}


def test_an_archive_with_a_bad_member_is_not_read_anew(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(folder / "cũ.zip", x=plan(11), z="")
    inside = {"cũ.zip/x.txt"}
    assert ingest(tmp_path, folder) == {"new": ALL | inside, "failed": {"z.txt"}}
    again = {"unchanged": ALL | inside, "failed": {"z.txt"}}
    assert ingest(tmp_path, folder, check_content=True) == again
    with monkeypatch.context() as patch:
        patch.setattr("jobs.gather.reading_place", lambda *_: pytest.fail("something is read"))
        assert ingest(tmp_path, folder) == again
        assert ingest(tmp_path, folder) == again
        result = run("--store", tmp_path / "kho", "ingest", folder)
    assert result.exit_code == 1
    assert f"{folder / 'cũ.zip'}/z.txt: tệp rỗng" in result.stderr
    pack(folder / "cũ.zip", OLD + 9, x=plan(11), z=plan(12))
    assert ingest(tmp_path, folder) == {"unchanged": ALL | inside, "new": {"cũ.zip/z.txt"}}
    pack(folder / "cũ.zip", OLD + 20, x=plan(11), z="")  # what the member said is kept, and still it is told
    assert ingest(tmp_path, folder) == ingest(tmp_path, folder) == again
    assert sources(tmp_path) == {*ALL, "cũ.zip/x.txt", "cũ.zip/z.txt"}


def test_a_store_kept_before_members_were_remembered_is_read(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path, folder)
    with closing(sqlite3.connect(tmp_path / "kho" / "graph.db")) as file:
        file.execute("DROP TABLE refused")
    pack(folder / "cũ.zip", x=plan(11), z="")
    assert ingest(tmp_path, folder) == {"unchanged": ALL, "new": {"cũ.zip/x.txt"}, "failed": {"z.txt"}}


HOLD_NOTHING = [
    # nothing at all, files of other kinds, only files that are refused
    {},
    {"x.xlsx": "bảng"},
    {"x.txt": "", "z.txt": ""},
]


@pytest.mark.parametrize("members", HOLD_NOTHING)
def test_an_archive_of_which_nothing_can_be_read_is_refused(
    run: Run, folder: Path, tmp_path: Path, members: dict[str, str]
) -> None:
    pack(folder / "cũ.zip", x=plan(11), y=plan(12))
    ingest(tmp_path, folder)
    with zipfile.ZipFile(folder / "cũ.zip", "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    result = run("--store", tmp_path / "kho", "ingest", folder)
    assert result.exit_code == 1
    assert "cũ.zip" in result.stderr
    assert "holds" not in result.stderr
    assert sources(tmp_path) == {*ALL, "cũ.zip/x.txt", "cũ.zip/y.txt"}


def test_an_archive_that_was_renamed_counts_once(folder: Path, tmp_path: Path) -> None:
    pack(folder / "cũ.zip", x=plan(11))
    ingest(tmp_path, folder)
    (folder / "cũ.zip").rename(folder / "mới.zip")
    ingest(tmp_path, folder)
    assert sources(tmp_path) == {*ALL, "mới.zip/x.txt"}
    assert ingest(tmp_path, folder) == {"unchanged": {*ALL, "mới.zip/x.txt"}}


def test_an_archive_is_removed_as_a_whole(run: Run, folder: Path, tmp_path: Path) -> None:
    pack(folder / "cũ.zip", x=plan(11), y=plan(12))
    ingest(tmp_path, folder)
    assert run("--store", tmp_path / "kho", "remove", "cũ.zip").exit_code == 0
    assert sources(tmp_path) == ALL
    assert ingest(tmp_path, folder)["new"] == {"cũ.zip/x.txt", "cũ.zip/y.txt"}


# ---- discovery ------------------------------------------------------------------------------------------------------


def test_links_lead_nobody_round_in_a_circle(folder: Path, tmp_path: Path) -> None:
    link(folder / "huyện" / "vòng", folder)
    link(folder / "mất.txt", folder / "không có.txt")
    link(folder / "liên kết.txt", folder / "a.txt")
    account = Account()
    assert {file.name for file in find_files([folder], account)} == {*ALL, "liên kết.txt"}
    assert [failure.reason for failure in account.failures] == ["is a link that leads nowhere"]
    assert "is not followed" in account.notes[0]


def link(path: Path, target: Path) -> None:
    """Make a link, or skip where that needs rights that we have not (Windows)."""
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this user may make no links")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_named_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "ống.txt")
    account = Account()
    assert {file.name for file in find_files([folder], account)} == ALL
    assert account.passed_over == {".txt": 1}


def test_files_of_other_kinds_are_named(run: Run, folder: Path, tmp_path: Path) -> None:
    others = [str(folder / f"{n}.xyz") for n in range(5)]
    for other in others:
        write(Path(other), "?")
    shown = run("--store", tmp_path / "kho", "ingest", folder).stdout
    assert [other in shown for other in others] == [True] * 3 + [False] * 2
    assert "… và 2 dòng nữa (--json)" in shown
    account = json.loads(run("--store", tmp_path / "kho", "ingest", "--json", folder).stdout.splitlines()[-1])
    assert account["passed_over_files"] == others


def test_a_store_inside_the_folder_is_not_read(folder: Path, tmp_path: Path) -> None:
    gather(folder / "kho", [folder], Silent())
    write(folder / "kho" / "index" / "của kho.txt", "")
    write(folder / "kho" / "bên cạnh.txt", plan(4))
    assert {file.name for file in find_files([folder], Account())} == {*ALL, "kho/bên cạnh.txt"}
    write(folder / "kho" / "thongsuot-demo.txt", "")  # a demo is emptied each time: nothing in it is anybody's
    assert {file.name for file in find_files([folder], Account())} == ALL


def test_a_store_among_the_files_is_no_hindrance(folder: Path) -> None:
    assert gather(folder, [folder], Silent()).outcomes["new"] == 3
    write(folder / "index.txt", plan(4))
    assert gather(folder, [folder], Silent()).outcomes == {"new": 1, "unchanged": 3}


OTHERS = [b"", b"SQLite format 3\0" + b"\0" * 100, plan(5).encode()]


@pytest.mark.parametrize("content", OTHERS)
def test_a_file_named_like_a_store_hides_nothing(folder: Path, content: bytes) -> None:
    (folder / "huyện" / "graph.db").write_bytes(content)
    write(folder / "huyện" / "index" / "d.txt", plan(4))
    account = Account()
    assert {file.name for file in find_files([folder], account)} == {*ALL, "huyện/index/d.txt"}
    assert account.passed_over == {".db": 1}


LONG_PATHS = [
    ("C:\\Báo cáo\\a.txt", "\\\\?\\C:\\Báo cáo\\a.txt"),
    # a network drive
    ("\\\\máy chủ\\chung\\a.txt", "\\\\?\\UNC\\máy chủ\\chung\\a.txt"),
    # already so
    ("\\\\?\\C:\\a.txt", "\\\\?\\C:\\a.txt"),
]


@pytest.mark.parametrize(("path", "long"), LONG_PATHS)
def test_a_very_long_path_of_windows(path: str, long: str) -> None:
    assert extended(path) == long
