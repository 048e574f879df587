"""SCC5xx: is each packet judged, and does each claim say what it must?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_WARNING, Issue, Related, Rule, by_stage
from scc_eval.model.choices import Confidence, FactorRole, Form, Status
from scc_eval.model.evidence import Evidence, Polarity
from scc_eval.model.theory import Direction, Factor
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Claim, Verdict

CHECKS = Checks()

_ONCE_TOLD = by_stage("---nwe")
_IN_CRITIQUE = by_stage("---wee")
_UNJUDGED = (Status.UNTESTED, Status.NOT_TO_BE_PROVEN)


@CHECKS.rule(
    Rule(
        "SCC501",
        "unjudged-packet",
        _ONCE_TOLD,
        "the judgement of packet {packet} ({title}) lacks {missing}",
        "Evidence does not judge itself: where nobody says which form the contribution takes, how "
        "far it is confirmed, how sure one is and why, each reader will judge for themselves.",
        "Write a verdict on {packet} under `verdicts` that gives its {missing}; `status: untested` "
        "with a `reason` says that it could not be judged.",
        "The Loos-en-Gohelle evaluation announces the forms that a contribution may take; that "
        "status, confidence and reason be written with the form is our own demand.",
        needs=("theory", "packet", "claim", "verdict"),
    )
)
def unjudged_packet(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        names = (packet.letter, packet.number)
        is_broken = dossier.is_mentioned("claim", *names) or dossier.is_mentioned("verdict", *names)
        if is_broken or not dossier.items_in(packet=packet.letter):
            continue
        verdicts = dossier.verdicts_on(packet)
        judged: tuple[Claim | Verdict, ...] = (*verdicts, *dossier.claims_in(packet))
        found = [_missing(each) for each in judged]
        missing = min(sorted(found), key=len, default=("form", "status", "confidence", "reason"))
        if missing:
            facts = {"packet": packet.letter, "title": packet.title, "missing": ", ".join(missing)}
            yield Issue(verdicts[0].at() if verdicts else packet.at(), facts)


def _missing(judged: Claim | Verdict) -> tuple[str, ...]:
    """The fields that a judgement lacks; one that was not reached has no form and no confidence."""
    given = {
        "form": judged.form or judged.status in _UNJUDGED,
        "status": judged.status,
        "confidence": judged.confidence or judged.status in _UNJUDGED,
        "reason": judged.reason,
    }
    return tuple(field for field, value in given.items() if not value)


@CHECKS.rule(
    Rule(
        "SCC502",
        "incomplete-claim",
        _ONCE_TOLD,
        "the claim {claim} does not give its {missing}",
        "A claim that does not say what contributed to which change, for whom, how and within what "
        "limits can be neither tested nor transferred.",
        "Add {missing} to {claim}.",
        "Mayne asks of a claim what contributed to what, and how; process tracing asks who acted. "
        "The list of fields is our own.",
    )
)
def incomplete_claim(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        given = {
            "components": claim.components,
            "changes": claim.changes,
            "mechanisms": claim.mechanisms,
            "actors": claim.actors,
            "limits": claim.limits or claim.status in _UNJUDGED,
        }
        if missing := ", ".join(field for field, value in given.items() if not value):
            yield Issue(claim.at(), {"claim": claim.id, "missing": missing})


@CHECKS.rule(
    Rule(
        "SCC503",
        "untreated-contrary-evidence",
        _IN_CRITIQUE,
        "nothing says what was made of the evidence against {claim} ({count}: {items})",
        "Contrary evidence may narrow a claim, explain where it holds and where it does not, or be "
        "outweighed. Passed over in silence, it is what a critic will find first.",
        "Say under `treatment` of {claim} what was made of {items}: whether it refutes the claim, "
        "narrows it, explains a difference or is outweighed, and why.",
        "Monnier asks that all evidence be confronted, whether it confirms or not; GRADE-CERQual "
        "looks at coherence in the same way. The field is our own.",
    )
)
def untreated_contrary_evidence(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        if claim.treatment or claim.status is Status.REFUTED:
            continue
        contrary = _contrary(dossier, claim)
        if contrary:
            codes = sorted({item.code for item in contrary})
            facts = {"claim": claim.id, "count": str(len(contrary)), "items": some(codes)}
            related = tuple(Related(item.at(), "speaks against it") for item in contrary)
            yield Issue(claim.at(), facts, related)


def _contrary(dossier: Dossier, claim: Claim) -> tuple[Evidence, ...]:
    """The items against a claim or against one of its mechanisms, cited or not."""
    against = (dossier.bearing_on(mechanism).against for mechanism in claim.mechanisms)
    found = [item for items in (dossier.weigh(claim).against, *against) for item in items]
    distinct = {id(item): item for item in found if _is_contrary(dossier, item)}
    return tuple(distinct.values())


def _is_contrary(dossier: Dossier, item: Evidence) -> bool:
    """Whether an item that speaks against something does not merely speak against a rival."""
    bearings = item.bearings()
    return not bearings or any(
        polarity is Polarity.AGAINST and not isinstance(dossier.hypotheses.get(target), Factor)
        for target, polarity in bearings
    )


@CHECKS.rule(
    Rule(
        "SCC506",
        "necessary-without-argument",
        ALWAYS_WARNING,
        "{claim} is called necessary, and nothing argues that it was",
        "To call a contribution necessary is to say that the change would not have come without "
        "it: that asks for an argument, or for every substitute to have been ruled out.",
        "Write under `counterfactual` of {claim} what would have happened without it, or take "
        "`necessary` out.",
        "Delahais and Toulemonde (2017) speak of contributions that are sometimes necessary; that "
        "it be argued, or every favourable factor judged `no_influence`, is our own demand.",
        needs=("theory", "factor", "rival"),
    )
)
def necessary_without_argument(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        is_bare = claim.necessary and not claim.counterfactual
        if is_bare and claim.status is not Status.REFUTED and not _is_alone(dossier, claim):
            yield Issue(claim.at("necessary"), {"claim": claim.id})


def _is_alone(dossier: Dossier, claim: Claim) -> bool:
    """Whether each factor that could take the place of a claim was found to have no influence;
    not to be told where an assessment could not be read."""
    packet = dossier.packet_named(claim.packet)
    roles = [
        {
            rival.role
            for rival in dossier.assessments_of(factor)
            if dossier.packet_named(rival.packet) is packet
        }
        for factor in dossier.factors
        if factor.direction is Direction.FAVOURS and dossier.bears_on_changes(factor, claim)
    ]
    is_ruled_out = bool(roles) and all(found == {FactorRole.NO_INFLUENCE} for found in roles)
    return is_ruled_out or dossier.has_stubs("rival")


@CHECKS.rule(
    Rule(
        "SCC508",
        "change-not-established",
        _IN_CRITIQUE,
        "{claim} claims a contribution to {boxes}, and no evidence shows that change",
        "There is no contribution to a change that did not take place: what happened has to be "
        "shown before it is explained.",
        "Code what was observed of {boxes} to the section on observed change and name it under "
        "`bears_on`, or take it out of the `changes` of {claim}.",
        "Mayne's fourth step asks first whether the expected result occurred; the Loos-en-Gohelle "
        "evaluation gives it the first section of each packet.",
        needs=("theory", "box", "packet", "evidence item"),
    )
)
def change_not_established(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        if not dossier.is_held(claim) or claim.form is Form.NONE or _shows_change(dossier, claim):
            continue
        unseen = [end for end in claim.changes if not _is_established(dossier, end)]
        if unseen:
            yield Issue(claim.at("changes"), {"claim": claim.id, "boxes": ", ".join(unseen)})


def _shows_change(dossier: Dossier, claim: Claim) -> bool:
    """Whether a claim itself rests on an observed change that is tied to no box."""
    return any(
        _is_observed(dossier, item)
        and dossier.boxes.keys().isdisjoint(target for target, _ in item.bearings())
        for item in dossier.weigh(claim).supports
    )


def _is_established(dossier: Dossier, end: str) -> bool:
    """Whether an item shows the change in a box or a packet. Not denied of what does not exist, nor
    where an item that might show it could not be read."""
    packet, boxes = dossier.packet_at(end), dossier.boxes_at(end)
    if packet is None or dossier.is_mentioned("evidence item", end, *boxes):
        return True
    is_broken = any(cell[1:3] == (packet.letter, 1) for cell in dossier.stub_cells)
    return is_broken or bool(dossier.observed(end))


def _is_observed(dossier: Dossier, item: Evidence) -> bool:
    cell = dossier.cell(item.code)
    return cell is not None and cell.section == 1


@CHECKS.rule(
    Rule(
        "SCC509",
        "single-rater",
        by_stage("----nn"),
        "fewer than two people are said to have judged {claim}",
        "Somebody who judges alone cannot tell their own leaning from the evidence; two who judge "
        "apart and compare can.",
        "Have a second person judge {claim} before they see the first judgement, and name both "
        "under `raters` or `ratings`.",
        "OECD-DAC (2010) 3.14 asks that differences within the team be told; that two people judge "
        "each claim is our own demand.",
    )
)
def single_rater(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        raters = {*claim.raters, *(rating.rater for rating in claim.ratings)}
        is_single = claim.is_upheld and len(raters) < 2
        if is_single and not dossier.holds_stub("rating", claim, dossier.claims):
            yield Issue(claim.at(), {"claim": claim.id})


@CHECKS.rule(
    Rule(
        "SCC510",
        "unresolved-raters",
        by_stage("---www"),
        "the raters of {claim} differ on its {fields}, and nothing says how that was settled",
        "When two people judge the same evidence differently, what made them agree, or that they "
        "did not, tells the reader how firm the judgement is.",
        "Say under `agreed` of {claim} how the difference on its {fields} was settled, or that it "
        "was not.",
        "OECD-DAC (2010) 3.14 asks that differences within the team be told.",
    )
)
def unresolved_raters(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        given: dict[str, set[Status] | set[Confidence]] = {
            "status": {rating.status for rating in claim.ratings if rating.status},
            "confidence": {rating.confidence for rating in claim.ratings if rating.confidence},
        }
        differing = [field for field, values in given.items() if len(values) > 1]
        if differing and not claim.agreed:
            facts = {"claim": claim.id, "fields": ", ".join(differing)}
            yield Issue(claim.at("ratings"), facts)
