"""The store: what it keeps, what it forgets, and what it says when it cannot."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from made import DISTRICT, claim, filled, ids, report

from kg.database import explanation
from kg.model import Conflict, Passage, StoreError
from kg.sentences import sentence_around
from kg.store import Store

PLAN = claim("d1", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer=DISTRICT, title="dân vận chính quyền")
ORDER = claim("d2", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")
REPORT = report("xã/a.txt", PLAN, ORDER, relations=(("d1", "implements", "d2"),), deeds=((DISTRICT, "issued", "d1"),))


def test_add_tells_what_happened(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as store:
        assert store.add(REPORT) == "new"
        before = store.export(), store.generation
        assert store.add(REPORT) == "unchanged"
        assert (store.export(), store.generation) == before
        assert store.add(replace(REPORT, sha256="other", documents=(PLAN, ORDER), relations=())) == "changed"
        assert store.export()["relations"] == []
        assert store.holds("xã/a.txt", "other")
        assert not store.holds("xã/a.txt", REPORT.sha256)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    passage = Passage(("I. Kết quả", "1. Chung"), "paragraph", "Kế hoạch", 0, 8)
    odd = replace(PLAN, conflicts=(Conflict("issuer", "Huyện ủy", 0, 8),))
    made = replace(REPORT, documents=(odd, ORDER), passages=(passage,), warnings=("no number",))
    with filled(tmp_path, made) as store:
        (source,) = store.sources()
        assert (source.name, source.sha256, source.kind) == ("xã/a.txt", REPORT.sha256, "report")
        assert source.header == REPORT.report
        assert source.warnings == ("no number",)
        assert store.source("xã/a.txt") == source
        assert store.source_text("xã/a.txt") == REPORT.text
        assert list(store.passages()) == list(store.passages(["xã/a.txt"])) == [("xã/a.txt", passage)]
        document = store.document("kh-35-ubnd-bach-thong-2022")
        assert document is not None
        assert [c.value for c in document.conflicts] == ["Huyện ủy"]
        assert {a.action for a in store.unit_actions()} == {"issued"}
        with pytest.raises(StoreError, match=r"no source called b\.txt"):
            store.source_text("b.txt")


def test_removing_a_source_removes_what_only_it_said(tmp_path: Path) -> None:
    other = report("b.txt", ORDER)
    with filled(tmp_path, REPORT, other) as store:
        assert store.remove("xã/a.txt")
        assert not store.remove("xã/a.txt")
        assert ids(store) == ["ct-33-ttg-2021"]
        store.remove("b.txt")
        assert not any(store.export().values())
        tables = ("claims", "mentions", "relations", "actions", "cells", "cell_keys", "cell_titles", "names", "units")
        assert {table: next(store.rows(f"SELECT count(*) FROM {table}"))[0] for table in tables} == dict.fromkeys(
            tables, 0
        )


def test_the_generation_tells_the_index_what_to_do(tmp_path: Path) -> None:
    with filled(tmp_path, REPORT) as store:
        first = store.generation
        assert store.changes_since(0) == (("xã/a.txt",), ())
        assert store.changes_since(first) == ((), ())
        store.add(report("b.txt", ORDER))
        store.remove("xã/a.txt")
        assert store.changes_since(first) == (("b.txt",), ("xã/a.txt",))
        store.add(REPORT)
        assert store.changes_since(first) == (("b.txt", "xã/a.txt"), ())


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    with filled(tmp_path, REPORT) as store:
        before = store.export()

        def interrupted() -> None:
            with store.batch():
                store.add(report("b.txt", ORDER))
                store.remove("xã/a.txt")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert store.export() == before
        with store.batch():
            store.add(report("b.txt", ORDER))
        assert len(list(store.sources())) == 2


def test_a_broken_extraction_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    with filled(tmp_path, REPORT) as store:
        before = store.export()
        broken = replace(report("xã/a.txt", ORDER), relations=REPORT.relations)  # speaks of d1, which is not there
        with pytest.raises(KeyError):
            store.add(broken)
        assert store.export() == before


def test_a_reader_sees_whole_documents_and_never_waits(tmp_path: Path) -> None:
    with filled(tmp_path, REPORT) as writer, Store.open(tmp_path, wait=0.05) as reader:
        before = reader.export()
        with writer.batch():
            writer.add(report("b.txt", ORDER))
            assert reader.export() == before
        assert len(list(reader.sources())) == 2
        with reader.snapshot():
            seen = reader.export()
            writer.remove("b.txt")
            assert reader.export() == seen
        assert reader.export() == before


def test_a_killed_writer_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    """The process dies in the middle of a transaction; what was committed before is there, and the next one goes on."""
    code = f"""
