"""The quality control: rules that only look at a dossier and say where, and with what facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scc_eval import slips
from scc_eval.diagnostics import ALWAYS_ERROR, Diagnostic, Issue, Rule, Severity, ordered
from scc_eval.dossier import Dossier
from scc_eval.rules import coverage, references, theory
from scc_eval.rules._checks import Check, Checks
from scc_eval.settings import Level, Profile

_SETTINGS = Checks()


@_SETTINGS.rule(
    Rule(
        "SCC211",
        "unknown-rule",
        ALWAYS_ERROR,
        "{text} is not the code of a rule",
        "A level set for a rule that does not exist changes nothing, and nobody notices.",
        "Write the code of a rule: `scc rules` lists them.",
        "Our own: a setting without effect is a slip.",
    )
)
def unknown_rule(dossier: Dossier) -> Iterator[Issue]:
    known = {rule.code for rule in RULES}
    for code in dossier.settings.levels:
        if code not in known:
            yield Issue(dossier.settings.at("levels"), {"text": code})
    for waiver in dossier.waivers:
        if waiver.rule not in known:
            yield Issue(waiver.at("rule"), {"text": waiver.rule})


_ROOMS = (theory.CHECKS, references.CHECKS, _SETTINGS, coverage.CHECKS)
_THEORY_ONLY = (theory.CHECKS,)

RULES: tuple[Rule, ...] = (
    *slips.RULES,
    *(rule for room in _ROOMS for rule, _ in room.bound),
)

PROFILES: Mapping[Profile, Mapping[str, Level]] = {
    Profile.DELAHAIS: {},
    Profile.MAYNE: {"SCC107": Level.NOTE},
    Profile.MINIMAL: dict.fromkeys(
        ("SCC107", "SCC108", "SCC109", "SCC303", "SCC304", "SCC305", "SCC306"), Level.OFF
    ),
}
"""What each profile changes; an evaluation's own `levels` come after."""


def check(dossier: Dossier, stage: int | None = None) -> tuple[Diagnostic, ...]:
    """Everything to be said of an evaluation, in order: what reading found, then each rule.

    `stage` (1 to 6) is the evaluation's own unless given.
    """
    stage = stage or dossier.settings.stage
    return ordered((*_read(dossier, stage), *_raise(dossier, stage)))


def muted(dossier: Dossier) -> tuple[Rule, ...]:
    """The rules that could not judge, since something they count could not be read."""
    return tuple(rule for rule, _ in _bound(dossier) if dossier.blind & set(rule.needs))


def level(rule: Rule, dossier: Dossier, stage: int) -> Severity | None:
    """The severity of a rule for an evaluation at a stage; None where it is off."""
    changed = {**PROFILES[dossier.settings.profile], **dossier.settings.levels}
    word = changed.get(rule.code)
    if word is None:
        return rule.levels.at(stage)
    return None if word is Level.OFF else Severity[word.name]


def _bound(dossier: Dossier) -> Iterator[tuple[Rule, Check]]:
    if dossier.project.theory is None:
        return
    for room in _ROOMS if dossier.is_evaluation else _THEORY_ONLY:
        yield from room.bound


def _read(dossier: Dossier, stage: int) -> Iterator[Diagnostic]:
    for found in dossier.project.diagnostics:
        severity = level(found.rule, dossier, stage)
        if severity is not None:
            yield found._replace(severity=severity)


def _raise(dossier: Dossier, stage: int) -> Iterator[Diagnostic]:
    for rule, find in _bound(dossier):
        severity = level(rule, dossier, stage)
        if severity is None or dossier.blind & set(rule.needs):
            continue
        for issue in find(dossier):
            yield Diagnostic(rule, severity, issue.at, issue.facts, issue.related)
