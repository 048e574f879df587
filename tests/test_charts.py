"""Charts: what is drawn, what stands in the table behind, and what the figures of a site count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from _declared import Data, dossier_of, evaluations
from _drawings import advances
from conftest import Workspace
from scc_eval import Dossier, load
from scc_eval.charts import (
    PAINTS,
    PAPERS,
    STYLE,
    Bar,
    Bars,
    Cell,
    Chart,
    Gauge,
    Gauges,
    Head,
    Heat,
    Measure,
    Need,
    Row,
    Span,
    Table,
    Timeline,
    as_figure,
    as_svg,
    as_table,
)
from scc_eval.charts.heat import shade
from scc_eval.charts.lettering import LABEL, STRONG, fitted, longest_word, width
from scc_eval.charts.svg import BROAD, NARROW
from scc_eval.diagrams.png import FONTS
from scc_eval.lettering import Face, plain
from scc_eval.site.dates import Calendar, Date, read, spread
from scc_eval.site.figures import coverage, draw, interviews, timeline
from scc_eval.site.standing import triangulation

_SVG = "{http://www.w3.org/2000/svg}"
_SHIPPED = Path(__file__).parents[1] / "evidence"
_EXAMPLES = ("loos-en-gohelle", "loos-repaired", "quit-together")
_ELEMENTS = {
    *("svg", "title", "desc", "pattern", "g", "a", "rect", "line", "path", "text"),
}

BARS = Bars(
    "Heard",
    "Who was heard.",
    (
        Bar("Farmers", (6, 0), "#f", "inside", "Country", "2"),
        Bar("Foresters", (1, 2), under="Country"),
        Bar("Town", (0, 3), under="Town", beside="1"),
    ),
    ("asked", "met"),
    "Category",
    "Interviews",
    "Interest",
    "Cited",
)
HEAT = Heat(
    "Covered",
    "What is covered.",
    (Head("N", "North", "#n"), Head("S")),
    (
        Row("1 Change", (Cell(0, "0/0"), Cell(10, "10/4", "#s1", "S_1")), "#b1", "told", "B. It"),
        Row("2 Signs", (Cell(2, "2/2"), Cell(1, "1/1")), under="B. It"),
    ),
    "Section",
    "items / roots",
    "nothing",
    "Packet",
)
GAUGES = Gauges(
    "Behind",
    "What stands behind.",
    (Need("Roots", 2), Need("Groups", 2), Need("Cases", 2), Need("or methods", 2)),
    (
        Gauge(
            "C1 It helps",
            (Measure(3), Measure(1, unknown=2), Measure(1, is_spared=True), Measure(2)),
            "corroborated",
            "#C1",
            under="B. It",
        ),
    ),
    "Claim",
    "Level",
    "reached",
    "short",
    "spared",
    "not known",
    "Packet",
)
TIMELINE = Timeline(
    "When",
    "When it was heard.",
    (
        Span("2023-12", (4, 0), "12", "2023"),
        Span("2024-01", (0, 0), "1", "2024"),
        Span("2024-02", (2, 6), "2", "2024"),
    ),
    ("people", "papers"),
    "Month",
    "Items",
    Span("No date", (1, 0)),
)
CHARTS: tuple[Chart, ...] = (BARS, HEAT, GAUGES, TIMELINE)
each_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)


def drawn(chart: Chart, prefix: str = "", room: float = BROAD) -> ElementTree.Element:
    return ElementTree.fromstring(as_svg(chart, prefix, room))


def texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{_SVG}text")]


def sizes(root: ElementTree.Element, name: str, size: str) -> list[float]:
    """One size of each rectangle of a class, in the order of the drawing."""
    found = (each for each in root.iter(f"{_SVG}rect") if each.get("class") == name)
    return [float(each.get(size, "")) for each in found]


def links(root: ElementTree.Element) -> dict[str, str]:
    """What is said of each link, by where it leads."""
    found = root.iter(f"{_SVG}a")
    return {each.get("href", ""): each.findtext(f"{_SVG}title", "") for each in found}


# The records, small and exact.


def test_bars_are_a_table_of_parts_and_their_sum() -> None:
    assert as_table(BARS) == Table(
        ("Category", "Interest", "asked", "met", "Interviews", "Cited"),
        (
            ("Farmers", "Country", "6", "0", "6", "2"),
            ("Foresters", "Country", "1", "2", "3", ""),
            ("Town", "Town", "0", "3", "3", "1"),
        ),
    )


def test_bars_of_one_part_are_a_table_of_their_numbers() -> None:
    bars = Bars("T", "t", (Bar("x", (5,)),), ("all",), "Thing", "Count")
    assert as_table(bars) == Table(("Thing", "Count"), (("x", "5"),))
    assert texts(drawn(bars)) == ["Count", "x", "5"]


def test_a_grid_is_a_table_that_names_its_holes() -> None:
    assert as_table(HEAT) == Table(
        ("Section", "Packet", "North", "S"),
        (("1 Change", "B. It", "nothing", "10/4"), ("2 Signs", "B. It", "2/2", "1/1")),
    )


def test_gauges_are_a_table_that_says_what_is_reached() -> None:
    assert as_table(GAUGES) == Table(
        (
            *("Claim", "Packet", "Roots (≥ 2)", "Groups (≥ 2)", "Cases (≥ 2)"),
            *("or methods (≥ 2)", "Level"),
        ),
        (
            (
                *("C1 It helps", "B. It", "3 (reached)", "1 +2? (short)", "1 (spared)"),
                *("2 (reached)", "corroborated"),
            ),
        ),
    )


def test_a_timeline_is_a_table_that_ends_with_what_has_no_date() -> None:
    assert as_table(TIMELINE) == Table(
        ("Month", "people", "papers", "Items"),
        (
            ("2023-12", "4", "0", "4"),
            ("2024-01", "0", "0", "0"),
            ("2024-02", "2", "6", "8"),
            ("No date", "1", "0", "1"),
        ),
    )
    dated = TIMELINE._replace(undated=None, kinds=("all",), spans=(Span("2024", (3,), "2024"),))
    assert as_table(dated) == Table(("Month", "Items"), (("2024", "3"),))


# The drawings, small and exact.


def test_a_bar_has_its_number_at_its_end_and_the_parts_of_it_if_there_are_several() -> None:
    assert texts(drawn(BARS)) == [
        *("asked", "met", "Interviews", "Cited"),
        *("Country", "9", "Farmers", "6", "2", "Foresters", "3 (1 + 2)"),
        *("Town", "3", "1"),
    ]


def test_the_length_of_a_bar_is_its_number() -> None:
    root = drawn(BARS)
    _, farmers, foresters = sizes(root, "c-bar-1", "width")
    _, other_foresters, town = sizes(root, "c-bar-2", "width")
    assert farmers == pytest.approx(6 * foresters, abs=0.05)
    assert other_foresters == pytest.approx(2 * foresters, abs=0.05)
    assert town == pytest.approx(farmers / 2, abs=0.01)


def test_a_part_that_is_not_the_first_is_hatched_too() -> None:
    root = drawn(BARS, "p-")
    hatch = root.find(f"{_SVG}pattern")
    assert hatch is not None
    assert hatch.get("id") == "p-hatch-2"
    fills = [each.get("fill") for each in root.iter(f"{_SVG}rect")]
    assert fills.count("url(#p-hatch-2)") == 3  # in the key, of Foresters and of Town


def test_a_bar_alone_that_is_called_as_its_heading_stands_in_its_place() -> None:
    assert texts(drawn(BARS)).count("Town") == 1
    renamed = BARS._replace(rows=(*BARS.rows[:2], BARS.rows[2]._replace(under="Towns")))
    assert texts(drawn(renamed))[-5:] == ["Towns", "3", "Town", "3", "1"]


def test_a_hole_is_framed_by_dashes_and_has_a_sign() -> None:
    root = drawn(HEAT)
    (hole,) = (each for each in root.iter(f"{_SVG}rect") if each.get("class") == "c-heat-0 c-hole")
    assert hole.get("stroke-dasharray") == "4 3"
    signs = [each for each in root.iter(f"{_SVG}path") if each.get("class") == "c-hole"]
    assert len(signs) == 2  # in the key and in the cell
    assert "0/0" not in texts(root)


def test_the_key_of_a_grid_gives_the_numbers_of_each_shade() -> None:
    assert texts(drawn(HEAT))[:7] == [
        "items / roots",
        "1–2",
        "3–4",
        "5–6",
        "7–8",
        "9–10",
        "nothing",
    ]
    few = HEAT._replace(rows=(Row("r", (Cell(1, "1/1"), Cell(3, "3/1"))),))
    assert texts(drawn(few))[:4] == ["items / roots", "1", "2", "3"]


@pytest.mark.parametrize("most", [1, 2, 4, 5, 7, 23, 10**30])
def test_the_shades_of_the_key_are_those_of_the_cells(most: int) -> None:
    assert shade(0, most) == shade(-1, most) == 0
    assert shade(most, most) == 5
    shades = [shade(value, most) for value in range(1, min(most, 50) + 1)]
    assert shades == sorted(shades)
    assert shades[0] >= 1


def test_parts_of_a_chart_lead_where_their_addresses_say() -> None:
    assert links(drawn(BARS)) == {"#f": "Farmers · 6 · 2 · inside"}
    assert links(drawn(HEAT)) == {"#n": "North", "#b1": "1 Change · told", "#s1": "10/4 · S_1"}
    assert links(drawn(GAUGES)) == {"#C1": "C1 It helps · corroborated"}


def test_gauges_have_a_sign_a_number_and_a_stroke_at_what_is_needed() -> None:
    root = drawn(GAUGES)
    assert texts(root)[-6:] == ["C1 It helps", "corroborated", "3", "1 +2?", "1", "2"]
    signs = [each.get("class") for each in root.iter(f"{_SVG}path")]
    assert signs == ["c-good", "c-bad", "c-spared", "c-good", "c-bad", "c-spared", "c-good"]
    whole = sizes(root, "c-track", "width")
    assert sizes(root, "c-bar-1", "width") == pytest.approx(
        [whole[0], whole[1] / 2, whole[2] / 2, whole[3]], abs=0.01
    )
    lines = [each for each in root.iter(f"{_SVG}line") if each.get("class") == "c-need"]
    begins = sizes(root, "c-track", "x")
    strokes = [float(each.get("x1", "")) for each in lines]
    assert strokes[0] == pytest.approx(begins[0] + whole[0] * 2 / 3, abs=0.01)
    assert strokes[1] == pytest.approx(begins[1] + whole[1], abs=0.01)


def test_a_timeline_has_a_number_on_each_column_and_time_below() -> None:
    assert texts(drawn(TIMELINE)) == [
        *("people", "papers", "Items", "4", "8", "12", "1", "2", "2023", "2024", "1", "No date"),
    ]


def test_the_height_of_a_column_is_its_number() -> None:
    root = drawn(TIMELINE)
    _, first, last, undated = sizes(root, "c-bar-1", "height")
    _, papers = sizes(root, "c-bar-2", "height")
    assert [first, last, undated, papers] == [60.0, 30.0, 15.0, 90.0]


def test_marks_are_left_out_where_there_is_no_room() -> None:
    spans = tuple(Span(str(year), (1,), str(year)) for year in range(1990, 2014))
    chart = TIMELINE._replace(spans=spans, kinds=("all",), undated=None)
    broad, narrow = (
        [text for text in texts(drawn(chart, room=room)) if len(text) == 4]
        for room in (BROAD, NARROW)
    )
    assert broad == [str(year) for year in range(1990, 2014, 2)]
    assert narrow == [str(year) for year in range(1990, 2014, 3)]


def test_a_mark_that_would_run_into_what_has_no_date_is_left_out() -> None:
    spans = tuple(Span(str(at), (1,), f"{at:06}") for at in range(25))
    chart = Timeline("t", "t", spans, ("all",), "Year", "Items", Span("No date", (1,)))
    marks = [text for text in texts(drawn(chart, room=NARROW)) if len(text) == 6]
    assert marks == ["000000", "000006", "000012", "000018"]
    few = [text for text in texts(drawn(chart._replace(spans=spans[18:]))) if len(text) == 6]
    assert few == ["000018", "000020", "000022", "000024"]


def test_a_chart_without_rows_is_still_a_picture() -> None:
    bars = BARS._replace(rows=())
    heat = HEAT._replace(rows=(), columns=())
    gauges = GAUGES._replace(rows=(), needs=())
    line = TIMELINE._replace(spans=(), undated=None)
    for chart in (bars, heat, gauges, line, TIMELINE._replace(spans=())):
        assert drawn(chart).get("role") == "img"
        assert as_table(chart).rows == as_table(chart).rows[-1:]


# What pages ask of a drawing.


@each_chart
def test_a_drawing_has_a_name_and_a_description_under_ids_of_its_own(chart: Chart) -> None:
    root = ElementTree.fromstring(f"<both>{as_figure(chart, 'x-')}</both>")
    broad, narrow = root
    for svg, prefix in ((broad, "x-b-"), (narrow, "x-n-")):
        assert svg.get("aria-labelledby") == f"{prefix}title"
        assert svg.get("aria-describedby") == f"{prefix}description"
        assert svg.find(f"{_SVG}title[@id='{prefix}title']") is not None
        described = svg.find(f"{_SVG}desc[@id='{prefix}description']")
        assert described is not None
        assert described.text == chart.told
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(names) == len(set(names))
    assert (broad.get("class"), narrow.get("class")) == ("c-chart c-broad", "c-chart c-narrow")
    assert (broad.get("width"), narrow.get("width")) == ("640", "320")


def test_only_a_drawing_without_links_is_a_single_picture() -> None:
    assert [drawn(chart).get("role") for chart in CHARTS] == ["group", "group", "group", "img"]


def test_a_grid_of_many_columns_is_broader_than_its_room() -> None:
    columns = tuple(Head(f"Case {at}") for at in range(40))
    row = Row("1 Change", tuple(Cell(at, f"{at}/{at}") for at in range(40)))
    heat = HEAT._replace(columns=columns, rows=(row,))
    svg = drawn(heat)
    assert svg.get("class") == "c-chart c-wide"
    assert svg.get("viewBox", "").split()[2] == svg.get("width")
    assert float(svg.get("width", "")) > 1400
    assert drawn(HEAT).get("class") == "c-chart"


@each_chart
def test_every_class_has_a_paint_and_every_paint_its_attribute(chart: Chart) -> None:
    svg = drawn(chart)
    seen = 0
    for each in svg.iter():
        for name in (each.get("class") or "").split() if each is not svg else ():
            if name == "c-bold":
                continue
            assert each.get(PAINTS[name].paints) == PAINTS[name].light
            seen += 1
    assert seen > 10


def test_the_style_has_every_dark_paint_and_only_for_screens() -> None:
    _, dark = STYLE.split("@media screen and (prefers-color-scheme: dark)")
    for name, paint in PAINTS.items():
        assert f".c-chart .{name} {{ {paint.paints}: {paint.dark}; }}" in dark
    assert STYLE.count("{") == STYLE.count("}")


# Colours.


def luminance(colour: str) -> float:
    """How bright a colour is, after WCAG."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand out from each other, after WCAG."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_stand_out(mode: int) -> None:
    paper = PAPERS[mode]
    colours = {name: (paint.light, paint.dark)[mode] for name, paint in PAINTS.items()}
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    for text in ("c-ink", "c-quiet", "c-link"):
        assert contrast(colours[text], paper) >= 4.5
    for depth in range(6):
        assert contrast(colours["c-ink"], colours[f"c-heat-{depth}"]) >= 4.5
    shades = [luminance(colours[f"c-heat-{depth}"]) for depth in range(6)]
    assert shades == sorted(shades, reverse=mode == 0)
    assert min(contrast(colours[f"c-heat-{d}"], colours[f"c-heat-{d + 1}"]) for d in range(5)) > 1.1
    meant = [f"c-bar-{part}" for part in range(1, 6)]
    meant += ["c-hole", "c-rule", "c-need", "c-good", "c-bad", "c-spared"]
    for name in meant:
        assert contrast(colours[name], paper) >= 3, name
    assert colours["c-hatch"] == paper
    assert contrast(colours["c-need"], colours["c-track"]) >= 3
    assert contrast(colours["c-bar-1"], colours["c-track"]) >= 3


