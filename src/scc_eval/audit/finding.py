"""Where a text has codes, whole or damaged, and what each of them can stand for.

Damage is what writing, printing and scanning do to a code: a separator lost, doubled or set apart,
a line that breaks, `I` for `1`, capitals. What is left without separators must be one of the codes
that are known: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from scc_eval.audit.known import Known

_FIELD = re.compile(r"\{(\w+)\}")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPACE = rf"[\s{_UNSEEN}]"
_LETTERS = re.compile(r"([^\W_]+)")
_SUPERSCRIPTS = re.compile("[\u00b9\u00b2\u00b3\u2070-\u209f]+")
_LIKE = {**dict.fromkeys("1iIlL|!", "[1iIlL|!]"), **dict.fromkeys("0oO", "[0oO]")}
_SPELT = str.maketrans({"\u2010": "-", "\u2011": "-", **dict.fromkeys(_UNSEEN)})
_NUMBER = r"\d{1,2}"
_ANY_CASE = r"[^\W\d_][^\W_]{0,11}"


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
    return _SUPERSCRIPTS.sub(lambda marks: " " * len(marks[0]), text)


class Finder:
    """Finds the codes of one grammar in texts.

    Where lines are those of a printed page (`is_printed`), a line that breaks after a separator
    damages nothing: another printer would break it elsewhere.
    """

    def __init__(self, known: Known, *, is_printed: bool = False) -> None:
        self._known = known
        self._is_printed = is_printed
        self._patterns = tuple(re.compile(p) for p in dict.fromkeys(self._shapes()))
        self._items = _items(known)

    def all(self, text: str) -> Iterator[Found]:
        """Every citation of a code in a text without note marks, none within another."""
        spans = sorted(
            (match.start(), -match.end(), rank)
            for rank, pattern in enumerate(self._patterns)
            for match in pattern.finditer(text)
        )
        reached = 0
        for begin, end, _ in spans:
            if begin >= reached:
                found = self._judged(text, begin, -end)
                reached = found.end
                yield found

    def _judged(self, text: str, begin: int, end: int) -> Found:
        known = self._known
        end = self._with_item(text, begin, end)
        raw = text[begin:end]
        read = _unbroken(raw) if self._is_printed else raw
        code = known.grammar.parse(read)
        if code is not None and known.is_known(code):
            is_item = code.item is None or known.dossier is None or read in self._items
            status = Status.EXACT if is_item else Status.UNKNOWN
            return Found(begin, end, raw, status, (read,))
        repairs = known.repairs(raw.translate(_SPELT))
        if repairs:
            status = Status.REPAIRABLE if len(repairs) == 1 else Status.AMBIGUOUS
            return Found(begin, end, raw, status, repairs)
        return Found(begin, end, raw, Status.UNKNOWN, (raw,) if code else ())

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

    def _shapes(self) -> Iterator[str]:
        """Patterns of codes and of what damage makes of them."""
        for form in self._known.grammar.forms:
            fields = self._fields(form)
            if not _is_telling(form):
                # Words with a mark between them are many things: such a code keeps its own mark.
                yield rf"(?<!\w){_filled(form, fields, _kept)}(?!\w)"
                continue
            places = fields.keys() & {"packet", "section"}
            numbers = {name: rf"(?:{fields[name]}|{_NUMBER})" for name in places}
            # An `l` before an apostrophe is a word of French, no scanned 1.
            shape = _filled(form, fields | numbers, _damaged)
            yield rf"(?<!\w)~?(?i:{shape})(?!\w|(?<=[iIlL])['’])"
            other = fields | numbers | {"case": _ANY_CASE}
            yield rf"(?<!\w){_filled(form, other, _damaged, first=re.escape)}(?!\w)"

    def _fields(self, form: str) -> dict[str, str]:
        """A pattern for what each field of a form is known to be."""
        grammar = self._known.grammar
        words = {
            "case": self._known.cases,
            "packet": self._known.packets,
            "section": grammar.sections,
            "theme": grammar.themes,
        }
        return {name: _one_of(words[name]) for name in _FIELD.findall(form)}


Writing = Callable[[str], str]


def _filled(
    form: str, fields: Mapping[str, str], between: Writing, first: Writing | None = None
) -> str:
    """The pattern of a form: its fields by their own patterns, what stands between them as it is
    written, the first of it perhaps otherwise."""
    parts = _FIELD.split(form)
    texts = [fields[part] if index % 2 else between(part) for index, part in enumerate(parts)]
    if first is not None:
        begin = parts.index("case") + 1
        texts[begin] = _opened(parts[begin], first, between)
    return "".join(texts)


def _opened(text: str, first: Writing, rest: Writing) -> str:
    """What stands between two fields, its first mark written one way and the rest another."""
    mark = _LETTERS.split(text)[0]
    return first(mark) + rest(text.removeprefix(mark))


def _damaged(text: str) -> str:
    """What may be left of what stands between two fields."""
    parts = _LETTERS.split(text)
    return "".join(
        f"{part}{_SPACE}?" if index % 2 else _apart(part) for index, part in enumerate(parts)
    )


def _apart(marks: str) -> str:
    """What may be left of separators: nothing, a space, another mark, one of them set apart."""
    if not marks:
        return ""
    own = re.escape("".join(sorted(set(marks) | set("_~·-‐‑–"))))
    return (
        rf"(?:{_SPACE}?[{own}]{{1,2}}{_SPACE}{{0,2}}|[.:{_COMMA.get(marks, '')}]|{_SPACE}{{0,2}})"
    )


_COMMA = {".": ","}
"""A comma is taken for a point, and for nothing else: it parts the codes of a list."""


def _kept(text: str) -> str:
    """What stands between two fields, perhaps with spaces around it, or a space for it."""
    return rf"(?:{_SPACE}?{re.escape(text)}{_SPACE}?|{_SPACE})" if text else ""


def _unbroken(text: str) -> str:
    """A text without the line breaks that come after a separator."""
    return _BREAK.sub("", text)


_BREAK = re.compile(r"(?<=[^\w\s]|_)\n")


def _is_telling(form: str) -> bool:
    """Whether a form has letters or numbers of its own, so that it is known when damaged."""
    return _LETTERS.search(_FIELD.sub("", form)) is not None or "{packet}" in form


def _one_of(words: Sequence[str]) -> str:
    """Any of some words, with the characters that scanners confuse; nothing if there is none."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(_like, longest_first))})" if words else "(?!)"


def _like(word: str) -> str:
    return "".join(_LIKE.get(character) or re.escape(character) for character in word)


def _items(known: Known) -> frozenset[str]:
    """The codes of items, where an evaluation has some."""
    items = known.dossier.evidence if known.dossier else ()
    return frozenset(item.code for item in items)
