"""The package: its public names, and a wheel that works where nothing else is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import scc_eval
from renew_golden import REPOSITORY
from scc_eval import dossier, project, rules, story


def output(command: list[str], folder: Path) -> str:
    """What a command prints; its errors if it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the package."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    output([*command, str(REPOSITORY)], folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    found = folder / ("Scripts" if os.name == "nt" else "bin")
    output([str(found / "python"), "-m", "pip", "install", "--quiet", str(wheel)], folder)
    return found


def test_the_public_names_are_those_promised() -> None:
    assert scc_eval.__all__ == ["Dossier", "check", "load", "render", "tell"]
    assert scc_eval.load is project.load
    assert scc_eval.Dossier is dossier.Dossier
    assert scc_eval.check is rules.check
    assert scc_eval.tell is story.tell
    assert scc_eval.render is story.render


def test_another_name_is_no_attribute() -> None:
    name = "nothing"
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(scc_eval, name)


def test_the_version_alone_reads_no_room() -> None:
    code = "import sys, scc_eval; print(any(name.startswith('scc_eval.') for name in sys.modules))"
    assert output([sys.executable, "-c", code], REPOSITORY).strip() == "False"


def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        *("py.typed", "locales/fr.yaml", "locales/rules.fr/reading.yaml"),
        *("_data/templates/story.md.j2", "_data/templates/story.html.j2"),
        *("calibration/en.yaml", "calibration/fr.yaml", "calibration/measured.yaml"),
        "_data/templates/scaffold/fr/theories/ma-theorie.yaml",
        *("_data/theories/loos.yaml", "_data/evidence/quit-together/evaluation.yaml"),
    }
    assert {f"scc_eval/{name}" for name in needed} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    roots = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    version = scc_eval.__version__
    assert roots == {"scc_eval", f"scc_eval-{version}.dist-info"}


def test_the_wheel_works_where_nothing_else_is_installed(programs: Path, tmp_path: Path) -> None:
    scc = str(programs / "scc")
    output([scc, "init", "x", "--example"], tmp_path)
    assert output([scc, "validate", "x", "--lang", "en"], tmp_path).count("0 errors") == 1
    output([scc, "story", "x", "-o", "out"], tmp_path)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("loos-repaired.md", "quit-together.md")
    ]
    assert output([scc, "--version"], tmp_path) == f"scc {scc_eval.__version__}\n"


def test_the_wheel_brings_no_development_package(programs: Path, tmp_path: Path) -> None:
    listed = output([str(programs / "python"), "-m", "pip", "list", "--format=freeze"], tmp_path)
    installed = {line.split("==")[0].lower() for line in listed.splitlines()}
    assert not installed & {"pytest", "mypy", "ruff", "coverage", "hypothesis", "jsonschema"}


@pytest.mark.parametrize(
    ("arguments", "unused"),
    [
        (["--version"], ["pydantic", "yaml", "jinja2", "networkx", "rich"]),
        (["validate", "evidence/quit-together"], ["jinja2", "networkx", "rich", "markupsafe"]),
        (["coverage", "evidence/quit-together"], ["jinja2", "networkx", "rich"]),
        (["status", "evidence/quit-together"], ["networkx", "rich"]),
        (["story", "evidence/quit-together"], ["networkx", "rich"]),
    ],
    ids=lambda value: value[0],
)
def test_what_a_command_does_not_use_is_not_loaded(arguments: list[str], unused: list[str]) -> None:
    program = (
        "import sys\nfrom scc_eval.cli import app\n"
        f"try:\n    app({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {unused!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert ran.stderr.splitlines()[-1] == "[]"
