"""The formats for machines: each is read back as the program that it is for reads it."""

from __future__ import annotations

import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st
from typer.testing import CliRunner, Result

from _diagnostics import (
    DEEP,
    GOLDENS,
    HOSTILE,
    LINE,
    ODD,
    PAGE,
    REPAIRABLE,
    SENTENCE,
    SILENT,
    formatted,
    summary,
)
from conftest import Workspace
from renew_golden import FOLDER, REPOSITORY, workspace as golden_workspace
from scc_eval import Dossier, __version__, load
from scc_eval.cli import app
from scc_eval.cli._telling import folder_in_repository
from scc_eval.diagnostics import (
    Diagnostic,
    Levels,
    Related,
    Rule,
    Severity,
    in_words,
)
from scc_eval.languages import words
from scc_eval.output import FORMATS, Suite, Summary, sarif
from scc_eval.output.keys import keys
from scc_eval.output.packets import sorter
from scc_eval.output.suites import by_file
from scc_eval.places import NOWHERE, Location
from scc_eval.rules import examine, judging, muted

BROKEN = golden_workspace("broken")
LOOS = golden_workspace("loos-en-gohelle")
REPAIRED = "loos-repaired, evaluation"
SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")
)
PLAIN = Summary(words("en"))
COMMANDS = {"error": Severity.ERROR, "warning": Severity.WARNING, "notice": Severity.NOTE}
_COMMAND = re.compile(r"::(\w+)(?: (.*?))?::(.*)", re.DOTALL)

texts = st.text(st.characters(exclude_categories=["Cs"]))


def found(
    severity: Severity = Severity.ERROR, line: int = 1, text: str = "x", rule: Rule = SILENT
) -> Diagnostic:
    return Diagnostic(rule, severity, Location("a.yaml", line, 1, line, 3), {"text": text})


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# Goldens.


@pytest.mark.parametrize("file", GOLDENS)
def test_the_list_is_told_as_it_was(file: str) -> None:
    told = formatted(*GOLDENS[file])
    kept = FOLDER / "formats" / file
    assert told == kept.read_bytes().decode(), f"{file} has changed; `make golden` renews it"


def test_every_format_has_its_golden() -> None:
    assert {format for format, _ in GOLDENS.values()} == FORMATS.keys()
    assert {path.name for path in (FOLDER / "formats").iterdir()} == GOLDENS.keys()


@pytest.mark.parametrize("format", FORMATS)
def test_a_run_without_diagnostics_is_told_in_every_format(format: str) -> None:
    assert FORMATS[format]((), PLAIN).endswith("\n")


# GitHub.


