"""Patterns of words, as the lists write them, and where a text has one.

A pattern is words with spaces between them. `a/b` is one or the other, `<name>` an expression of
that list, `#` a number; `?` after any of them says that it may be missing, `*` that it may come up
to four times. `.` is any word, `!<name>` any but one of that list (`!<name>!<other>`: of neither),
`...` up to eight of one clause, `^` the beginning of a clause. `@` and the like are the places just
after a subject: where a pattern given for that mark, or for one before it, ends. What stands before
`|`, and what stands after a second `|`, must be there but is no part of what is found. A word with
accents is found without any too; a word without any is not found with some. A list may have endings
besides: any word that ends so is one of its expressions, unless it is excepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
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
        starts = _follow(self.before, reading, begin) if self.before else (begin,)
        found = [
            (start, end)
            for start in starts
            for end in _follow(self.steps, reading, start)
            if not self.after or _follow(self.after, reading, end)
        ]
        return max(found, key=_last, default=None)

    def ends(self, reading: Reading, begin: int) -> set[int]:
        """Wherever it can end, if it begins at a word."""
        return _follow(self.steps, reading, begin)

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


def _follow(steps: tuple[Step, ...], reading: Reading, begin: int) -> set[int]:
    """Where several parts can end, one after the other, if the first begins at a word."""
    reached = {begin}
    for step in steps:
        ends = [step.ends(reading, at) for at in reached]
        reached = ends[0] if len(ends) == 1 else _all(ends)
        if not reached:
            break
    return reached


_last = itemgetter(1)
_by_commonness = itemgetter(0)


class Maker:
    """Makes patterns of what the lists of one language write."""

    def __init__(
        self,
        lists: Mapping[str, Sequence[str]],
        variants: Mapping[str, Sequence[str]],
        endings: Mapping[str, Endings],
        subjects: Mapping[str, Sequence[str]],
    ) -> None:
        self._endings = endings
        self._variants = {
            word: tuple(words_of(other) for other in others) for word, others in variants.items()
        }
        self._lists = {name: self._by_first(phrases) for name, phrases in lists.items()}
        self._step = cache(self._make_step)
        self._subjects: dict[str, Callable[[Reading], frozenset[int]]] = {}
        several: tuple[Finder[None], ...] = ()
        for mark, texts in subjects.items():
            several += (Finder((self.pattern(text), None) for text in texts),)
            self._subjects[mark] = lru_cache(maxsize=64)(partial(_ends, several))

    def is_after(self, mark: str, reading: Reading, index: int) -> bool:
        """Whether a word stands just after a subject of that mark."""
        return index in self._subjects[mark](reading)

    def pattern(self, text: str) -> Pattern:
        """A pattern as it is written."""
        before, found, after = _parts(text)
        return Pattern(self._steps(before), self._steps(found), self._steps(after))

    def around(self, frame: str, texts: Iterable[str]) -> Iterator[Pattern]:
        """A pattern with one of these very texts in the place of `{}`; none if they hold no
        word."""
        phrases = [phrase for text in texts for phrase in (words_of(text),) if phrase]
        if phrases:
            words = Step(_filed(spelt for phrase in phrases for spelt in _spelt(phrase)))
            before, found, after = _parts(frame)
            yield Pattern(self._steps(before), self._steps(found, words), self._steps(after))

    def _steps(self, text: str, words: Step | None = None) -> tuple[Step, ...]:
        return tuple(words if words and part == "{}" else self._step(part) for part in text.split())

    def _make_step(self, part: str) -> Step:
        if part == "^":
            return Step({}, 0, 0)
        if part in self._subjects:
            return Step({}, 0, 0, places=self._subjects[part])
        if part == "...":
            return Step({}, 0, _GAP)
        least, most = {"?": (0, 1), "*": (0, _OFTEN)}.get(part[-1], (1, 1))
        part = part.rstrip("?*")
        if part == ".":
            return Step({}, least, most)
        if part[0] == "!":
            return Step({}, least, most, barred=tuple(map(self._step, part[1:].split("!"))))
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


def _parts(text: str) -> tuple[str, str, str]:
    """A pattern as it is written: what comes before, what is found, and what comes after."""
    if "|" not in text:
        return "", text, ""
    before, found, after = (*text.split("|"), "")[:3]
    return before, found, after


def _ends(finders: Iterable[Finder[None]], reading: Reading) -> frozenset[int]:
    return frozenset(_all(finder.ends(reading) for finder in finders))


def _all(several: Iterable[set[int]]) -> set[int]:
    return set().union(*several)


def _each(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in text.split("/"))


def _spelt(phrase: Phrase) -> Iterator[Phrase]:
    """A phrase with its accents, and with some of its words without theirs: not the shortest, of
    which other words would come (`à`, `dû`)."""
    if "".join(phrase).isascii():
        yield phrase
        return
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
        return _all(pattern.ends(reading, at) for _, pattern, places in tries for at in places)

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
