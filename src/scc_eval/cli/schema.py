"""`scc schema`."""

from __future__ import annotations

from pathlib import Path

import typer

from scc_eval.cli._shared import choose, fail, write_out


def schema(
    kind: str | None = typer.Argument(None, help="The kind of file; without it, their list."),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="A folder: write the schemas of all kinds, or of KIND, there."
    ),
) -> None:
    """Write JSON Schema for the files.

    Editors complete and check by it.
    """
    from scc_eval.schema import KINDS, as_text

    if kind is not None:
        choose("KIND", kind, KINDS)
    wanted = KINDS if kind is None else (kind,)
    if output is not None:
        if output.is_file():
            fail(f"{output} is a file: --output takes a folder")
        for each in wanted:
            write_out(as_text(each), output / f"{each}.json")
        return
    write_out("\n".join(KINDS) + "\n" if kind is None else as_text(wanted[0]), None)
