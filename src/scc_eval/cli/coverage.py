"""`scc coverage`."""

from __future__ import annotations

from pathlib import Path

import typer

from scc_eval.cli._shared import (
    LANG,
    PATH,
    choose,
    is_terminal,
    open_evaluations,
    speak,
    write_out,
)

_FORMATS = ("text", "json", "md", "csv")


def coverage(
    path: Path = PATH,
    format: str = typer.Option("text", "--format", help="text, json, md or csv.", metavar="FORMAT"),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = LANG,
) -> None:
    """Show what the evidence covers.

    Packets and sections by case, then the fate of every mechanism and other factor. Each cell
    gives the number of items and, after the stroke, of distinct root sources: ten items from
    one source are one. Holes come first.
    """
    choose("--format", format, _FORMATS)
    words = speak(lang)
    dossiers = open_evaluations(path)

    from scc_eval.coverage import FORMATS, survey

    surveys = [survey(dossier) for dossier in dossiers]
    if format == "text" and output is None and is_terminal():
        from scc_eval.cli._panels import show_coverage

        show_coverage(surveys, words)
        return
    write_out(FORMATS[format](surveys, words), output)
