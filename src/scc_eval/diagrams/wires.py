"""How each arrow runs: out of a side, through channels and lanes, into a side.

A channel is a strip between two columns in which arrows go up and down; a lane is a line between
two blocks, or below them all, on which an arrow passes. No block stands in either, so that no arrow
ever crosses one. Channels are called by a column of packets, ("m", column, 0), or of boxes,
("l", index of the packet, column): the channel on the left of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scc_eval.diagrams.cells import Block, Cell
from scc_eval.diagrams.view import Arrow

Channel = tuple[str, int, int]
LEFT, RIGHT = "left", "right"
_DROPS_WIDE = 60


@dataclass(eq=False)
class Stop:
    """A place where an arrow leaves or reaches a block, or passes between two channels.

    A port has a zone of a side, which it shares with others; a lane is called by where it is.
    """

    block: Block | None = None
    cell: Cell | None = None
    side: str = ""
    lane: tuple[int, int, int] | None = None
    loop: int | None = None
    y: float = 0

    @property
    def is_port(self) -> bool:
        """Whether it is on the side of a block."""
        return bool(self.side)


@dataclass(eq=False)
class Hop:
    """A way up or down a channel: from which side the arrow comes, on which it goes on."""

    channel: Channel
    enters: str
    leaves: str
    x: float = 0


@dataclass(eq=False)
class Wire:
    """An arrow with its stops and the hops between them. A drop has none: it goes straight down,
    or up, at a share of the width of the block it leaves."""

    arrow: Arrow
    stops: list[Stop] = field(default_factory=list)
    hops: list[Hop] = field(default_factory=list)
    drop: tuple[Block, tuple[int, int] | None, int, bool] | None = None
    """The block where the gap is, the gap in it, the arrow's number there, whether it goes up."""
    points: list[tuple[float, float]] = field(default_factory=list)

    def go(self, channel: Channel, enters: str, leaves: str, stop: Stop) -> None:
        """Add a hop and the stop it ends at."""
        self.hops.append(Hop(channel, enters, leaves))
        self.stops.append(stop)


End = tuple[Block, Cell | None]


class Wiring:
    """All arrows of a picture, and the lanes they need between its packets."""

    def __init__(
        self,
        columns: Sequence[Sequence[Block]],
        arrows: Sequence[Arrow],
        carded: frozenset[int] = frozenset(),
    ) -> None:
        self.columns = columns
        self.carded = carded
        """The packets whose other factors stand beside them, above or below."""
        self.column_of = {b.index: at for at, column in enumerate(columns) for b in column}
        self.ends: dict[str, End] = dict(_ends(columns))
        self.lanes: dict[tuple[int, int], int] = {}
        """How many arrows pass through a column, by column and gap."""
        self.drops: dict[tuple[int, int], int] = {}
        """How many arrows drop from a packet to its neighbour, by column and gap."""
        self.loops = 0
        """How many lanes arrows need below all packets."""
        self.wires = [self._wire(arrow) for arrow in arrows]

    def _wire(self, arrow: Arrow) -> Wire:
        wire = Wire(arrow)
        source, target = self.ends[arrow.source], self.ends[arrow.target]
        if source[0] is target[0] and (source[1] or target[1]):
            self._within(wire, source, target)
        else:
            self._across(wire, source, target)
        return wire

    # Between packets.

    def _across(self, wire: Wire, source: End, target: End) -> None:
        here, there = self.column_of[source[0].index], self.column_of[target[0].index]
        if here == there and self._drops(wire, source, target, here):
            return
        wire.stops.append(_port(*source, RIGHT))
        if source[1] is not None:
            self._out(wire, source[0], source[1])
        if here < there:
            for column in range(here + 1, there):
                wire.go(("m", column, 0), LEFT, RIGHT, self._lane(column, source, target))
            self._in(wire, target, ("m", there, 0), LEFT)
        elif here > there:
            self.loops += 1
            wire.go(("m", here + 1, 0), LEFT, LEFT, Stop(loop=self.loops - 1))
            self._in(wire, target, ("m", there, 0), RIGHT)
        else:
            self._back_in(wire, target, ("m", here + 1, 0))

    def _drops(self, wire: Wire, source: End, target: End, column: int) -> bool:
        """Whether the arrow can go straight from one packet to the next below or above it."""
        if source[1] or target[1] or source[0] is target[0]:
            return False
        first, second = (_place(self.columns[column], end[0]) for end in (source, target))
        gap = (column, max(first, second))
        number = self.drops.get(gap, 0)
        upper = min(first, second)
        is_shut = self.columns[column][upper].index in self.carded and upper > 0
        if is_shut or abs(first - second) != 1 or _is_full(number, source[0].width):
            return False
        self.drops[gap] = number + 1
        wire.drop = (self.columns[column][gap[1]], None, number, first > second)
        return True

    def _lane(self, column: int, source: End, target: End) -> Stop:
        """A lane through a column, in the gap that is most on the way."""
        count = len(self.columns[column])
        shares = [_share(self.columns[self.column_of[e[0].index]], e[0]) for e in (source, target)]
        gap = round(sum(shares) / 2 * count)
        number = self.lanes.get((column, gap), 0)
        self.lanes[column, gap] = number + 1
        return Stop(lane=(column, gap, number))

    def _out(self, wire: Wire, block: Block, cell: Cell) -> None:
        """Go on from a box to the right side of its packet."""
        for each in range(cell.column + 1, len(block.columns)):
            stop = _lane_in(block, each, _fraction(block, cell))
            wire.go(("l", block.index, each), LEFT, RIGHT, stop)

    def _in(self, wire: Wire, target: End, channel: Channel, enters: str) -> None:
        """Come to the left side of a packet, and to a box in it."""
        block, cell = target
        if cell is not None:
            for each in range(cell.column):
                stop = _lane_in(block, each, _fraction(block, cell))
                wire.go(channel, enters, RIGHT, stop)
                channel, enters = ("l", block.index, each + 1), LEFT
        wire.go(channel, enters, RIGHT, _port(block, cell, LEFT))

    def _back_in(self, wire: Wire, target: End, channel: Channel) -> None:
        """Come to the right side of a packet, and to a box in it."""
        block, cell = target
        enters = LEFT
        if cell is not None:
            for each in range(len(block.columns) - 1, cell.column, -1):
                stop = _lane_in(block, each, _fraction(block, cell))
                wire.go(channel, enters, LEFT, stop)
                channel, enters = ("l", block.index, each), RIGHT
        wire.go(channel, enters, LEFT, _port(block, cell, RIGHT))

    # Within a packet.

    def _within(self, wire: Wire, source: End, target: End) -> None:
        block, start = source
        end = target[1]
        if start is None:
            wire.stops.append(Stop(block))
            self._in(wire, target, ("l", block.index, 0), LEFT)
        elif end is None:
            wire.stops.append(_port(block, start, RIGHT))
            self._out(wire, block, start)
            wire.go(("l", block.index, len(block.columns)), LEFT, RIGHT, Stop(block))
        elif start.column == end.column and _drops_within(wire, block, start, end):
            return
        else:
            wire.stops.append(_port(block, start, RIGHT))
            self._between(wire, block, start, end)

    def _between(self, wire: Wire, block: Block, start: Cell, end: Cell) -> None:
        """From a box to another of the same packet, which has two columns at most."""
        channel: Channel = ("l", block.index, start.column + 1)
        block.is_linked = block.is_linked or start.column != end.column
        if start.column < end.column:
            wire.go(channel, LEFT, RIGHT, _port(block, end, LEFT))
        elif start.column > end.column:
            block.loops += 1
            wire.go(channel, LEFT, LEFT, Stop(block, loop=block.loops - 1))
            wire.go(("l", block.index, end.column), RIGHT, RIGHT, _port(block, end, LEFT))
        else:
            wire.go(channel, LEFT, LEFT, _port(block, end, RIGHT))


