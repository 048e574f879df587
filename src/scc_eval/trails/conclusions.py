"""A dossier to its matrix: from each question to its conclusions, to what they rest on, to the
codes and the root sources, and on to what is recommended and learnt from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.model.evidence import Evidence
from scc_eval.trails.nodes import Node, node_of
from scc_eval.trails.weaving import weave
from scc_eval.trails.web import Way

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.model.telling import Conclusion, Lesson

HOLES = ("no_conclusion", "no_question", "no_ground", "no_code", "no_source", "lost")
"""What may be missing in a row: the worst first."""
_RESTING = ("rests_on", "cites")
_SHARED = ("claim", "key point")


class Coded(NamedTuple):
    """The items of a cell that something rests on, and their root sources."""

    code: str
    items: int
    roots: tuple[str, ...]


class Ground(NamedTuple):
    """What a conclusion or a lesson rests on: a claim, a key point, an assertion or a code; with
    the claims and the codes that it leads to."""

    node: Node
    claims: tuple[str, ...]
    codes: tuple[Coded, ...]


class Learnt(NamedTuple):
    """A lesson; `through` are the claims, or else the key points, that it shares with the
    conclusion, where it does not rest on the conclusion itself."""

    node: Node
    through: tuple[str, ...] = ()


class Row(NamedTuple):
    """A conclusion with all that it hangs on; or what hangs on none: a question that nothing
    answers, a recommendation or a lesson without a conclusion."""

    question: Node | None
    conclusion: Node | None = None
    grounds: tuple[Ground, ...] = ()
    claims: tuple[Node, ...] = ()
    """Every claim it rests on, near or far."""
    codes: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    recommendations: tuple[Node, ...] = ()
    lessons: tuple[Learnt, ...] = ()
    lost: tuple[str, ...] = ()
    """Names it rests on that nothing bears."""
    holes: tuple[str, ...] = ()

    @property
    def subject(self) -> Node:
        """What the row is about: the conclusion, or what hangs on none."""
        lessons = (lesson.node for lesson in self.lessons)
        named = (self.conclusion, self.question, *self.recommendations, *lessons)
        return next(node for node in named if node is not None)


class Matrix(NamedTuple):
    """The conclusions of one evaluation, in the order of the questions."""

    name: str
    title: str
    rows: tuple[Row, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many questions and conclusions there are, and how many rows have each hole."""
        questions = {row.question.id for row in self.rows if row.question}
        conclusions = sum(row.conclusion is not None for row in self.rows)
        holes = Counter(hole for row in self.rows for hole in row.holes)
        told = {"questions": len(questions), "conclusions": conclusions}
        return told | {hole: holes[hole] for hole in HOLES}


def matrix(dossier: Dossier) -> Matrix:
    """The traceability matrix of the conclusions of an evaluation."""
    return Matrix(dossier.name, dossier.settings.title, tuple(_Tabulator(dossier).rows()))


