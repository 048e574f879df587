"""Diagnostics as lines for a terminal, an editor or grep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.closing import by_rule, counted, ending
from scc_eval.output.passages import on_one_line, prefix, remedy, surroundings
from scc_eval.output.summary import Summary

_MANY = 20
"""Above so many diagnostics the ending counts them by rule."""


def as_text(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """`file:line:column: SCCnnn message`, a line on its fix, and a summary at the end.

    In Word and PDF files the place is `report.docx, page 3, paragraph 12`; for what stands in a
    report, a line says under which headings.
    """
    return "\n".join((*_lines(diagnostics, summary), *_ending(diagnostics, summary))) + "\n"


def _lines(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    terms = summary.words["terms"]
    for found in diagnostics:
        yield f"{prefix(found.at, summary.words)}{found.rule.code} {on_one_line(found.message)}"
        if around := surroundings(found.at, summary.words):
            yield f"  {around}"
        word = terms[found.severity.word]
        yield f"  {word}, {on_one_line(remedy(found, summary.words))}"
        for related in found.related:
            yield f"  {prefix(related.at, summary.words)}{related.words}"


def _ending(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    words = summary.words["summary"]
    if len(diagnostics) > _MANY:
        yield words["by_rule"]
        for tally in by_rule(diagnostics):
            word = tally.severity.word
            told = counted(tally.times, words[word], words[f"{word}s"], words)
            yield f"  {tally.code} {told}, {tally.name}"
    yield from ending(diagnostics, summary)
