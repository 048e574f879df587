"""The whole theory, part by part: what the chapters of the story leave out, too."""

from __future__ import annotations

from collections.abc import Iterator

from scc_eval.model.theory import NestedTheory, Packet
from scc_eval.site.view import Part
from scc_eval.story.chapters import factors_anchor, tell_arrow, tell_boxes, tell_hypotheses
from scc_eval.story.scribe import Scribe, anchored
from scc_eval.story.view import Ref


def tell_theory(scribe: Scribe) -> tuple[Part, ...]:
    """Every packet of the theory, then every nested theory."""
    return (*_packets(scribe), *(_nested(scribe, each) for each in scribe.dossier.theory.nested))


def _packets(scribe: Scribe) -> Iterator[Part]:
    for packet in scribe.dossier.packets:
        yield _packet(scribe, packet)


def _packet(scribe: Scribe, packet: Packet) -> Part:
    dossier = scribe.dossier
    anchor = anchored(packet.letter, "packet-")
    return Part(
        packet.letter,
        scribe.text(packet.title),
        anchor,
        Ref(packet.letter, anchor),
        scribe.text(packet.expects),
        tell_boxes(scribe, packet.boxes),
        tuple(
            tell_arrow(scribe, link)
            for link in (*dossier.links_into(packet), *dossier.links_within(packet))
        ),
        factors_anchor(dossier, packet),
        tell_hypotheses(scribe, dossier.factors_on(packet)),
        packet in dossier.examined_packets,
    )


def _nested(scribe: Scribe, nested: NestedTheory) -> Part:
    return Part(
        nested.id,
        scribe.text(nested.title),
        anchored(nested.id, "nested-"),
        Ref(nested.id),
        " → ".join(", ".join(ends) for ends in (nested.entry, nested.exit) if ends),
        tell_boxes(scribe, nested.boxes),
        tuple(tell_arrow(scribe, link) for link in nested.links),
        "",
        (),
        False,
    )
