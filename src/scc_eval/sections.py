"""What the files of an evaluation may hold: lists by name, in any file, each of one kind.

The model of a list is loaded when a file has that list: an evaluation that has not come to its
conclusions does not pay for them.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from scc_eval.model.base import Declaration
from scc_eval.model.french import FIELDS, folded


class Section(NamedTuple):
    """A list of declarations: the room of its model, the model's name, the kind of declaration."""

    room: str
    model: str
    kind: str

    def load(self) -> type[Declaration]:
        """The model of its declarations."""
        return _load(self.room, self.model)


SECTIONS: Mapping[str, Section] = MappingProxyType(
    {
        "categories": Section("evidence", "Category", "category"),
        "sources": Section("evidence", "Source", "source"),
        "cases": Section("evidence", "Case", "case"),
        "evidence": Section("evidence", "Evidence", "evidence item"),
        "absences": Section("evidence", "Absence", "absence"),
        "claims": Section("judgement", "Claim", "claim"),
        "rivals": Section("judgement", "RivalAssessment", "rival"),
        "verdicts": Section("judgement", "Verdict", "verdict"),
        "fates": Section("judgement", "Fate", "fate"),
        "tests": Section("judgement", "ExpectedEvidence", "test"),
        "challenges": Section("judgement", "Challenge", "challenge"),
        "waivers": Section("judgement", "Waiver", "waiver"),
        "story": Section("telling", "Theme", "theme"),
        "key_points": Section("telling", "KeyPoint", "key point"),
        "panel_comments": Section("telling", "PanelComment", "panel comment"),
        "impacts": Section("telling", "Impact", "impact"),
        "conclusions": Section("telling", "Conclusion", "conclusion"),
        "recommendations": Section("telling", "Recommendation", "recommendation"),
        "lessons": Section("telling", "Lesson", "lesson"),
    }
)


@cache
def _load(room: str, name: str) -> type[Declaration]:
    model: type[Declaration] = getattr(import_module(f"scc_eval.model.{room}"), name)
    return model


@cache
def section_named(key: str) -> str | None:
    """The name of the list that a key of a file stands for, in English or in French."""
    if key in SECTIONS:
        return key
    name = FIELDS.get(folded(key), "")
    return name if name in SECTIONS else None
