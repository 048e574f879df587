"""What a file declares, scalar by scalar: in which field of which kind of declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as AbstractMapping
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from scc_eval.mending.nodes import Node, Scalar, Tree
from scc_eval.model.base import Declaration, in_english
from scc_eval.places import Mapping, Sequence
from scc_eval.sections import SECTIONS, section_named

_DATES = frozenset(
    ("date", "happened", "since", "until", "set_on", "found_on", "begins", "ends"),
)
_NUMBERS = frozenset(("sensitivity", "type_one_error"))


class Written(NamedTuple):
    """A scalar in a field: the kind of declaration, the field in English, whether the field takes
    any text. A closed list of words, a number or a truth value is no text."""

    kind: str
    field: str
    scalar: Scalar
    is_text: bool

    @property
    def is_date(self) -> bool:
        """Whether the field is for a date."""
        return self.field in _DATES

    @property
    def is_printed(self) -> bool:
        """Whether the story prints the field as it is written: `date` of an evaluation, which may
        be in words, and `since`, which may be a meeting."""
        return self.field == "since" or (self.kind, self.field) == ("evaluation", "date")


def written(tree: Tree, model: type[Declaration] | None) -> Iterator[Written]:
    """Every scalar of a file that stands in a field, again where an alias repeats it.

    `model` is what the whole file declares; None for a file of sections.
    """
    root = tree.root
    if not isinstance(root, Mapping):
        return
    if model is not None:
        yield from _declared(root, model)
        return
    for key, items in root.items():
        name = section_named(key)
        for item in _each(items) if name else ():
            if isinstance(item, Mapping):
                yield from _declared(item, SECTIONS[name or ""].load())


def section(tree: Tree, name: str) -> Iterator[Sequence]:
    """The lists of one section that a file holds."""
    if isinstance(tree.root, Mapping):
        for key, items in tree.root.items():
            if section_named(key) == name and isinstance(items, Sequence):
                yield items


def _declared(node: Mapping, model: type[Declaration]) -> Iterator[Written]:
    for field, value in in_english(model, node).items():
        if (kind := _fields(model).get(field)) is None:
            continue
        for item in _each(value):
            if isinstance(item, Scalar) and not item.is_null:
                yield Written(model.kind, field, item, kind.is_text)
            elif isinstance(item, Mapping) and kind.nested is not None:
                yield from _declared(item, kind.nested)
            elif isinstance(item, Mapping) and kind.is_mapping:
                scalars = (inner for inner in item.values() if isinstance(inner, Scalar))
                yield from (Written(model.kind, field, s, kind.is_text) for s in scalars)


class _Field(NamedTuple):
    is_text: bool
    is_mapping: bool
    nested: type[Declaration] | None


@cache
def _fields(model: type[Declaration]) -> AbstractMapping[str, _Field]:
    # A declaration that may hold others of its kind knows them only once it is built.
    model.model_rebuild()
    found: dict[str, _Field] = {}
    for name, field in model.model_fields.items():
        types = tuple(_types(field.annotation))
        nested = (each for each in types if issubclass(each, Declaration))
        is_text = str in types and name not in _NUMBERS
        found[name] = _Field(is_text, dict in types, next(nested, None))
    return found


def _types(annotation: Any) -> Iterator[type]:
    """The types that the values of a field may have, within lists and mappings too."""
    parts = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from _types(parts[0])
    elif get_origin(annotation) is dict:
        yield dict
        yield from _types(parts[-1])
    elif parts:
        for part in parts:
            yield from _types(part)
    elif isinstance(annotation, type):
        yield annotation


def _each(node: Node) -> Iterator[Node]:
    """The items of a list, or what stands alone."""
    if isinstance(node, Sequence):
        yield from node
    else:
        yield node
