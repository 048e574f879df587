"""`scc explain`."""

from __future__ import annotations

import typer

from scc_eval.cli._shared import LANG, fail, speak, write_out


def explain(
    code: str = typer.Argument(help="The code or the name of a rule: SCC301."),
    lang: str | None = LANG,
) -> None:
    """Explain a rule.

    The problem it names, why it matters, how to mend it and where it comes from.
    """
    words = speak(lang)

    from scc_eval.diagnostics import rule_in_words
    from scc_eval.rules import catalogue
    from scc_eval.rules.pages import as_page

    spoken = (rule_in_words(rule, words) for rule in catalogue())
    named = (
        rule for rule in spoken if code.upper() == rule.code or code in (rule.name, rule.called)
    )
    wanted = next(named, None)
    if wanted is None:
        fail(f"there is no rule {code}: scc rules lists them")
    write_out(as_page(wanted, words), None)
