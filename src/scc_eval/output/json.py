"""Diagnostics as JSON, for other programs. The shape is version 1 and only grows."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.summary import Summary


def as_json(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """One object: `version`, `diagnostics`, `summary`. Lines and columns count from 1."""
    counts = summary.severities(diagnostics)
    document = {
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
            "evaluations": list(summary.evaluations),
            "packets": summary.packets,
            "cases": summary.cases,
            "sources": summary.sources,
            "evidence": summary.evidence,
            "muted": list(summary.muted),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


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
        "message": found.message,
        "fix": found.fix,
        "related": [
            {
                "file": related.at.file,
                "line": related.at.line,
                "column": related.at.column,
                "message": related.words,
            }
            for related in found.related
        ],
    }
