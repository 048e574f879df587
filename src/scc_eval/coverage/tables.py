"""The coverage as JSON, Markdown and CSV. Holes come first in each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scc_eval.coverage.survey import Count, Coverage, Fate, Row
from scc_eval.languages import words_of
from scc_eval.tables import EMPTY, escaped, guarded, markdown, spreadsheet

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
                "categories": [asdict(heard) for heard in each.categories],
            }
            for each in surveys
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """One line per cell, then one per hypothesis, holes first; for a spreadsheet."""
    heads = (
        *("evaluation", "kind", "packet", "section", "case", "code", "items", "roots"),
        *("supports", "against", "nuances", "state", "title", "heard", "silent"),
    )
    return spreadsheet(heads, (row for each in surveys for row in _csv_rows(each)))


def _csv_rows(each: Coverage) -> Iterator[tuple[object, ...]]:
    cells = [("cell", row.packet, row.section, cell) for row in each.rows for cell in row.cells]
    themes = [("theme", "", theme, cell) for theme, cell in each.themes]
    for kind, packet, section, cell in sorted((*cells, *themes), key=lambda row: row[3].items > 0):
        state = "none" if not cell.items else ""
        counts = (cell.items, cell.roots, "", "", "", state, "")
        voices = ("; ".join(cell.heard), "; ".join(cell.silent))
        yield each.name, kind, packet, section, cell.case, guarded(cell.code), *counts, *voices
    for fate in in_order(each):
        where = (each.name, fate.kind, fate.where, "", "", guarded(fate.id))
        figures = ("", fate.roots, fate.supports, fate.against, fate.nuances, fate.state)
        yield *where, *figures, guarded(fate.title), "", ""


def as_markdown(surveys: Sequence[Coverage], words: Mapping[str, Any]) -> str:
    """Tables for a note or a wiki."""
    return "\n".join(line for each in surveys for line in _lines(each, words)) + "\n"


def _lines(each: Coverage, spoken: Mapping[str, Any]) -> Iterator[str]:
    words = spoken["coverage"]
    yield f"# {escaped(each.title)}"
    yield ""
    yield f"## {words['holes']}"
    yield ""
    found = tuple(_holes(each, words))
    own = words_of("coverage", spoken["summary"]["language"])
    told = found or (nothing_empty(each, words, own),)
    yield from (f"- {escaped(hole)}" for hole in told)
    yield from ("", f"## {words['matrix']}", "", words["legend"], "")
    heads = (words["row"], *(f"{escaped(label)} ({code})" for code, label in each.cases))
    yield from markdown(heads, matrix_rows(each, words))
    if each.themes:
        yield from ("", f"## {words['themes']}", "")
        yield from markdown((words["code"], words["cell"]), theme_rows(each))
    yield from ("", f"## {words['fates']}", "")
    yield from markdown(words["fate_columns"].split("|"), fate_rows(each, words))
    if each.categories:
        yield from ("", f"## {own['categories']}", "")
        yield from markdown(own["category_columns"].split("|"), category_rows(each))
    yield from ("", f"## {words['voices']}", "")
    yield from markdown(words["voice_columns"].split("|"), voice_rows(each))
    yield ""


def _holes(each: Coverage, words: Mapping[str, Any]) -> Iterator[str]:
    """What is empty: cells first, then hypotheses on which nothing bears."""
    for row, cell in each.holes:
        yield words["hole"].format(code=cell.code, row=row_name(row, words))
    yield from bare(each, words)


def bare(each: Coverage, words: Mapping[str, Any]) -> Iterator[str]:
    """The hypotheses on which nothing bears."""
    for fate in each.bare:
        yield words[f"bare_{fate.kind}"].format(id=fate.id, title=fate.title, where=fate.where)


def nothing_empty(each: Coverage, words: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """What is said where no hole is found: there is none, or nothing that could have one."""
    if each.rows and each.cases:
        return str(words["no_holes"])
    return str(own["no_cases" if each.rows else "no_packets"])


def row_name(row: Row, words: Mapping[str, Any]) -> str:
    """A packet and one of its sections, with its word."""
    return f"{row.packet}·{row.section} {words['sections'].split('|')[row.section - 1]}"


def matrix_rows(each: Coverage, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The matrix: packet and section, then a cell per case."""
    for row in each.rows:
        yield (row_name(row, words), *(_cell(cell) for cell in row.cells))


def _cell(cell: Count) -> str:
    return f"{cell.items}/{cell.roots}" if cell.items else EMPTY


def theme_rows(each: Coverage) -> Iterator[tuple[str, ...]]:
    """The cells outside the three sections."""
    for _, cell in each.themes:
        yield cell.code, _cell(cell)


def in_order(each: Coverage) -> list[Fate]:
    """The mechanisms and factors, those without evidence first."""
    return sorted(each.fates, key=lambda fate: _ORDER.index(fate.state))


def fate_rows(each: Coverage, words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The rows of the mechanisms and factors."""
    for fate in in_order(each):
        emergent = f" ({words['emergent']})" if fate.is_emergent else ""
        counts = (fate.supports, fate.against, fate.nuances, fate.roots)
        figures = tuple(str(count) if count else EMPTY for count in counts)
        yield fate.id, fate.where, words["states"][fate.state], *figures, fate.title + emergent


def category_rows(each: Coverage) -> Iterator[tuple[str, ...]]:
    """Category by category, the interviews held and the root sources that evidence comes from."""
    for heard in each.categories:
        counts = (str(count or EMPTY) for count in (heard.interviews, heard.roots))
        yield heard.label, heard.interest, *counts


def voice_rows(each: Coverage) -> Iterator[tuple[str, ...]]:
    """Packet by packet, who is heard and who is silent."""
    for voices in each.voices:
        heard, silent = ", ".join(voices.heard), ", ".join(voices.silent)
        yield voices.packet, heard or EMPTY, silent or EMPTY, str(voices.unplaced or EMPTY)
