"""What runs scc elsewhere, as its user would: pre-commit, GitHub, GitLab, the page on them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
import yaml

from _programs import needs
from renew_golden import REPOSITORY
from scc_eval.cli import app
from scc_eval.output import FORMATS
from scc_eval.reports import SUFFIXES
from scc_eval.rules.families import FAMILIES

PROJECT = (
    *("src", "templates", "theories", "evidence"),
    *("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"),
)
CASE = "evidence/quit-together/cases/hlth.yaml"
ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load(
    (REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8")
)
GITLAB: dict[str, Any] = yaml.safe_load((REPOSITORY / "ci/gitlab.yml").read_text("utf-8"))
PAGES = [REPOSITORY / "docs" / name for name in ("ci.md", "ci.fr.md")]
HOSTILE = 'x\'" "; touch pwned; $(touch pwned) `touch pwned` | touch pwned #'

Git = Callable[..., str]


def environment(**more: str) -> dict[str, str]:
    """That of the tests without what would reach into a program: languages, repositories, CI."""
    ours = ("SCC_", "GIT_", "GITHUB_", "GITLAB_", "CI_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **nobody, "PIP_NO_COMPILE": "1", "PYTHONUTF8": "1", **more}


def process(
    command: list[str], folder: Path, given: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=given or environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def repository(folder: Path) -> Git:
    """Makes a repository with a person in it; what runs git there."""

    def git(*arguments: str) -> str:
        person = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        ran = process(["git", *person, *arguments], folder)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    git("init", "--quiet", "--initial-branch=main")
    return git


def add_workspace(folder: Path) -> None:
    """Write an evaluation in which nothing is amiss."""
    for name in ("theories/quit-together.yaml", "evidence/quit-together"):
        source, target = REPOSITORY / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)


def damage(folder: Path) -> None:
    """Make one error in it."""
    path = folder / CASE
    text = path.read_text("utf-8")
    assert "sources: PT07" in text
    path.write_text(text.replace("sources: PT07", "sources: PT97", 1), encoding="utf-8")


def write_report(path: Path, code: str) -> None:
    path.parent.mkdir(exist_ok=True)
    report = docx.Document()
    report.add_paragraph(f"More people took up support ({code}).")
    report.save(str(path))


# pre-commit.


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with this project, and its commit."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in PROJECT:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_data")
            )
        else:
            shutil.copyfile(source, folder / name)
    git = repository(folder)
    git("add", "--all")
    git("commit", "--quiet", "--message=first")
    return folder, git("rev-parse", "HEAD").strip()


@needs("git")
def test_pre_commit_lets_what_is_sound_through_and_nothing_else(
    hooks: tuple[Path, str], tmp_path: Path
) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    git = repository(folder)
    add_workspace(folder)
    write_report(folder / "evidence/quit-together/the report.docx", "HLTH-P1.1")
    wanted = [{"id": "scc-validate"}, {"id": "scc-audit", "args": ["--fail-on", "error"]}]
    config = {"repos": [{"repo": str(hooks[0]), "rev": hooks[1], "hooks": wanted}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git("add", "--all")

    def run(*arguments: str) -> tuple[int, dict[str, str], str]:
        """The exit code, how each hook ended and what was printed."""
        given = environment(PRE_COMMIT_HOME=str(tmp_path / "home"), PRE_COMMIT_COLOR="never")
        command = [sys.executable, "-m", "pre_commit", "run", *arguments]
        ran = process(command, folder, given)
        ended = re.findall(r"^(scc \w+)\.+(?:\([\w ]+\))?(\w+)$", ran.stdout, re.MULTILINE)
        return ran.returncode, dict(ended), ran.stdout + ran.stderr

    code, ended, said = run("--all-files")
    assert (code, ended) == (0, {"scc validate": "Passed", "scc audit": "Passed"}), said

    git("commit", "--quiet", "--message=first")
    damage(folder)
    write_report(folder / "evidence/quit-together/other.docx", "HLTH-P9.1")
    git("add", "--all")
    code, ended, said = run()
    assert (code, ended) == (1, {"scc validate": "Failed", "scc audit": "Failed"})
    assert re.search(rf"^{CASE}:\d+:\d+: SCC207 \S+ comes from PT97, ", said, re.MULTILINE)
    assert "other.docx, paragraph 1: SCC223 HLTH-P9.1 is the code of nothing" in said
    assert "the report.docx" not in said

    git("commit", "--quiet", "--message=second")
    (folder / "notes").write_text("Nothing to do with it.\n", encoding="utf-8")
    git("add", "--all")
    code, ended, _ = run()
    assert (code, ended) == (0, {"scc validate": "Skipped", "scc audit": "Skipped"})


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("theories/t.yaml", True),
        ("evidence/e/cases/c.yml", True),
        ("profiles/ours.yaml", True),
        ("évaluations/a/evidence/e/evaluation.yaml", True),
        ("mkdocs.yaml", False),
        ("evidence/e/README.md", False),
        ("my-evidence/e.yaml", False),
    ],
)
def test_the_hook_runs_on_files_of_a_workspace(name: str, is_one: bool) -> None:
    assert bool(re.search(HOOKS[0]["files"], name)) is is_one


def test_the_hook_takes_every_kind_of_report() -> None:
    assert [each for each in SUFFIXES if not re.search(HOOKS[1]["files"], f"a b{each}")] == []
    assert not re.search(HOOKS[1]["files"], "evidence/e/docx.yaml")


# The GitHub action.


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a runner in which the action has installed scc."""
    folder = tmp_path_factory.mktemp("runner temp")
    ran = run_steps(folder, folder, {}, ["Install scc"])
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of a team, one folder above its workspace."""
    folder = tmp_path / "checked out"
    add_workspace(folder / "études")
    git = repository(folder)
    git("add", "--all")
    git("commit", "--quiet", "--message=first")
    return folder


def substituted(text: str, inputs: Mapping[str, str]) -> str:
    """A value of the action as the runner makes it of its inputs."""
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], text)


def run_steps(
    temp: Path, folder: Path, given: Mapping[str, str], names: list[str]
) -> subprocess.CompletedProcess[str]:
    """Run steps of the action as a runner does; its words are those of the last."""
    inputs = {name: each["default"] for name, each in ACTION["inputs"].items()} | dict(given)
    for name in ("output", "summary"):
        (folder / name).write_text("", encoding="utf-8")
    ran = None
    for step in ACTION["runs"]["steps"]:
        if step.get("name") not in names:
            continue
        assert step["shell"] == "bash"
        script = temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        values = {name: substituted(value, inputs) for name, value in step["env"].items()}
        variables = {
            "RUNNER_TEMP": str(temp),
            "GITHUB_ACTION_PATH": str(REPOSITORY),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        ran = process(command, folder, environment(**variables, **values))
    assert ran is not None
    return ran


def act(temp: Path, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action where it is installed."""
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return run_steps(temp, folder, given, ["Run scc"])


