"""Words against what they rest on: quantifiers, causal verbs, general wording, in text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from scc_eval.calibration._lexicon import STRENGTHS, Lexicon, Own, Quantifier
from scc_eval.calibration._scale import NOTHING, Scale, ScaleError, read_scale
from scc_eval.calibration._words import Reading, Span, read_text, unaccented, words_of

__all__ = [
    "STRENGTHS",
    "Calibration",
    "Quantified",
    "ScaleError",
    "calibration",
    "read_scale",
    "same_words",
]


class Causal(NamedTuple):
    """A causal wording and how much of a contribution it asserts: one of `STRENGTHS`."""

    words: str
    strength: str


class Quantified(NamedTuple):
    """A quantifying wording, what it asks for, and the noun of those it speaks of: None if they
    are of no category in particular."""

    words: str
    asks: str
    scale: Scale
    noun: str | None


class Calibration:
    """Finds in texts of one language the words whose strength can be held against evidence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def causal(self, text: str) -> tuple[Causal, ...]:
        """What a text asserts of causes. What it denies, asks, expects or reports of others is
        left out; what it hedges counts as `may`, what it shares out as `contributes`."""
        reading = read_text(text)
        return tuple(
            Causal(reading.told(begin, end), self._at_most(reading, begin, strength))
            for begin, end, strength in self._lexicon.causal.all(reading, reading.whole)
            if strength is not None
            and self._is_asserted(reading, begin, end)
            and not self._is_elsewhere(reading, begin)
        )

    def _is_elsewhere(self, reading: Reading, begin: int) -> bool:
        """Whether a cause is named, and not as what the programme did something about."""
        guards = {"elsewhere": reading.clause(begin)}
        is_programme = self._lexicon.is_told_of_programme(reading, begin)
        return not is_programme and self._is_guarded("causal_guards", guards, reading)

    def _is_asserted(self, reading: Reading, begin: int, end: int) -> bool:
        guards = {
            "denied": (reading.clause(begin)[0], begin),
            "unsaid": (reading.sentence(begin)[0], begin),
        }
        return self._is_own(reading, begin, end) and not self._is_guarded(
            "causal_guards", guards, reading
        )

    def _is_own(self, reading: Reading, begin: int, end: int) -> bool:
        """Whether it is the evaluators who say it, and who do not ask it."""
        first, last = reading.sentence(begin)
        before = self._lexicon.voices.all(reading, (first, begin))
        after = self._lexicon.voices_after.all(reading, (end, max(end, last)))
        is_others = any(match.meaning for match in chain(before, after))
        return not is_others and not reading.asks(begin)

    def _at_most(self, reading: Reading, begin: int, strength: str) -> str:
        sentence = reading.sentence(begin)
        for guard, most in (("hedged", "may"), ("softened", "contributes")):
            if self._is_guarded("causal_guards", {guard: sentence}, reading):
                return min(strength, most, key=STRENGTHS.index)
        return strength

    def quantified(self, text: str) -> tuple[Quantified, ...]:
        """The quantifying words of a text that speak of people, without those that ask for
        nothing and those beside which a number is given."""
        reading = read_text(text)
        return tuple(
            self._quantified(reading, begin, end, quantifier)
            for begin, end, quantifier in self._lexicon.quantifiers.all(reading, reading.whole)
            if quantifier is not None
            and self._asks(quantifier, reading, begin)
            and self._is_own(reading, begin, end)
        )

    def _quantified(
        self, reading: Reading, begin: int, end: int, quantifier: Quantifier
    ) -> Quantified:
        """What is found, up to the noun; where it has none, the noun is that of its sentence."""
        nouns = self._lexicon.people.all(reading, (reading.sentence(begin)[0], end))
        last = next(reversed(tuple(nouns)), None)
        noun = None if last is None or last.meaning else reading.words[last.end - 1]
        words = reading.told(begin, last.end if last and last.begin >= begin else end)
        return Quantified(words, quantifier.asks, quantifier.scale, noun)

    def _asks(self, quantifier: Quantifier, reading: Reading, begin: int) -> bool:
        sentence = reading.sentence(begin)
        guards = {
            "not_after": (max(0, begin - 1), begin),
            "unsaid": (sentence[0], begin),
            "bases": sentence,
        }
        needs = quantifier.needs_people_before
        return (
            quantifier.scale != NOTHING
            and not self._is_guarded("quantifier_guards", guards, reading)
            and (not needs or self._lexicon.people.has(reading, (sentence[0], begin)))
        )

    def has_base(self, text: str) -> bool:
        """Whether a text gives numbers by which a reader can count."""
        reading = read_text(text)
        return self._has("quantifier_guards", "bases", reading)

    def general(self, text: str) -> tuple[str, ...]:
        """The words of a text that hold of everybody, everywhere or always, where it sets them no
        limit."""
        reading = read_text(text)
        return tuple(
            reading.told(begin, end)
            for begin, end, is_meant in self._lexicon.general.all(reading, reading.whole)
            if is_meant and self._is_unlimited(reading, begin, end)
        )

    def _is_unlimited(self, reading: Reading, begin: int, end: int) -> bool:
        first = reading.clause(begin)[0]
        guards = {
            "denied": (first, begin),
            "of_some": (max(first, begin - _NEAR), begin),
            "denied_after": (end, min(end + 1, len(reading.words))),
            "limits": reading.sentence(begin),
        }
        return self._is_own(reading, begin, end) and not self._is_guarded(
            "general_guards", guards, reading
        )

    def says_may(self, text: str) -> bool:
        """Whether a text says that something can be, not that it is."""
        reading = read_text(text)
        return self._has("general_guards", "modals", reading)

    def shares(self, text: str) -> tuple[str, ...]:
        """The percentages and fractions of contribution that a text gives."""
        reading = read_text(text)
        return tuple(
            reading.told(begin, end)
            for begin, end, _ in self._lexicon.shares.all(reading, reading.whole)
            if self._is_asserted(reading, begin, end) and not self._is_of_else(reading, begin)
        )

    def _is_of_else(self, reading: Reading, begin: int) -> bool:
        """Whether a share is one of money, or the one that some people make up."""
        first = reading.clause(begin)[0]
        guards = {"money": reading.sentence(begin), "not_after": (first, begin)}
        return self._is_guarded("share_guards", guards, reading)

    def _is_guarded(self, family: str, spans: Mapping[str, Span], reading: Reading) -> bool:
        """Whether one of the guards of a family stands in its stretch of a text."""
        found = self._lexicon.guards(family).everywhere(reading)
        return any(
            name in spans and spans[name][0] <= begin < spans[name][1] and end <= spans[name][1]
            for begin, end, name in found
        )

    def _has(self, family: str, name: str, reading: Reading) -> bool:
        """Whether a guard stands anywhere in a text."""
        return self._lexicon.guard(family, name).has(reading, reading.whole)


@cache
def calibration(
    language: str,
    quantifiers: Own = (),
    causal_verbs: Own = (),
    people: tuple[str, ...] = (),
) -> Calibration:
    """The calibration of a language (`en`, `fr`), with an evaluation's own quantifying words and
    what they ask for, its causal words and their strength, and its nouns for people. Raises
    ScaleError if a word asks for what is no place on the scale."""
    return Calibration(Lexicon(language, quantifiers, causal_verbs, people))


def same_words(one: str, other: str) -> bool:
    """Whether two texts share a word of some length; accents and capitals do not count."""
    return not _long_words(one).isdisjoint(_long_words(other))


@lru_cache(maxsize=16_384)
def _long_words(text: str) -> frozenset[str]:
    words = (unaccented(word) for word in words_of(text))
    return frozenset(word for word in words if len(word) > _SHORT)


_NEAR = 3
"""How many words away a relative pronoun still takes a word to itself."""

_SHORT = 3
"""Words of that length or less name nothing."""
