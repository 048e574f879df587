"""SCC3xx: can each item be weighed, and does it speak of what still holds and of the right time?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.choices import AssertionRole
from scc_eval.model.evidence import Evidence, Nature, Polarity, Source, SourceKind
from scc_eval.model.theory import Factor
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import is_before, some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.settings import Period

CHECKS = Checks()

_ONCE_COLLECTED = by_stage("--wwww")
_COLLECTED_GRAVE = by_stage("--wwee")
_APART = (AssertionRole.CONTEXT, AssertionRole.LIMIT)


class _Lack(NamedTuple):
    """What one item, or one source for all its items, does not give."""

    declared: Evidence | Source
    missing: tuple[str, ...]
    items: frozenset[int]


_DESCRIBED = (
    "OECD-DAC (2010) 3.9 asks that sources be described so that readers can judge them; the list "
    "of fields is our own. Where many items or sources of a file lack the same, that is said "
    "once, of the file; how many is our own default."
)


@CHECKS.rule(
    Rule(
        "SCC311",
        "incomplete-evidence",
        _ONCE_COLLECTED,
        "{item} does not give its {missing}",
        "Who does not know where an item comes from, when and how it was collected and what kind "
        "of thing it is can neither weigh it nor find it again.",
        "Write {missing} in {item}; the `locator` says where in a document it stands.",
        _DESCRIBED,
        needs=("source", "case"),
        grave=_COLLECTED_GRAVE,
        when="an item that lacks more than a `locator`",
        thresholds=("told_once",),
    )
)
def incomplete_evidence(dossier: Dossier) -> Iterator[Issue]:
    many = dossier.settings.thresholds.told_once
    for (_, missing), lacks in _alike(_bare_items(dossier)).items():
        for lack in lacks if len(lacks) < many else ():
            facts = {"item": lack.declared.name, "missing": ", ".join(missing)}
            yield Issue(lack.declared.at(), facts, is_grave=missing != ("locator",))


def _alike(lacks: Iterable[_Lack]) -> Mapping[tuple[str, tuple[str, ...]], list[_Lack]]:
    """What lacks the same in the same file."""
    found: dict[tuple[str, tuple[str, ...]], list[_Lack]] = defaultdict(list)
    for lack in lacks:
        found[lack.declared.at().file, lack.missing].append(lack)
    return found


def _bare_items(dossier: Dossier) -> Iterator[_Lack]:
    documents = {s.id for s in dossier.sources if s.type is SourceKind.DOCUMENT}
    for item in _in_use(dossier):
        is_paged = item.locator is not None or documents.isdisjoint(item.sources)
        if item.sources and item.nature is not None and is_paged:
            continue
        cell = dossier.cell(item.code)
        is_told_whole = dossier.monograph_of(item) in item.sources
        lacks = {
            # A figure without a source is told as such; a damaged code hides the monograph.
            "sources": cell and item.nature is not Nature.FIGURE and not dossier.sources_of(item),
            "nature": item.nature is None,
            "locator": cell and not is_paged and not is_told_whole,
        }
        if missing := tuple(field for field, is_missing in lacks.items() if is_missing):
            yield _Lack(item, missing, frozenset((id(item),)))


def _bare_sources(dossier: Dossier) -> Iterator[_Lack]:
    """The sources that leave an item without date or method: the first source of each."""
    fields: dict[str, set[str]] = defaultdict(set)
    items: dict[str, set[int]] = defaultdict(set)
    given = cache(partial(_given_by, dossier))
    for item in _in_use(dossier):
        names = dossier.sources_of(item)
        is_dated, is_told = given(names)
        is_dated = is_dated or item.date is not None
        is_told = is_told or dossier.monograph_of(item) in names
        if is_dated and is_told:
            continue
        if any(name not in dossier.source_named for name in names):
            continue
        lacking = (("date", is_dated), ("method", is_told))
        fields[names[0]] |= {field for field, is_given in lacking if not is_given}
        items[names[0]].add(id(item))
    for name, missing in fields.items():
        source = dossier.source_named[name]
        yield _Lack(source, tuple(sorted(missing)), frozenset(items[name]))


def _given_by(dossier: Dossier, names: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether some of those sources give a date, and a method; an item of no source lacks that."""
    known = [dossier.source_named[name] for name in names if name in dossier.source_named]
    return not known or any(s.date for s in known), not known or any(s.method for s in known)


def _in_use(dossier: Dossier) -> Iterator[Evidence]:
    return (item for item in dossier.evidence if item.set_aside is None)


