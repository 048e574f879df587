"""No dead links and no anchor twice: what a document refers to is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
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
    elif not isinstance(part, Ref):
        for name, is_anchor in _fields_of(part.__class__):
            value = getattr(part, name)
            if is_anchor:
                yield value
            elif _is_held(value):
                yield from anchors_in(value)


@cache
def _fields_of(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a record, and whether each is an anchor; nothing of what is no record."""
    if not is_dataclass(kind):
        return ()
    return tuple((field.name, field.name.endswith("anchor")) for field in fields(kind))


def _is_held(value: Any) -> bool:
    return isinstance(value, tuple) or bool(_fields_of(value.__class__))


def _settled(part: Any, told: frozenset[str], placed: set[str]) -> Any:
    if isinstance(part, Ref):
        return part if part.anchor in told else Ref(part.text)
    if isinstance(part, tuple):
        return tuple(_settled(item, told, placed) for item in part)
    changed: dict[str, Any] = {}
    for name, is_anchor in _fields_of(part.__class__):
        value = getattr(part, name)
        if is_anchor:
            changed[name] = "" if value in placed else value
            placed.add(value)
        elif _is_held(value):
            changed[name] = _settled(value, told, placed)
    return replace(part, **changed) if changed else part