def commands_in(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands, taken apart as GitHub's runner does: command, properties, message."""
    read = []
    for line in text.split("\n"):
        if command := _COMMAND.fullmatch(line):
            name, given, message = command.groups("")
            pairs = (pair.partition("=") for pair in given.split(",") if pair)
            read.append((name, {k: unescaped(v) for k, _, v in pairs}, unescaped(message)))
    return read


def unescaped(text: str) -> str:
    for code, character in (("0D", "\r"), ("0A", "\n"), ("3A", ":"), ("2C", ","), ("25", "%")):
        text = text.replace(f"%{code}", character)
    return text


@settings(deadline=None)
@given(texts, texts)
def test_an_annotation_is_read_back_as_it_was_meant(text: str, file: str) -> None:
    at = Location(f"a/{file.replace('/', '')}.yaml", 2, 3, 2, 5)
    told = commands_in(FORMATS["github"]([found(text=text)._replace(at=at)], PLAIN))
    properties = {
        "line": "2",
        "endLine": "2",
        "col": "3",
        "endColumn": "5",
        "title": "SCC198 silent",
    }
    assert told == [("error", {"file": at.file, **properties}, f"{text}\nfix: Mend.")]


def test_annotations_have_no_columns_over_several_lines() -> None:
    several = found()._replace(at=Location("a.yaml", 2, 3, 4, 5))
    ((_, properties, _),) = commands_in(FORMATS["github"]([several], PLAIN))
    assert properties == {
        "file": "a.yaml",
        "line": "2",
        "endLine": "4",
        "title": "SCC198 silent",
    }


def test_annotations_on_reports_without_lines_have_no_line_and_say_the_place() -> None:
    told = FORMATS["github"]([found()._replace(at=PAGE)], PLAIN)
    assert commands_in(told) == [
        (
            "error",
            {"file": "report.PDF", "title": "SCC198 silent"},
            "report.PDF, page 7, paragraph 2: x\nfix: Mend.",
        )
    ]


def test_files_are_named_as_their_repository_names_them() -> None:
    told = FORMATS["github"]([found()], PLAIN._replace(folder="studies/loos"))
    assert "file=studies/loos/a.yaml," in told


def test_errors_come_first_and_as_many_as_are_shown() -> None:
    many = [
        found(severity, line, f"{severity.word} {line}")
        for line in range(1, 13)
        for severity in Severity
    ]
    told = commands_in(FORMATS["github"](many, PLAIN))
    *shown, (last, properties, message) = [
        (name, properties, message.partition("\n")[0]) for name, properties, message in told
    ]
    assert [(COMMANDS[name].word, text) for name, _, text in shown] == [
        *(("error", f"error {line}") for line in range(1, 11)),
        *(("warning", f"warning {line}") for line in range(1, 11)),
        # The last of ten notices is the one that counts the rest.
        *(("note", f"note {line}") for line in range(1, 10)),
    ]
    assert (last, properties) == ("notice", {})
    assert message.startswith("+7 more: ")


def test_ten_of_each_level_are_all_shown() -> None:
    ten = [found(severity, line) for severity in Severity for line in range(10)]
    assert len(commands_in(FORMATS["github"](ten, PLAIN))) == 30


# GitLab.


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    issues = json.loads(FORMATS["gitlab"](diagnostics, PLAIN))
    return [issue["fingerprint"] for issue in issues]


def moved(at: Location) -> Location:
    return at._replace(line=at.line + 7, end_line=at.end_line + 7)


def test_fingerprints_are_unique_and_stay_when_lines_are_inserted_above() -> None:
    before = fingerprints(HOSTILE)
    assert len(set(before)) == len(HOSTILE)
    assert fingerprints([each._replace(at=moved(each.at)) for each in HOSTILE]) == before


def test_a_fingerprint_is_of_the_rule_the_subject_and_the_file() -> None:
    one = found(text="x")
    others = [
        one,
        found(text="y"),
        one._replace(rule=ODD._replace(message="{text}", fix="")),
        one._replace(at=one.at._replace(file="b.yaml")),
        one._replace(severity=Severity.NOTE, facts={"text": "x", "count": "3"}),
    ]
    marks = [keys([each])[0] for each in others]
    assert len(set(marks[:4])) == 4
    assert marks[4] == marks[0]
    # A separator in a name makes it no other name.
    ambiguous = [found(text="x:a"), one._replace(at=one.at._replace(file="a:a.yaml"))]
    assert len(set(fingerprints(ambiguous))) == 2


def test_fingerprints_are_the_same_in_every_language() -> None:
    told = [each for dossier in map(Dossier, load(BROKEN)) for each in examine(dossier)[0]]
    assert {"SCC021", "SCC022", "SCC208"} <= {each.rule.code for each in told}
    assert keys(in_words(told, words("fr"))) == keys(told)


def test_the_field_tells_apart_slips_in_one_kind_of_declaration() -> None:
    slip = found()._replace(facts={"kind": "source", "field": "colour"})
    other = slip._replace(facts={"kind": "source", "field": "size"})
    assert keys([slip, other]) == keys([slip]) + keys([other])


def test_an_issue_has_what_gitlab_asks_for() -> None:
    several = [found(severity, 4, "two\nlines") for severity in sorted(Severity)]
    issues = json.loads(FORMATS["gitlab"](several, PLAIN._replace(folder="study")))
    assert [issue["severity"] for issue in issues] == ["info", "minor", "major"]
    assert issues[0] == {
        "description": "two lines · fix: Mend.",
        "check_name": "SCC198 silent",
        "fingerprint": keys([several[0]])[0],
        "severity": "info",
        "location": {"path": "study/a.yaml", "lines": {"begin": 4}},
    }


@pytest.mark.parametrize(("at", "path"), [(NOWHERE, "."), (PAGE, "report.PDF")])
def test_an_issue_without_a_line_is_on_the_first(at: Location, path: str) -> None:
    (issue,) = json.loads(FORMATS["gitlab"]([found()._replace(at=at)], PLAIN))
    assert issue["location"] == {"path": path, "lines": {"begin": 1}}


# SARIF.


def sarif_of(diagnostics: Sequence[Diagnostic], told: Summary = PLAIN) -> Any:
    """The run, after the schema has accepted the file."""
    document = json.loads(FORMATS["sarif"](diagnostics, told))
    jsonschema.Draft4Validator(SCHEMA).validate(document)
    return document["runs"][0]


def messages(notifications: Iterable[Any]) -> list[str]:
    return [notification["message"]["text"] for notification in notifications]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_schema_of_sarif_accepts_the_list(language: str) -> None:
    run = sarif_of(HOSTILE, summary(language))
    assert run["language"] == run["tool"]["driver"]["language"] == language
    assert len(run["results"]) == len(HOSTILE) + 2


def test_the_schema_of_sarif_refuses_what_is_amiss() -> None:
    document = json.loads(FORMATS["sarif"](HOSTILE, PLAIN))
    document["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError, match="fatal"):
        jsonschema.Draft4Validator(SCHEMA).validate(document)


def test_a_run_in_sarif_names_the_program_and_its_version() -> None:
    document = json.loads(run("validate", BROKEN, "--format", "sarif").stdout)
    driver = document["runs"][0]["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("scc", __version__)


def test_results_name_their_rules() -> None:
    run = sarif_of(HOSTILE, summary())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["SCC098", "SCC201", "SCC208", "SCC298", "SCC498"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_results_have_the_level_the_key_and_a_place_of_their_own() -> None:
    run = sarif_of(HOSTILE, summary())
    results = run["results"][: len(HOSTILE)]
    assert [each["level"] for each in results] == [each.severity.word for each in HOSTILE]
    assert [each["partialFingerprints"]["sccKey/v1"] for each in results] == list(keys(HOSTILE))
    assert all(len(each["locations"]) == 1 for each in results)


def location_of(at: Location, told: Summary = PLAIN) -> Any:
    (result,) = sarif_of([found()._replace(at=at)], told)["results"]
    return result["locations"][0]


def test_a_place_in_sarif_is_a_relative_uri_with_a_region() -> None:
    at = Location("a b/é#1.yaml", 2, 3, 4, 5)
    assert location_of(at, PLAIN._replace(folder="x")) == {
        "physicalLocation": {
            "artifactLocation": {"uri": "x/a%20b/%C3%A9%231.yaml", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 2, "startColumn": 3, "endLine": 4, "endColumn": 5},
        }
    }


def test_a_place_in_a_report_without_lines_has_headings_and_no_region() -> None:
    told = location_of(SENTENCE)
    assert "region" not in told["physicalLocation"]
    assert told["logicalLocations"] == [{"fullyQualifiedName": " › ".join(DEEP)}]
    assert told["properties"]["passage"]["paragraph"] == 12


def test_a_place_in_a_report_without_headings_names_none() -> None:
    assert "logicalLocations" not in location_of(PAGE)
    assert "region" in location_of(LINE)["physicalLocation"]


def test_what_has_no_place_is_on_the_whole_repository() -> None:
    # Code scanning refuses a whole file for one result without a place.
    assert location_of(NOWHERE)["physicalLocation"] == {
        "artifactLocation": {"uri": ".", "uriBaseId": "%SRCROOT%"}
    }


def test_what_is_accepted_is_a_suppressed_result() -> None:
    results = sarif_of((), summary())["results"]
    assert [each["suppressions"] for each in results] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"Nobody | could ask (A. <Author>, {signed})",
            }
        ]
        for signed in ("2026-01", "2026-01, until 2027")
    ]
    assert "suppressions" not in sarif_of([found()])["results"][0]


def test_a_rule_in_sarif_says_why_and_how() -> None:
    (rule,) = sarif_of([HOSTILE[0]])["tool"]["driver"]["rules"]
    assert rule == {
        "id": "SCC298",
        "name": "unreadable-code",
        "shortDescription": {"text": "… is not a code"},
        "fullDescription": {"text": "Nobody can find what it cites, not even <b>you</b>."},
        "help": {
            "text": "Why it matters: Nobody can find what it cites, not even <b>you</b>.\n"
            "How to mend it: Write … as `…`, or as {{case}}.\nWhere it comes from: We.",
            "markdown": "**Why it matters.** Nobody can find what it cites, not even "
            "&lt;b>you&lt;/b>.\n\n**How to mend it.** Write … as `…`, or as {{case}}.\n\n"
            "**Where it comes from.** We.",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["References"]},
    }


_OFF = Levels(*([None] * 6))


@pytest.mark.parametrize(
    ("levels", "grave", "level"),
    [
        (_OFF._replace(story=Severity.NOTE), None, "note"),
        (_OFF._replace(story=Severity.NOTE), _OFF._replace(final=Severity.WARNING), "warning"),
        (_OFF, None, "note"),
    ],
)
def test_a_rule_in_sarif_has_its_gravest_level(
    levels: Levels, grave: Levels | None, level: str
) -> None:
    rule = SILENT._replace(levels=levels, grave=grave)
    (told,) = sarif_of([found(rule=rule)])["tool"]["driver"]["rules"]
    assert told["defaultConfiguration"] == {"level": level}


def test_sarif_sees_no_placeholder_and_no_link_in_a_message() -> None:
    (result,) = sarif_of([found(text="{0} [x](1) \x00")])["results"]
    assert result["message"]["text"] == "{{0}} [x] (1) \N{REPLACEMENT CHARACTER}\nfix: Mend."


def test_related_places_are_numbered_and_say_why() -> None:
    related = (Related(LINE, "begun here"), Related(PAGE, "declared here first"))
    (result,) = sarif_of([found()._replace(related=related)])["results"]
    assert [(each["id"], each["message"]["text"]) for each in result["relatedLocations"]] == [
        (0, "begun here"),
        (1, "declared here first"),
    ]


def test_nothing_is_notified_of_a_run_that_went_well() -> None:
    assert sarif_of(HOSTILE)["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": []}
    ]


