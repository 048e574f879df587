"""Where patterns of codes match in a long text, without trying them at each of its words.

A code that has letters of its own (the PC of `Eco_PC1_2`) can only stand around them, and they are
rare in prose: they are looked for first, and the patterns are tried where they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Anchor(NamedTuple):
    """A pattern of letters that every match has in it, how many characters before them it begins at
    most, and how many from its beginning on it may look at."""

    pattern: str
    before: int
    reach: int


class Sought(NamedTuple):
    """A pattern of codes, and the anchor of its matches if there is one."""

    pattern: str
    anchor: Anchor | None = None


class Search:
    """Finds the matches of several patterns, as each would find its own."""

    def __init__(self, sought: Iterable[Sought]) -> None:
        by_anchor: dict[Anchor | None, list[re.Pattern[str]]] = defaultdict(list)
        for pattern, anchor in dict.fromkeys(sought):
            by_anchor[anchor].append(re.compile(pattern))
        self._free = tuple(by_anchor.pop(None, ()))
        self._anchored = tuple(
            (re.compile(anchor.pattern), anchor.before, anchor.reach, tuple(patterns))
            for anchor, patterns in by_anchor.items()
            if anchor is not None
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where each of the patterns matches, none of its own matches within another."""
        found = [match.span() for pattern in self._free for match in pattern.finditer(text)]
        for anchor, before, reach, patterns in self._anchored:
            anchors = [match.start() for match in anchor.finditer(text)]
            for pattern in patterns if anchors else ():
                end = 0
                for at in anchors:
                    if at < end:
                        continue
                    match = pattern.search(text, max(end, at - before), at + reach)
                    # One that begins later is cut off perhaps, and has an anchor of its own.
                    if match is not None and match.start() <= at:
                        found.append(match.span())
                        end = match.end()
        return found
