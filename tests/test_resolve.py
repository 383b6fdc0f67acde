"""Which document of a report each mention means."""

from __future__ import annotations

import pytest
from extracts import document, mentions, read

UNDER = """ỦY BAN NHÂN DÂN
HUYỆN CON CUÔNG

Số: 210/BC-UBND

Con Cuông, ngày 20 tháng 11 năm 2022

BÁO CÁO
Công tác dân vận chính quyền năm 2022

I. KẾT QUẢ

"""

# text, how many documents its mentions of one number mean
COUNTS = [
    # a namesake without a day, whose subject has few words of its own
    (
        "Nghị quyết số 25-NQ/TW ngày 20/4/2026 của Bộ Chính trị về công tác tư tưởng; thực hiện Nghị quyết 25-NQ/TW "
        "của Trung ương về công tác tôn giáo.",
        2,
    ),
    # one number of two wards called by a number
    (
        "Phường 8 ban hành Báo cáo số 133/BC-UBND ngày 15/3/2024, Phường 9 ban hành Báo cáo số 133/BC-UBND ngày "
        "14/3/2024.",
        2,
    ),
    # one number and one day of two provinces, of two districts without a day
    (
        "Kế hoạch số 01/KH-UBND ngày 02/01/2023 của UBND tỉnh Lào Cai; "
        "Kế hoạch số 01/KH-UBND ngày 02/01/2023 của UBND tỉnh Sơn La.",
        2,
    ),
    ("Kế hoạch số 01-KH/HU của Huyện ủy Hoàng Su Phì và Kế hoạch số 01-KH/HU của Huyện ủy Quản Bạ.", 2),
    # the term beside the number, in Roman or Arabic figures
    (
        "Nghị quyết số 25-NQ/TW khóa IX về công tác tôn giáo; Nghị quyết số 25-NQ/TW khoá 11 về công tác dân vận; "
        "Nghị quyết số 25-NQ/TW của Hội nghị Trung ương 7 khóa XI.",
        2,
    ),
    # a slip of the letters that the issuer beside them shows, either way
    ("Kết luận số 91-KL/TW ngày 12/8/2024 và Kết luận số 91-KL/TU ngày 12/8/2024 của Bộ Chính trị.", 1),
    # one place in two spellings
    (
        "Kế hoạch số 100/KH-UBND ngày 10/5/2022 của UBND tỉnh Bắc Cạn; "
        "Kế hoạch số 100/KH-UBND ngày 10/5/2022 của UBND tỉnh Bắc Kạn.",
        1,
    ),
    # a plenum's resolution by name, its number in brackets behind the subject
    ("Nghị quyết Trung ương 7 khóa XI về tăng cường công tác dân vận (Nghị quyết số 25-NQ/TW), huyện đã mở 5 lớp.", 1),
    # no term, but subjects with nothing in common
    (
        "Nghị quyết số 25-NQ/TW của Bộ Chính trị về chiến lược công tác tư tưởng trong thời kỳ mới; "
        "Nghị quyết số 25-NQ/TW về quản lý hoạt động tôn giáo, tín ngưỡng.",
        2,
    ),
    # dated and bare mentions are one
    ("Chỉ thị số 40-CT/TW ngày 22/11/2014 của Ban Bí thư. Sau khi có Chỉ thị số 40-CT/TW, huyện đã họp.", 1),
    # one number of two terms: two documents
    (
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị về học tập tấm gương; "
        "Chỉ thị số 05-CT/TW ngày 23/6/2021 của Ban Bí thư về giảm nghèo.",
        2,
    ),
    # one number of two districts on one sentence: the place is part of the key
    (
        "Huyện ủy Quỳ Châu ban hành Kế hoạch số 100-KH/HU ngày 28/4/2020; "
        "Kế hoạch số 100-KH/HU ngày 16/4/2020 của Huyện ủy Tương Dương.",
        2,
    ),
    # day and month exchanged: one document and a slip
    ("Kết luận số 43-KL/TW ngày 07/01/2019. Kết luận số 43-KL/TW ngày 01/7/2019.", 1),
    # one digit off
    ("Quyết định số 217-QĐ/TW ngày 12/12/2013. Quyết định số 217-QĐ/TW ngày 22/12/2013.", 1),
    # state numbers begin anew each year
    ("Kế hoạch số 18/KH-UBND ngày 02/02/2022 của UBND huyện; Kế hoạch số 18/KH-UBND ngày 10/3/2023 của UBND huyện.", 2),
    # the year stands in the number
    ("Quyết định số 15/2020/QĐ-TTg; Quyết định số 15/2021/QĐ-TTg.", 2),
    # slips of spelling are one
    ("Kết luận số 114-KL/TW; Kết luận số 114 KL/TW; Kết luận số 114 – KL/TW", 1),
    ("Chỉ thị số 16/CT-TTg; Chỉ thị số 16/CT- TTg; CHỈ THỊ SỐ 16/CT-TTG", 1),
    # QĐ, QĐi, QyĐ of one regulation
    ("Quy định số 11-QĐ/TW ngày 18/02/2019; Quy định số 11-QĐi/TW ngày 18/02/2019", 1),
    # wrong type letters on one day under one type word
    ("Quy chế số 22-QĐ/TU ngày 15/5/2019 của Tỉnh ủy; Quy chế số 22-QC/TU ngày 15/5/2019 của Tỉnh ủy", 1),
    # the term of the National Assembly left out
    ("Pháp lệnh số 34/2007/PL-UBTVQH11; Pháp lệnh số 34/2007/PL-UBTVQH", 1),
    # TW for TU: the words beside it win
    (
        "Chỉ thị số 15-CT/TU ngày 08/02/2022 của Ban Thường vụ Tỉnh ủy. "
        "Chỉ thị số 15-CT/TW ngày 08/02/2022 của Tỉnh ủy.",
        1,
    ),
    # but a directive of the centre with that number is another
    ("Chỉ thị số 15-CT/TU ngày 08/02/2022 của Tỉnh ủy. Chỉ thị số 15-CT/TW ngày 07/7/2007 của Bộ Chính trị.", 2),
    # a letter and a plan with one number
    ("Công văn số 71/UBND-NV ngày 03/3/2022; Kế hoạch số 71/KH-UBND ngày 03/3/2022", 2),
    # the committee and its standing board sign with one series
    ("Nghị quyết số 09-NQ/HU ngày 11/4/2022 của Huyện ủy; Nghị quyết số 09-NQ/HU ngày 11/4/2022 của BTV Huyện ủy", 1),
    # the province's and the district's plan with one number
    ("Kế hoạch số 55/KH-UBND của UBND tỉnh; Kế hoạch số 55/KH-UBND của UBND huyện", 2),
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_how_many_documents(text: str, count: int) -> None:
    found = read(UNDER + text)
    assert len([d for d in found.documents if d.full != "210/BC-UBND"]) == count


# text, number, (field, value) of the contradictions
CONFLICTS = [
    # none
    ("Kết luận số 43-KL/TW ngày 07/01/2019; Kết luận số 43-KL/TW ngày 07/01/2019", "43-KL/TW", set()),
    # the majority's date holds, the odd one is told
    (
        "Kết luận số 43-KL/TW ngày 07/01/2019 của Ban Bí thư. Kết luận số 43-KL/TW ngày 07/01/2019. "
        "Kết luận số 43-KL/TW ngày 01/7/2019.",
        "43-KL/TW",
        {("date", "2019-07-01")},
    ),
    # one mention against one: the table of central documents has the day
    (
        "Nghị quyết số 25-NQ/TW ngày 06/3/2013 của Trung ương về dân vận. Nghị quyết số 25-NQ/TW ngày 03/6/2013.",
        "25-NQ/TW",
        {("date", "2013-03-06")},
    ),
    # TW for TU: the odd symbol is told
    (
        "Chỉ thị số 15-CT/TU ngày 08/02/2022 của Tỉnh ủy. Chỉ thị số 15-CT/TW ngày 08/02/2022 của Tỉnh ủy.",
        "15-CT/TU",
        {("symbol", "CT/TW")},
    ),
    # a month alone does not contradict its day
    ("Kết luận số 43-KL/TW ngày 07/01/2019; Kết luận số 43-KL/TW tháng 01/2019", "43-KL/TW", set()),
    # a committee and its standing board do not contradict each other
    (
        "Nghị quyết số 09-NQ/HU ngày 11/4/2022 của Huyện ủy; Nghị quyết số 09-NQ/HU của BTV Huyện ủy",
        "09-NQ/HU",
        set(),
    ),
    # a list of two numbers and two quoted subjects: the first subject is the first number's, and not the one it had
    (
        "Quyết định số 213-QĐ/TU ngày 01/3/2016 của Tỉnh ủy về ban hành “Quy chế tiếp xúc, đối thoại trực tiếp của "
        "người đứng đầu cấp ủy các cấp trên địa bàn tỉnh”. Quyết định số 213-QĐ/TU và Quyết định số 214-QĐ/TU ngày "
        "01/3/2016 của Tỉnh ủy ban hành “Quy chế giám sát và phản biện xã hội của các đoàn thể”; “Quy định về việc "
        "Nhân dân tham gia góp ý xây dựng Đảng”.",
        "213-QĐ/TU",
        {("title", "ban hành “Quy chế giám sát và phản biện xã hội của các đoàn thể”")},
    ),
    # three quoted subjects of two numbers: whose is whose is not known
    (
        "Quyết định số 213-QĐ/TU ngày 01/3/2016 về ban hành “Quy chế tiếp xúc, đối thoại trực tiếp của người đứng đầu "
        "cấp ủy các cấp”. Quyết định số 213-QĐ/TU và Quyết định số 214-QĐ/TU ngày 01/3/2016 ban hành “Quy chế giám "
        "sát và phản biện xã hội”; “Quy định về việc Nhân dân góp ý xây dựng Đảng”; “Quy chế làm việc của đoàn thể”.",
        "213-QĐ/TU",
        set(),
    ),
    # one subject in full and in short
    (
        "Nghị quyết số 25-NQ/TW ngày 03/6/2013 về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận "
        "trong tình hình mới. Nghị quyết số 25-NQ/TW ngày 03/6/2013 về đổi mới công tác dân vận trong tình hình mới.",
        "25-NQ/TW",
        set(),
    ),
    # a subject that names only what is carried out
    (
        "Kế hoạch số 29-KH/HU ngày 31/7/2022 về nâng cao chất lượng giáo dục nghề nghiệp đến năm 2030. "
        "Kế hoạch số 29-KH/HU ngày 31/7/2022 thực hiện Chỉ thị số 21-CT/TW ngày 04/5/2023 của Ban Bí thư.",
        "29-KH/HU",
        set(),
    ),
    # the city's committee for the province's standing board: called as papers of the province call it
    (
        "Kế hoạch số 43-KH/TU ngày 25/8/2016 của Tỉnh ủy Bắc Kạn. Kế hoạch số 43-KH/TU của BTV Tỉnh ủy Bắc Kạn. "
        "Kế hoạch số 43-KH/TU ngày 25/8/2016 của Thành ủy Bắc Kạn.",
        "43-KH/TU",
        {("issuer", "Thành ủy Bắc Kạn")},
    ),
]


@pytest.mark.parametrize(("text", "full", "conflicts"), CONFLICTS)
def test_conflicts(text: str, full: str, conflicts: set[tuple[str, str]]) -> None:
    found = read(UNDER + text)
    stated = document(found, full).conflicts
    assert {(c.field, c.value) for c in stated} == conflicts
    assert all(found.text[c.start : c.end] for c in stated)


# text, number, (kind, type, date, issuer) of the document
CLAIMS = [
    # the issuer's own words
    (
        "Kế hoạch số 780/KH-UBND ngày 10/12/2021 của UBND tỉnh",
        "780/KH-UBND",
        ("plan", "kế hoạch", "2021-12-10", "Ủy ban nhân dân tỉnh Nghệ An"),
    ),
    # letters that name one body
    ("Chỉ thị số 33/CT-TTg", "33/CT-TTg", ("directive", "chỉ thị", None, "Thủ tướng Chính phủ")),
    ("Nghị quyết số 30/2026/QH16", "30/2026/QH16", ("directive", "nghị quyết", None, "Quốc hội")),
    ("Hướng dẫn số 3-HD/BTCTW", "3-HD/BTCTW", ("plan", "hướng dẫn", None, "Ban Tổ chức Trung ương")),
    ("Thông tư số 11/2024/TT-BNV", "11/2024/TT-BNV", ("directive", "thông tư", None, "Bộ Nội vụ")),
    # letters and the report's own place
    ("Nghị quyết số 9-NQ/HU", "9-NQ/HU", ("directive", "nghị quyết", None, "Huyện ủy Con Cuông, tỉnh Nghệ An")),
    ("Chỉ thị số 14-CT/TU", "14-CT/TU", ("directive", "chỉ thị", None, "Tỉnh ủy Nghệ An")),
    # letters of any level stay open
    ("Kế hoạch số 71/KH-UBND", "71/KH-UBND", ("plan", "kế hoạch", None, None)),
    # a unit's new name does not change the old one
    (
        "Quyết định số 88/QĐ-BTTTT của Bộ Thông tin và Truyền thông",
        "88/QĐ-BTTTT",
        ("directive", "quyết định", None, "Bộ Thông tin và Truyền thông"),
    ),
    # a report
    (
        "Báo cáo số 44-BC/HU ngày 02/3/2022",
        "44-BC/HU",
        ("report", "báo cáo", "2022-03-02", "Huyện ủy Con Cuông, tỉnh Nghệ An"),
    ),
    # TW is one series of the Committee, the Politburo and the Secretariat: no word, no issuer
    ("Chỉ thị số 35-CT/TW", "35-CT/TW", ("directive", "chỉ thị", None, None)),
    # the subject of the verb
    (
        "Phòng Nội vụ huyện đã ban hành Hướng dẫn số 12/HD-PNV ngày 04/5/2022.",
        "12/HD-PNV",
        ("plan", "hướng dẫn", "2022-05-04", "Phòng Nội vụ huyện Con Cuông, tỉnh Nghệ An"),
    ),
]


@pytest.mark.parametrize(("text", "full", "claim"), CLAIMS)
def test_claims(text: str, full: str, claim: tuple[str, str, str | None, str | None]) -> None:
    found = document(read(UNDER + text), full)
    assert (found.kind, found.type, found.date, found.issuer) == claim


# text, for each mention the number of its document
SHORT = [
    # the nearest one before
    (
        "Nghị quyết số 25-NQ/TW ngày 25/7/2008 về thanh niên. Nghị quyết số 25 được học tập. "
        "Nghị quyết số 25-NQ/TW ngày 03/6/2013 về dân vận.",
        ["25-NQ/TW", "25-NQ/TW", "25-NQ/TW"],
    ),
    # the type tells which
    (
        "Nghị quyết số 14-NQ/TU và Chương trình số 14-CTr/HU; Chương trình số 14 đã gửi các xã.",
        ["14-NQ/TU", "14-CTr/HU", "14-CTr/HU"],
    ),
    # an action programme is called a programme
    (
        "Chương trình hành động số 08-CTr/HU ngày 24/9/2021. Chương trình số 08 có 5 nhóm việc.",
        ["08-CTr/HU", "08-CTr/HU"],
    ),
    # a letter is called a paper
    ("Công văn số 640/UBND-NV. Văn bản số 640 đã nêu rõ.", ["640/UBND-NV", "640/UBND-NV"]),
]


@pytest.mark.parametrize(("text", "numbers"), SHORT)
def test_short_forms(text: str, numbers: list[str]) -> None:
    found = mentions(read(UNDER + text))
    assert [full for _, _, full in found if full != "210/BC-UBND"] == numbers


def test_two_resolutions_of_one_number_are_kept_apart() -> None:
    """The short form between them is the one before it."""
    found = read(UNDER + SHORT[0][0])
    first, second, third = [m.document for m in found.mentions if m.form == "short" or m.full == "25-NQ/TW"]
    assert first == second != third


# text, the words of each document's mentions
SAME = [
    # two laws of one name; a bare name is the one named before it
    (
        "Luật Đất đai 2013 hết hiệu lực từ tháng 8; từ đó thi hành Luật Đất đai 2024.",
        [["Luật Đất đai 2013"], ["Luật Đất đai 2024"]],
    ),
    # a law named before its number is told, in a bracket or in the next cell
    (
        "Thực hiện Luật Thực hiện dân chủ ở cơ sở. Đã phổ biến Luật Thực hiện dân chủ ở cơ sở (Luật số 10/2022/QH15).",
        [["Luật Thực hiện dân chủ ở cơ sở", "Luật Thực hiện dân chủ ở cơ sở", "Luật số 10/2022/QH15"]],
    ),
    (
        "| TT | Số | Tên |\n|---|---|---|\n| 1 | Luật số 10/2022/QH15 | Luật Thực hiện dân chủ ở cơ sở |",
        [["Luật số 10/2022/QH15", "Luật Thực hiện dân chủ ở cơ sở"]],
    ),
    # a comma joins no law to a resolution
    (
        "Căn cứ Luật Đất đai năm 2024, Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội.",
        [["Luật Đất đai năm 2024"], ["Nghị quyết số 202/2025/QH15"]],
    ),
]


@pytest.mark.parametrize(("text", "words"), SAME)
def test_which_mentions_are_one_document(text: str, words: list[list[str]]) -> None:
    found = read(UNDER + text)
    groups: dict[str, list[str]] = {}
    for mention in found.mentions:
        groups.setdefault(mention.document, []).append(mention.text)
    assert list(groups.values()) == words
