"""One paragraph of a Word file in the making, and what it shares with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scc_eval.reports._word_fields import Field
from scc_eval.reports._word_styles import PLAIN, Look, Styles
from scc_eval.reports.paragraphs import Link, Part, Spot

if TYPE_CHECKING:
    from docx.opc.part import Part as PackagePart
    from lxml.etree import _Element as Element

DELETED: Final = "deleted text"
HIDDEN: Final = "hidden text"

Notes = dict[tuple[str, str], tuple[Part, "PackagePart", "Element"]]
"""Notes and comments not read so far, by the tag of what refers to them and their id."""


class Story(NamedTuple):
    """A sequence of paragraphs of its own: the body, a note, a comment, a text box, a margin.

    `source` is the part of the package it stands in, `fields` are those that are open. `host` is
    what leads to it from the body, if something does, and `page` the page of that; it is None where
    the story itself turns pages. `is_grid`: it is in a table of more than one cell.
    """

    part: Part
    source: PackagePart
    fields: list[Field]
    host: Element | None = None
    page: int | None = None
    is_grid: bool = False


class Pages:
    """The page that is being read: 0 throughout if the file does not tell where pages end."""

    def __init__(self, *, is_told: bool) -> None:
        self.number = int(is_told)
        self._is_told = is_told
        self._is_by_hand = False

    def turn(self) -> None:
        """A page ended here when the file was last laid out."""
        # Word marks the new page once more after a break that was put in by hand.
        if not self._is_by_hand:
            self.number += 1
        self._is_by_hand = False

    def turn_by_hand(self) -> None:
        """A page break was put in here."""
        self.number += self._is_told
        self._is_by_hand = True

    def write(self) -> None:
        """Something stands on the page."""
        self._is_by_hand = False


class Sheet(NamedTuple):
    """What all paragraphs of a file share."""

    styles: Styles
    pages: Pages
    notes: Notes


class Piece(NamedTuple):
    """Some characters of a paragraph, from which one on, and the element they come from."""

    begin: int
    text: str
    element: Element


class Line:
    """A paragraph in the making: its text so far, and how the run that is being read looks."""

    def __init__(self, sheet: Sheet, story: Story) -> None:
        self.sheet = sheet
        self.story = story
        self.elements: list[Element] = []
        """The `w:p` it is made of: several where the ends between them were deleted."""
        self.pieces: list[Piece] = []
        self.links: list[tuple[Link, tuple[Element, ...]]] = []
        """Links, and the elements that hold their addresses."""
        self.raised: list[tuple[int, int]] = []
        self.after: list[tuple[Story, Element]] = []
        """What stands apart from the paragraph and is read after it."""
        self.hidden: list[tuple[str, int]] = []
        self.length = 0
        self.look: Look = PLAIN
        self.spots = [Spot(0, page=self.page)]

    @property
    def text(self) -> str:
        """What was gathered so far."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def page(self) -> int:
        """The page that was reached."""
        return self.sheet.pages.number if self.story.page is None else self.story.page

    def add(self, element: Element, text: str) -> None:
        """Text stands here, unless it is hidden or in the instruction of a field."""
        if self.look.is_hidden:
            self.hide(HIDDEN)
        elif not self.story.fields or all(field.is_shown for field in self.story.fields):
            self.pieces.append(Piece(self.length, text, element))
            self.length += len(text)
            self.sheet.pages.write()

    def hide(self, kind: str) -> None:
        """Something stands here that is not read. Runs of the same hidden text are one."""
        is_text = kind in (DELETED, HIDDEN)
        if not is_text or (kind, self.length) not in self.hidden[-1:]:
            self.hidden.append((kind, self.length))

    def turn_page(self) -> None:
        """Another page begins here."""
        if self.spots[-1].begin == self.length:
            self.spots.pop()
        self.spots.append(Spot(self.length, page=self.page))

    def link(self, begin: int, address: str, holder: tuple[Element, ...]) -> None:
        """What was gathered from a character on links to an address."""
        if address and self.length > begin:
            self.links.append((Link(begin, self.length, address), holder))

    def link_field(self, field: Field) -> None:
        """What a field shows ends here."""
        if field.is_shown:
            self.link(field.begin, field.address, tuple(field.instruction))

    def raise_from(self, begin: int) -> None:
        """What was gathered from a character on is set as note marks."""
        if self.length == begin:
            return
        if self.raised and self.raised[-1][1] == begin:
            begin = self.raised.pop()[0]
        self.raised.append((begin, self.length))

    def set_apart(self, part: Part, source: PackagePart, element: Element, mark: Element) -> None:
        """A mark stands here that leads to a story, which is read after the paragraph."""
        host = mark if self.story.part in (Part.BODY, Part.TABLE) else self.story.host
        self.after.append((Story(part, source, [], host, self.page), element))

    def close(self) -> None:
        """End the paragraph. A field may go on in the next one."""
        for field in self.story.fields:
            self.link_field(field)
            # An instruction that does not end with its paragraph must not swallow the report.
            field.begin, field.is_shown = 0, True
        self.links.sort(key=lambda found: found[0])
