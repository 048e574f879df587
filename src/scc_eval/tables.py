"""Tables as plain text, as Markdown and as CSV: rows of texts in, lines out; texts as HTML."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from html import escape

EMPTY = "·"
"""What stands where there is nothing."""
WIDTH = 80
"""Columns of a page of plain text."""

_TIED = re.compile(r"(?<=«) | (?=[»:;!?])")
_TIE = "\N{NO-BREAK SPACE}"


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of plain text, indented by two spaces, for a terminal or a pipe."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = (value.ljust(width) for value, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def marked_up(text: str) -> str:
    """A text as HTML shows it; no line begins with a mark that French sets after a space."""
    return escape(_TIED.sub(_TIE, text))


def wrapped(text: str, first: str = "", then: str = "", width: int = WIDTH) -> Iterator[str]:
    """A text in lines that fit the page, its first line and those after it with their indents. No
    line begins with a mark that French sets after a space; no code is broken."""
    tied = _TIED.sub(_TIE, text)
    lines = textwrap.wrap(
        *(tied, width),
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (line.replace(_TIE, " ") for line in lines)


def titled(title: str) -> Iterator[str]:
    """A title in lines that fit the page, underlined."""
    yield from wrapped(title)
    yield "=" * min(len(title), WIDTH)


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table; what stands in its cells is text, never markup. The heads are markup."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(escaped(value) for value in row) + " |"


def escaped(text: str) -> str:
    """A text that stays as it is in a line of Markdown."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def spreadsheet(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV for a spreadsheet, with its line endings."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
