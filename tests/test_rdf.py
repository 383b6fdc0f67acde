"""What goes out as RDF comes back the same, keeps to its shapes, and has the terms that others know."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

import data
from kg.model import ACTIONS, RELATIONS, QueryError
from kg.rdf import BASE, FORMATS
from kg.rdf.files import dataset, export
from kg.rdf.files import quads as statements
from kg.rdf.terms import Terms, checked_base, code, day, text
from kg.store import Store
from tests.made import claim, filled, report

ELI = Namespace("http://data.europa.eu/eli/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
TS = Namespace(f"{BASE}terms#")
DOCUMENT, UNIT, PLACE, LEVEL = (Namespace(f"{BASE}{kind}/") for kind in ("document", "unit", "place", "level"))
PARSED_AS = {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld", "trig": "trig"}


@pytest.fixture(scope="module")
def samples(sample_store: Path) -> Iterator[Graph]:
    """All statements of the samples as one graph."""
    with Store.open(sample_store) as store:
        yield merged(store, Terms())


def merged(store: Store, terms: Terms) -> Graph:
    """Return all statements as one graph."""
    graph = Graph()
    for subject, predicate, thing, _ in statements(store, terms):
        graph.add((subject, predicate, thing))
    return graph


def quads(found: Dataset) -> set[tuple[Any, ...]]:
    """Return all statements of a data set with the names of their graphs."""
    return {(s, p, o, str(getattr(g, "identifier", g))) for s, p, o, g in found.quads()}


def comes_back(store: Store, form: str) -> bool:
    """Tell whether the store's export is read as the same graph; with named graphs, each the same."""
    written = "".join(export(store, form, BASE))
    if form in {"turtle", "nt"}:
        return isomorphic(Graph().parse(data=written, format=PARSED_AS[form]), merged(store, Terms()))
    read = Dataset(default_union=True)
    read.parse(data=written, format=PARSED_AS[form])
    return quads(read) == quads(dataset(store, Terms()))


# ---- there and back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_the_samples_come_back(sample_store: Path, form: str) -> None:
    with Store.open(sample_store) as store:
        assert comes_back(store, form)


