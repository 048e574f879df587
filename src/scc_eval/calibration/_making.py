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
from functools import cache, lru_cache, partial
from itertools import product

from scc_eval.calibration._patterns import Finder, Pattern
from scc_eval.calibration._steps import Endings, Phrase, Phrases, Step, union
from scc_eval.calibration._words import Reading, unaccented, words_of

_OFTEN = 4
_GAP = 8
_SHORTEST = 2


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
    return frozenset(union(finder.ends(reading) for finder in finders))


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
