"""The judgement: contribution claims, rival assessments, verdicts, challenges and waivers."""

from typing import ClassVar

from scc_eval.model.base import Choice, Declaration, Flag, Text, Texts


class Form(Choice):
    """The form of a contribution; it says nothing of how sure one is of it."""

    OWN = "own"
    COMBINED = "combined"
    PACKET = "packet"
    RIVAL_PREFERRED = "rival_preferred"
    NONE = "none"


class Status(Choice):
    """How a claim stands before the evidence; it says nothing of the form of the contribution."""

    UNTESTED = "untested"
    INCONCLUSIVE = "inconclusive"
    PARTLY_CONFIRMED = "partly_confirmed"
    CONFIRMED_UNTIL_FURTHER_NOTICE = "confirmed_until_further_notice"
    REFUTED = "refuted"
    NOT_TO_BE_PROVEN = "not_to_be_proven"


class Confidence(Choice):
    """How sure the evaluators are."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class FactorRole(Choice):
    """What a factor was found to do to the contribution."""

    COMPLEMENTS = "complements"
    CONDITIONS = "conditions"
    EXCLUDES = "excludes"
    HINDERS = "hinders"
    NO_INFLUENCE = "no_influence"
    NOT_EXAMINED = "not_examined"


class Response(Choice):
    """What was done with a challenge."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


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
    confidence: Confidence | None = None
    reason: Text | None = None
    limits: Text | None = None
    treatment: Text | None = None
    """What was made of contrary evidence."""
    raters: Texts = ()
    date: Text | None = None
    evidence: Texts = ()
    """Codes of cells or items."""


class RivalAssessment(Declaration):
    """What became of another factor in a packet."""

    kind: ClassVar[str] = "rival"
    identity: ClassVar[str | None] = "factor"
    factor: Text
    packet: Text
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
    claims: Texts = ()


class Challenge(Declaration):
    """An objection from outside, and the answer to it."""

    kind: ClassVar[str] = "challenge"
    id: Text
    author: Text
    date: Text | None = None
    targets: Texts = ()
    text: Text
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
