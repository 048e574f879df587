"""What can be wrong with a drawing, found by looking at every line, box and text of it."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from scc_eval.diagrams import Drawing, Picture
from scc_eval.diagrams.drawing import Panel, Route, Text
from scc_eval.diagrams.lettering import width
from scc_eval.diagrams.view import Box
from scc_eval.lettering import Face

_EDGE = 0.6


class Area(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Area) -> bool:
        """Whether they share more than an edge."""
        return (
            self.left + _EDGE < other.right
            and other.left + _EDGE < self.right
            and self.top + _EDGE < other.bottom
            and other.top + _EDGE < self.bottom
        )

    def holds(self, other: Area) -> bool:
        """Whether the other lies in it."""
        return (
            self.left <= other.left + _EDGE
            and self.top <= other.top + _EDGE
            and self.right + _EDGE >= other.right
            and self.bottom + _EDGE >= other.bottom
        )


class Looks(NamedTuple):
    """How a drawing looks: its faults in words, how often arrows cross, how often they turn."""

    faults: tuple[str, ...]
    crossings: int
    bends: int


def inspect(picture: Picture, drawing: Drawing) -> Looks:
    """Look at a drawing of a picture."""
    faults = (
        *_undrawn(picture, drawing),
        *_outside(drawing),
        *_overlapping(picture, drawing),
        *_overflowing(drawing),
        *_crossed(picture, drawing),
        *_on_each_other(drawing),
        *_hidden_badges(picture, drawing),
    )
    pairs = combinations(drawing.routes, 2)
    crossings = sum(_crossings(one, other) for one, other in pairs)
    return Looks(faults, crossings, sum(len(route.points) - 2 for route in drawing.routes))


def area(panel: Panel) -> Area:
    """The rectangle of a panel."""
    return Area(panel.x, panel.y, panel.x + panel.width, panel.y + panel.height)


def text_area(text: Text) -> Area:
    """The most that a line of text can cover."""
    wide = width(text.text, Face(text.size, text.is_bold, 0))
    left = text.x - (wide / 2 if text.align == "middle" else 0)
    return Area(left, text.y - text.size * 0.78, left + wide, text.y + text.size * 0.22)


def segments(route: Route) -> Iterator[Area]:
    """The straight parts of an arrow."""
    for (x0, y0), (x1, y1) in zip(route.points, route.points[1:], strict=False):
        yield Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def holders(picture: Picture) -> dict[str, tuple[str, ...]]:
    """What each box lies in, by key: the boxes that hold it and its packet."""
    found: dict[str, tuple[str, ...]] = {frame.key: () for frame in picture.frames}

    def walk(boxes: Iterable[Box], above: tuple[str, ...]) -> None:
        for box in boxes:
            found[box.key] = above
            walk(box.boxes, (*above, box.key))

    for frame in picture.frames:
        walk(frame.boxes, (frame.key,))
    return found


def advances(font: bytes) -> dict[int, float]:
    """The width of each character of a TrueType font, in sizes of the font: from its tables `cmap`
    (format 4), `hmtx`, `hhea` and `head`."""
    count = int.from_bytes(font[4:6])
    entries = (font[12 + 16 * at : 28 + 16 * at] for at in range(count))
    tables = {e[:4]: font[int.from_bytes(e[8:12]) :][: int.from_bytes(e[12:])] for e in entries}
    units = int.from_bytes(tables[b"head"][18:20])
    long = int.from_bytes(tables[b"hhea"][34:36])
    wide = [int.from_bytes(tables[b"hmtx"][4 * at : 4 * at + 2]) / units for at in range(long)]
    return {c: wide[min(glyph, long - 1)] for c, glyph in _glyphs(tables[b"cmap"])}


def _glyphs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Each character up to U+FFFF with the number of its glyph."""
    records = (cmap[4 + 8 * at : 12 + 8 * at] for at in range(int.from_bytes(cmap[2:4])))
    starts = (int.from_bytes(record[4:]) for record in records)
    start = next(at for at in starts if cmap[at : at + 2] == b"\x00\x04")
    numbers = array("H", cmap[start : start + int.from_bytes(cmap[start + 2 : start + 4])])
    if sys.byteorder == "little":
        numbers.byteswap()
    runs = numbers[3] // 2
    ends, firsts = numbers[7 : 7 + runs], numbers[8 + runs : 8 + 2 * runs]
    deltas, offsets = numbers[8 + 2 * runs : 8 + 3 * runs], numbers[8 + 3 * runs : 8 + 4 * runs]
    for at, (first, end, delta, offset) in enumerate(
        zip(firsts, ends, deltas, offsets, strict=True)
    ):
        for character in range(first, end + 1):
            place = 8 + 3 * runs + at + offset // 2 + character - first
            glyph = numbers[place] if offset else character
            yield character, (glyph + delta) % 0x10000


