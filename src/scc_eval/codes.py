"""The grammar of traceability codes: an evaluation declares how its codes are written.

A form is a pattern such as `{case}_PC{packet}_{section}` or `{case}-P{packet}.{section}`. Its
fields are `case`, `packet`, `section` (1 observed change, 2 signs of contribution, 3 other
explanations, or the words an evaluation has for them) and `theme` (what lies outside the three
sections). A suffix such as `-{item}` tells apart the items of one cell.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import NamedTuple

FORMS = ("{case}_PC{packet}_{section}", "{case}_PC{packet}_{theme}", "{case}_{theme}")
SUFFIX = "-{item}"
FIELDS = ("case", "packet", "section", "theme", "item")
_WORD = r"[^\W_]+"
_FIELD = re.compile(r"\{(\w*)\}")
_CONFUSABLE = str.maketrans({"i": "1", "l": "1", "|": "1", "!": "1", "o": "0"})


class Code(NamedTuple):
    """A traceability code taken apart, its fields as they are written.

    `cell` is the code without its item suffix: what a report cites.
    """

    text: str
    cell: str
    case: str
    packet: str | None = None
    section: str | None = None
    theme: str | None = None
    item: str | None = None


Words = tuple[tuple[str, ...], tuple[str, ...]]
"""The cases and the packets that codes are made of."""


class FormError(ValueError):
    """A form of code that cannot be a grammar: the text says why."""


class Grammar:
    """How the codes of one evaluation are written."""

    def __init__(
        self,
        forms: tuple[str, ...] = FORMS,
        suffix: str = SUFFIX,
        sections: tuple[str, ...] = ("1", "2", "3"),
        themes: tuple[str, ...] = (),
    ) -> None:
        self.forms = forms
        self.suffix = suffix
        self.sections = sections
        self.themes = themes
        self._seen: dict[str, Code | None] = {}
        self._skeletons: dict[Words, Mapping[str, tuple[str, ...]]] = {}

    def parse(self, text: str) -> Code | None:
        """Take a code apart, or None if it has none of the forms."""
        if text in self._seen:
            return self._seen[text]
        code = self._parse(text)
        self._seen[text] = code
        return code

    def _parse(self, text: str) -> Code | None:
        first: Code | None = None
        for pattern in self._patterns:
            if not (match := pattern.fullmatch(text)):
                continue
            fields = match.groupdict()
            item = fields.get("item")
            cell = text.removesuffix(_FIELD.sub(item, self.suffix)) if item else text
            code = Code(text, cell, **fields)
            if self._is_declared(code):
                return code
            first = first or code
        return first

    def written_in(self, text: str) -> Iterator[Code]:
        """The codes that stand in a text to the letter, without their items."""
        found = (match[0] for pattern in self._sought for match in pattern.finditer(text))
        return (code for code in map(self.parse, found) if code is not None)

    def write(
        self,
        case: str,
        packet: str | None = None,
        section: str | None = None,
        theme: str | None = None,
    ) -> str | None:
        """The code of a cell, or None if the grammar has no form for those fields."""
        given = {"case": case, "packet": packet, "section": section, "theme": theme}
        wanted = {name for name, value in given.items() if value is not None}
        for form in self.forms:
            if set(_FIELD.findall(form)) == wanted:
                return _filled(form, given)
        return None

    def section_number(self, token: str | None) -> int | None:
        """1, 2 or 3 for the word an evaluation has for the section; None if it has no such word."""
        return self.sections.index(token) + 1 if token in self.sections else None

    def repairs(self, text: str, cases: Iterable[str], packets: Iterable[str]) -> tuple[str, ...]:
        """The codes a damaged text can stand for: what is left when separators, case and the
        characters that scanners confuse (I l 1, O 0) are set aside. Never a guess: a text that
        misses a letter or has one too many stands for nothing."""
        known = self._by_skeleton(tuple(cases), tuple(packets))
        if whole := known.get(skeleton(text)):
            return whole
        pattern = re.compile("(.*?)(" + self._suffix + ")", re.DOTALL)
        match = pattern.fullmatch(text.strip())
        if match is None or not any(character.isdigit() for character in match[2]):
            return ()
        return tuple(code + match[2] for code in known.get(skeleton(match[1]), ()))

    def _by_skeleton(
        self, cases: tuple[str, ...], packets: tuple[str, ...]
    ) -> Mapping[str, tuple[str, ...]]:
        key = (cases, packets)
        if key not in self._skeletons:
            found: dict[str, dict[str, None]] = {}
            for code in self.cells(cases, packets):
                found.setdefault(skeleton(code), {})[code] = None
            self._skeletons[key] = {bones: tuple(codes) for bones, codes in found.items()}
        return self._skeletons[key]

    def cells(self, cases: Iterable[str], packets: Iterable[str]) -> Iterator[str]:
        """Every code the grammar can make of those cases and packets."""
        words = {
            "case": tuple(cases),
            "packet": tuple(packets),
            "section": self.sections,
            "theme": self.themes,
        }
        for form in self.forms:
            names = _FIELD.findall(form)
            for values in product(*(words[name] for name in names)):
                yield _filled(form, dict(zip(names, values, strict=True)))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(
            re.compile(_as_pattern(form) + ("(?:" + self._suffix + ")?" if self.suffix else ""))
            for form in self.forms
        )

    @cached_property
    def _sought(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rf"(?<!\w){_as_pattern(form)}(?!\w)") for form in self.forms)

    @cached_property
    def _suffix(self) -> str:
        return _as_pattern(self.suffix)

    def _is_declared(self, code: Code) -> bool:
        return (code.section is None or code.section in self.sections) and (
            code.theme is None or code.theme in self.themes
        )


def check_form(form: str, *, suffix: bool = False) -> None:
    """Raise FormError if the text cannot be a form of code."""
    names = _FIELD.findall(form)
    allowed = {"item"} if suffix else set(FIELDS) - {"item"}
    for name in names:
        if name not in allowed:
            raise FormError("{" + name + "}")
    if len(names) != len(set(names)) or not names or (not suffix and "case" not in names):
        raise FormError(form)


def _filled(form: str, fields: Mapping[str, str | None]) -> str:
    return _FIELD.sub(lambda match: str(fields[match[1]]), form)


def _as_pattern(form: str) -> str:
    parts = _FIELD.split(form)
    return "".join(
        re.escape(part) if index % 2 == 0 else f"(?P<{part}>{_WORD})"
        for index, part in enumerate(parts)
    )


def skeleton(text: str) -> str:
    """What is left of a text when separators, case, accents and the characters that scanners
    confuse (I l 1, O 0) are set aside."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_CONFUSABLE)
    return "".join(character for character in plain if character.isalnum())
