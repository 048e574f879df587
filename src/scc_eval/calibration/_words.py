"""A text as words with their places, without what stands between quotation marks."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)?(?![\w-])|\w+(?:-\w+)*'?|[^\w\s]")
_APOSTROPHES = {ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'"}
_CLOSING = {"«": "»", "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}", '"': '"'}
_QUOTED = "«»"
"""What stands for the words between quotation marks: they are somebody else's."""
_SENTENCE_ENDS = frozenset((".", "!", "?", ";", "…"))
_CLAUSE_ENDS = _SENTENCE_ENDS | {",", ":", "(", ")", "—", "–", _QUOTED}
NUMBER = "#"
_FAR = 200
"""How many words away a sentence is still looked for its ends."""

Span = tuple[int, int]


class Reading:
    """A text, read: its words in small letters, its numbers and its marks, and where its sentences
    and clauses begin and end."""

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
        spans = [match.span() for match in _WORD.finditer(self._text)]
        words = [self._text[begin:end].lower() for begin, end in spans]
        if not _CLOSING.keys().isdisjoint(words):
            kept = tuple(_without_quotes(words))
            spans = [(spans[first][0], spans[last][1]) for first, last in kept]
            words = [words[a] if a == b else _QUOTED for a, b in kept]
        self._places = tuple(spans)
        self.words = tuple(words)
        self.keys = tuple(map(key_of, words))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once, all numbers as one."""
        return frozenset(self.keys)

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each word of its vocabulary stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            found[key].append(place)
        return found

    @cached_property
    def openings(self) -> tuple[int, ...]:
        """Where its clauses begin."""
        return tuple(filter(self.begins_clause, range(len(self.words))))

    @property
    def whole(self) -> Span:
        """From its first word to its last."""
        return 0, len(self.words)

    def told(self, begin: int, end: int) -> str:
        """The text of some of its words on one line, without a mark at its end."""
        text = self._text[self._places[begin][0] : self._places[end - 1][1]]
        return " ".join(text.rstrip(" ,").split())

    def sentence(self, index: int) -> Span:
        """The first word of the sentence that a word is in, and the one after its last."""
        return self._between(self._sentence_ends, index)

    def asks(self, index: int) -> bool:
        """Whether the sentence that a word is in is a question."""
        end = self.sentence(index)[1]
        return end < len(self.words) and self.words[end] == "?"

    def clause(self, index: int) -> Span:
        """The first word of the clause that a word is in, and the one after its last."""
        return self._between(self._clause_ends, index)

    def begins_clause(self, index: int) -> bool:
        """Whether nothing of its clause stands before a word."""
        return index == 0 or self.is_mark(index - 1)

    def is_mark(self, index: int) -> bool:
        """Whether a clause ends here."""
        return self.words[index] in _CLAUSE_ENDS

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [place for place, word in enumerate(self.words) if word in _SENTENCE_ENDS]

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [place for place, word in enumerate(self.words) if word in _CLAUSE_ENDS]

    def _between(self, ends: list[int], index: int) -> Span:
        """From the last end before a word to the first one from it on, no farther than `_FAR`."""
        after = bisect_left(ends, index)
        begin = ends[after - 1] + 1 if after else 0
        end = ends[after] if after < len(ends) else len(self.words)
        return max(begin, index - _FAR), min(end, index + _FAR)


@lru_cache(maxsize=16_384)
def read_text(text: str) -> Reading:
    """A text, read; several rules look at the same one."""
    return Reading(text)


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, in small letters."""
    if phrase.isalpha():
        return (unicodedata.normalize("NFC", phrase).lower(),)
    return Reading(phrase).words


def key_of(word: str) -> str:
    """What stands for a word where all numbers are alike."""
    return NUMBER if word[0].isdigit() else word


@cache
def unaccented(word: str) -> str:
    """A word without its accents."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _without_quotes(words: Sequence[str]) -> Iterator[Span]:
    """The first and the last of the words that count as one: each by itself, and each quotation.
    A mark that is never closed opens none."""
    closing = dict(_CLOSING)
    index = 0
    while index < len(words):
        begin, close = index, closing.get(words[index])
        if close is not None:
            index = next((i for i in range(begin + 1, len(words)) if words[i] == close), begin)
            if index == begin:
                del closing[words[begin]]
        yield begin, index
        index += 1
