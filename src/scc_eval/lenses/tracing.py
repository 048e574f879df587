"""Process tracing: the four tests, and what looking for expected evidence comes to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.calibration.chances import DEFAULT, Bands, Range, read_bands
from scc_eval.lenses.probability import Finding, Likelihood, parse, posterior
from scc_eval.model.choices import Outcome, TestKind
from scc_eval.model.judgement import ExpectedEvidence

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_TOLERANCE = 1e-9


class Counted(NamedTuple):
    """A test that counts: it was sought, and both its probabilities can be read."""

    test: ExpectedEvidence
    finding: Finding


class Traced(NamedTuple):
    """What the tests on a claim or a hypothesis come to. It decides nothing."""

    name: str
    tests: tuple[ExpectedEvidence, ...]
    packages: tuple[tuple[Counted, ...], ...]
    """The tests that count, those that depend on each other together."""

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The tests that count."""
        return tuple(each for package in self.packages for each in package)

    @property
    def confidence(self) -> Range | None:
        """Between what and what the tests leave the claim; None if none of them counts."""
        if not self.packages:
            return None
        return posterior([each.finding for each in package] for package in self.packages)


def traced(dossier: Dossier) -> Iterator[Traced]:
    """Everything that is tested, in the order of its first test."""
    for name, tests in dossier.tested.items():
        counted = (
            Counted(test, Finding(likelihood, test.outcome is Outcome.FOUND))
            for test in tests
            if test.outcome is not Outcome.NOT_SOUGHT
            and (likelihood := likelihood_of(dossier, test)) is not None
        )
        yield Traced(name, tests, _packaged(dossier, tuple(counted)))


def scale_of(dossier: Dossier) -> Bands:
    """The words for a probability in an evaluation: its own, or ours."""
    own = dossier.settings.probabilities
    return _read_scale(tuple(own.items())) if own else DEFAULT


@cache
def _read_scale(own: tuple[tuple[str, str], ...]) -> Bands:
    return read_bands(dict(own))


def likelihood_of(dossier: Dossier, test: ExpectedEvidence) -> Likelihood | None:
    """The probabilities of a test, if both are given and can be read."""
    scale = scale_of(dossier)
    sensitivity = parse(test.sensitivity or "", scale)
    type_one_error = parse(test.type_one_error or "", scale)
    if sensitivity is None or type_one_error is None:
        return None
    return Likelihood(sensitivity, type_one_error)


def _packaged(dossier: Dossier, counted: tuple[Counted, ...]) -> tuple[tuple[Counted, ...], ...]:
    """Tests that share a package, or rest on items that do, together."""
    found: list[tuple[frozenset[str], tuple[Counted, ...]]] = []
    for each in counted:
        names = _packages_of(dossier, each.test)
        joined = [group for group in found if group[0] & names]
        apart = [group for group in found if not group[0] & names]
        members = (*(one for _, group in joined for one in group), each)
        found = [*apart, (names.union(*(shared for shared, _ in joined)), members)]
    return tuple(members for _, members in found)


def _packages_of(dossier: Dossier, test: ExpectedEvidence) -> frozenset[str]:
    items = (item for text in test.evidence for item in dossier.items_named(text))
    packages = (test.package, *(item.package for item in items))
    return frozenset(package for package in packages if package is not None)


# The four tests.

_KINDS: Mapping[tuple[bool, bool], TestKind] = {
    (False, False): TestKind.STRAW,
    (False, True): TestKind.HOOP,
    (True, False): TestKind.SMOKING_GUN,
    (True, True): TestKind.DOUBLY_DECISIVE,
}
_CONFIRMING = frozenset({TestKind.SMOKING_GUN, TestKind.DOUBLY_DECISIVE})
_ELIMINATING = frozenset({TestKind.HOOP, TestKind.DOUBLY_DECISIVE})


def weakest(likelihood: Likelihood, odds: float) -> TestKind:
    """The test that probabilities make at the end of their ranges where it tells least. A test
    settles what multiplies the odds by `odds`, or divides them by it."""
    return _kind(likelihood.sensitivity.low, likelihood.type_one_error.high, odds)


