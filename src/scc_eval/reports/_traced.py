"""Text of which each character knows where it is written in the file that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from scc_eval.places import Location
from scc_eval.reports._sources import Lines
from scc_eval.reports.paragraphs import Hidden, Link, Paragraph, Part, Report, Spot


class Manner(Enum):
    """How a stretch is written: as it is, or in a markup in which some characters must be written
    otherwise."""

    PLAIN = "plain"
    CODE = "code"
    """Between the backticks of Markdown."""
    MARKDOWN = "Markdown"
    HTML = "HTML"


class Run(NamedTuple):
    """A stretch of a text (`begin` to `end`) and of the source (`start` to `stop`) that writes it.

    Where both are of one length, each character is one of the source; else they only hang
    together as a whole, as `&` and `&amp;` do.
    """

    begin: int
    end: int
    start: int
    stop: int
    manner: Manner = Manner.PLAIN

    @property
    def is_literal(self) -> bool:
        """Whether each of its characters is one of the source."""
        return self.end - self.begin == self.stop - self.start

    def cut(self, begin: int, end: int) -> Run:
        """The part of it that writes some of the text; all of it where it hangs together."""
        if not self.is_literal:
            return self
        begin, end = max(begin, self.begin), min(end, self.end)
        shift = self.start - self.begin
        return Run(begin, end, begin + shift, end + shift, self.manner)


class Written(NamedTuple):
    """The stretch of the source that gives an address, with the marks around it."""

    start: int
    stop: int
    manner: Manner


class Traced(NamedTuple):
    """A paragraph and its runs, which cover its text. `written` says for each of its links where
    the address is; None where it is the text itself."""

    text: str
    runs: tuple[Run, ...]
    part: Part = Part.BODY
    headings: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    written: tuple[Written | None, ...] = ()
    raised: tuple[tuple[int, int], ...] = ()


class Tracing(NamedTuple):
    """A whole report, traced. `hidden` are kinds of what is not read, and where each stands.
    `pages` are the first characters of the pages, if the source has pages."""

    paragraphs: tuple[Traced, ...]
    hidden: tuple[tuple[str, int], ...] = ()
    pages: tuple[int, ...] = ()

    def report(self, name: str, lines: Lines) -> Report:
        """What was read, with places for runs."""
        paragraphs = tuple(self._numbered(lines))
        return Report(name, paragraphs, tuple(_counted(name, self.hidden, lines)))

    def _numbered(self, lines: Lines) -> Iterator[Paragraph]:
        page, number = 0, 0
        for traced in self.paragraphs:
            spots = tuple(_spots(traced.runs, lines, self.pages))
            number = number + 1 if spots[0].page == page else 1
            page = spots[0].page
            yield Paragraph(
                traced.text,
                number,
                traced.part,
                traced.headings,
                spots,
                traced.links,
                traced.raised,
            )


class Trace:
    """A text that grows run by run."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._last = Run(0, 0, 0, 0)
        self._may_grow = False

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._pieces)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs that write the text."""
        return (*self._runs, self._last)[1:]

    def add(self, text: str, start: int, stop: int, manner: Manner = Manner.PLAIN) -> None:
        """Add what a stretch of the source writes. No run goes on after space that is added alone:
        it may be the end of a line."""
        begin, end = self.length, self.length + len(text)
        is_literal = end - begin == stop - start
        last = self._last
        if is_literal and self._may_grow and last.stop == start and last.manner is manner:
            self._last = Run(last.begin, end, last.start, stop, manner)
        else:
            self._runs.append(last)
            self._last = Run(begin, end, start, stop, manner)
        self._may_grow = is_literal and not text.isspace()
        self._pieces.append(text)
        self.length = end


class Outline:
    """The headings that stand above a place, outermost first."""

    def __init__(self, above: Iterable[tuple[int, str]] = ()) -> None:
        self._above = list(above)

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above what comes next."""
        return tuple(title for _, title in self._above)

    def copy(self) -> Outline:
        """The same headings, which others may be added to."""
        return Outline(self._above)

    def enter(self, level: int, title: str, ends: int | None = None) -> tuple[str, ...]:
        """Take a heading in, and give the headings above it. The lower the level, the further
        out. It ends those of its own level and below it, or of another."""
        while self._above and self._above[-1][0] >= (ends or level):
            self._above.pop()
        above = self.path
        self._above.append((level, " ".join(title.split())))
        return above


def _spots(runs: Iterable[Run], lines: Lines, pages: Sequence[int]) -> Iterator[Spot]:
    """The spots of runs; none for a run that goes on where the one before it ends."""
    last = None
    for run in runs:
        line, column = lines.at(run.start)
        page = bisect_right(pages, run.start)
        here = line, column - run.begin, page
        if here != last:
            yield Spot(run.begin, line, column, page)
        last = here


def _counted(name: str, hidden: Iterable[tuple[str, int]], lines: Lines) -> Iterator[Hidden]:
    kinds: dict[str, list[int]] = {}
    for kind, offset in hidden:
        kinds.setdefault(kind, []).append(offset)
    for kind, offsets in kinds.items():
        line, column = lines.at(min(offsets))
        yield Hidden(kind, len(offsets), Location(name, line, column, line, column))
