"""Letterheads of schools, hospitals, mass organisations, the army: who issued the paper, seen from where."""

from __future__ import annotations

import pytest
from extracts import deeds, read

# the lines above the type, place and day, a sentence of the text, the issuer
HEADS = [
    # an office that no table knows, under the body that runs it
    (
        "UBND HUYỆN QUỲ CHÂU\nTRƯỜNG THCS CHÂU HẠNH",
        "Châu Hạnh, ngày 12 tháng 3 năm 2022",
        "Nhà trường báo cáo.",
        "Trường Trung học cơ sở Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An",
    ),
    # spelt as the text spells it
    (
        "UBND TỈNH CAO BẰNG\nBAN QUẢN LÝ KHU KINH TẾ",
        "Cao Bằng, ngày 12 tháng 3 năm 2022",
        "Ban Quản lý Khu kinh tế báo cáo.",
        "Ban Quản lý Khu kinh tế, tỉnh Cao Bằng",
    ),
    # its own place beats that of the line above
    (
        "SỞ Y TẾ TỈNH HÀ NAM\nTRUNG TÂM Y TẾ HUYỆN LÝ NHÂN",
        "Lý Nhân, ngày 14 tháng 3 năm 2024",
        "Trung tâm báo cáo.",
        "Trung tâm Y tế huyện Lý Nhân, tỉnh Hà Nam",
    ),
    # "xã" in the name of an office is no commune
    (
        "BHXH VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH CAO BẰNG",
        "Cao Bằng, ngày 14 tháng 3 năm 2024",
        "BHXH tỉnh báo cáo.",
        "Bảo hiểm xã hội tỉnh Cao Bằng",
    ),
    # the Party committee of an office; its place stands in the line above
    (
        "ĐẢNG BỘ SỞ Y TẾ NINH THUẬN\nĐẢNG ỦY BỆNH VIỆN ĐA KHOA TỈNH\n*",
        "Phan Rang - Tháp Chàm, ngày 14 tháng 3 năm 2025",
        "Đảng ủy Bệnh viện Đa khoa tỉnh báo cáo.",
        "Đảng ủy Bệnh viện Đa khoa tỉnh Ninh Thuận",
    ),
    (
        "TỈNH ỦY CAO BẰNG\nĐẢNG ỦY KHỐI CÁC CƠ QUAN VÀ DOANH NGHIỆP\n*",
        "Cao Bằng, ngày 14 tháng 3 năm 2024",
        "Đảng ủy Khối báo cáo.",
        "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Cao Bằng",
    ),
    # the place, the committee, its office: each in a line of its own
    (
        "TỈNH ĐỒNG THÁP\nTHÀNH ỦY\nVĂN PHÒNG\n*",
        "Sa Đéc, ngày 12 tháng 3 năm 2022",
        "Văn phòng Thành ủy báo cáo.",
        "Văn phòng Thành ủy Sa Đéc, tỉnh Đồng Tháp",
    ),
    # boards of the mass organisations
    (
        "HỘI LHPN VIỆT NAM\nBAN THƯỜNG VỤ TỈNH AN GIANG",
        "An Giang, ngày 12 tháng 3 năm 2022",
        "Hội báo cáo.",
        "Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh An Giang",
    ),
    (
        "ĐOÀN TNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH TỈNH AN GIANG",
        "An Giang, ngày 12 tháng 3 năm 2022",
        "Tỉnh đoàn báo cáo.",
        "Ban Chấp hành Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh An Giang",
    ),
    # a council's board
    (
        "HỘI ĐỒNG NHÂN DÂN\nTHỊ XÃ NGHĨA LỘ\nBAN PHÁP CHẾ",
        "Nghĩa Lộ, ngày 14 tháng 3 năm 2024",
        "Ban Pháp chế báo cáo.",
        "Ban Pháp chế Hội đồng nhân dân thị xã Nghĩa Lộ, tỉnh Yên Bái",
    ),
    # a line with a number that is a name
    (
        "ỦY BAN NHÂN DÂN\nQUẬN 3",
        "Quận 3, ngày 14 tháng 3 năm 2024",
        "UBND Quận 3, thành phố Hồ Chí Minh báo cáo.",
        "Ủy ban nhân dân quận 3, thành phố Hồ Chí Minh",
    ),
    (
        "QUÂN KHU 5\nBỘ CHQS TỈNH KON TUM",
        "Kon Tum, ngày 14 tháng 3 năm 2024",
        "Bộ CHQS tỉnh báo cáo.",
        "Bộ Chỉ huy Quân sự tỉnh Kon Tum",
    ),
]


def paper(head: str, day: str, words: str, tail: str = "") -> str:
    """Return a report of that head."""
    return f"{head}\nSố: 12/BC-VP\n{day}\n\nBÁO CÁO\nCông tác năm\n\n{words}\n{tail}"


@pytest.mark.parametrize(("head", "day", "words", "issuer"), HEADS)
def test_issuer(head: str, day: str, words: str, issuer: str) -> None:
    found = read(paper(head, day, words)).report
    assert found.issuer == issuer
    assert found.place == day.split(", ngày", maxsplit=1)[0]


