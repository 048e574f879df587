"""What is read of a report: paragraphs of text that know where their reader finds them."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import NamedTuple

from scc_eval.places import Location, Passage, Problem


class Part(StrEnum):
    """What part of a report a paragraph belongs to."""

    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    NOTE = "note"
    """A footnote or an endnote."""
    COMMENT = "comment"
    """What a reviewer wrote in the margin."""
    MARGIN = "margin"
    """The head or the foot of pages."""
    BOX = "box"
    """A text box or the words of a drawing."""


class Link(NamedTuple):
    """An address behind a stretch of a paragraph: the first character and the one after the
    last."""

    begin: int
    end: int
    address: str


class Spot(NamedTuple):
    """From which character on a paragraph stands at which line and column of a text file, and on
    which page. Lines, columns and pages count from 1; 0 where the kind of file has none."""

    begin: int
    line: int = 0
    column: int = 0
    page: int = 0


class Paragraph(NamedTuple):
    """A paragraph with the headings above it, outermost first.

    Lines of text files and of PDF pages end with a line feed in `text`. `number` counts the
    paragraphs that have text as a reader would, from 1: over the whole report, or on each page
    where a report is made of pages. A heading is a paragraph too; it is not its own heading.
    `raised` are the stretches set as note marks. `spots` are ascending, the first at 0.
    """

    text: str
    number: int
    part: Part = Part.BODY
    headings: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = (Spot(0),)
    links: tuple[Link, ...] = ()
    raised: tuple[tuple[int, int], ...] = ()


class Hidden(NamedTuple):
    """Something that stands in the file and that its reader does not see, or that cannot be read:
    what, how often, and where first."""

    kind: str
    times: int
    at: Location


class Report(NamedTuple):
    """A report as it was read. Where it could not be, there is a problem and no paragraph.

    `hidden` names kinds such as `deleted text`, `hidden text`, `picture`, `page without text`.
    """

    name: str
    paragraphs: tuple[Paragraph, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    problems: tuple[Problem, ...] = ()

    def place(self, index: int, begin: int, end: int) -> Location:
        """The place of a stretch of one of the paragraphs, by its index from 0.

        Files that have lines give their own lines and columns. Others give the paragraph's index
        from 1 for a line and the character for a column; the passage says what their reader sees.
        """
        paragraph = self.paragraphs[index]
        first, last = _spot(paragraph, begin), _spot(paragraph, max(begin, end - 1))
        passage = Passage(first.page, paragraph.number, paragraph.headings, str(paragraph.part))
        if not first.line:
            return Location(self.name, index + 1, begin + 1, index + 1, end + 1, passage)
        column = first.column + begin - first.begin
        end_column = last.column + end - last.begin
        return Location(self.name, first.line, column, last.line, end_column, passage)


def _spot(paragraph: Paragraph, offset: int) -> Spot:
    spots = paragraph.spots
    if len(spots) == 1:
        return spots[0]
    return spots[bisect_right(spots, offset, key=lambda s: s.begin) - 1]
