"""The elements of SVG, and the signs of states, drawn as paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.sax.saxutils import quoteattr

from scc_eval.diagrams import palette
from scc_eval.diagrams.drawing import Sign
from scc_eval.diagrams.palette import LOOKS

_FAR = 4.0
"""How far a sign reaches from its middle, in px."""


def number(value: float) -> str:
    """A number with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def attributes(given: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in given.items())


def opened(tag: str, **given: str) -> str:
    return f"<{tag}{attributes(given)}>"


def closed(tag: str, **given: str) -> str:
    return f"<{tag}{attributes(given)}/>"


def point(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def signed(sign: Sign) -> Iterator[str]:
    """The sign of a state: shapes that differ without their colours."""
    look = LOOKS[sign.state]
    x, y, far = sign.x, sign.y, _FAR
    kind = look.sign
    if kind in ("disc", "half", "quarter", "struck", "dot", "ring"):
        fill = look.stroke if kind == "disc" else palette.PAPER
        yield closed(
            "circle",
            cx=number(x),
            cy=number(y),
            r=number(far),
            fill=fill,
            stroke=look.stroke,
            **{"stroke-width": "1.3"},
        )
    drawn = _SHAPES.get(kind)
    if drawn is not None:
        is_filled = kind not in ("cross", "bar", "struck")
        paint = {"fill": look.stroke} if is_filled else {"fill": "none"}
        wide = "2" if kind in ("cross", "bar") else "1.3"
        yield closed(
            "path", d=drawn(x, y, far), **paint, stroke=look.stroke, **{"stroke-width": wide}
        )


def _half(x: float, y: float, r: float) -> str:
    return f"M{point(x, y - r)}A{number(r)} {number(r)} 0 0 0 {point(x, y + r)}Z"


def _quarter(x: float, y: float, r: float) -> str:
    return f"M{point(x, y)}L{point(x, y - r)}A{number(r)} {number(r)} 0 0 1 {point(x + r, y)}Z"


def _cross(x: float, y: float, r: float) -> str:
    r -= 0.6
    first = f"M{point(x - r, y - r)}L{point(x + r, y + r)}"
    return f"{first}M{point(x - r, y + r)}L{point(x + r, y - r)}"


def _bar(x: float, y: float, r: float) -> str:
    return f"M{point(x - r, y)}L{point(x + r, y)}"


def _struck(x: float, y: float, r: float) -> str:
    return f"M{point(x - r * 0.7, y + r * 0.7)}L{point(x + r * 0.7, y - r * 0.7)}"


def _diamond(x: float, y: float, r: float) -> str:
    r += 0.6
    return f"M{point(x - r, y)}L{point(x, y - r)}L{point(x + r, y)}L{point(x, y + r)}Z"


def _square(x: float, y: float, r: float) -> str:
    r -= 0.6
    wide = number(2 * r)
    return f"M{point(x - r, y - r)}h{wide}v{wide}h-{wide}Z"


def _dot(x: float, y: float, r: float) -> str:
    return _diamond(x, y, r / 3 - 0.6)


_SHAPES: dict[str, Callable[[float, float, float], str]] = {
    "half": _half,
    "quarter": _quarter,
    "cross": _cross,
    "bar": _bar,
    "struck": _struck,
    "diamond": _diamond,
    "square": _square,
    "dot": _dot,
}
