"""Patterns made ready, and where a text has many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from scc_eval.calibration._steps import Step, follow, union
from scc_eval.calibration._words import Reading, Span

M = TypeVar("M")
_last = itemgetter(1)
_by_commonness = itemgetter(0)


class Opening(NamedTuple):
    """The words that a pattern can begin with, and the parts that take others for their endings;
    or, where it can begin with any word of a clause, the first."""

    words: frozenset[str]
    by_ending: tuple[Step, ...]
    is_any: bool

    def places(self, reading: Reading) -> list[int]:
        """The words at which the pattern can begin."""
        if self.is_any:
            return list(reading.openings)
        begins = self.words & reading.vocabulary
        for step in self.by_ending:
            begins |= set(filter(step.ends_so, reading.vocabulary))
        return [place for word in begins for place in reading.places[word]]


class Pattern(NamedTuple):
    """A pattern made ready: what must come before, what is found, and what must come after."""

    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    after: tuple[Step, ...] = ()

    def span(self, reading: Reading, begin: int) -> Span | None:
        """What is found, at its longest, if the pattern begins at a word."""
        starts = follow(self.before, reading, begin) if self.before else (begin,)
        found = [
            (start, end)
            for start in starts
            for end in follow(self.steps, reading, start)
            if not self.after or follow(self.after, reading, end)
        ]
        return max(found, key=_last, default=None)

    def ends(self, reading: Reading, begin: int) -> set[int]:
        """Wherever it can end, if it begins at a word."""
        return follow(self.steps, reading, begin)

    def opening(self) -> Opening:
        """What it can begin with."""
        steps = (*self.before, *self.steps)
        needed = (i for i, step in enumerate(steps) if step.phrases and step.least)
        last = next(needed, len(steps))
        first = steps[: last + 1]
        words = frozenset(word for step in first for word in step.phrases)
        is_any = steps[0].most == 0 and not all(step.phrases for step in first[1:])
        return Opening(words, tuple(step for step in first if step.has_endings), is_any)

    def anchors(self) -> tuple[frozenset[str], ...]:
        """Sets of words of which every text that has the pattern has one: first the one that few
        texts can meet. None if no part must be there."""
        all_steps = (*self.before, *self.steps, *self.after)
        steps = (step for step in all_steps if step.phrases and step.least)
        needed = {each for step in steps if not step.has_endings for each in step.anchors}
        return tuple(each.words for each in sorted(needed, key=_by_commonness))


class Match(NamedTuple, Generic[M]):
    """Where a text has a pattern: its first word, the one after its last, and what it means."""

    begin: int
    end: int
    meaning: M


class Finder(Generic[M]):
    """Finds many patterns at once. Only those are tried of which a text has a rare word, and a
    word for every other part that must be there."""

    def __init__(self, patterns: Iterable[tuple[Pattern, M]]) -> None:
        self._patterns: list[tuple[Pattern, tuple[frozenset[str], ...], Opening, M]] = []
        self._by_anchor: dict[str, list[int]] = defaultdict(list)
        self._always: set[int] = set()
        for index, (pattern, meaning) in enumerate(patterns):
            rarest, *others = pattern.anchors() or ((),)
            self._patterns.append((pattern, tuple(others), pattern.opening(), meaning))
            if not rarest:
                self._always.add(index)
            for word in rarest:
                self._by_anchor[word].append(index)
        self._anchors = frozenset(self._by_anchor)
        self.everywhere = lru_cache(maxsize=8)(self._everywhere)
        """Every match in a text, those within another too, each from what comes before it: one text
        is asked of again and again, for each thing found in it."""

    def all(self, reading: Reading, span: Span) -> Iterator[Match[M]]:
        """Every match between two words, none within another: the first, the longest, and of
        two patterns of one length the one that was given first."""
        reached, end = span
        for begin, last, index in sorted(self._spans(reading, span)):
            if begin >= reached and -last <= end:
                yield Match(begin, -last, self._patterns[index][-1])
                reached = -last

    def has(self, reading: Reading, span: Span) -> bool:
        """Whether there is a match between two words."""
        return any(-last <= span[1] for _, last, _ in self._spans(reading, span))

    def _everywhere(self, reading: Reading) -> tuple[Match[M], ...]:
        return tuple(
            Match(begin, found[1], self._patterns[index][-1])
            for index, pattern, places in self._tries(reading)
            for begin in places
            if (found := pattern.span(reading, begin))
        )

    def _spans(self, reading: Reading, span: Span) -> Iterator[tuple[int, int, int]]:
        """Each match that begins between two words, as what sorts it: where it begins, how far
        it reaches, which pattern it is."""
        first, end = span
        for index, pattern, places in self._tries(reading):
            for begin in places:
                if first <= begin < end and (found := pattern.span(reading, begin)):
                    yield found[0], -found[1], index

    def ends(self, reading: Reading) -> set[int]:
        """Wherever in a text a pattern can end."""
        tries = self._tries(reading)
        return union(pattern.ends(reading, at) for _, pattern, places in tries for at in places)

    def _tries(self, reading: Reading) -> Iterator[tuple[int, Pattern, list[int]]]:
        """Each pattern that a text can have, with its number and the places where it can begin."""
        vocabulary = reading.vocabulary
        known = vocabulary & self._anchors
        for index in self._always.union(*(self._by_anchor[word] for word in known)):
            pattern, others, opening, _ = self._patterns[index]
            if others and any(map(vocabulary.isdisjoint, others)):
                continue
            if places := opening.places(reading):
                yield index, pattern, places
