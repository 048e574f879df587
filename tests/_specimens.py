"""The specimens: pages that are at once a rule's examples, its tests and its documentation."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scc_eval import Dossier, check, load
from scc_eval.diagnostics import Diagnostic

FOLDER = Path(__file__).parent / "specimens"
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"# (SCC\d{3})(?:: (.*?))?(?=(?: ;)? # SCC\d{3}|$)")
_LISTED = re.compile(r"(.+):(\d+):(\d+): (SCC\d{3})(?: (.+))?")


class Expected(NamedTuple):
    """A diagnostic that must come out; the column and the message are compared where given."""

    file: str
    line: int
    code: str
    column: int | None
    message: str | None


class Block(NamedTuple):
    """A file, folder or link of a specimen: how it is made, its path and what it holds."""

    make: str
    path: str
    content: str

    def write(self, root: Path) -> None:
        """Make it below a folder."""
        path = root / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        match self.make:
            case "folder":
                path.mkdir(parents=True)
            case "link":
                path.symlink_to(self.content.strip())
            case "sparse":
                path.touch()
                os.truncate(path, int(self.content))
            case "bytes":
                text = self.content.encode("ascii").decode("unicode_escape")
                path.write_bytes(text.encode("latin-1"))
            case _:
                path.write_bytes(self.content.encode())

    def expected(self) -> tuple[Expected, ...]:
        """The diagnostics it asks for, in the comments of its lines or as a list."""
        lines = self.content.split("\n")
        if self.make == "expect":
            found = (match.groups() for line in lines if (match := _LISTED.fullmatch(line)))
            return tuple(Expected(f, int(n), code, int(c), text) for f, n, c, code, text in found)
        return tuple(
            Expected(self.path, number, match[1], None, match[2])
            for number, line in enumerate(lines, 1)
            for match in _COMMENT.finditer(line)
        )


@dataclass(frozen=True, slots=True)
class Specimen:
    """A small whole workspace and the diagnostics that must come out of it, no more, no fewer."""

    code: str
    title: str
    blocks: tuple[Block, ...]
    expected: tuple[Expected, ...]

    @property
    def is_bad(self) -> bool:
        """Whether it shows the rule broken."""
        return bool(self.expected)

    def diagnose(self, root: Path) -> tuple[Diagnostic, ...]:
        """Write the workspace below a folder and judge it."""
        for block in self.blocks:
            block.write(root)
        return tuple(found for project in load(root) for found in check(Dossier(project)))


def headings() -> dict[str, str]:
    """The first line of each page, by the code in its file name."""
    pages = sorted(FOLDER.glob("SCC*.md"))
    return {page.stem: page.read_text("utf-8").partition("\n")[0] for page in pages}


def specimens() -> tuple[Specimen, ...]:
    """Every specimen of every page."""
    return tuple(specimen for code in headings() for specimen in _page(code))


def _page(code: str) -> tuple[Specimen, ...]:
    _, *parts = _SECTION.split((FOLDER / f"{code}.md").read_text("utf-8"))
    base = {block.path: block for block in _blocks((FOLDER / "_base.md").read_text("utf-8"))}
    return tuple(
        _specimen(code, title, body, base)
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    )


def _specimen(code: str, title: str, body: str, base: dict[str, Block]) -> Specimen:
    own = _blocks(body)
    asked = sorted((e for block in own for e in block.expected()), key=lambda e: e[:3])
    files = {block.path: block for block in own if block.make != "expect"}
    given = {} if "\nonly:\n" in body else base
    return Specimen(code, title, tuple((given | files).values()), tuple(asked))


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block(*match.groups("")) for match in _FENCE.finditer(text))
