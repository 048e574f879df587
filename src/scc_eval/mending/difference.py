"""How a file would differ once mended, as people and `patch` read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from scc_eval.mending.repair import Mended

_AROUND = 3
"""Lines shown before and after a change."""


class _Block(NamedTuple):
    """Lines of a file that others take the place of: begin and end of both."""

    begin: int
    end: int
    new_begin: int
    new_end: int


def unified(mended: Mended) -> Iterator[str]:
    """The lines of a unified diff."""
    before, after = (_lines(raw.decode()) for raw in (mended.before, mended.after))
    # To find where lines have moved takes long: most repairs move none.
    is_in_place = len(before) == len(after) and all(r.kind != "order" for r in mended.repairs)
    blocks = _in_place(before, after) if is_in_place else _moved(before, after)
    yield f"--- {mended.name}"
    yield f"+++ {mended.name}"
    for hunk in _hunks(blocks):
        first, last = hunk[0], hunk[-1]
        begin = max(first.begin - _AROUND, 0)
        end = min(last.end + _AROUND, len(before))
        new_begin = first.new_begin - (first.begin - begin)
        new_end = last.new_end + (end - last.end)
        yield f"@@ -{begin + 1},{end - begin} +{new_begin + 1},{new_end - new_begin} @@"
        for block in hunk:
            yield from (f" {line}" for line in before[begin : block.begin])
            yield from (f"-{line}" for line in before[block.begin : block.end])
            yield from (f"+{line}" for line in after[block.new_begin : block.new_end])
            begin = block.end
        yield from (f" {line}" for line in before[begin:end])


def _lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines


def _in_place(before: Sequence[str], after: Sequence[str]) -> Iterator[_Block]:
    numbers = range(len(before))
    for is_same, run in groupby(numbers, lambda number: before[number] == after[number]):
        if not is_same:
            changed = list(run)
            place = changed[0], changed[-1] + 1
            yield _Block(*place, *place)


def _moved(before: Sequence[str], after: Sequence[str]) -> Iterator[_Block]:
    from difflib import SequenceMatcher

    for what, begin, end, first, last in SequenceMatcher(None, before, after).get_opcodes():
        if what != "equal":
            yield _Block(begin, end, first, last)


def _hunks(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    """Blocks that stand so near each other that they are shown together."""
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block.begin - hunk[-1].end > 2 * _AROUND:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk
