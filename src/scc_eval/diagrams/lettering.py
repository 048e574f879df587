"""Text to lines that fit, whichever of the usual sans-serif fonts draws them."""

from __future__ import annotations

import unicodedata
from functools import cache

from scc_eval.diagrams._advances import BOLD, REGULAR
from scc_eval.lettering import JOINER, Face, at_most, filled, pieces_of

_FIFTIETH = 1 / 50
_WIDE, _EMOJI, _OTHER = 1.06, 1.5, 1.4

TITLE = Face(17, True, 22)
HEADING = Face(13, True, 17)
LABEL = Face(12, False, 15)
STRONG = Face(12, True, 15)
SMALL = Face(10, False, 13)
LETTER = Face(18, True, 20)


@cache
def _advances(is_bold: bool) -> dict[str, float]:
    runs = BOLD if is_bold else REGULAR
    return {
        chr(first + place): (ord(mark) - 48) * _FIFTIETH
        for first, run in runs.items()
        for place, mark in enumerate(run)
    }


def _unlisted(character: str) -> float:
    """A bound for a character that no run holds, in sizes of the font."""
    if unicodedata.combining(character) or character == JOINER:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _EMOJI if ord(character) > 0x1F000 else _WIDE
    return _OTHER


def width(text: str, face: Face) -> float:
    """The room a line takes at most, in px."""
    listed = _advances(face.is_bold)
    ems = sum(listed[each] if each in listed else _unlisted(each) for each in text)
    return ems * face.size


def fitted(
    text: str, face: Face, room: float, most: int = 99, *, is_even: bool = True
) -> tuple[str, ...]:
    """A text in as few lines as fit the room, of much the same length if they are to be even; what
    is beyond the most is cut, with an ellipsis."""

    def measure(line: str) -> float:
        return width(line, face)

    pieces = pieces_of(text, measure, room)
    lines = filled(pieces, measure, room)
    if len(lines) > most or not is_even:
        return at_most(lines, most, measure, room)
    return _evened(pieces, len(lines), face, room)


def _evened(pieces: tuple[str, ...], count: int, face: Face, room: float) -> tuple[str, ...]:
    """So many lines, in the least room that holds them."""

    def measure(line: str) -> float:
        return width(line, face)

    low, high = max(map(measure, pieces), default=0.0), room
    while high - low > face.size / 2:
        middle = (low + high) / 2
        if len(filled(pieces, measure, middle)) <= count:
            high = middle
        else:
            low = middle
    return filled(pieces, measure, high)
