"""The commands as people run them: what they print, what they write, how they end."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import runpy
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from conftest import Workspace
from renew_golden import REPOSITORY, workspace as golden_workspace
from scc_eval import __version__, cli, scaffold
from scc_eval.cli import _shared, app, coverage as coverage_command
from scc_eval.cli._shared import write_whole
from scc_eval.rules import catalogue
from scc_eval.schema import KINDS, as_text

QUIT = str(golden_workspace("quit-together"))
LOOS = str(golden_workspace("loos-en-gohelle"))
REPAIRED = str(golden_workspace("loos-repaired"))
BROKEN = str(golden_workspace("broken"))
HOSTILE = str(golden_workspace("hostile"))
DRAFT = str(golden_workspace("draft"))
COMMANDS = (
    *("status", "validate", "fix", "audit", "coverage", "next", "balance", "robustness", "trace"),
    *("matrix", "story", "site", "serve", "watch", "graph", "init", "rules", "explain", "schema"),
)
SETTINGS = "title: T\ntheory: t\n"


class Ran:
    """How a command ended and what it said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


def run(*arguments: object) -> Ran:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout_bytes.decode(), result.stderr)


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scc_eval", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, **options
    )


def contents(root: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder, with its hash and the time it was written."""
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def empty_evaluation(workspace: Workspace) -> Path:
    """A workspace of one evaluation, as `scc init` makes it."""
    return workspace(scaffold.empty("en"))


# Exit codes.


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate", QUIT], 0),
        (["validate", LOOS], 1),
        (["validate", LOOS, "--fail-on", "warning"], 1),
        (["validate", LOOS, "--fail-on", "note"], 1),
        (["validate", QUIT, "--fail-on", "note"], 0),
        (["validate", HOSTILE, "--fail-on", "note"], 1),
        (["validate", BROKEN], 1),
        (["validate", DRAFT, "--stage", "6"], 1),
        (["validate", QUIT, "--format", "json"], 0),
        (["coverage", QUIT], 0),
        (["coverage", BROKEN], 0),
        (["coverage", QUIT, "--format", "csv"], 0),
        (["story", QUIT], 0),
        (["story", QUIT, "--packet", "B"], 0),
        (["rules"], 0),
        (["rules", "--format", "md", "--lang", "fr"], 0),
        (["explain", "SCC301"], 0),
        (["schema"], 0),
        (["schema", "theory"], 0),
        (["--version"], 0),
        (["--help"], 0),
        (["-h"], 0),
        ([], 2),
    ],
)
def test_a_command_ends_with_its_code(arguments: Sequence[str], code: int) -> None:
    assert run(*arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "nothing"),
        (
            ["validate", QUIT, "--format", "xml"],
            "--format takes one of text, json, github, gitlab, sarif, junit, md",
        ),
        (["validate", QUIT, "--fail-on", "fatal"], "--fail-on takes one of"),
        (["validate", QUIT, "--stage", "7"], "--stage"),
        (["validate", QUIT, "--stage", "0"], "--stage"),
        (["validate", QUIT, "--lang", "de"], "--lang takes one of en, fr, not de"),
        (["validate", QUIT, "--loud"], "--loud"),
        (["validate", "/nowhere/at/all"], "/nowhere/at/all does not exist"),
        (["coverage", QUIT, "--format", "html"], "--format takes one of text, json, md, csv"),
        (["coverage", "/nowhere/at/all"], "does not exist"),
        (["coverage", QUIT, "--lang", "de"], "--lang takes one of"),
        (["story", QUIT, "--format", "pdf"], "--format takes one of md, html, not pdf"),
        (["story", QUIT, "--lang", "de"], "--lang takes one of"),
        (["story", QUIT, "--packet", "Z"], "quit-together has no causal packet Z to tell"),
        (["story", "/nowhere/at/all"], "does not exist"),
        (["init"], "issing argument"),
        (["init", "x", "--lang", "de"], "--lang takes one of"),
        (["rules", "--format", "json"], "--format takes one of text, md, not json"),
        (["explain"], "issing argument"),
        (["explain", "SCC999"], "there is no rule SCC999: scc rules lists them"),
        (["schema", "poem"], "KIND takes one of"),
    ],
)
def test_what_cannot_be_run_says_why(arguments: Sequence[str], said: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("command", ["validate", "coverage", "story"])
def test_a_folder_that_is_no_workspace_says_what_one_is(command: str, tmp_path: Path) -> None:
    ran = run(command, tmp_path)
    assert ran.code == 2
    assert "scc init makes them" in ran.err


@pytest.mark.parametrize("command", ["coverage", "story"])
def test_a_theory_alone_has_nothing_to_count_or_tell(command: str, workspace: Workspace) -> None:
    root = workspace({"theories/t.yaml": "title: T\n"})
    ran = run(command, root)
    assert (ran.code, "holds no evaluation" in ran.err) == (2, True)
    assert run("validate", root).code == 0


def test_a_story_needs_a_theory(workspace: Workspace) -> None:
    ran = run("story", workspace({"evidence/e/evaluation.yaml": SETTINGS}))
    assert (ran.code, "the theory of e cannot be read" in ran.err) == (2, True)


# Help.


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_and_option_has_help(name: str) -> None:
    group: Any = typer.main.get_command(app)
    assert set(group.commands) == set(COMMANDS)
    command = group.commands[name] if name else group
    assert command.help
    assert [each.name for each in command.params if not each.help] == []


def test_the_version_is_shown() -> None:
    assert run("--version").out == f"scc {__version__}\n"


# Validate.


def test_validate_writes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "broken"
    run("init", root, "--example")
    before = contents(tmp_path)
    for format in ("text", "json"):
        run("validate", root, "--format", format)
    run("coverage", root)
    run("story", root)
    assert contents(tmp_path) == before


def test_validate_reads_every_evaluation_of_a_workspace() -> None:
    summary = json.loads(run("validate", REPOSITORY, "--format", "json").out)["summary"]
    assert summary["evaluations"] == ["loos-en-gohelle", "loos-repaired", "quit-together"]


def test_validate_is_for_the_folder_one_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(QUIT)
    assert run("validate").out == run("validate", QUIT).out


def test_messages_are_in_the_language_asked_for() -> None:
    assert "erreur, remède" in run("validate", BROKEN, "--lang", "fr").out


def test_messages_are_in_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCC_LANG", "fr_FR.UTF-8")
    assert run("validate", BROKEN).out == run("validate", BROKEN, "--lang", "fr").out


# Coverage.


def test_coverage_is_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "coverage.csv"
    assert run("coverage", QUIT, "--format", "csv", "-o", path).code == 0
    assert path.read_bytes().decode() == run("coverage", QUIT, "--format", "csv").out


def test_coverage_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage_command, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    ran = run("coverage", DRAFT)
    assert ran.code == 0
    assert "──" in ran.out
    assert "\x1b" not in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 60


def test_coverage_for_a_terminal_may_still_go_to_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain = run("coverage", DRAFT).out
    monkeypatch.setattr(coverage_command, "is_terminal", lambda: True)
    run("coverage", DRAFT, "-o", tmp_path / "c.txt")
    assert (tmp_path / "c.txt").read_text(encoding="utf-8") == plain


# Story.


def test_a_story_is_in_the_format_its_file_says(tmp_path: Path) -> None:
    run("story", QUIT, "-o", tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    run("story", QUIT, "-o", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")


def test_a_format_asked_for_comes_before_the_name_of_the_file(tmp_path: Path) -> None:
    run("story", QUIT, "-o", tmp_path / "a.md", "--format", "html")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_story_goes_into_a_folder_under_the_name_of_its_evaluation(tmp_path: Path) -> None:
    ran = run("story", QUIT, "-o", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["quit-together.md"]
    assert str(tmp_path / "quit-together.md") in ran.err


def test_a_folder_is_made_for_a_story(tmp_path: Path) -> None:
    run("story", QUIT, "--format", "html", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "quit-together.html").is_file()


def test_several_stories_go_into_a_folder(tmp_path: Path) -> None:
    run("story", REPOSITORY, "-o", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["loos-en-gohelle.md", "loos-repaired.md", "quit-together.md"]


def test_several_stories_may_be_printed() -> None:
    told = (run("story", each).out for each in (LOOS, REPAIRED, QUIT))
    assert run("story", REPOSITORY).out == "".join(told)


def test_a_story_may_have_the_titles_of_another_language() -> None:
    assert "## Monographies" not in run("story", LOOS, "--lang", "en").out
    assert "Quality annex" in run("story", LOOS, "--lang", "en").out


@pytest.mark.parametrize("target", ["taken/story.md", "taken"])
def test_a_story_that_cannot_be_written_says_so(target: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    ran = run("story", QUIT, "-o", tmp_path / target)
    assert ran.code == 2
    assert "cannot be written" in ran.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{{ nobody }}\n", "the template story.md.j2, line 2: 'nobody' is undefined"),
        ("one\n{% for %}\n", "the template story.md.j2, line 2: "),
        ("{{ story.__class__ }}", "the template story.md.j2, line 1: access to attribute"),
        ('{% include "nowhere.j2" %}', "nowhere.j2"),
        ("{{ story.title + 1 }}", "the template story.md.j2, line 1: "),
        ("{{ 1 / 0 }}", "the template story.md.j2, line 1: "),
        ('{% extends "story.md.j2" %}', "the template story.md.j2"),
    ],
)
def test_a_template_that_cannot_be_used_is_named(
    template: str, said: str, empty_evaluation: Path
) -> None:
    path = empty_evaluation / "templates" / "story.md.j2"
    path.parent.mkdir()
    path.write_text(template, encoding="utf-8")
    ran = run("story", empty_evaluation)
    assert ran.code == 2
    assert said in ran.err


def test_a_template_that_is_not_utf8_is_named(empty_evaluation: Path) -> None:
    path = empty_evaluation / "templates" / "story.md.j2"
    path.parent.mkdir()
    path.write_bytes(b"\xe9")
    ran = run("story", empty_evaluation)
    assert (ran.code, "story.md.j2" in ran.err) == (2, True)


def test_a_template_of_ones_own_tells_the_story(empty_evaluation: Path) -> None:
    path = empty_evaluation / "templates" / "story.md.j2"
    path.parent.mkdir()
    path.write_text('{% extends "scc/story.md.j2" %}{% block packets %}Mine{% endblock %}')
    told = run("story", empty_evaluation).out
    assert "Mine\n\n## Conclusions" in told
    assert "B.1 Observed change" not in told


# Init.


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_workspace_is_ready(language: str, tmp_path: Path) -> None:
    root = tmp_path / "mine"
    ran = run("init", root, "--lang", language)
    assert (ran.code, ran.out) == (0, "")
    assert f"scc validate {root}" in ran.err
    assert run("validate", root).code == 0
    assert run("story", root).code == 0


def test_a_new_workspace_is_in_the_language_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCC_LANG", "fr")
    run("init", tmp_path)
    assert (tmp_path / "theories" / "ma-theorie.yaml").is_file()


def test_the_worked_examples_are_ready(tmp_path: Path) -> None:
    assert run("init", tmp_path / "x", "--example").code == 0
    assert run("validate", tmp_path / "x").code == 0
    assert run("story", tmp_path / "x", "-o", tmp_path / "out").code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    run("init", tmp_path, "--lang", "en")
    before = contents(tmp_path)
    ran = run("init", tmp_path, "--example")
    assert (ran.code, "nothing was written" in ran.err) == (2, True)
    assert contents(tmp_path) == before


def test_a_workspace_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    ran = run("init", tmp_path / "taken")
    assert (ran.code, "taken is a file" in ran.err) == (2, True)


# Rules and schemas.


def test_every_rule_is_listed() -> None:
    assert all(rule.code in run("rules").out for rule in catalogue())
    assert all(rule.code in run("rules", "--format", "md").out for rule in catalogue())


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule: Any) -> None:
    by_code = run("explain", rule.code.lower())
    assert by_code.code == 0
    assert rule.code in by_code.out
    assert run("explain", rule.name).out == by_code.out


def test_a_rule_is_explained_in_french() -> None:
    told = run("explain", "SCC208", "--lang", "fr").out
    assert told != run("explain", "SCC208").out
    assert run("explain", "nom en double", "--lang", "fr").out == told
    assert told.startswith("SCC208 nom en double (duplicate-id)\n")


def test_the_kinds_of_file_are_listed() -> None:
    assert run("schema").out.split() == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_printed(kind: str) -> None:
    assert run("schema", kind).out == as_text(kind)


def test_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    assert run("schema", "-o", tmp_path / "schema").code == 0
    assert {path.stem for path in (tmp_path / "schema").iterdir()} == set(KINDS)
    assert run("schema", "theory", "-o", tmp_path / "one").code == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["theory.json"]


def test_schemas_are_not_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    ran = run("schema", "-o", tmp_path / "taken")
    assert (ran.code, "--output takes a folder" in ran.err) == (2, True)


# Writing.


def test_a_file_is_whole_or_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text("before", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no"):
        write_whole(path, b"after")
    assert [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()] == ["before"]


def test_a_file_that_cannot_be_written_for_no_reason_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(_shared, "write_whole", refuse)
    assert "cannot be written: unknown" in run("story", QUIT, "-o", tmp_path / "a.md").err


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    write_whole(path, b"new")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    path.chmod(0o600)
    write_whole(path, b"newer")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# The progress bar.


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Makes reading seem to take so many seconds a file."""

    def set_pace(pace: float) -> None:
        def times() -> Iterator[float]:
            now = 0.0
            while True:
                yield now
                now += pace

        ticking = times()
        monkeypatch.setattr(_shared, "time", SimpleNamespace(monotonic=lambda: next(ticking)))

    return set_pace


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    _shared.open_dossiers(Path(QUIT))
    return stream.getvalue()


def test_a_long_reading_shows_a_bar(
    monkeypatch: pytest.MonkeyPatch, clock: Callable[[float], None]
) -> None:
    clock(2)
    assert "━" in watched(monkeypatch, Terminal())


def test_a_short_reading_shows_none(
    monkeypatch: pytest.MonkeyPatch, clock: Callable[[float], None]
) -> None:
    clock(0.01)
    assert watched(monkeypatch, Terminal()) == ""


def test_no_bar_is_shown_where_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, clock: Callable[[float], None]
) -> None:
    clock(2)
    assert watched(monkeypatch, io.StringIO()) == ""


