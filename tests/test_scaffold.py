"""The files of a new workspace: they are sound before anybody fills them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from scc_eval import resources, scaffold
from scc_eval.diagnostics import Severity
from scc_eval.dossier import Dossier
from scc_eval.languages import LANGUAGES
from scc_eval.project import load
from scc_eval.rules import check
from scc_eval.schema import KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_evaluation_has_two_notes_at_most(language: str, workspace: Workspace) -> None:
    [project] = load(workspace(scaffold.empty(language)))
    found = check(Dossier(project))
    assert [d.message for d in found if d.severity is not Severity.NOTE] == []
    assert len(found) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_evaluation_speaks_its_language(language: str, workspace: Workspace) -> None:
    [project] = load(workspace(scaffold.empty(language)))
    assert project.settings is not None
    assert project.settings.language.value == language


def test_both_languages_have_files_for_the_same_sections() -> None:
    def declared(language: str) -> list[str]:
        texts = scaffold.empty(language).values()
        return sorted(text.split("schema/")[1].split(".json")[0] for text in texts if "# " in text)

    assert declared("en") == declared("fr")


def test_the_worked_examples_are_those_shipped(workspace: Workspace) -> None:
    names = {project.name for project in load(workspace(scaffold.example()))}
    assert names == {"quit-together", "loos-repaired"}


@pytest.mark.parametrize("files", [scaffold.empty("en"), scaffold.empty("fr"), scaffold.example()])
def test_a_workspace_has_a_schema_for_every_kind_of_file(files: dict[str, str]) -> None:
    assert {f"schema/{kind}.json" for kind in KINDS} <= set(files)


def test_only_texts_are_copied() -> None:
    assert {Path(name).suffix for name in scaffold.example()} == {".yaml", ".md", ".json"}


def test_a_wheel_holds_the_shipped_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path)
    assert resources.folder("templates") == tmp_path / "templates"


def test_a_checkout_holds_the_shipped_folders() -> None:
    assert (resources.folder("templates") / "story.md.j2").is_file()
