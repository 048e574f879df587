"""Tables drawn by rich, for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scc_eval.coverage import Coverage
from scc_eval.coverage.tables import fate_rows, holes, matrix_rows, theme_rows, voice_rows


def show_coverage(
    surveys: Sequence[Coverage], words: Mapping[str, Any], console: Console | None = None
) -> None:
    """Print the coverage of each evaluation as tables; holes first, and in colour."""
    console = console or Console()
    for each in surveys:
        console.rule(escape(each.title), align="left")
        found = tuple(holes(each, words))
        console.print(f"[bold]{escape(words['holes'])}[/]")
        for hole in found or (words["no_holes"],):
            console.print(f"  [{'yellow' if found else 'green'}]{escape(hole)}[/]", highlight=False)
        heads = (words["row"], *(code for code, _ in each.cases))
        _draw(console, words["matrix"], heads, list(matrix_rows(each, words)))
        console.print(f"  [dim]{escape(words['legend'])}[/]", highlight=False)
        if each.themes:
            heads = (words["code"], words["cell"])
            _draw(console, words["themes"], heads, list(theme_rows(each)))
        _draw(console, words["fates"], words["fate_heads"].split("|"), _fates(each, words))
        console.print(f"  [dim]{escape(words['fate_legend'])}[/]", highlight=False)
        _draw(console, words["voices"], words["voice_columns"].split("|"), list(voice_rows(each)))


def _fates(each: Coverage, words: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The mechanisms and factors with what narrow screens have room for; where each stands comes
    after its title."""
    rows = fate_rows(each, words)
    return [
        (id_, state, *counts, f"{title} · {where}") for id_, where, state, *counts, title in rows
    ]


def _draw(
    console: Console, title: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]]
) -> None:
    table = Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads[:-1]:
        table.add_column(escape(head), no_wrap=len(heads) > 4)
    table.add_column(escape(heads[-1]), overflow="fold")
    for row in rows:
        table.add_row(*(f"[yellow]{escape(v)}[/]" if v == "·" else escape(v) for v in row))
    console.print()
    console.print(table)
