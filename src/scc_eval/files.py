"""YAML text to data that knows its places: nothing here knows what an evaluation is.

Scalars stay the text they are (`NO`, `12:30`, `1_2`, `1.10`, `010`): the model, not the reader,
decides which of them is a number, a date or a truth value. Only a plain empty value, `~` and
`null` become None.
"""

from __future__ import annotations

import codecs
import gc
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from scc_eval.faults import character_problem, just_after, syntax_problem
from scc_eval.places import File, Location, Mapping, Problem, Sequence, Spread, place_of

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
MAX_ALIASED = 100_000

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_CORE = frozenset(
    "tag:yaml.org,2002:" + name
    for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
_Parser: Any = _cyaml.CParser if (_cyaml := getattr(yaml, "cyaml", None)) else yaml.SafeLoader
_COUNTS_BYTES = hasattr(yaml, "cyaml")
_SCALAR, _MAPPING, _SEQUENCE = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
_MAPPING_END, _SEQUENCE_END = yaml.MappingEndEvent, yaml.SequenceEndEvent


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the garbage collector while many small lasting objects are made."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read(path: Path | str, name: str) -> File:
    """Read one YAML file. Whatever is wrong with it comes back as problems; nothing is raised."""
    try:
        # Not blocking: a pipe that bears the name of a file must not hang the program.
        descriptor = os.open(path, os.O_RDONLY | _BINARY | _NONBLOCK)
    except OSError as error:
        return _unreadable(name, "unreadable", refusal=(error.strerror or "unknown").lower())
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            return _unreadable(name, "folder-for-file")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(name, "unreadable", refusal="not a regular file")
        if status.st_size > MAX_BYTES:
            size, limit = status.st_size // 1_000_000, MAX_BYTES // 1_000_000
            return _unreadable(name, "too-large", size=str(size), limit=str(limit))
        raw = os.read(descriptor, status.st_size + 1)
    except OSError as error:
        return _unreadable(name, "unreadable", refusal=(error.strerror or "unknown").lower())
    finally:
        os.close(descriptor)
    return parse(raw, name)


_BINARY: int = getattr(os, "O_BINARY", 0)
_NONBLOCK: int = getattr(os, "O_NONBLOCK", 0)


def parse(raw: bytes, name: str) -> File:
    """Turn YAML text into data with places. It must be UTF-8; a byte-order mark is passed over."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        at = just_after(raw[: error.start].decode("utf-8"), name)
        byte = f"0x{raw[error.start]:02X}"
        return File(name, None, (Problem("not-utf8", at, {"byte": byte}),), whole=False)
    builder, parser = _Builder(name), None
    try:
        parser = _Parser(raw)
        builder.build(parser)
    except yaml.reader.ReaderError as error:
        builder.give_up(character_problem(text, name, error, counts_bytes=_COUNTS_BYTES))
    except yaml.MarkedYAMLError as error:
        builder.give_up(syntax_problem(text, name, error))
    except (ValueError, OverflowError):
        # The parser in Python lets this through: an escape that is no character.
        at = place_of(name, parser.get_mark(), 1) if parser else Location(name)
        builder.give_up(Problem("broken-yaml", at, {"problem": "no such character"}))
    if builder.data is None and not builder.problems:
        builder.problems.append(Problem("empty-file", Location(name), {}))
    return File(name, builder.data, tuple(builder.problems), builder.whole)


def _unreadable(name: str, kind: str, **facts: str) -> File:
    return File(name, None, (Problem(kind, Location(name), facts),), whole=False)


class _TooMuch(Exception):
    """Reading must stop here: the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


class _Builder:
    """Builds data straight from the parser's events, so that depth and aliases stay in hand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: Any = None
        self.problems: list[Problem] = []
        self.whole = True
        self._stack: list[Any] = []
        self._anchors: dict[str, Any] = {}
        self._sizes: dict[str, int] = {}
        self._open: dict[int, tuple[str, int]] = {}
        self._nodes = 0
        self._aliased = 0

    def give_up(self, problem: Problem) -> None:
        """Keep what was complete before the problem; drop the item that was being written."""
        self.whole = False
        self.problems.append(problem)
        for outer, inner in pairwise(self._stack):
            if isinstance(outer, Sequence) and outer[-1] is inner:
                outer.pop()
                outer.items_at.pop()
                break

    def build(self, parser: Any) -> None:
        """Follow the events to the end. Raises what the parser raises."""
        try:
            self._follow(parser.get_event)
        except _TooMuch as stop:
            self.give_up(stop.problem)
        finally:
            parser.dispose()

    def _follow(self, next_event: Callable[[], Any]) -> None:
        # One loop with everything in local names: this is where a large evaluation spends its time.
        stack, name, opened = self._stack, self.name, self._open
        top: Any = None
        in_mapping = False
        key: str | None = None
        mark: Any = None
        outer: list[bool] = []
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is _SCALAR:
                value: Any = event.value
                if value in _NULLS and not event.style:
                    value = None
                if event.tag is not None:
                    self._check_tag(event)
                if event.anchor is not None:
                    self._anchors[event.anchor] = value
            elif kind is _MAPPING or kind is _SEQUENCE:
                self._check_begin(event, is_key=in_mapping and key is None)
                value = (
                    Mapping(name, event.start_mark)
                    if kind is _MAPPING
                    else (Sequence(name, event.start_mark))
                )
            elif kind is _MAPPING_END or kind is _SEQUENCE_END:
                if opened:
                    self._close_anchor(top)
                stack.pop()
                in_mapping = outer.pop()
                top = stack[-1] if stack else None
                continue
            elif kind is yaml.AliasEvent:
                value = self._follow_alias(event, is_key=in_mapping and key is None)
            elif kind is yaml.StreamEndEvent:
                return
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents > 1:
                    at = place_of(name, event.start_mark, 3)
                    raise _TooMuch(Problem("two-documents", at, {}))
                continue

            if opened:
                self._nodes += 1
            if in_mapping:
                if key is None:
                    key = "" if value is None else value
                    mark = event.start_mark
                    continue
                if key in top.keys_at:
                    at = place_of(name, mark, len(key))
                    self.problems.append(Problem("duplicate-key", at, {"key": key}, top.at(key)))
                else:
                    top.keys_at[key] = mark
                    top[key] = value
                key = None
            elif not stack:
                self.data = value
            else:
                top.append(value)
                mark = event.start_mark
                if kind is _SCALAR and event.end_mark.line > mark.line:
                    mark = Spread(mark.line, mark.column)
                top.items_at.append(mark)
            if kind is _MAPPING or kind is _SEQUENCE:
                outer.append(in_mapping)
                stack.append(value)
                top = stack[-1]
                in_mapping = kind is _MAPPING
                if event.anchor is not None:
                    self._open[len(stack)] = (event.anchor, self._nodes)

    def _check_begin(self, event: Any, *, is_key: bool) -> None:
        if event.tag is not None:
            self._check_tag(event)
        if is_key:
            raise _TooMuch(Problem("key-not-text", place_of(self.name, event.start_mark, 1), {}))
        if len(self._stack) >= MAX_DEPTH:
            at = place_of(self.name, event.start_mark, 1)
            raise _TooMuch(Problem("too-deep", at, {"depth": str(MAX_DEPTH)}))

    def _close_anchor(self, node: Mapping | Sequence) -> None:
        if (begun := self._open.pop(len(self._stack), None)) is not None:
            anchor, before = begun
            self._anchors[anchor] = node
            self._sizes[anchor] = self._nodes - before + 1

    def _follow_alias(self, event: Any, *, is_key: bool) -> Any:
        at = place_of(self.name, event.start_mark, len(event.anchor) + 1)
        facts = {"alias": event.anchor}
        if event.anchor in {anchor for anchor, _ in self._open.values()}:
            raise _TooMuch(Problem("alias-in-itself", at, facts))
        if event.anchor not in self._anchors:
            raise _TooMuch(Problem("unknown-alias", at, facts))
        value, size = self._anchors[event.anchor], self._sizes.get(event.anchor, 1)
        self._nodes += size
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            # Nobody writes this by mistake: nothing of the file is kept.
            self._stack.clear()
            self.data = None
            raise _TooMuch(Problem("alias-grows", at, facts))
        if is_key and not isinstance(value, str):
            raise _TooMuch(Problem("key-not-text", at, {}))
        return value

    def _check_tag(self, event: Any) -> None:
        if event.tag != "!" and event.tag not in _CORE:
            at = place_of(self.name, event.start_mark, 1)
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problems.append(Problem("unknown-tag", at, {"tag": tag}))
