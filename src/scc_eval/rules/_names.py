"""Who names whom: every name given in an evaluation, and every name that exists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.model.base import Declaration

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

Reference = tuple[Declaration, str, int | None, str, tuple[str, ...]]

_ENDS = ("box", "packet")
_HYPOTHESES = ("box", "mechanism", "assumption", "risk", "factor")
_TESTED = ("claim", *_HYPOTHESES)
_TOLD = (*_TESTED, "packet", "key point", "conclusion", "verdict", "lesson", "assertion")


def references(dossier: Dossier) -> Iterator[Reference]:
    """Every name that one declaration gives of another: who, which field, where in it, the name,
    and the kinds of declaration it may name."""
    yield from _references_in_theory(dossier)
    for category in dossier.categories:
        yield from _many(category, "groups", "group")
    for source in dossier.sources:
        yield from _one(source, "category", "category")
    for case in dossier.cases:
        yield from _one(case, "monograph", "source")
    for item, bearings in dossier.bearings:
        for index, (target, _) in enumerate(bearings):
            yield item, "bears_on", index, target, _TESTED
    for absence in dossier.absences:
        yield from _many(absence, "cases", "case")
        if absence.on != UNEXPECTED_EFFECTS:
            yield from _one(absence, "on", *_TESTED, "packet")
    for claim in dossier.claims:
        yield from _one(claim, "packet", "packet")
        yield from _many(claim, "components", "box", "packet")
        yield from _many(claim, "changes", "box", "packet")
        yield from _many(claim, "mechanisms", "mechanism")
        yield from _many(claim, "factors", "factor")
    for rival in dossier.rivals:
        yield from _one(rival, "factor", "factor")
        yield from _one(rival, "packet", "packet")
        yield from _many(rival, "cases", "case")
    for fate in dossier.fates:
        yield from _one(fate, "hypothesis", *_HYPOTHESES)
    for test in dossier.tests:
        yield from _one(test, "on", *_TESTED)
    for challenge in dossier.challenges:
        yield from _many(challenge, "targets", *_TOLD)
    for verdict in dossier.verdicts:
        yield from _one(verdict, "packet", "packet")
        yield from _many(verdict, "claims", "claim")
    for theme in dossier.themes:
        yield from _one(theme, "packet", "packet")
        yield from _many(theme, "about", *_HYPOTHESES, "packet")
    for point in dossier.all_key_points:
        yield from _one(point, "packet", "packet")
    for comment in dossier.panel_comments:
        yield from _one(comment, "packet", "packet")
        yield from _one(comment, "after", "assertion")
    for impact in dossier.impacts:
        yield from _one(impact, "box", "box")
    for conclusion in dossier.conclusions:
        yield from _one(conclusion, "question", "question")
        yield from _many(conclusion, "factors", "factor")
    for recommendation in dossier.recommendations:
        yield from _many(recommendation, "conclusions", "conclusion")


def _references_in_theory(dossier: Dossier) -> Iterator[Reference]:
    for question in dossier.questions:
        yield from _many(question, "packets", "packet")
    for packet in dossier.packets:
        yield from _many(packet, "groups", "group")
        for box in packet.all_boxes():
            yield from _many(box, "groups", "group")
    for link in dossier.all_links:
        yield from _one(link, "source", *_ENDS)
        yield from _one(link, "target", *_ENDS)
    for factor in dossier.factors:
        yield from _many(factor, "targets", *_ENDS)


def _one(naming: Declaration, field: str, *kinds: str) -> Iterator[Reference]:
    name = getattr(naming, field)
    if name is not None:
        yield naming, field, None, name, kinds


def _many(naming: Declaration, field: str, *kinds: str) -> Iterator[Reference]:
    for index, name in enumerate(getattr(naming, field)):
        yield naming, field, index, name, kinds


def identified(dossier: Dossier) -> Iterator[Declaration]:
    """Every declaration that bears an id of its own; items of one cell may share its code."""
    theory = dossier.theory
    yield from theory.questions
    yield from theory.packets
    yield from dossier.boxes_in_order()
    for nested in theory.nested:
        yield nested
        for box in nested.boxes:
            yield from box.all()
    for link in dossier.all_links:
        yield link
        yield from link.hypotheses
    yield from theory.factors
    yield from dossier.categories
    yield from dossier.sources
    yield from dossier.cases
    for item in dossier.evidence:
        code = dossier.code(item.code)
        if code is not None and code.item is not None:
            yield item
    yield from dossier.claims
    yield from dossier.tests
    yield from dossier.challenges
    yield from dossier.assertions
    yield from dossier.all_key_points
    yield from dossier.panel_comments
    yield from dossier.conclusions
    for recommendation in dossier.recommendations:
        yield recommendation
        yield from recommendation.measures
    yield from dossier.lessons


UNEXPECTED_EFFECTS = "unexpected_effects"
"""What an absence may be on that no declaration names."""
ANY_KIND = ""
"""What a broken declaration mentions: things it held, of whatever kind, are lost with it."""


def known_names(dossier: Dossier) -> dict[str, set[str]]:
    """The names that exist, by kind; those of declarations that could not be taken count too."""
    known: dict[str, set[str]] = defaultdict(set)
    for declared in identified(dossier):
        known[declared.kind].add(declared.name)
    for group in dossier.theory.groups:
        known[group.kind].add(group.id)
    known["packet"].update(packet.number for packet in dossier.packets if packet.number)
    for stub in dossier.project.stubs:
        if stub.name:
            known[stub.kind].add(stub.name)
        known[ANY_KIND].update(stub.mentions)
    return known
