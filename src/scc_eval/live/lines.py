"""The lines of a file that an evaluation was read from, as a page."""

from __future__ import annotations

import os
import re
import stat
from html import escape
from pathlib import Path

from scc_eval.files import MAX_BYTES

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line for the reader of YAML, which counts them."""
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What cannot be seen, and may make a line seem to be another."""
_FLAGS: int = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def as_lines(path: Path) -> str | None:
    """The lines of a file as a list in HTML, each with its number as an anchor (`L12`); None where
    it cannot be read."""
    raw = _bytes(path)
    if raw is None:
        return None
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = (escape(_HIDDEN.sub(_named, line)) for line in _BREAK.split(text))
    items = (f'<li id="L{number}"><code>{line}</code></li>' for number, line in enumerate(lines, 1))
    return "\n".join(('<ol dir="ltr">', *items, "</ol>"))


def _named(character: re.Match[str]) -> str:
    return f"⟨U+{ord(character[0]):04X}⟩"


def _bytes(path: Path) -> bytes | None:
    try:
        # Not blocking: a pipe that bears the name of a file must not hang the server.
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return os.read(descriptor, MAX_BYTES)
    except OSError:
        return None
    finally:
        os.close(descriptor)
