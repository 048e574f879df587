"""How a report names its cases: before their codes, and in brackets without one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scc_eval.audit.finding import Found
from scc_eval.audit.known import Known
from scc_eval.codes import skeleton

_MOST_WORDS = 6
_LONGEST = 120
"""How far before a code its name begins at most, in characters."""
_NEAR = 4
_ALIKE = 0.6
"""How alike two names are that are taken for one, by the share of letters in the same order: our
own default."""
_MARKS = ',;:()[]«»“”"!?'
_BEFORE = re.compile(rf"[{re.escape(_MARKS)}]|\n\s*\||\.\s|\s[-–—]\s")
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,600})[)\]]")
_ITEM = re.compile(r"(?:[^,;–—-]|(?<=\S)[-–—]|[-–—](?=\S))+")
_AT_EDGES = " \t\r\n~*•.…|"
_BROKEN = re.compile(r"-\s+")


class Named(NamedTuple):
    """A stretch of a text that names a case, as it is spelt on one line."""

    begin: int
    end: int
    case: str
    words: str
    has_code: bool


class Namer:
    """Finds the names of cases in texts whose codes are found already."""

    def __init__(self, known: Known, texts: Sequence[tuple[str, tuple[Found, ...]]]) -> None:
        self._known = known
        self._texts = texts
        self._beside = [tuple(self._before_codes(text, found)) for text, found in texts]
        self._case_of = self._learnt()

    def all(self) -> Iterator[tuple[int, Named]]:
        """Each name with the index of its text, in order: first those with codes."""
        for index, (text, found) in enumerate(self._texts):
            for named, is_listed in self._beside[index]:
                if is_listed or self._case_of.get(skeleton(named.words)) == named.case:
                    yield index, named
            yield from ((index, named) for named in self._bare(text, found))

    def _before_codes(self, text: str, found: Sequence[Found]) -> Iterator[tuple[Named, bool]]:
        """The words between a code and what stands before it, and whether that is a list of
        citations, where they can only be a name."""
        reached = 0
        for each in found:
            near = max(reached, each.begin - _LONGEST)
            # Most codes have nothing between them and the mark before them.
            if text[near : each.begin].rstrip(_AT_EDGES)[-1:] not in _MARKS:
                yield from self._before_code(text, near, reached, each)
            reached = each.end

    def _before_code(
        self, text: str, near: int, reached: int, each: Found
    ) -> Iterator[tuple[Named, bool]]:
        code = self._known.grammar.parse(each.code or "")
        if code is None or code.case not in self._known.cases:
            return
        begin = max((m.end() for m in _BEFORE.finditer(text, near, each.begin)), default=near)
        named = _trimmed(text, begin, each.begin, code.case, has_code=True)
        if named and named.words[0].isupper() and len(named.words.split()) <= _MOST_WORDS:
            yield named, _is_in_list(text, begin, reached)

    def _learnt(self) -> Mapping[str, str]:
        """The case that each name stands for: what an evaluation declares, and what stands before
        the codes of one case only."""
        cases: dict[str, set[str]] = defaultdict(set)
        for named in (named for each in self._beside for named, is_listed in each if is_listed):
            cases[skeleton(named.words)].add(named.case)
        learnt = {name: each.copy().pop() for name, each in cases.items() if len(each) == 1}
        labels = {skeleton(label): case for case, label in self._known.labels.items() if label}
        return learnt | labels

    def _bare(self, text: str, found: Sequence[Found]) -> Iterator[Named]:
        """The names that are items of a bracket and have no code."""
        if not self._case_of:
            return
        for bracket in _BRACKET.finditer(text):
            for item in _ITEM.finditer(text, bracket.start(1), bracket.end(1)):
                has_code = any(f.begin < item.end() and item.start() < f.end for f in found)
                case = None if has_code else self._case_of.get(skeleton(item[0]))
                named = _trimmed(text, *item.span(), case, has_code=False) if case else None
                if named and named.words[0].isupper():
                    yield named


def _is_in_list(text: str, begin: int, reached: int) -> bool:
    """Whether what begins there stands in a bracket, or right after another code."""
    is_open = text.rfind("(", 0, begin) > text.rfind(")", 0, begin)
    return is_open or (reached > 0 and begin - reached <= _NEAR)


def _trimmed(text: str, begin: int, end: int, case: str, *, has_code: bool) -> Named | None:
    words = text[begin:end]
    begin += len(words) - len(words.lstrip(_AT_EDGES))
    words = words.strip(_AT_EDGES)
    spelt = _BROKEN.sub("-", " ".join(words.split()))
    return Named(begin, begin + len(words), case, spelt, has_code) if spelt else None


class Spelling(NamedTuple):
    """The way a case is named otherwise than usual, and how often."""

    case: str
    words: str
    usual: str
    times: int


def spellings(named: Sequence[tuple[str, str]], labels: Mapping[str, str]) -> Iterator[Spelling]:
    """The spellings of each case's name that differ from its usual one: from the label that an
    evaluation declares, if the report uses it, else from the one that comes most.

    `named` has a case and a spelling for each time a case is named. Other names that only happen to
    stand before a code are passed over.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for case, words in named:
        counted[case][words] += 1
    for case, spelt in counted.items():
        label = labels.get(case, "")
        usual = label if label in spelt else spelt.most_common(1)[0][0]
        for other, count in spelt.items():
            if other != usual and _are_alike(usual, other):
                yield Spelling(case, other, usual, count)


def _are_alike(one: str, other: str) -> bool:
    from difflib import SequenceMatcher  # a report that names its cases in one way needs none

    bones = skeleton(one), skeleton(other)
    return SequenceMatcher(None, *bones, autojunk=False).ratio() >= _ALIKE
