"""`scc robustness`."""

from __future__ import annotations

from pathlib import Path

import typer

from scc_eval.cli._shared import LANG, PATH, choose, open_evaluations, speak, write_out

_FORMATS = ("text", "json", "md", "csv")


def robustness(
    path: Path = PATH,
    format: str = typer.Option("text", "--format", help="text, json, md or csv.", metavar="FORMAT"),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = LANG,
) -> None:
    """Show which claims fall if something they rest on is left out.

    The level of each claim (bare, single, corroborated or triangulated: how far its sources
    agree, never a verdict), what it falls to without one source, case, interest group or method,
    and the smallest set of sources whose loss brings it down. What most claims depend on comes
    first. The smallest set is exact as long as no more than 10,000 choices have to be looked at;
    beyond, it is said to be a bound.
    """
    choose("--format", format, _FORMATS)
    words = speak(lang)
    dossiers = open_evaluations(path)

    from scc_eval.robustness import FORMATS, probe

    write_out(FORMATS[format]([probe(dossier) for dossier in dossiers], words), output)
