"""What the evidence covers: the matrix of packets, sections and cases, and every hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scc_eval.coverage.drawing import as_text, draw
from scc_eval.coverage.survey import Coverage, survey
from scc_eval.coverage.tables import as_csv, as_json, as_markdown

Format = Callable[[Sequence[Coverage], Mapping[str, Any]], str]

FORMATS: Mapping[str, Format] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
    "csv": as_csv,
}

__all__ = ["FORMATS", "Coverage", "draw", "survey"]
