"""What rests on one thing alone: on one root source, on one item or code, on one claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.model.evidence import Evidence
from scc_eval.trails.web import Way

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier, Voice
    from scc_eval.trails.web import Tie, Web

_BASES = ("source", "evidence item", "claim", "assertion", "key point", "conclusion")
"""What something can rest on alone."""
RESTING = ("claim", "assertion", "key point", "conclusion", "recommendation", "lesson")
"""What can rest on something alone."""
_BASIS = ("rests_on", "cites", "leads_to")


def resting_alone(dossier: Dossier, web: Web, starts: tuple[int, ...]) -> tuple[int, ...] | None:
    """What would be left with nothing behind it if some things were not there; None where they are
    things that nothing rests on in that way.

    Behind a claim stands what supports it; behind all else, whatever it cites. An item stands with
    its root sources: what a source repeats is not its own.
    """
    if not all(web.things[start].kind in _BASES for start in starts):
        return None
    ground = _Ground(dossier, web, starts)
    below = (place for place in web.walk(starts, Way.DOWN) if place not in starts)
    return tuple(p for p in below if web.things[p].kind in RESTING and ground.is_all_of(p))


class _Ground:
    """Some things, and what rests on them alone."""

    def __init__(self, dossier: Dossier, web: Web, starts: tuple[int, ...]) -> None:
        self._dossier = dossier
        self._web = web
        self._starts = frozenset(starts)
        sources = tuple(start for start in starts if web.things[start].kind == "source")
        self._spoken = tuple(
            tuple(frozenset(self._sources_from(source, way)) for way in (Way.DOWN, Way.UP))
            for source in sources
        )
        self._items: dict[int, bool | None] = {}

    def _sources_from(self, source: int, way: Way) -> Iterator[str]:
        """A source with those that repeat it, or with those that it repeats."""
        for place in self._web.walk((source,), way):
            if self._web.things[place].kind == "source":
                yield self._web.things[place].id

    def is_all_of(self, place: int) -> bool:
        """Whether all that stands behind a thing is among those things, or comes from them."""
        seen = {place}
        ahead = [place]
        is_met = False
        while ahead:
            here = ahead.pop()
            is_of = self._is_of(here)
            if is_of is False:
                return False
            is_met = is_met or is_of is True
            if is_of is None:
                found = {tie.upper for tie in self._basis(here)} - seen
                seen |= found
                ahead.extend(found)
        return is_met

    def _basis(self, place: int) -> Iterator[Tie]:
        is_claim = self._web.things[place].kind == "claim"
        for tie in self._web.ties(place, Way.UP):
            is_item = self._web.things[tie.upper].kind == "evidence item"
            if (is_claim and is_item and tie.polarity == "supports") or (
                not is_claim and tie.relation in _BASIS
            ):
                yield tie

    def _is_of(self, place: int) -> bool | None:
        """Whether something is among those things or comes from them alone; None where that
        depends on what it rests on."""
        if place in self._starts:
            return True
        item = self._web.things[place].declared
        if not isinstance(item, Evidence):
            return None
        if place not in self._items:
            self._items[place] = self._is_item_of(item)
        return self._items[place]

    def _is_item_of(self, item: Evidence) -> bool | None:
        if item.set_aside is not None or not self._spoken:
            return None if item.set_aside is not None else False
        voices = self._dossier.voices((item,))
        return all(self._is_spoken(voice) for voice in voices) if voices else None

    def _is_spoken(self, voice: Voice) -> bool:
        return any(
            voice.source in repeating and voice.root in repeated
            for repeating, repeated in self._spoken
        )
