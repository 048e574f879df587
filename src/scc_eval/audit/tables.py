"""An audit as text, JSON, CSV and Markdown: what a report cites, before what is amiss with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scc_eval.audit.finding import Status
from scc_eval.audit.survey import Audit, Citation
from scc_eval.places import Location, has_lines
from scc_eval.tables import EMPTY, columns, escaped, guarded, markdown, spreadsheet, wrapped

Words = Mapping[str, Any]


def as_text(audits: Sequence[Audit], words: Words) -> str:
    """What each report cites, in a few lines and one table."""
    own = words["audit"]
    blocks = ("\n".join(_told(audit, own)) for audit in audits if not audit.report.problems)
    return "".join(f"{block}\n\n" for block in blocks)


def _told(audit: Audit, own: Words) -> Iterator[str]:
    yield audit.report.name
    for line in _lines(audit, own):
        yield from wrapped(line, "  ", "  ")
    heads, rows = _matrix(audit, own)
    if rows:
        yield from ("", f"  {own['matrix']}")
        yield from columns(heads, rows)


def _lines(audit: Audit, own: Words) -> Iterator[str]:
    """How codes are written, and how many there are."""
    forms = audit.known.grammar.forms
    if not forms:
        yield own["no_grammar"]
        return
    yield own["grammar"].format(forms=", ".join(forms), origin=own["origins"][audit.known.origin])
    counts = {status.value: count for status, count in audit.counts().items()}
    codes = {citation.codes for citation in audit.citations if audit.parsed(citation)}
    yield own["counts"].format(all=len(audit.citations), codes=len(codes), **counts)
    others = {"informants": audit.informants, "documents": audit.documents}
    names = {kind: len({each.raw for each in cited}) for kind, cited in others.items()}
    yield own["others"].format(
        **names,
        **{f"{kind}_times": len(cited) for kind, cited in others.items()},
        names=len(audit.namings),
    )


def _matrix(audit: Audit, own: Words) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """How often each cell is cited: packets and sections by case."""
    cells = audit.cells()
    cases = tuple(dict.fromkeys(case for case, _, _ in cells))
    rows = sorted({(packet, section) for _, packet, section in cells}, key=_after_sections)
    return (
        (own["row"], *cases),
        [
            (
                " · ".join(filter(None, row)),
                *(str(cells.get((case, *row)) or EMPTY) for case in cases),
            )
            for row in rows
        ],
    )


def _after_sections(row: tuple[str, str]) -> tuple[bool, str, str]:
    """Themes come after what lies in sections."""
    return not row[1].isdigit(), *row


def as_csv(audits: Sequence[Audit], words: Words) -> str:
    """One line per citation, name of a case, informant and document, for a spreadsheet."""
    heads = (
        *("report", "kind", "raw", "code", "status", "choices"),
        *("line", "column", "page", "paragraph", "headings", "part", "in_address"),
    )
    return spreadsheet(heads, (row for audit in audits for row in _csv_rows(audit)))


def _csv_rows(audit: Audit) -> Iterator[tuple[object, ...]]:
    for kind, cited in _kinds(audit):
        for each in cited:
            choices = "; ".join(each.codes) if each.status is Status.AMBIGUOUS else ""
            texts = (audit.report.name, kind, " ".join(each.raw.split()), each.code or "")
            yield (
                *map(guarded, (*texts, each.status.value, choices)),
                *_csv_place(each.at),
                "yes" if each.is_address else "",
            )
    for naming in audit.namings:
        texts = (audit.report.name, "case", naming.named.words, naming.named.case)
        status = "exact" if naming.named.has_code else "without code"
        yield (*map(guarded, (*texts, status, "")), *_csv_place(naming.at), "")


def _csv_place(at: Location) -> tuple[object, ...]:
    page, paragraph, headings, part = at.passage or (0, 0, (), "")
    lines = (at.line, at.column) if has_lines(at) else ("", "")
    return *lines, page or "", paragraph or "", guarded(" › ".join(headings)), part


def as_markdown(audits: Sequence[Audit], words: Words) -> str:
    """What each report cites, for a note or a forge."""
    own = words["audit"]
    lines = (line for audit in audits for line in _sections(audit, own))
    return "\n".join(lines) + "\n"


def _sections(audit: Audit, own: Words) -> Iterator[str]:
    yield from (f"# {escaped(audit.report.name)}", "")
    yield from (f"- {escaped(line)}" for line in _lines(audit, own))
    heads, rows = _matrix(audit, own)
    if rows:
        yield from ("", f"## {own['matrix']}", "", *markdown(heads, rows))
    yield ""


def inventory(audits: Sequence[Audit]) -> dict[str, object]:
    """What a document of JSON has of the reports beside the diagnostics: `grammar`, `citations`,
    `cases`, `informants` and `documents`, each with its place. It only grows."""
    return {
        "reports": [_grammar(audit) for audit in audits],
        "citations": [_citation(each) for audit in audits for each in audit.citations],
        "cells": [
            {"report": a.report.name, "case": c, "packet": p or None, "section": s, "times": n}
            for a in audits
            for (c, p, s), n in a.cells().items()
        ],
        "cases": [
            {
                "case": naming.named.case,
                "raw": naming.named.words,
                "has_code": naming.named.has_code,
                "place": _place(naming.at),
            }
            for audit in audits
            for naming in audit.namings
        ],
        "informants": [_citation(each) for audit in audits for each in audit.informants],
        "documents": [_citation(each) for audit in audits for each in audit.documents],
    }


def _grammar(audit: Audit) -> dict[str, object]:
    known = audit.known
    return {
        "report": audit.report.name,
        "origin": known.origin,
        "forms": list(known.grammar.forms),
        "cases": list(known.cases),
        "packets": list(known.packets),
        "sections": list(known.grammar.sections),
        "themes": list(known.grammar.themes),
        "counts": {status.value: count for status, count in audit.counts().items()},
    }


def _citation(each: Citation) -> dict[str, object]:
    found: dict[str, object] = {
        "code": each.code,
        "raw": each.raw,
        "status": each.status.value,
        "place": _place(each.at),
        "in_address": each.is_address,
    }
    return found | ({"choices": list(each.codes)} if each.status is Status.AMBIGUOUS else {})


def _place(at: Location) -> dict[str, object]:
    page, paragraph, headings, part = at.passage or (0, 0, (), "")
    is_lined = has_lines(at)
    return {
        "file": at.file,
        "line": at.line if is_lined else None,
        "column": at.column if is_lined else None,
        "page": page or None,
        "paragraph": paragraph or None,
        "headings": list(headings),
        "part": part or None,
    }


def _kinds(audit: Audit) -> Iterable[tuple[str, tuple[Citation, ...]]]:
    yield "code", audit.citations
    yield "informant", audit.informants
    yield "document", audit.documents