def test_past_the_limits_the_gravest_are_kept_and_the_rest_is_notified(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "RESULTS", 3)
    monkeypatch.setattr(sarif, "PLACES", 2)
    many = [
        found(severity, line)._replace(related=(Related(LINE, "begun here"),) * 3)
        for line, severity in enumerate((*Severity, *Severity), 1)
    ]
    run = sarif_of(many, PLAIN._replace(muted=("SCC101",)))
    assert [each["level"] for each in run["results"]] == ["error", "error", "warning"]
    assert [len(each["relatedLocations"]) for each in run["results"]] == [2, 2, 2]
    assert messages(run["invocations"][0]["toolExecutionNotifications"]) == [
        "not judged, since something they count could not be read: SCC101",
        "left out here: 3 results past the 3 that code scanning takes",
        "left out here: 6 related places past the 2 that a result may have",
    ]


def test_as_many_as_code_scanning_takes_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULTS", 2)
    run = sarif_of([found(Severity.NOTE), found(Severity.ERROR, 2)])
    assert [each["level"] for each in run["results"]] == ["note", "error"]
    assert run["invocations"][0]["toolExecutionNotifications"] == []


def test_the_limits_are_those_of_code_scanning() -> None:
    assert (sarif.RESULTS, sarif.PLACES) == (25_000, 1_000)


