"""Where a declaration does not fit its model: the paths of pydantic's errors, and mending data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import ErrorDetails

from scc_eval.model.base import Declaration, in_english
from scc_eval.places import Mapping, Sequence


def _written(data: Any, detail: ErrorDetails) -> tuple[int | str, ...]:
    """The path of an error without what pydantic, not the file, put into it: names of types."""
    path: list[int | str] = []
    *_, last = (None, *detail["loc"])
    for step in detail["loc"]:
        if isinstance(data, Sequence) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        elif isinstance(data, Mapping) and step in data:
            data = data[str(step)]
        elif step is not last or detail["type"] != "missing":
            continue
        path.append(step)
    return tuple(path)


def telling(details: list[ErrorDetails], data: Mapping) -> Iterator[ErrorDetails]:
    """Leave out what only repeats: of a union, the branches that the data does not resemble."""
    written = [_written(data, detail) for detail in details]
    seen: set[tuple[int | str, ...]] = set()
    for path, detail in zip(written, details, strict=True):
        is_branch = len(path) < len(detail["loc"])
        if is_branch and detail["type"] == "string_type" and isinstance(detail["input"], Mapping):
            continue
        if any(len(path) < len(other) and other[: len(path)] == path for other in written):
            continue
        if path in seen:
            continue
        seen.add(path)
        detail["loc"] = path
        yield detail


def innermost_item(
    data: Mapping, path: tuple[int | str, ...], kind: str
) -> tuple[Sequence, int, int] | None:
    """The innermost list on the path whose item there is, or should be, a declaration; the index
    and its depth."""
    found: tuple[Sequence, int, int] | None = None
    here: Any = data
    for depth, step in enumerate(path):
        if isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
            is_declared = kind in _NOT_DECLARED and depth == len(path) - 1
            if isinstance(here[step], Mapping) or is_declared:
                found = (here, step, depth)
            here = here[step]
        elif isinstance(here, Mapping) and step in here:
            here = here[str(step)]
    return found


def closest(name: str, known: Iterable[str]) -> list[str]:
    """The known name that a misspelt one is most like, if one is like it."""
    from difflib import get_close_matches  # only a misspelt name pays for it

    return get_close_matches(name, list(known), n=1, cutoff=0.6)


_NOT_DECLARED = ("model_type", "model_attributes_type")


def misspelt(
    details: Iterable[ErrorDetails],
) -> dict[tuple[int | str, ...], tuple[int | str, ...]]:
    """Unknown fields that can only be a field that is missing beside them, by their paths."""
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    missing = [detail["loc"] for detail in details if detail["type"] == "missing"]
    found: dict[tuple[int | str, ...], tuple[int | str, ...]] = {}
    for path in unknown:
        beside = [str(other[-1]) for other in missing if other[:-1] == path[:-1]]
        if close := closest(str(path[-1]), beside):
            found[path] = (*path[:-1], close[0])
    return found


def respell(data: Mapping, path: tuple[int | str, ...], better: tuple[int | str, ...]) -> None:
    """Read on as if the field had been spelt right: one slip is one diagnostic."""
    here = _holder(data, path)
    here[better[-1]] = here.pop(path[-1])
    here.keys_at[better[-1]] = here.keys_at[path[-1]]


def spelling(data: Mapping, path: tuple[int | str, ...], name: str) -> str:
    """A field's name as the file spells it."""
    here: Any = data
    for step in path[:-1]:
        here = here[step] if isinstance(step, str) or step < len(here) else None
    spelt = here.spelt if isinstance(here, Mapping) else None
    return (spelt or {}).get(name, name)


def forget(data: Mapping, path: tuple[int | str, ...]) -> None:
    """Take a field out of the data."""
    _holder(data, path).pop(path[-1], None)


def _holder(data: Mapping, path: tuple[int | str, ...]) -> Any:
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    return here


def model_at(model: type[Declaration], path: Iterable[int | str]) -> type[Declaration] | None:
    """The declaration a path leads to, by the types of the fields on it."""
    here: type[Declaration] | None = model
    for step in path:
        if isinstance(step, str) and here is not None and step in here.model_fields:
            here = _declared_in(here.model_fields[step].annotation) or here
    return here


def _declared_in(annotation: Any) -> type[Declaration] | None:
    if isinstance(annotation, type) and issubclass(annotation, Declaration):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((found for part in arguments if (found := _declared_in(part))), None)


def english_throughout(model: type[Declaration], data: Mapping) -> Mapping:
    """The data with English names at every level, so that the paths of errors can be walked."""
    english = in_english(model, data)
    for key, value in english.items():
        if key not in model.model_fields:
            continue
        inner = _declared_in(model.model_fields[key].annotation)
        if inner is None:
            continue
        if isinstance(value, Mapping):
            english[key] = english_throughout(inner, value)
        elif isinstance(value, Sequence):
            for index, item in enumerate(value):
                if isinstance(item, Mapping):
                    value[index] = english_throughout(inner, item)
    return english
