"""Copies of a report with some stretches repaired, linked or commented; never the report itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from scc_eval.reports.paragraphs import Report


class Edit(NamedTuple):
    """What a copy has otherwise at a stretch of a paragraph (its index from 0, the first character
    and the one after the last): another text, an address that it links to, comments on it."""

    paragraph: int
    begin: int
    end: int
    text: str | None = None
    address: str | None = None
    comments: tuple[str, ...] = ()


class CannotCopy(Exception):
    """No copy of this kind can be made of this report: the text says why."""


Copier = Callable[[Path, Report, Sequence[Edit]], bytes]

_COPIERS: Mapping[str, str] = {
    ".docx": "word_copy",
    ".odt": "writer_copy",
    ".html": "html_copy",
    ".htm": "html_copy",
    ".md": "text_copy",
    ".txt": "text_copy",
}
"""The module that copies each kind of report in its own kind."""


def copy(path: Path, report: Report, edits: Sequence[Edit]) -> bytes:
    """The bytes of a copy in the report's own kind. Edits do not overlap.

    `report` is what `read` made of the file at `path`. Raises CannotCopy for kinds of file that
    cannot be written again, such as PDF.
    """
    module = _COPIERS.get(path.suffix.lower())
    if module is None:
        raise CannotCopy(path.suffix)
    copier: Copier = import_module(f"scc_eval.reports.{module}").copy
    return copier(path, report, sorted(edits, key=_place))


def _place(edit: Edit) -> tuple[int, int, int]:
    return edit.paragraph, edit.begin, edit.end
