"""What stands in a cell of a column: a score is never without its descriptor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scc_eval.languages import Words

NOTHING = "—"
"""What stands where nothing is given."""


def described(spoken: Words, score: str, descriptor: str, reason: str | None) -> str:
    """A score, what it stands for, and the reason given for it."""
    text = str(spoken["described"]).format(score=score, descriptor=descriptor)
    return reasoned(spoken, text, reason)


def reasoned(spoken: Words, text: str, reason: str | None) -> str:
    """A text and the reason given for it, if there is one."""
    if reason is None:
        return text
    return str(spoken["reasoned"]).format(text=text, reason=reason.rstrip("."))
