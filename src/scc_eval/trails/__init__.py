"""What rests on what: from any end of an evaluation, everything upstream and downstream."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scc_eval.trails import page, tables
from scc_eval.trails.conclusions import Matrix, matrix
from scc_eval.trails.pages import as_json, as_markdown, as_mermaid, as_text
from scc_eval.trails.references import Reading, closest, kind_called, read_reference
from scc_eval.trails.trail import Trail, trace
from scc_eval.trails.weaving import weave
from scc_eval.trails.web import Way

Format = Callable[[Trail, Mapping[str, Any]], str]

FORMATS: Mapping[str, Format] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
    "mermaid": as_mermaid,
}

MatrixFormat = Callable[[Sequence[Matrix], Mapping[str, Any]], str]

MATRIX_FORMATS: Mapping[str, MatrixFormat] = {
    "text": tables.as_text,
    "csv": tables.as_csv,
    "md": tables.as_markdown,
    "html": page.as_html,
    "json": tables.as_json,
}

__all__ = [
    "FORMATS",
    "MATRIX_FORMATS",
    "Matrix",
    "Reading",
    "Trail",
    "Way",
    "closest",
    "kind_called",
    "matrix",
    "read_reference",
    "trace",
    "weave",
]