def _ends(columns: Sequence[Sequence[Block]]) -> Iterator[tuple[str, End]]:
    for block in (block for column in columns for block in column):
        yield block.frame.key, (block, None)
        yield from ((cell.box.key, (block, cell)) for cell in block.cells())


def _port(block: Block, cell: Cell | None, side: str) -> Stop:
    """A port on a side, which grows with it."""
    holder = cell or block
    if side == LEFT:
        holder.lefts += 1
        block.lefts += 2 if cell is not None and cell.column == 0 else 0
    else:
        holder.rights += 1
        block.rights += 2 if cell is not None and cell.column == len(block.columns) - 1 else 0
    return Stop(block, cell, side)


def _lane_in(block: Block, column: int, fraction: float) -> Stop:
    """A lane through a column of boxes."""
    gap = round(fraction * len(block.columns[column]))
    number = block.lanes[column].get(gap, 0)
    block.lanes[column][gap] = number + 1
    block.lefts += 2
    block.rights += 2
    return Stop(block, lane=(column, gap, number))


def _drops_within(wire: Wire, block: Block, start: Cell, end: Cell) -> bool:
    """Whether the arrow can go straight from a box to the next below or above it."""
    roots = block.columns[start.column]
    if start not in roots or end not in roots or start is end:
        return False
    first, second = roots.index(start), roots.index(end)
    gap = (start.column, max(first, second))
    there = block.drops.get(gap, [])
    if abs(first - second) != 1 or _is_full(len(there), start.width):
        return False
    block.drops[gap] = [*there, wire.arrow.key]
    wire.drop = (block, gap, len(there), first > second)
    return True


def _is_full(number: int, width: float) -> bool:
    """Whether there is no room for one more arrow below a block of that width."""
    return _DROPS_WIDE * (number + 2) > width


def _place(column: Sequence[Block], block: Block) -> int:
    return next(at for at, each in enumerate(column) if each is block)


def _share(column: Sequence[Block], block: Block) -> float:
    """How far down its column a packet is, from 0 to 1."""
    return (_place(column, block) + 0.5) / len(column)


def _fraction(block: Block, cell: Cell) -> float:
    """How far down its column a box is, from 0 to 1."""
    column = block.columns[cell.column]
    place = next(at for at, root in enumerate(column) if any(each is cell for each in root.all()))
    return (place + 0.5) / len(column)
