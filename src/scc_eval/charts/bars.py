"""Horizontal bars, drawn: labels to the left, each bar with its number at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from scc_eval.charts.keys import Entry, keyed
from scc_eval.charts.lettering import (
    LABEL,
    SMALL,
    SMALL_STRONG,
    STRONG,
    fitted,
    longest_word,
    width,
)
from scc_eval.charts.marks import Block, Sheet, area, led, lettered, line, part, spoken
from scc_eval.charts.records import Bar, Bars
from scc_eval.lettering import plain

_INDENT, _GAP, _SHARE = 10.0, 8.0, 0.4
_SHORTEST, _THICK, _ABOVE, _BETWEEN = 60.0, 14.0, 10.0, 7.0


class _Plan(NamedTuple):
    """The room of labels, how long the longest bar is and what it counts, the room of what stands
    beside bars, the whole width; and what goes before ids."""

    label: float
    longest: float
    most: int
    beside: float
    width: float
    prefix: str

    @property
    def begin(self) -> float:
        """Where bars begin."""
        return self.label + _GAP


def draw_bars(chart: Bars, prefix: str, room: float) -> Sheet:
    """The bars under their headings."""
    plan = _planned(chart, prefix, room)
    parts = chart.parts if len(chart.parts) > 1 else ()
    entries = [Entry(f"part-{at}", name) for at, name in enumerate(parts)]
    groups = groupby(chart.rows, key=lambda bar: bar.under)
    blocks = (block for under, bars in groups for block in _group(plan, under, tuple(bars)))
    return Sheet((keyed(entries, plan.width, prefix), _heads(chart, plan), *blocks), plan.width)


def _planned(chart: Bars, prefix: str, room: float) -> _Plan:
    labels = [width(bar.label, STRONG) + _INDENT for bar in chart.rows]
    labels += [width(bar.under, STRONG) for bar in chart.rows]
    label = min(max(labels, default=0.0), room * _SHARE)
    figures = _GAP + max((width(_figures(bar), SMALL_STRONG) for bar in chart.rows), default=0.0)
    beside = 0.0
    if chart.beside:
        texts = (width(bar.beside, SMALL) for bar in chart.rows)
        beside = _GAP + max((min(longest_word(chart.beside, SMALL), 80.0), *texts))
    whole = max(room, label + _GAP + _SHORTEST + figures + beside)
    most = max((1, *(sum(bar.values) for bar in chart.rows)))
    return _Plan(label, whole - label - _GAP - figures - beside, most, beside, whole, prefix)


def _figures(bar: Bar) -> str:
    """The number at the end of a bar, and what it is the sum of."""
    total = str(sum(bar.values))
    is_several = sum(value > 0 for value in bar.values) > 1
    return f"{total} ({' + '.join(map(str, bar.values))})" if is_several else total


def _heads(chart: Bars, plan: _Plan) -> Block:
    """What is counted, over the bars and over what stands beside them."""
    value = fitted(chart.value, SMALL, plan.width - plan.begin - plan.beside - _GAP, 3)
    beside = fitted(chart.beside, SMALL, plan.beside, 3)
    marks = (
        *lettered(value, SMALL, plan.begin, 12, "c-quiet"),
        *lettered(beside, SMALL, plan.width, 12, "c-quiet", anchor="end"),
    )
    return Block(marks, SMALL.leading * max(len(value), len(beside)))


def _group(plan: _Plan, under: str, bars: Sequence[Bar]) -> Iterator[Block]:
    """A heading with the sum of its bars, and the bars. A single bar that is called as its heading
    stands in its place."""
    if not under or (len(bars) == 1 and plain(bars[0].label) == plain(under)):
        yield from (_bar(plan, bar, is_within=False) for bar in bars)
        return
    lines = fitted(under, STRONG, plan.label, 3)
    total = (str(sum(sum(bar.values) for bar in bars)),)
    marks = (
        *lettered(lines, STRONG, 0, _ABOVE + 12),
        *lettered(total, STRONG, plan.begin, _ABOVE + 12),
    )
    yield Block(marks, _ABOVE + len(lines) * STRONG.leading)
    yield from (_bar(plan, bar, is_within=True) for bar in bars)


def _bar(plan: _Plan, bar: Bar, *, is_within: bool) -> Block:
    """A bar, under a heading or in its place."""
    face, indent, above = (LABEL, _INDENT, _BETWEEN) if is_within else (STRONG, 0.0, _ABOVE)
    lines = fitted(bar.label, face, plan.label - indent, 4)
    height = max(len(lines) * face.leading, _THICK)
    beside = (bar.beside,) if plan.beside else ()
    name = "c-link" if bar.address else "c-ink"
    marks = (
        area(0, above - 4, plan.label, height + 8),
        *lettered(lines, face, indent, above + 12, name),
        *_parts(plan, bar, above + 1),
        *lettered(beside, SMALL, plan.width, above + 12, anchor="end"),
    )
    told = spoken(bar.label, _figures(bar), *beside, bar.told)
    return Block(tuple(led(bar.address, told, marks)), above + height)


def _parts(plan: _Plan, bar: Bar, y: float) -> Iterator[str]:
    """The parts of a bar, end to end, and its number."""
    x = plan.begin
    yield line(x, y - 3, x, y + _THICK + 3, "c-rule")
    for which, value in enumerate(bar.values):
        wide = plan.longest * (max(value, 0) / plan.most)
        if wide:
            yield from part(plan.prefix, which, x, y, wide, _THICK)
        x += wide
    yield from lettered((_figures(bar),), SMALL_STRONG, x + 6, y + 11)
