"""The closed lists of the judgement and the telling: words that rules count by."""

from scc_eval.model.base import Choice


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


class FateKind(Choice):
    """What became of a hypothesis once the evidence was in."""

    CONFIRMED = "confirmed"
    PARTLY_CONFIRMED = "partly_confirmed"
    INCONCLUSIVE = "inconclusive"
    REFUTED = "refuted"
    NOT_TESTED = "not_tested"


class TestKind(Choice):
    """The four tests of process tracing: whether passing one confirms, and failing one
    eliminates."""

    STRAW = "straw"
    HOOP = "hoop"
    SMOKING_GUN = "smoking_gun"
    DOUBLY_DECISIVE = "doubly_decisive"


class Outcome(Choice):
    """What came of looking for expected evidence."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_SOUGHT = "not_sought"


class Response(Choice):
    """What was done with a challenge."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


class AssertionRole(Choice):
    """What an assertion does in its section."""

    FINDING = "finding"
    LIMIT = "limit"
    COUNTER_EVIDENCE = "counter_evidence"
    CONTEXT = "context"


class AddedValue(Choice):
    """What the programme adds to an impact."""

    AMPLIFIER = "amplifier"
    ACCELERATOR = "accelerator"
    BROADENING = "broadening"


class Tone(Choice):
    """Whether a conclusion speaks for the programme, against it, or both."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"


class Reliance(Choice):
    """How far a finding can be relied on, after GRADE-CERQual."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class Concern(Choice):
    """How much a component takes from the reliance on a finding, after GRADE-CERQual."""

    NONE = "none"
    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
