"""The telling: assertions, key points, panel comments, impacts, conclusions, lessons."""

from typing import ClassVar

from pydantic import Field

from scc_eval.model.base import Declaration, Flag, Text, Texts
from scc_eval.model.choices import AddedValue, AssertionRole, Tone


class Assertion(Declaration):
    """One thing the story says, and the evidence it rests on."""

    kind: ClassVar[str] = "assertion"
    id: Text
    text: Text
    evidence: Texts = ()
    """Codes of cells or items."""
    role: AssertionRole = AssertionRole.FINDING


class Theme(Declaration):
    """A heading of the story: a packet, one of its three sections, and what is said there.

    `about` names the boxes, mechanisms or factors it treats. `role` is that of its assertions
    which say nothing else.
    """

    kind: ClassVar[str] = "theme"
    identity: ClassVar[str | None] = "title"
    title: Text
    packet: Text
    section: int = Field(ge=1, le=3)
    about: Texts = ()
    introduction: Text | None = None
    role: AssertionRole = AssertionRole.FINDING
    assertions: tuple[Assertion, ...] = ()


class KeyPoint(Declaration):
    """What a reader should keep of a packet; it adds nothing to the sections it sums up."""

    kind: ClassVar[str] = "key point"
    id: Text
    packet: Text
    text: Text
    rests_on: Texts = ()
    """Ids of assertions or claims, or codes."""
    points: tuple["KeyPoint", ...] = ()


class PanelComment(Declaration):
    """What an expert of the panel said of the analysis: never evidence, always set apart."""

    kind: ClassVar[str] = "panel comment"
    id: Text
    author: Text
    text: Text
    wording: Text | None = None
    packet: Text
    section: int | None = Field(default=None, ge=1, le=3)
    after: Text | None = None
    """The assertion it follows."""
    date: Text | None = None


class Impact(Declaration):
    """What was seen of an impact beyond the packets: an observation, never a verdict."""

    kind: ClassVar[str] = "impact"
    identity: ClassVar[str | None] = "title"
    title: Text
    box: Text | None = None
    unexpected: Flag = False
    """Whether nobody had expected it, or it is for the worse."""
    added_value: AddedValue | None = None
    assertions: tuple[Assertion, ...] = ()


class Conclusion(Declaration):
    """A conclusion, the question it answers and what it rests on."""

    kind: ClassVar[str] = "conclusion"
    id: Text
    question: Text | None = None
    """The evaluation question it answers; an extra conclusion answers none."""
    text: Text
    tone: Tone | None = None
    criterion: Text | None = None
    rests_on: Texts = ()
    """Ids of claims, key points or assertions, or codes."""
    factors: Texts = ()
    """The other factors it takes into account."""
    no_recommendation: Text | None = None
    """Why nothing is recommended on it."""


class Measure(Declaration):
    """A recommended step."""

    kind: ClassVar[str] = "measure"
    identity: ClassVar[str | None] = "label"
    label: Text
    title: Text
    text: Text | None = None
    steps: Texts = ()


class Recommendation(Declaration):
    """A recommendation and the conclusions it follows from."""

    kind: ClassVar[str] = "recommendation"
    id: Text
    title: Text
    text: Text | None = None
    conclusions: Texts = ()
    addressee: Text | None = None
    priority: Text | None = None
    measures: tuple[Measure, ...] = ()


class Lesson(Declaration):
    """What others may learn: in such a context, such a mechanism can produce such an outcome."""

    kind: ClassVar[str] = "lesson"
    id: Text
    title: Text
    part: Text | None = None
    """The heading it is listed under."""
    context: Text | None = None
    mechanism: Text | None = None
    outcome: Text | None = None
    observed: Texts = ()
    success_factors: Texts = ()
    vigilance: Texts = ()
    rests_on: Texts = ()
