"""Where on a side each arrow leaves or arrives: apart from each other, straight on where it can."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scc_eval.diagrams.cells import GRID
from scc_eval.diagrams.wires import LEFT, RIGHT, Stop, Wire

_APART, _FROM_LANE = 18, 10
_PLACES = {RIGHT: 0, LEFT: 10}
"""Where on the grid arrows leave to the right, and arrive from the left: never at one height."""

Wall = tuple[int, int, str]


class _Port(NamedTuple):
    stop: Stop
    beside: Stop
    """The stop before or after it."""
    number: int


class _Walls:
    """What is taken on each side of each packet, and of each column of boxes in it."""

    def __init__(self) -> None:
        self._taken: dict[Wall, list[tuple[float, float]]] = {}

    def is_free(self, stop: Stop, y: float) -> bool:
        """Whether an arrow can be there."""
        return all(
            abs(y - other) >= apart
            for wall in _walls(stop)
            for other, apart in self._taken.get(wall, ())
        )

    def take(self, stop: Stop, y: float, apart: float) -> None:
        """An arrow is there."""
        for wall in _walls(stop):
            self._taken.setdefault(wall, []).append((y, apart))


def _walls(stop: Stop) -> Iterable[Wall]:
    block, cell = stop.block, stop.cell
    assert block is not None
    last = len(block.columns) - 1
    if stop.lane is not None:
        if stop.lane[0] == 0:
            yield block.index, -1, LEFT
        if stop.lane[0] == last:
            yield block.index, -1, RIGHT
    elif cell is None:
        yield block.index, -1, stop.side
    else:
        yield block.index, cell.column, stop.side
        if cell.column == (0 if stop.side == LEFT else last):
            yield block.index, -1, stop.side


def dock(wires: Iterable[Wire]) -> None:
    """Give every port its y. Boxes first, then packets, whose sides are longer; those that arrive
    after those that leave, so that they can go straight on."""
    walls = _Walls()
    leaving: list[_Port] = []
    arriving: list[_Port] = []
    for number, wire in enumerate(wires):
        for stop in wire.stops:
            if stop.lane is not None and stop.block is not None:
                walls.take(stop, stop.y, _FROM_LANE)
        if wire.stops and wire.stops[0].is_port:
            leaving.append(_Port(wire.stops[0], wire.stops[1], number))
        if wire.stops and wire.stops[-1].is_port:
            arriving.append(_Port(wire.stops[-1], wire.stops[-2], number))
    for is_cell in (True, False):
        for ports in _zones(leaving, is_cell):
            _assign(ports, walls, is_straight=False)
        for ports in _zones(arriving, is_cell):
            _assign(ports, walls, is_straight=True)
    for wire in wires:
        _tie(wire)


def _tie(wire: Wire) -> None:
    """A stop on the inner side of a packet's edge is level with the one beside it."""
    if wire.stops and wire.stops[0].block and _is_edge(wire.stops[0]):
        wire.stops[0].y = wire.stops[1].y
    if wire.stops and wire.stops[-1].block and _is_edge(wire.stops[-1]):
        wire.stops[-1].y = wire.stops[-2].y


def _is_edge(stop: Stop) -> bool:
    return not stop.side and stop.lane is None and stop.loop is None


def _zones(ports: Iterable[_Port], is_cell: bool) -> Iterable[list[_Port]]:
    """The ports of boxes or of packets, by the side they share."""
    found: dict[tuple[int, int, str], list[_Port]] = {}
    for port in ports:
        stop = port.stop
        if (stop.cell is not None) is is_cell and stop.block is not None:
            key = (stop.block.index, id(stop.cell), stop.side)
            found.setdefault(key, []).append(port)
    return found.values()


def _zone(stop: Stop) -> tuple[float, float]:
    """From where to where a port may be."""
    block, cell = stop.block, stop.cell
    assert block is not None
    if cell is None:
        return block.y + 10, block.y + block.height - 10
    depth = cell.head if cell.cells else cell.height
    return block.y + cell.y + 4, block.y + cell.y + depth - 4


def _wish(port: _Port) -> float:
    """Where a port would best be: level with the stop beside it, or with the middle of what both
    sides share."""
    low, high = _zone(port.stop)
    if port.beside.is_port and not port.beside.y:
        first, last = _zone(port.beside)
        low, high = (
            (max(low, first), min(high, last)) if first < high and low < last else (low, high)
        )
        wish = (max(first, low) + min(last, high)) / 2
    else:
        wish = port.beside.y or (low + high) / 2
    return min(max(wish, low), high)


def _assign(ports: list[_Port], walls: _Walls, *, is_straight: bool) -> None:
    left = sorted(ports, key=lambda port: (_wish(port), port.number))
    low, high = _zone(ports[0].stop)
    grid = _PLACES[ports[0].stop.side]
    if is_straight:
        for port in tuple(left):
            y = port.beside.y
            if low <= y <= high and _is_level(port) and walls.is_free(port.stop, y):
                rest = _free(port.stop, low, high, grid, walls)
                if sum(abs(place - y) >= _APART for place in rest) >= len(left) - 1:
                    _put(port, y, walls)
                    left.remove(port)
    places: list[float] = []
    for port in left:
        free = [
            place for place in _free(port.stop, low, high, grid, walls) if place not in places
        ] or [round((low + high) / 2)]
        wish = _wish(port)
        places.append(min(free, key=lambda place: (abs(place - wish), place)))
    for port, place in zip(left, sorted(places), strict=True):
        _put(port, place, walls)


def _is_level(port: _Port) -> bool:
    """Whether going straight on from the stop beside it is a way: it is not for one that comes
    back to the side it left, nor from below all."""
    return port.beside.loop is None and port.beside.side != port.stop.side


def _free(stop: Stop, low: float, high: float, grid: int, walls: _Walls) -> list[float]:
    first = low + (grid - low) % GRID
    count = int((high - first) // GRID) + 1
    places = [first + GRID * each for each in range(count)]
    return [place for place in places if walls.is_free(stop, place)]


def _put(port: _Port, y: float, walls: _Walls) -> None:
    port.stop.y = y
    walls.take(port.stop, y, _APART)