# The end of the process.


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit codes with which the process would have ended."""
    codes: list[int] = []
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "1")
    monkeypatch.setattr(os, "_exit", codes.append)
    return codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["validate", BROKEN], 1), (["explain", "SCC999"], 2)],
)
def test_the_program_leaves_at_once(
    arguments: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    left: list[int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["scc", *arguments])
    cli.main()
    assert left == [code]
    assert sum(map(len, capsys.readouterr())) > 0


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        (SystemExit("a text"), 1),
        (OSError(36, "File name too long", "a" * 300), 2),
        (OSError(36, "File name too long", b"a"), 2),
        (None, 0),
    ],
)
def test_the_program_leaves_however_it_ends(
    ending: BaseException | None, code: int, monkeypatch: pytest.MonkeyPatch, left: list[int]
) -> None:
    def end() -> None:
        if ending is not None:
            raise ending

    monkeypatch.setattr(cli, "app", end)
    cli.main()
    assert left == [code]


def test_a_fault_of_the_system_without_a_path_is_no_slip(
    monkeypatch: pytest.MonkeyPatch, left: list[int]
) -> None:
    def end() -> None:
        raise OSError("out of luck")

    monkeypatch.setattr(cli, "app", end)
    with pytest.raises(OSError, match="luck"):
        cli.main()
    assert left == []


@pytest.mark.parametrize(
    "arguments", [["audit", "a" * 300], ["init", "a" * 300], ["site", QUIT, "-o", "a" * 300]]
)
def test_a_path_that_the_system_does_not_take_is_said(arguments: list[str]) -> None:
    done = process(*arguments)
    assert done.returncode == 2
    assert done.stderr == f"scc: {'a' * 200}…: file name too long\n"


def test_a_stream_that_has_no_encoding_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, left: list[int]
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "argv", ["scc", "--version"])
    cli.main()
    assert (stream.getvalue()[:4], left) == ("scc ", [0])


def test_the_module_runs_as_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[bool] = []
    monkeypatch.setattr(cli, "main", lambda: called.append(True))
    monkeypatch.setattr(gc, "disable", lambda: called.append(False))
    runpy.run_module("scc_eval", run_name="__main__")
    runpy.run_module("scc_eval.__main__", run_name="imported")
    assert called == [False, True]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate", QUIT], 0),
        (["validate", BROKEN], 1),
        (["validate", "/nowhere/at/all"], 2),
        (["story", QUIT, "--packet", "Z"], 2),
    ],
)
def test_a_process_ends_with_its_code(arguments: list[str], code: int) -> None:
    assert process(*arguments).returncode == code


def test_a_process_says_what_the_command_says() -> None:
    done = process("validate", BROKEN, "--lang", "en")
    assert (done.stdout, done.stderr) == (run("validate", BROKEN).out, "")


@pytest.mark.parametrize("arguments", [["validate", QUIT], ["story", LOOS], ["rules"]])
def test_a_reader_that_leaves_early_is_no_error(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "scc_eval", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_the_output_is_utf8_whatever_the_system_says() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = process("validate", BROKEN, "--lang", "en", env=environment)
    assert "Ça va mieux – 湖" in done.stdout
    assert done.stderr == ""
