"""Process tracing as columns: how far the tests on each claim carry, and the tests one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.calibration.chances import DEFAULT, Bands, Range
from scc_eval.lenses import Column, Entry
from scc_eval.lenses.cells import NOTHING, reasoned
from scc_eval.lenses.probability import NO_INFORMATION, parse, shown, words_for
from scc_eval.lenses.tracing import Traced, scale_of, traced
from scc_eval.model.choices import Outcome
from scc_eval.model.judgement import ExpectedEvidence
from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.languages import Words


def look(dossier: Dossier, spoken: Words) -> Iterator[Column]:
    """What was tested and how far the tests carry; then the tests one by one."""
    own = spoken["process_tracing"]
    scale = scale_of(dossier)
    traces = {trace.name: trace for trace in traced(dossier)}
    names = dict.fromkeys((*(claim.id for claim in dossier.claims), *traces))
    yield Column(
        Lens.PROCESS_TRACING,
        own["title"],
        own["note"],
        tuple(own["heads"].split("|")),
        tuple(Entry(name, _carried(traces.get(name), spoken, scale)) for name in names),
    )
    yield Column(
        Lens.PROCESS_TRACING,
        own["tests_title"],
        own["tests_note"],
        tuple(own["tests_heads"].split("|")),
        tuple(Entry(test.id, _tested(test, spoken, scale)) for test in dossier.tests),
    )


def _carried(trace: Traced | None, spoken: Words, scale: Bands) -> tuple[str, ...]:
    if trace is None:
        return (NOTHING,) * (len(Outcome) + 1)
    carried = str(spoken["process_tracing"]["uncounted"])
    if trace.confidence:
        carried = told(trace.confidence, spoken, scale)
    return (*(_named(trace.tests, outcome, spoken) for outcome in Outcome), carried)


def _named(tests: tuple[ExpectedEvidence, ...], outcome: Outcome, spoken: Words) -> str:
    kinds = spoken["process_tracing"]["kinds"]
    named = (
        reasoned(spoken, test.id, kinds[test.test.value] if test.test else None)
        for test in tests
        if test.outcome is outcome
    )
    return ", ".join(named) or NOTHING


def told(confidence: Range, spoken: Words, scale: Bands = DEFAULT) -> str:
    """How far tests carry, as it is printed: always a range, its words and where it started."""
    low, high = (_figure(bound, spoken) for bound in shown(confidence, scale))
    start = _figure(str(NO_INFORMATION.low), spoken)
    return str(spoken["process_tracing"]["confidence"]).format(
        low=low, high=high, word=_in_words(confidence, spoken, scale), start=start
    )


def _in_words(probability: Range, spoken: Words, scale: Bands) -> str:
    named = words_for(probability, scale)
    first, *last = named if scale is not DEFAULT else (spoken["scale"][word] for word in named)
    template = str(spoken["process_tracing"]["words"])
    return template.format(first=first, last=last[0]) if last else str(first)


def _figure(number: str, spoken: Words) -> str:
    return number.replace(".", spoken["point"])


def _tested(test: ExpectedEvidence, spoken: Words, scale: Bands) -> tuple[str, ...]:
    own = spoken["process_tracing"]
    kind = own["kinds"][test.test.value] if test.test else NOTHING
    means = own["means"][test.test.value][test.outcome.value] if test.test else NOTHING
    return (
        test.on,
        test.text,
        kind,
        own["outcomes"][test.outcome.value],
        means,
        _probability(test.sensitivity, spoken, scale),
        _probability(test.type_one_error, spoken, scale),
        test.reason or NOTHING,
    )


def _probability(text: str | None, spoken: Words, scale: Bands) -> str:
    """A probability as it is declared: a number with the words for it, or a word of the scale."""
    probability = parse(text or "", scale)
    if text is None or probability is None:
        return text or NOTHING
    in_words = _in_words(probability, spoken, scale)
    return in_words if text[0].isalpha() else reasoned(spoken, text, in_words)
