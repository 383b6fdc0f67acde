"""What a text states between documents."""

from __future__ import annotations

import pytest
from extracts import read, relations

# A report of a district; its own sentences stand under the first heading.
REPORT = """ỦY BAN NHÂN DÂN
HUYỆN TƯƠNG DƯƠNG

Tương Dương, ngày 05 tháng 12 năm 2023

BÁO CÁO
Công tác dân vận năm 2023

I. KẾT QUẢ

"""

# text, (source, relation, target)
BODY = [
    # A về (việc) triển khai thực hiện B
    (
        "Kế hoạch số 41/KH-UBND ngày 08/3/2018 về triển khai thực hiện Nghị quyết số 18-NQ/TW.",
        {("41/KH-UBND", "implements", "18-NQ/TW")},
    ),
    ("Công văn số 55-CV/HU v/v thực hiện Quy chế số 21-QC/TU.", {("55-CV/HU", "implements", "21-QC/TU")}),
    (
        "Kế hoạch số 7-KH/HU về việc tổ chức quán triệt, thực hiện Chỉ thị số 35-CT/TW.",
        {("7-KH/HU", "implements", "35-CT/TW")},
    ),
    ("Kế hoạch số 7-KH/HU cụ thể hóa Nghị quyết số 09-NQ/TU.", {("7-KH/HU", "implements", "09-NQ/TU")}),
    ("Kế hoạch số 7-KH/HU nhằm cụ thể hoá Nghị quyết số 09-NQ/TU.", {("7-KH/HU", "implements", "09-NQ/TU")}),
    ("Kế hoạch số 9-KH/HU về tổng kết 10 năm thực hiện Chỉ thị số 40-CT/TW.", {("9-KH/HU", "implements", "40-CT/TW")}),
    (
        "Hướng dẫn số 3-HD/BTCHU về học tập, quán triệt Nghị quyết số 26-NQ/TW.",
        {("3-HD/BTCHU", "implements", "26-NQ/TW")},
    ),
    # carried out by means of A, B's subject between them
    (
        "Huyện ủy đã cụ thể hóa Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị về đại hội đảng bộ các cấp bằng "
        "Kế hoạch số 96-KH/HU.",
        {("96-KH/HU", "implements", "35-CT/TW")},
    ),
    # on the ground of another
    (
        "UBND huyện có Kế hoạch số 6/KH-UBND ngày 03/4/2023 về chuyển đổi số trên cơ sở Kế hoạch số 79/KH-UBND ngày "
        "01/3/2023 của UBND tỉnh.",
        {("6/KH-UBND", "based_on", "79/KH-UBND")},
    ),
    # for a letter that is pointed back at
    (
        "UBND tỉnh có Công văn số 12/UBND-NC về giảm nghèo. Thực hiện Công văn này, UBND huyện đã ban hành Kế hoạch số "
        "61/KH-UBND.",
        {("61/KH-UBND", "implements", "12/UBND-NC")},
    ),
    # a note that says what was replaced
    (
        "UBND huyện đã ban hành Quy chế số 5/QC-UBND¹.\n\n¹ Thay thế Quy chế số 2/QC-UBND ngày 01/02/2015.",
        {("5/QC-UBND", "replaces", "2/QC-UBND")},
    ),
    # a time before the ground
    (
        "Trước khi làm diện rộng, thực hiện Công văn số 20/UBND-NC của UBND tỉnh, Ban CHQS huyện ban hành Kế hoạch số "
        "6/KH-BCH.",
        {("6/KH-BCH", "implements", "20/UBND-NC")},
    ),
    # what was concluded, ordered or asked at B
    (
        "Thực hiện kết luận thanh tra tại Kết luận số 8/KL-TTr, UBND huyện đã ban hành Kế hoạch số 9/KH-UBND.",
        {("9/KH-UBND", "implements", "8/KL-TTr")},
    ),
    # with the issuer and a term between
    (
        "Chương trình số 12-CTr/HU ngày 02/02/2018 của Ban Chấp hành Đảng bộ huyện khóa XXVI thực hiện "
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XII.",
        {("12-CTr/HU", "implements", "18-NQ/TW")},
    ),
    # a term in brackets
    (
        "Kế hoạch số 12-KH/HU ngày 02/02/2018 thực hiện Nghị quyết số 18-NQ/TW (khóa XII) của Trung ương Đảng.",
        {("12-KH/HU", "implements", "18-NQ/TW")},
    ),
    # chains, not stars
    (
        "Công văn số 73/UBND-VP về việc triển khai thực hiện Kế hoạch số 88-KH/HU về triển khai thực hiện "
        "Chỉ thị số 18-CT/TW.",
        {("73/UBND-VP", "implements", "88-KH/HU"), ("88-KH/HU", "implements", "18-CT/TW")},
    ),
    (
        "Kế hoạch số 43-KH/HU về thực hiện Kết luận số 03-KL/TW về tiếp tục thực hiện Quyết định số 290-QĐ/TW.",
        {("43-KH/HU", "implements", "03-KL/TW"), ("03-KL/TW", "continues", "290-QĐ/TW")},
    ),
    # two targets
    (
        "Quyết định số 1814/QĐ-UBND ban hành Chương trình hành động thực hiện Nghị quyết số 76/NQ-CP và "
        "Nghị quyết số 08-NQ/TU; Chương trình hành động số 08-CTr/HU về thực hiện Nghị quyết số 08-NQ/TU.",
        {
            ("1814/QĐ-UBND", "implements", "76/NQ-CP"),
            ("1814/QĐ-UBND", "implements", "08-NQ/TU"),
            ("08-CTr/HU", "implements", "08-NQ/TU"),
        },
    ),
    (
        "Kế hoạch số 60/KH-UBND về thực hiện Chỉ thị số 13/CT-TTg, Chỉ thị số 26/CT-TTg và Kế hoạch số 101/KH-UBND.",
        {
            ("60/KH-UBND", "implements", "13/CT-TTg"),
            ("60/KH-UBND", "implements", "26/CT-TTg"),
            ("60/KH-UBND", "implements", "101/KH-UBND"),
        },
    ),
    # nearest head only: the first of a list has no stated target
    (
        "Chương trình hành động số 92-CTr/ĐUCA, Công văn số 287-CV/ĐUCA v/v thực hiện Kết luận số 43-KL/TW.",
        {("287-CV/ĐUCA", "implements", "43-KL/TW")},
    ),
    # a semicolon ends the scope
    ("Kế hoạch số 5-KH/HU về học tập; Chỉ thị số 35-CT/TW; Kết luận số 21-KL/TW.", set()),
    # a sentence's end too
    ("Huyện có Kế hoạch số 5-KH/HU. Thực hiện Chỉ thị số 35-CT/TW còn chậm.", set()),
    # a conclusion that carries a resolution on; a plan that does so carries it out
    (
        "Kết luận số 21-KL/TW ngày 25/10/2021 về tiếp tục thực hiện Nghị quyết số 04-NQ/TW.",
        {("21-KL/TW", "continues", "04-NQ/TW")},
    ),
    (
        "Kế hoạch số 43-KH/TU về tiếp tục thực hiện Quyết định số 290-QĐ/TW.",
        {("43-KH/TU", "implements", "290-QĐ/TW")},
    ),
    # (nay là B′): the newer replaces the older
    (
        "Quyết định số 290-QĐ/TW ngày 25/02/2010 (nay là Quy chế số 23-QĐ/TW ngày 30/7/2021)",
        {("23-QĐ/TW", "replaces", "290-QĐ/TW")},
    ),
    (
        "Quyết định số 28/2015/QĐ-UBND của UBND tỉnh (nay được thay thế bằng Quyết định số 15/2021/QĐ-UBND)",
        {("15/2021/QĐ-UBND", "replaces", "28/2015/QĐ-UBND")},
    ),
    # thay thế, bãi bỏ, sửa đổi
    (
        "Quyết định số 15/2021/QĐ-UBND ngày 06/4/2021 thay thế Quyết định số 28/2015/QĐ-UBND.",
        {("15/2021/QĐ-UBND", "replaces", "28/2015/QĐ-UBND")},
    ),
    (
        "Nghị định số 120/2020/NĐ-CP thay thế cho Nghị định số 55/2012/NĐ-CP.",
        {("120/2020/NĐ-CP", "replaces", "55/2012/NĐ-CP")},
    ),
    (
        "Nghị định số 62/2020/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 41/2012/NĐ-CP.",
        {("62/2020/NĐ-CP", "replaces", "41/2012/NĐ-CP")},
    ),
    (
        "Nghị định số 62/2020/NĐ-CP ngày 01/6/2020 của Chính phủ về sửa đổi, bổ sung Nghị định số 41/2012/NĐ-CP.",
        {("62/2020/NĐ-CP", "replaces", "41/2012/NĐ-CP")},
    ),
    # the passive
    (
        "Chỉ thị số 15-CT/TU được thay thế bởi Chỉ thị số 30-CT/TU.",
        {("30-CT/TU", "replaces", "15-CT/TU")},
    ),
    # part of it, by article
    (
        "Quyết định số 15/2023/QĐ-UBND bãi bỏ khoản 2 Điều 5, điểm a khoản 1 Điều 7 Quyết định số 28/2015/QĐ-UBND.",
        {("15/2023/QĐ-UBND", "replaces", "28/2015/QĐ-UBND")},
    ),
    # what the older one had enclosed
    (
        "Quyết định số 12/2024/QĐ-UBND sửa đổi, bổ sung một số điều của Quy định về quản lý giá ban hành kèm theo "
        "Quyết định số 44/2018/QĐ-UBND.",
        {("12/2024/QĐ-UBND", "replaces", "44/2018/QĐ-UBND")},
    ),
    # amended by several, in an article of one
    (
        "Luật Đất đai số 45/2013/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 35/2018/QH14 và "
        "Luật số 31/2024/QH15.",
        {("35/2018/QH14", "replaces", "45/2013/QH13"), ("31/2024/QH15", "replaces", "45/2013/QH13")},
    ),
    (
        "Nghị định số 34/2016/NĐ-CP được sửa đổi tại khoản 2 Điều 1 Nghị định số 154/2020/NĐ-CP.",
        {("154/2020/NĐ-CP", "replaces", "34/2016/NĐ-CP")},
    ),
    # out of force with the other's coming into force; out of force alone says not by what
    (
        "Nghị định số 61/2018/NĐ-CP hết hiệu lực kể từ ngày Nghị định số 118/2025/NĐ-CP có hiệu lực thi hành.",
        {("118/2025/NĐ-CP", "replaces", "61/2018/NĐ-CP")},
    ),
    ("Nghị định số 61/2018/NĐ-CP hết hiệu lực từ ngày 01/7/2025, Nghị định số 118/2025/NĐ-CP đang thực hiện.", set()),
    # as a scan has it
    (
        "Nghị định số 62/2020/NĐ-CP sửa đỗi, bỗ sung một số điễu của Nghị định số 41/2012/NĐ-CP.",
        {("62/2020/NĐ-CP", "replaces", "41/2012/NĐ-CP")},
    ),
    # a title in quotation marks is what is amended; within one nothing is
    (
        "Quyết định số 11/2008/QĐ-BKHCN sửa đổi “Danh mục phương tiện đo phải kiểm định” ban hành kèm theo Quyết định "
        "số 13/2007/QĐ-BKHCN.",
        {("11/2008/QĐ-BKHCN", "replaces", "13/2007/QĐ-BKHCN")},
    ),
    (
        "Quyết định số 5/QĐ-UBND phê duyệt Đề án “Thay thế cây trồng kém hiệu quả” kèm theo Tờ trình số 7/TTr-SNN.",
        set(),
    ),
    # "quy định" as a verb is no document of its own
    (
        "Thông tư số 70/2006/TT-BNN quy định về việc sửa đổi, bổ sung Thông tư số 49/2006/TT-BNN.",
        {("70/2006/TT-BNN", "replaces", "49/2006/TT-BNN")},
    ),
    # a letter asks, a submission proposes: neither amends a decree or a resolution
    ("Công văn số 55/STP-VB về việc sửa đổi, bổ sung Nghị định số 34/2016/NĐ-CP.", set()),
    ("Tờ trình số 12/TTr-SNV về việc sửa đổi, bổ sung Nghị quyết số 15/2021/NQ-HĐND.", set()),
    # the amending law is another document, without a number here
    (
        "Nghị quyết số 25/2025/QH15 về thi hành Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 45/2013/QH13.",
        set(),
    ),
    # what is amended there is a procedure
    (
        "Quyết định số 5/QĐ-BTC về thủ tục được sửa đổi, bổ sung tại Nghị định số 8/2022/NĐ-CP.",
        {("8/2022/NĐ-CP", "replaces", "5/QĐ-BTC")},
    ),
    # the head of a nested title ends another, not the decree it lays out
    (
        "Thông tư số 14/2010/TT-BTTTT quy định chi tiết một số điều của Nghị định số 97/2008/NĐ-CP về Internet và thay "
        "thế Thông tư số 07/2008/TT-BTTTT.",
        {("14/2010/TT-BTTTT", "implements", "97/2008/NĐ-CP"), ("14/2010/TT-BTTTT", "replaces", "07/2008/TT-BTTTT")},
    ),
    # a decree is amended by a decree, not the law it lays out
    (
        "Nghị định số 123/2015/NĐ-CP quy định chi tiết thi hành Luật Hộ tịch, được sửa đổi bởi Nghị định số "
        "07/2025/NĐ-CP.",
        {("123/2015/NĐ-CP", "implements", "Luật Hộ tịch"), ("07/2025/NĐ-CP", "replaces", "123/2015/NĐ-CP")},
    ),
    # amended at a place of another; nothing is replaced by what is older
    (
        "Thông tư số 38/2015/TT-BTC và sửa đổi, bổ sung tại Thông tư số 39/2018/TT-BTC.",
        {("39/2018/TT-BTC", "replaces", "38/2015/TT-BTC")},
    ),
    ("Nghị định số 102/2009/NĐ-CP về quản lý đầu tư và bãi bỏ Quyết định số 80/2014/QĐ-TTg.", set()),
    # a decree lays out laws, not a circular that stands beside one
    (
        "Nghị định số 64/2014/NĐ-CP ngày 29/6/2014 quy định chi tiết thi hành Luật Tiếp công dân và Thông tư số "
        "46/2012/TT-TTCP ngày 16/3/2012.",
        {("64/2014/NĐ-CP", "implements", "Luật Tiếp công dân")},
    ),
    # amending as daily work links nothing
    ("Đơn vị kịp thời sửa đổi, bổ sung quy định theo Nghị định số 04/2015/NĐ-CP.", set()),
    # issued on the ground of C to carry out B
    (
        "Thực hiện Chỉ thị số 33/CT-TTg và trên cơ sở Kế hoạch số 780/KH-UBND của UBND tỉnh, UBND huyện đã ban hành "
        "Kế hoạch số 35/KH-UBND.",
        {("35/KH-UBND", "implements", "33/CT-TTg"), ("35/KH-UBND", "based_on", "780/KH-UBND")},
    ),
    (
        "Căn cứ Kế hoạch số 120-KH/TU, Huyện ủy xây dựng Kế hoạch số 66-KH/HU.",
        {("66-KH/HU", "based_on", "120-KH/TU")},
    ),
    # a footnote's list under "kế hoạch thực hiện B"
    (
        "Huyện ủy đã ban hành 02 kế hoạch thực hiện Nghị quyết số 25-NQ/TW¹.\n\n"
        "¹ Kế hoạch số 20-KH/HU ngày 04/9/2013; Kế hoạch số 31-KH/HU ngày 05/5/2019.",
        {("20-KH/HU", "implements", "25-NQ/TW"), ("31-KH/HU", "implements", "25-NQ/TW")},
    ),
    # promulgated together
    (
        "Quy định ban hành kèm theo Quyết định số 31-QĐ/TW.",
        set(),
    ),
    # two documents side by side state nothing
    ("Quán triệt Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW.", set()),
    ("Nghị quyết số 18-NQ/TW gắn với thực hiện Chỉ thị số 05-CT/TW.", set()),
    # supervision is not carrying out
    ("Kế hoạch số 8-KH/UBKTHU về giám sát việc thực hiện Chỉ thị số 05-CT/TW.", set()),
    # negative
    ("Kế hoạch số 8-KH/HU chưa thực hiện Chỉ thị số 05-CT/TW.", set()),
    # a heading copied from an outline
    ("1. Việc ban hành các văn bản cụ thể hóa Nghị quyết số 25, Kết luận số 43", set()),
    # a quoted title belongs to its own document
    (
        "Quyết định số 1690/QĐ-UBND phê duyệt Đề án “Sắp xếp thôn, bản theo Nghị quyết số 18-NQ/TW”.",
        set(),
    ),
    # with a programme's own word between
    (
        "Kế hoạch số 22/KH-UBND về triển khai thực hiện có hiệu quả các nội dung của Chỉ thị số 34/CT-TTg.",
        {("22/KH-UBND", "implements", "34/CT-TTg")},
    ),
    # a chain of three with dates and issuers
    (
        "UBND tỉnh ban hành Kế hoạch số 45/KH-UBND ngày 02/3/2021 thực hiện Kế hoạch số 12-KH/TU ngày 01/02/2021 của "
        "Ban Thường vụ Tỉnh ủy về thực hiện Chỉ thị số 40-CT/TW ngày 22/11/2014 của Ban Bí thư.",
        {("45/KH-UBND", "implements", "12-KH/TU"), ("12-KH/TU", "implements", "40-CT/TW")},
    ),
    # a law
    (
        "Kế hoạch số 5/KH-UBND về triển khai thi hành Luật Thực hiện dân chủ ở cơ sở.",
        {("5/KH-UBND", "implements", "Luật Thực hiện dân chủ ở cơ sở")},
    ),
    # a plenum, a congress
    (
        "Chương trình hành động số 3-CTr/HU thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIX.",
        {("3-CTr/HU", "implements", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIX")},
    ),
    # repealed without a successor
    (
        "Quyết định số 9/2022/QĐ-UBND bãi bỏ Quyết định số 28/2015/QĐ-UBND.",
        {("9/2022/QĐ-UBND", "replaces", "28/2015/QĐ-UBND")},
    ),
    # the page breaks between them
    (
        "Kế hoạch số 41/KH-UBND ngày 08/3/2018 về triển khai\n\n2\n\nthực hiện Nghị quyết số 18-NQ/TW của Trung ương.",
        {("41/KH-UBND", "implements", "18-NQ/TW")},
    ),
    # the plan's number in brackets after what it is for
    (
        "UBND huyện đã xây dựng kế hoạch thực hiện Nghị quyết số 18-NQ/TW (Kế hoạch số 15/KH-UBND ngày 02/3/2018).",
        {("15/KH-UBND", "implements", "18-NQ/TW")},
    ),
    # a list after a colon
    (
        "Thực hiện Nghị quyết số 18-NQ/TW, Huyện ủy đã ban hành 02 văn bản, gồm: Kế hoạch số 12-KH/HU ngày 02/3/2018; "
        "Quyết định số 30-QĐ/HU ngày 09/4/2018.",
        {("12-KH/HU", "implements", "18-NQ/TW"), ("30-QĐ/HU", "implements", "18-NQ/TW")},
    ),
    # four resolutions at once
    (
        "Kế hoạch số 45/KH-UBND thực hiện các Nghị quyết số 57-NQ/TW, 59-NQ/TW, 66-NQ/TW và 68-NQ/TW.",
        {
            ("45/KH-UBND", "implements", "57-NQ/TW"),
            ("45/KH-UBND", "implements", "59-NQ/TW"),
            ("45/KH-UBND", "implements", "66-NQ/TW"),
            ("45/KH-UBND", "implements", "68-NQ/TW"),
        },
    ),
    (
        "Nghị quyết số 09-NQ/HU ngày 11/4/2023 khóa XXVII về thực hiện Quyết định số 1719/QĐ-TTg.",
        {("09-NQ/HU", "implements", "1719/QĐ-TTg")},
    ),
    # a law carried out by a decree
    (
        "Nghị định số 04/2015/NĐ-CP quy định chi tiết thi hành Luật Cán bộ, công chức.",
        {("04/2015/NĐ-CP", "implements", "Luật Cán bộ, công chức")},
    ),
    # "để", "nhằm" before the deed
    (
        "Để triển khai Nghị quyết số 57-NQ/TW, UBND tỉnh ban hành Kế hoạch số 45/KH-UBND.",
        {("45/KH-UBND", "implements", "57-NQ/TW")},
    ),
    (
        "Nhằm cụ thể hóa Nghị quyết số 19-NQ/TW, Tỉnh ủy đã ban hành Chương trình hành động số 20-CTr/TU.",
        {("20-CTr/TU", "implements", "19-NQ/TW")},
    ),
    # replaces several
    (
        "Quyết định số 15/2021/QĐ-UBND thay thế Quyết định số 28/2015/QĐ-UBND và Quyết định số 30/2016/QĐ-UBND.",
        {("15/2021/QĐ-UBND", "replaces", "28/2015/QĐ-UBND"), ("15/2021/QĐ-UBND", "replaces", "30/2016/QĐ-UBND")},
    ),
    # words between the number and "về"
    (
        "Công văn số 73/UBND-VP gửi các bản về triển khai thực hiện Chỉ thị số 18-CT/TW.",
        {("73/UBND-VP", "implements", "18-CT/TW")},
    ),
    # a letter that urges units on
    (
        "Công văn số 840/UBND-VX ngày 17/3/2025 đôn đốc các xã, thị trấn thực hiện Kế hoạch số 35/KH-UBND.",
        {("840/UBND-VX", "implements", "35/KH-UBND")},
    ),
    # "và" before a document with grounds of its own: no further target
    (
        "Căn cứ Nghị quyết số 138/NQ-CP triển khai Nghị quyết số 68-NQ/TW và Nghị quyết số 139/NQ-CP ngày 17/5/2025 "
        "của Chính phủ ban hành Kế hoạch triển khai Nghị quyết số 198/2025/QH15.",
        {("138/NQ-CP", "implements", "68-NQ/TW"), ("139/NQ-CP", "implements", "198/2025/QH15")},
    ),
    # an older document of another type is a target in mid-sentence too, a later one never
    (
        "Kế hoạch số 211-KH/TU ngày 28/4/2025 về triển khai Nghị quyết số 59-NQ/TW và Chỉ thị số 15-CT/TW ngày "
        "10/8/2022 của Ban Bí thư về ngoại giao kinh tế.",
        {("211-KH/TU", "implements", "59-NQ/TW"), ("211-KH/TU", "implements", "15-CT/TW")},
    ),
    (
        "Theo Chương trình số 04-CTr/TU ngày 08/8/2025 thực hiện Nghị quyết số 68-NQ/TW ngày 04/5/2025 và Kế hoạch số "
        "40/KH-UBND ngày 29/8/2025.",
        {("04-CTr/TU", "implements", "68-NQ/TW")},
    ),
    # a second ground behind the first one's subject, which names a third document
    (
        "Thực hiện Kết luận số 76-KL/TW ngày 04/6/2020 về tiếp tục thực hiện Nghị quyết số 33-NQ/TW và Kế hoạch số "
        "270-KH/TU ngày 15/7/2020 của Ban Thường vụ Tỉnh ủy, Huyện ủy đã xây dựng Kế hoạch số 301-KH/HU.",
        {
            ("76-KL/TW", "continues", "33-NQ/TW"),
            ("301-KH/HU", "implements", "76-KL/TW"),
            ("301-KH/HU", "implements", "270-KH/TU"),
        },
    ),
    # "hướng dẫn thực hiện" between
    (
        "Sở Nội vụ đã có Công văn số 812/SNV-CCHC hướng dẫn thực hiện Nghị định số 108/2014/NĐ-CP.",
        {("812/SNV-CCHC", "implements", "108/2014/NĐ-CP")},
    ),
    # what a paper was issued for, in the passive or in brackets
    (
        "Kế hoạch số 52/KH-UBND ngày 03/4/2023 được UBND huyện ban hành để thực hiện Chỉ thị số 24/CT-TTg.",
        {("52/KH-UBND", "implements", "24/CT-TTg")},
    ),
    (
        "Theo Kế hoạch số 52/KH-UBND về trồng rừng (ban hành để thực hiện Nghị quyết số 16-NQ/TU), các xã họp dân.",
        {("52/KH-UBND", "implements", "16-NQ/TU")},
    ),
    # B is amended by means of A
    (
        "Tỉnh Đoàn đã sửa đổi Quyết định số 18/QĐ-TĐ ngày 02/3/2020 bằng Quyết định số 44/QĐ-TĐ ngày 05/5/2023.",
        {("44/QĐ-TĐ", "replaces", "18/QĐ-TĐ")},
    ),
    # a programme of several bodies in place of their regulation
    (
        "Chương trình phối hợp số 09-CTrPH/BDVHU-CAH ngày 04/8/2022, thay cho Quy chế số 03-QCPH/BDVHU-CAH.",
        {("09-CTrPH/BDVHU-CAH", "replaces", "03-QCPH/BDVHU-CAH")},
    ),
]


@pytest.mark.parametrize(("text", "stated"), BODY)
def test_between_documents(text: str, stated: set[tuple[str, str, str]]) -> None:
    assert relations(read(REPORT + text)) == stated


TO_COME = [
    "UBND huyện Na Rì sẽ ban hành Kế hoạch số 40/KH-UBND thực hiện Chỉ thị số 33/CT-TTg.",
    "UBND huyện Na Rì dự kiến ban hành Kế hoạch số 40/KH-UBND thực hiện Chỉ thị số 33/CT-TTg.",
    "UBND huyện Na Rì dự thảo Kế hoạch số 40/KH-UBND thực hiện Chỉ thị số 33/CT-TTg.",
]


@pytest.mark.parametrize("text", TO_COME)
def test_what_is_to_be_issued_implements_as_planned(text: str) -> None:
    found = read(REPORT + text)
    assert relations(found) == {("40/KH-UBND", "implements", "33/CT-TTg")}
    assert relations(found, planned=False) == set()


def paper(kind: str, title: str, opening: str, symbol: str = "101/KH-UBND", more: str = "") -> str:
    """Return a document of huyện Đầm Dơi with this title and opening."""
    return f"""ỦY BAN NHÂN DÂN
HUYỆN ĐẦM DƠI

Số: {symbol}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đầm Dơi, ngày 12 tháng 4 năm 2022

{kind}
{title}

{opening}

{more or "I. MỤC ĐÍCH"}

1. Nâng cao ý thức của cán bộ.
"""


def decision(article: str) -> str:
    """Return a decision of huyện Đầm Dơi with this article and no ground by number."""
    opening = "Theo đề nghị của Trưởng phòng Nội vụ;"
    return paper("QUYẾT ĐỊNH", "Quy định phân cấp", opening, "902/QĐ-UBND", f"QUYẾT ĐỊNH:\n\n{article}")


def grounds(opening: str) -> str:
    """Return a decision of huyện Đầm Dơi with this ground."""
    return paper("QUYẾT ĐỊNH", "Quy định phân cấp", opening, "902/QĐ-UBND", "QUYẾT ĐỊNH:\n\nĐiều 1. Phân cấp.")


def letter(about: str, opening: str) -> str:
    """Return an official letter of huyện Đầm Dơi to its communes."""
    return f"""ỦY BAN NHÂN DÂN
HUYỆN ĐẦM DƠI

Số: 731/UBND-NV
V/v {about}

Đầm Dơi, ngày 12 tháng 4 năm 2022

Kính gửi: UBND các xã, thị trấn.

{opening}
"""


# source, (source, relation, target)
OWN = [
    # a deed in the opening is no ground of the report
    (
        paper(
            "BÁO CÁO",
            "Công tác năm 2022",
            "Thực hiện Nghị quyết số 18-NQ/TW, UBND huyện đã tổ chức quán triệt đến cán bộ.",
            "88/BC-UBND",
        ),
        set(),
    ),
    # any paper may end another by its own words
    (
        paper("THÔNG BÁO", "Kết luận về đất đai", "Thông báo này thay thế Thông báo số 38/TB-UBND.", "88/TB-UBND"),
        {("self", "replaces", "38/TB-UBND")},
    ),
    # a report's title
    (
        paper("BÁO CÁO", "Kết quả thực hiện Chỉ thị số 33/CT-TTg", "Năm 2022, huyện đã làm tốt.", "88/BC-UBND"),
        {("self", "reports_on", "33/CT-TTg")},
    ),
    (
        paper(
            "BÁO CÁO",
            "Tổng kết 10 năm thực hiện Nghị quyết số 25-NQ/TW; 5 năm thực hiện Kết luận số 43-KL/TW",
            "Năm 2022, huyện đã làm tốt.",
            "88/BC-UBND",
        ),
        {("self", "reports_on", "25-NQ/TW"), ("self", "reports_on", "43-KL/TW")},
    ),
    # the title names a plan that carries out another paper
    (
        paper(
            "BÁO CÁO",
            "Kết quả thực hiện Kế hoạch số 55/KH-UBND về triển khai thực hiện Chỉ thị số 33/CT-TTg",
            "Năm 2022, huyện đã làm tốt.",
            "88/BC-UBND",
        ),
        {("self", "reports_on", "55/KH-UBND"), ("55/KH-UBND", "implements", "33/CT-TTg")},
    ),
    # a report's opening answers a letter
    (
        paper(
            "BÁO CÁO",
            "Công tác dân vận chính quyền năm 2022",
            "Thực hiện Công văn số 2480/UBND-NC ngày 24/4/2022 của UBND tỉnh Cà Mau, UBND huyện báo cáo như sau:",
            "88/BC-UBND",
        ),
        {("self", "based_on", "2480/UBND-NC")},
    ),
    # a plan carries out what its title names
    (
        paper("KẾ HOẠCH", "Triển khai thực hiện Chỉ thị số 33/CT-TTg", "Năm nay huyện xây dựng kế hoạch như sau:"),
        {("self", "implements", "33/CT-TTg")},
    ),
    # and what its opening says it is for; căn cứ is a ground
    (
        paper(
            "KẾ HOẠCH",
            "Chuyển đổi số năm 2022",
            "Thực hiện Nghị quyết số 05-NQ/TU ngày 03/3/2022 của Tỉnh ủy, UBND huyện xây dựng kế hoạch như sau:",
        ),
        {("self", "implements", "05-NQ/TU")},
    ),
    (
        paper(
            "KẾ HOẠCH",
            "Chuyển đổi số năm 2022",
            "Căn cứ Kế hoạch số 31/KH-UBND ngày 09/02/2022 của UBND tỉnh, UBND huyện xây dựng kế hoạch như sau:",
        ),
        {("self", "based_on", "31/KH-UBND")},
    ),
    # a decision that replaces
    (
        paper(
            "QUYẾT ĐỊNH",
            "Ban hành Quy chế làm việc",
            "Căn cứ Nghị định số 39/2026/NĐ-CP ngày 20/01/2026;",
            "902/QĐ-UBND",
            "QUYẾT ĐỊNH:\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 77/QĐ-UBND.",
        ),
        {("self", "based_on", "39/2026/NĐ-CP"), ("self", "replaces", "77/QĐ-UBND")},
    ),
    # a list of ended documents: one for each line, what they were about set aside
    (
        decision(
            "Điều 1. Bãi bỏ toàn bộ các quyết định sau đây:\n\n1. Quyết định số 12/2015/QĐ-UBND về thu phí chợ;\n\n"
            "2. Quyết định số 15/2016/QĐ-UBND quy định chi tiết Nghị quyết số 5/2016/NQ-HĐND."
        ),
        {
            ("self", "replaces", "12/2015/QĐ-UBND"),
            ("self", "replaces", "15/2016/QĐ-UBND"),
            ("15/2016/QĐ-UBND", "implements", "5/2016/NQ-HĐND"),
        },
    ),
    # with its own list below a), b) is no less on the list; only articles of it end
    (
        decision(
            "Điều 2. Bãi bỏ các quy định sau:\n\na) Phụ lục I, II ban hành kèm theo Quyết định số 12/2015/QĐ-UBND, "
            "gồm:\n\n- Biểu thu phí chợ;\n\n- Biểu thu phí đò;\n\nb) Điều 5 Quyết định số 15/2016/QĐ-UBND."
        ),
        {("self", "replaces", "12/2015/QĐ-UBND"), ("self", "replaces", "15/2016/QĐ-UBND")},
    ),
    (
        decision(
            "Điều 2. Các văn bản sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\n\n"
            "a) Quyết định số 12/2015/QĐ-UBND;\n\nb) Chỉ thị số 5/CT-UBND."
        ),
        {("self", "replaces", "12/2015/QĐ-UBND"), ("self", "replaces", "5/CT-UBND")},
    ),
    # behind "như sau:" stands the new wording, behind "thủ tục được sửa đổi, gồm:" what is amended elsewhere
    (
        decision("Điều 1. Sửa đổi, bổ sung một số điều như sau:\n\n1. Khoản 2: Theo Nghị định số 15/2021/NĐ-CP."),
        set(),
    ),
    (
        decision("Điều 1. Công bố thủ tục được sửa đổi, bổ sung, gồm:\n\n1. Giấy phép, Nghị định số 15/2021/NĐ-CP."),
        set(),
    ),
    # out of force
    (
        decision(
            "Điều 2. Quyết định này có hiệu lực từ ngày 01/5/2022. Quyết định số 77/QĐ-UBND ngày 03/5/2018 về phân cấp "
            "và Điều 11 Quyết định số 78/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực."
        ),
        {("self", "replaces", "77/QĐ-UBND"), ("self", "replaces", "78/QĐ-UBND")},
    ),
    (
        decision("Điều 3. Quyết định này có hiệu lực từ ngày ký. Quyết định số 77/QĐ-UBND vẫn còn hiệu lực."),
        set(),
    ),
    # two with their subjects, a third behind a semicolon
    (
        decision(
            "Điều 2. Quyết định này thay thế Quyết định số 77/QĐ-UBND về phân cấp tài sản và Quyết định số 78/QĐ-UBND "
            "về phân cấp đường; Quyết định số 79/QĐ-UBND về bến đò."
        ),
        {("self", "replaces", "77/QĐ-UBND"), ("self", "replaces", "78/QĐ-UBND"), ("self", "replaces", "79/QĐ-UBND")},
    ),
    (
        decision("Điều 2. Quyết định này thay thế các Quyết định: số 77/QĐ-UBND, số 78/QĐ-UBND."),
        {("self", "replaces", "77/QĐ-UBND"), ("self", "replaces", "78/QĐ-UBND")},
    ),
    # a title that amends, in capitals and twice; the sentence that enacts it
    (
        paper(
            "QUYẾT ĐỊNH",
            "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA QUYẾT ĐỊNH SỐ 77/2018/QĐ-UBND QUY ĐỊNH PHÂN CẤP TÀI SẢN VÀ QUYẾT ĐỊNH SỐ "
            "78/2018/QĐ-UBND QUY ĐỊNH PHÂN CẤP ĐƯỜNG",
            "Theo đề nghị của Phòng Nội vụ;",
            "902/QĐ-UBND",
        ),
        {("self", "replaces", "77/2018/QĐ-UBND"), ("self", "replaces", "78/2018/QĐ-UBND")},
    ),
    (
        paper(
            "QUYẾT ĐỊNH",
            "Phân cấp quản lý",
            "UBND huyện ban hành Quyết định sửa đổi, bổ sung một số điều của Quyết định số 77/2018/QĐ-UBND.",
            "902/QĐ-UBND",
        ),
        {("self", "replaces", "77/2018/QĐ-UBND")},
    ),
    # a submission's title proposes
    (
        paper("TỜ TRÌNH", "Về việc sửa đổi Nghị quyết số 5/2018/NQ-HĐND", "Kính trình HĐND huyện:", "90/TTr-UBND"),
        set(),
    ),
    # grounds: a second one in the clause, what amended the first, and a scan's colon for a semicolon
    (
        grounds(
            "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát thủ tục; Nghị định số "
            "48/2013/NĐ-CP và Nghị định số 92/2017/NĐ-CP sửa đổi các Nghị định về kiểm soát thủ tục;"
        ),
        {
            ("self", "based_on", "63/2010/NĐ-CP"),
            ("self", "based_on", "48/2013/NĐ-CP"),
            ("self", "based_on", "92/2017/NĐ-CP"),
        },
    ),
    (
        grounds("Căn cứ Nghị định số 63/2010/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 92/2017/NĐ-CP;"),
        {
            ("self", "based_on", "63/2010/NĐ-CP"),
            ("self", "based_on", "92/2017/NĐ-CP"),
            ("92/2017/NĐ-CP", "replaces", "63/2010/NĐ-CP"),
        },
    ),
    (
        grounds("Căn cứ Quy định số 296-QĐ/TW về kiểm tra, giám sát của Đảng: Hướng dẫn số 08-HD/TW ngày 10/6/2025;"),
        {("self", "based_on", "296-QĐ/TW"), ("self", "based_on", "08-HD/TW")},
    ),
    # a line that the scan lost the end of
    (
        grounds("Căn cứ Kế hoạch số 22/KH-TLĐ tổ chức đại hội, nhiệm kỳ E: ke Căn cứ Quyết định số 2860/QĐ-TLĐ;"),
        {("self", "based_on", "22/KH-TLĐ"), ("self", "based_on", "2860/QĐ-TLĐ")},
    ),
    # a letter carries out what it is about
    (
        letter("triển khai thực hiện Chỉ thị số 33/CT-TTg", "UBND huyện yêu cầu các xã rà soát."),
        {("self", "implements", "33/CT-TTg")},
    ),
    (
        letter(
            "rà soát hộ nghèo",
            "Thực hiện Kế hoạch số 31/KH-UBND ngày 09/02/2022 của UBND tỉnh, UBND huyện yêu cầu các xã rà soát.",
        ),
        {("self", "implements", "31/KH-UBND")},
    ),
    # a task given ends nothing: another paper is to do it
    (
        paper(
            "QUYẾT ĐỊNH",
            "Về việc giao nhiệm vụ",
            "QUYẾT ĐỊNH:\n\nĐiều 1. Giao nhiệm vụ\n\na) Tham mưu UBND huyện ban hành quyết định thay thế Quyết định số "
            "31/2015/QĐ-UBND.",
            "903/QĐ-UBND",
        ),
        set(),
    ),
    # the list of grounds of a decision
    (
        paper(
            "QUYẾT ĐỊNH",
            "Ban hành Quy chế tiếp công dân",
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;\n\n"
            "Căn cứ Luật Tiếp công dân ngày 25/11/2013;\n\n"
            "Căn cứ Nghị định số 64/2014/NĐ-CP ngày 26/6/2014 của Chính phủ;\n\n"
            "Theo đề nghị của Thanh tra huyện tại Tờ trình số 15/TTr-TTr ngày 04/4/2022,",
            "902/QĐ-UBND",
            "QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân.",
        ),
        {
            ("self", "based_on", "Luật Tổ chức chính quyền địa phương"),
            ("self", "based_on", "Luật Tiếp công dân"),
            ("self", "based_on", "64/2014/NĐ-CP"),
            ("self", "based_on", "15/TTr-TTr"),
        },
    ),
]


@pytest.mark.parametrize(("source", "stated"), OWN)
def test_of_the_document_itself(source: str, stated: set[tuple[str, str, str]]) -> None:
    assert relations(read(source)) == stated
