"""Items of evidence in the order of their cells: whole items move, byte for byte.

Cells go by case as the cases are declared, packet and section; what lies outside the packets comes
last. Items of one cell stay as they are: a quote stands beside the statement that it bears out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scc_eval.dossier import Dossier
from scc_eval.mending.fields import section
from scc_eval.mending.nodes import Scalar, Tree, data
from scc_eval.mending.repair import Draft, Repair
from scc_eval.model.base import in_english
from scc_eval.model.evidence import Evidence
from scc_eval.places import Mapping, Sequence, place_of

_DASH = re.compile(" *- +")
_BREAKS = "\r\n\x85\u2028\u2029"
_SECTIONS = 4

Rank = tuple[int, ...]


class _Piece(NamedTuple):
    """An item with the comments that belong to it: its first line, and the line after its last."""

    begin: int
    end: int


def ordered(tree: Tree, name: str, dossier: Dossier) -> Draft:
    """The text with each list of evidence in order. A list stays as it is where a code names no
    cell, or where a comment may belong to more than one item."""
    lines = tree.text.splitlines(keepends=True)
    repairs: list[Repair] = []
    for items in section(tree, "evidence"):
        ranks = [_rank(item, dossier) for item in items]
        known = [rank for rank in ranks if rank is not None]
        pieces = _pieces(lines, items)
        if pieces is None or len(known) < len(items) or known == sorted(known):
            continue
        order = sorted(range(len(items)), key=known.__getitem__)
        _move(lines, pieces, order)
        items[:] = [items[index] for index in order]
        at = place_of(name, items.items_at[0], 1)
        repairs.append(Repair("order", at, "order", {"count": str(len(items))}))
    return Draft("".join(lines), tuple(repairs), data(tree.root))


def _rank(item: object, dossier: Dossier) -> Rank | None:
    """Where an item belongs: its case, packet, section and theme, each by its place in the
    evaluation."""
    code = in_english(Evidence, item).get("code") if isinstance(item, Mapping) else None
    cell = dossier.cell(code.text) if isinstance(code, Scalar) else None
    if cell is None:
        return None
    packets = [packet.letter for packet in dossier.packets]
    themes = dossier.grammar.themes
    return (
        list(dossier.case_named).index(cell.case),
        packets.index(cell.packet) if cell.packet else len(packets),
        cell.section or _SECTIONS,
        themes.index(cell.theme) if cell.theme else 0,
    )


def _pieces(lines: list[str], items: Sequence) -> list[_Piece] | None:
    """The lines of each item, with the comments right above it. None where items do not stand each
    on lines of their own, or where a comment may be of more than one of them."""
    pieces: list[_Piece] = []
    for mark in items.items_at:
        dash = _DASH.fullmatch(lines[mark.line][: mark.column])
        floor = pieces[-1].end if pieces else mark.line
        begin = mark.line
        while begin > floor and _is_comment(lines[begin - 1]):
            begin -= 1
        is_shared = not pieces and _is_comment(lines[begin - 1])
        if dash is None or is_shared or any(line.strip() for line in lines[floor:begin]):
            return None
        pieces.append(_Piece(begin, _end(lines, mark.line, dash[0].index("-"))))
    return pieces


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith("#")


def _end(lines: list[str], first: int, column: int) -> int:
    """The line after the last of an item: all that is further in than its dash belongs to it."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
            break
        end = number + 1 if line.strip() else end
    return end


def _move(lines: list[str], pieces: list[_Piece], order: list[int]) -> None:
    """Put the items in that order; what stands between them, ends of lines with it, stays."""
    items = ["".join(lines[piece.begin : piece.end]) for piece in pieces]
    bare = [item.rstrip(_BREAKS) for item in items]
    moved: list[str] = []
    after = [*(piece.begin for piece in pieces[1:]), pieces[-1].end]
    for place, here in enumerate(order):
        moved += (bare[here], items[place].removeprefix(bare[place]))
        moved += lines[pieces[place].end : after[place]]
    lines[pieces[0].begin : pieces[-1].end] = "".join(moved).splitlines(keepends=True)