# JUnit.


def junit_of(
    *suites: Suite, fail_on: Severity = Severity.ERROR, diagnostics: Sequence[Diagnostic] = ()
) -> ET.Element:
    told = PLAIN._replace(suites=suites, fail_on=fail_on)
    return ET.fromstring(FORMATS["junit"](diagnostics, told))


def test_junit_counts_what_it_holds() -> None:
    root = ET.fromstring(formatted("junit"))
    for told in (root, *root):
        cases = list(told.iter("testcase"))
        assert told.attrib["tests"] == str(len(cases))
        assert told.attrib["failures"] == str(sum(c.find("failure") is not None for c in cases))
        assert told.attrib["skipped"] == str(sum(c.find("skipped") is not None for c in cases))
        assert (told.attrib["errors"], told.attrib["time"]) == ("0", "0")
    named = [(each.attrib["classname"], each.attrib["name"]) for each in root.iter("testcase")]
    assert len(set(named)) == len(named)


@settings(deadline=None)
@given(texts)
def test_a_failure_is_read_back_but_for_characters_xml_has_not(text: str) -> None:
    root = junit_of(Suite("s", (found(text=text),), ()))
    legal = "".join(c for c in text if c in "\t\n\r" or " " <= c not in "\ufffe\uffff")
    told = f"a.yaml:1:1: error: {legal}\nfix: Mend."
    assert root.findtext(".//failure") == told.replace("\r\n", "\n").replace("\r", "\n")


