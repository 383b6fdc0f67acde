"""The graph as it stands: how a policy travelled, what is known of one thing, what should be looked at, all of it."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from commands.meant import FILE, the_document, the_one
from kg.language import phrase, saying
from present.console import talk, write
from present.exports import FORMATS
from present.options import Day, Level, Words, base_option, form_option, listed, output_option
from present.spoken import Spoken

LINEAGE_FORMS = ("tree", "json", "csv", "dot", "graphml", "node-link")


@click.command(cls=Spoken)
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
@click.option(
    "--within", type=Words(), metavar="UNIT", help="Only what units of this place and below it did: 'tỉnh Bắc Kạn'."
)
@click.option("--level", type=Level(), metavar="LEVEL", help="Only what units of this level did, and the ways there.")
@click.option(
    "--missing", is_flag=True, help="In the pictures also the units expected there of which nothing is found."
)
@click.option("--as-of", "on", type=Day(), help="As on this day: what was issued by then, units as they were.")
@click.option("--cites", is_flag=True, help="With reports that only mention a document.")
@click.option("--json", is_flag=True, help="Documents and relations as JSON.")
@click.option("--csv", is_flag=True, help="A row for each relation.")
@click.option("--dot", is_flag=True, help="A graph for Graphviz.")
@click.option("--graphml", type=FILE, metavar="FILE", help="Write a graph for Gephi, yEd, networkx.")
@click.option(
    "--format",
    "form",
    type=click.Choice(LINEAGE_FORMS),
    default="tree",
    show_default=True,
    help="The form of the answer.",
)
@output_option
@click.pass_obj
def lineage(  # noqa: PLR0913, PLR0917  one parameter for each option
    directory: Path,
    /,
    ref: str,
    up: bool,
    down: bool,
    depth: int | None,
    evidence: bool,
    html: Path | None,
    graphml: Path | None,
    svg: Path | None,
    view: str,
    within: str | None,
    level: str | None,
    missing: bool,
    on: str | None,
    cites: bool,
    form: str,
    output: Path | None,
    **short: bool,
) -> None:
    """How a policy travelled.

    The cascade around a document: what it carries out, and what carries it out.

    \b
    Examples:
      thongsuot lineage 25-NQ/TW
      thongsuot lineage 35/KH-UBND --up --evidence
      thongsuot lineage 25-NQ/TW --html so-do.html
      thongsuot lineage 25-NQ/TW --svg so-do.svg --view time
      thongsuot lineage 33/CT-TTg --within "tỉnh Bắc Kạn" --missing --svg bac-kan.svg
    """
    from kg.coverage import Wish, part_of, seen_in, standings
    from kg.gaps import with_gaps
    from kg.graph import lineage as cascade
    from kg.store import Store
    from present.cascade import Pictures, pictures, render

    form = the_form(form, short)
    if html is None and svg is None:
        for option in ("--missing",) * missing + ("--view time",) * (view == "time"):
            talk(phrase("pictures only", option=option))
    with Store.open(directory) as store, store.snapshot():
        focus = the_document(store, ref, form if form in {"json", "csv"} else "table")
        walked = cascade(store, focus.id, up=up or not down, down=down or not up, depth=depth, cites=cites)
        wish = Wish(within, on, level, missing)
        found = standings(store, focus, wish) if down or not up else ()
        part = part_of(with_gaps(store, walked), found, wish)
        units = found if depth is None else seen_in(part, found)
    for file in pictures(part, Pictures(html, svg, view), units):
        talk(phrase("picture written", path=file.resolve()))
    if graphml is not None:
        write(render(part, "graphml", evidence), graphml, "graphml")
    write(render(part, form, evidence), output, form)


def the_form(form: str, short: dict[str, bool]) -> str:
    """Return the one form that is asked for, by --format or in short (--json); `QueryError` where two are."""
    from kg.model import QueryError

    context = click.get_current_context()
    asked = {name: f"--{name}" for name, wanted in short.items() if wanted}
    if context.get_parameter_source("form") is not click.core.ParameterSource.DEFAULT:
        asked.setdefault(form, f"--format {form}")
    if len(asked) > 1:
        raise QueryError(saying("two forms", forms=", ".join(asked.values())))
    return next(iter(asked), form)


@click.command(cls=Spoken)
@click.argument("ref", type=Words())
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table to read, json for programs.",
)
@click.pass_obj
def show(directory: Path, ref: str, form: str) -> None:
    """All about one document or unit.

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


@click.command(cls=Spoken)
@click.option(
    "--kind",
    type=click.Choice(["contradictions", "wanted", "gaps", "ambiguous"]),
    help="Only this kind.  [default: all four]",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Findings of each kind shown.")
@listed
@click.pass_obj
def check(directory: Path, kind: str | None, limit: int, form: str, output: Path | None) -> None:
    """What should be looked at.

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


@click.command(cls=Spoken)
@form_option
@click.pass_obj
def stats(directory: Path, form: str) -> None:
    """What the store holds.

    \b
    Example:
      thongsuot stats
    """
    from kg.graph import stats as counts
    from kg.store import Store
    from present.sheet import stats_listing

    with Store.open(directory) as store:
        write(stats_listing(counts(store)).render(form), None, form)


@click.command(cls=Spoken)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="json",
    show_default=True,
    help="The form to write.",
)
@base_option
@click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write to FILE; CSV to a folder, one file for each table."
)
@click.pass_obj
def export(directory: Path, form: str, base: str, output: Path | None) -> None:
    """The whole store, for programs.

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


@click.command(cls=Spoken)
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
@click.option(
    "--engine",
    type=click.Choice(["oxigraph", "rdflib"]),
    default="oxigraph",
    show_default=True,
    help="What answers.",
)
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
    """Ask the graph in SPARQL.

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
        raise QueryError(saying("sparql missing"))
    question = Question(file.read() if file else query or "", base, engine)
    answer = ask(directory, question, timeout)
    for note in answer.notes:
        talk(note)
    write(answer_listing(answer).render(form), output, form)
