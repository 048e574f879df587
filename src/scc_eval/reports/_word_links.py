"""Links put around stretches of a Word file, or led elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import RGBColor
from docx.text.run import Run

from scc_eval.reports._word_fields import instruction
from scc_eval.reports._word_line import Piece
from scc_eval.reports._word_package import R, W
from scc_eval.reports._word_stretch import HYPERLINK, RUN, between, lifted
from scc_eval.reports._word_walk import Written

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part as PackagePart
    from docx.oxml.text.run import CT_R
    from lxml.etree import _Element as Element

_BLUE: Final = RGBColor(0x05, 0x63, 0xC1)
_IN_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=-._~"
_AIMS = (f"{R}id", f"{W}anchor", f"{W}docLocation", f"{W}tooltip")
_INSTRUCTION = f"{W}instr"


class Links:
    """Puts links into one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[PackagePart, str], str] = {}

    def put(self, written: Written, pieces: Sequence[Piece], address: str) -> None:
        """Make an isolated stretch of a paragraph a link. Where it is one, it gets the address;
        so does all that a field shows."""
        address = quote(address, safe=_IN_ADDRESSES)
        fields = [
            (link, holder)
            for link, holder in zip(written.paragraph.links, written.holders, strict=True)
            if holder[0].tag != HYPERLINK
            and any(link.begin <= piece.begin < link.end for piece in pieces)
        ]
        for _, holder in fields:
            _redirect(holder, address)
        is_free = [
            not any(link.begin <= piece.begin < link.end for link, _ in fields) for piece in pieces
        ]
        source = written.story.source
        for group in lifted(piece for piece, free in zip(pieces, is_free, strict=True) if free):
            link = group[0] if group[0].tag == HYPERLINK else self._around(between(group))
            self._aim(link, source, address)

    def _around(self, siblings: Sequence[Element]) -> Element:
        link = siblings[0].makeelement(HYPERLINK)
        siblings[0].addprevious(link)
        link.extend(siblings)
        for run in link.iter(RUN):
            font = Run(cast("CT_R", run), self._document).font
            # An underline would hide the underscores of codes.
            font.underline, font.color.rgb = False, _BLUE
        return link

    def _aim(self, link: Element, source: PackagePart, address: str) -> None:
        for name in _AIMS:
            link.attrib.pop(name, "")
        if address.startswith("#"):
            link.set(f"{W}anchor", address[1:])
        else:
            link.set(f"{R}id", self._relationship(source, address))

    def _relationship(self, source: PackagePart, address: str) -> str:
        key = source, address
        if key not in self._known:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            self._known[key] = source.relate_to(address, kind, is_external=True)
        return self._known[key]


def _redirect(holder: Sequence[Element], address: str) -> None:
    """Give a field another address: in its attribute, or in the first element of its text."""
    first, *rest = holder
    if first.tag == f"{W}fldSimple":
        first.set(_INSTRUCTION, instruction(address))
        return
    first.text = instruction(address)
    for element in rest:
        element.text = ""