def test_the_action_is_one_that_github_takes() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(each["description"] and "default" in each for each in ACTION["inputs"].values())
    assert all(isinstance(each["default"], str) for each in ACTION["inputs"].values())
    used = [step for step in ACTION["runs"]["steps"] if "uses" in step]
    assert [re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) is None for step in used] == [False]
    for name, each in ACTION["outputs"].items():
        assert each["value"] == f"${{{{ steps.run.outputs.{name} }}}}"
    assert [step.get("id") for step in ACTION["runs"]["steps"]] == [None, None, "run"]


def test_no_input_is_part_of_a_script_and_every_input_is_used() -> None:
    steps = [step for step in ACTION["runs"]["steps"] if "run" in step]
    assert not any("${{" in step["run"] for step in steps)
    for step in steps:
        assert [
            name for name in step["env"] if not re.search(rf"\$\{{?{name}\b", step["run"])
        ] == []
    named = set(re.findall(r"inputs\.([\w-]+)", yaml.safe_dump(ACTION["runs"])))
    assert named == set(ACTION["inputs"])


@needs("bash", "git")
def test_the_action_passes_where_nothing_is_amiss(runner: Path, checkout: Path) -> None:
    ran = act(runner, checkout, path="études")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "::" not in ran.stdout
    assert (checkout / "output").read_text("utf-8") == "exit-code=0\n"
    assert (checkout / "summary").read_text("utf-8").startswith("0 errors, 0 warnings, 0 notes")


