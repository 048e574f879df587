"""What rests on few sources: which claims fall if one of them is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scc_eval.robustness.fragility import Robustness, probe
from scc_eval.robustness.tables import as_csv, as_json, as_markdown, as_text

Format = Callable[[Sequence[Robustness], Mapping[str, Any]], str]

FORMATS: Mapping[str, Format] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
    "csv": as_csv,
}

__all__ = ["FORMATS", "Robustness", "probe"]
