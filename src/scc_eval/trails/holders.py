"""What stands on a trail for all that it holds: a case, a code, a link, a packet, a heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.places import NOWHERE, Location
from scc_eval.trails.nodes import Node

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.trails.web import Web


class Reference(NamedTuple):
    """What was asked for: one thing, or all that a holder holds. Where there is no head, the first
    of the starts is one."""

    kind: str
    id: str
    starts: tuple[int, ...]
    head: Node | None = None


class _Held(NamedTuple):
    """The words of a holder, what it holds and where it is declared."""

    words: str
    held: Sequence[Declaration]
    at: Location = NOWHERE


def refer(dossier: Dossier, web: Web, kind: str, name: str) -> Reference:
    """What a kind and an id mean. A packet and a heading stand for themselves too; where an id was
    given twice, it means both."""
    if kind not in HOLDERS:
        starts = web.things.named(kind, name)
        if kind in _HOLDING:
            held = map(web.things.place, _HOLDING[kind](dossier, name))
            return Reference(kind, name, tuple(dict.fromkeys((*starts, *held))))
        return Reference(kind, name, starts, _head(kind, name) if len(starts) > 1 else None)
    words, held_here, at = HOLDERS[kind](dossier, name)
    starts = tuple(map(web.things.place, held_here))
    return Reference(kind, name, starts, _head(kind, name, words, at))


def _head(kind: str, name: str, words: str = "", at: Location = NOWHERE) -> Node:
    return Node(f"{kind}:{name}", kind, name, " ".join(words.split()), at=at)


def _case(dossier: Dossier, name: str) -> _Held:
    case = dossier.case_named[name]
    cells = ((item, dossier.cell(item.code)) for item in dossier.evidence)
    items = tuple(item for item, cell in cells if cell is not None and cell.case == name)
    return _Held(case.label, items, case.at())


def _category(dossier: Dossier, name: str) -> _Held:
    category = dossier.category_named[name]
    sources = tuple(source for source in dossier.sources if source.category == name)
    return _Held(category.label, sources, category.at())


def _link(dossier: Dossier, name: str) -> _Held:
    link = next(link for link in dossier.all_links if link.id == name)
    held = tuple(dossier.hypotheses[each.id] for each in link.hypotheses)
    return _Held(link.label or f"{link.source} → {link.target}", held, link.at())


def _code(dossier: Dossier, text: str) -> _Held:
    cell = dossier.cell(text)
    packet = dossier.packet_named(cell.packet or "") if cell else None
    theme = dossier.settings.codes.themes.get(cell.theme or "") if cell else None
    case = dossier.case_named[cell.case].label if cell else None
    words = " · ".join(part for part in (case, packet.title if packet else None, theme) if part)
    return _Held(words, dossier.items_named(text))


HOLDERS: Mapping[str, Callable[[Dossier, str], _Held]] = {
    "case": _case,
    "category": _category,
    "code": _code,
    "link": _link,
}
"""Kinds that are no end of a trail, each with what finds what it holds."""


def _in_packet(dossier: Dossier, letter: str) -> Iterator[Declaration]:
    """The boxes and hypotheses of a packet, and what is claimed and told of it."""
    for packet in filter(None, (dossier.packet_named(letter),)):
        yield from (dossier.boxes[box.id] for box in packet.all_boxes())
        for link in (*dossier.links_into(packet), *dossier.links_within(packet)):
            yield from (dossier.hypotheses[each.id] for each in link.hypotheses)
        yield from (dossier.hypotheses[factor.id] for factor in dossier.factors_on(packet))
        for told in (*dossier.claims, *dossier.assertions, *dossier.all_key_points):
            if dossier.packet_told.get(told.name) == letter:
                yield told


def _under_heading(dossier: Dossier, title: str) -> Iterator[Declaration]:
    yield from (a for theme in dossier.themes if theme.title == title for a in theme.assertions)


_HOLDING: Mapping[str, Callable[[Dossier, str], Iterator[Declaration]]] = {
    "packet": _in_packet,
    "theme": _under_heading,
}
"""Kinds that others are tied to and that hold others as well."""
