"""What may be asked of a claim: what it says was changed, what concerns it, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from scc_eval.dossier._evidence import Tally
from scc_eval.dossier._judgement import JudgementIndex
from scc_eval.model.evidence import Evidence, Polarity

if TYPE_CHECKING:
    from scc_eval.model.judgement import Claim, RivalAssessment, Verdict
    from scc_eval.model.theory import Factor, Packet


class ClaimIndex(JudgementIndex):
    """The claims of an evaluation, each with the changes, the factors and the evidence it is
    about."""

    @property
    def judgements(self) -> tuple[Claim | Verdict, ...]:
        """Every claim and every verdict."""
        return (*self.claims, *self.verdicts)

    def is_held(self, claim: Claim) -> bool:
        """Whether a claim is upheld, or made without saying how it stands."""
        return claim.is_upheld or claim.status is None

    def bearing_in(self, packet: Packet, name: str) -> Tally:
        """What bears on a hypothesis, among the items coded to a packet."""
        sides = (
            tuple(item for item in side if self.is_in(packet, item))
            for side in self.bearing_on(name)
        )
        return Tally(*sides)

    def is_in(self, packet: Packet, item: Evidence) -> bool:
        """Whether an item is coded to a packet."""
        cell = self.cell(item.code)
        return cell is not None and cell.packet == packet.letter

    def changes_of(self, claim: Claim) -> frozenset[str]:
        """The boxes that a claim says were changed; all those of its packet if it names none."""
        ends = claim.changes or (claim.packet,)
        return frozenset().union(*(self.boxes_at(end) for end in ends))

    def bears_on_changes(self, factor: Factor, claim: Claim) -> bool:
        """Whether a factor bears on the packet of a claim as a whole, or on a box it changed."""
        packet, changes = self.packet_named(claim.packet), self.changes_of(claim)
        return any(
            (packet is not None and self.packet_named(target) is packet)
            or not changes.isdisjoint(self.boxes_at(target))
            for target in factor.targets
        )

    def concerns(self, rival: RivalAssessment, claim: Claim) -> bool:
        """Whether a factor was assessed for what a claim is about: it bears on its changes, and
        was assessed in one of the cases whose items speak of the claim, where both name some."""
        factors = (factor for factor in self.factors if factor.id == rival.factor)
        if not any(self.bears_on_changes(factor, claim) for factor in factors):
            return False
        cases = self.cases_in(self.weigh(claim).all)
        return not rival.cases or not cases or not cases.isdisjoint(rival.cases)

    def cases_in(self, items: Iterable[Evidence]) -> frozenset[str]:
        """The cases that items are coded to."""
        cells = (self.cell(item.code) for item in items)
        return frozenset(cell.case for cell in cells if cell is not None)

    def observed(self, end: str) -> tuple[Evidence, ...]:
        """The items that show a change in a box, or in one of those it holds: they support it and
        are coded to the first section of its packet. For a packet, those too that name no box."""
        packet = self.packet_at(end)
        if packet is None:
            return ()
        boxes = self.boxes_at(end)
        coded = self.items_in(packet=packet.letter, section=1)
        bearing = {id(item) for box in boxes for item in self.bearing_on(box).supports}
        if boxes == self.boxes_at(packet.letter):
            bearing |= {id(i) for i in coded if not i.bears_on and i.polarity is Polarity.SUPPORTS}
        return tuple(item for item in coded if id(item) in bearing)

    def silent_cases(self, claim: Claim) -> tuple[str, ...]:
        """The cases that say nothing of a claim nor of its mechanisms, and whose silence is not
        declared on the claim, its packet, all its mechanisms or all its changes."""
        bearing = (item for name in claim.mechanisms for item in self.bearing_on(name).all)
        spoken = self.cases_in((*self.weigh(claim).all, *bearing))
        packet = self.packet_named(claim.packet)
        whole = (claim.id, claim.packet, *((packet.letter, packet.number) if packet else ()))
        declared = frozenset().union(*(self._declared_silent(name or "") for name in whole))
        for names in (claim.mechanisms, claim.changes):
            silent = [self._declared_silent(name) for name in names]
            declared |= frozenset.intersection(*silent) if silent else frozenset()
        return tuple(c.code for c in self.cases if c.code not in spoken | declared)

    def _declared_silent(self, name: str) -> frozenset[str]:
        """The cases whose silence on something is declared."""
        return frozenset(case for absence in self.absences_on(name) for case in absence.cases)

    def fingerprint(self, claim: Claim | Verdict) -> str:
        """A mark of all that a judgement rests on: the items that bear on it, the hypotheses and
        the factors it names; for a verdict, its claims, or the items of its packet if it names
        none. Eight hexadecimal figures; ids and the order of files do not count."""
        import hashlib  # only a judgement that bears a mark pays for it

        told = sorted(self._judged(claim))
        return hashlib.sha256("\x1e".join(told).encode()).hexdigest()[:8]

    def _judged(self, judged: Claim | Verdict) -> Iterable[str]:
        if judged.kind == "verdict":
            claims = getattr(judged, "claims", ())
            for name in claims:
                if (claim := self.claim_named.get(name)) is not None:
                    yield f"{claim.text}\x1f{claim.form}\x1f{claim.status}"
                    yield from self._judged(claim)
            packet = None if claims else self.packet_named(judged.name)
            if packet is not None:
                yield from (item.text for item in self.items_in(packet=packet.letter))
            return
        claim = self.claim_named[judged.name]
        for polarity, items in zip(Polarity, self.weigh(claim), strict=True):
            for item in items:
                yield f"{polarity.value}\x1f{item.text}"
        for name in (*claim.mechanisms, *claim.factors):
            if (hypothesis := self.hypotheses.get(name)) is not None:
                yield hypothesis.text
        for link in self.links_of(claim):
            yield from (assumption.text for assumption in link.assumptions)
