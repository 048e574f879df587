"""A dossier to its web: every thing declared, and every tie that one declaration makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from scc_eval.model.evidence import Polarity
from scc_eval.trails.web import HYPOTHESES, Thing, Things, Tie, Web

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.model.judgement import RivalAssessment

_TOLD = ("claim", "assertion", "key point", "conclusion")
_TESTED = (*HYPOTHESES, "box", "claim")
_CHALLENGED = (*_TESTED, *_TOLD, "packet", "verdict", "lesson")


def weave(dossier: Dossier) -> Web:
    """What rests on what in an evaluation."""
    loom = _Loom(dossier)
    for family in _FAMILIES:
        family(loom)
    return Web(loom.things, loom.ties.values())


class _Loom:
    """Holds things and ties while they are gathered."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.things = Things(Thing(*each) for each in _things(dossier))
        self.place = self.things.place
        self.ties: dict[tuple[int, int], Tie] = {}
        self._found: dict[tuple[str, ...], tuple[int, ...]] = {}

    def named(self, name: str, *kinds: str) -> tuple[int, ...]:
        """The things of that name, of one of the kinds; something unknown if there is none."""
        asked = (name, *kinds)
        if asked not in self._found:
            self._found[asked] = self._find(name, kinds)
        return self._found[asked]

    def _find(self, name: str, kinds: tuple[str, ...]) -> tuple[int, ...]:
        found = tuple(place for kind in kinds for place in self.things.named(kind, name))
        unknown = found or self.things.named("unknown", name)
        return unknown or (self.things.add(Thing("unknown", name)),)

    def tie(self, upper: int, lower: int, relation: str, polarity: str | None = None) -> None:
        """Tie two things; the first tie between them counts."""
        self.ties.setdefault((upper, lower), Tie(upper, lower, relation, polarity))

    def names(self, lower: Declaration, names: Iterable[str], relation: str, *kinds: str) -> None:
        """Tie something to all that it names."""
        for name in names:
            for upper in self.named(name, *kinds):
                self.tie(upper, self.place(lower), relation)

    def cites(self, lower: Declaration, codes: Iterable[str]) -> None:
        """Tie something to the items that it cites."""
        for code in codes:
            items = self.dossier.items_named(code)
            for upper in map(self.place, items) if items else self.named(code):
                self.tie(upper, self.place(lower), "cites")

    def rests(self, lower: Declaration, names: Iterable[str]) -> None:
        """Tie something to what it rests on: things told and judged, or items."""
        for name in names:
            if name in self.dossier.told_ids:
                self.names(lower, (name,), "rests_on", *_TOLD)
            else:
                self.cites(lower, (name,))


def _things(dossier: Dossier) -> Iterator[tuple[str, str, Declaration]]:
    """Every thing declared: its kind, its id and its declaration."""
    for declared in _plainly_named(dossier):
        yield declared.kind, declared.name, declared
    for recommendation in dossier.recommendations:
        for measure in recommendation.measures:
            yield measure.kind, f"{recommendation.id}/{measure.label}", measure
    for rival in dossier.rivals:
        yield rival.kind, _rival_id(rival), rival
    for verdict in dossier.verdicts:
        packet = dossier.packet_named(verdict.packet)
        yield verdict.kind, packet.letter if packet else verdict.packet, verdict


def _rival_id(rival: RivalAssessment) -> str:
    return "/".join((rival.factor, rival.packet, ",".join(rival.cases))).rstrip("/")


def _plainly_named(dossier: Dossier) -> tuple[Declaration, ...]:
    return (
        *(*dossier.sources, *dossier.evidence),
        *dossier.boxes.values(),
        *(b for nested in dossier.theory.nested for box in nested.boxes for b in box.all()),
        *(*dossier.hypotheses.values(), *dossier.packets),
        *(*dossier.claims, *dossier.fates, *dossier.tests, *dossier.challenges),
        *(*dossier.assertions, *dossier.themes, *dossier.impacts, *dossier.all_key_points),
        *(*dossier.panel_comments, *dossier.conclusions, *dossier.recommendations),
        *(*dossier.lessons, *dossier.questions),
    )


