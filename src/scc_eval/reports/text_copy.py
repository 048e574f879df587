"""A copy of a text or Markdown file with repairs, and links where it is Markdown.

All else stays as it is, byte for byte. Neither kind has a place for comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scc_eval.reports import plain
from scc_eval.reports._sources import Lines
from scc_eval.reports._splicing import check, source_again, spliced
from scc_eval.reports.copying import CannotCopy, Edit
from scc_eval.reports.paragraphs import Report


def copy(path: Path, report: Report, edits: Sequence[Edit]) -> bytes:
    """The bytes of a copy with the edits made in it. Raises CannotCopy."""
    source = source_again(path)
    lines = Lines(source.text)
    if path.suffix.lower() == ".md":
        from scc_eval.reports import markdown

        traced = markdown.trace(source.text, lines).paragraphs
        edits = [edit._replace(comments=()) for edit in edits]
    else:
        traced = plain.trace(source.text, lines).paragraphs
        edits = [edit._replace(address=None) for edit in edits]
    check(report, (one.text for one in traced))
    try:
        return source.written(spliced(source.text, traced, edits))
    except UnicodeEncodeError as error:
        raise CannotCopy(f"{source.encoding} has no {error.object[error.start]}") from error
