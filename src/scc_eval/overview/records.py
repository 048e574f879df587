"""What an overview is made of: records of texts and numbers, nothing computed but counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scc_eval.coverage.survey import Row


class Figures(NamedTuple):
    """The evaluation in numbers: what was collected and claimed, and what the quality control
    found."""

    evidence: int
    roots: int
    interviews: int
    cases: int
    claims: int
    errors: int
    warnings: int
    notes: int
    accepted: int


class Verdict(NamedTuple):
    """A verdict on a packet, as people gave it: words of the closed lists, or nothing."""

    text: str
    form: str | None
    status: str | None
    confidence: str | None


class Share(NamedTuple):
    """Of so many mechanisms or factors, those with evidence, those with a fate, and those without
    one that have a role or a judged claim."""

    all: int
    evidenced: int
    fated: int
    told: int


class Examined(NamedTuple):
    """A packet that the evaluation sets out to examine."""

    letter: str
    title: str
    anchor: str
    items: int
    roots: int
    rows: tuple[Row, ...]
    """Its three sections across the cases."""
    statuses: tuple[tuple[str | None, int], ...]
    """The status of its claims, None where there is none, with how many have it."""
    verdicts: tuple[Verdict, ...]
    mechanisms: Share
    factors: Share

    @property
    def cells(self) -> int:
        """How many cells it has: a section in a case."""
        return sum(len(row.cells) for row in self.rows)

    @property
    def holes(self) -> tuple[str, ...]:
        """The codes of its empty cells."""
        return tuple(cell.code for row in self.rows for cell in row.cells if not cell.items)


class Missing(NamedTuple):
    """Something that is not there. `kind` is a key of the locales; `anchor` is where a story or a
    site tells the subject, if it does; `pressing` is 3 for what the stage cannot do without, 2 for
    what is due, 1 for what can wait."""

    kind: str
    subject: str
    packet: str
    anchor: str
    pressing: int
    sentences: Mapping[str, str]
    """The same sentence in each language."""


class Unread(NamedTuple):
    """A place where something could not be read."""

    file: str
    line: int


class Overview(NamedTuple):
    """One evaluation at a glance."""

    name: str
    title: str
    question: str
    """Its question, or those of its theory; empty if there is none."""
    stage: int
    stages: Mapping[str, str]
    """The word for its stage in each language."""
    figures: Figures
    has_theory: bool
    """Whether its theory was found and could be read; without it there are no packets."""
    packets: tuple[Examined, ...]
    missing: tuple[Missing, ...]
    """The most pressing first; within that, in the order of the work, then of the theory."""
    unread: tuple[Unread, ...]
    """Where something could not be read: what is counted may be too little."""
    unjudged: tuple[str, ...]
    """Codes of the rules that could not judge for that reason."""

    @property
    def most(self) -> int:
        """The items of the fullest cell."""
        cells = (cell for packet in self.packets for row in packet.rows for cell in row.cells)
        return max((cell.items for cell in cells), default=0)
