"""A dossier to what is missing in it: only what could still change what people say."""

from __future__ import annotations

from collections.abc import Iterator

from scc_eval.dossier import Dossier
from scc_eval.model.choices import Outcome, TestKind
from scc_eval.model.evidence import AbsenceKind
from scc_eval.model.judgement import Claim, ExpectedEvidence
from scc_eval.model.theory import Assumption, Hypothesis
from scc_eval.planning.desk import Desk, Gap, is_bare, relied_on
from scc_eval.planning.rivals import factor_gaps
from scc_eval.planning.thin import silence, weakness
from scc_eval.planning.want import Kind

_TESTS = {
    TestKind.HOOP: (Kind.HOOP_NOT_SOUGHT, "hoop"),
    TestKind.DOUBLY_DECISIVE: (Kind.HOOP_NOT_SOUGHT, "hoop"),
    TestKind.SMOKING_GUN: (Kind.TEST_NOT_SOUGHT, "smoking_gun"),
    None: (Kind.TEST_NOT_SOUGHT, "test"),
}
"""Expected evidence worth looking for, by its test; a straw in the wind changes nothing."""


def gaps(dossier: Dossier) -> tuple[Gap, ...]:
    """All that is missing, by rank; within a rank, by how many claims depend on it."""
    found = [gap for packet in dossier.examined_packets for gap in _at(Desk(dossier, packet))]
    found.sort(key=lambda gap: (gap.kind.rank, -len(gap.claims)))
    kept: dict[tuple[Kind, str, str], Gap] = {}
    for gap in found:
        # Evidence expected of a factor of several packets is looked for once.
        letter = "" if isinstance(gap.subject, ExpectedEvidence) else gap.packet.letter
        kept.setdefault((gap.kind, gap.subject.name, letter), gap)
    return tuple(kept.values())


def _at(desk: Desk) -> Iterator[Gap]:
    if desk.is_closed:
        return
    claims = (gap for claim in desk.open for gap in _claim(desk, claim))
    told = (*factor_gaps(desk), *_changes(desk), *claims)
    yield from told
    bare = {claim.id for claim in desk.open if is_bare(desk.dossier.weigh(claim))}
    shaky = bare.union(claim.id for gap in told if gap.ask != "brake" for claim in gap.claims)
    for hypothesis in desk.hypotheses.values():
        yield from _hypothesis(desk, hypothesis, shaky)
    yield from _tests(desk)


def _changes(desk: Desk) -> Iterator[Gap]:
    """Changes that nothing shows; none where what is there does not say which it shows."""
    told = desk.dossier.items_in(packet=desk.packet.letter, section=1)
    stubs = {(cell.packet, cell.section) for cell in desk.dossier.stub_cells}
    if (desk.packet.letter, 1) in stubs or not all(item.bears_on for item in told):
        return
    unseen: dict[str, list[Claim]] = {} if desk.claims else {desk.packet.letter: []}
    for claim in desk.open:
        for name in claim.changes or (desk.packet.letter,):
            unseen.setdefault(name, []).append(claim)
    for name, claims in unseen.items():
        change = desk.dossier.boxes.get(name) or desk.dossier.packet_named(name)
        if change is not None and not desk.dossier.observed(name):
            why = "change_claims" if claims else "change_none"
            left = desk.left(name)
            yield from desk.gap(Kind.CHANGE_UNSEEN, change, tuple(claims), left, "change", why)


def _claim(desk: Desk, claim: Claim) -> Iterator[Gap]:
    tally, left = desk.dossier.weigh(claim), desk.left(claim.id)
    if desk.is_lost(claim.id):
        return
    if is_bare(tally):
        # Where its mechanisms are as bare, they are asked for one by one instead.
        if not any(_is_askable(desk, name) for name in claim.mechanisms):
            yield from desk.gap(Kind.BARE, claim, (claim,), left, "claim", "bare_claim")
        return
    found = tuple(weakness(desk, claim, tally, (claim,)))
    yield from found
    asked = {case for gap in found for case in gap.cases}
    silent = {*desk.dossier.silent_cases(claim), *_not_asked(desk, claim)}
    yield from silence(desk, claim, (claim,), silent - asked, "claim")


def _not_asked(desk: Desk, claim: Claim) -> Iterator[str]:
    for absence in desk.dossier.absences_on(claim.id):
        if absence.found is AbsenceKind.NOT_ASKED:
            yield from absence.cases


def _is_askable(desk: Desk, name: str) -> bool:
    """Whether a mechanism of the packet is bare and may still be asked about."""
    is_shut = desk.is_dropped(name) or desk.is_lost(name)
    is_here = name in desk.hypotheses and bool(desk.left(name) or not desk.cases)
    return is_here and not is_shut and is_bare(desk.dossier.bearing_on(name))


def _hypothesis(desk: Desk, hypothesis: Hypothesis, shaky: set[str]) -> Iterator[Gap]:
    name, naming = hypothesis.id, desk.naming(hypothesis)
    claims = tuple(claim for claim in naming if claim in desk.open)
    is_firm = bool(naming) and shaky.isdisjoint(claim.id for claim in claims)
    if is_firm or desk.is_dropped(name) or desk.is_lost(name):
        return
    tally, left = desk.dossier.bearing_on(name), desk.left(name)
    is_mechanism = hypothesis.kind == "mechanism"
    if is_bare(tally):
        is_key = isinstance(hypothesis, Assumption) and hypothesis.key
        kind = Kind.BARE if is_mechanism or is_key else Kind.CONDITION_BARE
        said = "none" if relied_on(claims) == "none" else "claims"
        why = f"bare_{'key' if is_key else hypothesis.kind}_{said}"
        yield from desk.gap(kind, hypothesis, claims, left, hypothesis.kind, why)
    elif is_mechanism and not desk.claims:
        found = tuple(weakness(desk, hypothesis, tally, ()))
        yield from found
        spoken = desk.dossier.cases_in(tally.all).union(*(gap.cases for gap in found))
        yield from silence(desk, hypothesis, (), set(left) - spoken, "mechanism")


def _tests(desk: Desk) -> Iterator[Gap]:
    """Evidence that was expected of what may still change, and that nobody looked for."""
    for test in desk.dossier.tests:
        claims = _tested(desk, test.on)
        if claims is not None and test.outcome is Outcome.NOT_SOUGHT and test.test in _TESTS:
            kind, why = _TESTS[test.test]
            yield from desk.gap(kind, test, claims, desk.left(test.on), "trace", why, on=test.on)


def _tested(desk: Desk, name: str) -> tuple[Claim, ...] | None:
    """The open claims that depend on something tested here; None where it may not change."""
    claim = desk.dossier.claim_named.get(name)
    if claim is not None:
        return (claim,) if claim in desk.open else None
    factors = {factor.id: factor for factor in desk.dossier.factors_on(desk.packet)}
    hypothesis = desk.hypotheses.get(name) or factors.get(name)
    if hypothesis is None or desk.is_dropped(name):
        return None
    naming = desk.dossier.claims_naming.get(name, ())
    if name in desk.hypotheses:
        naming = desk.naming(hypothesis)
    found = tuple(claim for claim in naming if claim in desk.open)
    return found if found or not naming else None
