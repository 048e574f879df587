"""Names of diagnostics that stay: in every language, and wherever lines are inserted above."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from scc_eval.diagnostics import TRANSLATED_FACTS, Diagnostic


def keys(diagnostics: Sequence[Diagnostic], known: Sequence[Diagnostic] = ()) -> tuple[str, ...]:
    """The key of each diagnostic, in hexadecimal: its rule, its subject and its file, and for
    repeats which one of them it is. Lines, words and other facts do not count. What is `known`
    comes before them, and counts as the first of the repeats."""
    seen: Counter[tuple[str, str, str]] = Counter()
    made: list[str] = []
    for found in (*known, *diagnostics):
        named = (found.rule.code, subject(found), found.at.file)
        seen[named] += 1
        text = "\0".join((*named, str(seen[named])))
        made.append(hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest())
    return tuple(made[len(known) :])


def subject(found: Diagnostic) -> str:
    """The first fact. A word of ours, such as a kind of declaration, is no name: then it is the
    field, where there is one."""
    first = next(iter(found.facts), "")
    return found.facts.get("field", "") if first in TRANSLATED_FACTS else found.subject
