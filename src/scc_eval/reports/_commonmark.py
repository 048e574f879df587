"""The parser of Markdown, set up so that what it gives can be found in the source again.

To CommonMark come tables, strikethrough and footnotes. Of a link it is told where it ends, of each
line of a table where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_NOTE_MARK: Final = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE_INDENT: Final = 4
_DEEPEST: Final = 40
_MAY_END: Final = ["paragraph", "reference"]

InlineRule = Callable[[StateInline, bool], bool]


class Parsed(NamedTuple):
    """The blocks of a text, and the column from 0 at which each line of a table begins."""

    tokens: list[Token]
    rows: dict[int, int]


def parse(text: str) -> Parsed:
    """Take a text apart into blocks, and their words into pieces that follow the source."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"]).disable("text_join")
    parser.block.ruler.at("table", _table, {"alt": _MAY_END})
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": _MAY_END})
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    for name, rule in (("link", link), ("image", image), ("autolink", autolink)):
        parser.inline.ruler.at(name, _ending(rule))
    environment: dict[str, Any] = {"notes": set(), "rows": {}}
    return Parsed(parser.parse(text, environment), environment["rows"])


def _ending(rule: InlineRule) -> InlineRule:
    """The rule, which says with its last token where in the source it ends."""

    def with_end(state: StateInline, silent: bool) -> bool:
        is_found = rule(state, silent)
        if is_found and not silent:
            state.tokens[-1].meta["end"] = state.pos
        return is_found

    return with_end


def _table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    is_found = table(state, first, end, silent)
    if is_found and not silent:
        for line in range(first, state.line):
            begin = state.bMarks[line] + state.tShift[line]
            state.env["rows"][line] = begin - state.src.rfind("\n", 0, begin) - 1
    return is_found


def _footnote(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """`[^1]: text`, and what is set in below it."""
    begin = state.bMarks[first] + state.tShift[first]
    match = _NOTE.match(state.src, begin, state.eMarks[first])
    if match is None or state.is_code_block(first):
        return False
    if silent:
        return True
    state.env["notes"].add(match[1])
    before = state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType
    state.push("footnote_open", "", 1)
    state.bMarks[first], state.tShift[first] = match.end(), 0
    state.blkIndent += _NOTE_INDENT
    state.sCount[first] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, first, end)
    state.blkIndent -= _NOTE_INDENT
    state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType = before
    state.push("footnote_close", "", -1)
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    match = _NOTE_MARK.match(state.src, state.pos)
    if match is None or match[1] not in state.env["notes"]:
        return False
    if not silent:
        state.push("footnote_mark", "", 0).markup = match[0]
    state.pos = match.end()
    return True
