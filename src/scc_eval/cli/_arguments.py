"""How the arguments of commands are read: texts and paths without pydantic, whose loading takes
longer than many a command.

Typer, since 0.29, describes the type of a parameter (`type_descriptor`) and lets pydantic read it
(`process_value`). A typer that lacks either reads all arguments in its own way, here as elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

_TAKES: Final[Mapping[object, Callable[[Any], object]]] = {
    bool: bool,
    str: str,
    list[str]: str,
    Path: Path,
    list[Path]: Path,
}
_NO_MORE: Final = {
    **dict.fromkeys(("parser", "click_type", "path_type")),
    **dict.fromkeys(("exists", "writable", "resolve_path"), False),
    **dict.fromkeys(("file_okay", "dir_okay", "readable"), True),
}
"""What a parameter asks of its texts and paths where it asks nothing but typer's usual."""


class Command(TyperCommand):
    """A command that reads texts and paths by itself, as typer would, and leaves to typer whatever
    else is given: numbers, words for yes and no; and what is missing, a path that may not be
    read."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments into the context; those that are left over come back."""
        _take_over(self.get_params(ctx))
        return super().parse_args(ctx, args)


class Group(TyperGroup):
    """The same for what stands before the name of a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments into the context; those that are left over come back."""
        _take_over(self.get_params(ctx))
        return super().parse_args(ctx, args)


def _take_over(params: Iterable[object]) -> None:
    for param in params:
        described = getattr(param, "type_descriptor", None)
        asked = getattr(described, "parameter_info", None)
        is_usual = all(getattr(asked, name, usual) == usual for name, usual in _NO_MORE.items())
        take = _TAKES.get(getattr(described, "annotation", None))
        by_typer = getattr(type(param), "process_value", None)
        if not isinstance(param, TyperArgument | TyperOption) or not by_typer or not described:
            continue
        by_typer = partial(by_typer, param)
        read = partial(_read, param, take) if take and is_usual else partial(_pass_over, param)
        vars(param)["process_value"] = partial(read, by_typer)


def _pass_over(
    param: TyperArgument | TyperOption,
    by_typer: Callable[[Any, Any], object],
    ctx: Any,
    value: Any,
) -> object:
    """What is neither text nor path is for typer, if it is given."""
    is_absent = value is None and not param.required and not param.callback
    return None if is_absent else by_typer(ctx, value)


def _read(
    param: TyperArgument | TyperOption,
    take: Callable[[Any], object],
    by_typer: Callable[[Any, Any], object],
    ctx: Any,
    value: Any,
) -> object:
    is_list = param.nargs == -1 or getattr(param, "multiple", False)
    values = tuple((value or ()) if is_list else () if value is None else (value,))
    is_missing = param.required and not values
    is_word = take is bool and isinstance(value, str)  # from the environment: no, off, 0
    if is_missing or is_word or (take is Path and not all(map(_may_be_read, values))):
        return by_typer(ctx, value)
    taken = tuple(map(take, values))
    found = taken if is_list else next(iter(taken), None)
    return param.callback(ctx, param, found) if param.callback else found


def _may_be_read(path: str) -> bool:
    """Whether typer lets a path pass: nothing stands there, or what may be read."""
    try:
        Path(path).stat()
    except OSError:
        return True
    return os.access(Path(path), os.R_OK)
