"""The numbers of a chart as a table: what stands behind the picture for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from scc_eval.charts.gauges import figure, reach
from scc_eval.charts.records import Bars, Chart, Gauges, Heat, Table, Timeline


def as_table(chart: Chart) -> Table:
    """The chart as heads and rows of texts, in the order of its rows, the name of each row first.
    Where rows are grouped, the second column is what they are grouped by."""
    match chart:
        case Bars():
            return Table(_heads(chart, *_part_heads(chart)), tuple(_bars(chart)))
        case Heat():
            names = (head.name or head.label for head in chart.columns)
            return Table(_heads(chart, *names), tuple(_cells(chart)))
        case Gauges():
            needs = (f"{need.label} (≥ {need.least})" for need in chart.needs)
            return Table(_heads(chart, *needs, chart.outcome), tuple(_gauges(chart)))
        case _:
            kinds = chart.kinds if len(chart.kinds) > 1 else ()
            return Table((chart.name, *kinds, chart.value), tuple(_spans(chart)))


def _heads(chart: Bars | Heat | Gauges, *heads: str) -> tuple[str, ...]:
    return (*_named(chart, chart.under, chart.name), *heads)


def _named(chart: Bars | Heat | Gauges, under: str, label: str) -> tuple[str, ...]:
    return (label, under) if chart.under else (label,)


def _part_heads(chart: Bars) -> Iterator[str]:
    if len(chart.parts) > 1:
        yield from chart.parts
    yield chart.value
    if chart.beside:
        yield chart.beside


def _counted(values: tuple[int, ...]) -> tuple[str, ...]:
    """The numbers of each part where there are several, and their sum."""
    return (*(map(str, values) if len(values) > 1 else ()), str(sum(values)))


def _bars(chart: Bars) -> Iterator[tuple[str, ...]]:
    for bar in chart.rows:
        beside = (bar.beside,) if chart.beside else ()
        yield (*_named(chart, bar.under, bar.label), *_counted(bar.values), *beside)


def _cells(chart: Heat) -> Iterator[tuple[str, ...]]:
    for row in chart.rows:
        texts = (cell.text if cell.value > 0 else chart.hole for cell in row.cells)
        yield (*_named(chart, row.under, row.label), *texts)


def _gauges(chart: Gauges) -> Iterator[tuple[str, ...]]:
    words = {"good": chart.reached, "bad": chart.short, "spared": chart.spared}
    for row in chart.rows:
        figures = (
            f"{figure(measure)} ({words[reach(measure, need)]})"
            for measure, need in zip(row.measures, chart.needs, strict=True)
        )
        yield (*_named(chart, row.under, row.label), *figures, row.outcome)


def _spans(chart: Timeline) -> Iterator[tuple[str, ...]]:
    for span in (*chart.spans, *((chart.undated,) if chart.undated else ())):
        yield (span.name, *_counted(span.values))
