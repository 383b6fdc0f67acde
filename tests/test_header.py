"""The top and the tail of a document: what it says of itself."""

from __future__ import annotations

import pytest
from extracts import read

DISTRICT = """ỦY BAN NHÂN DÂN
HUYỆN NĂM CĂN

Số: 145/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Năm Căn, ngày 09 tháng 3 năm 2021

KẾ HOẠCH
Triển khai công tác cải cách hành chính năm 2021

Căn cứ Nghị quyết số 30c/NQ-CP của Chính phủ, UBND huyện xây dựng kế hoạch như sau:

I. MỤC ĐÍCH

1. Rút ngắn thời gian giải quyết hồ sơ.

Nơi nhận:
- UBND tỉnh (báo cáo);
- TT Huyện ủy, HĐND huyện;
- UBND các xã, thị trấn;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
"""

COLUMNS = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LẠNG SƠN                  Độc lập - Tự do - Hạnh phúc
Số: 62/CT-UBND           Lạng Sơn, ngày 30 tháng 10 năm 2008

CHỈ THỊ
Về việc tăng cường phòng cháy, chữa cháy rừng

Trong những năm qua, tình hình cháy rừng diễn biến phức tạp.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""

PARTY = """ĐẢNG BỘ TỈNH NGHỆ AN
HUYỆN ỦY QUẾ PHONG
*
Số 218-BC/HU

ĐẢNG CỘNG SẢN VIỆT NAM
Quế Phong, ngày 06 tháng 9 năm 2019

BÁO CÁO
sơ kết 5 năm thực hiện Chỉ thị số 40-CT/TW ngày 22/11/2014 của Ban Bí thư
-----

Thực hiện Công văn số 4120-CV/TU ngày 02/8/2019 của Tỉnh ủy, Ban Thường vụ Huyện ủy báo cáo như sau:

Nơi nhận:
- Ban Dân vận Tỉnh ủy,
- Các đồng chí Ủy viên Ban Thường vụ Huyện ủy,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ THƯỜNG TRỰC
"""

COMMISSION = """HUYỆN ỦY EA KAR
BAN DÂN VẬN
*
Số 31-HD/BDVHU

ĐẢNG CỘNG SẢN VIỆT NAM
Ea Kar, ngày 14 tháng 01 năm 2020

HƯỚNG DẪN
thực hiện phong trào thi đua “Dân vận khéo” năm 2020

Căn cứ Kế hoạch số 77-KH/HU ngày 03/01/2020 của Huyện ủy, Ban Dân vận Huyện ủy hướng dẫn một số nội dung sau.

T/M BAN DÂN VẬN
TRƯỞNG BAN
"""

LETTER = """UBND TỈNH ĐẮK LẮK
SỞ NỘI VỤ

Số: 1204/SNV-TCBC
V/v rà soát số lượng cấp phó

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đắk Lắk, ngày 22 tháng 8 năm 2018

Kính gửi:
- Các sở, ban, ngành;
- UBND các huyện, thị xã, thành phố.

Thực hiện Nghị quyết số 18-NQ/TW, Sở Nội vụ đề nghị các đơn vị báo cáo trước ngày 15/9/2018.

Nơi nhận:
- Như trên;
- Lưu: VT, TCBC.

GIÁM ĐỐC
"""

COMMUNE = """ĐẢNG BỘ TỈNH NGHỆ AN
ĐẢNG ỦY XÃ QUỲ CHÂU
*
Số 12-KH/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM
Quỳ Châu, ngày 18 tháng 9 năm 2025

KẾ HOẠCH
thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị

Thực hiện Nghị quyết số 57-NQ/TW, Đảng ủy xã xây dựng kế hoạch.

T/M BAN THƯỜNG VỤ
BÍ THƯ
"""

WARD = """ỦY BAN NHÂN DÂN
PHƯỜNG ĐÔNG KINH

Số: 40/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đông Kinh, ngày 02 tháng 6 năm 2026

BÁO CÁO
Kết quả chuyển đổi số 6 tháng đầu năm 2026

Kính gửi: UBND tỉnh Lạng Sơn.

Trong 6 tháng qua, UBND phường đã tiếp nhận 3.100 hồ sơ.

TM. ỦY BAN NHÂN DÂN
PHÓ CHỦ TỊCH
"""

