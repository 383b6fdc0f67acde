"""The questions: who, when, which of many, what the reports say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.meant import the_document
from kg.language import saying
from present.console import talk, write
from present.options import Day, Days, Level, Words, engine_option, listed, output_option
from present.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Document
    from kg.store import Store
    from kg.timeline import Event
    from present.hits import Found
    from present.listing import Listing
    from search.answers import Wish
    from search.index import Engine


@click.command(cls=Spoken)
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
    """Who implemented a directive.

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
    from kg.coverage import coverage, implementers_within
    from kg.store import Store, source_count
    from present.coverage import coverage_listing
    from present.reporting import asked_words
    from present.who import who_listing

    with Store.open(directory) as store, store.snapshot():
        directive = the_document(store, ref, form)
        if missing or everyone:
            asked, states = coverage(store, directive, within, on, level)
            listing = coverage_listing(directive, asked, states, missing=not everyone)
        else:
            found = implementers_within(store, directive, within, on, level)
            asks = asked_words(store, directive, on, level)
            listing = who_listing(directive, found, source_count(store), level, asks)
    write(listing.render(form), output, form)


@click.command(cls=Spoken)
@click.argument("ref", type=Words())
@click.option(
    "--bounds", type=Days(), default="30,60", show_default=True, help="In time: days after the document above."
)
@click.option(
    "--reports",
    type=click.Choice(["asked", "year", "half", "quarter", "month"]),
    help="Which units reported in each period.",
)
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
    """When a directive was carried out.

    Each document below the directive by its day: how long after the directive, how long after the document that it
    carries out, and whether that was in time. With --reports, for each unit with a plan, in which periods it reported:
    `asked` those that the directive, or a plan above the unit's, asks for; `year`, `half`, `quarter` and `month` every
    one.

    \b
    Examples:
      thongsuot timeline 25-NQ/TW
      thongsuot timeline 33/CT-TTg --bounds 30,60,90 --format csv -o tien-do.csv
      thongsuot timeline 33/CT-TTg --reports year
      thongsuot timeline 33/CT-TTg --reports asked --as-of 31/12/2023
    """
    from kg.store import Store
    from kg.timeline import timeline as by_day
    from present.reporting import asked_words
    from present.timeline import timeline_listing

    with Store.open(directory) as store, store.snapshot():
        directive = the_document(store, ref, form)
        events = by_day(store, directive.id, bounds=bounds, on=on)
        if reports is None:
            listing = timeline_listing(directive, events, bounds, asked_words(store, directive, on))
        else:
            listing = by_period(store, directive, events, reports, on)
    write(listing.render(form), output, form)


def by_period(store: Store, directive: Document, events: Sequence[Event], reports: str, on: str | None) -> Listing:
    """Return which units reported in each period up to `on`, or up to the last day that was read."""
    from kg.reporting import asked_for, last_day, reporting
    from present.reporting import reporting_listing

    until = on or last_day(store) or directive.date or ""
    if reports != "asked":
        return reporting_listing(directive, reporting(store, events, directive, reports, until))
    asked = asked_for(store, directive.id, until).asked
    return reporting_listing(directive, reporting(store, events, directive, None, until), asked)


@click.command(cls=Spoken)
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
    """Directives by units.

    A row for each expected unit, a column for each directive, in each cell what is known. Without REF the directives
    that most documents here carry out.

    \b
    Examples:
      thongsuot matrix 18-CT/TW 33/CT-TTg --within "huyện Bạch Thông"
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
            raise QueryError(saying("nothing carried out"))
        listing = matrix_listing(table(store, directives, within, on, level), heard=not everyone)
    write(listing.render(form), output, form)


@click.command(cls=Spoken)
@click.argument("ref", type=Words())
@click.option("--level", type=Level(), metavar="LEVEL", help="Only units of this level: tỉnh, huyện, xã, trung ương.")
@click.option("--within", type=Words(), metavar="UNIT", help="A place: who is expected there, and who is not found.")
@click.option("--as-of", "on", type=Day(), help="As on this day: what was issued by then, units as they were.")
@output_option
@click.pass_obj
def summary(
    directory: Path, ref: str, level: str | None, within: str | None, on: str | None, output: Path | None
) -> None:
    """A directive on sheets of A4, to print or to send.

    The answer in a sentence, the picture, who carried it out by which document and when, with --within also who is not
    found, and the proving sentences as footnotes: one file of HTML that opens offline and runs no script.

    \b
    Examples:
      thongsuot summary 33/CT-TTg -o tom-tat.html
      thongsuot summary 33/CT-TTg --within "huyện Bạch Thông" --as-of 31/12/2022 -o bach-thong.html
    """
    from kg.coverage import Wish
    from kg.store import Store
    from present.summary import drawing, findings, summary_page

    with Store.open(directory) as store, store.snapshot():
        directive = the_document(store, ref, "table")
        known = findings(store, directive, Wish(within, on, level, everyone=within is not None))
    write(summary_page(known, drawing(known)), output, "html")


@click.command(cls=Spoken)
@click.argument("query", type=Words(), nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Reports on a page.")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page.  [default: 1]")
@click.option("--offset", type=click.IntRange(0), help="Reports to pass over, instead of --page.")
@click.option("--each", type=click.IntRange(1), help="Passages of one report.  [default: 3; all in JSON and CSV]")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="The best first, or the newest.",
)
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
    """What the reports say: search their text.

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
    from present.hits import facets_listing, render
    from search.answers import Wish
    from search.query import as_typed

    rows, first = form != "table" and not as_json, (page - 1) * limit if offset is None else offset
    wish = Wish(limit, first, each or (None if rows else 3), sort == "date", not rows)
    found = searched(directory, as_typed(query), wish, engine, explain)
    if facets:
        words = facets_listing(found.answer.facets).render("json" if as_json else form)
    else:
        words = render(found, "object" if as_json else form)
    write(words, output, form)


def searched(directory: Path, asked: str, wish: Wish, engine: str | None, explain: bool) -> Found:
    """Return what the store answers, with the cards beside it; what is to be said about it is said."""
    from jobs.asking import StoreGraph, cards
    from jobs.indexing import ask_index
    from kg.facts import scans_among
    from kg.store import Store, source_count
    from present.hits import Found, order_notes
    from search.answers import answer
    from search.explain import reasons

    with Store.open(directory) as store, store.snapshot():

        def ask(index: Engine, notes: list[str]) -> Found:
            graph = StoreGraph(store)
            found = answer(index, asked, wish, graph)
            of_order = order_notes(found, by_date=wish.by_date) if explain else ()
            why = reasons(index, found.query, found.shown()) if explain and not wish.by_date else {}
            for note in dict.fromkeys((*notes, *found.notes, *graph.notes, *of_order)):
                talk(note)
            scans = scans_among(store, (hit.passage.source for hit in found.shown()))
            return Found(found, asked, cards(store, found.query), wish.offset, source_count(store), why, scans)

        return ask_index(store, engine, ask)
