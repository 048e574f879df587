"""SCC9xx: process tracing, where the evaluation looks through it: tests and their probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, Issue, Rule, by_stage
from scc_eval.rules._checks import Checks, only_with
from scc_eval.rules._facts import is_before, some
from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()

_WARNING = by_stage("---www")
_ERROR = by_stage("---eee")
_BEFANI = "Befani, on process tracing with Bayes' rule: "

# What the lens looks with is imported by the checks: they run only where it is on.


@CHECKS.rule(
    Rule(
        "SCC951",
        "unjustified-probability",
        _WARNING,
        "nothing says why the evidence of {name} is that likely",
        "A probability without a reason is an impression in figures: nobody can discuss it.",
        "Write under `reason` of {name} why the evidence would be seen if {on} holds, and why it "
        "would if it does not.",
        f"{_BEFANI}each probability is argued.",
    )
)
@only_with(Lens.PROCESS_TRACING)
def unjustified_probability(dossier: Dossier) -> Iterator[Issue]:
    for test in dossier.tests:
        given = "sensitivity" if test.sensitivity else "type_one_error"
        if (test.sensitivity or test.type_one_error) and not test.reason:
            yield Issue(test.at(given), {"name": test.id, "on": test.on})


@CHECKS.rule(
    Rule(
        "SCC952",
        "test-against-probabilities",
        _ERROR,
        "{name} is declared {test}, and its probabilities make it {test_found}",
        "The four tests differ by what passing and failing them does to a claim. The probabilities "
        "say the same in figures: only one of the two can be meant.",
        "Correct the kind of {name} or its probabilities. Failing a hoop, passing a smoking gun, "
        "and a doubly decisive test either way change the odds of {on} {odds} times or more; a "
        "straw in the wind does not.",
        "The four tests are those of process tracing, which Befani ties to sensitivity and type I "
        "error; the least change is our own default.",
        thresholds=("odds",),
    )
)
@only_with(Lens.PROCESS_TRACING)
def test_against_probabilities(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.tracing import contradiction

    for test in dossier.tests:
        made = contradiction(dossier, test)
        if test.test and made:
            facts = {"name": test.id, "test": test.test.value, "test_found": made.value}
            odds = str(dossier.settings.thresholds.odds)
            yield Issue(test.at("test"), {**facts, "on": test.on, "odds": odds})


@CHECKS.rule(
    Rule(
        "SCC953",
        "dependent-evidence-multiplied",
        _ERROR,
        "{name} and {other} both rest on {shared}, and count on {on} as if neither knew of the "
        "other",
        "The same thing told twice is not twice as sure; multiplied, it looks so.",
        "Give {name} and {other} the same `package`: what is in one package counts once.",
        f"{_BEFANI}evidence that is not independent is bundled into packages.",
    )
)
@only_with(Lens.PROCESS_TRACING)
def dependent_evidence_multiplied(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.tracing import dependent, traced

    for trace in traced(dossier):
        for test, other, names in dependent(dossier, trace):
            facts = {"name": test.id, "other": other.id, "shared": some(names)}
            yield Issue(test.at("evidence"), {**facts, "on": trace.name})


@CHECKS.rule(
    Rule(
        "SCC954",
        "posterior-overstated",
        _WARNING,
        "the tests on {on} come to {low} to {high}, and none of them can settle it",
        "Many weak tests multiplied look like certainty. As a rule they repeat each other, or all "
        "leave the same other explanation open.",
        "Put tests that repeat each other in one `package`, widen the probabilities, or look for "
        "evidence on {on} that only one explanation could leave.",
        "Process tracing: straws in the wind settle nothing. What is near certain, the first and "
        "the last word of the scale, and what settles are our own defaults.",
        thresholds=("odds",),
    )
)
@only_with(Lens.PROCESS_TRACING)
def posterior_overstated(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.probability import shown
    from scc_eval.lenses.tracing import overstated, scale_of, traced

    for trace in traced(dossier):
        reached = overstated(dossier, trace)
        if reached is not None:
            low, high = shown(reached, scale_of(dossier))
            yield Issue(trace.tests[0].at("on"), {"on": trace.name, "low": low, "high": high})


@CHECKS.rule(
    Rule(
        "SCC955",
        "sought-and-left-out",
        _ERROR,
        "the evidence of {name} was sought in vain, and what the tests on {on} come to leaves it "
        "out",
        "Counting what was found and leaving out what was not: so do wishes get into figures.",
        "Give {name} its `sensitivity` and `type_one_error`, so that not finding it counts too.",
        f"{_BEFANI}evidence sought and not found is counted like the rest.",
    )
)
@only_with(Lens.PROCESS_TRACING)
def sought_and_left_out(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.tracing import left_out, traced

    for trace in traced(dossier):
        for test in left_out(dossier, trace):
            yield Issue(test.at("outcome"), {"name": test.id, "on": trace.name})


@CHECKS.rule(
    Rule(
        "SCC956",
        "unreadable-probability",
        ALWAYS_ERROR,
        "`{field}` of {name} is {value}, which is no probability",
        "A test whose probabilities cannot be read counts for nothing, and nobody notices.",
        "Write a number from 0 to 1 (0.8), a range (0.7-0.9) or one of these words: practically "
        "excluded, very unlikely, unlikely, rather unlikely, as likely as not, rather likely, "
        "likely, very likely, practically certain; where the evaluation has a scale of its own, "
        "one of its words.",
        "Befani takes numbers, ranges and words; these words are our own default, `probabilities` "
        "in evaluation.yaml.",
    )
)
@only_with(Lens.PROCESS_TRACING)
def unreadable_probability(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.tracing import unreadable

    for test in dossier.tests:
        for field, value in unreadable(dossier, test):
            yield Issue(test.at(field), {"name": test.id, "field": field, "value": value})


@CHECKS.rule(
    Rule(
        "SCC957",
        "probability-set-afterwards",
        _WARNING,
        "the probabilities of {name} were set on {set_on}, and its evidence found on {found_on}",
        "Whoever has seen the evidence sets its probabilities so that it proves what they think.",
        "Have somebody who has not seen the evidence of {name} set its probabilities anew, or "
        "correct the dates.",
        f"{_BEFANI}probabilities are set before the evidence is seen.",
    )
)
@only_with(Lens.PROCESS_TRACING)
def probability_set_afterwards(dossier: Dossier) -> Iterator[Issue]:
    for test in dossier.tests:
        if test.set_on and test.found_on and is_before(test.found_on, test.set_on):
            facts = {"name": test.id, "set_on": test.set_on, "found_on": test.found_on}
            yield Issue(test.at("set_on"), facts)


@CHECKS.rule(
    Rule(
        "SCC958",
        "posterior-without-range",
        _WARNING,
        "the tests on {on} are counted with single numbers: {tests}",
        "A single number says that one knows a probability exactly. Nobody does, and what comes of "
        "it looks exact too.",
        "Give `sensitivity` and `type_one_error` as ranges (0.7-0.9) or as words of the scale.",
        "Befani allows ranges and words; that one of them is always wanted is our own default.",
    )
)
@only_with(Lens.PROCESS_TRACING)
def posterior_without_range(dossier: Dossier) -> Iterator[Issue]:
    from scc_eval.lenses.tracing import traced

    for trace in traced(dossier):
        if trace.counted and all(each.finding.likelihood.is_exact for each in trace.counted):
            names = [each.test.id for each in trace.counted]
            yield Issue(trace.tests[0].at("on"), {"on": trace.name, "tests": some(names)})
