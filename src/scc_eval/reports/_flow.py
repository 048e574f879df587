"""One paragraph as its text flows in, piece by piece, with its links and note marks."""

from __future__ import annotations

from typing import Final, NamedTuple

from scc_eval.reports._elements import State
from scc_eval.reports._traced import Manner, Outline, Trace, Traced, Written
from scc_eval.reports.paragraphs import Link

SPACE: Final = " \t\n\r\f"


class _Gap(NamedTuple):
    """Space, or a break, that counts if more text follows."""

    text: str
    start: int
    stop: int


class _Anchor(NamedTuple):
    """A link that is open: its address, where the source gives it, and where its text begins (-1
    as long as it has none)."""

    address: str
    written: Written | None
    begin: int = -1


class Flow:
    """A paragraph that grows. What it is part of is said with its first text."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._anchor: _Anchor | None = None
        self._begin()

    def _begin(self) -> None:
        self._trace = Trace()
        self._state = State()
        self._gap: _Gap | None = None
        self._links: list[tuple[Link, Written | None]] = []
        self._raised: list[tuple[int, int]] = []

    def add(
        self, text: str, start: int, stop: int, state: State, manner: Manner | None = None
    ) -> None:
        """Add text that a stretch of the source writes, and what holds for it there."""
        if not self._trace.length:
            self._state = state
        elif self._gap:
            self._trace.add(self._gap.text, self._gap.start, self._gap.stop, self._manner)
        self._gap = None
        begin = self._trace.length
        if self._anchor and self._anchor.begin < 0:
            self._anchor = self._anchor._replace(begin=begin)
        self._trace.add(text, start, stop, manner or self._manner)
        if state.is_raised:
            self._raise(begin, self._trace.length)

    def _raise(self, begin: int, end: int) -> None:
        if self._raised and self._raised[-1][1] == begin:
            begin, _ = self._raised.pop()
        self._raised.append((begin, end))

    def pause(self, text: str, start: int, stop: int) -> None:
        """Add a space, or a break, which outdoes the space around it."""
        gap = self._gap
        if gap is None or (text, gap.text) == ("\n", " "):
            self._gap = _Gap(text, start, stop)
        elif gap.stop == start:
            self._gap = gap._replace(stop=stop)

    def open_link(self, address: str, written: Written | None) -> None:
        """Begin a link at the text that comes next."""
        self._anchor = _Anchor(address, written)

    def close_link(self, written: Written | None = None) -> None:
        """End the link that is open, if one is. `written` is said here where it comes last."""
        if self._anchor:
            end = self._trace.length
            begin = end if self._anchor.begin < 0 else self._anchor.begin
            link = Link(begin, end, self._anchor.address)
            self._links.append((link, written or self._anchor.written))
        self._anchor = None

    def take(self, outline: Outline) -> Traced | None:
        """The paragraph, if it has text; another begins, in the same link."""
        anchor = self._anchor
        if anchor and anchor.begin >= 0:
            self.close_link()
            self._anchor = anchor._replace(begin=-1)
        text = self._trace.text
        traced = None
        if text.strip():
            level = self._state.level
            traced = Traced(
                text,
                self._trace.runs,
                self._state.part,
                outline.enter(level, text) if level else outline.path,
                tuple(link for link, _ in self._links),
                tuple(written for _, written in self._links),
                tuple(self._raised),
            )
        self._begin()
        return traced
