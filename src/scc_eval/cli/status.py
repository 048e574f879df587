"""`scc status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from scc_eval.cli._shared import (
    LANG,
    PATH,
    choose,
    fail,
    is_terminal,
    open_dossiers,
    speak,
    write_out,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scc_eval.dossier import Dossier

_FORMATS = ("text", "json", "md")


def status(
    path: Path = PATH,
    format: str = typer.Option("text", "--format", help="text, json or md.", metavar="FORMAT"),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = LANG,
) -> None:
    """Show where an evaluation stands, on one screen.

    Its stage, its figures, each packet with the verdict that people gave and a sign for each cell
    of its evidence, what is missing, the most pressing at this stage first, and what to run next.
    No verdict is computed.
    """
    choose("--format", format, _FORMATS)
    language = speak(lang)["summary"]["language"]
    dossiers = open_dossiers(path)

    from scc_eval.languages import words_of

    own = words_of("overview", language)
    found = tuple(dossier for dossier in dossiers if dossier.is_evaluation)
    if not found:
        _leave(path, dossiers, own)

    from scc_eval.overview import FORMATS, look
    from scc_eval.rules import examine

    overviews = [look(dossier, *examine(dossier)) for dossier in found]
    if format == "text" and output is None and is_terminal():
        from scc_eval.cli._panels import show_status

        show_status(overviews, language)
    else:
        write_out(FORMATS[format](overviews, language), output)
    if lost := _lost(dossiers):
        typer.echo(f"scc: {own['unreadable'].format(names=lost)}", err=True)


def _lost(dossiers: Sequence[Dossier]) -> str:
    """The names of the evaluations whose settings cannot be read."""
    lost = (each for each in dossiers if not each.is_evaluation and each.project.theory is None)
    return ", ".join(dossier.name for dossier in lost)


def _leave(path: Path, dossiers: Sequence[Dossier], own: Mapping[str, Any]) -> NoReturn:
    """Say that there is no evaluation, and what there is instead."""
    if lost := _lost(dossiers):
        fail(own["unreadable"].format(names=lost))
    names = ", ".join(dossier.name for dossier in dossiers)
    fail(" ".join(own["alone"].format(path=path, names=names).split()))
