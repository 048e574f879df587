"""GRADE-CERQual: how far each claim can be relied on, and what takes from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.lenses import Column, Entry
from scc_eval.lenses.cells import NOTHING, described
from scc_eval.model.choices import Concern, Reliance
from scc_eval.model.lenses import Cerqual, CerqualComponent
from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.languages import Words

COMPONENTS = ("methodological_limitations", "coherence", "adequacy", "relevance")
"""The components, in the order of the column."""


def components(assessment: Cerqual) -> Iterator[tuple[str, CerqualComponent]]:
    """The components that are judged, by the name of their field."""
    for name in COMPONENTS:
        component: CerqualComponent | None = getattr(assessment, name)
        if component is not None:
            yield name, component


def unexplained(assessment: Cerqual) -> list[str]:
    """What is judged without a reason: the level, and components that take from it."""
    parts = [
        name
        for name, component in components(assessment)
        if component.concern is not Concern.NONE and component.reason is None
    ]
    return ["level", *parts] if assessment.level and assessment.reason is None else parts


def is_lowered_for_nothing(assessment: Cerqual) -> bool:
    """Whether the level is below high although no component takes anything from it."""
    is_low = assessment.level not in (None, Reliance.HIGH)
    return is_low and all(part.concern is Concern.NONE for _, part in components(assessment))


def look(dossier: Dossier, spoken: Words) -> Iterator[Column]:
    """Each claim with its level and its four components."""
    own = spoken["cerqual"]
    entries = (Entry(claim.id, _judged(claim.cerqual, spoken)) for claim in dossier.claims)
    heads = tuple(own["heads"].split("|"))
    yield Column(Lens.CERQUAL, own["title"], own["note"], heads, tuple(entries))


def _judged(assessment: Cerqual | None, spoken: Words) -> tuple[str, ...]:
    if assessment is None:
        return (NOTHING,) * (1 + len(COMPONENTS))
    own, judged = spoken["cerqual"], dict(components(assessment))
    level = assessment.level
    return (
        _one(spoken, own["levels"][level.value], assessment.reason) if level else NOTHING,
        *(
            _one(spoken, own["concerns"][judged[name].concern.value], judged[name].reason)
            if name in judged
            else NOTHING
            for name in COMPONENTS
        ),
    )


def _one(spoken: Words, told: Words, reason: str | None) -> str:
    return described(spoken, told["word"], told["descriptor"], reason)
