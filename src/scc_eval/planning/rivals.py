"""What is missing on other factors: those never examined, or looked at through one source."""

from __future__ import annotations

from collections.abc import Iterator

from scc_eval.dossier import Standing, Tally
from scc_eval.model.choices import FactorRole, FateKind, Outcome
from scc_eval.model.judgement import Claim, RivalAssessment
from scc_eval.model.theory import Direction, Factor
from scc_eval.planning.desk import Desk, Gap, relied_on
from scc_eval.planning.thin import silence, single
from scc_eval.planning.want import Kind


def factor_gaps(desk: Desk) -> Iterator[Gap]:
    """What is missing on the factors that bear on a packet, unless the scope leaves them out,
    people judged them or only boxes that are not to be proven are concerned."""
    for factor in desk.dossier.factors_on(desk.packet):
        if not (factor.excluded or _is_settled(desk, factor) or _is_unproven(desk, factor)):
            yield from _factor(desk, factor)


def _factor(desk: Desk, factor: Factor) -> Iterator[Gap]:
    claims = _depending(desk, factor)
    is_brake = factor.direction is Direction.HINDERS
    ask = "brake" if is_brake else "rival"
    left, tally = desk.left(factor.id), _bearing(desk, factor)
    assessed = {case for rival in _assessments(desk, factor) for case in rival.cases}
    support = desk.dossier.support(tally.supports or tally.against)
    if not (tally.all or assessed or _is_tested(desk, factor)) and left == desk.cases:
        kind = Kind.BRAKE_UNEXAMINED if is_brake else Kind.RIVAL_UNEXAMINED
        said = relied_on(claims)
        why = f"{ask}_{'claims' if is_brake and said == 'own' else said}"
        yield from desk.gap(kind, factor, claims, left, ask, why)
    elif not assessed and tally.all and desk.dossier.standing(support) <= Standing.SINGLE:
        yield from single(desk, factor, claims, ask, support)
    else:
        spoken = assessed | desk.dossier.cases_in(tally.all)
        yield from silence(desk, factor, claims, (c for c in left if c not in spoken), ask)


def _depending(desk: Desk, factor: Factor) -> tuple[Claim, ...]:
    """The open claims that a factor could explain instead, or that name it."""
    bears = desk.dossier.bears_on_changes
    return tuple(c for c in desk.open if factor.id in c.factors or bears(factor, c))


def _is_settled(desk: Desk, factor: Factor) -> bool:
    """Whether people said what became of a factor here, in every case, or left it untested for a
    reason; or something that could not be read may say so."""
    fate = desk.dossier.fate_of.get(factor.id)
    return (
        (fate is not None and fate.fate is not FateKind.NOT_TESTED)
        or desk.dossier.is_left_untested(factor.id)
        or any(not rival.cases for rival in _assessments(desk, factor))
        or desk.is_lost(factor.id)
        or desk.dossier.is_mentioned("rival", factor.id)
    )


def _assessments(desk: Desk, factor: Factor) -> tuple[RivalAssessment, ...]:
    """The assessments that say something of a factor here."""
    return tuple(
        rival
        for rival in desk.dossier.rivals_in(desk.packet)
        if rival.factor == factor.id and (rival.search or rival.role is not FactorRole.NOT_EXAMINED)
    )


def _is_tested(desk: Desk, factor: Factor) -> bool:
    tests = desk.dossier.tests_on(factor.id)
    return any(test.outcome is not Outcome.NOT_SOUGHT for test in tests)


def _is_unproven(desk: Desk, factor: Factor) -> bool:
    """Whether a factor bears here on boxes alone that the evaluation does not examine."""
    here = [end for end in factor.targets if desk.dossier.packet_at(end) is desk.packet]
    boxes = [desk.dossier.boxes[end] for end in here if end in desk.dossier.boxes]
    return len(boxes) == len(here) and not any(box.to_be_proven for box in boxes)


def _bearing(desk: Desk, factor: Factor) -> Tally:
    """What bears on a factor here: all that does, if it acts on this packet alone."""
    tally, cell = desk.dossier.bearing_on(factor.id), desk.dossier.cell
    if all(desk.dossier.packet_at(end) is desk.packet for end in factor.targets):
        return tally
    here = (desk.packet.letter, None)
    return Tally(
        *(tuple(i for i in items if (c := cell(i.code)) and c.packet in here) for items in tally)
    )
