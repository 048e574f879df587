"""The coverage as a picture of signs and words, as wide as there is room: a heat map, bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from scc_eval.coverage.hearing import draw_categories, draw_voices
from scc_eval.coverage.heat import scale, shade
from scc_eval.coverage.survey import Count, Coverage, Fate, Row
from scc_eval.coverage.tables import bare, in_order, nothing_empty, row_name
from scc_eval.fitting import (
    NARROW,
    Block,
    Line,
    Span,
    as_plain,
    cut,
    flowing,
    padded,
    paragraph,
    plain,
    shown,
    tabulated,
    underlined,
    width_of,
)
from scc_eval.languages import words_of
from scc_eval.tables import EMPTY

_CODE = 12
"""Columns that the code of a case may take; one that is longer has a number in its place."""
_EMERGENT = "*"
_LOOKS = {"none": "bad", "against": "warn"}


def as_text(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """The same picture for a pipe or a file: plain lines, in 60 columns."""
    return "\n".join(line for each in surveys for line in _lines(each, words)) + "\n"


def _lines(each: Coverage, words: Mapping[str, Any]) -> Iterator[str]:
    yield from underlined(each.title)
    yield from as_plain(draw(each, words, NARROW - 2))
    yield ""


def draw(each: Coverage, words: Mapping[str, Any], width: int) -> Iterator[Block]:
    """The coverage of an evaluation in blocks of lines, none wider than `width`. `words` are those
    of a language."""
    own = words_of("coverage", words["summary"]["language"])
    told = words["coverage"]
    yield Block(told["holes"], tuple(_holes(each, told, own, width)))
    yield Block(told["matrix"], tuple(_matrix(each, told, own, width)))
    if each.themes:
        cells = (
            (Span(f"{shown(count.code)} "), *_cell(count, each.most)) for _, count in each.themes
        )
        yield Block(told["themes"], tuple(flowing(cells, width, "   ")))
    yield Block(told["fates"], tuple(_fates(each, told, own, width)))
    if each.categories:
        yield Block(own["categories"], tuple(draw_categories(each.categories, own, width)))
    if each.voices:
        yield Block(told["voices"], tuple(draw_voices(each.voices, own, width)))


def _holes(
    each: Coverage, told: Mapping[str, Any], own: Mapping[str, Any], width: int
) -> Iterator[Line]:
    found = (*_empty(each, told, own), *bare(each, told))
    for hole in found:
        yield from paragraph(hole, width, "warn", Span("- "))
    if not found:
        look = "good" if each.rows and each.cases else "warn"
        yield from paragraph(nothing_empty(each, told, own), width, look)


def _empty(each: Coverage, told: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[str]:
    """The empty cells, those of a packet's section together."""
    for row in each.rows:
        codes = [cell.code for cell in row.cells if not cell.items]
        name = row_name(row, told)
        if len(codes) == len(row.cells) > 1:
            yield own["holes_all"].format(row=name, count=len(codes))
        elif codes:
            yield own["holes_some"].format(row=name, codes=", ".join(codes))


def _cell(cell: Count, most: int) -> Line:
    """A shade, twice for the eye, and the counts."""
    sign = shade(cell.items, most)
    if not cell.items:
        return (Span(f"{sign.text * 2} 0", sign.look),)
    return (Span(sign.text * 2, sign.look), Span(f" {cell.items}/{cell.roots}"))


# The heat map.


