"""PDF reports, by pypdf: pages, the lines on them, and the paragraphs that lines make."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from scc_eval.places import Location, Passage
from scc_eval.reports._archives import LARGEST_FILE, Obstacle, Refused
from scc_eval.reports._pdf_flow import paragraphs
from scc_eval.reports._pdf_notes import addresses, pictures, remarks, titles
from scc_eval.reports._pdf_page import Page, lines_of
from scc_eval.reports.paragraphs import Hidden, Report

LARGEST_PAGE: Final = 2 * 2**20
"""Bytes of what is drawn on a page, unpacked. Text needs few; taking them apart takes a hundred
times their memory."""
LARGEST_CONTENT: Final = 32 * 2**20
"""The same for all pages."""
MOST_PAGES: Final = 5_000


def read(path: Path, name: str) -> Report:
    """Read a PDF file. What keeps it from being read comes back as one problem."""
    try:
        with _listening():
            return _read(path, name)
    except Refused as refused:
        obstacle = refused.obstacle
    except LimitReachedError:
        obstacle = Obstacle.UNPACKS_TO_TOO_MUCH
    except RecursionError:
        obstacle = Obstacle.IN_A_LOOP
    except DependencyError:
        obstacle = Obstacle.ENCRYPTED
    except _WHAT_PYPDF_RAISES as error:
        obstacle = Obstacle.IN_A_LOOP if _LOOP.search(str(error)) else Obstacle.DAMAGED
    return Report(name, problems=(Refused(obstacle).problem(name),))


_WHAT_PYPDF_RAISES = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(MemoryError, NotImplementedError, OSError, TypeError, ValueError),
)
"""What comes of objects that are not what the file says they are."""


def _read(path: Path, name: str) -> Report:
    reader = PdfReader(BytesIO(_content(path)))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Refused(Obstacle.ENCRYPTED)
    outline = titles(reader)
    pages: list[Page] = []
    shown: list[int] = []
    for number, page in enumerate(_pages(reader), 1):
        lines = tuple(lines_of(page))
        pages.append(Page(number, lines, tuple(addresses(page)), tuple(remarks(page))))
        shown += [number] * pictures(page)
    empty = [page.number for page in pages if not page.lines]
    unseen = {"page without text": empty, "picture": shown}
    return Report(name, tuple(paragraphs(pages, outline)), tuple(_hidden(name, unseen)))


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Refused(Obstacle.TOO_LARGE)
        content = path.read_bytes()
    except OSError as error:
        raise Refused(Obstacle.CANNOT_BE_OPENED) from error
    if not content:
        raise Refused(Obstacle.EMPTY)
    if b"%PDF-" not in content[:1024]:
        raise Refused(Obstacle.NOT_ITS_NAME)
    return content


def _pages(reader: PdfReader) -> Iterator[PageObject]:
    """The pages, looked at before they are taken apart."""
    seen: set[int] = set()
    spent = 0
    for page in reader.pages:
        reference = page.indirect_reference
        identity = reference.idnum if reference else id(page)
        if identity in seen or len(seen) >= MOST_PAGES:
            raise Refused(Obstacle.IN_A_LOOP)
        seen.add(identity)
        contents = page.get_contents()
        drawn = len(contents.get_data()) if contents is not None else 0
        spent += drawn
        if drawn > LARGEST_PAGE or spent > LARGEST_CONTENT:
            raise Refused(Obstacle.UNPACKS_TO_TOO_MUCH)
        yield page


def _hidden(name: str, unseen: Mapping[str, Sequence[int]]) -> Iterator[Hidden]:
    for kind, pages in unseen.items():
        if pages:
            yield Hidden(kind, len(pages), Location(name, passage=Passage(page=pages[0])))


_LOOP = re.compile(r"\bcycl|\bloop|circular|Exceeded \d+ form", re.IGNORECASE)
"""What pypdf says of objects that hold themselves."""


class _Ear(logging.Handler):
    """Hears what pypdf mends and goes on with, and writes it nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.has_heard_loop = False

    def emit(self, record: logging.LogRecord) -> None:
        self.has_heard_loop |= _LOOP.search(record.getMessage()) is not None


@contextmanager
def _listening() -> Iterator[None]:
    """Raise Refused at the end if pypdf met a loop: no program writes one."""
    logger, ear = logging.getLogger("pypdf"), _Ear()
    was, logger.propagate = logger.propagate, False
    logger.addHandler(ear)
    try:
        yield
    finally:
        logger.removeHandler(ear)
        logger.propagate = was
    if ear.has_heard_loop:
        raise Refused(Obstacle.IN_A_LOOP)
