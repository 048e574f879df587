"""What is wrong with a YAML text: the parser's words and places put into ours."""

from __future__ import annotations

import re

import yaml

from scc_eval.places import Location, Problem, place_of


def just_after(text: str, name: str) -> Location:
    """The place of what comes after a text."""
    lines = _BREAK.split(text)
    line, column = len(lines), len(lines[-1]) + 1
    return Location(name, line, column, line, column + 1)


_SYNTAX = {
    "mapping values are not allowed in this context": "colon-in-text",
    "mapping values are not allowed here": "colon-in-text",
    "found character that cannot start any token": "odd-start",
    "found unexpected end of stream": "unclosed",
    "found undefined tag handle": "odd-tag",
    "found a tab character that violates indentation": "tab-indent",
    "found a tab character where an indentation space is expected": "tab-indent",
}
_QUOTED = re.compile(" '[^']*'")
"""What the parser in Python adds to the words of libyaml."""
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def syntax_problem(text: str, name: str, error: yaml.MarkedYAMLError) -> Problem:
    """What the parser could not follow, in the terms of this project, at a place that is real."""
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    column = mark.column if mark else 0
    lines = _BREAK.split(text)
    if line >= len(lines):
        # A parser that runs off the end points one line past it: the reader's eye needs a real one.
        line, column = len(lines) - 1, len(lines[-1])
    column = min(column, len(lines[line]))
    at = Location(name, line + 1, column + 1, line + 1, column + 2)
    related = error.context_mark
    problem = error.problem or "it is not YAML"
    kind = _SYNTAX.get(_QUOTED.sub("", problem), "broken-yaml")
    is_at_end = not (lines[line][column:] + "".join(lines[line + 1 :])).strip()
    if is_at_end and (error.context or "").startswith("while parsing a flow"):
        kind = "unclosed"
    if kind == "odd-start" and lines[line][column : column + 1] == "\t":
        kind = "tab-indent"
    elif kind == "odd-start":
        kind = "broken-yaml"
    facts = {"problem": problem} if kind == "broken-yaml" else {}
    if kind == "odd-tag":
        kind, facts = "unknown-tag", {"tag": lines[line][column:].split(" ")[0]}
    begun = place_of(name, related, 1) if related and related.line < line else None
    return Problem(kind, at, facts, begun)


def character_problem(
    text: str, name: str, error: yaml.reader.ReaderError, *, counts_bytes: bool
) -> Problem:
    """The character no YAML may hold. `counts_bytes` says how the parser counts its position."""
    position = int(error.position)
    if counts_bytes:
        position = len(text.encode("utf-8", "surrogatepass")[:position].decode("utf-8", "ignore"))
    at = just_after(text[:position], name)
    character = text[position : position + 1] or "\0"
    return Problem("control-character", at, {"character": f"U+{ord(character):04X}"})