@needs("bash", "git")
def test_the_action_shows_what_is_amiss_where_it_is(runner: Path, checkout: Path) -> None:
    damage(checkout / "études")
    ran = act(runner, checkout, path="études", sarif_file="out/scc.sarif")
    assert ran.returncode == 1
    [shown] = [line for line in ran.stdout.splitlines() if line.startswith("::error ")]
    assert re.match(rf"::error file=études/{CASE},line=\d+,endLine=\d+,col=\d+,", shown)
    assert "title=SCC207 unknown-source::" in shown
    assert (checkout / "output").read_text("utf-8") == "exit-code=1\n"
    summary = (checkout / "summary").read_text("utf-8").splitlines()
    assert "| SCC207 unknown-source | error | 1 |" in summary
    sarif = json.loads((checkout / "out/scc.sarif").read_text("utf-8"))
    assert "SCC207" in {result["ruleId"] for result in sarif["runs"][0]["results"]}


@needs("bash", "git")
def test_the_action_passes_its_options_on(runner: Path, checkout: Path) -> None:
    damage(checkout / "études")
    inside = checkout / "études"
    assert act(runner, checkout, path="études", ignore="references").returncode == 0
    assert act(runner, checkout, path="études", select="theory,SCC5").returncode == 0
    assert act(runner, inside, changed_since="HEAD").returncode == 1
    assert act(runner, inside, baseline="nowhere.json").returncode == 2
    french = act(runner, inside, lang="fr", format="text", stage="1", fail_on="note")
    assert (french.returncode, "remède" in french.stdout) == (1, True)
    assert "::error" not in french.stdout


@needs("bash", "git")
def test_the_action_audits_reports(runner: Path, checkout: Path) -> None:
    write_report(checkout / "reports/the final one.docx", "HLTH-P9.1")
    write_report(checkout / "reports/b.docx", "HLTH-P1.1")
    (checkout / "reports/[1] c.md").write_text("So it is (HLTH-P8.1).\n", encoding="utf-8")
    audit = {"command": "audit", "path": "études"}
    ran = act(runner, checkout, **audit, files="reports/*.docx\r\n\nreports/[1] c.md\n")
    assert ran.returncode == 1
    assert "::error file=reports/the final one.docx,title=SCC223 unknown-citation::" in ran.stdout
    assert "::error file=reports/[1] c.md,line=1," in ran.stdout
    assert ran.stdout.count("unknown-citation") == 2
    ran = act(runner, checkout, **audit, files="reports/nowhere*.docx")
    assert (ran.returncode, "nowhere*.docx does not exist" in ran.stderr) == (2, True)


@needs("bash", "git")
@pytest.mark.parametrize("name", sorted({*ACTION["inputs"]} - {"python-version"}))
def test_an_input_is_never_run(name: str, runner: Path, checkout: Path) -> None:
    given = {"path": "études", name: HOSTILE}
    if name == "files":
        given["command"] = "audit"
    step = "Install scc" if name == "install" else "Run scc"
    ran = run_steps(runner, checkout, given, [step])
    assert list(checkout.rglob("pwned")) + list(runner.glob("pwned")) == []
    if name == "sarif-file":
        assert (ran.returncode, (checkout / HOSTILE).is_file()) == (0, True)
    elif name == "install":
        assert ran.returncode != 0
    else:
        assert (ran.returncode, ran.stderr != "") == (2, name != "command")
        assert (checkout / "output").read_text("utf-8") in ("exit-code=2\n", "")


