"""One evaluation, indexed: every question that a rule or a story may ask is a method here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.codes import Code, Grammar
from scc_eval.files import Location
from scc_eval.model.base import Declaration
from scc_eval.model.evidence import Case, Category, Evidence, Polarity, Source
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
from scc_eval.project import Project
from scc_eval.settings import Settings

if TYPE_CHECKING:
    from scc_eval.model.judgement import Challenge, Claim, RivalAssessment, Verdict, Waiver
    from scc_eval.model.telling import (
        Assertion,
        Conclusion,
        Impact,
        KeyPoint,
        Lesson,
        PanelComment,
        Recommendation,
        Theme,
    )

SECTIONS = (1, 2, 3)


class Cell(NamedTuple):
    """Where an item lies: a case, and a packet's section or a theme."""

    case: str
    packet: str | None
    section: int | None
    theme: str | None


class Tally(NamedTuple):
    """What speaks for, against and about a thing: items, each once."""

    supports: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    nuances: tuple[Evidence, ...] = ()
    context: tuple[Evidence, ...] = ()

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Every item, whatever it says."""
        return (*self.supports, *self.against, *self.nuances, *self.context)


class Dossier:
    """One evaluation with its indexes. It answers; it never changes."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.name = project.name
        self.settings = project.settings or Settings.model_construct(
            title=project.name, theory=project.name
        )
        self.theory = project.theory or Theory.model_construct(id=project.name, title=project.name)
        self.is_evaluation = project.settings is not None
        self.grammar: Grammar = self.settings.grammar()
        self.blind = project.blind
        self.categories: tuple[Category, ...] = project.section("categories")
        self.sources: tuple[Source, ...] = project.section("sources")
        self.cases: tuple[Case, ...] = project.section("cases")
        self.evidence: tuple[Evidence, ...] = project.section("evidence")
        self.claims: tuple[Claim, ...] = project.section("claims")
        self.rivals: tuple[RivalAssessment, ...] = project.section("rivals")
        self.verdicts: tuple[Verdict, ...] = project.section("verdicts")
        self.challenges: tuple[Challenge, ...] = project.section("challenges")
        self.waivers: tuple[Waiver, ...] = project.section("waivers")
        self.themes: tuple[Theme, ...] = project.section("story")
        self.key_points: tuple[KeyPoint, ...] = project.section("key_points")
        self.panel_comments: tuple[PanelComment, ...] = project.section("panel_comments")
        self.impacts: tuple[Impact, ...] = project.section("impacts")
        self.conclusions: tuple[Conclusion, ...] = project.section("conclusions")
        self.recommendations: tuple[Recommendation, ...] = project.section("recommendations")
        self.lessons: tuple[Lesson, ...] = project.section("lessons")

    # The theory.

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
        linked = {item.id: item for link in self.links for item in link.hypotheses}
        return linked | {factor.id: factor for factor in self.factors}

    @cached_property
    def link_of(self) -> Mapping[str, Link]:
        """The link of each mechanism, assumption or risk, by its id."""
        return {item.id: link for link in self.links for item in link.hypotheses}

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

    # The evidence.

    @cached_property
    def misplaced_codes(self) -> tuple[tuple[Location, str], ...]:
        """Every code written anywhere that names no cell, with its place: malformed codes, and
        those of cases, packets or sections that are not declared."""
        cell = self.cell
        items = ((item, "code", None, item.code) for item in self.evidence)
        return tuple(
            (who.at(field, index), text)
            for who, field, index, text in (*items, *self.citations)
            if cell(text) is None
        )

    def code(self, text: str) -> Code | None:
        """A code taken apart by the grammar of the evaluation."""
        return self.grammar.parse(text)

    def repairs(self, text: str) -> tuple[str, ...]:
        """The codes a damaged one can stand for."""
        return self.grammar.repairs(text, self._case_names, self._packet_tokens)

    @cached_property
    def _case_names(self) -> tuple[str, ...]:
        return tuple(case.code for case in self.cases)

    @cached_property
    def _packet_tokens(self) -> tuple[str, ...]:
        return tuple(packet.number or packet.letter for packet in self.packets)

    def cell(self, text: str) -> Cell | None:
        """The cell a code names, if case, packet, section and theme are all declared."""
        if text not in self._cells:
            self._cells[text] = self._find_cell(text)
        return self._cells[text]

    @cached_property
    def _cells(self) -> dict[str, Cell | None]:
        return {}

    def _find_cell(self, text: str) -> Cell | None:
        code = self.code(text)
        if code is None or code.case not in self.case_named:
            return None
        packet = self.packet_named(code.packet) if code.packet is not None else None
        section = self.grammar.section_number(code.section)
        if (
            (code.packet is not None and packet is None)
            or (code.section is not None and section is None)
            or (code.theme is not None and code.theme not in self.grammar.themes)
        ):
            return None
        return Cell(code.case, packet.letter if packet else None, section, code.theme)

    @cached_property
    def case_named(self) -> Mapping[str, Case]:
        """The cases by their code."""
        return {case.code: case for case in self.cases}

    @cached_property
    def source_named(self) -> Mapping[str, Source]:
        """The sources by their id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def category_named(self) -> Mapping[str, Category]:
        """The stakeholder categories by their id."""
        return {category.id: category for category in self.categories}

    @cached_property
    def by_cell(self) -> Mapping[Cell, tuple[Evidence, ...]]:
        """The items of each cell, without those set aside, in the order of files."""
        found: dict[Cell, list[Evidence]] = defaultdict(list)
        for item in self.evidence:
            if item.set_aside is None and (cell := self.cell(item.code)) is not None:
                found[cell].append(item)
        return {cell: tuple(items) for cell, items in found.items()}

    def items_in(
        self, *, case: str | None = None, packet: str | None = None, section: int | None = None
    ) -> tuple[Evidence, ...]:
        """The items of all cells that have that case, packet and section, where one is given."""
        return tuple(
            item
            for cell, items in self.by_cell.items()
            if (case is None or cell.case == case)
            and (packet is None or cell.packet == packet)
            and (section is None or cell.section == section)
            for item in items
        )

    def items_named(self, text: str) -> tuple[Evidence, ...]:
        """The items a code names: one item, or all those of a cell."""
        return self._by_place.get(self._place(text), ())

    def _place(self, text: str) -> tuple[Cell | str, str | None]:
        """The cell and the item a code names; a packet's letter and number name the same."""
        code, cell = self.code(text), self.cell(text)
        return (cell, code.item) if code and cell else (text, None)

    @cached_property
    def _by_place(self) -> Mapping[tuple[Cell | str, str | None], tuple[Evidence, ...]]:
        found: dict[tuple[Cell | str, str | None], list[Evidence]] = defaultdict(list)
        for item in self.evidence:
            cell, name = self._place(item.code)
            found[cell, None].append(item)
            if name is not None:
                found[cell, name].append(item)
        return {place: tuple(items) for place, items in found.items()}

    @cached_property
    def _by_target(self) -> Mapping[str, Tally]:
        found: dict[str, dict[Polarity, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        for item, bearings in self.bearings:
            if item.set_aside is None:
                for target, polarity in dict.fromkeys(bearings):
                    found[target][polarity].append(item)
        return {
            target: Tally(
                tuple(sides[Polarity.SUPPORTS]),
                tuple(sides[Polarity.AGAINST]),
                tuple(sides[Polarity.NUANCES]),
                tuple(sides[Polarity.CONTEXT]),
            )
            for target, sides in found.items()
        }

    @cached_property
    def bearings(self) -> tuple[tuple[Evidence, tuple[tuple[str, Polarity], ...]], ...]:
        """Each item with the ids it bears on, and what it does to each."""
        return tuple((item, item.bearings()) for item in self.evidence)

    def bearing_on(self, target: str) -> Tally:
        """What bears on a box, a mechanism, an assumption, a risk or a factor."""
        return self._by_target.get(target, Tally())

    def roots(self, item: Evidence) -> frozenset[str]:
        """The root sources of an item: what its sources repeat, followed to the end."""
        return frozenset(root for source in item.sources for root in self._roots_of(source))

    def roots_of(self, items: tuple[Evidence, ...]) -> frozenset[str]:
        """The distinct root sources of several items."""
        return frozenset(root for item in items for root in self.roots(item))

    def _roots_of(self, source: str) -> frozenset[str]:
        """Where following what a source repeats comes to an end: a source that repeats nothing, or
        of sources that repeat each other, the first by name."""
        if source not in self._root_memory:
            self._root_memory[source] = frozenset(
                min(self._upstream(name))
                for name in self._upstream(source)
                if all(name in self._upstream(other) for other in self._upstream(name))
            )
        return self._root_memory[source]

    @cached_property
    def _root_memory(self) -> dict[str, frozenset[str]]:
        return {}

    def _upstream(self, source: str) -> frozenset[str]:
        """A source and all it repeats, near or far."""
        if source not in self._upstream_memory:
            seen: set[str] = set()
            ahead = [source]
            while ahead:
                here = ahead.pop()
                if here not in seen:
                    seen.add(here)
                    declared = self.source_named.get(here)
                    ahead.extend(declared.derived_from if declared else ())
            self._upstream_memory[source] = frozenset(seen)
        return self._upstream_memory[source]

    @cached_property
    def _upstream_memory(self) -> dict[str, frozenset[str]]:
        return {}

    def interest_of(self, source: str) -> str | None:
        """The interest group of a source: its own, its category's, or its category itself."""
        declared = self.source_named.get(source)
        if declared is None:
            return None
        if declared.interest:
            return declared.interest
        category = self.category_named.get(declared.category or "")
        return (category.interest or category.label) if category else None

    @cached_property
    def interests(self) -> tuple[str, ...]:
        """Every interest group of the register, in its order."""
        named = [category.interest or category.label for category in self.categories]
        own = [source.interest for source in self.sources if source.interest]
        return tuple(dict.fromkeys((*named, *own)))

    def heard(self, items: tuple[Evidence, ...]) -> tuple[str, ...]:
        """The interest groups heard in those items, in the order of the register."""
        spoken = {self.interest_of(root) for root in self.roots_of(items)}
        return tuple(interest for interest in self.interests if interest in spoken)

    # The judgement and the telling.

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """Every assertion of the story and of the impacts."""
        told = [assertion for theme in self.themes for assertion in theme.assertions]
        seen = [assertion for impact in self.impacts for assertion in impact.assertions]
        return (*told, *seen)

    @cached_property
    def all_key_points(self) -> tuple[KeyPoint, ...]:
        """Every key point, those below others after them."""
        return tuple(point for top in self.key_points for point in _points(top))

    @cached_property
    def citations(self) -> tuple[tuple[Declaration, str, int, str], ...]:
        """Every place that cites evidence: who cites, in which field, at which index, what."""
        citing: tuple[Assertion | Claim | RivalAssessment, ...] = (
            *self.assertions,
            *self.claims,
            *self.rivals,
        )
        resting: tuple[KeyPoint | Conclusion | Lesson, ...] = (
            *self.all_key_points,
            *self.conclusions,
            *self.lessons,
        )
        return (
            *((who, "evidence", i, text) for who in citing for i, text in enumerate(who.evidence)),
            *(
                (who, "rests_on", i, text)
                for who in resting
                for i, text in enumerate(who.rests_on)
                if text not in self.told_ids
            ),
        )

    @cached_property
    def told_ids(self) -> frozenset[str]:
        """The ids of what is judged and told: a key point or a conclusion may rest on them."""
        told: tuple[Declaration, ...] = (
            *self.claims,
            *self.assertions,
            *self.all_key_points,
            *self.conclusions,
        )
        kinds = {"claim", "assertion", "key point", "conclusion"}
        stubs = {stub.name for stub in self.project.stubs if stub.kind in kinds and stub.name}
        return frozenset({declared.name for declared in told} | stubs)

    @cached_property
    def cited_items(self) -> frozenset[str]:
        """The codes of the items that something told rests on."""
        return frozenset(
            item.code for *_, text in self.citations for item in self.items_named(text)
        )

    def is_stub(self, kind: str, name: str) -> bool:
        """Whether a declaration of that kind and name was written but could not be taken."""
        return (kind, name) in self._stub_names

    @cached_property
    def _stub_names(self) -> frozenset[tuple[str, str | None]]:
        return frozenset((stub.kind, stub.name) for stub in self.project.stubs)

    @cached_property
    def stub_cells(self) -> frozenset[Cell]:
        """The cells of evidence that was written but could not be taken."""
        cells = (
            self.cell(stub.name)
            for stub in self.project.stubs
            if stub.kind == "evidence item" and stub.name
        )
        return frozenset(cell for cell in cells if cell is not None)


def _points(point: KeyPoint) -> Iterator[KeyPoint]:
    yield point
    for below in point.points:
        yield from _points(below)


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
