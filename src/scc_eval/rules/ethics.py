"""SCC9xx: are those who spoke told as they agreed to be, and out of harm's way?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.evidence import (
    Confidentiality,
    Consent,
    Evidence,
    Polarity,
    Side,
    Source,
    SourceKind,
    Wording,
)
from scc_eval.rules._checks import Checks
from scc_eval.settings import Audience

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()


@CHECKS.rule(
    Rule(
        "SCC912",
        "quote-in-small-cell",
        by_stage("---nww"),
        "the case {case} hears {count} of the category {category}, fewer than {least}: a quote "
        "may give {source} away",
        "Where few could have said it, those who know the place can tell who did.",
        "Put what {source} says in {case} in other words; or, if {source} agreed to be known, say "
        "`confidentiality: public` there.",
        "Our own, after the statistical habit of not publishing small cells; the least number is "
        "our own default, `thresholds: cell_informants` (3).",
        needs=("source", "category", "evidence item", "case"),
        thresholds=("cell_informants",),
    )
)
def quote_in_small_cell(dossier: Dossier) -> Iterator[Issue]:
    if not dossier.is_public or dossier.has_stubs("source"):
        return
    least = dossier.settings.thresholds.cell_informants
    unread = {cell.case for cell in dossier.stub_cells}
    for (case, category), heard in _voices(dossier).items():
        if len(heard) >= least or case in unread:
            continue
        for source, quote in heard.items():
            if quote is not None:
                label = dossier.category_named[category].label
                facts = {"source": source, "case": case, "category": label}
                counts = {"count": str(len(heard)), "least": str(least)}
                yield Issue(quote.at("wording"), facts | counts)


def _voices(dossier: Dossier) -> Mapping[tuple[str, str], Mapping[str, Evidence | None]]:
    """By case and category, the informants who speak there, each with the first item that quotes
    them without their being known."""
    found: dict[tuple[str, str], dict[str, Evidence | None]] = defaultdict(dict)
    for item, source in _spoken(dossier):
        cell = dossier.cell(item.code)
        category = dossier.category_named.get(source.category or "")
        if cell is not None and category is not None:
            heard = found[cell.case, category.id]
            quote = item if _is_quoted(item, source) else None
            heard[source.id] = heard.get(source.id) or quote
    return found


def _spoken(dossier: Dossier) -> Iterator[tuple[Evidence, Source]]:
    """Each item with each informant it comes from."""
    for item in dossier.evidence:
        for name in item.sources:
            source = dossier.source_named.get(name)
            if source is not None and source.type is SourceKind.INFORMANT:
                yield item, source


def _is_quoted(item: Evidence, source: Source) -> bool:
    """Whether an item gives the very words of somebody who is not to be known by everybody."""
    is_known = source.confidentiality is Confidentiality.PUBLIC
    return item.wording is Wording.QUOTE and not is_known


@CHECKS.rule(
    Rule(
        "SCC913",
        "beyond-consent",
        by_stage("--wwee"),
        "{item} is told as its source {source} did not agree to be told",
        "People speak on a promise of what will be done with their words; breaking it harms them, "
        "and whoever asks them next.",
        "Put {item} in other words where {source} agreed to `paraphrase`, take it out of what is "
        "told where to `internal`, or ask {source} again and correct `consent`.",
        "The charter of the French evaluation society (SFE) asks for respect of persons; the "
        "three levels of consent are our own.",
    )
)
def beyond_consent(dossier: Dossier) -> Iterator[Issue]:
    if dossier.settings.audience is Audience.INTERNAL:
        return
    for item in dossier.evidence:
        if item.set_aside is not None or item.code not in dossier.cited_items:
            continue
        for index, name in enumerate(item.sources):
            source = dossier.source_named.get(name)
            if source is not None and _is_beyond(item, source.consent):
                yield Issue(item.at("sources", index), {"item": item.code, "source": name})


def _is_beyond(item: Evidence, consent: Consent | None) -> bool:
    is_quoted = item.wording is Wording.QUOTE
    return consent is Consent.INTERNAL or (consent is Consent.PARAPHRASE and is_quoted)


@CHECKS.rule(
    Rule(
        "SCC914",
        "exposed-critic",
        by_stage("---nnn"),
        "{item} quotes {source} against the programme, on which {source} depends",
        "Those who depend on what they criticise, staff or beneficiaries, may pay for it if they "
        "are recognised.",
        "Put {item} in other words, or make sure with {source} that the quote may stand.",
        "Our own, after the duty to do no harm to those who are heard.",
    )
)
def exposed_critic(dossier: Dossier) -> Iterator[Issue]:
    for item, source in _spoken(dossier) if dossier.is_public else ():
        is_told = item.set_aside is None and item.code in dossier.cited_items
        is_at_risk = source.is_subordinate or dossier.side_of(source.id) is Side.TARGET
        if is_told and is_at_risk and _is_quoted(item, source) and _is_critical(dossier, item):
            yield Issue(item.at("wording"), {"item": item.code, "source": source.id})


def _is_critical(dossier: Dossier, item: Evidence) -> bool:
    """Whether an item speaks against the programme: for a risk, or against anything else of its
    theory but another factor."""
    for target, polarity in item.bearings() or (("", item.polarity),):
        hypothesis = dossier.hypotheses.get(target)
        kind = hypothesis.kind if hypothesis is not None else ""
        if polarity is _CRITICAL.get(kind, Polarity.AGAINST):
            return True
    return False


_CRITICAL: Mapping[str, Polarity | None] = {"risk": Polarity.SUPPORTS, "factor": None}
