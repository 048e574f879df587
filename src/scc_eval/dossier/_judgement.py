"""What may be asked of the judgement: what bears on a claim, and how far its sources agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.dossier._evidence import EvidenceIndex, Tally
from scc_eval.model.evidence import Evidence, Polarity, Side

if TYPE_CHECKING:
    from scc_eval.model.evidence import Absence
    from scc_eval.model.judgement import (
        Challenge,
        Claim,
        ExpectedEvidence,
        Fate,
        RivalAssessment,
        Verdict,
        Waiver,
    )
    from scc_eval.model.theory import Factor, Link, Packet
    from scc_eval.project import Project


class Standing(IntEnum):
    """How far items support a thing together; the greater the better. Our own reading of what the
    Loos-en-Gohelle evaluation calls a converging bundle from independent sources."""

    BARE = 0
    SINGLE = 1
    CORROBORATED = 2
    TRIANGULATED = 3

    @property
    def word(self) -> str:
        """`bare`, `single`, `corroborated` or `triangulated`."""
        return self.name.lower()


class Voice(NamedTuple):
    """A root source speaking in an item: itself, or through a source that repeats it."""

    root: str
    source: str
    """The source of the item."""
    case: str | None
    dependent: tuple[str, ...]
    """The roots that depend on each other through a package, this one among them."""


class Support(NamedTuple):
    """What stands behind something: the root sources of its items, and where they were heard.

    `roots` are groups of root sources that depend on each other through a package, each group
    counted once. `cases` and `methods` are those in which a root was heard itself: an echo brings
    neither.
    """

    roots: tuple[tuple[str, ...], ...] = ()
    interests: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    sides: tuple[Side | None, ...] = ()
    """The side of each root; None where its category is not known."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every root source, once."""
        return tuple(sorted(root for group in self.roots for root in group))


