"""The commands: arguments in, one call, results out.

Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 failed or done in part, 2 the question was not understood.
What is heavy is imported where it is used, so that `thongsuot --help` answers at once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from present.candidates import candidates_listing
from present.console import prepare_streams, talk, write
from present.exports import FORMATS
from present.manners import FAILED, NOT_UNDERSTOOD, Program
from present.options import (
    Day,
    Days,
    Level,
    Words,
    base_option,
    engine_option,
    form_option,
    language_option,
    listed,
    output_option,
)

if TYPE_CHECKING:
    from kg.model import Document, Unit
    from kg.store import Store

LINEAGE_FORMS = ("tree", "json", "csv", "dot", "graphml", "node-link")
FILE = click.Path(path_type=Path, readable=False)  # what may not be read is told in our own words


def main() -> None:
    """Run the program: what the command `thongsuot` calls."""
    prepare_streams()
    group(prog_name="thongsuot")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--store",
    "directory",
    type=FILE,
    envvar="THONGSUOT_STORE",
    default="thongsuot-store",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="Kho dữ liệu: the folder that keeps what was read.",
)
@click.version_option(package_name="thongsuot", message="thongsuot %(version)s")
@click.pass_context
def group(context: click.Context, directory: Path) -> None:
    """Chỉ đạo thông suốt: who implemented a directive, what the reports say, how a policy travelled.

    \b
    Bắt đầu / start here:
      thongsuot demo                        xem thử trên tài liệu mẫu
      thongsuot ingest BAO-CAO/             đọc các báo cáo (.txt .md .html) vào kho
      thongsuot who 33/CT-TTg               ai đã thực hiện chỉ thị này?
      thongsuot search "dân vận khéo"       báo cáo nói gì?
      thongsuot lineage 25-NQ/TW            chính sách đi từ Trung ương đến cơ sở thế nào?
    """
    context.obj = directory


# ---- reading --------------------------------------------------------------------------------------------------------


@group.command()
@click.option("--into", type=FILE, default="thongsuot-demo", show_default=True, metavar="DIR", help="Its own store.")
def demo(into: Path) -> None:
    """Xem thử: the three answers, on sample documents.

    Reads the shipped samples into a fresh store, answers the three questions and writes the lineage page.

    \b
    Example:
      thongsuot demo
    """
    from present.demo import run

    run(into, group)


@group.command()
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.pass_obj
def ingest(directory: Path, paths: tuple[Path, ...]) -> None:
    """Đọc tài liệu vào kho: read files and folders.

    Reads .txt, .md and .html into the store.
    What was read before with the same content is not read again; a changed file replaces what it said before. Each file
    is kept as soon as it is read: a run that was stopped goes on where it was.

    \b
    Examples:
      thongsuot ingest BAO-CAO/
      thongsuot --store kho-2023 ingest bao-cao-huyen.txt ke-hoach/
    """
    from jobs.gather import gather
    from present.account import account_lines, failure_lines, progress

    account = gather(directory, paths, progress)
    for line in failure_lines(account):
        talk(line)
    for line in account_lines(account):
        click.echo(line)
    if account.failures:
        raise click.exceptions.Exit(FAILED)


@group.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs; offsets count in the file's text.")
def extract(file: Path, as_json: bool) -> None:
    """Xem một tệp nói gì: what one file says, before any store.

    \b
    Examples:
      thongsuot extract bao-cao.txt
      thongsuot extract bao-cao.txt --json > bao-cao.json
    """
    from ingest.pipeline import extract as read
    from present.said import as_object, as_page

    said = read(file)
    click.echo(json.dumps(as_object(said), ensure_ascii=False, indent=1) if as_json else "\n".join(as_page(said)))


# ---- asking ---------------------------------------------------------------------------------------------------------


@group.command()
@click.argument("ref", type=Words())
@click.option("--level", type=Level(), metavar="LEVEL", help="Only units of this level: tỉnh, huyện, xã, trung ương.")
@click.option("--within", type=Words(), metavar="UNIT", help="Only units of this place and below it: 'tỉnh Bắc Kạn'.")
@click.option("--missing", is_flag=True, help="The units expected there of which nothing is found, and what is known.")
@click.option("--all", "everyone", is_flag=True, help="All units expected there, found or not.")
@click.option("--as-of", "on", type=Day(), help="As on this day: what was issued by then, units as they were.")
@listed
@click.pass_obj
def who(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    ref: str,
    level: str | None,
    within: str | None,
    missing: bool,
    everyone: bool,
    on: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Ai đã thực hiện? Who implemented a directive.

    Which units, by which document, when, and in which sentence it says so. With --missing also who was expected, by the
    register of places as it was on the day, and is not found. "Not found in these documents" never means "not done".

    \b
    Examples:
      thongsuot who 33/CT-TTg
      thongsuot who "nghị quyết 25 2013" --level huyện
      thongsuot who 33/CT-TTg --within "tỉnh Bắc Kạn" --missing
      thongsuot who 33/CT-TTg --within "huyện Bạch Thông" --all --as-of 31/12/2022
      thongsuot who 25-NQ/TW --format csv -o ket-qua.csv
    """
    from jobs.gather import source_count
    from kg.coverage import coverage, implementers_within
    from kg.store import Store
    from present.coverage import coverage_listing
    from present.who import who_listing

    with Store.open(directory) as store, store.snapshot():
        directive = the_document(store, ref, form)
        if missing or everyone:
            asked, states = coverage(store, directive, within, on, level)
            listing = coverage_listing(directive, asked, states, missing=not everyone)
        else:
            found = implementers_within(store, directive, within, on, level)
            listing = who_listing(directive, found, source_count(store), level)
    write(listing.render(form), output, form)


