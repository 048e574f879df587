"""No dead links and no anchor twice: what a document refers to is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass, replace
from typing import Any, TypeVar

from scc_eval.story.view import Ref

P = TypeVar("P")


def settle_links(part: P) -> P:
    """The same story, or parts of one, where each anchor stands once and references to what is not
    told are text."""
    told = frozenset(anchors_in(part))
    settled: P = _settled(part, told, set())
    return settled


def anchors_in(part: Any) -> Iterator[str]:
    """Every anchor of a story or of a part of it, as often as it stands there."""
    if isinstance(part, tuple):
        for item in part:
            yield from anchors_in(item)
    elif is_dataclass(part) and not isinstance(part, Ref):
        for field in fields(part):
            value = getattr(part, field.name)
            if _is_anchor(field):
                yield value
            else:
                yield from anchors_in(value)


def _is_anchor(field: Field[Any]) -> bool:
    return field.name.endswith("anchor")


def _settled(part: Any, told: frozenset[str], placed: set[str]) -> Any:
    if isinstance(part, Ref):
        return part if part.anchor in told else Ref(part.text)
    if isinstance(part, tuple):
        return tuple(_settled(item, told, placed) for item in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if _is_anchor(field):
            changed[field.name] = "" if value in placed else value
            placed.add(value)
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[field.name] = _settled(value, told, placed)
    return replace(part, **changed)
