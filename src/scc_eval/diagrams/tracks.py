"""Where in its channel each arrow goes up or down, so that few cross and none lie on each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scc_eval.diagrams.wires import LEFT, RIGHT, Channel, Hop, Wire

STEP = 10
"""The distance of two arrows in a channel."""
_NEAR, _TOO_NEAR = 8, 3


class Climb(NamedTuple):
    """A hop with the heights at which it comes and goes."""

    hop: Hop
    start: float
    end: float

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it goes up or down."""
        return min(self.start, self.end), max(self.start, self.end)


def climbs(wires: Iterable[Wire]) -> dict[Channel, list[Climb]]:
    """The hops of each channel that change height."""
    found: dict[Channel, list[Climb]] = {}
    for wire in wires:
        for hop, before, after in zip(wire.hops, wire.stops, wire.stops[1:], strict=False):
            if before.y != after.y or hop.enters == hop.leaves:
                found.setdefault(hop.channel, []).append(Climb(hop, before.y, after.y))
    return found


def ranked(found: list[Climb]) -> int:
    """Give each hop of a channel its rank from the left, as its x; returns how many there are."""
    ordered = _ordered(found)
    ranks: list[int] = []
    for place, climb in enumerate(ordered):
        low, high = climb.span
        rank = 0
        for other, taken in zip(ordered[:place], ranks, strict=True):
            first, last = other.span
            if low - STEP < last and first - STEP < high:
                rank = max(rank, taken + 1)
        ranks.append(rank)
        climb.hop.x = rank
    return max(ranks, default=-1) + 1


def _ordered(found: list[Climb]) -> list[Climb]:
    """From left to right: each put where it costs least."""
    ordered: list[Climb] = []
    for climb in found:
        costs = [sum(_cost(climb, other) for other in ordered)]
        for other in ordered:
            costs.append(costs[-1] - _cost(climb, other) + _cost(other, climb))
        best = min(range(len(costs)), key=costs.__getitem__)
        ordered.insert(best, climb)
    return ordered


def _cost(left: Climb, right: Climb) -> int:
    """How bad it is that one is left of the other: crossings, and lines that nearly touch."""
    rightward = _levels(left, RIGHT)
    leftward = _levels(right, LEFT)
    low, high = right.span
    cost = sum(2 for y in rightward if low < y < high)
    low, high = left.span
    cost += sum(2 for y in leftward if low < y < high)
    for y in rightward:
        for other in leftward:
            gap = abs(y - other)
            cost += 60 if gap < _TOO_NEAR else 3 if gap < _NEAR else 0
    return cost


def _levels(climb: Climb, side: str) -> list[float]:
    """The heights at which it is on that side of the channel."""
    levels = [climb.start] if climb.hop.enters == side else []
    return levels + ([climb.end] if climb.hop.leaves == side else [])
