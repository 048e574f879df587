"""What may be asked of the evidence."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from scc_eval.codes import Code, Grammar
from scc_eval.dossier._theory import TheoryIndex
from scc_eval.model.evidence import Case, Category, Evidence, Polarity, Source
from scc_eval.project import Project
from scc_eval.settings import Settings

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


class EvidenceIndex(TheoryIndex):
    """The evidence of an evaluation, indexed by code, cell, source and what it bears on."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.settings = project.settings or Settings.model_construct(
            title=project.name, theory=project.name
        )
        self.grammar: Grammar = self.settings.grammar()
        self.categories: tuple[Category, ...] = project.section("categories")
        self.sources: tuple[Source, ...] = project.section("sources")
        self.cases: tuple[Case, ...] = project.section("cases")
        self.evidence: tuple[Evidence, ...] = project.section("evidence")

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
        if text not in self._named:
            self._named[text] = self._by_place.get(self._place(text), ())
        return self._named[text]

    @cached_property
    def _named(self) -> dict[str, tuple[Evidence, ...]]:
        return {}

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

    def sources_of(self, item: Evidence) -> tuple[str, ...]:
        """The sources of an item; where it names none, the monograph of its case."""
        if item.sources:
            return item.sources
        monograph = self.monograph_of(item)
        return (monograph,) if monograph else ()

    def monograph_of(self, item: Evidence) -> str | None:
        """The source that tells the case of an item as a whole."""
        cell = self.cell(item.code)
        return self.case_named[cell.case].monograph if cell else None

    def roots(self, item: Evidence) -> frozenset[str]:
        """The root sources of an item: what its sources repeat, followed to the end."""
        return frozenset(
            root for source in self.sources_of(item) for root in self._roots_of(source)
        )

    def roots_of(self, items: tuple[Evidence, ...]) -> frozenset[str]:
        """The distinct root sources of several items."""
        return frozenset(
            root
            for item in items
            for source in self.sources_of(item)
            for root in self._roots_of(source)
        )

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
    def circles_of_sources(self) -> tuple[tuple[Source, ...], ...]:
        """The sources that repeat each other, each circle once, by their names."""
        found = dict[tuple[str, ...], tuple[Source, ...]]()
        for source in self.sources:
            circle = tuple(
                other
                for name in sorted(self._upstream(source.id))
                if (other := self.source_named.get(name)) and source.id in self._upstream(name)
            )
            if len(circle) > 1 or source.id in source.derived_from:
                found.setdefault(tuple(other.id for other in circle), circle)
        return tuple(found.values())

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
