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


class CausalStrength(Choice):
    """How much of a contribution a wording asserts: nothing, that it may be, that it is one among
    several, or that it is the cause."""

    NONE = "none"
    MAY = "may"
    CONTRIBUTES = "contributes"
    CAUSES = "causes"


class Audience(Choice):
    """Who is to read what is told: everybody, the expert panel, or the evaluators alone."""

    PUBLIC = "public"
    PANEL = "panel"
    INTERNAL = "internal"


class Lens(Choice):
    """A way of looking at the evidence that adds a column and rules of its own; none decides."""

    PROCESS_TRACING = "process_tracing"
    CERQUAL = "cerqual"
    ASTON = "aston"
    QUIP = "quip"


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


def _is_scale(text: str) -> str:
    from scc_eval.calibration import ScaleError, read_scale  # only who has a scale pays for it

    try:
        read_scale(text)
    except ScaleError:
        raise PydanticCustomError("scale", "{text}", {"text": text}) from None
    return text


def _are_bands(words: dict[str, str]) -> dict[str, str]:
    from scc_eval.calibration import ScaleError
    from scc_eval.calibration.chances import read_bands  # only who has a scale pays for it

    try:
        read_bands(words)
    except ScaleError:
        raise PydanticCustomError("bands", "bands") from None
    return words


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
    roots: int = Field(default=2, ge=1)
    """Root sources that corroborate a claim."""
    interests: int = Field(default=2, ge=1)
    """Interest groups a triangulated claim needs."""
    cases: int = Field(default=2, ge=1)
    """Cases a triangulated claim needs, or methods."""
    methods: int = Field(default=2, ge=1)
    """Methods of collection a triangulated claim needs, or cases."""
    quote_share: int = Field(default=25, ge=1, le=100)
    """The share of the quotes of a packet, in per cent, that one informant may give."""
    quotes: int = Field(default=8, ge=1)
    """Quotes of a packet from which on the share of one informant is looked at."""
    quote_words: int = Field(default=4, ge=1)
    """Words between quotation marks that make a quote."""
    repeated_words: int = Field(default=8, ge=1)
    """Words in a row that nobody writes twice by chance."""
    scrutiny_ratio: int = Field(default=4, ge=1)
    """How many times more items may bear on the programme than on its rivals."""
    signs: int = Field(default=4, ge=1)
    """Signs of contribution of a packet from which on scrutiny is compared."""
    cell_informants: int = Field(default=3, ge=1)
    """Informants of one category in one case below whom a quote may give its author away."""
    told_once: int = Field(default=20, ge=2)
    """Items or sources of a file that lack the same and are told of in one line."""
    odds: int = Field(default=4, ge=2)
    """How many times a test must change the odds of a claim to settle it."""


class Period(Declaration):
    """The years the evaluation looks at."""

    kind: ClassVar[str] = "period"
    identity: ClassVar[str | None] = None
    begins: Text
    ends: Text


class House(Declaration):
    """A profile of one's own, in `profiles/`: what it changes of one that ships."""

    kind: ClassVar[str] = "profile"
    id: Text
    title: Text | None = None
    based_on: Profile = Profile.DELAHAIS
    levels: dict[str, Level] = Field(default_factory=dict)
    """Rules whose severity it changes, by code."""
    waivable: Texts = ()
    """Rules that may be waived even where they are errors."""


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
    profile: Text = Profile.DELAHAIS.value
    """`delahais`, `mayne`, `minimal`, or the id of a profile in `profiles/`."""
    audience: Audience = Audience.PUBLIC
    """Who reads what is told."""
    lenses: Annotated[tuple[Lens, ...], BeforeValidator(listed)] = ()
    """The ways of looking at the evidence that are switched on."""
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
    quantifiers: dict[str, Annotated[Text, AfterValidator(_is_scale)]] = Field(default_factory=dict)
    """What quantifying words ask for, where the evaluation's scale is not the default: a count
    (`3+`, `2-3`) or a share of those asked (`50%+`); `any` takes a word off the scale."""
    causal_verbs: dict[str, CausalStrength] = Field(default_factory=dict)
    """How much causal words assert, where it is not the default."""
    probabilities: Annotated[dict[str, Text], AfterValidator(_are_bands)] = Field(
        default_factory=dict
    )
    """The words for a probability, each with its range (`0.7-0.9`), from 0 to 1 without a gap,
    where the evaluation's scale is not the default."""
    levels: dict[str, Level] = Field(default_factory=dict)
    """Rules whose severity the evaluation changes, by code."""

    def grammar(self) -> Grammar:
        """The grammar of its codes."""
        return Grammar(
            self.codes.forms, self.codes.suffix, self.codes.sections, tuple(self.codes.themes)
        )
