"""Web pages: what their reader sees of them, with lines and columns of the file."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Final

from scc_eval.reports._archives import Refused
from scc_eval.reports._elements import BLOCKS, IN_HEAD, VOID, State, ended_by, hides, within
from scc_eval.reports._flow import SPACE, Flow
from scc_eval.reports._sources import Lines, source_of
from scc_eval.reports._tags import Closing, Comment, Opening, Text, pieces
from scc_eval.reports._traced import Manner, Outline, Traced, Tracing, Written
from scc_eval.reports.paragraphs import Report

ENCODING: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")
_WORDS: Final = re.compile(r"[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*|[ \t\n\r\f]+")
_FAR: Final = 64
_LINES: Final = re.compile(r"\r\n?|\n|[^\r\n]+")


def read(path: Path, name: str) -> Report:
    """Read a web page. What keeps it from being read is one problem."""
    try:
        text = source_of(path, ENCODING).text
    except Refused as refused:
        return Report(name, problems=(refused.problem(name),))
    return trace(text, Outline()).report(name, Lines(text))


def trace(source: str, outline: Outline) -> Tracing:
    """The paragraphs of a page, or of a part of one below the headings of the outline, and where in
    it they stand."""
    reader = _Reader(source, outline)
    for piece in pieces(source):
        if isinstance(piece, Text):
            reader.read(piece)
        elif isinstance(piece, Opening):
            reader.open(piece)
        elif isinstance(piece, Closing):
            reader.close(piece.name)
        elif isinstance(piece, Comment):
            reader.hide("comment in the markup", piece.start)
    reader.end_paragraph()
    return Tracing(
        tuple(reader.paragraphs), tuple((kind, start) for kind, start in reader.hidden if kind)
    )


class _Reader:
    """Keeps the elements that are open, and writes a paragraph until one of its ends comes."""

    def __init__(self, source: str, outline: Outline) -> None:
        self.paragraphs: list[Traced] = []
        self.hidden: dict[tuple[str, int], None] = {}
        self._source = source
        self._open: list[tuple[Opening, State]] = []
        self._times: Counter[str] = Counter()
        self._outline = outline
        self._flow = Flow(Manner.HTML)

    @property
    def _state(self) -> State:
        return self._open[-1][1] if self._open else State()

    def open(self, opening: Opening) -> None:
        """Take in a tag that opens an element."""
        name = opening.name
        self._end_those_before(name)
        state = within(self._state, opening)
        if name in BLOCKS:
            self.end_paragraph()
        if kind := hides(name):
            self.hide(kind, opening.start)
        if name == "br":
            self._flow.pause("\n", opening.start, opening.stop)
        elif name not in VOID:
            self._open.append((opening, state))
            self._times[name] += 1
            if name == "a" and "href" in opening.attributes:
                value = opening.attributes["href"]
                self._flow.open_link(
                    unescape(value.text).strip(), Written(value.start, value.stop, Manner.HTML)
                )

    def _end_those_before(self, name: str) -> None:
        ends = ended_by(name)
        while self._open and self._open[-1][0].name in ends:
            self.close(self._open[-1][0].name)
        if name == "a" or (self._open and self._open[-1][0].name == "head" and name not in IN_HEAD):
            self.close("a" if name == "a" else "head")

    def close(self, name: str) -> None:
        """Take in a tag that closes an element, and what was left open in it."""
        if self._times[name] and name not in BLOCKS and (back := self._beyond_blocks(name)):
            self._take_out(back)
            return
        while self._times[name]:
            innermost = self._open[-1][0].name
            if innermost in BLOCKS:
                self.end_paragraph()
            self._end(self._open.pop()[0])
            if innermost == name:
                return

    def _beyond_blocks(self, name: str) -> int:
        """How far back an element was opened that is closed within a block that it holds; 0 if it
        is closed where it should be, or too far back for anybody to mean it."""
        is_beyond = False
        for back, (opening, _) in enumerate(islice(reversed(self._open), _FAR), 1):
            if opening.name == name:
                return back if is_beyond else 0
            is_beyond = is_beyond or opening.name in BLOCKS
        return 0

    def _take_out(self, back: int) -> None:
        """End an element, not those in it."""
        inner = self._open[len(self._open) - back :]
        del self._open[len(self._open) - back :]
        self._end(inner[0][0])
        for opening, _ in inner[1:]:
            self._open.append((opening, within(self._state, opening)))

    def _end(self, opening: Opening) -> None:
        self._times[opening.name] -= 1
        if opening.name == "a":
            self._flow.close_link()

    def read(self, text: Text) -> None:
        """Take in text between tags."""
        state = self._state
        if state.silence is not None:
            if self._source[text.start : text.stop].strip():
                self.hidden.setdefault((state.silence, state.since))
            return
        words = _LINES if state.is_kept else _WORDS
        position = text.start
        for found in _REFERENCE.finditer(self._source, text.start, text.stop):
            self._read_words(words, position, found.start(), state)
            position = found.end()
            self._add(unescape(found[0]), found.start(), position, state)
        self._read_words(words, position, text.stop, state)

    def _read_words(self, words: re.Pattern[str], start: int, stop: int, state: State) -> None:
        for found in words.finditer(self._source, start, stop):
            self._add(found[0], found.start(), found.end(), state)

    def _add(self, text: str, start: int, stop: int, state: State) -> None:
        if state.is_kept and text in ("\n", "\r", "\r\n"):
            self._flow.pause("\n", start, stop)
        elif not state.is_kept and not text.strip(SPACE):
            self._flow.pause(" ", start, stop)
        else:
            self._flow.add(text, start, stop, state)

    def hide(self, kind: str, start: int) -> None:
        """Count something that is not read."""
        if self._state.silence is None:
            self.hidden.setdefault((kind, start))

    def end_paragraph(self) -> None:
        """Write what there is of a paragraph, if it has text."""
        if traced := self._flow.take(self._outline):
            self.paragraphs.append(traced)
