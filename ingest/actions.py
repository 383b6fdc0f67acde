"""Read what units did with documents: issued, implemented, received; planned and wished deeds are marked as such.

The subject is the unit written before the verb, else the one that heading or earlier item carries, else the reporting
unit itself. "chỉ đạo … thực hiện" counts for the directing unit only where it is written out; "theo",
"giám sát việc thực hiện", "các cấp, các ngành" count for nobody.
"""

from __future__ import annotations

from ingest.carrying import (
    by_carrying,
    carried_again,
    carried_below,
    carried_in_notes,
    carried_in_passive,
    through_links,
)
from ingest.issuing import before_colon, by_verb, hung_on_notes, in_passive, of_an_office, set_down, stated
from ingest.reading import Link, Reading
from ingest.rows import in_rows
from ingest.scene import Deed, Scene
from ingest.units import Organisation


def find_deeds(reading: Reading, links: list[Link], reporter: Organisation | None) -> list[Deed]:
    """Return what units did with documents, each (unit, action, document) once, a done one before a planned one."""
    if not reading.resolved.citations:
        return []
    scene = Scene(reading, reporter)
    issued = [
        *stated(scene),
        *by_verb(scene),
        *hung_on_notes(scene),
        *in_passive(scene),
        *before_colon(scene),
        *set_down(scene),
        *of_an_office(scene),
    ]
    carried = [
        *through_links(scene, links, issued),
        *by_carrying(scene, links),
        *carried_in_notes(scene),
        *carried_below(scene),
        *carried_in_passive(scene),
        *carried_again(scene, links),
        *in_rows(scene),
    ]
    found: dict[tuple[str, str, str], Deed] = {}
    for deed in sorted([*issued, *carried], key=lambda d: d.status != "done"):
        found.setdefault((deed.unit.name, deed.action, deed.document), deed)
    return list(found.values())
