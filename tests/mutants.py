"""Files that were damaged or tampered with: seeded changes of good files of every format.

To add a format, add its smallest good file to `files()`; what is zipped is also changed part by part, so that the
changes reach beyond the zip's own checks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from random import Random
from xml.etree import ElementTree

from ingest.read import parse
from tests import offices
from tests.docs97 import doc
from tests.docxs import docx, p, packed, r, typed
from tests.encoded import coded, tcvn3, vni, windows_1258
from tests.pdfs import pdf

REPORT = """ĐẢNG BỘ TỈNH BẮC KẠN
THỊ ỦY BẮC KẠN
*
Số 92-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Bắc Kạn, ngày 26 tháng 7 năm 2013

KẾ HOẠCH
học tập, quán triệt các nghị quyết của Hội nghị Trung ương 7 khóa XI

I- YÊU CẦU

1. Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương¹; mỗi chi bộ ghi hai việc sẽ làm.

¹ Chương trình hành động số 14-CTr/TU ngày 06/8/2013 của Tỉnh ủy Bắc Kạn; Kế hoạch số 46-KH/HU ngày 10/9/2013.

| Lớp | Thành phần | Số người |
|---|---|---|
| 1 | Thường trực Thị ủy | 42 |

Nơi nhận:
- Tỉnh ủy (b/c);
- Lưu Văn phòng.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
"""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>td { border: 1px }</style></head><body>
<table><tr><td>TỈNH ỦY BẮC GIANG<br>Số 355-BC/BDVTU</td>
<td>ĐẢNG CỘNG SẢN VIỆT NAM<br>Bắc Giang, ngày 15/6/2020</td></tr></table>
<h2>BÁO CÁO</h2><p>Thực hiện Ngh&#7883; quyết số 110-NQ/TU<sup><a href="#fn1">1</a></sup> của Tỉnh ủy.</p>
<ol><li id="fn1"><p>Kế hoạch số 100-KH/HU ngày 16/4/2020.</p><p>Hết.</p></li></ol></body></html>"""
MAIL = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html; charset="utf-8"

