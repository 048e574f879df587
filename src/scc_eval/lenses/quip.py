"""The QuIP: how sources tie changes to the programme, by name, by its theory or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from scc_eval.lenses import Column, Entry
from scc_eval.lenses.cells import NOTHING
from scc_eval.model.evidence import (
    Attribution,
    Effect,
    Evidence,
    Nature,
    Polarity,
    SourceKind,
    Wording,
)
from scc_eval.settings import Lens

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.languages import Words

_SPOKEN = frozenset({Nature.ACCOUNT, Nature.MECHANISM_ACCOUNT, Nature.OPINION})
_CODES = tuple((attribution, effect) for attribution in Attribution for effect in Effect)


def is_statement(dossier: Dossier, item: Evidence) -> bool:
    """Whether an item is what an informant says of a change: their words or their account, neither
    set aside nor told as context."""
    is_told = item.wording is not Wording.STATEMENT or item.nature in _SPOKEN
    is_used = item.set_aside is None and item.polarity is not Polarity.CONTEXT
    return is_told and is_used and _is_heard(dossier, item)


def _is_heard(dossier: Dossier, item: Evidence) -> bool:
    sources = (dossier.source_named.get(name) for name in item.sources)
    return any(source is not None and source.type is SourceKind.INFORMANT for source in sources)


def is_coded(item: Evidence) -> bool:
    """Whether it is said how a statement ties a change to the programme, and which way."""
    return item.attribution is not None and item.effect is not None


def is_blinded(dossier: Dossier, item: Evidence) -> bool:
    """Whether none of those who say it knew what was being evaluated."""
    sources = (dossier.source_named.get(name) for name in item.sources)
    return all(source is not None and source.blinded for source in sources)


def uncoded(dossier: Dossier) -> Mapping[str, tuple[Evidence, ...]]:
    """The statements that are not coded, by the case they come from."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for cell, items in dossier.by_cell.items():
        found[cell.case] += (
            item for item in items if is_statement(dossier, item) and not is_coded(item)
        )
    return {case: tuple(items) for case, items in found.items() if items}


def look(dossier: Dossier, spoken: Words) -> Iterator[Column]:
    """Statements counted by what they attribute and by effect: each packet, then each claim."""
    own = spoken["quip"]
    packets = (
        Entry(packet.letter, _counted(dossier, dossier.items_in(packet=packet.letter), spoken))
        for packet in dossier.examined_packets
    )
    claims = (
        Entry(claim.id, _counted(dossier, dossier.weigh(claim).all, spoken))
        for claim in dossier.claims
    )
    for part, entries in (("packets", tuple(packets)), ("claims", tuple(claims))):
        heads = (own[part]["head"], *own["heads"].split("|"))
        yield Column(Lens.QUIP, own[part]["title"], own["note"], heads, entries)


def _counted(dossier: Dossier, items: Iterable[Evidence], spoken: Words) -> tuple[str, ...]:
    statements = tuple(item for item in items if is_statement(dossier, item))
    every = Counter(_code(item) for item in statements)
    blind = Counter(_code(item) for item in statements if is_blinded(dossier, item))
    return tuple(_figure(every[code], blind[code], spoken) for code in (*_CODES, None))


def _code(item: Evidence) -> tuple[Attribution | None, Effect | None] | None:
    return (item.attribution, item.effect) if is_coded(item) else None


def _figure(count: int, blinded: int, spoken: Words) -> str:
    if not count:
        return NOTHING
    return str(spoken["quip"]["blinded"]).format(count=count, blinded=blinded)
