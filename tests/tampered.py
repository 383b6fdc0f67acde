"""Files made to harm or to confuse, for tests of a whole run: archives, XML, PDF files that claim what is not so."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.docxs import W, called, docx, p, packed, r, relations_to
from tests.pdfs import page, pdf, stream

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {inner} '{f'&{outer};' * 10}'>" for outer, inner in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTER = "<!DOCTYPE x SYSTEM '{url}/x.dtd' [<!ENTITY b SYSTEM '{url}/secret.txt'>"
DEEP = 50_000


# ---- archives -------------------------------------------------------------------------------------------------------


def nested(data: bytes, depth: int) -> bytes:
    """Return a zip in a zip in a zip …"""
    for _ in range(depth):
        data = packed({"trong.zip": data})
    return data


def overlapping(count: int, size: int) -> bytes:
    """Return a zip of `count` names for the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * size)
        first = archive.infolist()[0]
        for number in range(count):
            twin = zipfile.ZipInfo(f"{number}.txt")
            twin.compress_type, twin.CRC, twin.file_size = first.compress_type, first.CRC, first.file_size
            twin.compress_size, twin.header_offset = first.compress_size, first.header_offset
            archive.filelist.append(twin)
    return out.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """Return a zip that says of its first file that it unpacks to `size` bytes."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:22] + struct.pack("<I", size) + data[26:at] + struct.pack("<I", size) + data[at + 4 :]


def endless_directory() -> bytes:
    """Return a zip that says its directory takes 4 GB."""
    data = packed({"a.txt": b"abc"})
    at = data.index(b"PK\x05\x06") + 12
    return data[:at] + struct.pack("<I", 0xFFFF0000) + data[at + 4 :]


# ---- XML ------------------------------------------------------------------------------------------------------------


def tampered_docx(before: str = "", inside: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """Return a Word file with `before` ahead of its root, and `inside` its first paragraph."""
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Nội dung {inside}</w:t></w:r></w:p></w:body></w:document>'
    return docx("", more={"word/document.xml": f"<?xml version='1.0'?>{before}{body}"} | (more or {}))


def fetching(url: str) -> dict[str, bytes]:
    """Return files that ask their reader to fetch something, by their names."""
    asked = (
        f'<Relationship Id="r9" Type="x/attachedTemplate" Target="{url}/t.dotx" TargetMode="External"/>'
        f'<Relationship Id="r8" Type="x/footnotes" Target="{url}/n.xml" TargetMode="External"/>'
    )
    relations = relations_to({}).replace("</Relationships>", f"{asked}</Relationships>")
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{url}/x.xml"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + f'<w:r><w:instrText>INCLUDETEXT "{url}"</w:instrText></w:r>'
    )
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Nội dung")
    html = (
        f'<html><head><link rel=stylesheet href="{url}/s.css"><base href="{url}"><script src="{url}/a.js"></script>'
        f'<meta http-equiv=refresh content="0;url={url}"></head><body><img src="{url}/a.png"><iframe src="{url}/f">'
        f"</iframe><p>Nội dung</p></body></html>"
    )
    image = (
        f'<draw:frame><draw:image xlink:href="{url}/a.png" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame>'
    )
    return {
        "mẫu ở xa.docx": docx(p("Nội dung"), more={"word/_rels/document.xml.rels": relations}),
        "xinclude.docx": tampered_docx(inside=include),
        "trường.docx": docx(p(field)),
        "trang.html": html.encode(),
        "trang.mht": f"MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: {url}\n\n{html}".encode(),
        "ảnh ở xa.odt": odt_of(f"<text:p>Nội dung{image}</text:p>"),
        "liên kết.pdf": pdf(
            ["Noi dung"], objects={1: f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({url}/a)>>>>"}
        ),
    }


def odt_of(body: str) -> bytes:
    """Return an OpenDocument text with this body."""
    from tests.offices import odt

    return odt(body)


def endless_notes() -> bytes:
    """Return a Word file whose notes call each other and themselves."""
    notes = {1: p(r("một") + called(2)), 2: p(r("hai") + called(1) + called(2))}
    return docx(p(r("Nội dung") + called(1) + called(2) + called(1)), notes)


def absurd_lists() -> bytes:
    """Return a Word file with lists and styles that no Word has."""
    huge = "9" * 30
    text = f'<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%9.{"x" * 9999}"/>'
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{huge}"/>{text}'
    lists = f'<w:abstractNum w:abstractNumId="7">{level}</w:lvl><w:numStyleLink w:val="s"/></w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    styles = (
        '<w:style w:styleId="s"><w:basedOn w:val="t"/></w:style><w:style w:styleId="t"><w:basedOn w:val="s"/></w:style>'
    )
    numbered = f'<w:pStyle w:val="s"/><w:numPr><w:ilvl w:val="{huge}"/><w:numId w:val="1"/></w:numPr>'
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return docx(p("Nội dung", numbered) + p("Hết", listed), styles=styles, numbering=lists)


def nested_tables(depth: int) -> bytes:
    """Return a Word file of tables in tables."""
    return docx("<w:tbl><w:tr><w:tc>" * depth + p("Nội dung") + "</w:tc></w:tr></w:tbl>" * depth)


# ---- PDF ------------------------------------------------------------------------------------------------------------


def pdfs() -> dict[str, tuple[bytes, str | None]]:
    """Return PDF files that claim what is not so, each with what is said of it (None where it is read)."""
    bomb = stream(zlib.compress(b"BT ET " * 10_000_000, 9), "/Filter/FlateDecode")
    again = stream(b"/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 9 0 R>>>>")
    tree = {number: f"<</Type/Pages/Kids[{number + 1} 0 R]/Count 1>>" for number in range(20, 2020)}
    calls = "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F 3 0 R>>/XObject<</X 9 0 R>>>>>>"
    locked = "/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<{0}>/U<{0}>>>/ID[<00><00>]".format("00" * 32)
    return {
        # pages that hold themselves
        "vòng.pdf": (pdf(["Noi dung"], objects={2: "<</Type/Pages/Kids[2 0 R]/Count 5>>"}), "is empty"),
        "vòng 2.pdf": (pdf(["Noi dung"], objects={2: "<</Type/Pages/Kids[4 0 R 2 0 R]/Count 2>>"}), None),
        # more pages than there are
        "nhiều trang.pdf": (pdf(["A"], objects={2: "<</Type/Pages/Kids[4 0 R]/Count 999999>>"}), "999,999 pages"),
        "âm trang.pdf": (pdf(["A"], objects={2: "<</Type/Pages/Kids[4 0 R]/Count -5>>"}), ""),
        # a page as large as a province
        "trang lớn.pdf": (pdf(["Noi dung"], objects={4: page(5, "0 0 1000000000 1000000000")}), ""),
        # pages two thousand levels down
        "cây sâu.pdf": (pdf(["A"], objects={2: tree[20], **tree, 2020: page(5)}), ""),
        # a drawing that draws itself
        "tự vẽ.pdf": (
            pdf(["A"], objects={4: calls, 5: stream(b"/X Do BT /F 9 Tf 9 9 Td (Noi dung) Tj ET"), 9: again}),
            None,
        ),
        # 60 MB of nothing in 60 kB
        "nổ.pdf": (pdf(["A"], objects={5: bomb}), ""),
        "khóa.pdf": (pdf(["A"], trailer=locked), "is locked with a password"),
        "cụt.pdf": (pdf(["A"])[:60], "is a damaged PDF file"),
    }