# Lettering.


@pytest.mark.parametrize("face", [LABEL, STRONG], ids=["regular", "bold"])
def test_no_letter_is_wider_than_it_is_taken_for(face: Face) -> None:
    name = "DejaVuSans-Bold.ttf" if face.is_bold else "DejaVuSans.ttf"
    wide = advances((FONTS / name).read_bytes())
    known = {chr(c): w for c, w in wide.items() if c < 0x530 or 0x2010 <= c < 0x2070}
    shown = {c: w for c, w in known.items() if unicodedata.category(c) not in ("Mn", "Cc", "Cf")}
    assert len(shown) > 800
    assert not {c: w for c, w in shown.items() if width(c, face) < w * face.size * 0.999}


def test_lines_are_filled_broken_and_cut() -> None:
    assert fitted("one two three", LABEL, 60, 3) == ("one two", "three")
    assert fitted("one two three four five six", LABEL, 60, 2) == ("one two", "three…")
    assert fitted("", LABEL, 60, 2) == fitted(" \n ", LABEL, 60, 2) == ()
    assert fitted("Fin : « oui »", LABEL, 60, 3) == (
        "Fin\N{NO-BREAK SPACE}:",
        "«\N{NO-BREAK SPACE}oui\N{NO-BREAK SPACE}»",
    )
    assert longest_word("a bbb cc", LABEL) == width("bbb", LABEL)
    assert plain("a\n\tb\x00") == "a b\N{REPLACEMENT CHARACTER}"


