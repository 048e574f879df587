"""The quality control: rules that only look at a dossier and say where, and with what facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Diagnostic, Rule, Severity, ordered
from scc_eval.rules._rooms import ON_EVALUATIONS, ON_THEORIES, catalogue

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.rules._checks import Check
    from scc_eval.rules.waivers import Accepted
    from scc_eval.settings import Level

__all__ = ["catalogue", "check", "examine", "judging", "level", "muted"]


def check(dossier: Dossier, stage: int | None = None) -> tuple[Diagnostic, ...]:
    """Everything to be said of an evaluation, in order: what reading found, then each rule.

    `stage` (1 to 6) is the evaluation's own unless given. What is waived is left out.
    """
    return examine(dossier, stage)[0]


def examine(
    dossier: Dossier, stage: int | None = None, today: str | None = None
) -> tuple[tuple[Diagnostic, ...], tuple[Accepted, ...]]:
    """What is to be said of an evaluation, and the limitations that its waivers accept.

    `today` is a date as waivers write it (2026-11-23); the day of the run unless given.
    """
    stage = stage or dossier.settings.stage
    found = ordered((*_read(dossier, stage), *_raise(dossier, stage)))
    if not dossier.waivers:
        return found, ()
    from scc_eval.rules.waivers import settle  # only who waives something pays for it

    codes = frozenset(rule.code for rule in judging(dossier, stage))
    told, accepted, idle = settle(dossier, found, codes, today)
    for rule, issue in idle:
        severity = level(rule, dossier, stage)
        if severity is not None:
            told = (*told, Diagnostic(rule, severity, issue.at, issue.facts, issue.related))
    return ordered(told), accepted


def judging(dossier: Dossier, stage: int) -> tuple[Rule, ...]:
    """The rules that judge an evaluation at a stage, once it is read: neither off nor muted."""
    silent = set(muted(dossier))
    return tuple(
        rule for rule, _ in _bound(dossier) if rule not in silent and _is_on(rule, dossier, stage)
    )


def muted(dossier: Dossier, stage: int | None = None) -> tuple[Rule, ...]:
    """The rules that could not judge, since something they count could not be read; where a stage
    is given, those of them that would have judged at it."""
    silent = (rule for rule, _ in _bound(dossier) if dossier.blind & set(rule.needs))
    return tuple(rule for rule in silent if stage is None or _is_on(rule, dossier, stage))


def _is_on(rule: Rule, dossier: Dossier, stage: int) -> bool:
    return any(level(rule, dossier, stage, is_grave=grave) for grave in (False, True))


def level(rule: Rule, dossier: Dossier, stage: int, *, is_grave: bool = False) -> Severity | None:
    """The severity of a rule for an evaluation at a stage; None where it is off."""
    word = _given(rule.code, dossier)
    if word is not None:
        return _severity(word)
    usual, most = rule.level(stage, is_grave=is_grave), _most(rule.code, dossier)
    if usual is None or most is None:
        return usual
    ceiling = _severity(most)
    return None if ceiling is None else min(usual, ceiling)


def _severity(word: Level) -> Severity | None:
    return None if word.name == "OFF" else Severity[word.name]


def _given(code: str, dossier: Dossier) -> Level | None:
    """The level that the evaluation, or a profile of one's own, gives a rule, if one does."""
    profile = dossier.project.profile
    own = profile.levels if profile else {}
    return dossier.settings.levels.get(code, own.get(code))


def _most(code: str, dossier: Dossier) -> Level | None:
    """The level that a rule does not go beyond in the shipped profile, if it has one."""
    from scc_eval.rules.profiles import PROFILES  # reports are looked at without any settings

    profile = dossier.project.profile
    shipped = PROFILES[profile.based_on] if profile else {}
    begins = (code[:length] for length in range(len(code), 0, -1))
    return next((shipped[part] for part in begins if part in shipped), None)


def _bound(dossier: Dossier) -> Iterator[tuple[Rule, Check]]:
    if dossier.project.theory is None:
        return
    for room in ON_EVALUATIONS if dossier.is_evaluation else ON_THEORIES:
        if room.is_needed(dossier):
            yield from room.bound


def _read(dossier: Dossier, stage: int) -> Iterator[Diagnostic]:
    for found in dossier.project.diagnostics:
        severity = level(found.rule, dossier, stage)
        if severity is not None:
            yield found._replace(severity=severity)


def _raise(dossier: Dossier, stage: int) -> Iterator[Diagnostic]:
    for rule, find in _bound(dossier):
        ordinary = level(rule, dossier, stage)
        grave = level(rule, dossier, stage, is_grave=True)
        if (ordinary is None and grave is None) or dossier.blind & set(rule.needs):
            continue
        found = ((grave if issue.is_grave else ordinary, issue) for issue in find(dossier))
        yield from (
            Diagnostic(rule, severity, issue.at, issue.facts, issue.related)
            for severity, issue in found
            if severity is not None
        )
