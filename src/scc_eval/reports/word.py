"""Word files (`.docx`) to paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scc_eval.places import Location
from scc_eval.reports._archives import Obstacle, Refused
from scc_eval.reports._word_package import open_word
from scc_eval.reports._word_walk import Unread, Walk
from scc_eval.reports.paragraphs import Hidden, Report


def read(path: Path, name: str) -> Report:
    """Read a Word file. Whatever keeps it from being read comes back as one problem."""
    try:
        walk = Walk(open_word(path))
        report = Report(name, tuple(written.paragraph for written in walk.paragraphs()))
    except Refused as refused:
        return Report(name, problems=(refused.problem(name),))
    except RecursionError:
        return Report(name, problems=(Refused(Obstacle.DAMAGED).problem(name),))
    return report._replace(hidden=tuple(_hidden(report, walk.unread)))


def _hidden(report: Report, unread: Iterable[Unread]) -> Iterator[Hidden]:
    by_kind: dict[str, list[Unread]] = {}
    for item in unread:
        by_kind.setdefault(item.kind, []).append(item)
    for kind, items in by_kind.items():
        yield Hidden(kind, len(items), _place(report, items[0]))


def _place(report: Report, item: Unread) -> Location:
    if not report.paragraphs:
        return Location(report.name)
    if item.paragraph < len(report.paragraphs):
        return report.place(item.paragraph, item.begin, item.begin)
    end = len(report.paragraphs[-1].text)
    return report.place(len(report.paragraphs) - 1, end, end)
