"""`scc next`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._shared import PATH, choose, fail, is_terminal, open_evaluations, write_out

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_FORMATS = ("text", "json", "md", "html", "csv")


def next(
    path: Path = PATH,
    format: str = typer.Option(
        "text", "--format", help="text, json, md, html or csv.", metavar="FORMAT"
    ),
    case: list[str] = typer.Option(
        [],
        "--case",
        help="A sheet to print and tick for this case, by its code; may be repeated.",
        metavar="CASE",
    ),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = typer.Option(
        None, "--lang", help="Language of the questions, en or fr; else the evaluation's."
    ),
) -> None:
    """Say what to collect next: what could still change a judgement.

    Each line says on what, whom to ask and in which cases, the question, and what the answer
    could change. What could change nothing is left out: what people refuted, will not prove or
    left untested for a reason, what a case was asked in vain, and what is triangulated with no
    rival open. The order is our own, an order and no score: rivals never examined; hoop tests
    not sought; changes that nothing shows; claims, mechanisms and key assumptions with no
    evidence; hindering factors never examined; one root source; one side; one interest group;
    one case; one contrary source; other tests not sought; silent cases; other assumptions and
    risks with no evidence. Within each, what most claims depend on comes first.
    """
    from scc_eval.languages import LANGUAGES

    choose("--format", format, _FORMATS)
    if lang is not None:
        choose("--lang", lang, LANGUAGES)
    dossiers = open_evaluations(path)
    if case:
        dossiers = _with_cases(dossiers, case)

    from scc_eval.planning import FORMATS, plan

    plans = [plan(dossier, lang) for dossier in dossiers]
    if format == "text" and output is None and not case and is_terminal():
        from scc_eval.cli._pictures import show_plan

        show_plan(plans)
        return
    write_out(FORMATS[format](plans, case), output)


def _with_cases(dossiers: tuple[Dossier, ...], cases: list[str]) -> tuple[Dossier, ...]:
    """The evaluations that have one of the cases; exit code 2 if none has a case asked for."""
    known = {code for dossier in dossiers for code in dossier.case_named}
    for case in cases:
        if case not in known:
            names = ", ".join(dossier.name for dossier in dossiers)
            fail(f"{names} has no case {case}; it has {', '.join(sorted(known)) or 'none'}")
    return tuple(d for d in dossiers if not d.case_named.keys().isdisjoint(cases))
