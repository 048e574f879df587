"""What is mended of a file, and why; or why the file is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scc_eval.files import parse
from scc_eval.places import Location

KINDS = ("codes", "dates", "quoting", "tabs", "order")
"""What may be mended. Order is taste: nothing is sorted unless it is asked for."""
UNASKED = frozenset(KINDS) - {"order"}


class Repair(NamedTuple):
    """One repair: its kind, its place, and why, as a key of the locales with its facts."""

    kind: str
    at: Location
    why: str
    facts: Mapping[str, str]


class Draft(NamedTuple):
    """A text on its way to being mended, what was mended last, and the data that the reader of
    files must then make of it."""

    text: str
    repairs: tuple[Repair, ...]
    expected: Any

    def is_faithful(self, name: str) -> bool:
        """Whether the text, as the file of that name, is read as it must be."""
        if not self.repairs:
            return True
        file = parse(self.text.encode(), name)
        return file.whole and bool(file.data == self.expected)


class Mended(NamedTuple):
    """A file as it is and as it would be. Names are relative to the workspace. `is_legible` says
    whether it could be read before."""

    name: str
    before: bytes
    after: bytes
    repairs: tuple[Repair, ...]
    is_legible: bool


class LeftAlone(NamedTuple):
    """A file that stays as it is: why, as a key of the locales, and what the system says of it.
    `is_lacking` tells whether there would have been something to mend in it."""

    name: str
    why: str
    is_lacking: bool
    reason: str = ""
