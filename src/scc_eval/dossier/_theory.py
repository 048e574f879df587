"""What may be asked of a theory of change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from scc_eval.model.theory import (
    Box,
    Factor,
    Hypothesis,
    Link,
    Mechanism,
    Packet,
    PacketKind,
    Question,
    Theory,
)

if TYPE_CHECKING:
    from scc_eval.project import Project


class TheoryIndex:
    """A theory of change, indexed."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.theory = project.theory or Theory.model_construct(id=project.name, title=project.name)

    @property
    def packets(self) -> tuple[Packet, ...]:
        """The packets, in the order of the theory."""
        return self.theory.packets

    @property
    def questions(self) -> tuple[Question, ...]:
        """The evaluation questions."""
        return self.theory.questions

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the theory."""
        return self.theory.links

    @cached_property
    def all_links(self) -> tuple[Link, ...]:
        """The links of the theory, and of the theories nested in it."""
        return (*self.links, *(link for nested in self.theory.nested for link in nested.links))

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The other contributing factors."""
        return self.theory.factors

    @cached_property
    def examined_packets(self) -> tuple[Packet, ...]:
        """The causal packets that the evaluation sets out to examine."""
        return tuple(
            packet
            for packet in self.packets
            if packet.role is PacketKind.CAUSAL and packet.to_be_proven
        )

    @cached_property
    def boxes(self) -> Mapping[str, Box]:
        """Every box by its id."""
        return {box.id: box for packet in self.packets for box in packet.all_boxes()}

    def boxes_in_order(self) -> Iterator[Box]:
        """Every box as written, even where two share an id."""
        for packet in self.packets:
            yield from packet.all_boxes()

    @cached_property
    def packet_of_box(self) -> Mapping[str, Packet]:
        """The packet each box is in, by the id of the box."""
        return {box.id: packet for packet in self.packets for box in packet.all_boxes()}

    @cached_property
    def hypotheses(self) -> Mapping[str, Hypothesis]:
        """Mechanisms, assumptions, risks and factors by their id."""
        linked = {item.id: item for link in self.all_links for item in link.hypotheses}
        return linked | {factor.id: factor for factor in self.factors}

    @cached_property
    def link_of(self) -> Mapping[str, Link]:
        """The link of each mechanism, assumption or risk, by its id."""
        return {item.id: link for link in self.all_links for item in link.hypotheses}

    def packet_named(self, name: str) -> Packet | None:
        """The packet of that letter or number."""
        return self._packet_names.get(name)

    @cached_property
    def _packet_names(self) -> Mapping[str, Packet]:
        names = {packet.number: packet for packet in self.packets if packet.number}
        return names | {packet.letter: packet for packet in self.packets}

    def packet_at(self, end: str) -> Packet | None:
        """The packet that a link's end or a factor's target is, or lies in."""
        return self.packet_named(end) or self.packet_of_box.get(end)

    def boxes_at(self, end: str) -> frozenset[str]:
        """The boxes that a name stands for: a box with those in it, or all those of a packet."""
        if end in self.boxes:
            return frozenset(box.id for box in self.boxes[end].all())
        packet = self.packet_named(end)
        return frozenset(box.id for box in packet.all_boxes()) if packet else frozenset()

    def links_into(self, packet: Packet) -> tuple[Link, ...]:
        """The links that reach a packet, or a box in it, from outside."""
        return tuple(
            link
            for link in self.links
            if self.packet_at(link.target) is packet and self.packet_at(link.source) is not packet
        )

    def links_within(self, packet: Packet) -> tuple[Link, ...]:
        """The links between boxes of a packet."""
        return tuple(
            link
            for link in self.links
            if self.packet_at(link.target) is packet and self.packet_at(link.source) is packet
        )

    @cached_property
    def examined_links(self) -> tuple[Link, ...]:
        """The links that reach a packet the evaluation sets out to examine, or a box in it."""
        examined = {packet.letter for packet in self.examined_packets}
        ends = ((link, self.packet_at(link.target)) for link in self.links)
        return tuple(link for link, end in ends if end is not None and end.letter in examined)

    def mechanisms_of(self, packet: Packet) -> tuple[Mechanism, ...]:
        """The mechanisms by which something is supposed to bring about a packet's change."""
        links = (*self.links_into(packet), *self.links_within(packet))
        return tuple(mechanism for link in links for mechanism in link.mechanisms)

    def factors_on(self, packet: Packet) -> tuple[Factor, ...]:
        """The other factors that bear on a packet or on a box in it."""
        return tuple(
            factor
            for factor in self.factors
            if any(self.packet_at(target) is packet for target in factor.targets)
        )

    @cached_property
    def cycles(self) -> tuple[tuple[Link, ...], ...]:
        """Loops of links none of which is declared a feedback, each once, from packet to packet
        or from box to box."""
        edges: dict[tuple[str, str], Link] = {}
        for link in self.links:
            if not link.feedback:
                edges.setdefault((link.source, link.target), link)
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for source, target in edges:
            sorter.add(target, source)
        try:
            sorter.prepare()
        except CycleError:
            return tuple(_cycles(edges))
        return ()

    def reaches(self, start: str) -> frozenset[str]:
        """The packets and boxes that can be reached from a packet or box along the links."""
        forward: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            for source in self._spread(link.source):
                forward[source].update(self._spread(link.target))
        seen: set[str] = set()
        ahead = list(self._spread(start))
        while ahead:
            here = ahead.pop()
            if here not in seen:
                seen.add(here)
                ahead.extend(forward[here])
        return frozenset(seen)

    def _spread(self, end: str) -> frozenset[str]:
        """An end of a link with the boxes it holds and the packet it lies in."""
        if end in self.boxes:
            packet = self.packet_of_box[end]
            return frozenset({box.id for box in self.boxes[end].all()} | {packet.letter})
        if packet_there := self.packet_named(end):
            return frozenset({box.id for box in packet_there.all_boxes()} | {packet_there.letter})
        return frozenset({end})


def _cycles(edges: Mapping[tuple[str, str], Link]) -> Iterator[tuple[Link, ...]]:
    import networkx  # only a theory with a loop pays for it

    graph: networkx.DiGraph[str] = networkx.DiGraph(list(edges))
    place = {node: index for index, node in enumerate(graph)}
    circles = []
    for nodes in networkx.simple_cycles(graph):
        first = nodes.index(min(nodes, key=place.__getitem__))
        circles.append(nodes[first:] + nodes[:first])
    for nodes in sorted(circles, key=lambda nodes: [place[node] for node in nodes]):
        yield tuple(edges[pair] for pair in zip(nodes, (*nodes[1:], nodes[0]), strict=True))
