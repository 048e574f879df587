"""The commands of `scc`: arguments in, one call, text out, exit code.

Exit codes: 0 nothing at or above the level asked for, 1 something, 2 it could not be run.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys

import typer

from scc_eval import __version__
from scc_eval.cli import (
    audit,
    balance,
    coverage,
    explain,
    fix,
    graph,
    init,
    matrix,
    next as to_collect,
    robustness,
    rules,
    schema,
    serve,
    site,
    status,
    story,
    trace,
    validate,
    watch,
)
from scc_eval.cli._arguments import Command, Group

app = typer.Typer(
    name="scc",
    cls=Group,
    help="Contribution analysis made executable: check the evidence, see its coverage, tell "
    "the story.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    *(status, validate, fix, audit, coverage, to_collect, balance, robustness, trace, matrix),
    *(story, site, serve, watch, graph, init, rules, explain, schema),
):
    app.command(cls=Command)(getattr(command, command.__name__.rpartition(".")[2]))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"scc {__version__}")
        raise typer.Exit


@app.callback()
def scc(
    version: bool = typer.Option(
        False, "--version", help="Show the version.", callback=_show_version, is_eager=True
    ),
) -> None:
    """Contribution analysis made executable: check evidence, see coverage, tell the story."""


def main() -> None:
    """Run the command line, in UTF-8 whatever the system says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    # No plugin that happens to be installed reads confidential data, nor costs time to look for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    code = 0
    try:
        app()
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except OSError as error:
        code = _refuse(error)
    _leave(code)


def _refuse(error: OSError) -> int:
    """Say which path the system does not take, such as one whose name is too long."""
    if error.filename is None:
        raise error
    name, why = os.fsdecode(error.filename), (error.strerror or "unknown").lower()
    typer.echo(f"scc: {name[:200]}{'…' if len(name) > 200 else ''}: {why}", err=True)
    return 2


def _leave(code: int) -> None:
    """End the process without taking a large evaluation apart, object by object, first."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
