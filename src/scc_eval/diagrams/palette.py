"""The look of each state: light fills and dark strokes, told apart in grey and by the colour-blind.

No state is told by its colour alone: each has a sign, some a line of dashes.
"""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """The colours of a state, the dashes of its lines (none where they are whole), its sign."""

    fill: str
    stroke: str
    dashes: str
    sign: str


INK, SOFT, LETTER, PAPER = "#1A1A1A", "#3D4550", "#A8001C", "#FFFFFF"
FRAME, FRAME_LINE, BAND = "#F6F7F9", "#3C4654", "#FBFBFC"
TONES = {"ink": INK, "soft": SOFT, "letter": LETTER, "heading": INK}

_PLAIN = Look("#FFFFFF", "#3C4654", "", "")
LOOKS = {
    "": _PLAIN,
    "confirmed": Look("#D5EDDD", "#12683B", "", "disc"),
    "partly_confirmed": Look("#FFF0C2", "#7D5600", "", "half"),
    "inconclusive": Look("#FBE0D0", "#9C4310", "", "quarter"),
    "refuted": Look("#F3CFDD", "#8E1043", "", "cross"),
    "not_tested": Look("#FFFFFF", "#4A5260", "7 3", "struck"),
    "mixed": Look("#E7E0F4", "#553A86", "", "diamond"),
    "told": Look("#DAE9F7", "#1A5690", "", "square"),
    "unsaid": Look("#EDEFF2", "#4A5260", "", "dot"),
    "none": Look("#FFFFFF", "#4A5260", "4 3", "ring"),
    "not_to_be_proven": Look("#FFFFFF", "#5A626E", "1.5 3", "bar"),
}
