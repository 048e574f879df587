"""How high each packet stands: columns of packets, with their other factors and with lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scc_eval.diagrams.cells import DROP, GRID, Block, Card
from scc_eval.diagrams.wires import Stop, Wiring

APART = 30
"""The least distance between two packets below each other."""
_CARD_AWAY = 28
_LANES = (5, 15)
_INNER_LANES = ((3, 7), (13, 17))
"""Where lanes run, from 0 to GRID, by column: no two neighbouring columns share a place,
and none is that of a port."""


@dataclass(eq=False)
class Stack:
    """A column from top to bottom: where its lanes run and how high it is."""

    height: float = 0
    lane_ys: dict[tuple[int, int], float] = field(default_factory=dict)
    top: float = 0


def stack(wiring: Wiring, cards: Mapping[int, Card], top: float) -> float:
    """Give all packets, cards and lanes their y, the columns centred beside each other from the
    top on; returns where they end."""
    for number, column in enumerate(wiring.columns):
        for block in column:
            inner = _INNER_LANES[number % 2]
            block.settle(tuple(inner[at % 2] for at in range(len(block.columns))))
    stacks = [_stack(wiring, number, cards) for number in range(len(wiring.columns))]
    tallest = max((each.height for each in stacks), default=0)
    start = -(-top // GRID) * GRID
    for number, each in enumerate(stacks):
        each.top = start + (tallest - each.height) // 2 // GRID * GRID
        for block in wiring.columns[number]:
            block.y += each.top
            if block.index in cards:
                cards[block.index].y += each.top
    for wire in wiring.wires:
        for stop in wire.stops:
            _level(stop, stacks, start + tallest + 10)
    return start + tallest + (GRID * wiring.loops + 14 if wiring.loops else 0)


def _stack(wiring: Wiring, number: int, cards: Mapping[int, Card]) -> Stack:
    found, column = Stack(), wiring.columns[number]
    below: float = 0
    for gap, block in enumerate(column):
        begun = _past_card(column, gap, cards, below)
        below = _lanes(wiring, found, number, gap, begun)
        if is_above(column, gap, cards):
            cards[block.index].y = below
            below += cards[block.index].height + _CARD_AWAY
        elif (number, gap) in wiring.drops:
            below += DROP
        elif gap:
            below = max(below + 10, begun + APART)
        block.y = -(-below // GRID) * GRID
        below = block.y + block.height
    below = _past_card(column, len(column), cards, below)
    found.height = _lanes(wiring, found, number, len(column), below)
    return found


def _past_card(column: Sequence[Block], gap: int, cards: Mapping[int, Card], below: float) -> float:
    """Put the other factors of the packet above a gap below it; returns where they end."""
    above = column[gap - 1] if gap else None
    if above is None or above.index not in cards or is_above(column, gap - 1, cards):
        return below
    card = cards[above.index]
    card.y = below + _CARD_AWAY
    return card.y + card.height


def is_above(column: Sequence[Block], place: int, cards: Mapping[int, Card]) -> bool:
    """Whether the other factors of a packet stand above it: those of the first of several."""
    return place == 0 and len(column) > 1 and column[0].index in cards


def _lanes(wiring: Wiring, found: Stack, number: int, gap: int, below: float) -> float:
    """Lanes in a gap of a column; returns where they end."""
    grid = _LANES[number % 2]
    for lane in range(wiring.lanes.get((number, gap), 0)):
        least = below + (14 if lane == 0 and gap else GRID if lane else 0)
        below = least + (grid - least) % GRID
        found.lane_ys[gap, lane] = below
    return below + (6 if (number, gap) in wiring.lanes else 0)


def _level(stop: Stop, stacks: Sequence[Stack], floor: float) -> None:
    """The y of a stop that is on a lane."""
    if stop.lane is not None and stop.block is None:
        column, gap, lane = stop.lane
        stop.y = stacks[column].top + stacks[column].lane_ys[gap, lane]
    elif stop.lane is not None and stop.block is not None:
        stop.y = stop.block.y + stop.block.lane_ys[stop.lane]
    elif stop.loop is not None:
        start = stop.block.y + stop.block.floor + 10 if stop.block is not None else floor
        stop.y = start + GRID * stop.loop
