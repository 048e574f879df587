"""A drawing as PNG, by resvg and the fonts that are shipped, so that it is the same everywhere."""

from __future__ import annotations

from pathlib import Path

from scc_eval.diagrams.drawing import Drawing
from scc_eval.diagrams.svg import as_svg

SCALE = 2
"""How many dots a px has: enough for print."""
FONTS = Path(__file__).parent / "fonts"
"""The fonts that are shipped."""
_FAMILY = "DejaVu Sans"


class NoRenderer(Exception):
    """The package that draws PNG is not installed."""


def as_png(drawing: Drawing) -> bytes:
    """The drawing as PNG, twice as many dots as px. Raises NoRenderer.

    What the shipped fonts have no letters for, such as Chinese or emoji, is drawn as empty boxes.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as missing:
        raise NoRenderer from missing
    return svg_to_bytes(
        svg_string=as_svg(drawing),
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=sorted(str(file) for file in FONTS.glob("*.ttf")),
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )
