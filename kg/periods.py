"""Periods of reporting: which one a report is about, and which ones a directive asks for.

    Kết quả 6 tháng đầu năm 2022; nhiệm vụ 6 tháng cuối năm    January to June 2022
    Định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12)   two halves and the year, each with its day

Reports of offices run from the first of January: that of six months is also that of the second quarter, and that of the
year also that of the second half. So a report fills each period that it covers and with which it ends.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.fold import key

SPANS = {  # of the year: first and last month of each part
    "year": ((1, 12),),
    "half": ((1, 6), (7, 12)),
    "quarter": ((1, 3), (4, 6), (7, 9), (10, 12)),
    "nine months": ((1, 9),),
    "month": tuple((month, month) for month in range(1, 13)),
}
NAMES = {"year": "{year}", "half": "{year}-H{part}", "quarter": "{year}-Q{part}", "nine months": "{year}-9M"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The months `first` to `last` of a year."""

    year: int
    last: int
    first: int

    @property
    def id(self) -> str:
        """The name for programs: "2022", "2022-H1", "2022-Q3", "2022-9M", "2022-05"."""
        for every, form in NAMES.items():
            if (self.first, self.last) in SPANS[every]:
                return form.format(year=self.year, part=SPANS[every].index((self.first, self.last)) + 1)
        return f"{self.year}-{self.last:02}"

    @property
    def end(self) -> date:
        """The last day."""
        return date(self.year, self.last, monthrange(self.year, self.last)[1])

    def fills(self, asked: Period) -> bool:
        """Tell whether a report on this period answers for `asked`."""
        return (self.year, self.last) == (asked.year, asked.last) and self.first <= asked.first


def parts_of(year: int, every: str) -> list[Period]:
    """Return the periods of a year: `every` is one of `SPANS`."""
    return [Period(year, last, first) for first, last in SPANS[every]]


# ---- what a report is about -----------------------------------------------------------------------------------------

