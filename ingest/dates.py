"""Read the day of a document beside its number: "ngày 05 tháng 3 năm 2020", "(12/5/2023)", "tháng 7/2008"."""

from __future__ import annotations

import re
from datetime import date

# "ngày 05 tháng 3 năm 2020", "ngày 12/5/2023", "tháng 7/2008", "năm 2013"
DAY = (
    r"(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*"
    r"(?:[/.-]|,?\s+năm\s+)\s*(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])"
)
BRACKETED_DAY = re.sub(r"<(day|month|year)>", r"<\g<1>4>", DAY)  # a pattern may name a group once only
CELL_DAY = re.sub(r"<(day|month|year)>", r"<\g<1>5>", DAY)
MONTH = r"tháng\s+(?P<month2>\d{1,2})(?:\s*[/-]\s*|,?\s+năm\s+)(?P<year2>(?:19|20)\d\d)(?!\d)"
ONLY_YEAR = r"năm\s+(?P<year3>(?:19|20)\d\d)(?!\d)"
DATE = re.compile(
    rf"[\s,]*[(]?(?:(?:ra|ký|đề|cùng|ban\s+hành)\s+)?(?:ngày\s*{DAY}|{MONTH}|{ONLY_YEAR}|(?<=[(]){BRACKETED_DAY})[)]?|"
    rf"\s*[|]\s*(?:ngày\s+)?{CELL_DAY}(?=\s*(?:[|]|$))"  # the next cell of a table
)


def read_date(flat: str, start: int, end: int) -> tuple[int, str | None]:
    """Return (where it ends, the date) for a date that stands at `start`, else (start, None)."""
    match = DATE.match(flat, start, end)
    if match is None:
        return start, None
    for suffix in ("", "4", "5"):
        if match[f"day{suffix}"]:
            day = real_date(match[f"year{suffix}"], match[f"month{suffix}"], match[f"day{suffix}"])
            return match.end(), day
    if match["month2"]:
        return match.end(), f"{match['year2']}-{int(match['month2']):02}" if 1 <= int(match["month2"]) <= 12 else None
    return match.end(), match["year3"]


def real_date(year: str, month: str, day: str) -> str | None:
    """Return the day as YYYY-MM-DD, or None for one that no calendar has."""
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 40 else 2000)  # "18/02/98"
    try:
        return date(full, int(month), int(day)).isoformat()
    except ValueError:  # "31/02/2020": the number alone names the document
        return None
