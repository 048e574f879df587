"""SCC9xx: other ways of looking at the evidence, each switched on by the evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.rules._checks import Checks, only_with
from scc_eval.rules._facts import some
from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()

_WARNING = by_stage("---www")
_CERQUAL = "GRADE-CERQual starts from high confidence and explains what takes from it."

# What a lens looks with is imported by the checks: they run only where it is on.


@CHECKS.rule(
    Rule(
        "SCC961",
        "level-without-reason",
        _WARNING,
        "the CERQual assessment of {claim} gives no reason for: {parts}",
        "A level is a judgement; without its reasons a reader can neither share nor dispute it.",
        "Write a `reason` for {parts}.",
        _CERQUAL,
    )
)
@only_with(Lens.CERQUAL)
def level_without_reason(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.cerqual import unexplained

    for claim in dossier.claims:
        if claim.cerqual and (parts := unexplained(claim.cerqual)):
            facts = {"claim": claim.id, "parts": ", ".join(parts)}
            yield Issue(claim.cerqual.at(parts[0]), facts)


@CHECKS.rule(
    Rule(
        "SCC962",
        "downgrade-without-concern",
        _WARNING,
        "the CERQual level of {claim} is below high, and no component takes anything from it",
        "A level is lowered by a concern about one of four things; where none is named, nobody "
        "knows what would raise it again.",
        "Say which component of {claim} is of concern, or raise the `level` to high.",
        _CERQUAL,
    )
)
@only_with(Lens.CERQUAL)
def downgrade_without_concern(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.cerqual import is_lowered_for_nothing

    for claim in dossier.claims:
        if claim.cerqual and is_lowered_for_nothing(claim.cerqual):
            yield Issue(claim.cerqual.at("level"), {"claim": claim.id})


@CHECKS.rule(
    Rule(
        "SCC971",
        "rubric-score-without-reason",
        _WARNING,
        "the rubric of {claim} gives no reason for: {parts}",
        "Two people give the same evidence different scores; the reason is what they can talk "
        "about.",
        "Write a `reason` for {parts}: what in the evidence puts it on that level.",
        "Aston's rubrics are meant to make judgements open to discussion; that each score has a "
        "reason is our own demand.",
    )
)
@only_with(Lens.ASTON)
def rubric_score_without_reason(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.aston import scores

    for claim in dossier.claims:
        given = scores(claim.aston) if claim.aston else ()
        bare = [(name, score) for name, score in given if not score.reason]
        if bare:
            parts = ", ".join(name for name, _ in bare)
            yield Issue(bare[0][1].at("score"), {"claim": claim.id, "parts": parts})


@CHECKS.rule(
    Rule(
        "SCC981",
        "statement-without-attribution",
        _WARNING,
        "statements of the case {case} without `attribution` or without `effect`: {count} "
        "({codes})",
        "What is left out of the count may be just what nobody ascribes to the programme.",
        "Say of each statement of {case} whether it ascribes the change to the programme "
        "(`attribution`: explicit, implicit, incidental) and which way the change goes (`effect`: "
        "positive, negative).",
        "The QuIP codes every statement of a change by attribution and effect. What is a statement "
        "here is our own reading: the words, the account or the opinion of an informant.",
    )
)
@only_with(Lens.QUIP)
def statement_without_attribution(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.quip import uncoded

    for case, items in uncoded(dossier).items():
        codes = some([item.code for item in items])
        facts = {"case": case, "count": str(len(items)), "codes": codes}
        yield Issue(items[0].at("code"), facts)
