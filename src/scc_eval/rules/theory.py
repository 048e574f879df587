"""SCC1xx: is the theory of change one that evidence can test?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import (
    ALWAYS_ERROR,
    ALWAYS_NOTE,
    RISING_TO_WARNING,
    Issue,
    Related,
    Rule,
    by_stage,
)
from scc_eval.model.theory import Origin, PacketKind
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()

_WARNING_THEN_ERROR = by_stage("wwwwee")


@CHECKS.rule(
    Rule(
        "SCC101",
        "link-without-mechanism",
        _WARNING_THEN_ERROR,
        "nothing says how {source} brings about {target}",
        "An arrow without a mechanism cannot be tested: there is nothing to look for.",
        "Add a mechanism to the link {link}: how and why the change comes about.",
        "Mayne (2015) asks for a causal account of each link; the Loos-en-Gohelle evaluation "
        "writes one for every arrow.",
        needs=("theory", "mechanism"),
    )
)
def link_without_mechanism(dossier: Dossier) -> Iterator[Issue]:
    for link in dossier.links:
        if not link.mechanisms and not dossier.holds_stub("mechanism", link, dossier.links):
            facts = {"link": link.id, "source": link.source, "target": link.target}
            yield Issue(link.at(), facts)


@CHECKS.rule(
    Rule(
        "SCC102",
        "orphan-box",
        _WARNING_THEN_ERROR,
        "no link reaches or leaves the box {box} ({label})",
        "A change that nothing brings about and that brings about nothing is not part of a theory.",
        "Link the box or its packet to another, or take the box out.",
        "Our own reading of what makes a theory a chain; checked on structure alone.",
        needs=("theory", "link", "packet"),
    )
)
def orphan_box(dossier: Dossier) -> Iterator[Issue]:
    ends = {end for link in dossier.links for end in (link.source, link.target)}
    for packet in dossier.packets:
        if packet.letter in ends or (packet.number and packet.number in ends):
            continue
        if dossier.is_mentioned("link", packet.letter, packet.number):
            continue
        for box in packet.boxes:
            names = [inner.id for inner in box.all()]
            if ends.isdisjoint(names) and not dossier.is_mentioned("link", *names):
                yield Issue(box.at(), {"box": box.id, "label": box.label})


@CHECKS.rule(
    Rule(
        "SCC103",
        "unreachable-packet",
        _WARNING_THEN_ERROR,
        "no chain of links leads from what is done to packet {packet} ({title})",
        "The programme cannot have contributed to what its theory does not connect to it.",
        "Add the missing link, or say `role: intervention` of the packet where the chain begins.",
        "Our own reading of what makes a theory a chain; checked on structure alone.",
        needs=("theory", "link", "packet", "box"),
    )
)
def unreachable_packet(dossier: Dossier) -> Iterator[Issue]:
    beginnings = [p for p in dossier.packets if p.role is PacketKind.INTERVENTION]
    if not beginnings or dossier.has_stubs("link"):
        return
    reached = frozenset().union(*(dossier.reaches(packet.letter) for packet in beginnings))
    for packet in dossier.packets:
        if packet.letter not in reached and dossier.links_into(packet):
            yield Issue(packet.at(), {"packet": packet.letter, "title": packet.title})


@CHECKS.rule(
    Rule(
        "SCC104",
        "undeclared-cycle",
        ALWAYS_ERROR,
        "the links {cycle} go round in a circle",
        "In a circle every change explains itself; a real loop back is one of the links, and the "
        "reader must know which.",
        "Say `feedback: true` of the link that loops back, or turn the arrow that is wrong.",
        "Our own reading of what makes a theory a chain; checked on structure alone.",
    )
)
def undeclared_cycle(dossier: Dossier) -> Iterator[Issue]:
    for links in dossier.cycles:
        first, *others = links
        related = tuple(Related(link.at(), "part of the circle") for link in others)
        yield Issue(first.at(), {"cycle": ", ".join(link.id for link in links)}, related)


@CHECKS.rule(
    Rule(
        "SCC105",
        "packet-without-expected-change",
        _WARNING_THEN_ERROR,
        "packet {packet} ({title}) expects no change",
        "A causal packet is a change and its supposed causes; without the change there is nothing "
        "to explain.",
        "Write the expected change under `expects`, or give the packet a box.",
        "The Loos-en-Gohelle evaluation defines a causal packet so; so do Delahais and Toulemonde "
        "(2012).",
        needs=("theory", "box"),
    )
)
def packet_without_expected_change(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        is_bare = not packet.expects and not packet.boxes
        if is_bare and not dossier.holds_stub("box", packet, dossier.packets):
            yield Issue(packet.at(), {"packet": packet.letter, "title": packet.title})


@CHECKS.rule(
    Rule(
        "SCC106",
        "packet-without-incoming-link",
        _WARNING_THEN_ERROR,
        "no link leads to packet {packet} ({title})",
        "Without an arrow towards it, a packet says nothing of what is supposed to cause its "
        "change.",
        "Add the link by which the programme, or another packet, contributes to it.",
        "The Loos-en-Gohelle evaluation defines a causal packet so; so do Delahais and Toulemonde "
        "(2012).",
        needs=("theory", "link"),
    )
)
def packet_without_incoming_link(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        names = (packet.letter, packet.number, *(box.id for box in packet.all_boxes()))
        if not dossier.links_into(packet) and not dossier.is_mentioned("link", *names):
            yield Issue(packet.at(), {"packet": packet.letter, "title": packet.title})


@CHECKS.rule(
    Rule(
        "SCC107",
        "packet-without-other-factor",
        RISING_TO_WARNING,
        "no other factor is declared for packet {packet} ({title})",
        "A change always has other explanations; what is not named will not be looked for.",
        "Declare at least one other contributing factor whose targets include {packet}.",
        "The practice of Delahais and Toulemonde and of the Loos-en-Gohelle evaluation; Mayne "
        "(2019) gives external factors a smaller part, hence a note under the profile `mayne`.",
        needs=("theory", "factor"),
    )
)
def packet_without_other_factor(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        names = (packet.letter, packet.number, *(box.id for box in packet.all_boxes()))
        if not dossier.factors_on(packet) and not dossier.is_mentioned("factor", *names):
            yield Issue(packet.at(), {"packet": packet.letter, "title": packet.title})


@CHECKS.rule(
    Rule(
        "SCC108",
        "undated-emergent-mechanism",
        RISING_TO_WARNING,
        "the mechanism {mechanism} ({title}) came up with the evidence, and nothing says when",
        "Hypotheses may come from the evidence, but a reader must be able to tell them from those "
        "declared before it.",
        "Add `since`: the date, the stage or the meeting at which it came up.",
        "Contribution analysis is abductive (Delahais); the date is our own demand.",
    )
)
def undated_emergent_mechanism(dossier: Dossier) -> Iterator[Issue]:
    for link in dossier.links:
        for mechanism in link.mechanisms:
            if mechanism.origin is Origin.EMERGENT and not mechanism.since:
                facts = {"mechanism": mechanism.id, "title": mechanism.title}
                yield Issue(mechanism.at(), facts)


@CHECKS.rule(
    Rule(
        "SCC109",
        "undated-emergent-factor",
        ALWAYS_NOTE,
        "the factor {factor} ({title}) came up with the evidence, and nothing says when",
        "A factor found on the way is welcome; a reader should know it was not looked for from the "
        "start.",
        "Add `since`: the date, the stage or the meeting at which it came up.",
        "Contribution analysis is abductive (Delahais); the date is our own demand.",
    )
)
def undated_emergent_factor(dossier: Dossier) -> Iterator[Issue]:
    for factor in dossier.factors:
        if factor.origin is Origin.EMERGENT and not factor.since:
            yield Issue(factor.at(), {"factor": factor.id, "title": factor.title})
