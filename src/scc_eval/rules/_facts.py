"""What facts are made of: lists cut short, and dates compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHOWN = 4
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

NOBODY = "–"
"""What stands in a message where a list is empty."""


def some(names: Sequence[str]) -> str:
    """The first names of a list, and a sign that there are others."""
    return ", ".join((*names[:_SHOWN], *(("…",) if len(names) > _SHOWN else ()))) or NOBODY


def is_date(text: str) -> bool:
    """Whether it is a year, a month or a day, as in 2016, 2016-06 and 2016-06-30."""
    return _ISO.fullmatch(text) is not None


def is_before(one: str, other: str) -> bool:
    """Whether a date is before another as far as both go: 2016 is not before 2016-06. What is no
    date is before nothing."""
    length = min(len(one), len(other))
    return is_date(one) and is_date(other) and one[:length] < other[:length]
