"""The states of units in the picture: a mark for each unit, at its strongest document or on a box of its own.

One mark is one unit, so that the marks of a picture, counted, are the numbers of its legend and of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Document, Lineage
from kg.who_counts import Standing, at_homes, counted

UNIT = "unit"  # the kind of a box that stands for a unit without a document in the picture


def with_units(lineage: Lineage, standings: Sequence[Standing]) -> Lineage:
    """Return `lineage` with a box for each unit that has no document in it."""
    boxes = (_box(unit) for unit in at_homes(lineage, standings).get("", ()))
    return replace(lineage, documents=(*lineage.documents, *boxes))


def unit_id(unit: Standing) -> str:
    """Return the id of the box that stands for a unit."""
    return f"{UNIT} {unit.id}"


def _box(unit: Standing) -> Document:
    place = unit.above or unit.province
    return Document(unit_id(unit), UNIT, "", issuer=unit.unit, level=unit.level, locality=place, province=unit.province)


@dataclass(frozen=True, slots=True)
class Marked:
    """The units of one picture by the box where each is shown."""

    by_box: Mapping[str, Sequence[Standing]]

    def states(self, boxes: Iterable[str]) -> dict[str, int]:
        """Return how many units stand at these boxes, by their states."""
        return counted(unit for box in boxes for unit in self.by_box.get(box, ()))


def marked(lineage: Lineage, standings: Sequence[Standing]) -> Marked:
    """Return at which box of `lineage` each unit is shown."""
    homes = dict(at_homes(lineage, standings))
    alone = homes.pop("", [])
    return Marked({**homes, **{unit_id(unit): [unit] for unit in alone}})
