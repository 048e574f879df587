"""A grid, drawn: the stronger the shade the greater the number, and holes that stand out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from scc_eval.charts.keys import Entry, keyed
from scc_eval.charts.lettering import LABEL, SMALL, STRONG, fitted, longest_word, width
from scc_eval.charts.marks import Block, Sheet, area, box, led, lettered, sign, spoken
from scc_eval.charts.paint import SHADES
from scc_eval.charts.records import Cell, Head, Heat, Row

_SHARE, _GAP, _BETWEEN = 0.36, 8.0, 2.0
_NARROWEST, _WIDEST, _HEAD, _HIGH = 34.0, 80.0, 60.0, 30.0


class _Plan(NamedTuple):
    """The room of labels, the distance from one column to the next, the greatest number, and the
    whole width."""

    label: float
    pitch: float
    most: int
    width: float

    def column(self, at: int) -> float:
        """Where a column begins."""
        return self.label + _GAP + at * self.pitch


def draw_heat(chart: Heat, prefix: str, room: float) -> Sheet:
    """The grid under the heads of its columns."""
    plan = _planned(chart, room)
    groups = groupby(chart.rows, key=lambda row: row.under)
    blocks = (block for under, rows in groups for block in _group(plan, under, tuple(rows)))
    key = keyed(_key(chart, plan), plan.width, prefix)
    return Sheet((key, _heads(chart, plan), *blocks), plan.width)


def _planned(chart: Heat, room: float) -> _Plan:
    cells = [cell for row in chart.rows for cell in row.cells]
    wide = max((width(cell.text, SMALL) for cell in cells), default=0.0) + 6
    heads = max((longest_word(head.label, SMALL) for head in chart.columns), default=0.0)
    least = max(_NARROWEST, wide, min(heads, _HEAD) + 2)
    count = max(len(chart.columns), 1)
    label = _label(chart, room, room - _GAP - count * least)
    pitch = max(least, min((room - label - _GAP) / count, _WIDEST))
    most = max((0, *(cell.value for cell in cells)))
    return _Plan(label, pitch, most, max(room, label + _GAP + count * pitch))


def _label(chart: Heat, room: float, left: float) -> float:
    """The room of labels: what they take, but no more than their share, nor than columns leave
    unless words would have to be broken."""
    most = max((width(row.label, LABEL) for row in chart.rows), default=0.0)
    word = max((longest_word(row.label, LABEL) for row in chart.rows), default=0.0)
    return min(most, room * _SHARE, left if left >= word else most)


def shade(value: int, most: int) -> int:
    """How strong the shade of a number is, from 1; 0 for a hole."""
    return -(-SHADES * value // most) if value > 0 else 0


def _key(chart: Heat, plan: _Plan) -> Sequence[Entry]:
    """What the text of cells says, the numbers of each shade that any can have, and holes."""
    entries = [Entry("", chart.cells)]
    for which in range(1, SHADES + 1):
        first, last = (which - 1) * plan.most // SHADES + 1, which * plan.most // SHADES
        if first <= last:
            numbers = str(first) if first == last else f"{first}–{last}"
            entries.append(Entry(f"shade-{which}", numbers))
    if any(cell.value <= 0 for row in chart.rows for cell in row.cells):
        entries.append(Entry("hole", chart.hole))
    return entries


def _heads(chart: Heat, plan: _Plan) -> Block:
    fitting = [fitted(head.label, SMALL, plan.pitch - 2, 2) for head in chart.columns]
    height = max(SMALL.leading * max(map(len, fitting), default=0) + 9, 26.0)
    marks: list[str] = []
    for at, (head, lines) in enumerate(zip(chart.columns, fitting, strict=True)):
        marks += _head(plan, head, lines, plan.column(at), height)
    return Block(tuple(marks), height)


def _head(plan: _Plan, head: Head, lines: Sequence[str], x: float, height: float) -> Iterator[str]:
    name = "c-link" if head.address else "c-ink"
    y = height - SMALL.leading * (len(lines) - 1) - 8
    text = lettered(lines, SMALL, x + plan.pitch / 2, y, name, anchor="middle")
    yield from led(head.address, head.name or head.label, (area(x, 0, plan.pitch, height), *text))


def _group(plan: _Plan, under: str, rows: Sequence[Row]) -> Iterator[Block]:
    if under:
        lines = fitted(under, STRONG, plan.width, 2)
        yield Block(tuple(lettered(lines, STRONG, 0, 20)), 12.0 + len(lines) * STRONG.leading)
    yield from (_row(plan, row) for row in rows)


def _row(plan: _Plan, row: Row) -> Block:
    lines = fitted(row.label, LABEL, plan.label, 3)
    height = max(_HIGH, len(lines) * LABEL.leading) + 2 * _BETWEEN
    y = (height - len(lines) * LABEL.leading) / 2 + 12
    name = "c-link" if row.address else "c-ink"
    label = (area(0, 0, plan.label, height), *lettered(lines, LABEL, 0, y, name))
    marks = [*led(row.address, spoken(row.label, row.told), label)]
    for at, cell in enumerate(row.cells):
        drawn = _cell(plan, cell, plan.column(at), height)
        marks += led(cell.address, spoken(cell.text, cell.told), drawn)
    return Block(tuple(marks), height)


def _cell(plan: _Plan, cell: Cell, x: float, height: float) -> Iterator[str]:
    depth, middle = shade(cell.value, plan.most), x + plan.pitch / 2
    left, wide, high = x + _BETWEEN / 2, plan.pitch - _BETWEEN, height - 2 * _BETWEEN
    if depth:
        yield box(left, _BETWEEN, wide, high, f"c-heat-{depth}")
        yield from lettered((cell.text,), SMALL, middle, height / 2 + 4.5, anchor="middle")
    else:
        dashes = {"stroke_width": "1.8", "stroke_dasharray": "4 3"}
        yield box(left + 1, _BETWEEN + 1, wide - 2, high - 2, "c-heat-0", "c-hole", **dashes)
        yield sign("hole", middle, height / 2)
