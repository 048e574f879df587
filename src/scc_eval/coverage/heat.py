"""Counts as shades and bars, for a terminal: a sign of its own for each, never colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from scc_eval.fitting import Line, Span

SHADES = "░▒▓█"
"""From few to many."""
HOLE = "○"
"""Where there is nothing."""
FULL, REST = "█", "░"


def shade(count: int, most: int) -> Span:
    """The sign of a count beside the greatest there is, by quarters of it; a hole has its own."""
    if not count:
        return Span(HOLE, "hole")
    place = -(-len(SHADES) * count // most)
    return Span(SHADES[place - 1], f"heat{place}")


def scale(most: int) -> Iterator[Line]:
    """Each sign with the counts it stands for."""
    yield (Span(HOLE, "hole"), Span(" 0"))
    ends = [most * place // len(SHADES) for place in range(len(SHADES) + 1)]
    for place, sign in enumerate(SHADES, 1):
        first, last = ends[place - 1] + 1, ends[place]
        if first <= last:
            counts = f" {first}" if first == last else f" {first}–{last}"
            yield (Span(sign, f"heat{place}"), Span(counts))


def bar(part: int, whole: int, width: int) -> Line:
    """A part of a whole in so many columns: some where there is some, all only where it is all."""
    if not whole:
        return ()
    full = min(max(round(width * part / whole), 1 if part else 0), width - (part < whole))
    return Span(FULL * full, "full"), Span(REST * (width - full), "rest")
