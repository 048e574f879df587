"""The fields of a Word file, of which the ones that are links matter here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HYPERLINK = re.compile(r"\s*HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_WITH_WORD = (r"\l", r"\o", r"\t")
"""Switches that a word follows: the place in the document, a tip, the window to open."""


class Field:
    """A field that has begun: first its instruction, then what it shows."""

    __slots__ = ("begin", "instruction", "is_shown")

    def __init__(self) -> None:
        self.instruction: list[Element] = []
        self.is_shown = False
        self.begin = 0

    @property
    def address(self) -> str:
        """Where it links to; empty if it is no link."""
        return linked("".join(part.text or "" for part in self.instruction))


def linked(instruction: str) -> str:
    """The address of an instruction such as `HYPERLINK "https://example.org" \\l "part"`."""
    match = _HYPERLINK.match(instruction)
    if match is None:
        return ""
    address, anchor, switch = "", "", ""
    for quoted, bare in _WORD.findall(match[1]):
        if switch:
            anchor = quoted or bare if switch == r"\l" else anchor
            switch = ""
        elif bare.startswith("\\"):
            switch = bare.lower() if bare.lower() in _WITH_WORD else ""
        else:
            address = address or quoted or bare
    return address.replace("\\\\", "\\") + (f"#{anchor}" if anchor else "")


def instruction(address: str) -> str:
    """The instruction of a field that links to an address."""
    return ' HYPERLINK "' + address.replace("\\", "\\\\").replace('"', "%22") + '" '
