"""Diagnostics as workflow commands, which GitHub shows beside the lines they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scc_eval.diagnostics import Diagnostic, Severity
from scc_eval.output.closing import ending
from scc_eval.output.passages import described
from scc_eval.output.summary import Summary
from scc_eval.places import Location, has_lines

LIMIT = 10
"""How many annotations of each level GitHub shows of a step; it drops the others unsaid."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def as_github(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """Errors first, then warnings, then notes, as many as GitHub shows; how many more there are;
    the figures, as plain lines of the log."""
    return "\n".join((*_lines(diagnostics, summary), *ending(diagnostics, summary))) + "\n"


def _lines(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    shown = _shown(diagnostics)
    for found in shown:
        properties = {
            **_place(found.at, summary),
            "title": f"{found.rule.code} {found.rule.name}",
        }
        yield _command(_COMMANDS[found.severity], described(found, summary.words), properties)
    if more := len(diagnostics) - len(shown):
        yield _command("notice", summary.words["summary"]["more"].format(count=more))


def _shown(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    levels = [
        [found for found in diagnostics if found.severity is severity]
        for severity in sorted(Severity, reverse=True)
    ]
    is_cut = any(len(level) > LIMIT for level in levels)
    # What says how many more there are is a notice itself.
    limits = (LIMIT, LIMIT, LIMIT - is_cut)
    return tuple(
        found for level, limit in zip(levels, limits, strict=True) for found in level[:limit]
    )


def _command(name: str, message: str, properties: Mapping[str, str] | None = None) -> str:
    given = ",".join(
        f"{key}={value.translate(_IN_PROPERTY)}" for key, value in (properties or {}).items()
    )
    return f"::{name}{given and ' '}{given}::{message.translate(_IN_MESSAGE)}"


def _place(at: Location, summary: Summary) -> dict[str, str]:
    """The file; its lines, where it has any; columns, which GitHub takes within one line only."""
    if not at.file:
        return {}
    named = {"file": summary.repository_path(at.file)}
    if not has_lines(at):
        return named
    lines = {**named, "line": str(at.line), "endLine": str(at.end_line)}
    if at.line != at.end_line:
        return lines
    return {**lines, "col": str(at.column), "endColumn": str(at.end_column)}
