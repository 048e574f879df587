"""The words of the interface, in English and in French."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

LANGUAGES = ("en", "fr")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LOCALES = Path(__file__).parent / "locales"

Words = Mapping[str, Any]


@cache
def words(language: str) -> Words:
    """The words of one language: titles of the story, kinds of declaration, texts of rules."""
    interface = _read(_LOCALES / f"{language}.yaml")
    # Rules are written in English beside their checks; other languages have a folder of them.
    rules: dict[str, Any] = {}
    for family in sorted((_LOCALES / f"rules.{language}").glob("*.yaml")):
        rules |= _read(family)["rules"] or {}
    return MappingProxyType({**interface, "rules": rules})


@cache
def words_of(room: str, language: str) -> Words:
    """The words of one language that a room has to itself, read when it is asked for."""
    found: Words = MappingProxyType(_read(_LOCALES / room / f"{language}.yaml"))
    return found


def _read(path: Path) -> Any:
    """What a shipped file holds, every scalar a text. Nobody asks where: it takes a third of the
    time of a file that knows its places."""
    return yaml.load(path.read_bytes(), _LOADER)


def spoken_here(environment: Mapping[str, str] = os.environ) -> str:
    """The language of whoever runs the program: `SCC_LANG`, or what the system says."""
    for name in ("SCC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2].lower() if value[:2].lower() in LANGUAGES else "en"
    return "en"
