"""What the styles of a Word file make of a paragraph or of a run: its level, how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.reports._word_package import VAL, W, child, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"(?:heading|titre) ?([1-9])", re.IGNORECASE)
_LEVELS = {"9": 0, **{str(level): level + 1 for level in range(9)}}
"""Levels counted from 1 as files count them: from 0, and 9 for text."""
_DEEPEST = 32
_OUTLINE = f"{W}outlineLvl"
_VANISH, _VERTICAL = f"{W}vanish", f"{W}vertAlign"
_RUN_STYLE, _PARAGRAPH_STYLE = f"{W}rStyle", f"{W}pStyle"


class Look(NamedTuple):
    """How characters are set, as far as it bears on what is read. None: not said."""

    is_hidden: bool | None = None
    is_raised: bool | None = None

    def over(self, below: Look) -> Look:
        """This look, and the one below it where this says nothing."""
        is_hidden = below.is_hidden if self.is_hidden is None else self.is_hidden
        is_raised = below.is_raised if self.is_raised is None else self.is_raised
        return Look(is_hidden, is_raised)


PLAIN = Look()


class Styles:
    """The styles of one file, by their ids."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._levels: dict[str, int] = {}
        self._looks: dict[str, Look] = {}

    def level(self, properties: Element | None) -> int:
        """The outline level of a paragraph with such properties (`w:pPr`), 1 to 9; 0 for text."""
        if properties is None:
            return 0
        direct = _outline(properties)
        return self._level(_named(properties, _PARAGRAPH_STYLE)) if direct is None else direct

    def base(self, properties: Element | None) -> Look:
        """How the characters of a paragraph with such properties look, before their own."""
        return PLAIN if properties is None else self._look(_named(properties, _PARAGRAPH_STYLE))

    def look(self, properties: Element, base: Look = PLAIN) -> Look:
        """How characters with such properties (`w:rPr`) look."""
        look, style = PLAIN, ""
        for setting in properties:
            tag = setting.tag
            if tag == _RUN_STYLE:
                style = setting.get(VAL, "")
            elif tag == _VANISH:
                look = look._replace(is_hidden=is_on(setting))
            elif tag == _VERTICAL:
                look = look._replace(is_raised=setting.get(VAL) == "superscript")
        return look.over(self._look(style)).over(base)

    def _level(self, style: str) -> int:
        if style not in self._levels:
            self._levels[style] = next(self._stated_levels(style), 0)
        return self._levels[style]

    def _stated_levels(self, style: str) -> Iterator[int]:
        for found in self._line(style):
            properties = found.find(f"{W}pPr")
            outline = None if properties is None else _outline(properties)
            if outline is not None:
                yield outline
            if match := _HEADING.fullmatch(_named(found, f"{W}name")):
                yield int(match[1])
        if style not in self._styles and (match := _HEADING.fullmatch(style)):
            yield int(match[1])

    def _look(self, style: str) -> Look:
        if style not in self._looks:
            look = PLAIN
            for found in self._line(style):
                properties = found.find(f"{W}rPr")
                look = look if properties is None else look.over(self.look(properties))
            self._looks[style] = look
        return self._looks[style]

    def _line(self, style: str) -> Iterator[Element]:
        """A style and those it is based on. It may be based on itself."""
        for _ in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = _named(found, f"{W}basedOn")


def _outline(properties: Element) -> int | None:
    level = child(properties, _OUTLINE)
    return None if level is None else _LEVELS.get(level.get(VAL, ""))


def _named(properties: Element, name: str) -> str:
    found = child(properties, name)
    return "" if found is None else found.get(VAL, "")
