"""Text to lines that fit, by a generous guess at how wide the usual sans-serif fonts draw it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"[ \t\n\r\u2028\u2029]+")
_TIED = re.compile(r" (?=[:;?!»%])|(?<=«) ")
_JOINER = "\N{ZERO WIDTH JOINER}"
_ELLIPSIS = "…"

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


class Face(NamedTuple):
    """A size in px, a weight, and the distance from one baseline to the next."""

    size: int
    is_bold: bool
    leading: int


LABEL = Face(13, False, 16)
STRONG = Face(13, True, 16)
SMALL = Face(12, False, 15)
SMALL_STRONG = Face(12, True, 15)


def plain(text: str) -> str:
    """A text on one line that XML can hold: what it cannot hold becomes a replacement mark. No
    line is to begin with a mark that French sets after a space."""
    held = _BLANKS.sub(" ", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).strip(" ")
    return _TIED.sub("\N{NO-BREAK SPACE}", held)


@cache
def _advance(character: str, is_bold: bool) -> float:
    """How wide a character can be, in sizes of the font."""
    if unicodedata.combining(character) or character == _JOINER:
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


def is_leftward(text: str) -> bool:
    """Whether a text is read from right to left: its first letter with a direction says so."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def fitted(text: str, face: Face, room: float, most: int) -> tuple[str, ...]:
    """A text in so many lines at most that fit the room; what is beyond is cut, with an ellipsis.
    A character that is wider than the room stands alone."""
    words = filter(None, plain(text).split(" "))
    pieces = (piece for word in words for piece in _pieces(word, face, room))
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and width(joined, face) <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    if len(lines) > most:
        return (*lines[: most - 1], _cut(lines[most - 1], face, room))
    return tuple(lines)


def _cut(line: str, face: Face, room: float) -> str:
    clusters = list(_clusters(line))
    while clusters and width("".join(clusters) + _ELLIPSIS, face) > room:
        clusters.pop()
    return "".join(clusters).rstrip() + _ELLIPSIS


def _pieces(word: str, face: Face, room: float) -> Iterator[str]:
    """A word, or the parts it is broken into where no line would hold it."""
    part = ""
    for cluster in _clusters(word):
        if part and width(part + cluster, face) > room:
            yield part
            part = ""
        part += cluster
    yield part


def _clusters(word: str) -> Iterator[str]:
    """The characters of a word, each with the marks and the joiners that go with it."""
    cluster = ""
    for character in word:
        is_tied = unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf", "Sk")
        if cluster and not is_tied and not cluster.endswith(_JOINER):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster
