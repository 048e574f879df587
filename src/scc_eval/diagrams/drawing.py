"""A drawing: what stands where, in px, ready to be written as SVG."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """A line of text. `x` is its left edge or its middle, as `align` says; `y` its baseline."""

    x: float
    y: float
    text: str
    size: int
    is_bold: bool = False
    align: str = "start"
    tone: str = "ink"


class Sign(NamedTuple):
    """The sign of a state, by its middle."""

    x: float
    y: float
    state: str


class Panel(NamedTuple):
    """A rectangle with its text: `frame`, `box`, `factors`, `factor`, `band`, `row` or `swatch`."""

    kind: str
    key: str
    anchor: str
    x: float
    y: float
    width: float
    height: float
    state: str
    told: str
    """What it says to who points at it, or hears the picture read."""
    texts: tuple[Text, ...] = ()
    signs: tuple[Sign, ...] = ()


class Badge(NamedTuple):
    """The number of an arrow, in a rectangle with round ends."""

    x: float
    y: float
    width: float
    height: float
    text: Text
    sign: Sign | None


class Route(NamedTuple):
    """An arrow from its first point to its last. An end that no badge or head has is a sample."""

    key: str
    anchor: str
    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    state: str
    told: str
    is_feedback: bool = False
    is_emergent: bool = False
    is_hotspot: bool = False
    badge: Badge | None = None


class Drawing(NamedTuple):
    """A picture laid out."""

    width: float
    height: float
    title: str
    description: str
    language: str
    panels: tuple[Panel, ...]
    """Those that hold others come first."""
    routes: tuple[Route, ...]
    texts: tuple[Text, ...]
    legend: tuple[Panel, ...]
    samples: tuple[Route, ...]
    """The arrows of the legend."""
