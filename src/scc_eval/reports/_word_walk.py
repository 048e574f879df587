"""A Word file from beginning to end: every paragraph, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE

from scc_eval.reports._word_line import DELETED, HIDDEN, Line, Notes, Pages, Piece, Sheet, Story
from scc_eval.reports._word_package import ID, R, W, child, related, tree
from scc_eval.reports._word_runs import ALTERNATIVES, COMMENT, ENDNOTE, FOOTNOTE, chosen, gather
from scc_eval.reports._word_styles import Styles
from scc_eval.reports.paragraphs import Paragraph, Part

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part as PackagePart
    from lxml.etree import _Element as Element

_NOTES = (
    (Part.NOTE, RELATIONSHIP_TYPE.FOOTNOTES, f"{W}footnote", FOOTNOTE),
    (Part.NOTE, RELATIONSHIP_TYPE.ENDNOTES, f"{W}endnote", ENDNOTE),
    (Part.COMMENT, RELATIONSHIP_TYPE.COMMENTS, f"{W}comment", COMMENT),
)
"""Part of the report, part of the package, what a note is there, what refers to it."""

_PARAGRAPH, _PROPERTIES, _SECTION = f"{W}p", f"{W}pPr", f"{W}sectPr"
_MARGINS = (f"{W}headerReference", f"{W}footerReference")
_END, _END_GONE = f"{W}rPr", (f"{W}del", f"{W}moveFrom")
_ROW_GONE = {f"{W}del": DELETED, f"{W}hidden": HIDDEN}


class Written(NamedTuple):
    """A paragraph as it is read, and the elements it was read from.

    `holders` are the elements that hold the addresses of its links, in the order of the links.
    """

    paragraph: Paragraph
    elements: tuple[Element, ...]
    pieces: tuple[Piece, ...]
    holders: tuple[tuple[Element, ...], ...]
    story: Story


class Unread(NamedTuple):
    """Something that is not read: what, in which paragraph by its index, before which character.

    The index is that of the next paragraph where its own has no text.
    """

    kind: str
    paragraph: int
    begin: int


class Walk:
    """One way through a Word file. `unread` is complete once all paragraphs were taken."""

    def __init__(self, document: Document) -> None:
        self.unread: list[Unread] = []
        self._document = document
        styles = related(document.part, RELATIONSHIP_TYPE.STYLES)
        is_told = next(document.element.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._sheet = Sheet(
            Styles(None if styles is None else tree(styles)),
            Pages(is_told=is_told),
            _notes(document.part),
        )
        self._headings: tuple[tuple[int, str], ...] = ()
        self._path: tuple[str, ...] = ()
        self._margins: dict[PackagePart, None] = {}
        self._count = 0

    def paragraphs(self) -> Iterator[Written]:
        """Every paragraph that has text: the body, each note and comment after the paragraph that
        refers to it, at last the heads and feet of pages. Raises Refused."""
        yield from self._blocks(self._document.element, Story(Part.BODY, self._document.part, []))
        self._stand_below(())
        for source in tuple(self._margins):
            yield from self._blocks(tree(source), Story(Part.MARGIN, source, [], page=0))

    def _blocks(self, element: Element, story: Story) -> Iterator[Written]:
        line: Line | None = None
        for block in element:
            tag = block.tag
            if tag == _PARAGRAPH:
                properties = child(block, _PROPERTIES)
                line = line or Line(self._sheet, story)
                gather(line, block, properties)
                if properties is None or not _goes_on(block, properties):
                    yield from self._closed(line, properties)
                    line = None
            elif (handler := _BLOCKS.get(tag)) is not None:
                yield from handler(self, block, story)
            else:
                yield from self._blocks(block, story)

    def _closed(self, line: Line, properties: Element | None) -> Iterator[Written]:
        line.close()
        text = line.text
        has_text = bool(text) and not text.isspace()
        for kind, begin in line.hidden:
            self.unread.append(Unread(kind, self._count, begin if has_text else 0))
        if has_text:
            level = self._level(line.story, properties)
            if level:
                self._stand_below(h for h in self._headings if h[0] < level)
            self._count += 1
            yield self._written(line, text, level)
            if level:
                self._stand_below((*self._headings, (level, " ".join(text.split()))))
        if properties is not None and (section := child(properties, _SECTION)) is not None:
            yield from self._section(section, line.story)
        for story, element in line.after:
            yield from self._blocks(element, story)

    def _written(self, line: Line, text: str, level: int) -> Written:
        links = tuple([link for link, _ in line.links])
        paragraph = Paragraph(
            text,
            self._count,
            Part.HEADING if level else line.story.part,
            self._path,
            tuple(line.spots),
            links,
            tuple(line.raised),
        )
        holders = tuple([holder for _, holder in line.links])
        return Written(paragraph, tuple(line.elements), tuple(line.pieces), holders, line.story)

    def _stand_below(self, headings: Iterable[tuple[int, str]]) -> None:
        """Take note of the headings, with their levels, above what comes next."""
        self._headings = tuple(headings)
        self._path = tuple(text for _, text in self._headings)

    def _level(self, story: Story, properties: Element | None) -> int:
        is_main = story.part in (Part.BODY, Part.TABLE)
        return self._sheet.styles.level(properties) if is_main else 0

    def _table(self, table: Element, story: Story) -> Iterator[Written]:
        part = Part.TABLE if story.part is Part.BODY else story.part
        is_grid = len(tuple(islice(table.iterfind(f"{W}tr/{W}tc"), 2))) > 1
        yield from self._blocks(table, story._replace(part=part, is_grid=is_grid))

    def _row(self, row: Element, story: Story) -> Iterator[Written]:
        for change in row.iterfind(f"{W}trPr/*"):
            if kind := _ROW_GONE.get(change.tag):
                self.unread.append(Unread(kind, self._count, 0))
                return
        yield from self._blocks(row, story)

    def _cell(self, cell: Element, story: Story) -> Iterator[Written]:
        above = self._headings
        yield from self._blocks(cell, story)
        if story.is_grid:
            # A heading in a cell stands above what is in the cell; one in a frame, above all else.
            self._stand_below(above)

    def _section(self, section: Element, story: Story) -> Iterator[Written]:
        for reference in section.iter(*_MARGINS):
            target = story.source.related_parts.get(reference.get(f"{R}id", ""))
            if target is not None:
                self._margins[target] = None
        yield from ()

    def _alternatives(self, element: Element, story: Story) -> Iterator[Written]:
        rendering = chosen(element)
        if rendering is not None:
            yield from self._blocks(rendering, story)

    def _embedded(self, element: Element, story: Story) -> Iterator[Written]:
        self.unread.append(Unread("embedded object", self._count, 0))
        yield from ()


_BLOCKS: Mapping[str, Callable[[Walk, Element, Story], Iterator[Written]]] = {
    f"{W}tbl": Walk._table,
    f"{W}tr": Walk._row,
    f"{W}tc": Walk._cell,
    f"{W}altChunk": Walk._embedded,
    ALTERNATIVES: Walk._alternatives,
    _SECTION: Walk._section,
}


def _notes(document: PackagePart) -> Notes:
    notes: Notes = {}
    for part, kind, tag, reference in _NOTES:
        source = related(document, kind)
        if source is not None:
            for note in tree(source).iter(tag):
                notes[reference, note.get(ID, "")] = part, source, note
    return notes


def _goes_on(paragraph: Element, properties: Element) -> bool:
    """Whether the end of a paragraph was deleted, so that it goes on in the next."""
    end = child(properties, _END)
    if end is None or not any(child(end, gone) is not None for gone in _END_GONE):
        return False
    following = paragraph.getnext()
    return following is not None and following.tag == _PARAGRAPH
