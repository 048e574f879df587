"""The schemas: they are schemas, they take what the repository holds and refuse a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from renew_golden import REPOSITORY
from scc_eval import scaffold
from scc_eval.languages import LANGUAGES
from scc_eval.schema import KINDS, as_text, schema

_NAMED = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)+schema/(\w+)\.json\n")


class Loader(yaml.SafeLoader):
    """YAML as editors read it for a schema: dates are texts, and so are words such as `on`."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), ["t", "f"])


def errors(kind: str, text: str) -> list[str]:
    data = yaml.load(text, Loader)
    found = Draft202012Validator(schema(kind)).iter_errors(data)
    return [error.message for error in found]


def kind_of(text: str) -> str:
    named = _NAMED.match(text)
    assert named, "the first line names no schema"
    return named[1]


def shipped() -> Iterator[Path]:
    for folder in ("theories", "evidence"):
        yield from sorted((REPOSITORY / folder).rglob("*.yaml"))


def to_fill_in() -> Iterator[Any]:
    for language in LANGUAGES:
        for name, text in scaffold.empty(language).items():
            if name.endswith(".yaml"):
                yield pytest.param(text, id=f"{language}/{name}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_the_generated_one(kind: str) -> None:
    committed = REPOSITORY / "schema" / f"{kind}.json"
    assert committed.read_text(encoding="utf-8") == as_text(kind)


@pytest.mark.parametrize(
    "path", list(shipped()), ids=lambda path: str(path.relative_to(REPOSITORY))
)
def test_a_shipped_file_is_of_its_kind(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert errors(kind_of(text), text) == []


@pytest.mark.parametrize("text", list(to_fill_in()))
def test_a_file_to_fill_in_is_of_its_kind(text: str) -> None:
    assert errors(kind_of(text), text) == []


@pytest.mark.parametrize(
    "path", list(shipped()), ids=lambda path: str(path.relative_to(REPOSITORY))
)
def test_content_takes_every_section(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if kind_of(text) not in ("theory", "evaluation"):
        assert errors("content", text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("theory", "title: T\n"),
        ("evaluation", "titre: T\nthéorie: t\nétape: 3\nlangue: fr\n"),
        ("evaluation", "titre: T\ntheorie: t\n"),
        ("evaluation", "title: 2024\ntheory: 1.10\ndate: 2024-06-01\n"),
        ("evaluation", "title: T\ntheory: t\nexclusions: The price\n"),
        ("case", "études de cas: [{code: N, nom: Nord}]\npreuves:\n"),
        ("case", "evidence: [{code: N_PC1_1, text: x, polarité: contredit, bears_on: B.1}]\n"),
        ("case", "evidence: [{code: N, text: x, bears_on: [{target: B.1}]}]\n"),
        ("story", "story: []\n"),
    ],
)
def test_what_the_reader_takes_the_schema_takes(kind: str, text: str) -> None:
    assert errors(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("theory", "titel: T\n"),
        ("theory", "title: T\npackets: [{letter: B, title: x, boxs: []}]\n"),
        ("evaluation", "title: T\n"),
        ("evaluation", "title: T\ntheory: t\nstage: 7\n"),
        ("evaluation", "title: T\ntheory: t\naudience: nobody\n"),
        ("case", "evidence: [{code: N, text: x, polarity: maybe}]\n"),
        ("case", "evidence: [{text: x}]\n"),
        ("case", "sources: []\n"),
        ("story", "story: [{title: x, packet: B, section: 4}]\n"),
        ("story", "story: {}\n"),
    ],
)
def test_a_slip_is_refused(kind: str, text: str) -> None:
    assert errors(kind, text) != []


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(KeyError):
        schema("poem")
