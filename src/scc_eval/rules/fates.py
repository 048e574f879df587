"""SCC1xx: what became of the theory once the evidence was in?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, ALWAYS_WARNING, Issue, Rule, by_stage
from scc_eval.model.choices import FateKind, Status
from scc_eval.model.evidence import Evidence, SourceKind
from scc_eval.model.theory import Box, Packet, PacketKind
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import is_before

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Claim, Verdict

CHECKS = Checks()

_UNJUDGED = (None, Status.UNTESTED, Status.NOT_TO_BE_PROVEN)


@CHECKS.rule(
    Rule(
        "SCC114",
        "hypothesis-without-fate",
        by_stage("---nww"),
        "evidence bears on {hypothesis} of {link} ({title}), and nothing says what became of it",
        "The reader was told what the theory supposes, and cannot tell what was found of it.",
        "Say under `fates` what became of {hypothesis}, or name it in the claim that judges it.",
        "Delahais and Toulemonde: every hypothesis is confronted with the evidence; Monnier asks "
        "that none be dropped in silence.",
        needs=("theory", "mechanism", "assumption", "fate", "claim"),
    )
)
def hypothesis_without_fate(dossier: Dossier) -> Iterator[Issue]:
    claimed = {
        name
        for claim in dossier.claims
        # A claim without a status is itself the slip to mend.
        if claim.status is not Status.UNTESTED
        for name in claim.mechanisms
    }
    for link in dossier.examined_links:
        for hypothesis in (*link.mechanisms, *link.assumptions):
            name = hypothesis.id
            is_told = name in claimed or _has_fate(dossier, name)
            if not is_told and dossier.bearing_on(name).all:
                facts = {"hypothesis": name, "link": link.id, "title": hypothesis.title}
                yield Issue(hypothesis.at(), facts)


def _has_fate(dossier: Dossier, name: str) -> bool:
    fate = dossier.fate_of.get(name)
    if fate is None:
        return any(dossier.is_mentioned(kind, name) for kind in ("fate", "claim"))
    return fate.fate is not FateKind.NOT_TESTED or dossier.is_left_untested(name)


@CHECKS.rule(
    Rule(
        "SCC115",
        "judged-though-not-to-be-proven",
        ALWAYS_ERROR,
        "{name} is judged {status}, and {text} is not to be proven",
        "What the evaluation said it would not set out to prove was not looked for as a proof "
        "needs: a verdict on it rests on what happened to be seen.",
        "Take the status out and tell what was seen as an observation, or set out to prove {text}.",
        "The Loos-en-Gohelle evaluation reports its thematic impacts and says that its five cases "
        "cannot prove them.",
    )
)
def judged_though_not_to_be_proven(dossier: Dossier) -> Iterator[Issue]:
    unproven = _not_to_be_proven(dossier)
    judged: tuple[Claim | Verdict, ...] = (*dossier.claims, *dossier.verdicts)
    for each in judged:
        if each.status not in _UNJUDGED and each.packet in unproven:
            facts = {"name": each.name, "status": each.status.value, "text": each.packet}
            yield Issue(each.at("packet"), facts)
    for claim in dossier.claims:
        if claim.status in _UNJUDGED or claim.packet in unproven:
            continue
        for index, change in enumerate(claim.changes):
            if change in unproven:
                facts = {"name": claim.id, "status": claim.status.value, "text": change}
                yield Issue(claim.at("changes", index), facts)


def _not_to_be_proven(dossier: Dossier) -> frozenset[str]:
    """The names of the packets and boxes that the evaluation does not set out to prove."""
    return frozenset(name for packet in dossier.packets for name in _unproven_in(packet))


def _unproven_in(packet: Packet) -> Iterator[str]:
    is_unproven = packet.role is PacketKind.IMPACT or not packet.to_be_proven
    if is_unproven:
        yield packet.letter
        if packet.number:
            yield packet.number
    for box in packet.boxes:
        yield from _unproven_boxes(box, is_unproven)


def _unproven_boxes(box: Box, is_held: bool) -> Iterator[str]:
    is_unproven = is_held or not box.to_be_proven
    if is_unproven:
        yield box.id
    for inner in box.boxes:
        yield from _unproven_boxes(inner, is_unproven)


@CHECKS.rule(
    Rule(
        "SCC116",
        "unexplained-theory-change",
        ALWAYS_WARNING,
        "the theory {theory} is dated {date}, after the first evidence ({text}, {first}), and "
        "nothing says what changed",
        "A theory fitted to its evidence is confirmed by it in any case; the reader must be able "
        "to tell what was supposed before from what was learnt since.",
        "Write under `revisions` what changed in the theory after {first}, when and why.",
        "Our own demand, against hypotheses made after the facts; contribution analysis itself "
        "allows a theory to be revised, and Mayne's last step asks for it.",
        needs=("theory", "revision"),
    )
)
def unexplained_theory_change(dossier: Dossier) -> Iterator[Issue]:
    date = dossier.theory.date or ""
    before = sorted(
        (when, item.code)
        for item in dossier.evidence
        for when in _dates(dossier, item)
        if is_before(when, date)
    )
    if not before:
        return
    first, code = before[0]
    revised = (revision.date for revision in dossier.theory.revisions)
    if not any(not is_before(each, first) for each in revised):
        facts = {"theory": dossier.theory.id, "date": date, "first": first, "text": code}
        yield Issue(dossier.theory.at("date"), facts)


def _dates(dossier: Dossier, item: Evidence) -> Iterator[str]:
    """When an item was heard or seen; a document may be older than the evaluation."""
    heard = [
        source
        for name in item.sources
        if (source := dossier.source_named.get(name)) is not None
        and source.type is not SourceKind.DOCUMENT
    ]
    if heard and item.date:
        yield str(item.date)
    else:
        yield from (source.date for source in heard if source.date)
