"""Text to lines that fit, by a generous guess at how wide the usual sans-serif fonts draw it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from scc_eval.lettering import JOINER, Face, at_most, filled, pieces_of, plain

_FIRST, _FIFTIETH = 0x20, 1 / 50
_REGULAR = (
    "AEH[Q`X>DDJ[ACABQQQQQQQQQQBB[[[MdSSUWROXV?JRM\\VXRXUROUSbSRSDBD[MJOQLQPBQ"
    "Q??N?bQOQQEKDQNZNNKQBQ["
)
_BOLD = (
    "BHK[Tc]@HHK[DEDCTTTTTTTTTTEE[[[OcXWVZSSZ[CMXQc[[V[WUSZXhWUUHCH[MJSUNUSFU"
    "TBBRBeTSUUIOITQ_QQNTCT["
)
"""How wide each character from the space on can be in the usual fonts: its own code point, less 48,
in fiftieths of the size of the font."""
_LISTED: Mapping[str, float] = {
    **dict.fromkeys("\u00a0\u202f‘’·‐‑", 0.46),
    "ľ": 0.5,
    **dict.fromkeys("«»“”–•°≤≥", 0.85),
    **dict.fromkeys("ƠƯ", 0.95),
    **dict.fromkeys("ǅǆǲǳ", 1.42),
    **dict.fromkeys("ǄǱ‰", 1.6),
    "‱": 1.9,
}
_IDEOGRAPH, _EMOJI, _OTHER = 1.06, 1.5, 1.4
_LETTERS = {"Lu": 1.35, "Ll": 1.12}


LABEL = Face(13, False, 16)
STRONG = Face(13, True, 16)
SMALL = Face(12, False, 15)
SMALL_STRONG = Face(12, True, 15)


@cache
def _advance(character: str, is_bold: bool) -> float:
    """How wide a character can be, in sizes of the font."""
    if unicodedata.combining(character) or character == JOINER:
        return 0.0
    if character in _LISTED:
        return _LISTED[character]
    if unicodedata.east_asian_width(character) in "WF":
        return _EMOJI if ord(character) > 0x1F000 else _IDEOGRAPH
    base = unicodedata.normalize("NFD", character)[0]
    listed = _BOLD if is_bold else _REGULAR
    if _FIRST <= ord(base) < _FIRST + len(listed):
        return (ord(listed[ord(base) - _FIRST]) - 48) * _FIFTIETH
    return _LETTERS.get(unicodedata.category(base), _OTHER)


def width(text: str, face: Face) -> float:
    """The room a line takes at most, in px."""
    return sum(_advance(character, face.is_bold) for character in text) * face.size


def longest_word(text: str, face: Face) -> float:
    """The room that a text needs if no word of it is to be broken."""
    return max((width(word, face) for word in plain(text).split(" ")), default=0.0)


def fitted(text: str, face: Face, room: float, most: int) -> tuple[str, ...]:
    """A text in so many lines at most that fit the room; what is beyond is cut, with an ellipsis.
    A character that is wider than the room stands alone."""

    def measure(line: str) -> float:
        return width(line, face)

    lines = filled(pieces_of(text, measure, room), measure, room)
    return at_most(lines, most, measure, room)
