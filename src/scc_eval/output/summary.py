"""What a run amounts to: what was read, what was found, what could not be judged."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scc_eval.diagnostics import Diagnostic, Severity


class Limitation(NamedTuple):
    """What was found and accepted, with who accepted it, when and why."""

    found: Diagnostic
    author: str
    date: str
    reason: str
    until: str | None


class Summary(NamedTuple):
    """The figures of a run. `muted` are the codes of rules that could not judge, `accepted` the
    limitations that waivers accept."""

    evaluations: tuple[str, ...]
    packets: int
    cases: int
    sources: int
    evidence: int
    muted: tuple[str, ...]
    words: Mapping[str, Any]
    """The words of the output's language."""
    accepted: tuple[Limitation, ...] = ()

    def severities(self, diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
        """How many diagnostics of each severity there are, the gravest first."""
        counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
        for diagnostic in diagnostics:
            counts[diagnostic.severity] += 1
        return counts
