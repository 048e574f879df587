"""The informants and documents that a report cites."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scc_eval.audit.finding import Found, Status
from scc_eval.audit.known import Known
from scc_eval.codes import skeleton

_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,200})[)\]]")
_ITEM = re.compile(r"[^\s,;/]+")
_NUMBERED = re.compile(r"([^\W\d_]{1,4})(\d{1,3})")
_FEWEST = 2
"""How many numbers a prefix must come with to be one of informants: our own default."""
_SUFFIX = r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp)(?![\w/])"
_ENDS_DOCUMENT = re.compile(_SUFFIX)
_DOCUMENT = re.compile(rf"(?<![\w/.-])[\w-]+{_SUFFIX}")


class Register:
    """Finds informants by the shape of their names: those of an evaluation, or those that a report
    has in brackets, a few letters and a number (P11), with two numbers or more."""

    def __init__(self, known: Known, texts: Sequence[str]) -> None:
        is_declared = known.informants is not None
        seen = known.informants if known.informants is not None else _bracketed(texts)
        numbers: dict[str, set[str]] = defaultdict(set)
        for name in seen:
            match = _NUMBERED.fullmatch(name)
            if match:
                numbers[match[1]].add(match[0])
        usual = [prefix for prefix, names in numbers.items() if len(names) >= _FEWEST]
        self._prefixes = tuple(sorted(usual, key=len, reverse=True))
        kept = numbers if is_declared else usual
        self._names = frozenset(name for prefix in kept for name in numbers[prefix])
        self._by_bones: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            self._by_bones[skeleton(name)].append(name)

    def all(self, text: str, codes: Sequence[Found]) -> Iterator[Found]:
        """Every item of a bracket that is the name of an informant, or what is left of one, and is
        no part of a code."""
        if not self._names:
            return
        for bracket in _BRACKET.finditer(text):
            for item in _ITEM.finditer(text, bracket.start(1), bracket.end(1)):
                begin, end = item.span()
                is_free = not any(code.begin < end and begin < code.end for code in codes)
                judged = self._judged(item[0]) if is_free else None
                if judged is not None:
                    yield Found(begin, end, item[0], *judged)

    def _judged(self, raw: str) -> tuple[Status, tuple[str, ...]] | None:
        if raw in self._names:
            return Status.EXACT, (raw,)
        meant = tuple(self._by_bones.get(skeleton(raw), ()))
        if meant and raw[:1].isupper():
            return (Status.REPAIRABLE if len(meant) == 1 else Status.AMBIGUOUS), meant
        match = _NUMBERED.fullmatch(raw)
        is_one = match is not None and any(raw.startswith(prefix) for prefix in self._prefixes)
        return (Status.UNKNOWN, (raw,)) if is_one else None


def _bracketed(texts: Iterable[str]) -> frozenset[str]:
    within = {inner for text in texts for inner in _BRACKET.findall(text)}
    return frozenset(item for inner in within for item in _ITEM.findall(inner))


class Shelf:
    """Finds documents: the names of files, and what an evaluation registers as the name of one, in
    brackets."""

    def __init__(self, known: Known) -> None:
        self._declared = known.documents
        self._by_bones: dict[str, list[str]] = defaultdict(list)
        for name in sorted(known.documents or ()):
            self._by_bones[skeleton(name)].append(name)

    def all(self, text: str) -> Iterator[Found]:
        """Every document that a text cites."""
        found = {item.begin: item for item in self._registered(text)}
        # Few texts have one, and a full stop is found sooner than a word that has one behind it.
        for match in _DOCUMENT.finditer(text) if _ENDS_DOCUMENT.search(text) else ():
            is_known = self._declared is None or match[0] in self._declared
            status = Status.EXACT if is_known else Status.UNKNOWN
            found.setdefault(match.start(), Found(*match.span(), match[0], status, (match[0],)))
        return iter(sorted(found.values()))

    def _registered(self, text: str) -> Iterator[Found]:
        if not self._by_bones:
            return
        for bracket in _BRACKET.finditer(text):
            for item in _NAME.finditer(text, bracket.start(1), bracket.end(1)):
                names = tuple(self._by_bones.get(skeleton(item[0]), ()))
                if item[0] in names:
                    yield Found(*item.span(), item[0], Status.EXACT, (item[0],))
                elif names:
                    status = Status.REPAIRABLE if len(names) == 1 else Status.AMBIGUOUS
                    yield Found(*item.span(), item[0], status, names)


_NAME = re.compile(r"[^\s,;:][^,;:]*[^\s,;:]")
