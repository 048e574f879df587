"""The evidence: who was heard and what was read, the cases, and each item with its code."""

import datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from scc_eval.model.base import Choice, Declaration, Flag, Text, Texts, listed


class SourceKind(Choice):
    """What a source is."""

    INFORMANT = "informant"
    DOCUMENT = "document"
    OBSERVATION = "observation"


class Side(Choice):
    """Where a stakeholder category stands towards the programme."""

    IMPLEMENTER = "implementer"
    COMMISSIONER = "commissioner"
    TARGET = "target"
    THIRD_PARTY = "third_party"


class Consent(Choice):
    """What a source agreed to: to be quoted, paraphrased, or used only inside the evaluation."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    INTERNAL = "internal"


class Confidentiality(Choice):
    """Who may read what comes from a source."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"


class Wording(Choice):
    """Whose words an item is in: the evaluator's, the source's, or the source's put otherwise."""

    STATEMENT = "statement"
    QUOTE = "quote"
    PARAPHRASE = "paraphrase"


class Nature(Choice):
    """What kind of thing an item is."""

    FACT = "fact"
    FIGURE = "figure"
    ACCOUNT = "account"
    MECHANISM_ACCOUNT = "mechanism_account"
    OPINION = "opinion"
    EXPERT_KNOWLEDGE = "expert_knowledge"


class Polarity(Choice):
    """What an item does to the thing it bears on."""

    SUPPORTS = "supports"
    AGAINST = "against"
    NUANCES = "nuances"
    CONTEXT = "context"


class Attribution(Choice):
    """How a source ties a change to the programme: by name, in keeping with its theory unprompted,
    or to something else. After the QuIP."""

    EXPLICIT = "explicit"
    IMPLICIT = "implicit"
    INCIDENTAL = "incidental"


class Effect(Choice):
    """Whether the change an item tells of is for the better or the worse."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class AbsenceKind(Choice):
    """Why a case says nothing of a thing: nobody asked, it was asked and not found, it says the
    contrary, or the question makes no sense there."""

    NOT_ASKED = "not_asked"
    ASKED_NOT_FOUND = "asked_not_found"
    CONTRARY = "contrary"
    NOT_APPLICABLE = "not_applicable"


class Category(Declaration):
    """A stakeholder category, the interest group it belongs to and how many were interviewed."""

    kind: ClassVar[str] = "category"
    id: Text
    label: Text
    interest: Text | None = None
    """The interest group; categories with none are groups of their own."""
    side: Side = Side.THIRD_PARTY
    groups: Texts = ()
    """The target groups of the theory that its people belong to."""
    interviews: int = 0
    """Number of interviews held."""


class Source(Declaration):
    """An informant under pseudonym, a document or an observation."""

    kind: ClassVar[str] = "source"
    id: Text
    type: SourceKind = SourceKind.INFORMANT
    label: Text | None = None
    category: Text | None = None
    interest: Text | None = None
    """The interest group, where it is not the category's."""
    role: Text | None = None
    method: Text | None = None
    """How it was collected: interview, focus group, reading, observation…"""
    date: Text | None = None
    derived_from: Texts = ()
    """The sources it repeats: an article that quotes the mayor comes from the mayor."""
    consent: Consent | None = None
    confidentiality: Confidentiality = Confidentiality.RESTRICTED
    is_subordinate: Flag = False
    """Whether the source depends on those it speaks of: a member of staff, a beneficiary."""
    blinded: Flag = False
    """Whether the source did not know what was being evaluated."""
    note: Text | None = None


class Case(Declaration):
    """A case study; its code is what traceability codes begin with."""

    kind: ClassVar[str] = "case"
    identity: ClassVar[str | None] = "code"
    code: Text
    label: Text
    question: Text | None = None
    selection: Text | None = None
    """Why the case was chosen."""
    monograph: Text | None = None
    """The source that tells the case as a whole: a quote taken from it goes by its code."""
    text: Text | None = None


class Bearing(Declaration):
    """What an item bears on, where its polarity there is not that of the item."""

    kind: ClassVar[str] = "bearing"
    identity: ClassVar[str | None] = "target"
    target: Text
    polarity: Polarity | None = None
    note: Text | None = None


class Evidence(Declaration):
    """One piece of evidence: what it says, where it comes from and what it bears on."""

    kind: ClassVar[str] = "evidence item"
    identity: ClassVar[str | None] = "code"
    code: Text
    text: Text
    wording: Wording = Wording.STATEMENT
    sources: Texts = ()
    locator: Text | None = None
    nature: Nature | None = None
    polarity: Polarity = Polarity.SUPPORTS
    bears_on: Annotated[tuple[Text | Bearing, ...], BeforeValidator(listed)] = ()
    """Ids of boxes, mechanisms, assumptions, risks, factors or claims."""
    date: datetime.date | Text | None = None
    """When it was said, written or seen."""
    happened: datetime.date | Text | None = None
    """When what it tells took place."""
    compared_with: Text | None = None
    """The earlier state, or the other place, that an observed change is measured against."""
    outdated: Text | None = None
    """Why a figure no longer holds."""
    passage: Text | None = None
    """The stored passage that a quote is taken from."""
    package: Text | None = None
    """What it shares with the items that depend on it: they count as one."""
    attribution: Attribution | None = None
    effect: Effect | None = None
    language: Text | None = None
    translated: Flag = False
    set_aside: Text | None = None
    """Why the item is kept but not used."""
    note: Text | None = None

    def bearings(self) -> tuple[tuple[str, Polarity], ...]:
        """The ids it bears on, each with what it does to it."""
        return tuple(
            (bearing, self.polarity)
            if isinstance(bearing, str)
            else (bearing.target, bearing.polarity or self.polarity)
            for bearing in self.bears_on
        )


class Absence(Declaration):
    """What cases do not say of a thing, and why: silence told apart from absence."""

    kind: ClassVar[str] = "absence"
    identity: ClassVar[str | None] = "on"
    cases: Texts
    on: Text
    """The claim, mechanism, factor, assumption, box or packet that they are silent on; or
    `unexpected_effects`."""
    found: AbsenceKind
    search: Text | None = None
    """Where it was looked for, and how."""
    date: datetime.date | Text | None = None
