"""The balance sheet of hypotheses: what was supposed, what became of it, and on what evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scc_eval.balance.sheet import Balance, Entry, draw_up
from scc_eval.balance.tables import as_csv, as_json, as_markdown, as_text

Format = Callable[[Sequence[Balance], Mapping[str, Any]], str]

FORMATS: Mapping[str, Format] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
    "csv": as_csv,
}

__all__ = ["FORMATS", "Balance", "Entry", "draw_up"]
