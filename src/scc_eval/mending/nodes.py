"""A YAML text as a tree whose scalars know which characters of the text they are.

Only those characters are ever replaced: whatever else stands in a file, its comments, blank lines
and ends of lines with it, stays byte for byte.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping as AbstractMapping
from typing import Any, NamedTuple, cast

import yaml

from scc_eval.places import Mapping, Sequence

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BLOCK = ("|", ">")
_PROPERTIES = re.compile(r"^(?:[&!]\S*\s+)*")
_PLAIN = re.compile(r"\w[\w.-]*")
"""Texts that mean themselves in every style of YAML, quoted or not."""


class Scalar(NamedTuple):
    """A scalar: the characters it is, from `begin` on, with its anchor, tag and quotes; its value;
    the sign of its style, none where it is plain."""

    begin: int
    raw: str
    value: str
    style: str
    is_tagged: bool

    @property
    def end(self) -> int:
        """Where the character after it stands."""
        return self.begin + len(self.raw)

    @property
    def text(self) -> str:
        """Its value as declarations take it."""
        return self.value.strip()

    @property
    def is_null(self) -> bool:
        """Whether it stands for nothing."""
        return not self.style and self.value in _NULLS


Node = Scalar | Mapping | Sequence


class Tree(NamedTuple):
    """The tree of a text: mappings and lists of scalars, the same where an alias stands for it.
    What is, or stands for, the name of a field is in `names`."""

    text: str
    root: Node
    names: frozenset[Scalar]


class Change(NamedTuple):
    """What a scalar becomes: its characters, and its value."""

    raw: str
    value: str


Changes = AbstractMapping[Scalar, Change]


def grow(text: str, name: str) -> Tree:
    """The tree of a text that the reader of files took whole, without a byte-order mark."""
    composer = _Composer(text, name)
    return Tree(text, composer.root(), frozenset(composer.names))


class _Composer:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.names: set[Scalar] = set()
        self._anchors: dict[str, Node] = {}
        outside = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
        events = yaml.parse(text, Loader=PARSER)
        self._events = (event for event in events if not isinstance(event, outside))
        self._next: Any = next(self._events)

    def root(self) -> Node:
        """The whole; an empty list where the text holds nothing."""
        is_empty = isinstance(self._next, yaml.StreamEndEvent)
        return Sequence(self.name, self._next.start_mark) if is_empty else self.node()

    def node(self) -> Node:
        """What stands next, with all that is in it."""
        event: Any = self._take()
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._anchors[event.anchor]
        if kind is yaml.ScalarEvent:
            node: Node = self._scalar(event)
        else:
            make = self._mapping if kind is yaml.MappingStartEvent else self._sequence
            node = make(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _take(self) -> Any:
        event, self._next = self._next, next(self._events, None)
        return event

    def _scalar(self, event: Any) -> Scalar:
        begin, end = event.start_mark.index, event.end_mark.index
        is_tagged = event.tag is not None
        return Scalar(begin, self.text[begin:end], event.value, event.style or "", is_tagged)

    def _mapping(self, event: Any) -> Mapping:
        mapping = Mapping(self.name, event.start_mark)
        while not isinstance(self._next, yaml.MappingEndEvent):
            mark = self._next.start_mark
            key = cast("Scalar", self.node())
            self.names.add(key)
            value = self.node()
            name = "" if key.is_null else key.value
            # As the reader of files has it: of two fields of one name the first counts.
            if name not in mapping:
                mapping[name] = value
                mapping.keys_at[name] = mark
        self._take()
        return mapping

    def _sequence(self, event: Any) -> Sequence:
        sequence = Sequence(self.name, event.start_mark)
        while not isinstance(self._next, yaml.SequenceEndEvent):
            sequence.items_at.append(self._next.start_mark)
            sequence.append(self.node())
        self._take()
        return sequence


def data(node: Node, changes: Changes | None = None) -> Any:
    """What the reader of files makes of a tree, with the changes made."""
    if isinstance(node, Mapping):
        return {key: data(value, changes) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [data(item, changes) for item in node]
    if changes and node in changes:
        return changes[node].value
    return None if node.is_null else node.value


def uses(node: Node) -> Counter[Scalar]:
    """How many times each scalar stands in the data: as often as aliases repeat it."""
    return Counter(_scalars(node))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for inner in node.values() if isinstance(node, Mapping) else node:
        yield from _scalars(inner)


def edited(text: str, changes: Changes) -> str:
    """The text with other characters where those scalars stand."""
    parts: list[str] = []
    here = 0
    for scalar in sorted(changes):
        parts += (text[here : scalar.begin], changes[scalar].raw)
        here = scalar.end
    return "".join((*parts, text[here:]))


def respelt(scalar: Scalar, better: str, *, may_be_plain: bool) -> Change | None:
    """A scalar whose text is another, in the style it is written in; between quotation marks where
    it may not be plain. None where its characters cannot be told from those around them."""
    old = scalar.text
    is_plain = _PLAIN.fullmatch(better) is not None and (bool(scalar.style) or may_be_plain)
    if is_plain and scalar.raw.count(old) == 1:
        return Change(scalar.raw.replace(old, better), scalar.value.replace(old, better))
    properties, rest = _apart(scalar)
    if scalar.style in _BLOCK or rest.startswith("#"):
        return None
    is_bare = is_plain and not scalar.style
    return Change(properties + (better if is_bare else quoted(better)), better)


def put_in_quotes(scalar: Scalar) -> Change | None:
    """The same text between quotation marks. None where more than the text would be put there."""
    properties, rest = _apart(scalar)
    return Change(properties + quoted(rest), rest) if rest == scalar.value else None


def quoted(text: str) -> str:
    """A text of one line between quotation marks, with as little changed in it as can be."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _apart(scalar: Scalar) -> tuple[str, str]:
    """The anchor and the tag before a scalar, and the rest."""
    rest = _PROPERTIES.sub("", scalar.raw, count=1)
    return scalar.raw[: len(scalar.raw) - len(rest)], rest
