"""Text that fits the columns of a terminal: stretches with a look, in lines that never run over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

NARROW = 60
"""Columns of a text that no terminal has measured: in a pipe, in a file."""
LEAST = 40
"""Columns below which nothing is made to fit."""

_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_TIED = re.compile(r"(?<=«) | (?=[»:;!?])")
_TIE = "\N{NO-BREAK SPACE}"
_MORE = "…"
_SINGLE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482"
    r"\u2010-\u2027\u202f-\u205e\u2190-\u22ff\u2500-\u25fc]*"
)
"""Texts whose signs have a column each: those of Europe, and all that we write ourselves. Only for
others is rich asked."""


class Span(NamedTuple):
    """A stretch of a line; `look` names how it is set where there are colours."""

    text: str
    look: str = ""


Line = tuple[Span, ...]
NOTHING = Span("")


class Block(NamedTuple):
    """Lines under a heading of a few words; those of a group may stand side by side."""

    heading: str
    lines: tuple[Line, ...]
    group: str = ""


def width_of(text: str) -> int:
    """How many columns a terminal gives to a text: two to an ideogram, none to a joiner."""
    if _SINGLE.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _chopped(text: str, width: int) -> list[str]:
    """A text, which is not empty, in pieces of so many columns; no sign is broken."""
    if _SINGLE.fullmatch(text):
        return [text[begins : begins + width] for begins in range(0, len(text), width)]
    from rich.cells import chop_cells

    return chop_cells(text, width)


def shown(text: str) -> str:
    """A text of the evaluator's on one line, with nothing in it that a terminal would obey."""
    told = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _BLANKS.sub(" ", text).strip())
    return _TURNING.sub("", told)


def folded(text: str, width: int) -> Iterator[str]:
    """A text in lines of so many columns; a word that is wider is broken. No line begins with a
    mark that French sets after a space."""
    width = max(width, 2)
    line = ""
    for word in _TIED.sub(_TIE, shown(text)).split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            yield line.replace(_TIE, " ")
        *whole, line = _chopped(word, width)
        yield from (piece.replace(_TIE, " ") for piece in whole)
    yield line.replace(_TIE, " ")


def cut(text: str, width: int) -> str:
    """A text, or its beginning and a sign that there is more, in so many columns, 3 at least."""
    text = shown(text)
    return text if width_of(text) <= width else _chopped(text, width - 1)[0] + _MORE


def padded(text: str, width: int, *, is_number: bool = False) -> str:
    """A text with the spaces it lacks to be so wide: after it, or before a number."""
    lacking = " " * (width - width_of(text))
    return lacking + text if is_number else text + lacking


def plain(line: Line) -> str:
    """A line without its looks."""
    return "".join(span.text for span in line).rstrip()


def paragraph(
    text: str, width: int, look: str = "", label: Span = NOTHING, most: int | None = None
) -> Iterator[Line]:
    """A text in lines, the first after a label, the others as far in; at most so many, and a sign
    where there would be more."""
    begins = width_of(label.text)
    lines = list(folded(text, width - begins))
    for number, line in enumerate(lines[:most], 1):
        is_cut = number == most and len(lines) > number
        yield (label, Span(_ended(line, width - begins) if is_cut else line, look))
        label = Span(" " * begins)


def _ended(line: str, width: int) -> str:
    """A line with a sign that there is more, in the place of its last word if need be."""
    if width_of(line + _MORE) <= width:
        return line + _MORE
    begun, _, _ = line.rpartition(" ")
    return begun + _MORE if begun else cut(line + _MORE, width)


def flowing(
    pieces: Iterable[Line], width: int, gap: str = "  ", indent: str = ""
) -> Iterator[Line]:
    """Pieces one after the other in lines that fit, the second line and the others after an
    indent. No piece is broken; one that is wider than a line is cut."""
    line: Line = ()
    for piece in pieces:
        whole = _cut_off(piece, width - width_of(indent))
        joined = (*line, Span(gap), *whole)
        if line and _length(joined) <= width:
            line = joined
            continue
        if line:
            yield line
            whole = (Span(indent), *whole)
        line = whole
    if line:
        yield line


def _length(line: Line) -> int:
    return width_of("".join(span.text for span in line))


def _cut_off(piece: Line, width: int) -> Line:
    """A piece that fits, by what its last stretches lose."""
    over = _length(piece) - width
    if over <= 0:
        return piece
    *firsts, last = piece
    kept = width_of(last.text) - over
    if kept < 3 and firsts:
        return _cut_off(tuple(firsts), width)
    return (*firsts, Span(cut(last.text, max(kept, 3)), last.look))


def tabulated(
    rows: Sequence[Sequence[Span]], width: int, numbers: Collection[int] = ()
) -> Iterator[tuple[Line, ...]]:
    """The lines of each row, in columns that fit, those of numbers to the right. The last column
    is folded in what the others leave, and they are cut where they would leave it nothing."""
    *firsts, _ = zip(*rows, strict=True)
    most = width // 3
    widths = [min(max(width_of(shown(cell.text)) for cell in column), most) for column in firsts]
    begins = sum(widths) + 2 * len(widths)
    for *cells, last in rows:
        before = [
            part
            for place, (cell, wide) in enumerate(zip(cells, widths, strict=True))
            for part in (_cell(cell, wide, is_number=place in numbers), Span("  "))
        ]
        below = (Span(" " * begins),)
        texts = enumerate(folded(last.text, width - begins))
        yield tuple((*(below if place else before), Span(text, last.look)) for place, text in texts)


def _cell(cell: Span, width: int, *, is_number: bool) -> Span:
    return Span(padded(cut(cell.text, width), width, is_number=is_number), cell.look)


def underlined(title: str) -> Iterator[str]:
    """A title in narrow lines, underlined."""
    lines = list(folded(title, NARROW))
    yield from lines
    yield "=" * max(map(width_of, lines))


def as_plain(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as lines of text: a heading after an empty line, what stands under it two columns
    in."""
    for block in blocks:
        yield from ("", block.heading)
        yield from (f"  {plain(line)}".rstrip() for line in block.lines)
