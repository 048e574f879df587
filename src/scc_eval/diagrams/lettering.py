"""Text to lines that fit, whichever of the usual sans-serif fonts draws them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scc_eval.diagrams._advances import BOLD, REGULAR

_FIFTIETH = 1 / 50
_WIDE, _EMOJI, _OTHER = 1.06, 1.5, 1.4
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"[ \t\n\r\u2028\u2029]+")
_TIED = re.compile(r" (?=[:;?!»%])|(?<=«) ")
_RIGHT = frozenset({"R", "AL"})
_JOINER = "\N{ZERO WIDTH JOINER}"
_ELLIPSIS = "…"


class Face(NamedTuple):
    """A size in px, a weight, and the distance from one baseline to the next."""

    size: int
    is_bold: bool
    leading: int


TITLE = Face(17, True, 22)
HEADING = Face(13, True, 17)
LABEL = Face(12, False, 15)
STRONG = Face(12, True, 15)
SMALL = Face(10, False, 13)
LETTER = Face(18, True, 20)


def plain(text: str) -> str:
    """A text on one line that XML can hold: what it cannot hold becomes a replacement mark. No
    line is to begin with a mark that French sets after a space."""
    held = _BLANKS.sub(" ", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).strip()
    return _TIED.sub("\N{NO-BREAK SPACE}", held)


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
    if unicodedata.combining(character) or character == _JOINER:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _EMOJI if ord(character) > 0x1F000 else _WIDE
    return _OTHER


def width(text: str, face: Face) -> float:
    """The room a line takes at most, in px."""
    listed = _advances(face.is_bold)
    ems = sum(listed[each] if each in listed else _unlisted(each) for each in text)
    return ems * face.size


def is_leftward(text: str) -> bool:
    """Whether a text is read from right to left: its first letter with a direction says so."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in _RIGHT:
            return True
    return False


def fitted(
    text: str, face: Face, room: float, most: int = 99, *, is_even: bool = True
) -> tuple[str, ...]:
    """A text in as few lines as fit the room, of much the same length if they are to be even; what
    is beyond the most is cut, with an ellipsis."""
    words = plain(text).split(" ") if text else []
    pieces = [piece for word in words for piece in _pieces(word, face, room)]
    lines = _filled(pieces, face, room)
    if len(lines) > most:
        return (*lines[: most - 1], _cut(lines[most - 1], face, room))
    return _evened(pieces, lines, face, room) if is_even else tuple(lines)


def _evened(pieces: list[str], lines: list[str], face: Face, room: float) -> tuple[str, ...]:
    """The same number of lines, in the least room that holds them."""
    low, high = max((width(piece, face) for piece in pieces), default=0.0), room
    while high - low > face.size / 2:
        middle = (low + high) / 2
        if len(_filled(pieces, face, middle)) <= len(lines):
            high = middle
        else:
            low = middle
    return tuple(_filled(pieces, face, high))


def _filled(pieces: list[str], face: Face, room: float) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and width(joined, face) <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _cut(line: str, face: Face, room: float) -> str:
    clusters = list(_clusters(line))
    while clusters and width("".join(clusters) + _ELLIPSIS, face) > room:
        clusters.pop()
    return "".join(clusters).rstrip() + _ELLIPSIS


def _pieces(word: str, face: Face, room: float) -> Iterator[str]:
    """A word, or the parts it is broken into where no line would hold it."""
    if width(word, face) <= room:
        yield word
        return
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
