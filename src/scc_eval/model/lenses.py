"""What a claim is given under other ways of looking at it: CERQual components, rubric scores."""

from typing import Annotated, ClassVar

from pydantic import Field

from scc_eval.model.base import Declaration, Text
from scc_eval.model.choices import Concern, Reliance


class CerqualComponent(Declaration):
    """One of the four components of CERQual."""

    kind: ClassVar[str] = "CERQual component"
    identity: ClassVar[str | None] = None
    concern: Concern
    reason: Text | None = None


class Cerqual(Declaration):
    """How far a claim can be relied on, after GRADE-CERQual: given by people, never computed."""

    kind: ClassVar[str] = "CERQual assessment"
    identity: ClassVar[str | None] = None
    methodological_limitations: CerqualComponent | None = None
    """How the evidence was collected."""
    coherence: CerqualComponent | None = None
    """Whether the evidence fits the claim, contrary evidence with it."""
    adequacy: CerqualComponent | None = None
    """Whether there is enough evidence, and rich enough."""
    relevance: CerqualComponent | None = None
    """Whether the evidence is on the context the claim speaks of."""
    level: Reliance | None = None
    reason: Text | None = None


class Score(Declaration):
    """One criterion of a rubric: a level from 1 to 5, and why."""

    kind: ClassVar[str] = "rubric score"
    identity: ClassVar[str | None] = None
    score: Annotated[int, Field(ge=1, le=5)]
    reason: Text | None = None


class Aston(Declaration):
    """Five qualities of the evidence for a claim, after Aston's rubrics: never added up."""

    kind: ClassVar[str] = "Aston rubric"
    identity: ClassVar[str | None] = None
    plausibility: Score | None = None
    uniqueness: Score | None = None
    triangulation: Score | None = None
    transparency: Score | None = None
    independence: Score | None = None