class JudgementIndex(EvidenceIndex):
    """The judgement of an evaluation, indexed by packet and by what bears on each claim."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.absences: tuple[Absence, ...] = project.section("absences")
        self.claims: tuple[Claim, ...] = project.section("claims")
        self.rivals: tuple[RivalAssessment, ...] = project.section("rivals")
        self.verdicts: tuple[Verdict, ...] = project.section("verdicts")
        self.fates: tuple[Fate, ...] = project.section("fates")
        self.tests: tuple[ExpectedEvidence, ...] = project.section("tests")
        self.challenges: tuple[Challenge, ...] = project.section("challenges")
        self.waivers: tuple[Waiver, ...] = project.section("waivers")

    @cached_property
    def asserted_claims(self) -> tuple[Claim, ...]:
        """The claims that say that something holds: those upheld, and those without a status on a
        packet to examine, since nothing says that they are not."""
        examined = {name for p in self.examined_packets for name in (p.letter, p.number)}
        return tuple(
            claim
            for claim in self.claims
            if claim.is_upheld or (claim.status is None and claim.packet in examined)
        )

    @cached_property
    def claim_named(self) -> Mapping[str, Claim]:
        """The claims by their id."""
        return {claim.id: claim for claim in self.claims}

    def claims_in(self, packet: Packet) -> tuple[Claim, ...]:
        """The claims on a packet."""
        return tuple(c for c in self.claims if self.packet_named(c.packet) is packet)

    @cached_property
    def claims_naming(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that name each mechanism or factor, by its id."""
        found: dict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in self.claims:
            for name in (*claim.mechanisms, *claim.factors):
                found[name][claim.id] = claim
        return {name: tuple(claims.values()) for name, claims in found.items()}

    def verdicts_on(self, packet: Packet) -> tuple[Verdict, ...]:
        """The verdicts on a packet."""
        return tuple(v for v in self.verdicts if self.packet_named(v.packet) is packet)

    def rivals_in(self, packet: Packet) -> tuple[RivalAssessment, ...]:
        """The assessments of other factors in a packet."""
        return tuple(r for r in self.rivals if self.packet_named(r.packet) is packet)

    def assessments_of(self, factor: Factor) -> tuple[RivalAssessment, ...]:
        """The assessments of a factor, packet by packet and case by case."""
        return tuple(rival for rival in self.rivals if rival.factor == factor.id)

    @cached_property
    def fate_of(self) -> Mapping[str, Fate]:
        """What people said became of a hypothesis, by its id."""
        return {fate.hypothesis: fate for fate in self.fates}

    def is_left_untested(self, name: str) -> bool:
        """Whether people said that a hypothesis was not tested, and why."""
        fate = self.fate_of.get(name)
        return fate is not None and fate.fate.value == "not_tested" and fate.reason is not None

    def tests_on(self, name: str) -> tuple[ExpectedEvidence, ...]:
        """The evidence expected of a claim or a hypothesis."""
        return self.tested.get(name, ())

    @cached_property
    def tested(self) -> Mapping[str, tuple[ExpectedEvidence, ...]]:
        """The evidence expected of each claim and hypothesis, by its id."""
        found: dict[str, list[ExpectedEvidence]] = defaultdict(list)
        for test in self.tests:
            found[test.on].append(test)
        return {name: tuple(tests) for name, tests in found.items()}

    def absences_on(self, name: str) -> tuple[Absence, ...]:
        """What is declared of cases that are silent on something."""
        return tuple(absence for absence in self.absences if absence.on == name)

    def links_of(self, claim: Claim) -> tuple[Link, ...]:
        """The links whose mechanisms a claim names."""
        found = (self.link_of.get(name) for name in claim.mechanisms)
        return tuple({link.id: link for link in found if link is not None}.values())

    def weigh(self, claim: Claim) -> Tally:
        """What speaks for, against and about a claim: the items it cites, and those that bear on
        it. Items set aside do not count."""
        return self._weighed[claim.id]

    @cached_property
    def _weighed(self) -> Mapping[str, Tally]:
        return {claim.id: self._weigh(claim) for claim in self.claims}

    def _weigh(self, claim: Claim) -> Tally:
        cited = (item for text in claim.evidence for item in self.items_named(text))
        own = self.bearing_on(claim.id)
        bearing = {id(item) for item in own.all}
        # By identity: two sources may say the same words under the same code.
        sides: dict[Polarity, dict[int, Evidence]] = defaultdict(dict)
        for item in cited:
            if item.set_aside is None and id(item) not in bearing:
                sides[self._cited_polarity(item)][id(item)] = item
        for polarity, items in zip(Polarity, own, strict=True):
            sides[polarity] |= {id(item): item for item in items}
        return Tally(*(tuple(sides[polarity].values()) for polarity in Polarity))

    def _cited_polarity(self, item: Evidence) -> Polarity:
        """What an item does to a claim that cites it; what speaks only for or against other
        factors neither supports the claim nor contradicts it."""
        targets = [target for target, _ in item.bearings()]
        is_on_factors = bool(targets) and self._factor_ids.issuperset(targets)
        return Polarity.CONTEXT if is_on_factors else item.polarity

    @cached_property
    def _factor_ids(self) -> frozenset[str]:
        return frozenset(factor.id for factor in self.factors)

    def support_for(self, claim: Claim) -> Support:
        """What stands behind all that supports a claim."""
        return self._supported[claim.id]

    @cached_property
    def _supported(self) -> Mapping[str, Support]:
        return {claim.id: self.support(self.weigh(claim).supports) for claim in self.claims}

    def support(self, items: Iterable[Evidence]) -> Support:
        """What stands behind several items together."""
        return self.support_of(self.voices(items))

    def voices(self, items: Iterable[Evidence]) -> tuple[Voice, ...]:
        """The root sources that speak in several items, item by item."""
        items = tuple(items)
        dependent = {root: group for group in self.independent(items) for root in group}
        return tuple(
            Voice(root, source, cell.case if cell else None, dependent[root])
            for item in items
            for cell in (self.cell(item.code),)
            for source in self.sources_of(item)
            for root in sorted(self._roots_of(source))
        )

    def independent(self, items: tuple[Evidence, ...]) -> tuple[tuple[str, ...], ...]:
        """The root sources of several items, those together that count once."""
        return _grouped(self._dependent(items), self.roots_of(items))

    def support_of(self, voices: Iterable[Voice]) -> Support:
        """What stands behind several items where only those voices are heard in them."""
        voices = tuple(voices)
        roots = {voice.root for voice in voices}
        heard = [voice for voice in voices if voice.source == voice.root]
        groups = {tuple(r for r in voice.dependent if r in roots) for voice in voices}
        interests = {self.interest_of(root) for root in roots}
        methods = {self.method_of(voice.source) for voice in heard}
        return Support(
            tuple(sorted(groups)),
            tuple(interest for interest in self.interests if interest in interests),
            tuple(sorted({voice.case for voice in heard if voice.case is not None})),
            tuple(sorted({method for method in methods if method})),
            tuple(self.side_of(root) for root in sorted(roots)),
        )

    def _dependent(self, items: tuple[Evidence, ...]) -> tuple[frozenset[str], ...]:
        """The roots of each package."""
        packages: dict[str, set[str]] = defaultdict(set)
        for item in items:
            if item.package is not None:
                packages[item.package] |= self.roots(item)
        return tuple(frozenset(roots) for roots in packages.values())

    def standing(self, support: Support) -> Standing:
        """How far a support reaches, by the thresholds of the evaluation."""
        least = self.settings.thresholds
        if not support.roots:
            return Standing.BARE
        if len(support.roots) < least.roots:
            return Standing.SINGLE
        is_wide = len(support.cases) >= least.cases or len(support.methods) >= least.methods
        if len(support.interests) >= least.interests and is_wide:
            return Standing.TRIANGULATED
        return Standing.CORROBORATED

    def method_of(self, source: str) -> str | None:
        """How a source was collected; what kind of source it is where no method is written."""
        declared = self.source_named.get(source)
        return (declared.method or declared.type.value) if declared else None

    def side_of(self, source: str) -> Side | None:
        """Where a source stands towards the programme: as its category does, or, where it only has
        an interest group, as all categories of that group do."""
        declared = self.source_named.get(source)
        if declared is None:
            return None
        if declared.category:
            category = self.category_named.get(declared.category)
            return category.side if category else None
        group = declared.interest
        sides = {c.side for c in self.categories if (c.interest or c.label) == group}
        return sides.pop() if len(sides) == 1 else None

    def unheard(self, support: Support) -> tuple[str, ...]:
        """The interest groups of the register that a support does not have."""
        return tuple(group for group in self.interests if group not in support.interests)


def _grouped(
    packages: tuple[frozenset[str], ...], roots: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The roots, those that share a package together."""
    if not packages:
        return tuple((root,) for root in sorted(roots))
    groups = {root: {root} for root in roots}
    for package in packages:
        merged = set().union(*(groups[root] for root in package))
        groups |= dict.fromkeys(merged, merged)
    return tuple(sorted({tuple(sorted(group)) for group in groups.values()}))
