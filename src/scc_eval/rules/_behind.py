"""What stands behind words: the calibration of their language, and the claims and items told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scc_eval.calibration import Calibration, calibration

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.evidence import Evidence
    from scc_eval.model.judgement import Claim


def calibrated(dossier: Dossier) -> Calibration:
    """What finds the words of an evaluation: in the language of its story, by its own scale."""
    settings = dossier.settings
    return calibration(
        settings.language.value,
        tuple(settings.quantifiers.items()),
        tuple((words, strength.value) for words, strength in settings.causal_verbs.items()),
        tuple(category.label for category in dossier.categories),
    )


def claims_behind(dossier: Dossier, name: str) -> tuple[Claim, ...]:
    """The claims that something told or judged rests on, itself among them if it is one; in the
    order of their files."""
    reached = dossier.reached((name,))
    return tuple(claim for claim in dossier.claims if claim.id in reached)


def items_behind(dossier: Dossier, name: str) -> tuple[Evidence, ...] | None:
    """The items that something told or judged rests on in the end; None if some of it leads
    nowhere."""
    found: dict[int, Evidence] = {}
    stubs = dossier.stub_cells
    for reached in dossier.reached((name,)):
        claim = dossier.claim_named.get(reached)
        if claim is not None and dossier.has_lost_evidence(claim):
            return None
        items = dossier.weigh(claim).all if claim else dossier.items_named(reached)
        is_nowhere = not items and reached not in dossier.resting
        if is_nowhere or (stubs and dossier.cell(reached) in stubs):
            return None
        found.update((id(item), item) for item in items if item.set_aside is None)
    return tuple(found.values())
