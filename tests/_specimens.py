"""The specimens: pages that are at once a rule's examples, its tests and its documentation.

Those below `fr/` are what French readers are shown: the examples of the English documentation, told
in French, with the messages that the French get.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "specimens"
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STAGE = re.compile(r"^stage: ([1-6])", re.MULTILINE)
_COMMENT = re.compile(r"# (SCC\d{3})(?:: (.*?))?(?=(?: ;)? # SCC\d{3}|$)")
_LISTED = re.compile(r"(.+):(\d+):(\d+): (SCC\d{3})(?: (.+))?")


class Expected(NamedTuple):
    """A diagnostic that must come out; its column and message count where they are given."""

    file: str
    line: int
    code: str
    column: int | None
    message: str | None


class Block(NamedTuple):
    """A fenced block: how it is made into a file, its path and what it holds."""

    make: str
    path: str
    content: str

    def expected(self) -> Iterable[Expected]:
        """The diagnostics it asks for, in the comments of its lines or as a list."""
        for number, line in enumerate(self.content.split("\n"), 1):
            if self.make == "expect" and (listed := _LISTED.fullmatch(line)):
                file, at_line, column, code, message = listed.groups()
                yield Expected(file, int(at_line), code, int(column), message)
            elif self.make == "yaml":
                for comment in _COMMENT.finditer(line):
                    yield Expected(self.path, number, comment[1], None, comment[2])


@dataclass(frozen=True, slots=True)
class Specimen:
    """A small whole workspace and the diagnostics that must come out of it, no more, no fewer."""

    code: str
    language: str
    title: str
    blocks: tuple[Block, ...]
    expected: tuple[Expected, ...]
    in_french: tuple[str, ...]
    """The messages in French, in the order of the diagnostics, where the page gives them."""

    @property
    def stage(self) -> int:
        """The stage it says in its settings; the last if it says none."""
        found = (_STAGE.search(block.content) for block in self.blocks)
        return next((int(stage[1]) for stage in found if stage), 6)

    @property
    def is_waived(self) -> bool:
        """Whether it shows a breach that somebody accepted."""
        return self.title.startswith(("Waived", "Limite acceptée"))


def write(blocks: Iterable[Block], root: Path) -> None:
    """Make the files of a workspace below a folder."""
    for make, name, content in blocks:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if make == "folder":
            path.mkdir()
        elif make == "link":
            path.symlink_to(content.strip())
        elif make == "sparse":
            path.touch()
            os.truncate(path, int(content))
        elif make == "bytes":
            path.write_bytes(content.encode().decode("unicode_escape").encode("latin-1"))
        else:
            path.write_bytes(content.encode())


def _pages(folder: Path) -> Mapping[str, str]:
    return {page.stem: page.read_text("utf-8") for page in sorted(folder.glob("SCC*.md"))}


def blocks_of(text: str) -> tuple[Block, ...]:
    """The fenced blocks of a page or of a section."""
    return tuple(Block(*match.groups("")) for match in _FENCE.finditer(text))


BASE = blocks_of((FOLDER / "_base.md").read_text("utf-8"))
PAGES = _pages(FOLDER)
FRENCH_PAGES = _pages(FOLDER / "fr")
_FRENCH_BASE = blocks_of((FOLDER / "fr" / "_base.md").read_text("utf-8"))


def specimens() -> Iterable[Specimen]:
    """Every specimen of every page; without `only:` a specimen has the files of the base too."""
    for language, base, pages in (("en", BASE, PAGES), ("fr", _FRENCH_BASE, FRENCH_PAGES)):
        for code, page in pages.items():
            _, *parts = _SECTION.split(page)
            for title, body in zip(parts[::2], parts[1::2], strict=True):
                yield _specimen(code, language, title, body, base)


def _specimen(code: str, language: str, title: str, body: str, base: tuple[Block, ...]) -> Specimen:
    own = blocks_of(body)
    if "\nonly:\n" in body:
        base = ()
    told = ("expect", "french")
    files = {block.path: block for block in (*base, *own) if block.make not in told}
    expected = sorted((e for b in own for e in b.expected()), key=lambda e: e[:3])
    french = (line for b in own if b.make == "french" for line in b.content.splitlines())
    return Specimen(code, language, title, tuple(files.values()), tuple(expected), tuple(french))
