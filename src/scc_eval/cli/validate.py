"""`scc validate`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scc_eval.cli._choosing import (
    BASELINE,
    CHANGED_SINCE,
    IGNORE,
    NO_BASELINE,
    SELECT,
    WRITE_BASELINE,
    Asked,
    asked,
    choose_told,
)
from scc_eval.cli._known import scope_of_workspace
from scc_eval.cli._shared import LANG, PATH, choose, open_dossiers, speak
from scc_eval.cli._telling import (
    FAIL_ON,
    FORMAT,
    FORMATS,
    OUTPUT,
    folder_in_repository,
    leave_by,
    level_named,
    tell_diagnostics,
)

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic, Rule
    from scc_eval.dossier import Dossier
    from scc_eval.output import Figure, Limitation, Suite, Summary
    from scc_eval.rules.waivers import Accepted

STAGE = typer.Option(
    None,
    "--stage",
    min=1,
    max=6,
    help="Judge as at this stage (1-6), not the evaluation's own.",
)
_FIGURES = (
    ("evaluations", "evaluation", "evaluations"),
    ("packets", "packet", "packets"),
    ("cases", "case", "cases"),
    ("sources", "source", "sources"),
    ("evidence", "item", "items"),
)
"""The figures of the last line: their keys in JSON, and of their words."""


def validate(
    path: Path = PATH,
    format: str = FORMAT,
    output: Path | None = OUTPUT,
    fail_on: str = FAIL_ON,
    stage: int | None = STAGE,
    select: list[str] = SELECT,
    ignore: list[str] = IGNORE,
    changed_since: str | None = CHANGED_SINCE,
    baseline: Path | None = BASELINE,
    no_baseline: bool = NO_BASELINE,
    write_baseline: bool = WRITE_BASELINE,
    lang: str | None = LANG,
) -> None:
    """Check the evidence and the story.

    Says what is amiss, where, and how to mend it. Nothing is written but what --output
    and --write-baseline ask for. Exit code 0: nothing at or above --fail-on; 1: something; 2: it
    could not be run.
    """
    choose("--format", format, FORMATS)
    threshold = level_named(fail_on)
    words = speak(lang)
    wanted = asked(select, ignore, changed_since, baseline, no_baseline, write_baseline)
    told, summary = judge(path, stage, wanted, words, by_packet=format == "junit")
    summary = summary._replace(fail_on=threshold)
    tell_diagnostics(told, summary, format, output)
    leave_by(told, summary)


def judge(
    path: Path, stage: int | None, wanted: Asked, words: Mapping[str, Any], *, by_packet: bool
) -> tuple[tuple[Diagnostic, ...], Summary]:
    """What is told of the evaluations at a path, in words, and what the run amounts to; by packet
    as well, for a format that asks for it. Exit code 2 where there is nothing to read."""
    dossiers = open_dossiers(path)

    from scc_eval.diagnostics import in_words, ordered
    from scc_eval.output import Summary
    from scc_eval.rules import examine, muted

    examined = [examine(dossier, stage) for dossier in dossiers]
    every = ordered(diagnostic for told, _ in examined for diagnostic in told)
    chosen = choose_told(every, wanted, scope_of_workspace(path, dossiers, stage), words)
    summary = Summary(
        words=words,
        figures=tuple(_figures(dossiers, words)),
        evaluations=tuple(d.name for d in dossiers if d.is_evaluation),
        muted=tuple(sorted({rule.code for d in dossiers for rule in muted(d)})),
        accepted=_limitations([each for _, accepted in examined for each in accepted], words),
        folder=folder_in_repository(dossiers[0].project.root),
    )
    if by_packet:
        judged = [(dossier, told) for dossier, (told, _) in zip(dossiers, examined, strict=True)]
        summary = summary._replace(suites=tuple(_suites(judged, chosen.found, stage, words)))
    return in_words(chosen.found, words), chosen.narrow(summary)


def _figures(dossiers: Sequence[Dossier], words: Mapping[str, Any]) -> Iterator[Figure]:
    from scc_eval.output import Figure

    counts = (
        sum(dossier.is_evaluation for dossier in dossiers),
        sum(len(dossier.packets) for dossier in dossiers),
        sum(len(dossier.cases) for dossier in dossiers),
        sum(len(dossier.sources) for dossier in dossiers),
        sum(len(dossier.evidence) for dossier in dossiers),
    )
    for (name, one, many), count in zip(_FIGURES, counts, strict=True):
        yield Figure(name, count, words["summary"][one], words["summary"][many])


def _limitations(accepted: Sequence[Accepted], words: Mapping[str, Any]) -> tuple[Limitation, ...]:
    from scc_eval.diagnostics import in_words
    from scc_eval.output import Limitation

    waived = in_words((each.found for each in accepted), words)
    waivers = (each.waiver for each in accepted)
    return tuple(
        Limitation(found, waiver.author, waiver.date, waiver.reason, waiver.until)
        for found, waiver in zip(waived, waivers, strict=True)
    )


def _suites(
    judged: Sequence[tuple[Dossier, Sequence[Diagnostic]]],
    found: Sequence[Diagnostic],
    stage: int | None,
    words: Mapping[str, Any],
) -> Iterator[Suite]:
    """The packets of each evaluation with what was found in them, of all that is told."""
    from scc_eval.diagnostics import in_words, rule_in_words
    from scc_eval.output.suites import by_packet
    from scc_eval.rules import muted

    kept = {(each.at, each.rule.code, each.message) for each in found}
    for dossier, told in judged:
        here = [each for each in told if (each.at, each.rule.code, each.message) in kept]
        at = stage or dossier.settings.stage
        rules = [rule_in_words(rule, words) for rule in _rules(dossier, at)]
        silent = [rule_in_words(rule, words) for rule in muted(dossier, at)]
        yield from by_packet(dossier, in_words(here, words), rules, silent, words)


def _rules(dossier: Dossier, stage: int) -> Iterator[Rule]:
    """The rules that judged: those of reading, of the evaluation and of its waivers."""
    from scc_eval import slips
    from scc_eval.rules import judging, level, waivers

    around = (*slips.RULES, *(waivers.RULES if dossier.waivers else ()))
    yield from (rule for rule in around if level(rule, dossier, stage))
    yield from judging(dossier, stage)