def test_a_rule_that_found_nothing_is_a_test_that_passes() -> None:
    root = junit_of(Suite("s, B", (), (SILENT, REPAIRABLE), (ODD,)))
    assert [
        (case.attrib["name"], [part.tag for part in case]) for case in root.iter("testcase")
    ] == [
        ("SCC198 silent", []),
        ("SCC201 repairable-code", []),
        ("SCC298 unreadable-code", ["skipped"]),
    ]


@pytest.mark.parametrize(
    ("fail_on", "parts"),
    [
        (Severity.ERROR, ["failure", "system-out"]),
        (Severity.WARNING, ["failure", "system-out"]),
        (Severity.NOTE, ["failure"]),
    ],
)
def test_what_fails_the_run_is_a_failure(fail_on: Severity, parts: list[str]) -> None:
    three = tuple(found(severity, line, severity.word) for line, severity in enumerate(Severity, 1))
    (case,) = junit_of(Suite("s", three, ()), fail_on=fail_on).iter("testcase")
    assert [part.tag for part in case] == parts
    assert case[0].attrib["type"] == "error"
    failing = [severity.word for severity in Severity if severity >= fail_on]
    others = f" (and {len(failing) - 1} more)" if failing[1:] else ""
    assert case[0].attrib["message"] == f"{failing[0]}{others}"
    assert re.findall(r": (\w+)$", case[0].text or "", re.MULTILINE) == failing


def test_a_test_that_fails_says_where() -> None:
    lined = junit_of(Suite("s", (found(line=7),), ()))
    report = junit_of(Suite("s", (found()._replace(at=PAGE),), ()))
    nowhere = junit_of(Suite("s", (found()._replace(at=NOWHERE),), ()))
    places = [root.find(".//testcase") for root in (lined, report, nowhere)]
    assert [(each.get("file"), each.get("line")) for each in places if each is not None] == [
        ("a.yaml", "7"),
        ("report.PDF", None),
        (None, None),
    ]


def test_without_suites_there_is_one_for_each_file_something_was_found_in() -> None:
    root = junit_of(diagnostics=HOSTILE)
    assert [each.attrib["name"] for each in root] == list(
        dict.fromkeys(each.at.file or "scc" for each in HOSTILE)
    )


def test_a_report_in_order_has_a_suite_too() -> None:
    suites = by_file(["b.docx", "a.yaml"], [found()], [SILENT])
    assert suites == (
        Suite("b.docx", (), (SILENT,)),
        Suite("a.yaml", (found(),), (SILENT,)),
    )


# Packets.


def dossier_at(path: Path) -> Dossier:
    (dossier,) = map(Dossier, load(path))
    return dossier


