"""Diagnostics as a Code Quality report, which GitLab shows in a merge request."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scc_eval.diagnostics import Diagnostic, Severity
from scc_eval.output.keys import keys
from scc_eval.output.passages import message, on_one_line, remedy
from scc_eval.output.summary import Summary
from scc_eval.places import has_lines

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """A list of issues: an error is major, a warning minor, a note info.

    Fingerprints stay when lines move, so that GitLab tells old issues from new ones. GitLab wants a
    path and a line of each: `.` and 1 where there is none.
    """
    issues = [
        {
            "description": _description(found, summary),
            "check_name": f"{found.rule.code} {found.rule.name}",
            "fingerprint": key,
            "severity": _SEVERITIES[found.severity],
            "location": {
                "path": summary.repository_path(found.at.file),
                "lines": {"begin": found.at.line if has_lines(found.at) else 1},
            },
        }
        for found, key in zip(diagnostics, keys(diagnostics, summary.known or ()), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _description(found: Diagnostic, summary: Summary) -> str:
    return on_one_line(f"{message(found, summary.words)} · {remedy(found, summary.words)}")