def test_no_character_is_broken() -> None:
    word = "é" * 3 + "👩‍🌾" + "e\u0301" * 40
    lines = fitted(word, LABEL, 60, 99)
    assert "".join(lines) == word
    assert len(lines) > 3
    assert not any(line.startswith(("\u0301", "\u200d", "🌾")) for line in lines)
    assert fitted("👩👩", LABEL, 1, 99) == ("👩", "👩")
    assert fitted("👩👩", LABEL, 1, 1) == ("…",)


# Laws.

_HOSTILE = (
    *("<script>alert(1)</script>", "\"&amp;'", "]]>", "%s {x} {{y}}", "a" * 200, "WWWW " * 40),
    *(
        "النساء يشاركن في القرارات",
        "村民参与决策" * 9,
        "👩‍🌾🏳️‍🌈" * 12,
        "e\u0301te\u0301",
        "\x00\x08\uffff",
        "\ud800",
    ),
    *(
        "",
        " ",
        "one\ntwo\r\n\tthree",
        "« oui » ; non : 100 %",
        "\u202eabc",
        "url(#x)",
        "<a href='x'>",
    ),
)
_texts = st.sampled_from(_HOSTILE) | st.text(max_size=40)
_labels = st.sampled_from(("Farmers", "Autres acteurs publics : ADEME", "x")) | _texts
_numbers = st.integers(0, 400) | st.sampled_from((0, 1, 10**9))
_addresses = st.sampled_from(("", "#a", "p.html#b&c\"'<"))
_unders = st.sampled_from(("", "A", "B. « Un » autre paquet", "<b>"))