BLANKS = """ỦY BAN NHÂN DÂN
XÃ CHÂU HẠNH

Số:       /BC-UBND

Châu Hạnh, ngày      tháng      năm 2023

BÁO CÁO
Kết quả công tác dân vận năm 2023

Kính gửi: Phòng Nội vụ huyện Quỳ Châu

Thực hiện Công văn số 640/UBND-NV của UBND huyện Quỳ Châu, UBND xã Châu Hạnh báo cáo như sau.

Trên đây là báo cáo của UBND xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An.
"""

DOTS = BLANKS.replace("Số:       /BC-UBND", "Số: …../BC-UBND").replace(
    "ngày      tháng      năm 2023", "ngày ….. tháng 11 năm 2023"
)

MINISTRY = """BỘ NỘI VỤ

Số: 5/2026/TT-BNV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 20 tháng 4 năm 2026

THÔNG TƯ
Quy định về vị trí việc làm ở xã, phường, đặc khu

Căn cứ Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025;

BỘ TRƯỞNG
"""

CENTRE = """BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 18-NQ/TW

ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 25 tháng 10 năm 2017

NGHỊ QUYẾT
Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII về tiếp tục đổi mới, sắp xếp tổ chức bộ máy

I- TÌNH HÌNH

1. Bộ máy đã gọn hơn.

T/M BAN CHẤP HÀNH TRUNG ƯƠNG
TỔNG BÍ THƯ
"""

DECISION = """HỘI ĐỒNG NHÂN DÂN
TỈNH CÀ MAU

Số: 12/2019/NQ-HĐND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Cà Mau, ngày 06 tháng 12 năm 2019

NGHỊ QUYẾT
Quy định mức hỗ trợ nhà ở cho hộ nghèo

HỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU
KHÓA IX, KỲ HỌP THỨ 10

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT NGHỊ:

Điều 1. Mức hỗ trợ là 50 triệu đồng mỗi hộ.

CHỦ TỊCH
"""

FRONT = """ỦY BAN MTTQ VIỆT NAM TỈNH NGHỆ AN
BAN THƯỜNG TRỰC

Số: 88/KH-MTTQ-BTT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Nghệ An, ngày 11 tháng 5 năm 2022

KẾ HOẠCH
Giám sát việc thực hiện dân chủ ở cơ sở năm 2022

Căn cứ Quyết định số 217-QĐ/TW, Ban Thường trực xây dựng kế hoạch.

TM. BAN THƯỜNG TRỰC
PHÓ CHỦ TỊCH
"""

# the place on a line of its own between the organ and the head within it
BOARD = """MẶT TRẬN TỔ QUỐC VIỆT NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LẠNG SƠN Độc lập - Tự do - Hạnh phúc
BAN THƯỜNG TRỰC
Số:        /BC-MTTQ-BTT Lạng Sơn, ngày      tháng 10 năm 2025

BÁO CÁO
Kết quả giám sát năm 2025

Ban Thường trực báo cáo như sau:
"""

# the organ by its letters above its office
OFFICE = """UBND TỈNH LẠNG SƠN
VĂN PHÒNG
Số: 233/TB-VP

Lạng Sơn, ngày 24 tháng 6 năm 2026

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh

Sau khi họp, Chủ tịch UBND tỉnh kết luận như sau:
"""

TABLE = """| ỦY BAN NHÂN DÂN<br>HUYỆN CHI LĂNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc |
| --- | --- |
| Số: 77/BC-UBND | Chi Lăng, ngày 15 tháng 11 năm 2022 |

# BÁO CÁO

**Kết quả xây dựng nông thôn mới năm 2022**

Thực hiện Công văn số 1330/UBND-KT của UBND tỉnh Lạng Sơn, UBND huyện báo cáo như sau:
"""

