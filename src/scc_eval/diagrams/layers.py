"""Which packets stand in which column: causes left of what they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[int, int]

_TALLER = 1.08
_WIDE = 1.6
"""How many times wider than high a picture may be without columns being stacked at all."""
_WIDEST = 2.4
"""How many times wider than high a picture may be before columns are stacked at any price."""


def layered(
    count: int, edges: Iterable[Edge], *, is_following: bool = True
) -> tuple[tuple[int, ...], ...]:
    """The nodes 0 to count - 1 in layers by longest path, each layer in their own order. Edges
    that close a loop are passed over; a node with no edge follows the one before it, or stands
    among the first."""
    forward = _without_loops(count, edges)
    depth = dict.fromkeys(range(count), 0)
    for _ in range(count):
        for source, target in forward:
            depth[target] = max(depth[target], depth[source] + 1)
    tied = {node for edge in forward for node in edge}
    for node in range(1, count):
        if is_following and node not in tied:
            depth[node] = depth[node - 1] + 1
    found: dict[int, list[int]] = {}
    for node in range(count):
        found.setdefault(depth[node], []).append(node)
    return tuple(tuple(found[level]) for level in sorted(found))


def _without_loops(count: int, edges: Iterable[Edge]) -> list[Edge]:
    """The edges, each once, without those that lead back to where a walk came from."""
    after: dict[int, list[int]] = {node: [] for node in range(count)}
    for source, target in dict.fromkeys(edges):
        if source != target:
            after[source].append(target)
    kept: list[Edge] = []
    seen: set[int] = set()
    for start in range(count):
        walk = [] if start in seen else [(start, iter(after[start]))]
        above = {start}
        seen.add(start)
        while walk:
            node, ahead = walk[-1]
            target = next(ahead, -1)
            if target < 0:
                above.discard(node)
                walk.pop()
            elif target not in above:
                kept.append((node, target))
                if target not in seen:
                    seen.add(target)
                    above.add(target)
                    walk.append((target, iter(after[target])))
    return kept


def stacked(
    layers: Sequence[tuple[int, ...]],
    heights: Mapping[int, float],
    widths: Mapping[int, float],
    between: float,
) -> tuple[tuple[int, ...], ...]:
    """Neighbouring layers put on top of each other while the tallest column hardly grows; more of
    them where the picture would be too wide for a page."""
    tallest = max(sum(heights[node] for node in layer) for layer in layers)
    if _width(layers, widths, between) < _WIDE * tallest:
        return tuple(layers)
    room = tallest * _TALLER
    columns = _stack(layers, heights, room)
    while len(columns) > 1 and _width(columns, widths, between) > _WIDEST * max(room, 400):
        room *= _TALLER
        columns = _stack(layers, heights, room)
    return columns


def _stack(
    layers: Sequence[tuple[int, ...]], heights: Mapping[int, float], room: float
) -> tuple[tuple[int, ...], ...]:
    """As few columns as the room allows; of those, the ones that leave the first alone."""
    columns: list[list[int]] = []
    for layer in reversed(layers):
        here = sum(heights[node] for node in layer)
        if columns and here + sum(heights[node] for node in columns[0]) <= room:
            columns[0] = [*layer, *columns[0]]
        else:
            columns.insert(0, list(layer))
    return tuple(tuple(column) for column in columns)


def _width(
    columns: Sequence[tuple[int, ...]], widths: Mapping[int, float], between: float
) -> float:
    return sum(max(widths[node] for node in column) + between for column in columns)
