"""Where an evaluation stands: its stage, what is judged, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scc_eval.overview.drawing import as_text, draw
from scc_eval.overview.looking import look
from scc_eval.overview.records import Examined, Figures, Missing, Overview, Share, Verdict
from scc_eval.overview.tables import as_json, as_markdown

Format = Callable[[Sequence[Overview], str], str]
"""Overviews and a language to a text."""

FORMATS: dict[str, Format] = {"text": as_text, "json": as_json, "md": as_markdown}

__all__ = [
    "FORMATS",
    "Examined",
    "Figures",
    "Missing",
    "Overview",
    "Share",
    "Verdict",
    "draw",
    "look",
]
