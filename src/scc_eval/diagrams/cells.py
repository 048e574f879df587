"""Frames and boxes as blocks with a size: text in lines, boxes in columns, ports on their sides.

Within a frame y begins at its top, which stands at a multiple of GRID in the picture: a place on
the grid is the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scc_eval.diagrams.lettering import HEADING, LABEL, LETTER, SMALL, fitted, width
from scc_eval.diagrams.view import Box, Factor, Factors, Frame
from scc_eval.lettering import Face

GRID = 20
"""The distance of arrows that come out of the same side."""
BOX = 176
"""The width of a box, unless its frame is wider."""
PAD, GAP, BETWEEN = 14, 8, 56
DROP = 46
"""The room of an arrow that goes straight down or up, with its number."""
_MOST_LINES = 7
_TIE = "\N{NO-BREAK SPACE}"


class Line(NamedTuple):
    """A line of text. `icon` is the state whose sign stands before it."""

    text: str
    face: Face
    icon: str | None = None


@dataclass(eq=False)
class Cell:
    """A box with those it holds. `column` is that of its outermost box in the frame."""

    box: Box
    column: int
    lines: tuple[Line, ...]
    cells: list[Cell]
    width: float
    head: float = 0
    height: float = 0
    x: float = 0
    y: float = 0
    lefts: int = 0
    rights: int = 0

    def all(self) -> Iterator[Cell]:
        """The box and every box in it."""
        yield self
        for cell in self.cells:
            yield from cell.all()

    def settle(self) -> None:
        """Its height: that of its text, of the arrows on its sides, and of the boxes in it."""
        text = sum(line.face.leading for line in self.lines) + 12
        self.head = max(text, GRID * max(self.lefts, self.rights) + 10)
        self.height = self.head
        for cell in self.cells:
            cell.settle()
            self.height += cell.height + GAP

    def put(self, x: float, y: float, width: float) -> None:
        """Set its place, and that of the boxes in it."""
        self.x, self.y, self.width = x, y, width
        below = y + self.head
        for cell in self.cells:
            cell.put(x + GAP, below, width - 2 * GAP)
            below += cell.height + GAP


@dataclass(eq=False)
class Block:
    """A packet, with its boxes in columns and the channels of arrows between them."""

    frame: Frame
    index: int
    letter: str
    title: tuple[Line, ...]
    notes: tuple[Line, ...]
    columns: list[list[Cell]]
    width: float
    x: float = 0
    y: float = 0
    height: float = 0
    lefts: int = 0
    rights: int = 0
    is_linked: bool = False
    """Whether arrows lead from one column of boxes to another: they are then centred."""
    loops: int = 0
    """How many lanes arrows need below the boxes."""
    lanes: list[dict[int, int]] = field(default_factory=list)
    """For each column, how many arrows pass through it above its first box, its second…"""
    lane_ys: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """Where those pass: by column, gap and number."""
    drops: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """The arrows from a box straight to its neighbour above, by column and place."""
    floor: float = 0
    """Where the lanes below the boxes begin."""

    @property
    def indent(self) -> float:
        """The room of its letter, beside its title."""
        return _indent(self.letter)

    @property
    def head(self) -> float:
        """The height of its title and notes."""
        lines = (*self.title, *self.notes)
        return 12 + sum(line.face.leading for line in lines) + (4 if self.columns else 0)

    def cells(self) -> Iterator[Cell]:
        """Every box, nested ones after the box that holds them."""
        for column in self.columns:
            for cell in column:
                yield from cell.all()

    def settle(self, lane_grid: tuple[int, ...]) -> None:
        """The heights, places and lanes of all that is in it. The grid has the place of lanes, from
        0 to GRID, for each column."""
        for cell in (cell for column in self.columns for cell in column):
            cell.settle()
        bottoms = [self._pile(index, lane_grid[index]) for index in range(len(self.columns))]
        deepest = max(bottoms, default=self.head)
        for index, bottom in enumerate(bottoms if self.is_linked else ()):
            self._sink(index, (deepest - bottom) // 2)
        for cell in (cell for column in self.columns for cell in column):
            cell.put(0, cell.y, cell.width)
        self.floor = deepest
        self.height = deepest + GRID * self.loops + (PAD if self.columns else 8)
        self.height = max(self.height, GRID * (max(self.lefts, self.rights) + 1))

    def _pile(self, index: int, grid: int) -> float:
        """Put the boxes of a column below each other, with the lanes between them."""
        below, lanes = self.head, self.lanes[index]
        for place, cell in enumerate((*self.columns[index], None)):
            for number in range(lanes.get(place, 0)):
                below = _next(below + (12 if number == 0 else GRID), grid)
                self.lane_ys[index, place, number] = below
            below += 8 if lanes.get(place, 0) else 0
            below += DROP if (index, place) in self.drops else 0
            if cell is not None:
                is_next = place and (index, place) not in self.drops and not lanes.get(place, 0)
                below += GAP if is_next else 0
                cell.y = below
                below += cell.height
        return below

    def _sink(self, index: int, by: float) -> None:
        """Move a column down; by whole steps of the grid where arrows pass through it."""
        if self.lanes[index]:
            by = by // GRID * GRID
        for cell in self.columns[index]:
            cell.y += by
        for key in [key for key in self.lane_ys if key[0] == index]:
            self.lane_ys[key] += by


@dataclass(eq=False)
class Card:
    """Other factors, all in one or one alone: a block with rounded corners."""

    factors: Factors
    factor: Factor | None
    lines: tuple[Line, ...]
    width: float
    height: float
    x: float = 0
    y: float = 0


def _next(least: float, grid: int) -> float:
    """The first place on the grid from there on."""
    return least + (grid - least) % GRID


def counted(items: int, cases: int, words: Any) -> str:
    """How many items of how many cases, in words that stay on one line."""
    if not items:
        return tied(words["evidence"]["none"])
    told = words["evidence"]["one" if items == 1 else "many"].format(items=items)
    if not cases:
        return tied(told)
    key = "cases_one" if cases == 1 else "cases_many"
    return tied(words["evidence"][key].format(evidence=told, cases=cases))


def tied(text: str) -> str:
    """A text that no line breaks."""
    return text.replace(" ", _TIE)


def packed(parts: Iterable[str], face: Face, room: float) -> tuple[str, ...]:
    """Short texts one after the other with dots between them, as many on a line as fit."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and width(joined, face) <= room:
            lines[-1] = joined
        else:
            lines.append(part)
    return tuple(line for text in lines for line in fitted(text, face, room, is_even=False))