YEAR = r"(?:\W+(?:của\W+)?(?:năm\W+)?(?P<{}>20\d\d)\b(?!\s*[-–]\s*20))"
# 6 tháng đầu năm 2022, quý I/2023, 9 tháng năm 2022, tháng 5/2022, năm 2022
STATED = re.compile(
    rf"\b0?(?:6|sáu) tháng (?P<half>đầu|cuối) năm{YEAR.format('y1')}?"
    rf"|\b0?(?P<six>6|sáu) tháng{YEAR.format('y2')}"
    rf"|\bquý (?P<quarter>[1-4]|i{{1,3}}|iv)\b{YEAR.format('y3')}?"
    rf"|\b0?(?P<nine>9|chín) tháng(?: đầu năm)?\b{YEAR.format('y4')}?"
    rf"|\btháng (?P<month>0?[1-9]|1[0-2])\b{YEAR.format('y5')}"
    r"|\bnăm (?P<year>20\d\d)\b(?!\s*[-–]\s*20)"
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# Days, and years that belong to the name of a law or a programme, are no periods of a report
DAYS = re.compile(
    r"\bngày \d+(?: tháng \d+(?: năm \d+)?|[/.-]\d+(?:[/.-]\d+)?)|\b(?:bộ luật|luật|pháp lệnh)\b[^,;]*? năm \d+"
)
REPORTED = re.compile(r"\bbáo cáo\b[^.;]{0,160}")
SEVERAL_YEARS = re.compile(r"\b\d+ năm (?:thực hiện|triển khai|thi hành)|\bgiai đoạn\b")


def stated_period(words: str, written: str | None) -> Period | None:
    """Return the period that the subject of a report names, its year from the day of writing where it has none.

    The first counts, for what follows is what is planned: "6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm".
    """
    found = STATED.search(DAYS.sub(" ", key(words)))
    if found is None:
        return None
    said = found.groupdict()
    year = next(
        (said[f"y{number}"] for number in range(1, 6) if said[f"y{number}"]), said["year"] or (written or "")[:4]
    )
    if not year:
        return None
    if said["half"] or said["six"]:
        return parts_of(int(year), "half")[said["half"] == "cuối"]
    if said["quarter"]:
        return parts_of(int(year), "quarter")[(ROMAN.get(said["quarter"]) or int(said["quarter"])) - 1]
    if said["nine"]:
        return parts_of(int(year), "nine months")[0]
    if said["month"]:
        return parts_of(int(year), "month")[int(said["month"]) - 1]
    return parts_of(int(year), "year")[0]


def period_reported(title: str, opening: str, written: str | None) -> Period | None:
    """Return the period that the subject of a report names, or else the first sentence that says "báo cáo …"."""
    found = stated_period(title, written)
    if found or SEVERAL_YEARS.search(key(title)):
        return found
    said = (stated_period(match[0], written) for match in REPORTED.finditer(key(opening)))
    return next(filter(None, said), None)


# ---- what a directive asks for --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Demand:
    """Reports asked for again and again: `every` is one of `SPANS`; the latest day, as far as it is said.

    `month` is None where the day is one of the last month of each period. `levels` are those that the sentence names
    ("các huyện, thành phố"), none where it names none.
    """

    every: str
    day: int | None = None
    month: int | None = None
    levels: tuple[str, ...] = ()

    def due(self, period: Period) -> date:
        """Return the day by which the report on a period is asked for, its last day where none is said."""
        if self.day is None and self.month is None:
            return period.end
        month = self.month or period.last
        if not period.first <= month <= period.last:  # "trước ngày 15/6": of the first half
            return period.end
        most = monthrange(period.year, month)[1]
        return date(period.year, month, min(max(self.day or most, 1), most))


ONE = (
    r"(?:(?P<half>0?6 tháng|sáu tháng)|(?P<nine>0?9 tháng|chín tháng)|(?P<year>(?:0?1 |một |hằng |hàng |mỗi )?năm)"
    r"|(?P<quarter>quý)|(?P<month>tháng))(?: một lần| 0?1 lần|/lần)?"
    r"(?![\w/]|\s+(?:\d+|i+v?|này|nay|qua|trước(?! ngày)|tới|sau)\b)"
)
# Words that make the periods after them recurring
RECURRING = re.compile(
    r"\b(?:định kỳ|hằng|hàng|mỗi|báo cáo)\s+(?:theo\s+|hằng\s+|hàng\s+|mỗi\s+|kết quả\s+)?\(?\s*"
    rf"(?={re.sub('P<[a-z]+>', ':', ONE)})"
)
NEXT = re.compile(r"\s*(?:,|;|/|và|hoặc|\(|\)|báo cáo|hằng|hàng|cả|định kỳ)\s*")
MONTH = r"\s*(?:/|-|tháng )\s*(?P<month>\d{1,2})"
DUE = re.compile(
    r"\s*\(?\s*(?:gửi |chậm nhất |xong )?(?:trước |vào )?(?:là )?ngày (?P<day>\d{1,2})"
    rf"(?:{MONTH}(?![\d/-])|(?: của)? tháng cuối(?: của)?(?: mỗi)?(?: quý| kỳ)?)(?: (?:hằng|hàng) năm)?"
)
BEFORE = re.compile(rf"ngày (?P<day>\d{{1,2}}){MONTH}\s+(?:(?:hằng|hàng|mỗi) )?$")
LEVELS = {
    "tỉnh": re.compile(r"\bcác (?:sở|tỉnh)\b|\bcấp tỉnh\b"),
    "huyện": re.compile(r"\bcác (?:huyện|quận|thị xã|thành phố|thị ủy|thành ủy|phòng)\b|\bcấp huyện\b"),
    "xã": re.compile(r"\bcác (?:xã|phường|thị trấn)\b|\bcấp xã\b"),
}
ALL = re.compile(
    r"\b(?:các|từng|mọi|những|toàn thể|đơn vị|địa phương|cấp ủy|trực thuộc|thủ trưởng|người đứng đầu"
    r"|cấp (?:xã|huyện|tỉnh)|(?:sở|ban|bộ|phòng|cơ quan|xã|phường|huyện|quận|thị xã),)(?!\w)"
)
# "các" in the name of one body
IN_NAMES = re.compile(
    r"\bkhối các cơ quan\b|\bđảng (?:ủy|bộ) các cơ quan đảng\b|\bquản lý các\b|\bliên hiệp các\b|\bthanh tra các bộ\b"
)
# Who is told: "Giao Tòa án nhân dân theo dõi, …"; without such a verb the name of a body, "Bộ Nội vụ … mỗi năm báo cáo"
TOLD = re.compile(
    r"^\W*(?:(?:\d+(?:\.\d+)*|[ivx]+|[a-zđ])[.)]\s*)?(?:[^:;.]{0,60}:\s*)?"
    r"(?:(?P<giao>giao|đề nghị|phân công|yêu cầu) (?:cho )?)?(?P<whom>.+?)"
    r"(?=\s(?:theo dõi|đôn đốc|chủ trì|phối hợp|(?<!ban )hướng dẫn|(?<!ủy ban )kiểm tra|tham mưu|tổng hợp"
    r"|(?<!ban )chỉ đạo|giám sát|giúp|thường xuyên|tiếp tục|xây dựng|nghiên cứu|thực hiện|triển khai"
    r"|tổ chức (?:thực|triển|quán)|có trách|chịu trách|căn cứ|là|làm|gửi|định kỳ|hằng|hàng|mỗi|báo cáo)\b)"
)
BODY = re.compile(
    r"(?:bộ|ban|sở|phòng|văn phòng|ủy ban|thanh tra|cục|chi cục|tổng cục|vụ|viện|hội|trung tâm|mặt trận|tòa án|công an"
    r"|đoàn thanh niên|liên đoàn|liên hiệp|đảng ủy (?:khối|các cơ quan đảng|quân sự|công an|ủy ban|ubnd))\b"
)
OWN_CLAUSE = re.compile(r"[,;]\s*(?:(?:và|đồng thời|tổng hợp|kịp thời|gửi|báo cáo|kết quả)\b[\s,]*)*$")


def demands_in(sentence: str) -> list[Demand]:
    """Return the reports that a sentence asks for in every period, of all who carry a directive out.

    What is asked of one body by name is left out.
    """
    words = " ".join(key(sentence).split())
    if "báo cáo" not in words:
        return []
    levels = tuple(level for level, named in LEVELS.items() if named.search(words))
    starts = [start for start in RECURRING.finditer(words) if not of_one_body(words, start.start())]
    found = (demand for start in starts for demand in listed(words, start.end()))
    return [replace(demand, levels=levels) for demand in dict.fromkeys(found)]


def of_one_body(words: str, place: int) -> bool:
    """Tell whether the report that is asked for at `place` is that of one body.

    "Giao Sở Nội vụ đôn đốc các huyện, định kỳ 6 tháng báo cáo" is, "Giao Sở Nội vụ hướng dẫn các huyện định kỳ 6 tháng
    báo cáo" is not: only without a new clause those who stand nearer report.
    """
    told = TOLD.match(words)
    if told is None or not (told["giao"] or BODY.match(told["whom"])) or told.end() > place:
        return False
    whom, before = (IN_NAMES.sub(" ", part) for part in (f"{told['whom']} ", words[told.end() : place]))
    return not ALL.search(whom) and (OWN_CLAUSE.search(before) is not None or not ALL.search(before))


def listed(words: str, place: int) -> Iterator[Demand]:
    """Yield the demands of a list that begins at `place`: "6 tháng (trước ngày 15/6), năm (trước ngày 15/12)"."""
    item = re.compile(ONE)
    while found := item.match(words, place):
        every = next(name for name, said in found.groupdict().items() if said)
        place = found.end()
        due = DUE.match(words, place) or (BEFORE.search(words[: found.start()]))
        if due and due.re is DUE:
            place = due.end()
        month = due.groupdict().get("month") if due else None
        yield Demand(
            {"nine": "nine months"}.get(every, every), int(due["day"]) if due else None, int(month) if month else None
        )
        while following := NEXT.match(words, place):
            if not following[0].strip():
                break
            place = following.end()
