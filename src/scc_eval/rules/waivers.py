"""SCC92x: limitations that somebody accepted, for a reason, until a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.diagnostics import ALWAYS_ERROR, ALWAYS_WARNING, Diagnostic, Issue, Rule, Severity

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Waiver

_AUTHORITY = (
    "OECD-DAC (2010) 3.13 asks that limitations be stated; that each is signed, dated and looked "
    "at again is our own demand."
)

UNUSED = Rule(
    "SCC921",
    "unused-waiver",
    ALWAYS_WARNING,
    "the waiver of {rule} on {on} accepts nothing: that rule has nothing to say of {on}",
    "An exception kept after its reason is gone hides the next slip of the same kind.",
    "Take the waiver out, or correct the name under `on`: the first name in the message.",
    _AUTHORITY,
)
EXPIRED = Rule(
    "SCC922",
    "expired-waiver",
    ALWAYS_WARNING,
    "the waiver of {rule} on {on} held until {until}, and that is past",
    "A limitation was accepted for a time; whoever accepted it meant to look at it again.",
    "Mend what {rule} finds, or have the waiver signed again with a later date.",
    _AUTHORITY,
)
ON_ERROR = Rule(
    "SCC923",
    "waiver-of-error",
    ALWAYS_ERROR,
    "{rule} on {on} is an error, and the profile does not let errors of this rule be waived",
    "What breaks the chain of evidence is not a limitation: readers could not check it.",
    "Mend what {rule} finds, or name the rule under `waivable` in a profile of your own.",
    _AUTHORITY,
)
RULES = (UNUSED, EXPIRED, ON_ERROR)


class Accepted(NamedTuple):
    """A limitation that was accepted: what was found, and the waiver that accepts it."""

    found: Diagnostic
    waiver: Waiver


Idle = tuple[Rule, Issue]


def settle(
    dossier: Dossier,
    found: Sequence[Diagnostic],
    judging: frozenset[str],
    today: str | None = None,
) -> tuple[tuple[Diagnostic, ...], tuple[Accepted, ...], tuple[Idle, ...]]:
    """Part what is found from what is accepted; and the waivers that accept nothing, of the rules
    that are `judging` at all."""
    today = today or _today()
    by_rule: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
    for waiver in dossier.waivers:
        by_rule[waiver.rule, waiver.on].append(waiver)
    told: list[Diagnostic] = []
    accepted: list[Accepted] = []
    for diagnostic in found:
        waivers = by_rule.get((diagnostic.rule.code, diagnostic.subject), [])
        valid = [waiver for waiver in waivers if not _is_over(waiver, today)]
        if valid and _may_be_waived(dossier, diagnostic):
            accepted.append(Accepted(diagnostic, valid[0]))
        else:
            told.append(diagnostic)
    idle = (each for each in _idle(dossier, told, accepted, today) if each[1] in judging)
    return tuple(told), tuple(accepted), tuple((rule, issue) for rule, _, issue in idle)


def _may_be_waived(dossier: Dossier, diagnostic: Diagnostic) -> bool:
    profile = dossier.project.profile
    is_waivable = profile is not None and diagnostic.rule.code in profile.waivable
    return diagnostic.severity < Severity.ERROR or is_waivable


def _idle(
    dossier: Dossier, told: Sequence[Diagnostic], accepted: Sequence[Accepted], today: str
) -> Iterator[tuple[Rule, str, Issue]]:
    used = {id(each.waiver) for each in accepted}
    open_ = {(diagnostic.rule.code, diagnostic.subject) for diagnostic in told}
    for waiver in dossier.waivers:
        if id(waiver) in used:
            continue
        facts = {"rule": waiver.rule, "on": waiver.on}
        if _is_over(waiver, today):
            yield (
                EXPIRED,
                waiver.rule,
                Issue(waiver.at("until"), {**facts, "until": waiver.until or ""}),
            )
        elif (waiver.rule, waiver.on) in open_:
            yield ON_ERROR, waiver.rule, Issue(waiver.at("rule"), facts)
        else:
            yield UNUSED, waiver.rule, Issue(waiver.at("rule"), facts)


def _is_over(waiver: Waiver, today: str) -> bool:
    """Whether its last day is past; a month or a year lasts to its end."""
    return waiver.until is not None and waiver.until < today[: len(waiver.until)]


def _today() -> str:
    import datetime  # only who waives something pays for it

    return datetime.date.today().isoformat()