CAPITALS = """UBND HUYỆN CƯ M'GAR
Số: 512/BC-UBND

Cư M'gar, ngày 03 tháng 12 năm 2024

BÁO CÁO TỔNG KẾT 10 NĂM THỰC HIỆN CHỈ THỊ SỐ 40-CT/TW

I. TÌNH HÌNH

1. Toàn huyện có 17 xã, thị trấn.
"""

LAW = """QUỐC HỘI

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Luật số: 43/2026/QH16

Hà Nội, ngày 30 tháng 10 năm 2026

LUẬT
Thực hiện tiết kiệm điện

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;

Chương I. QUY ĐỊNH CHUNG
"""

YOUTH = """TỈNH ĐOÀN ĐẮK LẮK
BCH ĐOÀN HUYỆN KRÔNG PẮC
***
Số: 61 - BC/ĐTN

ĐOÀN TNCS HỒ CHÍ MINH
Krông Pắc, ngày 02 tháng 12 năm 2021

BÁO CÁO
Công tác Đoàn năm 2021

Thực hiện Công văn số 88-CV/TĐTN-VP, Ban Thường vụ Huyện đoàn báo cáo như sau:
"""

UPPER_PLACE = """ỦY BAN NHÂN DÂN
XÃ ĐỒNG TIẾN - HUYỆN YÊN THẾ

Số: 15/KH-UBND
Đồng Tiến, ngày 10 tháng 02 năm 2022

KẾ HOẠCH
Triển khai thực hiện Kế hoạch số 20/KH-UBND ngày 10/01/2022 của UBND huyện Yên Thế

Các thôn, bản theo đó mà làm.

Nơi nhận:
- Lưu: VP.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""

ONE_LINE = """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU

Số: 2210/UBND-KT
V/v chuẩn bị kinh phí sắp xếp đơn vị hành chính

Cà Mau, ngày 15 tháng 7 năm 2025

Kính gửi: Sở Tài chính; Sở Nội vụ; UBND các xã, phường.

