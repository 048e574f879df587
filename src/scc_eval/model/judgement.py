"""The judgement: contribution claims, rival assessments, verdicts, challenges and waivers."""

from typing import ClassVar

from scc_eval.model.base import Declaration, Flag, Text, Texts
from scc_eval.model.choices import (
    Confidence,
    FactorRole,
    FateKind,
    Form,
    Outcome,
    Response,
    Status,
    TestKind,
)
from scc_eval.model.lenses import Aston, Cerqual


class Rating(Declaration):
    """How one rater judges a claim."""

    kind: ClassVar[str] = "rating"
    identity: ClassVar[str | None] = "rater"
    rater: Text
    status: Status | None = None
    confidence: Confidence | None = None
    reason: Text | None = None


class Claim(Declaration):
    """A contribution claim: what contributed to what, how, and how far one may say so."""

    kind: ClassVar[str] = "claim"
    id: Text
    packet: Text
    text: Text
    components: Texts = ()
    """What of the programme contributed: boxes."""
    changes: Texts = ()
    """The changes contributed to: boxes."""
    mechanisms: Texts = ()
    factors: Texts = ()
    actors: Text | None = None
    form: Form | None = None
    status: Status | None = None
    necessary: Flag = False
    counterfactual: Text | None = None
    """What would have happened without it: the argument for saying it was necessary."""
    confidence: Confidence | None = None
    reason: Text | None = None
    limits: Text | None = None
    treatment: Text | None = None
    """What was made of contrary evidence."""
    raters: Texts = ()
    ratings: tuple[Rating, ...] = ()
    agreed: Text | None = None
    """How a difference between raters was settled."""
    date: Text | None = None
    fingerprint: Text | None = None
    """A mark of what was judged: when evidence or theory changes afterwards, it no longer fits."""
    evidence: Texts = ()
    """Codes of cells or items."""
    cerqual: Cerqual | None = None
    aston: Aston | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether it is said to be confirmed, wholly and until further notice."""
        return self.status is Status.CONFIRMED_UNTIL_FURTHER_NOTICE

    @property
    def is_upheld(self) -> bool:
        """Whether it is said to be confirmed, wholly or in part."""
        return self.is_confirmed or self.status is Status.PARTLY_CONFIRMED


class RivalAssessment(Declaration):
    """What became of another factor in a packet; in some of its cases, where they differ."""

    kind: ClassVar[str] = "rival"
    identity: ClassVar[str | None] = "factor"
    factor: Text
    packet: Text
    cases: Texts = ()
    """The cases it holds for; all of them if none is named."""
    role: FactorRole = FactorRole.NOT_EXAMINED
    search: Text | None = None
    """What was looked for, and where."""
    reason: Text | None = None
    evidence: Texts = ()


class Verdict(Declaration):
    """The verdict on a packet, given by people; no verdict is ever computed."""

    kind: ClassVar[str] = "verdict"
    identity: ClassVar[str | None] = "packet"
    packet: Text
    text: Text
    form: Form | None = None
    status: Status | None = None
    confidence: Confidence | None = None
    reason: Text | None = None
    date: Text | None = None
    fingerprint: Text | None = None
    """A mark of what was judged, as for a claim."""
    claims: Texts = ()


class Fate(Declaration):
    """What became of a mechanism, an assumption, a risk or a factor, said by people."""

    kind: ClassVar[str] = "fate"
    identity: ClassVar[str | None] = "hypothesis"
    hypothesis: Text
    fate: FateKind
    reason: Text | None = None
    date: Text | None = None
    evidence: Texts = ()


class ExpectedEvidence(Declaration):
    """What one expects to see if a claim or a hypothesis holds, and what came of looking for it.

    `sensitivity` is how likely the evidence is if the claim holds, `type_one_error` if it does not:
    a number between 0 and 1, a range such as 0.7-0.9, or a word of the scale.
    """

    kind: ClassVar[str] = "test"
    id: Text
    on: Text
    """The claim, mechanism, assumption or factor it tests."""
    text: Text
    test: TestKind | None = None
    outcome: Outcome = Outcome.NOT_SOUGHT
    sensitivity: Text | None = None
    type_one_error: Text | None = None
    reason: Text | None = None
    """Why the evidence is that likely in each case."""
    set_on: Text | None = None
    """When the probabilities were set."""
    found_on: Text | None = None
    package: Text | None = None
    """What it shares with tests that depend on it: they count as one."""
    evidence: Texts = ()
    """Codes of the items that were found."""


class Challenge(Declaration):
    """An objection from outside, and the answer to it."""

    kind: ClassVar[str] = "challenge"
    id: Text
    author: Text
    date: Text | None = None
    targets: Texts = ()
    """Ids of claims, key points, conclusions, hypotheses or packets."""
    text: Text
    unresolved: Flag = False
    """Whether the two sides still disagree."""
    statement: Text | None = None
    """How the report tells a disagreement that remains."""
    response: Response | None = None
    reason: Text | None = None
    change: Text | None = None


class Waiver(Declaration):
    """A limitation accepted by somebody, for a reason, until a date."""

    kind: ClassVar[str] = "waiver"
    identity: ClassVar[str | None] = "rule"
    rule: Text
    on: Text
    author: Text
    date: Text
    reason: Text
    until: Text | None = None
