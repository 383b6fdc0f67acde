"""What units did with documents: issued, implemented; and what they only plan to."""

from __future__ import annotations

import pytest
from extracts import deeds, document, read

UBND = "Ủy ban nhân dân huyện Văn Quan, tỉnh Lạng Sơn"
HU = "Huyện ủy Văn Quan, tỉnh Lạng Sơn"
TU = "Tỉnh ủy Lạng Sơn"
TINH = "Ủy ban nhân dân tỉnh Lạng Sơn"


def report(text: str, heading: str = "I. KẾT QUẢ THỰC HIỆN") -> str:
    """Return a report of UBND huyện Văn Quan with `text` under `heading`."""
    return f"""ỦY BAN NHÂN DÂN
HUYỆN VĂN QUAN

Văn Quan, ngày 14 tháng 11 năm 2022

BÁO CÁO
Công tác năm 2022 của huyện Văn Quan, tỉnh Lạng Sơn

{heading}

{text}
"""


# text, (unit, issued or implemented, document) that it states as done
DONE = [
    # "của" beside the number
    ("Đã có Kế hoạch số 12/KH-UBND ngày 01/3/2022 của UBND tỉnh.", {(TINH, "issued", "12/KH-UBND")}),
    # the subject of "ban hành"
    ("UBND huyện đã ban hành Kế hoạch số 40/KH-UBND ngày 05/4/2022.", {(UBND, "issued", "40/KH-UBND")}),
    ("Huyện ủy xây dựng Nghị quyết số 15-NQ/HU ngày 02/6/2022.", {(HU, "issued", "15-NQ/HU")}),
    ("Tỉnh ủy ký ban hành Chỉ thị số 20-CT/TU.", {(TU, "issued", "20-CT/TU")}),
    # a bare place with the letters of its committee
    ("Bình Gia ban hành Kế hoạch số 33-KH/HU.", {("Huyện ủy Bình Gia, tỉnh Lạng Sơn", "issued", "33-KH/HU")}),
    ("Huyện Chi Lăng ban hành Kế hoạch số 33-KH/HU.", {("Huyện ủy Chi Lăng, tỉnh Lạng Sơn", "issued", "33-KH/HU")}),
    # a list keeps its subject
    (
        "UBND huyện đã ban hành Kế hoạch số 40/KH-UBND và Kế hoạch số 41/KH-UBND.",
        {(UBND, "issued", "40/KH-UBND"), (UBND, "issued", "41/KH-UBND")},
    ),
    # a list below a colon
    (
        "UBND huyện đã ban hành:\n\n- Kế hoạch số 40/KH-UBND về tiếp dân;\n\n- Quyết định số 900/QĐ-UBND về phân công.",
        {(UBND, "issued", "40/KH-UBND"), (UBND, "issued", "900/QĐ-UBND")},
    ),
    # a footnote
    (
        "UBND huyện đã ban hành các văn bản¹.\n\n¹ Kế hoạch số 40/KH-UBND ngày 05/4/2022; Công văn số 810/UBND-NV.",
        {(UBND, "issued", "40/KH-UBND"), (UBND, "issued", "810/UBND-NV")},
    ),
    # issued to carry out: the paper itself is not what was carried out
    (
        "Kế hoạch số 52/KH-UBND được UBND huyện xây dựng để thực hiện Chỉ thị số 24/CT-TTg.",
        {(UBND, "issued", "52/KH-UBND"), (UBND, "implemented", "24/CT-TTg")},
    ),
    # what another paper was replaced by is no deed of the reporter
    ("Quyết định số 61-QĐ/HU đã hết hiệu lực và được thay thế bằng Quy chế số 17-QC/HU.", set()),
    # what carries out is issued and the higher one implemented
    (
        "UBND huyện đã ban hành Kế hoạch số 40/KH-UBND về triển khai thực hiện Chỉ thị số 33/CT-TTg.",
        {(UBND, "issued", "40/KH-UBND"), (UBND, "implemented", "33/CT-TTg")},
    ),
    (
        "Huyện ủy Bình Gia ban hành Kế hoạch số 33-KH/HU về thực hiện Chỉ thị số 18-CT/TW.",
        {
            ("Huyện ủy Bình Gia, tỉnh Lạng Sơn", "issued", "33-KH/HU"),
            ("Huyện ủy Bình Gia, tỉnh Lạng Sơn", "implemented", "18-CT/TW"),
        },
    ),
    # no subject: the reporting unit
    ("Triển khai thực hiện tốt Luật Tiếp công dân.", {(UBND, "implemented", "Luật Tiếp công dân")}),
    ("Đã quán triệt Nghị quyết số 18-NQ/TW tới toàn thể cán bộ.", {(UBND, "implemented", "18-NQ/TW")}),
    # a subject written out
    ("Huyện ủy đã tổ chức học tập, quán triệt Nghị quyết số 18-NQ/TW.", {(HU, "implemented", "18-NQ/TW")}),
    (
        "Hội Nông dân huyện đã tuyên truyền Chỉ thị số 33/CT-TTg.",
        {
            ("Hội Nông dân huyện Văn Quan, tỉnh Lạng Sơn", "implemented", "33/CT-TTg"),
        },
    ),
    # a list of what is carried out
    (
        "UBND huyện thực hiện nghiêm túc Chỉ thị số 33/CT-TTg, Chỉ thị số 26/CT-TTg và Luật Tiếp công dân.",
        {
            (UBND, "implemented", "33/CT-TTg"),
            (UBND, "implemented", "26/CT-TTg"),
            (UBND, "implemented", "Luật Tiếp công dân"),
        },
    ),
    # the subject of the heading
    (
        "2. Công an huyện\n\nTriển khai thực hiện Chỉ thị số 14/CT-TTg.",
        {("Công an huyện Văn Quan, tỉnh Lạng Sơn", "implemented", "14/CT-TTg")},
    ),
    # "của" at the document is its issuer, not the one who carries it out
    (
        "UBND huyện tổ chức thực hiện Kế hoạch số 12/KH-UBND của UBND tỉnh.",
        {(TINH, "issued", "12/KH-UBND"), (UBND, "implemented", "12/KH-UBND")},
    ),
    # collective subjects count for nobody
    ("Các cấp, các ngành đã thực hiện Chỉ thị số 33/CT-TTg.", set()),
    # supervision
    ("HĐND huyện giám sát việc thực hiện Nghị quyết số 42/NQ-CP.", set()),
    # not done
    ("Một số xã chưa triển khai thực hiện Chỉ thị số 33/CT-TTg.", set()),
    ("UBND huyện chưa ban hành kế hoạch thực hiện Chỉ thị số 33/CT-TTg.", set()),
    # asked of others
    ("Đề nghị UBND tỉnh sớm triển khai thực hiện Nghị quyết số 57-NQ/TW.", set()),
    # a ground
    ("Chi trả chế độ theo Nghị định số 04/2015/NĐ-CP.", set()),
    # the past of another: still stated
    (
        "Ngày 05/4/2022, UBND tỉnh ban hành Quyết định số 512/QĐ-UBND về giao biên chế.",
        {(TINH, "issued", "512/QĐ-UBND")},
    ),
    # "do X ban hành"
    ("Kế hoạch số 40/KH-UBND do UBND huyện ban hành.", {(UBND, "issued", "40/KH-UBND")}),
    # advice to another unit: the one that advises is the subject
    (
        "Phòng Nội vụ đã tham mưu UBND huyện ban hành Kế hoạch số 40/KH-UBND.",
        {(UBND, "issued", "40/KH-UBND")},
    ),
    # Thực hiện B, the unit did something
    ("Thực hiện Nghị quyết số 18-NQ/TW, UBND huyện đã giảm 03 phòng.", {(UBND, "implemented", "18-NQ/TW")}),
    # the directing unit, written out
    (
        "Ban Thường vụ Huyện ủy đã lãnh đạo, chỉ đạo triển khai thực hiện Chỉ thị số 40-CT/TW.",
        {("Ban Thường vụ " + HU, "implemented", "40-CT/TW")},
    ),
    # together with another: the first is the subject
    (
        "Hội Nông dân huyện phối hợp với Công an huyện triển khai thực hiện Chỉ thị số 14/CT-TTg.",
        {("Hội Nông dân huyện Văn Quan, tỉnh Lạng Sơn", "implemented", "14/CT-TTg")},
    ),
    # a commune of the district by name
    (
        "UBND xã Tri Lễ đã ban hành Kế hoạch số 5/KH-UBND.",
        {("Ủy ban nhân dân xã Tri Lễ, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "5/KH-UBND")},
    ),
    # submitted to the council, which issues
    (
        "UBND huyện trình HĐND huyện ban hành Nghị quyết số 12/NQ-HĐND.",
        {("Hội đồng nhân dân huyện Văn Quan, tỉnh Lạng Sơn", "issued", "12/NQ-HĐND")},
    ),
    ("100% chi bộ đã học tập Nghị quyết số 18-NQ/TW.", set()),
    # passive
    ("Kế hoạch số 40/KH-UBND được UBND huyện ban hành ngày 05/4/2022.", {(UBND, "issued", "40/KH-UBND")}),
    # passive
    ("Nghị quyết số 18-NQ/TW được UBND huyện triển khai nghiêm túc.", {(UBND, "implemented", "18-NQ/TW")}),
    # other verbs of issuing
    (
        "HĐND tỉnh thông qua Nghị quyết số 12/2021/NQ-HĐND.",
        {("Hội đồng nhân dân tỉnh Lạng Sơn", "issued", "12/2021/NQ-HĐND")},
    ),
    ("UBND huyện có Công văn số 900/UBND-NV ngày 02/3/2022 gửi các xã.", {(UBND, "issued", "900/UBND-NV")}),
    # a subject that no table knows is a unit of its own, at the place it names or the report's
    (
        "Trường THPT Lương Văn Tri ban hành Kế hoạch số 5/KH-THPT.",
        {("Trường Trung học phổ thông Lương Văn Tri, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "5/KH-THPT")},
    ),
    (
        "Chi bộ thôn Nà Lốc triển khai thực hiện Chỉ thị số 05-CT/TW.",
        {("Chi bộ thôn Nà Lốc, huyện Văn Quan, tỉnh Lạng Sơn", "implemented", "05-CT/TW")},
    ),
    (
        "Kho bạc Nhà nước huyện đã triển khai Quyết định số 06/QĐ-TTg.",
        {("Kho bạc Nhà nước huyện Văn Quan, tỉnh Lạng Sơn", "implemented", "06/QĐ-TTg")},
    ),
    ("Các chi bộ đã học tập Chỉ thị số 05-CT/TW.", set()),
    ("Nhân dân các xã thực hiện tốt Luật Lâm nghiệp.", set()),
    # a wish inside a sentence of results
    ("Cử tri mong muốn UBND huyện triển khai thực hiện Chỉ thị số 14/CT-TTg.", set()),
    # although … not, yet done
    (
        "Hội Nông dân huyện chưa có văn bản mới, song đã tổ chức quán triệt Chỉ thị số 14/CT-TTg.",
        {("Hội Nông dân huyện Văn Quan, tỉnh Lạng Sơn", "implemented", "14/CT-TTg")},
    ),
    # an adverb after the verb
    ("Huyện ủy phổ biến thêm Kết luận số 43-KL/TW.", {(HU, "implemented", "43-KL/TW")}),
    (
        "UBND huyện triển khai thực hiện kịp thời, có hiệu quả Chỉ thị số 14/CT-TTg.",
        {(UBND, "implemented", "14/CT-TTg")},
    ),
    ("UBND huyện đã triển khai đến các xã Chỉ thị số 14/CT-TTg.", {(UBND, "implemented", "14/CT-TTg")}),
    ("Nhiều hộ dân đã chấp hành, thực hiện Luật Lâm nghiệp.", set()),
    # a place alone behind "của", its body told by the letters
    (
        "Các xã đã có kế hoạch (trong đó có Kế hoạch số 77/KH-UBND ngày 15/9/2022 của xã Tri Lễ, Kế hoạch số "
        "77/KH-UBND ngày 18/9/2022 của xã Yên Phúc).",
        {
            ("Ủy ban nhân dân xã Tri Lễ, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "77/KH-UBND"),
            ("Ủy ban nhân dân xã Yên Phúc, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "77/KH-UBND"),
        },
    ),
    ("Đã có Nghị quyết số 12-NQ/HU ngày 05/4/2022 của huyện về sản xuất.", {(HU, "issued", "12-NQ/HU")}),
    # several places of one sentence
    (
        "Các xã đã báo cáo, trong đó xã Tri Lễ có Báo cáo số 9/BC-UBND, xã Yên Phúc có Báo cáo số 12/BC-UBND.",
        {
            ("Ủy ban nhân dân xã Tri Lễ, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "9/BC-UBND"),
            ("Ủy ban nhân dân xã Yên Phúc, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "12/BC-UBND"),
        },
    ),
    # "ra" a paper; not what is only put forward
    ("Huyện ủy ra Nghị quyết số 9-NQ/HU ngày 08/9/2022.", {(HU, "issued", "9-NQ/HU")}),
    # who was advised is not who acts next
    (
        "Công an huyện đã tham mưu cho UBND huyện ban hành Kế hoạch số 5/KH-UBND; ban hành Kế hoạch số 6/KH-CAH.",
        {
            (UBND, "issued", "5/KH-UBND"),
            ("Công an huyện Văn Quan, tỉnh Lạng Sơn", "issued", "6/KH-CAH"),
        },
    ),
    # a list under a verb of carrying out; what follows the list, or acts for itself, is none of it
    (
        "UBND huyện đã quán triệt các văn bản sau:\n- Nghị quyết số 5-NQ/TU ngày 01/02/2022;\n- Chỉ thị số 6-CT/TU "
        "ngày 02/3/2022.\n- UBND xã Tri Lễ xây dựng Kế hoạch số 8/KH-UBND.",
        {
            (UBND, "implemented", "5-NQ/TU"),
            (UBND, "implemented", "6-CT/TU"),
            ("Ủy ban nhân dân xã Tri Lễ, huyện Văn Quan, tỉnh Lạng Sơn", "issued", "8/KH-UBND"),
        },
    ),
    # carried out, its paper named behind it
    (
        "UBND huyện đã cụ thể hóa Chỉ thị số 4-CT/TU bằng Kế hoạch số 7/KH-UBND.",
        {(UBND, "implemented", "4-CT/TU"), (UBND, "issued", "7/KH-UBND")},
    ),
    # reported with its paper in brackets
    (
        "Công an huyện đã báo cáo UBND tỉnh (Báo cáo số 88/BC-CAH, ngày 06/6/2022).",
        {("Công an huyện Văn Quan, tỉnh Lạng Sơn", "issued", "88/BC-CAH")},
    ),
]


@pytest.mark.parametrize(("text", "stated"), DONE)
def test_done(text: str, stated: set[tuple[str, str, str]]) -> None:
    found = {deed for deed in deeds(read(report(text))) if not central(deed)}
    assert found == stated


def central(deed: tuple[str, str, str]) -> bool:
    """Tell whether a deed is that of a central body beside its own number."""
    return deed[0] in {"Thủ tướng Chính phủ", "Chính phủ", "Quốc hội"}


LANG_SON = [
    # "các" between the verb and a list of numbers
    (
        "UBND huyện Cao Lộc ban hành các Kế hoạch số 39/KH-UBND, 42/KH-UBND về nước sạch.",
        {
            ("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "issued", "39/KH-UBND"),
            ("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "issued", "42/KH-UBND"),
        },
    ),
    # what happens to the next document of a list is no issuing
    (
        "UBND huyện Cao Lộc ban hành Kế hoạch số 47/KH-UBND; Công văn số 455/UBND-NC được UBND huyện sao gửi.",
        {("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "issued", "47/KH-UBND")},
    ),
    # several places act, in the passive and in the active
    (
        "Nghị quyết số 18-NQ/TW được UBND các huyện Cao Lộc, Lộc Bình triển khai.",
        {
            ("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "implemented", "18-NQ/TW"),
            ("Ủy ban nhân dân huyện Lộc Bình, tỉnh Lạng Sơn", "implemented", "18-NQ/TW"),
        },
    ),
    (
        "Các huyện Cao Lộc, Lộc Bình thực hiện tốt Nghị quyết số 18-NQ/TW.",
        {
            ("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "implemented", "18-NQ/TW"),
            ("Ủy ban nhân dân huyện Lộc Bình, tỉnh Lạng Sơn", "implemented", "18-NQ/TW"),
        },
    ),
    # a bare place behind "riêng"
    (
        "Riêng huyện Cao Lộc ban hành Kế hoạch số 33/KH-UBND.",
        {("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "issued", "33/KH-UBND")},
    ),
    # bodies named together issued together
    (
        "Kết luận số 155-KL/TW ngày 17/5/2025 của Bộ Chính trị, Ban Bí thư.",
        {("Bộ Chính trị", "issued", "155-KL/TW"), ("Ban Bí thư Trung ương Đảng", "issued", "155-KL/TW")},
    ),
]


@pytest.mark.parametrize(("text", "stated"), LANG_SON)
def test_lists_and_several_subjects(text: str, stated: set[tuple[str, str, str]]) -> None:
    assert deeds(read(report(text))) == stated


XA = "xã Tri Lễ, huyện Văn Quan, tỉnh Lạng Sơn"
PHUC = "xã Yên Phúc, huyện Văn Quan, tỉnh Lạng Sơn"
FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"
# who acts, and with what document: one name for each of those who are named together
ACTORS = [
    # a list whose last member has the place
    (
        "Đảng ủy, UBND, MTTQ xã Tri Lễ đã quán triệt Chỉ thị số 05-CT/TW.",
        {f"Đảng ủy {XA}", f"Ủy ban nhân dân {XA}", f"{FRONT} {XA}"},
    ),
    ("Huyện ủy, UBND huyện thường xuyên quán triệt Chỉ thị số 05-CT/TW.", {HU, UBND}),
    # units and bare places mixed
    (
        "UBND huyện, các xã Yên Phúc, Tri Lễ đã triển khai Chỉ thị số 05-CT/TW.",
        {UBND, f"Ủy ban nhân dân {PHUC}", f"Ủy ban nhân dân {XA}"},
    ),
    (
        "UBND xã Tri Lễ, Yên Phúc đã triển khai Chỉ thị số 05-CT/TW.",
        {f"Ủy ban nhân dân {PHUC}", f"Ủy ban nhân dân {XA}"},
    ),
    # a place that acts is its people's committee
    ("Xã Tri Lễ đã triển khai Chỉ thị số 05-CT/TW.", {f"Ủy ban nhân dân {XA}"}),
    # the last of an owner's list acts
    ("Được sự quan tâm của Tỉnh ủy, UBND tỉnh, UBND huyện đã triển khai Chỉ thị số 05-CT/TW.", {UBND}),
    # offices that no table knows
    (
        "Trung tâm Văn hóa - Thể thao huyện đã triển khai Chỉ thị số 05-CT/TW.",
        {"Trung tâm Văn hóa - Thể thao huyện Văn Quan, tỉnh Lạng Sơn"},
    ),
    ("Bộ phận Một cửa huyện thực hiện Chỉ thị số 05-CT/TW.", {"Bộ phận Một cửa huyện Văn Quan, tỉnh Lạng Sơn"}),
    ("Tổ công nghệ số cộng đồng xã Tri Lễ triển khai Chỉ thị số 05-CT/TW.", {f"Tổ công nghệ số cộng đồng {XA}"}),
    # behind the document: an office, the last of an owner's list, a list that goes on behind a title
    (
        "Thực hiện Chỉ thị số 05-CT/TW, Bộ phận Một cửa huyện tiếp nhận 6.204 hồ sơ.",
        {"Bộ phận Một cửa huyện Văn Quan, tỉnh Lạng Sơn"},
    ),
    ("Thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị, Huyện ủy, UBND huyện đã họp.", {HU, UBND}),
    # the purpose before it ends at its comma
    ("Để khắc phục, thực hiện Chỉ thị số 05-CT/TW, UBND huyện yêu cầu làm ngay.", {UBND}),
    # a review of it
    ("Công an huyện đã sơ kết 03 năm thực hiện Chỉ thị số 05-CT/TW.", {"Công an huyện Văn Quan, tỉnh Lạng Sơn"}),
    # passive, behind a title and with a second verb
    ("Chỉ thị số 05-CT/TW về học tập đã được UBND huyện niêm yết và thực hiện từ đầu năm.", {UBND}),
    ("Chỉ thị số 05-CT/TW đã được UBND huyện và 12/12 xã, thị trấn triển khai.", {UBND}),
    # a subject of the clause's first verb
    ("Hôm nay, UBND huyện họp; UBND huyện đã mở lớp, tổ chức quán triệt Chỉ thị số 05-CT/TW.", {UBND}),
    # a second verb of several
    (
        "UBND các xã Yên Phúc, Tri Lễ đã niêm yết công khai, quán triệt Chỉ thị số 05-CT/TW.",
        {f"Ủy ban nhân dân {PHUC}", f"Ủy ban nhân dân {XA}"},
    ),
    (
        "Đảng ủy các xã Yên Phúc, Tri Lễ đã quán triệt Chỉ thị số 05-CT/TW.",
        {f"Đảng ủy {PHUC}", f"Đảng ủy {XA}"},
    ),
    # any verb behind a comma; a word on time before
    ("Thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị, UBND huyện lắp đặt 12 điểm phát sóng.", {UBND}),
    ("Thời gian qua, thực hiện Chỉ thị số 05-CT/TW, Công an huyện ra quân.", {"Công an huyện Văn Quan, tỉnh Lạng Sơn"}),
    # a label before it; a peer that issues a paper for the same
    ("1. Cải cách hành chính: Thực hiện Chỉ thị số 05-CT/TW, UBND xã Tri Lễ tiếp 120 lượt.", {f"Ủy ban nhân dân {XA}"}),
    (
        "Thực hiện Chỉ thị số 05-CT/TW, UBND xã Tri Lễ đã ban hành Kế hoạch số 5/KH-UBND; UBND xã Yên Phúc ban hành "
        "Kế hoạch số 6/KH-UBND.",
        {f"Ủy ban nhân dân {XA}", f"Ủy ban nhân dân {PHUC}"},
    ),
    # "UBND xã" of the paragraph's commune
    ("UBND xã Tri Lễ: Chỉ thị số 05-CT/TW đã được UBND xã sao gửi và quán triệt.", {f"Ủy ban nhân dân {XA}"}),
    # what another says in the document
    ("Thực hiện ý kiến chỉ đạo của Tỉnh ủy tại Chỉ thị số 05-CT/TW, UBND huyện họp.", {UBND}),
    # pointed back at
    ("Bộ Chính trị ra Chỉ thị số 05-CT/TW. Huyện ủy đã quán triệt Chỉ thị này.", {HU}),
    ("Bộ Chính trị ra Chỉ thị số 05-CT/TW. Văn bản trên đã được Huyện ủy triển khai.", {HU}),
    ("Có Chỉ thị số 05-CT/TW. Huyện ủy chỉ đạo làm tốt Chỉ thị trên địa bàn huyện.", set()),
    # an office of many, but one
    (
        "Ban Quản lý các khu công nghiệp huyện đã quán triệt Chỉ thị số 05-CT/TW.",
        {"Ban Quản lý các khu công nghiệp huyện Văn Quan, tỉnh Lạng Sơn"},
    ),
    ("Trung tâm các xã đã quán triệt Chỉ thị số 05-CT/TW.", set()),
    # a commune that the register knows in another province only
    (
        "UBND xã Yên Mỹ đã quán triệt Chỉ thị số 05-CT/TW.",
        {"Ủy ban nhân dân xã Yên Mỹ, tỉnh Lạng Sơn"},
    ),
    # an office and units in one list
    (
        "Hạt Kiểm lâm, Công an huyện và UBND xã Tri Lễ phối hợp triển khai Chỉ thị số 05-CT/TW.",
        {
            "Hạt Kiểm lâm, huyện Văn Quan, tỉnh Lạng Sơn",
            "Công an huyện Văn Quan, tỉnh Lạng Sơn",
            f"Ủy ban nhân dân {XA}",
        },
    ),
    # guidance that is received is no direction that is given
    (
        "Được sự hướng dẫn của Sở Nội vụ, Phòng Nội vụ đã triển khai Chỉ thị số 05-CT/TW.",
        {"Phòng Nội vụ huyện Văn Quan, tỉnh Lạng Sơn"},
    ),
    # many, in spite of the comma
    ("Đến nay, 18/18 xã, thị trấn đã ban hành kế hoạch thực hiện Chỉ thị số 05-CT/TW.", set()),
    ("Các sở, ban, ngành đã quán triệt Chỉ thị số 05-CT/TW.", set()),
    # words that only begin like one
    ("Tổ chức triển khai Chỉ thị số 05-CT/TW.", {UBND}),
    ("Hội nghị đã quán triệt Chỉ thị số 05-CT/TW.", {UBND}),
]


@pytest.mark.parametrize(("text", "units"), ACTORS)
def test_who_acts(text: str, units: set[str]) -> None:
    found = {(unit, full) for unit, action, full in deeds(read(report(text))) if action == "implemented"}
    assert found == {(unit, "05-CT/TW") for unit in units}


ISSUERS = [
    # of several, the one whose letters the number bears
    (
        "Huyện ủy, UBND huyện đã ban hành Chỉ thị số 12-CT/HU, Kế hoạch số 15/KH-UBND.",
        {(HU, "12-CT/HU"), (UBND, "15/KH-UBND")},
    ),
    # who helps is no issuer
    ("UBND huyện phối hợp với Công an huyện ban hành Kế hoạch số 40/KH-UBND.", {(UBND, "40/KH-UBND")}),
    # done by a paper of its own
    ("UBND huyện đã thành lập Ban Chỉ đạo tại Quyết định số 512/QĐ-UBND.", {(UBND, "512/QĐ-UBND")}),
    ("UBND huyện đã gửi Báo cáo số 276/BC-UBND về kết quả.", {(UBND, "276/BC-UBND")}),
    ("UBND huyện đã báo cáo UBND tỉnh tại Báo cáo số 276/BC-UBND.", {(UBND, "276/BC-UBND")}),
    ("Kế hoạch số 40/KH-UBND được gửi tới các xã.", set()),
    ("UBND huyện đã được giao tại Quyết định số 12/QĐ-UBND.", set()),
    # the subject of the sentence, past a semicolon
    (
        "Sau khi họp, Ban Thường vụ Huyện ủy đã ban hành Kế hoạch số 35-KH/HU; ban hành Chỉ thị số 31-CT/HU.",
        {("Ban Thường vụ " + HU, "35-KH/HU"), ("Ban Thường vụ " + HU, "31-CT/HU")},
    ),
    ("UBND huyện đã nhắc nhở tại Thông báo số 312/TB-UBND.", {(UBND, "312/TB-UBND")}),
    ("Sau khi nghe UBND xã Tri Lễ trình bày Báo cáo số 84/BC-UBND.", {(f"Ủy ban nhân dân {XA}", "84/BC-UBND")}),
    # who advises, who stands in brackets, who drafts
    (
        "Công an xã Tri Lễ tham mưu cho UBND xã ban hành Kế hoạch số 3/KH-UBND.",
        {(f"Ủy ban nhân dân {XA}", "3/KH-UBND")},
    ),
    ("UBND huyện (thường trực: Phòng Nội vụ) ban hành Kế hoạch số 4/KH-UBND.", {(UBND, "4/KH-UBND")}),
    ("Kế hoạch số 4/KH-UBND do Phòng Nội vụ chủ trì tham mưu đã được UBND huyện ban hành.", {(UBND, "4/KH-UBND")}),
    (
        "Hội Nông dân huyện ký kết với Ngân hàng Chính sách xã hội Chương trình phối hợp số 12/CTrPH-HND-NHCS.",
        {("Hội Nông dân huyện Văn Quan, tỉnh Lạng Sơn", "12/CTrPH-HND-NHCS")},
    ),
    # one each, as they are named
    (
        "Công đoàn Khu công nghiệp Na Dương, Công đoàn xã Tri Lễ ban hành Kế hoạch số 6/KH-CĐKCN, Kế hoạch số 4/KH-CĐ.",
        {
            ("Công đoàn Khu công nghiệp Na Dương, huyện Văn Quan, tỉnh Lạng Sơn", "6/KH-CĐKCN"),
            (f"Công đoàn {XA}", "4/KH-CĐ"),
        },
    ),
    # a central body by a verb, where the letters are its own
    ("Năm 2022, Bộ Chính trị ban hành Kết luận số 91-KL/TW về giáo dục.", {("Bộ Chính trị", "91-KL/TW")}),
    # a unit before a bracket; the row of a table whose columns are lost
    ("Tiêu biểu: UBND xã Tri Lễ (Kế hoạch số 15/KH-UBND).", {(f"Ủy ban nhân dân {XA}", "15/KH-UBND")}),
    (
        "STT Đơn vị Văn bản 01 UBND xã Tri Lễ Kế hoạch số 15/KH-UBND 02 UBND xã Yên Phúc Kế hoạch số 17/KH-UBND",
        {(f"Ủy ban nhân dân {XA}", "15/KH-UBND"), (f"Ủy ban nhân dân {PHUC}", "17/KH-UBND")},
    ),
    # bare places by the register: below the report's own, else in its province, else nobody
    ("Yên Phúc ban hành Kế hoạch số 15/KH-UBND.", {(f"Ủy ban nhân dân {PHUC}", "15/KH-UBND")}),
    ("Bình Gia: Kế hoạch số 76-KH/HU.", {("Huyện ủy Bình Gia, tỉnh Lạng Sơn", "76-KH/HU")}),
    ("Việt Quang ban hành Kế hoạch số 15/KH-UBND.", set()),
    # what several issue together
    (
        "Hướng dẫn số 1955/HDLS-SGDĐT-STC của liên Sở Giáo dục và Đào tạo, Sở Tài chính.",
        {
            ("Sở Giáo dục và Đào tạo tỉnh Lạng Sơn", "1955/HDLS-SGDĐT-STC"),
            ("Sở Tài chính tỉnh Lạng Sơn", "1955/HDLS-SGDĐT-STC"),
        },
    ),
    (
        "Nghị quyết số 18-NQ/TW của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII.",
        {("Ban Chấp hành Trung ương Đảng", "18-NQ/TW")},
    ),
    (
        "Công an huyện, Hội Nông dân huyện đã ký Kế hoạch phối hợp số 15/KHPH-CA-HND.",
        {
            ("Công an huyện Văn Quan, tỉnh Lạng Sơn", "15/KHPH-CA-HND"),
            ("Hội Nông dân huyện Văn Quan, tỉnh Lạng Sơn", "15/KHPH-CA-HND"),
        },
    ),
    # a department by its short name
    (
        "Phòng GDĐT huyện ban hành Hướng dẫn số 412/HD-PGDĐT.",
        {("Phòng Giáo dục và Đào tạo huyện Văn Quan, tỉnh Lạng Sơn", "412/HD-PGDĐT")},
    ),
    # an office that no table knows, beside the number
    (
        "Thực hiện Kế hoạch số 22/KH-BCH ngày 05/8/2022 của Ban Chỉ huy Phòng thủ khu vực 3 - Hải Hà.",
        {("Ban Chỉ huy Phòng thủ khu vực 3 - Hải Hà, huyện Văn Quan, tỉnh Lạng Sơn", "22/KH-BCH")},
    ),
    # the centre's letters are no local body's
    ("Huyện ủy xây dựng kế hoạch, ban hành Quyết định số 218-QĐ/TW.", set()),
    # a draft is not issued
    ("UBND huyện góp ý dự thảo Nghị quyết số 12/NQ-HĐND của HĐND tỉnh.", set()),
    # the day it came, not who made it
    ("Ngay sau khi có Chỉ thị số 33/CT-TTg, UBND huyện đã họp.", set()),
    ("UBND huyện đã cụ thể hóa Nghị quyết số 09-NQ/HU bằng Kế hoạch số 32/KH-UBND.", {(UBND, "32/KH-UBND")}),
    # a list goes on behind the subject of its last item
    (
        "UBND huyện đã ban hành Kế hoạch số 7/KH-UBND triển khai Nghị quyết số 05-NQ/TU của Tỉnh ủy về nhân lực, "
        "Kế hoạch số 8/KH-UBND về đào tạo.",
        {(UBND, "7/KH-UBND"), (TU, "05-NQ/TU"), (UBND, "8/KH-UBND")},
    ),
]


@pytest.mark.parametrize(("text", "issued"), ISSUERS)
def test_who_issued(text: str, issued: set[tuple[str, str]]) -> None:
    found = {deed for deed in deeds(read(report(text))) if not central(deed)}
    assert {(unit, full) for unit, action, full in found if action == "issued"} == issued


# heading, text: nothing here was done
PLANS = [
    ("V. NHIỆM VỤ, GIẢI PHÁP", "Tiếp tục quán triệt, thực hiện Nghị quyết số 18-NQ/TW."),
    ("II. PHƯƠNG HƯỚNG NĂM 2023", "Triển khai thực hiện Chỉ thị số 33/CT-TTg."),
    # headings without a number, in the midst of the text
    (
        "I. KẾT QUẢ\n\nNăm qua huyện đạt chỉ tiêu.\n\nPHƯƠNG HƯỚNG NĂM 2023",
        "Triển khai thực hiện Chỉ thị số 33/CT-TTg.",
    ),
    ("III. KIẾN NGHỊ, ĐỀ XUẤT", "Triển khai thực hiện Chỉ thị số 33/CT-TTg."),
    (
        "I. KẾT QUẢ\n\nNăm qua huyện đạt chỉ tiêu.\n\n2. Nhiệm vụ trọng tâm thời gian tới",
        "UBND huyện ban hành Kế hoạch số 77/KH-UBND.",
    ),
    ("I. KẾT QUẢ", "Thời gian tới, UBND huyện sẽ triển khai thực hiện Chỉ thị số 33/CT-TTg."),
    ("I. KẾT QUẢ", "Năm 2023, huyện sẽ ban hành kế hoạch thực hiện Chỉ thị số 33/CT-TTg."),
    ("I. KẾT QUẢ", "Yêu cầu UBND các xã triển khai thực hiện Chỉ thị số 33/CT-TTg."),
    ("I. HẠN CHẾ", "Việc triển khai thực hiện Chỉ thị số 33/CT-TTg chưa kịp thời."),
    ("I. KẾT QUẢ", "UBND huyện dự kiến triển khai thực hiện Chỉ thị số 33/CT-TTg trong quý I/2023."),
    ("I. KẾT QUẢ", "Cần tiếp tục thực hiện Nghị quyết số 18-NQ/TW trong năm 2023."),
    # a plan that is to come puts off what it is for
    ("I. KẾT QUẢ", "UBND huyện Tràng Định sẽ ban hành Kế hoạch số 91/KH-UBND thực hiện Chỉ thị số 33/CT-TTg."),
    ("I. KẾT QUẢ", "UBND huyện dự thảo Kế hoạch số 92/KH-UBND thực hiện Chỉ thị số 33/CT-TTg."),
    ("I. KẾT QUẢ", "UBND huyện đang xây dựng Kế hoạch thực hiện Chỉ thị số 33/CT-TTg."),
    # a condition, a task given, a lateness
    ("I. KẾT QUẢ", "Nếu UBND huyện thực hiện Nghị quyết số 18-NQ/TW thì biên chế giảm."),
    ("I. KẾT QUẢ", "UBND huyện Tràng Định được giao thực hiện Chỉ thị số 33/CT-TTg."),
    ("I. KẾT QUẢ", "UBND huyện Tràng Định chậm triển khai thực hiện Chỉ thị số 33/CT-TTg."),
    # nothing was issued
    ("I. KẾT QUẢ", "UBND huyện Tràng Định không ban hành Kế hoạch số 12/KH-UBND ngày 01/02/2022."),
    # a year after the report's own
    ("I. KẾT QUẢ", "Trong năm 2023, tập trung thực hiện Chỉ thị số 33/CT-TTg."),
    # a day to come holds past the comma and the subject
    ("I. KẾT QUẢ", "Trong tháng tới, UBND huyện tổ chức thực hiện Chỉ thị số 33/CT-TTg."),
]

# text in which a word of things to come stands, and what was done all the same
DONE_ALL_THE_SAME = [
    (
        "UBND huyện Tràng Định đã ban hành Kế hoạch số 40/KH-UBND; sẽ tập huấn trong quý I.",
        {("Ủy ban nhân dân huyện Tràng Định, tỉnh Lạng Sơn", "issued", "40/KH-UBND")},
    ),
    # its day is past, and "đã" says so
    (
        "Để chuẩn bị cho thời gian tới, UBND huyện Cao Lộc đã ban hành Kế hoạch số 12/KH-UBND ngày 10/10/2022.",
        {("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "issued", "12/KH-UBND")},
    ),
    (
        "Năm 2025 là năm đại hội, UBND huyện Cao Lộc đã ban hành Kế hoạch số 14/KH-UBND.",
        {("Ủy ban nhân dân huyện Cao Lộc, tỉnh Lạng Sơn", "issued", "14/KH-UBND")},
    ),
    # the wish has another subject
    (
        "Phấn đấu đạt chuẩn nông thôn mới, UBND huyện Tràng Định ban hành Kế hoạch số 9/KH-UBND.",
        {("Ủy ban nhân dân huyện Tràng Định, tỉnh Lạng Sơn", "issued", "9/KH-UBND")},
    ),
]


@pytest.mark.parametrize(("text", "stated"), DONE_ALL_THE_SAME)
def test_a_wish_beside_a_deed(text: str, stated: set[tuple[str, str, str]]) -> None:
    assert {deed for deed in deeds(read(report(text))) if not central(deed)} == stated


@pytest.mark.parametrize(("heading", "text"), PLANS)
def test_not_done(heading: str, text: str) -> None:
    found = {deed for deed in deeds(read(report(text, heading))) if not central(deed)}
    assert found == set()


PLAN = """ỦY BAN NHÂN DÂN
XÃ EA KAR

Số: 27/KH-UBND

Ea Kar, ngày 10 tháng 02 năm 2026

KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị

Thực hiện Kế hoạch số 58/KH-UBND ngày 04/01/2026 của UBND tỉnh Đắk Lắk, UBND xã Ea Kar xây dựng kế hoạch như sau:

I. MỤC TIÊU

1. Triển khai thực hiện Chỉ thị số 33/CT-TTg tại 100% thôn, buôn.

II. TỔ CHỨC THỰC HIỆN

1. Công an xã triển khai thực hiện Quyết định số 06/QĐ-TTg.
"""


TABLES = [
    # the unit and its number; a bare place; a number without its type word
    (
        "| TT | Đơn vị | Số, ký hiệu |\n|---|---|---|\n| 1 | UBND xã Tri Lễ | Kế hoạch số 15/KH-UBND |\n"
        "| 2 | Xã Yên Phúc | 17/KH-UBND |\n| 3 | Công an huyện | 19/KH-UBND |",
        {(f"Ủy ban nhân dân {XA}", "issued", "15/KH-UBND"), (f"Ủy ban nhân dân {PHUC}", "issued", "17/KH-UBND")},
    ),
    # what a cell says was done, and what not
    (
        "| TT | Văn bản | Cơ quan triển khai |\n|---|---|---|\n| 1 | Chỉ thị số 7-CT/TU | Huyện ủy đã phổ biến |\n"
        "| 2 | Chỉ thị số 8-CT/TU | UBND huyện chưa triển khai |",
        {(HU, "implemented", "7-CT/TU")},
    ),
    # tasks
    (
        "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Triển khai Chỉ thị số 7-CT/TU | Công an huyện |",
        set(),
    ),
]


@pytest.mark.parametrize(("text", "stated"), TABLES)
def test_rows_of_tables(text: str, stated: set[tuple[str, str, str]]) -> None:
    assert deeds(read(report(text))) == stated


def test_the_day_of_a_document_in_the_next_cell() -> None:
    found = read(report("| TT | Số, ký hiệu | Ngày |\n|---|---|---|\n| 1 | Kế hoạch số 15/KH-UBND | 01/3/2022 |"))
    assert document(found, "15/KH-UBND").date == "2022-03-01"


DEPARTMENT = """UBND TỈNH ĐẮK LẮK
SỞ NỘI VỤ
Số: 1186/BC-SNV

Đắk Lắk, ngày 06 tháng 11 năm 2025

BÁO CÁO
Công tác năm 2025

I. KẾT QUẢ

Triển khai Chỉ thị số 05-CT/TW, Sở đã trình UBND tỉnh xem xét.
"""


def test_an_office_calls_itself_by_its_kind() -> None:
    assert ("Sở Nội vụ tỉnh Đắk Lắk", "implemented", "05-CT/TW") in deeds(read(DEPARTMENT))


LETTER = """ỦY BAN NHÂN DÂN
TỈNH TÂY NINH

Số: 87/UBND-NC
V/v phòng cháy

Tây Ninh, ngày 03 tháng 3 năm 2026

Kính gửi: UBND các xã, phường.

Thời gian qua, UBND các xã Bến Lức, Cần Giuộc đã triển khai Kế hoạch số 2980/KH-UBND của UBND tỉnh.

UBND các xã, phường triển khai thực hiện Chỉ thị số 33/CT-TTg.
"""


def test_a_letter_tells_what_was_done_before() -> None:
    assert {(unit, full) for unit, action, full in deeds(read(LETTER)) if action == "implemented"} == {
        ("Ủy ban nhân dân xã Bến Lức, tỉnh Tây Ninh", "2980/KH-UBND"),
        ("Ủy ban nhân dân xã Cần Giuộc, tỉnh Tây Ninh", "2980/KH-UBND"),
    }


def test_a_plan_has_tasks_not_deeds() -> None:
    """That the commune made a plan for it is done; what the plan asks for is not."""
    xa = "Ủy ban nhân dân xã Ea Kar, tỉnh Đắk Lắk"
    assert {(unit, action, full) for unit, action, full in deeds(read(PLAN)) if action == "implemented"} == {
        (xa, "implemented", "57-NQ/TW"),
        (xa, "implemented", "58/KH-UBND"),
    }
