"""What stands below one packet: its other factors and its mechanisms in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from scc_eval.diagrams.cells import Line, counted, packed
from scc_eval.diagrams.drawing import Panel, Text
from scc_eval.diagrams.lettering import HEADING, SMALL, STRONG, fitted
from scc_eval.diagrams.setting import SIGN, lettered
from scc_eval.diagrams.view import Arrow, Factor, Factors, Mechanism, Picture, names_of

_PAD, _GAP = 12, 10
_CARD = 190


def factors(picture: Picture, words: Any, room: float, x: float, y: float) -> list[Panel]:
    """A band with each other factor of a packet in full; the band first."""
    if not picture.factors:
        return []
    group = picture.factors[0]
    (letter,) = (frame.name for frame in picture.frames if frame.key == group.frame)
    across = max(1, min(len(group.factors), int((room - 2 * _PAD + _GAP) // (_CARD + _GAP))))
    wide = (room - 2 * _PAD - _GAP * (across - 1)) / across
    panels: list[Panel] = []
    below = y + 32
    for start in range(0, len(group.factors), across):
        row = group.factors[start : start + across]
        lines = [_factor_lines(each, letter, wide, words, picture.is_lit) for each in row]
        depth = max(sum(line.face.leading for line in each) for each in lines) + 14
        for at, (factor, own) in enumerate(zip(row, lines, strict=True)):
            left = x + _PAD + at * (wide + _GAP)
            texts, signs = lettered(own, left + 8, below + 7)
            place = (left, below, wide, depth)
            told = f"{factor.name}{words['colon']}{factor.title}"
            panels.append(
                Panel("factor", factor.key, factor.anchor, *place, factor.state, told, texts, signs)
            )
        below += depth + _GAP
    return [_band(group, words, (x, y, room, below - y + 2)), *panels]


def _band(group: Factors, words: Any, place: tuple[float, float, float, float]) -> Panel:
    title = Text(place[0] + _PAD, place[1] + 20, words["factors_title"], HEADING.size, True)
    told = str(words["factors_title"])
    return Panel("band", group.key, group.anchor, *place, group.state, told, (title,))


def _factor_lines(factor: Factor, frame: str, wide: float, words: Any, is_lit: bool) -> list[Line]:
    room = wide - 16
    lines = [Line(text, STRONG) for text in fitted(factor.title, STRONG, room, 6, is_even=False)]
    lines += [Line(text, SMALL) for text in fitted(factor.text, SMALL, room, 12, is_even=False)]
    marks = [words["acts_on"].format(targets=words["separator"].join(factor.targets))]
    marks = [] if factor.targets == (frame,) else marks
    marks += [
        str(words[word])
        for word, is_so in (
            ("hinders", factor.is_hindering),
            ("emergent", factor.is_emergent),
            ("excluded", factor.is_excluded),
        )
        if is_so
    ]
    lines += [Line(text, SMALL) for text in packed(marks, SMALL, room)]
    if is_lit:
        said = [counted(factor.items, factor.cases, words)]
        if factor.state not in ("none", "unsaid", "told"):
            said.insert(0, str(words["states"][factor.state]))
        said[:0] = factor.roles
        noted = packed(said, SMALL, room - SIGN)
        lines += [Line(text, SMALL, "" if at else factor.state) for at, text in enumerate(noted)]
    return lines


class _Entry(NamedTuple):
    mechanism: Mechanism | None
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Its lines and the distance to the next."""
        return sum(line.face.leading for line in self.lines) + 4


def mechanisms(picture: Picture, words: Any, room: float, x: float, y: float) -> list[Panel]:
    """A band with the mechanisms of each arrow by name, in two columns; the band first."""
    wide = (room - 2 * _PAD - _GAP) / 2
    entries = list(_entries(picture, words, wide))
    if not entries:
        return []
    half = sum(entry.height for entry in entries) / 2
    panels: list[Panel] = []
    left, below, deepest, done = x + _PAD, y + 32, y + 32, 0.0
    is_headed = True
    for entry in entries:
        is_first = left == x + _PAD
        if is_first and done + entry.height / 2 > half and not is_headed:
            left, below = x + _PAD + wide + _GAP, y + 32
        texts, signs = lettered(entry.lines, left, below)
        key = f"row-{len(panels)}"
        anchor = entry.mechanism.anchor if entry.mechanism else ""
        state = entry.mechanism.state if entry.mechanism else ""
        place = (left, below, wide, entry.height)
        panels.append(Panel("row", key, anchor, *place, state, "", texts, signs))
        below += entry.height
        done += entry.height
        is_headed = entry.mechanism is None
        deepest = max(deepest, below)
    title = Text(x + _PAD, y + 20, words["mechanisms_title"], HEADING.size, True)
    told = str(words["mechanisms_title"])
    band = Panel("band", "mechanisms", "", x, y, room, deepest - y + 6, "", told, (title,))
    return [band, *panels]


def _entries(picture: Picture, words: Any, wide: float) -> Iterator[_Entry]:
    for arrow in picture.arrows:
        if not arrow.mechanisms:
            continue
        ends = ends_of(picture, arrow, words)
        yield _Entry(None, tuple(Line(text, STRONG) for text in fitted(ends, STRONG, wide, 2)))
        for each in arrow.mechanisms:
            told = f"{each.name}{words['colon']}{each.title}"
            if each.items:
                told = f"{told} ({counted(each.items, each.cases, words)})"
            texts = fitted(told, SMALL, wide - SIGN - 4, 4, is_even=False)
            lines = (Line(text, SMALL, "" if at else each.state) for at, text in enumerate(texts))
            yield _Entry(each, tuple(lines))


def ends_of(picture: Picture, arrow: Arrow, words: Any) -> str:
    """Where an arrow leads from and to, by name."""
    names = names_of(picture)
    return str(words["arrow"].format(source=names[arrow.source], target=names[arrow.target]))
