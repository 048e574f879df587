"""Writer files (`.odt`) to paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scc_eval.places import Location
from scc_eval.reports._archives import Refused
from scc_eval.reports._writer_line import Unread
from scc_eval.reports._writer_package import open_writer
from scc_eval.reports._writer_walk import Walk
from scc_eval.reports.paragraphs import Hidden, Report


def read(path: Path, name: str) -> Report:
    """Read a Writer file. Whatever keeps it from being read comes back as one problem."""
    try:
        walk = Walk(open_writer(path))
    except Refused as refused:
        return Report(name, problems=(refused.problem(name),))
    report = Report(name, tuple(written.paragraph for written in walk.paragraphs()))
    return report._replace(hidden=tuple(_hidden(report, walk.unread)))


def _hidden(report: Report, unread: Iterable[Unread]) -> Iterator[Hidden]:
    by_kind: dict[str, list[Unread]] = {}
    for item in unread:
        by_kind.setdefault(item.kind, []).append(item)
    for kind, items in by_kind.items():
        yield Hidden(kind, len(items), _place(report, items[0]))


def _place(report: Report, item: Unread) -> Location:
    if item.paragraph < len(report.paragraphs):
        return report.place(item.paragraph, item.begin, item.begin)
    return Location(report.name)
