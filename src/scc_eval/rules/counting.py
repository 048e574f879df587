"""SCC7xx: do words that count and words that generalise have the evidence they ask for?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from scc_eval.calibration import Quantified, same_words
from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.evidence import Evidence, Nature, SourceKind
from scc_eval.model.judgement import Claim
from scc_eval.model.telling import Assertion, Conclusion, KeyPoint
from scc_eval.rules._behind import calibrated, items_behind
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()

_Told = Claim | Assertion | KeyPoint | Conclusion


def _judged(dossier: Dossier) -> Iterator[_Told]:
    """What says in the end what was found."""
    yield from dossier.claims
    yield from dossier.all_key_points
    yield from dossier.conclusions


def _told(dossier: Dossier) -> Iterator[_Told]:
    """That, and what the story says on the way."""
    yield from _judged(dossier)
    yield from dossier.assertions


@CHECKS.rule(
    Rule(
        "SCC713",
        "quantifier-without-base",
        by_stage("---nnn"),
        "“{words}” in {name} stands for {scale}; root sources behind it: {count} ({sources}); "
        "people asked: {found}",
        "“Most” of how many, and who says so? Without a base the reader cannot tell two voices "
        "from fifty.",
        "Write in {name} how many said so and how many were asked, cite the items of all who said "
        "so, or choose a weaker word.",
        "The Loos-en-Gohelle evaluation breaks its interviews down by category, which gives a base "
        "to count against; the scale is our own default, `quantifiers` in evaluation.yaml.",
        needs=("evidence item", "source", "category"),
        grave=by_stage("---nww"),
        when="a share of those asked, or more people than were heard",
    )
)
def quantifier_without_base(dossier: Dossier) -> Iterator[Issue]:
    finds = calibrated(dossier)
    has_base = cache(finds.has_base)
    asked_of = cache(partial(_asked, dossier))
    for each in _told(dossier):
        for quantified in finds.quantified(each.text):
            items = items_behind(dossier, each.id)
            if items is None:
                continue
            roots, asked = dossier.independent(items), asked_of(quantified.noun)
            # What cites nothing is told elsewhere; a share lacks its base all the same.
            is_told = not items and quantified.scale.share is None
            if is_told or (items and quantified.scale.is_met(len(roots), asked)):
                continue
            if not any(_is_base(item) or has_base(item.text) for item in items):
                yield _short(dossier, each, quantified, roots, asked)


def _is_base(item: Evidence) -> bool:
    """Whether an item may count people itself: it is a figure, or nobody knows who says it."""
    return item.nature is Nature.FIGURE or not item.sources


def _short(
    dossier: Dossier,
    told: _Told,
    quantified: Quantified,
    roots: tuple[tuple[str, ...], ...],
    asked: int | None,
) -> Issue:
    sources = sorted(root for group in roots for root in group)
    facts = {
        "name": told.id,
        "words": quantified.words,
        "scale": quantified.asks,
        "count": str(len(roots)),
        "sources": some(sources),
        "found": "not given" if asked is None else str(asked),
    }
    is_heard = all(_is_person(dossier, source) for source in sources)
    return Issue(told.at("text"), facts, is_grave=quantified.scale.share is not None or is_heard)


def _is_person(dossier: Dossier, source: str) -> bool:
    declared = dossier.source_named.get(source)
    return declared is not None and declared.type is SourceKind.INFORMANT


def _asked(dossier: Dossier, noun: str | None) -> int | None:
    """How many were asked of those a noun names: the interviews of its categories, or else their
    informants; None if that is not known."""
    categories = [
        category
        for category in dossier.categories
        if noun is None or same_words(noun, f"{category.id} {category.label}")
    ]
    listed = [source.category for source in dossier.sources if source.type is SourceKind.INFORMANT]
    return sum(each.interviews or listed.count(each.id) for each in categories) or None


@CHECKS.rule(
    Rule(
        "SCC714",
        "general-from-one-case",
        by_stage("---www"),
        "“{words}” in {name} is general, and its evidence is of one case in {count} ({case})",
        "What was seen once may hold elsewhere, but the other cases do not say so.",
        "Write in {name} that it holds of {case}, or cite what the other cases say of it.",
        "White (2023) has general claims from single studies among the common flaws of "
        "evaluations; holding them against the cases is our own reading.",
        needs=("evidence item", "case"),
    )
)
def general_from_one_case(dossier: Dossier) -> Iterator[Issue]:
    limited = {claim.id for claim in dossier.claims if claim.limits}
    finds = calibrated(dossier)
    for each in _judged(dossier):
        if each.id in limited:
            continue
        said = finds.general(each.text)
        case = _only_case(dossier, each.id) if said else None
        if case is not None and not _names_case(dossier, case, each.text):
            facts = {"name": each.id, "words": said[0], "case": case}
            yield Issue(each.at("text"), {**facts, "count": str(len(dossier.cases))})


def _only_case(dossier: Dossier, *names: str) -> str | None:
    """The one case among several that the evidence behind some names is of."""
    behind = [items_behind(dossier, name) for name in names]
    if len(dossier.cases) < 2 or None in behind:
        return None
    cells = [dossier.cell(item.code) for items in behind for item in items or ()]
    cases = {cell.case for cell in cells if cell is not None}
    return cases.pop() if len(cases) == 1 else None


def _names_case(dossier: Dossier, code: str, text: str) -> bool:
    return same_words(f"{code} {dossier.case_named[code].label}", text)


@CHECKS.rule(
    Rule(
        "SCC716",
        "lesson-general-from-one-case",
        by_stage("----ww"),
        "the lesson {lesson} says “{words}”, and rests on one case in {count} ({case})",
        "Others will try it elsewhere: they should know that it was seen once, and where.",
        "Say in {lesson} in which context the mechanism can bring about the outcome, or rest it on "
        "other cases too.",
        "Pawson and Tilley state what is learnt as what a mechanism can bring about in a context; "
        "that one case bears no general wording is our own demand.",
        needs=("evidence item", "case"),
    )
)
def lesson_general_from_one_case(dossier: Dossier) -> Iterator[Issue]:
    finds = calibrated(dossier)
    for lesson in dossier.lessons:
        for field, text in (("title", lesson.title), ("outcome", lesson.outcome or "")):
            said = finds.general(text)
            case = _only_case(dossier, *lesson.rests_on) if said else None
            is_limited = case is not None and _names_case(dossier, case, text)
            if case is not None and not is_limited and not finds.says_may(text):
                facts = {"lesson": lesson.id, "words": said[0], "case": case}
                yield Issue(lesson.at(field), {**facts, "count": str(len(dossier.cases))})
                break