@group.command()
@click.argument("ref", type=Words())
@click.option(
    "--bounds", type=Days(), default="30,60", show_default=True, help="In time: days after the document above."
)
@click.option("--reports", type=click.Choice(["year", "half", "quarter"]), help="Which units reported in each period.")
@click.option("--as-of", "on", type=Day(), help="Only what was issued by this day.")
@listed
@click.pass_obj
def timeline(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    ref: str,
    bounds: tuple[int, ...],
    reports: str | None,
    on: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Khi nào? When a directive was carried out.

    Each document below the directive by its day: how long after the directive, how long after the document that it
    carries out, and whether that was in time. With --reports, for each unit with a plan, in which periods it reported.

    \b
    Examples:
      thongsuot timeline 25-NQ/TW
      thongsuot timeline 33/CT-TTg --bounds 30,60,90 --format csv -o tien-do.csv
      thongsuot timeline 33/CT-TTg --reports year
    """
    from kg.store import Store
    from kg.timeline import last_day, reporting
    from kg.timeline import timeline as by_day
    from present.timeline import reporting_listing, timeline_listing

    with Store.open(directory) as store, store.snapshot():
        directive = the_document(store, ref, form)
        events = by_day(store, directive.id, bounds=bounds, on=on)
        if reports is None:
            listing = timeline_listing(directive, events, bounds)
        else:
            until = on or last_day(store) or directive.date or ""
            listing = reporting_listing(directive, reporting(store, events, directive, reports, until))
    write(listing.render(form), output, form)


@group.command()
@click.argument("refs", metavar="[REF]...", nargs=-1, type=Words())
@click.option(
    "--within", type=Words(), metavar="UNIT", help="The units of this place and below it: 'huyện Bạch Thông'."
)
@click.option("--level", type=Level(), metavar="LEVEL", help="Only units of this level.")
@click.option("--as-of", "on", type=Day(), help="As on this day: what was issued by then, units as they were.")
@click.option("--all", "everyone", is_flag=True, help="Also units of which no document is here.")
@listed
@click.pass_obj
def matrix(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    refs: tuple[str, ...],
    within: str | None,
    level: str | None,
    on: str | None,
    everyone: bool,
    form: str,
    output: Path | None,
) -> None:
    """Ma trận: directives by units.

    A row for each expected unit, a column for each directive, in each cell what is known. Without REF the directives
    that most documents here carry out.

    \b
    Examples:
      thongsuot matrix 25-NQ/TW-2013 33/CT-TTg --within "huyện Bạch Thông"
      thongsuot matrix --level huyện --format csv -o ma-tran.csv
    """
    from kg.matrix import matrix as table
    from kg.matrix import most_carried_out
    from kg.model import QueryError
    from kg.store import Store
    from present.matrix import matrix_listing

    with Store.open(directory) as store, store.snapshot():
        directives = [the_document(store, ref, form) for ref in refs] or most_carried_out(store)
        if not directives:
            raise QueryError("no document here is said to carry another one out: ingest plans and reports first")
        listing = matrix_listing(table(store, directives, within, on, level), heard=not everyone)
    write(listing.render(form), output, form)


@group.command()
@click.argument("ref", type=Words())
@click.option("--level", type=Level(), metavar="LEVEL", help="Only units of this level: tỉnh, huyện, xã, trung ương.")
@click.option("--within", type=Words(), metavar="UNIT", help="A place: who is expected there, and who is not found.")
@click.option("--as-of", "on", type=Day(), help="As on this day: what was issued by then, units as they were.")
@output_option
@click.pass_obj
def summary(
    directory: Path, ref: str, level: str | None, within: str | None, on: str | None, output: Path | None
) -> None:
    """Một tờ A4: a directive on one sheet, to print or to send.

    The answer in a sentence, the picture, who carried it out by which document and when, with --within also who is not
    found, and the proving sentences as footnotes: one file of HTML that opens offline and runs no script.

    \b
    Examples:
      thongsuot summary 33/CT-TTg -o tom-tat.html
      thongsuot summary 33/CT-TTg --within "huyện Bạch Thông" --as-of 31/12/2022 -o bach-thong.html
    """
    from kg.store import Store
    from kg.svg import svg
    from present.summary import Wish, findings, summary_page

    with Store.open(directory) as store, store.snapshot():
        directive = the_document(store, ref, "table")
        known = findings(store, directive, Wish(within, on, level))
    write(summary_page(known, svg(known.cascade) if known.cascade.edges else ""), output, "html")


@group.command()
@click.argument("query", type=Words(), nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Reports on a page.")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page.  [default: 1]")
@click.option("--offset", type=click.IntRange(0), help="Reports to pass over, instead of --page.")
@click.option("--each", type=click.IntRange(1), help="Passages of one report.  [default: 3; all in JSON and CSV]")
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance", show_default=True)
@click.option(
    "--facets", is_flag=True, help="Only the counts: passages by level, province, unit, year, type, directive."
)
@click.option("--explain", is_flag=True, help="Say of each passage why it stands where it stands.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer as one JSON object.")
@engine_option
@listed
@click.pass_obj
def search(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    query: tuple[str, ...],
    limit: int,
    page: int,
    offset: int | None,
    each: int | None,
    sort: str,
    facets: bool,
    explain: bool,
    as_json: bool,
    engine: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Báo cáo nói gì? Search the text of the reports.

    Words may be typed with Vietnamese marks or without. A "phrase in quotes" must stand so; AND, OR, NOT and brackets
    join words; a document number is one word in any spelling. Fields narrow: đơn vị: cấp: năm: loại: tỉnh: dẫn: (cites)
    thuộc: (under), or in English unit: level: year: type: province: cites: under:.

    \b
    Examples:
      thongsuot search "dan van kheo"
      thongsuot search "mô hình dân vận khéo năm:2021..2023 cấp:xã"
      thongsuot search '"giải phóng mặt bằng" AND khiếu nại' --sort date
      thongsuot search under:25-NQ/TW "tiếp công dân"
      thongsuot search "dân vận khéo" --explain
      thongsuot search 33/CT-TTg --limit 50 --format csv -o ket-qua.csv
    """
    from jobs.asking import StoreGraph, cards
    from jobs.gather import source_count
    from jobs.indexing import current_index
    from kg.store import Store
    from present.hits import Found, facets_listing, render
    from search.answers import Wish, answer
    from search.explain import reasons
    from search.query import as_typed

    asked = as_typed(query)
    rows, first = form != "table" and not as_json, (page - 1) * limit if offset is None else offset
    wish = Wish(limit, first, each or (None if rows else 3), sort == "date", not rows)
    with Store.open(directory) as store, store.snapshot(), current_index(store, engine) as (index, notes):
        graph = StoreGraph(store)
        found = answer(index, asked, wish, graph)
        for note in dict.fromkeys((*notes, *found.notes, *graph.notes)):
            talk(note)
        why = reasons(index, found.query, found.shown()) if explain and sort != "date" else {}
        around = Found(found, asked, cards(store, found.query), first, source_count(store), why)
        shape = "object" if as_json else form
        words = facets_listing(found.facets).render("json" if as_json else form) if facets else render(around, shape)
    write(words, output, form)


@group.command()
@click.argument("ref", type=Words())
@click.option("--up", is_flag=True, help="Only what stands above it.")
@click.option("--down", is_flag=True, help="Only what stands below it.")
@click.option("--depth", type=click.IntRange(1), help="How many steps to go.  [default: all]")
@click.option("--evidence", is_flag=True, help="Show the sentence that proves each step.")
@click.option("--html", type=FILE, metavar="FILE", help="Write the picture: one page that opens offline.")
@click.option("--svg", type=FILE, metavar="FILE", help="Write the picture for print: one sheet of A4, without script.")
@click.option(
    "--view",
    type=click.Choice(["levels", "time"]),
    default="levels",
    show_default=True,
    help="Of the pictures: columns by level, or lanes by level and time.",
)
@click.option("--cites", is_flag=True, help="With reports that only mention a document.")
@language_option
@click.option("--json", "form", flag_value="json", help="Documents and relations as JSON.")
@click.option("--csv", "form", flag_value="csv", help="A row for each relation.")
@click.option("--dot", "form", flag_value="dot", help="A graph for Graphviz.")
@click.option("--graphml", type=FILE, metavar="FILE", help="Write a graph for Gephi, yEd, networkx.")
@click.option("--format", "form", type=click.Choice(LINEAGE_FORMS), default="tree", show_default=True)
@output_option
@click.pass_obj
def lineage(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    ref: str,
    up: bool,
    down: bool,
    depth: int | None,
    evidence: bool,
    html: Path | None,
    graphml: Path | None,
    svg: Path | None,
    view: str,
    cites: bool,
    language: str,
    form: str,
    output: Path | None,
) -> None:
    """Chính sách đi thế nào? How a policy travelled.

    The cascade around a document: what it carries out, and what carries it out.

    \b
    Examples:
      thongsuot lineage 25-NQ/TW
      thongsuot lineage 35/KH-UBND --up --evidence
      thongsuot lineage 25-NQ/TW --html so-do.html
      thongsuot lineage 25-NQ/TW --svg so-do.svg --view time
    """
    from kg.gaps import with_gaps
    from kg.graph import lineage as cascade
    from kg.store import Store
    from present.cascade import pictures, render

    with Store.open(directory) as store, store.snapshot():
        focus = the_document(store, ref, form if form in {"json", "csv"} else "table")
        walked = cascade(store, focus.id, up=up or not down, down=down or not up, depth=depth, cites=cites)
        part = with_gaps(store, walked)
    for file in pictures(part, html, svg, view, language):
        talk(f"Đã ghi sơ đồ / picture: {file.resolve()}")
    if graphml is not None:
        write(render(part, "graphml", evidence), graphml, "graphml")
    write(render(part, form, evidence), output, form)


@group.command()
@click.argument("ref", type=Words())
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def show(directory: Path, ref: str, form: str) -> None:
    """Xem một văn bản hay đơn vị: all about one.

    What is known of a document or unit, who cites it, and where reports contradict each other; of a place, what it came
    from and became, and its units.

    \b
    Examples:
      thongsuot show 25-NQ/TW
      thongsuot show "Huyện ủy Định Hóa"
      thongsuot show "huyện Bạch Thông"
    """
    from kg.graph import show as facts
    from kg.localities import localities
    from kg.store import Store
    from present.sheet import locality_sheet, namer, sheet

    with Store.open(directory) as store, store.snapshot():
        places = localities(store, ref)
        if places:
            click.echo(locality_sheet(places, form))
            return
        found = facts(store, the_one(store, ref, form).id)
        click.echo(sheet(found, namer(store), form))


@group.command()
@click.option(
    "--kind",
    type=click.Choice(["contradictions", "wanted", "gaps", "ambiguous"]),
    help="Only this kind.  [default: all four]",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Findings of each kind shown.")
@listed
@click.pass_obj
def check(directory: Path, kind: str | None, limit: int, form: str, output: Path | None) -> None:
    """Cần xem lại gì? What should be looked at.

    Contradictions between statements, with both sentences and the kind of slip; documents that are cited and were not
    read; middle levels of which nothing is known; mentions that fit several documents. Questions, not verdicts.

    \b
    Examples:
      thongsuot check
      thongsuot check --kind contradictions
      thongsuot check --kind wanted --limit 100 --format csv -o can-tim.csv
    """
    from kg.check import KINDS
    from kg.check import check as look
    from kg.store import Store
    from present.check import render

    with Store.open(directory) as store:
        found = look(store, KINDS if kind is None else (kind,), limit)
    write(render(found, form), output, form)


@group.command()
@form_option
@click.pass_obj
def stats(directory: Path, form: str) -> None:
    """Kho có gì? What the store holds.

    \b
    Example:
      thongsuot stats
    """
    from kg.graph import stats as counts
    from kg.store import Store
    from present.sheet import stats_listing

    with Store.open(directory) as store:
        write(stats_listing(counts(store)).render(form), None, form)


@group.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@base_option
@click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write to FILE; CSV to a folder, one file for each table."
)
@click.pass_obj
def export(directory: Path, form: str, base: str, output: Path | None) -> None:
    """Xuất toàn bộ kho: the whole store, for programs.

    json is one object: documents, units, relations, actions, sources, each statement with its evidence. csv (a folder)
    and xlsx are tables for Excel; turtle, nt, jsonld, trig are RDF; graphml and node-link are for Gephi and networkx.

    \b
    Examples:
      thongsuot export --format json -o kho.json
      thongsuot export --format xlsx -o kho.xlsx
      thongsuot export --format csv -o bang/
      thongsuot export --format trig --base https://tinh.example/dan-van/ -o kho.trig
      thongsuot export --format graphml -o kho.graphml
    """
    from kg.store import Store
    from present.exports import export as write_out

    with Store.open(directory) as store, store.snapshot():
        write_out(store, form, base, output)


@group.command()
@click.argument("query", type=Words(), required=False)
@click.option(
    "--file", "file", type=click.File(encoding="utf-8-sig", errors="replace"), help="Read the query; - is stdin."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    envvar="THONGSUOT_TIMEOUT",
    default=30,
    show_default=True,
    show_envvar=True,
    metavar="SECONDS",
    help="How long a question may take.",
)
@click.option("--engine", type=click.Choice(["oxigraph", "rdflib"]), default="oxigraph", show_default=True)
@base_option
@listed
@click.pass_obj
def sparql(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    query: str | None,
    file: TextIO | None,
    timeout: float,
    engine: str,
    base: str,
    form: str,
    output: Path | None,
) -> None:
    """Hỏi bằng SPARQL: ask the graph in SPARQL.

    Nothing is changed and nothing goes to the network. The prefixes ts: (our own terms), eli:, org:, skos:, dcterms:,
    prov:, oa:, document:, unit:, level:, kind:, type: need no PREFIX. docs/sparql.md has ten questions to begin with.

    \b
    Examples:
      thongsuot sparql "SELECT ?number { ?document eli:id_local ?number } LIMIT 10"
      thongsuot sparql --file cau-hoi.rq --format csv -o ket-qua.csv
    """
    from kg.model import QueryError
    from kg.rdf.asking import Question, ask
    from present.sparql import answer_listing

    if (query is None) == (file is None):
        raise QueryError("write a question in SPARQL, or name a file of one with --file")
    question = Question(file.read() if file else query or "", base, engine)
    answer = ask(directory, question, timeout)
    for note in answer.notes:
        talk(note)
    write(answer_listing(answer).render(form), output, form)


# ---- keeping house ---------------------------------------------------------------------------------------------------


@group.command()
@click.argument("name", type=Words())
@click.pass_obj
def remove(directory: Path, name: str) -> None:
    """Bỏ một tài liệu: forget what a file said.

    All that only this file says goes; the file itself stays where it is. NAME is its name below the folder that was
    ingested, as `thongsuot search` shows it.

    \b
    Example:
      thongsuot remove bao-cao-huyen.txt
    """
    from jobs.gather import forget

    forget(directory, name)
    talk(f"Đã bỏ / removed: {name}")


@group.command()
@engine_option
@click.pass_obj
def reindex(directory: Path, engine: str | None) -> None:
    """Lập lại chỉ mục: build the search index again.

    \b
    Examples:
      thongsuot reindex
      thongsuot reindex --engine whoosh
    """
    from jobs.gather import rebuild_index
    from present.words import count_words

    count, note = rebuild_index(directory, engine)
    if note:
        talk(note)
    talk(f"Đã lập chỉ mục / indexed: {count_words(count)} đoạn (passages)")


# ---- what was meant -------------------------------------------------------------------------------------------------


def the_one(store: Store, ref: str, form: str) -> Document | Unit:
    """Return what `ref` names; several that fit are listed, and the program ends with "not understood"."""
    from kg.model import AmbiguousError
    from kg.reference import find

    try:
        return find(store, ref)
    except AmbiguousError as error:
        question, *_, advice = str(error).splitlines()
        talk(question)
        write(candidates_listing(error.candidates).render(form), None, form)
        talk(advice)
        raise click.exceptions.Exit(NOT_UNDERSTOOD) from None


def the_document(store: Store, ref: str, form: str) -> Document:
    """Return the document that `ref` names; a unit is not what was asked for."""
    from kg.model import QueryError, Unit

    found = the_one(store, ref, form)
    if isinstance(found, Unit):
        advice = f"this asks about a document. Try: thongsuot show {ref!r}"
        raise QueryError(f"{ref!r} is a unit ({found.name}), and {advice}")
    return found


if __name__ == "__main__":
    main()