def celled(box: Box, column: int, wide: float, words: Any, *, is_lit: bool) -> Cell:
    """A box as a block of that width."""
    room = wide - 2 * GAP
    lines = [Line(text, LABEL) for text in fitted(box.label, LABEL, room, _MOST_LINES)]
    if is_lit or box.state:
        told = counted(box.items, box.cases, words) if is_lit else words["states"][box.state]
        lines += _noted((told,), room, box.state)
    nested = [celled(each, column, room, words, is_lit=is_lit) for each in box.boxes]
    return Cell(box, column, tuple(lines), nested, wide)


def _indent(letter: str) -> float:
    return max(30, 20 + width(letter, LETTER))


def framed(
    frame: Frame,
    index: int,
    columns: list[list[Box]],
    room: float,
    words: Any,
    *,
    is_lit: bool,
) -> Block:
    """A packet as a block with that much room across."""
    inner = room - 2 * PAD
    each = (inner - BETWEEN * (len(columns) - 1)) / max(len(columns), 1)
    cells = [
        [celled(box, at, each, words, is_lit=is_lit) for box in column]
        for at, column in enumerate(columns)
    ]
    letter = "".join(fitted(frame.name, LETTER, room / 4, 1))
    beside = room - _indent(letter) - 12
    title = tuple(Line(text, HEADING) for text in fitted(frame.title, HEADING, beside))
    notes = tuple(_notes(frame, beside, words, is_lit=is_lit))
    block = Block(frame, index, letter, title, notes, cells, room)
    block.lanes = [{} for _ in columns]
    return block


def _notes(frame: Frame, room: float, words: Any, *, is_lit: bool) -> Iterator[Line]:
    """What stands below the title: what people said, the evidence, the boxes left out, the target
    groups."""
    icon: str | None = frame.state
    if frame.state not in ("", "unsaid", "none"):
        yield from _noted((words["packet_states"][frame.state],), room, icon)
        icon = None
    told = [counted(frame.items, frame.cases, words)] if is_lit else []
    if frame.folded:
        key = "folded_one" if frame.folded == 1 else "folded_many"
        told.append(words[key].format(count=frame.folded))
    if told:
        yield from _noted(told, room, icon)
    if frame.groups:
        groups = words["separator"].join(frame.groups)
        for text in fitted(words["groups"].format(groups=groups), SMALL, room, 3):
            yield Line(text, SMALL)


def _noted(parts: Iterable[str], room: float, icon: str | None) -> Iterator[Line]:
    for at, line in enumerate(packed(parts, SMALL, room * 0.9 - 14)):
        yield Line(line, SMALL, None if at else icon)


def grouped(factors: Factors, room: float, words: Any, *, is_lit: bool) -> Card:
    """The other factors on a packet as one block: how many, and what bears on them."""
    count, against = len(factors.factors), sum(each.is_hindering for each in factors.factors)
    told = words["factors_one" if count == 1 else "factors_many"].format(count=count)
    if against:
        told = words["hindering"].format(
            factors=told, of=words["hinder_one" if against == 1 else "hinder_many"], count=against
        )
    lines = [Line(text, LABEL) for text in fitted(told, LABEL, room - 24)]
    if is_lit:
        lines += _noted((counted(factors.items, factors.cases, words),), room - 10, factors.state)
    height = sum(line.face.leading for line in lines) + 12
    return Card(factors, None, tuple(lines), room, height)
