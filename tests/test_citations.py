"""Where a text names another document by number: what is taken, what it is, when and by whom it was issued."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from extracts import mention, mentions, read
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Action, Relation

# text, the mentions in it: (words, form, number of the document)
MENTIONS = [
    # type, "số", number; date and issuer stay outside
    (
        "Căn cứ Kế hoạch số 112/KH-UBND ngày 08/3/2022 của UBND tỉnh Nghệ An.",
        [("Kế hoạch số 112/KH-UBND", "numbered", "112/KH-UBND")],
    ),
    # no "số"
    ("Theo Kết luận 12-KL/TU của Tỉnh ủy.", [("Kết luận 12-KL/TU", "numbered", "12-KL/TU")]),
    # "số:" with a colon
    ("Quyết định số: 87/QĐ-UBND của huyện.", [("Quyết định số: 87/QĐ-UBND", "numbered", "87/QĐ-UBND")]),
    # a type word in small letters
    ("thực hiện quyết định số 213-QĐ/TU", [("quyết định số 213-QĐ/TU", "numbered", "213-QĐ/TU")]),
    # in capitals, as in a heading
    (
        "KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT SỐ 18-NQ/TW",
        [("NGHỊ QUYẾT SỐ 18-NQ/TW", "numbered", "18-NQ/TW")],
    ),
    # the type abbreviated before the symbol
    ("thực hiện QĐ 50/QĐ-CATP của Công an thành phố", [("QĐ 50/QĐ-CATP", "numbered", "50/QĐ-CATP")]),
    (
        "xây dựng CTrHĐ 14-CTr/TU và NQ số 25-NQ/TW",
        [
            ("CTrHĐ 14-CTr/TU", "numbered", "14-CTr/TU"),
            ("NQ số 25-NQ/TW", "numbered", "25-NQ/TW"),
        ],
    ),
    # a number without any type word
    (
        "được nêu tại 45-KH/HU và 46-KH/HU",
        [
            ("45-KH/HU", "numbered", "45-KH/HU"),
            ("46-KH/HU", "numbered", "46-KH/HU"),
        ],
    ),
    # "Văn bản" is what people call a letter
    ("Văn bản số 640/UBND-NV của UBND huyện", [("Văn bản số 640/UBND-NV", "numbered", "640/UBND-NV")]),
    # slips inside the symbol are kept as written, the number is tidy
    ("Kết luận số 114 KL/TW ngày 14/7/2015", [("Kết luận số 114 KL/TW", "numbered", "114-KL/TW")]),
    ("Chỉ thị số 16/CT- TTg ngày 16/5/2016", [("Chỉ thị số 16/CT- TTg", "numbered", "16/CT-TTg")]),
    ("Chỉ thị số 01/CT-TTG ngày 05/01/2021", [("Chỉ thị số 01/CT-TTG", "numbered", "01/CT-TTg")]),
    ("Quy định số 11-QÐi/TW", [("Quy định số 11-QÐi/TW", "numbered", "11-QĐi/TW")]),
    # a scan changes the marks of "số" and of the type, or drops them
    ("Căn cứ Nghi đình sỗ 48/2013/NĐ-CP", [("Nghi đình sỗ 48/2013/NĐ-CP", "numbered", "48/2013/NĐ-CP")]),
    ("Căn cứ Nghị định sô 55/2025/NĐ-CP", [("Nghị định sô 55/2025/NĐ-CP", "numbered", "55/2025/NĐ-CP")]),
    ("Theo Quyet dinh so 12/QĐ-UBND", [("Quyet dinh so 12/QĐ-UBND", "numbered", "12/QĐ-UBND")]),
    # laws, ordinances, decrees, joint circulars, dotted numbers
    ("Luật số 64/2025/QH15", [("Luật số 64/2025/QH15", "numbered", "64/2025/QH15")]),
    ("Bộ luật số 45/2019/QH14", [("Bộ luật số 45/2019/QH14", "numbered", "45/2019/QH14")]),
    ("Nghị quyết số 202/2025/QH15", [("Nghị quyết số 202/2025/QH15", "numbered", "202/2025/QH15")]),
    (
        "Nghị quyết số 1318/NQ-UBTVQH15",
        [("Nghị quyết số 1318/NQ-UBTVQH15", "numbered", "1318/NQ-UBTVQH15")],
    ),
    (
        "Nghị quyết số 66.19/2026/NQ-CP của Chính phủ",
        [("Nghị quyết số 66.19/2026/NQ-CP", "numbered", "66.19/2026/NQ-CP")],
    ),
    (
        "Thông tư liên tịch số 01/2026/TTLT-VKSNDTC-BCA-BQP",
        [("Thông tư liên tịch số 01/2026/TTLT-VKSNDTC-BCA-BQP", "numbered", "01/2026/TTLT-VKSNDTC-BCA-BQP")],
    ),
    # the issuer between the type and the number
    (
        "Thi hành Điều 2 Quyết định của Bộ Chính trị số 31-QĐ/TW về thể loại văn bản",
        [("Quyết định của Bộ Chính trị số 31-QĐ/TW", "numbered", "31-QĐ/TW")],
    ),
    # a list: every item is a mention
    (
        "Quyết định số 217-QĐ/TW và Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị",
        [
            ("Quyết định số 217-QĐ/TW", "numbered", "217-QĐ/TW"),
            ("Quyết định số 218-QĐ/TW", "numbered", "218-QĐ/TW"),
        ],
    ),
    # a list with one type word
    (
        "Kế hoạch số 12/KH-UBND, số 15/KH-UBND và 19/KH-UBND của UBND huyện",
        [
            ("Kế hoạch số 12/KH-UBND", "numbered", "12/KH-UBND"),
            ("số 15/KH-UBND", "numbered", "15/KH-UBND"),
            ("19/KH-UBND", "numbered", "19/KH-UBND"),
        ],
    ),
    # a list with one symbol: the first item takes it over
    ("thực hiện NQ 24, 25-NQ/TW", [("NQ 24", "short", "24-NQ/TW"), ("25-NQ/TW", "numbered", "25-NQ/TW")]),
    (
        "các Nghị quyết số 18, 19-NQ/TW",
        [
            ("Nghị quyết số 18", "short", "18-NQ/TW"),
            ("19-NQ/TW", "numbered", "19-NQ/TW"),
        ],
    ),
    # a short repeat means the full mention before it
    (
        "Nghị quyết số 37-NQ/TW ngày 24/12/2018. Nghị quyết số 37 đã được phổ biến.",
        [
            ("Nghị quyết số 37-NQ/TW", "numbered", "37-NQ/TW"),
            ("Nghị quyết số 37", "short", "37-NQ/TW"),
        ],
    ),
    # without "số" when a full mention tells that it is one
    (
        "Chỉ thị số 34-CT/TW. Việc quán triệt Chỉ thị 34 còn chậm.",
        [
            ("Chỉ thị số 34-CT/TW", "numbered", "34-CT/TW"),
            ("Chỉ thị 34", "short", "34-CT/TW"),
        ],
    ),
    # the full mention may come later: a heading before its text
    (
        "1. Việc thực hiện Kết luận số 62\n\nHuyện đã quán triệt Kết luận số 62-KL/TW ngày 08/12/2009.",
        [
            ("Kết luận số 62", "short", "62-KL/TW"),
            ("Kết luận số 62-KL/TW", "numbered", "62-KL/TW"),
        ],
    ),
    # a short form of another type with the same number is another document
    (
        "Nghị quyết số 37-NQ/TW; Kế hoạch số 37 của Huyện ủy.",
        [
            ("Nghị quyết số 37-NQ/TW", "numbered", "37-NQ/TW"),
            ("Kế hoạch số 37", "short", None),
        ],
    ),
    # in a table's cell, in a bracket, before a semicolon, at the end
    (
        "| Văn bản | Ngày |\n| --- | --- |\n| Kế hoạch số 9/KH-UBND | 02/02/2024 |",
        [
            ("Kế hoạch số 9/KH-UBND", "numbered", "9/KH-UBND"),
        ],
    ),
    (
        "(Công văn số 77-CV/HU); (14-CTr/HU)",
        [
            ("Công văn số 77-CV/HU", "numbered", "77-CV/HU"),
            ("14-CTr/HU", "numbered", "14-CTr/HU"),
        ],
    ),
    # a line ends inside the number or the type word
    ("thực hiện Chỉ thị số 40-\nCT/TW của Ban Bí thư.", [("Chỉ thị số 40- CT/TW", "numbered", "40-CT/TW")]),
    ("các cấp ủy quán triệt Nghị\nquyết số 28-NQ/TW.", [("Nghị quyết số 28-NQ/TW", "numbered", "28-NQ/TW")]),
    # two columns of one number line
    ("Công văn số 2410/UBND-NC\nngày 04/5/2023", [("Công văn số 2410/UBND-NC", "numbered", "2410/UBND-NC")]),
    # longer names of types
    (
        "Chương trình hành động số 12-CTr/HU và Chương trình phối hợp số 03-CTrPH/BDVHU-CAH",
        [
            ("Chương trình hành động số 12-CTr/HU", "numbered", "12-CTr/HU"),
            ("Chương trình phối hợp số 03-CTrPH/BDVHU-CAH", "numbered", "03-CTrPH/BDVHU-CAH"),
        ],
    ),
    # an urgent telegram
    ("Công điện số 05/CĐ-UBND ngày 10/9/2024", [("Công điện số 05/CĐ-UBND", "numbered", "05/CĐ-UBND")]),
    # a notice of conclusions
    (
        "Thông báo kết luận số 214-TB/HU ngày 03/4/2021",
        [("Thông báo kết luận số 214-TB/HU", "numbered", "214-TB/HU")],
    ),
    # announced short form
    (
        "Đề án số 06-ĐA/TU ngày 14/12/2021 (sau đây gọi tắt là Đề án 06-ĐA/TU)",
        [("Đề án số 06-ĐA/TU", "numbered", "06-ĐA/TU"), ("Đề án 06-ĐA/TU", "numbered", "06-ĐA/TU")],
    ),
    # a copy sent down
    (
        "sao lục Chỉ thị số 18-CT/TW (sao lục số 24-BS/TU)",
        [
            ("Chỉ thị số 18-CT/TW", "numbered", "18-CT/TW"),
            ("số 24-BS/TU", "numbered", "24-BS/TU"),
        ],
    ),
    # the same number twice in a row
    (
        "Quy chế số 05-QC/HU, Quy chế 05-QC/HU",
        [
            ("Quy chế số 05-QC/HU", "numbered", "05-QC/HU"),
            ("Quy chế 05-QC/HU", "numbered", "05-QC/HU"),
        ],
    ),
    # an article of a document
    (
        "theo khoản 2 Điều 5 Nghị định số 04/2015/NĐ-CP và Điều 9 Thông tư 01/2016/TT-BNV",
        [
            ("Nghị định số 04/2015/NĐ-CP", "numbered", "04/2015/NĐ-CP"),
            ("Thông tư 01/2016/TT-BNV", "numbered", "01/2016/TT-BNV"),
        ],
    ),
    # the four resolutions of 2024 and 2025 in one breath
    (
        "quán triệt các Nghị quyết số 57-NQ/TW, 59-NQ/TW, 66-NQ/TW và 68-NQ/TW của Bộ Chính trị",
        [
            ("Nghị quyết số 57-NQ/TW", "numbered", "57-NQ/TW"),
            ("59-NQ/TW", "numbered", "59-NQ/TW"),
            ("66-NQ/TW", "numbered", "66-NQ/TW"),
            ("68-NQ/TW", "numbered", "68-NQ/TW"),
        ],
    ),
    # the first of a list shares a slash symbol too
    (
        "Kế hoạch số 12, 13/KH-UBND",
        [("Kế hoạch số 12", "short", "12/KH-UBND"), ("13/KH-UBND", "numbered", "13/KH-UBND")],
    ),
    ("Nghị quyết số 18 và 19-NQ/TW", [("Nghị quyết số 18", "short", "18-NQ/TW"), ("19-NQ/TW", "numbered", "19-NQ/TW")]),
    # a blank too many or too few
    ("Kế hoạch số 45 /KH-UBND", [("Kế hoạch số 45 /KH-UBND", "numbered", "45/KH-UBND")]),
    # letters after the count, small letters and figures in the symbol
    ("Nghị quyết số 30a/2008/NQ-CP", [("Nghị quyết số 30a/2008/NQ-CP", "numbered", "30a/2008/NQ-CP")]),
    ("Công văn 2341/SGDĐT-GDTrH", [("Công văn 2341/SGDĐT-GDTrH", "numbered", "2341/SGDĐT-GDTrH")]),
    ("Kế hoạch số 08/KH-BCĐ389", [("Kế hoạch số 08/KH-BCĐ389", "numbered", "08/KH-BCĐ389")]),
    (
        "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
        [
            (
                "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
                "numbered",
                "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
            )
        ],
    ),
    (
        "Quyết định số 22-QĐ/ĐUK; Kế hoạch số 02-KH/BCĐTW",
        [
            ("Quyết định số 22-QĐ/ĐUK", "numbered", "22-QĐ/ĐUK"),
            ("Kế hoạch số 02-KH/BCĐTW", "numbered", "02-KH/BCĐTW"),
        ],
    ),
    # "của Trung ương" between
    ("Nghị quyết của Trung ương số 18-NQ/TW", [("Nghị quyết của Trung ương số 18-NQ/TW", "numbered", "18-NQ/TW")]),
    # in bold of Markdown
    (
        "**Nghị quyết số 18-NQ/TW** và *Kết luận số 62-KL/TW*",
        [
            ("Nghị quyết số 18-NQ/TW", "numbered", "18-NQ/TW"),
            ("Kết luận số 62-KL/TW", "numbered", "62-KL/TW"),
        ],
    ),
    ("Thông tư số 03/2026/TT-BDTTG", [("Thông tư số 03/2026/TT-BDTTG", "numbered", "03/2026/TT-BDTTG")]),
    ("Quyết định số1847/QĐ-TTg", [("Quyết định số1847/QĐ-TTg", "numbered", "1847/QĐ-TTg")]),
    ("Kế hoạch số 45/ KH - UBND", [("Kế hoạch số 45/ KH - UBND", "numbered", "45/KH-UBND")]),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert mentions(read(text)) == expected


FALSE_FRIENDS = [
    # the type word is a verb
    "Quyết định trợ cấp xã hội cho 71 người, quyết định cử 03 cán bộ đi học.",
    "Hướng dẫn 12 cơ quan lập hồ sơ; báo cáo 05 nội dung; kết luận 4 vụ việc.",
    "Thông báo 15 trường hợp nợ thuế, đề án 2 xã nông thôn mới.",
    # plurals
    "Quán triệt các chỉ thị, nghị quyết của Đảng và 45 văn bản của tỉnh.",
    "Ban hành 12 kế hoạch, 05 nghị quyết, 03 chương trình, 20 công văn.",
    # what the law says in general
    "theo quy định của pháp luật, theo quy định hiện hành",
    # a plan that is a target
    "đạt 101% kế hoạch, tăng 28,45% KH năm, kế hoạch 500 ha, kế hoạch năm 2024",
    # movements and slogans in quotation marks
    "phong trào “Dân vận khéo”, cuộc vận động “Toàn dân đoàn kết”",
    # figures with a slash, standards, hours, roads
    "1.425/8.691 = 16,4%; 24/24 giờ; ISO 9001: 2015; QL 3B; 22/22 vụ việc",
    # a chapter, an annex, a form
    "Phụ lục số 02, biểu số 5, mẫu số 03, tổ số 7, đường số 12",
    # reports and plans by year
    "Báo cáo 6 tháng đầu năm, kế hoạch 5 năm 2021-2025, chương trình 135",
    # plates, phones, coordinates
    "xe 82A-001.23, điện thoại 0263.3822.123, cột mốc 1021/2",
    # ranks of teams and ages
    "đội tuyển U19/U23, F0/F1, nhóm A1/B2",
    "trồng rừng 450/KH 500 ha",
    # classes and rooms
    "lớp 10/A2, phòng 302/B1, khối 9/A",
    # forms
    "theo mẫu số 02/BC, biểu 01/TK",
]


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_no_mention_in(text: str) -> None:
    assert mentions(read(text)) == []


# text, number, (type, date, issuer) beside its first mention
FACTS = [
    # one number is one body's: the comma begins another subject
    (
        "Sau khi có Kế hoạch số 35/KH-UBND ngày 17/02/2022 của UBND huyện Bạch Thông, thị trấn họp.",
        "35/KH-UBND",
        ("kế hoạch", "2022-02-17", "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"),
    ),
    # the issuer between type and number
    ("Nghị quyết của Bộ Chính trị số 57-NQ/TW", "57-NQ/TW", ("nghị quyết", None, "Bộ Chính trị")),
    # "quy định của" is what the decree says, not its type
    (
        "theo quy định của Nghị định số 64/2010/NĐ-CP ngày 11/6/2010",
        "64/2010/NĐ-CP",
        ("nghị định", "2010-06-11", None),
    ),
    # Party style: a comma before the date
    (
        "Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026 của Đảng ủy xã Con Cuông, tỉnh Nghệ An",
        "12-NQ/ĐU",
        ("nghị quyết", "2026-09-05", "Đảng ủy xã Con Cuông, tỉnh Nghệ An"),
    ),
    # the long date
    (
        "Kế hoạch số 31/KH-UBND ngày 07 tháng 02 năm 2019 của UBND tỉnh Lạng Sơn",
        "31/KH-UBND",
        ("kế hoạch", "2019-02-07", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    ),
    # hyphens and dots in the date
    (
        "Quyết định số 9-QĐ/TU ngày 25-11-2008 của Tỉnh ủy Cà Mau",
        "9-QĐ/TU",
        ("quyết định", "2008-11-25", "Tỉnh ủy Cà Mau"),
    ),
    (
        "Quyết định số 9-QĐ/TU ngày 25.11.2008 của Tỉnh ủy Cà Mau",
        "9-QĐ/TU",
        ("quyết định", "2008-11-25", "Tỉnh ủy Cà Mau"),
    ),
    # in brackets; month only; year only
    ("Kết luận số 70-KL/TW (ngày 09/3/2020)", "70-KL/TW", ("kết luận", "2020-03-09", None)),
    ("Nghị quyết số 26-NQ/TW tháng 8/2008", "26-NQ/TW", ("nghị quyết", "2008-08", None)),
    ("Nghị quyết số 26-NQ/TW năm 2008", "26-NQ/TW", ("nghị quyết", "2008", None)),
    # issuer first, then the date
    (
        "Chỉ thị số 40-CT/TW của Ban Bí thư ngày 22/11/2014",
        "40-CT/TW",
        ("chỉ thị", "2014-11-22", "Ban Bí thư Trung ương Đảng"),
    ),
    # a day that no calendar has is no date
    ("Kế hoạch số 5/KH-UBND ngày 31/02/2020", "5/KH-UBND", ("kế hoạch", None, None)),
    # a year cut short is no date
    ("Kế hoạch số 5/KH-UBND ngày 28/10/201", "5/KH-UBND", ("kế hoạch", None, None)),
    # the date of the last item of a list is that of all
    (
        "Quyết định số 213-QĐ/TU và Quyết định số 214-QĐ/TU ngày 01/3/2016 của Tỉnh ủy Đắk Lắk",
        "213-QĐ/TU",
        ("quyết định", "2016-03-01", "Tỉnh ủy Đắk Lắk"),
    ),
    # unless the item has its own
    (
        "Quyết định số 213-QĐ/TU ngày 02/3/2016 và Quyết định số 214-QĐ/TU ngày 01/3/2016 của Tỉnh ủy Đắk Lắk",
        "213-QĐ/TU",
        ("quyết định", "2016-03-02", "Tỉnh ủy Đắk Lắk"),
    ),
    # the date of another line's document is not shared
    (
        "Kế hoạch số 7-KH/HU và Chỉ thị số 33/CT-TTg ngày 26/11/2021",
        "7-KH/HU",
        ("kế hoạch", None, None),
    ),
    # the day of issuing stands before
    (
        "Ngày 14/6/2024, UBND tỉnh Cà Mau đã ban hành Kế hoạch số 88/KH-UBND về chuyển đổi số.",
        "88/KH-UBND",
        ("kế hoạch", "2024-06-14", None),
    ),
    # an anniversary is no date of a document
    ("Kế hoạch số 11-KH/TU kỷ niệm ngày thành lập Đảng (03/2/1930 - 03/2/2023)", "11-KH/TU", ("kế hoạch", None, None)),
    # the type word wins over wrong letters
    ("Quy chế 447-QĐ/TU ngày 15/5/2014", "447-QĐ/TU", ("quy chế", "2014-05-15", None)),
    ("Chương trình 03-CT/TU", "03-CT/TU", ("chương trình", None, None)),
    # no type word: the letters tell
    ("căn cứ 43-KL/TW ngày 07/01/2019", "43-KL/TW", ("kết luận", "2019-01-07", None)),
    ("tại 100/2019/NĐ-CP", "100/2019/NĐ-CP", ("nghị định", None, None)),
    ("tại 64/2025/QH15", "64/2025/QH15", ("luật", None, None)),
    ("tại 12/2017/TT-BNV", "12/2017/TT-BNV", ("thông tư", None, None)),
    # no letters either: an official letter
    ("theo số 1342/UBND-TH ngày 9/9/2021", "1342/UBND-TH", ("công văn", "2021-09-09", None)),
    # of the National Assembly the word decides
    (
        "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội",
        "202/2025/QH15",
        ("nghị quyết", "2025-06-12", "Quốc hội"),
    ),
    # regulations of the Party
    ("Quy định số 37-QĐ/TW ngày 25/10/2021", "37-QĐ/TW", ("quy định", "2021-10-25", None)),
    ("Quy định số 08-QĐi/TW ngày 25/10/2018", "08-QĐi/TW", ("quy định", "2018-10-25", None)),
    # ministries; a committee and its president are one issuer
    (
        "Thông tư số 01/2016/TT-BNV ngày 13/01/2016 của Bộ Nội vụ",
        "01/2016/TT-BNV",
        ("thông tư", "2016-01-13", "Bộ Nội vụ"),
    ),
    (
        "Quyết định số 512/QĐ-UBND ngày 11/4/2023 của Chủ tịch UBND tỉnh Lạng Sơn",
        "512/QĐ-UBND",
        ("quyết định", "2023-04-11", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    ),
    # the same day as what was told before
    (
        "Theo Quyết định số 18/QĐ-UBND ngày 28/8/2023. Cùng ngày, UBND tỉnh ban hành Kế hoạch số 9/KH-UBND.",
        "9/KH-UBND",
        ("kế hoạch", "2023-08-28", None),
    ),
    # the day behind a law's bracket
    ("Luật Nhà giáo (Luật số 73/2025/QH15) ngày 16/6/2025", "73/2025/QH15", ("luật", "2025-06-16", None)),
    # an issuer for a list of parts
    (
        "Điều 3 Nghị quyết số 10/2022/NQ-HĐND và khoản 2 Điều 1 Nghị quyết số 8/2021/NQ-HĐND của HĐND tỉnh Sơn La",
        "10/2022/NQ-HĐND",
        ("nghị quyết", None, "Hội đồng nhân dân tỉnh Sơn La"),
    ),
    # mass organisations
    (
        "Kế hoạch số 72/KH-CCB ngày 03/5/2021 của Hội Cựu chiến binh tỉnh Cà Mau",
        "72/KH-CCB",
        ("kế hoạch", "2021-05-03", "Hội Cựu chiến binh tỉnh Cà Mau"),
    ),
    (
        "Hướng dẫn số 15/HD-LĐLĐ ngày 09/6/2022 của Liên đoàn Lao động tỉnh Nghệ An",
        "15/HD-LĐLĐ",
        ("hướng dẫn", "2022-06-09", "Liên đoàn Lao động tỉnh Nghệ An"),
    ),
    (
        "Kế hoạch số 214-KH/TĐTN-PT ngày 02/02/2023 của Tỉnh đoàn Đắk Lắk",
        "214-KH/TĐTN-PT",
        ("kế hoạch", "2023-02-02", "Tỉnh đoàn Đắk Lắk"),
    ),
    # "do X ban hành"
    (
        "Kế hoạch số 45/KH-UBND ngày 12/3/2024 do UBND tỉnh Cà Mau ban hành",
        "45/KH-UBND",
        ("kế hoạch", "2024-03-12", "Ủy ban nhân dân tỉnh Cà Mau"),
    ),
    # which may close an outer title: the symbol names another central body
    (
        "Công văn số 433/TLĐ-CTCĐ hướng dẫn tài chính theo Thông tư số 12/2025/TT-BTC do Tổng Liên đoàn Lao động "
        "Việt Nam ban hành",
        "12/2025/TT-BTC",
        ("thông tư", None, None),
    ),
    # the office's leader, a comrade in office
    (
        "Quyết định số 12-QĐ/HU ngày 02/3/2021 của Ban Thường vụ Huyện ủy Đầm Dơi",
        "12-QĐ/HU",
        ("quyết định", "2021-03-02", "Ban Thường vụ Huyện ủy Đầm Dơi, tỉnh Cà Mau"),
    ),
    # a department of a province, a centre of it
    (
        "Công văn số 812/SNV-CCHC ngày 02/3/2021 của Sở Nội vụ tỉnh Cà Mau",
        "812/SNV-CCHC",
        ("công văn", "2021-03-02", "Sở Nội vụ tỉnh Cà Mau"),
    ),
    # a joint circular of two ministries
    (
        "Thông tư liên tịch số 02/2014/TTLT-BNV-BTC ngày 13/02/2014 của Bộ Nội vụ, Bộ Tài chính",
        "02/2014/TTLT-BNV-BTC",
        ("thông tư liên tịch", "2014-02-13", "Bộ Nội vụ"),
    ),
    # "ký ngày", "ban hành ngày"
    ("Kế hoạch số 5/KH-UBND ban hành ngày 02/3/2021", "5/KH-UBND", ("kế hoạch", "2021-03-02", None)),
    # date and title in the other order
    (
        "Kế hoạch số 5/KH-UBND về chuyển đổi số ngày 02/3/2021",
        "5/KH-UBND",
        ("kế hoạch", None, None),
    ),
    # a permit is no official letter
    ("Giấy phép số 123/GP-UBND ngày 02/3/2021", "123/GP-UBND", ("giấy phép", "2021-03-02", None)),
    # a two-figure year
    ("Chỉ thị số 30-CT/TW ngày 18/02/98", "30-CT/TW", ("chỉ thị", "1998-02-18", None)),
    ("tại 12-TT/TU của Tỉnh ủy", "12-TT/TU", ("thông tri", None, None)),
]


@pytest.mark.parametrize(("text", "full", "facts"), FACTS)
def test_facts_beside_a_number(text: str, full: str, facts: tuple[str | None, str | None, str | None]) -> None:
    found = mention(read(text), full)
    assert (found.type, found.date, found.issuer) == facts


# text, number, its title (trích yếu)
TITLES = [
    # who acts behind the comma is no part of it, by name or by rank
    (
        "Thực hiện Nghị quyết số 25-NQ/TW về công tác dân vận, Thị ủy Bắc Kạn xây dựng kế hoạch như sau.",
        "25-NQ/TW",
        "công tác dân vận",
    ),
    ("Thực hiện Nghị quyết số 25-NQ/TW về công tác dân vận, huyện đã mở 5 lớp.", "25-NQ/TW", "công tác dân vận"),
    # a unit in a list inside the subject does not end it
    (
        "Kế hoạch số 20/KH-UBND về phối hợp giữa Công an huyện, UBND xã tổ chức bảo đảm trật tự.",
        "20/KH-UBND",
        "phối hợp giữa Công an huyện, UBND xã tổ chức bảo đảm trật tự",
    ),
    # about, v/v, in quotation marks
    (
        "Kế hoạch số 31/KH-UBND ngày 07/02/2019 của UBND tỉnh về phòng cháy rừng năm 2019.",
        "31/KH-UBND",
        "phòng cháy rừng năm 2019",
    ),
    ("Công văn số 640/UBND-NV v/v rà soát biên chế; các phòng đã gửi.", "640/UBND-NV", "rà soát biên chế"),
    (
        "Đề án số 02-ĐA/HU “Nâng cao chất lượng chi bộ thôn, bản” đã được duyệt.",
        "02-ĐA/HU",
        "Nâng cao chất lượng chi bộ thôn, bản",
    ),
    # a stop after an abbreviation of two letters does not end it, a semicolon does
    ("Kế hoạch số 5-KH/HU về học tập; Kế hoạch số 6-KH/HU về kiểm tra.", "5-KH/HU", "học tập"),
    # none stated
    ("Kế hoạch số 5-KH/HU đã được gửi đến các chi bộ.", "5-KH/HU", None),
    # a verb of subject without "về"
    (
        "Quyết định số 88/QĐ-UBND ban hành Quy chế tiếp công dân.",
        "88/QĐ-UBND",
        "ban hành Quy chế tiếp công dân",
    ),
]


@pytest.mark.parametrize(("text", "full", "title"), TITLES)
def test_titles(text: str, full: str, title: str | None) -> None:
    assert mention(read(text), full).title == title


# ---- what is true of any text ---------------------------------------------------------------------------------------

SENTENCES = [
    "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XII, UBND huyện Quỳ Châu đã "
    "ban hành Kế hoạch số 41/KH-UBND ngày 08/3/2018.",
    "Quyết định số 213-QĐ/TU và Quyết định số 214-QĐ/TU ngày 01/3/2016 của Tỉnh ủy Nghệ An.",
    "Đảng ủy xã Châu Hạnh quán triệt Luật Tiếp công dân và Chỉ thị số 35-CT/TW.",
    "Chỉ thị số 33/CT-TTg (nay là Chỉ thị số 7/CT-TTg ngày 21/3/2024).",
    "Huyện có 11 xã, 1 thị trấn; 581/1415 hộ.",
    "¹ Kế hoạch số 12-KH/HU ngày 02/4/2021 về hòa giải ở cơ sở.",
    "| Kế hoạch số 9/KH-UBND | 02/02/2024 |",
    "V. NHIỆM VỤ THỜI GIAN TỚI",
    "- Tiếp tục thực hiện Nghị quyết số 18.",
    "ngày", "số", "của", "Nghị", "quyết", "25-NQ/", "TW", "(", ")", "“", "”", ";", "¹", "Trang 3", "1.", "Đại hội",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=12), max_size=14)


@given(TEXTS, st.sampled_from(["\n", "\n\n", " "]))
def test_spans_slice_back_to_their_words(parts: list[str], joint: str) -> None:
    """Whatever is found stands in the source where it says, and every id that is used exists."""
    source = joint.join(parts)
    found = read(source)
    ids = {d.id for d in found.documents} | {"self"}
    units = {u.id for u in found.units}
    assert found.text == source
    for m in found.mentions:
        assert source[m.start : m.end] == m.text != ""
        assert m.document in ids
    assert {r.source for r in found.relations} | {r.target for r in found.relations} <= ids
    assert {a.document for a in found.unit_actions} <= ids
    assert {a.unit for a in found.unit_actions} <= units
    proofs: list[Relation | Action] = [*found.relations, *found.unit_actions]
    for span in proofs:
        assert 0 <= span.start < span.end <= len(source)
        assert span.evidence
    spans = sorted((m.start, m.end) for m in found.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text())
def test_any_text_is_read(source: str) -> None:
    assert read(source).text == source


@given(st.sampled_from(SENTENCES[:6]), st.integers(2, 12))
def test_a_repeated_text_has_repeated_mentions(sentence: str, times: int) -> None:
    once, often = read(sentence), read("\n\n".join([sentence] * times))
    assert len(often.mentions) == times * len(once.mentions)
    assert len(often.documents) == len(once.documents)


VARIANTS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "impostor Đ": lambda text: text.replace("Đ", "Ð"),
    "blanks that do not break": lambda text: text.replace(" ", "\u00a0"),
    "en dash": lambda text: text.replace("-", "–"),
    "hyphen that does not break": lambda text: text.replace("-", "‑"),
    "minus": lambda text: text.replace("-", "−"),
    "old tones": lambda text: text.replace("ủy", "uỷ").replace("óa", "oá").replace("òa", "oà"),
    "two blanks": lambda text: text.replace(" ", "  "),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
}
REPORT = """ỦY BAN NHÂN DÂN
HUYỆN QUỲ CHÂU

