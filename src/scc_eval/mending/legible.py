"""Files that cannot be read for a tab or a colon, made legible where there is one way to do it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import accumulate, pairwise

from scc_eval.files import parse
from scc_eval.mending.fields import written
from scc_eval.mending.nodes import grow, quoted
from scc_eval.mending.repair import Draft, Repair
from scc_eval.model.base import Declaration
from scc_eval.places import File, Location

_INDENT = re.compile(r"[ \t]*")
_FIELD = re.compile(
    r"(?P<head> *(?:- +)*(?:\w[^:#]*|\"[^\"\\]*\" *|'[^']*' *): +)"
    r"(?P<value>[^\s\"'\[\]{}>|*&!%#@`,?-](?:.*\S)?)(?P<tail>\s*)",
    re.DOTALL,
)
"""A field with a plain value, alone on its line."""
_COMMENT = re.compile(r"\s#")
_WIDTHS = (2, 4, 8, 3, 1, 5, 6, 7)
"""How many spaces a tab may stand for: those of most editors come first."""

_MOST = 200
"""Slips after which one gives up: a file is read anew after each."""


def legible(
    text: str, name: str, model: type[Declaration] | None, kinds: Collection[str]
) -> Draft | None:
    """The text with spaces for tabs that indent and quotation marks around texts with a colon.

    None where that does not make it legible, or where it could be read in several ways.
    """
    found: list[_Patient] = []
    for width in _WIDTHS:
        patient = _Patient(text, name, width, kinds)
        if patient.is_healed():
            found.append(patient)
        if not patient.tabs:
            break
    is_clear = all(one.file.data == other.file.data for one, other in pairwise(found))
    if not found or not is_clear or not _is_faithful(found[0], model):
        return None
    return Draft(found[0].text, tuple(found[0].repairs()), found[0].file.data)


class _Patient:
    """A text while it is made legible, line by line, each tab taken for so many spaces."""

    def __init__(self, text: str, name: str, width: int, kinds: Collection[str]) -> None:
        # The parser may stop at the end, after the last line.
        self.lines = [*text.splitlines(keepends=True), ""]
        self.tabs: set[int] = set()
        self.colons: dict[int, re.Match[str]] = {}
        self.file: File = File(name, None)
        self._width = width
        self._kinds = kinds

    @property
    def text(self) -> str:
        """The text as it stands now."""
        return "".join(self.lines)

    def is_healed(self) -> bool:
        """Whether the text can be read once all that can be mended is."""
        for _ in range(_MOST):
            self.file = parse(self.text.encode(), self.file.name)
            if self.file.whole:
                return True
            slip = self.file.problems[-1]
            number, column = slip.at.line - 1, slip.at.column - 1
            is_mended = "tabs" in self._kinds and self._expand(number, column)
            if not is_mended and slip.kind == "colon-in-text" and "quoting" in self._kinds:
                is_mended = self._quote(number, column)
            if not is_mended:
                break
        return False

    def _expand(self, number: int, column: int) -> bool:
        if "\t" not in _INDENT.findall(self.lines[number])[0][column:]:
            return False
        # A file that has one tab too many has most often many: a line that begins with a tab is
        # never told from its neighbours by it.
        others = (n for n, line in enumerate(self.lines) if line[:1] == "\t" and line.strip())
        for each in {number, *others}:
            line = self.lines[each]
            indent = _INDENT.findall(line)[0]
            self.lines[each] = indent.replace("\t", " " * self._width) + line[len(indent) :]
            self.tabs.add(each)
        return True

    def _quote(self, number: int, column: int) -> bool:
        match = _FIELD.fullmatch(self.lines[number])
        if match is None or column < match.start("value") or _COMMENT.search(match["value"]):
            return False
        self.lines[number] = match["head"] + quoted(match["value"]) + match["tail"]
        self.colons[number] = match
        return True

    def repairs(self) -> Iterator[Repair]:
        """What was mended, in the order of the lines."""
        if self.tabs:
            facts = {"count": str(self._width), "lines": str(len(self.tabs))}
            yield Repair("tabs", self._at(min(self.tabs), 0), "tab", facts)
        for number, match in sorted(self.colons.items()):
            yield Repair("quoting", self._at(number, match.start("value")), "colon", {})

    def _at(self, number: int, column: int) -> Location:
        return Location(self.file.name, number + 1, column + 1, number + 1, column + 2)


def _is_faithful(patient: _Patient, model: type[Declaration] | None) -> bool:
    """Whether what was put between quotation marks is, each time, the whole text of a field."""
    if not patient.colons:
        return True
    begins = [0, *accumulate(map(len, patient.lines))]
    tree = grow(patient.text, patient.file.name)
    texts = {(w.scalar.begin, w.scalar.raw) for w in written(tree, model) if w.is_text}
    return all(
        (begins[number] + len(match["head"]), quoted(match["value"])) in texts
        for number, match in patient.colons.items()
    )
