"""What is generated is true today: the pages of the rules and of the commands."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from scc_eval.model.base import Declaration
from scc_eval.model.french import FRENCH_FIELDS
from scc_eval.rules import catalogue
from scc_eval.sections import SECTIONS

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(("language", "name"), [("en", "rules.md"), ("fr", "rules.fr.md")])
def test_the_page_of_the_rules_is_the_generated_one(language: str, name: str) -> None:
    page = runpy.run_path(str(DOCS / "rules.py"))["page"]
    assert (DOCS / name).read_text("utf-8") == page(language)


def test_the_page_of_the_rules_shows_each_broken_kept_and_waived() -> None:
    page = (DOCS / "rules.md").read_text("utf-8")
    parts = page.split('## <a id="scc')[1:]
    assert len(parts) == len(catalogue())
    shown = {part.count("<summary>") + 3 * part.count("<summary>Waived") for part in parts}
    assert shown == {2, 6}


def test_the_page_of_the_commands_is_the_generated_one() -> None:
    page = runpy.run_path(str(DOCS / "cli.py"))["page"]
    assert (DOCS / "cli.md").read_text("utf-8") == page()


def models() -> set[type[Declaration]]:
    """Every kind of declaration there is."""
    for section in SECTIONS.values():
        section.load()
    found: set[type[Declaration]] = set()
    ahead: list[type[Declaration]] = [Declaration]
    while ahead:
        below = ahead.pop().__subclasses__()
        found.update(below)
        ahead.extend(below)
    return {model for model in found if model.__module__.startswith("scc_eval.")}


@pytest.mark.parametrize("name", ["files.md", "files.fr.md"])
def test_every_field_of_every_declaration_is_told(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    fields = {field for model in models() for field in model.model_fields}
    assert {field for field in fields if f"| `{field}` |" not in page} == set()


def test_every_french_name_of_a_field_is_told() -> None:
    page = (DOCS / "files.fr.md").read_text("utf-8")
    fields = {field for model in models() for field in model.model_fields} | set(SECTIONS)
    french = {word for word, english in FRENCH_FIELDS.items() if english in fields}
    assert {word for word in french if f"`{word}`" not in page} == set()
