"""The theory of change: questions, packets of boxes, links with mechanisms, other factors."""

from collections.abc import Iterator
from typing import ClassVar

from scc_eval.model.base import Choice, Declaration, Flag, Text, Texts


class Origin(Choice):
    """Whether a hypothesis was there before the evidence, or came up with it."""

    DECLARED = "declared"
    EMERGENT = "emergent"


class PacketKind(Choice):
    """What a packet holds: what is done, a causal packet to examine, or the impacts beyond it."""

    INTERVENTION = "intervention"
    CAUSAL = "causal"
    IMPACT = "impact"


class Direction(Choice):
    """Whether a factor helps the expected change or holds it back."""

    FAVOURS = "favours"
    HINDERS = "hinders"


class FactorType(Choice):
    """The kind of influence a factor is, after Lemire, Nielsen and Dybdal (2012)."""

    DIRECT_RIVAL = "direct_rival"
    COMMINGLED = "commingled"
    IMPLEMENTATION = "implementation"
    RIVAL_THEORY = "rival_theory"
    CONTEXT = "context"


class QuestionKind(Choice):
    """What an evaluation question asks for."""

    CAUSAL = "causal"
    DESCRIPTIVE = "descriptive"
    NORMATIVE = "normative"


class Question(Declaration):
    """An evaluation question and the packets that answer it."""

    kind: ClassVar[str] = "question"
    id: Text
    text: Text
    criterion: Text | None = None
    asks: QuestionKind = QuestionKind.CAUSAL
    packets: Texts = ()


class Group(Declaration):
    """A target group: who is expected to change."""

    kind: ClassVar[str] = "group"
    id: Text
    label: Text


class Box(Declaration):
    """A change, or something done. A box may hold others."""

    kind: ClassVar[str] = "box"
    id: Text
    label: Text
    text: Text | None = None
    """What the box means in full."""
    groups: Texts = ()
    to_be_proven: Flag = True
    boxes: tuple["Box", ...] = ()

    def all(self) -> Iterator["Box"]:
        """The box and every box in it."""
        yield self
        for box in self.boxes:
            yield from box.all()


class Packet(Declaration):
    """A piece of the theory: an expected change and what is supposed to bring it about.

    `letter` names it in the theory (B); `number` is how traceability codes call it (1, in PC1).
    """

    kind: ClassVar[str] = "packet"
    identity: ClassVar[str | None] = "letter"
    letter: Text
    number: Text | None = None
    title: Text
    label: Text | None = None
    """A short title, for diagrams and tables."""
    role: PacketKind = PacketKind.CAUSAL
    expects: Text | None = None
    """The change expected, in a sentence or more."""
    groups: Texts = ()
    to_be_proven: Flag = True
    boxes: tuple[Box, ...] = ()

    def all_boxes(self) -> Iterator[Box]:
        """Every box of the packet, nested ones after the box that holds them."""
        for box in self.boxes:
            yield from box.all()


class Hypothesis(Declaration):
    """A thing supposed by the theory that evidence can speak for or against."""

    id: Text
    label: Text | None = None
    """A few words for headings and tables; the text is used where there are none."""
    text: Text
    origin: Origin = Origin.DECLARED
    since: Text | None = None
    """When an emergent hypothesis came up: a date, a stage or a meeting."""
    if_true: Text | None = None
    """What would be seen if it held."""
    if_false: Text | None = None
    """What would be seen if it did not hold."""

    @property
    def title(self) -> str:
        """The label, or the text."""
        return self.label or self.text


class Mechanism(Hypothesis):
    """How and why one end of a link brings about the other."""

    kind: ClassVar[str] = "mechanism"


class Assumption(Hypothesis):
    """A condition that must hold for a link to work."""

    kind: ClassVar[str] = "assumption"
    key: Flag = False
    """Whether the link cannot work without it."""


class Risk(Hypothesis):
    """What could keep a link from working."""

    kind: ClassVar[str] = "risk"


class Link(Declaration):
    """An arrow between two packets or boxes."""

    kind: ClassVar[str] = "link"
    id: Text
    source: Text
    """The packet or box it leaves."""
    target: Text
    """The packet or box it reaches."""
    label: Text | None = None
    feedback: Flag = False
    """Declared as a loop back: it may close a cycle."""
    hotspot: Flag = False
    """Whether the evaluation tests this link in depth."""
    origin: Origin = Origin.DECLARED
    since: Text | None = None
    mechanisms: tuple[Mechanism, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    risks: tuple[Risk, ...] = ()

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Its mechanisms, assumptions and risks."""
        return (*self.mechanisms, *self.assumptions, *self.risks)


class Factor(Hypothesis):
    """Another explanation of the expected change: whatever is not the programme."""

    kind: ClassVar[str] = "factor"
    targets: Texts
    """The packets or boxes it bears on."""
    direction: Direction = Direction.FAVOURS
    type: FactorType | None = None
    excluded: Text | None = None
    """Why the scope leaves it out of the signs of contribution, if it does."""


class NestedTheory(Declaration):
    """A part of the theory drawn in more detail: it begins and ends in boxes of the theory."""

    kind: ClassVar[str] = "nested theory"
    id: Text
    title: Text
    entry: Texts = ()
    """The boxes of the theory where it begins."""
    exit: Texts = ()
    """The boxes of the theory where it ends."""
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()


class Revision(Declaration):
    """A change made to the theory, with its reason."""

    kind: ClassVar[str] = "revision"
    identity: ClassVar[str | None] = "date"
    date: Text
    reason: Text


class Theory(Declaration):
    """A theory of change."""

    kind: ClassVar[str] = "theory"
    title: Text
    id: Text
    text: Text | None = None
    version: Text | None = None
    date: Text | None = None
    revisions: tuple[Revision, ...] = ()
    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    packets: tuple[Packet, ...] = ()
    links: tuple[Link, ...] = ()
    factors: tuple[Factor, ...] = ()
    nested: tuple[NestedTheory, ...] = ()
