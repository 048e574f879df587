"""SCC5xx: does each judgement agree with the evidence, and with the other judgements?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, Issue, Related, Rule, by_stage
from scc_eval.model.choices import FactorRole, FateKind, Form, Outcome, Status, TestKind
from scc_eval.model.theory import Assumption, Packet
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import is_before

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Claim, Verdict
    from scc_eval.places import Location

CHECKS = Checks()

_IN_CRITIQUE = by_stage("---wee")
_WARNING = by_stage("---www")
_NOT_UPHELD = (Status.UNTESTED, Status.INCONCLUSIVE, Status.REFUTED)
_SHARED = (FactorRole.COMPLEMENTS, FactorRole.CONDITIONS)
_ELIMINATING = (TestKind.HOOP, TestKind.DOUBLY_DECISIVE)


@CHECKS.rule(
    Rule(
        "SCC504",
        "confirmed-against-test",
        ALWAYS_ERROR,
        "{claim} is confirmed until further notice, and yet {failed} does not hold ({text})",
        "A test that must be passed and is failed, or a condition that must hold and does not, "
        "eliminates a claim; nothing else that was found can make up for it.",
        "Lower the status of {claim}, take out of it what {failed} bears on, or correct {failed}.",
        "Process tracing: failing a hoop test, or a doubly decisive one, eliminates the "
        "hypothesis. That a refuted mechanism or key assumption does so too is our own reading.",
    )
)
def confirmed_against_test(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        for failed, text, at in _failures(dossier, claim) if claim.is_confirmed else ():
            facts = {"claim": claim.id, "failed": failed, "text": text}
            yield Issue(claim.at("status"), facts, (Related(at, "does not hold"),))


def _failures(dossier: Dossier, claim: Claim) -> Iterator[tuple[str, str, Location]]:
    """What a claim cannot be confirmed without and does not hold: its name, its words, where it is
    said."""
    for name in (claim.id, *claim.mechanisms):
        for test in dossier.tests_on(name):
            if test.test in _ELIMINATING and test.outcome is Outcome.NOT_FOUND:
                yield test.id, test.text, test.at()
    for link in dossier.links_of(claim):
        for hypothesis in link.hypotheses:
            is_key = isinstance(hypothesis, Assumption) and hypothesis.key
            fate = dossier.fate_of.get(hypothesis.id)
            is_needed = is_key or hypothesis.id in claim.mechanisms
            if is_needed and fate is not None and fate.fate is FateKind.REFUTED:
                yield hypothesis.id, hypothesis.title, fate.at()


@CHECKS.rule(
    Rule(
        "SCC505",
        "own-with-rival",
        ALWAYS_ERROR,
        "{claim} is said to be the programme's own contribution, and yet {factor} ({title}) is "
        "judged to have a part in it",
        "A contribution that another factor complements or conditions is a combined one: the two "
        "judgements cannot both stand.",
        "Say `form: combined` of {claim}, judge {factor} anew, or let its `targets` name the boxes "
        "that it really bears on.",
        "The Loos-en-Gohelle evaluation tells a contribution of one's own from one combined with "
        "other factors.",
    )
)
def own_with_rival(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        packet = dossier.packet_named(claim.packet)
        if packet is None or claim.form is not Form.OWN or not dossier.is_held(claim):
            continue
        for rival in dossier.rivals_in(packet):
            if rival.role in _SHARED and dossier.concerns(rival, claim):
                title = dossier.hypotheses[rival.factor].title
                facts = {"claim": claim.id, "factor": rival.factor, "title": title}
                yield Issue(claim.at("form"), facts, (Related(rival.at(), "judged here"),))


@CHECKS.rule(
    Rule(
        "SCC507",
        "upstream-unconfirmed",
        _WARNING,
        "{claim} is upheld, and nothing that it builds on in packet {packet} ({title}) is",
        "A contribution that passes through an earlier change is no firmer than the contribution "
        "to that change.",
        "Lower the status of {claim}, or show what in packet {packet} it builds on.",
        "Our own reading of a theory of change as a chain.",
        needs=("theory", "claim", "verdict"),
    )
)
def upstream_unconfirmed(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.claims:
        for packet, boxes in _upstream(dossier, claim) if claim.is_upheld else ():
            names = (packet.letter, packet.number)
            judged = _judging(dossier, packet, boxes)
            is_firm = any(each.status not in _NOT_UPHELD for each in judged)
            is_broken = any(dossier.is_mentioned(kind, *names) for kind in ("claim", "verdict"))
            if judged and not is_firm and not is_broken:
                facts = {"claim": claim.id, "packet": packet.letter, "title": packet.title}
                related = tuple(Related(each.at(), "is not upheld") for each in judged)
                yield Issue(claim.at("status"), facts, related)


def _upstream(dossier: Dossier, claim: Claim) -> Iterator[tuple[Packet, frozenset[str]]]:
    """The other examined packets that a claim starts from, each with the boxes it starts from:
    those it names as components, or those where the links of its mechanisms begin."""
    sources = [link.source for link in dossier.links_of(claim) if not link.feedback]
    for packet in dossier.examined_packets:
        if packet is dossier.packet_named(claim.packet):
            continue
        ends = [end for end in claim.components if dossier.packet_at(end) is packet]
        ends = ends or [end for end in sources if dossier.packet_at(end) is packet]
        if ends:
            yield packet, frozenset().union(*(dossier.boxes_at(end) for end in ends))


def _judging(dossier: Dossier, packet: Packet, boxes: frozenset[str]) -> Sequence[Claim | Verdict]:
    """The claims on a change in those boxes; the verdicts on the packet if there is none."""
    claims = dossier.claims_in(packet)
    on_boxes = [claim for claim in claims if not boxes.isdisjoint(dossier.changes_of(claim))]
    return on_boxes or dossier.verdicts_on(packet)


_JUDGED = ("evidence item", "mechanism", "assumption", "factor", "link", "claim")


@CHECKS.rule(
    Rule(
        "SCC511",
        "stale-judgement",
        _IN_CRITIQUE,
        "what the {kind} {judged} rests on has changed since it was given (fingerprint {written}, "
        "now {now})",
        "Evidence or theory changed, and the judgement did not: it may still hold, but nobody has "
        "looked.",
        "Judge {judged} again on what is there now; then write `fingerprint: {now}`.",
        "Our own: what was judged bears a mark, as in the control of documents, so that a later "
        "change can be seen. A judgement without `fingerprint` is not held to it.",
        needs=("theory", *_JUDGED),
    )
)
def stale_judgement(dossier: Dossier) -> Iterator[Issue]:
    if any(dossier.has_stubs(kind) for kind in _JUDGED):
        return
    for judged in dossier.judgements:
        if judged.fingerprint and judged.fingerprint != (now := dossier.fingerprint(judged)):
            facts = {"judged": judged.name, "kind": judged.kind, "written": judged.fingerprint}
            yield Issue(judged.at("fingerprint"), {**facts, "now": now})


@CHECKS.rule(
    Rule(
        "SCC512",
        "verdict-beyond-claims",
        _IN_CRITIQUE,
        "the verdict on packet {packet} goes further than the status of {claims}",
        "A verdict that is firmer than the claims it names says something that nothing below it "
        "says.",
        "Lower the status of the verdict, or take {claims} out of its `claims` if it does not rest "
        "on them.",
        "Our own: a verdict confirmed until further notice needs every claim it names to be "
        "upheld, one confirmed in part needs one.",
        needs=("claim",),
    )
)
def verdict_beyond_claims(dossier: Dossier) -> Iterator[Issue]:
    for verdict in dossier.verdicts:
        claims = _named(dossier, verdict)
        weak = [claim for claim in claims if claim.status in _NOT_UPHELD]
        is_bare = verdict.status is Status.PARTLY_CONFIRMED and len(weak) == len(claims)
        if weak and (is_bare or verdict.status is Status.CONFIRMED_UNTIL_FURTHER_NOTICE):
            yield _disagreement(verdict, "status", weak)


def _named(dossier: Dossier, verdict: Verdict) -> tuple[Claim, ...]:
    found = (dossier.claim_named.get(name) for name in verdict.claims)
    return tuple(claim for claim in found if claim is not None)


def _disagreement(verdict: Verdict, field: str, claims: Sequence[Claim]) -> Issue:
    facts = {"packet": verdict.packet, "claims": ", ".join(claim.id for claim in claims)}
    related = tuple(Related(claim.at(field), "judged here") for claim in claims)
    return Issue(verdict.at(field), facts, related)


@CHECKS.rule(
    Rule(
        "SCC513",
        "judged-before-evidence",
        _WARNING,
        "the {kind} {judged} is dated {date}, before evidence that it rests on: {items}",
        "What came in afterwards cannot have been weighed; or the date is that of an earlier "
        "judgement, and misleads the reader.",
        "Judge {judged} again with {items}, and write the new `date`.",
        "Our own: evidence that came in later makes a judgement due for another look. Dates that "
        "are not written as years, months or days are not compared.",
    )
)
def judged_before_evidence(dossier: Dossier) -> Iterator[Issue]:
    for judged, claims in _judgements(dossier):
        date = judged.date
        if date is None or judged.fingerprint:
            continue
        items = (item for claim in claims for item in dossier.weigh(claim).all)
        late = sorted({item.code for item in items if is_before(date, str(item.date or ""))})
        if late:
            facts = {"judged": judged.name, "kind": judged.kind, "date": date}
            yield Issue(judged.at("date"), {**facts, "items": ", ".join(late)})


def _judgements(dossier: Dossier) -> Iterator[tuple[Claim | Verdict, tuple[Claim, ...]]]:
    """Each claim and each verdict, with the claims whose evidence it rests on."""
    yield from ((claim, (claim,)) for claim in dossier.claims)
    yield from ((verdict, _named(dossier, verdict)) for verdict in dossier.verdicts)


@CHECKS.rule(
    Rule(
        "SCC514",
        "own-verdict-on-shared-claims",
        _IN_CRITIQUE,
        "the verdict on packet {packet} says that the contribution is the programme's own, and the "
        "form of {claims} is another",
        "A verdict cannot claim for the programme alone what the claims it names share with others "
        "or deny.",
        "Say `form: combined` of the verdict, or correct the form of {claims}.",
        "The Loos-en-Gohelle evaluation tells a contribution of one's own from the other forms; "
        "that a verdict and its claims agree is our own demand.",
        needs=("claim",),
    )
)
def own_verdict_on_shared_claims(dossier: Dossier) -> Iterator[Issue]:
    for verdict in dossier.verdicts:
        held = [claim for claim in _named(dossier, verdict) if dossier.is_held(claim)]
        shared = [claim for claim in held if claim.form not in (None, Form.OWN)]
        if shared and verdict.form is Form.OWN:
            yield _disagreement(verdict, "form", shared)