def strongest(likelihood: Likelihood, odds: float) -> TestKind:
    """The test that probabilities make at the end of their ranges where it tells most."""
    return _kind(likelihood.sensitivity.high, likelihood.type_one_error.low, odds)


def _kind(sensitivity: float, type_one_error: float, odds: float) -> TestKind:
    confirms = _times(sensitivity, type_one_error) >= odds - _TOLERANCE
    eliminates = _times(1 - type_one_error, 1 - sensitivity) >= odds - _TOLERANCE
    return _KINDS[confirms, eliminates]


def _times(much: float, little: float) -> float:
    """How many times more the one is than the other."""
    if little == 0:
        return math.inf if much else 1
    return much / little


def contradiction(dossier: Dossier, test: ExpectedEvidence) -> TestKind | None:
    """The test that the probabilities make of one declared to be another; None where they may be
    those of the kind declared. Every doubt of a range is in favour of what is declared."""
    likelihood, odds = likelihood_of(dossier, test), dossier.settings.thresholds.odds
    if test.test is None or likelihood is None:
        return None
    if test.test is TestKind.STRAW:
        least = weakest(likelihood, odds)
        return None if least is TestKind.STRAW else least
    most = strongest(likelihood, odds)
    is_short = any(test.test in group and most not in group for group in _GROUPS)
    return most if is_short else None


_GROUPS = (_CONFIRMING, _ELIMINATING)


def overstated(dossier: Dossier, trace: Traced) -> Range | None:
    """What the tests come to, where that lies in the last or the first band of the scale, and none
    of them can settle it."""
    scale, odds = scale_of(dossier), dossier.settings.thresholds.odds
    confidence = trace.confidence
    if confidence is None:
        return None
    is_sure = confidence.low > scale[-1][1].low
    is_out = confidence.high < scale[0][1].high
    kinds = _CONFIRMING if is_sure else _ELIMINATING
    is_settled = any(
        each.finding.is_found is is_sure and strongest(each.finding.likelihood, odds) in kinds
        for each in trace.counted
    )
    return confidence if (is_sure or is_out) and not is_settled else None


# What is amiss with them.


def unreadable(dossier: Dossier, test: ExpectedEvidence) -> Iterator[tuple[str, str]]:
    """The probabilities of a test that cannot be read: in which field, and what stands there."""
    for field in PROBABILITIES:
        value: str | None = getattr(test, field)
        if value is not None and parse(value, scale_of(dossier)) is None:
            yield field, value


PROBABILITIES = ("sensitivity", "type_one_error")


def left_out(dossier: Dossier, trace: Traced) -> Iterator[ExpectedEvidence]:
    """The tests that failed and do not count, for want of a probability, while others on the same
    thing do."""
    for test in trace.tests if trace.packages else ():
        is_told_of = likelihood_of(dossier, test) or any(unreadable(dossier, test))
        if test.outcome is Outcome.NOT_FOUND and not is_told_of:
            yield test


class Shared(NamedTuple):
    """Two tests that are multiplied although they rest on the same thing."""

    test: ExpectedEvidence
    other: ExpectedEvidence
    names: tuple[str, ...]
    """The items, or else the root sources, that they share."""


def dependent(dossier: Dossier, trace: Traced) -> Iterator[Shared]:
    """Each test that rests on an item or a root source of an earlier one outside its package,
    once."""
    before: list[tuple[int, ExpectedEvidence, frozenset[str], frozenset[str]]] = []
    for place, package in enumerate(trace.packages):
        for test, _ in package:
            items = tuple(item for text in test.evidence for item in dossier.items_named(text))
            codes = frozenset(item.code for item in items)
            roots = dossier.roots_of(items)
            for other_place, other, other_codes, other_roots in before:
                names = codes & other_codes or roots & other_roots
                if names and other_place != place:
                    yield Shared(test, other, tuple(sorted(names)))
                    break
            before.append((place, test, codes, roots))