@pytest.fixture(scope="module")
def loos() -> Dossier:
    return dossier_at(LOOS)


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        ({"packet": "B", "title": "any"}, "B"),
        ({"case": "Agri", "packet": "1"}, "B"),
        ({"case": "B"}, ""),
        ({"source": "B"}, ""),
        ({"name": "B"}, "B"),
        ({"text": "Agri_PC2_1"}, "C"),
        ({"text": "Agri_IT"}, ""),
        ({"text": "Agri PC2_1", "repair": "Agri_PC2_1"}, "C"),
        ({"text": "nobody knows"}, ""),
        ({"claim": "unknown", "packet": "Z"}, ""),
        ({}, ""),
    ],
)
def test_a_diagnostic_is_on_a_packet(facts: dict[str, str], letter: str, loos: Dossier) -> None:
    assert sorter(loos)(found()._replace(facts=facts)) == letter


def test_whatever_the_theory_declares_lies_in_a_packet(loos: Dossier) -> None:
    letter_of = sorter(loos)

    def of(name: str) -> str:
        return letter_of(found()._replace(facts={"name": name}))

    for packet in loos.packets:
        assert {of(box.id) for box in packet.all_boxes()} <= {packet.letter}
        for link in (*loos.links_into(packet), *loos.links_within(packet)):
            assert {of(each) for each in (link.id, *(h.id for h in link.hypotheses))} == {
                packet.letter
            }
    for factor in loos.factors:
        first = loos.packet_at(factor.targets[0])
        assert first is not None
        assert of(factor.id) == first.letter
    for claim in loos.claims:
        assert of(claim.id) == claim.packet


def test_a_link_from_a_packet_to_nowhere_is_on_the_packet_it_leaves(workspace: Workspace) -> None:
    theory = """\
id: t
title: T
packets:
  - {letter: A, title: First}
links:
  - {id: L1, source: A, target: Z}
  - {id: L2, source: Y, target: Z}
factors:
  - {id: x1, text: Another, targets: [Z]}
"""
    letter_of = sorter(dossier_at(workspace({"theories/t.yaml": theory})))
    named = [letter_of(found()._replace(facts={"name": name})) for name in ("L1", "L2", "x1")]
    assert named == ["A", "", ""]


def suites_of(*arguments: object) -> dict[str, ET.Element]:
    root = ET.fromstring(run("validate", *arguments, "--format", "junit").stdout)
    return {each.attrib["name"]: each for each in root}


def test_every_packet_is_a_suite_and_every_rule_that_judged_a_test(loos: Dossier) -> None:
    suites = suites_of(LOOS)
    letters = [packet.letter for packet in loos.examined_packets]
    assert list(suites) == [
        *(f"loos-en-gohelle, packet {letter}" for letter in letters),
        "loos-en-gohelle, evaluation",
    ]
    rules = [f"{rule.code} {rule.name}" for rule in judging(loos, loos.settings.stage)]
    rest = [case.attrib["name"] for case in suites["loos-en-gohelle, evaluation"]]
    assert set(rules) <= set(rest)
    for letter in letters:
        tests = [case.attrib["name"] for case in suites[f"loos-en-gohelle, packet {letter}"]]
        assert tests == sorted(tests)
        assert {rule for rule in rules if rule[3] in "1234567"} <= set(tests)


def test_every_diagnostic_is_in_one_suite(loos: Dossier) -> None:
    texts = [
        part.text or "" for suite in suites_of(LOOS).values() for case in suite for part in case
    ]
    told = "\n\n".join(texts).count("\nfix: ")
    assert told == len(examine(loos)[0])


def test_a_finding_in_a_packet_is_in_its_suite(loos: Dossier) -> None:
    letter_of = sorter(loos)
    told = next(each for each in examine(loos)[0] if letter_of(each) == "B")
    suite = suites_of(LOOS)["loos-en-gohelle, packet B"]
    texts = (part.text or "" for case in suite for part in case)
    assert any(told.message in text for text in texts)