def _bars(parts: int) -> st.SearchStrategy[Bar]:
    values = st.tuples(*[_numbers] * parts)
    return st.builds(Bar, _labels, values, _addresses, _texts, _unders, st.sampled_from(("", "12")))


def _rows(columns: int) -> st.SearchStrategy[Row]:
    def cell(value: int, address: str, told: str) -> Cell:
        return Cell(value, f"{value}/{value // 2}", address, told)

    cells = st.tuples(*[st.builds(cell, _numbers, _addresses, _texts)] * columns)
    return st.builds(Row, _labels, cells, _addresses, _texts, _unders)


def _gauges(needs: int) -> st.SearchStrategy[Gauge]:
    measures = st.builds(Measure, _numbers, st.booleans(), st.integers(0, 30), _texts)
    every = st.tuples(*[measures] * needs)
    return st.builds(Gauge, _labels, every, _labels, _addresses, _texts, _unders)


def _spans(kinds: int) -> st.SearchStrategy[Span]:
    values = st.tuples(*[_numbers] * kinds)
    return st.builds(Span, _labels, values, _labels, _unders, _texts)


@st.composite
def _charts(draw_one: st.DrawFn) -> Chart:
    count = draw_one(st.integers(1, 6))
    kind = draw_one(st.sampled_from(("bars", "heat", "gauges", "timeline")))
    name, told, word = draw_one(_texts), draw_one(_texts), draw_one(_labels)
    names = tuple(draw_one(_labels) for _ in range(count))
    if kind == "bars":
        rows = draw_one(st.lists(_bars(count), max_size=6))
        return Bars(name, told, tuple(rows), names, word, word, "Under", draw_one(_labels))
    if kind == "heat":
        heads = tuple(Head(each, word, draw_one(_addresses)) for each in names)
        lines = draw_one(st.lists(_rows(count), max_size=6))
        return Heat(name, told, heads, tuple(lines), word, word, word, word)
    if kind == "gauges":
        needs = tuple(Need(each, draw_one(_numbers)) for each in names)
        gauges = draw_one(st.lists(_gauges(count), max_size=6))
        return Gauges(name, told, needs, tuple(gauges), *[word] * 7)
    spans = draw_one(st.lists(_spans(count), max_size=30))
    undated = draw_one(st.none() | _spans(count))
    return Timeline(name, told, tuple(spans), names, word, word, undated)


charts = _charts()


class Area(NamedTuple):
    """The room that a line of text takes at most."""

    left: float
    top: float
    right: float
    bottom: float


def areas(root: ElementTree.Element, tag: str) -> Iterator[Area]:
    """The room of each line of text or each shape of a drawing, where the whole drawing is."""
    for block in root.findall(f"{_SVG}g"):
        found = re.fullmatch(r"translate\(0 ([\d.]+)\)", block.get("transform", ""))
        assert found is not None
        for each in block.iter(f"{_SVG}{tag}"):
            x, y = float(each.get("x", "")), float(each.get("y", "")) + float(found[1])
            if tag == "text":
                yield text_area(each, x, y)
            elif each.get("class"):
                yield Area(
                    x, y, x + float(each.get("width", "")), y + float(each.get("height", ""))
                )


