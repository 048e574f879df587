"""What the elements of HTML do to the text in them: which part it is, whether anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from scc_eval.reports._tags import Opening
from scc_eval.reports.paragraphs import Part


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID: Final = _names("area base br col embed hr img input link meta param source track wbr")
BLOCKS: Final = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol optgroup option p plaintext pre search section summary table tbody td text "
    "textarea tfoot th thead title tr ul xmp"
)
IN_HEAD: Final = _names("base link meta noscript script style template title")

_CELLS: Final = ("td", "th", "p")
_ENDS: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "option": frozenset({"option"}),
    "td": frozenset(_CELLS),
    "th": frozenset(_CELLS),
    "tr": frozenset({*_CELLS, "tr"}),
    "tbody": frozenset({*_CELLS, "tr", "thead", "tbody"}),
    "tfoot": frozenset({*_CELLS, "tr", "thead", "tbody"}),
}
_OF_BLOCKS: Final = frozenset({"p"})
_NONE: Final[frozenset[str]] = frozenset()

_UNREAD: Final = _names("head script style template noembed noframes title desc")
_HIDES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("img", "svg"), "picture"),
    **dict.fromkeys(("audio", "canvas", "embed", "iframe", "object", "video"), "embedded object"),
}
_DELETED: Final = frozenset({"del", "s", "strike"})
_IS_NOTE: Final = frozenset({"note", "doc-footnote", "doc-endnote", "doc-endnotes"})
_NOTE_CLASSES: Final = _names(
    "footnote footnotes footnote-definition endnote endnotes sidenote sdfootnote sdendnote "
    "msofootnotetext msoendnotetext"
)
_NOTE_ID: Final = re.compile(r"(?:fn|ftn|edn|en|foot-?note|end-?note|sdfootnote|sdendnote)[-_:]?\d")
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_KEEPS: Final = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_LEVEL: Final = re.compile(r"h([1-6])")


class State(NamedTuple):
    """What the elements that are open do to text. `silence` names why it is not read, and
    `since` is where the element stands that hides it; `level` is that of a heading."""

    part: Part = Part.BODY
    silence: str | None = None
    since: int = 0
    is_raised: bool = False
    is_kept: bool = False
    level: int = 0


def ended_by(name: str) -> frozenset[str]:
    """The elements that end where another begins, if they are the innermost."""
    return _ENDS.get(name, _OF_BLOCKS if name in BLOCKS else _NONE)


def within(state: State, opening: Opening) -> State:
    """What holds in an element, given what holds around it."""
    name = opening.name
    silence, since = _silence(state, opening)
    level = _level(opening) if name in BLOCKS else 0
    return State(
        part=Part.HEADING if level else _part(state, opening),
        silence=silence,
        since=since,
        is_raised=state.is_raised or name == "sup",
        is_kept=state.is_kept or name in _KEEPS,
        level=level or state.level,
    )


def hides(name: str) -> str | None:
    """What kind of thing an element is that cannot be read as text; None if it is text."""
    return _HIDES.get(name)


def _silence(state: State, opening: Opening) -> tuple[str | None, int]:
    if state.silence is not None:
        return state.silence, state.since
    style = _said(opening, "style")
    if opening.name in _UNREAD:
        return "", opening.start
    if opening.name in _DELETED:
        return "deleted text", opening.start
    if hides(opening.name) == "embedded object":
        return "", opening.start
    is_unseen = "hidden" in opening.attributes or _said(opening, "aria-hidden") == "true"
    if is_unseen or (style and _UNSEEN.search(style)):
        return "hidden text", opening.start
    return None, 0


def _level(opening: Opening) -> int:
    match = _LEVEL.fullmatch(opening.name)
    if match is None and _said(opening, "role") == "heading":
        match = re.fullmatch(r"([1-9])", _said(opening, "aria-level") or "2")
    return int(match[1]) if match else 0


def _part(state: State, opening: Opening) -> Part:
    name = opening.name
    if name == "svg":
        return Part.BOX
    if name not in BLOCKS or state.part in (Part.NOTE, Part.MARGIN):
        return state.part
    if name == "aside" or _is_note(opening):
        return Part.NOTE
    if name in ("header", "footer") or _said(opening, "title") in ("header", "footer"):
        return Part.MARGIN
    return Part.TABLE if name in ("td", "th", "caption") else state.part


def _is_note(opening: Opening) -> bool:
    return (
        _said(opening, "role") in _IS_NOTE
        or not _NOTE_CLASSES.isdisjoint(_said(opening, "class").split())
        or _NOTE_ID.match(_said(opening, "id")) is not None
    )


def _said(opening: Opening, name: str) -> str:
    value = opening.attributes.get(name)
    return value.text.lower() if value else ""
