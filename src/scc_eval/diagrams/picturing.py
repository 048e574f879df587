"""A dossier to the picture of its theory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from scc_eval.diagrams import states
from scc_eval.diagrams.view import (
    Arrow,
    Box,
    Factor,
    Factors,
    Frame,
    Mechanism,
    Picture,
    all_boxes,
)
from scc_eval.languages import words as words_of
from scc_eval.lettering import plain
from scc_eval.model import theory
from scc_eval.model.choices import FactorRole

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

MOST_FRAMES, MOST_ARROWS, MOST_BOXES, MOST_BUNDLES = 12, 60, 120, 150
"""Beyond these a picture of the whole shows less, and says so."""

_BLANKS = re.compile(r"\s+")


class UnknownPacket(Exception):
    """The theory has no packet of that letter or number."""


def picture(dossier: Dossier, packet: str | None = None, language: str | None = None) -> Picture:
    """The picture of a theory, or of one packet: with the packets that lead to it and its other
    factors in full. Raises UnknownPacket."""
    spoken = language or dossier.settings.language.value
    painter = _Painter(dossier, spoken)
    return painter.whole() if packet is None else painter.one(packet)


class _Painter:
    """Makes the parts of a picture, each under a key of its own."""

    def __init__(self, dossier: Dossier, language: str) -> None:
        self.dossier = dossier
        self.language = language
        self.words: Any = words_of(language)["diagrams"]
        self.roles: Any = words_of(language)["story"]["roles"]
        self.ends: dict[str, str] = {}
        self.anchors: set[str] = set()
        self.frame_of: dict[str, str] = {}
        self.links: dict[str, theory.Link] = {}

    def whole(self) -> Picture:
        """The whole theory; less of it where it is too large to be read."""
        frames = tuple(self._frame(packet) for packet in self.dossier.packets)
        arrows, notes = self._arrows(self.dossier.links)
        factors = tuple(self._factors(packet, is_whole=False) for packet in self.dossier.packets)
        frames, arrows, left_out = self._lightened(frames, arrows)
        return self._picture(
            "", frames, tuple(filter(None, factors)), arrows, (*left_out, *notes, *self._nested())
        )

    def one(self, name: str) -> Picture:
        """One packet, the packets that lead to it, folded, and its other factors in full."""
        packet = self.dossier.packet_named(name)
        if packet is None:
            raise UnknownPacket(name)
        links = (*self.dossier.links_into(packet), *self.dossier.links_within(packet))
        ordered = tuple(link for link in self.dossier.links if link in links)
        ends = {link.source for link in ordered}
        causes = [self.dossier.packet_at(link.source) for link in ordered]
        frames = tuple(
            self._frame(each, is_shown=True) if each is packet else self._frame(each, kept=ends)
            for each in self.dossier.packets
            if each is packet or any(each is cause for cause in causes)
        )
        arrows, notes = self._arrows(ordered)
        group = self._factors(packet, is_whole=True)
        return self._picture(
            self.frame_of[packet.letter],
            frames,
            (group,) if group else (),
            arrows,
            (*notes, *self._nested(packet)),
        )

    def _picture(
        self,
        shown: str,
        frames: tuple[Frame, ...],
        factors: tuple[Factors, ...],
        arrows: tuple[Arrow, ...],
        notes: tuple[str, ...],
    ) -> Picture:
        named = next((frame for frame in frames if frame.key == shown), None)
        title = plain(self.dossier.theory.title)
        if named is not None:
            kind = "causal" if named.role == theory.PacketKind.CAUSAL else "other"
            title = self.words["packet_titles"][kind].format(letter=named.name, title=named.title)
        lit = states.is_lit(self.dossier)
        return Picture(title, self.language, shown, lit, frames, factors, arrows, notes)

    def _key(self, kind: str, name: str) -> tuple[str, str]:
        """A key and an anchor that nothing else in the picture has."""
        anchor = _BLANKS.sub("-", plain(name))
        stem, count = f"{kind}-{anchor}", 1
        while (key := stem if count == 1 else f"{stem}-{count}") in self.anchors:
            count += 1
        self.anchors.add(key)
        return key, anchor

    def _frame(
        self, packet: theory.Packet, kept: Iterable[str] | None = None, *, is_shown: bool = False
    ) -> Frame:
        key, _ = self._key("packet", packet.letter)
        self.ends.setdefault(packet.letter, key)
        self.frame_of.setdefault(packet.letter, key)
        if packet.number:
            self.ends.setdefault(packet.number, key)
        boxes = tuple(self._box(packet, box, is_alone) for box, is_alone in _kept(packet, kept))
        groups = [each for each in self.dossier.theory.groups if each.id in packet.groups]
        return Frame(
            key,
            key,
            plain(packet.letter),
            plain(packet.title if kept is None else packet.label or packet.title),
            plain(packet.label or packet.title),
            packet.role.value,
            tuple(plain(group.label) for group in groups) if is_shown else (),
            packet.to_be_proven,
            *states.of_packet(self.dossier, packet),
            boxes,
            sum(1 for _ in packet.all_boxes()) - sum(1 for _ in all_boxes(boxes)),
        )

    def _box(self, packet: theory.Packet, box: theory.Box, is_alone: bool = False) -> Box:
        key, anchor = self._key("box", box.id)
        self.ends.setdefault(box.id, key)
        return Box(
            key,
            anchor,
            plain(box.id),
            plain(box.label),
            *states.of_box(self.dossier, packet, box),
            () if is_alone else tuple(self._box(packet, each) for each in box.boxes),
        )

    def _factors(self, packet: theory.Packet, *, is_whole: bool) -> Factors | None:
        declared = self.dossier.factors_on(packet)
        if not declared:
            return None
        key, _ = self._key("factors", packet.letter)
        return Factors(
            key,
            key,
            self.frame_of[packet.letter],
            tuple(self._factor(factor, packet) for factor in declared),
            is_whole,
            *states.together(self.dossier, declared, declared),
        )

    def _factor(self, factor: theory.Factor, packet: theory.Packet) -> Factor:
        key, anchor = self._key("factor", factor.id)
        assessed = self.dossier.assessments_of(factor)
        here = [each for each in assessed if self.dossier.packet_named(each.packet) is packet]
        roles = [each.role for each in here if each.role is not FactorRole.NOT_EXAMINED]
        return Factor(
            key,
            anchor,
            plain(factor.id),
            plain(factor.title),
            plain(factor.text) if factor.label else "",
            tuple(plain(each) for each in factor.targets),
            factor.direction is theory.Direction.HINDERS,
            factor.origin is theory.Origin.EMERGENT,
            factor.excluded is not None,
            tuple(dict.fromkeys(str(self.roles[role.value]) for role in roles)),
            *states.of_hypothesis(self.dossier, factor),
        )

    def _arrows(self, links: Iterable[theory.Link]) -> tuple[tuple[Arrow, ...], tuple[str, ...]]:
        """An arrow for each link whose ends are there, and a note for each other."""
        arrows, notes = [], []
        for link in links:
            if link.source in self.ends and link.target in self.ends:
                arrows.append(self._arrow(link))
            else:
                told = self.words["nowhere"].format(
                    id=plain(link.id), source=plain(link.source), target=plain(link.target)
                )
                notes.append(told)
        return tuple(arrows), tuple(notes)

    def _nested(self, packet: theory.Packet | None = None) -> Iterator[str]:
        """A note for each part of the theory that is told in more detail elsewhere: of all, or
        those that begin or end in a packet."""
        for nested in self.dossier.theory.nested:
            ends = [self.dossier.packet_at(end) for end in (*nested.entry, *nested.exit)]
            if packet is None or any(end is packet for end in ends):
                told = self.words["nested"]
                boxes = sum(1 for box in nested.boxes for _ in box.all())
                title = plain(nested.title)
                yield told.format(title=title, boxes=boxes, links=len(nested.links))

    def _arrow(self, link: theory.Link) -> Arrow:
        key, anchor = self._key("arrow", link.id)
        self.links[key] = link
        return Arrow(
            key,
            anchor,
            plain(link.id),
            plain(link.label or ""),
            self.ends[link.source],
            self.ends[link.target],
            tuple(self._mechanism(each) for each in link.mechanisms),
            link.feedback,
            link.origin is theory.Origin.EMERGENT,
            link.hotspot,
            *states.of_links(self.dossier, (link,)),
        )

    def _mechanism(self, mechanism: theory.Mechanism) -> Mechanism:
        _, anchor = self._key("mechanism", mechanism.id)
        standing = states.of_hypothesis(self.dossier, mechanism)
        return Mechanism(anchor, plain(mechanism.id), plain(mechanism.title), *standing)

    def _lightened(
        self, frames: tuple[Frame, ...], arrows: tuple[Arrow, ...]
    ) -> tuple[tuple[Frame, ...], tuple[Arrow, ...], tuple[str, ...]]:
        """The same where it can be read; else arrows between packets only, and no boxes where
        there are too many."""
        boxes = sum(1 for frame in frames for _ in all_boxes(frame.boxes))
        notes = []
        if len(frames) > MOST_FRAMES or len(arrows) > MOST_ARROWS or boxes > MOST_BOXES:
            arrows = tuple(self._between_packets(frames, arrows))
            notes.append(str(self.words["packets_only"]))
        if len(arrows) > MOST_BUNDLES:
            first = sorted(arrows, key=lambda arrow: -len(arrow.mechanisms))[:MOST_BUNDLES]
            notes.append(self.words["left_out"].format(count=len(arrows) - MOST_BUNDLES))
            arrows = tuple(arrow for arrow in arrows if arrow in first)
        if boxes > MOST_BOXES:
            frames = tuple(
                frame._replace(boxes=(), folded=sum(1 for _ in all_boxes(frame.boxes)))
                for frame in frames
            )
            notes.append(str(self.words["no_boxes"]))
        return frames, arrows, tuple(notes)

    def _between_packets(
        self, frames: tuple[Frame, ...], arrows: tuple[Arrow, ...]
    ) -> Iterator[Arrow]:
        """One arrow for all those from one packet to another."""
        home = {key: frame.key for frame in frames for key in _keys(frame)}
        bundles: dict[tuple[str, str, bool], list[Arrow]] = {}
        for arrow in arrows:
            ends = home[arrow.source], home[arrow.target]
            if ends[0] != ends[1]:
                bundles.setdefault((*ends, arrow.is_feedback), []).append(arrow)
        for (source, target, _), bundle in bundles.items():
            links = [self.links[arrow.key] for arrow in bundle]
            state, items, cases = states.of_links(self.dossier, links)
            yield bundle[0]._replace(
                source=source,
                target=target,
                mechanisms=tuple(each for arrow in bundle for each in arrow.mechanisms),
                state=state,
                items=items,
                cases=cases,
                links=len(bundle),
            )


def _kept(packet: theory.Packet, kept: Iterable[str] | None) -> Iterator[tuple[theory.Box, bool]]:
    """The boxes that a frame shows: all of them, or those that arrows leave, each alone."""
    if kept is None:
        yield from ((box, False) for box in packet.boxes)
    else:
        yield from ((box, True) for box in packet.all_boxes() if box.id in kept)


def _keys(frame: Frame) -> Iterator[str]:
    yield frame.key
    yield from (box.key for box in all_boxes(frame.boxes))
