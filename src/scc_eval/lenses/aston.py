"""Aston's rubrics: five qualities of the evidence for each claim, never added up or averaged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.lenses import Column, Entry
from scc_eval.lenses.cells import NOTHING, described
from scc_eval.model.lenses import Aston, Score
from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.languages import Words

CRITERIA = ("plausibility", "uniqueness", "triangulation", "transparency", "independence")
"""The criteria, in the order of the column."""


def scores(rubric: Aston) -> Iterator[tuple[str, Score]]:
    """The criteria that have a score, by the name of their field."""
    for name in CRITERIA:
        score: Score | None = getattr(rubric, name)
        if score is not None:
            yield name, score


def look(dossier: Dossier, spoken: Words) -> Iterator[Column]:
    """Each claim with its five scores, and what each score stands for."""
    own = spoken["aston"]
    entries = (Entry(claim.id, _scored(claim.aston, spoken)) for claim in dossier.claims)
    heads = tuple(own["heads"].split("|"))
    yield Column(Lens.ASTON, own["title"], own["note"], heads, tuple(entries))


def _scored(rubric: Aston | None, spoken: Words) -> tuple[str, ...]:
    own, given = spoken["aston"], dict(scores(rubric)) if rubric else {}
    return tuple(
        described(
            spoken,
            own["score"].format(score=given[name].score),
            own["descriptors"][name][str(given[name].score)],
            given[name].reason,
        )
        if name in given
        else NOTHING
        for name in CRITERIA
    )
