"""Every rule does what its specimens show, and the registry of rules keeps its promises."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from _specimens import Specimen, headings, specimens

from scc_eval import Dossier, check, load, reading, rules
from scc_eval.diagnostics import Diagnostic, Rule, Severity
from scc_eval.rules import PROFILES, RULES, level, muted
from scc_eval.rules._checks import Check

SPECIMENS = specimens()
FAMILIES = tuple(
    importlib.import_module(f"{rules.__name__}.{module.name}")
    for module in pkgutil.iter_modules(rules.__path__)
    if not module.name.startswith("_")
)

specimen_by_specimen = pytest.mark.parametrize(
    "specimen", SPECIMENS, ids=[f"{each.code}-{each.title}" for each in SPECIMENS]
)
rule_by_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


def bound_in(family: ModuleType) -> Iterator[tuple[Rule, Check]]:
    yield from family.CHECKS.bound


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def workspace(root: Path, **files: str) -> Path:
    """The base workspace with those files of the evaluation added or put in place of its own."""
    good = next(specimen for specimen in SPECIMENS if specimen.code == "SCC031")
    for block in good.blocks:
        block.write(root)
    for name, text in files.items():
        (root / "evidence" / "eval" / f"{name}.yaml").write_text(text, "utf-8")
    return root


def dossier(root: Path) -> Dossier:
    (project,) = load(root)
    return Dossier(project)


@specimen_by_specimen
def test_a_specimen_gives_exactly_the_diagnostics_it_shows(
    specimen: Specimen, tmp_path: Path
) -> None:
    found = specimen.diagnose(tmp_path)

    assert [(f.at.file, f.at.line, f.rule.code) for f in sorted(found, key=place)] == [
        (e.file, e.line, e.code) for e in specimen.expected
    ]
    for diagnostic, expected in zip(sorted(found, key=place), specimen.expected, strict=True):
        assert expected.message in (None, diagnostic.message)
        assert expected.column in (None, diagnostic.at.column)


def place(found: Diagnostic) -> tuple[str, int, str]:
    return found.at.file, found.at.line, found.rule.code