# Any words that a file can hold, hostile ones first.
WORDS = st.one_of(
    st.sampled_from(['"""', "\\", "'''\\u0022", "a\r\nb\tc", "@prefix x: <y> .", "\x00\x1f\ufffe", "}{><|^`"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
DATES = st.sampled_from([None, "2022", "2022-05", "2022-05-12", "2022-02-29", "0001-01-01"])
NUMBERS = st.sampled_from([None, "35/KH-UBND", "25-NQ/TW", "33/CT-TTg", "126-BC/BDVTU"])
ISSUERS = st.sampled_from([None, "UBND huyện Bạch Thông, tỉnh Bắc Kạn", "Tỉnh ủy Bắc Kạn", 'Sở "X" <y>'])
NAMES = st.sampled_from(["a.txt", "thư mục/báo cáo (1).txt", "a#b?c%20.md", "n\u0303.txt"])
CLAIMS = st.builds(
    lambda id, type, full, date, issuer, title: claim(id, type, full, date=date, issuer=issuer, title=title),
    st.sampled_from("abc"),
    st.sampled_from(["kế hoạch", "chỉ thị", "giấy lạ"]),
    NUMBERS,
    DATES,
    ISSUERS,
    WORDS,
)


@st.composite
def reports(draw: st.DrawFn) -> list[Any]:
    """Return some reports with claims, relations and deeds of any kind."""
    made = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        claims = draw(st.lists(CLAIMS, min_size=1, max_size=3, unique_by=lambda stated: stated.id))
        ids = st.sampled_from([stated.id for stated in claims])
        status = st.sampled_from(["done", "planned"])
        relations = draw(
            st.lists(st.tuples(st.just("self") | ids, st.sampled_from(RELATIONS), ids, status), max_size=3)
        )
        deeds = draw(st.lists(st.tuples(WORDS.filter(str.strip), st.sampled_from(ACTIONS), ids, status), max_size=2))
        title = draw(WORDS)
        made.append(report(name, *claims, relations=tuple(relations), deeds=tuple(deeds), title=title))
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports(), form=st.sampled_from(FORMATS))
def test_any_store_comes_back(made: list[Any], form: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, filled(Path(folder), *made) as store:
        assert comes_back(store, form)


PLAN = claim("d1", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer="UBND huyện Bạch Thông, tỉnh Bắc Kạn")
ORDER = claim("d2", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")


@pytest.mark.parametrize("form", FORMATS)
def test_equal_stores_give_equal_texts(tmp_path: Path, form: str) -> None:
    made = [report(f"{n}.txt", PLAN, ORDER, relations=(("d1", "implements", "d2"),)) for n in range(3)]
    texts = set()
    for turn, order in enumerate(permutations(made)):
        with filled(tmp_path / str(turn), *order) as store:
            texts.add("".join(export(store, form, BASE)))
    assert len(texts) == 1


def test_turtle_is_written_source_by_source(tmp_path: Path) -> None:
    """One text of all sources took rdflib four times as long for twice the sources."""
    made = [report(f"{n}.txt", PLAN, ORDER, relations=(("d1", "implements", "d2"),)) for n in range(3)]
    with filled(tmp_path, *made) as store:
        pieces = [piece for piece in export(store, "turtle", BASE) if not piece.startswith("@prefix ")]
    sources = [[n for n in range(3) if f"{n}.txt#" in piece] for piece in pieces]
    assert sorted(sources) == [[], [0], [1], [2]]


# ---- what stands in it ----------------------------------------------------------------------------------------------


def test_literals_have_a_language_or_a_datatype(samples: Graph) -> None:
    """A literal with neither is a number, hash or code: xsd:string, as RDF 1.1 has it."""
    plain = {p for _, p, o in samples if isinstance(o, Literal) and o.language is None and o.datatype is None}
    codes = {
        DCTERMS.identifier,
        DCTERMS.format,
        ELI.id_local,
        ELI.number,
        SKOS.notation,
        TS.sha256,
        TS.status,
        TS.rule,
        TS.form,
        TS.field,
        TS.change,
    }
    assert plain == codes


@pytest.mark.parametrize(
    ("known", "datatype"),
    [
        ("2023-05-12", XSD.date),
        ("2023-05", XSD.gYearMonth),  # only the month is known
        ("2023", XSD.gYear),
        ("2023-02-30", None),  # no such day: told as it stands
        ("khoảng 2023", None),
    ],
)
def test_a_day_is_told_as_far_as_it_is_known(known: str, datatype: URIRef | None) -> None:
    assert (str(day(known)), day(known).datatype) == (known, datatype)


@pytest.mark.parametrize(
    "triple",
    [
        (DOCUMENT["ct-33-ttg-2021"], RDF.type, ELI.LegalResource),
        (DOCUMENT["ct-33-ttg-2021"], ELI.id_local, Literal("33/CT-TTg")),
        (DOCUMENT["ct-33-ttg-2021"], ELI.passed_by, UNIT["thu-tuong-chinh-phu"]),
        (DOCUMENT["kh-35-ubnd-bach-thong-2022"], ELI.ensures_implementation_of, DOCUMENT["ct-33-ttg-2021"]),
        (DOCUMENT["kh-35-ubnd-bach-thong-2022"], ELI.date_document, Literal("2022-02-17", datatype=XSD.date)),
        (DOCUMENT["kh-35-ubnd-bach-thong-2022"], TS.level, LEVEL["huyen"]),
        (LEVEL["huyen"], SKOS.prefLabel, Literal("Cấp huyện", lang="vi")),
        (LEVEL["huyen"], SKOS.prefLabel, Literal("District", lang="en")),
        # a committee's board is part of it, and shares its numbers
        (UNIT["ban-thuong-vu-tinh-uy-bac-kan"], ORG.unitOf, UNIT["tinh-uy-bac-kan"]),
        (UNIT["ban-thuong-vu-tinh-uy-bac-kan"], TS.acts_for, UNIT["tinh-uy-bac-kan"]),
        # huyện Bạch Thông ended on 30 June 2025, and xã Bạch Thông got a part of it
        (UNIT["ubnd-huyen-bach-thong-bac-kan"], TS.place, PLACE["063"]),
        (PLACE["063"], ORG.changedBy, PLACE["063/end"]),
        (PLACE["063/end"], DCTERMS.date, Literal("2025-06-30", datatype=XSD.date)),
        (PLACE["063/end"], ORG.resultingOrganization, PLACE["02014/2025-07-01"]),
        # its organs end with it; what they became is linked where it is met in the store
        (UNIT["huyen-uy-bach-thong-bac-kan"], ORG.changedBy, UNIT["huyen-uy-bach-thong-bac-kan/area/2025-07-01"]),
        (
            UNIT["huyen-uy-bach-thong-bac-kan/area/2025-07-01"],
            ORG.resultingOrganization,
            UNIT["dang-uy-xa-bach-thong-thai-nguyen"],
        ),
        (UNIT["ban-dan-van-tinh-uy-bac-kan/merged/2025-02"], DCTERMS.date, Literal("2025-02", datatype=XSD.gYearMonth)),
    ],
)
def test_the_samples_say(samples: Graph, triple: tuple[URIRef, URIRef, Any]) -> None:
    assert triple in samples


def test_evidence_leads_to_the_words_in_the_source(sample_store: Path, samples: Graph) -> None:
    statements = list(samples.subjects(RDF.type, RDF.Statement))
    assert statements
    with Store.open(sample_store) as store:
        for statement in statements:
            span = samples.value(statement, PROV.wasQuotedFrom)
            file = samples.value(samples.value(span, OA.hasSource), DCTERMS.identifier)
            place = samples.value(span, OA.hasSelector)
            start, end = (int(str(samples.value(place, edge))) for edge in (OA.start, OA.end))
            said = store.source_text(str(file))[start:end]
            assert " ".join(said.split()) == str(samples.value(span, PROV.value))


@pytest.mark.parametrize(("given", "kept"), [("a\x00b", "a\ufffdb"), ("\ud800", "\ufffd"), ("a\n\tb", "a\n\tb")])
def test_letters_that_no_file_can_carry_are_replaced(given: str, kept: str) -> None:
    assert str(text(given)) == str(code(given)) == kept


def test_what_a_source_says_stands_in_its_graph(sample_store: Path) -> None:
    with Store.open(sample_store) as store:
        found = dataset(store, Terms())
        names = {str(Terms().iri("source", source.name)) for source in store.sources()}
    graphs = {str(graph.identifier) for graph in found.graphs()} - {str(found.default_graph.identifier)}
    assert graphs <= names
    assert len(graphs) > 30


def test_what_is_only_planned_is_no_relation(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", PLAN, ORDER, relations=(("d1", "implements", "d2", "planned"),))) as store:
        found = merged(store, Terms())
    assert not list(found.subject_objects(ELI.ensures_implementation_of))
    assert [str(status) for status in found.objects(None, TS.status)] == ["planned"]


def test_every_relation_and_deed_has_a_term() -> None:
    terms = Terms()
    assert len({terms.predicate(name) for name in (*RELATIONS, *ACTIONS)}) == len(RELATIONS) + len(ACTIONS)
    with pytest.raises(AttributeError):
        terms.own.implementd  # noqa: B018  a misspelt term raises


def test_every_own_term_is_explained_and_used(samples: Graph) -> None:
    for row in data.table("rdf_terms"):
        term = TS[row["term"]]
        assert samples.value(term, RDFS.label) is not None
        used = (None, RDF.type, term) if row["kind"] == "Class" else (None, term, None)
        assert row["term"] in {"received"} or used in samples, row["term"]


@pytest.mark.parametrize(
    ("base", "used"),
    [
        ("https://tinh.example/dan-van", "https://tinh.example/dan-van/"),  # the slash is put in
        ("urn:bac-kan:", "urn:bac-kan:"),
        ("dan-van/", None),  # no IRI
        ("https://a.example/#", None),  # our IRIs have parts of their own after #
        ("https://a b/", None),
    ],
)
def test_the_base_is_a_setting(base: str, used: str | None) -> None:
    if used is None:
        with pytest.raises(QueryError, match="--base"):
            checked_base(base)
    else:
        assert checked_base(base) == used


def test_base_from_the_environment(ask: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THONGSUOT_BASE", "urn:bac-kan:")
    result = ask("export", "--format", "nt")
    assert "<urn:bac-kan:document/ct-33-ttg-2021>" in result.stdout
    assert BASE not in result.stdout


def test_names_of_files_with_odd_letters_are_one_iri_each() -> None:
    terms = Terms()
    names = ["a b.txt", "a%20b.txt", "a#b.txt", "a?b.txt", "báo cáo.txt", "a/b.txt"]
    iris = {terms.iri("source", name) for name in names}
    assert len(iris) == len(names)
    assert all(not set(iri.removeprefix(BASE)) & set(' #?<>"') for iri in iris)


def test_files_tell_how_they_were_read_and_to_whom_they_go(tmp_path: Path) -> None:
    """A scan says that its words were recognised; recipients stand in its graph, persons do not."""
    to = {"addressee": ("Sở Nội vụ",), "recipients": ("UBND tỉnh", "Đ/c Bí thư", "đồng chí A", "Lưu: VT")}
    scan = replace(report("scan.pdf", claim("c", "chỉ thị", "33/CT-TTg"), **to), format="pdf", recognised=True)
    with filled(tmp_path, scan) as store:
        found = dataset(store, Terms())
    file = URIRef(f"{BASE}source/scan.pdf")
    assert found.value(file, TS.recognised).toPython() is True
    assert str(found.value(file, DCTERMS.format)) == "pdf"
    document = found.value(file, DCTERMS.isFormatOf)
    own = found.get_context(file)
    assert [str(name) for name in own.objects(document, TS.addressee)] == ["Sở Nội vụ"]
    assert {str(name) for name in own.objects(document, TS.recipient)} == {"UBND tỉnh", "Lưu: VT"}


# ---- shapes ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes that every export keeps to."""
    return Graph().parse(data=data.path("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def conforms(found: Graph, shapes: Graph) -> tuple[bool, str]:
    """Return whether a graph keeps to the shapes, and the report."""
    from pyshacl import validate

    ok, _, words = validate(found, shacl_graph=shapes)
    return bool(ok), words


def test_our_export_keeps_to_the_shapes(samples: Graph, shapes: Graph) -> None:
    ok, words = conforms(samples, shapes)
    assert ok, words


KH35, KH35_SAYS = DOCUMENT["kh-35-ubnd-bach-thong-2022"], (None, RDF.type, RDF.Statement)
BROKEN = [
    (KH35, DCTERMS.identifier, None, "no id"),
    (KH35, RDFS.label, Literal("Plan 35", lang="en"), "a second name, in English"),
    (KH35, ELI.date_document, Literal("17/02/2022"), "a day that is text"),
    (KH35, ELI.passed_by, DOCUMENT["ct-33-ttg-2021"], "passed by a document"),
    (KH35, ELI.ensures_implementation_of, UNIT["tinh-uy-bac-kan"], "implements a unit"),
    (KH35, TS.level, Literal("huyện"), "a level that is no concept"),
    (PLACE["063"], TS.valid_to, Literal("2025", datatype=XSD.gYear), "a place that ends some time in a year"),
    (UNIT["tinh-uy-bac-kan"], SKOS.prefLabel, None, "a unit without a name"),
]


@pytest.mark.parametrize(("subject", "predicate", "thing", "what"), BROKEN, ids=[row[-1] for row in BROKEN])
def test_a_broken_export_is_found_out(
    samples: Graph, shapes: Graph, subject: URIRef, predicate: URIRef, thing: Any, what: str
) -> None:
    broken = Graph()
    broken += samples
    if thing is None:
        broken.remove((subject, predicate, None))
    else:
        broken.add((subject, predicate, thing))
    assert not conforms(broken, shapes)[0]


def test_a_statement_without_its_words_is_found_out(samples: Graph, shapes: Graph) -> None:
    broken = Graph()
    broken += samples
    broken.remove((next(broken.subjects(RDF.type, RDF.Statement)), PROV.wasQuotedFrom, None))
    assert not conforms(broken, shapes)[0]


def test_shapes_know_no_term_that_is_not_ours(shapes: Graph) -> None:
    named = {str(term).removeprefix(str(TS)) for triple in shapes for term in triple if str(term).startswith(str(TS))}
    assert {name for name in named if not name.endswith("Shape")} <= {row["term"] for row in data.table("rdf_terms")}
