"""Diagnostics to text: one function per format, all fed by the same diagnostics and summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.summary import Figure, Limitation, Omission, Suite, Summary
from scc_eval.output.text import as_text

Format = Callable[[Sequence[Diagnostic], Summary], str]


def _lazily(module: str) -> Format:
    """A format whose module is imported when it is asked for."""

    def write(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
        room = import_module(f"scc_eval.output.{module}")
        format: Format = getattr(room, f"as_{module}")
        return format(diagnostics, summary)

    return write


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": as_text,
        "json": _lazily("json"),
        "github": _lazily("github"),
        "gitlab": _lazily("gitlab"),
        "sarif": _lazily("sarif"),
        "junit": _lazily("junit"),
        "md": _lazily("markdown"),
    }
)

__all__ = ["FORMATS", "Figure", "Format", "Limitation", "Omission", "Suite", "Summary"]
