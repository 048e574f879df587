"""The key of a chart: what its parts, its shades and its signs stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scc_eval.charts.lettering import SMALL, fitted, width
from scc_eval.charts.marks import Block, box, lettered, part, sign

_SAMPLE, _GAP, _LINE, _END = 20.0, 16.0, 20.0, 6.0


class Entry(NamedTuple):
    """A mark and what it stands for. Marks are `part-0` and on, `shade-1` and on, and the signs; a
    text without a mark has lines of its own."""

    mark: str
    text: str


def keyed(entries: Sequence[Entry], room: float, prefix: str) -> Block:
    """A key, in as many lines as it takes."""
    marks: list[str] = []
    x, y = 0.0, 0.0
    for entry in entries:
        indent = _SAMPLE if entry.mark else 0.0
        lines = fitted(entry.text, SMALL, room - indent, 4)
        wide = indent + max((width(text, SMALL) for text in lines), default=0.0)
        if x and x + wide > room:
            x, y = 0.0, y + _LINE
        marks += _sample(prefix, entry.mark, x, y + 2)
        marks += lettered(lines, SMALL, x + indent, y + 12)
        x += wide + _GAP if entry.mark else room
        y += SMALL.leading * max(len(lines) - 1, 0)
    return Block(tuple(marks), y + _LINE + _END if entries else 0.0)


def _sample(prefix: str, mark: str, x: float, y: float) -> Iterator[str]:
    kind, _, which = mark.partition("-")
    if kind == "part":
        yield from part(prefix, int(which), x, y, 14, 12)
    elif kind == "shade":
        yield box(x, y, 14, 12, f"c-heat-{which}", "c-rule")
    elif kind:
        yield sign(kind, x + 7, y + 6)
