"""Comments put into the margin of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.parts.comments import CommentsPart

from scc_eval.reports._archives import Obstacle
from scc_eval.reports._word_package import ID, W, related, tree
from scc_eval.reports._word_stretch import DIVISIBLE, parent_of, write
from scc_eval.reports.copying import CannotCopy

if TYPE_CHECKING:
    from docx.document import Document
    from docx.package import Package
    from lxml.etree import _Element as Element

_AUTHOR: Final = "scc"
_PROPERTIES = f"{W}pPr"

Spot = tuple["Element", int]
"""Among the children of an element, before which of them."""


class Remarks:
    """Puts comments into one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = _comments(document)
        numbers = [comment.get(ID) or "" for comment in self._root.iter(f"{W}comment")]
        self._next = max((int(n) for n in numbers if n.isdecimal()), default=-1) + 1

    def put(self, texts: Iterable[str], begin: Spot, end: Spot) -> None:
        """Comment on what stands between two spots."""
        starts, ends = [], []
        for text in texts:
            number = {ID: self._written(text)}
            starts.append(self._element("commentRangeStart", number))
            run = self._element("r")
            run.append(self._element("commentReference", number))
            ends += [self._element("commentRangeEnd", number), run]
        # The end goes first: it may have the same parent as the beginning.
        _insert(end, ends)
        _insert(begin, starts)

    def _written(self, text: str) -> str:
        number, self._next = str(self._next), self._next + 1
        names = {ID: number, f"{W}author": _AUTHOR, f"{W}initials": _AUTHOR}
        comment = self._element("comment", names)
        for line in text.split("\n"):
            run = self._element("r")
            if not len(comment):
                run.append(self._element("annotationRef"))
            write(words := self._element("t"), line)
            run.append(words)
            paragraph = self._element("p")
            paragraph.append(run)
            comment.append(paragraph)
        self._root.append(comment)
        return number

    def _element(self, name: str, attributes: dict[str, str] | None = None) -> Element:
        element: Element = self._document.element.makeelement(f"{W}{name}", attributes)
        return element


def around(first: Element, last: Element) -> tuple[Spot, Spot]:
    """The spots before and after some runs, outside of links and insertions that begin or end with
    them."""
    while (above := parent_of(first)).tag in DIVISIBLE and above[0] is first:
        first = above
    while (above := parent_of(last)).tag in DIVISIBLE and above[-1] is last:
        last = above
    return _before(first), _after(last)


def throughout(paragraphs: Sequence[Element]) -> tuple[Spot, Spot]:
    """The spots at the beginning of a paragraph and at its end."""
    first, last = paragraphs[0], paragraphs[-1]
    is_set = len(first) and first[0].tag == _PROPERTIES
    return (first, int(is_set)), (last, len(last))


def _comments(document: Document) -> Element:
    """The comments of a document, which has a place for them from now on."""
    kind = RELATIONSHIP_TYPE.COMMENTS
    part = related(document.part, kind)
    if part is None:
        part = CommentsPart.default(cast("Package", document.part.package))
        document.part.relate_to(part, kind)
    if not isinstance(part, XmlPart):
        raise CannotCopy(Obstacle.DAMAGED.value)
    return tree(part)


def _before(element: Element) -> Spot:
    parent = parent_of(element)
    return parent, parent.index(element)


def _after(element: Element) -> Spot:
    parent = parent_of(element)
    return parent, parent.index(element) + 1


def _insert(spot: Spot, elements: Sequence[Element]) -> None:
    parent, index = spot
    for element in reversed(elements):
        parent.insert(index, element)
