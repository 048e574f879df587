"""A web to a trail: all that a thing rests on, all that rests on it, and what rests on it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.model.evidence import Evidence
from scc_eval.trails.alone import resting_alone
from scc_eval.trails.nodes import Node, node_of
from scc_eval.trails.web import KINDS, Way

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.trails.holders import Reference
    from scc_eval.trails.web import Tie, Web


class Edge(NamedTuple):
    """The lower node rests on the upper one, or says something of it; both by their keys."""

    upper: str
    lower: str
    relation: str
    polarity: str | None = None

    def end(self, way: Way) -> str:
        """The node it leads to."""
        return self.upper if way is Way.UP else self.lower


class Side(NamedTuple):
    """A trail one way. Edges and steps go as far as was asked for; the figures count all there is.

    `counts` are nodes by kind, `codes` the cells of the items among them, `polarities` what items
    do to what was asked for, `roots` the root sources of the items.
    """

    edges: Mapping[str, tuple[Edge, ...]]
    """The edges that lead on from each node, in the order in which they are told."""
    steps: Mapping[str, int]
    """How far each node is."""
    cut: frozenset[str]
    """The nodes that lead further than was asked for."""
    counts: Mapping[str, int]
    codes: int
    polarities: Mapping[str, int]
    roots: tuple[str, ...]


class Trail(NamedTuple):
    """What one thing rests on and what rests on it. `head` is what was asked for and `starts` the
    nodes it stands for: itself, or all that it holds. `alone` are those of the nodes below that
    rest on it alone; None where nothing can."""

    ref: str
    evaluation: str
    title: str
    head: Node
    starts: tuple[str, ...]
    nodes: Mapping[str, Node]
    sides: Mapping[Way, Side]
    alone: tuple[Node, ...] | None

    @property
    def edges(self) -> Iterator[Edge]:
        """Every edge, once."""
        sides = (edges for side in self.sides.values() for edges in side.edges.values())
        yield from dict.fromkeys(edge for edges in sides for edge in edges)


def trace(
    dossier: Dossier,
    web: Web,
    asked: Reference,
    ref: str = "",
    ways: Iterable[Way] = tuple(Way),
    depth: int | None = None,
) -> Trail:
    """Follow what was asked for upstream, downstream or both, as many steps as are wanted."""
    tracer = _Tracer(dossier, web, asked.starts, depth)
    sides = {way: tracer.side(way) for way in ways}
    starts = tuple(tracer.key(place) for place in asked.starts)
    alone = resting_alone(dossier, web, asked.starts) if Way.DOWN in sides else None
    return Trail(
        ref or asked.id,
        dossier.name,
        dossier.settings.title,
        asked.head or tracer.node(asked.starts[0]),
        starts,
        {key: tracer.nodes[key] for key in dict.fromkeys((*starts, *tracer.nodes))},
        sides,
        None if alone is None else tuple(map(tracer.node, alone)),
    )


class _Tracer:
    """Follows trails from some things."""

    def __init__(
        self, dossier: Dossier, web: Web, starts: tuple[int, ...], depth: int | None
    ) -> None:
        self._dossier = dossier
        self._web = web
        self._starts = frozenset(starts)
        self._order = starts
        self._depth = depth
        self._known: dict[int, Node] = {}
        self.nodes: dict[str, Node] = {}

    def node(self, place: int) -> Node:
        """A thing as a node."""
        if place not in self._known:
            self._known[place] = node_of(self._dossier, self._web, place)
        return self._known[place]

    def key(self, place: int) -> str:
        """The key of a thing, which is from now on a node of the trail."""
        node = self.node(place)
        self.nodes[node.key] = node
        return node.key

    def side(self, way: Way) -> Side:
        """The trail one way."""
        every = self._web.walk(self._order, way)
        steps = {p: n for p, n in every.items() if self._depth is None or n <= self._depth}
        onward = {place: self._web.onward(place, way, self._starts) for place in steps}
        is_last = {place: steps[place] == self._depth for place in steps}
        items = tuple(self._items(every))
        return Side(
            {
                self.key(place): tuple(self._edge(tie) for tie in ties)
                for place, ties in onward.items()
                if ties and not is_last[place]
            },
            {self.key(place): count for place, count in steps.items()},
            frozenset(self.key(place) for place in steps if is_last[place] and onward[place]),
            self._counts(every),
            len({self._dossier.cell(item.code) for item in items}),
            self._polarities(way),
            tuple(sorted(self._dossier.roots_of(items))) if way is Way.UP else (),
        )

    def _edge(self, tie: Tie) -> Edge:
        return Edge(self.key(tie.upper), self.key(tie.lower), tie.relation, tie.polarity)

    def _items(self, places: Iterable[int]) -> Iterator[Evidence]:
        """The items on the way that are in use, and those asked for."""
        for place in places:
            item = self._web.things[place].declared
            if isinstance(item, Evidence) and item.set_aside is None:
                yield item

    def _counts(self, places: Iterable[int]) -> Mapping[str, int]:
        kinds = Counter(self._web.things[p].kind for p in places if p not in self._starts)
        return {kind: kinds[kind] for kind in KINDS if kinds[kind]}

    def _polarities(self, way: Way) -> Mapping[str, int]:
        if way is Way.DOWN or len(self._order) != 1:
            return {}
        ties = self._web.ties(self._order[0], way)
        return Counter(tie.polarity for tie in ties if tie.polarity is not None)
