"""Changes in the source of a report, at the stretches of its text that edits name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from scc_eval.reports._archives import Refused
from scc_eval.reports._sources import Source, source_of
from scc_eval.reports._traced import Manner, Run, Traced, Written
from scc_eval.reports.copying import CannotCopy, Edit
from scc_eval.reports.paragraphs import Report

_MARKS: Final = re.compile(r"[\\`*\[\]<>|&~]|(?<![^\W_])_|_(?![^\W_])|^[#+=:-]|(?<=^\d)[.)]")
_NOT_IN_ADDRESS: Final = re.compile(r"[\s()<>\\|]")


class _Splice(NamedTuple):
    """What stands in the source instead of a stretch of it."""

    start: int
    stop: int
    text: str


def spliced(source: str, traced: Sequence[Traced], edits: Iterable[Edit]) -> str:
    """The source with the edits made in it. Markup in a stretch stays: a new text stands where the
    stretch begins."""
    # Two edits in one link are two splices of its address: the first one counts.
    splices: dict[tuple[int, int], str] = {}
    for edit in edits:
        for start, stop, text in _splices(source, traced[edit.paragraph], edit):
            splices.setdefault((start, stop), text)
    written: list[str] = []
    position = 0
    for (start, stop), text in sorted(splices.items()):
        written += (source[position:start], text)
        position = stop
    return "".join((*written, source[position:]))


def source_again(path: Path, declared: re.Pattern[bytes] | None = None) -> Source:
    """A file that was read before, as it is now. Raises CannotCopy."""
    try:
        return source_of(path, declared)
    except Refused as refused:
        raise CannotCopy(refused.obstacle.value) from refused


def check(report: Report, texts: Iterable[str]) -> None:
    """Raise CannotCopy if the paragraphs of a file no longer have the texts of the report."""
    if list(texts) != [one.text for one in report.paragraphs]:
        raise CannotCopy("changed since it was read")


def _splices(source: str, traced: Traced, edit: Edit) -> Iterator[_Splice]:
    text = edit.text
    for run in _stretches(traced.runs, edit.begin, edit.end):
        content = source[run.start : run.stop]
        if text is not None:
            content, text = _WRITTEN[run.manner](text), ""
        if (content or run.begin == run.end) and edit.comments and run.manner is Manner.HTML:
            title = escape("\n".join(edit.comments)).replace("\n", "&#10;")
            content = f'<mark title="{title}" class="scc-comment">{content}</mark>'
        splice = _Splice(run.start, run.stop, content)
        if content and edit.address is not None:
            within = _links(traced, run)
            yield from (_addressed(written, edit.address) for written in within if written)
            splice = splice if within else _linked(source, splice, run.manner, edit.address)
        yield splice


def _stretches(runs: Iterable[Run], begin: int, end: int) -> Sequence[Run]:
    """The stretches of the source, each without markup in it, that write a stretch of the text. Of
    one that is empty, the place."""
    if begin == end:
        around = (run for run in runs if run.begin <= begin <= run.end and run.is_literal)
        return [run.cut(begin, end) for run in islice(around, 1)]
    found: list[Run] = []
    for run in runs:
        if max(run.begin, begin) >= min(run.end, end):
            continue
        part = run.cut(begin, end)
        last = found[-1] if found else None
        if last and (last.stop, last.manner) == (part.start, part.manner):
            found[-1] = last._replace(end=part.end, stop=part.stop)
        else:
            found.append(part)
    return found


def _links(traced: Traced, run: Run) -> Sequence[Written | None]:
    """Where the addresses of the links are written that a stretch stands in."""
    links = zip(traced.links, traced.written, strict=True)
    return [written for link, written in links if link.begin <= run.begin and run.end <= link.end]


def _addressed(written: Written, address: str) -> _Splice:
    text = f'"{escape(address)}"' if written.manner is Manner.HTML else f"({_destination(address)})"
    return _Splice(written.start, written.stop, text)


def _linked(source: str, splice: _Splice, manner: Manner, address: str) -> _Splice:
    start, stop, content = splice
    if manner is Manner.HTML:
        return splice._replace(text=f'<a href="{escape(address)}">{content}</a>')
    if manner is Manner.CODE:
        marks = 0
        while source[max(start - marks - 1, 0)] == "`" and marks < start:
            marks += 1
        if not marks or not source.startswith("`" * marks, stop):
            return splice
        ticks = "`" * marks
        splice = _Splice(start - marks, stop + marks, ticks + content + ticks)
    if manner is Manner.PLAIN:
        return splice
    return splice._replace(text=f"[{splice.text}]({_destination(address)})")


def _destination(address: str) -> str:
    """An address as a link of Markdown has it."""
    plain = _NOT_IN_ADDRESS.sub(lambda character: quote(character[0]), address)
    return plain.replace("&", "&amp;")


def _escaped(text: str) -> str:
    """A text as Markdown has it."""
    return _MARKS.sub(lambda mark: "\\" + mark[0], text)


def _web(text: str) -> str:
    return escape(text, quote=False)


_WRITTEN: Final[Mapping[Manner, Callable[[str], str]]] = {
    Manner.PLAIN: str,
    Manner.CODE: str,
    Manner.MARKDOWN: _escaped,
    Manner.HTML: _web,
}
