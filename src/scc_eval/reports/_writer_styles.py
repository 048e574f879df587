"""What the styles of a Writer file make of text: hidden, raised, or at the top of a new page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from scc_eval.reports._writer_package import FO, STYLE, TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RAISED: Final = re.compile(r"super|(?!0+%)[\d.]+%")
_DEEPEST: Final = 32


class Look(NamedTuple):
    """How text is set, as far as it bears on what is read. None: not said."""

    is_hidden: bool | None = None
    is_raised: bool | None = None
    opens_page: bool | None = None

    def over(self, below: Look) -> Look:
        """This look, and the one below it where this says nothing."""
        both = zip(self, below, strict=True)
        return Look(*(lower if upper is None else upper for upper, lower in both))


PLAIN: Final = Look()


class Styles:
    """The styles of one file, by their family and name: those of its text come first."""

    def __init__(self, *roots: Element) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                key = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
                self._styles.setdefault(key, style)

    def look(self, family: str, name: str | None) -> Look:
        """How text of a style is set."""
        key = family, name or ""
        if key not in self._looks:
            look = PLAIN
            for style in self._chain(*key):
                look = look.over(_own(style))
            if key in self._styles and self._styles[key].get(f"{STYLE}master-page-name"):
                look = look._replace(opens_page=True)
            self._looks[key] = look
        return self._looks[key]

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those it goes back to."""
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")


def _own(style: Element) -> Look:
    found: dict[str, bool] = {}
    for properties in style:
        display = properties.get(f"{TEXT}display")
        position = properties.get(f"{STYLE}text-position")
        before = properties.get(f"{FO}break-before")
        if display is not None:
            found["is_hidden"] = display == "none"
        if position is not None:
            found["is_raised"] = _RAISED.match(position) is not None
        if before is not None:
            found["opens_page"] = before == "page"
    return Look(**found)
