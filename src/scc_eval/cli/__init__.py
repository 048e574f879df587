"""The commands of `scc`: arguments in, one call, text out, exit code.

Exit codes: 0 nothing at or above the level asked for, 1 something, 2 it could not be run.
"""

from __future__ import annotations

import os
import sys

import typer

from scc_eval import __version__
from scc_eval.cli import coverage, explain, init, rules, schema, story, validate

app = typer.Typer(
    name="scc",
    help="Contribution analysis made executable: check the evidence, see its coverage, tell "
    "the story.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (validate, coverage, story, init, rules, explain, schema):
    app.command()(getattr(command, command.__name__.rpartition(".")[2]))


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
    """Run the command line; a reader that closes the pipe early is no error."""
    try:
        app()
    except BrokenPipeError:
        # Python flushes stdout once more at exit: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
