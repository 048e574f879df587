"""Diagnostics as JSON, for other programs. The shape is version 1 and only grows."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.summary import Summary
from scc_eval.places import Location


def as_json(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """One object: `version`, `diagnostics`, `accepted`, `summary`."""
    return json.dumps(document(diagnostics, summary), ensure_ascii=False, indent=2) + "\n"


def document(diagnostics: Sequence[Diagnostic], summary: Summary) -> dict[str, object]:
    """What `as_json` writes, for a command that adds keys of its own.

    Lines and columns count from 1. What stands in a written report has a `passage`: page and
    paragraph (0 where the report has none), headings, part.
    """
    counts = summary.severities(diagnostics)
    figures: dict[str, object] = {figure.name: figure.number for figure in summary.figures}
    return {
        "version": 1,
        "diagnostics": [_described(diagnostic) for diagnostic in diagnostics],
        "accepted": [
            {
                **_described(each.found),
                "waiver": {
                    "author": each.author,
                    "date": each.date,
                    "reason": each.reason,
                    "until": each.until,
                },
            }
            for each in summary.accepted
        ],
        "summary": {
            **{f"{severity.word}s": count for severity, count in counts.items()},
            **figures,
            **{each.name: each.number for each in summary.omitted},
            "evaluations": list(summary.evaluations),
            "muted": list(summary.muted),
        },
    }


def _described(found: Diagnostic) -> dict[str, object]:
    return {
        "code": found.rule.code,
        "name": found.rule.name,
        "severity": found.severity.word,
        "file": found.at.file,
        "line": found.at.line,
        "column": found.at.column,
        "end_line": found.at.end_line,
        "end_column": found.at.end_column,
        **_passage(found.at),
        "message": found.message,
        "fix": found.fix,
        "related": [
            {
                "file": related.at.file,
                "line": related.at.line,
                "column": related.at.column,
                **_passage(related.at),
                "message": related.words,
            }
            for related in found.related
        ],
    }


def _passage(at: Location) -> dict[str, object]:
    return {"passage": at.passage._asdict()} if at.passage else {}
