"""Read the rows of tables: which unit issued or carried out the document that stands in its row.

    | TT | Đơn vị        | Kế hoạch     | Ngày     |        | Văn bản        | Cơ quan triển khai          |
    | 1  | UBND xã Tri Lễ | 15/KH-UBND  | 01/3/2022 |       | Luật số 72/…   | Sở Nội vụ đã tổ chức phổ biến |

A table that hands out tasks (chủ trì, thời hạn) tells no deeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.citations import Citation
from ingest.issuing import has_letters
from ingest.places import KIND, NAME, place_below
from ingest.reading import DO
from ingest.scene import Deed, Scene, has_issuer
from ingest.units import Organisation, committee_at, expand, proper, unit_at


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, `start`..`end` in the text, under the title of its column."""

    start: int
    end: int
    title: str


TASKS = re.compile(
    r"nhiệm\s+vụ|phân\s+công|chủ\s+trì|phối\s+hợp|thời\s+hạn|lộ\s+trình|dự\s+kiến|hoàn\s+thành", re.IGNORECASE
)
CARRIES = re.compile(r"triển\s+khai|thực\s+hiện|quán\s+triệt|phổ\s+biến", re.IGNORECASE)
# "Sở Nội vụ |đã tổ chức 03 lớp phổ biến", never "chưa triển khai"
CARRIED = re.compile(rf"\s+đã\s+(?:(?!chưa|không)\w+\s+){{0,6}}?{DO}", re.IGNORECASE)


def in_rows(scene: Scene) -> Iterator[Deed]:
    """Yield what the tables of the report say units did with the documents of their rows."""
    for titles, rows in tables(scene):
        if any(TASKS.search(title) for title in titles):
            continue
        for index in rows:
            if not scene.task(index):
                yield from row_deeds(scene, index, titles)


def tables(scene: Scene) -> Iterator[tuple[list[str], list[int]]]:
    """Yield (titles of the columns, numbers of the row blocks) of each table; a row of titles names no document."""
    blocks, flat = scene.reading.blocks, scene.reading.flat
    titles: list[str] = []
    rows: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind != "row":
            if rows:
                yield titles, rows
            titles, rows = [], []
        elif rows or scene.reading.by_block.get(index):
            rows.append(index)
        else:
            titles = [words.strip() for words in flat[block.start : block.end].split("|")]
    if rows:
        yield titles, rows


def cells_of(scene: Scene, index: int, titles: list[str]) -> list[Cell]:
    """Return the cells of a row without the bars between them."""
    block, found = scene.reading.blocks[index], []
    start = block.start
    for place, words in enumerate(scene.reading.flat[block.start : block.end].split("|")):
        lead = len(words) - len(words.lstrip())
        title = titles[place] if place < len(titles) else ""
        found.append(Cell(start + lead, start + len(words.rstrip()), title))
        start += len(words) + 1
    return found


def row_deeds(scene: Scene, index: int, titles: list[str]) -> Iterator[Deed]:
    """Yield the deeds of one row."""
    cited = scene.reading.by_block.get(index, [])
    cells = cells_of(scene, index, titles)
    for cell in cells:
        if any(cell.start <= c.start < cell.end for c in cited):
            continue
        unit = unit_alone(scene, cell)
        if unit is not None and not CARRIES.search(cell.title):
            for c in cited:
                if is_carried(scene.reading.flat, cells, c):
                    yield deed(scene, index, unit, "implemented", c)
                elif fits(scene, unit, c):
                    yield deed(scene, index, unit, "issued", c)
        elif unit is not None:
            yield from (deed(scene, index, unit, "implemented", c) for c in cited)
        else:
            for actor in carriers(scene, cell):
                yield from (deed(scene, index, actor, "implemented", c) for c in cited)


def deed(scene: Scene, index: int, unit: Organisation, action: str, cited: Citation) -> Deed:
    """Return what `unit` did with the document of its row; the row is the evidence."""
    block = scene.reading.blocks[index]
    return Deed(unit, action, scene.reading.claim(cited), block.start, block.end, "row of a table")


def is_carried(flat: str, cells: list[Cell], cited: Citation) -> bool:
    """Tell whether the cell names a document as carried out by another: "Kế hoạch 52 thực hiện |Kế hoạch 118"."""
    cell = next((cell for cell in cells if cell.start <= cited.start < cell.end), None)
    return cell is not None and CARRIES.search(flat, cell.start, cited.start) is not None


def fits(scene: Scene, unit: Organisation, cited: Citation) -> bool:
    """Tell whether the number in a row may be that of its unit."""
    return cited.number is not None and not has_issuer(scene.reading, cited) and has_letters(unit, cited.number)


PLACE = re.compile(rf"(?P<kind>{KIND})\s+(?P<name>{NAME})")


def unit_alone(scene: Scene, cell: Cell) -> Organisation | None:
    """Return the unit or place that is all a cell says: "UBND xã Tri Lễ", "Xã Tri Lễ", "Tri Lễ"."""
    flat, home = scene.reading.flat, scene.reading.top.home
    unit = unit_at(flat, cell.start)
    if unit is not None and unit.end == cell.end:
        return expand(unit, home)
    place = PLACE.fullmatch(flat, cell.start, cell.end)
    if place is not None:
        return committee_at(place["kind"], place["name"], home)
    words = flat[cell.start : cell.end]
    spot = place_below(proper(words), home) if re.fullmatch(NAME, words) else None
    return Organisation(f"Ủy ban nhân dân {spot.full}", spot.level) if spot is not None else None


def carriers(scene: Scene, cell: Cell) -> tuple[Organisation, ...]:
    """Return who a cell says has carried out the document of its row."""
    groups = scene.groups_between(cell.start, cell.end)
    if not groups or groups[0].start != cell.start or CARRIED.match(scene.reading.flat, groups[0].end) is None:
        return ()
    return groups[0].units
