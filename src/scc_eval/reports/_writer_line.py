"""One paragraph of a Writer file in the making, and what it is read as."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from scc_eval.reports._writer_styles import Look
from scc_eval.reports.paragraphs import Link, Paragraph, Part, Spot

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WORDS: Final = re.compile(r"[^ \t\n\r]+(?: [^ \t\n\r]+)*|[ \t\n\r]+")
_SPACE: Final = " \t\n\r"


class Slot(Enum):
    """Which text of an element: that before its first child, that after the element, or the
    element itself, which stands for text."""

    TEXT = "text"
    TAIL = "tail"
    WHOLE = "whole"


class Piece(NamedTuple):
    """Some characters of a paragraph, from `begin` to `end`, and the text of an element that they
    come from, from `start` to `stop`."""

    begin: int
    end: int
    element: Element
    slot: Slot
    start: int
    stop: int

    @property
    def is_literal(self) -> bool:
        """Whether each of its characters is one of the file."""
        return self.end - self.begin == self.stop - self.start

    def cut(self, begin: int, end: int) -> Piece:
        """The part of it that gives some of the characters; all of it where it hangs together."""
        if not self.is_literal:
            return self
        begin, end = max(begin, self.begin), min(end, self.end)
        shift = self.start - self.begin
        return self._replace(begin=begin, end=end, start=begin + shift, stop=end + shift)


class Written(NamedTuple):
    """A paragraph as it is read, the pieces of the file that it was read from, and the elements
    that hold the addresses of its links."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    holders: tuple[Element, ...]


class Unread(NamedTuple):
    """Something that is not read: what, in which paragraph by its index, before which character.

    The index is that of the next paragraph where its own has no text.
    """

    kind: str
    paragraph: int
    begin: int


class Story(NamedTuple):
    """A sequence of paragraphs of its own: the body, a note, a comment, a box, a margin.

    `page` is the one it stands on; None where it turns pages itself. `is_grid`: it is in a table of
    more than one cell.
    """

    part: Part
    page: int | None = None
    is_grid: bool = False


class Line:
    """A paragraph in the making: its text so far, and what stands in it."""

    def __init__(self, page: int, *, turns_pages: bool) -> None:
        self.turns_pages = turns_pages
        self.is_hidden = False
        """Whether something in it hides all of it."""
        self.pieces: list[Piece] = []
        self.links: list[tuple[Link, Element]] = []
        """Links, and the elements that hold their addresses."""
        self.raised: list[tuple[int, int]] = []
        self.after: list[tuple[Part, Element]] = []
        """What stands apart from the paragraph and is read after it."""
        self.hidden: list[tuple[str, int]] = []
        self.spots = [Spot(0, page=page)]
        self.length = 0
        self._written: list[str] = []
        self._gap: Piece | None = None

    @property
    def text(self) -> str:
        """What was gathered so far."""
        return "".join(self._written)

    @property
    def following(self) -> int:
        """The character that the text read next will be."""
        return self.length + (1 if self._gap and self.length else 0)

    def add(self, words: str, element: Element, slot: Slot, look: Look) -> None:
        """The text of an element stands here; space collapses in it."""
        for found in _WORDS.finditer(words):
            start, stop = found.span()
            if found[0][0] not in _SPACE:
                self._put(found[0], Piece(0, stop - start, element, slot, start, stop), look)
            elif self._gap is None:
                self._gap = Piece(0, 1, element, slot, start, stop)

    def stand_for(self, words: str, element: Element, look: Look) -> None:
        """An element stands here that is written as a text: a tab, a break, several spaces."""
        self._put(words, Piece(0, len(words), element, Slot.WHOLE, 0, 0), look)

    def _put(self, words: str, piece: Piece, look: Look) -> None:
        gap, self._gap = self._gap, None
        if gap and self.length:
            self._append(" ", gap)
        begin = self.length
        self._append(words, piece)
        if look.is_raised:
            if self.raised and self.raised[-1][1] == begin:
                begin, _ = self.raised.pop()
            self.raised.append((begin, self.length))

    def _append(self, words: str, piece: Piece) -> None:
        end = self.length + len(words)
        self.pieces.append(piece._replace(begin=self.length, end=end))
        self._written.append(words)
        self.length = end

    def hide(self, kind: str) -> None:
        """Something stands here that is not read."""
        self.hidden.append((kind, self.length))

    def turn_page(self, page: int) -> None:
        """Another page begins here."""
        if self.spots[-1].begin == self.length:
            self.spots.pop()
        self.spots.append(Spot(self.length, page=page))

    def link(self, begin: int, holder: Element, address: str) -> None:
        """What was gathered from a character on links to an address."""
        self.links.append((Link(min(begin, self.length), self.length, address), holder))
