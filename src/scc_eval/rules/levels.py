"""SCC2xx: is every rule that is named one that exists?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import ALWAYS_ERROR, Issue, Rule
from scc_eval.rules._checks import Checks
from scc_eval.rules._rooms import catalogue

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.places import Location

CHECKS = Checks()


@CHECKS.rule(
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
    named = tuple(_named(dossier))
    known = {rule.code for rule in catalogue()} if named else frozenset()
    for at, code in named:
        if code not in known:
            yield Issue(at, {"text": code})


def _named(dossier: Dossier) -> Iterator[tuple[Location, str]]:
    for code in dossier.settings.levels:
        yield dossier.settings.at("levels"), code
    if (profile := dossier.project.profile) is not None:
        for code in profile.levels:
            yield profile.at("levels"), code
        for index, code in enumerate(profile.waivable):
            yield profile.at("waivable", index), code
    for waiver in dossier.waivers:
        yield waiver.at("rule"), waiver.rule
