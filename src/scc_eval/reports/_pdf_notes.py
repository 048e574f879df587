"""What a PDF file has beside its text: links, remarks of reviewers, pictures, titles in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject

from scc_eval.reports._pdf_page import Address

_DEEPEST = 12
_NO_PAGE = 0


class Title(NamedTuple):
    """An entry of a file's outline: the page it leads to, how deep it lies, its words."""

    page: int
    depth: int
    words: str


def titles(reader: PdfReader) -> tuple[Title, ...]:
    """The outline of a file, in order."""
    return tuple(_titles(reader, reader.outline, 1))


def _titles(reader: PdfReader, entries: Any, depth: int) -> Iterator[Title]:
    for entry in entries if depth <= _DEEPEST else ():
        if isinstance(entry, Destination):
            number = reader.get_destination_page_number(entry)
            page = _NO_PAGE if number is None else number + 1
            yield Title(page, depth, " ".join(str(entry.title).split()))
        else:
            yield from _titles(reader, entry, depth + 1)


def addresses(page: PageObject) -> Iterator[Address]:
    """Where the links of a page lead."""
    for note in _notes(page):
        rectangle = note.get("/Rect")
        target = _target(note) if note.get("/Subtype") == "/Link" else ""
        if target and isinstance(rectangle, ArrayObject) and len(rectangle) == 4:
            across = sorted(float(rectangle[index]) for index in (0, 2))
            upwards = sorted(float(rectangle[index]) for index in (1, 3))
            yield Address(across[0], upwards[0], across[1], upwards[1], target)


def _target(note: DictionaryObject) -> str:
    action = note.get("/A")
    action = action.get_object() if action is not None else None
    if isinstance(action, DictionaryObject) and "/URI" in action:
        return str(action["/URI"])
    name = note.get("/Dest") or (action.get("/D") if isinstance(action, DictionaryObject) else None)
    return f"#{name}" if isinstance(name, str) else ""


def remarks(page: PageObject) -> Iterator[str]:
    """What reviewers wrote on a page."""
    for note in _notes(page):
        words = note.get("/Contents")
        if isinstance(words, str) and words.strip() and note.get("/Subtype") != "/Link":
            yield words.strip()


def pictures(page: PageObject) -> int:
    """How many pictures a page shows."""
    drawn = _within(_within(page, "/Resources"), "/XObject")
    each = (entry.get_object() for entry in drawn.values())
    return sum(isinstance(e, DictionaryObject) and e.get("/Subtype") == "/Image" for e in each)


def _within(holder: DictionaryObject, name: str) -> DictionaryObject:
    """What a dictionary has under a name, if it is a dictionary too."""
    found = holder.get(name)
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _notes(page: PageObject) -> Iterator[DictionaryObject]:
    for entry in page.annotations or ():
        note = entry.get_object()
        if isinstance(note, DictionaryObject):
            yield note
