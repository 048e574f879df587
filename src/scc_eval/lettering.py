"""Texts broken into the lines of a drawing, by whatever measures how wide they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"[ \t\n\r\u2028\u2029]+")
_TIED = re.compile(r" (?=[:;?!»%])|(?<=«) ")
_ELLIPSIS = "…"
JOINER = "\N{ZERO WIDTH JOINER}"

Measure = Callable[[str], float]
"""The room a line takes, in px."""


class Face(NamedTuple):
    """A size in px, a weight, and the distance from one baseline to the next."""

    size: int
    is_bold: bool
    leading: int


def plain(text: str) -> str:
    """A text on one line that XML can hold: what it cannot hold becomes a replacement mark. No
    line is to begin with a mark that French sets after a space."""
    held = _BLANKS.sub(" ", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).strip(" ")
    return _TIED.sub("\N{NO-BREAK SPACE}", held)


def is_leftward(text: str) -> bool:
    """Whether a text is read from right to left: its first letter with a direction says so."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def pieces_of(text: str, measure: Measure, room: float) -> tuple[str, ...]:
    """What a text may be broken into: its words, and the parts of those that no line would hold. A
    character that is wider than the room stands alone."""
    words = filter(None, plain(text).split(" "))
    return tuple(piece for word in words for piece in _parts(word, measure, room))


def _parts(word: str, measure: Measure, room: float) -> Iterator[str]:
    if measure(word) <= room:
        yield word
        return
    part = ""
    for cluster in _clusters(word):
        if part and measure(part + cluster) > room:
            yield part
            part = ""
        part += cluster
    yield part


def filled(pieces: Iterable[str], measure: Measure, room: float) -> tuple[str, ...]:
    """Lines, each with as many pieces as the room takes."""
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and measure(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    return tuple(lines)


def at_most(lines: Sequence[str], most: int, measure: Measure, room: float) -> tuple[str, ...]:
    """So many lines at most; what is beyond is cut, with an ellipsis."""
    if len(lines) <= most:
        return tuple(lines)
    clusters = list(_clusters(lines[most - 1]))
    while clusters and measure("".join(clusters) + _ELLIPSIS) > room:
        clusters.pop()
    return (*lines[: most - 1], "".join(clusters).rstrip() + _ELLIPSIS)


def _clusters(word: str) -> Iterator[str]:
    """The characters of a word, each with the marks and the joiners that go with it."""
    cluster = ""
    for character in word:
        is_tied = unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf", "Sk")
        if cluster and not is_tied and not cluster.endswith(JOINER):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster
