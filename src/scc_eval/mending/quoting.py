"""Plain scalars that other programs do not take for the text they are.

We read every scalar as text. Programs that follow YAML 1.1 (those written in Python, R or Ruby
among them) read `NO` as a truth value, `12:30` as 750 and `010` as 8; some that follow YAML 1.2
read `1e3` as a number.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_RESOLVER: Any = yaml.resolver.Resolver()
_TAG = "tag:yaml.org,2002:"
_TRUTHS = frozenset("yYnN")
"""One letter is a truth value in YAML 1.1 too, though not for every program."""
_NUMBER_1_2 = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_SAME = re.compile(r"(?!-0$)-?(?:0|[1-9]\d{0,8})(?:\.\d{0,3}[1-9])?")
"""Numbers that are written as they are read: 12 and 1.5, but neither 012 nor 1.50."""
_KINDS = {"bool": "truth", "int": "number", "float": "number", "timestamp": "date"}


def read_otherwise(text: str) -> str | None:
    """What other programs take a plain scalar for (`truth`, `number`, `date`, `sign`), if what they
    read is not the text. Nothing and `~` are no text for us either."""
    if text in _TRUTHS:
        return "truth"
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)).removeprefix(_TAG)
    if tag == "null":
        return None
    if tag == "str":
        kind = "number" if _NUMBER_1_2.fullmatch(text) else None
    else:
        kind = _KINDS.get(tag, "sign")
    return None if kind == "number" and _SAME.fullmatch(text) else kind
