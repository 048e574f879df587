"""How a run ends: counts by severity and by rule, what could not be judged, what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scc_eval.diagnostics import Diagnostic, Severity
from scc_eval.output.summary import Limitation, Summary

_NAMED = 8
"""Rules that could not judge, above which they are counted and not named."""


class Tally(NamedTuple):
    """How often a rule was broken at one severity."""

    severity: Severity
    code: str
    name: str
    times: int


def by_rule(diagnostics: Sequence[Diagnostic]) -> list[Tally]:
    """How often each rule was broken, the gravest first."""
    counts = Counter((-found.severity, found.rule.code, found.rule.called) for found in diagnostics)
    return [
        Tally(Severity(-severity), code, name, count)
        for (severity, code, name), count in sorted(counts.items())
    ]


def found_line(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """How much was found: `1 error, 0 warnings, 2 notes`."""
    words = summary.words["summary"]
    return ", ".join(
        counted(count, words[severity.word], words[f"{severity.word}s"], words)
        for severity, count in summary.severities(diagnostics).items()
    )


def ending(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    """The last lines of a run: what was not judged or not told, what is accepted, the
    figures."""
    words = summary.words["summary"]
    if summary.muted:
        muted = words["muted" if len(summary.muted) <= _NAMED else "muted_many"]
        yield muted.format(rules=", ".join(summary.muted), count=len(summary.muted))
    yield from (each.told for each in summary.omitted if each.number)
    if summary.accepted:
        count = len(summary.accepted)
        yield words["accepted" if count == 1 else "accepteds"].format(count=count)
    read = ", ".join(counted(each.number, each.one, each.many, words) for each in summary.figures)
    yield " · ".join(part for part in (found_line(diagnostics, summary), read) if part)


def justification(each: Limitation, words: Mapping[str, Any]) -> str:
    """Why a limitation was accepted, by whom, when and until when."""
    kind = "signed_until" if each.until else "signed"
    signed = words["story"][kind].format(author=each.author, date=each.date, until=each.until)
    return f"{each.reason} ({signed})"


def counted(count: int, one: str, many: str, words: Mapping[str, str]) -> str:
    """A number with its word; none is singular in French."""
    is_one = count == 1 or (count == 0 and words["zero"] == "one")
    return f"{count} {one if is_one else many}"
