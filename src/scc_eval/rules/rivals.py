"""SCC6xx: is each other explanation declared, examined, judged and told?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, ALWAYS_NOTE, RISING_TO_ERROR, Issue, Rule, by_stage
from scc_eval.model.choices import AssertionRole, FactorRole, Outcome, Tone
from scc_eval.model.evidence import AbsenceKind, Evidence, Polarity
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Claim
    from scc_eval.model.telling import Conclusion, Theme
    from scc_eval.model.theory import Factor, Packet

CHECKS = Checks()

_EXAMINING = ("evidence item", "rival", "absence", "fate", "test")


@CHECKS.rule(
    Rule(
        "SCC601",
        "factor-never-examined",
        RISING_TO_ERROR,
        "no evidence bears on the factor {factor} ({title}) of {targets}, and nobody says that it "
        "was looked for",
        "An explanation declared and never examined leaves the contribution open to the first "
        "objection.",
        "Name {factor} under `bears_on` of the items that speak for or against it; if there are "
        "none, say under `search` of its assessment where it was looked for in vain.",
        "Lemire, Nielsen and Dybdal (2012) ask that each influencing factor be examined; the "
        "Loos-en-Gohelle evaluation declares its other factors before it collects. Mayne (2019) "
        "gives external factors a smaller part, hence a warning under the profile `mayne`.",
        needs=("theory", "packet", "case", *_EXAMINING),
    )
)
def factor_never_examined(dossier: Dossier) -> Iterator[Issue]:
    told = {packet.letter for packet in _with_evidence(dossier)}
    for factor in dossier.factors:
        packets = (dossier.packet_at(target) for target in factor.targets)
        is_due = any(packet is not None and packet.letter in told for packet in packets)
        if is_due and not factor.excluded and not _is_examined(dossier, factor):
            facts = {
                "factor": factor.id,
                "title": factor.title,
                "targets": ", ".join(factor.targets),
            }
            yield Issue(factor.at(), facts)


def _with_evidence(dossier: Dossier) -> Iterator[Packet]:
    for packet in dossier.examined_packets:
        if dossier.items_in(packet=packet.letter):
            yield packet


def _is_examined(dossier: Dossier, factor: Factor) -> bool:
    """Whether something bears on a factor, or it was looked for, or somebody says why it was not;
    not denied where what would say so could not be read."""
    name = factor.id
    return (
        bool(dossier.bearing_on(name).all)
        or any(rival.search or rival.reason for rival in dossier.assessments_of(factor))
        or any(each.found is not AbsenceKind.NOT_ASKED for each in dossier.absences_on(name))
        or any(test.outcome is not Outcome.NOT_SOUGHT for test in dossier.tests_on(name))
        or dossier.is_left_untested(name)
        or any(dossier.is_mentioned(kind, name) for kind in _EXAMINING)
    )


@CHECKS.rule(
    Rule(
        "SCC602",
        "undeclared-rival",
        ALWAYS_NOTE,
        "another explanation of packet {packet} is told and declared nowhere: {told}",
        "What came up with the evidence belongs in the theory too: a factor without a name is "
        "neither judged nor found again.",
        "Declare the factor with `origin: emergent`, and name it under `bears_on` of the items and "
        "`about` of the theme.",
        "Contribution analysis is abductive (Delahais); that each explanation examined be declared "
        "is our own demand.",
        needs=("theory", "factor"),
    )
)
def undeclared_rival(dossier: Dossier) -> Iterator[Issue]:
    if dossier.has_stubs("factor"):
        return
    untied = [theme for theme in dossier.themes if _is_untied(dossier, theme)]
    for theme in untied:
        yield Issue(theme.at(), {"on": theme.title, "packet": theme.packet, "told": theme.title})
    told = {id(item) for theme in untied for item in _cited(dossier, theme)}
    for packet in dossier.examined_packets:
        items = dossier.items_in(packet=packet.letter, section=3)
        loose = {
            item.code: item.at()
            for item in items
            if id(item) not in told and _is_loose(dossier, item)
        }
        if loose:
            codes = sorted(loose)
            facts = {"on": packet.letter, "packet": packet.letter, "told": some(codes)}
            yield Issue(loose[codes[0]], facts)


def _is_untied(dossier: Dossier, theme: Theme) -> bool:
    """Whether a theme tells of another explanation, and neither it nor its items name a
    hypothesis."""
    is_telling = any(a.role is not AssertionRole.CONTEXT for a in theme.assertions)
    is_tied = _names_hypothesis(dossier, theme.about) or any(
        not _is_loose(dossier, item) for item in _cited(dossier, theme)
    )
    return theme.section == 3 and is_telling and not is_tied


def _cited(dossier: Dossier, theme: Theme) -> Iterator[Evidence]:
    for assertion in theme.assertions:
        for text in assertion.evidence:
            yield from dossier.items_named(text)


def _is_loose(dossier: Dossier, item: Evidence) -> bool:
    targets = (target for target, _ in item.bearings())
    return item.polarity is not Polarity.CONTEXT and not _names_hypothesis(dossier, targets)


def _names_hypothesis(dossier: Dossier, names: Iterable[str]) -> bool:
    """Whether one of the names is that of more than a box or a packet; a name that nothing bears
    counts, since it is told elsewhere."""
    return any(dossier.packet_at(name) is None for name in names)


@CHECKS.rule(
    Rule(
        "SCC603",
        "rival-not-judged",
        by_stage("---wee"),
        "nobody says what part the factor {factor} ({title}) has in packet {packet} (items bearing "
        "on it: {count})",
        "An explanation that was examined has a part in the change, or has none: the reader needs "
        "to know which before believing in a contribution.",
        "Judge {factor} under `rivals` for packet {packet}: whether it complements, conditions, "
        "excludes or hinders the contribution, or has no influence.",
        "The Loos-en-Gohelle evaluation asks whether another cause complemented, conditioned or "
        "excluded the contribution.",
        needs=("theory", "rival"),
    )
)
def rival_not_judged(dossier: Dossier) -> Iterator[Issue]:
    for packet in dossier.examined_packets:
        rivals = dossier.rivals_in(packet)
        judged = {each.factor for each in rivals if each.role is not FactorRole.NOT_EXAMINED}
        unjudged = {each.factor: each.at() for each in rivals}
        for factor in dossier.factors_on(packet):
            found = dossier.bearing_in(packet, factor.id)
            count = len(found.all) - len(found.context)
            is_settled = factor.id in judged or factor.excluded is not None
            if count and not is_settled and not dossier.is_mentioned("rival", factor.id):
                facts = {"factor": factor.id, "title": factor.title, "packet": packet.letter}
                at = unjudged.get(factor.id, factor.at())
                yield Issue(at, {**facts, "count": str(count)})


@CHECKS.rule(
    Rule(
        "SCC606",
        "excluded-factor-as-sign",
        ALWAYS_ERROR,
        "{told} counts {factor} ({title}) as a sign of contribution, and the scope leaves it out",
        "What the scope leaves out may be told as an explanation; counted as a sign, it gives the "
        "programme credit for what was not evaluated.",
        "Take {factor} out of {told}, code it to the section on other explanations, or take "
        "`excluded` off the factor.",
        "The Loos-en-Gohelle evaluation tells what came before its period as explanatory factors, "
        "and does not count it as signs of contribution.",
    )
)
def excluded_factor_as_sign(dossier: Dossier) -> Iterator[Issue]:
    for factor in dossier.factors:
        for item in dossier.bearing_on(factor.id).supports if factor.excluded else ():
            cell = dossier.cell(item.code)
            if cell is not None and cell.section == 2:
                facts = {"factor": factor.id, "title": factor.title, "told": item.code}
                yield Issue(item.at("bears_on"), facts)


@CHECKS.rule(
    Rule(
        "SCC608",
        "condition-left-out",
        by_stage("---www"),
        "the conclusion {conclusion} leaves out {factor} ({title}), which conditions the "
        "contribution to packet {packet}",
        "A contribution that depends on something else will not be had again without it: whoever "
        "reads the conclusion alone must be told.",
        "Name {factor} under `factors` of {conclusion}, or of another conclusion on the same "
        "question, and say in its text on what the contribution depends; or let the `targets` of "
        "{factor} name only the boxes that it conditions.",
        "Mayne: a contribution works together with other conditions, which a claim must name; the "
        "Loos-en-Gohelle evaluation tells causes that condition the contribution.",
        needs=("theory", "evidence item", "claim", "assertion", "key point", "theme"),
    )
)
def condition_left_out(dossier: Dossier) -> Iterator[Issue]:
    conditions = {rival.factor for rival in dossier.rivals if rival.role is FactorRole.CONDITIONS}
    for conclusion in dossier.conclusions if conditions else ():
        if conclusion.tone is Tone.NEGATIVE:
            continue
        reached = dossier.reached(conclusion.rests_on)
        claims = [
            claim for claim in dossier.claims if claim.id in reached and dossier.is_held(claim)
        ]
        named = _named(dossier, conclusion, reached, claims)
        for factor in dossier.factors:
            if factor.id in named or factor.id not in conditions:
                continue
            packet = _conditioned(dossier, factor, claims)
            is_broken = any(dossier.is_mentioned(kind, factor.id) for kind in _NAMING)
            if packet and not is_broken:
                facts = {"conclusion": conclusion.id, "factor": factor.id, "title": factor.title}
                yield Issue(conclusion.at(), {**facts, "packet": packet})


_NAMING = ("claim", "evidence item", "theme")


def _named(
    dossier: Dossier, conclusion: Conclusion, reached: Iterable[str], claims: Iterable[Claim]
) -> frozenset[str]:
    """The factors that a conclusion or another on its question names, or that what it rests on
    names or bears on."""
    told = frozenset(reached)
    themes = (theme for theme in dossier.themes if any(a.id in told for a in theme.assertions))
    items = (item for name in told for item in dossier.items_named(name))
    beside = (c.factors for c in dossier.conclusions if c.question == conclusion.question)
    return frozenset(conclusion.factors).union(
        *(beside if conclusion.question else ()),
        *(claim.factors for claim in claims),
        *(theme.about for theme in themes),
        *((target for target, _ in item.bearings()) for item in items),
    )


def _conditioned(dossier: Dossier, factor: Factor, claims: Iterable[Claim]) -> str:
    """The packet of one of those claims in which a factor was found to be a condition."""
    for rival in dossier.assessments_of(factor):
        packet = dossier.packet_named(rival.packet)
        if rival.role is FactorRole.CONDITIONS and packet is not None:
            near = (claim for claim in claims if dossier.packet_named(claim.packet) is packet)
            if any(dossier.concerns(rival, claim) for claim in near):
                return packet.letter
    return ""
