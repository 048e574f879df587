"""What every declaration has in common: it is frozen and remembers where it was written."""

from collections.abc import Mapping as AbstractMapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    model_validator,
)

from scc_eval.model.french import FIELDS, TRUTHS, VALUES, folded
from scc_eval.places import NOWHERE, Location, Mapping, Sequence

Text = Annotated[str, Field(min_length=1)]


def _truth(value: Any) -> Any:
    return TRUTHS.get(folded(value), value) if isinstance(value, str) else value


Flag = Annotated[bool, BeforeValidator(_truth)]
"""A truth value; the French words for it are taken too."""


def listed(value: Any) -> Any:
    """One text taken as a list of one."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
"""One text or a list of them."""


class Choice(StrEnum):
    """One word of a closed list; the French word and other spellings of it are taken too."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        word = folded(value)
        word = VALUES.get(word, word)
        return next((member for member in cls if member.value == word), None)


class Declaration(BaseModel):
    """Something an evaluator declares in a file."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, str_strip_whitespace=True
    )
    # A slot, not a private attribute: half the cost, and equality and dumps leave it alone.
    __slots__ = ("_written",)

    kind: ClassVar[str] = "declaration"
    """The evaluator's word for it, in messages and in the locales."""
    identity: ClassVar[str | None] = "id"
    """The field that names it, if it has one."""

    @model_validator(mode="wrap")
    @classmethod
    def _remember_where(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Mapping):
            return handler(data)
        declared = handler(data if data.keys() <= cls._fields().keys() else in_english(cls, data))
        object.__setattr__(declared, "_written", data)
        return declared

    @classmethod
    def _fields(cls) -> AbstractMapping[str, Any]:
        return cls.__pydantic_fields__

    def at(self, field: str | None = None, index: int | None = None) -> Location:
        """Where it is written: the whole, one field, or one item of a field that is a list."""
        written = getattr(self, "_written", None)
        if not isinstance(written, Mapping):
            return NOWHERE
        if field is None:
            return written.at(_as_written(written, self.identity or ""))
        key = _as_written(written, field)
        value = written.get(key)
        if index is not None and isinstance(value, Sequence):
            return value.at(index)
        return written.at(key)

    @property
    def name(self) -> str:
        """Its id, or nothing if it has none."""
        return str(getattr(self, self.identity)) if self.identity else ""


def in_english(model: type[Declaration], data: Mapping) -> Mapping:
    """The same mapping with the French names of fields put into English; unknown names stay."""
    english = Mapping(data.file, data.mark)
    english.spelt = spelt = dict(data.spelt or {})
    for key, value in data.items():
        word = key if key in model.model_fields else FIELDS.get(folded(key), key)
        if word not in model.model_fields or word in data or word in english:
            word = key
        english[word] = value
        english.keys_at[word] = data.keys_at[key]
        spelt[word] = spelt.get(key, key)
    return english


def _as_written(written: Mapping, field: str) -> str:
    """The key under which a field stands in the file: its own name, or a French one."""
    if field in written:
        return field
    return next((key for key in written if FIELDS.get(folded(key)) == field), field)
