"""Reports made for the tests of the store and the graph: each claim with one sentence that says it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from kg.model import Action, Claim, Extraction, Header, Mention, Relation, UnitClaim
from kg.numbers import parse_number
from kg.store import Store

DISTRICT = "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"


def claim(id: str, type: str, full: str | None = None, **facts: Any) -> Claim:
    """Return a claim about the document numbered `full`."""
    number = parse_number(full) if full else None
    return Claim(
        id,
        facts.pop("kind", "plan" if type in {"kế hoạch", "chương trình", "đề án"} else "directive"),
        type,
        number.number if number else None,
        number.symbol if number else None,
        full,
        **facts,
    )


def sentence(stated: Claim) -> str:
    """Return a sentence that names the claim's document with all that is said of it."""
    day = f" ngày {'/'.join(reversed(stated.date.split('-')))}" if stated.date else ""
    issuer = f" của {stated.issuer}" if stated.issuer else ""
    title = f" về {stated.title}" if stated.title else ""
    return f"{named(stated)}{day}{issuer}{title}."


def named(stated: Claim) -> str:
    """Return the words of the mention."""
    if stated.full:
        return f"{stated.type.capitalize()} số {stated.full}"
    return f"{stated.type.capitalize()} {stated.title or stated.issuer or ''}".strip()


def report(
    name: str,
    *claims: Claim,
    relations: tuple[tuple[str, ...], ...] = (),
    deeds: tuple[tuple[str, ...], ...] = (),
    **header: Any,
) -> Extraction:
    """Return what a report says: `relations` as (source, type, target[, status]), `deeds` as (unit, action, document).

    The unit of a deed is its name; its claim gets the level "khác", which the name corrects where it tells.
    """
    text, mentions = "", []
    starts: dict[str, tuple[int, int]] = {"self": (0, 0)}
    for stated in claims:
        words, start = sentence(stated), len(text)
        mention = named(stated)
        form = "numbered" if stated.full else "named"
        mentions.append(
            Mention(start, start + len(mention), mention, stated.id, form, stated.type, stated.full, stated.date)
        )
        starts[stated.id] = (start, start + len(words))
        text += words + "\n\n"
    units = {deed[0]: f"u{number}" for number, deed in enumerate(deeds)}
    return Extraction(
        name=name,
        sha256=hashlib.sha256(f"{name}{text}{header}".encode()).hexdigest(),
        report=Header(**{"type": "báo cáo", "issuer": DISTRICT, "date": "2026-11-01"} | header),
        kind=header_kind(header),
        text=text,
        documents=claims,
        mentions=tuple(mentions),
        relations=tuple(
            Relation(r[0], r[1], r[2], *starts[r[2]], slice_of(text, starts[r[2]]), "made", *r[3:]) for r in relations
        ),
        units=tuple(UnitClaim(id, unit, "khác") for unit, id in units.items()),
        unit_actions=tuple(
            Action(units[d[0]], d[1], d[2], *starts[d[2]], slice_of(text, starts[d[2]]), "made", *d[3:]) for d in deeds
        ),
    )


def header_kind(header: dict[str, Any]) -> str:
    """Return the kind of the report whose header this is."""
    return {"kế hoạch": "plan", "nghị quyết": "directive", "chỉ thị": "directive"}.get(header.get("type", ""), "report")


def slice_of(text: str, span: tuple[int, int]) -> str:
    """Return the words at `span`."""
    return text[span[0] : span[1]]


def filled(directory: Path, *reports: Extraction) -> Store:
    """Return a store in `directory` that holds `reports`, opened for writing."""
    store = Store.open(directory, write=True)
    for made in reports:
        store.add(made)
    return store


def ids(store: Store, *, mentioned: bool = True) -> list[str]:
    """Return the ids of the documents that are mentioned, the reports themselves left out."""
    return [d.id for d in store.documents() if d.mentions or not mentioned]


def plan(number: int) -> str:
    """Return the text of a district's plan with this number."""
    return (
        f"ỦY BAN NHÂN DÂN\nHUYỆN BA BỂ\nSố: {number}/KH-UBND\nBa Bể, ngày 05 tháng 01 năm 2022\n\nKẾ HOẠCH\n"
        "Triển khai thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ\n"
    )
