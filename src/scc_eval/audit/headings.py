"""What the headings above a text say it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from scc_eval.files import read


@cache
def section_told(headings: tuple[str, ...]) -> int | None:
    """The section that a text tells: 1 observed change, 2 signs of contribution, 3 other
    explanations; None if no heading says. The innermost that says something counts."""
    sections: Mapping[str, Sequence[str]] = _lists()["sections"]
    for heading in map(_plain, reversed(headings)):
        for number, phrases in sections.items():
            if any(phrase in heading for phrase in phrases):
                return int(number)
    return None


@cache
def tells_conclusions(headings: tuple[str, ...]) -> bool:
    """Whether a text stands under a heading that says it concludes."""
    phrases: Sequence[str] = _lists()["conclusions"]
    words = (_plain(heading).lstrip("0123456789. ") for heading in headings)
    return any(heading.startswith(phrase) for heading in words for phrase in phrases)


_LABEL = re.compile(r"\s*((?:CCL|Conclusion|conclusion)\s?(?:n°\s?)?\d{1,3})\b")


def conclusion_label(text: str) -> str | None:
    """The label that a conclusion begins with, such as `CCL 4` or `Conclusion 4`; None if it has
    none."""
    match = _LABEL.match(text)
    return " ".join(match[1].split()) if match else None


def _plain(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading.replace("’", "'")).casefold()
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


@cache
def _lists() -> Any:
    name = "headings.yaml"
    return read(Path(__file__).parent / name, name).data