def _undrawn(picture: Picture, drawing: Drawing) -> Iterator[str]:
    panels = {panel.key: panel for panel in drawing.panels}
    routes = {route.key: route for route in drawing.routes}
    for key in holders(picture):
        if key not in panels:
            yield f"{key} is not drawn"
    for arrow in picture.arrows:
        route = routes.get(arrow.key)
        if route is None or len(route.points) < 2:
            yield f"{arrow.key} is not drawn"
            continue
        if (route.source, route.target) != (arrow.source, arrow.target):
            yield f"{arrow.key} joins something else"
    for route in drawing.routes:
        for (x, y), key in ((route.points[0], route.source), (route.points[-1], route.target)):
            if not _on_edge(area(panels[key]), x, y):
                yield f"{route.key} does not touch {key}"
        for (x0, y0), (x1, y1) in zip(route.points, route.points[1:], strict=False):
            if (x0 == x1) == (y0 == y1):
                yield f"{route.key} is oblique, or has a part of no length"
        (x0, y0), (x1, y1) = route.points[-2:]
        if abs(x1 - x0) + abs(y1 - y0) < 12:
            yield f"{route.key} has no room for its head"


def _on_edge(at: Area, x: float, y: float) -> bool:
    is_level = at.left - _EDGE <= x <= at.right + _EDGE and at.top - _EDGE <= y <= at.bottom + _EDGE
    nearest = min(abs(x - at.left), abs(x - at.right), abs(y - at.top), abs(y - at.bottom))
    return is_level and nearest <= _EDGE


def _outside(drawing: Drawing) -> Iterator[str]:
    whole = Area(0, 0, drawing.width, drawing.height)
    for panel in (*drawing.panels, *drawing.legend):
        if not whole.holds(area(panel)):
            yield f"{panel.key} is outside"
    for route in drawing.routes:
        if not all(whole.holds(segment) for segment in segments(route)):
            yield f"{route.key} is outside"
    for text in drawing.texts:
        if not whole.holds(text_area(text)):
            yield f"{text.text!r} is outside"


def _overlapping(picture: Picture, drawing: Drawing) -> Iterator[str]:
    held = holders(picture)
    panels = [(panel, area(panel)) for panel in (*drawing.panels, *drawing.legend)]
    for (one, first), (other, second) in combinations(panels, 2):
        if one.key in held.get(other.key, ()):
            if not first.holds(second):
                yield f"{other.key} is not within {one.key}"
            if any(text_area(text).overlaps(second) for text in one.texts):
                yield f"{other.key} is over the text of {one.key}"
        elif one.kind == "band" and other.kind in ("factor", "row"):
            if not first.holds(second) and first.overlaps(second):
                yield f"{other.key} is not within {one.key}"
        elif first.overlaps(second):
            yield f"{one.key} and {other.key} overlap"


