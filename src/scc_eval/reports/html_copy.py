"""A copy of a web page with repairs, links, and marks that say comments.

All else stays as it is, byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scc_eval.reports import html
from scc_eval.reports._splicing import check, source_again, spliced
from scc_eval.reports._traced import Outline
from scc_eval.reports.copying import Edit
from scc_eval.reports.paragraphs import Report


def copy(path: Path, report: Report, edits: Sequence[Edit]) -> bytes:
    """The bytes of a copy with the edits made in it. Raises CannotCopy."""
    source = source_again(path, html.ENCODING)
    traced = html.trace(source.text, Outline()).paragraphs
    check(report, (one.text for one in traced))
    return source.written(spliced(source.text, traced, edits), "xmlcharrefreplace")
