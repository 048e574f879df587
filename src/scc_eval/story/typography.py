"""The typography of each language: what a typesetter would do to a text, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

_NARROW, _WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_BEFORE_HIGH = re.compile(r"[ \u00a0\u202f]+([;!?»])")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)")
_AFTER_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_BEFORE_CLOSING = re.compile(r"(?<=[^\s\u00a0\u202f])»")
_STRAIGHT_QUOTES = re.compile(r'(?<!")"([^"\n]+)"(?!")')
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_THOUSANDS = re.compile(r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%€])")


@lru_cache(maxsize=16_384)
def in_french(text: str) -> str:
    """French spacing and quotation marks: « … », narrow no-break spaces before ; ! ? and inside
    the marks, a no-break space before a colon. Nothing is added where the author put no space."""
    text = _STRAIGHT_QUOTES.sub(r"«\1»", text)
    text = _AFTER_OPENING.sub("«" + _NARROW, text)
    text = _BEFORE_HIGH.sub(_NARROW + r"\1", text)
    text = _BEFORE_CLOSING.sub(_NARROW + "»", text)
    text = _BEFORE_COLON.sub(_WIDE + ":", text)
    text = _THOUSANDS.sub(r"\1" + _NARROW, text)
    text = _BEFORE_UNIT.sub(_NARROW, text)
    return _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)


@lru_cache(maxsize=16_384)
def in_english(text: str) -> str:
    """English quotation marks and apostrophes."""
    text = _STRAIGHT_QUOTES.sub(
        "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text
    )
    return _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)


TYPOGRAPHY: Mapping[str, Callable[[str], str]] = {"fr": in_french, "en": in_english}
