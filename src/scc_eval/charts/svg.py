"""A chart as SVG: presentation attributes and classes, real text, and no script or style."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from scc_eval.charts.bars import draw_bars
from scc_eval.charts.gauges import draw_gauges
from scc_eval.charts.heat import draw_heat
from scc_eval.charts.marks import HATCHES, Sheet, closed, number, opened
from scc_eval.charts.paint import painted
from scc_eval.charts.records import Bars, Chart, Gauges, Heat
from scc_eval.charts.timeline import draw_timeline
from scc_eval.lettering import plain

_FONTS = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


BROAD, NARROW = 640.0, 320.0
"""The room that a chart is drawn for: on a laptop or on paper, and on a phone."""


def as_figure(chart: Chart, prefix: str = "") -> str:
    """The chart twice, as SVG elements for a page: for broad pages and for narrow ones. The page
    shows one of them, by `STYLE`."""
    broad = as_svg(chart, f"{prefix}b-", BROAD, "c-broad")
    return broad + as_svg(chart, f"{prefix}n-", NARROW, "c-narrow")


def as_svg(chart: Chart, prefix: str = "", room: float = BROAD, *names: str) -> str:
    """The chart as one SVG element for a page, without its title; the text in it is of 12 and 13 px
    where the chart is shown in the room that it is drawn for. `prefix` goes before every id, so
    that several charts can stand in one page. A chart that cannot do with the room is broader, and
    has the class `c-wide`: it is to be scrolled, not to be made smaller."""
    sheet = _drawn(chart, prefix, room)
    marks = tuple(_stacked(sheet))
    classes = ("c-chart", *names, *(("c-wide",) if sheet.width > room else ()))
    opening = _opening(chart, prefix, sheet, classes, has_links="<a " in "".join(marks))
    lines = (*opening, *_hatches(prefix, marks), *marks, "</svg>")
    return "".join(f"{line}\n" for line in lines)


def _drawn(chart: Chart, prefix: str, room: float) -> Sheet:
    match chart:
        case Bars():
            return draw_bars(chart, prefix, room)
        case Heat():
            return draw_heat(chart, prefix, room)
        case Gauges():
            return draw_gauges(chart, prefix, room)
        case _:
            return draw_timeline(chart, prefix, room)


def _stacked(sheet: Sheet) -> Iterator[str]:
    """The blocks, each as far down as those before it are high."""
    y = 0.0
    for block in sheet.blocks:
        if block.marks:
            yield opened("g", {"transform": f"translate(0 {number(y)})"})
            yield from block.marks
            yield "</g>"
        y += block.height


def _opening(
    chart: Chart, prefix: str, sheet: Sheet, classes: tuple[str, ...], *, has_links: bool
) -> Iterator[str]:
    """The element, named and described. A picture is one thing to a screen reader, and links in it
    would be lost: with links it is a group."""
    wide, high = number(sheet.width), number(sum(block.height for block in sheet.blocks) + 4)
    given = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": " ".join(classes),
        "width": wide,
        "height": high,
        "viewBox": f"0 0 {wide} {high}",
        "role": "group" if has_links else "img",
        "aria-labelledby": f"{prefix}title",
        "aria-describedby": f"{prefix}description",
        "font-family": _FONTS,
    }
    yield opened("svg", given)
    yield f"<title id={quoteattr(prefix + 'title')}>{escape(plain(chart.title))}</title>"
    yield f"<desc id={quoteattr(prefix + 'description')}>{escape(plain(chart.told))}</desc>"


def _hatches(prefix: str, marks: tuple[str, ...]) -> Iterator[str]:
    """The hatches that are used."""
    for which, lines in HATCHES.items():
        name = f"{prefix}hatch-{which}"
        if any(f"url(#{name})" in mark for mark in marks):
            square = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
            strokes = {"d": lines, "fill": "none", "stroke-width": "1.5"} | painted("c-hatch")
            yield f"{opened('pattern', {'id': name} | square)}{closed('path', strokes)}</pattern>"
