"""Who was heard, in lines: the stakeholder categories as bars, the interest groups by signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scc_eval.coverage.heat import HOLE, bar
from scc_eval.coverage.survey import Heard, Voices
from scc_eval.fitting import Line, Span, cut, flowing, padded, paragraph, shown, width_of

_BAR = 24
"""Columns of the longest bar, where labels leave them."""
_LEAST = 18
"""Columns for which longer labels are cut."""
_SIGNS = {"heard": "●", "silent": HOLE}


def draw_categories(
    categories: Sequence[Heard], own: Mapping[str, Any], width: int
) -> Iterator[Line]:
    """Category by category, in columns: its interviews, its sources, a bar of both."""
    heads = own["category_heads"].split("|")
    rows = [(each.label, str(each.interviews), str(each.roots)) for each in categories]
    sizes = [max(width_of(shown(row[place])) for row in (heads, *rows)) for place in range(3)]
    sizes[0] = min(sizes[0], max(width - sum(sizes[1:]) - 6 - _LEAST, width // 3))
    most = max(each.interviews for each in categories)
    room = min(width - sum(sizes) - 6, _BAR)
    bars = (_bar(each, most, room) for each in categories)
    for row, drawn in zip((heads, *rows), ((), *bars), strict=True):
        look = "head" if row is heads else ""
        cells = zip(row, sizes, (False, True, True), strict=True)
        texts = (padded(cut(text, size), size, is_number=number) for text, size, number in cells)
        yield (Span("  ".join(texts), look), Span("  "), *drawn)
    yield from paragraph(own["category_legend"], width, "dim")


def _bar(each: Heard, most: int, room: int) -> Line:
    """As long as its interviews are many; filled as far as the sources of it that were used."""
    if not each.interviews:
        return ()
    length = max(round(room * each.interviews / most), 1)
    return bar(min(each.roots, each.interviews), each.interviews, length)


def draw_voices(found: Sequence[Voices], own: Mapping[str, Any], width: int) -> Iterator[Line]:
    """Packet by packet, the interest groups that are heard, then those that are silent."""
    wide = min(max(width_of(shown(each.packet)) for each in found), width // 3)
    for each in found:
        groups = [_group(name, "heard") for name in each.heard]
        groups += [_group(name, "silent") for name in each.silent]
        key = "unplaced_one" if each.unplaced == 1 else "unplaced_many"
        others = own[key].format(count=each.unplaced) if each.unplaced else ""
        groups += [(Span(others, "dim"),)] if others else []
        label = (Span(padded(cut(each.packet, wide), wide), "name"),)
        none = [(Span(own["no_groups"], "dim"),)]
        yield from flowing([label, *(groups or none)], width, indent=" " * (wide + 2))
    signs = ((Span(f"{_SIGNS[name]} {own[name]}", "dim"),) for name in _SIGNS)
    yield from flowing(signs, width)


def _group(name: str, look: str) -> Line:
    return (Span(f"{_SIGNS[look]} ", look), Span(shown(name), look))
