"""Gauges, drawn: below each label a number for each need, with a sign and how far it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from scc_eval.charts.keys import Entry, keyed
from scc_eval.charts.lettering import LABEL, SMALL, SMALL_STRONG, STRONG, fitted, width
from scc_eval.charts.marks import Block, Sheet, area, box, led, lettered, line, sign, spoken
from scc_eval.charts.records import Gauge, Gauges, Measure, Need

_SIGN, _GAP, _THICK = 16.0, 10.0, 6.0


class _Plan(NamedTuple):
    """The needs, the number that the whole of each column stands for, the distance from one column
    to the next, the room of the words at the end, and the whole width."""

    needs: tuple[Need, ...]
    full: tuple[int, ...]
    pitch: float
    outcome: float
    width: float


def draw_gauges(chart: Gauges, prefix: str, room: float) -> Sheet:
    """The gauges under what is measured."""
    plan = _planned(chart, room)
    groups = groupby(chart.rows, key=lambda row: row.under)
    blocks = (block for under, rows in groups for block in _group(plan, under, tuple(rows)))
    return Sheet((keyed(_key(chart), plan.width, prefix), _heads(plan), *blocks), plan.width)


def _planned(chart: Gauges, room: float) -> _Plan:
    texts = [figure(measure) for row in chart.rows for measure in row.measures]
    texts += [_least(need) for need in chart.needs]
    wide = max((width(text, SMALL_STRONG) for text in texts), default=0.0)
    count = max(len(chart.needs), 1)
    whole = max(room, count * (wide + _SIGN + _GAP))
    full = tuple(
        max((1, need.least, *(row.measures[at].value for row in chart.rows)))
        for at, need in enumerate(chart.needs)
    )
    words = max((width(row.outcome, SMALL_STRONG) for row in chart.rows), default=0.0)
    return _Plan(chart.needs, full, whole / count, min(words, whole / 3), whole)


def reach(measure: Measure, need: Need) -> str:
    """Whether a number reaches what is needed: `good`, `bad`, or `spared` where it need not."""
    if measure.value >= need.least:
        return "good"
    return "spared" if measure.is_spared else "bad"


def figure(measure: Measure) -> str:
    """A number, with how much might add to it."""
    return f"{measure.value} +{measure.unknown}?" if measure.unknown else str(measure.value)


def _least(need: Need) -> str:
    return f"≥ {need.least}"


def _key(chart: Gauges) -> Sequence[Entry]:
    """The signs that are used, and what a question mark means."""
    used = {
        reach(measure, need)
        for row in chart.rows
        for measure, need in zip(row.measures, chart.needs, strict=True)
    }
    words = {"good": chart.reached, "bad": chart.short, "spared": chart.spared}
    entries = [Entry(mark, text) for mark, text in words.items() if mark in used]
    if any(measure.unknown for row in chart.rows for measure in row.measures):
        entries.append(Entry("", f"+n? {chart.unknown}"))
    return entries


def _heads(plan: _Plan) -> Block:
    fitting = [
        (*fitted(need.label, SMALL, plan.pitch - _GAP, 3), _least(need)) for need in plan.needs
    ]
    height = SMALL.leading * max(map(len, fitting), default=0) + 4
    marks = [line(0, height, plan.width, height, "c-rule")]
    for at, lines in enumerate(fitting):
        y = height - SMALL.leading * (len(lines) - 1) - 6
        marks += lettered(lines, SMALL, at * plan.pitch, y, "c-quiet")
    return Block(tuple(marks), height + 2)


def _group(plan: _Plan, under: str, rows: Sequence[Gauge]) -> Iterator[Block]:
    if under:
        lines = fitted(under, STRONG, plan.width, 2)
        yield Block(tuple(lettered(lines, STRONG, 0, 24)), 16.0 + len(lines) * STRONG.leading)
    yield from (_row(plan, row) for row in rows)


def _row(plan: _Plan, row: Gauge) -> Block:
    """A label with what comes of it, and its gauges below."""
    room = plan.width - plan.outcome - _GAP
    lines = fitted(row.label, LABEL, room, 3)
    end = fitted(row.outcome, SMALL_STRONG, plan.outcome, 3)
    name = "c-link" if row.address else "c-ink"
    height = max(len(lines) * LABEL.leading, len(end) * SMALL.leading) + 8
    label = (area(0, 2, room, height), *lettered(lines, LABEL, 0, 18, name))
    marks = [*led(row.address, spoken(row.label, row.outcome, row.told), label)]
    marks += lettered(end, SMALL_STRONG, plan.width, 18, anchor="end")
    for at, measure in enumerate(row.measures):
        told = spoken(plan.needs[at].label, figure(measure), measure.told)
        marks += led("", told, _gauge(plan, at, measure, height + 2))
    return Block(tuple(marks), height + 34)


def _gauge(plan: _Plan, at: int, measure: Measure, y: float) -> Iterator[str]:
    """A sign and a number, and below them how far it goes, with a stroke at what is needed."""
    need, x, whole = plan.needs[at], at * plan.pitch, plan.pitch - _GAP
    yield area(x, y, whole, 24)
    yield sign(reach(measure, need), x + 6, y + 7)
    yield from lettered((figure(measure),), SMALL_STRONG, x + _SIGN, y + 11)
    yield box(x, y + 16, whole, _THICK, "c-track")
    if measure.value > 0:
        yield box(x, y + 16, whole * (measure.value / plan.full[at]), _THICK, "c-bar-1")
    stroke = x + whole * (need.least / plan.full[at])
    yield line(stroke, y + 13, stroke, y + 25, "c-need", stroke_width="2")
