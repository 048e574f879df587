"""Diagnostics as text and as JSON, from one to many, with and without related places."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import Golden
from renew_golden import pairs
from scc_eval.diagnostics import (
    ALWAYS_ERROR,
    Diagnostic,
    Related,
    Rule,
    Severity,
    in_words,
    ordered,
)
from scc_eval.languages import words
from scc_eval.output import FORMATS, Summary
from scc_eval.places import Location

RULE = Rule(
    "SCC208", "duplicate-id", ALWAYS_ERROR, "{text} names a {kind}", "Why.", "Mend {text}.", "We."
)
OWN = Rule("SCC999", "untranslated", ALWAYS_ERROR, "{text} is odd", "Why.", "Mend it.", "We.")
FIRST, SECOND = Location("a.yaml", 2, 3, 2, 5), Location("b.yaml", 7, 1, 7, 4)
FOUND = Diagnostic(
    RULE,
    Severity.ERROR,
    FIRST,
    {"text": "F1", "kind": "source"},
    (Related(SECOND, "declared here first"),),
)


def made(format: str, *found: Diagnostic, language: str = "en", **figures: Any) -> str:
    counted: dict[str, Any] = {
        "evaluations": (),
        "packets": 0,
        "cases": 0,
        "sources": 0,
        "evidence": 0,
        "muted": (),
    }
    summary = Summary(**counted | figures, words=words(language))
    return FORMATS[format](in_words(found, words(language)), summary)


def as_found(severity: Severity, rule: Rule = OWN, **facts: str) -> Diagnostic:
    return Diagnostic(rule, severity, FIRST, {"text": "x", **facts})


@pytest.mark.parametrize(("name", "file"), pairs("validate"))
def test_the_quality_control_says_what_it_said(name: str, file: str, golden: Golden) -> None:
    golden(name, file)


def test_a_diagnostic_is_its_place_its_message_its_fix_and_its_related_places() -> None:
    assert made("text", as_found(Severity.WARNING), FOUND).splitlines()[:-1] == [
        "a.yaml:2:3: SCC999 x is odd",
        "  warning, fix: Mend it.",
        "a.yaml:2:3: SCC208 F1 names a source",
        "  error, fix: Mend F1.",
        "  b.yaml:7:1: declared here first",
    ]


def test_nothing_found_is_one_line_of_figures() -> None:
    assert made("text") == (
        "0 errors, 0 warnings, 0 notes · "
        "0 evaluations, 0 packets, 0 cases, 0 sources, 0 evidence items\n"
    )


def test_one_of_each_is_in_the_singular() -> None:
    one: dict[str, Any] = {
        "evaluations": ("e",),
        "packets": 1,
        "cases": 1,
        "sources": 1,
        "evidence": 1,
    }
    text = made("text", *(as_found(severity) for severity in Severity), **one)
    assert text.splitlines()[-1] == (
        "1 error, 1 warning, 1 note · 1 evaluation, 1 packet, 1 case, 1 source, 1 evidence item"
    )


def test_none_is_singular_in_french() -> None:
    last = made("text", language="fr", packets=2).splitlines()[-1]
    assert last.startswith("0 erreur, 0 avertissement, 0 remarque · 0 évaluation, 2 paquets")


def test_rules_that_could_not_judge_are_named_before_the_figures() -> None:
    lines = made("text", muted=("SCC101", "SCC206")).splitlines()
    assert lines[-2].endswith(": SCC101, SCC206")


def test_a_message_is_one_line_whatever_it_quotes() -> None:
    text = made("text", as_found(Severity.NOTE, text="two\nlines"))
    assert len(text.splitlines()) == 3


def test_a_rule_without_french_words_keeps_its_own() -> None:
    assert "x is odd" in made("text", as_found(Severity.NOTE), language="fr")


def test_kinds_and_related_places_are_translated() -> None:
    text = made("text", FOUND, language="fr")
    assert "F1 est déjà le nom" in text
    assert "declared here first" not in text


def test_json_has_the_documented_keys_and_no_others() -> None:
    document = json.loads(made("json", FOUND, evaluations=("e",), muted=("SCC101",)))
    assert document == {
        "version": 1,
        "diagnostics": [
            {
                "code": "SCC208",
                "name": "duplicate-id",
                "severity": "error",
                "file": "a.yaml",
                "line": 2,
                "column": 3,
                "end_line": 2,
                "end_column": 5,
                "message": "F1 names a source",
                "fix": "Mend F1.",
                "related": [
                    {"file": "b.yaml", "line": 7, "column": 1, "message": "declared here first"}
                ],
            }
        ],
        "accepted": [],
        "summary": {
            "errors": 1,
            "warnings": 0,
            "notes": 0,
            "evaluations": ["e"],
            "packets": 0,
            "cases": 0,
            "sources": 0,
            "evidence": 0,
            "muted": ["SCC101"],
        },
    }


def test_many_diagnostics_are_counted_by_rule_the_gravest_first() -> None:
    many = [FOUND._replace(at=SECOND._replace(line=line)) for line in range(1, 21)]
    few = FOUND._replace(rule=OWN, severity=Severity.NOTE)
    assert "By rule:" not in made("text", *many)
    ending = made("text", few, *many).partition("By rule:\n")[2].splitlines()
    assert ending[:2] == ["  SCC208 20 errors, duplicate-id", f"  {OWN.code} 1 note, {OWN.name}"]


def test_json_writes_letters_as_they_are() -> None:
    assert "Ça – 湖" in made("json", as_found(Severity.NOTE, text="Ça – 湖"))


def test_diagnostics_are_in_the_order_of_places_and_told_once() -> None:
    later = Diagnostic(OWN, Severity.NOTE, SECOND, {"text": "x"})
    assert ordered((later, FOUND, later)) == (FOUND, later)


def test_a_level_rises_with_the_stage() -> None:
    assert [ALWAYS_ERROR.at(stage) for stage in (1, 6)] == [Severity.ERROR] * 2
