"""Which value of a document's field most statements give."""

from __future__ import annotations

from kg.central import sure_row
from kg.fold import fold


class Votes:
    """Which value most statements give: claims first, then mentions, then the fuller text, then the alphabet."""

    __slots__ = ("_count", "recognised")

    def __init__(self, *, recognised: bool = False) -> None:
        self._count: dict[str, list[int]] = {}
        self.recognised = recognised  # whether scans have a say too

    def add(self, value: str | None, claims: int, mentions: int) -> None:
        """Count `claims` claims with `mentions` mentions for `value`; None says nothing."""
        if value:
            count = self._count.setdefault(value, [0, 0])
            count[0] += claims
            count[1] += mentions

    def winner(self) -> str | None:
        """Return the value that most give."""
        ranked = sorted(self._count.items(), key=lambda item: (-item[1][0], -item[1][1], -len(item[0]), item[0]))
        return ranked[0][0] if ranked else None

    def fullest(self) -> str | None:
        """Return the value that most give in full or in short: "công tác dân vận" speaks for a longer subject too.

        What far fewer give than the most common value is left out: there a subject may have run on too far.
        """
        most = max((claims for claims, _ in self._count.values()), default=0)
        common = Votes()
        for value, (claims, _) in self._count.items():
            if claims * 3 >= most:
                inside = [count for other, count in self._count.items() if fold(other) in fold(value)]
                common.add(value, sum(c for c, _ in inside), sum(m for _, m in inside))
        return common.winner()

    def day(self, nkey: str) -> str | None:
        """Return the date that most give, full ones before others; among equals the table's for the number `nkey`.

        Where the table of central documents has none of them, the earliest.
        """
        full = {value: count for value, count in self._count.items() if len(value) == 10} or self._count
        ranked = sorted(
            full.items(), key=lambda item: (-item[1][0], -item[1][1], sure_row(nkey, item[0]) is None, item[0])
        )
        return ranked[0][0] if ranked else None
