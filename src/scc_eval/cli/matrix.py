"""`scc matrix`."""

from __future__ import annotations

from pathlib import Path

import typer

from scc_eval.cli._shared import LANG, PATH, choose, is_terminal, open_evaluations, speak, write_out

_FORMATS = ("text", "csv", "md", "html", "json")
_WHAT = ("conclusions",)


def matrix(
    what: str = typer.Argument(metavar="WHAT", help="conclusions, the one there is so far."),
    path: Path = PATH,
    format: str = typer.Option(
        "text", "--format", help="text, csv, md, html or json.", metavar="FORMAT"
    ),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = LANG,
) -> None:
    """Draw up the traceability matrix of the conclusions.

    From each question to its conclusions, to the claims and key points they rest on, to the codes
    and the root sources these lead to, and on to the recommendations and lessons. A lesson that
    rests on a claim or key point of a conclusion, not on the conclusion itself, says through
    which. What hangs on no conclusion has a row of its own, and what is missing is said first.

    In csv a line is one code that one claim or key point of a conclusion leads to, for filters; in
    the other formats a row is a conclusion.
    """
    choose("WHAT", what, _WHAT)
    choose("--format", format, _FORMATS)
    words = speak(lang)
    dossiers = open_evaluations(path)

    from scc_eval.trails import MATRIX_FORMATS, matrix as draw_up

    matrices = [draw_up(dossier) for dossier in dossiers]
    if format == "text" and output is None and is_terminal():
        from scc_eval.cli._pictures import show_matrix

        show_matrix(matrices, words)
        return
    write_out(MATRIX_FORMATS[format](matrices, words), output)
