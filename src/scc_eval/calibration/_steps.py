"""The parts of a pattern: which words they take, and where each can end in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from scc_eval.calibration._words import Reading, unaccented

Phrase = tuple[str, ...]
Phrases = Mapping[str, tuple[Phrase, ...]]
"""Phrases by their first word, longest first."""

Endings = Mapping[str, Sequence[str]]
"""Of what endings (`of`) a word is one of a list, and of what words it is not (`but`)."""

_SHORT = 3


class Step:
    """A part of a pattern: phrases, or words by their endings, and how often one of them comes.

    Without phrases it is a gap of so many words, none of which other parts have; if it comes no
    times at all, it is a place: one of those given, or else the beginning of a clause.
    """

    def __init__(
        self,
        phrases: Phrases,
        least: int = 1,
        most: int = 1,
        endings: Endings | None = None,
        barred: tuple[Step, ...] = (),
        places: Callable[[Reading], frozenset[int]] | None = None,
    ) -> None:
        self.phrases = phrases
        self.least = least
        self.most = most
        self._barred = barred
        self._places = places
        self._ends = tuple(_each(endings["of"])) if endings else ()
        self._excepted = frozenset(map(unaccented, _each(endings["but"]))) if endings else ()
        self.ends_so = lru_cache(maxsize=4096)(self._ends_so)
        """Whether a word is taken for its ending alone."""

    def _ends_so(self, word: str) -> bool:
        return word.endswith(self._ends) and unaccented(word) not in self._excepted

    @property
    def has_endings(self) -> bool:
        """Whether words are taken for their endings alone."""
        return bool(self._ends)

    def ends(self, reading: Reading, begin: int) -> set[int]:
        """Where the part can end if it begins at a word."""
        if self.most == 0:
            is_there = (
                begin in self._places(reading) if self._places else reading.begins_clause(begin)
            )
            return {begin} if is_there else set()
        if self.most == self.least == 1:
            return set(self._once(reading, begin))
        reached = {begin}
        found = set() if self.least else {begin}
        for _ in range(self.most):
            reached = {end for at in reached for end in self._once(reading, at)}
            if not reached:
                break
            found |= reached
        return found

    def _once(self, reading: Reading, begin: int) -> list[int]:
        keys = reading.keys
        if begin >= len(keys):
            return []
        if not self.phrases:
            if reading.is_mark(begin):
                return []
            for step in self._barred:
                if step._once(reading, begin):
                    return []
            return [begin + 1]
        word = keys[begin]
        phrases = self.phrases.get(word)
        if phrases is None:
            return [begin + 1] if self.has_endings and self.ends_so(word) else []
        ends = [begin + len(each) for each in phrases if keys[begin : begin + len(each)] == each]
        if self.has_endings and self.ends_so(word):
            ends.append(begin + 1)
        return ends

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """Sets of words of which every text that has this part has one: every word of its only
        phrase, or one set, of the longest word of each phrase."""
        phrases = [phrase for each in self.phrases.values() for phrase in each]
        if len(phrases) == 1:
            return tuple(_anchor((word,)) for word in phrases[0])
        return (_anchor(max(phrase, key=len) for phrase in phrases),)


class Anchor(NamedTuple):
    """A set of words, and what is least for those that few texts have: how many are short, how
    many there are, and how long they are."""

    commonness: tuple[int, int, int]
    words: frozenset[str]


def _anchor(words: Iterable[str]) -> Anchor:
    found = frozenset(words)
    short = sum(len(word) <= _SHORT for word in found)
    return Anchor((short, len(found), -max(map(len, found))), found)


def follow(steps: tuple[Step, ...], reading: Reading, begin: int) -> set[int]:
    """Where several parts can end, one after the other, if the first begins at a word."""
    reached = {begin}
    for step in steps:
        ends = [step.ends(reading, at) for at in reached]
        reached = ends[0] if len(ends) == 1 else union(ends)
        if not reached:
            break
    return reached


def union(several: Iterable[set[int]]) -> set[int]:
    """All of several sets together."""
    return set().union(*several)


def _each(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in text.split("/"))
