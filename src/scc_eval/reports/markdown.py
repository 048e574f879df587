"""Markdown as it is rendered, with lines and columns of the file: CommonMark with tables,
footnotes and strikethrough.

A block of HTML in it is read as the page that it is. What stands between `---` at the beginning of
the file says things about the report; it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from markdown_it.token import Token

from scc_eval.reports import html
from scc_eval.reports._archives import Refused
from scc_eval.reports._commonmark import parse
from scc_eval.reports._elements import State
from scc_eval.reports._flow import Flow
from scc_eval.reports._inline import Extract, Inline
from scc_eval.reports._sources import Lines, source_of
from scc_eval.reports._traced import Manner, Outline, Traced, Tracing
from scc_eval.reports.paragraphs import Part, Report

_HEAD: Final = re.compile(r"---[ \t]*\n(?![ \t]*\n)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_CELLS: Final = ("th_open", "td_open")
_NOTHING: Final = Extract("", [(0, 0)])


def read(path: Path, name: str) -> Report:
    """Read a Markdown file. What keeps it from being read is one problem."""
    try:
        text = source_of(path).text
    except Refused as refused:
        return Report(name, problems=(refused.problem(name),))
    lines = Lines(text)
    return trace(text, lines).report(name, lines)


def trace(source: str, lines: Lines) -> Tracing:
    """The paragraphs of a Markdown text and where in it they stand."""
    reader = _Reader(source, lines)
    reader.read()
    hidden = tuple((kind, start) for kind, start in reader.hidden if kind)
    return Tracing(tuple(reader.paragraphs), hidden)


class _Reader:
    """Goes through the blocks in their order."""

    def __init__(self, source: str, lines: Lines) -> None:
        self.paragraphs: list[Traced] = []
        self.hidden: dict[tuple[str, int], None] = {}
        self._lines = [source[start:stop] for start, stop in lines]
        self._starts = lines.starts
        self._outline = Outline()
        self._parsed = parse(_without_head("\n".join(self._lines)))
        self._is_note = False
        self._cells: Iterator[Extract] = iter(())

    def read(self) -> None:
        """Read all blocks."""
        last = Token("", "", 0)
        for token in self._parsed.tokens:
            if token.type in ("footnote_open", "footnote_close"):
                self._is_note = token.nesting > 0
            elif token.type == "tr_open":
                self._cells = self._row(token)
            elif token.type == "inline":
                self._read_words(token, last)
            elif token.type in ("fence", "code_block"):
                self._read_code(token)
            elif token.type == "html_block":
                self._read_page(token)
            last = token

    def _read_words(self, token: Token, opening: Token) -> None:
        level = int(opening.tag[1]) if opening.type == "heading_open" else 0
        state = State(part=Part.HEADING if level else self._part, level=level)
        if opening.type in _CELLS:
            extract = next(self._cells, _NOTHING)
            state = State(part=Part.TABLE)
        elif opening.markup.startswith("#"):
            extract = self._title(token, opening.markup)
        else:
            extract = self._extract(token, token.content)
        flow = Flow(Manner.MARKDOWN)
        Inline(extract, state, flow, self._hide).read(token.children or ())
        self._end(flow)

    def _read_code(self, token: Token) -> None:
        flow = Flow(Manner.MARKDOWN)
        last = 0
        first = _first(token) + (1 if token.type == "fence" else 0)
        for index, line in enumerate(token.content.split("\n"), first):
            if words := line.strip():
                stop = self._starts[index] + len(self._lines[index].rstrip())
                flow.pause("\n", last, stop - len(words))
                flow.add(words, stop - len(words), stop, State(part=self._part), Manner.PLAIN)
                last = stop
        self._end(flow)

    def _read_page(self, token: Token) -> None:
        """A block of HTML."""
        extract = self._extract(token, token.content.rstrip("\n"))
        found = html.trace(extract.text, self._outline)
        for traced in found.paragraphs:
            part = Part.NOTE if self._is_note else traced.part
            self.paragraphs.append(_moved(traced, extract)._replace(part=part))
        for kind, start in found.hidden:
            self._hide(kind, extract.start(start))

    def _extract(self, token: Token, content: str) -> Extract:
        """Lines of a block. Each ends as its line of the file ends, whatever stands before it."""
        found: list[tuple[int, int]] = []
        begin = 0
        for index, piece in enumerate(content.split("\n"), _first(token)):
            line = self._lines[index]
            end = len(line) if line.endswith(piece) else len(line.rstrip())
            found.append((begin, self._starts[index] + end - len(piece)))
            begin += len(piece) + 1
        return Extract(content, found)

    def _title(self, token: Token, marks: str) -> Extract:
        line = self._lines[_first(token)]
        column = line.find(token.content, line.index(marks) + len(marks))
        return Extract(token.content, [(0, self._starts[_first(token)] + column)])

    def _row(self, token: Token) -> Iterator[Extract]:
        """The cells of a line of a table."""
        index = _first(token)
        column = self._parsed.rows[index]
        line = self._lines[index][column:].rstrip()
        begin = 0
        for end in (*(pipe.start() for pipe in _PIPE.finditer(line)), len(line)):
            # A pipe before the first cell, or after the last, parts nothing.
            if begin < end or 0 < begin < len(line):
                yield _cell(line[begin:end], self._starts[index] + column + begin)
            begin = end + 1

    @property
    def _part(self) -> Part:
        return Part.NOTE if self._is_note else Part.BODY

    def _hide(self, kind: str, start: int) -> None:
        self.hidden.setdefault((kind, start))

    def _end(self, flow: Flow) -> None:
        if traced := flow.take(self._outline):
            self.paragraphs.append(traced)


def _first(token: Token) -> int:
    """The line of the file, from 0, that a block begins with."""
    return token.map[0] if token.map else 0


def _without_head(text: str) -> str:
    """The text with the lines left empty that say things about it."""
    head = _HEAD.match(text)
    return "\n" * head[0].count("\n") + text[head.end() :] if head else text


def _cell(raw: str, start: int) -> Extract:
    """The text of a cell, in which `\\|` is a pipe."""
    words = raw.strip().split("\\|")
    start += len(raw) - len(raw.lstrip())
    begin = 0
    found: list[tuple[int, int]] = [(0, start)]
    for piece in words[:-1]:
        begin, start = begin + len(piece), start + len(piece)
        found += [(begin, start), (begin + 1, start + 2)]
        begin, start = begin + 1, start + 2
    return Extract("|".join(words), found)


def _moved(traced: Traced, extract: Extract) -> Traced:
    """A paragraph of a block of HTML, at its place in the file."""
    runs = tuple(
        run._replace(start=extract.start(run.start), stop=extract.start(run.stop))
        for run in traced.runs
    )
    written = tuple(
        one and one._replace(start=extract.start(one.start), stop=extract.start(one.stop))
        for one in traced.written
    )
    return traced._replace(runs=runs, written=written)
