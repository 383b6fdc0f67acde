"""A province for the tests: ten districts of tỉnh Bắc Giang as in May 2023, twelve communes of each, and their papers.

Every unit gets one state for Chỉ thị 33/CT-TTg by its place in the register's order, and the papers that show it. The
texts are made; places, levels and dates are the register's. After 1 July 2025 one commune of the new kind acts again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg import register

DAY = "2023-05-31"
DIRECTIVE = "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"
COMMUNES = 12
# What each commune of a district did, in turn: the later five did nothing that is known
TURNS = (
    *("own", "own", "through", "through", "reported", "stated", "unnumbered"),
    *("mentioned", "silent", "absent", "absent", "absent"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One unit of the province: its place, the state that it must be found in, the days to its plan."""

    place: register.Place
    state: str
    days: int | None = None


def top() -> register.Place:
    """Return the province."""
    return register.find_places("tỉnh Bắc Giang", on=DAY)[0]


def districts() -> list[register.Place]:
    """Return its ten districts."""
    return list(register.children(top(), DAY))


def communes(district: register.Place) -> list[register.Place]:
    """Return the first twelve communes of a district."""
    return list(register.children(district, DAY)[:COMMUNES])


def write_papers(folder: Path) -> list[Member]:
    """Write the papers of the whole province into `folder`; return what each unit must be found to have done."""
    asks = "Các huyện định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) báo cáo kết quả về Sở Nội vụ."
    paper(folder, top(), None, "780/KH-UBND", "2021-12-20", "KẾ HOẠCH", f"Triển khai thực hiện {DIRECTIVE}", asks)
    members = [Member(top(), "own", 24)]
    for turn, district in enumerate(districts()):
        members += district_papers(folder, district, turn)
    return members


def district_papers(folder: Path, district: register.Place, turn: int) -> list[Member]:
    """Write the papers of one district: its plan, in time or late, its communes' and its report about them."""
    name, late = f"{district.type} {district.name}", turn % 2
    day, days = ("2022-09-01", 279) if late else ("2022-01-10", 45)
    number = f"{turn + 20}/KH-UBND"
    above = "Kế hoạch số 780/KH-UBND ngày 20/12/2021 của UBND tỉnh Bắc Giang"
    subject = f"Triển khai thực hiện {above if late else DIRECTIVE}"
    paper(folder, district, top(), number, day, "KẾ HOẠCH", subject)
    if late:  # every second district answers the province: for the year, and in words of its text for six months
        reported = f"Kết quả thực hiện {above} năm 2022"
        paper(folder, district, top(), f"{turn + 140}/BC-UBND", "2022-12-12", "BÁO CÁO", reported)
        reported, told_of = f"Kết quả thực hiện {above}", "UBND báo cáo kết quả 6 tháng đầu năm 2023 như sau:"
        paper(folder, district, top(), f"{turn + 60}/BC-UBND", "2023-05-30", "BÁO CÁO", reported, told_of)
    members, told = [Member(district, "through" if late else "own", days)], []
    plan = f"Kế hoạch số {number} ngày {spoken(day)} của UBND {name}"
    for commune, state in zip(communes(district), TURNS, strict=True):
        members.append(Member(commune, state, commune_paper(folder, commune, district, state, plan)))
        if state == "stated":
            told.append(f"UBND {commune.type} {commune.name} đã triển khai thực hiện {DIRECTIVE}.")
    paper(folder, district, top(), f"{turn + 90}/BC-UBND", "2023-05-20", "BÁO CÁO", "Công tác dân vận quý II", *told)
    return members


def commune_paper(folder: Path, commune: register.Place, district: register.Place, state: str, plan: str) -> int | None:
    """Write what one commune has, by its state; return the days from the directive to its plan, if it has one."""
    subject = f"Triển khai thực hiện {DIRECTIVE}"
    if state == "own":
        paper(folder, commune, district, "15/KH-UBND", "2022-02-10", "KẾ HOẠCH", subject)
        return 76
    if state == "through":
        paper(folder, commune, district, "17/KH-UBND", "2022-10-03", "KẾ HOẠCH", f"Triển khai thực hiện {plan}")
        return 311
    if state == "unnumbered":
        paper(folder, commune, district, "     /KH-UBND", "2022-03-01", "KẾ HOẠCH", subject)
        return 95
    if state == "reported":
        paper(folder, commune, district, "31/BC-UBND", "2023-05-12", "BÁO CÁO", f"Kết quả thực hiện {DIRECTIVE}")
        return 532
    if state in {"mentioned", "silent"}:
        words = f"Cán bộ hỏi thêm về {DIRECTIVE}." if state == "mentioned" else "Đường liên thôn được sửa."
        paper(folder, commune, district, "32/BC-UBND", "2023-05-13", "BÁO CÁO", "Tình hình thu ngân sách quý I", words)
    return None


def paper(
    folder: Path,
    place: register.Place,
    above: register.Place | None,
    number: str,
    day: str,
    kind: str,
    subject: str,
    *lines: str,
) -> None:
    """Write one paper as offices lay it out."""
    year, month, date = day.split("-")
    where = f"{place.type} {place.name}".upper()
    upper = f", {above.type} {above.name}".upper() if above else ""
    text = f"""ỦY BAN NHÂN DÂN
{where}{upper}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}
{place.name}, ngày {date} tháng {month} năm {year}

{kind}
{subject}

{chr(10).join(lines) or "Các đơn vị căn cứ nhiệm vụ được giao để tổ chức."}

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
    name = f"{place.code}-{number.strip().replace('/', '-')}-{day}.txt"
    (folder / name).write_text(text, encoding="utf-8")


def spoken(day: str) -> str:
    """Return a day as documents write it: 10/01/2022."""
    return "/".join(reversed(day.split("-")))
