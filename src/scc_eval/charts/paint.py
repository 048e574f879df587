"""The colours of charts, by the names of the classes that carry them, in light and in the dark.

Text has a contrast of 4.5 at least with what it stands on, all else that carries meaning one of 3
with the page. No colour speaks alone: numbers are printed, parts are hatched, signs have shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Paint(NamedTuple):
    """What a class paints, `fill` or `stroke`, on a light page and on a dark one."""

    paints: str
    light: str
    dark: str


PAPERS = ("#FFFFFF", "#14191F")
"""The pages that the colours are made for, light and dark."""

PARTS, SHADES = 5, 5
"""How many parts of bars can be told apart, and how many shades."""

PAINTS: Mapping[str, Paint] = {
    # Text.
    "c-ink": Paint("fill", "#1A1F26", "#F2F5F8"),
    "c-quiet": Paint("fill", "#4B5563", "#A9B4BF"),
    "c-link": Paint("fill", "#0B4F8A", "#8DC1F5"),
    # The parts of a bar, and the lines that hatch all but the first.
    "c-bar-1": Paint("fill", "#1B4F80", "#6FB1F0"),
    "c-bar-2": Paint("fill", "#B4570B", "#F0A04B"),
    "c-bar-3": Paint("fill", "#12785A", "#5CC79A"),
    "c-bar-4": Paint("fill", "#8052A8", "#C9A2F2"),
    "c-bar-5": Paint("fill", "#5A626E", "#AAB4BE"),
    "c-hatch": Paint("stroke", PAPERS[0], PAPERS[1]),
    # Shades, each under text in ink.
    "c-heat-0": Paint("fill", PAPERS[0], PAPERS[1]),
    "c-heat-1": Paint("fill", "#EAF2FA", "#1B2B3C"),
    "c-heat-2": Paint("fill", "#CFE1F3", "#203A55"),
    "c-heat-3": Paint("fill", "#AFCEEB", "#26496D"),
    "c-heat-4": Paint("fill", "#8DB8E0", "#2C5985"),
    "c-heat-5": Paint("fill", "#6CA3D6", "#32699D"),
    # Lines and signs.
    "c-hole": Paint("stroke", "#A8001C", "#FF8A96"),
    "c-rule": Paint("stroke", "#6B7683", "#7C8896"),
    "c-track": Paint("fill", "#E3E8ED", "#2A333D"),
    "c-need": Paint("stroke", "#1A1F26", "#F2F5F8"),
    "c-good": Paint("stroke", "#12683B", "#6FD69B"),
    "c-bad": Paint("stroke", "#A8001C", "#FF8A96"),
    "c-spared": Paint("stroke", "#4B5563", "#A9B4BF"),
}
"""The classes of shapes and texts; `c-bold` is on what is set in bold. A chart has `c-chart`, and
may have `c-broad`, `c-narrow` and `c-wide`."""


def painted(*names: str) -> dict[str, str]:
    """The attributes of something that has those classes."""
    paints = (PAINTS[name] for name in names)
    return {"class": " ".join(names)} | {paint.paints: paint.light for paint in paints}


def _rules() -> str:
    dark = "\n".join(
        f"  .c-chart .{name} {{ {paint.paints}: {paint.dark}; }}" for name, paint in PAINTS.items()
    )
    return f"""\
svg.c-chart {{ display: block; }}
svg.c-chart:not(.c-wide) {{ width: 100%; height: auto; }}
svg.c-broad:not(.c-wide) {{ max-width: 48rem; }} svg.c-narrow:not(.c-wide) {{ max-width: 26rem; }}
@media (max-width: 39.99rem) {{ svg.c-chart.c-broad {{ display: none; }} }}
@media (min-width: 40rem) {{ svg.c-chart.c-narrow {{ display: none; }} }}
.c-link {{ text-decoration-thickness: 1px; text-underline-offset: 2px; }}
.c-chart a:focus-visible {{ outline: 3px solid currentColor; outline-offset: 1px; }}
@media screen and (prefers-color-scheme: dark) {{
{dark}
}}
@media print {{ svg.c-chart.c-wide {{ width: 100%; height: auto; }} }}
"""


STYLE = _rules()
"""CSS for a page with charts: which of two drawings is shown, what a reader is at, dark pages. The
light colours stand in the charts themselves."""
