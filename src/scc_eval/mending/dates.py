"""Dates in the one form that rules and other programs compare: 2016, 2016-05, 2016-05-12.

Only what can be read in one way is read: 05/06/2016 is two days, and stays as it is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from scc_eval.model.french import folded

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv",
            "february feb fevrier fevr",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug aout",
            "september sept sep septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_YEAR, _DAY = r"(?P<year>[12]\d{3})", r"(?P<day>\d{1,2})"
_NAMED = r"(?P<name>[^\W\d_]{3,})\.?"
_ORDINAL = r"(?:st|nd|rd|th|er)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign){_DAY}",
        rf"(?P<one>\d{{1,2}})(?P<sign>[-/.])(?P<other>\d{{1,2}})(?P=sign){_YEAR}",
        rf"(?:the\s+|le\s+)?{_DAY}{_ORDINAL}(?:\s+of)?\s+{_NAMED},?\s+{_YEAR}",
        rf"{_NAMED}\s+{_DAY}{_ORDINAL},?\s+{_YEAR}",
        rf"{_NAMED},?\s+{_YEAR}",
        rf"(?P<month>\d{{1,2}})[-/]{_YEAR}",
        rf"{_YEAR}[-/](?P<last>\d{{1,2}})",
    )
)


def is_iso(text: str) -> bool:
    """Whether it is a year, a month or a day in the form that is wanted."""
    return _ISO.fullmatch(text) is not None


def as_iso(text: str) -> str | None:
    """The day or month that a text can only mean, in the form that is wanted; None where it has
    that form already, is no date, or can mean another."""
    if is_iso(text):
        return None
    matches = (match for form in _FORMS if (match := form.fullmatch(text)))
    readings = {iso for match in matches for iso in _readings(match.groupdict())}
    return readings.pop() if len(readings) == 1 else None


def _readings(parts: Mapping[str, str | None]) -> Iterator[str]:
    year = int(parts["year"] or 0)
    if one := parts.get("one"):
        other = parts["other"] or ""
        yield from _dated(year, int(other), int(one))
        yield from _dated(year, int(one), int(other))
        return
    last = parts.get("last") or ""
    if last and str(year + 1).endswith(last):
        # 2010/11 and 2001-2 may be two years.
        return
    name, day = parts.get("name"), parts.get("day")
    month = _MONTHS.get(folded(name), 0) if name else int(parts.get("month") or last)
    yield from _dated(year, month, int(day) if day else None)


def _dated(year: int, month: int, day: int | None) -> Iterator[str]:
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:
        return
    yield date.isoformat() if day is not None else f"{year}-{month:02}"
