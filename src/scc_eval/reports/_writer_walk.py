"""A Writer file from beginning to end: every paragraph, in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from scc_eval.reports._traced import Outline
from scc_eval.reports._writer_line import Line, Slot, Story, Unread, Written
from scc_eval.reports._writer_package import DRAW, OFFICE, STYLE, TABLE, TEXT, XLINK, Package
from scc_eval.reports._writer_styles import Look, Styles
from scc_eval.reports.paragraphs import Paragraph, Part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DELETED: Final = "deleted text"
HIDDEN: Final = "hidden text"
_MOST_SPACES: Final = 1000
_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_PAGE_BREAK: Final = f"{TEXT}soft-page-break"


class Walk:
    """One way through a file. `unread` is complete once all paragraphs were taken."""

    def __init__(self, package: Package) -> None:
        self.unread: list[Unread] = []
        self._package = package
        roots = (package.content,) if package.styles is None else (package.content, package.styles)
        self._styles = Styles(*roots)
        self._deletions = set(_deletions(package.text))
        self._outline = Outline()
        self._has_pages = next(package.text.iter(_PAGE_BREAK), None) is not None
        self._page = int(self._has_pages)
        self._count = 0

    def paragraphs(self) -> Iterator[Written]:
        """Every paragraph that has text: the body, with notes, comments and boxes after the
        paragraph that they are set in, at last the heads and feet of pages."""
        yield from self._blocks(self._package.text, Story(Part.BODY))
        self._outline = Outline()
        for margin in _margins(self._package.styles):
            yield from self._blocks(margin, Story(Part.MARGIN, page=0))

    def _blocks(self, element: Element, story: Story) -> Iterator[Written]:
        for child in element:
            if (handler := _BLOCKS.get(child.tag)) is not None:
                yield from handler(self, child, story)
            elif child.tag in _IN_LINE:
                yield from self._alone(child, story)
            elif child.tag not in _PASSED_OVER:
                yield from self._blocks(child, story)

    def _paragraph(self, element: Element, story: Story) -> Iterator[Written]:
        look = self._styles.look("paragraph", element.get(f"{TEXT}style-name"))
        line = Line(self._opened_page(look, story), turns_pages=story.page is None)
        self._read(line, element, look)
        is_heading = element.tag == f"{TEXT}h" and story.part in (Part.BODY, Part.TABLE)
        yield from self._closed(line, story, _level(element) if is_heading else 0)

    def _opened_page(self, look: Look, story: Story) -> int:
        """The page that a paragraph or a table of such a look begins on."""
        if story.page is not None:
            return story.page
        if look.opens_page and self._has_pages and self._count:
            self._page += 1
        return self._page

    def _alone(self, element: Element, story: Story) -> Iterator[Written]:
        """Something that stands between paragraphs and not in one."""
        line = Line(self._page, turns_pages=False)
        _IN_LINE[element.tag](self, line, element, Look())
        yield from self._closed(line, story, 0)

    def _closed(self, line: Line, story: Story, level: int) -> Iterator[Written]:
        text = line.text
        has_text = bool(text.strip()) and not line.is_hidden
        if line.is_hidden:
            line.hide(HIDDEN)
        for kind, begin in line.hidden:
            self.unread.append(Unread(kind, self._count, begin if has_text else 0))
        if has_text:
            self._count += 1
            yield Written(
                Paragraph(
                    text,
                    self._count,
                    Part.HEADING if level else story.part,
                    self._outline.enter(level, text) if level else self._outline.path,
                    tuple(line.spots),
                    tuple(link for link, _ in line.links),
                    tuple(line.raised),
                ),
                tuple(line.pieces),
                tuple(holder for _, holder in line.links),
            )
        for part, element in line.after:
            yield from self._blocks(element, Story(part, page=line.spots[0].page))

    def _table(self, table: Element, story: Story) -> Iterator[Written]:
        look = self._styles.look("table", table.get(f"{TABLE}style-name"))
        self._opened_page(look, story)
        part = Part.TABLE if story.part is Part.BODY else story.part
        is_grid = len(tuple(islice(table.iter(f"{TABLE}table-cell"), 2))) > 1
        yield from self._blocks(table, story._replace(part=part, is_grid=is_grid))

    def _cell(self, cell: Element, story: Story) -> Iterator[Written]:
        above = self._outline
        if story.is_grid:
            # A heading in a cell stands above what is in the cell; one in a frame, above all else.
            self._outline = above.copy()
        yield from self._blocks(cell, story)
        self._outline = above

    def _section(self, section: Element, story: Story) -> Iterator[Written]:
        display = section.get(f"{TEXT}display", "true")
        if display == "none" or (display == "condition" and _is_hidden(section)):
            if _has_text(section):
                self.unread.append(Unread(HIDDEN, self._count, 0))
        else:
            yield from self._blocks(section, story)

    def _page_break(self, _: Element, story: Story) -> Iterator[Written]:
        self._page += 1 if story.page is None else 0
        yield from ()

    def _read(self, line: Line, element: Element, look: Look) -> None:
        """Read what stands in a paragraph."""
        if look.is_hidden:
            if _has_text(element):
                line.hide(HIDDEN)
            return
        if element.text:
            line.add(element.text, element, Slot.TEXT, look)
        for child in element:
            if (handler := _IN_LINE.get(child.tag)) is not None:
                handler(self, line, child, look)
            elif child.tag not in _PASSED_OVER:
                self._read(line, child, look)
            if child.tail:
                line.add(child.tail, child, Slot.TAIL, look)

    def _read_span(self, line: Line, span: Element, look: Look) -> None:
        own = self._styles.look("text", span.get(f"{TEXT}style-name"))
        self._read(line, span, own.over(look))

    def _read_link(self, line: Line, link: Element, look: Look) -> None:
        begin = line.following
        self._read_span(line, link, look)
        # An address starts from the inside of the file: `..` is the folder that the file is in.
        line.link(begin, link, link.get(f"{XLINK}href", "").removeprefix("../"))

    def _read_spaces(self, line: Line, spaces: Element, look: Look) -> None:
        count = spaces.get(f"{TEXT}c", "1")
        number = int(count) if count.isdecimal() and len(count) < 10 else 1
        line.stand_for(" " * min(max(number, 1), _MOST_SPACES), spaces, look)

    def _read_tab(self, line: Line, tab: Element, look: Look) -> None:
        line.stand_for("\t", tab, look)

    def _read_break(self, line: Line, end: Element, look: Look) -> None:
        line.stand_for("\n", end, look)

    def _turn_page(self, line: Line, _: Element, __: Look) -> None:
        if line.turns_pages:
            self._page += 1
            line.turn_page(self._page)

    def _read_note(self, line: Line, note: Element, _: Look) -> None:
        line.after.append((Part.NOTE, note))

    def _read_comment(self, line: Line, comment: Element, _: Look) -> None:
        line.after.append((Part.COMMENT, comment))

    def _read_frame(self, line: Line, frame: Element, _: Look) -> None:
        """A frame shows the first thing in it that can be shown: the others stand in for it."""
        for child in frame:
            if child.tag == f"{DRAW}text-box":
                line.after.append((Part.BOX, child))
                return
            if child.tag in _OBJECTS:
                line.hide(_OBJECTS[child.tag])
                return

    def _read_shape(self, line: Line, shape: Element, _: Look) -> None:
        line.after.append((Part.BOX, shape))

    def _read_change(self, line: Line, change: Element, _: Look) -> None:
        if change.get(f"{TEXT}change-id") in self._deletions:
            line.hide(DELETED)

    def _read_field(self, line: Line, field: Element, look: Look) -> None:
        """A text that may be hidden on a condition."""
        self._read(line, field, look._replace(is_hidden=look.is_hidden or _is_hidden(field)))

    def _read_hiding(self, line: Line, field: Element, _: Look) -> None:
        """A field that may hide the paragraph it stands in."""
        line.is_hidden = line.is_hidden or _is_hidden(field)


_Reader = Callable[[Walk, Line, "Element", Look], None]

_SHAPES: Final = (
    "caption circle connector custom-shape ellipse line measure path polygon polyline rect "
    "regular-polygon"
)
_OBJECTS: Final[Mapping[str, str]] = {
    f"{DRAW}image": "picture",
    **{
        f"{DRAW}{name}": "embedded object"
        for name in ("applet", "floating-frame", "object", "object-ole", "plugin")
    },
}
_IN_LINE: Final[Mapping[str, _Reader]] = {
    f"{TEXT}span": Walk._read_span,
    f"{TEXT}a": Walk._read_link,
    f"{TEXT}s": Walk._read_spaces,
    f"{TEXT}tab": Walk._read_tab,
    f"{TEXT}line-break": Walk._read_break,
    f"{TEXT}note": Walk._read_note,
    f"{TEXT}change": Walk._read_change,
    f"{TEXT}hidden-text": Walk._read_field,
    f"{TEXT}hidden-paragraph": Walk._read_hiding,
    _PAGE_BREAK: Walk._turn_page,
    f"{OFFICE}annotation": Walk._read_comment,
    f"{DRAW}a": Walk._read_link,
    f"{DRAW}frame": Walk._read_frame,
    **{f"{DRAW}{name}": Walk._read_shape for name in _SHAPES.split()},
}
_BLOCKS: Final[Mapping[str, Callable[[Walk, Element, Story], Iterator[Written]]]] = {
    f"{TEXT}p": Walk._paragraph,
    f"{TEXT}h": Walk._paragraph,
    f"{TEXT}section": Walk._section,
    f"{TABLE}table": Walk._table,
    f"{TABLE}table-cell": Walk._cell,
    _PAGE_BREAK: Walk._page_break,
}
_PASSED_OVER: Final = frozenset(
    {
        f"{OFFICE}forms",
        f"{TABLE}covered-table-cell",
        *(
            f"{TEXT}{name}"
            for name in (
                "alphabetical-index-source",
                "bibliography-source",
                "illustration-index-source",
                "number",
                "object-index-source",
                "script",
                "table-index-source",
                "table-of-content-source",
                "tracked-changes",
                "user-index-source",
            )
        ),
    }
)
"""What is not shown: templates of indexes, and what deletions took away."""


def _deletions(text: Element) -> Iterator[str]:
    for region in text.iter(f"{TEXT}changed-region"):
        deletion = region.find(f"{TEXT}deletion")
        if deletion is not None and _has_text(deletion):
            yield region.get(_ID, region.get(f"{TEXT}id", ""))


def _margins(styles: Element | None) -> Iterator[Element]:
    pages = () if styles is None else styles.iter(f"{STYLE}master-page")
    for page in pages:
        yield from (margin for margin in page if margin.get(f"{STYLE}display") != "false")


def _level(heading: Element) -> int:
    level = heading.get(f"{TEXT}outline-level", "")
    return int(level) if re.fullmatch("[1-9]|10", level) else 1


def _is_hidden(element: Element) -> bool:
    return element.get(f"{TEXT}is-hidden") == "true"


def _has_text(element: Element) -> bool:
    return any(words.strip() for words in element.itertext())
