"""Diagnostics as text and as JSON: from one to many, with and without related places, wherever they
stand."""

from __future__ import annotations

import json

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
from scc_eval.output import FORMATS, Figure, Summary
from scc_eval.places import NOWHERE, Location, Passage

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


COUNTED = {
    "evaluations": ("evaluation", "evaluations"),
    "packets": ("packet", "packets"),
    "cases": ("case", "cases"),
    "sources": ("source", "sources"),
    "evidence": ("item", "items"),
}


def made(
    format: str,
    *found: Diagnostic,
    language: str = "en",
    evaluations: tuple[str, ...] = (),
    muted: tuple[str, ...] = (),
    **numbers: int,
) -> str:
    """The diagnostics in a format, with the figures of `scc validate`."""
    spoken = words(language)
    own, numbers = spoken["summary"], {"evaluations": len(evaluations)} | numbers
    figures = tuple(
        Figure(name, numbers.get(name, 0), own[one], own[many])
        for name, (one, many) in COUNTED.items()
    )
    summary = Summary(spoken, figures, evaluations, muted)
    return FORMATS[format](in_words(found, spoken), summary)


def placed(at: Location, language: str = "en") -> list[str]:
    """The lines of the text on a note at a place, without the last."""
    text = made("text", as_found(Severity.NOTE)._replace(at=at), language=language)
    return text.splitlines()[:-1]


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
    found = (as_found(severity) for severity in Severity)
    text = made("text", *found, evaluations=("e",), packets=1, cases=1, sources=1, evidence=1)
    assert text.splitlines()[-1] == (
        "1 error, 1 warning, 1 note · 1 evaluation, 1 packet, 1 case, 1 source, 1 evidence item"
    )


def test_none_is_singular_in_french() -> None:
    last = made("text", language="fr", packets=2).splitlines()[-1]
    assert last.startswith("0 erreur, 0 avertissement, 0 remarque · 0 évaluation, 2 paquets")


def test_rules_that_could_not_judge_are_named_before_the_figures() -> None:
    lines = made("text", muted=("SCC101", "SCC206")).splitlines()
    assert lines[-2].endswith(": SCC101, SCC206")


def test_many_rules_that_could_not_judge_are_counted() -> None:
    codes = tuple(f"SCC{number}" for number in range(101, 110))
    assert made("text", muted=codes).splitlines()[-2].startswith("9 rules not judged, since")
    assert "SCC109" not in made("text", muted=codes)
    assert "SCC108" in made("text", muted=codes[:8])


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


@pytest.mark.parametrize(
    ("at", "language", "first"),
    [
        (Location("r.docx", 9, 4, 9, 8, Passage(3, 12)), "en", "r.docx, page 3, paragraph 12"),
        (Location("r.docx", 9, 4, 9, 8, Passage(3, 12)), "fr", "r.docx, page 3, paragraphe 12"),
        (Location("r.odt", 9, 4, 9, 8, Passage(0, 12)), "en", "r.odt, paragraph 12"),
        (Location("R.PDF", 9, 4, 9, 8, Passage(3)), "en", "R.PDF, page 3"),
        (Location("r.docx"), "en", "r.docx"),
        (Location("r.md", 9, 4, 9, 8, Passage(0, 12)), "en", "r.md:9:4"),
        (Location("a\nb\x1b.yaml", 9, 4), "en", "a b\N{REPLACEMENT CHARACTER}.yaml:9:4"),
    ],
)
def test_a_place_is_told_as_its_reader_counts(at: Location, language: str, first: str) -> None:
    assert placed(at, language)[0] == f"{first}: SCC999 x is odd"


def test_what_has_no_place_is_told_without_one() -> None:
    assert placed(NOWHERE) == ["SCC999 x is odd", "  note, fix: Mend it."]


@pytest.mark.parametrize(
    ("passage", "around"),
    [
        (Passage(1, 1, ("Findings", "Packet B"), "body"), "  under Findings › Packet B"),
        (Passage(1, 1, ("A",), "note"), "  note, under A"),
        (Passage(1, 1, (), "margin"), "  head or foot of the page"),
        (Passage(1, 1, (), "caption"), "  caption"),
        (Passage(1, 1, ("A", "B", "C", "D")), "  under … › B › C › D"),
        (Passage(1, 1, ("B", "C", "D")), "  under B › C › D"),
        (Passage(1, 1, ("x" * 40,)), f"  under {'x' * 40}"),
        (Passage(1, 1, ("x" * 38 + " yz",)), f"  under {'x' * 38}…"),
        (Passage(1, 1, ("two\nlines",)), "  under two lines"),
    ],
)
def test_a_line_says_where_in_a_report_something_stands(passage: Passage, around: str) -> None:
    at = Location("r.md", 9, 4, 9, 8, passage)
    assert placed(at) == ["r.md:9:4: SCC999 x is odd", around, "  note, fix: Mend it."]


def test_headings_are_told_in_french() -> None:
    at = Location("r.pdf", 9, 4, 9, 8, Passage(2, 1, ("Constats",), "table"))
    assert placed(at, "fr")[1] == "  tableau, sous Constats"


def test_a_message_does_not_steer_the_terminal() -> None:
    assert "\x1b" not in made("text", as_found(Severity.NOTE, text="\x1b[31mred\x07"))


def test_json_has_the_passage_of_what_stands_in_a_report() -> None:
    at = Location("r.docx", 9, 4, 9, 8, Passage(3, 12, ("Findings",), "note"))
    passage = {"page": 3, "paragraph": 12, "headings": ["Findings"], "part": "note"}
    (found,) = json.loads(made("json", FOUND._replace(at=at)))["diagnostics"]
    assert found["passage"] == passage
    assert found["line"] == 9
    related = Related(at, "declared here first")
    (found,) = json.loads(made("json", FOUND._replace(related=(related,))))["diagnostics"]
    assert "passage" not in found
    assert found["related"][0]["passage"] == passage


def test_a_run_that_read_no_evaluation_names_only_what_there_is() -> None:
    spoken = words("en")
    figures = (Figure("citations", 2, "citation", "citations"),)
    document = json.loads(FORMATS["json"]((), Summary(spoken, figures)))
    assert FORMATS["text"]((), Summary(spoken)) == "0 errors, 0 warnings, 0 notes\n"
    assert FORMATS["text"]((), Summary(spoken, figures)).endswith("0 notes · 2 citations\n")
    assert document["summary"] == {
        "errors": 0,
        "warnings": 0,
        "notes": 0,
        "citations": 2,
        "evaluations": [],
        "muted": [],
    }


def test_a_level_rises_with_the_stage() -> None:
    assert [ALWAYS_ERROR.at(stage) for stage in (1, 6)] == [Severity.ERROR] * 2
