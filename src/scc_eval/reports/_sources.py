"""Reports that are text files: their characters, and where in the file a character stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from scc_eval.reports._archives import LARGEST_FILE, Obstacle, Refused

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_OTHER_KINDS: Final = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_BREAK: Final = re.compile(r"\r\n?|\n")
_FAMILIES: Final = ("utf-8", "utf8", "iso", "latin", "windows", "cp", "mac", "koi8")
_WINDOWS: Final = "windows-1252"
_SAME: Final = frozenset({_WINDOWS, "iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii"})
"""What web pages name so is windows-1252: that is how browsers read it."""
_IN_WINDOWS: Final = {
    byte: ord(character)
    for byte in range(0x80, 0xA0)
    for character in bytes((byte,)).decode("cp1252", "ignore")
}
_IN_BYTES: Final = {character: byte for byte, character in _IN_WINDOWS.items()}


class Source(NamedTuple):
    """The text of a file, and how it is written there: its encoding and byte order mark."""

    text: str
    encoding: str
    mark: bytes = b""

    def written(self, text: str, errors: str = "strict") -> bytes:
        """The bytes of another text in the same encoding. `errors` says what becomes of characters
        that it does not have, as for `str.encode`."""
        if self.encoding == _WINDOWS:
            return text.translate(_IN_BYTES).encode("latin-1", errors)
        return self.mark + text.encode(self.encoding, errors)


class Lines:
    """The lines of a text as editors count them, and where its characters stand in them."""

    def __init__(self, text: str) -> None:
        breaks = list(_BREAK.finditer(text))
        self.starts: Sequence[int] = (0, *(found.end() for found in breaks))
        self.stops: Sequence[int] = (*(found.start() for found in breaks), len(text))

    def at(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The first character of each line and the one after its last."""
        return iter(zip(self.starts, self.stops, strict=True))


def source_of(path: Path, declared: re.Pattern[bytes] | None = None) -> Source:
    """Read a file as text: by its byte order mark, by the encoding that it declares (the first
    group of the pattern), as UTF-8, or else as windows-1252, in which every byte is a character.

    Raises Refused where it is no text.
    """
    content = _content(path)
    source = _decoded(content, declared)
    if "\0" in source.text:
        raise Refused(Obstacle.NOT_TEXT)
    if not source.text.strip():
        raise Refused(Obstacle.EMPTY)
    return source


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(Obstacle.TOO_LARGE)
        content = path.read_bytes()
    except OSError as error:
        raise Refused(Obstacle.CANNOT_BE_OPENED) from error
    if content.startswith(_OTHER_KINDS):
        raise Refused(Obstacle.NOT_ITS_NAME)
    return content


def _decoded(content: bytes, declared: re.Pattern[bytes] | None) -> Source:
    for mark, encoding in _MARKS:
        if content.startswith(mark) and (text := _as(encoding, content[len(mark) :])) is not None:
            return Source(text, encoding, mark)
    found = declared.search(content[:4096]) if declared else None
    named = found[1].decode("ascii").lower() if found else "utf-8"
    if named not in _SAME:
        for encoding in (named, "utf-8"):
            if encoding.startswith(_FAMILIES) and (text := _as(encoding, content)) is not None:
                return Source(text, encoding)
    return Source(content.decode("latin-1").translate(_IN_WINDOWS), _WINDOWS)


def _as(encoding: str, content: bytes) -> str | None:
    """The text, if there is such an encoding and the text can be written in it again."""
    try:
        text = content.decode(encoding)
        return text if text.encode(encoding) == content else None
    except (UnicodeError, LookupError):
        return None
