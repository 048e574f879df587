"""Patterns of words, as the lists write them, and where a text has one.

A pattern is words with spaces between them. `a/b` is one or the other, `<name>` an expression of
that list, `#` a number; `?` after any of them says that it may be missing, `*` that it may come up
to four times. `.` is any word, `...` up to eight of one clause, `^` the beginning of a clause. What
stands before `|` must be there but is no part of what is found. A word with accents is found
without any too; a word without any is not found with some. A list may have endings besides: any
word that ends so is one of its expressions, unless it is excepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import product
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from scc_eval.calibration._words import Reading, Span, unaccented, words_of

M = TypeVar("M")
Phrase = tuple[str, ...]
Phrases = Mapping[str, tuple[Phrase, ...]]
"""Phrases by their first word, longest first."""

Endings = Mapping[str, Sequence[str]]
"""Of what endings (`of`) a word is one of a list, and of what words it is not (`but`)."""

_OFTEN = 4
_GAP = 8
_SHORT = 3
_SHORTEST = 2


class Step:
    """A part of a pattern: phrases, or words by their endings, and how often one of them comes.

    Without phrases it is a gap of so many words; if it comes no times at all, it is the beginning
    of a clause.
    """

    def __init__(
        self, phrases: Phrases, least: int = 1, most: int = 1, endings: Endings | None = None
    ) -> None:
        self.phrases = phrases
        self.least = least
        self.most = most
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
            return {begin} if reading.begins_clause(begin) else set()
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
            return [] if reading.is_mark(begin) else [begin + 1]
        word = keys[begin]
        phrases = self.phrases.get(word, ())
        ends = [begin + len(each) for each in phrases if keys[begin : begin + len(each)] == each]
        if self.has_endings and self.ends_so(word):
            ends.append(begin + 1)
        return ends

    @cached_property
    def anchors(self) -> tuple[frozenset[str], ...]:
        """Sets of words of which every text that has this part has one: every word of its only
        phrase, or one set, of the longest word of each phrase."""
        phrases = [phrase for each in self.phrases.values() for phrase in each]
        if len(phrases) == 1:
            return tuple(frozenset((word,)) for word in phrases[0])
        return (frozenset(max(phrase, key=len) for phrase in phrases),)


def _commonness(words: frozenset[str]) -> tuple[int, int, int]:
    """What is least for words that few texts have: how many are short, how many there are, and
    how long they are."""
    short = sum(len(word) <= _SHORT for word in words)
    return short, len(words), -max(map(len, words))


class Opening(NamedTuple):
    """The words that a pattern can begin with, and the parts that take others for their endings."""

    words: frozenset[str]
    by_ending: tuple[Step, ...]

    def places(self, reading: Reading, span: Span) -> list[int]:
        """The words between two at which the pattern can begin."""
        begins = self.words & reading.vocabulary
        for step in self.by_ending:
            begins |= set(filter(step.ends_so, reading.vocabulary))
        first, end = span
        return [place for word in begins for place in reading.places[word] if first <= place < end]


class Pattern(NamedTuple):
    """A pattern made ready: what must come before, and what is found."""

    before: tuple[Step, ...]
    steps: tuple[Step, ...]

    def span(self, reading: Reading, begin: int) -> Span | None:
        """What is found, at its longest, if the pattern begins at a word."""
        starts = _follow(self.before, reading, begin) if self.before else (begin,)
        found = [
            (start, max(ends))
            for start in starts
            for ends in (_follow(self.steps, reading, start),)
            if ends
        ]
        return max(found, key=_last, default=None)

    def opening(self) -> Opening:
        """What it can begin with."""
        steps = (*self.before, *self.steps)
        last = next(i for i, step in enumerate(steps) if step.phrases and step.least)
        first = steps[: last + 1]
        words = frozenset(word for step in first for word in step.phrases)
        return Opening(words, tuple(step for step in first if step.has_endings))

    def anchors(self) -> tuple[frozenset[str], ...]:
        """Sets of words of which every text that has the pattern has one: first the one that few
        texts can meet. None if no part must be there."""
        steps = (step for step in (*self.before, *self.steps) if step.phrases and step.least)
        needed = (step.anchors for step in steps if not step.has_endings)
        return tuple(sorted({words for each in needed for words in each}, key=_commonness))


def _follow(steps: tuple[Step, ...], reading: Reading, begin: int) -> set[int]:
    """Where several parts can end, one after the other, if the first begins at a word."""
    reached = {begin}
    for step in steps:
        ends = [step.ends(reading, at) for at in reached]
        reached = ends[0] if len(ends) == 1 else set().union(*ends)
        if not reached:
            break
    return reached


_last = itemgetter(1)


class Maker:
    """Makes patterns of what the lists of one language write."""

    def __init__(
        self,
        lists: Mapping[str, Sequence[str]],
        variants: Mapping[str, Sequence[str]],
        endings: Mapping[str, Endings],
    ) -> None:
        self._endings = endings
        self._variants = {
            word: tuple(words_of(other) for other in others) for word, others in variants.items()
        }
        self._lists = {name: self._by_first(phrases) for name, phrases in lists.items()}
        self._step = cache(self._make_step)

    def pattern(self, text: str) -> Pattern:
        """A pattern as it is written."""
        before, _, found = text.rpartition("|")
        return Pattern(self._steps(before), self._steps(found))

    def around(self, frame: str, words: str) -> Iterator[Pattern]:
        """A pattern with these very words in the place of `{}`; none if they hold no word."""
        phrase = words_of(words)
        if phrase:
            before, _, found = frame.rpartition("|")
            yield Pattern(self._steps(before), self._steps(found, Step(_filed(_spelt(phrase)))))

    def _steps(self, text: str, words: Step | None = None) -> tuple[Step, ...]:
        return tuple(words if words and part == "{}" else self._step(part) for part in text.split())

    def _make_step(self, part: str) -> Step:
        if part == "^":
            return Step({}, 0, 0)
        if part == "...":
            return Step({}, 0, _GAP)
        least, most = {"?": (0, 1), "*": (0, _OFTEN)}.get(part[-1], (1, 1))
        part = part.rstrip("?*")
        if part == ".":
            return Step({}, least, most)
        if part[0] == "<":
            name = part[1:-1]
            return Step(self._lists[name], least, most, self._endings.get(name))
        return Step(self._by_first([part]), least, most)

    def _by_first(self, texts: Iterable[str]) -> Phrases:
        return _filed(phrase for text in texts for phrase in self._phrases(text))

    def _phrases(self, text: str) -> Iterator[Phrase]:
        """The phrases that one text stands for: each alternative, in each of its variants."""
        parts = (part.split("/") for part in text.split())
        for chosen in product(*parts):
            forms = (self._variants.get(word) or (words_of(word),) for word in chosen)
            for form in product(*forms):
                yield from _spelt(tuple(word for part in form for word in part))


def _each(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in text.split("/"))


def _spelt(phrase: Phrase) -> Iterator[Phrase]:
    """A phrase with its accents, and with some of its words without theirs: not the shortest, of
    which other words would come (`à`, `dû`)."""
    spellings = ({word, unaccented(word)} if len(word) > _SHORTEST else {word} for word in phrase)
    yield from product(*spellings)


def _filed(phrases: Iterable[Phrase]) -> Phrases:
    found: dict[str, set[Phrase]] = defaultdict(set)
    for phrase in phrases:
        found[phrase[0]].add(phrase)
    return {first: tuple(sorted(each)) for first, each in found.items()}


class Match(NamedTuple, Generic[M]):
    """Where a text has a pattern: its first word, the one after its last, and what it means."""

    begin: int
    end: int
    meaning: M


class Finder(Generic[M]):
    """Finds many patterns at once. Only those are tried of which a text has a rare word, and a
    word for every other part that must be there."""

    def __init__(self, patterns: Iterable[tuple[Pattern, M]]) -> None:
        self._patterns = tuple(
            (pattern, pattern.anchors()[1:], pattern.opening(), meaning)
            for pattern, meaning in patterns
        )
        self._by_anchor: dict[str, list[int]] = defaultdict(list)
        self._always: set[int] = set()
        for index, (pattern, *_) in enumerate(self._patterns):
            rarest = next(iter(pattern.anchors()), None)
            if rarest is None:
                self._always.add(index)
            for word in rarest or ():
                self._by_anchor[word].append(index)
        self._anchors = frozenset(self._by_anchor)

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

    def _spans(self, reading: Reading, span: Span) -> Iterator[tuple[int, int, int]]:
        """Each match that begins between two words, as what sorts it: where it begins, how far
        it reaches, which pattern it is."""
        vocabulary = reading.vocabulary
        if not self._always and vocabulary.isdisjoint(self._anchors):
            return
        known = vocabulary & self._anchors
        for index in self._always.union(*(self._by_anchor[word] for word in known)):
            pattern, others, opening, _ = self._patterns[index]
            if others and any(map(vocabulary.isdisjoint, others)):
                continue
            for begin in opening.places(reading, span):
                found = pattern.span(reading, begin)
                if found is not None:
                    yield found[0], -found[1], index
