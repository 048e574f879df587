"""The contribution story: a dossier to one frozen view, a view and a template to a document."""

from __future__ import annotations

from scc_eval.story.render import render
from scc_eval.story.tell import tell

__all__ = ["render", "tell"]