def text_area(text: ElementTree.Element, x: float, y: float) -> Area:
    """The room of a line of text from its anchor, by its measure."""
    size = int(text.get("font-size", ""))
    wide = width(text.text or "", Face(size, text.get("font-weight") == "bold", 0))
    anchor = text.get("text-anchor", "start")
    if text.get("direction") == "rtl":
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    return Area(left, y - size * 0.75, left + wide, y + size * 0.2)


def is_apart(one: Area, other: Area) -> bool:
    """Whether two areas share no more than an edge."""
    if one.right <= other.left + 0.5 or other.right <= one.left + 0.5:
        return True
    return one.bottom <= other.top + 0.5 or other.bottom <= one.top + 0.5


def holds(outer: Area, inner: Area) -> bool:
    """Whether one area lies in another."""
    is_across = outer.left - 0.5 <= inner.left and inner.right <= outer.right + 0.5
    return is_across and outer.top <= inner.top and inner.bottom <= outer.bottom


@given(charts, st.sampled_from((BROAD, NARROW)))
@settings(max_examples=150, deadline=None)
def test_a_drawing_is_well_formed_whatever_its_texts(chart: Chart, room: float) -> None:
    svg = as_svg(chart, "p-", room)
    root = ElementTree.fromstring(svg)
    assert {each.tag.removeprefix(_SVG) for each in root.iter()} <= _ELEMENTS
    assert not any(name in each.attrib for each in root.iter() for name in ("style", "onload"))
    assert svg == as_svg(chart, "p-", room)
    titled = [each.get("id") for each in root.iter() if each.get("id")]
    assert titled[:2] == ["p-title", "p-description"]
    assert all(name and name.startswith("p-") for name in titled)


@given(charts, st.sampled_from((BROAD, NARROW)))
@settings(max_examples=150, deadline=None)
def test_no_text_leaves_the_drawing_or_runs_into_another(chart: Chart, room: float) -> None:
    root = drawn(chart, room=room)
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    assert wide >= room
    found = [each for each in areas(root, "text") if each.left < each.right]
    for each in found:
        assert holds(Area(0, 0, wide, high), each)
    for one, other in combinations(found, 2):
        assert is_apart(one, other)
    for shape in areas(root, "rect"):
        assert all(is_apart(shape, each) or holds(shape, each) for each in found)


def figures(chart: Chart) -> list[list[int]]:
    """The numbers of each row of a chart, as its table must have them."""
    match chart:
        case Bars():
            return [list(summed(bar.values)) for bar in chart.rows]
        case Heat():
            return [[cell.value for cell in row.cells] for row in chart.rows]
        case Gauges():
            return [[measure.value for measure in row.measures] for row in chart.rows]
        case _:
            spans = (*chart.spans, *((chart.undated,) if chart.undated else ()))
            return [list(summed(span.values)) for span in spans]


def summed(values: tuple[int, ...]) -> tuple[int, ...]:
    """Several numbers and their sum, or the one that there is."""
    return (*values, sum(values)) if len(values) > 1 else values


@given(charts)
@settings(max_examples=100, deadline=None)
def test_the_numbers_of_the_table_are_those_of_the_chart(chart: Chart) -> None:
    table = as_table(chart)
    assert all(len(row) == len(table.heads) for row in table.rows)
    expected = figures(chart)
    assert len(table.rows) == len(expected)
    first = 1 if isinstance(chart, Timeline) or not chart.under else 2
    for row, numbers in zip(table.rows, expected, strict=True):
        for text, number in zip(row[first:], numbers, strict=False):
            match chart:
                case Heat():
                    assert text == (f"{number}/{number // 2}" if number else chart.hole)
                case Gauges():
                    assert text.split(" ")[0] == str(number)
                case _:
                    assert text == str(number)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.sampled_from((BROAD, NARROW)))
@settings(deadline=None)
def test_bars_are_as_long_as_their_numbers(values: list[int], room: float) -> None:
    rows = tuple(Bar(str(at), (value,)) for at, value in enumerate(values))
    lengths = sizes(drawn(Bars("t", "t", rows, ("n",), "x", "n"), room=room), "c-bar-1", "width")
    drawn_values = [value for value in values if value]
    assert len(lengths) == len(drawn_values)
    for value, length in zip(drawn_values, lengths, strict=True):
        assert length == pytest.approx(max(lengths) * value / max(values), abs=0.02)


# The figures of a site.

THEORY = """\
id: t
title: T
packets:
  - {letter: A, title: Done, role: intervention}
  - {letter: B, number: 1, title: Changed, boxes: [{id: B.1, label: Seen}]}
"""
REGISTER = """\
categories:
  - {id: farm, label: Farmers, interest: Country, side: target, interviews: 4}
  - {id: town, label: Mayors, interest: Town, side: implementer, interviews: 6}
  - {id: wood, label: Foresters, interest: Country, side: target}
sources:
  - {id: F1, category: farm, date: 2015-03, method: interview}
  - {id: F2, category: farm, date: 2015-05-17, method: interview}
  - {id: T1, category: town, method: interview, date: spring}
  - {id: P1, type: document, derived_from: T1, date: 2015-04}
  - {id: U1, type: observation, method: visit, date: 2015-02}
cases:
  - {code: N, label: North}
  - {code: S, label: South}
"""
EVIDENCE = """\
evidence:
  - {code: N_PC1_1-01, text: x, sources: [T1, F1], bears_on: C1}
  - {code: N_PC1_1-02, text: x, sources: F2, bears_on: C1}
  - {code: N_PC1_2-01, text: x, sources: P1}
  - {code: S_PC1_1-01, text: x, sources: U1, bears_on: C1}
  - {code: S_PC1_3-01, text: x, sources: F1, date: 2015-05}
  - {code: S_PC1_3-02, text: x, sources: T1}
  - {code: PC1_3, text: x, sources: T1, set_aside: no code}
  - {code: S_PC1_3-03, text: x, sources: [T1, F2], set_aside: doubtful}
"""
CLAIMS = """\
claims:
  - {id: C1, packet: B, text: The fair helps., status: partly_confirmed}
  - {id: C2, packet: B, text: Nothing else does., status: refuted, evidence: N_PC1_2-01}
  - {id: C3, packet: Z, text: Elsewhere.}
"""


