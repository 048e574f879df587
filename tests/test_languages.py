"""Whoever speaks French reads French: every rule, every fact and every word of the story."""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from typer.testing import CliRunner

import scc_eval
from scc_eval.cli import app
from scc_eval.diagnostics import Rule, in_words, rule_in_words
from scc_eval.files import parse
from scc_eval.languages import spoken_here, words, words_of
from scc_eval.model.base import Declaration
from scc_eval.model.theory import Theory
from scc_eval.reading import _EXPECTED, Reader, found
from scc_eval.rules import catalogue
from scc_eval.rules.coverage import _SECTION_WORDS
from scc_eval.settings import Settings

FRENCH = words("fr")
ROOMS = sorted(
    folder.name
    for folder in (Path(scc_eval.__file__).parent / "locales").iterdir()
    if folder.is_dir() and not folder.name.startswith("rules.")
)
FACTS = ("kind", "expected", "found")

rule_by_rule = pytest.mark.parametrize("rule", catalogue(), ids=[rule.code for rule in catalogue()])


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def kinds(model: type[Declaration] = Declaration) -> set[str]:
    return {model.kind}.union(*(kinds(each) for each in model.__subclasses__()))


def texts_in(value: ast.AST) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from texts_in(one)
            yield from texts_in(other)


def facts_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str(name), value=value) if name in FACTS:
                yield from texts_in(value)
            case ast.Call(func=ast.Name(id="Related"), args=[_, value]):
                yield from texts_in(value)


def facts_in_the_code() -> set[str]:
    folder = Path(scc_eval.__file__).parent
    return {
        fact
        for path in folder.rglob("*.py")
        for fact in facts_in(ast.parse(path.read_text("utf-8")))
    }


def templates(branch: Mapping[str, Any], path: str = "") -> dict[str, set[str]]:
    """Every text of a branch of the locale, by its path, with the placeholders it has."""
    found: dict[str, set[str]] = {}
    for key, value in branch.items():
        if isinstance(value, Mapping):
            found |= templates(value, f"{path}{key}.")
        else:
            found[path + key] = placeholders(value)
    return found


def in_french(model: type[Declaration], text: str) -> list[str]:
    """What reading that text as that declaration says, in French."""
    reader = Reader()
    reader.declare(model, parse(text.encode(), "file.yaml").data, "file.yaml")
    return [each.message for each in in_words(reader.diagnostics, FRENCH)]


@rule_by_rule
def test_every_rule_has_its_french_text(rule: Rule) -> None:
    text = FRENCH["rules"][rule.code]

    told = {"title", "message", "why", "fix", "authority"}
    assert text.keys() == told | ({"when"} if rule.when else set())
    assert all(text.values())


def test_no_two_rules_are_called_the_same_in_french() -> None:
    called = [text["title"] for text in FRENCH["rules"].values()]

    assert len(set(called)) == len(called)
    assert all(title[0] != " " and len(title) < 50 and title[-1] != "." for title in called)


def test_no_french_text_is_left_of_a_rule_that_is_gone() -> None:
    assert FRENCH["rules"].keys() == {rule.code for rule in catalogue()}


@rule_by_rule
def test_the_french_text_tells_the_same_facts(rule: Rule) -> None:
    french = rule_in_words(rule, FRENCH)

    assert placeholders(french.message) == placeholders(rule.message)
    assert placeholders(french.fix) == placeholders(rule.fix)


@rule_by_rule
def test_a_french_message_ends_without_a_full_stop_and_the_rest_with_one(rule: Rule) -> None:
    french = rule_in_words(rule, FRENCH)

    assert not french.message.endswith(".")
    assert all(text.endswith(".") for text in (french.why, french.fix, french.authority))


@rule_by_rule
def test_what_stands_in_backticks_is_the_same_in_french(rule: Rule) -> None:
    french = rule_in_words(rule, FRENCH)

    for english, text in ((rule.message, french.message), (rule.why, french.why)):
        assert set(english.split("`")[1::2]) == set(text.split("`")[1::2])
    assert set(rule.fix.split("`")[1::2]) <= set(french.fix.split("`")[1::2])


def test_every_kind_of_declaration_has_its_french_word() -> None:
    assert kinds() | {"file", "section"} <= FRENCH["terms"].keys()


def test_every_section_has_its_french_words() -> None:
    assert set(_SECTION_WORDS.values()) <= FRENCH["terms"].keys()


