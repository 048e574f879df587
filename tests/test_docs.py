"""What is generated is true today: the pages of the rules and of the commands."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from scc_eval.rules import RULES

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(("language", "name"), [("en", "rules.md"), ("fr", "rules.fr.md")])
def test_the_page_of_the_rules_is_the_generated_one(language: str, name: str) -> None:
    page = runpy.run_path(str(DOCS / "rules.py"))["page"]
    assert (DOCS / name).read_text("utf-8") == page(language)


def test_the_page_of_the_rules_shows_a_bad_and_a_good_example_of_each() -> None:
    page = (DOCS / "rules.md").read_text("utf-8")
    parts = page.split('## <a id="scc')[1:]
    assert len(parts) == len(RULES)
    assert all(part.count("\n### ") == 2 for part in parts)


def test_the_page_of_the_commands_is_the_generated_one() -> None:
    page = runpy.run_path(str(DOCS / "cli.py"))["page"]
    assert (DOCS / "cli.md").read_text("utf-8") == page()
