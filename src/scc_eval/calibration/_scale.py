"""The scale of quantifying words: how many must stand behind each."""

from __future__ import annotations

import re
from typing import NamedTuple

_SHARE = re.compile(r"([1-9]\d?) ?%\+")
_COUNT = re.compile(r"(\d+)(?:\+|-(\d+))")
_ANY = "any"


class ScaleError(ValueError):
    """The text is no place on the scale."""


class Scale(NamedTuple):
    """What a quantifying word asks for: at least so many, at most so many, or more than a share
    in per cent of those asked. Nothing at all if all three are None."""

    least: int | None = None
    most: int | None = None
    share: int | None = None

    def is_met(self, count: int, asked: int | None) -> bool:
        """Whether so many, of so many asked if that is known, are what the word asks for."""
        if self.share is not None:
            return asked is not None and count * 100 > self.share * asked
        return (self.least or 0) <= count and (self.most is None or count <= self.most)


NOTHING = Scale()
"""What a word asks for that is off the scale."""


def read_scale(text: str) -> Scale:
    """A count (`3+`, `2-3`), a share of those asked (`50%+`) or `any`. Raises ScaleError."""
    if text == _ANY:
        return NOTHING
    if share := _SHARE.fullmatch(text):
        return Scale(share=int(share[1]))
    if count := _COUNT.fullmatch(text):
        least, most = int(count[1]), int(count[2]) if count[2] else None
        if most is None or least <= most:
            return Scale(least, most)
    raise ScaleError(text)
