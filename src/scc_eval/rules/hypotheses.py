"""SCC1xx: does the theory say what it supposes, of whom, and how it could be wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, ALWAYS_NOTE, Issue, Rule, by_stage
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.theory import Box, Hypothesis, Link

CHECKS = Checks()


@CHECKS.rule(
    Rule(
        "SCC110",
        "link-without-assumption",
        by_stage("nnnwww"),
        "no assumption is declared for the link {link} from {source} to {target}",
        "A mechanism works under conditions; where none is named, nobody looks whether they held.",
        "Add to {link} at least one assumption: what must hold for {source} to bring about "
        "{target}.",
        "Mayne (2015) puts assumptions at each link of a theory of change; sparing the loops back "
        "is our own choice.",
        needs=("theory", "assumption"),
    )
)
def link_without_assumption(dossier: Dossier) -> Iterator[Issue]:
    for link in dossier.examined_links:
        is_bare = not link.assumptions and not link.feedback
        if is_bare and not dossier.holds_stub("assumption", link, dossier.links):
            facts = {"link": link.id, "source": link.source, "target": link.target}
            yield Issue(link.at(), facts)


@CHECKS.rule(
    Rule(
        "SCC111",
        "untestable-assumption",
        ALWAYS_NOTE,
        "nothing says what would be seen if {name} ({title}) did not hold",
        "What nothing could contradict is not tested by the evidence, whatever the evidence says.",
        "Write under `if_false` what would be seen if it did not hold, or declare a risk on the "
        "link {link}.",
        "Mayne (2008) sets out the risks along with the theory; process tracing asks what would be "
        "seen if a hypothesis were false. Looking at key assumptions and hotspots only is our own "
        "choice.",
        needs=("theory", "assumption", "risk", "test"),
    )
)
def untestable_assumption(dossier: Dossier) -> Iterator[Issue]:
    for link in dossier.all_links:
        if link.risks or dossier.holds_stub("risk", link, dossier.all_links):
            continue
        keys = [assumption for assumption in link.assumptions if assumption.key]
        for assumption in keys:
            if not _can_be_wrong(dossier, assumption):
                facts = {"name": assumption.id, "title": assumption.title, "link": link.id}
                yield Issue(assumption.at(), facts)
        # A hotspot whose key assumptions are open to doubt is looked at through them.
        if link.hotspot and not keys and not any(_can_be_wrong(dossier, h) for h in _held(link)):
            title = link.label or f"{link.source} → {link.target}"
            yield Issue(link.at(), {"name": link.id, "title": title, "link": link.id})


def _held(link: Link) -> tuple[Hypothesis, ...]:
    return (*link.mechanisms, *link.assumptions)


def _can_be_wrong(dossier: Dossier, hypothesis: Hypothesis) -> bool:
    is_tested = bool(dossier.tests_on(hypothesis.id)) or dossier.is_mentioned("test", hypothesis.id)
    return hypothesis.if_false is not None or is_tested


@CHECKS.rule(
    Rule(
        "SCC112",
        "box-without-group",
        by_stage("-nwwww"),
        "nothing says who changes in {name} ({title})",
        "A change happens to somebody: without them, nobody knows whom to ask whether it took "
        "place.",
        "Name under `groups` those who are expected to change, on the box or on its packet.",
        "Mayne (2015) and outcome harvesting: a change is that of an actor. That one name on the "
        "packet is enough for its boxes is our own choice.",
        needs=("theory", "packet", "box"),
    )
)
def box_without_group(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        is_said = packet.groups or not (packet.boxes or packet.expects)
        if is_said or dossier.holds_stub("box", packet, dossier.packets):
            continue
        if not any(box.groups for box in packet.all_boxes()):
            yield Issue(packet.at(), {"name": packet.letter, "title": packet.title})
            continue
        for box in _nobodys(packet.boxes):
            yield Issue(box.at(), {"name": box.id, "title": box.label})


def _nobodys(boxes: tuple[Box, ...]) -> Iterator[Box]:
    """The innermost boxes that name no group, and that lie in none that does."""
    for box in boxes:
        if box.groups or not box.to_be_proven:
            continue
        if box.boxes:
            yield from _nobodys(box.boxes)
        else:
            yield box


@CHECKS.rule(
    Rule(
        "SCC113",
        "unknown-nested-end",
        ALWAYS_ERROR,
        "`{field}` of the nested theory {nested} ({title}) is {text}, and the theory has no such "
        "box",
        "A theory drawn in more detail explains a part of the whole only if it begins and ends "
        "there.",
        "Name under `{field}` a box or a packet of the theory itself, not one of the nested "
        "theory.",
        "Mayne (2015) nests theories of change in one another; that both ends lie in the theory "
        "is our own demand.",
        needs=("theory", "packet", "box"),
    )
)
def unknown_nested_end(dossier: Dossier) -> Iterator[Issue]:
    for nested in dossier.theory.nested:
        told = {"nested": nested.id, "title": nested.title}
        for field, names in (("entry", nested.entry), ("exit", nested.exit)):
            if not names:
                yield Issue(nested.at(), {**told, "field": field, "text": "∅"})
            for index, name in enumerate(names):
                if not _is_in_theory(dossier, name):
                    yield Issue(nested.at(field, index), {**told, "field": field, "text": name})


def _is_in_theory(dossier: Dossier, name: str) -> bool:
    is_lost = any(dossier.is_mentioned(kind, name) for kind in ("box", "packet"))
    return dossier.packet_at(name) is not None or is_lost
