"""Where a text names a document by its name: laws, plenums, congresses, quoted titles."""

from __future__ import annotations

import pytest
from extracts import mentions, read

# text, the words of the named mentions in it
NAMES = [
    # laws known by name
    ("Triển khai Luật Tiếp công dân tại 22 xã.", ["Luật Tiếp công dân"]),
    ("tuyên truyền Luật Phòng, chống tham nhũng trong cán bộ", ["Luật Phòng, chống tham nhũng"]),
    ("thi hành Bộ luật Lao động và Luật Công đoàn", ["Bộ luật Lao động", "Luật Công đoàn"]),
    ("phổ biến Pháp lệnh Ưu đãi người có công với cách mạng", ["Pháp lệnh Ưu đãi người có công với cách mạng"]),
    # in small letters after the type word
    ("thực hiện Luật dân chủ ở cơ sở", ["Luật dân chủ ở cơ sở"]),
    # one law's name inside a longer one
    ("theo Luật Thực hiện dân chủ ở cơ sở.", ["Luật Thực hiện dân chủ ở cơ sở"]),
    ("theo Luật Tổ chức chính quyền địa phương", ["Luật Tổ chức chính quyền địa phương"]),
    # with the year, or as amended
    ("theo Luật Đất đai năm 2013", ["Luật Đất đai năm 2013"]),
    (
        "Luật phòng, chống tham nhũng (sửa đổi, bổ sung năm 2018)",
        ["Luật phòng, chống tham nhũng (sửa đổi, bổ sung năm 2018)"],
    ),
    # a draft of a law is named too
    ("góp ý vào dự thảo Luật Đất đai (sửa đổi)", ["Luật Đất đai (sửa đổi)"]),
    # a law that amends others is one law
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương;",
        ["Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương"],
    ),
    # a list of laws
    (
        "Luật Khiếu nại, Luật Tố cáo, Luật Tiếp công dân",
        ["Luật Khiếu nại", "Luật Tố cáo", "Luật Tiếp công dân"],
    ),
    # plenums
    ("thực hiện Nghị quyết Trung ương 4 khóa XII", ["Nghị quyết Trung ương 4 khóa XII"]),
    ("học tập NQTW7 khóa XI", ["NQTW7 khóa XI"]),
    ("học tập NQTW 7 khoá XI", ["NQTW 7 khoá XI"]),
    ("Kết luận Trung ương 4 khóa XIII", ["Kết luận Trung ương 4 khóa XIII"]),
    (
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII về sắp xếp bộ máy",
        ["Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII"],
    ),
    # congresses of the centre and below
    ("đưa Nghị quyết Đại hội XIII vào cuộc sống", ["Nghị quyết Đại hội XIII"]),
    ("Nghị quyết Đại hội XIV của Đảng", ["Nghị quyết Đại hội XIV"]),
    (
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
        ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII"],
    ),
    (
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIX, nhiệm kỳ 2020-2025 đề ra 28 chỉ tiêu",
        ["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIX, nhiệm kỳ 2020-2025"],
    ),
    (
        "thực hiện Nghị quyết Đại hội đại biểu Đảng bộ huyện Năm Căn lần thứ XIII",
        ["Nghị quyết Đại hội đại biểu Đảng bộ huyện Năm Căn lần thứ XIII"],
    ),
    (
        "Nghị quyết Đại hội đại biểu Đảng bộ phường Đông Kinh lần thứ I, nhiệm kỳ 2025-2030",
        ["Nghị quyết Đại hội đại biểu Đảng bộ phường Đông Kinh lần thứ I, nhiệm kỳ 2025-2030"],
    ),
    # a project by its quoted title
    (
        "tiếp tục triển khai Đề án “Nâng cao năng lực số cho thanh niên vùng cao”.",
        ["Đề án “Nâng cao năng lực số cho thanh niên vùng cao”"],
    ),
    # the name with its number in brackets: the name is a mention of its own
    ("Luật Thực hiện dân chủ ở cơ sở (Luật số 10/2022/QH15)", ["Luật Thực hiện dân chủ ở cơ sở"]),
    # a law no table knows, by its capitals
    ("góp phần đưa Luật Ánh sáng vùng cao vào cuộc sống", ["Luật Ánh sáng vùng cao"]),
    # the Constitution
    ("quán triệt Hiến pháp năm 2013", ["Hiến pháp năm 2013"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names(text: str, names: list[str]) -> None:
    assert [words for words, form, _ in mentions(read(text)) if form == "named"] == names


NO_NAMES = [
    # the law in general, a lawyer, a school subject
    "theo quy định của Luật, theo pháp luật, luật sư, Luật sư Nguyễn",
    "các luật, pháp lệnh, nghị định mới ban hành",
    "trường Đại học Luật, khoa Luật kinh tế",
    # many at once
    "Nghị quyết Đại hội Đảng các cấp, nghị quyết của Hội đồng nhân dân xã",
    "các nghị quyết Trung ương khóa XII, các nghị quyết của Trung ương",
    # the type word as a verb
    "Quyết định thành lập 03 tổ hợp tác, Kết luận thanh tra tại 02 xã",
    # a congress without a resolution
    "chào mừng Đại hội Đảng bộ huyện lần thứ XXII",
    # an article of one's own decision
    "Quyết định này có hiệu lực kể từ ngày ký",
    # a movement, an event
    "Chương trình “Xuân biên cương” được tổ chức; phong trào “Dân vận khéo”",
]


@pytest.mark.parametrize("text", NO_NAMES)
def test_no_name_in(text: str) -> None:
    assert mentions(read(text)) == []


# text, how many documents its names mean
ONE_DOCUMENT = [
    # a law whose number follows its name
    ("Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15; Luật Ban hành văn bản quy phạm pháp luật", 1),
    # a law and the one that amends it
    (
        "Luật Tổ chức chính quyền địa phương; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức chính quyền địa "
        "phương",
        2,
    ),
    # the bracket gives the number
    ("Luật Thực hiện dân chủ ở cơ sở (Luật số 10/2022/QH15) có 6 chương.", 1),
    # the same law twice, in another case
    ("Luật Tiếp công dân; Luật tiếp công dân", 1),
    # the same plenum in letters, digits and short
    ("NQTW 7 khóa XI; Nghị quyết Trung ương 7 khóa XI; Nghị quyết Hội nghị Trung ương lần thứ bảy khóa XI", 1),
    # another plenum of the same term, the same plenum of another term
    ("Nghị quyết Trung ương 7 khóa XI; Nghị quyết Trung ương 8 khóa XI; Nghị quyết Trung ương 7 khóa XII", 3),
    # congress, long and short
    ("Nghị quyết Đại hội XIII; Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII", 1),
    # the province's and the district's congress are two
    ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII; Nghị quyết Đại hội Đảng bộ huyện lần thứ XVII", 2),
    # the law of 2013 and the law of 2024 are two
    ("Luật Đất đai năm 2013; Luật Đất đai năm 2024", 2),
]


@pytest.mark.parametrize(("text", "count"), ONE_DOCUMENT)
def test_documents_behind_names(text: str, count: int) -> None:
    assert len(read(text).documents) == count
