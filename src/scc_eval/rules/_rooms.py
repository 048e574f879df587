"""The rooms of rules, and which of them have anything to look at in an evaluation."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from scc_eval import slips

if TYPE_CHECKING:
    from scc_eval.diagnostics import Rule
    from scc_eval.dossier import Dossier
    from scc_eval.rules._checks import Check, Checks


class Room(NamedTuple):
    """A module of rules. It is loaded when one of the sections it reads holds something, or when
    what it holds could not be read; a room that names no section is always loaded."""

    name: str
    sections: tuple[str, ...] = ()
    is_lens: bool = False
    """Whether it waits for a lens to be switched on."""

    @property
    def bound(self) -> list[tuple[Rule, Check]]:
        """Its rules, each with its check."""
        checks: Checks = import_module(f"scc_eval.rules.{self.name}").CHECKS
        return checks.bound

    def is_needed(self, dossier: Dossier) -> bool:
        """Whether one of its rules might say something of an evaluation."""
        if self.is_lens:
            return bool(dossier.settings.lenses)
        if not self.sections or dossier.blind or dossier.project.stubs:
            return True
        return any(dossier.project.section(name) for name in self.sections)


_STORY = ("story", "key_points", "impacts")
_JUDGED = ("claims", "verdicts", "rivals")
_CLOSING = ("conclusions", "recommendations", "lessons")

ON_THEORIES = (Room("theory"), Room("hypotheses"))
"""Those that ask nothing but a theory."""
ON_EVALUATIONS = (
    *ON_THEORIES,
    *(Room("fates"), Room("references"), Room("levels")),
    *(Room("citations"), Room("quotations")),
    *(Room("coverage"), Room("evidence"), Room("hearing"), Room("observed", _JUDGED)),
    *(Room("triangulation", _JUDGED), Room("spread")),
    *(Room("claims"), Room("verdicts", _JUDGED), Room("rivals"), Room("scrutiny")),
    *(
        Room("telling", (*_STORY, "panel_comments", "challenges")),
        Room("wording", (*_JUDGED, *_STORY, *_CLOSING)),
        Room("counting", (*_JUDGED, *_STORY, *_CLOSING)),
    ),
    *(Room("conclusions"), Room("review"), Room("ethics"), Room("exposure")),
    *(Room("tracing", is_lens=True), Room("lenses", is_lens=True)),
)


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order of their codes. Loads every room."""
    from scc_eval.rules import reports, waivers

    bound = (rule for room in ON_EVALUATIONS for rule, _ in room.bound)
    told = (rule for rule, _ in reports.CHECKS.bound)
    return (*slips.RULES, *sorted((*bound, *told, *waivers.RULES)))