@CHECKS.rule(
    Rule(
        "SCC314",
        "out-of-period",
        by_stage("nnwwww"),
        "what {item} tells is dated {date}, outside the period from {begins} to {ends}",
        "What happened before or after the years that are evaluated may explain a change; it "
        "cannot count as the programme's work.",
        "Say `polarity: context` of {item}, let it bear on the factor that it tells of, or correct "
        "`happened` or the period in evaluation.yaml.",
        "The Loos-en-Gohelle evaluation reports what came before 2001 as history and does not "
        "count it as a sign of contribution.",
    )
)
def out_of_period(dossier: Dossier) -> Iterator[Issue]:
    period = dossier.settings.period
    if period is None:
        return
    for item in _in_use(dossier):
        date = str(item.happened or "")
        if _is_outside(date, period) and _counts(dossier, item):
            facts = {"item": item.code, "date": date, "begins": period.begins, "ends": period.ends}
            yield Issue(item.at("happened"), facts)


def _counts(dossier: Dossier, item: Evidence) -> bool:
    """Whether an item speaks for or against the programme: other factors may well be older."""
    bearings = item.bearings()
    if not bearings:
        cell = dossier.cell(item.code)
        is_on_programme = cell is not None and cell.section in (1, 2)
        return is_on_programme and item.polarity is not Polarity.CONTEXT
    return any(
        polarity is not Polarity.CONTEXT and not isinstance(dossier.hypotheses.get(target), Factor)
        for target, polarity in bearings
    )


def _is_outside(date: str, period: Period) -> bool:
    return is_before(date, period.begins) or is_before(period.ends, date)


@CHECKS.rule(
    Rule(
        "SCC316",
        "figure-without-source",
        _COLLECTED_GRAVE,
        "the figure {item} has no source",
        "A number looks like a fact whoever made it; without its source nobody can tell what was "
        "counted, nor by whom.",
        "Name under `sources` of {item} the document that gives the figure, and under `locator` "
        "the page or the table.",
        "OECD-DAC (2010) 3.9 asks that sources be described so that readers can judge them; that "
        "figures are told apart is our own.",
        needs=("case",),
    )
)
def figure_without_source(dossier: Dossier) -> Iterator[Issue]:
    for item in _in_use(dossier):
        is_figure = item.nature is Nature.FIGURE and dossier.cell(item.code) is not None
        if is_figure and not dossier.sources_of(item):
            yield Issue(item.at(), {"item": item.code})


@CHECKS.rule(
    Rule(
        "SCC319",
        "outdated-figure",
        by_stage("nnwwww"),
        "{item} no longer holds ({reason}), and is still cited by {told}",
        "Whoever reads the story takes its figures for those that hold.",
        "Cite a figure that still holds, or let {told} tell it as context or as a limit.",
        "The Loos-en-Gohelle evaluation says of its figures when they are out of date; the rule is "
        "our own.",
    )
)
def outdated_figure(dossier: Dossier) -> Iterator[Issue]:
    outdated = [item for item in _in_use(dossier) if item.outdated]
    told = _who_cites(dossier) if outdated else {}
    for item in outdated:
        if item.outdated and (citing := told.get(item.code)):
            facts = {"item": item.code, "reason": item.outdated, "told": some(citing)}
            yield Issue(item.at("outdated"), facts)


def _who_cites(dossier: Dossier) -> Mapping[str, list[str]]:
    """What cites each item as it stands, not as context nor as a limit, by the code of the item."""
    citing: dict[str, list[str]] = defaultdict(list)
    apart = {assertion.name for assertion in dossier.assertions if assertion.role in _APART}
    for who, _, _, text in dossier.citations:
        if who.name not in apart:
            for item in dossier.items_named(text):
                citing[item.code].append(who.name)
    return citing


@CHECKS.rule(
    Rule(
        "SCC321",
        "incomplete-source",
        _ONCE_COLLECTED,
        "{name} does not give {missing}, which is wanted for what comes from it (items: {count})",
        "Who does not know when and how evidence was collected can neither weigh it nor find it "
        "again.",
        "Write {missing} in {name}. The `date` and the `method` of a source hold for all its "
        "items; an item may have a `date` of its own.",
        _DESCRIBED,
        needs=("source", "case"),
        grave=_COLLECTED_GRAVE,
        when="more is lacking than a `locator`",
        thresholds=("told_once",),
    )
)
def incomplete_source(dossier: Dossier) -> Iterator[Issue]:
    many = dossier.settings.thresholds.told_once
    sources = _alike(_bare_sources(dossier))
    for (file, missing), lacks in sources.items():
        if len(lacks) >= many:
            yield _incomplete(file, missing, lacks)
            continue
        for lack in lacks:
            yield _incomplete(lack.declared.name, missing, [lack])
    for (file, missing), lacks in _alike(_bare_items(dossier)).items():
        if len(lacks) >= many:
            yield _incomplete(file, missing, lacks)


def _incomplete(name: str, missing: tuple[str, ...], lacks: Sequence[_Lack]) -> Issue:
    count = len(frozenset().union(*(lack.items for lack in lacks)))
    facts = {"name": name, "missing": ", ".join(missing), "count": str(count)}
    return Issue(lacks[0].declared.at(), facts, is_grave=missing != ("locator",))
