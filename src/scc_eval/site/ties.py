"""One step up and one step down from whatever the site tells: its evidence, what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scc_eval.dossier import Dossier
from scc_eval.model.evidence import Evidence
from scc_eval.site.view import Ties
from scc_eval.story.scribe import Scribe, anchored
from scc_eval.story.view import Ref
from scc_eval.trails import Way, weave
from scc_eval.trails.web import ENDS, Thing

_PREFIXES = {"source": "source-", "challenge": "challenge-", "packet": "packet-"}
_TOLD = frozenset(
    (
        *("source", "claim", "assertion", "key point", "conclusion", "recommendation", "lesson"),
        *ENDS,
        "challenge",
    )
)
"""What has an anchor of its own. Items have theirs on their cards, which say what cites them."""


def tie(scribe: Scribe) -> Iterator[Ties]:
    """What each thing told rests on and what rests on it, where there is something to say."""
    dossier = scribe.dossier
    web = weave(dossier)
    for place, thing in enumerate(web.things):
        if thing.kind not in _TOLD:
            continue
        below = (web.things[each.end(Way.DOWN)] for each in web.ties(place, Way.DOWN))
        above = (web.things[each.end(Way.UP)] for each in web.ties(place, Way.UP))
        evidence = _cells(dossier, above) if thing.kind in ENDS else ()
        resting = _refs(below)
        if evidence or resting:
            yield Ties(_anchor(thing), evidence, resting)


def _cells(dossier: Dossier, things: Iterable[Thing]) -> tuple[Ref, ...]:
    """The cells of the items among things: so many items bear on some that naming each tells
    nothing."""
    codes = (dossier.code(thing.id) for thing in things if isinstance(thing.declared, Evidence))
    cells = dict.fromkeys(code.cell for code in codes if code is not None)
    return tuple(Ref(cell, anchored(cell)) for cell in cells)


def _refs(things: Iterable[Thing]) -> tuple[Ref, ...]:
    """Each thing that has a place, once: items by their codes."""
    refs = (_ref(thing) for thing in things)
    return tuple(dict.fromkeys(ref for ref in refs if ref is not None))


def _ref(thing: Thing) -> Ref | None:
    if isinstance(thing.declared, Evidence):
        return Ref(thing.id, anchored(thing.id))
    return Ref(thing.id, _anchor(thing)) if thing.kind in _TOLD else None


def _anchor(thing: Thing) -> str:
    return anchored(thing.id, _PREFIXES.get(thing.kind, ""))