def figured(workspace: Workspace, register: str = REGISTER, **files: str) -> Dossier:
    """A small evaluation; `files` are those of its folder, by name."""
    written = {"evidence": EVIDENCE, "claims": CLAIMS} | files
    root = workspace(
        {
            "theories/t.yaml": THEORY,
            "evidence/e/evaluation.yaml": "title: E\ntheory: t\n",
            "evidence/e/register.yaml": register,
            **{f"evidence/e/{name}.yaml": text for name, text in written.items()},
        }
    )
    (project,) = load(root)
    return Dossier(project)


def address(anchor: str) -> str:
    return f"#{anchor}"


def shipped(name: str) -> Dossier:
    (project,) = load(_SHIPPED / name)
    return Dossier(project)


def declared(name: str, section: str) -> list[dict[str, Any]]:
    """What the files of an evaluation have in a section, read by nothing of ours."""
    found: list[dict[str, Any]] = []
    for path in sorted((_SHIPPED / name).rglob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {}
        found += content.get(section, []) if isinstance(content, dict) else []
    return found


def test_interviews_are_told_by_interest_group_and_side(workspace: Workspace) -> None:
    chart = interviews(figured(workspace), "en", address)
    assert chart is not None
    assert as_table(chart) == Table(
        (
            *("Category", "Interest group", "those who run the programme"),
            *("those it is meant for", "Interviews held", "Sources cited"),
        ),
        (
            ("Farmers", "Country", "0", "4", "4", "2"),
            ("Foresters", "Country", "0", "0", "0", "0"),
            ("Mayors", "Town", "6", "0", "6", "1"),
        ),
    )
    assert (
        chart.told == "Interviews held: 10. Heard most: Mayors (6). No interview with: Foresters."
    )


def test_no_interview_is_no_chart(workspace: Workspace) -> None:
    none = REGISTER.replace(", interviews: 4", "").replace(", interviews: 6", "")
    assert interviews(figured(workspace, none), "en", address) is None
    assert interviews(figured(workspace, "cases: []\n"), "en", address) is None


def test_coverage_leads_to_what_is_there_and_marks_what_is_not(workspace: Workspace) -> None:
    chart = coverage(figured(workspace), "en", address)
    assert chart is not None
    assert as_table(chart) == Table(
        ("Section", "Packet", "North", "South"),
        (
            ("1 Observed change", "B. Changed", "2/3", "1/1"),
            ("2 Signs of contribution", "B. Changed", "1/1", "no evidence"),
            ("3 Other explanations", "B. Changed", "no evidence", "2/2"),
        ),
    )
    assert links(drawn(chart)) == {
        "#case-N": "North",
        "#case-S": "South",
        "#section-B-1": "1 Observed change",
        "#section-B-2": "2 Signs of contribution",
        "#section-B-3": "3 Other explanations",
        "#N_PC1_1": "2/3 · N_PC1_1: 2 evidence items, 3 root sources",
        "#S_PC1_1": "1/1 · S_PC1_1: 1 evidence item, 1 root source",
        "#N_PC1_2": "1/1 · N_PC1_2: 1 evidence item, 1 root source",
        "#S_PC1_3": "2/2 · S_PC1_3: 2 evidence items, 2 root sources",
    }
    assert chart.told == (
        "Empty cells: 2 of 6 (S_PC1_2, N_PC1_3). The others hold from 1 to 2 evidence items each."
    )


def test_a_cell_leads_to_the_code_that_its_evidence_goes_by(workspace: Workspace) -> None:
    evidence = "evidence: [{code: N_PCB_1-01, text: x}, {code: N_PC1_1-02, text: x}]\n"
    chart = coverage(figured(workspace, evidence=evidence), "en", address)
    assert chart is not None
    assert chart.rows[0].cells[0] == Cell(
        2, "2/0", "#N_PCB_1", "N_PCB_1: 2 evidence items, 0 root sources"
    )


def test_a_cell_whose_evidence_is_set_aside_is_a_hole(workspace: Workspace) -> None:
    evidence = "evidence: [{code: N_PC1_1-01, text: x, set_aside: doubtful}]\n"
    chart = coverage(figured(workspace, evidence=evidence), "en", address)
    assert chart is not None
    assert chart.rows[0].cells[0] == Cell(0, "0/0", "", "N_PC1_1: no evidence")


def test_coverage_of_nothing_is_all_holes_and_without_cases_no_chart(workspace: Workspace) -> None:
    empty = coverage(figured(workspace, evidence="evidence: []\n"), "fr", address)
    assert empty is not None
    assert empty.told.startswith("Cellules vides\N{NO-BREAK SPACE}: toutes, soit 6.")
    assert [row[2:] for row in as_table(empty).rows] == [("aucun élément", "aucun élément")] * 3
    assert coverage(figured(workspace, "sources: []\n"), "en", address) is None


def test_claims_are_held_against_the_thresholds_of_the_evaluation(workspace: Workspace) -> None:
    chart = triangulation(figured(workspace), "en", address)
    assert chart is not None
    assert as_table(chart) == Table(
        (
            *("Claim", "Packet", "Root sources (≥ 2)", "Interest groups (≥ 2)", "Cases (≥ 2)"),
            *("or methods (≥ 2)", "Level"),
        ),
        (
            (
                *("C1 The fair helps.", "B. Changed", "4 (reached)", "2 +1? (reached)"),
                *("2 (reached)", "2 (reached)", "triangulated"),
            ),
            (
                *("C2 (refuted) Nothing else does.", "B. Changed", "1 (short)", "1 (short)"),
                *("0 (short)", "0 (short)", "single"),
            ),
            (
                *("C3 (not given) Elsewhere.", "Z", "0 (short)", "0 (short)"),
                *("0 (short)", "0 (short)", "bare"),
            ),
        ),
    )
    assert links(drawn(chart)).keys() == {"#C1", "#C2", "#C3"}
    assert [measure.told for measure in chart.rows[0].measures] == [
        *("F1, F2, T1, U1", "Country, Town", "N, S", "interview, visit"),
    ]
    assert chart.told == (
        "3 contribution claims: 1 triangulated, 1 single, 1 bare. Of some root sources the "
        "interest group is not known: U1. A claim whose status stands in brackets is not upheld: "
        "it need not reach anything."
    )


def test_the_order_of_claims_is_that_of_packets(workspace: Workspace) -> None:
    claims = """\
claims:
  - {id: C3, packet: Z, text: c, status: confirmed_until_further_notice}
  - {id: C2, packet: "1", text: b, status: partly_confirmed}
  - {id: C1, packet: B, text: a, status: partly_confirmed}
"""
    chart = triangulation(figured(workspace, claims=claims), "en", address)
    assert chart is not None
    assert [row.label for row in chart.rows] == ["C2 b", "C1 a", "C3 c"]
    assert [row.under for row in chart.rows] == ["B. Changed", "B. Changed", "Z"]
    assert chart.told.startswith("3 contribution claims: 1 triangulated, 2 bare. ")
    assert "brackets" not in chart.told
    assert triangulation(figured(workspace, claims="claims: []\n"), "en", address) is None


def test_items_are_told_by_their_own_date_or_that_of_a_source(workspace: Workspace) -> None:
    chart = timeline(figured(workspace), "en", address)
    assert chart is not None
    assert as_table(chart) == Table(
        ("Month", "informants", "documents", "observations", "Evidence items"),
        (
            ("2015-02", "0", "0", "1", "1"),
            ("2015-03", "1", "0", "0", "1"),
            ("2015-04", "0", "1", "0", "1"),
            ("2015-05", "2", "0", "0", "2"),
            ("No date", "1", "0", "0", "1"),
        ),
    )
    assert chart.told.startswith(
        "Evidence items with a date: 5, by month, 2015-02–2015-05; without: 1."
    )
    assert [(span.mark, span.under) for span in chart.spans][::3] == [("2", "2015"), ("5", "2015")]


def test_an_own_date_that_cannot_be_read_is_none(workspace: Workspace) -> None:
    evidence = """\
evidence:
  - {code: N_PC1_1-01, text: x, sources: F1, date: in spring}
  - {code: N_PC1_1-02, text: x, sources: nobody, date: 2014}
"""
    chart = timeline(figured(workspace, evidence=evidence), "en", address)
    assert chart is not None
    assert as_table(chart).rows == (("2014", "0", "1", "1"), ("No date", "1", "0", "1"))
    assert as_table(chart).heads == ("Year", "informants", "source unknown", "Evidence items")
    undated = evidence.replace("2014", "once")
    assert timeline(figured(workspace, evidence=undated), "en", address) is None


def test_years_that_go_far_back_stand_together(workspace: Workspace) -> None:
    dates = ("1789", "1994", "1996", "2014-05")
    items = [
        f"  - {{code: N_PC1_1-{at}, text: x, sources: F1, date: '{date}'}}\n"
        for at, date in enumerate(dates)
    ]
    chart = timeline(figured(workspace, evidence="evidence:\n" + "".join(items)), "fr", address)
    assert chart is not None
    rows = as_table(chart).rows
    assert rows[:2] == (("Jusqu’à 1995", "2"), ("1996", "1"))
    assert rows[-1] == ("2014", "1")
    assert len(rows) == 20
    assert chart.spans[0].mark == "≤ 1995"
    assert "par année, 1789–2014" in chart.told


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2015", Date(2015, None)),
        (" 2015-11 ", Date(2015, 11)),
        ("2015-11-03", Date(2015, 11)),
        ("2016-02-29", Date(2016, 2)),
        *((text, None) for text in ("", "2015-13", "2015-02-29", "0000", "lu en 2015", "2015-1")),
        *((text, None) for text in ("15", "2015/11", "٢٠١٥", "2015-11-03-01")),
    ],
)
def test_a_date_is_a_year_a_month_or_a_day(text: str, date: Date | None) -> None:
    assert read(text) == date