def _sources(loom: _Loom) -> None:
    for source in loom.dossier.sources:
        loom.names(source, source.derived_from, "repeats", "source")
    for item in loom.dossier.evidence:
        loom.names(item, loom.dossier.sources_of(item), "said_by", "source")


def _claims(loom: _Loom) -> None:
    for claim in loom.dossier.claims:
        lower = loom.place(claim)
        for polarity, items in zip(Polarity, loom.dossier.weigh(claim), strict=True):
            cited = {id(i) for code in claim.evidence for i in loom.dossier.items_named(code)}
            for item in items:
                relation = "cites" if id(item) in cited else "bears_on"
                loom.tie(loom.place(item), lower, relation, polarity.value)
        loom.cites(claim, claim.evidence)
        loom.names(claim, claim.mechanisms, "names", "mechanism")
        loom.names(claim, claim.factors, "names", "factor")
        loom.names(claim, _letters(loom, claim.changes), "about", "box", "packet")
        loom.names(claim, _letters(loom, claim.components), "about", "box", "packet")


def _letters(loom: _Loom, ends: Iterable[str]) -> Iterator[str]:
    """Boxes and packets by their own names: a packet may be called by its number."""
    for end in ends:
        packet = loom.dossier.packet_named(end)
        yield packet.letter if packet else end


def _bearings(loom: _Loom) -> None:
    for item, bearings in loom.dossier.bearings:
        for target, polarity in bearings:
            for lower in loom.named(target, *_TESTED):
                loom.tie(loom.place(item), lower, "bears_on", polarity.value)


def _judgement(loom: _Loom) -> None:
    dossier = loom.dossier
    for test in dossier.tests:
        loom.cites(test, test.evidence)
        for lower in loom.named(test.on, *_TESTED):
            loom.tie(loom.place(test), lower, "tests")
    for rival in dossier.rivals:
        loom.cites(rival, rival.evidence)
        loom.names(rival, (rival.factor,), "judges", "factor")
    for fate in dossier.fates:
        loom.cites(fate, fate.evidence)
        loom.names(fate, (fate.hypothesis,), "judges", *HYPOTHESES, "box")
    for verdict in dossier.verdicts:
        loom.names(verdict, verdict.claims, "rests_on", "claim")
        loom.names(verdict, _letters(loom, (verdict.packet,)), "judges", "packet")


def _story(loom: _Loom) -> None:
    dossier = loom.dossier
    for assertion in dossier.assertions:
        loom.cites(assertion, assertion.evidence)
    for theme in dossier.themes:
        about = _letters(loom, theme.about)
        loom.names(theme, about, "treats", *HYPOTHESES, "box", "packet")
    for impact in dossier.impacts:
        loom.names(impact, (impact.box,) if impact.box else (), "about", "box")
        for assertion in impact.assertions:
            loom.tie(loom.place(assertion), loom.place(impact), "told_in")
    for point in dossier.all_key_points:
        loom.rests(point, point.rests_on)
        for below in point.points:
            loom.tie(loom.place(below), loom.place(point), "rests_on")


def _closing(loom: _Loom) -> None:
    dossier = loom.dossier
    for conclusion in dossier.conclusions:
        loom.rests(conclusion, conclusion.rests_on)
        loom.names(conclusion, conclusion.factors, "names", "factor")
        for question in loom.named(conclusion.question, "question") if conclusion.question else ():
            loom.tie(loom.place(conclusion), question, "answers")
    for recommendation in dossier.recommendations:
        loom.names(recommendation, recommendation.conclusions, "leads_to", "conclusion")
        for measure in recommendation.measures:
            loom.tie(loom.place(recommendation), loom.place(measure), "includes")
    for lesson in dossier.lessons:
        loom.rests(lesson, lesson.rests_on)


def _remarks(loom: _Loom) -> None:
    for challenge in loom.dossier.challenges:
        for target in _letters(loom, challenge.targets):
            for lower in loom.named(target, *_CHALLENGED):
                loom.tie(loom.place(challenge), lower, "challenges")
    for comment in loom.dossier.panel_comments:
        for lower in loom.named(comment.after, "assertion") if comment.after else ():
            loom.tie(loom.place(comment), lower, "comments")


_FAMILIES: tuple[Callable[[_Loom], None], ...] = (
    *(_sources, _claims, _bearings, _judgement, _story, _closing, _remarks),
)
