"""Diagnostics as Markdown, for a comment or the summary of a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.closing import by_rule, ending, justification
from scc_eval.output.passages import on_one_line, place, remedy, surroundings
from scc_eval.output.summary import Limitation, Summary
from scc_eval.places import Location

_ESCAPES = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "\\`*_[]|~$#"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
    }
)


def as_markdown(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """The figures, how often each rule was broken, each diagnostic and its place, what is accepted.

    Whatever a message quotes is text, never markup.
    """
    return "\n".join(_lines(diagnostics, summary)) + "\n"


def _lines(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    yield "\n\n".join(_text(line) for line in reversed((*ending(diagnostics, summary),)))
    if diagnostics:
        yield ""
        yield from _table(diagnostics, summary)
        yield ""
        for found in diagnostics:
            yield from _entry(found, summary)
    if summary.accepted:
        yield ""
        yield f"**{summary.words['story']['limitations']}**"
        yield ""
        for each in summary.accepted:
            yield from _accepted(each, summary)


def _table(diagnostics: Sequence[Diagnostic], summary: Summary) -> Iterator[str]:
    heads, terms = summary.words["story"]["columns"], summary.words["terms"]
    yield f"| {heads['rule']} | {heads['level']} | {summary.words['summary']['count']} |"
    yield "| --- | --- | ---: |"
    for tally in by_rule(diagnostics):
        yield f"| {tally.code} {tally.name} | {terms[tally.severity.word]} | {tally.times} |"


def _entry(found: Diagnostic, summary: Summary) -> Iterator[str]:
    terms = summary.words["terms"]
    where, severity = _place(found.at, summary), terms[found.severity.word]
    told = f"**{found.rule.code}** ({severity}) {_text(found.message)}"
    yield f"- {where} {told}\\" if where else f"- {told}\\"
    yield f"  {_text(remedy(found, summary.words))}"
    for related in found.related:
        yield f"  - {_place(related.at, summary)}{terms['colon']} {_text(related.words)}"


def _accepted(each: Limitation, summary: Summary) -> Iterator[str]:
    found = each.found
    where = _place(found.at, summary)
    yield f"- {where} **{found.rule.code}** {_text(found.message)}\\"
    yield f"  {_text(justification(each, summary.words))}"


def _place(at: Location, summary: Summary) -> str:
    told = (place(at, summary.words), surroundings(at, summary.words))
    return _text(", ".join(part for part in told if part))


def _text(text: str) -> str:
    """A text as it is, on one line."""
    return on_one_line(text).translate(_ESCAPES)
