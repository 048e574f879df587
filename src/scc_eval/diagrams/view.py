"""All that a diagram shows: frozen records of text and numbers, every choice made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Box(NamedTuple):
    """A box of the theory, with those it holds. `key` names it in the picture."""

    key: str
    anchor: str
    name: str
    label: str
    state: str
    items: int
    cases: int
    boxes: tuple[Box, ...] = ()


class Frame(NamedTuple):
    """A packet. `label` is its short title; `folded` counts the boxes that the picture leaves out;
    the target groups are those of the one packet shown."""

    key: str
    anchor: str
    name: str
    title: str
    label: str
    role: str
    groups: tuple[str, ...]
    is_proven: bool
    state: str
    items: int
    cases: int
    boxes: tuple[Box, ...]
    folded: int = 0


class Factor(NamedTuple):
    """Another factor. `targets` are the packets and boxes it bears on; `roles` what people said
    it does, packet by packet."""

    key: str
    anchor: str
    name: str
    title: str
    text: str
    targets: tuple[str, ...]
    is_hindering: bool
    is_emergent: bool
    is_excluded: bool
    roles: tuple[str, ...]
    state: str
    items: int
    cases: int


class Factors(NamedTuple):
    """The other factors that bear on a packet, or on boxes in it."""

    key: str
    anchor: str
    frame: str
    """The key of the packet."""
    factors: tuple[Factor, ...]
    is_whole: bool
    """Whether each is shown in full, not only how many there are."""
    state: str
    items: int
    cases: int


class Mechanism(NamedTuple):
    """A mechanism of an arrow."""

    anchor: str
    name: str
    title: str
    state: str
    items: int
    cases: int


class Arrow(NamedTuple):
    """A link between two packets or boxes, named by their keys."""

    key: str
    anchor: str
    name: str
    label: str
    source: str
    target: str
    mechanisms: tuple[Mechanism, ...]
    is_feedback: bool
    is_emergent: bool
    is_hotspot: bool
    state: str
    items: int
    cases: int
    links: int = 1
    """How many links of the theory it stands for."""


class Picture(NamedTuple):
    """A theory of change, whole or one packet of it with its causes and other factors."""

    title: str
    language: str
    packet: str
    """The key of the packet shown, empty where the whole theory is."""
    is_lit: bool
    """Whether there is evidence or judgement that it shows."""
    frames: tuple[Frame, ...]
    factors: tuple[Factors, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[str, ...]
    """What the picture leaves out, in sentences."""


def names_of(picture: Picture) -> dict[str, str]:
    """The name of each packet and box, by key."""
    found = {frame.key: frame.name for frame in picture.frames}
    for frame in picture.frames:
        found |= {box.key: box.name for box in all_boxes(frame.boxes)}
    return found


def all_boxes(boxes: Iterable[Box]) -> Iterator[Box]:
    """Every box, nested ones after the box that holds them."""
    for box in boxes:
        yield box
        yield from all_boxes(box.boxes)
