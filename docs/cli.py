"""Print docs/cli.md: every command with its arguments and options, from the program itself."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

from typer.models import ArgumentInfo

from scc_eval.cli import app


def page() -> str:
    """The page of all commands."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "Every command exits with 0 when all is well, 1 when there is something to mend, and 2"
    yield "when it could not be run."
    for command in app.registered_commands:
        if command.callback is not None:
            yield from _command(command.callback)


def _command(function: Callable[..., Any]) -> Iterator[str]:
    parameters = inspect.signature(function).parameters
    arguments = {k: p.default for k, p in parameters.items() if isinstance(p.default, ArgumentInfo)}
    options = {k: p.default for k, p in parameters.items() if k not in arguments}
    usage = " ".join(f"[{info.metavar or name.upper()}]" for name, info in arguments.items())
    yield ""
    yield f"## scc {function.__name__}"
    yield ""
    yield f"    scc {function.__name__} [OPTIONS] {usage}".rstrip()
    yield ""
    yield inspect.cleandoc(function.__doc__ or "")
    yield ""
    for name, info in arguments.items():
        yield f"- `{info.metavar or name.upper()}`: {info.help}"
    for info in options.values():
        yield f"- `{', '.join(info.param_decls)}`: {info.help}"


if __name__ == "__main__":
    sys.stdout.write(page())
