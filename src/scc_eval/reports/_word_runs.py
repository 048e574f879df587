"""What may stand in a paragraph of a Word file: what of it is text, and what else there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from scc_eval.reports._word_fields import Field, linked
from scc_eval.reports._word_line import DELETED, Line
from scc_eval.reports._word_package import ID, R, W, child
from scc_eval.reports.paragraphs import Part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PROPERTIES: Final = f"{W}rPr"
_DEEPEST: Final = 32
"""How many fields may be open at once. Word stops at 20."""
ALTERNATIVES: Final = f"{_MC}AlternateContent"
FALLBACK: Final = f"{_MC}Fallback"
COMMENT: Final = f"{W}commentReference"
FOOTNOTE: Final = f"{W}footnoteReference"
ENDNOTE: Final = f"{W}endnoteReference"


def gather(line: Line, paragraph: Element, properties: Element | None) -> None:
    """Add the text of a `w:p`, which has these properties, to a line."""
    line.elements.append(paragraph)
    line.look = line.sheet.styles.base(properties)
    _visit(line, paragraph)


def chosen(alternatives: Element) -> Element | None:
    """The one of several renderings of the same content that is read."""
    choice = alternatives.find(f"{_MC}Choice")
    return alternatives.find(FALLBACK) if choice is None else choice


def _visit(line: Line, element: Element) -> None:
    for inner in element:
        handler = _HANDLERS.get(inner.tag)
        if handler is None:
            _visit(line, inner)
        else:
            handler(line, inner)


def _skip(line: Line, element: Element) -> None:
    """Nothing in it is for the reader."""


def _run(line: Line, run: Element) -> None:
    outer = line.look
    properties = child(run, _PROPERTIES)
    if properties is not None:
        line.look = line.sheet.styles.look(properties, outer)
    begin, is_raised = line.length, line.look.is_raised
    _visit(line, run)
    line.look = outer
    if is_raised:
        line.raise_from(begin)


def _text(line: Line, element: Element) -> None:
    if text := element.text:
        line.add(element, text)


def _symbol(line: Line, element: Element) -> None:
    try:
        character = chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return
    line.add(element, character)


def _break(line: Line, element: Element) -> None:
    kind = element.get(f"{W}type", "textWrapping")
    if line.length or kind == "textWrapping":
        line.add(element, "\n")
    if kind == "page" and line.story.page is None:
        line.sheet.pages.turn_by_hand()
        line.turn_page()


def _end_of_page(line: Line, element: Element) -> None:
    if line.story.page is None:
        line.sheet.pages.turn()
        line.turn_page()


def _link(line: Line, element: Element) -> None:
    begin = line.length
    _visit(line, element)
    target = line.story.source.rels.get(element.get(f"{R}id", ""))
    address = target.target_ref if target is not None and target.is_external else ""
    anchor = element.get(f"{W}anchor")
    line.link(begin, f"{address}#{anchor}" if anchor else address, (element,))


def _simple_field(line: Line, element: Element) -> None:
    begin = line.length
    _visit(line, element)
    line.link(begin, linked(element.get(f"{W}instr", "")), (element,))


def _field(line: Line, element: Element) -> None:
    kind, fields = element.get(f"{W}fldCharType"), line.story.fields
    if kind == "begin":
        fields.append(Field())
        del fields[:-_DEEPEST]
    elif kind == "separate" and fields:
        fields[-1].is_shown, fields[-1].begin = True, line.length
    elif kind == "end" and fields:
        line.link_field(fields.pop())


def _instruction(line: Line, element: Element) -> None:
    if line.story.fields and not line.story.fields[-1].is_shown:
        line.story.fields[-1].instruction.append(element)


def _deleted(line: Line, element: Element) -> None:
    if next(element.iter(f"{W}delText"), None) is not None:
        line.hide(DELETED)
    for reference in element.iter(COMMENT):
        _note(line, reference)


def _note(line: Line, reference: Element) -> None:
    found = line.sheet.notes.pop((reference.tag, reference.get(ID, "")), None)
    if found is not None and not line.look.is_hidden:
        part, source, note = found
        line.set_apart(part, source, note, reference)


def _box(line: Line, element: Element) -> None:
    part = Part.BOX if line.story.part in (Part.BODY, Part.TABLE) else line.story.part
    line.set_apart(part, line.story.source, element, element)


def _alternatives(line: Line, element: Element) -> None:
    rendering = chosen(element)
    if rendering is not None:
        _visit(line, rendering)


Handler = Callable[[Line, "Element"], None]


def _character(text: str) -> Handler:
    def read(line: Line, element: Element) -> None:
        line.add(element, text)

    return read


def _hidden(kind: str) -> Handler:
    def read(line: Line, element: Element) -> None:
        line.hide(kind)

    return read


_HANDLERS: Mapping[str, Handler] = {
    f"{W}r": _run,
    f"{W}t": _text,
    f"{W}tab": _character("\t"),
    f"{W}ptab": _character("\t"),
    f"{W}cr": _character("\n"),
    f"{W}br": _break,
    f"{W}noBreakHyphen": _character("-"),
    f"{W}sym": _symbol,
    f"{W}hyperlink": _link,
    f"{W}fldSimple": _simple_field,
    f"{W}fldChar": _field,
    f"{W}instrText": _instruction,
    f"{W}lastRenderedPageBreak": _end_of_page,
    FOOTNOTE: _note,
    ENDNOTE: _note,
    COMMENT: _note,
    f"{W}txbxContent": _box,
    ALTERNATIVES: _alternatives,
    f"{W}del": _deleted,
    f"{W}object": _hidden("embedded object"),
    f"{W}subDoc": _hidden("embedded object"),
    f"{_DRAWING}picture}}pic": _hidden("picture"),
    f"{_VML}imagedata": _hidden("picture"),
    f"{_VML}textpath": _hidden("picture"),
    f"{_DRAWING}chart}}chart": _hidden("chart"),
    f"{_DRAWING}diagram}}relIds": _hidden("diagram"),
    f"{_MATHS}oMath": _hidden("formula"),
    **dict.fromkeys((f"{W}{tag}" for tag in ("pPr", "rPr", "moveFrom", "delText", "rt")), _skip),
}
"""What is done with an element of a paragraph. Others are gone through for what is in them."""