def test_whatever_can_be_expected_has_its_french_words() -> None:
    assert {*_EXPECTED.values(), "another kind of value"} <= FRENCH["terms"].keys()


@pytest.mark.parametrize("text", ["~", "[a, b]", "a", "{a: b}"])
def test_whatever_can_be_found_has_its_french_words(text: str) -> None:
    assert found(parse(text.encode(), "file.yaml").data) in FRENCH["terms"]


@pytest.mark.parametrize(
    "text",
    [
        "a: [b",
        "a: {b",
        "a: {b: c]",
        "a:\n  - b\n c: d",
        "a: b\nc\nd: e",
        "a: 'b' c",
        "- a\nb: c",
        "a: @b",
        "a: %b",
        'a: "\\q"',
        'a: "\\uZZZZ"',
        "a: - b",
        "a: |0\n  b",
        "a: |x\n  b",
        "? a\n? - b\n  ?c: [}",
        "a: *",
        "a: &",
        "a: !<x",
        "%YAML 3.0\n--- a",
        "%YAML 1.1\n%YAML 1.1\n--- a",
        "%\n--- a",
        "a: ]",
        "[a]: : b",
        "'a\n---\nb'",
    ],
)
def test_whatever_the_parser_says_has_its_french_words(text: str) -> None:
    for problem in parse(text.encode(), "file.yaml").problems:
        assert set(problem.facts.values()) <= FRENCH["terms"].keys() | {"%"}


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.ELOOP, errno.ENAMETOOLONG])
def test_whatever_the_system_says_has_its_french_words(code: int) -> None:
    assert os.strerror(code).lower() in FRENCH["terms"]


def test_every_other_fact_told_in_words_has_its_french_words() -> None:
    facts = facts_in_the_code()

    assert {"file", "a list", "begun here", "part of the circle"} <= facts
    assert facts <= FRENCH["terms"].keys()


def test_both_languages_have_the_same_words() -> None:
    english = words("en")

    assert english["terms"].keys() <= FRENCH["terms"].keys()
    for part in ("story", "summary"):
        assert templates(FRENCH[part]) == templates(english[part])


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_with_words_of_its_own_has_the_same_in_both_languages(room: str) -> None:
    assert templates(words_of(room, "fr")) == templates(words_of(room, "en"))


def test_no_word_is_left_empty() -> None:
    for language in ("en", "fr"):
        for part in ("terms", "story", "summary"):
            assert "" not in words(language)[part].values()


def test_a_rule_without_a_french_text_keeps_its_own() -> None:
    rule = catalogue()[0]

    assert rule_in_words(rule, {**FRENCH, "rules": {}}) == rule


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "FR"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "fr_BE.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
        ({"SCC_LANG": "fr", "LC_ALL": "en_US.UTF-8"}, "fr"),
        ({"SCC_LANG": "de", "LC_ALL": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_whoever_runs_the_program(
    environment: dict[str, str], language: str
) -> None:
    assert spoken_here(environment) == language


def test_a_declaration_is_named_in_french() -> None:
    assert in_french(Theory, "id: a\ntitle: b\nquestions: [{id: q1}]") == [
        "question : il manque le champ text"
    ]


def test_what_is_expected_is_said_in_french() -> None:
    assert in_french(Settings, "title: a\ntheory: b\nthresholds: 3") == [
        "thresholds vaut 3, là où il faut des noms et des valeurs"
    ]


@pytest.mark.parametrize("value", ["[b]", "{b: c}"])
def test_a_list_or_fields_in_the_place_of_a_text_leave_no_english_word(value: str) -> None:
    (message,) = in_french(Settings, f"title: a\ntheory: {value}")

    assert not any(word in message for word in ("a list", "a text", "names and values"))


def test_a_text_in_the_place_of_a_declaration_is_named_in_french() -> None:
    assert in_french(Theory, "just words") == [
        "théorie contient un texte, là où il faut des noms et des valeurs"
    ]


def test_validate_speaks_french(tmp_path: Path) -> None:
    theories = tmp_path / "theories"
    theories.mkdir()
    (theories / "jardins.yaml").write_text("title: Jardins\nverson: 2\n", "utf-8")

    result = CliRunner().invoke(app, ["validate", str(tmp_path), "--lang", "fr"])

    first, second, *_, last = result.stdout.splitlines()
    assert first == "theories/jardins.yaml:2:1: SCC021 théorie : le champ verson n'existe pas"
    assert second.endswith("remède : Écrire plutôt : version.")
    assert last.startswith("1 erreur, ")
    assert result.exit_code == 1
