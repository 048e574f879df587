"""Diagnostics as JUnit XML: what continuous integration shows as tests, a test for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scc_eval.diagnostics import Diagnostic, Rule
from scc_eval.output.passages import described, on_one_line, prefix
from scc_eval.output.suites import by_file
from scc_eval.output.summary import Suite, Summary
from scc_eval.places import has_lines

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIME = "0"
"""The same input gives the same bytes: nothing is timed."""


class _Case(NamedTuple):
    """A rule in a suite: what fails the run, what does not, and whether it could judge."""

    rule: Rule
    failing: tuple[Diagnostic, ...]
    others: tuple[Diagnostic, ...]
    is_muted: bool


def as_junit(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """A suite for each packet or report, in it a test for each rule that judged.

    What is at or above `fail_on` is a failure; what is below stands in the output of a test that
    passes. A rule that could not judge is skipped; one that is off, and what a waiver accepts, is
    left out.
    """
    suites = summary.suites or by_file((), diagnostics, ())
    cases = [(suite, tuple(_cases(suite, summary))) for suite in suites]
    every = [case for _, among in cases for case in among]
    root = Element("testsuites", {"name": "scc", **_counts(every)})
    for suite, among in cases:
        name = _legal(suite.name) or "scc"
        told = SubElement(root, "testsuite", {"name": name, **_counts(among)})
        for case in among:
            _tell(told, name, case, summary)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _cases(suite: Suite, summary: Summary) -> Iterator[_Case]:
    muted = {rule.code for rule in suite.muted}
    rules = {rule.code: rule for rule in (*suite.rules, *suite.muted)}
    rules |= {found.rule.code: found.rule for found in suite.found}
    by_code: dict[str, list[Diagnostic]] = {code: [] for code in rules}
    for each in suite.found:
        by_code[each.rule.code].append(each)
    for code, found in sorted(by_code.items()):
        failing = tuple(each for each in found if each.severity >= summary.fail_on)
        others = tuple(each for each in found if each.severity < summary.fail_on)
        yield _Case(rules[code], failing, others, is_muted=code in muted and not found)


def _counts(cases: Sequence[_Case]) -> dict[str, str]:
    return {
        "tests": str(len(cases)),
        "failures": str(sum(bool(case.failing) for case in cases)),
        "errors": "0",
        "skipped": str(sum(case.is_muted for case in cases)),
        "time": _TIME,
    }


def _tell(suite: Element, name: str, case: _Case, summary: Summary) -> None:
    named = {"name": f"{case.rule.code} {case.rule.name}", "classname": name, "time": _TIME}
    first = next((found.at for found in case.failing if found.at.file), None)
    if first is not None:
        named["file"] = _legal(summary.repository_path(first.file))
        if has_lines(first):
            named["line"] = str(first.line)
    test = SubElement(suite, "testcase", named)
    words = summary.words["summary"]
    if case.is_muted:
        SubElement(test, "skipped", {"message": words["muted_rule"]})
    if case.failing:
        # One failure for all: programs that read these files show only one of a test.
        message = case.failing[0].message
        if others := len(case.failing) - 1:
            message = words["and_others"].format(message=message, count=others)
        kind = max(found.severity for found in case.failing).word
        failure = SubElement(
            test, "failure", {"message": _legal(on_one_line(message)), "type": kind}
        )
        failure.text = _lines(case.failing, summary)
    if case.others:
        SubElement(test, "system-out").text = _lines(case.others, summary)


def _lines(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    return _legal("\n\n".join(_told(found, summary) for found in diagnostics))


def _told(found: Diagnostic, summary: Summary) -> str:
    terms = summary.words["terms"]
    where = prefix(found.at, summary.words) if has_lines(found.at) else ""
    related = "".join(f"\n{prefix(each.at, summary.words)}{each.words}" for each in found.related)
    severity = terms[found.severity.word]
    return f"{where}{severity}{terms['colon']} {described(found, summary.words)}{related}"


def _legal(text: str) -> str:
    """A text without the characters that XML 1.0 does not have, in lines that end alike."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