class _Tabulator:
    """Makes the rows of a matrix."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._web = weave(dossier)
        self._walks: dict[tuple[int, Way], dict[int, int]] = {}

    def rows(self) -> Iterator[Row]:
        """The rows by question; then the conclusions of no question, then what has none."""
        dossier = self._dossier
        for question in dossier.questions:
            node = self._node(self._place(question))
            given = [each for each in dossier.conclusions if each.question == question.id]
            yield from (self._concluded(each, node) for each in given)
            if not given:
                yield Row(node, holes=("no_conclusion",))
        asked = {question.id for question in dossier.questions}
        for conclusion in dossier.conclusions:
            if conclusion.question not in asked:
                yield self._concluded(conclusion, None)
        for recommendation in dossier.recommendations:
            place = self._place(recommendation)
            if not any(self._reached(place, Way.UP, "conclusion")):
                hole = ("no_conclusion",)
                yield Row(None, recommendations=(self._node(place),), holes=hole)
        for lesson in dossier.lessons:
            if not any(self._learnt(c, lesson) for c in dossier.conclusions):
                row = self._resting(self._place(lesson))
                learnt = (Learnt(self._node(self._place(lesson))),)
                yield row._replace(lessons=learnt, holes=("no_conclusion", *row.holes))

    def _concluded(self, conclusion: Conclusion, question: Node | None) -> Row:
        place = self._place(conclusion)
        row = self._resting(place)
        learnt = (self._learnt(conclusion, lesson) for lesson in self._dossier.lessons)
        return row._replace(
            question=question,
            conclusion=self._node(place),
            recommendations=tuple(
                self._node(each) for each in self._reached(place, Way.DOWN, "recommendation")
            ),
            lessons=tuple(each for each in learnt if each is not None),
            holes=row.holes if question else ("no_question", *row.holes),
        )

    def _resting(self, place: int) -> Row:
        """All that something rests on, and what is missing there."""
        grounds = tuple(self._grounds(place))
        items = self._items(place)
        codes = tuple(dict.fromkeys(code.code for ground in grounds for code in ground.codes))
        lost = tuple(self._web.things[each].id for each in self._reached(place, Way.UP, "unknown"))
        row = Row(
            None,
            grounds=grounds,
            claims=tuple(self._node(each) for each in self._reached(place, Way.UP, "claim")),
            codes=codes,
            roots=tuple(sorted(self._dossier.roots_of(items))),
            lost=lost,
        )
        missing = (("no_ground", grounds), ("no_code", row.codes), ("no_source", row.roots))
        first = next((hole for hole, found in missing if not found), None)
        return row._replace(holes=((first,) if first else ()) + (("lost",) if lost else ()))

    def _grounds(self, place: int) -> Iterator[Ground]:
        """What something rests on at first hand: things told, then items by their codes."""
        cited: dict[str, list[Evidence]] = {}
        for tie in self._web.ties(place, Way.UP):
            item = self._web.things[tie.upper].declared
            if isinstance(item, Evidence):
                cited.setdefault(self._cell(item), []).append(item)
            elif tie.relation in _RESTING:
                claims = (self._web.things[p].id for p in self._reached(tie.upper, Way.UP, "claim"))
                codes = self._coded(self._items(tie.upper))
                yield Ground(self._node(tie.upper), tuple(claims), tuple(codes))
        for code, items in cited.items():
            yield Ground(Node(f"code:{code}", "code", code), (), tuple(self._coded(items)))

    def _coded(self, items: Iterable[Evidence]) -> Iterator[Coded]:
        by_code: dict[str, list[Evidence]] = {}
        for item in (each for each in items if each.set_aside is None):
            by_code.setdefault(self._cell(item), []).append(item)
        for code, found in by_code.items():
            roots = self._dossier.roots_of(tuple(found))
            yield Coded(code, len(found), tuple(sorted(roots)))

    def _cell(self, item: Evidence) -> str:
        code = self._dossier.code(item.code)
        return code.cell if code else item.code

    def _items(self, place: int) -> tuple[Evidence, ...]:
        """The items in use that something rests on, near or far."""
        found = (self._web.things[each].declared for each in self._walk(place, Way.UP))
        return tuple(i for i in found if isinstance(i, Evidence) and i.set_aside is None)

    def _learnt(self, conclusion: Conclusion, lesson: Lesson) -> Learnt | None:
        """A lesson as it hangs on a conclusion, if it does."""
        place, told = self._place(lesson), self._place(conclusion)
        if place in self._walk(told, Way.DOWN):
            return Learnt(self._node(place))
        above = self._walk(told, Way.UP)
        ends = (tie.upper for tie in self._web.ties(place, Way.UP) if tie.upper in above)
        shared = [t for t in (self._web.things[end] for end in ends) if t.kind in _SHARED]
        through = tuple(thing.id for thing in shared if thing.kind == shared[0].kind)
        return Learnt(self._node(place), through) if shared else None

    def _reached(self, place: int, way: Way, kind: str) -> Iterator[int]:
        """The things of a kind on the way from something, itself among them if it is of it."""
        yield from (p for p in self._walk(place, way) if self._web.things[p].kind == kind)

    def _walk(self, place: int, way: Way) -> Mapping[int, int]:
        if (place, way) not in self._walks:
            self._walks[place, way] = self._web.walk((place,), way)
        return self._walks[place, way]

    def _place(self, declared: Declaration) -> int:
        return self._web.things.place(declared)

    def _node(self, place: int) -> Node:
        return node_of(self._dossier, self._web, place)
