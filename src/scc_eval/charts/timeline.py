"""A timeline, drawn: a column for each stretch of time, and one apart for what has no date."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import ceil
from typing import NamedTuple

from scc_eval.charts.keys import Entry, keyed
from scc_eval.charts.lettering import SMALL, SMALL_STRONG, fitted, width
from scc_eval.charts.marks import Block, Sheet, area, box, led, lettered, line, part, spoken
from scc_eval.charts.records import Span, Timeline

_BEGIN, _APART, _UNDATED, _MARK = 24.0, 12.0, 64.0, 48.0
_WIDEST, _HIGH, _TOP = 48.0, 120.0, 36.0
_AXIS = _TOP + _HIGH


class _Plan(NamedTuple):
    """The distance from one column to the next, where they end, the greatest number, the room of
    what has no date, the whole width; and what goes before ids."""

    pitch: float
    end: float
    most: int
    undated: float
    width: float
    prefix: str


def draw_timeline(chart: Timeline, prefix: str, room: float) -> Sheet:
    """The columns on their axis."""
    plan = _planned(chart, prefix, room)
    kinds = chart.kinds if len(chart.kinds) > 1 else ()
    entries = [Entry(f"part-{at}", name) for at, name in enumerate(kinds)]
    marks = (
        *lettered(fitted(chart.value, SMALL, plan.width, 1), SMALL, 0, 12, "c-quiet"),
        *(mark for at, span in enumerate(chart.spans) for mark in _column(plan, span, at)),
        line(_BEGIN, _AXIS, plan.end, _AXIS, "c-rule"),
        *_below(plan, chart),
        *(_undated(plan, chart.undated) if chart.undated else ()),
    )
    return Sheet((keyed(entries, plan.width, prefix), Block(marks, _AXIS + 40)), plan.width)


def _planned(chart: Timeline, prefix: str, room: float) -> _Plan:
    spans = (*chart.spans, chart.undated) if chart.undated else chart.spans
    totals = [sum(span.values) for span in spans]
    figures = max((width(str(total), SMALL_STRONG) for total in totals), default=0.0) + 1
    undated = max(_UNDATED, figures) if chart.undated else 0.0
    apart = _APART + undated if chart.undated else 0.0
    count = len(chart.spans)
    whole = max(room, _BEGIN + count * figures + apart)
    pitch = min((whole - _BEGIN - apart) / max(count, 1), max(_WIDEST, figures))
    return _Plan(pitch, _BEGIN + count * pitch, max((1, *totals)), undated, whole, prefix)


def _column(plan: _Plan, span: Span, at: int) -> Iterator[str]:
    x = _BEGIN + at * plan.pitch
    bar = _stacked(plan, span, x + plan.pitch * 0.1, plan.pitch * 0.8)
    told = spoken(span.name, str(sum(span.values)), span.told)
    yield from led("", told, (area(x, _TOP, plan.pitch, _HIGH), *bar))


def _stacked(plan: _Plan, span: Span, x: float, wide: float) -> Iterator[str]:
    """The parts of a column, the first at the bottom, with their sum on top where there is one."""
    y = _AXIS
    for which, value in enumerate(span.values):
        high = _HIGH * (max(value, 0) / plan.most)
        y -= high
        if high:
            yield from part(plan.prefix, which, x, y, wide, high)
    total = sum(span.values)
    if total:
        yield from lettered((str(total),), SMALL_STRONG, x + wide / 2, y - 5, anchor="middle")


def _below(plan: _Plan, chart: Timeline) -> Iterator[str]:
    """The marks of columns, as many as there is room for, and what columns are part of."""
    marks = [fitted(span.mark, SMALL, _MARK, 1) for span in chart.spans]
    wide = max((width(text, SMALL) for lines in marks for text in lines), default=0.0)
    step = max(ceil((wide + 4) / plan.pitch), 1)
    end = plan.end + _APART - 2 if chart.undated else plan.width
    for at, lines in enumerate(marks):
        middle = _BEGIN + (at + 0.5) * plan.pitch
        if at % step == 0 and middle + wide / 2 <= end:
            yield from lettered(lines, SMALL, middle, _AXIS + 15, anchor="middle")
    runs = [
        tuple(run) for _, run in groupby(enumerate(chart.spans), key=lambda each: each[1].under)
    ]
    for run in runs:
        begin = _BEGIN + run[0][0] * plan.pitch
        end = _BEGIN + (run[-1][0] + 1) * plan.pitch
        if under := run[0][1].under:
            yield line(begin, _AXIS, begin, _AXIS + 34, "c-rule")
            yield from _parent(plan, under, begin, end, is_first=run is runs[0] is not runs[-1])


def _parent(plan: _Plan, under: str, begin: float, end: float, *, is_first: bool) -> Iterator[str]:
    """What columns are part of, below them: the first of several may begin before its columns, and
    the last go on beyond them."""
    beyond = _APART if end >= plan.end else 0.0
    room = end - 4 if is_first else end + beyond - begin - 4
    lines = fitted(under, SMALL, room, 1)
    is_before = is_first and any(width(text, SMALL) > end - begin - 8 for text in lines)
    x, anchor = (end - 4, "end") if is_before else (begin + 4, "start")
    yield from lettered(lines, SMALL, x, _AXIS + 32, "c-quiet", anchor=anchor)


def _undated(plan: _Plan, span: Span) -> Iterator[str]:
    """What has no date, in a frame of dashes."""
    begin = plan.end + _APART
    x, wide = begin + plan.undated * 0.2, plan.undated * 0.6
    high = _HIGH * (sum(span.values) / plan.most)
    lines = fitted(span.mark or span.name, SMALL, plan.undated, 2)
    frame = {"fill": "none", "stroke_width": "1.5", "stroke_dasharray": "4 3"}
    marks = (
        *_stacked(plan, span, x, wide),
        box(x - 2, _AXIS - high - 2, wide + 4, high + 2, "c-spared", **frame),
        *lettered(lines, SMALL, begin + plan.undated / 2, _AXIS + 15, anchor="middle"),
    )
    yield from led("", spoken(span.name, str(sum(span.values)), span.told), marks)
