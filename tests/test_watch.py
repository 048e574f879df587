"""`scc watch`: what it prints at each change, and how it starts and ends."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from _live import BROKEN, PATIENCE, SETTINGS, SMALL, saved, written
from scc_eval.cli import app
from scc_eval.cli._live import follow, printable

TIME = r"\d\d:\d\d:\d\d"
SLIP = SMALL[SETTINGS] + "verson: 2\n"
COUNTED = "1 evaluation, 0 packets, 1 case, 0 sources, 0 evidence items"
Step = Callable[[], object]


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in ("watch", *arguments)], color=True)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """What is done between two looks, in order; then Ctrl-C is pressed."""
    to_do: list[Step] = []

    def followed(path: Path, besides: tuple[str, ...]) -> Iterator[None]:
        assert besides == ("scc-baseline.json",)
        yield
        for step in to_do:
            step()
            yield
        raise KeyboardInterrupt

    monkeypatch.setattr("scc_eval.cli.watch.follow", followed)
    return to_do


def test_each_change_is_told_with_what_is_new_and_gone(tmp_path: Path, steps: list[Step]) -> None:
    root = written(tmp_path, SMALL)
    settings = root / SETTINGS
    steps += [
        lambda: saved(settings, SLIP),
        lambda: saved(settings, f"# moved down\n{SLIP}"),
        lambda: saved(settings, SMALL[SETTINGS]),
    ]

    code, out, err = run(root, "--lang", "en")

    assert (code, err) == (0, "")
    places = re.findall(rf"^{SETTINGS}:(\d+):\d+: (\S+)", out, re.MULTILINE)
    assert places == [("3", "SCC021"), ("4", "SCC021")]
    assert re.fullmatch(
        rf"{TIME}: {re.escape(str(root))} is watched \(Ctrl-C ends it\)", last(out, 0)
    )
    assert [last(out, n).partition(": ")[2] for n in (1, 2, 3)] == [
        "1 new, 0 gone",
        "0 new, 0 gone",
        "0 new, 1 gone",
    ]
    assert all(re.match(rf"{TIME}, compared with {TIME}: ", last(out, n)) for n in (1, 2, 3))
    assert out.count(COUNTED) == 4
    assert {path.name for path in root.rglob("*") if path.is_file()} == {
        Path(name).name for name in SMALL
    }


def last(out: str, number: int) -> str:
    """The line that ends what was told at a look."""
    return str(re.findall(rf"^{TIME}.*$", out, re.MULTILINE)[number])


def test_what_is_told_may_be_in_french_and_of_another_stage(
    tmp_path: Path, steps: list[Step]
) -> None:
    steps.append(lambda: None)
    root = written(tmp_path, SMALL)

    _, out, _ = run(root, "--lang", "fr", "--stage", "6")

    assert last(out, 0).endswith("est surveillé (Ctrl-C y met fin)")
    assert last(out, 1).endswith(" : 0 de plus, 0 de moins")
    assert out.count("1 erreur, 0 avertissement, 0 remarque") == 2


def test_broken_yaml_is_told_and_so_is_what_comes_after(tmp_path: Path, steps: list[Step]) -> None:
    root = written(tmp_path, SMALL)
    steps += [
        lambda: saved(root / SETTINGS, BROKEN),
        lambda: saved(root / SETTINGS, SMALL[SETTINGS]),
    ]

    code, out, _ = run(root, "--lang", "en")

    assert code == 0
    assert f"{SETTINGS}:2:1: SCC006" in out
    new, gone = (re.findall(r"(\d+) new, (\d+) gone", last(out, n))[0] for n in (1, 2))
    assert new == gone[::-1]
    assert int(new[0]) >= 1


def test_a_workspace_that_goes_is_waited_for(tmp_path: Path, steps: list[Step]) -> None:
    root = written(tmp_path / "space", SMALL)
    steps += [lambda: shutil.rmtree(root), lambda: written(root, {**SMALL, SETTINGS: SLIP})]

    code, out, err = run(root, "--lang", "en")

    assert (code, err) == (0, f"scc: {root} does not exist\n")
    assert last(out, 1).endswith(": 1 new, 0 gone")


def test_a_terminal_is_cleared_before_each_look(
    tmp_path: Path, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scc_eval.cli.watch.is_terminal", lambda: True)
    steps.append(lambda: None)

    _, out, _ = run(written(tmp_path, SMALL), "--lang", "en")

    assert out.startswith("\x1b[2J\x1b[H")
    assert out.count("\x1b[2J\x1b[H") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("{root}/none",), "{root}/none does not exist"),
        (("{root}",), "{root} is in no workspace"),
        (("{root}", "--lang", "de"), "--lang takes one of en, fr, not de"),
    ],
)
def test_what_cannot_be_watched_is_told(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(*(each.format(root=tmp_path) for each in arguments))

    assert (code, out, err) == (2, "", f"scc: {told.format(root=tmp_path)}\n")


def test_what_cannot_be_read_at_first_ends_it(tmp_path: Path, steps: list[Step]) -> None:
    steps.append(lambda: pytest.fail("it went on"))

    code, out, err = run(tmp_path)

    assert (code, out) == (2, "")
    assert err.startswith(f"scc: {tmp_path} is in no workspace")


def test_a_missing_package_is_told_with_how_to_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.delitem(sys.modules, "scc_eval.live.changes")

    code, _, err = run(written(tmp_path, SMALL))

    assert (code, err) == (
        2,
        "scc: this needs the package watchfiles: pip install 'scc-eval[serve]'\n",
    )


class Left:
    """Something that only the collector can throw away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_a_look_leaves_is_thrown_away(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)
    looks = follow(root, ())
    gc.disable()
    try:
        next(looks)
        left = weakref.ref(Left())
        assert left() is not None
        saved(root / SETTINGS, SLIP)
        next(looks)
        assert left() is None
    finally:
        gc.enable()


def test_a_name_is_printed_on_one_line_whatever_it_holds() -> None:
    assert printable(Path(os.fsdecode(b"a\nb\x1b\xe9"))) == "a b\N{REPLACEMENT CHARACTER}?"


def test_a_process_tells_each_save_and_ends_quietly(tmp_path: Path) -> None:
    root = written(tmp_path, SMALL)
    command = [sys.executable, "-m", "scc_eval", "watch", str(root), "--lang", "en"]

    def heed() -> None:
        # Whatever runs the tests may have its children deaf to Ctrl-C.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed
    ) as process:
        assert process.stdout is not None
        await_line(process.stdout, "is watched (Ctrl-C ends it)")
        saved(root / SETTINGS, SLIP)
        await_line(process.stdout, ": 1 new, 0 gone")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out, err) == (0, "", "")


def await_line(stream: Iterator[str], ending: str) -> None:
    """Read until a line ends so; the process that stops talking fails the test."""
    assert any(line.rstrip("\n").endswith(ending) for line in stream)
