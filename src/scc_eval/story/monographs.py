"""The monographs: each case's evidence, cell by cell, anchored by code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from scc_eval.dossier import Cell
from scc_eval.model.evidence import Case, Evidence
from scc_eval.story import view
from scc_eval.story.scribe import Scribe, anchored


def tell_monographs(scribe: Scribe, packet: str | None = None) -> tuple[view.Monograph, ...]:
    """The monograph of each case, of one packet or of all."""
    citing = _citing(scribe)
    return tuple(_monograph(scribe, case, packet, citing) for case in scribe.dossier.cases)


def _monograph(
    scribe: Scribe, case: Case, packet: str | None, citing: Mapping[str, list[str]]
) -> view.Monograph:
    cells = sorted(
        (
            (cell, items)
            for cell, items in _all_cells(scribe).items()
            if cell.case == case.code and (packet is None or cell.packet == packet)
        ),
        key=lambda pair: _order(scribe, pair[0]),
    )
    return view.Monograph(
        case.code,
        scribe.text(case.label),
        anchored(case.code, "case-"),
        scribe.text(case.question),
        scribe.text(case.text),
        tuple(_cell(scribe, cell, items, citing) for cell, items in cells),
    )


def _all_cells(scribe: Scribe) -> Mapping[Cell, list[Evidence]]:
    """Every item by cell, those set aside too: what is left out must be seen to be."""
    found: dict[Cell, list[Evidence]] = defaultdict(list)
    for item in scribe.dossier.evidence:
        if (cell := scribe.dossier.cell(item.code)) is not None:
            found[cell].append(item)
    return found


def _order(scribe: Scribe, cell: Cell) -> tuple[int, int, str]:
    letters = [packet.letter for packet in scribe.dossier.packets]
    place = letters.index(cell.packet) if cell.packet in letters else len(letters)
    return place, cell.section or 4, cell.theme or ""


def _cell(
    scribe: Scribe, cell: Cell, items: list[Evidence], citing: Mapping[str, list[str]]
) -> view.CellView:
    code = scribe.dossier.code(items[0].code)
    name = code.cell if code else items[0].code
    cards = tuple(_card(scribe, item, name, citing) for item in items)
    title = scribe.cell_title(cell)
    return view.CellView(name, anchored(name), title, cards, cell.packet or "", cell.section)


def _card(scribe: Scribe, item: Evidence, cell: str, citing: Mapping[str, list[str]]) -> view.Card:
    tags = [scribe.choice("wordings", item.wording), scribe.choice("natures", item.nature)]
    return view.Card(
        item.code,
        # Items that share the code of their cell are found under it.
        anchored(item.code) if item.code != cell else "",
        scribe.text(item.text),
        tuple(tag for tag in tags if tag),
        tuple(scribe.source_ref(source) for source in item.sources),
        scribe.refs(name for name, _ in item.bearings()),
        scribe.refs(citing.get(item.code, ())),
        item.polarity.value,
        scribe.choice("polarities", item.polarity) or "",
        scribe.text(item.set_aside),
        scribe.text(item.locator),
        item.nature.value if item.nature else "",
        tuple(dict.fromkeys(_categories(scribe, item))),
    )


def _categories(scribe: Scribe, item: Evidence) -> Iterator[str]:
    for name in item.sources:
        source = scribe.dossier.source_named.get(name)
        if source is not None and source.category:
            yield source.category


def _citing(scribe: Scribe) -> Mapping[str, list[str]]:
    """The assertions and claims that cite each item, or its cell."""
    found: dict[str, list[str]] = defaultdict(list)
    for declared, _, _, text in scribe.dossier.citations:
        for item in scribe.dossier.items_named(text):
            if declared.name not in found[item.code] and declared.name in scribe.anchors:
                found[item.code].append(declared.name)
    return found
