"""One page of a PDF file: its lines, as pypdf reads them, with where and how large they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PageObject

_SMALL = 0.8
"""Of the size of its line: a piece that is smaller, and stands higher, is a note mark."""
_RAISED = 0.1
"""In sizes of its line, how much higher that is."""


class Piece(NamedTuple):
    """Text drawn in one go: where it begins, its size and its font."""

    text: str
    left: float
    base: float
    size: float
    font: str


class Line(NamedTuple):
    """A line: its pieces, none of them empty, and what is true of most of it."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def main(self) -> Piece:
        """Its longest piece, by which it is judged."""
        return max(self.pieces, key=lambda piece: len(piece.text.strip()))

    def raised(self) -> Iterator[tuple[int, int]]:
        """Its note marks: what is smaller than the line and stands above it."""
        main, begin = self.main, 0
        for piece in self.pieces:
            end = begin + len(piece.text)
            is_small = piece.size < _SMALL * main.size
            if is_small and piece.base > main.base + _RAISED * main.size:
                yield begin, end
            begin = end


class Address(NamedTuple):
    """Where a rectangle of a page leads: its left, lower, right and upper edge."""

    left: float
    lower: float
    right: float
    upper: float
    target: str

    def covers(self, piece: Piece) -> bool:
        """Whether a piece begins in the rectangle."""
        across = self.left - 1 <= piece.left < self.right
        return across and self.lower - 1 <= piece.base <= self.upper


class Page(NamedTuple):
    """A page by its number from 1: its lines, its links, and what reviewers wrote on it."""

    number: int
    lines: tuple[Line, ...]
    addresses: tuple[Address, ...]
    remarks: tuple[str, ...]


def lines_of(page: PageObject) -> Iterator[Line]:
    """The lines of a page, in the order they are drawn."""
    pieces: list[Piece] = []
    for piece in _pieces(page):
        *ended, rest = piece.text.split("\n")
        for text in ended:
            pieces.append(piece._replace(text=text))
            yield from _line(pieces)
            pieces = []
        pieces.append(piece._replace(text=rest))
    yield from _line(pieces)


def _pieces(page: PageObject) -> list[Piece]:
    """The pieces that make the text of a page, one after the other; ends of lines are in them."""
    found: list[Piece] = []

    def visit(text: str, matrix: list[float], inner: list[float], font: Any, size: float) -> None:
        scale = (inner[2] ** 2 + inner[3] ** 2) ** 0.5 * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
        left = inner[4] * matrix[0] + inner[5] * matrix[2] + matrix[4]
        base = inner[4] * matrix[1] + inner[5] * matrix[3] + matrix[5]
        name = str((font or {}).get("/BaseFont", ""))
        if text:
            found.append(Piece(text, left, base, size * scale, name))

    page.extract_text(visitor_text=visit)
    return found


def _line(pieces: list[Piece]) -> Iterator[Line]:
    kept = tuple(piece for piece in pieces if piece.text)
    if any(piece.text.strip() for piece in kept):
        yield Line(kept)
