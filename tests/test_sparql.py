"""Questions in SPARQL: those of docs/sparql.md are answered as it says, and no question changes or leaves anything."""

from __future__ import annotations

import multiprocessing
import re
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from rdflib import Dataset

from kg.language import saying
from kg.model import QueryError, ThongsuotError
from kg.rdf import BASE
from kg.rdf.asking import ENGINES, FOLDER, Answer, Question, answered, ask, ready
from kg.rdf.question import checked
from kg.rdf.terms import Terms
from kg.store import Store
from present.sparql import answer_listing
from tests.made import claim, filled, report

PAGE = (Path(__file__).parents[1] / "docs" / "sparql.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^### (\d+)\..*?^```sparql\n(.*?)^```\n\n^```text\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
MORE = "…"


@pytest.fixture(scope="module", params=ENGINES)
def samples(request: pytest.FixtureRequest, sample_store: Path) -> Dataset:
    """The samples as a data set of each engine."""
    with Store.open(sample_store) as store:
        found, notes = ready(store, Terms(), request.param)
    assert notes == ()
    return found


# ---- the page of examples -------------------------------------------------------------------------------------------


def test_the_page_has_ten_questions() -> None:
    assert [number for number, _, _ in EXAMPLES] == [str(number) for number in range(1, 11)]
    assert "units of level huyện with a plan for 33/ct-ttg, and the days it took" in PAGE.lower()


@pytest.mark.parametrize(("query", "shown"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES])
def test_the_page_shows_what_is_answered(samples: Dataset, query: str, shown: str) -> None:
    answer = Answer(*answered(samples, checked(query)), Terms().prefixes())
    printed = [line.rstrip() for line in answer_listing(answer).render("table").splitlines()]
    assert [line for line in shown.splitlines() if line != MORE and line not in printed] == []
    assert MORE in shown.splitlines() or shown.splitlines() == printed


# ---- answers --------------------------------------------------------------------------------------------------------

ANSWERS = [
    ('ASK { ?d eli:id_local "33/CT-TTg" }', ("answer",), [(True,)]),
    ('ASK { ?d eli:id_local "99/XX-XX" }', ("answer",), [(False,)]),
    # numbers are numbers, what is not bound is empty
    (
        "SELECT (1 + 1 AS ?two) (1.5 AS ?half) (true AS ?yes) ?none {}",
        ("two", "half", "yes", "none"),
        [(2, 1.5, True, None)],
    ),
    # days between two dates, in whole days
    ('SELECT ("2022-02-17"^^xsd:date - "2021-11-26"^^xsd:date AS ?days) {}', ("days",), [(83,)]),
    ('SELECT ("2022-02-17"^^xsd:date - "2022-02-17"^^xsd:date AS ?days) {}', ("days",), [(0,)]),
    ('SELECT ("2021-11-26"^^xsd:date - "2022-02-17"^^xsd:date AS ?days) {}', ("days",), [(-83,)]),
    # triples as rows
    (
        'CONSTRUCT { ?d rdfs:label ?n } { ?d eli:id_local "33/CT-TTg" ; rdfs:label ?n }',
        ("subject", "predicate", "object"),
        [(f"{BASE}document/ct-33-ttg-2021", "http://www.w3.org/2000/01/rdf-schema#label", "Chỉ thị 33/CT-TTg")],
    ),
    ("SELECT ?nothing { ?nothing eli:id_local 7 }", ("nothing",), []),
]


@pytest.mark.parametrize(("query", "names", "rows"), ANSWERS)
def test_answers(samples: Dataset, query: str, names: tuple[str, ...], rows: list[Any]) -> None:
    assert answered(samples, query) == (names, tuple(rows))


@pytest.mark.parametrize("query", ["SELECT ?x {", "SELECT ?x { ?x foo:bar 1 }", "ASK { ?x eli:id_local }"])
def test_what_is_no_sparql_is_said_shortly(samples: Dataset, query: str) -> None:
    with pytest.raises(QueryError, match="no SPARQL") as caught:
        answered(samples, query)
    assert len(str(caught.value)) < 250
    assert "\n" not in str(caught.value)


# ---- what may not be asked ------------------------------------------------------------------------------------------

REFUSED = [
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT changes"),
    ("DELETE WHERE { ?s ?p ?o }", "DELETE changes"),
    ("PREFIX a: <b:> CLEAR ALL", "CLEAR changes"),
    ("LOAD <http://a.example/>", "LOAD changes"),
    ("with <a:a> delete { ?s ?p ?o } where { ?s ?p ?o }", "WITH changes"),
    ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE asks another server"),
    ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE asks another server"),
    # SPARQL ends a comment at \r too, many readers do not
    ("SELECT * { #\rSERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE asks another server"),
    # SPARQL puts in the letters that are written so before it reads anything
    (r"SELECT * { \u0053ERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE asks another server"),
    (r'SELECT * { ?s ?p "a\u0022 . SERVICE <http://a.example/> { ?s ?p "b" } }', "SERVICE asks another server"),
    (r"SELECT * { ?s ?p '\U00110000' }", "is no letter"),
    ("SELECT * FROM <http://a.example/> { ?s ?p ?o }", "GRAPH source"),
    ("35/KH-UBND", "no question in SPARQL"),
    ("", "no question in SPARQL"),
]


@pytest.mark.parametrize(("query", "said"), REFUSED)
def test_what_changes_or_leaves_is_refused(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        checked(query)


ALLOWED = [
    # words that stand for nothing here: in texts, comments, names and variables
    'SELECT * { ?service ?p "SERVICE <http://a.example/>" } # SERVICE <http://b.example/>',
    "SELECT * { ?s <http://a.example/SERVICE> '''it''s INSERT''' }",
    'SELECT * { ?s rdfs:label """ SERVICE "quoted" """ }',
    "BASE <http://a.example/> PREFIX service: <http://b.example/> ASK { ?s service:from ?insert }",
    "describe document:ct-33-ttg-2021",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_what_only_asks_is_let_through(query: str) -> None:
    assert checked(query) == query


def test_nothing_goes_to_the_network(sample_store: Path) -> None:
    """A server of ours listens; whatever is asked, it hears nothing."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)

        do_POST = do_GET

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        for query, _ in REFUSED:
            for engine in ENGINES:
                with pytest.raises(QueryError):
                    ask(sample_store, Question(query.replace("http://a.example/", address), BASE, engine), 30)
        with Store.open(sample_store) as store:
            alone, _ = ready(store, Terms(), "rdflib")
        alone.query(f"SELECT * FROM <{address}> {{ ?s ?p ?o }}")  # even past the look through the text
    finally:
        server.shutdown()
        server.server_close()
    assert heard == []


# ---- the limit of time, the triples, the engines --------------------------------------------------------------------

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_question_that_takes_too_long_is_stopped(sample_store: Path, engine: str) -> None:
    with pytest.raises(ThongsuotError, match=r"stopped after 0\.2 seconds.*--timeout"):
        ask(sample_store, Question(ENDLESS, BASE, engine), 0.2)
    assert multiprocessing.active_children() == []


PLAN = claim("d1", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer="UBND huyện Bạch Thông, tỉnh Bắc Kạn")
COUNT = "SELECT (COUNT(*) AS ?n) { ?d a eli:LegalResource ; eli:id_local ?number }"


def counted(store: Store) -> Any:
    """Return how many numbered documents are found in the store."""
    found, notes = ready(store, Terms(), "oxigraph")
    assert notes == ()
    return answered(found, COUNT)[1][0][0]


def test_triples_are_kept_until_the_store_changes(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", PLAN)) as store:
        assert counted(store) == 1
        first = list((tmp_path / FOLDER).iterdir())
        assert counted(store) == 1
        assert list((tmp_path / FOLDER).iterdir()) == first
        store.add(report("b.txt", claim("d1", "chỉ thị", "33/CT-TTg", date="2021-11-26")))
        assert counted(store) == 2
        assert len(list((tmp_path / FOLDER).iterdir())) == 1  # what is kept of older states goes


def test_another_store_in_the_same_place_has_triples_of_its_own(tmp_path: Path) -> None:
    """It may have changed as often as the one before."""
    with filled(tmp_path, report("a.txt", PLAN)) as store:
        assert counted(store) == 1
    (tmp_path / "graph.db").unlink()
    with filled(tmp_path, report("a.txt", PLAN, claim("d2", "chỉ thị", "33/CT-TTg", date="2021-11-26"))) as store:
        assert counted(store) == 2


def test_each_base_has_triples_of_its_own(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", PLAN)) as store:
        ready(store, Terms(), "oxigraph")
        found, _ = ready(store, Terms("urn:bac-kan:"), "oxigraph")
    rows = answered(found, "SELECT ?d { ?d a eli:LegalResource ; eli:id_local ?n }")[1]
    assert rows == (("urn:bac-kan:document/kh-35-ubnd-bach-thong-2022",),)


def test_a_store_that_may_not_be_written_is_asked_all_the_same(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", PLAN)) as store:
        (tmp_path / FOLDER).write_text("no folder", encoding="utf-8")
        found, notes = ready(store, Terms(), "oxigraph")
    assert answered(found, COUNT)[1] == ((1,),)
    assert "each question" in notes[0]


def test_without_oxigraph_rdflib_answers_and_says_so(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxrdflib", None)
    with Store.open(sample_store) as store:
        found, notes = ready(store, Terms(), "oxigraph")
    assert notes == (saying("no oxigraph"),)
    assert answered(found, 'ASK { ?d eli:id_local "33/CT-TTg" }')[1] == ((True,),)


# ---- the command ----------------------------------------------------------------------------------------------------

LABEL = 'SELECT ?d ?label { ?d eli:id_local "33/CT-TTg" ; rdfs:label ?label }'


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("table", "document:ct-33-ttg-2021  Chỉ thị 33/CT-TTg"),
        ("csv", f"d,label\n{BASE}document/ct-33-ttg-2021,Chỉ thị 33/CT-TTg\n"),
        ("json", f'"d": "{BASE}document/ct-33-ttg-2021"'),
    ],
)
def test_the_answer_in_each_form(ask: Callable[..., Result], form: str, shown: str) -> None:
    result = ask("sparql", LABEL, "--format", form)
    assert result.exit_code == 0, result.stderr
    assert shown in result.stdout


def test_a_question_from_a_file(ask: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "câu hỏi.rq"
    file.write_text(f"# Chỉ thị nào?\n{LABEL}", encoding="utf-8-sig")
    assert "Chỉ thị 33/CT-TTg" in ask("sparql", "--file", file).stdout


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        ((), "--file", 2),
        (("ASK {}", "--file", __file__), "--file", 2),
        (("--file", "no-such-file.rq"), "no-such-file.rq", 2),
        (("DROP ALL",), "DROP changes what is kept", 2),
        ((ENDLESS, "--timeout", "0.2"), "--timeout", 1),
        (("ASK {}", "--base", "x y"), "--base", 2),
    ],
)
@pytest.mark.usefixtures("english")
def test_faults_are_told_in_a_sentence(
    ask: Callable[..., Result], words: tuple[str, ...], said: str, code: int
) -> None:
    result = ask("sparql", *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_no_answer_is_said_and_its_columns_stand_in_csv(ask: Callable[..., Result]) -> None:
    query = "SELECT ?nothing { ?nothing eli:id_local 7 }"
    assert ask("sparql", query).stdout == "Không có kết quả.\n"
    assert ask("sparql", query, "--format", "csv").stdout == "nothing\n"


def test_no_store_is_said(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("--store", tmp_path / "none", "sparql", "ASK {}")
    assert result.exit_code == 1
    assert "thongsuot ingest" in result.stderr
