"""SCC9xx: was the story challenged from outside, and what came of it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.choices import Response
from scc_eval.model.theory import Factor
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import is_before, some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Challenge, Claim, Verdict

CHECKS = Checks()

_ANSWERED = (
    "The OECD-DAC's standards (2010, 3.15) ask that stakeholders may comment on the draft and that "
    "the report reflects what they say; a trace of each comment is our own demand."
)


@CHECKS.rule(
    Rule(
        "SCC901",
        "unchallenged-packet",
        by_stage("----nw"),
        "no challenge and no comment of a panel is written down on packet {packet} ({title})",
        "Those who wrote a story believe it; its weak points are seen by others.",
        "Have packet {packet} read from outside, and write down what comes of it: under "
        "`challenges`, with {packet} or a claim on it among the `targets`, or under "
        "`panel_comments`.",
        "Mayne's fifth step has the contribution story challenged; the Loos-en-Gohelle evaluation "
        "has a panel of experts discuss it. That every packet be is our own demand.",
        needs=("theory", "packet", "challenge", "panel comment"),
    )
)
def unchallenged_packet(dossier: Dossier) -> Iterator[Issue]:
    if dossier.has_stubs("challenge") or dossier.has_stubs("panel comment"):
        return
    challenged = frozenset(_challenged(dossier))
    told = frozenset(dossier.packet_told.values())
    for packet in dossier.examined_packets:
        is_told = packet.letter in told or bool(dossier.verdicts_on(packet))
        if is_told and packet.letter not in challenged:
            yield Issue(packet.at(), {"packet": packet.letter, "title": packet.title})


def _challenged(dossier: Dossier) -> Iterator[str]:
    """The letters of the packets that a challenge or a comment of the panel is about."""
    lessons = {lesson.id: lesson.rests_on for lesson in dossier.lessons}
    targets = [name for challenge in dossier.challenges for name in challenge.targets]
    targets += [comment.packet for comment in dossier.panel_comments]
    targets += [name for target in targets for name in lessons.get(target, ())]
    for name in dossier.reached(targets):
        if name in dossier.packet_told:
            yield dossier.packet_told[name]
        packets = (dossier.packet_at(end) for end in _ends(dossier, name))
        yield from (packet.letter for packet in packets if packet is not None)


def _ends(dossier: Dossier, name: str) -> tuple[str, ...]:
    """Where a hypothesis leads in the theory; anything else is taken by its name."""
    hypothesis = dossier.hypotheses.get(name)
    if isinstance(hypothesis, Factor):
        return hypothesis.targets
    return (dossier.link_of[name].target,) if hypothesis is not None else (name,)


@CHECKS.rule(
    Rule(
        "SCC902",
        "unanswered-challenge",
        by_stage("----we"),
        "the challenge {challenge} is not answered: it lacks {fields}",
        "A challenge that was heard and left lying weighs on the story more than one refuted.",
        "Write under {fields} what became of {challenge}: accepted, partly or rejected, and why or "
        "with what change.",
        _ANSWERED,
    )
)
def unanswered_challenge(dossier: Dossier) -> Iterator[Issue]:
    for challenge in dossier.challenges:
        # A disagreement that remains is answered by its statement.
        if not challenge.unresolved and (fields := _unanswered(challenge)):
            yield Issue(challenge.at(), {"challenge": challenge.id, "fields": fields})


def _unanswered(challenge: Challenge) -> str:
    is_traced = challenge.reason is not None or challenge.change is not None
    missing = (("response", challenge.response is not None), ("reason", is_traced))
    return ", ".join(field for field, is_given in missing if not is_given)


@CHECKS.rule(
    Rule(
        "SCC903",
        "challenge-without-consequence",
        by_stage("----ww"),
        "nothing says what the challenge {challenge} changed (answer: {response})",
        "To grant a point and change nothing is no answer; the reader looks for the trace.",
        "Write under `change` what was changed in the story for {challenge}, or answer `rejected` "
        "with a reason.",
        _ANSWERED,
    )
)
def challenge_without_consequence(dossier: Dossier) -> Iterator[Issue]:
    for challenge in dossier.challenges:
        if _is_granted(challenge) and challenge.change is None and not _unanswered(challenge):
            facts = {"challenge": challenge.id, "response": str(challenge.response)}
            yield Issue(challenge.at("response"), facts)


def _is_granted(challenge: Challenge) -> bool:
    return challenge.response in (Response.ACCEPTED, Response.PARTLY)


@CHECKS.rule(
    Rule(
        "SCC904",
        "untold-disagreement",
        by_stage("----we"),
        "the two sides still disagree on the challenge {challenge}, and nothing says how",
        "A reader who is told of one side only takes for settled what is not.",
        "Write under `statement` what each side holds on {challenge}, as the report will print it.",
        "The OECD-DAC's standards (2010, 3.14 and 3.15) ask that disagreements, within the team or "
        "with stakeholders, be acknowledged in the report.",
    )
)
def untold_disagreement(dossier: Dossier) -> Iterator[Issue]:
    for challenge in dossier.challenges:
        if challenge.unresolved and challenge.statement is None:
            yield Issue(challenge.at("unresolved"), {"challenge": challenge.id})


@CHECKS.rule(
    Rule(
        "SCC905",
        "judged-before-challenge",
        by_stage("----ww"),
        "the challenge {challenge} of {date} was granted, and what it is about was not judged "
        "again since: {judged}",
        "A change that the judgement does not show is a promise; the reader looks at the dates.",
        "Judge {judged} again with {challenge} in mind and write the new `date`, or answer "
        "`rejected` with a reason.",
        _ANSWERED,
    )
)
def judged_before_challenge(dossier: Dossier) -> Iterator[Issue]:
    for challenge in dossier.challenges:
        dated = _dated_targets(dossier, challenge)
        if not challenge.date or not challenge.change or not dated or not _is_granted(challenge):
            continue
        if all(is_before(date, challenge.date) for date in dated.values()):
            told = some([f"{name} ({date})" for name, date in dated.items()])
            facts = {"challenge": challenge.id, "date": challenge.date, "judged": told}
            yield Issue(challenge.at("date"), facts)


def _dated_targets(dossier: Dossier, challenge: Challenge) -> dict[str, str]:
    """The claims a challenge is about, and the verdicts on its packets, each with its date."""
    claims = (dossier.claim_named.get(name) for name in challenge.targets)
    packets = (dossier.packet_named(name) for name in challenge.targets)
    verdicts = (verdict for packet in packets if packet for verdict in dossier.verdicts_on(packet))
    judged: tuple[Claim | Verdict, ...] = (*(claim for claim in claims if claim), *verdicts)
    return {each.name: each.date for each in judged if each.date}
