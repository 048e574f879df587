"""The words in a block of Markdown, and where in the file each character of them is written.

The parser says what a block means, not where in it a word stands. But what it gives is in the order
of the source, so the source can be read along with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import Final

from markdown_it.token import Token

from scc_eval.reports._elements import VOID, State, hides, within
from scc_eval.reports._flow import Flow
from scc_eval.reports._tags import Closing, Comment, Opening, pieces
from scc_eval.reports._traced import Manner, Written

_BREAK: Final = re.compile(r"\n[ \t]*")


class Extract:
    """A text taken out of the source piece by piece: `pieces` says at which of its characters each
    piece begins, and where in the source that is."""

    def __init__(self, text: str, pieces: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._begins = [begin for begin, _ in pieces]
        self._shifts = [start - begin for begin, start in pieces]

    def start(self, begin: int) -> int:
        """Where in the source a character stands, or the end of a stretch."""
        return begin + self._shifts[bisect_right(self._begins, begin) - 1]

    def cuts(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """A stretch, piece by piece."""
        inside = (edge for edge in self._begins if begin < edge < end)
        return pairwise((begin, *inside, end))


class Inline:
    """Reads one block along with its source."""

    def __init__(
        self, extract: Extract, state: State, flow: Flow, hide: Callable[[str, int], None]
    ) -> None:
        self._extract = extract
        self._source = extract.text
        self._open: list[tuple[str, State]] = [("", state)]
        self._flow = flow
        self._hide = hide
        self._position = 0
        self._is_address = False
        self._readers: Mapping[str, Callable[[Token], None]] = {
            "text": self._read_text,
            "text_special": self._read_special,
            "code_inline": self._read_code,
            "softbreak": self._read_break,
            "hardbreak": self._read_break,
            "html_inline": self._read_tags,
            "link_open": self._open_link,
            "link_close": self._close_link,
            "s_open": self._open_deletion,
            "s_close": self._close_deletion,
            "image": self._pass_image,
        }

    def read(self, tokens: Iterable[Token]) -> None:
        """Read what stands between the beginning and the end of the block."""
        for token in tokens:
            self._readers.get(token.type, self._pass)(token)

    def _add(self, text: str, begin: int, end: int, manner: Manner = Manner.MARKDOWN) -> None:
        self._position = end
        state = self._open[-1][1]
        start, stop = self._extract.start(begin), self._extract.start(end)
        if state.silence is not None:
            self._hide(state.silence, state.since)
        elif len(text) == end - begin != stop - start:
            for first, last in self._extract.cuts(begin, end):
                start, stop = self._extract.start(first), self._extract.start(last)
                self._flow.add(text[first - begin : last - begin], start, stop, state, manner)
        else:
            self._flow.add(text, start, stop, state, manner)

    def _pass(self, token: Token) -> None:
        self._position += len(token.markup)

    def _read_text(self, token: Token) -> None:
        if self._is_address:
            self._add(token.content, self._position, self._source.index(">", self._position))
        elif token.content:
            begin = max(self._source.find(token.content, self._position), self._position)
            self._add(token.content, begin, begin + len(token.content))

    def _read_special(self, token: Token) -> None:
        """A character that is escaped, or a reference such as `&amp;`."""
        self._add(token.content, self._position, self._position + len(token.markup))

    def _read_code(self, token: Token) -> None:
        begin = self._position + len(token.markup)
        marks = re.compile(rf"(?<!`){token.markup}(?!`)")
        found = marks.search(self._source, begin)
        end = found.start() if found else len(self._source)
        padding = (end - begin - len(token.content)) // 2
        for words in re.finditer(r"\n|[^\n]+", self._source[begin + padding : end - padding]):
            first = begin + padding + words.start()
            self._add(words[0].replace("\n", " "), first, first + len(words[0]), Manner.CODE)
        self._position = end + len(token.markup)

    def _read_break(self, _: Token) -> None:
        """The end of a line, with what stands before the text of the next one."""
        begin = self._position
        found = _BREAK.search(self._source, begin)
        self._position = found.end() if found else begin
        start, stop = self._extract.start(begin), self._extract.start(self._position)
        self._flow.pause("\n", start, stop)

    def _read_tags(self, token: Token) -> None:
        for piece in pieces(token.content):
            start = self._extract.start(self._position + piece.start)
            if isinstance(piece, Opening):
                self._open_element(piece._replace(start=start))
            elif isinstance(piece, Closing):
                self._close_element(piece.name)
            elif isinstance(piece, Comment):
                self._hide("comment in the markup", start)
        self._position += len(token.content)

    def _open_element(self, opening: Opening) -> None:
        stop = self._extract.start(self._position + opening.stop)
        if opening.name == "br":
            self._flow.pause("\n", opening.start, stop)
        elif kind := hides(opening.name):
            self._hide(kind, opening.start)
        if opening.name in VOID:
            return
        self._open.append((opening.name, within(self._open[-1][1], opening)))
        if opening.name == "a" and "href" in opening.attributes:
            value = opening.attributes["href"]
            first, last = (self._position + edge for edge in (value.start, value.stop))
            written = Written(self._extract.start(first), self._extract.start(last), Manner.HTML)
            self._flow.open_link(unescape(value.text).strip(), written)

    def _close_element(self, name: str) -> None:
        if name in (opened for opened, _ in self._open):
            while self._open.pop()[0] != name:
                continue
            if name == "a":
                self._flow.close_link()

    def _open_link(self, token: Token) -> None:
        self._is_address = token.info == "auto"
        self._position += 1
        self._flow.open_link(str(token.attrs["href"]), None)

    def _close_link(self, token: Token) -> None:
        end: int = token.meta["end"]
        if self._is_address:
            self._flow.close_link()
        else:
            start = self._extract.start(self._source.index("]", self._position) + 1)
            written = Written(start, self._extract.start(end), Manner.MARKDOWN)
            self._flow.close_link(written)
        self._is_address = False
        self._position = end

    def _open_deletion(self, token: Token) -> None:
        start = self._extract.start(self._position)
        self._open_element(Opening(start, self._position, "del", {}))
        self._pass(token)

    def _close_deletion(self, token: Token) -> None:
        self._close_element("del")
        self._pass(token)

    def _pass_image(self, token: Token) -> None:
        self._hide("picture", self._extract.start(self._position))
        self._position = token.meta["end"]
