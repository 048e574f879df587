"""Diagnostics as lines for a terminal, an editor or grep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from scc_eval.diagnostics import Diagnostic, Severity
from scc_eval.output.summary import Summary
from scc_eval.places import Location


def as_text(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """`file:line:column: SCCnnn message`, a line on its fix, and a summary at the end."""
    return "\n".join((*_lines(diagnostics, summary), *_ending(diagnostics, summary))) + "\n"


def _lines(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    terms = summary.words["terms"]
    for found in diagnostics:
        yield f"{_place(found.at)}: {found.rule.code} {_on_one_line(found.message)}"
        word = terms[found.severity.word]
        yield f"  {word}, {terms['fix']}{terms['colon']} {_on_one_line(found.fix)}"
        for related in found.related:
            yield f"  {_place(related.at)}: {related.words}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _place(at: Location) -> str:
    return f"{at.file}:{at.line}:{at.column}"


_MANY = 20
"""Above so many diagnostics the ending counts them by rule."""


def _by_rule(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    words = summary.words["summary"]
    counts = Counter((-found.severity, found.rule.code, found.rule.name) for found in diagnostics)
    yield words["by_rule"]
    for (severity, code, name), count in sorted(counts.items()):
        word = Severity(-severity).word
        yield f"  {code} {_counted(count, words[word], words[f'{word}s'], words)}, {name}"


def _ending(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    words = summary.words["summary"]
    counts = summary.severities(diagnostics)
    found = ", ".join(
        _counted(count, words[severity.word], words[f"{severity.word}s"], words)
        for severity, count in counts.items()
    )
    read = ", ".join(
        _counted(count, words[one], words[many], words)
        for count, one, many in (
            (len(summary.evaluations), "evaluation", "evaluations"),
            (summary.packets, "packet", "packets"),
            (summary.cases, "case", "cases"),
            (summary.sources, "source", "sources"),
            (summary.evidence, "item", "items"),
        )
    )
    if len(diagnostics) > _MANY:
        yield from _by_rule(diagnostics, summary)
    if summary.muted:
        yield words["muted"].format(rules=", ".join(summary.muted))
    if summary.accepted:
        count = len(summary.accepted)
        yield words["accepted" if count == 1 else "accepteds"].format(count=count)
    yield f"{found} · {read}"


def _counted(count: int, one: str, many: str, words: Mapping[str, str]) -> str:
    is_one = count == 1 or (count == 0 and words["zero"] == "one")
    return f"{count} {one if is_one else many}"
