"""What to collect next: the missing evidence that could change a judgement, ranked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scc_eval.planning.page import as_html
from scc_eval.planning.plan import plan
from scc_eval.planning.tables import as_csv, as_json, as_markdown, as_text
from scc_eval.planning.want import Kind, Plan

Format = Callable[[Sequence[Plan], Sequence[str]], str]
"""Plans to a text; of some cases alone, a sheet for each, where their codes are given."""

FORMATS: Mapping[str, Format] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
    "html": as_html,
    "csv": as_csv,
}

__all__ = ["FORMATS", "Kind", "Plan", "plan"]
