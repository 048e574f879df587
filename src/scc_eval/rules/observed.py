"""SCC3xx: does a claim rest on more than opinions, and on a change that followed its cause?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.diagnostics import ALWAYS_ERROR, ALWAYS_WARNING, Issue, Rule, by_stage
from scc_eval.model.evidence import Evidence, Nature
from scc_eval.rules._checks import Checks
from scc_eval.rules._facts import is_before, is_date, some

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.judgement import Claim

CHECKS = Checks()

_ONCE_TOLD = by_stage("---www")
_NEEDS = ("theory", "box", "packet", "case", "evidence item")
_PERCEPTIONS = frozenset((Nature.ACCOUNT, Nature.MECHANISM_ACCOUNT, Nature.OPINION))


@CHECKS.rule(
    Rule(
        "SCC312",
        "opinion-only",
        _ONCE_TOLD,
        "only opinions support the claim {claim} ({items})",
        "That people think a programme contributed does not show how it did: the same people may "
        "say so out of courtesy, habit or interest.",
        "Look for facts, or for accounts of how it came about, and cite them in {claim}; or lower "
        "its status.",
        "Mayne (2019): stakeholders' opinions on the contribution are not central to a claim; "
        "what tells an opinion from an account is our own.",
        needs=("evidence item",),
    )
)
def opinion_only(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.asserted_claims:
        items = dossier.weigh(claim).supports
        is_opinion = {item.nature for item in items} == {Nature.OPINION}
        if is_opinion and not dossier.has_lost_evidence(claim):
            yield Issue(claim.at(), {"claim": claim.id, "items": _codes(items)})


@CHECKS.rule(
    Rule(
        "SCC313",
        "perceived-change",
        _ONCE_TOLD,
        "the change that {claim} explains is seen only through accounts and opinions ({items})",
        "Before a change is explained it has to be shown: people remember, round and see the "
        "change they were told of.",
        "Code a fact or a figure that shows it to the section on observed change: where the change "
        "is one of opinion, how many hold it, or what they do. Or lower the status of {claim}.",
        "Mayne's fourth step asks first whether the expected result occurred; that accounts alone "
        "do not show it is our own reading.",
        needs=_NEEDS,
    )
)
def perceived_change(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.asserted_claims:
        found = [item for box in claim.changes for item in _seen(dossier, box)]
        if found and _is_perceived(found):
            yield Issue(claim.at("changes"), {"claim": claim.id, "items": _codes(found)})


def _seen(dossier: Dossier, box: str) -> tuple[Evidence, ...]:
    """The items that show a change; none where one that might could not be read."""
    is_broken = dossier.is_mentioned("evidence item", *dossier.boxes_at(box))
    return () if is_broken else dossier.observed(box)


def _is_perceived(items: Iterable[Evidence]) -> bool:
    return all(item.nature in _PERCEPTIONS for item in items)


@CHECKS.rule(
    Rule(
        "SCC315",
        "cause-after-effect",
        ALWAYS_WARNING,
        "in the claim {claim}, the first dated sign of the cause ({cause}, {since}) comes after "
        "the change ({change}, {seen})",
        "Nothing contributes to what was there before it.",
        "Date an earlier sign of what contributed under `happened`; say `polarity: context` of "
        "items that tell the state before the change; or take the claim back.",
        "A hoop test of process tracing: a cause that does not come first is out. Which dates are "
        "compared is our own.",
        needs=("evidence item",),
        grave=ALWAYS_ERROR,
        when="a claim no dated sign of whose change comes with its cause or after it",
    )
)
def cause_after_effect(dossier: Dossier) -> Iterator[Issue]:
    for claim in dossier.asserted_claims:
        boxes = [box for end in claim.components for box in sorted(dossier.boxes_at(end))]
        causing = (*boxes, *claim.mechanisms)
        causes = _signs(dossier, causing)
        changes = _signs(dossier, sorted(dossier.changes_of(claim)))
        if not causes or not changes or dossier.is_mentioned("evidence item", *causing):
            continue
        cause, change = min(causes, key=_Sign.begins), min(changes, key=_Sign.ends)
        if is_before(change.date, cause.date):
            facts = {"claim": claim.id, "cause": cause.date, "since": cause.item.code}
            facts |= {"change": change.date, "seen": change.item.code}
            last = max(changes, key=_Sign.ends)
            yield Issue(claim.at(), facts, is_grave=is_before(last.date, cause.date))


class _Sign(NamedTuple):
    """An item and when what it tells took place: a year, a month or a day."""

    date: str
    item: Evidence

    def begins(self) -> str:
        """A text that is less than that of every date within it."""
        return self.date

    def ends(self) -> str:
        """A text that is greater than that of every date within it."""
        return f"{self.date}~"


def _signs(dossier: Dossier, names: Iterable[str]) -> tuple[_Sign, ...]:
    """The dated items that support one of several things."""
    items = (item for name in names for item in dossier.bearing_on(name).supports)
    signs = (_Sign(str(item.happened or ""), item) for item in items)
    return tuple(sign for sign in signs if is_date(sign.date))


@CHECKS.rule(
    Rule(
        "SCC318",
        "change-without-reference",
        _ONCE_TOLD,
        "the change {box} ({title}), explained by {claims}, is compared with nothing ({items})",
        "A change is a difference: from an earlier state, or from another place.",
        "Write under `compared_with`, in an item that shows {box}, the earlier state or the other "
        "place that it is measured against.",
        "Mayne's fourth step asks first whether the expected result occurred; the field is our own "
        "demand.",
        needs=_NEEDS,
    )
)
def change_without_reference(dossier: Dossier) -> Iterator[Issue]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.asserted_claims:
        for box in dict.fromkeys(claim.changes):
            claims[box].append(claim)
    for box, (first, *others) in claims.items():
        items = _seen(dossier, box)
        is_compared = any(item.compared_with for item in items)
        if items and not is_compared and not _is_perceived(items):
            facts = {"box": box, "title": _title(dossier, box), "items": _codes(items)}
            facts["claims"] = some([claim.id for claim in (first, *others)])
            yield Issue(first.at("changes", first.changes.index(box)), facts)


def _title(dossier: Dossier, end: str) -> str:
    packet = dossier.packet_named(end)
    return packet.title if packet else dossier.boxes[end].label


def _codes(items: Sequence[Evidence]) -> str:
    return some(tuple(dict.fromkeys(item.code for item in items)))
