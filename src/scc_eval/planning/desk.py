"""One packet to examine: what may still change there, where it may be found, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scc_eval.dossier import Dossier, Support, Tally
from scc_eval.model.choices import FateKind, Form, Status
from scc_eval.model.evidence import AbsenceKind
from scc_eval.model.judgement import Claim, ExpectedEvidence
from scc_eval.model.theory import Box, Hypothesis, Packet
from scc_eval.planning.want import Kind

Subject = Packet | Box | Claim | Hypothesis | ExpectedEvidence

_CLOSED = (Status.REFUTED, Status.NOT_TO_BE_PROVEN)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing, in no language: `ask` and `why` are words of the locales, and `facts` is
    what fills the second."""

    kind: Kind
    packet: Packet
    subject: Subject
    claims: tuple[Claim, ...]
    """The claims that depend on it."""
    cases: tuple[str, ...]
    """Where it may still be found."""
    ask: str
    why: str
    facts: Mapping[str, str]
    support: Support
    """What is there already: whoever is heard in it need not be heard first."""


class Desk:
    """A packet to examine, with the claims and the hypotheses that may still change."""

    def __init__(self, dossier: Dossier, packet: Packet) -> None:
        self.dossier = dossier
        self.packet = packet
        self.claims = dossier.claims_in(packet)
        self.open = tuple(claim for claim in self.claims if claim.status not in _CLOSED)
        self.cases = tuple(case.code for case in dossier.cases)
        self.hypotheses: Mapping[str, Hypothesis] = MappingProxyType(
            {
                hypothesis.id: hypothesis
                for link in (*dossier.links_into(packet), *dossier.links_within(packet))
                for hypothesis in link.hypotheses
            }
        )

    @property
    def is_closed(self) -> bool:
        """Whether people said that nothing here is to be proven, or that all is refuted."""
        verdicts = self.dossier.verdicts_on(self.packet)
        is_judged = any(verdict.status in _CLOSED for verdict in verdicts)
        return is_judged or bool(self.claims and not self.open)

    def gap(
        self,
        kind: Kind,
        subject: Subject,
        claims: tuple[Claim, ...],
        cases: tuple[str, ...],
        ask: str,
        why: str,
        *,
        support: Support | None = None,
        **facts: str,
    ) -> Iterator[Gap]:
        """The gap, unless there are cases and none is left to look for it in."""
        if cases or not self.cases:
            told = {"id": subject.name, "claims": ", ".join(claim.id for claim in claims)}
            facts = told | facts
            support = support or Support()
            yield Gap(kind, self.packet, subject, claims, cases, ask, why, facts, support)

    def left(self, name: str) -> tuple[str, ...]:
        """The cases where something may still be found: nobody says that it was looked for there
        in vain, that it is the contrary or that the question makes no sense."""
        names = {name, self.packet.letter, self.packet.number}
        done = {
            case
            for absence in self.dossier.absences
            if absence.on in names and absence.found is not AbsenceKind.NOT_ASKED
            for case in absence.cases
        }
        return tuple(case for case in self.cases if case not in done)

    def elsewhere(self, name: str, support: Support) -> tuple[str, ...]:
        """The cases left that a support does not have; all those left if it has them all."""
        left = self.left(name)
        return tuple(case for case in left if case not in support.cases) or left

    def is_lost(self, name: str) -> bool:
        """Whether an item that could not be read mentions it: it may not be missing at all."""
        return self.dossier.is_mentioned("evidence item", name)

    def is_dropped(self, name: str) -> bool:
        """Whether people refuted a hypothesis, or left it untested for a reason."""
        fate = self.dossier.fate_of.get(name)
        is_refuted = fate is not None and fate.fate is FateKind.REFUTED
        return is_refuted or self.dossier.is_left_untested(name)

    def naming(self, hypothesis: Hypothesis) -> tuple[Claim, ...]:
        """The claims of the packet that name a mechanism; for an assumption or a risk, those that
        name a mechanism of its link."""
        names = {hypothesis.id}
        if hypothesis.kind != "mechanism":
            link = self.dossier.link_of[hypothesis.id]
            names = {mechanism.id for mechanism in link.mechanisms}
        return tuple(claim for claim in self.claims if not names.isdisjoint(claim.mechanisms))


def is_bare(tally: Tally) -> bool:
    """Whether nothing speaks for or against a thing."""
    return not (tally.supports or tally.against)


def relied_on(claims: tuple[Claim, ...]) -> str:
    """`own` if a claim of an own contribution depends on it, `claims` if others do, or `none`."""
    if any(claim.form is Form.OWN for claim in claims):
        return "own"
    return "claims" if claims else "none"
