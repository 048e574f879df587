"""SCC4xx: does a claim rest on several sources that are independent and differ in interest?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.choices import Form
from scc_eval.model.evidence import Side
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier, Support
    from scc_eval.model.judgement import Claim

CHECKS = Checks()

_LEVELS = by_stage("---www")
_GRAVE = by_stage("---wee")
_CONFIRMED = "a claim that is confirmed until further notice"
_NEEDS = ("evidence item", "source", "category", "case")
_BUNDLE = (
    "The Loos-en-Gohelle evaluation asks for a converging bundle of signs from independent sources "
    "with different interests; "
)
_INSIDERS = frozenset((Side.IMPLEMENTER, Side.COMMISSIONER))


class _Rested(NamedTuple):
    """A claim, the sources of the items that support it, and what stands behind them."""

    claim: Claim
    cited: frozenset[str]
    support: Support

    def issue(self, **facts: str) -> Issue:
        """An issue on the claim; grave where the claim is confirmed."""
        claim = self.claim
        return Issue(claim.at(), {"claim": claim.id, **facts}, is_grave=claim.is_confirmed)


def _rested(dossier: Dossier) -> Iterator[_Rested]:
    """The claims that say something holds and have a source, where nothing of it was lost."""
    for claim in dossier.asserted_claims:
        support = dossier.support_for(claim)
        if support.roots and not dossier.has_lost_evidence(claim):
            items = dossier.weigh(claim).supports
            cited = frozenset(name for item in items for name in dossier.sources_of(item))
            yield _Rested(claim, cited, support)


@CHECKS.rule(
    Rule(
        "SCC401",
        "uncorroborated-claim",
        _LEVELS,
        "the claim {claim} rests on fewer than {least} root sources ({sources}); no source from: "
        "{unheard}",
        "What a single source says may be true, but nothing else says so: its memory, its position "
        "or its interest may be all there is to it.",
        "Look for an independent source and cite it in {claim}, or lower its status. Where "
        "{sources} draws on several people, as a monograph does, name them under its "
        "`derived_from`. Sources that share a `package` count as one.",
        _BUNDLE + "the number is our own default, `thresholds: roots` (2).",
        needs=_NEEDS,
        grave=_GRAVE,
        when=_CONFIRMED,
        thresholds=("roots",),
    )
)
def uncorroborated_claim(dossier: Dossier) -> Iterator[Issue]:
    for rested in _rested(dossier):
        if not _is_corroborated(dossier, rested) and not _is_echo(dossier, rested):
            yield rested.issue(
                least=str(dossier.settings.thresholds.roots),
                sources=some(rested.support.sources),
                unheard=some(dossier.unheard(rested.support)),
            )


def _is_corroborated(dossier: Dossier, rested: _Rested) -> bool:
    return len(rested.support.roots) >= dossier.settings.thresholds.roots


def _is_echo(dossier: Dossier, rested: _Rested) -> bool:
    """Whether there would be sources enough, did some of them not repeat others."""
    least = dossier.settings.thresholds.roots
    return len(rested.support.sources) < least <= len(rested.cited)


@CHECKS.rule(
    Rule(
        "SCC402",
        "one-interest-claim",
        _LEVELS,
        "the claim {claim} rests on fewer than {least} interest groups ({heard}); no source from: "
        "{unheard}",
        "Those who gain by the same answer may well give it: that they agree shows less than the "
        "agreement of people who do not.",
        "Look for a source with another interest and cite it in {claim}, or lower its status.",
        _BUNDLE + "the number is our own default, `thresholds: interests` (2).",
        needs=_NEEDS,
        grave=_GRAVE,
        when=_CONFIRMED,
        thresholds=("interests",),
    )
)
def one_interest_claim(dossier: Dossier) -> Iterator[Issue]:
    for rested, unplaced in _of_few_interests(dossier):
        if not unplaced and not _is_from_inside(rested):
            yield rested.issue(
                least=str(dossier.settings.thresholds.interests),
                heard=some(rested.support.interests),
                unheard=some(dossier.unheard(rested.support)),
            )


def _of_few_interests(dossier: Dossier) -> Iterator[tuple[_Rested, tuple[str, ...]]]:
    """The corroborated claims with few known interest groups, each with its root sources that say
    nothing of theirs; none whose source or category is named and not declared."""
    least = dossier.settings.thresholds.interests
    for rested in _rested(dossier):
        roots = rested.support.sources
        unplaced = tuple(root for root in roots if dossier.interest_of(root) is None)
        declared = [dossier.source_named.get(root) for root in unplaced]
        is_told = all(source is not None and not source.category for source in declared)
        is_few = len(rested.support.interests) < least
        if is_few and is_told and _is_corroborated(dossier, rested):
            yield rested, unplaced


@CHECKS.rule(
    Rule(
        "SCC403",
        "one-case-claim",
        _LEVELS,
        "the claim {claim} rests on fewer than {least} cases ({cases}) and on fewer than {fewest} "
        "methods ({methods})",
        "What several people say in one place, asked in one way, may be a trait of the place or of "
        "the way of asking.",
        "Look for it in another case, or in another way in the same case, and cite it in {claim}; "
        "or lower its status.",
        _BUNDLE + "that cases and methods stand in for each other, and how many are enough, is our "
        "own default, `thresholds: cases` (2) and `methods` (2).",
        needs=_NEEDS,
        grave=_GRAVE,
        when=_CONFIRMED,
        thresholds=("cases", "methods"),
    )
)
def one_case_claim(dossier: Dossier) -> Iterator[Issue]:
    least = dossier.settings.thresholds
    for rested in _rested(dossier):
        cases, methods = rested.support.cases, rested.support.methods
        is_narrow = len(cases) < least.cases and len(methods) < least.methods
        # Of a root that is only repeated, nobody knows where and how it was heard.
        is_heard = rested.cited.issuperset(rested.support.sources)
        if cases and is_narrow and is_heard and _is_corroborated(dossier, rested):
            yield rested.issue(
                least=str(least.cases),
                cases=some(cases),
                fewest=str(least.methods),
                methods=some(methods),
            )


@CHECKS.rule(
    Rule(
        "SCC404",
        "implementer-only-support",
        _LEVELS,
        "all that supports the claim {claim} comes from those who run or commission the programme "
        "({sources})",
        "Those who run a programme know it best and have most to gain by its success.",
        "Look for a source that neither runs nor commissions the programme and cite it in {claim}, "
        "or lower its status.",
        "Outcome harvesting has outcomes confirmed by people who know of them and are independent "
        "of the programme; the levels are our own.",
        needs=_NEEDS,
        grave=_GRAVE,
        when="a claim of an own contribution, or one that is confirmed until further notice",
    )
)
def implementer_only_support(dossier: Dossier) -> Iterator[Issue]:
    for rested in _rested(dossier):
        if _is_from_inside(rested):
            issue = rested.issue(sources=some(rested.support.sources))
            yield issue._replace(is_grave=issue.is_grave or rested.claim.form is Form.OWN)


def _is_from_inside(rested: _Rested) -> bool:
    return _INSIDERS.issuperset(rested.support.sides)


@CHECKS.rule(
    Rule(
        "SCC405",
        "echo",
        _LEVELS,
        "the claim {claim} comes down to fewer than {least} root sources ({sources}), repeated by "
        "{echoes}",
        "An article that quotes the mayor and the mayor are one source: repeating makes nothing "
        "truer.",
        "Look for a source that does not repeat {sources} and cite it in {claim}, or lower its "
        "status.",
        _BUNDLE + "the number is our own default, `thresholds: roots` (2).",
        needs=_NEEDS,
        grave=_GRAVE,
        when=_CONFIRMED,
        thresholds=("roots",),
    )
)
def echo(dossier: Dossier) -> Iterator[Issue]:
    for rested in _rested(dossier):
        if _is_echo(dossier, rested):
            roots = rested.support.sources
            yield rested.issue(
                least=str(dossier.settings.thresholds.roots),
                sources=some(roots),
                echoes=some(sorted(rested.cited.difference(roots))),
            )


@CHECKS.rule(
    Rule(
        "SCC409",
        "unsupported-claim",
        _GRAVE,
        "nothing supports the claim {claim}",
        "A claim without evidence is an opinion of the evaluators.",
        "Cite the items that support {claim} under its `evidence`, or name it under their "
        "`bears_on`; if there are none, say `status: untested` or take it out.",
        "USAID asks that readers can see which evidence supports each conclusion; that this holds "
        "for each claim is our own demand. Items that bear only on other factors support no claim.",
        needs=("theory", "packet", "case", "evidence item"),
    )
)
def unsupported_claim(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.asserted_claims:
        is_found = all(dossier.items_named(text) for text in claim.evidence)
        is_bare = not dossier.weigh(claim).supports
        if is_bare and is_found and not dossier.has_lost_evidence(claim):
            yield Issue(claim.at(), {"claim": claim.id})


@CHECKS.rule(
    Rule(
        "SCC410",
        "unknown-interests",
        _LEVELS,
        "nothing shows that the claim {claim} rests on {least} interest groups: not given for "
        "{sources}",
        "Sources that agree although their interests differ are worth more than those that share "
        "one; a reader who is not told which is which must suppose that they share it.",
        "Write the `category` or the `interest` of {sources}; of a monograph, name under "
        "`derived_from` the people that it draws on.",
        _BUNDLE + "the number is our own default, `thresholds: interests` (2).",
        needs=_NEEDS,
        grave=_GRAVE,
        when=_CONFIRMED,
        thresholds=("interests",),
    )
)
def unknown_interests(dossier: Dossier) -> Iterator[Issue]:
    for rested, unplaced in _of_few_interests(dossier):
        if unplaced:
            least = dossier.settings.thresholds.interests
            yield rested.issue(least=str(least), sources=some(unplaced))
