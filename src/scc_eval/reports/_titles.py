"""The headings of a text without markup: lines that are underlined, or numbered as headings are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from scc_eval.reports._numbering import Candidate, candidate, headings

_RULE: Final = re.compile(r"([=\-~^\"'`#*+.:_])\1{2,}")
_SHORT: Final = 60
_CLOSES: Final = (".", ";", ",", ":", "!", "?")

Lines = Sequence[str]


class Title(NamedTuple):
    """A heading among the lines of a block: its level, from which level on it ends the headings
    above it, its first line and the one after its last."""

    level: int
    ends: int
    first: int
    last: int


def taken(block: Lines) -> int:
    """How many lines a heading may take at the beginning of a block; 0 if there is none."""
    if rule := _rule_below(block):
        return rule + 1
    found = candidate(block, 0)
    return found.lines if found else 0


def titles(blocks: Sequence[Lines]) -> Mapping[int, Title]:
    """The headings among blocks, by the index of their block.

    What is underlined stands above what is numbered, and its level is the order in which its kind
    of rule first comes.
    """
    found: dict[int, Title] = {}
    styles: dict[str, int] = {}
    candidates: list[Candidate] = []
    for index, block in enumerate(blocks):
        if rule := _rule_below(block):
            level = styles.setdefault(block[rule][0] * rule, len(styles))
            found[index] = Title(level, level, rule - 1, rule)
        elif one := candidate(block, index):
            candidates.append(one)
    return found | dict(_numbered(blocks, headings(candidates), len(styles)))


def _numbered(
    blocks: Sequence[Lines], chain: Sequence[Candidate], above: int
) -> Iterator[tuple[int, Title]]:
    """Numbered headings, below the levels of those that are underlined. A heading ends all whose
    number is not the beginning of its own."""
    found = [(one.block, one.numbered.number, one.lines) for one in chain]
    last: tuple[int, ...] = ()
    for block, number, lines in sorted(found + list(_unnumbered(blocks, chain))):
        shared = len(
            list(takewhile(lambda pair: pair[0] == pair[1], zip(last, number, strict=False)))
        )
        yield block, Title(above + len(number), above + shared + 1, 0, lines)
        last = number


def _rule_below(block: Lines) -> int:
    """The index of the rule below a title of one line, which may have a rule above it too; 0 if
    there is none."""
    over = 1 if len(block) > 2 and _RULE.fullmatch(block[0]) else 0
    title, rule = (*block[over : over + 2], "", "")[:2]
    is_title = _RULE.fullmatch(rule) and not _RULE.fullmatch(title) and len(rule) >= len(title)
    return over + 1 if is_title else 0


def _unnumbered(
    blocks: Sequence[Lines], chain: Sequence[Candidate]
) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Chapters whose number is lost: a short line of its own, right above the first of a chapter's
    sections, where no heading has the chapter's number."""
    numbers = {one.numbered.number for one in chain}
    for one in chain:
        chapter, *section = one.numbered.number
        if section == [1] and (chapter,) not in numbers and one.block:
            above = blocks[one.block - 1]
            is_title = above[0][:1].isupper() and not above[0].endswith(_CLOSES)
            if len(above) == 1 and len(above[0]) <= _SHORT and is_title:
                yield one.block - 1, (chapter,), 1
