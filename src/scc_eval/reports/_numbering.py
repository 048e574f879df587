"""Numbered lines of a text without markup: which of them are its headings.

A number alone makes no heading: lists, footnotes and tables of contents have numbers too. Headings
are the longest chain of numbered lines whose numbers go on sensibly to the end of the report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

Number = tuple[int, ...]

LONGEST_LINE: Final = 120
_LONGEST: Final = 250
_MOST_LINES: Final = 3
_LOST: Final = 2
"""How far a number may be from the one before: one heading between them may be lost."""
_RUNNING: Final = 3
"""A line that stands so often is the head of pages; it counts where it comes first."""

_NUMBERED: Final = re.compile(
    r"(?P<number>\d{1,2}(?:\.[1-9]\d?){0,5})(?P<mark>[.,]?)(?P<gap>\s*)"
    r"(?=[«“\"'’(\[]*\s?(?:[^\W\d_]|0[^\W\d_]))(?P<title>.+)"
)
_CONTENTS: Final = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|(?:\s{2,}|\t)\d{1,4}$")
_PAGE: Final = re.compile(r"(.*\S)\s+\d{1,4}")
_OPENING: Final = "«“\"'’([ \u00a0\u202f"
_CLOSES_ITEM: Final = (".", ";", ",")


class Numbered(NamedTuple):
    """A line that begins with a number: the number, and whether a mark stands after it."""

    number: Number
    is_marked: bool


class Candidate(NamedTuple):
    """A numbered line that may be a heading, the index of its block, and how many lines of the
    block it takes."""

    block: int
    numbered: Numbered
    text: str
    lines: int


def numbered(line: str) -> Numbered | None:
    """The number that a line begins with, if it begins as a heading may."""
    match = _NUMBERED.match(line)
    if match is None:
        return None
    number = tuple(int(part) for part in match["number"].split("."))
    starts_large = not match["title"].lstrip(_OPENING)[:1].islower()
    if len(number) > 1 and match["mark"] == ".":
        is_one = True
    elif match["mark"]:
        # A comma is what a scan makes of a full stop.
        is_one = starts_large and len(number) == 1 and (match["mark"] == "." or match["gap"] != "")
    else:
        is_one = starts_large and match["gap"] != ""
    return Numbered(number, match["mark"] != "") if is_one else None


def candidate(block: Sequence[str], index: int) -> Candidate | None:
    """The heading that a block of lines may begin with."""
    first = numbered(block[0])
    if first is None or len(block[0]) > LONGEST_LINE:
        return None
    closes = _CLOSES_ITEM if len(first.number) > 1 else (*_CLOSES_ITEM, ":")
    for lines in _extents(block, first):
        text = " ".join(block[:lines])
        is_entry = any(_CONTENTS.search(line) for line in block[:lines])
        if not is_entry and not text.endswith(closes):
            return Candidate(index, first, text, lines)
    return None


def _extents(block: Sequence[str], first: Numbered) -> Iterator[int]:
    """How many lines a heading at the beginning of a block may take; none if it is in a list."""
    others = [numbered(line) for line in block[1:]]
    if others and others[0]:
        is_list = (len(others) > 1 and all(others)) or comes_next(first.number, others[0].number)
        if not is_list:
            yield 1
        return
    if len(block) <= _MOST_LINES and sum(map(len, block)) <= _LONGEST and not any(others):
        yield len(block)
    # A line that had room for the next word was ended on purpose.
    if others and len(block[0]) + 1 + len(block[1].split()[0]) <= max(map(len, block)):
        yield 1


def comes_next(number: Number, other: Number) -> bool:
    """Whether the other is the next sibling of a number, or of one above it."""
    depth = len(other)
    return depth <= len(number) and other == (*number[: depth - 1], number[depth - 1] + 1)


def headings(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those that are headings, in their order."""
    chain = _longest(tuple(_plausible(candidates)))
    while chain and not _may_begin(chain):
        chain = chain[1:]
    return chain


def _may_begin(chain: Sequence[Candidate]) -> bool:
    """Whether headings may begin so: with a section, or with a chapter that others follow. One with
    a high number, as in a part of a report, must have a section."""
    chapter, *section = chain[0].numbered.number
    following = chain[1].numbered.number if len(chain) > 1 else (0,)
    return bool(section) or following[0] == chapter or (chapter <= _LOST and following != (0,))


def _plausible(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Without entries of a table of contents, items of a list, and the heads of pages."""
    times = Counter(found.text for found in candidates)
    has_marks = _has_marks(candidates)
    seen: set[str] = set()
    beside = zip((None, *candidates), candidates, (*candidates[1:], None), strict=False)
    for before, found, after in beside:
        is_running = times[found.text] >= _RUNNING and found.text in seen
        seen.add(found.text)
        page = _PAGE.fullmatch(found.text)
        is_entry = page is not None and page[1] in times
        is_item = _goes_on(found, after) or (_is_single(before) and _goes_on(before, found))
        is_note = has_marks and _is_single(found) and not found.numbered.is_marked
        if not (is_running or is_entry or is_item or is_note):
            yield found


def _is_single(found: Candidate | None) -> bool:
    return found is not None and len(found.numbered.number) == 1


def _goes_on(found: Candidate | None, after: Candidate | None) -> bool:
    """Whether one line comes right after another, in number and in place: nothing is below it."""
    return (
        found is not None
        and after is not None
        and after.block == found.block + 1
        and comes_next(found.numbered.number, after.numbered.number)
    )


def _has_marks(candidates: Iterable[Candidate]) -> bool:
    """Whether a mark stands after most numbers of several parts."""
    marked = [found.numbered.is_marked for found in candidates if len(found.numbered.number) > 1]
    return 2 * sum(marked) > len(marked)


class _Chain(NamedTuple):
    weight: int
    last: Candidate
    before: _Chain | None


def _longest(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The heaviest chain in which each number follows the one before; the later of equals."""
    by_prefix: dict[Number, _Chain] = {}
    exact: dict[Number, _Chain] = {}
    best: _Chain | None = None
    for found in candidates:
        number = found.numbered.number
        before = _best_before(number, by_prefix, exact)
        weight = (before.weight if before else 0) + min(len(number), 2)
        chain = _Chain(weight, found, before)
        for length in range(1, len(number) + 1):
            _keep(by_prefix, number[:length], chain)
        _keep(exact, number, chain)
        if best is None or weight >= best.weight:
            best = chain
    return tuple(reversed(list(_links(best))))


def _best_before(
    number: Number, by_prefix: dict[Number, _Chain], exact: dict[Number, _Chain]
) -> _Chain | None:
    best: _Chain | None = None
    for depth in range(len(number) - 1, -1, -1):
        above, own = number[:depth], number[depth]
        found = [by_prefix.get((*above, own - lost)) for lost in range(1, _LOST + 1)]
        found.append(exact.get(above) if own <= _LOST else None)
        for chain in found:
            if chain and (best is None or chain.weight > best.weight):
                best = chain
        if own > _LOST:
            break
    return best


def _keep(chains: dict[Number, _Chain], number: Number, chain: _Chain) -> None:
    if number not in chains or chain.weight >= chains[number].weight:
        chains[number] = chain


def _links(chain: _Chain | None) -> Iterator[Candidate]:
    while chain:
        yield chain.last
        chain = chain.before
