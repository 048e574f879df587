"""SCC6xx: are other explanations looked for as hard as the programme's?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_NOTE, Issue, Rule, by_stage
from scc_eval.model.choices import FactorRole
from scc_eval.model.evidence import Polarity
from scc_eval.model.theory import FactorType, Packet
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()

_WARNING = by_stage("---www")
_WANTED = (FactorType.IMPLEMENTATION, FactorType.CONTEXT, FactorType.RIVAL_THEORY)


@CHECKS.rule(
    Rule(
        "SCC604",
        "lopsided-scrutiny",
        _WARNING,
        "packet {packet} ({title}) has {signs} signs of contribution to {others} on other "
        "explanations, {ratio} times as many or more",
        "Who looks mostly for the programme finds mostly the programme: the count says where the "
        "search went, not who is right.",
        "Look for other explanations of {packet} as hard as for the programme's, or say under "
        "`search` of an assessment what was looked for in vain: each such search counts.",
        "Befani warns of confirmation bias; the ratio, and how many signs there must be before it "
        "is looked at, are our own defaults.",
        needs=("theory", "packet", "case", "factor", "evidence item"),
        thresholds=("scrutiny_ratio", "signs"),
    )
)
def lopsided_scrutiny(dossier: Dossier) -> Iterator[Issue]:
    least = dossier.settings.thresholds
    for packet in dossier.examined_packets:
        signs = [
            item
            for item in dossier.items_in(packet=packet.letter, section=2)
            if item.polarity is Polarity.SUPPORTS
        ]
        others = _scrutiny(dossier, packet)
        is_bare = len(dossier.items_in(packet=packet.letter, section=3)) < least.items_per_section
        is_broken = any(cell.packet == packet.letter for cell in dossier.stub_cells)
        is_lopsided = len(signs) >= max(least.signs, least.scrutiny_ratio * others)
        if is_lopsided and not is_bare and not is_broken:
            facts = {"packet": packet.letter, "title": packet.title, "signs": str(len(signs))}
            ratio = str(least.scrutiny_ratio)
            yield Issue(packet.at(), {**facts, "others": str(others), "ratio": ratio})


def _scrutiny(dossier: Dossier, packet: Packet) -> int:
    """How many items of a packet are on other explanations, and how many searches for one found
    none."""
    told = dossier.items_in(packet=packet.letter, section=3)
    bearing = {f.id: dossier.bearing_in(packet, f.id).all for f in dossier.factors}
    items = {id(item) for found in (told, *bearing.values()) for item in found}
    searched = {rival.factor for rival in dossier.rivals_in(packet) if rival.search}
    return len(items) + sum(not bearing.get(factor) for factor in searched)


@CHECKS.rule(
    Rule(
        "SCC605",
        "rivals-untested-in-case",
        by_stage("nnnnww"),
        "the case {case} has signs of contribution in packet {packet}, and nothing on any other "
        "explanation",
        "In this case the programme was looked for and nothing else was: it could not but be "
        "found.",
        "Code what {case} says of other explanations of {packet}, or declare under `absences` that "
        "they were asked about in vain, or not asked about.",
        "Befani warns of confirmation bias; that it be checked case by case is our own demand.",
        needs=("theory", "packet", "case", "factor", "evidence item", "absence"),
    )
)
def rivals_untested_in_case(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        signs = dossier.cases_in(dossier.items_in(packet=packet.letter, section=2))
        examined = _examined_in(dossier, packet)
        for case in dossier.cases:
            is_one_sided = bool(examined) and case.code in signs and case.code not in examined
            if is_one_sided and not dossier.is_mentioned("absence", case.code):
                yield Issue(case.at("code"), {"case": case.code, "packet": packet.letter})


def _examined_in(dossier: Dossier, packet: Packet) -> frozenset[str]:
    """The cases that say something of other explanations of a packet, or whose silence on them is
    declared."""
    broken = {cell.case for cell in dossier.stub_cells if cell[1:3] == (packet.letter, 3)}
    factors = [factor.id for factor in dossier.factors_on(packet)]
    bearing = (dossier.cases_in(dossier.bearing_on(factor).all) for factor in factors)
    absences = [
        absence
        for absence in dossier.absences
        if absence.on in factors or dossier.packet_named(absence.on) is packet
    ]
    told = dossier.cases_in(dossier.items_in(packet=packet.letter, section=3))
    return told.union(broken, *bearing, *(absence.cases for absence in absences))


@CHECKS.rule(
    Rule(
        "SCC607",
        "narrow-rival-list",
        ALWAYS_NOTE,
        "no factor of the theory {theory} is of type {types}",
        "Other explanations lie not only beside the programme: in how it was carried out, in where "
        "it was, and in another account of why things change.",
        "Look for factors of type {types} and declare them, or have somebody accept that none is "
        "thinkable.",
        "The types are after Lemire, Nielsen and Dybdal (2012); that these three be among them is "
        "our own demand.",
        needs=("theory", "factor"),
    )
)
def narrow_rival_list(dossier: Dossier) -> Iterator[Issue]:
    types = {factor.type for factor in dossier.factors if factor.type is not None}
    missing = [kind.value for kind in _WANTED if kind not in types]
    if types and missing and not dossier.has_stubs("factor"):
        facts = {"theory": dossier.theory.id, "types": ", ".join(missing)}
        yield Issue(dossier.theory.at("factors"), facts)


@CHECKS.rule(
    Rule(
        "SCC609",
        "rival-differs-by-case",
        _WARNING,
        "the factor {factor} ({title}) is judged alike in all cases of packet {packet}, and the "
        "evidence differs: for it in {present}, against it in {absent}",
        "Where a factor worked and where it did not is what tells its part from the programme's.",
        "Judge {factor} apart for {present} and for {absent}, with `cases`, or say in its `reason` "
        "why one judgement holds for all and have it accepted.",
        "Our own: cases are compared to tell explanations apart.",
        needs=("theory", "rival"),
    )
)
def rival_differs_by_case(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        rivals = dossier.rivals_in(packet)
        apart = {rival.factor for rival in rivals if rival.cases}
        alike = {
            rival.factor: rival.at()
            for rival in rivals
            if rival.factor not in apart and rival.role is not FactorRole.NOT_EXAMINED
        }
        for factor in dossier.factors:
            found = dossier.bearing_in(packet, factor.id)
            supporting, opposing = dossier.cases_in(found.supports), dossier.cases_in(found.against)
            present, absent = sorted(supporting - opposing), sorted(opposing - supporting)
            is_broken = dossier.is_mentioned("rival", factor.id)
            if factor.id in alike and present and absent and not is_broken:
                facts = {"factor": factor.id, "title": factor.title, "packet": packet.letter}
                cases = {"present": ", ".join(present), "absent": ", ".join(absent)}
                yield Issue(alike[factor.id], {**facts, **cases})