def test_months_where_they_are_known_and_few_else_years() -> None:
    months = [Date(2023, 11), Date(2025, 2)]
    assert spread(months) == Calendar(True, 2023 * 12 + 10, 2025 * 12 + 1, False)
    assert spread([*months, Date(2025, 3)]) == Calendar(False, 2023, 2025, False)
    assert spread([Date(2023, 11), Date(2023, None)]) == Calendar(False, 2023, 2023, False)
    assert spread([]) is None


_dates = st.builds(Date, st.integers(1, 9999), st.none() | st.integers(1, 12))


@given(st.lists(_dates, min_size=1, max_size=20))
def test_a_calendar_is_short_and_has_a_place_for_every_date(dates: list[Date]) -> None:
    calendar = spread(dates)
    assert calendar is not None
    places = [calendar.place(date) for date in dates]
    assert calendar.last - calendar.first < 20
    assert max(places) == calendar.last
    assert min(places) == calendar.first - calendar.is_cut
    names = [calendar.name(place) for place in places]
    assert [name for _, name in sorted(zip(places, names, strict=True))] == sorted(names)


# The figures of the evaluations that ship, held against their files.


def test_the_interviews_of_loos_are_those_of_its_register() -> None:
    chart = interviews(shipped("loos-en-gohelle"), "fr", address)
    assert chart is not None
    categories = declared("loos-en-gohelle", "categories")
    assert {(row[0], row[1], row[-2]) for row in as_table(chart).rows} == {
        (each["label"].replace(" :", "\N{NO-BREAK SPACE}:"), each["interest"], each["interviews"])
        for each in categories
    }
    assert len(chart.rows) == 10
    assert sum(sum(bar.values) for bar in chart.rows) == 97
    cited = {bar.label: bar.beside for bar in chart.rows}
    assert cited["Habitants"] == "5"  # B11, B12, P11, P14 and R16
    assert [bar.under for bar in chart.rows[:4]] == [
        "Habitants",
        "Mairie",
        "Mairie",
        "Associations",
    ]


