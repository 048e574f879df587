"""The coverage as text, JSON, Markdown and CSV. Holes come first in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scc_eval.coverage.survey import Count, Coverage, Fate, Row

_NONE = "·"
_ORDER = ("none", "against", "both", "other", "for")


def as_json(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """Every count, for other programs. Version 1; it only grows."""
    document = {
        "version": 1,
        "evaluations": [
            {
                "name": each.name,
                "title": each.title,
                "holes": [cell.code for _, cell in each.holes],
                "cells": [
                    {"packet": row.packet, "section": row.section, **asdict(cell)}
                    for row in each.rows
                    for cell in row.cells
                ],
                "themes": [{"theme": theme, **asdict(cell)} for theme, cell in each.themes],
                "hypotheses": [asdict(fate) for fate in each.fates],
                "interests": [asdict(voices) for voices in each.voices],
            }
            for each in surveys
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """One line per cell, then one per hypothesis, holes first; for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        (
            *("evaluation", "kind", "packet", "section", "case", "code", "items", "roots"),
            *("supports", "against", "nuances", "state", "title", "heard", "silent"),
        )
    )
    for each in surveys:
        writer.writerows(_csv_rows(each))
    return text.getvalue()


def _csv_rows(each: Coverage) -> Iterator[tuple[object, ...]]:
    cells = [("cell", row.packet, row.section, cell) for row in each.rows for cell in row.cells]
    themes = [("theme", "", theme, cell) for theme, cell in each.themes]
    for kind, packet, section, cell in sorted((*cells, *themes), key=lambda row: row[3].items > 0):
        state = "none" if not cell.items else ""
        counts = (cell.items, cell.roots, "", "", "", state, "")
        voices = ("; ".join(cell.heard), "; ".join(cell.silent))
        yield each.name, kind, packet, section, cell.case, _guarded(cell.code), *counts, *voices
    for fate in _fates(each):
        where = (each.name, fate.kind, fate.where, "", "", _guarded(fate.id))
        figures = ("", fate.roots, fate.supports, fate.against, fate.nuances, fate.state)
        yield *where, *figures, _guarded(fate.title), "", ""


def _guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_markdown(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """Tables for a note or a wiki."""
    return "\n".join(line for each in surveys for line in _markdown(each, words["coverage"])) + "\n"


def _markdown(each: Coverage, words: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {_safe(each.title)}"
    yield ""
    yield f"## {words['holes']}"
    yield ""
    found = tuple(holes(each, words))
    yield from (f"- {_safe(hole)}" for hole in found or (words["no_holes"],))
    yield from ("", f"## {words['matrix']}", "", words["legend"], "")
    heads = (words["row"], *(f"{_safe(label)} ({code})" for code, label in each.cases))
    yield from _table(heads, matrix_rows(each, words))
    if each.themes:
        yield from ("", f"## {words['themes']}", "")
        yield from _table((words["code"], words["cell"]), theme_rows(each))
    yield from ("", f"## {words['fates']}", "")
    yield from _table(words["fate_columns"].split("|"), iter(fate_rows(each, words)))
    yield from ("", f"## {words['voices']}", "")
    yield from _table(words["voice_columns"].split("|"), voice_rows(each))
    yield ""


def _table(heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(_safe(value) for value in row) + " |"


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def as_text(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """Plain tables for a terminal or a pipe."""
    return "\n".join(line for each in surveys for line in _text(each, words["coverage"])) + "\n"


def _text(each: Coverage, words: Mapping[str, Any]) -> Iterator[str]:
    yield each.title
    yield "=" * len(each.title)
    yield ""
    yield words["holes"]
    for hole in tuple(holes(each, words)) or (words["no_holes"],):
        yield f"  {hole}"
    yield from ("", words["matrix"])
    heads = (words["row"], *(code for code, _ in each.cases))
    yield from _columns(heads, list(matrix_rows(each, words)))
    yield f"  {words['legend']}"
    if each.themes:
        yield from ("", words["themes"])
        yield from _columns((words["code"], words["cell"]), list(theme_rows(each)))
    yield from ("", words["fates"])
    yield from _columns(words["fate_columns"].split("|"), fate_rows(each, words))
    yield from ("", words["voices"])
    yield from _columns(words["voice_columns"].split("|"), list(voice_rows(each)))
    yield ""


def _columns(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in (tuple(heads), *rows)) for i in range(len(heads))]
    for row in (tuple(heads), *rows):
        cells = (value.ljust(width) for value, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def holes(each: Coverage, words: Mapping[str, Any]) -> Iterator[str]:
    """What is empty: cells first, then hypotheses on which nothing bears."""
    for row, cell in each.holes:
        yield words["hole"].format(code=cell.code, row=_row_name(row, words))
    for fate in each.bare:
        yield words[f"bare_{fate.kind}"].format(id=fate.id, title=fate.title, where=fate.where)


def _row_name(row: Row, words: Mapping[str, Any]) -> str:
    return f"{row.packet}·{row.section} {words['sections'].split('|')[row.section - 1]}"


def matrix_rows(each: Coverage, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The matrix: packet and section, then a cell per case."""
    for row in each.rows:
        yield (_row_name(row, words), *(_cell(cell) for cell in row.cells))


def _cell(cell: Count) -> str:
    return f"{cell.items}/{cell.roots}" if cell.items else _NONE


def theme_rows(each: Coverage) -> Iterator[tuple[str, ...]]:
    """The cells outside the three sections."""
    for _, cell in each.themes:
        yield cell.code, _cell(cell)


def _fates(each: Coverage) -> list[Fate]:
    return sorted(each.fates, key=lambda fate: _ORDER.index(fate.state))


def fate_rows(each: Coverage, words: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The mechanisms and factors, those without evidence first."""
    return list(_fate_rows(each, words))


def _fate_rows(each: Coverage, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for fate in _fates(each):
        emergent = f" ({words['emergent']})" if fate.is_emergent else ""
        counts = (fate.supports, fate.against, fate.nuances, fate.roots)
        figures = tuple(str(count) if count else _NONE for count in counts)
        yield fate.id, fate.where, words["states"][fate.state], *figures, fate.title + emergent


def voice_rows(each: Coverage) -> Iterator[tuple[str, ...]]:
    """Packet by packet, who is heard and who is silent."""
    for voices in each.voices:
        heard, silent = ", ".join(voices.heard), ", ".join(voices.silent)
        yield voices.packet, heard or _NONE, silent or _NONE, str(voices.unplaced or _NONE)