def test_a_rule_that_is_off_is_no_test_and_one_that_is_muted_is_skipped(
    workspace: Workspace,
) -> None:
    settings = "title: T\ntheory: t\nstage: 6\nlevels: {SCC001: off, SCC101: off, SCC110: off}\n"
    theory = "id: t\ntitle: T\npackets: [{letter: A, title: First}]\n"
    path = workspace(
        {
            "theories/t.yaml": theory,
            "evidence/e/evaluation.yaml": settings,
            "evidence/e/broken.yaml": "cases: [",
        }
    )
    dossier = dossier_at(path)
    suites = suites_of(path)
    skipped = {c.attrib["name"][:6] for c in suites["e, packet A"] if len(c)}
    codes = {rule.code for rule in muted(dossier, 6)}
    assert {"SCC101", "SCC301"} & codes == {"SCC301"}
    assert {"SCC101", "SCC301"} <= {rule.code for rule in muted(dossier)}
    assert skipped == {code for code in codes if code[3] in "1234567"}
    tests = {case.attrib["name"][:6] for suite in suites.values() for case in suite}
    assert {"SCC001", "SCC002", "SCC101", "SCC102", "SCC110", "SCC921"} & tests == {
        "SCC002",
        "SCC102",
    }


def test_the_rules_on_waivers_judge_where_there_are_some() -> None:
    tests = [c.attrib["name"] for c in suites_of(golden_workspace("loos-repaired"))[REPAIRED]]
    assert "SCC921 unused-waiver" in tests


def test_suites_speak_the_language_asked_for() -> None:
    assert "loos-en-gohelle, paquet B" in suites_of(LOOS, "--lang", "fr")
    assert "loos-en-gohelle, évaluation" in suites_of(LOOS, "--lang", "fr")


# Markdown.


def test_markdown_holds_no_markup_of_a_message() -> None:
    hostile = "<b>a</b> | `b` *c* _d_ [e](f) ~g~ $h$ #1 \\ & \n- i"
    told = FORMATS["md"]([found(text=hostile)], PLAIN)
    assert (
        r"&lt;b&gt;a&lt;/b&gt; \| \`b\` \*c\* \_d\_ \[e\](f) \~g\~ \$h\$ \#1 \\ &amp; - i" in told
    )


def test_markdown_counts_by_rule_and_lists_places() -> None:
    told = FORMATS["md"]([found(), found(line=2), found(Severity.NOTE)._replace(at=LINE)], PLAIN)
    assert told == (
        "2 errors, 0 warnings, 1 note\n\n"
        "| Rule | Level | Number |\n| --- | --- | ---: |\n"
        "| SCC198 silent | error | 2 |\n| SCC198 silent | note | 1 |\n\n"
        "- a.yaml:1:1 **SCC198** (error) x\\\n  fix: Mend.\n"
        "- a.yaml:2:1 **SCC198** (error) x\\\n  fix: Mend.\n"
        "- report.md:12:3, table, under Findings **SCC198** (note) x\\\n  fix: Mend.\n"
    )


# The command.


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file for the summary of a step of GitHub's."""
    path = tmp_path / "step.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


@pytest.fixture(autouse=True)
def no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on where it runs."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


@pytest.mark.parametrize("format", FORMATS)
def test_a_format_is_printed_or_written_beside_the_text(format: str, tmp_path: Path) -> None:
    printed = run("validate", BROKEN, "--format", format)
    written = run("validate", BROKEN, "--format", format, "--output", tmp_path / "a" / "told")
    assert printed.exit_code == written.exit_code == 1
    kept = (tmp_path / "a" / "told").read_bytes()
    assert kept == printed.stdout_bytes
    assert written.stdout == run("validate", BROKEN).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
@pytest.mark.parametrize("format", FORMATS)
def test_the_name_of_a_file_need_not_be_unicode(format: str, workspace: Workspace) -> None:
    path = workspace({"theories/t.yaml": "id: t\ntitle: T\n"})
    (path / "theories" / os.fsdecode(b"caf\xe9.yaml")).write_text("id: [", encoding="utf-8")
    ran = run("validate", path, "--format", format)
    assert ran.exit_code == 1
    named = {"sarif": "caf%E9.yaml", "junit": "caf.yaml"}.get(format, "caf?.yaml")
    assert f"theories/{named}" in ran.stdout


