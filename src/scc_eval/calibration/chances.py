"""The words for a probability, and the ranges they stand for.

The scale is our own default; an evaluation may bring its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from scc_eval.calibration._scale import ScaleError


class Range(NamedTuple):
    """A probability between two bounds, each from 0 to 1; a single number has the same twice."""

    low: float
    high: float

    @property
    def is_point(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high


Bands = tuple[tuple[str, Range], ...]
"""The words for a probability, from none to all, without a gap."""

DEFAULT: Bands = (
    ("practically_excluded", Range(0.0, 0.01)),
    ("very_unlikely", Range(0.01, 0.1)),
    ("unlikely", Range(0.1, 0.3)),
    ("rather_unlikely", Range(0.3, 0.4)),
    ("as_likely_as_not", Range(0.4, 0.6)),
    ("rather_likely", Range(0.6, 0.7)),
    ("likely", Range(0.7, 0.9)),
    ("very_likely", Range(0.9, 0.99)),
    ("practically_certain", Range(0.99, 1.0)),
)
"""Our own; the locales have the texts of its words."""

_NUMBER = r"([0-9]*[.,]?[0-9]+)"
_RANGE = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|to|à)\s*{_NUMBER})?")


def read_range(text: str) -> Range | None:
    """The probability that figures give: `0.8`, `0.7-0.9`; None if they give none. A comma may
    stand for the point."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    low = float(match[1].replace(",", "."))
    high = float(match[2].replace(",", ".")) if match[2] else low
    return Range(low, high) if low <= high <= 1 else None


def read_bands(ranges: Mapping[str, str]) -> Bands:
    """A scale of words, each with its range, in the order of the ranges. Raises ScaleError with
    what is amiss: what is no range, or the first place where the scale has a gap."""
    bands: list[tuple[str, Range]] = []
    for word, text in ranges.items():
        band = read_range(text)
        if band is None or band.is_point:
            raise ScaleError(f"{word}: {text}")
        bands.append((word, band))
    bands.sort(key=lambda each: each[1])
    ends = (0.0, *(bound for _, band in bands for bound in band), 1.0)
    for end, start in zip(ends[::2], ends[1::2], strict=True):
        if end != start:
            raise ScaleError(f"{end:g} – {start:g}")
    return tuple(bands)
