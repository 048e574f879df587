"""The pictures that terminals show: they fit, they need no colour, they obey nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from rich.console import Console
from typer.testing import CliRunner

from _hostile import write_hostile
from _terminal import COLOURS, GOLDENS, WORKSPACE, bare, drawn, produce_drawing
from renew_golden import FOLDER, workspace as golden_workspace
from scc_eval.cli import app, coverage, status
from scc_eval.cli._panels import has_signs
from scc_eval.coverage import Coverage, survey
from scc_eval.dossier import Dossier
from scc_eval.fitting import width_of
from scc_eval.overview import Overview, look
from scc_eval.project import load
from scc_eval.rules import examine

Picture = Coverage | Overview


def seen(path: Path) -> tuple[Coverage, Overview]:
    [project] = load(path)
    dossier = Dossier(project)
    return survey(dossier), look(dossier, *examine(dossier))


SHIPPED = {
    f"{name}-{type(found).__name__}": found
    for name in ("quit-together", "loos-en-gohelle", "draft", "hostile")
    for found in seen(golden_workspace(name))
}
each_picture = pytest.mark.parametrize("found", SHIPPED.values(), ids=SHIPPED)


@pytest.mark.parametrize("file", GOLDENS)
def test_a_terminal_shows_what_it_showed(file: str) -> None:
    kept = (FOLDER / "terminal" / file).read_bytes().decode()
    assert produce_drawing(file, golden_workspace(WORKSPACE)) == kept


@each_picture
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 60, 80, 92, 140, 200])
def test_panels_are_as_wide_as_the_terminal(found: Picture, language: str, width: int) -> None:
    lines = drawn(found, width, language).splitlines()
    panelled = [line for line in lines if line[:1] in ("╭", "│", "╰")]
    assert len(panelled) > 15
    assert max(map(width_of, lines)) == width


@each_picture
def test_a_terminal_too_narrow_gets_forty_columns(found: Picture) -> None:
    assert drawn(found, 20) == drawn(found, 40)


@each_picture
def test_without_colour_the_same_is_said(found: Picture) -> None:
    plain = drawn(found, 80)
    coloured = drawn(found, 80, **COLOURS)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert bare(coloured) == plain


def test_packets_stand_side_by_side_where_there_is_room() -> None:
    found = SHIPPED["loos-en-gohelle-Overview"]
    rows = {
        width: [line.count("╭─ Packet") for line in drawn(found, width).splitlines()]
        for width in (91, 92, 140)
    }
    assert {width: [n for n in counts if n] for width, counts in rows.items()} == {
        91: [1, 1, 1],
        92: [2, 1],
        140: [3],
    }


def test_a_status_is_short() -> None:
    found = SHIPPED["quit-together-Overview"]
    assert [len(drawn(found, width).splitlines()) for width in (60, 80, 100)] == [48, 40, 37]


@each_picture
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_the_signs_gets_others(
    found: Picture, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = drawn(found, 80).splitlines()
    monkeypatch.setattr(os, "device_encoding", lambda _: encoding)
    monkeypatch.setattr(os, "name", "posix")
    others = drawn(found, 80).splitlines()
    assert not set("".join(others)) & set("░▒▓█○●▲▶◀·…│╭╰")
    assert "+-" in {line[:2] for line in others}
    assert [width_of(line) for line in others] == [width_of(line) for line in signs]


@pytest.mark.parametrize(
    ("device", "has"), [("UTF-8", True), ("ANSI_X3.4-1968", False), (None, True), ("?", False)]
)
def test_the_terminal_is_asked_for_its_signs(
    device: str | None, has: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "device_encoding", lambda _: device)
    monkeypatch.setattr(os, "name", "posix")
    file = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert has_signs(Console(file=file, force_terminal=True)) is has
    assert has_signs(Console(file=file)) is True


def test_what_is_hostile_stays_text(tmp_path: Path) -> None:
    for found in seen(write_hostile(tmp_path)):
        text = drawn(found, 80)
        assert max(map(width_of, text.splitlines())) == 80
        assert not set("\u202e\x1b\r\t") & set(text)
        assert "<script>" in text


markup = st.text(
    st.sampled_from("[]/\\bold red湖🚭\u200d\u0301\u202e\x1b\n:") | st.characters(), max_size=40
)


@settings(deadline=None, max_examples=30)
@given(markup, st.integers(40, 120))
def test_no_title_is_taken_for_markup(title: str, width: int) -> None:
    wild = SHIPPED["draft-Overview"]
    assert isinstance(wild, Overview)
    packets = tuple(each._replace(title=title, letter=title) for each in wild.packets)
    text = drawn(wild._replace(title=title, question=title, packets=packets), width)
    assert max(map(width_of, text.splitlines())) == width
    assert not set("\u202e\x1b\r\t") & set(text)


def test_brackets_are_shown() -> None:
    wild: Any = SHIPPED["draft-Overview"]
    assert "[bold]E[/]" in drawn(wild._replace(title="[bold]E[/]"), 80)


@pytest.mark.parametrize("command", [coverage, status], ids=["coverage", "status"])
def test_a_command_draws_on_a_terminal_and_writes_plain_text(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = command.__name__.rpartition(".")[2]
    draft = str(golden_workspace("draft"))
    plain = CliRunner().invoke(app, [name, draft]).output
    monkeypatch.setattr(command, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    shown = CliRunner().invoke(app, [name, draft]).output
    assert max(map(width_of, shown.splitlines())) == 60
    assert ("╭─" in shown, "╭─" in plain) == (True, False)
    CliRunner().invoke(app, [name, draft, "-o", str(tmp_path / "out.txt")])
    assert (tmp_path / "out.txt").read_bytes().decode() == plain