# The GitLab template.


def gitlab_job(
    name: str, temp: Path, folder: Path, shell: str, *, has_install: bool = False, **given: str
) -> subprocess.CompletedProcess[str]:
    """Run a job as a runner does: the lines of its script and those before it, in one shell; what
    is installed there already may be left as it is."""
    job = {**GITLAB[GITLAB[name]["extends"]], **GITLAB[name]}
    defaults = {key: each["value"] for key, each in GITLAB["variables"].items()}
    before = job["before_script"][0 if has_install else 1 :]
    lines = "\n".join((*before, *job["script"]))
    installed = os.pathsep.join((str(temp / "scc" / "bin"), os.environ["PATH"]))
    variables = {**defaults, "SCC_INSTALL": f"{REPOSITORY}[reports]", "PATH": installed, **given}
    return process([shell, "-e", "-c", lines], folder, environment(**variables))


@needs("git", "bash")
@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_job_of_gitlab_writes_what_gitlab_shows(
    shell: str, runner: Path, checkout: Path
) -> None:
    job = ("scc-validate", runner, checkout, shell)
    ran = gitlab_job(*job, SCC_PATH="études", has_install=shell == "sh")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads((checkout / "gl-code-quality-report.json").read_text("utf-8")) == []
    damage(checkout / "études")
    ran = gitlab_job(*job, SCC_PATH="études", SCC_STAGE="6")
    assert (ran.returncode, "1 error, 0 warnings" in ran.stdout) == (1, True)
    [issue] = json.loads((checkout / "gl-code-quality-report.json").read_text("utf-8"))
    assert issue["location"]["path"] == f"études/{CASE}"
    tests = ElementTree.parse(checkout / "scc-junit.xml").getroot()
    assert (tests.attrib["failures"], int(tests.attrib["tests"]) > 100) == ("1", True)
    ran = gitlab_job(*job, SCC_PATH="études", SCC_IGNORE="claims, references")
    assert ran.returncode == 0


@needs("git")
def test_a_job_of_gitlab_audits_reports(runner: Path, checkout: Path) -> None:
    write_report(checkout / "études/evidence/quit-together/the final one.docx", "HLTH-P9.1")
    name = "études/evidence/quit-together/the f*.docx\nétudes/evidence/quit-together/README.md"
    ran = gitlab_job("scc-audit", runner, checkout, "sh", SCC_REPORTS=name)
    assert (ran.returncode, "SCC223" in ran.stdout) == (1, True), ran.stderr
    found = json.loads((checkout / "gl-code-quality-report.json").read_text("utf-8"))
    assert "SCC223 unknown-citation" in {issue["check_name"] for issue in found}
    suites = ElementTree.parse(checkout / "scc-junit.xml").getroot()
    assert [suite.attrib["name"] for suite in suites] == name.replace("f*", "final one").split("\n")


@needs("git")
@pytest.mark.parametrize("name", sorted(GITLAB["variables"]))
def test_a_variable_is_never_run(name: str, runner: Path, checkout: Path) -> None:
    job = "scc-audit" if name == "SCC_REPORTS" else "scc-validate"
    given = {"SCC_PATH": "études", name: HOSTILE}
    ran = gitlab_job(job, runner, checkout, "sh", has_install=name == "SCC_INSTALL", **given)
    assert ran.returncode != 0
    assert list(checkout.rglob("pwned")) == []


def test_the_artifacts_are_what_the_jobs_write() -> None:
    artifacts = GITLAB[".scc"]["artifacts"]
    assert artifacts["paths"] == [*artifacts["reports"].values()]
    for name in ("scc-validate", "scc-audit"):
        script = "\n".join(GITLAB[name]["script"])
        assert [path for path in artifacts["paths"] if f"--output {path} " not in script] == []
    assert GITLAB["scc-audit"]["rules"] == [{"if": "$SCC_REPORTS"}]