# how broken lines of a page put a letterhead in one column
ONE_COLUMN = """SỞ GDĐT BẠC LIÊU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG THPT RẠCH CHÙA Độc lập - Tự do - Hạnh phúc
Số: 46/BC-THPTRC Hồng Dân, ngày 22 tháng 5 năm 2024
BÁO CÁO
Kết quả phổ biến, giáo dục pháp luật năm học 2023 - 2024
Thực hiện Công văn số 1067/SGDĐT-GDTrH ngày 07/5/2024 của Sở GDĐT
về việc báo cáo công tác pháp chế, Trường THPT Rạch Chùa báo cáo như
sau:
1. Trường đã ban hành Kế hoạch số 71/KH-THPTRC ngày 20/8/2023. Chi bộ
nhà trường lãnh đạo sát sao công tác này trong suốt cả năm học đã qua.
Nơi nhận: HIỆU TRƯỞNG
- Như trên;
- Lưu: VT, GV. Lâm Thị Ngọc Diễm
"""
SCHOOL = "Trường Trung học phổ thông Rạch Chùa, tỉnh Bạc Liêu"


def test_a_letterhead_in_one_column() -> None:
    found = read(ONE_COLUMN)
    assert (found.report.issuer, found.report.place, found.report.number) == (SCHOOL, "Hồng Dân", "46")
    assert (found.report.signer, found.report.signer_role) == ("Lâm Thị Ngọc Diễm", "Hiệu trưởng")
    assert found.report.recipients == ("Như trên", "Lưu: VT, GV")
    assert (SCHOOL, "issued", "71/KH-THPTRC") in deeds(found)


# the line of the signature, the signer
SIGNERS = [
    ("Đại tá Nguyễn Văn Trọng", "Nguyễn Văn Trọng"),  # a rank is no part of the name
    ("BSCKII. Lê Thị Hạnh", "Lê Thị Hạnh"),
    ("ThS.BS Trần Quốc Việt", "Trần Quốc Việt"),
    ("Trung Văn Úy", "Trung Văn Úy"),  # nor is a name a rank
]


@pytest.mark.parametrize(("line", "signer"), SIGNERS)
def test_signer(line: str, signer: str) -> None:
    tail = f"\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\n{line}\n"
    found = read(paper("SỞ Y TẾ TỈNH HÀ NAM", "Phủ Lý, ngày 14 tháng 3 năm 2024", "Sở báo cáo.", tail)).report
    assert found.signer == signer


# the tail of a paper; who signs, as what; the last of the recipients
TAILS = [
    # both columns read line by line, the name beside the file copy
    ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- UBND huyện (b/c); CHỦ TỊCH\n- Lưu: VT. H’Nuôn Niê Siêng",
     ("H’Nuôn Niê Siêng", "Chủ tịch"), "Lưu: VT"),
    # or beside another recipient
    ("Nơi nhận: TM. BAN THƯỜNG TRỰC\n- Tỉnh ủy; PHÓ CHỦ TỊCH\n- Các xã, phường; Lê Thị Kim Mai\n- Lưu: VT, Ban DC-PL.",
     ("Lê Thị Kim Mai", "Phó Chủ tịch"), "Lưu: VT, Ban DC-PL"),
    # office and name in one line; an abbreviation is no name
    ("Nơi nhận:\n- Huyện ủy,\n- Lưu BDVHU.\n\nTRƯỞNG BAN Vi Thị Hoa", ("Vi Thị Hoa", "Trưởng Ban"), "Lưu BDVHU"),
    # the file copy "Lưu" is a family name too
    ("Nơi nhận:\n- Lưu: VP.\n\nCHỦ TỊCH\n\nLưu Thành Đô", ("Lưu Thành Đô", "Chủ tịch"), "Lưu: VP"),
    # the office read before the recipients beside it
    ("PHÓ CHỦ TỊCH\nNơi nhận:\n- Bộ Công an;\n- Lưu: VT.\nLý Thanh Tùng", ("Lý Thanh Tùng", "Phó Chủ tịch"), "Lưu: VT"),
    # minutes are signed by two: neither is taken for the signer
    ("THƯ KÝ                    CHỦ TRÌ\n\n\nLê Thị Bích                  Trần Văn Phương Nam", (None, None), None),
]  # fmt: skip


@pytest.mark.parametrize(("tail", "signed", "last"), TAILS)
def test_tail(tail: str, signed: tuple[str | None, str | None], last: str | None) -> None:
    found = read(
        paper("UBND XÃ PHÚ HÒA", "Phú Hòa, ngày 14 tháng 3 năm 2024", "Xã báo cáo.", "\n" + tail + "\n")
    ).report
    assert (found.signer, found.signer_role) == signed
    assert found.recipients[-1:] == ((last,) if last else ())


LETTER = """UBND TỈNH BÌNH ĐỊNH
SỞ Y TẾ

Số: 1933/SYT-NVY
V/v chấn chỉnh việc thực hiện
Chỉ thị số 06/CT-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bình Định, ngày 09 tháng 5 năm 2025

Kính gửi: Các bệnh viện.

Sở Y tế yêu cầu các bệnh viện báo cáo.
"""


def test_a_letters_subject_takes_several_lines() -> None:
    assert read(LETTER).report.title == "chấn chỉnh việc thực hiện Chỉ thị số 06/CT-UBND"
