"""What people said became of each part of a theory, in one word for the eye; nothing is judged
here.

A hypothesis has its fate. An arrow has that of its mechanisms where they share one, and `mixed`
where they do not. A box has the status of the claims that name it, a packet that of its verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.model.choices import FactorRole, Status
from scc_eval.model.theory import Factor

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.evidence import Evidence
    from scc_eval.model.theory import Box, Hypothesis, Link, Packet

CONFIRMED, PARTLY = "confirmed", "partly_confirmed"
INCONCLUSIVE, REFUTED, NOT_TESTED = "inconclusive", "refuted", "not_tested"
MIXED, TOLD, UNSAID = "mixed", "told", "unsaid"
NONE, NOT_PROVEN = "none", "not_to_be_proven"
STATES = (
    *(CONFIRMED, PARTLY, INCONCLUSIVE, REFUTED, NOT_TESTED),
    *(MIXED, TOLD, UNSAID, NONE, NOT_PROVEN),
)
"""Every state, in the order of a legend."""

PLAIN = ""
"""Where nothing could have been said yet: a theory without an evaluation."""

_OF_STATUS = {
    Status.UNTESTED: NOT_TESTED,
    Status.INCONCLUSIVE: INCONCLUSIVE,
    Status.PARTLY_CONFIRMED: PARTLY,
    Status.CONFIRMED_UNTIL_FURTHER_NOTICE: CONFIRMED,
    Status.REFUTED: REFUTED,
    Status.NOT_TO_BE_PROVEN: NOT_PROVEN,
}


class Standing(NamedTuple):
    """The state of a part, and how many items of how many cases bear on it."""

    state: str
    items: int
    cases: int


def of_packet(dossier: Dossier, packet: Packet) -> Standing:
    """Its verdict; else whether it is to be proven, and whether claims on it were judged."""
    coded = dossier.items_in(packet=packet.letter)
    bearing = (item for box in packet.all_boxes() for item in dossier.bearing_on(box.id).all)
    items = tuple({id(item): item for item in (*coded, *bearing)}.values())
    verdicts = dossier.verdicts_on(packet)
    said = [_OF_STATUS[verdict.status] for verdict in verdicts if verdict.status]
    if not said and not packet.to_be_proven:
        said = [NOT_PROVEN]
    claims = dossier.claims_in(packet)
    is_told = any(each.form for each in verdicts) or any(c.status or c.form for c in claims)
    return _standing(dossier, said, is_told, items)


def of_box(dossier: Dossier, packet: Packet, box: Box) -> Standing:
    """What was said of the claims that name it."""
    claims = [
        claim for claim in dossier.claims if box.id in claim.changes or box.id in claim.components
    ]
    said = [_OF_STATUS[claim.status] for claim in claims if claim.status]
    if not said and not (packet.to_be_proven and box.to_be_proven):
        said = [NOT_PROVEN]
    is_told = any(claim.form for claim in claims)
    return _standing(dossier, said, is_told, dossier.bearing_on(box.id).all)


def of_hypothesis(dossier: Dossier, hypothesis: Hypothesis) -> Standing:
    """Its fate; else whether a role was given to it, or a claim that names it judged."""
    fate = dossier.fate_of.get(hypothesis.id)
    said = [fate.fate.value] if fate else []
    is_told = _is_told(dossier, hypothesis)
    return _standing(dossier, said, is_told, dossier.bearing_on(hypothesis.id).all)


def of_links(dossier: Dossier, links: Sequence[Link]) -> Standing:
    """What the mechanisms of some links share."""
    told = [mechanism for link in links for mechanism in link.mechanisms]
    return together(dossier, told, [each for link in links for each in link.hypotheses])


def together(
    dossier: Dossier, told: Iterable[Hypothesis], weighed: Iterable[Hypothesis]
) -> Standing:
    """What several hypotheses share, and all the items that bear on some of them."""
    each = [of_hypothesis(dossier, hypothesis).state for hypothesis in told]
    said = [state for state in each if state not in (UNSAID, NONE)]
    if said and len(said) < len(each):
        said.append(UNSAID)
    found = {id(item): item for one in weighed for item in dossier.bearing_on(one.id).all}
    return _standing(dossier, said, False, tuple(found.values()))


def _standing(
    dossier: Dossier, said: list[str], is_told: bool, items: tuple[Evidence, ...]
) -> Standing:
    silent = TOLD if is_told else UNSAID if items else NONE
    state = (said[0] if len(set(said)) == 1 else MIXED) if said else silent
    if not is_lit(dossier):
        state = NOT_PROVEN if state == NOT_PROVEN else PLAIN
    return Standing(state, len(items), len(dossier.cases_in(items)))


def is_lit(dossier: Dossier) -> bool:
    """Whether there is any evidence or judgement to show."""
    return bool(dossier.evidence or dossier.claims or dossier.verdicts or dossier.fates)


def _is_told(dossier: Dossier, hypothesis: Hypothesis) -> bool:
    claims = dossier.claims_naming.get(hypothesis.id, ())
    roles = dossier.assessments_of(hypothesis) if isinstance(hypothesis, Factor) else ()
    return any(claim.status or claim.form for claim in claims) or any(
        rival.role is not FactorRole.NOT_EXAMINED for rival in roles
    )
