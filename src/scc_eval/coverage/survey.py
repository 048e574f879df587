"""A dossier to its coverage: counts, voices and silences, decided once for every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scc_eval.dossier import SECTIONS, Cell, Dossier
from scc_eval.model.evidence import Evidence
from scc_eval.model.theory import Hypothesis, Origin


@dataclass(frozen=True, slots=True)
class Count:
    """What a cell holds: its code, its items, their distinct root sources, the interest groups
    heard and silent."""

    case: str
    code: str
    items: int
    roots: int
    heard: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A packet's section across the cases."""

    packet: str
    section: int
    cells: tuple[Count, ...]

    @property
    def holes(self) -> int:
        """How many cases are silent here."""
        return sum(not cell.items for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Fate:
    """What evidence says of a mechanism or a factor. `state` is `for`, `against`, `both`, `other`
    (nuances or context alone) or `none`; it counts what was collected, and judges nothing."""

    id: str
    kind: str
    title: str
    where: str
    is_emergent: bool
    supports: int
    against: int
    nuances: int
    roots: int
    state: str


@dataclass(frozen=True, slots=True)
class Voices:
    """The interest groups heard and silent in a packet. `unplaced` counts the root sources of no
    known group: a silent group may be among them."""

    packet: str
    heard: tuple[str, ...]
    silent: tuple[str, ...]
    unplaced: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A stakeholder category, the interviews held in it and the root sources of it that evidence
    comes from: people interviewed, and documents of theirs."""

    category: str
    label: str
    interest: str
    interviews: int
    roots: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one evaluation."""

    name: str
    title: str
    cases: tuple[tuple[str, str], ...]
    """Codes and titles of the cases."""
    rows: tuple[Row, ...]
    themes: tuple[tuple[str, Count], ...]
    """What lies outside the three sections: the theme and its count, case by case."""
    fates: tuple[Fate, ...]
    interests: tuple[str, ...]
    voices: tuple[Voices, ...]
    categories: tuple[Heard, ...] = ()

    @property
    def most(self) -> int:
        """The items of the fullest cell, inside the three sections or outside."""
        cells = (cell for row in self.rows for cell in row.cells)
        return max((cell.items for cell in (*cells, *(cell for _, cell in self.themes))), default=0)

    @property
    def holes(self) -> tuple[tuple[Row, Count], ...]:
        """The empty cells, in the order of the theory."""
        return tuple((row, cell) for row in self.rows for cell in row.cells if not cell.items)

    @property
    def bare(self) -> tuple[Fate, ...]:
        """The hypotheses on which nothing bears."""
        return tuple(fate for fate in self.fates if fate.state == "none")


def survey(dossier: Dossier) -> Coverage:
    """Count what the evidence of an evaluation covers."""
    return Coverage(
        dossier.name,
        dossier.settings.title,
        tuple((case.code, case.label) for case in dossier.cases),
        tuple(
            Row(packet.letter, section, _counts(dossier, packet.letter, section))
            for packet in dossier.examined_packets
            for section in SECTIONS
        ),
        tuple(_themes(dossier)),
        tuple(_fates(dossier)),
        dossier.interests,
        tuple(_packet_voices(dossier, packet.letter) for packet in dossier.examined_packets),
        tuple(_categories(dossier)),
    )


def _counts(dossier: Dossier, packet: str, section: int) -> tuple[Count, ...]:
    counts = []
    for case in dossier.cases:
        items = dossier.items_in(case=case.code, packet=packet, section=section)
        counts.append(_count(dossier, case.code, items, _code(dossier, case.code, packet, section)))
    return tuple(counts)


def _code(dossier: Dossier, case: str, packet: str, section: int) -> str:
    declared = dossier.packet_named(packet)
    number = declared.number if declared and declared.number else packet
    token = dossier.grammar.sections[section - 1]
    return dossier.grammar.write(case, number, token) or f"{case} {packet} {section}"


def _count(dossier: Dossier, case: str, items: tuple[Evidence, ...], code: str) -> Count:
    heard, silent = _voices(dossier, items)
    return Count(case, code, len(items), len(dossier.roots_of(items)), heard, silent)


def _voices(
    dossier: Dossier, items: tuple[Evidence, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    heard = dossier.heard(items)
    return heard, tuple(group for group in dossier.interests if group not in heard)


def _packet_voices(dossier: Dossier, packet: str) -> Voices:
    items = dossier.items_in(packet=packet)
    unplaced = [root for root in dossier.roots_of(items) if dossier.interest_of(root) is None]
    return Voices(packet, *_voices(dossier, items), len(unplaced))


def _categories(dossier: Dossier) -> Iterator[Heard]:
    used = tuple(item for item in dossier.evidence if item.set_aside is None)
    declared = (dossier.source_named.get(root) for root in dossier.roots_of(used))
    roots = Counter(source.category for source in declared if source is not None)
    for each in dossier.categories:
        interest = each.interest or each.label
        yield Heard(each.id, each.label, interest, each.interviews, roots[each.id])


def _themes(dossier: Dossier) -> list[tuple[str, Count]]:
    found: list[tuple[str, Count]] = []
    for theme in dossier.grammar.themes:
        for case in dossier.cases:
            for cell, items in dossier.by_cell.items():
                if cell.theme == theme and cell.case == case.code:
                    count = _count(dossier, case.code, items, _code_of(dossier, cell, items))
                    found.append((theme, count))
    return found


def _code_of(dossier: Dossier, cell: Cell, items: tuple[Evidence, ...]) -> str:
    code = dossier.code(items[0].code)
    return code.cell if code else cell.case


def _fates(dossier: Dossier) -> list[Fate]:
    fates: list[Fate] = []
    for packet in dossier.examined_packets:
        fates += [
            _fate(dossier, mechanism, dossier.link_of[mechanism.id].id)
            for mechanism in dossier.mechanisms_of(packet)
        ]
    examined = {packet.letter for packet in dossier.examined_packets}
    for factor in dossier.factors:
        packets = (dossier.packet_at(target) for target in factor.targets)
        if any(packet is not None and packet.letter in examined for packet in packets):
            fates.append(_fate(dossier, factor, ", ".join(factor.targets)))
    return fates


def _fate(dossier: Dossier, hypothesis: Hypothesis, where: str) -> Fate:
    tally = dossier.bearing_on(hypothesis.id)
    if tally.supports and tally.against:
        state = "both"
    elif tally.supports or tally.against:
        state = "for" if tally.supports else "against"
    else:
        state = "other" if tally.all else "none"
    return Fate(
        hypothesis.id,
        hypothesis.kind,
        hypothesis.title,
        where,
        hypothesis.origin is Origin.EMERGENT,
        len(tally.supports),
        len(tally.against),
        len(tally.nuances),
        len(dossier.roots_of(tally.all)),
        state,
    )
