"""SCC3xx: were those heard whose change the theory expects?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.theory import Group

CHECKS = Checks()

_LEVELS = by_stage("nnwwww")
_PLURALITY = (
    "The charter of the Société française de l'évaluation asks for plurality, and Bond's "
    "principles for the voice of those whom a programme is for; that the register show it is our "
    "own demand."
)


@CHECKS.rule(
    Rule(
        "SCC317",
        "unheard-group",
        _LEVELS,
        "nobody known to belong to the target group {group} ({label}) was heard",
        "Those whose change is told by others may tell it otherwise.",
        "Hear them; if they were, write {group} under `groups` of the categories they belong to.",
        _PLURALITY,
        needs=("theory", "packet", "box", "group", "category", "source", "evidence item"),
    )
)
def unheard_group(dossier: Dossier) -> Iterator[Issue]:
    groups, voices = _targets(dossier), _voices(dossier)
    # A source that is not declared might be one of them.
    if voices <= dossier.source_named.keys() and _has_tied(dossier, groups):
        heard = frozenset(_heard_groups(dossier, voices))
        for group in groups:
            if group.id not in heard and not dossier.is_mentioned("category", group.id):
                yield Issue(group.at(), {"group": group.id, "label": group.label})


def _targets(dossier: Dossier) -> tuple[Group, ...]:
    """The target groups of what the evaluation examines, once it has begun to collect."""
    if not dossier.evidence and not any(category.interviews for category in dossier.categories):
        return ()
    named: set[str] = set()
    for packet in dossier.examined_packets:
        named.update(packet.groups, *(box.groups for box in packet.all_boxes()))
    return tuple(group for group in dossier.theory.groups if group.id in named)


def _has_tied(dossier: Dossier, groups: Iterable[Group]) -> bool:
    """Whether some category is said to belong to one of the groups."""
    tied = {name for category in dossier.categories for name in (category.id, *category.groups)}
    return any(group.id in tied for group in groups)


def _voices(dossier: Dossier) -> frozenset[str]:
    """The sources behind items, and those that they repeat."""
    used = (item for item in dossier.evidence if item.set_aside is None)
    return frozenset(n for item in used for n in (*item.sources, *dossier.roots(item)))


def _heard_groups(dossier: Dossier, voices: frozenset[str]) -> Iterator[str]:
    """The groups to which categories belong that were interviewed, or have an item."""
    heard = {dossier.source_named[name].category for name in voices}
    for category in dossier.categories:
        if category.interviews or category.id in heard:
            yield from (category.id, *category.groups)


@CHECKS.rule(
    Rule(
        "SCC320",
        "unmatched-groups",
        _LEVELS,
        "no category of the register belongs to a target group of {theory} ({groups}), so that "
        "nothing shows who was heard",
        "Who reads that people were interviewed wants to know whether those were among them whose "
        "change is told.",
        "Write under `groups` of each category the target groups that its people belong to, or "
        "give a category the id of its group.",
        _PLURALITY,
        needs=("theory", "packet", "box", "group", "category", "evidence item"),
    )
)
def unmatched_groups(dossier: Dossier) -> Iterator[Issue]:
    groups = _targets(dossier)
    if groups and not _has_tied(dossier, groups) and not dossier.has_stubs("category"):
        facts = {"theory": dossier.theory.id, "groups": some([group.id for group in groups])}
        yield Issue(groups[0].at(), facts)
