"""A stretch of a Word paragraph cut out of the runs it shares with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from scc_eval.reports._word_line import Piece
from scc_eval.reports._word_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HYPERLINK: Final = f"{W}hyperlink"
RUN: Final = f"{W}r"
TEXT: Final = f"{W}t"
_RUN_PROPERTIES = f"{W}rPr"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DIVISIBLE: Final = (HYPERLINK, f"{W}ins", f"{W}moveTo")
"""What stands around runs and may be several where it was one."""
_WITH_LINKS = tuple(
    f"{W}{tag}" for tag in ("p", "sdtContent", "smartTag", "customXml", "fldSimple")
)

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Group = tuple["Element", "Element"]
"""The first and the last of some siblings."""


def isolate(pieces: list[Piece], begin: int, end: int) -> tuple[Piece, ...]:
    """Cut a stretch out of its texts and runs, so that its runs hold nothing else.

    The pieces of the paragraph are brought up to date. Returns those of the stretch.
    """
    _cut(pieces, end)
    _cut(pieces, begin)
    found = tuple(piece for piece in pieces if begin <= piece.begin < end)
    following = _in_run(found[-1].element).getnext()
    if following is not None:
        _split(following)
    first = _in_run(found[0].element)
    before = first.getprevious()
    if before is not None and before.tag != _RUN_PROPERTIES:
        _split(first)
    return found


def rewrite(pieces: Sequence[Piece], text: str) -> Piece:
    """Give an isolated stretch another text, which looks as its first character did."""
    first = pieces[0]
    element = first.element.makeelement(TEXT)
    write(element, text)
    parent_of(first.element).replace(first.element, element)
    for piece in pieces[1:]:
        _remove(piece.element)
    return Piece(first.begin, text, element)


def write(element: Element, text: str) -> None:
    """Fill a `w:t`. Its spaces count. What XML cannot hold is replaced."""
    element.text = _NOT_XML.sub("\ufffd", text)
    element.set(_SPACE, "preserve")


def parent_of(element: Element) -> Element:
    """What an element stands in, where it must stand in something."""
    parent = element.getparent()
    assert parent is not None
    return parent


def run_of(element: Element) -> Element:
    """The run that an element stands in."""
    return next(element.iterancestors(RUN), element)


def lifted(pieces: Iterable[Piece]) -> tuple[Group, ...]:
    """The runs of an isolated stretch, as groups of siblings that a link may stand around or that
    are a link. What stood around them is divided where it held more."""
    runs = dict.fromkeys(run_of(piece.element) for piece in pieces)
    groups = tuple(_merged((run, run) for run in runs))
    while any(_is_inside(group) for group in groups):
        groups = tuple(_merged(_lift(group) if _is_inside(group) else group for group in groups))
    return groups


def between(group: Group) -> tuple[Element, ...]:
    """All siblings of a group."""
    first, last = group
    siblings = [first]
    while siblings[-1] is not last and (following := siblings[-1].getnext()) is not None:
        siblings.append(following)
    return tuple(siblings)


def _cut(pieces: list[Piece], at: int) -> None:
    for index, piece in enumerate(pieces):
        if piece.begin < at < piece.begin + len(piece.text):
            left, right = piece.text[: at - piece.begin], piece.text[at - piece.begin :]
            element = piece.element.makeelement(TEXT)
            write(piece.element, left)
            write(element, right)
            piece.element.addnext(element)
            pieces[index : index + 1] = piece._replace(text=left), Piece(at, right, element)
            return


def _in_run(element: Element) -> Element:
    """The child of a run that an element is, or is in."""
    run = run_of(element)
    while element is not run and parent_of(element) is not run:
        element = parent_of(element)
    return element


def _split(child: Element) -> None:
    """Move the child of a run and all that follows to a new run. Text may stand in no run."""
    run = parent_of(child)
    if run.tag != RUN:
        return
    new = _like(run)
    properties = run.find(_RUN_PROPERTIES)
    if properties is not None:
        new.append(deepcopy(properties))
    new.extend([child, *child.itersiblings()])
    run.addnext(new)


def _remove(element: Element) -> None:
    """Take out an element, and what stood around it if nothing is left in there."""
    parent = parent_of(element)
    parent.remove(element)
    while parent.tag in (RUN, *DIVISIBLE) and all(c.tag == _RUN_PROPERTIES for c in parent):
        parent, empty = parent_of(parent), parent
        parent.remove(empty)


def _merged(groups: Iterable[Group]) -> Iterator[Group]:
    """The groups, those that follow each other made one."""
    held: Group | None = None
    for group in groups:
        if held is None or group == held:
            held = group
        elif _follows(held, group):
            held = held[0], group[1]
        else:
            yield held
            held = group
    if held is not None:
        yield held


def _follows(one: Group, other: Group) -> bool:
    if HYPERLINK in (one[1].tag, other[0].tag):
        return False
    for sibling in one[1].itersiblings():
        if sibling is other[0]:
            return True
        if next(sibling.iter(f"{W}fldChar", HYPERLINK), None) is not None:
            return False
    return False


def _is_inside(group: Group) -> bool:
    return group[0].tag != HYPERLINK and parent_of(group[0]).tag not in _WITH_LINKS


def _lift(group: Group) -> Group:
    container = parent_of(group[0])
    if container.tag in DIVISIBLE:
        before, after = _like(container), _like(container)
        before.extend(list(group[0].itersiblings(preceding=True))[::-1])
        after.extend(list(group[1].itersiblings()))
        if len(before):
            container.addprevious(before)
        if len(after):
            container.addnext(after)
    return container, container


def _like(element: Element) -> Element:
    like = element.makeelement(element.tag)
    for name, value in element.items():
        like.set(name, value)
    return like