Số: 96/BC-UBND

Quỳ Châu, ngày 12 tháng 6 năm 2024

BÁO CÁO
Kết quả thực hiện Chỉ thị số 23/CT-TTg ngày 25/12/2022 của Thủ tướng Chính phủ

Thực hiện Công văn số 3310/UBND-KT ngày 02/5/2024 của UBND tỉnh Nghệ An, UBND huyện Quỳ Châu báo cáo như sau:

Ngày 05/3/2023, UBND huyện đã ban hành Kế hoạch số 40/KH-UBND về triển khai thực hiện Chỉ thị số 23/CT-TTg.

Huyện ủy đã ban hành Nghị quyết số 09-NQ/HU ngày 11/4/2023 khóa XXV về thực hiện Quyết định số 1719/QĐ-TTg.
"""


@pytest.mark.parametrize("variant", VARIANTS)
def test_spelling_changes_nothing(variant: str) -> None:
    """The same report in another spelling has the same documents, relations and deeds."""
    plain, other = read(REPORT), read(VARIANTS[variant](REPORT))
    facts = [(d.kind, d.type, d.full, d.date, d.issuer) for d in plain.documents]
    assert [(d.kind, d.type, d.full, d.date, d.issuer) for d in other.documents] == facts
    assert [(r.source, r.type, r.target) for r in other.relations] == [
        (r.source, r.type, r.target) for r in plain.relations
    ]
    assert [(a.unit, a.action, a.document) for a in other.unit_actions] == [
        (a.unit, a.action, a.document) for a in plain.unit_actions
    ]
    assert [u.name for u in other.units] == [u.name for u in plain.units]


def test_the_plain_report_says_something() -> None:
    """Guards the test above against agreeing on nothing."""
    plain = read(REPORT)
    assert len(plain.documents) >= 5
    assert len(plain.relations) >= 3
    assert len(plain.unit_actions) >= 5
