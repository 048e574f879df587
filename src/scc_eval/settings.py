"""The settings of one evaluation: its title, theory, language, stage, codes and thresholds."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from scc_eval.codes import FORMS, SUFFIX, FormError, Grammar, check_form
from scc_eval.model.base import Choice, Declaration, Text, Texts, listed


class Language(Choice):
    """A language the story can be told in."""

    FRENCH = "fr"
    ENGLISH = "en"


class Profile(Choice):
    """The school whose demands the rules apply: `delahais` wants other factors in every packet,
    `mayne` lets them be few, `minimal` keeps to what breaks traceability."""

    DELAHAIS = "delahais"
    MAYNE = "mayne"
    MINIMAL = "minimal"


class Level(Choice):
    """A severity, or `off`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


def _is_form(form: str) -> str:
    try:
        check_form(form)
    except FormError as error:
        raise PydanticCustomError("code_form", "{form}", {"form": str(error)}) from None
    return form


def _is_suffix(form: str) -> str:
    try:
        check_form(form, suffix=True)
    except FormError as error:
        raise PydanticCustomError("code_form", "{form}", {"form": str(error)}) from None
    return form


class Codes(Declaration):
    """How traceability codes are written in this evaluation."""

    kind: ClassVar[str] = "codes"
    identity: ClassVar[str | None] = None
    forms: Annotated[
        tuple[Annotated[Text, AfterValidator(_is_form)], ...], BeforeValidator(listed)
    ] = Field(default=FORMS, min_length=1)
    suffix: Annotated[Text, AfterValidator(_is_suffix)] = SUFFIX
    sections: tuple[Text, Text, Text] = ("1", "2", "3")
    """The words codes have for observed change, signs of contribution and other explanations."""
    themes: dict[str, Text] = Field(default_factory=dict)
    """The words codes have for what lies outside the three sections, with their titles."""


class Thresholds(Declaration):
    """How much is enough. Every default is our own: the literature gives no number."""

    kind: ClassVar[str] = "thresholds"
    identity: ClassVar[str | None] = None
    items_per_section: int = Field(default=1, ge=1)
    """Items each section of a packet needs."""


class Period(Declaration):
    """The years the evaluation looks at."""

    kind: ClassVar[str] = "period"
    identity: ClassVar[str | None] = None
    begins: Text
    ends: Text


class Settings(Declaration):
    """The settings of an evaluation, in `evaluation.yaml`."""

    kind: ClassVar[str] = "evaluation"
    identity: ClassVar[str | None] = "title"
    title: Text
    theory: Text
    """The id of its theory of change."""
    language: Language = Language.ENGLISH
    stage: int = Field(default=1, ge=1, le=6)
    """1 causal question, 2 theory, 3 collecting, 4 first story, 5 critique, 6 final story."""
    profile: Profile = Profile.DELAHAIS
    programme: Text | None = None
    """What is evaluated, as a sentence can say it: `the training scheme`."""
    question: Text | None = None
    commissioner: Text | None = None
    evaluators: Texts = ()
    date: Text | None = None
    period: Period | None = None
    exclusions: Texts = ()
    """What the scope leaves out."""
    codes: Codes = Field(default_factory=Codes)
    thresholds: Thresholds = Field(default_factory=Thresholds)
    levels: dict[str, Level] = Field(default_factory=dict)
    """Rules whose severity the evaluation changes, by code."""

    def grammar(self) -> Grammar:
        """The grammar of its codes."""
        return Grammar(
            self.codes.forms, self.codes.suffix, self.codes.sections, tuple(self.codes.themes)
        )
