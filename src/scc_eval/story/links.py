"""No dead links and no anchor twice: what a document refers to is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scc_eval.story.view import Ref, Story


def settle_links(story: Story) -> Story:
    """The same story, where each anchor stands once and references to what is not told are text."""
    told = frozenset(_anchors(story))
    settled: Story = _settled(story, told, set())
    return settled


def _anchors(part: Any) -> Iterator[str]:
    if isinstance(part, tuple):
        for item in part:
            yield from _anchors(item)
    elif is_dataclass(part) and not isinstance(part, Ref):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == "anchor":
                yield value
            else:
                yield from _anchors(value)


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
        if field.name == "anchor":
            changed["anchor"] = "" if value in placed else value
            placed.add(value)
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[field.name] = _settled(value, told, placed)
    return replace(part, **changed)
