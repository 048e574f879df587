"""How far right each packet stands, and the points of each arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scc_eval.diagrams.cells import PAD, Block
from scc_eval.diagrams.tracks import STEP, climbs, ranked
from scc_eval.diagrams.wires import LEFT, RIGHT, Channel, Stop, Wire, Wiring

HEAD = 9
"""The length of the head of an arrow."""
_MARGIN, _NARROW = 12, 12
_APART = 48


class _Channels:
    """The width of each channel, and where the arrows in it are."""

    def __init__(self, wires: Sequence[Wire], badge: float) -> None:
        self.ranks = {channel: ranked(found) for channel, found in climbs(wires).items()}
        self.used = {hop.channel for wire in wires for hop in wire.hops}
        last = {(wire.hops[-1].channel, wire.hops[-1].leaves) for wire in wires if wire.hops}
        zone = HEAD + badge + 8
        self.before = {c: zone if (c, LEFT) in last else _NARROW for c in self.used}
        self.after = {c: zone if (c, RIGHT) in last else _NARROW for c in self.used}
        self.lefts: dict[Channel, float] = {}

    def width(self, channel: Channel, empty: float, least: float = 0) -> float:
        """Its width; if no arrow uses it, that of an empty one."""
        if channel not in self.used:
            return empty
        between = STEP * max(self.ranks.get(channel, 0) - 1, 0)
        return max(self.before[channel] + between + self.after[channel], least)

    def put(self, channel: Channel, x: float) -> None:
        """Set its left edge."""
        self.lefts[channel] = x

    def x(self, channel: Channel, rank: float) -> float:
        """Where the arrow of that rank goes up or down."""
        return self.lefts[channel] + self.before[channel] + STEP * rank


def spread(wiring: Wiring, badge: float) -> float:
    """Give all packets and boxes their x and each arrow its points; returns the right edge. `badge`
    is the width of the widest number on an arrow."""
    channels = _Channels(wiring.wires, badge)
    x: float = _MARGIN
    for number, column in enumerate(wiring.columns):
        channel: Channel = ("m", number, 0)
        channels.put(channel, x)
        x += channels.width(channel, _APART if number else 0, _APART if number else 0)
        wide = max(_natural(block, channels) for block in column)
        for block in column:
            _place(block, channels, x, wide)
        x += wide
    channel = ("m", len(wiring.columns), 0)
    channels.put(channel, x)
    x += channels.width(channel, 0)
    for wire in wiring.wires:
        wire.points = list(_points(wire, channels, wiring))
    return x + _MARGIN


def _inner(block: Block, channels: _Channels) -> list[float]:
    """The widths of the channels of a packet, from left to right."""
    last = len(block.columns)
    return [
        channels.width(("l", block.index, at), PAD if at in (0, last) else _NARROW)
        for at in range(last + 1)
    ]


def _natural(block: Block, channels: _Channels) -> float:
    """The least width of a packet."""
    if not block.columns:
        return block.width
    boxes = sum(column[0].width for column in block.columns)
    return max(block.width, sum(_inner(block, channels)) + boxes)


def _place(block: Block, channels: _Channels, x: float, wide: float) -> None:
    """Put a packet at x, its boxes as wide as its width allows."""
    block.x, block.width = x, wide
    strips = _inner(block, channels)
    share = (wide - sum(strips)) / max(len(block.columns), 1)
    for at, column in enumerate(block.columns):
        channels.put(("l", block.index, at), x)
        x += strips[at]
        for cell in column:
            cell.put(x, cell.y, share)
        x += share
    channels.put(("l", block.index, len(block.columns)), x)


def _points(wire: Wire, channels: _Channels, wiring: Wiring) -> Iterator[tuple[float, float]]:
    if wire.drop is not None:
        yield from _dropped(wire, wiring)
        return
    yield _edge(wire.stops[0], RIGHT), wire.stops[0].y
    for hop, before, after in zip(wire.hops, wire.stops, wire.stops[1:], strict=False):
        if before.y != after.y or hop.enters == hop.leaves:
            x = channels.x(hop.channel, hop.x)
            yield x, before.y
            yield x, after.y
    yield _edge(wire.stops[-1], wire.hops[-1].leaves, is_end=True), wire.stops[-1].y


def _edge(stop: Stop, way: str, *, is_end: bool = False) -> float:
    """The x of the side where an arrow begins or ends."""
    block, cell = stop.block, stop.cell
    assert block is not None
    if not stop.side:
        return block.x + block.width if is_end else block.x
    left, width = (cell.x, cell.width) if cell is not None else (block.x, block.width)
    return left if stop.side == LEFT else left + width


def _dropped(wire: Wire, wiring: Wiring) -> Iterator[tuple[float, float]]:
    assert wire.drop is not None
    block, gap, number, is_up = wire.drop
    if gap is None:
        column = wiring.column_of[block.index]
        place = next(at for at, each in enumerate(wiring.columns[column]) if each is block)
        above = wiring.columns[column][place - 1]
        count, x, width = wiring.drops[column, place], block.x, block.width
        high, low = above.y + above.height, block.y
    else:
        upper, lower = (block.columns[gap[0]][gap[1] - 1], block.columns[gap[0]][gap[1]])
        count, x, width = len(block.drops[gap]), lower.x, lower.width
        high, low = block.y + upper.y + upper.height, block.y + lower.y
    x += round(width * (number + 1) / (count + 1))
    ends = (x, high), (x, low)
    yield from ends[::-1] if is_up else ends
