"""`scc rules`."""

from __future__ import annotations

import typer

from scc_eval.cli._shared import LANG, choose, speak, write_out


def rules(
    format: str = typer.Option("text", "--format", help="text or md.", metavar="FORMAT"),
    lang: str | None = LANG,
) -> None:
    """List the rules."""
    choose("--format", format, ("text", "md"))
    words = speak(lang)

    from scc_eval.diagnostics import rule_in_words
    from scc_eval.rules import catalogue
    from scc_eval.rules.pages import as_list, as_markdown

    spoken = [rule_in_words(rule, words) for rule in catalogue()]
    write_out((as_markdown if format == "md" else as_list)(spoken, words), None)