import os, sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parents[1])]!r}
from pathlib import Path
from kg.store import Store
from test_store import ORDER, REPORT, report
store = Store.open(Path({str(tmp_path)!r}), write=True)
store.add(REPORT)
with store.batch():
    store.add(report("b.txt", ORDER))
    os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    with Store.open(tmp_path, write=True) as store:
        assert [source.name for source in store.sources()] == ["xã/a.txt"]
        assert store.add(report("b.txt", ORDER)) == "new"


# ---- errors ---------------------------------------------------------------------------------------------------------


def test_no_store_tells_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store in .*thongsuot ingest PATH"):
        Store.open(tmp_path)


def test_a_file_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "graph.db").write_bytes("không phải cơ sở dữ liệu".encode() * 100)
    for write in (False, True):
        with pytest.raises(StoreError, match="damaged"):
            Store.open(tmp_path, write=write)


def test_a_damaged_store(tmp_path: Path) -> None:
    filled(tmp_path, *(report(f"{n}.txt", ORDER, PLAN) for n in range(50))).close()
    file = tmp_path / "graph.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(StoreError, match="damaged"), Store.open(tmp_path) as store:
        store.export()


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "graph.db") as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(tmp_path, write=True)


def test_a_newer_store(tmp_path: Path) -> None:
    filled(tmp_path, REPORT).close()
    with sqlite3.connect(tmp_path / "graph.db") as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(StoreError, match="newer thongsuot"):
        Store.open(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "graph.db").touch()
    with pytest.raises(StoreError, match="is empty"):
        Store.open(tmp_path)
    with Store.open(tmp_path, write=True) as store:
        assert store.add(REPORT) == "new"


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with filled(tmp_path, REPORT) as first, first.batch():
        first.remove("xã/a.txt")
        with pytest.raises(StoreError, match="written by another"):
            Store.open(tmp_path, write=True, wait=0.05)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    filled(tmp_path, REPORT).close()
    with Store.open(tmp_path) as store:
        for change in (lambda: store.remove("xã/a.txt"), lambda: store.add(report("b.txt", ORDER))):
            with pytest.raises(StoreError, match="for reading only"):
                change()


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="--store"):
        Store.open(tmp_path / "file" / "store", write=True)


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    with filled(tmp_path, REPORT) as store:
        before = store.export()
        pages = next(store.rows("PRAGMA page_count"))[0]
        list(store.rows(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StoreError, match=r"disk .* is full"):
            store.add(report("b.txt", *(replace(PLAN, id=f"d{n}", title="x" * 2000) for n in range(200))))
        assert store.export() == before


def test_a_store_on_a_read_only_medium(tmp_path: Path) -> None:
    """On a read-only medium there is no room for the files that SQLite shares with writers; reading works even so."""
    filled(tmp_path, REPORT).close()
    for extra in ("graph.db-wal", "graph.db-shm"):
        (tmp_path / extra).unlink(missing_ok=True)
    (tmp_path / "graph.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Store.open(tmp_path) as store:
            assert len(list(store.sources())) == 1
    finally:
        tmp_path.chmod(0o755)
        (tmp_path / "graph.db").chmod(0o644)


def test_a_store_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, REPORT).close()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    unopened = sqlite3.OperationalError("unable to open database file")
    unopened.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    assert "may not be read; ask its owner" in explanation(tmp_path / "graph.db", unopened)


SENTENCES = [
    # from full stop to full stop
    ("Một. Hai ba bốn. Năm.", "ba", "Hai ba bốn."),
    # a dot inside a number ends nothing
    ("Có 1.181 hộ nghèo; còn 20 hộ.", "hộ nghèo", "Có 1.181 hộ nghèo;"),
    # items of a list
    ("Các văn bản:\n- Kế hoạch 1\n- Kế hoạch 2", "hoạch 1", "- Kế hoạch 1"),
    # the ends of the text
    ("không có dấu", "có", "không có dấu"),
]


@pytest.mark.parametrize(("text", "words", "expected"), SENTENCES)
def test_sentence_around(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    begin, end = sentence_around(text, start, start + len(words))
    assert text[begin:end] == expected
