"""The families of rules: short names that people type, and which rules a selection takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from scc_eval.rules._rooms import catalogue

READING = "SCC0"
"""What the codes of slips begin with that keep something from being read."""

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reading": (READING,),
        "theory": ("SCC1",),
        "references": ("SCC2",),
        "reports": ("SCC22", "SCC23"),
        "evidence": ("SCC3",),
        "coverage": ("SCC30",),
        "triangulation": ("SCC4",),
        "claims": ("SCC5",),
        "rivals": ("SCC6",),
        "telling": ("SCC7",),
        "wording": ("SCC71",),
        "conclusions": ("SCC8",),
        "lessons": ("SCC81",),
        "review": ("SCC90",),
        "ethics": ("SCC91",),
        "waivers": ("SCC92",),
        "lenses": ("SCC95", "SCC96", "SCC97", "SCC98"),
    }
)
"""What the codes of each family begin with; a family may lie in a larger one."""


class Selection(NamedTuple):
    """Which rules are told of, by what their codes begin with; all of them unless some are named.

    The longer beginning wins; of two as long, the one that is ignored.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, code: str) -> bool:
        """Whether a rule is told of. What could not be read always is: of the rest nothing can be
        said for certain."""
        if code.startswith(READING):
            return True
        return _longest(self.select or ("",), code) > _longest(self.ignore, code)


def beginnings(word: str) -> tuple[str, ...]:
    """What the codes of the rules begin with that a word names: a family, a rule's name or code, or
    what a code begins with; nothing if it names none."""
    name, code = word.casefold(), word.upper()
    if name in FAMILIES:
        return FAMILIES[name]
    if named := tuple(rule.code for rule in catalogue() if rule.name == name):
        return named
    is_known = code.startswith("SCC") and any(rule.code.startswith(code) for rule in catalogue())
    return (code,) if is_known else ()


def close_to(word: str) -> list[str]:
    """The words that might have been meant, the closest first."""
    from difflib import get_close_matches

    known = [*FAMILIES, *(name for rule in catalogue() for name in (rule.name, rule.code))]
    spelt = {each.casefold(): each for each in known}
    return [spelt[each] for each in get_close_matches(word.casefold(), spelt)]


def _longest(begun: Iterable[str], code: str) -> int:
    return max((len(part) for part in begun if code.startswith(part)), default=-1)
