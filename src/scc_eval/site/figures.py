"""A dossier to the charts of its site: who was heard, what is covered, what stands behind claims,
and when it was collected. They count what the dossier counts, by the thresholds it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from scc_eval.charts import (
    Bar,
    Bars,
    Cell,
    Chart,
    Head,
    Heat,
    Row,
    Span,
    Timeline,
    as_figure,
    as_table,
)
from scc_eval.coverage import survey
from scc_eval.coverage.survey import Count
from scc_eval.dossier import Dossier
from scc_eval.model.evidence import Side, SourceKind
from scc_eval.site.captions import Address, Captioner, captioner
from scc_eval.site.dates import Calendar, dated, spread
from scc_eval.site.standing import triangulation
from scc_eval.story.scribe import anchored


class Drawn(NamedTuple):
    """A chart for a page: its title, what it shows in a sentence or two, its picture as SVG, the
    heads and rows of its numbers."""

    title: str
    told: str
    svg: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Charts(Mapping[str, Drawn | None]):
    """The charts of an evaluation by name (`interviews`, `coverage`, `triangulation`, `timeline`),
    each drawn when it is asked for; None where there is nothing to show."""

    def __init__(self, dossier: Dossier, language: str, address: Address) -> None:
        self._asked = dossier, language, address
        self._drawn: dict[str, Drawn | None] = {}

    def __getitem__(self, name: str) -> Drawn | None:
        if name not in self._drawn:
            chart = _FIGURES[name](*self._asked)
            self._drawn[name] = chart and Drawn(
                chart.title, chart.told, as_figure(chart, f"{name}-chart-"), *as_table(chart)
            )
        return self._drawn[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_FIGURES)

    def __len__(self) -> int:
        return len(_FIGURES)


def draw(dossier: Dossier, language: str, address: Address) -> Mapping[str, Drawn | None]:
    """The charts of an evaluation in a language, their links by `address`."""
    return Charts(dossier, language, address)


def interviews(dossier: Dossier, language: str, address: Address) -> Bars | None:
    """The interviews of each stakeholder category, by interest group, marked by the side of the
    category; and its sources that are cited."""
    teller = captioner(dossier, language, "interviews")
    heard = survey(dossier).categories
    if not any(each.interviews for each in heard):
        return None
    side_of = {category.id: category.side for category in dossier.categories}
    sides = [side for side in Side if side in {side_of[each.category] for each in heard}]
    groups = list(dict.fromkeys(each.interest for each in heard))
    text = teller.scribe.text
    rows = tuple(
        Bar(
            text(each.label),
            tuple(each.interviews if side_of[each.category] is side else 0 for side in sides),
            told=teller.say("sides", side_of[each.category].value),
            under=text(each.interest),
            beside=str(each.roots),
        )
        for each in sorted(heard, key=lambda each: groups.index(each.interest))
    )
    most = max(heard, key=lambda each: each.interviews)
    total = sum(each.interviews for each in heard)
    told = [teller.say("told", count=total, most=text(most.label), share=most.interviews)]
    if silent := [text(each.label) for each in heard if not each.interviews]:
        told.append(teller.say("unheard", names=teller.names(silent)))
    return Bars(
        teller.say("title"),
        " ".join(told),
        rows,
        tuple(teller.say("sides", side.value) for side in sides),
        teller.say("category"),
        teller.say("interviews"),
        teller.say("interest"),
        teller.say("cited"),
    )


def coverage(dossier: Dossier, language: str, address: Address) -> Heat | None:
    """The evidence of each section of a packet in each case; cells lead to their codes, where the
    story has any, and rows to their sections."""
    teller = captioner(dossier, language, "coverage")
    found = survey(dossier)
    cells = [cell for row in found.rows for cell in row.cells]
    if not cells:
        return None
    packets = {packet.letter: teller.packet(packet) for packet in dossier.examined_packets}
    codes = _codes(dossier)
    rows = tuple(
        Row(
            f"{row.section} {teller.scribe.word('sections', str(row.section), 'title')}",
            tuple(
                _cell(teller, cell, codes.get((cell.case, row.packet, row.section)), address)
                for cell in row.cells
            ),
            address(anchored(f"{row.packet}-{row.section}", "section-")),
            under=packets[row.packet],
        )
        for row in found.rows
    )
    return Heat(
        teller.say("title"),
        _holes(teller, cells),
        tuple(
            Head(code, teller.scribe.text(label), address(anchored(code, "case-")))
            for code, label in found.cases
        ),
        rows,
        *(teller.say(word) for word in ("section", "cells", "hole", "packet")),
    )


def _codes(dossier: Dossier) -> Mapping[tuple[str, str | None, int | None], str]:
    """The code that each case, packet and section go by in the story: that of their first item,
    which may be written otherwise than the survey writes it."""
    codes: dict[tuple[str, str | None, int | None], str] = {}
    for item in dossier.evidence:
        code, cell = dossier.code(item.code), dossier.cell(item.code)
        if code is not None and cell is not None:
            codes.setdefault((cell.case, cell.packet, cell.section), code.cell)
    return codes


def _cell(teller: Captioner, cell: Count, code: str | None, address: Address) -> Cell:
    text = f"{cell.items}/{cell.roots}"
    if code is None or not cell.items:
        return Cell(0, text, told=teller.say("empty", code=cell.code))
    items, roots = teller.counted("item", cell.items), teller.counted("root", cell.roots)
    told = teller.say("cell", code=code, items=items, roots=roots)
    return Cell(cell.items, text, address(anchored(code)), told)


def _holes(teller: Captioner, cells: list[Count]) -> str:
    """The empty cells, before what the others hold."""
    holes = [cell.code for cell in cells if not cell.items]
    held = [cell.items for cell in cells if cell.items]
    if not held:
        return teller.say("all", count=len(cells))
    facts = {"count": len(cells), "least": min(held), "most": max(held)}
    if not holes:
        return teller.say("none", **facts)
    return teller.say("some", holes=len(holes), codes=teller.names(holes), **facts)


def timeline(dossier: Dossier, language: str, address: Address) -> Timeline | None:
    """The items in use by date, each item once, and by what their sources are."""
    teller = captioner(dossier, language, "timeline")
    used = (item for item in dossier.evidence if item.set_aside is None)
    found = [dated(dossier, item) for item in used]
    calendar = spread(each.date for each in found if each.date)
    if calendar is None:
        return None
    present = {each.kind for each in found}
    kinds = [kind for kind in (*SourceKind, None) if kind in present]
    tally = Counter((calendar.place(each.date) if each.date else None, each.kind) for each in found)

    def values(place: int | None) -> tuple[int, ...]:
        return tuple(tally[place, kind] for kind in kinds)

    undated = sum(values(None))
    unit = "month" if calendar.is_monthly else "year"
    begins = min(f"{each.date.year:04}" for each in found if each.date)
    first = begins if calendar.is_cut else calendar.name(calendar.first)
    last = calendar.name(calendar.last)
    return Timeline(
        teller.say("title"),
        teller.say(
            "told",
            unit=teller.say("units", unit),
            period=first if first == last else f"{first}–{last}",
            dated=len(found) - undated,
            undated=undated,
        ),
        tuple(_spans(teller, calendar, values)),
        tuple(teller.say("kinds", kind.value if kind else "unknown") for kind in kinds),
        teller.say("heads", unit),
        teller.say("items"),
        Span(teller.say("undated"), values(None)) if undated else None,
    )


def _spans(
    teller: Captioner, calendar: Calendar, values: Callable[[int], tuple[int, ...]]
) -> Iterator[Span]:
    """The stretches of a calendar: months with the year below them, years alone."""
    if calendar.is_cut:
        place = calendar.first - 1
        name = teller.say("earlier", last=calendar.name(place))
        yield Span(name, values(place), f"≤ {calendar.name(place)}")
    for place in range(calendar.first, calendar.last + 1):
        name = calendar.name(place)
        year, _, month = name.partition("-")
        yield Span(name, values(place), month.lstrip("0") or year, year if month else "")


_FIGURES: Mapping[str, Callable[[Dossier, str, Address], Chart | None]] = {
    "interviews": interviews,
    "coverage": coverage,
    "triangulation": triangulation,
    "timeline": timeline,
}
