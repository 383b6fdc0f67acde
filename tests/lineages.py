"""Synthetic lineages for the tests of the picture: seeded, so each is always the same."""

from __future__ import annotations

import random

from kg.model import Document, Edge, Evidence, Lineage, StatedConflict

# Real names of units, everything about their documents invented.
PROVINCES = {
    "Bắc Kạn": ["TP Bắc Kạn", "Bạch Thông", "Chợ Đồn", "Chợ Mới", "Na Rì", "Ngân Sơn", "Pác Nặm"],
    "Bắc Giang": ["Hiệp Hòa", "Lạng Giang", "Lục Nam", "Lục Ngạn", "Sơn Động", "Tân Yên", "Việt Yên", "Yên Dũng"],
    "Thái Nguyên": ["Định Hóa", "Đại Từ", "Đồng Hỷ", "Phú Bình", "Phú Lương", "Võ Nhai"],
    "Tuyên Quang": ["Chiêm Hóa", "Hàm Yên", "Na Hang", "Sơn Dương", "Yên Sơn"],
    "Cao Bằng": ["Bảo Lạc", "Hòa An", "Quảng Hòa", "Trùng Khánh"],
    "Tiền Giang": ["Cái Bè", "Cai Lậy", "Châu Thành", "Chợ Gạo"],
    "Bến Tre": ["Ba Tri", "Châu Thành", "Giồng Trôm", "Mỏ Cày Nam"],
    "Đắk Lắk": ["Buôn Đôn", "Cư M'gar", "Krông Pắc", "Lắk"],
}
COMMUNES = ["Bình Thành", "Tân Lập", "Quang Minh", "Yên Trạch", "Phú Thịnh", "Hòa Bình", "Minh Khai", "Đồng Tâm"]
WORK = ["công tác dân vận chính quyền", "quy chế dân chủ ở cơ sở", "cải cách thủ tục hành chính", "tiếp công dân"]
LOWER = {
    "tỉnh": [("kế hoạch", "plan", "KH"), ("công văn", "directive", "CV"), ("báo cáo", "report", "BC")],
    "huyện": [("kế hoạch", "plan", "KH"), ("báo cáo", "report", "BC"), ("chương trình", "plan", "CTr")],
    "xã": [("kế hoạch", "plan", "KH"), ("báo cáo", "report", "BC")],
}
CENTRAL = [
    ("nghị quyết", "NQ/TW", "Ban Chấp hành Trung ương Đảng"),
    ("kết luận", "KL/TW", "Ban Bí thư Trung ương Đảng"),
]


def evidence(text: str, source: str = "bao-cao.txt", rule: str = "verb") -> Evidence:
    """Return an evidence with `text`."""
    return Evidence(source, 10, 10 + len(text), text, rule)


def document(id_: str, level: str, locality: str = "", province: str = "", **facts: object) -> Document:
    """Return a plan of `level`; `facts` replace its fields."""
    fields: dict[str, object] = {"kind": "plan", "type": "kế hoạch", "full": id_.upper(), "date": "2020-01-02"}
    return Document(id=id_, level=level, locality=locality, province=province, **{**fields, **facts})  # type: ignore[arg-type]


def edge(source: str, target: str, type_: str = "implements", status: str = "done") -> Edge:
    """Return an edge whose evidence names both ends."""
    return Edge(source, target, type_, status, (evidence(f"{source} thực hiện {target}"),))


def synthetic(count: int, seed: int = 1, centre: float = 0.05) -> Lineage:
    """Return a lineage of `count` documents under one resolution, spread over levels like real ones."""
    chance = random.Random(seed)
    documents = [_central(i, chance) for i in range(max(2, round(count * centre)))]
    while len(documents) < count:
        level = chance.choices(["tỉnh", "huyện", "xã"], [0.16, 0.42, 0.42])[0]
        documents.append(_local(len(documents), level, chance, spread=2 + count // 60))
    return Lineage(documents[0].id, tuple(documents), tuple(_edges(documents, chance)))


def _central(number: int, chance: random.Random) -> Document:
    type_, symbol, issuer = CENTRAL[number % 2]
    return Document(
        id=f"tw-{number}",
        kind="directive",
        type=type_,
        full=f"{25 + number * 9}-{symbol}",
        date=f"{2013 + number % 8}-{1 + number % 12:02d}-03",
        issuer=issuer,
        title=f"tăng cường và đổi mới sự lãnh đạo đối với {chance.choice(WORK)}",
        level="trung ương",
        conflicts=(StatedConflict("date", "2016-06-03", evidence("Nghị quyết 25-NQ/TW ghi ngày khác")),)
        if not number
        else (),
    )


def _local(number: int, level: str, chance: random.Random, spread: int) -> Document:
    province = chance.choice(list(PROVINCES)[:spread])
    district = chance.choice(PROVINCES[province])
    locality = {"tỉnh": province, "huyện": district, "xã": chance.choice(COMMUNES)}[level]
    type_, kind, short = chance.choice(LOWER[level])
    unnumbered = kind == "report" and chance.random() < 0.3
    return Document(
        id=f"{short.lower()}-{number}",
        kind=kind,
        type=type_,
        full=None if unnumbered else f"{chance.randint(1, 3000)}/{short}-UBND",
        date=f"{chance.randint(2014, 2023)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        issuer=f"Ủy ban nhân dân {level} {locality}",
        title=f"thực hiện {chance.choice(WORK)}",
        level=level,
        locality=locality,
        province=province,
        source=f"{locality}.txt" if kind == "report" else None,
    )


def _edges(documents: list[Document], chance: random.Random) -> list[Edge]:
    edges = []
    rank = ["trung ương", "tỉnh", "huyện", "xã"].index
    for lower in documents[1:]:
        higher = [d for d in documents if rank(d.level) < rank(lower.level) and d.province in {"", lower.province}]
        near = [d for d in higher if rank(d.level) == rank(lower.level) - 1]
        for _ in range(1 if chance.random() < 0.55 else 2):
            pool = near if near and chance.random() < 0.75 else higher
            target = chance.choice(pool or documents[:1])
            if target.id == lower.id:
                continue
            type_ = "reports_on" if lower.kind == "report" else "implements"
            if chance.random() < 0.15:
                type_ = chance.choice(["cites", "based_on", "cites"])
            status = "planned" if chance.random() < 0.06 else "done"
            edges.append(_edge(lower, target, type_, status, chance))
    edges.append(_edge(documents[1], documents[0], "continues", "done", chance))
    return list({(e.source, e.target, e.type, e.status): e for e in edges}.values())


def _edge(lower: Document, higher: Document, type_: str, status: str, chance: random.Random) -> Edge:
    said = (
        f"{lower.issuer} đã ban hành {lower.type} {lower.full or ''} để triển khai {higher.type} {higher.full or ''}."
    )
    sources = [evidence(said, f"{lower.locality or 'trung-uong'}.txt", f"{type_}.verb")]
    if chance.random() < 0.2:
        sources.append(
            evidence(f"Căn cứ {higher.type} {higher.full or ''}, địa phương đã xây dựng {lower.type}.", "tong-hop.txt")
        )
    return Edge(lower.id, higher.id, type_, status, tuple(sources))
