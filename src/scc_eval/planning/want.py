"""What a plan is made of: things worth collecting, in the order of what they could change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What is missing. The order of the kinds is the rank of what is missing: our own order, and
    no more than an order."""

    RIVAL_UNEXAMINED = "rival_unexamined"
    """Nothing bears on another explanation, and nobody says that it was looked for."""
    HOOP_NOT_SOUGHT = "hoop_not_sought"
    """Nobody looked for evidence whose absence would bring a claim down."""
    CHANGE_UNSEEN = "change_unseen"
    """Nothing shows that the change took place."""
    BARE = "bare"
    """Nothing speaks for or against a claim, a mechanism or a key assumption."""
    BRAKE_UNEXAMINED = "brake_unexamined"
    """Nothing bears on a factor that may hold the change back."""
    SINGLE_ROOT = "single_root"
    """What speaks for it comes from too few root sources."""
    ONE_SIDE = "one_side"
    """What speaks for it comes from those who run or commission the programme alone."""
    ONE_INTEREST = "one_interest"
    """What speaks for it comes from too few interest groups."""
    ONE_CASE = "one_case"
    """What speaks for it comes from too few cases, by too few methods."""
    CONTRARY_SINGLE = "contrary_single"
    """Too few root sources contradict it, and nobody says what was made of them."""
    TEST_NOT_SOUGHT = "test_not_sought"
    """Nobody looked for other evidence that was expected."""
    SILENT_CASE = "silent_case"
    """Cases are silent on it, and nobody says why."""
    CONDITION_BARE = "condition_bare"
    """Nothing speaks for or against another assumption or a risk."""

    @property
    def rank(self) -> int:
        """Its place in the order, from 1."""
        return list(Kind).index(self) + 1


@dataclass(frozen=True, slots=True)
class Voice:
    """An interest group to hear, and the stakeholder categories in it."""

    interest: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to ask in one case."""

    case: str
    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Want:
    """One thing worth collecting: on what, from whom, where, the question, and what it could
    change."""

    kind: Kind
    packet: str
    subject: str
    """The id of the claim, hypothesis or expected evidence; the letter of a packet."""
    subject_kind: str
    title: str
    claims: tuple[str, ...]
    """The claims that depend on it."""
    why: str
    question: str
    whom: tuple[Voice, ...]
    cases: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is worth collecting next in one evaluation, by rank."""

    name: str
    title: str
    language: str
    stage: int
    is_unread: bool
    """Whether something could not be read: what is listed may be there."""
    wants: tuple[Want, ...]
    cases: tuple[tuple[str, str], ...] = field(default=())
    """Codes and titles of the cases."""

    def of_case(self, case: str) -> tuple[tuple[Want, Asked], ...]:
        """What is worth collecting in one case."""
        return tuple(
            (want, asked) for want in self.wants for asked in want.cases if asked.case == case
        )
