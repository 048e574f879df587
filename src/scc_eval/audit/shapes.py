"""Patterns of codes, and of what damage makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from scc_eval.audit.known import Known
from scc_eval.audit.seeking import Anchor, Sought

UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that no reader sees."""
_FIELD = re.compile(r"\{(\w+)\}")
_SPACE = rf"[\s{UNSEEN}]"
_LETTERS = re.compile(r"([^\W_]+)")
_LIKE = {**dict.fromkeys("1iIlL|!", "1iIlL|!"), **dict.fromkeys("0oO", "0oO")}
_NUMBER = r"\d{1,2}"
_ANY_CASE = r"[^\W\d_][^\W_]{0,11}"
_LENGTHS = {"case": 12, "packet": 2, "section": 2, "theme": 0}
"""The most characters of a field that is not known."""
_SPREAD = 6
"""The most characters that damage makes of one that stands between fields."""
_ALSO = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""What a pattern takes for a letter of ASCII, beside the letter, where case does not matter."""


def shapes(known: Known) -> Iterator[Sought]:
    """The patterns that the codes of a report can have, damaged or not."""
    for form in known.grammar.forms:
        words = _words(form, known)
        fields = {name: _one_of(each) for name, each in words.items()}
        if not _is_telling(form):
            # Words with a mark between them are many things: such a code keeps its own mark.
            if all(words.values()):
                yield Sought(_whole(form, words, fields))
            continue
        places = fields.keys() & {"packet", "section"}
        numbers = {name: rf"(?:{fields[name]}|{_NUMBER})" for name in places}
        anchor = _anchor(form, words, numbers)
        # An `l` before an apostrophe is a word of French, no scanned 1.
        shape = _filled(form, fields | numbers, _damaged)
        yield Sought(rf"(?<!\w)~?(?i:{shape})(?!\w|(?<=[iIlL])['’])", anchor)
        other = fields | numbers | {"case": _ANY_CASE}
        shape = _filled(form, other, _damaged, first=re.escape)
        yield Sought(rf"(?<!\w){shape}(?!\w)", anchor)


def _words(form: str, known: Known) -> Words:
    """What each field of a form is known to be."""
    words = {
        "case": known.cases,
        "packet": known.packets,
        "section": known.grammar.sections,
        "theme": known.grammar.themes,
    }
    return {name: words[name] for name in _FIELD.findall(form)}


def _whole(form: str, words: Words, fields: Mapping[str, str]) -> str:
    begin = _FIELD.match(form)
    if begin is None:
        return rf"(?<!\w){_filled(form, fields, _kept)}(?!\w)"
    first = {begin[1]: _first_of(words[begin[1]])}
    return rf"{_filled(form, {**fields, **first}, _kept)}(?!\w)"


def _anchor(form: str, words: Words, numbers: Mapping[str, str]) -> Anchor | None:
    """The longest letters of a form, which stand in all that has its shape; None if it has none in
    ASCII."""
    own = _FIELD.sub(lambda field: " " * len(field[0]), form)
    runs = [run for run in _LETTERS.finditer(own) if run[0].isascii()]
    if not runs:
        return None
    run = max(runs, key=lambda each: len(each[0]))
    first, *others = map(_in_any_case, run[0])
    after = "".join(others)
    if not others and (field := _FIELD.match(form, run.end())):
        # One letter is in many words; few of them go on with what may stand in the field.
        after = rf"\W?(?i:{numbers.get(field[1], '')})"
    return Anchor(
        f"{first}(?={after})", 1 + _most(form[: run.start()], words), 2 + _most(form, words)
    )


def _most(form: str, words: Words) -> int:
    """How many characters a form, or the beginning of one, takes at most."""
    fields = ((_LENGTHS[name], *map(len, words[name])) for name in _FIELD.findall(form))
    return sum(map(max, fields)) + _SPREAD * len(_FIELD.sub("", form))


def _in_any_case(letter: str) -> str:
    return f"[{letter.lower()}{letter.upper()}{_ALSO.get(letter.lower(), '')}]"


Words = Mapping[str, Sequence[str]]
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


def _is_telling(form: str) -> bool:
    """Whether a form has letters or numbers of its own, so that it is known when damaged."""
    return _LETTERS.search(_FIELD.sub("", form)) is not None or "{packet}" in form


def _one_of(words: Sequence[str]) -> str:
    """Any of some words, with the characters that scanners confuse; nothing if there is none."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(_like, longest_first))})" if words else "(?!)"


def _first_of(words: Sequence[str]) -> str:
    """Any of some words that begins there: a set of characters comes first, which is found fast."""
    longest_first = sorted(words, key=len, reverse=True)
    begin = "".join(
        dict.fromkeys(_LIKE.get(word[0]) or re.escape(word[0]) for word in longest_first)
    )
    rests = "|".join(f"(?<={_like(word[0])}){_like(word[1:])}" for word in longest_first)
    return rf"[{begin}](?<!\w[\s\S])(?:{rests})"


def _like(word: str) -> str:
    return "".join(f"[{_LIKE[c]}]" if c in _LIKE else re.escape(c) for c in word)
