"""Blocks of lines in panels and colours, for people at a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from scc_eval.coverage import Coverage, draw as draw_coverage
from scc_eval.fitting import LEAST, Block, Line, Span, folded
from scc_eval.overview import Overview, draw as draw_overview

_STYLES: Mapping[str, str] = {
    "title": "bold",
    "head": "bold",
    "name": "bold cyan",
    "label": "dim",
    "dim": "dim",
    "now": "bold reverse",
    "given": "bold",
    "good": "green",
    "warn": "yellow",
    "bad": "bold red",
    "hole": "bold white on red",
    **dict.fromkeys(("heat1", "heat2", "heat3"), "cyan"),
    "heat4": "bold cyan",
    "full": "cyan",
    "rest": "dim",
    "heard": "green",
    "silent": "yellow",
}
"""How looks are set; each look has a sign or a word besides."""
_SIGNS = "░▒▓█○●▲▶◀·…–−│─╭"
_PLAIN = str.maketrans(_SIGNS[:13], ".:*#ox!><-~--")
"""What stands for signs that a terminal lacks, column for column."""
_PANEL = 4
"""Columns that the sides of a panel take."""
_ABREAST = 46
"""Columns that a panel needs to stand beside another."""


def show_coverage(
    surveys: Sequence[Coverage], words: Mapping[str, Any], console: Console | None = None
) -> None:
    """Print the coverage of each evaluation in panels: holes first, then a heat map, bars."""
    console = _wide_enough(console or Console())
    for each in surveys:
        _show(console, each.title, draw_coverage(each, words, console.width - _PANEL))


def show_status(
    overviews: Sequence[Overview], language: str, console: Console | None = None
) -> None:
    """Print where each evaluation stands in panels, packets side by side where there is room."""
    console = _wide_enough(console or Console())
    width = console.width
    for each in overviews:
        columns = _columns(width, len(each.packets))
        blocks = draw_overview(each, language, width - _PANEL, width // columns - _PANEL)
        _show(console, each.title, blocks)


def _wide_enough(console: Console) -> Console:
    """The console, whose lines a terminal that is too narrow breaks: nothing of them is lost."""
    console.width = max(console.width, LEAST)
    return console


def _columns(width: int, count: int) -> int:
    """How many of so many panels stand abreast."""
    return max(min(width // _ABREAST, count), 1)


def _show(console: Console, title: str, blocks: Iterable[Block]) -> None:
    is_plain = not has_signs(console)
    width = console.width
    for line in folded(title, width):
        _print(console, Text(line, "bold"))
    for group, members in groupby(blocks, key=lambda block: block.group):
        shown = list(members)
        columns = _columns(width, len(shown)) if group else 1
        for first in range(0, len(shown), columns):
            row = Table.grid()
            panels = [
                _panel(block, width // columns, is_plain=is_plain)
                for block in shown[first : first + columns]
            ]
            row.add_row(*panels)
            _print(console, row)
    console.print()


def _print(console: Console, what: Text | Table) -> None:
    console.print(what, no_wrap=True, crop=False, overflow="ignore")


def _panel(block: Block, width: int, *, is_plain: bool) -> Panel:
    lines = (_text(line, is_plain=is_plain) for line in block.lines)
    heading = _text((Span(block.heading),), is_plain=is_plain)
    heading.stylize("bold not dim")
    return Panel(
        Group(*lines),
        title=heading,
        title_align="left",
        box=box.ASCII if is_plain else box.ROUNDED,
        border_style="dim",
        width=width,
    )


def _text(line: Line, *, is_plain: bool) -> Text:
    text = Text(no_wrap=True, overflow="ignore")
    for span in line:
        told = span.text.translate(_PLAIN) if is_plain else span.text
        text.append(told, _STYLES[span.look] if span.look else "")
    return text


def has_signs(console: Console) -> bool:
    """Whether the terminal can show the signs of the pictures. What is written is UTF-8 in any
    case; the terminal may still take it for something else."""
    is_asked = os.name == "posix" and console.is_terminal
    encoding = (is_asked and os.device_encoding(1)) or console.encoding
    try:
        _SIGNS.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
