"""What evidence cards can be filtered by, and the marks by which a card is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from scc_eval.dossier import SECTIONS
from scc_eval.model.evidence import Nature, Polarity
from scc_eval.site.view import Asked
from scc_eval.story.scribe import Scribe
from scc_eval.story.view import Card, CellView, Monograph, Ref, Story

_NAMES = ("packet", "section", "case", "category", "nature", "polarity")


class Facets(NamedTuple):
    """The choices that cards can be filtered by, and the marks of each value: `marks` is by the
    name of a choice and its value."""

    asked: tuple[Asked, ...]
    marks: Mapping[tuple[str, str], str]

    def of(self, monograph: Monograph, cell: CellView, card: Card) -> str:
        """The marks of a card, with spaces between."""
        values = _values(monograph, cell, card)
        return " ".join(self.marks[value] for value in values if value in self.marks)


def find_facets(scribe: Scribe, story: Story) -> Facets:
    """The choices of an evaluation, each with the options that some card has."""
    counts = Counter(
        value
        for monograph in story.monographs
        for cell in monograph.cells
        for card in cell.cards
        for value in _values(monograph, cell, card)
    )
    marks: dict[tuple[str, str], str] = {}
    asked: list[Asked] = []
    labels = _labels(scribe)
    for initial, name in enumerate(_NAMES):
        options: list[tuple[str, str, int]] = []
        for value, label in labels[name]:
            if counts[name, value] and (name, value) not in marks:
                mark = f"{'abcdef'[initial]}{len(options)}"
                marks[name, value] = mark
                options.append((mark, label, counts[name, value]))
        if len(options) > 1:
            asked.append(Asked(name, str(scribe.words["site"][name]), tuple(options)))
    return Facets(tuple(asked), marks)


def _values(monograph: Monograph, cell: CellView, card: Card) -> Iterator[tuple[str, str]]:
    yield "packet", cell.packet
    yield "section", str(cell.section or "")
    yield "case", monograph.code
    yield from (("category", category) for category in card.categories)
    yield "nature", card.nature
    yield "polarity", card.side


def _labels(scribe: Scribe) -> Mapping[str, Iterable[tuple[str, str]]]:
    """The values of each choice, in the order in which they are offered, with their labels."""
    dossier, words = scribe.dossier, scribe.words
    other: Any = words["site"]["other"]
    return {
        "packet": [
            *(
                (p.letter, f"{p.letter}. {scribe.text(p.label or p.title)}")
                for p in dossier.packets
            ),
            ("", other),
        ],
        "section": [
            *((str(n), f"{n}. {words['sections'][str(n)]['title']}") for n in SECTIONS),
            ("", other),
        ],
        "case": [(case.code, scribe.text(case.label)) for case in dossier.cases],
        "category": [(each.id, scribe.text(each.label)) for each in dossier.categories],
        "nature": [*((n.value, words["natures"][n.value]) for n in Nature), ("", other)],
        "polarity": [(p.value, words["polarities"][p.value]) for p in Polarity],
    }


def cited_whole(cell: CellView) -> tuple[Ref, ...]:
    """What cites every card of a cell: its code was cited, not one of its items."""
    if len(cell.cards) < 2:
        return ()
    first, *others = (card.cited_by for card in cell.cards)
    return tuple(ref for ref in first if all(ref in other for other in others))


def sides(cell: CellView) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The cards of a cell: those for or beside the point, and those against it or nuancing it."""
    against = ("against", "nuances")
    return (
        tuple(card for card in cell.cards if card.side not in against),
        tuple(card for card in cell.cards if card.side in against),
    )
