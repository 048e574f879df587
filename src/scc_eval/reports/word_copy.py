"""Copies of Word files with some stretches rewritten, linked or commented on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from zipfile import ZipFile

from docx.opc.part import XmlPart
from lxml import etree

from scc_eval.reports._archives import Obstacle, Refused, packed
from scc_eval.reports._word_line import Piece
from scc_eval.reports._word_links import Links
from scc_eval.reports._word_package import W, open_word
from scc_eval.reports._word_remarks import Remarks, Spot, around, throughout
from scc_eval.reports._word_runs import ALTERNATIVES, FALLBACK, chosen
from scc_eval.reports._word_stretch import isolate, rewrite, run_of
from scc_eval.reports._word_walk import Walk, Written
from scc_eval.reports.copying import CannotCopy, Edit
from scc_eval.reports.paragraphs import Part, Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part as PackagePart
    from lxml.etree import _Element as Element

_LONGEST_QUOTE: Final = 80


class _Done(NamedTuple):
    """An edit, and what there is of its stretch after it: nothing for a whole paragraph."""

    edit: Edit
    written: Written
    pieces: tuple[Piece, ...]


def copy(path: Path, report: Report, edits: Sequence[Edit]) -> bytes:
    """A Word file with edits. Word has no comments in notes, boxes, margins or comments: such a one
    stands where the text is referred to, and quotes it.

    Raises CannotCopy where the file is no longer what was read.
    """
    try:
        document = open_word(path)
        paragraphs = tuple(Walk(document).paragraphs())
    except Refused as refused:
        raise CannotCopy(refused.obstacle.value) from refused
    if [w.paragraph.text for w in paragraphs] != [p.text for p in report.paragraphs]:
        raise CannotCopy("changed since it was read")
    done = tuple(_edited(document, paragraphs, edits))
    if any(edit.comments for edit in edits):
        remarks = Remarks(document)
        for item in reversed(done):
            _comment(document, remarks, item)
    return _saved(document, done)


def _edited(
    document: Document, paragraphs: Sequence[Written], edits: Sequence[Edit]
) -> Iterator[_Done]:
    """Change texts and links, from the last to the first: what comes before keeps its place."""
    links = Links(document)
    pieces = {edit.paragraph: list(paragraphs[edit.paragraph].pieces) for edit in edits}
    for edit in sorted(edits, reverse=True):
        written = paragraphs[edit.paragraph]
        if edit.begin == edit.end:
            yield _Done(edit, written, ())
            continue
        stretch = isolate(pieces[edit.paragraph], edit.begin, edit.end)
        if edit.text is not None:
            stretch = (rewrite(stretch, edit.text),)
        if edit.address is not None:
            links.put(written, stretch, edit.address)
        if edit.text is not None or edit.address is not None:
            _drop_fallbacks(stretch)
        yield _Done(edit, written, stretch)


def _drop_fallbacks(stretch: Sequence[Piece]) -> None:
    """What older programs would show in its stead still says what it said."""
    for alternatives in stretch[0].element.iterancestors(ALTERNATIVES):
        read = chosen(alternatives)
        for fallback in alternatives.findall(FALLBACK):
            if fallback is not read:
                alternatives.remove(fallback)


def _comment(document: Document, remarks: Remarks, done: _Done) -> None:
    is_allowed = done.written.story.part in (Part.BODY, Part.TABLE)
    quote = "" if is_allowed else f"“{_quoted(done)}” — "
    begin, end = _spots(document, done)
    remarks.put((quote + text for text in done.edit.comments), begin, end)


def _spots(document: Document, done: _Done) -> tuple[Spot, Spot]:
    story = done.written.story
    if story.host is not None:
        run = run_of(story.host)
        return around(run, run)
    if story.part is Part.MARGIN:
        return throughout((_first_paragraph(document),))
    if not done.pieces:
        return throughout(done.written.elements)
    return around(run_of(done.pieces[0].element), run_of(done.pieces[-1].element))


def _first_paragraph(document: Document) -> Element:
    found = next(document.element.iter(f"{W}p"), None)
    return document.add_paragraph()._p if found is None else found


def _quoted(done: _Done) -> str:
    text, edit = done.written.paragraph.text, done.edit
    quote = " ".join((text[edit.begin : edit.end] or text).split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"


def _saved(document: Document, done: Sequence[_Done]) -> bytes:
    stream = BytesIO()
    try:
        document.save(stream)
    except Exception as error:
        # What the library could read it may still be unable to write.
        raise CannotCopy(Obstacle.DAMAGED.value) from error
    changed = dict(_rewritten(done))
    with ZipFile(stream) as archive:
        names = archive.namelist()
        return packed((name, changed.get(name) or archive.read(name)) for name in names)


def _rewritten(done: Sequence[_Done]) -> Iterator[tuple[str, bytes]]:
    """The notes that were changed: the library would save them as they were."""
    roots: Mapping[PackagePart, Element] = {
        item.written.story.source: item.written.elements[0] for item in done
    }
    for source, element in roots.items():
        if not isinstance(source, XmlPart):
            tree = element.getroottree()
            content = etree.tostring(tree, encoding="UTF-8", standalone=True)
            yield source.partname.membername, content
