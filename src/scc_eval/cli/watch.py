"""`scc watch`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._choosing import asked
from scc_eval.cli._known import NAME as BASELINE
from scc_eval.cli._live import follow, printable
from scc_eval.cli._shared import LANG, PATH, is_terminal, speak
from scc_eval.cli._telling import tell_diagnostics
from scc_eval.cli.validate import STAGE, judge

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic

_CLEARED = "\x1b[2J\x1b[H"
"""What empties a terminal."""


def watch(path: Path = PATH, stage: int | None = STAGE, lang: str | None = LANG) -> None:
    """Check the evidence and the story again each time a file is saved.

    Prints what scc validate prints, with the time and how much is new or gone. Nothing is written.
    Ctrl-C ends it.
    """
    words = speak(lang)

    from scc_eval.languages import words_of

    own = words_of("live", words["summary"]["language"])
    wanted = asked((), (), None, None, False, False)
    ran, before = "", frozenset[str]()
    with suppress(KeyboardInterrupt):
        for _ in follow(path, (BASELINE,)):
            try:
                told, summary = judge(path, stage, wanted, words, by_packet=False)
            except typer.Exit:
                # What is to be read may be there again at the next change.
                if not ran:
                    raise
                continue
            now, after = time.strftime("%H:%M:%S"), _keys(told)
            if is_terminal():
                typer.echo(_CLEARED, nl=False)
            tell_diagnostics(told, summary, "text", None)
            counts = {"new": len(after - before), "gone": len(before - after)}
            kind = "compared" if ran else "watching"
            typer.echo(own[kind].format(time=now, before=ran, folder=printable(path), **counts))
            ran, before = now, after


def _keys(told: Sequence[Diagnostic]) -> frozenset[str]:
    from scc_eval.output.keys import keys

    return frozenset(keys(told))
