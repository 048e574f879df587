"""How to read a picture: its signs in words, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from scc_eval.diagrams.bands import ends_of
from scc_eval.diagrams.drawing import Badge, Panel, Route, Sign, Text
from scc_eval.diagrams.lettering import SMALL, fitted, width
from scc_eval.diagrams.states import STATES
from scc_eval.diagrams.view import Picture, all_boxes

_KEY = 46
"""The room of a sign in the legend."""


class Legend(NamedTuple):
    """How to read a picture, and where that ends."""

    panels: tuple[Panel, ...]
    samples: tuple[Route, ...]
    texts: tuple[Text, ...]
    bottom: float


def legend(picture: Picture, words: Any, room: float, *, is_naming: bool = False) -> Legend:
    """The signs that the picture has, in words, then what it leaves out; from 0, 0. `is_naming`
    adds the names of the mechanisms of each arrow."""
    panels: list[Panel] = []
    samples: list[Route] = []
    texts: list[Text] = []
    x, y = 0.0, 0.0
    keys = list(_keys(picture, words))
    widest = max((width(told, SMALL) for *_, told in keys), default=0) + _KEY + 12
    across = max(1, int(room // widest))
    wide = min(room / across, widest + 24)
    for number, (kind, state, told) in enumerate(keys):
        left, below = x + number % across * wide, y + number // across * 20
        texts.append(Text(left + _KEY, below + 3.6, told, SMALL.size))
        if kind == "state":
            signs = (Sign(left + 5, below, state),)
            place = (left + 14, below - 7, 24, 14)
            panels.append(Panel("swatch", f"legend-{state}", "", *place, state, told, (), signs))
        else:
            samples.append(_sample(kind, left, below, told))
    below = y + (len(keys) - 1) // across * 20
    below += 10
    said = [str(words["legend"]["given"])] if picture.is_lit else []
    named = _named(picture, words) if is_naming else ()
    for note in (*named, *said, *picture.notes):
        for line in fitted(note, SMALL, room, is_even=False):
            below += SMALL.leading
            texts.append(Text(x, below, line, SMALL.size, False, "start", "soft"))
        below += 4
    return Legend(tuple(panels), tuple(samples), tuple(texts), below)


def lowered(legend: Legend, x: float, y: float) -> Legend:
    """A legend elsewhere."""
    return Legend(
        tuple(moved(panel, x, y) for panel in legend.panels),
        tuple(moved_route(route, x, y) for route in legend.samples),
        tuple(text._replace(x=text.x + x, y=text.y + y) for text in legend.texts),
        legend.bottom + y,
    )


def moved(panel: Panel, x: float, y: float = 0) -> Panel:
    """A panel elsewhere."""
    return panel._replace(
        x=panel.x + x,
        y=panel.y + y,
        texts=tuple(text._replace(x=text.x + x, y=text.y + y) for text in panel.texts),
        signs=tuple(sign._replace(x=sign.x + x, y=sign.y + y) for sign in panel.signs),
    )


def moved_route(route: Route, x: float, y: float = 0) -> Route:
    """An arrow elsewhere."""
    badge = route.badge
    if badge is not None:
        sign = badge.sign
        badge = badge._replace(
            x=badge.x + x,
            y=badge.y + y,
            text=badge.text._replace(x=badge.text.x + x, y=badge.text.y + y),
            sign=sign._replace(x=sign.x + x, y=sign.y + y) if sign else None,
        )
    points = tuple((at + x, level + y) for at, level in route.points)
    return route._replace(points=points, badge=badge)


def _named(picture: Picture, words: Any) -> Iterator[str]:
    """The mechanisms of all arrows by name, in one paragraph."""
    told = [
        f"{ends_of(picture, arrow, words)}{words['colon']}"
        + words["separator"].join(each.name for each in arrow.mechanisms)
        for arrow in picture.arrows
        if arrow.mechanisms
    ]
    if told:
        yield f"{words['mechanisms_title']}{words['colon']}{' · '.join(told)}."


def _sample(kind: str, x: float, y: float, told: str) -> Route:
    """An arrow of the legend."""
    badge = None
    if kind == "number":
        number = Text(x + 16, y + 3.5, "n", SMALL.size, False, "middle")
        badge = Badge(x + 5, y - 8, 22, 16, number, None)
    points = ((x, y), (x + 38, y))
    key = f"legend-{kind}"
    flags = (kind == "feedback", kind == "emergent", kind == "hotspot")
    return Route(key, "", "", "", points, "", told, *flags, badge)


def _keys(picture: Picture, words: Any) -> Iterator[tuple[str, str, str]]:
    """The kinds of sign in the picture: kind, state, what it means."""
    shown = set(_states(picture))
    for state in STATES:
        if state in shown:
            yield "state", state, str(words["states"][state])
    if picture.arrows:
        yield "number", "", str(words["legend"]["number"])
    if any(arrow.is_feedback for arrow in picture.arrows):
        yield "feedback", "", str(words["legend"]["feedback"])
    if any(arrow.is_emergent for arrow in picture.arrows):
        yield "emergent", "", str(words["legend"]["emergent"])
    if any(arrow.is_hotspot for arrow in picture.arrows):
        yield "hotspot", "", str(words["hotspot"])


def _states(picture: Picture) -> Iterator[str]:
    yield from (arrow.state for arrow in picture.arrows)
    for frame in picture.frames:
        yield frame.state
        yield from (box.state for box in all_boxes(frame.boxes))
    for group in picture.factors:
        yield group.state
        if group.is_whole:
            yield from (factor.state for factor in group.factors)
    if picture.packet:
        yield from (each.state for arrow in picture.arrows for each in arrow.mechanisms)
