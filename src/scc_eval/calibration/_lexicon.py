"""What one language has on the lists: the patterns of its file, made ready as they are needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from scc_eval.calibration._making import Maker
from scc_eval.calibration._patterns import Finder, Pattern
from scc_eval.calibration._scale import Scale, read_scale
from scc_eval.calibration._words import words_of
from scc_eval.files import read

STRENGTHS = ("none", "may", "contributes", "causes")
"""How much of a contribution a wording asserts, from nothing to the cause."""


_FEW = 3


class Quantifier(NamedTuple):
    """A quantifying word, with what it asks for as the scale writes it."""

    asks: str
    scale: Scale
    needs_people_before: bool = False


Own = tuple[tuple[str, str], ...]


class Lexicon:
    """The patterns of a language, with an evaluation's own quantifying and causal words and its
    own nouns for people.

    `None` is the meaning of what is found only to be passed over.
    """

    def __init__(
        self, language: str, quantifiers: Own, causal_verbs: Own, people: tuple[str, ...]
    ) -> None:
        name = f"{language}.yaml"
        self._data: Mapping[str, Any] = read(Path(__file__).parent / name, name).data
        lists = dict(self._data["lists"])
        lists["people"] = (*lists["people"], *filter(_is_noun, map(_plain, people)))
        subjects = self._data["subjects"]
        self._maker = Maker(lists, self._data["variants"], self._data["endings"], subjects)
        self._own_quantifiers = {_plain(words): asks for words, asks in quantifiers}
        self._own_causal_verbs = {_plain(words): strength for words, strength in causal_verbs}

        self.is_told_of_programme = partial(self._maker.is_after, "@")
        """Whether a word of a text stands just after the programme, as the subject of a verb."""
        self.guard = cache(self._guard)
        """What takes away from a family of findings, by the names of the family and the guard."""

        self.guards = cache(self._guards)
        """The same for all guards of a family, each match with the name of its guard."""

    def _guards(self, family: str) -> Finder[str]:
        return Finder(
            (self._maker.pattern(text), name)
            for name, texts in self._data[family].items()
            if name != "everyday"
            for text in texts
        )

    def _guard(self, family: str, name: str) -> Finder[None]:
        return self._listed(self._data[family][name])

    @cached_property
    def voices(self) -> Finder[bool]:
        """Words that come before what somebody says; whether it is somebody else than the
        evaluators."""
        return self._of_others("before")

    @cached_property
    def voices_after(self) -> Finder[bool]:
        """The same for words that come after."""
        return self._of_others("after")

    def _of_others(self, place: str) -> Finder[bool]:
        voices = self._data["voices"]
        own = [(self._maker.pattern(text), False) for text in voices["own"]]
        return Finder((*own, *((self._maker.pattern(text), True) for text in voices[place])))

    @cached_property
    def people(self) -> Finder[bool]:
        """Nouns for people; whether they are of no category in particular."""
        anybody, named = (self._maker.pattern(f"<{name}>") for name in ("anybody", "people"))
        return Finder(((anybody, True), (named, False)))

    @cached_property
    def causal(self) -> Finder[str | None]:
        """Causal wordings, each with its strength."""
        own = dict(self._own_causal_verbs)
        found: list[tuple[Pattern, str | None]] = []
        for strength, verbs in self._data["causal_verbs"].items():
            for verb, texts in verbs.items():
                meaning = own.pop(_plain(verb), strength)
                found += [(self._maker.pattern(text), meaning) for text in texts]
        exact = [
            (pattern, strength)
            for words, strength in own.items()
            for pattern in self._maker.around("{}", (words,))
        ]
        return Finder((*exact, *self._everyday("causal_guards"), *found))

    @cached_property
    def quantifiers(self) -> Finder[Quantifier | None]:
        """Quantifying words with the people they speak of."""
        own = dict(self._own_quantifiers)
        found: list[tuple[Pattern, Quantifier | None]] = []
        for words, asks in self._data["of_people_before"].items():
            quantifier = _quantifier(own.pop(_plain(words), asks))._replace(
                needs_people_before=True
            )
            found += [(pattern, quantifier) for pattern in self._maker.around("{}", (words,))]
        for asks, texts in self._data["quantifying"].items():
            found += [(self._maker.pattern(text), _quantifier(asks)) for text in texts]
        scale = {_plain(words): asks for words, asks in self._data["quantifiers"].items()}
        # Those of one or two words that open alike are looked for at once.
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for words, asks in (scale | own).items():
            opening = words if words.count(" ") > 1 else words.partition(" ")[0]
            alike[asks, opening].append(words)
        for (asks, _), several in alike.items():
            found += self._framed(several, _quantifier(asks))
        return Finder((*found, *self._everyday("quantifier_guards")))

    def _framed(
        self, words: Iterable[str], quantifier: Quantifier
    ) -> Iterator[tuple[Pattern, Quantifier]]:
        frames = self._data["quantifier_frames"]
        kind = "count" if quantifier.scale.share is None else "share"
        for frame in frames[kind]:
            yield from ((each, quantifier) for each in self._maker.around(frame, words))
        quantifier = quantifier._replace(needs_people_before=True)
        for frame in frames["of_people_before"]:
            yield from ((each, quantifier) for each in self._maker.around(frame, words))

    @cached_property
    def general(self) -> Finder[bool]:
        """Wordings that hold of everybody, everywhere or always; False where one only looks so."""
        said = [(self._maker.pattern(text), True) for text in self._data["general"]]
        idle = [(pattern, False) for pattern, _ in self._everyday("general_guards")]
        return Finder((*idle, *said))

    @cached_property
    def shares(self) -> Finder[None]:
        """Percentages and fractions of contribution."""
        return self._listed(self._data["contribution_shares"])

    def _everyday(self, family: str) -> Iterator[tuple[Pattern, None]]:
        return ((self._maker.pattern(text), None) for text in self._data[family]["everyday"])

    def _listed(self, texts: Iterable[str]) -> Finder[None]:
        return Finder((self._maker.pattern(text), None) for text in texts)


def _quantifier(asks: str) -> Quantifier:
    return Quantifier(asks, read_scale(asks))


def _is_noun(words: str) -> bool:
    """Whether a label can be a noun in a sentence: a few words, and nothing but letters."""
    return words.count(" ") < _FEW and words.replace(" ", "").isalpha()


def _plain(words: str) -> str:
    return " ".join(words_of(words))
