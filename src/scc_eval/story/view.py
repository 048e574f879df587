"""All that a template may see: frozen records of text, numbers and tuples, every choice made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that leads somewhere in the document; `anchor` is empty where it leads nowhere."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """The codes cited of one case."""

    case: str
    codes: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, or a paraphrase of them, with who said it."""

    text: str
    by: Ref
    is_verbatim: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One assertion. `mark` says if it is a limit or contrary evidence; `gap` what it lacks."""

    id: str
    anchor: str
    text: str
    citations: tuple[Citation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    mark: str = ""
    gap: str = ""
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """What an expert of the panel said: always in a box, never evidence."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A mechanism or factor of the theory: its id, title, text and what evidence says of it."""

    id: str
    anchor: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
    tally: str = ""
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the theory."""

    id: str
    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link that leads to a packet, with its mechanisms."""

    id: str
    anchor: str
    title: str
    mechanisms: tuple[Hypothesis, ...]
    assumptions: tuple[Hypothesis, ...]
    risks: tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading within a section and what is said there."""

    title: str
    introduction: str
    about: tuple[Ref, ...]
    tally: str
    lines: tuple[Line, ...]
    contrary: tuple[Line, ...] = ()
    """Contrary or nuancing evidence on the same things that no assertion of the topic cites."""
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One of the three sections of a packet."""

    number: int
    title: str
    question: str
    anchor: str
    topics: tuple[Topic, ...]
    gaps: tuple[str, ...]
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A key point, with those below it."""

    id: str
    anchor: str
    text: str
    rests_on: tuple[Ref, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value; `is_gap` where the evaluator has not given it."""

    label: str
    value: str
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A contribution claim as judged."""

    id: str
    anchor: str
    text: str
    fields: tuple[Field, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """What became of a factor."""

    factor: Ref
    title: str
    role: str
    reason: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of the theory or of a packet: as an SVG element, and as the text of a Mermaid
    diagram for documents that cannot hold one."""

    svg: str
    mermaid: str


@dataclass(frozen=True, slots=True)
class Packet:
    """The chapter of one packet."""

    letter: str
    number: str
    name: str
    """How text and codes call it: `Causal packet B, 1 in the codes`."""
    title: str
    anchor: str
    expects: str
    groups: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    factors_anchor: str
    factors: tuple[Hypothesis, ...]
    sections: tuple[Section, ...]
    key_points: tuple[Point, ...]
    claims: tuple[Claim, ...]
    rivals: tuple[Rival, ...]
    verdict: tuple[Field, ...]
    verdict_text: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """A thematic impact as observed."""

    title: str
    box: str
    added_value: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion and what it rests on, down to the codes."""

    id: str
    anchor: str
    text: str
    tone: str
    rests_on: tuple[Ref, ...]
    citations: tuple[Citation, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An evaluation question and its conclusions."""

    id: str
    text: str
    conclusions: tuple[Conclusion, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A recommended step."""

    label: str
    title: str
    text: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation and where it comes from."""

    id: str
    anchor: str
    title: str
    text: str
    fields: tuple[Field, ...]
    conclusions: tuple[Ref, ...]
    gap: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A titled list of a lesson; empty where the evaluator gives none."""

    title: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in three blocks, with its context, mechanism and outcome."""

    id: str
    anchor: str
    title: str
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Lessons under one heading."""

    title: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An evidence item in a monograph."""

    code: str
    anchor: str
    text: str
    tags: tuple[str, ...]
    sources: tuple[Ref, ...]
    bears_on: tuple[Ref, ...]
    cited_by: tuple[Ref, ...]
    side: str
    """`supports`, `against`, `nuances` or `context`, for the look of the card."""
    polarity: str
    set_aside: str
    locator: str
    nature: str = ""
    """The kind of thing it is, as the model names it; empty where nobody said."""
    categories: tuple[str, ...] = ()
    """The ids of the stakeholder categories of its sources."""


@dataclass(frozen=True, slots=True)
class CellView:
    """The items of one cell of a monograph, under its code."""

    code: str
    anchor: str
    title: str
    cards: tuple[Card, ...]
    packet: str = ""
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Monograph:
    """A case and its evidence, cell by cell."""

    code: str
    title: str
    anchor: str
    question: str
    text: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its heading and its values."""

    head: str
    values: tuple[str, ...]
    anchor: str = ""
    to: Ref | None = None
    """Where its heading leads, if it leads somewhere."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic as the quality annex prints it."""

    code: str
    severity: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Limitation:
    """An accepted limitation: what was found, why it is accepted, and by whom."""

    rule: str
    message: str
    reason: str
    signature: str


@dataclass(frozen=True, slots=True)
class Lens:
    """What a lens that is switched on shows; `gap` where it has nothing to show."""

    title: str
    note: str
    table: Table
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality annex."""

    figures: tuple[Field, ...]
    diagnostics: tuple[Finding, ...]
    limitations: tuple[Limitation, ...]
    challenges: tuple[Row, ...]
    balance: Table
    matrix: Table
    categories: Table
    sources: tuple[Row, ...]
    lenses: tuple[Lens, ...] = ()
    """Empty unless the evaluation has switched one on."""


@dataclass(frozen=True, slots=True)
class Story:
    """The contribution story of one evaluation, ready to be placed."""

    title: str
    language: str
    words: Mapping[str, Any]
    fields: tuple[Field, ...]
    exclusions: tuple[str, ...]
    theory: str
    is_draft: bool
    is_whole: bool
    """False where one packet alone is told."""
    packets: tuple[Packet, ...]
    impacts: tuple[Impact, ...]
    answers: tuple[Answer, ...]
    recommendations: tuple[Recommendation, ...]
    lessons: tuple[Part, ...]
    monographs: tuple[Monograph, ...]
    quality: Quality
    figure: Figure | None = None
