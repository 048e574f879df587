"""Probabilities as evaluators give them, a number, a range or a word, and what evidence makes of
them.

Where it starts is our own default.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from scc_eval.calibration.chances import DEFAULT, Bands, Range, read_range
from scc_eval.languages import LANGUAGES, words
from scc_eval.model.french import folded


class Likelihood(NamedTuple):
    """How likely evidence is if a claim holds, and how likely it is if the claim does not."""

    sensitivity: Range
    type_one_error: Range

    @property
    def is_exact(self) -> bool:
        """Whether both are single numbers."""
        return self.sensitivity.is_point and self.type_one_error.is_point


class Finding(NamedTuple):
    """Evidence that was sought: how likely it was, and whether it was found."""

    likelihood: Likelihood
    is_found: bool


NO_INFORMATION = Range(0.5, 0.5)
"""Where confidence starts: as likely as not."""


def parse(text: str, scale: Bands = DEFAULT) -> Range | None:
    """The probability a text gives: `0.8`, `0.7-0.9` or a word of the scale, those of our own in
    any language; None if it gives none. A comma may stand for the point."""
    return read_range(text) or _by_word(scale).get(folded(text))


@cache
def _by_word(scale: Bands) -> Mapping[str, Range]:
    if scale is not DEFAULT:
        return {folded(word): band for word, band in scale}
    locales = [words(language)["lenses"]["scale"] for language in LANGUAGES]
    return {folded(locale[name]): band for name, band in scale for locale in locales}


# What evidence makes of a probability.


def updated(
    prior: float, sensitivity: float, type_one_error: float, *, is_found: bool = True
) -> float:
    """The probability of a claim once evidence is found, or sought and not found, by Bayes' rule.

    Evidence that was impossible either way tells nothing.
    """
    if not is_found:
        sensitivity, type_one_error = 1 - sensitivity, 1 - type_one_error
    both = prior * sensitivity + (1 - prior) * type_one_error
    return prior * sensitivity / both if both else prior


def update(prior: Range, finding: Finding) -> Range:
    """The same for ranges. The posterior rises with the prior and, for evidence that is found,
    with the sensitivity, and falls with the type I error; the reverse for evidence that is not:
    the bounds come from bounds."""
    (least, most), (rare, often) = finding.likelihood
    if not finding.is_found:
        least, most, rare, often = most, least, often, rare
    return Range(
        updated(prior.low, least, often, is_found=finding.is_found),
        updated(prior.high, most, rare, is_found=finding.is_found),
    )


def posterior(packages: Iterable[Sequence[Finding]], prior: Range = NO_INFORMATION) -> Range:
    """The probability of a claim after packages of evidence that do not depend on each other.

    A package counts once: it reaches from the least to the most that any one finding in it would
    give, since nobody knows how far they repeat each other.
    """
    for package in packages:
        ranges = [update(prior, finding) for finding in package]
        prior = Range(min(each.low for each in ranges), max(each.high for each in ranges))
    return prior


# How it is printed.


def words_for(probability: Range, scale: Bands = DEFAULT) -> tuple[str, ...]:
    """The words of the scale for a range: one, or the first and the last."""
    low, high = _band(probability, scale)
    return (scale[low][0],) if low == high else (scale[low][0], scale[high][0])


def shown(probability: Range, scale: Bands = DEFAULT) -> tuple[str, str]:
    """The bounds as they are printed, rounded outwards. A single number is worth no more than the
    word for it: its bounds are those of the word."""
    if probability.is_point:
        probability = scale[_band(probability, scale)[0]][1]
    return _rounded(probability.low, math.floor), _rounded(probability.high, math.ceil)


def _band(probability: Range, scale: Bands) -> tuple[int, int]:
    first = max(i for i, (_, band) in enumerate(scale) if band.low <= probability.low)
    last = min(i for i, (_, band) in enumerate(scale) if probability.high <= band.high)
    return first, max(first, last)


def _rounded(bound: float, to: Callable[[float], int]) -> str:
    """Two figures; more where two would make 0 or 1 of what is neither."""
    places = 2
    while places < _FIGURES and 0 < bound < 1 and not 0 < _cut(bound, places, to) < 10**places:
        places += 1
    return f"{_cut(bound, places, to) / 10**places:.{places}f}".rstrip("0").rstrip(".")


_FIGURES = 6


def _cut(bound: float, places: int, to: Callable[[float], int]) -> int:
    """So many figures of a number; what a computer adds to 0.29 is no figure of it."""
    return to(round(bound * 10**places, 9))