@pytest.mark.parametrize("name", ["loos-en-gohelle", "loos-repaired"])
def test_the_coverage_of_loos_is_that_of_its_codes(name: str) -> None:
    chart = coverage(shipped(name), "fr", address)
    assert chart is not None
    counts = Counter(item["code"].split("-")[0] for item in declared(name, "evidence"))
    cells = {
        cell.told.split("\N{NO-BREAK SPACE}")[0]: cell for row in chart.rows for cell in row.cells
    }
    codes = [f"{head.label}_PC{n}_{s}" for n in "123" for s in "123" for head in chart.columns]
    assert list(cells) == codes
    assert len(codes) == 45
    assert {code: cell.value for code, cell in cells.items()} == {c: counts[c] for c in codes}
    assert {code: cell.address for code, cell in cells.items()} == {c: f"#{c}" for c in codes}


@pytest.mark.parametrize("name", ["loos-en-gohelle", "loos-repaired"])
def test_the_dates_of_loos_are_those_of_its_sources(name: str) -> None:
    sources = {each["id"]: each for each in declared(name, "sources")}
    monographs = {each["code"]: each["monograph"] for each in declared(name, "cases")}
    years: Counter[str] = Counter()
    for item in declared(name, "evidence"):
        named = item.get("sources") or monographs[re.split("_", item["code"])[0]]
        found = [
            sources[each].get("date", "") for each in ([named] if isinstance(named, str) else named)
        ]
        years[next((date[:4] for date in found if date[:2] == "20"), "Sans date")] += 1
    chart = timeline(shipped(name), "fr", address)
    assert chart is not None
    assert {row[0]: int(row[-1]) for row in as_table(chart).rows} == years
    assert years == {"2015": 219, "Sans date": 5}


def test_the_claims_of_loos_have_the_roots_that_their_items_name() -> None:
    name = "loos-en-gohelle"
    chart = triangulation(shipped(name), "fr", address)
    assert chart is not None
    items = {each["code"]: each for each in declared(name, "evidence")}
    (claim,) = (each for each in declared(name, "claims") if each["id"] == "B-A-2")
    assert {items[code]["sources"] for code in claim["evidence"]} == {"Mono_Rehab", "R16"}
    (row,) = (row for row in chart.rows if row.address == "#B-A-2")
    assert row.measures[0].told == "Mono_Rehab, R16"
    assert row.measures[1] == Measure(1, unknown=1, told="Habitants")
    assert [measure.value for measure in row.measures] == [2, 1, 1, 2]
    assert [measure.is_spared for measure in row.measures] == [False, False, True, False]
    assert row.outcome == "corroborée"


def _levels(dossier: Dossier) -> Iterator[tuple[Gauge, tuple[Need, ...]]]:
    chart = triangulation(dossier, "en", address)
    for row in chart.rows if chart else ():
        yield row, chart.needs if chart else ()


def _is_met(row: Gauge, needs: tuple[Need, ...]) -> bool:
    """Whether no gauge of a row is short of what it needs."""
    return all(
        measure.value >= need.least or measure.is_spared
        for measure, need in zip(row.measures, needs, strict=True)
    )


@pytest.mark.parametrize("name", _EXAMPLES)
def test_a_claim_is_triangulated_if_it_is_short_of_nothing(name: str) -> None:
    rows = list(_levels(shipped(name)))
    assert rows
    for row, needs in rows:
        assert (row.outcome == "triangulated") == _is_met(row, needs)


@given(evaluations)
@settings(max_examples=15, deadline=None)
def test_any_evaluation_has_charts(evaluation: Data) -> None:
    dossier = dossier_of(evaluation)
    for row, needs in _levels(dossier):
        assert (row.outcome == "triangulated") == _is_met(row, needs)
        assert (row.measures[0].value == 0) == (row.outcome == "bare")
    for language in ("en", "fr"):
        for figure in draw(dossier, language, address).values():
            if figure is not None:
                ElementTree.fromstring(f"<both>{figure.svg}</both>")
                assert all(len(row) == len(figure.heads) for row in figure.rows)


@pytest.mark.parametrize("name", _EXAMPLES)
def test_the_charts_of_a_site_are_the_same_each_time(name: str) -> None:
    charts = draw(shipped(name), "fr", address)
    assert len(charts) == 4
    assert list(charts) == ["interviews", "coverage", "triangulation", "timeline"]
    assert None not in charts.values()
    assert draw(shipped(name), "fr", address) == charts
    ids = re.findall(r'\bid="([^"]+)"', "".join(each.svg for each in charts.values() if each))
    assert len(ids) == len(set(ids)) > 16