# The page.


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)


def steps_shown(page: Path) -> Iterator[dict[str, Any]]:
    for block in blocks(page, "yaml"):
        yield from yaml.safe_load(block).get("jobs", {}).get("scc", {}).get("steps", ())


def options(*names: str) -> set[str]:
    """The options of some commands."""
    commands = {
        each.callback.__name__: each.callback for each in app.registered_commands if each.callback
    }
    defaults = (commands[name].__defaults__ or () for name in names)
    return {part for values in defaults for each in values for part in each.param_decls or ()}


def test_both_pages_show_the_same() -> None:
    english, french = PAGES
    for language in ("yaml", "sh"):
        assert blocks(english, language) == blocks(french, language) != []
    shown = [re.findall(r"`(?:--[a-z-]+|SCC_\w+)", page.read_text("utf-8")) for page in PAGES]
    assert set(shown[0]) == set(shown[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_of_the_page_is_one(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert named <= options("validate", "audit")
    choosing = {"--select", "--ignore", "--changed-since", "--fail-on", "--format", "--output"}
    assert choosing | {"--baseline", "--no-baseline", "--write-baseline"} <= named


def test_both_commands_choose_alike() -> None:
    own = {"--stage"}, {"--evaluation", "-e", "--grammar", "--fix", "--write", "--links"}
    assert options("validate") - own[0] == options("audit") - own[1]
    assert options("validate") >= {"--select", "--ignore", "--changed-since", "--baseline"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_page_lists_is_what_there_is(page: Path) -> None:
    text = page.read_text("utf-8")
    formats = re.findall(r"^\| `(\w+)` \| (?!SCC)", text, re.MULTILINE)
    assert formats == list(FORMATS)
    families = dict(re.findall(r"^\| `(\w+)` \| (SCC[\w, ]+) \|$", text, re.MULTILINE))
    assert families == {name: ", ".join(parts) for name, parts in FAMILIES.items()}
    assert re.findall(r"^\| (\d) \|", text, re.MULTILINE) == ["0", "1", "2"]
    variables = set(re.findall(r"\bSCC_[A-Z_]+", text))
    assert variables == {*GITLAB["variables"], "SCC_LANG"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_page_configures_is_there(page: Path) -> None:
    hooks = [hook for block in blocks(page, "yaml") for hook in hooks_in(yaml.safe_load(block))]
    assert hooks == [hook["id"] for hook in HOOKS]
    given = [step for step in steps_shown(page) if step["uses"].startswith("OWNER/scc@")]
    inputs = {name for step in given for name in step.get("with", {})}
    assert (len(given), inputs) == (3, {"command", "files", "sarif-file"})
    assert inputs <= set(ACTION["inputs"])
    [included] = [yaml.safe_load(block) for block in blocks(page, "yaml") if "include:" in block]
    assert (REPOSITORY / included["include"][0]["remote"].split("/v0.1.0/")[1]).is_file()
    assert set(included["variables"]) <= set(GITLAB["variables"])


def hooks_in(config: Mapping[str, Any]) -> Iterator[str]:
    for each in config.get("repos", ()):
        yield from (hook["id"] for hook in each["hooks"])


@needs("git", "bash")
def test_what_the_page_types_can_be_typed(tmp_path: Path) -> None:
    add_workspace(tmp_path)
    damage(tmp_path)
    git = repository(tmp_path)
    git("add", "--all")
    git("commit", "--quiet", "--message=first")
    script = "\n".join(blocks(PAGES[0], "sh"))
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    ran = process(["bash", "-e", "-c", script], tmp_path, environment(PATH=path))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("1 known diagnostic is held back by scc-baseline.json") == 4
    assert git("diff", "--cached", "--name-only") == "scc-baseline.json\n"
