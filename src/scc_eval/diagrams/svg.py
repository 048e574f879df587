"""A drawing as SVG: presentation attributes and paths only, the same in every program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

from scc_eval.diagrams import palette
from scc_eval.diagrams.drawing import Badge, Drawing, Panel, Route, Text
from scc_eval.diagrams.palette import LOOKS
from scc_eval.diagrams.signs import attributes, closed, number, opened, point, signed
from scc_eval.lettering import is_leftward

_FONTS = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_HEAD, _ROUND, _SIGN = 9, 5, 4.0
_LINE = 1.8
_FEEDBACK = "9 3 2 3"

Address = Callable[[str], str]
"""From the anchor of a part to where it leads; an empty text leads nowhere."""


def as_svg(drawing: Drawing, prefix: str = "", address: Address | None = None) -> str:
    """The drawing as one SVG element. `prefix` goes before every id, so that several drawings can
    stand in one page; `address` says where packets, boxes, arrows and factors lead."""
    return "".join(f"{line}\n" for line in _Writer(prefix, address).lines(drawing))


class _Writer:
    """Writes the parts of a drawing, each under an id of its own."""

    def __init__(self, prefix: str, address: Address | None) -> None:
        self.prefix = prefix
        self.address = address
        self.ids: set[str] = set()

    def lines(self, drawing: Drawing) -> Iterator[str]:
        """The whole element, line by line."""
        title, described = self.name("title"), self.name("description")
        size = {"width": number(drawing.width), "height": number(drawing.height)}
        yield opened(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            **{"xmlns:xlink": "http://www.w3.org/1999/xlink"},
            **size,
            viewBox=f"0 0 {size['width']} {size['height']}",
            role="group" if self.address else "img",
            lang=drawing.language,
            **{
                "xml:lang": drawing.language,
                "aria-labelledby": f"{title} {described}",
                "font-family": _FONTS,
                "fill": palette.INK,
            },
        )
        yield f"<title id={quoteattr(title)}>{escape(drawing.title)}</title>"
        yield f"<desc id={quoteattr(described)}>{escape(drawing.description)}</desc>"
        yield closed("rect", x="0", y="0", **size, fill=palette.PAPER)
        yield from self._parts(drawing)
        yield "</svg>"

    def _parts(self, drawing: Drawing) -> Iterator[str]:
        for text in drawing.texts:
            yield _text(text)
        for panel in drawing.panels:
            yield from self._part(panel.key, panel.anchor, panel.told, _panel(panel))
        for route in drawing.routes:
            yield from self._part(route.key, route.anchor, route.told, _route(route))
        for swatch in drawing.legend:
            yield from _panel(swatch)
        for sample in drawing.samples:
            yield from _route(sample)

    def _part(self, key: str, anchor: str, told: str, body: Iterator[str]) -> Iterator[str]:
        """A part with its title, in a link if it leads somewhere."""
        href = self.address(anchor) if self.address and anchor else ""
        yield opened("g", id=self.name(key))
        if href:
            yield opened("a", href=href, **{"xlink:href": href})
        if told:
            yield f"<title>{escape(told)}</title>"
        yield from body
        yield "</a></g>" if href else "</g>"

    def name(self, key: str) -> str:
        """An id that nothing else in the drawing has."""
        stem = self.prefix + "".join(c if c.isalnum() or c in "-._" else "_" for c in key)
        name, count = stem, 1
        while name in self.ids:
            count += 1
            name = f"{stem}-{count}"
        self.ids.add(name)
        return name


def _text(text: Text) -> str:
    given = {"x": number(text.x), "y": number(text.y), "font-size": str(text.size)}
    if text.is_bold:
        given["font-weight"] = "bold"
    align = text.align
    if is_leftward(text.text):
        given["direction"] = "rtl"
        align = "end" if align == "start" else align
    if align != "start":
        given["text-anchor"] = align
    if text.tone in ("soft", "letter"):
        given["fill"] = palette.TONES[text.tone]
    return f"<text{attributes(given)}>{escape(text.text)}</text>"


def _panel(panel: Panel) -> Iterator[str]:
    if panel.kind != "row":
        yield closed("rect", **_placed(panel), **_styled(panel))
    for text in panel.texts:
        yield _text(text)
    for sign in panel.signs:
        yield from signed(sign)


def _placed(panel: Panel) -> dict[str, str]:
    rounded = {"frame": "8", "band": "8", "factors": "12", "factor": "10", "swatch": "3"}
    return {
        "x": number(panel.x),
        "y": number(panel.y),
        "width": number(panel.width),
        "height": number(panel.height),
        "rx": rounded.get(panel.kind, "4"),
    }


def _styled(panel: Panel) -> dict[str, str]:
    look = LOOKS[panel.state]
    if panel.kind in ("frame", "band"):
        fill = palette.FRAME if panel.kind == "frame" else palette.BAND
        line = {"fill": fill, "stroke": palette.FRAME_LINE, "stroke-width": "1.4"}
        is_dotted = panel.kind == "frame" and panel.state == "not_to_be_proven"
        dashes = look.dashes if is_dotted else "6 4" if panel.kind == "band" else ""
    else:
        line = {"fill": look.fill, "stroke": look.stroke, "stroke-width": "1.3"}
        dashes = look.dashes or ("5 3" if panel.kind in ("factor", "factors") else "")
    return line | ({"stroke-dasharray": dashes} if dashes else {})


def _route(route: Route) -> Iterator[str]:
    look = LOOKS[route.state]
    wide = 3.2 if route.is_hotspot else _LINE
    given = {"fill": "none", "stroke": look.stroke}
    dashes = _FEEDBACK if route.is_feedback else look.dashes
    if dashes:
        given["stroke-dasharray"] = dashes
    way = _way(route.points)
    if route.is_emergent:
        yield closed("path", d=way, **given, **{"stroke-width": "4.4"})
        given = {"fill": "none", "stroke": palette.PAPER}
        wide = 1.6
    yield closed("path", d=way, **given, **{"stroke-width": number(wide)})
    yield _head(route, look.stroke)
    if route.badge is not None:
        yield from _badge(route.badge, look.stroke)


def _way(points: tuple[tuple[float, float], ...]) -> str:
    """A path with rounded corners that ends where the head begins."""
    *before, (last_x, last_y) = points
    from_x, from_y = before[-1]
    across, down = _sign_of(last_x - from_x), _sign_of(last_y - from_y)
    ends = [*before, (last_x - across * (_HEAD - 1), last_y - down * (_HEAD - 1))]
    parts = [f"M{point(*ends[0])}"]
    for (x0, y0), (x, y), (x2, y2) in zip(ends, ends[1:], ends[2:], strict=False):
        reach = min(_ROUND, (abs(x - x0) + abs(y - y0)) / 2, (abs(x2 - x) + abs(y2 - y)) / 2)
        near = x - _sign_of(x - x0) * reach, y - _sign_of(y - y0) * reach
        far = x + _sign_of(x2 - x) * reach, y + _sign_of(y2 - y) * reach
        parts.append(f"L{point(*near)}Q{point(x, y)} {point(*far)}")
    return "".join((*parts, f"L{point(*ends[-1])}"))


def _sign_of(value: float) -> int:
    return (value > 0) - (value < 0)


def _head(route: Route, stroke: str) -> str:
    (from_x, from_y), (x, y) = route.points[-2:]
    across, down = _sign_of(x - from_x), _sign_of(y - from_y)
    back_x, back_y = x - across * _HEAD, y - down * _HEAD
    corners = (
        point(x, y),
        point(back_x + down * 4.5, back_y + across * 4.5),
        point(back_x - down * 4.5, back_y - across * 4.5),
    )
    fill = palette.PAPER if route.is_feedback else stroke
    given = {"fill": fill, "stroke": stroke, "stroke-width": "1.2", "stroke-linejoin": "round"}
    return closed("path", d=f"M{corners[0]}L{corners[1]}L{corners[2]}Z", **given)


def _badge(badge: Badge, stroke: str) -> Iterator[str]:
    yield closed(
        "rect",
        x=number(badge.x),
        y=number(badge.y),
        width=number(badge.width),
        height=number(badge.height),
        rx="8",
        fill=palette.PAPER,
        stroke=stroke,
        **{"stroke-width": "1.2"},
    )
    yield _text(badge.text)
    if badge.sign is not None:
        yield from signed(badge.sign)
