"""SCC7xx: are words as strong as what they rest on?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.calibration import STRENGTHS
from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.choices import Form, Status
from scc_eval.model.judgement import Claim
from scc_eval.model.telling import Conclusion, KeyPoint
from scc_eval.rules._behind import calibrated, claims_behind
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration

CHECKS = Checks()

_Told = Claim | KeyPoint | Conclusion


class _Allowed(NamedTuple):
    """How much of a contribution may be asserted, and the word of the judgement that says so."""

    strength: int
    word: str


_BY_STATUS = {
    Status.UNTESTED: "may",
    Status.INCONCLUSIVE: "may",
    Status.REFUTED: "may",
    Status.PARTLY_CONFIRMED: "contributes",
    Status.NOT_TO_BE_PROVEN: "contributes",
    Status.CONFIRMED_UNTIL_FURTHER_NOTICE: "causes",
}
_NOT_JUDGED = _Allowed(STRENGTHS.index("contributes"), "not judged")


def _allowed(claim: Claim) -> _Allowed:
    """What the judgement of a claim allows. Where others had a part in it, the programme is not
    the cause, however sure one may be."""
    if claim.status is None:
        return _NOT_JUDGED
    by_status = _Allowed(STRENGTHS.index(_BY_STATUS[claim.status]), claim.status.value)
    if claim.form is None or claim.form is Form.OWN:
        return by_status
    return min(by_status, _Allowed(STRENGTHS.index("contributes"), claim.form.value), key=_strength)


def _strength(allowed: _Allowed) -> int:
    return allowed.strength


def _beyond(dossier: Dossier, told: _Told) -> dict[str, str]:
    """The strongest causal words of something told, and the weakest of the claims behind it, if
    the words say more."""
    said = calibrated(dossier).causal(told.text)
    claims = claims_behind(dossier, told.id) if said else ()
    if not claims:
        return {}
    strongest = max(said, key=lambda causal: STRENGTHS.index(causal.strength))
    weakest = min(claims, key=lambda claim: _allowed(claim).strength)
    allowed = _allowed(weakest)
    if STRENGTHS.index(strongest.strength) <= allowed.strength:
        return {}
    return {"words": strongest.words, "claim": weakest.id, "status": allowed.word}


@CHECKS.rule(
    Rule(
        "SCC711",
        "wording-beyond-verdict",
        by_stage("---www"),
        "“{words}” in {name} says more than the claim {claim} allows ({status})",
        "Readers keep the verb and forget the status: “thanks to” says that the programme is the "
        "cause, “contributes to” that it is one among others.",
        "Write in {name} what the judgement of {claim} allows (contributes to, may have helped), "
        "or judge {claim} again if the evidence allows more.",
        "The Loos-en-Gohelle evaluation announces that the terms of its report are chosen with "
        "care; what each verb asserts is our own default, `causal_verbs` in evaluation.yaml.",
    )
)
def wording_beyond_verdict(dossier: Dossier) -> Iterator[Issue]:
    told: tuple[_Told, ...] = (*dossier.claims, *dossier.all_key_points)
    for each in told:
        if found := _beyond(dossier, each):
            yield Issue(each.at("text"), {"name": each.id, **found})


@CHECKS.rule(
    Rule(
        "SCC712",
        "share-of-contribution",
        by_stage("wwwwee"),
        "{name} gives a share of contribution: “{words}”",
        "Causes work together; a share would need a world in which each worked alone, and nothing "
        "that was heard or read tells of one.",
        "Say in {name} what the programme contributed to, by which mechanism and beside which "
        "other factors; keep percentages for what was counted.",
        "Our own reading of contribution analysis, which asks whether and how a programme made a "
        "difference and has no means to say how much of it.",
    )
)
def share_of_contribution(dossier: Dossier) -> Iterator[Issue]:
    finds = calibrated(dossier)
    for declared, field, text in _texts(dossier):
        for words in finds.shares(text):
            yield Issue(declared.at(field), {"name": declared.name, "words": words})


def _texts(dossier: Dossier) -> Iterator[tuple[Declaration, str, str]]:
    """Every text in which a contribution may be spoken of, with its field."""
    for claim in dossier.claims:
        yield claim, "text", claim.text
    for verdict in dossier.verdicts:
        yield verdict, "text", verdict.text
    for assertion in dossier.assertions:
        yield assertion, "text", assertion.text
    for point in dossier.all_key_points:
        yield point, "text", point.text
    for conclusion in dossier.conclusions:
        yield conclusion, "text", conclusion.text
    for recommendation in dossier.recommendations:
        yield recommendation, "text", recommendation.text or ""
    for lesson in dossier.lessons:
        yield lesson, "title", lesson.title


@CHECKS.rule(
    Rule(
        "SCC715",
        "conclusion-beyond-claim",
        by_stage("---www"),
        "“{words}” in the conclusion {conclusion} says more than its weakest claim, {claim}, "
        "allows ({status})",
        "A chain of reasons is as strong as its weakest link, and the conclusions are what most "
        "readers read.",
        "Write in {conclusion} what the judgement of {claim} allows, or let it rest on claims that "
        "allow more.",
        "Our own: a conclusion cannot say more than what it follows from. What each verb asserts "
        "is our own default too, `causal_verbs` in evaluation.yaml.",
    )
)
def conclusion_beyond_claim(dossier: Dossier) -> Iterator[Issue]:
    for conclusion in dossier.conclusions:
        if found := _beyond(dossier, conclusion):
            yield Issue(conclusion.at("text"), {"conclusion": conclusion.id, **found})
