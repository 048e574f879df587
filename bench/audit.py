"""Audits of long reports, each beside merely extracting the report's text with the library that
reads it. Same arguments, same text."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from docx import Document

AUDIT_TO_EXTRACTION: Final = 2.0
GRAMMAR: Final = "{case}_PC{packet}_{section}"
_CASES = ("Eco", "Part", "Biodiv", "Rehab", "Agri", "Food", "Water", "School")
_WORDS = (
    *("the", "council", "says", "that", "each", "farmer", "who", "took", "part", "had", "heard"),
    *("of", "it", "from", "a", "neighbour", "and", "changed", "way", "land", "was", "worked"),
    *("since", "then", "in", "several", "steps", "because", "advice", "came", "early"),
)


class Shape(NamedTuple):
    """How a report of some 300 pages is cut: how many paragraphs, and how many words in each."""

    name: str
    paragraphs: int
    words_each: int


LONG: Final = Shape("long", 1_000, 136)
SHORT: Final = Shape("short", 6_300, 21)
_EXTRACT_WORD = """
import sys, docx
for paragraph in docx.Document(sys.argv[1]).paragraphs:
    paragraph.text
"""
_EXTRACT_PDF = """
import sys, pypdf
for page in pypdf.PdfReader(sys.argv[1]).pages:
    page.extract_text()
"""


class Pair(NamedTuple):
    """Two commands to be measured beside each other, and how much longer the first may take."""

    label: str
    ours: tuple[str, ...]
    other: tuple[str, ...]
    bound: float


def audits(folder: Path, citations: int) -> Iterator[Pair]:
    """The audit of Word files, of long paragraphs and of short ones, and of a PDF file that hold
    so many citations, on some 300 pages.

    LibreOffice makes the PDF file: where it is not installed, there is none.
    """
    for shape in (LONG, SHORT):
        word = write_report(folder / f"{shape.name}.docx", citations, shape)
        what = f"{citations} citations in {shape.name} paragraphs"
        yield _pair(word, what, _EXTRACT_WORD, "python-docx")
    if shutil.which("soffice"):
        pdf = _by_office(folder / f"{LONG.name}.docx")
        yield _pair(pdf, f"{citations} citations in a PDF file", _EXTRACT_PDF, "pypdf")


def write_report(path: Path, citations: int, shape: Shape = LONG) -> Path:
    """Write a Word report that holds so many citations in chapters and paragraphs."""
    count, words_each = shape.paragraphs, shape.words_each
    rng = random.Random(20162)
    document = Document()
    for number in range(count):
        if number % 10 == 0:
            document.add_heading(f"{number // 10 + 1}. Chapter", 1)
        words = rng.choices(_WORDS, k=words_each)
        cited = citations * (number + 1) // count - citations * number // count
        for place in sorted(rng.sample(range(words_each), cited), reverse=True):
            words.insert(place, f"({_code(rng)})")
        document.add_paragraph(" ".join(words) + ".")
    document.save(str(path))
    return path


def _code(rng: random.Random) -> str:
    return f"{rng.choice(_CASES)}_PC{rng.randint(1, 6)}_{rng.randint(1, 3)}"


def _by_office(word: Path) -> Path:
    profile = f"-env:UserInstallation={(word.parent / 'profile').as_uri()}"
    command = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", word.parent)
    subprocess.run((*command, word), check=True, capture_output=True)
    return word.with_suffix(".pdf")


def _pair(path: Path, what: str, extract: str, library: str) -> Pair:
    ours = (str(Path(sys.executable).parent / "scc"), "audit", str(path), "--grammar", GRAMMAR)
    label = f"audit {what} / {library}"
    return Pair(label, ours, (sys.executable, "-c", extract, str(path)), AUDIT_TO_EXTRACTION)
