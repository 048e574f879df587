"""Where something stands, in words: lines of a file, pages and paragraphs of a written report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scc_eval.diagnostics import Diagnostic
from scc_eval.places import Location, Passage, has_lines

_BODY = ("", "body")
_HEADINGS, _LENGTH = 3, 40
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


def place(at: Location, words: Mapping[str, Any]) -> str:
    """`file:line:column`, or the file with page and paragraph; nothing where there is no place."""
    file = on_one_line(at.file)
    if has_lines(at):
        return f"{file}:{at.line}:{at.column}"
    passage, own = at.passage or Passage(), words["summary"]["places"]
    parts = (
        file,
        own["page"].format(page=passage.page) if passage.page else "",
        own["paragraph"].format(paragraph=passage.paragraph) if passage.paragraph else "",
    )
    return ", ".join(part for part in parts if part)


def prefix(at: Location, words: Mapping[str, Any]) -> str:
    """A place and a colon, the same in every language: editors and grep look for it."""
    told = place(at, words)
    return f"{told}: " if told else ""


def surroundings(at: Location, words: Mapping[str, Any]) -> str:
    """The part of a report, unless it is the body, and the headings above, cut short; nothing in
    other files."""
    return ", ".join(_surroundings(at.passage or Passage(), words["summary"]["places"]))


def message(found: Diagnostic, words: Mapping[str, Any]) -> str:
    """What is amiss, after as much of its place as only words can tell."""
    where = "" if has_lines(found.at) else place(found.at, words)
    told = ", ".join(part for part in (where, surroundings(found.at, words)) if part)
    return f"{told}{words['terms']['colon']} {found.message}" if told else found.message


def remedy(found: Diagnostic, words: Mapping[str, Any]) -> str:
    """What would mend it, after the word for that."""
    return f"{words['terms']['fix']}{words['terms']['colon']} {found.fix}"


def described(found: Diagnostic, words: Mapping[str, Any]) -> str:
    """What is amiss, and on a line of its own what would mend it."""
    return f"{message(found, words)}\n{remedy(found, words)}"


def on_one_line(text: str) -> str:
    """A text on one line, with nothing in it that would steer a terminal."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def _surroundings(passage: Passage, own: Mapping[str, Any]) -> Iterator[str]:
    if passage.part not in _BODY:
        yield own["parts"].get(passage.part, passage.part)
    if passage.headings:
        last = [_shortened(heading) for heading in passage.headings[-_HEADINGS:]]
        path = (*(("…",) if len(passage.headings) > _HEADINGS else ()), *last)
        yield own["under"].format(headings=" › ".join(path))


def _shortened(heading: str) -> str:
    heading = on_one_line(heading)
    return heading if len(heading) <= _LENGTH else heading[: _LENGTH - 1].rstrip() + "…"
