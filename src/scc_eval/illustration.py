"""Pictures in the story: the theory of change, whole and packet by packet, lit by its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from scc_eval.diagrams import as_mermaid, as_svg, draw, picture
from scc_eval.story.links import anchors_in
from scc_eval.story.render import fragment
from scc_eval.story.view import Figure

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.story.view import Story

Address = Callable[[str], str]
"""From an anchor to where it leads; an empty text leads nowhere."""


def illustrate(story: Story, dossier: Dossier) -> Story:
    """The same story with its pictures: whatever in them the story tells is a link to it."""
    told = frozenset(anchors_in(story)) - {""}

    def address(anchor: str) -> str:
        return fragment(anchor) if anchor in told else ""

    packets = tuple(
        replace(packet, figure=figure_of(dossier, story.language, address, packet.letter))
        for packet in story.packets
    )
    whole = figure_of(dossier, story.language, address) if story.is_whole else None
    return replace(story, packets=packets, figure=whole)


def figure_of(
    dossier: Dossier, language: str, address: Address, packet: str | None = None
) -> Figure:
    """The picture of one packet, or of the whole theory."""
    shown = picture(dossier, packet, language)
    prefix = f"picture-{_plain(packet or 'theory')}-"
    return Figure(as_svg(draw(shown), prefix, address), as_mermaid(shown).rstrip("\n"))


def _plain(letter: str) -> str:
    """A packet's letter as ids may hold it in SVG; two letters never become one."""
    return "".join(
        c if (c.isascii() and c.isalnum()) or c in "-." else f"_{ord(c):x}_" for c in letter
    )
