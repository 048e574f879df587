"""When evidence was said, written or seen, by month or by year as its dates allow."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from scc_eval.dossier import Dossier
from scc_eval.model.evidence import Evidence, SourceKind

_MOST_MONTHS, _MOST_YEARS = 16, 20
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


class Date(NamedTuple):
    """A year, and a month if it is known."""

    year: int
    month: int | None


class Dated(NamedTuple):
    """The date of an item, and what the source is that it is of; None where that is not known."""

    date: Date | None
    kind: SourceKind | None


class Calendar(NamedTuple):
    """Months or years without gaps, by number: years as they are, months from the year 0 on. Where
    years go too far back, those before the first stand together in one stretch before it."""

    is_monthly: bool
    first: int
    last: int
    is_cut: bool

    def place(self, date: Date) -> int:
        """The number of the month or the year; one before the first for all that is earlier."""
        number = date.year * 12 + (date.month or 1) - 1 if self.is_monthly else date.year
        return max(number, self.first - 1)

    def name(self, number: int) -> str:
        """A month as 2024-03, a year as 2024."""
        if not self.is_monthly:
            return f"{number:04}"
        return f"{number // 12:04}-{number % 12 + 1:02}"


def read(text: str) -> Date | None:
    """A year, a month or a day written as 2015, 2015-11 or 2015-11-03; None for anything else."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        datetime.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return Date(year or 0, month)


def dated(dossier: Dossier, item: Evidence) -> Dated:
    """The date of an item: its own, or else that of the first of its sources that has one that can
    be read. A date of its own that cannot be read is none."""
    declared = (dossier.source_named.get(name) for name in dossier.sources_of(item))
    sources = [source for source in declared if source is not None]
    kind = sources[0].type if sources else None
    if item.date is not None:
        return Dated(read(str(item.date)), kind)
    for source in sources:
        if date := read(source.date or ""):
            return Dated(date, source.type)
    return Dated(None, kind)


def spread(dates: Iterable[Date]) -> Calendar | None:
    """The calendar that holds some dates: months where each date has one and they are few, else
    years. None where there is no date."""
    found = tuple(dates)
    if not found:
        return None
    if all(date.month for date in found):
        months = [date.year * 12 + (date.month or 1) - 1 for date in found]
        if max(months) - min(months) < _MOST_MONTHS:
            return Calendar(True, min(months), max(months), False)
    first, last = min(date.year for date in found), max(date.year for date in found)
    is_cut = last - first >= _MOST_YEARS
    return Calendar(False, last - _MOST_YEARS + 2 if is_cut else first, last, is_cut)
