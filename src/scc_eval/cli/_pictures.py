"""Tables drawn by rich, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from scc_eval.balance import Balance
from scc_eval.balance.tables import drawn_row, groups, summary
from scc_eval.languages import words as spoken
from scc_eval.planning import Plan
from scc_eval.planning.tables import by_kind, details, introduction, naming
from scc_eval.tables import wrapped
from scc_eval.trails import Matrix, Trail
from scc_eval.trails.drawing import Branch, branches, lines, telling
from scc_eval.trails.pages import answer
from scc_eval.trails.tables import WARNING, as_text


def show_balance(
    sheets: Sequence[Balance], words: Mapping[str, Any], console: Console | None = None
) -> None:
    """Print the balance sheet of each evaluation, a table for each fate; what has none first."""
    console = console or Console()
    own = words["balance"]
    for each in sheets:
        console.rule(escape(each.title), align="left")
        console.print(escape(summary(each, words)), highlight=False)
        console.print(f"[dim]{escape(own['legend_drawn'])}[/]", highlight=False)
        for heading, entries in groups(each, words):
            table = _table(heading)
            id_head, fate_head, *side_heads, title_head = own["heads"].split("|")
            table.add_column(escape(id_head), no_wrap=True)
            table.add_column(escape(fate_head), ratio=2)
            for head in side_heads:
                table.add_column(escape(head), no_wrap=True)
            table.add_column(escape(title_head), ratio=3, overflow="fold")
            _fill(table, (drawn_row(entry, words) for entry in entries))
            console.print()
            console.print(table)


def show_plan(plans: Sequence[Plan], console: Console | None = None) -> None:
    """Print what to collect next in each evaluation, by rank, with its labels in a column."""
    console = console or Console()
    for each in plans:
        own = spoken(each.language)["planning"]
        console.rule(escape(each.title), align="left")
        for line in introduction(each, own):
            console.print(f"[dim]{escape(line)}[/]", highlight=False)
        for heading, wants in by_kind(each, own):
            console.print()
            console.print(f"[bold yellow]{escape(heading)}[/]", highlight=False)
            for want in wants:
                console.print(f"[bold]{escape(naming(want, own))}[/]", highlight=False)
                table = Table.grid(padding=(0, 1, 0, 2))
                table.add_column(style="dim", no_wrap=True)
                table.add_column(overflow="fold")
                told = tuple(details(want, own))
                room = console.width - max(len(label) for label, _ in told) - 6
                for label, text in told:
                    lines = wrapped(text, width=max(room, 20))
                    table.add_row(escape(label), escape("\n".join(lines)))
                console.print(table)


def show_trail(trail: Trail, words: Mapping[str, Any], console: Console | None = None) -> None:
    """Print what a thing rests on and what rests on it, each as a tree below the answer."""
    console = console or Console()
    for line in answer(trail, words, console.width):
        console.print(Text(line), highlight=False)
    for way in trail.sides:
        tree = list(branches(trail, way, words))
        if tree:
            console.print()
            console.print(f"[bold yellow]{escape(words['trails']['headings'][way.value])}[/]")
        for branch, guides in zip(tree, _guides(tree), strict=True):
            label = _label(branch, words, max(console.width - len(guides[0]), 20))
            for guide, told in zip(chain(guides, repeat(guides[1])), label.split(), strict=False):
                console.print(Text.assemble((guide, "dim"), told), highlight=False)


def show_matrix(
    matrices: Sequence[Matrix], words: Mapping[str, Any], console: Console | None = None
) -> None:
    """Print what each conclusion hangs on, in lines that fit; what is missing in colour."""
    console = console or Console()
    for line in as_text(matrices, words, console.width).splitlines():
        console.print(Text(line, "yellow" if WARNING in line else ""), highlight=False)


def _label(branch: Branch, words: Mapping[str, Any], room: int) -> Text:
    """A branch in so many columns: how it is tied apart from its name, its name from its words."""
    text = Text("\n".join(lines(*telling(branch, words), words, width=room)))
    begins = len(branch.relation) + 1
    text.stylize("cyan", 0, begins)
    text.stylize("bold", begins, begins + len(branch.node.id))
    return text


def _guides(tree: Sequence[Branch]) -> list[tuple[str, str]]:
    """What leads to each branch of a tree: before its first line, and before the others."""
    found = []
    open_levels: frozenset[int] = frozenset()
    for branch in reversed(tree):
        above = "".join("│ " if level in open_levels else "  " for level in range(branch.level))
        ends = ("├ ", "│ ") if branch.level in open_levels else ("└ ", "  ")
        found.append((above + ends[0], above + ends[1]))
        open_levels = frozenset(n for n in open_levels if n < branch.level) | {branch.level}
    return found[::-1]


def _table(title: str) -> Table:
    return Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)


def _fill(table: Table, rows: Iterable[tuple[str, ...]]) -> None:
    for row in rows:
        table.add_row(*(f"[yellow]{escape(v)}[/]" if v == "·" else escape(v) for v in row))
