"""How the picture looks, on paper and on the screen: colours, dashes, limits."""

from __future__ import annotations

from typing import Any

FONT = "'Segoe UI', 'Noto Sans', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK, SOFT, QUIET = "#1c2430", "#4e5866", "#3a4452"
BAND, HEAD, FOCUS, GROUP = "#f3f6fa", "#e9eef6", "#fff0b3", "#eef2f7"
WARNING = "#a85a00"
KINDS = {
    "directive": "#a83218",
    "plan": "#1d5fa8",
    "report": "#2a7a35",
    "other": "#545d6b",
    "group": "#545d6b",
    "missing": "#6b7482",
    "unit": "#6b7482",
}
# The state of a unit by its colour and its shape, 12 wide and high around 0: what is filled, what is a line, its dash.
RING = "M-5.2 0A5.2 5.2 0 1 1 5.2 0A5.2 5.2 0 1 1-5.2 0Z"
MARKS: dict[str, tuple[str, str, str, tuple[float, ...]]] = {
    "own": ("#2a7a35", "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z", "", ()),
    "through": ("#9a5b00", "M0-5.2A5.2 5.2 0 0 0 0 5.2Z", RING, ()),
    "reported": ("#1d5fa8", "M-5.3-5.3H5.3V5.3H-5.3Z", "", ()),
    "stated": ("#6b3fa0", "M0-6.6L6.6 0L0 6.6L-6.6 0Z", "", ()),
    "unnumbered": ("#2a7a35", "", "M0-5.4L5.6 4.8H-5.6Z", ()),
    "mentioned": ("#545d6b", "", RING + "M-5.2 0H5.2", ()),
    "silent": ("#a83218", "", RING, ()),
    "absent": ("#6b7482", "", RING, (1.8, 2.3)),
}
# A relation by its colour and its dash: colour alone tells nobody who prints in black.
LINES: dict[str, tuple[str, tuple[int, ...], float]] = {
    "implements": ("#1d5fa8", (), 1.7),
    "reports_on": ("#2a7a35", (11, 3), 1.7),
    "continues": ("#7b3fa0", (10, 3, 2, 3), 1.9),
    "replaces": ("#bb2430", (3, 2), 2.2),
    "based_on": ("#80602a", (2, 3), 1.7),
    "cites": ("#858d98", (6, 5), 1.4),
}
PLANNED = (7, 7)

DRAWN_AT_MOST = 1500  # boxes; above, only the tables are of use
COLLAPSE_ABOVE = 150  # boxes in sight
COLLAPSE_TO = 80  # boxes, so that what is open then can be read
COLLAPSED_GROUP = 12  # documents of one level and province that stay open
CITES_HIDDEN_ABOVE = 150  # edges
LINES_AT_MOST = 220  # above, those between two groups are left out


def line_look(kind: str) -> tuple[str, tuple[int, ...], float]:
    """Return colour, dash and width of a relation; one that is not known looks like a mention."""
    return LINES.get(kind, LINES["cites"])


def as_json() -> dict[str, Any]:
    """Return what the page's scripts must know of the look."""
    return {
        "font": FONT.replace("'", '"'),
        "kinds": KINDS,
        "lines": {kind: {"colour": c, "dash": list(d), "width": w} for kind, (c, d, w) in LINES.items()},
        "planned": list(PLANNED),
        "marks": {state: {"colour": c, "full": f, "line": s, "dash": list(d)} for state, (c, f, s, d) in MARKS.items()},
    }
