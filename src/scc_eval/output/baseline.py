"""The baseline of a workspace: what is known to be amiss, so that only what is new is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from scc_eval.diagnostics import Diagnostic
from scc_eval.output.keys import keys, subject

_VERSION = 1


class Entry(NamedTuple):
    """A diagnostic that is known. Its key stays when lines move, and in every language."""

    file: str
    rule: str
    subject: str
    key: str


class NoBaseline(ValueError):
    """A file that cannot be used as a baseline: the text says why."""


def entries(diagnostics: Sequence[Diagnostic]) -> tuple[Entry, ...]:
    """An entry for each diagnostic, in their order."""
    return tuple(
        Entry(found.at.file, found.rule.code, subject(found), key)
        for found, key in zip(diagnostics, keys(diagnostics), strict=True)
    )


def as_bytes(known: Iterable[Entry]) -> bytes:
    """What the file holds: an entry a line, sorted, so that a change of one is a change of a
    line."""
    lines = [json.dumps(each._asdict(), ensure_ascii=False) for each in sorted(set(known))]
    listed = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
    text = f'{{\n  "version": {_VERSION},\n  "known": [{listed}]\n}}\n'
    # What stands in a name of a file that is no UTF-8 becomes an escape of JSON.
    return text.encode("utf-8", "backslashreplace")


def read(content: bytes) -> tuple[Entry, ...]:
    """The entries of a file; raises NoBaseline if it is damaged or of a later version."""
    try:
        data: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise NoBaseline("it is not JSON") from None
    version = data.get("version") if isinstance(data, dict) else None
    if version != _VERSION:
        raise NoBaseline(f"its version is not {_VERSION}")
    listed = data.get("known")
    if not isinstance(listed, list):
        raise NoBaseline("it has no list of what is known")
    return tuple(_entry(each, number) for number, each in enumerate(listed, 1))


def _entry(data: Any, number: int) -> Entry:
    given = [data.get(name) for name in Entry._fields] if isinstance(data, dict) else []
    texts = [each for each in given if isinstance(each, str)]
    if len(texts) != len(Entry._fields):
        raise NoBaseline(f"its entry {number} lacks {', '.join(Entry._fields[:-1])} or key")
    return Entry(*texts)
