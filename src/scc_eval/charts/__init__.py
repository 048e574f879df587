"""Charts: figures to SVG, with the numbers as a table behind.

A chart is a frozen record of numbers, texts and addresses; it knows nothing of evaluations, and
speaks the language of whoever made it.
"""

from __future__ import annotations

from scc_eval.charts.paint import PAINTS, PAPERS, STYLE
from scc_eval.charts.records import (
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
)
from scc_eval.charts.svg import as_figure, as_svg
from scc_eval.charts.tables import as_table

__all__ = [
    "PAINTS",
    "PAPERS",
    "STYLE",
    "Bar",
    "Bars",
    "Cell",
    "Chart",
    "Gauge",
    "Gauges",
    "Head",
    "Heat",
    "Measure",
    "Need",
    "Row",
    "Span",
    "Table",
    "Timeline",
    "as_figure",
    "as_svg",
    "as_table",
]