def _matrix(
    each: Coverage, told: Mapping[str, Any], own: Mapping[str, Any], width: int
) -> Iterator[Line]:
    if not (each.rows and each.cases):
        yield from paragraph(own["no_cases" if each.rows else "no_packets"], width, "warn")
        return
    heads = [_head(number, code) for number, (code, _) in enumerate(each.cases, 1)]
    sizes = [_size(each, place, head) for place, head in enumerate(heads)]
    labels = [shown(row_name(row, told)) for row in each.rows]
    is_full = max(map(width_of, labels)) + sum(sizes) + 2 * len(sizes) <= width
    if not is_full:
        labels = [shown(f"{row.packet}·{row.section}") for row in each.rows]
    wide = max(map(width_of, labels)) if is_full else min(max(map(width_of, labels)), width // 3)
    parts = list(_parts(sizes, width - wide))
    for first, last in parts:
        if len(parts) > 1:
            facts = {"first": first + 1, "last": last, "count": len(sizes)}
            part = own["part_one" if last == first + 1 else "part_many"]
            yield (Span(part.format(**facts), "dim"),)
        codes = zip(heads[first:last], sizes[first:last], strict=True)
        yield (Span(" " * wide), *(Span(f"  {padded(*pair)}", "head") for pair in codes))
        for row, label in zip(each.rows, labels, strict=True):
            yield (Span(padded(cut(label, wide), wide)), *_counts(each, row, sizes, first, last))
    yield from _legend(each, told, own, width, heads, is_full=is_full)


def _head(number: int, code: str) -> str:
    """What stands over the column of a case."""
    head = shown(code)
    return head if width_of(head) <= _CODE else f"#{number}"


def _size(each: Coverage, place: int, head: str) -> int:
    """How wide the column of a case is."""
    cells = (row.cells[place] for row in each.rows)
    counts = max(width_of(plain(_cell(cell, each.most))) for cell in cells)
    return max(counts, width_of(head))


def _parts(sizes: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """The cases of each part of the matrix: as many as there is room for."""
    first, left = 0, room
    for place, size in enumerate(sizes):
        if place > first and size + 2 > left:
            yield first, place
            first, left = place, room
        left -= size + 2
    yield first, len(sizes)


def _counts(each: Coverage, row: Row, sizes: Sequence[int], first: int, last: int) -> Line:
    return tuple(
        span
        for cell, size in zip(row.cells[first:last], sizes[first:last], strict=True)
        for span in (Span("  "), *_filled(_cell(cell, each.most), size))
    )


def _filled(cell: Line, size: int) -> Line:
    *firsts, last = cell
    width = size - sum(width_of(span.text) for span in firsts)
    return (*firsts, Span(padded(last.text, width), last.look))


def _legend(
    each: Coverage,
    told: Mapping[str, Any],
    own: Mapping[str, Any],
    width: int,
    heads: Sequence[str],
    *,
    is_full: bool,
) -> Iterator[Line]:
    signs = [(Span(own["legend"], "dim"),), *scale(each.most)]
    yield from flowing(signs, width)
    if not is_full:
        sections = enumerate(told["sections"].split("|"), 1)
        short = (f"·{number} {section}" for number, section in sections)
        yield from flowing(((Span(text, "dim"),) for text in short), width)
    for head, (code, _) in zip(heads, each.cases, strict=True):
        if head != shown(code):
            yield from paragraph(code, width, "dim", Span(f"{head} = ", "dim"))


# The hypotheses.


def _fates(
    each: Coverage, told: Mapping[str, Any], own: Mapping[str, Any], width: int
) -> Iterator[Line]:
    fates = in_order(each)
    if not fates:
        yield from paragraph(own["no_fates"], width, "warn")
        return
    heads = [Span(head, "head") for head in own["fate_heads"].split("|")]
    table = tabulated([heads, *(_fate(fate) for fate in fates)], width, numbers=range(1, 5))
    yield from next(table)
    states = Counter(fate.state for fate in fates)
    for state, group in groupby(zip(fates, table, strict=True), key=lambda pair: pair[0].state):
        yield (Span(f"{own['fate_groups'][state]} ({states[state]})", _LOOKS.get(state, "head")),)
        for _, lines in group:
            yield from lines
    legend = own["fate_legend"].format(sign=_EMERGENT, emergent=told["emergent"])
    yield from paragraph(legend, width, "dim")


def _fate(fate: Fate) -> list[Span]:
    counts = (fate.supports, fate.against, fate.nuances, fate.roots)
    emergent = f" {_EMERGENT}" if fate.is_emergent else ""
    return [
        Span(fate.id, "name"),
        *(Span(str(count) if count else EMPTY) for count in counts),
        Span(f"{fate.where} · {fate.title}{emergent}"),
    ]
