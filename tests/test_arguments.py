"""Arguments are read without pydantic exactly as typer reads them with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from hypothesis import given, settings, strategies as st
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from scc_eval.cli import app
from scc_eval.cli._arguments import Command, Group
from test_cli import COMMANDS

HERE = Path(__file__)
UNREADABLE = str(HERE.parent / "conftest.py")
VALUES = (
    *("", "-", "0", "3", "-1", "x", "1.5", "é ‏", "<script>", "en", "text", "%s", "{x}"),
    *(".", str(HERE), str(HERE.parent), "nowhere/at/all", f"{HERE}/within", "x" * 5_000),
    UNREADABLE,
)
"""Texts, numbers, files and folders: there, not there, and one that may not be read."""


class Heard(NamedTuple):
    """How a command ended, what values it was given or else what was said."""

    code: int
    out: str
    err: str


def telling(function: Callable[..., object]) -> Callable[..., object]:
    """A function with the same arguments that only tells their values."""

    @wraps(function)
    def told(**values: object) -> None:
        typer.echo(repr(values))

    return told


def made(
    function: Callable[..., object], group: type[TyperGroup], command: type[TyperCommand]
) -> typer.Typer:
    """A program of one command, and what stands before it in ours."""
    twin = typer.Typer(cls=group, add_completion=False, rich_markup_mode=None)
    assert app.registered_callback is not None
    assert app.registered_callback.callback is not None
    twin.callback()(app.registered_callback.callback)
    twin.command(cls=command)(telling(function))
    return twin


Twins = tuple[typer.Typer, typer.Typer]


def twins(function: Callable[..., object]) -> Twins:
    """A command whose arguments are read by us, and the same read by typer alone."""
    return made(function, Group, Command), made(function, TyperGroup, TyperCommand)


@cache
def commands() -> dict[str, Twins]:
    """Those of every command of ours."""
    every = [each.callback for each in app.registered_commands if each.callback is not None]
    return {each.__name__: twins(each) for each in every}


@cache
def options() -> dict[str, tuple[str, ...]]:
    """The options of each command."""
    group: Any = typer.main.get_command(app)
    return {
        name: tuple(
            text
            for each in command.params
            if isinstance(each, TyperOption)
            for text in (*each.opts, *each.secondary_opts)
        )
        for name, command in group.commands.items()
    }


def hear(one: typer.Typer, arguments: Sequence[str]) -> Heard:
    """Run a command where one file may not be read, whoever asks."""
    may = os.access

    def access(path: Any, mode: int) -> bool:
        return str(path) != UNREADABLE and may(path, mode)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "access", access)
        ran = CliRunner().invoke(one, arguments)
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return Heard(ran.exit_code, ran.stdout, ran.stderr)


def both(name: str, *arguments: str) -> Heard:
    """What is heard of a command, the same whoever reads its arguments."""
    return same(commands()[name], [name, *arguments])


def same(pair: Twins, arguments: Sequence[str]) -> Heard:
    ours, theirs = (hear(one, arguments) for one in pair)
    assert ours == theirs
    return ours


# Every command.


def lines(name: str) -> Iterator[tuple[str, ...]]:
    """Ways of calling a command: bare, with a value too many or too few, each option alone, twice,
    last, joined."""
    yield from ((), ("--nothing",), ("--help",), ("--",), ("a", "b", "c", "d"))
    yield from ((value,) for value in VALUES)
    for option in options()[name]:
        yield from ((option,), ("x", option), (option, "x", option, "y", "z"), (f"{option}=x",))
        yield from (("x", option, value) for value in VALUES[2:7] + VALUES[-6:])


def test_every_command_of_ours_reads_its_arguments_so() -> None:
    assert commands().keys() == set(COMMANDS)
    group: Any = typer.main.get_command(app)
    kinds = {type(group), *map(type, group.commands.values())}
    assert kinds == {Group, Command}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_gets_the_same_values_or_says_the_same(name: str) -> None:
    heard = [both(name, *each) for each in lines(name)]
    assert {each.code for each in heard} == {0, 2}
    assert any(each.out.startswith("{'") for each in heard)
    assert any("No such option: --nothing" in each.err for each in heard)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_arguments_in_any_order_are_read_the_same(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(COMMANDS))
    words = st.sampled_from((*options()[name], *VALUES)) | st.text(
        st.characters(codec="utf-8", exclude_characters="\0"), max_size=8
    )
    both(name, *data.draw(st.lists(words, max_size=8)))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--version"], "scc "),
        (["--nothing"], "No such option"),
        ([], "Missing command"),
        (["nothing"], "No such command"),
    ],
)
def test_what_stands_before_a_command_is_read_the_same(arguments: list[str], says: str) -> None:
    heard = same(commands()["audit"], arguments)
    assert says in heard.out + heard.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["audit"], "Missing argument 'FILE...'"),
        (["trace", "x", "--depth", "0"], "Invalid value for '--depth'"),
        (["trace", "x", "--depth", "x"], "Invalid value for '--depth'"),
        (["audit", "x", "--fix"], "Option '--fix' requires an argument"),
        (["audit", UNREADABLE], "is not readable"),
        (["audit", ".", "-e", UNREADABLE], "is not readable"),
    ],
)
def test_what_cannot_be_taken_is_said_by_typer(arguments: list[str], says: str) -> None:
    heard = both(*arguments)
    assert (heard.code, heard.out) == (2, "")
    assert says in heard.err


def test_values_are_texts_and_paths_and_those_not_given_are_the_defaults() -> None:
    one = both("audit", "a.md", "b.md", "--grammar", "x", "--grammar", "y", "--no-baseline")
    values = eval(one.out, {"PosixPath": Path, "WindowsPath": Path})
    assert values["files"] == [Path("a.md"), Path("b.md")]
    assert values["grammar"] == ["x", "y"]
    assert (values["no_baseline"], values["write_baseline"]) == (True, False)
    assert (values["evaluation"], values["output"], values["links"]) == (None, None, "")
    assert (values["select"], values["ignore"]) == ([], [])


def test_the_environment_gives_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = both("validate")
    for name in ("LANG", "SCC_LANG", "FORMAT", "SCC_FORMAT", "SCC_VALIDATE_FORMAT"):
        monkeypatch.setenv(name, "fr")
    assert both("validate") == bare


# What no command of ours asks, or no other typer offers.


def demanding(
    there: Path = typer.Argument(Path(), exists=True),
    folder: Path = typer.Option(Path(), file_okay=False),
    file: Path | None = typer.Option(None, dir_okay=False),
    whole: Path = typer.Option(Path(), resolve_path=True),
    loud: str = typer.Option("a", parser=str.upper),
    sure: bool = typer.Option(False, envvar="SCC_TEST_SURE"),
    maybe: bool | None = typer.Option(None, "--maybe/--no-maybe"),
    named: str = typer.Option("a", envvar="SCC_TEST_NAMED"),
    checked: str = typer.Option("a", callback=lambda value: f"{value}!"),
    names: list[str] = typer.Option([], callback=lambda value: sorted(value)),
) -> None:
    """Ask of arguments whatever typer can check."""


@pytest.mark.parametrize("sure", [None, "no", "1", "x", " "])
@pytest.mark.parametrize(
    "arguments",
    [
        *((), ("nowhere",), (str(HERE),), ("--folder", str(HERE)), ("--folder", "nowhere")),
        *(("--file", "."), ("--whole", "x"), ("--loud", "x"), ("--maybe",), ("--no-maybe",)),
        *(("--sure",), ("--named", "b"), ("--checked", "b"), ("--names", "b", "--names", "a")),
    ],
)
def test_whatever_else_can_be_asked_of_an_argument_is_left_to_typer(
    arguments: tuple[str, ...], sure: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sure is not None:
        monkeypatch.setenv("SCC_TEST_SURE", sure)
        monkeypatch.setenv("SCC_TEST_NAMED", sure)
    same(twins(demanding), ["demanding", *arguments])


class OlderOption(TyperOption):
    """An option of a typer that does not describe types."""

    def __init__(self, name: str) -> None:
        super().__init__(param_decls=[name], type_descriptor=DESCRIBED)
        del self.type_descriptor

    def process_value(self, ctx: Any, value: Any) -> Any:
        return f"{value} by typer"


DESCRIBED = next(
    each.type_descriptor
    for each in typer.main.get_command(twins(demanding)[0]).params
    if isinstance(each, TyperOption)
)


class NewerOption(TyperOption):
    """An option of a typer that reads values in one go."""

    def __init__(self, name: str) -> None:
        super().__init__(param_decls=[name], type_descriptor=DESCRIBED)

    def handle_parse_result(
        self, ctx: Any, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        assert "process_value" not in vars(self)
        ctx.params[self.name] = f"{opts[self.name]} by typer"
        return ctx.params[self.name], args


@pytest.mark.parametrize("option", [OlderOption, NewerOption])
@pytest.mark.parametrize("kind", [Command, partial(Group, invoke_without_command=True)])
def test_another_typer_reads_arguments_in_its_own_way(
    option: Callable[[str], TyperOption],
    kind: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def tell(**values: object) -> None:
        typer.echo(repr(values))

    monkeypatch.setattr(NewerOption, "process_value", None)
    command = kind(name="other", params=[option("--name")], callback=tell)
    command.main(["--name", "a"], standalone_mode=False)
    assert capsys.readouterr().out == "{'name': 'a by typer'}\n"


def test_an_audit_of_a_text_without_an_evaluation_loads_no_pydantic(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("(Eco_PC1_1, Eco_PC1_2, Eco_PC2_1)", encoding="utf-8")
    code = (
        "import os, sys; from scc_eval import __main__, cli\n"
        "def leave(code): print(code, 'pydantic' in sys.modules, 'typer' in sys.modules)\n"
        "os._exit = leave; sys.argv = ['scc', 'audit', 'report.txt', '--lang', 'en']\n"
        "__main__.main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "3 citations" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "0 False True"
