"""The elements of a chart; sizes and places are px of the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from scc_eval.charts.paint import PARTS, painted
from scc_eval.lettering import Face, is_leftward, plain

HATCHES = {
    2: "M-1 1L1 -1M0 8L8 0M7 9L9 7",
    3: "M4 0V8",
    4: "M0 3H8",
    5: "M-1 7L1 9M0 0L8 8M7 -1L9 1M-1 1L1 -1M0 8L8 0M7 9L9 7",
}
"""The lines over each part of a bar but the first, in squares of 8 px."""

_SIGNS = {
    "good": "M-4.5 0.5L-1.5 3.5L4.5 -3.5",
    "bad": "M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5",
    "spared": "M-4 0H4",
    "hole": "M-4.2 0A4.2 4.2 0 1 0 4.2 0A4.2 4.2 0 1 0 -4.2 0M-5 5L5 -5",
}
"""The strokes of signs, about their middle."""


class Block(NamedTuple):
    """Some marks from a height of 0 on, and how high they are."""

    marks: tuple[str, ...]
    height: float


class Sheet(NamedTuple):
    """Blocks, one below the other, and how wide they are."""

    blocks: tuple[Block, ...]
    width: float


def number(value: float) -> str:
    """A number with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def attributes(given: dict[str, str]) -> str:
    """Attributes, `_` in their names standing for a hyphen."""
    return "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in given.items())


def opened(tag: str, given: dict[str, str]) -> str:
    """The beginning of an element."""
    return f"<{tag}{attributes(given)}>"


def closed(tag: str, given: dict[str, str]) -> str:
    """An element with nothing in it."""
    return f"<{tag}{attributes(given)}/>"


def spoken(*parts: str) -> str:
    """What is said of a part of a chart: its label, its numbers, what is told of it."""
    return " · ".join(part for part in parts if part)


def led(address: str, told: str, marks: Iterable[str]) -> Iterator[str]:
    """Some marks with what is said of them, in a link if they lead somewhere."""
    tag, given = ("a", {"href": address}) if address else ("g", {})
    yield f"{opened(tag, given)}<title>{escape(plain(told))}</title>"
    yield from marks
    yield f"</{tag}>"


def box(x: float, y: float, wide: float, high: float, *names: str, **more: str) -> str:
    """A rectangle of those classes."""
    place = {"x": number(x), "y": number(y), "width": number(wide), "height": number(high)}
    return closed("rect", place | painted(*names) | more)


def area(x: float, y: float, wide: float, high: float) -> str:
    """A rectangle that is not seen: what can be pointed at."""
    return box(x, y, wide, high, fill="none", pointer_events="all")


def part(prefix: str, which: int, x: float, y: float, wide: float, high: float) -> Iterator[str]:
    """A part of a bar, the first of them 0, with its hatch; `prefix` goes before its name."""
    which = which % PARTS + 1
    yield box(x, y, wide, high, f"c-bar-{which}")
    if which in HATCHES:
        yield box(x, y, wide, high, fill=f"url(#{prefix}hatch-{which})")


def line(x: float, y: float, to_x: float, to_y: float, name: str, **more: str) -> str:
    """A straight line of that class."""
    ends = {"x1": number(x), "y1": number(y), "x2": number(to_x), "y2": number(to_y)}
    return closed("line", ends | painted(name) | more)


def sign(kind: str, x: float, y: float) -> str:
    """A sign about a point: `good`, `bad`, `spared` or `hole`."""
    place = {"d": _SIGNS[kind], "transform": f"translate({number(x)} {number(y)})", "fill": "none"}
    strokes = {"stroke-width": "2", "stroke-linecap": "round"}
    return closed("path", place | painted(f"c-{kind}") | strokes)


def lettered(
    lines: Sequence[str],
    face: Face,
    x: float,
    y: float,
    name: str = "c-ink",
    *,
    anchor: str = "start",
) -> Iterator[str]:
    """Lines of text, the first from its baseline: on from the point, about it (`middle`) or up to
    it (`end`)."""
    paint = painted(name)
    if face.is_bold:
        paint |= {"class": f"{name} c-bold", "font-weight": "bold"}
    for text in filter(None, lines):
        given = {"x": number(x), "y": number(y), "font-size": str(face.size)} | paint
        aligned = anchor
        if is_leftward(text):
            given["direction"] = "rtl"
            aligned = {"start": "end", "end": "start"}.get(anchor, anchor)
        if aligned != "start":
            given["text-anchor"] = aligned
        if name == "c-link":
            given["text-decoration"] = "underline"
        yield f"<text{attributes(given)}>{escape(text)}</text>"
        y += face.leading
