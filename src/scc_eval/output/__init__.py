"""Diagnostics to text: one function per format, all fed by the same diagnostics and summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.summary import Limitation, Summary
from scc_eval.output.text import as_text

Format = Callable[[Sequence[Diagnostic], Summary], str]


def _as_json(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    from scc_eval.output.json import as_json  # only who asks for JSON pays for it

    return as_json(diagnostics, summary)


FORMATS: Mapping[str, Format] = {"text": as_text, "json": _as_json}

__all__ = ["FORMATS", "Limitation", "Summary"]
