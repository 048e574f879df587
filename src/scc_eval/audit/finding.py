"""Where a text has codes, whole or damaged, and what each of them can stand for.

Damage is what writing, printing and scanning do to a code: a separator lost, doubled or set apart,
a line that breaks, `I` for `1`, capitals. What is left without separators must be one of the codes
that are known: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from scc_eval.audit.known import Known
from scc_eval.audit.seeking import Search
from scc_eval.audit.shapes import UNSEEN, shapes

_SUPERSCRIPT = re.compile("[\u00b9\u00b2\u00b3\u2070-\u209f]")
_SPELT = str.maketrans({"\u2010": "-", "\u2011": "-", **dict.fromkeys(UNSEEN)})
_BREAK = re.compile(r"(?<=[^\w\s]|_)\n")


class Status(StrEnum):
    """What a citation is: as it should be; damaged, with one code or several that it can stand
    for; or nothing that is known."""

    EXACT = "exact"
    REPAIRABLE = "repairable"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class Found(NamedTuple):
    """A stretch of a text that cites something: as it stands there, and the codes it can be."""

    begin: int
    end: int
    raw: str
    status: Status
    codes: tuple[str, ...]

    @property
    def code(self) -> str | None:
        """The code that it stands for, if it is one."""
        return self.codes[0] if len(self.codes) == 1 else None


def plain(text: str, raised: Sequence[tuple[int, int]] = ()) -> str:
    """The text with note marks blanked: they are no part of the code they are glued to."""
    for begin, end in raised:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text if text.isascii() else _SUPERSCRIPT.sub(" ", text)


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


class Finder:
    """Finds the codes of one grammar in texts.

    Where lines are those of a printed page (`is_printed`), a line that breaks after a separator
    damages nothing: another printer would break it elsewhere.
    """

    def __init__(self, known: Known, *, is_printed: bool = False) -> None:
        self._known = known
        self._is_printed = is_printed
        self._search = Search(shapes(known))
        self._items = _items(known)
        self._judged: dict[str, tuple[Status, tuple[str, ...]]] = {}

    def all(self, text: str) -> Iterator[Found]:
        """Every citation of a code in a text without note marks, none within another."""
        reached = 0
        for begin, end in sorted(self._search.spans(text), key=_longest_first):
            if begin >= reached:
                reached = self._with_item(text, begin, end) if self._suffix else end
                raw = text[begin:reached]
                judged = self._judged.get(raw) or self._judge(raw)
                yield Found(begin, reached, raw, *judged)

    def _judge(self, raw: str) -> tuple[Status, tuple[str, ...]]:
        self._judged[raw] = self._status(raw)
        return self._judged[raw]

    def _status(self, raw: str) -> tuple[Status, tuple[str, ...]]:
        known = self._known
        read = _unbroken(raw) if self._is_printed else raw
        code = known.grammar.parse(read)
        if code is not None and known.is_known(code):
            is_item = code.item is None or known.dossier is None or read in self._items
            return (Status.EXACT if is_item else Status.UNKNOWN), (read,)
        repairs = known.repairs(raw.translate(_SPELT))
        if repairs:
            return (Status.REPAIRABLE if len(repairs) == 1 else Status.AMBIGUOUS), repairs
        return Status.UNKNOWN, ((raw,) if code else ())

    def _with_item(self, text: str, begin: int, end: int) -> int:
        """Where the code of an item ends, if the code of a cell goes on as one."""
        match = self._suffix.match(text, end) if self._suffix else None
        if match is None:
            return end
        longer = _unbroken(text[begin : match.end()])
        is_number = match["item"].isdigit()
        return match.end() if longer in self._items or is_number else end

    @cached_property
    def _suffix(self) -> re.Pattern[str] | None:
        suffix = self._known.grammar.suffix
        if not suffix:
            return None
        before, _, after = suffix.partition("{item}")
        broken = r"\n?" if self._is_printed else ""
        return re.compile(rf"{re.escape(before)}{broken}(?P<item>[^\W_]+){re.escape(after)}(?!\w)")


def _unbroken(text: str) -> str:
    """A text without the line breaks that come after a separator."""
    return _BREAK.sub("", text)


def _items(known: Known) -> frozenset[str]:
    """The codes of items, where an evaluation has some."""
    items = known.dossier.evidence if known.dossier else ()
    return frozenset(item.code for item in items)
