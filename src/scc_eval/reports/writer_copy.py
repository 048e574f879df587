"""A copy of a Writer file (`.odt`) with repairs, links and comments; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from scc_eval.reports._archives import Refused, member, open_archive, packed
from scc_eval.reports._splicing import check
from scc_eval.reports._writer_line import Piece, Slot, Written
from scc_eval.reports._writer_package import CONTENT, DC, OFFICE, STYLES, TEXT, XLINK, open_writer
from scc_eval.reports._writer_walk import Walk
from scc_eval.reports.copying import CannotCopy, Edit
from scc_eval.reports.paragraphs import Report

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CREATOR: Final = "scc"
_SIGNATURES: Final = "META-INF/documentsignatures.xml"
_WHOLE_ADDRESS: Final = re.compile(r"[#/]|[a-zA-Z][a-zA-Z0-9+.-]*:")
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def copy(path: Path, report: Report, edits: Sequence[Edit]) -> bytes:
    """The bytes of a copy with the edits made in it. Raises CannotCopy."""
    try:
        package = open_writer(path)
    except Refused as refused:
        raise CannotCopy(refused.obstacle.value) from refused
    written = tuple(Walk(package).paragraphs())
    check(report, (one.paragraph.text for one in written))
    names = _names(package.content)
    # From the last to the first: what stands before an edit keeps its place.
    for edit, comments in reversed([(edit, _annotations(edit, names)) for edit in edits]):
        _make(edit, written[edit.paragraph], comments)
    trees = {CONTENT: package.content}
    if package.styles is not None:
        trees[STYLES] = package.styles
    return packed(_members(path, trees))


def _members(path: Path, trees: Mapping[str, Element]) -> Iterator[tuple[str, bytes]]:
    """What is in the file, with other trees, without the signatures that no longer hold."""
    with open_archive(path) as archive:
        for name in archive.namelist():
            if name in trees:
                yield name, etree.tostring(trees[name], encoding="UTF-8", xml_declaration=True)
            elif name != _SIGNATURES:
                yield name, member(archive, name)


def _make(edit: Edit, written: Written, comments: Sequence[tuple[Element, Element]]) -> None:
    parts = _parts(written.pieces, edit.begin, edit.end)
    if not parts:
        return
    for _, end in reversed(comments if edit.begin < edit.end else ()):
        _put(end, parts[-1], parts[-1].stop, parts[-1].stop)
    for number, part in reversed(list(enumerate(parts))):
        _write(part, edit, written, is_first=number == 0)
    for begin, _ in reversed(comments):
        _put(begin, parts[0], parts[0].start, parts[0].start)


def _parts(pieces: Iterable[Piece], begin: int, end: int) -> list[Piece]:
    """The stretches of the file that write a stretch of text, without tabs and the like around
    it. Of a stretch that is empty, the place."""
    parts: list[Piece] = []
    if begin == end:
        around = (one for one in pieces if one.begin <= begin <= one.end and one.is_literal)
        return [one.cut(begin, end) for one in islice(around, 1)]
    for piece in pieces:
        if max(piece.begin, begin) >= min(piece.end, end):
            continue
        part = piece.cut(begin, end)
        last = parts[-1] if parts else None
        if last and (last.element, last.slot, last.stop) == (part.element, part.slot, part.start):
            parts[-1] = last._replace(end=part.end, stop=part.stop)
        else:
            parts.append(part)
    while parts and parts[-1].slot is Slot.WHOLE:
        parts.pop()
    while parts and parts[0].slot is Slot.WHOLE:
        parts.pop(0)
    return parts


def _write(part: Piece, edit: Edit, written: Written, *, is_first: bool) -> None:
    if part.slot is Slot.WHOLE:
        if edit.text is not None:
            _remove(part.element)
        return
    content = _text(part)[part.start : part.stop]
    if edit.text is not None:
        content = _clean(edit.text) if is_first else ""
    address = _from_inside(edit.address or "")
    holders = _holders(written, part)
    if address and content and not holders:
        link = etree.Element(f"{TEXT}a", {f"{XLINK}type": "simple", f"{XLINK}href": address})
        link.text = content
        _put(link, part, part.start, part.stop)
        return
    text = _text(part)
    _set_text(part, text[: part.start] + content + text[part.stop :])
    for holder in holders if address else ():
        holder.set(f"{XLINK}href", address)


def _holders(written: Written, part: Piece) -> Sequence[Element]:
    """The links that a stretch stands in."""
    links = zip(written.paragraph.links, written.holders, strict=True)
    return [holder for link, holder in links if link.begin <= part.begin and part.end <= link.end]


def _text(part: Piece) -> str:
    text = part.element.text if part.slot is Slot.TEXT else part.element.tail
    return text or ""


def _set_text(part: Piece, text: str) -> None:
    if part.slot is Slot.TEXT:
        part.element.text = text or None
    else:
        part.element.tail = text or None


def _put(element: Element, part: Piece, start: int, stop: int) -> None:
    """Put an element at a stretch of a text, instead of it."""
    text = _text(part)
    if part.slot is Slot.TEXT:
        part.element.insert(0, element)
    else:
        part.element.addnext(element)
    _set_text(part, text[:start])
    element.tail = text[stop:]


def _remove(element: Element) -> None:
    """Take an element away, not what stands after it."""
    parent = next(element.iterancestors())
    before = element.getprevious()
    if before is None:
        parent.text = ((parent.text or "") + (element.tail or "")) or None
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def _annotations(edit: Edit, names: Iterator[str]) -> list[tuple[Element, Element]]:
    """A comment for each text: what begins it, and what ends the stretch that it is about."""
    return [_annotation(next(names), comment) for comment in edit.comments]


def _annotation(name: str, comment: str) -> tuple[Element, Element]:
    begin = etree.Element(f"{OFFICE}annotation", {f"{OFFICE}name": name})
    etree.SubElement(begin, f"{DC}creator").text = _CREATOR
    for line in comment.split("\n"):
        etree.SubElement(begin, f"{TEXT}p").text = _clean(line)
    return begin, etree.Element(f"{OFFICE}annotation-end", {f"{OFFICE}name": name})


def _names(root: Element) -> Iterator[str]:
    """Names that no comment of the file has."""
    taken = {found.get(f"{OFFICE}name") for found in root.iter(f"{OFFICE}annotation")}
    return (name for number in count(1) if (name := f"{_CREATOR}{number}") not in taken)


def _from_inside(address: str) -> str:
    """The address as it is from the inside of the file, where `..` is the folder of the file."""
    is_relative = address and not _WHOLE_ADDRESS.match(address)
    return _clean(f"../{address}" if is_relative else address)


def _clean(text: str) -> str:
    """The text, without characters that XML cannot have."""
    return _NOT_XML.sub("\ufffd", text)
