"""Texts that try a reader's patience: what no clerk writes, but a broken scan, a table or a bad will may bring.

Each maker takes a size in characters (about) and returns a text of that size, of one repeated thing. Reading must take
ten times as long for ten times the size, not a hundred times.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count


def filled(size: int, piece: Callable[[int], str], between: str = "") -> str:
    """Return pieces 1, 2, 3 … until they have `size` characters."""
    pieces: list[str] = []
    length = 0
    for number in count(1):
        if length >= size:
            break
        pieces.append(piece(number))
        length += len(pieces[-1]) + len(between)
    return between.join(pieces)


PLACES = ("Bạch Thông", "Chợ Đồn", "Na Rì", "Ba Bể", "Ngân Sơn", "Pác Nặm", "Định Hóa", "Sơn Dương")


def dated(number: int) -> str:
    """Return a citation that differs from its neighbours."""
    day = f"{number % 28 + 1}/{number % 12 + 1}/2023"
    return f"Kế hoạch số {number}/KH-UBND ngày {day} của UBND huyện {PLACES[number % 8]}"


def bare(number: int) -> str:
    """Return a citation with nothing beside its number."""
    return f"Kế hoạch số {number}/KH-UBND"


def notes(size: int) -> str:
    """Return a text with footnote marks and their notes."""
    many = max(1, size // 90)
    body = " ".join(f"Huyện đã ban hành kế hoạch thực hiện<sup>{n % 999 + 1}</sup>." for n in range(many))
    return body + "\n\n" + "\n".join(f"<sup>{n % 999 + 1}</sup> Kế hoạch số {n}/KH-UBND." for n in range(many))


def notes_of_one_clause(size: int) -> str:
    """Return a text with footnote marks in a sentence that does not end, and their notes."""
    return notes(size).replace(">.", ">,")


def same_number(number: int) -> str:
    """Return a citation that has its number in common with documents of other places and days."""
    day = f"{number % 28 + 1}/{number // 28 % 12 + 1}/{1990 + number // 336 % 30}"
    return f"Kế hoạch số 01/KH-UBND ngày {day} của UBND xã {PLACES[number % 8]} {chr(65 + number % 26)}{number % 19}"


REPORT = "BÁO CÁO\nKết quả công tác dân vận\n\nHuyện ủy Bạch Thông báo cáo như sau:\n\n"
LAST = "Kế hoạch số 5/KH-UBND"

TEXTS: dict[str, Callable[[int], str]] = {
    "citations in one line": lambda size: filled(size, dated, ", "),
    "citations under one verb": lambda size: f"{REPORT}UBND huyện Ba Bể đã ban hành {filled(size, bare, ', ')}.",
    "citations carried out": lambda size: f"{REPORT}Hội Nông dân đã triển khai {filled(size, bare, ', ')}.",
    "grounds of one plan": lambda size: f"{REPORT}Thực hiện {filled(size, bare, ', ')}, UBND huyện ban hành {LAST}.",
    "plans on one ground": lambda size: (
        REPORT + filled(size, lambda n: f"thực hiện {bare(n)}, UBND huyện ban hành {bare(n + 1)}", ", ")
    ),
    "citations under many verbs": lambda size: (
        REPORT + filled(size, lambda n: f"đã triển khai, quán triệt, thực hiện {dated(n)} và ban hành")
    ),
    "citations that carry out others": lambda size: filled(size, dated, " về triển khai thực hiện "),
    "citations to be issued": lambda size: filled(size, dated, ", sẽ ban hành "),
    "one citation again and again": lambda size: filled(size, lambda _: dated(7), "; "),
    "one number, many documents": lambda size: filled(size, same_number, "; "),
    "short forms": lambda size: filled(size, lambda n: f"Nghị quyết số {n % 90 + 10}", ", "),
    "names of laws": lambda size: filled(size, lambda n: f"Luật Đất đai năm {1990 + n % 40}", ", "),
    "quotes never closed": lambda size: "“Đề án " * (size // 7),
    "brackets never closed": lambda size: "(kế hoạch [" * (size // 11),
    "tags never closed": lambda size: "<p <sup>1" * (size // 9),
    "digits": lambda size: "7" * size,
    "digits and slashes": lambda size: "12/" * (size // 3),
    "capital letters": lambda size: "Đ" * size,
    "words in capitals": lambda size: "ĐẢNG " * (size // 5),
    "dashes": lambda size: "-" * size,
    "dashes and blanks": lambda size: "- " * (size // 2),
    "blanks": lambda size: "a" + " " * size + "b",
    "stars": lambda size: "*a **b " * (size // 7),
    "full stops": lambda size: "Mục lục" + "." * size,
    "footnote marks": notes,
    "footnote marks in one clause": notes_of_one_clause,
    "places": lambda size: f"UBND các xã {filled(size, lambda n: PLACES[n % 8], ', ')} ban hành {LAST}.",
    "units": lambda size: f"{filled(size, lambda n: f'UBND huyện {PLACES[n % 8]}', ', ')} ban hành {LAST}.",
    "one clause": lambda size: "thực hiện tốt công tác dân vận và ban hành " * (size // 43) + LAST,
    "short lines": lambda size: filled(size, lambda n: f"- Kế hoạch số {n}/KH-UBND", "\n"),
    "headings": lambda size: filled(size, lambda n: f"{n % 90 + 1}. Công tác của UBND xã", "\n"),
}