Căn cứ Nghị quyết số 202/2025/QH15, UBND tỉnh yêu cầu:
"""

# source, the field, what it holds
FIELDS = [
    (BOARD, "issuer", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn"),
    (OFFICE, "issuer", "Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn"),
    # the plan of a district, cell after cell
    (DISTRICT, "type", "kế hoạch"),
    (DISTRICT, "number", "145"),
    (DISTRICT, "symbol", "KH-UBND"),
    (DISTRICT, "date", "2021-03-09"),
    (DISTRICT, "place", "Năm Căn"),
    (DISTRICT, "issuer", "Ủy ban nhân dân huyện Năm Căn, tỉnh Cà Mau"),
    (DISTRICT, "title", "Triển khai công tác cải cách hành chính năm 2021"),
    (DISTRICT, "signer_role", "Phó Chủ tịch"),
    (DISTRICT, "recipients", ("UBND tỉnh (báo cáo)", "TT Huyện ủy, HĐND huyện", "UBND các xã, thị trấn", "Lưu: VT")),
    # two columns side by side
    (COLUMNS, "type", "chỉ thị"),
    (COLUMNS, "number", "62"),
    (COLUMNS, "symbol", "CT-UBND"),
    (COLUMNS, "date", "2008-10-30"),
    (COLUMNS, "place", "Lạng Sơn"),
    (COLUMNS, "issuer", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    (COLUMNS, "title", "tăng cường phòng cháy, chữa cháy rừng"),
    (COLUMNS, "signer_role", "Chủ tịch"),
    # the Party's heading: no colon, the subject in small letters
    (PARTY, "type", "báo cáo"),
    (PARTY, "number", "218"),
    (PARTY, "symbol", "BC/HU"),
    (PARTY, "date", "2019-09-06"),
    (PARTY, "issuer", "Huyện ủy Quế Phong, tỉnh Nghệ An"),
    (PARTY, "title", "sơ kết 5 năm thực hiện Chỉ thị số 40-CT/TW ngày 22/11/2014 của Ban Bí thư"),
    (PARTY, "signer_role", "Phó Bí thư Thường trực"),
    (
        PARTY,
        "recipients",
        ("Ban Dân vận Tỉnh ủy", "Các đồng chí Ủy viên Ban Thường vụ Huyện ủy", "Lưu Văn phòng Huyện ủy"),
    ),
    # a commission of a committee
    (COMMISSION, "type", "hướng dẫn"),
    (COMMISSION, "symbol", "HD/BDVHU"),
    (COMMISSION, "issuer", "Ban Dân vận Huyện ủy Ea Kar, tỉnh Đắk Lắk"),
    (COMMISSION, "signer_role", "Trưởng Ban"),
    # an official letter has no type line
    (LETTER, "type", "công văn"),
    (LETTER, "number", "1204"),
    (LETTER, "symbol", "SNV-TCBC"),
    (LETTER, "date", "2018-08-22"),
    (LETTER, "title", "rà soát số lượng cấp phó"),
    (LETTER, "addressee", ("Các sở, ban, ngành", "UBND các huyện, thị xã, thành phố")),
    (LETTER, "signer_role", "Giám đốc"),
    # a commune since July 2025: no district above it
    (COMMUNE, "issuer", "Đảng ủy xã Quỳ Châu, tỉnh Nghệ An"),
    (COMMUNE, "date", "2025-09-18"),
    (COMMUNE, "symbol", "KH/ĐU"),
    (COMMUNE, "signer_role", "Bí thư"),
    (WARD, "issuer", "Ủy ban nhân dân phường Đông Kinh, tỉnh Lạng Sơn"),
    (WARD, "addressee", ("UBND tỉnh Lạng Sơn",)),
    (WARD, "title", "Kết quả chuyển đổi số 6 tháng đầu năm 2026"),
    # a draft: number, day and month left open
    (BLANKS, "number", None),
    (BLANKS, "symbol", "BC-UBND"),
    (BLANKS, "date", "2023"),
    (BLANKS, "issuer", "Ủy ban nhân dân xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"),
    (BLANKS, "addressee", ("Phòng Nội vụ huyện Quỳ Châu",)),
    (DOTS, "number", None),
    (DOTS, "symbol", "BC-UBND"),
    (DOTS, "date", "2023-11"),
    # a circular
    (MINISTRY, "type", "thông tư"),
    (MINISTRY, "number", "5"),
    (MINISTRY, "issuer", "Bộ Nội vụ"),
    (MINISTRY, "date", "2026-04-20"),
    (MINISTRY, "signer_role", "Bộ trưởng"),
    # the centre
    (CENTRE, "type", "nghị quyết"),
    (CENTRE, "symbol", "NQ/TW"),
    (CENTRE, "issuer", "Ban Chấp hành Trung ương Đảng"),
    (CENTRE, "signer_role", "Tổng Bí thư"),
    (
        CENTRE,
        "title",
        "Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII về tiếp tục đổi mới, sắp xếp tổ chức bộ máy",
    ),
    # a normative resolution of a council
    (DECISION, "type", "nghị quyết"),
    (DECISION, "number", "12"),
    (DECISION, "issuer", "Hội đồng nhân dân tỉnh Cà Mau"),
    (FRONT, "symbol", "KH-MTTQ-BTT"),
    # a table in Markdown
    (TABLE, "type", "báo cáo"),
    (TABLE, "number", "77"),
    (TABLE, "date", "2022-11-15"),
    (TABLE, "place", "Chi Lăng"),
    (TABLE, "issuer", "Ủy ban nhân dân huyện Chi Lăng, tỉnh Lạng Sơn"),
    (TABLE, "title", "Kết quả xây dựng nông thôn mới năm 2022"),
    # nothing there
    ("", "type", None),
    ("Hôm nay trời nắng.", "issuer", None),
    ("Hôm nay trời nắng.", "title", None),
    # the title in capitals on the line of its type
    (CAPITALS, "type", "báo cáo"),
    (CAPITALS, "title", "TỔNG KẾT 10 NĂM THỰC HIỆN CHỈ THỊ SỐ 40-CT/TW"),
    (CAPITALS, "issuer", "Ủy ban nhân dân huyện Cư M'gar, tỉnh Đắk Lắk"),
    (CAPITALS, "place", "Cư M'gar"),
    # a law as the National Assembly prints it
    (LAW, "type", "luật"),
    (LAW, "issuer", "Quốc hội"),
    (LAW, "title", "Thực hiện tiết kiệm điện"),
    # a youth union
    (YOUTH, "number", "61"),
    (YOUTH, "symbol", "BC/ĐTN"),
    # addressees on one line
    (ONE_LINE, "addressee", ("Sở Tài chính", "Sở Nội vụ", "UBND các xã, phường")),
    (ONE_LINE, "issuer", "Ủy ban nhân dân tỉnh Cà Mau"),
    (ONE_LINE, "type", "công văn"),
    (ONE_LINE, "title", "chuẩn bị kinh phí sắp xếp đơn vị hành chính"),
    (LETTER, "issuer", "Sở Nội vụ tỉnh Đắk Lắk"),
    # the Front's standing board stands below its Front
    (FRONT, "issuer", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nghệ An"),
    (LAW, "number", "43"),
    # the place above stands on the same line, behind a dash
    (UPPER_PLACE, "issuer", "Ủy ban nhân dân xã Đồng Tiến, huyện Yên Thế, tỉnh Bắc Giang"),
    # a short sentence, and what stands below a body of one line, are no part of the title
    (UPPER_PLACE, "title", "Triển khai thực hiện Kế hoạch số 20/KH-UBND ngày 10/01/2022 của UBND huyện Yên Thế"),
]


# An old file of Word: the body that enacts stands below the title, the foot is a table of two columns, its row with
# the name seven lines below the office
ENACTED = """ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG
Số: 19/2011/QĐ-UBND

