"""`scc init`."""

from __future__ import annotations

from pathlib import Path

import typer

from scc_eval.cli._shared import choose, fail, write_out


def init(
    folder: Path = typer.Argument(metavar="DIR", help="The folder to begin in; made if need be."),
    example: bool = typer.Option(
        False, "--example", help="Begin with the worked examples instead of an empty evaluation."
    ),
    lang: str | None = typer.Option(
        None, "--lang", help="Language of the files to fill in: en or fr."
    ),
) -> None:
    """Begin a workspace.

    It holds a theory of change, an evaluation and schemas for editors. Nothing that exists is
    overwritten.
    """
    from scc_eval import scaffold
    from scc_eval.languages import LANGUAGES, spoken_here

    language = choose("--lang", lang or spoken_here(), LANGUAGES)
    files = scaffold.example() if example else scaffold.empty(language)
    if folder.is_file():
        fail(f"{folder} is a file")
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        fail(f"{folder} already has {taken[0]}: nothing was written")
    for name, text in files.items():
        write_out(text, folder / name)
    typer.echo(f"{folder}: scc validate {folder}", err=True)
