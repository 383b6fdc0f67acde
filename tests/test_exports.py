"""What is written for other programs is read back as they read it, and runs nothing there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from click.testing import Result
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kg.language import phrase, speaking
from kg.store import Store
from kg.tables import tables
from present.exports import FORMATS
from present.listing import plain
from present.workbook import shown, workbook
from tests.made import claim, filled, report

HOSTILE = '=HYPERLINK("http://a.example/","xem")'
TABLES = ("documents", "relations", "actions", "units", "sentences")


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Store]:
    """A store whose names and subjects want to run in a spreadsheet or to break XML."""
    plan = claim("d1", "kế hoạch", "35/KH-UBND", date="2022-02", issuer="@SUM(A1)", title=HOSTILE)
    order = claim("d2", "chỉ thị", "33/CT-TTg", date="1890-01-01", title="-2+3\x0b<script>alert(1)</script>]]>&")
    made = report("+a.txt", plan, order, relations=(("d1", "implements", "d2"),), deeds=(("=1+1", "issued", "d1"),))
    with filled(tmp_path / "store", made) as store:
        yield store


# ---- CSV ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample_store: Path) -> Path:
    """The samples as CSV files."""
    from tests.conftest import run_command

    made = tmp_path_factory.mktemp("csv") / "bảng"
    result = run_command("--store", sample_store, "export", "--format", "csv", "-o", made)
    assert result.exit_code == 0, result.output
    return made


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("name", TABLES)
def test_csv_opens_right_in_excel(folder: Path, name: str) -> None:
    """Excel knows UTF-8 by the mark at the head."""
    assert (folder / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(folder / f"{name}.csv")


def test_csv_holds_what_the_store_holds(folder: Path, sample_store: Path) -> None:
    with Store.open(sample_store) as store:
        assert len(rows_of(folder / "documents.csv")) == len(list(store.documents()))
        assert len(rows_of(folder / "relations.csv")) == len(list(store.edges()))
        assert len(rows_of(folder / "actions.csv")) == len(list(store.unit_actions()))
        said = {row["sentence"]: row for row in rows_of(folder / "sentences.csv")}
        relation = next(row for row in rows_of(folder / "relations.csv") if row["source"] == "Kế hoạch 35/KH-UBND")
        sentence = said[relation["said_in"]]
        words = store.source_text(sentence["file"])[int(sentence["start"]) : int(sentence["end"])]
    assert " ".join(words.split()) == sentence["text"]


def test_a_relation_in_csv(folder: Path) -> None:
    rows = {(row["source"], row["relation"], row["target"]): row for row in rows_of(folder / "relations.csv")}
    row = rows["Kế hoạch 35/KH-UBND", "implements", "Chỉ thị 33/CT-TTg"]
    assert (row["source_date"], row["target_date"], row["days"]) == ("2022-02-17", "2021-11-26", "83")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+84 912", "'+84 912"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        (["=1+1", "2"], "'=1+1; 2"),  # several values in one cell
        (-83, "-83"),  # a number is a number
        ("", ""),
        ("35/KH-UBND", "35/KH-UBND"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(value: Any, cell: str) -> None:
    assert plain(value) == cell


@pytest.mark.usefixtures("english")
def test_csv_needs_a_folder(ask: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "tệp"
    file.touch()
    for words in ((), ("-o", file)):
        result = ask("export", "--format", "csv", *words)
        assert result.exit_code == 2
        assert "folder" in result.stderr


# ---- XLSX -----------------------------------------------------------------------------------------------------------


def opened(content: bytes) -> Workbook:
    """Return a workbook as another program reads it."""
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book(sample_store: Path) -> Workbook:
    """The samples as a workbook."""
    with Store.open(sample_store) as store:
        return opened(workbook(store))


def test_sheets_hold_what_the_tables_hold(book: Workbook, sample_store: Path) -> None:
    assert book.sheetnames == ["Văn bản", "Quan hệ", "Việc của đơn vị", "Đơn vị", "Nguồn"]
    with Store.open(sample_store) as store:
        for table in tables(store):
            sheet = book[phrase(table.title)]
            assert [cell.value for cell in sheet[1]] == list(map(phrase, table.columns.values()))
            assert sheet.max_row - 1 == len(list(table.rows))


def cells(book: Workbook, title: str, name: str) -> dict[str, Any]:
    """Return the row of a sheet whose first cells hold `name`, by the headings."""
    sheet = book[title]
    row = next(row for row in sheet.iter_rows(min_row=2) if name in (row[0].value, row[1].value))
    return dict(zip([cell.value for cell in sheet[1]], row, strict=True))


def test_dates_are_dates_and_links_lead_to_their_place(book: Workbook) -> None:
    document = cells(book, "Văn bản", "Kế hoạch 35/KH-UBND")
    assert cells(book, "Văn bản", "Chỉ thị 33/CT-TTg")["Ngày ban hành"].value == datetime(2021, 11, 26)
    assert document["Ngày ban hành"].number_format == "dd/mm/yyyy"
    relation = cells(book, "Quan hệ", "Kế hoạch 35/KH-UBND")
    assert relation["Quan hệ"].value in {"thực hiện", "căn cứ"}
    sheet, place = relation["Câu số"].hyperlink.location.replace("'", "").split("!")
    assert str(book[sheet][place].value) == str(relation["Câu số"].value)
    sheet, place = relation["Mã văn bản trên"].hyperlink.location.replace("'", "").split("!")
    assert book[sheet][place].value == relation["Mã văn bản trên"].value


def test_a_sentence_has_one_number_on_all_sheets(book: Workbook) -> None:
    """Text would not be found by a look-up among numbers."""
    for title in ("Quan hệ", "Việc của đơn vị", "Nguồn"):
        column = [cell.value for cell in book[title][1]].index("Câu số")
        values = [row[column].value for row in book[title].iter_rows(min_row=2)]
        assert values
        assert {type(value) for value in values} == {int}


@pytest.mark.parametrize(
    ("spoken", "conflicts", "cell"),
    [
        ("vi", ["date: 2013-03-06"], "ngày ban hành: 06/03/2013"),
        # what is stated several times stands once
        (
            "vi",
            ["date: 2013-03-06", "date: 2016-06-03", "date: 2016-06-03"],
            "ngày ban hành: 06/03/2013; 03/06/2016 (2 lần)",
        ),
        ("en", ["date: 2016-06", "date: 2016-06"], "date of issue: 06/2016 (2 times)"),
        # a line for each field; a value may hold a colon itself
        ("vi", ["issuer: UBND tỉnh", "title: về: dân vận"], "cơ quan ban hành: UBND tỉnh\ntrích yếu: về: dân vận"),
    ],
)
def test_what_is_stated_otherwise_in_words(spoken: str, conflicts: list[str], cell: str) -> None:
    with speaking(spoken):
        assert shown("conflicts", conflicts) == cell


def test_a_workbook_runs_nothing(hostile: Store) -> None:
    book = opened(workbook(hostile))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    row = cells(book, "Văn bản", "Kế hoạch 35/KH-UBND")
    assert row["Trích yếu"].value == HOSTILE
    assert row["Ngày ban hành"].value == "02/2022"  # known to the month: no day is made up
    # Excel knows no day before 1900
    assert cells(book, "Văn bản", "Chỉ thị 33/CT-TTg")["Ngày ban hành"].value == "01/01/1890"
    outward = [
        link for sheet in book for row in sheet.iter_rows() for c in row if (link := c.hyperlink) and link.target
    ]
    assert outward == []


def test_equal_stores_give_equal_workbooks(hostile: Store) -> None:
    assert workbook(hostile) == workbook(hostile)


def test_a_workbook_needs_a_file(ask: Callable[..., Result], tmp_path: Path) -> None:
    assert ask("export", "--format", "xlsx").exit_code == 2
    assert ask("export", "--format", "xlsx", "-o", tmp_path).exit_code == 1
    file = tmp_path / "kho.xlsx"
    assert ask("export", "--format", "xlsx", "-o", file).exit_code == 0
    assert load_workbook(file).sheetnames[0] == "Văn bản"


# ---- graphs ---------------------------------------------------------------------------------------------------------


def read_graph(words: str, form: str) -> networkx.MultiDiGraph[str]:
    """Return the graph as networkx reads it."""
    if form == "graphml":
        return networkx.parse_graphml(words, force_multigraph=True)
    found: networkx.MultiDiGraph[str] = networkx.node_link_graph(json.loads(words), edges="edges")
    return found


@pytest.mark.parametrize("form", ["graphml", "node-link"])
def test_the_store_as_a_graph(ask: Callable[..., Result], sample_store: Path, form: str) -> None:
    graph = read_graph(ask("export", "--format", form).stdout, form)
    with Store.open(sample_store) as store:
        documents = {document.id for document in store.documents()}
        relations = {(edge.source, edge.target, edge.type) for edge in store.edges()}
        assert len(graph) == len(documents) + len(list(store.units()))
    assert {node for node, facts in graph.nodes(data=True) if facts["node"] == "document"} == documents
    edges = {(lower, upper, facts["relation"]) for lower, upper, facts in graph.edges(data=True)}
    assert relations <= edges
    assert ("unit/thu-tuong-chinh-phu", "ct-33-ttg-2021", "issued") in edges
    assert graph.nodes["ct-33-ttg-2021"]["label"] == "Chỉ thị 33/CT-TTg"


@pytest.mark.parametrize("form", ["graphml", "node-link"])
def test_one_cascade_as_a_graph(ask: Callable[..., Result], tmp_path: Path, form: str) -> None:
    whole = json.loads(ask("lineage", "33/CT-TTg", "--json").stdout)
    graph = read_graph(ask("lineage", "33/CT-TTg", "--format", form).stdout, form)
    assert set(graph) == {document["id"] for document in whole["documents"]}
    assert graph.number_of_edges() == len(whole["edges"])
    *_, facts = next(iter(graph.out_edges("kh-35-ubnd-bach-thong-2022", data=True)))
    assert facts["sentence"]
    assert facts["file"]


def test_attributes_that_gephi_takes(ask: Callable[..., Result]) -> None:
    """Its plain types, one for each name; a node and an edge may share a name."""
    keys = [one for one in ElementTree.fromstring(ask("export", "--format", "graphml").stdout) if one.tag[-3:] == "key"]
    names = [(one.get("for"), one.get("attr.name")) for one in keys]
    assert len(names) == len(set(names)) > 1
    assert {one.get("attr.type") for one in keys} <= {"string", "int", "long", "float", "double", "boolean"}


def test_graphml_beside_the_tree(ask: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "chuỗi.graphml"
    result = ask("lineage", "33/CT-TTg", "--graphml", file)
    assert "► Chỉ thị 33/CT-TTg" in result.stdout
    assert "ct-33-ttg-2021" in networkx.read_graphml(file)


def test_graphml_is_xml_whatever_a_subject_holds(hostile: Store) -> None:
    from kg.exchange import store_as

    words = store_as(hostile, "graphml")
    edges = [edge.get("id") for edge in ElementTree.fromstring(words).iter() if edge.tag.endswith("}edge")]
    assert len(edges) == len(set(edges)) > 1  # Gephi takes each id once
    titles = {facts.get("title") for _, facts in read_graph(words, "graphml").nodes(data=True)}
    assert HOSTILE in titles
    assert "-2+3\ufffd<script>alert(1)</script>]]>&" in titles


# ---- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"csv", "xlsx"}))
def test_to_the_screen_and_to_a_file(ask: Callable[..., Result], tmp_path: Path, form: str) -> None:
    file = tmp_path / "kho"
    shown = ask("export", "--format", form)
    kept = ask("export", "--format", form, "-o", file)
    assert (shown.exit_code, kept.exit_code) == (0, 0)
    assert file.read_text(encoding="utf-8") == shown.stdout
    assert ask("export", "--format", form, "-o", tmp_path).exit_code == 1  # a folder
