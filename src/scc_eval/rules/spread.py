"""SCC4xx: do all cases and several informants speak, or one for all the others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, Issue, Rule, by_stage
from scc_eval.model.choices import AssertionRole, FateKind
from scc_eval.model.evidence import Case, SourceKind, Wording
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Claim
    from scc_eval.model.telling import Theme
    from scc_eval.model.theory import Mechanism

CHECKS = Checks()

_NOT_UPHELD = (FateKind.REFUTED, FateKind.INCONCLUSIVE, FateKind.NOT_TESTED)


@CHECKS.rule(
    Rule(
        "SCC406",
        "talkative-informant",
        by_stage("--nnnn"),
        "{informant} gives {count} of the {total} quotes in packet {packet} ({share} %)",
        "Who speaks well is quoted often, and a story may take on the view of one person without "
        "anybody having meant it to.",
        "Quote other informants on packet {packet}, or say why {informant} is heard so much.",
        "Our own: the share above which one voice is a great part of the quotes and paraphrases, "
        "if it is more than an even one too, and how many there must be before it is looked at.",
        needs=("source", "evidence item"),
        thresholds=("quote_share", "quotes"),
    )
)
def talkative_informant(dossier: Dossier) -> Iterator[Issue]:
    least, most = dossier.settings.thresholds.quotes, dossier.settings.thresholds.quote_share
    informants = frozenset(s.id for s in dossier.sources if s.type is SourceKind.INFORMANT)
    for packet in dossier.packets:
        quoted = [
            speakers
            for item in dossier.items_in(packet=packet.letter)
            if item.wording is not Wording.STATEMENT
            and (speakers := informants & dossier.roots(item))
        ]
        counts = Counter(speaker for speakers in quoted for speaker in speakers)
        total = len(quoted)
        for informant, count in sorted(counts.items()):
            is_large = count * 100 > total * most and count * len(counts) > total
            if total >= least and is_large:
                facts = {"informant": informant, "packet": packet.letter, "count": str(count)}
                # Rounded up: what is above a share never reads as the share.
                facts |= {"total": str(total), "share": str(-(-count * 100 // total))}
                yield Issue(dossier.source_named[informant].at(), facts)


@CHECKS.rule(
    Rule(
        "SCC407",
        "silent-case",
        by_stage("---nww"),
        "nothing on the claim {claim} nor on its mechanisms, and no declared absence, in: {cases}",
        "Silence is not absence: it may be that nobody asked, that it was looked for in vain, or "
        "that the case says the contrary.",
        "Code what was heard or seen of {claim} in {cases}, or declare under `absences` what was "
        "not: `not_asked`, `asked_not_found`, `contrary` or `not_applicable`.",
        "Process tracing: absence of evidence is not evidence of absence; the four kinds of "
        "absence are our own.",
        needs=("theory", "case", "evidence item", "absence"),
    )
)
def silent_case(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.asserted_claims:
        names = (claim.id, claim.packet, *claim.mechanisms, *claim.changes)
        is_broken = any(dossier.is_mentioned(kind, *names) for kind in ("absence", "evidence item"))
        is_bare = not dossier.weigh(claim).supports
        silent = dossier.silent_cases(claim)
        if silent and not is_bare and not is_broken and not dossier.has_lost_evidence(claim):
            yield Issue(claim.at(), {"claim": claim.id, "cases": some(silent)})


@CHECKS.rule(
    Rule(
        "SCC408",
        "mechanism-on-one-case",
        by_stage("---www"),
        "all that supports the mechanism {mechanism} ({title}) comes from one case, {case}",
        "What was seen at work in one place may depend on the place; told without it, readers take "
        "it for what the programme does everywhere.",
        "Look for {mechanism} in the other cases, declare under `absences` what they do not say of "
        "it, or name {case} in the text or the `limits` of the claims that tell it.",
        "White (2023) counts general claims from single studies among common flaws; that one case "
        "of several is too few for a mechanism is our own reading.",
        needs=("theory", "case", "evidence item", "absence"),
    )
)
def mechanism_on_one_case(dossier: Dossier) -> Iterator[Issue]:
    about = {name for theme in dossier.themes if _is_finding(theme) for name in theme.about}
    asserted = {claim.id for claim in dossier.asserted_claims}
    for mechanism in (m for link in dossier.all_links for m in link.mechanisms):
        if (case := _only_case(dossier, mechanism)) is None or _is_open(dossier, mechanism):
            continue
        claims = dossier.claims_naming.get(mechanism.id, ())
        is_told = not claims and mechanism.id in about
        if is_told or any(claim.id in asserted and not _names(claim, case) for claim in claims):
            facts = {"mechanism": mechanism.id, "title": mechanism.title, "case": case.code}
            yield Issue(mechanism.at(), facts)


def _is_finding(theme: Theme) -> bool:
    return theme.role is AssertionRole.FINDING


def _only_case(dossier: Dossier, mechanism: Mechanism) -> Case | None:
    """The only case where anything supports a mechanism, if another could."""
    cells = [dossier.cell(item.code) for item in dossier.bearing_on(mechanism.id).supports]
    codes = {cell.case if cell else None for cell in cells}
    code = codes.pop() if len(codes) == 1 else None
    declared = (name for each in dossier.absences_on(mechanism.id) for name in each.cases)
    has_others = dossier.case_named.keys() - {code, *declared}
    return dossier.case_named[code] if code and has_others else None


def _is_open(dossier: Dossier, mechanism: Mechanism) -> bool:
    """Whether people did not uphold a mechanism, or something that bears on it was lost."""
    fate = dossier.fate_of.get(mechanism.id)
    is_upheld = fate is None or fate.fate not in _NOT_UPHELD
    kinds = ("evidence item", "absence")
    return not is_upheld or any(dossier.is_mentioned(kind, mechanism.id) for kind in kinds)


def _names(claim: Claim, case: Case) -> bool:
    """Whether a claim says in which case something was seen: its text or its limits name it."""
    told = f"{claim.text} {claim.limits or ''}".casefold()
    return any(name.casefold() in told for name in (case.code, case.label))


@CHECKS.rule(
    Rule(
        "SCC411",
        "circle-of-sources",
        ALWAYS_ERROR,
        "{sources} repeat each other in a circle, so that none of them is the first to say "
        "anything",
        "What counts is who said it first. In a circle nobody did, and all that rests on it counts "
        "as one source, whichever it is.",
        "Find out which of {sources} spoke first, and take `derived_from` out of it.",
        "Our own: a root source is one that repeats no other.",
        needs=("source",),
    )
)
def circle_of_sources(dossier: Dossier) -> Iterator[Issue]:
    for circle in dossier.circles_of_sources:
        named = {"sources": " → ".join(source.id for source in circle)}
        yield Issue(circle[0].at("derived_from"), named)
