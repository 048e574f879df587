"""Contribution analysis made executable.

Five names are public; the rest may move: `load` reads evaluations, `Dossier` answers questions
about one, `check` applies the rules, `tell` makes its story and `render` writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.project import load
    from scc_eval.rules import check
    from scc_eval.story.render import render as render
    from scc_eval.story.tell import tell as tell

__all__ = ["Dossier", "check", "load", "render", "tell"]
__version__ = "0.1.0"

_ROOMS = {
    "Dossier": "dossier",
    "check": "rules",
    "load": "project",
    "render": "story",
    "tell": "story",
}


def __getattr__(name: str) -> Any:
    """Open a room only when one of its names is asked for: `scc --version` needs none."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