def test_nothing_is_printed_where_the_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    ran = run("validate", BROKEN, "--format", "sarif", "-o", tmp_path / "taken" / "told")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "cannot be written" in ran.stderr


@pytest.mark.parametrize("format", ["sarif", "gitlab"])
def test_paths_are_those_of_the_repository(format: str) -> None:
    relative = BROKEN.relative_to(REPOSITORY).as_posix()
    told = run("validate", BROKEN, "--format", format).stdout
    named = re.findall(r'"(?:uri|path)": "(.*)"', told)
    assert named
    prefix = f"{relative}/" if folder_in_repository(REPOSITORY) == "" else ""
    assert all(name.startswith(prefix) for name in named)


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch], ids=["clone", "worktree"])
def test_a_repository_is_where_git_says(make: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "study one" / "loos"
    folder.mkdir(parents=True)
    assert folder_in_repository(folder / "nowhere" / "..") == folder_in_repository(folder)
    make(tmp_path / ".git")
    assert folder_in_repository(folder) == "study one/loos"
    assert folder_in_repository(tmp_path) == ""


def test_a_folder_in_no_repository_lies_nowhere_in_it(tmp_path: Path) -> None:
    inside = any((above / ".git").exists() for above in (tmp_path, *tmp_path.parents))
    assert (folder_in_repository(tmp_path) == "") is not inside


def test_the_summary_of_a_step_gets_everything(step: Path) -> None:
    step.write_text("before\n", encoding="utf-8")
    told = run("validate", BROKEN, "--format", "github").stdout
    markdown = run("validate", BROKEN, "--format", "md").stdout
    assert step.read_text(encoding="utf-8") == f"before\n{markdown}"
    assert "+14 more" in told


def test_the_summary_of_a_step_is_for_github_alone(step: Path) -> None:
    for format in FORMATS.keys() - {"github"}:
        run("validate", BROKEN, "--format", format)
    assert not step.exists()


def test_the_summary_of_a_step_is_cut_at_what_github_takes(step: Path) -> None:
    markdown = run("validate", BROKEN, "--format", "md").stdout
    left = len(markdown.encode()) - 1
    before = "x" * (1024 * 1024 - left)
    step.write_text(before, encoding="utf-8")
    run("validate", BROKEN, "--format", "github")
    written = step.read_bytes().decode()
    added = written.removeprefix(before)
    kept, _, last = added.rstrip("\n").rpartition("\n\n")
    assert 1024 * 1024 - 500 < len(written.encode()) <= 1024 * 1024
    assert f"{kept}\n" in markdown
    assert markdown.startswith(kept)
    assert last == "Cut short here: GitHub takes 1 MiB of a step's summary, --format text shows all"


def test_the_summary_of_a_step_that_is_just_not_full_is_whole(step: Path) -> None:
    markdown = run("validate", BROKEN, "--format", "md").stdout
    before = "x" * (1024 * 1024 - len(markdown.encode()))
    step.write_text(before, encoding="utf-8")
    run("validate", BROKEN, "--format", "github")
    assert step.read_bytes().decode() == before + markdown


def test_a_full_summary_of_a_step_is_left_as_it_is(step: Path) -> None:
    full = "x" * (1024 * 1024 - 20)
    step.write_text(full, encoding="utf-8")
    assert run("validate", BROKEN, "--format", "github").exit_code == 1
    assert step.read_text(encoding="utf-8") == full


def test_a_summary_of_a_step_that_cannot_be_written_says_so(step: Path) -> None:
    step.mkdir()
    ran = run("validate", BROKEN, "--format", "github")
    assert ran.exit_code == 2
    assert f"{step} cannot be written: is a directory" in ran.stderr


def test_a_level_that_does_not_exist_is_refused_before_anything_is_read() -> None:
    ran = run("validate", "/nowhere/at/all", "--fail-on", "fatal")
    assert (ran.exit_code, "--fail-on takes one of error, warning, note" in ran.stderr) == (2, True)
