"""`scc validate`."""

from __future__ import annotations

from pathlib import Path

import typer

from scc_eval.cli._shared import LANG, PATH, choose, open_dossiers, speak, write_out

_LEVELS = ("error", "warning", "note")
_FORMATS = ("text", "json")


def validate(
    path: Path = PATH,
    format: str = typer.Option("text", "--format", help="text or json.", metavar="FORMAT"),
    fail_on: str = typer.Option(
        "error",
        "--fail-on",
        help="Exit with 1 if there is a diagnostic of this level or above: error, warning or note.",
        metavar="LEVEL",
    ),
    stage: int | None = typer.Option(
        None,
        "--stage",
        min=1,
        max=6,
        help="Judge as at this stage (1-6), not the evaluation's own.",
    ),
    lang: str | None = LANG,
) -> None:
    """Check the evidence and the story.

    Says what is amiss, where, and how to mend it. Nothing is written. Exit code 0: nothing at
    or above --fail-on; 1: something; 2: it could not be run.
    """
    choose("--format", format, _FORMATS)
    choose("--fail-on", fail_on, _LEVELS)
    words = speak(lang)
    dossiers = open_dossiers(path)

    from scc_eval.diagnostics import Severity, in_words, ordered
    from scc_eval.output import FORMATS, Limitation, Summary
    from scc_eval.rules import examine, muted

    examined = [examine(dossier, stage) for dossier in dossiers]
    found = ordered(diagnostic for told, _ in examined for diagnostic in told)
    accepted = [each for _, limitations in examined for each in limitations]
    waived = in_words((each.found for each in accepted), words)
    summary = Summary(
        evaluations=tuple(d.name for d in dossiers if d.is_evaluation),
        packets=sum(len(d.packets) for d in dossiers),
        cases=sum(len(d.cases) for d in dossiers),
        sources=sum(len(d.sources) for d in dossiers),
        evidence=sum(len(d.evidence) for d in dossiers),
        muted=tuple(sorted({rule.code for d in dossiers for rule in muted(d)})),
        words=words,
        accepted=tuple(
            Limitation(found, w.author, w.date, w.reason, w.until)
            for found, w in zip(waived, (each.waiver for each in accepted), strict=True)
        ),
    )
    write_out(FORMATS[format](in_words(found, words), summary), None)
    if any(diagnostic.severity >= Severity[fail_on.upper()] for diagnostic in found):
        raise typer.Exit(1)
