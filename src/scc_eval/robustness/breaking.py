"""The smallest set of sources whose loss brings a claim below its level: a question to a graph.

Sources stand on one side, what they bring on the other: interest groups, cases, methods. A claim is
no longer triangulated once too few interest groups, or too few cases and methods, have a source
left. So one chooses which few may keep theirs: the sources to lose are the neighbours of all the
others. The smallest of these sets is the answer, unless it takes fewer to leave too few sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, product
from math import comb, prod
from typing import TYPE_CHECKING

from scc_eval.dossier import Dossier, Standing, Voice

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[tuple[str, ...]]

Group = tuple[str, ...]
Node = tuple[str, ...]

MOST = 10_000
"""How many choices are looked at, one by one; where there are more, the answer is a bound."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """The smallest set of root sources whose loss brings a claim below its level.

    `groups` are the sources, those that share a package together. With `is_any`, any `size` of
    them do; otherwise it takes them all, and `others` sets are as small. Where it is not exact, no
    smaller set is known, but there may be one.
    """

    size: int
    groups: tuple[Group, ...]
    is_any: bool = False
    others: int = 0
    is_exact: bool = True


def smallest(dossier: Dossier, voices: Sequence[Voice], most: int = MOST) -> Breaking | None:
    """The smallest set that breaks a claim for which those voices speak; None if it is bare."""
    support = dossier.support_of(voices)
    standing = dossier.standing(support)
    if standing is Standing.BARE:
        return None
    may_stay = 0 if standing is Standing.SINGLE else dossier.settings.thresholds.roots - 1
    size = len(support.roots) - may_stay
    by_number = Breaking(size, support.roots, is_any=may_stay > 0)
    if standing is not Standing.TRIANGULATED:
        return by_number
    by_kind = _by_kind(dossier, voices, most)
    if by_kind.size < by_number.size:
        return by_kind
    return replace(by_number, is_exact=by_kind.is_exact or by_number.size == 1)


def _by_kind(dossier: Dossier, voices: Sequence[Voice], most: int) -> Breaking:
    """The smallest set that leaves too few interest groups, or too few cases and methods."""
    least = dossier.settings.thresholds
    graph = _graph(dossier, voices)
    legs = (
        (_Side(graph, "interest", least.interests),),
        (_Side(graph, "case", least.cases), _Side(graph, "method", least.methods)),
    )
    lost = {groups for leg in legs for groups in _losses(graph, leg, most)}
    size = min(len(groups) for groups in lost)
    found = sorted(sorted(groups) for groups in lost if len(groups) == size)
    is_exact = size == 1 or all(_choices(leg) <= most for leg in legs)
    others = len(found) - 1 if is_exact else 0
    return Breaking(size, tuple(found[0]), others=others, is_exact=is_exact)


class _Side:
    """What sources bring of one kind, what most of them bring first, and how much may stay."""

    def __init__(self, graph: Graph, kind: str, least: int) -> None:
        values = (node for node in graph if node[0] == kind)
        self.values = sorted(values, key=lambda value: (-len(graph[value]), value))
        self.stays = min(least - 1, len(self.values))


def _choices(leg: Sequence[_Side]) -> int:
    return prod(comb(len(side.values), side.stays) for side in leg)


def _losses(graph: Graph, leg: Sequence[_Side], most: int) -> Iterator[frozenset[Group]]:
    """The sources lost with each choice of what stays; of too many choices, with the first."""
    import networkx

    values = {value for side in leg for value in side.values}
    choices = product(*(combinations(side.values, side.stays) for side in leg))
    for staying in islice(choices, None if _choices(leg) <= most else 1):
        lost = networkx.node_boundary(graph, values.difference(*staying))
        yield frozenset(node[1:] for node in lost)


def _graph(dossier: Dossier, voices: Sequence[Voice]) -> Graph:
    """The groups of sources and what each brings; the first word of a node says what it is."""
    import networkx  # only a triangulated claim pays for it

    graph: Graph = networkx.Graph()
    for group in dossier.support_of(voices).roots:
        own = dossier.support_of(voice for voice in voices if voice.dependent == group)
        brought: Iterable[Node] = (
            *(("interest", interest) for interest in own.interests),
            *(("case", case) for case in own.cases),
            *(("method", method) for method in own.methods),
        )
        graph.add_edges_from((("source", *group), value) for value in brought)
    return graph
