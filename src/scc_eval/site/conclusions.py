"""The conclusions both ways, with links: what each rests on, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scc_eval.dossier import Dossier
from scc_eval.story.scribe import anchored
from scc_eval.story.view import Ref
from scc_eval.trails import matrix
from scc_eval.trails.conclusions import Row
from scc_eval.trails.nodes import Node


@dataclass(frozen=True, slots=True)
class Line:
    """One conclusion: on what it rests, down to the sources, and what follows from it."""

    conclusion: Ref
    grounds: tuple[Ref, ...]
    codes: tuple[Ref, ...]
    roots: tuple[Ref, ...]
    recommendations: tuple[Ref, ...]
    lessons: tuple[Ref, ...]


def tell_lines(dossier: Dossier) -> tuple[Line, ...]:
    """A line for each conclusion, in the order of the questions."""
    return tuple(_line(row) for row in matrix(dossier).rows if row.conclusion is not None)


def _line(row: Row) -> Line:
    grounds = (ground.node for ground in row.grounds)
    return Line(
        _ref(row.subject),
        tuple(_ref(node) for node in grounds if node.kind != "code"),
        _refs(row.codes),
        _refs(row.roots, "source-"),
        tuple(map(_ref, row.recommendations)),
        tuple(_ref(each.node) for each in row.lessons),
    )


def _ref(node: Node) -> Ref:
    return Ref(node.id, anchored(node.id))


def _refs(names: Iterable[str], prefix: str = "") -> tuple[Ref, ...]:
    return tuple(Ref(name, anchored(name, prefix)) for name in names)
