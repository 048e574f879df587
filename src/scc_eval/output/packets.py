"""Which causal packet a diagnostic is on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Diagnostic

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_IN_NO_PACKET = frozenset({"case", "source", "group", "question", "evaluation"})
"""Facts that name what lies in no packet, though a case may be called as a packet is."""


def sorter(dossier: Dossier) -> Callable[[Diagnostic], str]:
    """What gives the letter of the packet that a diagnostic of an evaluation is on, or nothing.

    It is the packet the diagnostic names; else that of the thing it is raised on: the first of them
    for a factor that bears on several, what it can only mean for a damaged code.
    """
    letters = dict(_letters(dossier))

    def letter_of(found: Diagnostic) -> str:
        facts = found.facts
        if (packet := dossier.packet_named(facts.get("packet", ""))) is not None:
            return packet.letter
        if next(iter(facts), "") in _IN_NO_PACKET:
            return ""
        cell = dossier.cell(facts.get("repair", found.subject))
        return (cell.packet if cell else letters.get(found.subject)) or ""

    return letter_of


def _letters(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The names of what lies in a packet, each with its letter."""
    for factor in dossier.factors:
        for target in factor.targets[::-1]:
            if packet := dossier.packet_at(target):
                yield factor.id, packet.letter
    for link in dossier.all_links:
        packet = dossier.packet_at(link.target) or dossier.packet_at(link.source)
        if packet:
            yield link.id, packet.letter
            yield from ((each.id, packet.letter) for each in link.hypotheses)
    for packet in dossier.packets:
        yield packet.letter, packet.letter
        yield from ((box.id, packet.letter) for box in packet.all_boxes())
    yield from dossier.packet_told.items()
