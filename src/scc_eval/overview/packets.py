"""A packet on a few lines: its verdict, its claims, its evidence, the fate of what it supposes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scc_eval.coverage.heat import bar, shade
from scc_eval.fitting import Line, Span, flowing, padded, paragraph, width_of
from scc_eval.languages import words, words_of

if TYPE_CHECKING:
    from scc_eval.coverage.survey import Row
    from scc_eval.overview.records import Examined, Overview, Share, Verdict

DOT = " · "
"""What stands between pieces of a line."""
_BAR = 6
_TOGETHER = 24
"""Signs of cases in one piece."""
_COLLECTING, _TELLING = 3, 4
"""The stages from which evidence and judgements are looked for."""

Words = Mapping[str, Any]


def counted(own: Words, name: str, count: int) -> str:
    """A number with its noun; none is singular in French."""
    one, many = own["counts"][name].split("|")
    return f"{count} {one if count == 1 or (not count and own['zero'] == 'one') else many}"


def draw_packet(packet: Examined, whole: Overview, language: str, width: int) -> Iterator[Line]:
    """A packet of an overview, each line after its label; what its stage does not look for yet is
    only shown where it is there."""
    own = words_of("overview", language)
    yield from paragraph(packet.title, width, "title")
    wide = max(width_of(label) for label in own["labels"].values()) + 2
    for name, pieces in _rows(packet, whole, own, words(language)["story"]):
        label = Span(padded(own["labels"][name], wide), "label")
        gap = "  " if name == "cells" else DOT
        for line in flowing(pieces, width - wide, gap):
            yield (label, *line)
            label = Span(" " * wide)


def shows_cells(packet: Examined, whole: Overview) -> bool:
    """Whether the cells of a packet are shown."""
    return bool(packet.cells and (packet.items or whole.stage >= _COLLECTING))


def _rows(
    packet: Examined, whole: Overview, own: Words, story: Words
) -> Iterator[tuple[str, Sequence[Line]]]:
    is_collecting, is_telling = whole.stage >= _COLLECTING, whole.stage >= _TELLING
    if packet.verdicts or is_telling:
        yield "verdict", list(_verdicts(packet.verdicts, own, story))
    if packet.statuses or is_telling:
        yield "claims", list(_claims(packet, own, story))
    if packet.items or is_collecting:
        yield "evidence", list(_evidence(packet, own))
    if shows_cells(packet, whole):
        yield "cells", [piece for row in packet.rows for piece in _section(row, whole.most)]
    yield "mechanisms", list(_share(packet.mechanisms, own, whole.stage))
    yield "factors", list(_share(packet.factors, own, whole.stage))


def _verdicts(verdicts: Sequence[Verdict], own: Words, story: Words) -> Iterator[Line]:
    if not verdicts:
        yield (Span(own["no_verdict"], "warn"),)
    for verdict in verdicts:
        confidence = own["confidence"].format(word=story["confidences"].get(verdict.confidence))
        given = {
            "no_form": story["forms"].get(verdict.form),
            "no_status": story["statuses"].get(verdict.status),
            "no_confidence": confidence if verdict.confidence else None,
        }
        for gap, word in given.items():
            yield (Span(word or own[gap], "given" if word else "warn"),)


def _claims(packet: Examined, own: Words, story: Words) -> Iterator[Line]:
    if not packet.statuses:
        yield (Span(own["no_claims"], "warn"),)
    for status, count in packet.statuses:
        word, look = (story["statuses"][status], "given") if status else (own["no_status"], "warn")
        yield (Span(own["claims"].format(word=word, count=count), look),)


def _evidence(packet: Examined, own: Words) -> Iterator[Line]:
    yield (Span(counted(own, "items", packet.items), "" if packet.items else "bad"),)
    yield (Span(counted(own, "roots", packet.roots)),)
    if packet.cells:
        count = len(packet.holes)
        key = "no_holes" if not count else "holes_one" if count == 1 else "holes_many"
        told = own[key].format(count=count, cells=packet.cells)
        yield (Span(told, "warn" if count else "good"),)


def _section(row: Row, most: int) -> Iterator[Line]:
    """The number of a section, a sign for each case and how many items it has in all; the signs
    of many cases in several pieces."""
    signs = [shade(cell.items, most) for cell in row.cells]
    parts = [signs[n : n + _TOGETHER] for n in range(0, len(signs), _TOGETHER)]
    parts[0].insert(0, Span(f"{row.section} ", "dim"))
    parts[-1].append(Span(f" {sum(cell.items for cell in row.cells)}"))
    yield from map(tuple, parts)


def _share(share: Share, own: Words, stage: int) -> Iterator[Line]:
    if not share.all:
        yield (Span(own["none_declared"], "dim"),)
        return
    if stage < _COLLECTING and not (share.evidenced or share.fated or share.told):
        yield (Span(own["declared"].format(count=share.all)),)
    if share.evidenced or stage >= _COLLECTING:
        yield _measured(own["evidenced"], share.evidenced, share.all)
    if share.fated or stage >= _TELLING:
        yield _measured(own["fated"], share.fated, share.all)
    if share.told:
        yield (Span(own["told"].format(count=share.told)),)


def _measured(label: str, part: int, whole: int) -> Line:
    return (Span(f"{label} "), *bar(part, whole, _BAR), Span(f" {part}/{whole}"))
