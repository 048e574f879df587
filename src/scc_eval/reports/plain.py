"""Plain text, read as people write and print it: blocks between blank lines, numbered headings.

A form feed begins a page. There is no markup: a title is what is underlined, or what the numbers of
the whole text show to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from scc_eval.reports._archives import Refused
from scc_eval.reports._sources import Lines, source_of
from scc_eval.reports._titles import Title, taken, titles
from scc_eval.reports._traced import Outline, Trace, Traced, Tracing
from scc_eval.reports.paragraphs import Part, Report

_UNFINISHED: Final = ("(", "_", "-", ",")


class _Line(NamedTuple):
    """A line without the space around it: its first character and the one after its last in the
    file, how far it is set in, and whether it is the first of a page."""

    text: str
    start: int
    stop: int
    indent: int = 0
    opens_page: bool = False


_Block = tuple[_Line, ...]


def read(path: Path, name: str) -> Report:
    """Read a text file. What keeps it from being read is one problem."""
    try:
        text = source_of(path).text
    except Refused as refused:
        return Report(name, problems=(refused.problem(name),))
    lines = Lines(text)
    return trace(text, lines).report(name, lines)


def trace(text: str, lines: Lines) -> Tracing:
    """The paragraphs of a text and where in it they stand."""
    feeds = [match.end() for match in re.finditer("\f", text)]
    return Tracing(tuple(_paragraphs(text, lines)), pages=(0, *feeds) if feeds else ())


def _paragraphs(text: str, lines: Lines) -> Iterator[Traced]:
    blocks = _blocks(_lines(text, lines))
    pieces = [(index, piece) for index, block in enumerate(blocks) for piece in _pieces(block)]
    found = titles([[line.text for line in piece] for _, piece in pieces])
    outline = Outline()
    for block, title in _joined(pieces, found):
        if title is None:
            yield _traced(block, Part.BODY, outline.path)
        else:
            heading = block[title.first : title.last]
            above = outline.enter(title.level, " ".join(line.text for line in heading), title.ends)
            yield _traced(heading, Part.HEADING, above)


def _lines(text: str, lines: Lines) -> Iterator[_Line]:
    opens_page = False
    for start, stop in lines:
        pieces = text[start:stop].split("\f")
        for index, piece in enumerate(pieces):
            opens_page = opens_page or index > 0
            bare = piece.strip()
            if bare or len(pieces) == 1:
                indent = len(piece) - len(piece.lstrip())
                begin = start + indent
                yield _Line(bare, begin, begin + len(bare), indent, opens_page)
                opens_page = opens_page and not bare
            start += len(piece) + 1


def _blocks(lines: Iterable[_Line]) -> Iterator[_Block]:
    block: list[_Line] = []
    for line in lines:
        if block and (not line.text or _begins(line, block[-1])):
            yield tuple(block)
            block = []
        if line.text:
            block.append(line)
    if block:
        yield tuple(block)


def _begins(line: _Line, last: _Line) -> bool:
    """Whether a page begins here. One space before a line is what is left of a lost form feed."""
    opens_page = line.opens_page or (line.indent == 1 and not last.indent)
    return opens_page and not last.text.endswith(_UNFINISHED)


def _pieces(block: _Block) -> Iterator[_Block]:
    """A block, apart from the headings that it may begin with."""
    while block:
        cut = taken([line.text for line in block]) or len(block)
        yield block[:cut]
        block = block[cut:]


def _joined(
    pieces: Iterable[tuple[int, _Block]], found: Mapping[int, Title]
) -> Iterator[tuple[_Block, Title | None]]:
    """Headings, and paragraphs, whole again where they were taken apart for nothing."""
    held: _Block = ()
    within = -1
    for index, (block, piece) in enumerate(pieces):
        title = found.get(index)
        if held and (title or block != within):
            yield held, None
            held = ()
        if title:
            yield piece, title
        else:
            held, within = (*held, *piece), block
    if held:
        yield held, None


def _traced(block: _Block, part: Part, above: tuple[str, ...]) -> Traced:
    trace = Trace()
    last = block[0]
    for line in block:
        if trace.length:
            trace.add("\n", last.stop, line.start)
        trace.add(line.text, line.start, line.stop)
        last = line
    return Traced(trace.text, trace.runs, part, above)
