"""What rests on what in one evaluation: things, and the ties between them, each seen once."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scc_eval.model.base import Declaration

HYPOTHESES = ("mechanism", "assumption", "risk", "factor")
ENDS = frozenset((*HYPOTHESES, "box", "packet"))
"""What no trail goes through. A claim that names a mechanism does not rest on all that bears on it:
it rests on what it cites and on what bears on the claim itself, as the other commands count."""

KINDS = (
    *("recommendation", "measure", "lesson", "question", "conclusion", "verdict", "claim"),
    *("key point", "assertion", "impact", "test", "rival", "fate", "theme", "evidence item"),
    "source",
    *(*HYPOTHESES, "box", "packet", "challenge", "panel comment", "unknown"),
)
"""Every kind of thing, in the order in which things are told: what leads far first, so that a tree
tells each thing near its root."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


class Way(Enum):
    """The two ways along a trail."""

    UP = "up"
    """To what a thing rests on."""
    DOWN = "down"
    """To what rests on it."""


class Thing(NamedTuple):
    """Something that others may rest on; `unknown` where a name was given that nothing bears."""

    kind: str
    id: str
    declared: Declaration | None = None


class Tie(NamedTuple):
    """The lower thing rests on the upper one, or says something of it. Both are places among the
    things; `polarity` is what an item does to the thing it bears on."""

    upper: int
    lower: int
    relation: str
    polarity: str | None = None

    def end(self, way: Way) -> int:
        """The thing it leads to."""
        return self.upper if way is Way.UP else self.lower


class Things:
    """The things of an evaluation, each in its place."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._things: list[Thing] = []
        self._named: dict[tuple[str, str], list[int]] = {}
        self._places: dict[int, int] = {}
        for thing in things:
            self.add(thing)

    def add(self, thing: Thing) -> int:
        """Give a thing the next place."""
        place = len(self._things)
        self._things.append(thing)
        self._named.setdefault((thing.kind, thing.id), []).append(place)
        self._places[id(thing.declared)] = place
        return place

    def __getitem__(self, place: int) -> Thing:
        return self._things[place]

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things)

    def place(self, declared: Declaration) -> int:
        """The place of a declaration."""
        return self._places[id(declared)]

    def named(self, kind: str, name: str) -> tuple[int, ...]:
        """The things of that kind and name: more than one where a name was given twice."""
        return tuple(self._named.get((kind, name), ()))


class Web:
    """The things of an evaluation and their ties. It never changes."""

    def __init__(self, things: Things, ties: Iterable[Tie]) -> None:
        self.things = things
        up: dict[int, list[Tie]] = defaultdict(list)
        down: dict[int, list[Tie]] = defaultdict(list)
        for tie in ties:
            up[tie.lower].append(tie)
            down[tie.upper].append(tie)
        self._ties: Mapping[Way, Mapping[int, list[Tie]]] = {Way.UP: up, Way.DOWN: down}

    def ties(self, place: int, way: Way) -> Sequence[Tie]:
        """The ties of a thing one way, in the order in which they are told."""
        return sorted(
            self._ties[way].get(place, ()),
            key=lambda tie: _RANK[self.things[tie.end(way)].kind],
        )

    def onward(self, place: int, way: Way, starts: frozenset[int]) -> Sequence[Tie]:
        """The ties along which a trail from those starts goes on from a thing."""
        is_end = self.things[place].kind in ENDS and place not in starts
        return () if is_end else self.ties(place, way)

    def walk(self, starts: Iterable[int], way: Way) -> dict[int, int]:
        """All that is reached from some things one way, with how many steps it takes, 0 for the
        starts; in the order of steps."""
        steps = dict.fromkeys(starts, 0)
        begun = frozenset(steps)
        ahead = deque(steps)
        while ahead:
            here = ahead.popleft()
            for tie in self.onward(here, way, begun):
                there = tie.end(way)
                if there not in steps:
                    steps[there] = steps[here] + 1
                    ahead.append(there)
        return steps
