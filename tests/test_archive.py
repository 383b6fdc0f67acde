"""Zip archives of documents: what is in them comes out under safe names, and no archive costs more than it may."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.readers.archive import members, unpack
from ingest.readers.limits import DEFAULT, Limits
from kg.model import ReadError

SMALL = replace(DEFAULT, file=10_000, unpacked=20_000, members=20)


def zipped(parts: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of `parts`, names as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def laid(tmp_path: Path, data: bytes) -> Path:
    """Return the path of a file that holds `data`."""
    path = tmp_path / "gói.zip"
    path.write_bytes(data)
    return path


def unpacked(tmp_path: Path, data: bytes, limits: Limits = SMALL) -> list[tuple[str, bytes | str]]:
    """Return (name, content or problem) of each file of an archive; nothing may lie outside the folder given."""
    into = tmp_path / "into"
    into.mkdir()
    found: list[tuple[str, bytes | str]] = []
    for member in unpack(laid(tmp_path, data), into, limits):
        assert member.path is None or member.path.parent == into
        found.append((member.name, member.path.read_bytes() if member.path else str(member.problem)))
    assert {path.name for path in tmp_path.iterdir()} == {"gói.zip", "into"}
    return found


NAMES = [
    # folders stay in the name
    ("kế hoạch/KH 35.docx", "kế hoạch/KH 35.docx"),
    # a way out of the folder leads nowhere
    ("../../etc/passwd", "etc/passwd"),
    ("/etc/passwd", "etc/passwd"),
    ("C:\\Windows\\x.doc", "Windows/x.doc"),
    ("a\\..\\b.txt", "a/b.txt"),
    # names that Windows keeps for devices are no paths of ours
    ("con.txt", "con.txt"),
    # decomposed letters (macOS) are composed
    ("Ke\u0302\u0301 hoa\u0323ch.txt", "Kế hoạch.txt"),
    # a direction mark could show "txt.exe" as "exe.txt"
    ("a\u202etxt.doc", "a_txt.doc"),
    # junk of systems and programs
    ("__MACOSX/._a.txt", None),
    (".DS_Store", None),
    ("a/Thumbs.db", None),
    ("~$KH 35.docx", None),
    ("trống/", None),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_names(name: str, shown: str | None, tmp_path: Path) -> None:
    data = zipped([(name, b"abc")])
    assert unpacked(tmp_path, data) == ([(shown, b"abc")] if shown else [])
    assert members(tmp_path / "gói.zip", SMALL) == ([shown] if shown else [])


OLD = [
    # written without saying so in UTF-8 (old 7-Zip, PHP)
    ("Kế hoạch.txt".encode(), "Kế hoạch.txt"),
    # by Windows with Vietnamese as the language of old programs
    (b"B\xe1o c\xe1o n\xe3m.txt", "Báo cáo năm.txt"),
    # plain
    (b"KH-35.txt", "KH-35.txt"),
]


@pytest.mark.parametrize(("raw", "shown"), OLD)
def test_names_without_their_encoding(raw: bytes, shown: str, tmp_path: Path) -> None:
    stand_in = "x" * len(raw)
    data = zipped([(stand_in, b"abc")]).replace(stand_in.encode(), raw)
    assert unpacked(tmp_path, data) == [(shown, b"abc")]


def test_same_name_twice(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("a.txt", b"1"), ("a.txt", b"2"), ("A.txt", b"3")])
    assert unpacked(tmp_path, data) == [("a.txt", b"1"), ("a (2).txt", b"2"), ("A.txt", b"3")]


def test_archives_within(tmp_path: Path) -> None:
    inner = zipped([("b.txt", b"2"), ("../c.txt", b"3")])
    data = zipped([("a.txt", b"1"), ("quý I.zip", inner), ("d.txt", b"4")])
    assert unpacked(tmp_path, data) == [
        ("a.txt", b"1"),
        ("quý I.zip/b.txt", b"2"),
        ("quý I.zip/c.txt", b"3"),
        ("d.txt", b"4"),
    ]
    assert members(tmp_path / "gói.zip", SMALL) == ["a.txt", "quý I.zip", "d.txt"]
    assert sorted(path.name for path in (tmp_path / "into").iterdir()) == [
        "00001.txt",
        "00003.txt",
        "00004.txt",
        "00005.txt",
    ]


def test_archives_too_deep(tmp_path: Path) -> None:
    data = zipped([("a.txt", b"1")])
    for depth in range(DEFAULT.depth):
        data = zipped([(f"{depth}.zip", data)])
    ((name, problem),) = unpacked(tmp_path, data)
    assert name == "2.zip/1.zip/0.zip"
    assert "lies in 3 archives" in str(problem)


def test_word_file_is_no_archive(tmp_path: Path) -> None:
    word = zipped([("[Content_Types].xml", b""), ("word/document.xml", b"")])
    assert unpacked(tmp_path, zipped([("a.zip", word)])) == [("a.zip", word)]


def linked(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    """Return an entry that is a link to `target`."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


def flagged(data: bytes, flag: int) -> bytes:
    """Return a zip whose entries all have `flag` set."""
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(sign, start + 1)) >= 0:
            at = start + offset
            data = data[:at] + struct.pack("<H", struct.unpack_from("<H", data, at)[0] | flag) + data[at + 2 :]
    return data


PROBLEMS = [
    # a link could lead anywhere
    (zipped([linked("a.txt", "/etc/passwd")]), "is only a link"),
    # encrypted
    (flagged(zipped([("a.txt", b"abc")]), 1), "is locked with a password"),
    # methods that take memory as the file says
    (zipped([("a.txt", b"abc")], zipfile.ZIP_LZMA), "packed by a method that is not read"),
    # a file larger than any that is read
    (zipped([("a.txt", b"a" * 10_001)]), "unpacks to 1 MB, more than the 0 MB allowed"),
    # its bytes have changed
    (zipped([("a.txt", b"abc" * 9)], zipfile.ZIP_STORED).replace(b"abcabc", b"abcabd"), "is damaged"),
    # an archive within that would unpack to too much
    (zipped([("a.zip", zipped([(f"{i}.txt", b"a" * 9_000) for i in range(3)]))]), "more than 0 MB"),
]


@pytest.mark.parametrize(("data", "problem"), PROBLEMS)
def test_one_file_at_fault(data: bytes, problem: str, tmp_path: Path) -> None:
    ((_, found),) = unpacked(tmp_path, data)
    assert problem in str(found)


REFUSED = [
    # no zip at all
    (b"abc", "is damaged"),
    (b"", "is damaged"),
    # cut off
    (zipped([("a.txt", b"abc")])[:-30], "is damaged"),
    # all files together
    (zipped([(f"{i}.txt", b"a" * 9_000) for i in range(3)]), "would unpack to more than 0 MB"),
    # as many entries as a directory can hold
    (zipped([(f"{i}.txt", b"") for i in range(21)]), "more than 20 parts"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_refused(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=message):
        list(unpack(laid(tmp_path, data), tmp_path, SMALL))


def test_only_what_is_accepted_counts(tmp_path: Path) -> None:
    data = zipped([("phim.mp4", b"a" * 19_000), ("phim 2.mp4", b"a" * 19_000), ("a.txt", b"abc")])
    found = list(unpack(laid(tmp_path, data), tmp_path, SMALL, lambda name: name.endswith(".txt")))
    assert [member.name for member in found] == ["a.txt"]
