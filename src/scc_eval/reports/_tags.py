"""The text and the tags of HTML as browsers tell them apart, each with its place.

`html.parser` is not used: it takes time in the square of the length of some broken pages, raises on
others, and does not say where a character stands once references such as `&amp;` are resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"[a-zA-Z][^\s/>]*")
_GAP: Final = re.compile(r"[\s/]*")
_ATTRIBUTE: Final = re.compile(r"(=?[^\s/>=]*)(?:\s*=\s*([\"']|[^\s>\"'][^\s>]*|(?=>)))?")
_COMMENT: Final = re.compile(r"--!?>")
_VERBATIM: Final = frozenset(
    {"script", "style", "iframe", "noembed", "noframes", "textarea", "title", "xmp"}
)
"""Elements in which nothing is a tag but their own end."""


class Value(NamedTuple):
    """The value of an attribute, and the stretch of the source that gives it, with its quotation
    marks."""

    text: str
    start: int
    stop: int


class Text(NamedTuple):
    """A stretch of the source that has no tag."""

    start: int
    stop: int


class Opening(NamedTuple):
    """A tag that opens an element, its name and the names of its attributes in small letters."""

    start: int
    stop: int
    name: str
    attributes: Mapping[str, Value]


class Closing(NamedTuple):
    """A tag that closes an element, its name in small letters."""

    start: int
    stop: int
    name: str


class Comment(NamedTuple):
    """A comment."""

    start: int
    stop: int


class Declaration(NamedTuple):
    """A document type, an instruction, or what browsers pass over in the same way."""

    start: int
    stop: int


Tag = Opening | Closing | Comment | Declaration


def pieces(source: str) -> Iterator[Text | Tag]:
    """The pieces of a page in their order. Never raises: what is no tag is text."""
    reader = _Reader(source)
    begun = position = 0
    while (start := source.find("<", position)) >= 0:
        tag = reader.tag(start)
        if tag is None:
            position = start + 1
            continue
        if start > begun:
            yield Text(begun, start)
        yield tag
        begun = position = tag.stop
        if isinstance(tag, Opening) and tag.name in _VERBATIM:
            position = reader.end_of(tag)
    if begun < len(source):
        yield Text(begun, len(source))


class _Reader:
    """Reads single tags. Each is found in a time that its own length bounds, or else once only."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._last = source.rfind(">")
        self._is_broken = False
        """Whether there was a tag with a quotation mark that nothing closes: quotation marks do
        not count from there on."""

    def tag(self, start: int) -> Tag | None:
        """The tag that begins at `<`, if it is one."""
        following = self._source[start + 1 : start + 2]
        if self._source.startswith("<!--", start):
            return self._comment(start)
        if start > self._last:
            return None
        if following in ("!", "?"):
            return Declaration(start, self._source.index(">", start) + 1)
        if following == "/":
            return self._closing(start)
        return self._opening(start)

    def end_of(self, opening: Opening) -> int:
        """Where the text of an element ends in which there are no other tags."""
        end = re.compile(rf"</{opening.name}(?=[\s/>])", re.IGNORECASE)
        found = end.search(self._source, opening.stop)
        return found.start() if found else len(self._source)

    def _comment(self, start: int) -> Comment:
        found = _COMMENT.search(self._source, start + 2)
        return Comment(start, found.end() if found else len(self._source))

    def _closing(self, start: int) -> Closing | Declaration:
        stop = self._source.index(">", start) + 1
        name = _NAME.match(self._source, start + 2)
        return Closing(start, stop, name[0].lower()) if name else Declaration(start, stop)

    def _opening(self, start: int) -> Opening | None:
        name = _NAME.match(self._source, start + 1)
        if name is None:
            return None
        attributes: dict[str, Value] = {}
        stop = None if self._is_broken else self._end_of_attributes(name.end(), attributes)
        if stop is None:
            self._is_broken = True
            attributes = {}
            stop = self._source.index(">", start) + 1
        return Opening(start, stop, name[0].lower(), attributes)

    def _end_of_attributes(self, position: int, attributes: dict[str, Value]) -> int | None:
        """Take attributes in, and give the character after the tag; None if nothing ends it."""
        source = self._source
        while True:
            gap = _GAP.match(source, position)
            position = gap.end() if gap else position
            if source.startswith(">", position):
                return position + 1
            match = _ATTRIBUTE.match(source, position)
            if match is None or position == len(source):
                return None
            position = match.end()
            value = match[2] or ""
            start = match.start(2) if match[2] is not None else position
            if value in ('"', "'"):
                end = source.find(value, position)
                if end < 0:
                    return None
                value, position = source[position:end], end + 1
            attributes.setdefault(match[1].lower(), Value(value, start, position))