"""
RTF = r"""{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0\froman Times New Roman;}}
{\pard\b K\u7870? HO\u7840?CH\par}{\pard Th\u7921?c hi\u7879?n Ngh\u7883? quy\u7871?t s\u7889? 25-NQ/TW
{\super\chftn}{\footnote\chftn  ng\'e0y 03/6/2013}\par}{\trowd\cellx3000\cellx6000 42\cell 12\cell\row}}"""
NUMBERED = '<w:numPr><w:numId w:val="1"/></w:numPr>'
TOKENS = [
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\r\n\x0c\n", b"<", b">", b"&#1114112;", b"&b;", b"]]>", b"<!--", b"</w:p>",
    b"<!DOCTYPE x [<!ENTITY b 'c'>]>", b'w:val="99999999999999999999"', b'w:val="-1"', b"<w:tbl><w:tr><w:tc>",
    b"<w:p><w:r><w:t>\xcc\x81", b"(1) ", "⁽¹⁾".encode(), b"| | |", b"PK\x01\x02", b"PK\x05\x06", b"9" * 400, b"\t" * 40,
    b"<sup>1</sup>", b'<li id="fn1">', b"utf-16", b"\xef\xbf\xbe", b"--x--", b"\\", b"{", b"}", b"$$", b"((((((((",
    b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"1 0 R", b"/Kids[2 0 R]", b"/Count 999999999", b"<<",
    b"[" * 99, b"{\\rtf1", b"{\\*\\objdata ", b"\\bin999999999 ", b"text:c='999999999'", b" \xb8\xa8 ", b"text/html\n",
]  # fmt: skip


VALUES = [
    "",
    "0",
    "-1",
    "1",
    "99999999999999999999",
    "begin",
    "separate",
    "end",
    "upperRoman",
    "%1.%9",
    "\u0301",
    "⁽¹⁾",
    "1 " * 99,
]


@cache
def files() -> dict[str, bytes]:
    """Return a small good file of each format and encoding, by its name."""
    word = typed(parse(REPORT))
    return texts() | {
        "a.docx": word,
        "b.docx": docx(p(r("Kế hoạch số 1-KH/TU"), NUMBERED) + p(f"<w:ins>{r('a')}</w:ins>")),
        "a.odt": offices.typed(parse(REPORT)),
        "a.doc": doc(REPORT.replace("¹;", "\x02;").replace("\n", "\r"), ["Chương trình số 14-CTr/TU ngày 06/8/2013."]),
        "a.rtf": RTF.encode(),
        "a.pdf": pdf(REPORT.splitlines(), ["1 Nghi quyet 25-NQ/TW", "2 Ke hoach 92-KH/TU"]),
        "a.zip": packed({"a.txt": REPORT.encode(), "b/b.docx": word, "c.zip": packed({"d.txt": b"abc"})}),
    }


def texts() -> dict[str, bytes]:
    """Return good files of text and of web pages, in the encodings that are read."""
    old = PAGE.replace("utf-8", "windows-1258")
    return {
        "a.txt": REPORT.encode(),
        "utf16.txt": REPORT.encode("utf-16"),
        "tcvn3.txt": tcvn3(REPORT).encode("latin-1", "replace"),
        "vni.txt": vni(REPORT).encode("latin-1", "replace"),
        "viscii.txt": coded("viscii")(REPORT).encode("latin-1", "replace"),
        "cp1258.txt": windows_1258(REPORT.replace("¹", "1")),
        "a.md": f"# BÁO CÁO\n\n{REPORT}".encode(),
        "a.html": PAGE.encode(),
        "utf16.html": PAGE.encode("utf-16"),
        "cp1258.html": windows_1258(old),
        "a.mht": f"{MAIL}{PAGE}\n--x--\n".encode(),
    }


def mutants(seed: int, count: int, more: Mapping[str, bytes] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield `count` changed files with the names of those they come from, the same for the same seed.

    They come from `files()`, and from `more` good files.
    """
    good = [*files().items(), *(more or {}).items()]
    for number in range(count):
        name, data = good[number % len(good)]
        yield name, mutant(data, Random(f"{seed} {number}"))


def mutant(data: bytes, random: Random) -> bytes:
    """Return a file changed in one to four ways; half of those that are zipped within their parts."""
    if data.startswith(b"PK") and random.random() < 0.7:
        return repacked(data, random)
    for _ in range(random.randint(1, 4)):
        data = random.choice(WAYS)(data, random)
    return data


def repacked(data: bytes, random: Random) -> bytes:
    """Return a zip some of whose parts are changed, swapped, gone or doubled, with checks that are right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    for _ in range(random.randint(1, 3)):
        name, other = random.choice(names), random.choice(names)
        deed = random.random()
        if deed < 0.1:
            parts.pop(name, None)
        elif deed < 0.2:
            parts[name], parts[other] = parts.get(other, b""), parts.get(name, b"")
        elif deed < 0.25:
            parts[f"{name}/{other}"] = parts.get(other, b"")
        elif deed < 0.65:
            parts[name] = grafted(parts.get(name, b""), random)
        else:
            parts[name] = random.choice(WAYS)(parts.get(name, b""), random)
    return packed(parts, random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))


def grafted(data: bytes, random: Random) -> bytes:
    """Return XML that is well-formed still, some of its elements moved, doubled, gone, nested or changed."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return data
    for _ in range(random.randint(1, 6)):
        above, other = random.choice(list(root.iter())), random.choice(list(root.iter()))
        deed = random.random()
        if deed < 0.3 and len(above):
            above.remove(random.choice(above))
        elif deed < 0.7:
            graft = deepcopy(other)
            above.insert(random.randint(0, len(above)), graft)
        elif other.attrib:
            other.set(random.choice(sorted(other.attrib)), random.choice(VALUES))
        else:
            other.text = random.choice(VALUES)
    return ElementTree.tostring(root)


def flipped(data: bytes, random: Random) -> bytes:
    """Return `data` with some bytes changed."""
    out = bytearray(data)
    for _ in range(random.randint(1, 12) if out else 0):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def cut(data: bytes, random: Random) -> bytes:
    """Return `data` cut off."""
    return data[: random.randint(0, len(data))]


def bitten(data: bytes, random: Random) -> bytes:
    """Return `data` without a run of bytes."""
    start, end = span(data, random)
    return data[:start] + data[end:]


def stuttered(data: bytes, random: Random) -> bytes:
    """Return `data` with a run of bytes repeated, sometimes often."""
    start, end = span(data, random)
    return data[:end] + data[start:end] * random.choice([1, 2, 30]) + data[end:]


def moved(data: bytes, random: Random) -> bytes:
    """Return `data` with a run of bytes at another place."""
    start, end = span(data, random)
    rest, place = data[:start] + data[end:], random.randint(0, len(data))
    return rest[:place] + data[start:end] + rest[place:]


def spiced(data: bytes, random: Random) -> bytes:
    """Return `data` with what some format means something by, put in somewhere."""
    place = random.randint(0, len(data))
    return data[:place] + random.choice(TOKENS) * random.choice([1, 1, 1, 50]) + data[place:]


def span(data: bytes, random: Random) -> tuple[int, int]:
    """Return where a run of at most 300 bytes begins and ends."""
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(0, 300))


WAYS: list[Callable[[bytes, Random], bytes]] = [flipped, cut, bitten, stuttered, moved, spiced]
