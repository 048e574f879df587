"""What a damaged code or name can only mean, as the rules on references have it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from scc_eval.dossier import Dossier

_COUNTED = frozenset(("theory", "case", "evidence item", "packet"))
"""What must be wholly read before a code is said to be damaged."""
_CITING = frozenset(("evidence", "rests_on"))
_TOLD = ("claim", "assertion", "key point", "conclusion")
_OTHERS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("evidence item", "sources"): ("source",),
    ("source", "derived_from"): ("source",),
    ("key point", "rests_on"): _TOLD,
    ("conclusion", "rests_on"): _TOLD,
    ("lesson", "rests_on"): _TOLD,
}
"""Fields that name others and have rules of their own."""
_SIGNS = re.compile(r"[\s_\-\u2010-\u2015]+")
_LETTER_AND_DIGIT = re.compile(r"(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[^\W\d])")


class Names(NamedTuple):
    """The names of one evaluation: the kinds of declaration that a field may name, by its kind of
    declaration and its own name; the names that exist, by kind; those that a declaration which
    could not be taken mentions."""

    fields: Mapping[tuple[str, str], tuple[str, ...]]
    known: Mapping[str, AbstractSet[str]]
    mentioned: AbstractSet[str]


class Meanings:
    """What the texts of one evaluation can only mean where they are no code, or name nothing."""

    def __init__(self, dossier: Dossier, names: Names) -> None:
        self.dossier = dossier
        self._names = names
        self._fields = {**names.fields, **_OTHERS}
        self._fields["bearing", "target"] = names.fields.get(("evidence item", "bears_on"), ())

    @property
    def is_blind(self) -> bool:
        """Whether something could not be read that must be known before codes are judged."""
        return bool(self.dossier.blind & _COUNTED)

    def code(self, kind: str, field: str, text: str) -> str | None:
        """The code that a text can only mean, in a field that holds codes."""
        if (kind, field) != ("evidence item", "code") and field not in _CITING:
            return None
        if self.is_blind or text in self.dossier.told_ids or self._alike(kind, field, text):
            return None
        code = self._repaired(text)
        return None if code in self._doubtful else code

    def name(self, kind: str, field: str, text: str) -> str | None:
        """The name that a text can only mean, in a field that names others."""
        kinds = {*self._fields.get((kind, field), ()), "theory"}
        if self.dossier.blind & kinds or text in self._names.mentioned:
            return None
        if field in _CITING and (self.dossier.cell(text) or self._repaired(text)):
            return None
        alike = self._alike(kind, field, text)
        return alike[0] if len(alike) == 1 and alike[0] != text else None

    def _alike(self, kind: str, field: str, text: str) -> tuple[str, ...]:
        """The names that a field may name and that differ from a text in case, spaces and dashes
        only; or the text itself, if it is one of them."""
        kinds = self._fields.get((kind, field), ())
        if any(text in self._names.known.get(each, ()) for each in kinds):
            return (text,)
        bones = _bones(text)
        found = {name for each in kinds for name in self._by_bones.get((each, bones), ())}
        return tuple(sorted(found))

    @cached_property
    def _by_bones(self) -> Mapping[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for kind, names in self._names.known.items():
            for name in names:
                found[kind, _bones(name)].add(name)
        return found

    def _repaired(self, text: str) -> str | None:
        if self.dossier.cell(text) is not None:
            return None
        repairs = self.dossier.repairs(text)
        return repairs[0] if len(repairs) == 1 else None

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        """The codes of one item that several items would bear."""
        stubs = (s.name for s in self.dossier.project.stubs if s.kind == "evidence item")
        codes = [*(item.code for item in self.dossier.evidence), *(name for name in stubs if name)]
        borne = Counter(self._repaired(code) or code for code in codes)
        return frozenset(
            code
            for code, times in borne.items()
            if times > 1 and (parts := self.dossier.code(code)) is not None and parts.item
        )


def _bones(text: str) -> str:
    """A name as names are compared: dashes, spaces and underscores are one, and nothing between a
    letter and a digit. What stands between two digits counts: C1-1 is not C11."""
    return _LETTER_AND_DIGIT.sub("", _SIGNS.sub("-", text.strip().casefold()))