Sóc Trăng, ngày 12 tháng 5 năm 2011

QUYẾT ĐỊNH

{title}

{body}

{ground} Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;

QUYẾT ĐỊNH:

Điều 1. Ban hành Quy định kèm theo.

Nơi nhận: TM. UỶ BAN NHÂN DÂN

| - Văn phòng Chính phủ; | KT. CHỦ TỊCH |
| - Cục Kiểm tra văn bản (Bộ Tư pháp); | PHÓ CHỦ TỊCH |

- Thường trực Tỉnh ủy;

- Thường trực HĐND tỉnh;

- Đoàn đại biểu Quốc hội tỉnh;

- CT, PCT UBND tỉnh; (Đã ký)

- Các sở, ban, ngành;

- Báo Sóc Trăng;

| - UBND các huyện; | Trần Văn Mẫu |

- Lưu: VT.
"""
TO = (
    *("Văn phòng Chính phủ", "Cục Kiểm tra văn bản (Bộ Tư pháp)", "Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh"),
    *("Đoàn đại biểu Quốc hội tỉnh", "CT, PCT UBND tỉnh", "Các sở, ban, ngành", "Báo Sóc Trăng", "UBND các huyện"),
    "Lưu: VT",
)
SMALL, CAPITAL = "Ban hành Quy định về quản lý chợ", "BAN HÀNH QUY ĐỊNH VỀ QUẢN LÝ CHỢ"


@pytest.mark.parametrize(
    ("title", "body", "ground", "field", "value"),
    [
        (SMALL, "ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG", "Căn cứ", "title", SMALL),
        (SMALL, "CHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH", "Căn cứ", "title", SMALL),
        # below a title in capitals it is told by the grounds that follow it
        (CAPITAL, "HỘI ĐỒNG NHÂN DÂN TỈNH SÓC TRĂNG", "Căn cứ", "title", CAPITAL),
        # and not where the line above is open
        (f"{CAPITAL} CỦA", "HỘI ĐỒNG NHÂN DÂN TỈNH", "Căn cứ", "title", f"{CAPITAL} CỦA HỘI ĐỒNG NHÂN DÂN TỈNH"),
        # a scan reads "II-" as "I1-", or "I." as "l."
        (SMALL, "I1- MỤC ĐÍCH, YÊU CẦU", "Theo", "title", SMALL),
        (SMALL, "l. MỤC ĐÍCH, YÊU CẦU", "Theo", "title", SMALL),
        # columns are parted by a bar; "(Đã ký)" is nobody
        (SMALL, "", "Căn cứ", "signer", "Trần Văn Mẫu"),
        (SMALL, "", "Căn cứ", "signer_role", "Phó Chủ tịch"),
        (SMALL, "", "Căn cứ", "recipients", TO),
    ],
)
def test_an_old_file(title: str, body: str, ground: str, field: str, value: object) -> None:
    stated = getattr(read(ENACTED.format(title=title, body=body, ground=ground)).report, field)
    assert (" ".join(stated.split()) if isinstance(stated, str) else stated) == value


@pytest.mark.parametrize(("source", "field", "value"), FIELDS)
def test_header(source: str, field: str, value: str | tuple[str, ...] | None) -> None:
    assert getattr(read(source).report, field) == value


def test_the_issuer_ends_with_its_line() -> None:
    """ "UBND huyện Yên Thế" ends the title; the capital of the next paragraph is no part of the name."""
    assert read(UPPER_PLACE).documents[0].issuer == "Ủy ban nhân dân huyện Yên Thế, tỉnh Bắc Giang"


HEADS = [
    # "bằng" and "từ" leave a line open, but not where they end the name of a place
    ("UBND TỈNH CAO BẰNG\nỦY BAN NHÂN DÂN HUYỆN HÒA AN", "Ủy ban nhân dân huyện Hòa An, tỉnh Cao Bằng"),
    (
        "UBND HUYỆN ĐẠI TỪ\nỦY BAN NHÂN DÂN XÃ HÙNG SƠN",
        "Ủy ban nhân dân xã Hùng Sơn, huyện Đại Từ, tỉnh Thái Nguyên",
    ),
    # the committee without its place, which the date line tells
    ("TỈNH ỦY\nBAN DÂN VẬN", "Ban Dân vận Tỉnh ủy Bắc Giang"),
    # the committee's letters stand between kind and name
    ("HUYỆN ỦY ĐẠI TỪ\nĐẢNG ỦY XÃ LA BẰNG", "Đảng ủy xã La Bằng, huyện Đại Từ, tỉnh Thái Nguyên"),
]


@pytest.mark.parametrize(("head", "issuer"), HEADS)
def test_a_place_whose_name_ends_in_an_open_word(head: str, issuer: str) -> None:
    words = f"{head}\n\nSố: 12/BC\nBắc Giang, ngày 15 tháng 3 năm 2024\n\nBÁO CÁO\nKết quả\n\nThực hiện.\n"
    assert read(words).report.issuer == issuer


KINDS = [
    (DISTRICT, "plan"),
    (COLUMNS, "directive"),
    (PARTY, "report"),
    (COMMISSION, "plan"),
    (LETTER, "directive"),
    (MINISTRY, "directive"),
    ("Hôm nay trời nắng.", "other"),
]


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_kind_of_the_document(source: str, kind: str) -> None:
    assert read(source).kind == kind


OWN = [DISTRICT, COLUMNS, PARTY, COMMISSION, LETTER, COMMUNE, WARD, BLANKS, CENTRE, FRONT]


@pytest.mark.parametrize("source", OWN)
def test_own_number_is_no_other_document(source: str) -> None:
    """The number in the heading is the report's own ("self"), not one more document that it names."""
    found = read(source)
    own = f"{found.report.number}/{found.report.symbol}", f"{found.report.number}-{found.report.symbol}"
    assert [d.full for d in found.documents if d.full in own] == []


# a scan of a decision: the line that enacts it is lost and its first ground has no end
TORN = """UBND HUYỆN NĂM CĂN
Số: 902/QĐ-UBND

Năm Căn, ngày 09 tháng 3 năm 2021

QUYẾT ĐỊNH
Quy định phân cấp quản lý đường huyện
{ground} Luật Tổ chức chính quyền địa phương năm 2015; 3 bà 4 . P
Căn cứ Nghị định số 42/2025/NĐ-CP ngày 27 thánồ về: '3qg5

Điều 1. Phân cấp cho các xã.
"""


@pytest.mark.parametrize("ground", ["Căn cứ", "\nCặn cứ", "\nCan cu"])
def test_a_ground_is_no_part_of_the_title(ground: str) -> None:
    assert read(TORN.format(ground=ground)).report.title == "Quy định phân cấp quản lý đường huyện"