def _overflowing(drawing: Drawing) -> Iterator[str]:
    for panel in drawing.panels:
        for text in panel.texts:
            if not area(panel).holds(text_area(text)):
                yield f"{text.text!r} overflows {panel.key}"
    every = [*drawing.texts, *(text for panel in drawing.panels for text in panel.texts)]
    places = sorted(((text_area(text), text.text) for text in every), key=lambda each: each[0].top)
    for at, (one, said) in enumerate(places):
        for other, told in places[at + 1 :]:
            if other.top >= one.bottom:
                break
            if one.overlaps(other):
                yield f"{said!r} and {told!r} overlap"


def _crossed(picture: Picture, drawing: Drawing) -> Iterator[str]:
    held = holders(picture)
    panels = [
        (panel.key, area(panel), _inner(panel), [_stroke(text_area(t)) for t in panel.texts])
        for panel in drawing.panels
    ]
    titles = [(text.text, _stroke(text_area(text))) for text in drawing.texts]
    for route in drawing.routes:
        within = {*held.get(route.source, ()), *held.get(route.target, ())}
        for segment in segments(route):
            for key, whole, inner, texts in panels:
                if segment.overlaps(whole):
                    if key not in within and segment.overlaps(inner):
                        yield f"{route.key} crosses {key}"
                    if any(segment.overlaps(text) for text in texts):
                        yield f"{route.key} crosses the text of {key}"
            for said, at in titles:
                if segment.overlaps(at):
                    yield f"{route.key} crosses {said!r}"


def _inner(panel: Panel) -> Area:
    left, top, right, bottom = area(panel)
    return Area(left + 1, top + 1, right - 1, bottom - 1)


def _stroke(at: Area) -> Area:
    return Area(at.left - 1, at.top - 1, at.right + 1, at.bottom + 1)


def _on_each_other(drawing: Drawing) -> Iterator[str]:
    for one, other in combinations(drawing.routes, 2):
        for first in segments(one):
            for second in segments(other):
                if _runs_along(first, second) and _grown(first).overlaps(second):
                    yield f"{one.key} and {other.key} run on each other"


def _runs_along(first: Area, second: Area) -> bool:
    are_level = first.top == first.bottom and second.top == second.bottom
    are_upright = first.left == first.right and second.left == second.right
    return are_level or are_upright


def _grown(at: Area) -> Area:
    """A segment with the room its stroke takes on either side, not at its ends."""
    if at.top == at.bottom:
        return Area(at.left, at.top - 3, at.right, at.bottom + 3)
    return Area(at.left - 3, at.top, at.right + 3, at.bottom)


def _hidden_badges(picture: Picture, drawing: Drawing) -> Iterator[str]:
    held = holders(picture)
    badges = [(route, route.badge) for route in drawing.routes if route.badge is not None]
    places = {
        route.key: Area(badge.x, badge.y, badge.x + badge.width, badge.y + badge.height)
        for route, badge in badges
    }
    for one, other in combinations(places, 2):
        if places[one].overlaps(places[other]):
            yield f"the numbers of {one} and {other} overlap"
    for route, badge in badges:
        at = places[route.key]
        if not at.holds(text_area(badge.text)):
            yield f"the number of {route.key} overflows"
        within = {*held[route.source], *held[route.target]}
        for panel in drawing.panels:
            if panel.key not in within and at.overlaps(area(panel)):
                yield f"the number of {route.key} is over {panel.key}"
            if any(at.overlaps(text_area(text)) for text in panel.texts):
                yield f"the number of {route.key} is over the text of {panel.key}"
        for other_route in drawing.routes:
            if other_route is not route and any(at.overlaps(s) for s in segments(other_route)):
                yield f"{other_route.key} runs under the number of {route.key}"
        if not any(at.overlaps(segment) for segment in segments(route)):
            yield f"the number of {route.key} is not on it"


def _crossings(one: Route, other: Route) -> int:
    count = 0
    for first in segments(one):
        for second in segments(other):
            level, upright = (first, second) if first.top == first.bottom else (second, first)
            if level.top == level.bottom and upright.left == upright.right:
                count += (
                    level.left < upright.left < level.right
                    and upright.top < level.top < upright.bottom
                )
    return count
