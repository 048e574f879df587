"""Lines of text where they stand, with the signs before them."""

from __future__ import annotations

from collections.abc import Sequence

from scc_eval.diagrams.cells import Line
from scc_eval.diagrams.drawing import Sign, Text
from scc_eval.diagrams.lettering import SMALL, width
from scc_eval.lettering import Face

SIGN = 14
"""The room of a sign before its text."""
_USUAL = 0.88
"""How wide Arial is beside the widest of the fonts that a text must fit in."""


def written(x: float, y: float, text: str, face: Face, tone: str = "ink") -> Text:
    """A line from a left edge."""
    return Text(x, y, text, face.size, face.is_bold, "start", tone)


def centred(
    lines: Sequence[Line], middle: float, top: float
) -> tuple[tuple[Text, ...], tuple[Sign, ...]]:
    """Lines below each other about a middle, each with its sign."""
    texts, signs, y = [], [], top
    for line in lines:
        face = line.face
        baseline = y + face.leading - (face.leading - face.size) / 2 - face.size * 0.16
        # With a sign before it a line begins where it would if its font were the narrower one.
        left = middle - (width(line.text, face) * _USUAL + SIGN) / 2
        at = (left + SIGN, "start") if line.icon else (middle, "middle")
        texts.append(
            Text(at[0], baseline, line.text, face.size, face.is_bold, at[1], tone_of(face))
        )
        if line.icon:
            signs.append(Sign(left + 4, baseline - face.size * 0.36, line.icon))
        y += face.leading
    return tuple(texts), tuple(signs)


def tone_of(face: Face) -> str:
    """Small text is softer."""
    return "soft" if face is SMALL else "ink"


def lettered(
    lines: Sequence[Line], left: float, top: float
) -> tuple[tuple[Text, ...], tuple[Sign, ...]]:
    """Lines below each other from a left edge, each with its sign."""
    texts, signs, y = [], [], top
    for line in lines:
        face = line.face
        baseline = y + face.leading - (face.leading - face.size) / 2 - face.size * 0.16
        x = left + (SIGN if line.icon is not None else 0)
        texts.append(Text(x, baseline, line.text, face.size, face.is_bold, "start", tone_of(face)))
        if line.icon:
            signs.append(Sign(left + 4, baseline - face.size * 0.36, line.icon))
        y += face.leading
    return tuple(texts), tuple(signs)
