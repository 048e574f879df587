"""What charts are made of: texts, whole numbers from 0, and addresses (empty: no link).

Rows one after the other with the same `under` stand together under it as their heading. `told` is
what a row or a cell says to who points at it, beside its label and its numbers.
"""

from __future__ import annotations

from typing import NamedTuple


class Bar(NamedTuple):
    """A bar: a number for each part, and a second figure in words that is printed beside it."""

    label: str
    values: tuple[int, ...]
    address: str = ""
    told: str = ""
    under: str = ""
    beside: str = ""


class Bars(NamedTuple):
    """Horizontal bars under headings, in up to five parts. Where there is a single part it needs
    no legend; where no bar has anything beside it, `beside` is empty."""

    title: str
    told: str
    rows: tuple[Bar, ...]
    parts: tuple[str, ...]
    """What each part is."""
    name: str
    """What a row is."""
    value: str
    """What is counted."""
    under: str = ""
    """What rows are grouped by."""
    beside: str = ""


class Head(NamedTuple):
    """The head of a column: a short label, and its name in full."""

    label: str
    name: str = ""
    address: str = ""


class Cell(NamedTuple):
    """A cell: its number, which shades it, and its text; a hole where the number is 0."""

    value: int
    text: str
    address: str = ""
    told: str = ""


class Row(NamedTuple):
    """A row of cells, one for each column."""

    label: str
    cells: tuple[Cell, ...]
    address: str = ""
    told: str = ""
    under: str = ""


class Heat(NamedTuple):
    """A grid whose cells have the stronger a shade the greater their numbers."""

    title: str
    told: str
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    name: str
    """What a row is."""
    cells: str
    """What the text of a cell says."""
    hole: str
    """What an empty cell is."""
    under: str = ""


class Need(NamedTuple):
    """A column of gauges: what is measured, and the number that is needed of it."""

    label: str
    least: int


class Measure(NamedTuple):
    """A number held against the need of its column."""

    value: int
    is_spared: bool = False
    """Whether it does not matter that the number is short, as another stands in for it."""
    unknown: int = 0
    """How many things might add to the number, were more known of them."""
    told: str = ""


class Gauge(NamedTuple):
    """A row of gauges, one for each need, and what comes of them in a word."""

    label: str
    measures: tuple[Measure, ...]
    outcome: str
    address: str = ""
    told: str = ""
    under: str = ""


class Gauges(NamedTuple):
    """Numbers against numbers needed."""

    title: str
    told: str
    needs: tuple[Need, ...]
    rows: tuple[Gauge, ...]
    name: str
    """What a row is."""
    outcome: str
    """What the words at the end of rows are."""
    reached: str
    short: str
    spared: str
    unknown: str
    """The words for the signs."""
    under: str = ""


class Span(NamedTuple):
    """A stretch of time: its name in full, a number for each kind, and what stands below its
    column: a mark, and what its column and those beside it are part of."""

    name: str
    values: tuple[int, ...]
    mark: str = ""
    under: str = ""
    told: str = ""


class Timeline(NamedTuple):
    """Columns of up to five kinds, one for each stretch of time, in their order and without gaps;
    at the end, apart, what has no date."""

    title: str
    told: str
    spans: tuple[Span, ...]
    kinds: tuple[str, ...]
    name: str
    """What a stretch is."""
    value: str
    """What is counted."""
    undated: Span | None = None


class Table(NamedTuple):
    """The numbers of a chart; a row has a text for each head, its own name among the first."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Chart = Bars | Heat | Gauges | Timeline
