"""Print docs/rules.md or docs/rules.fr.md: each rule, then its first bad and good example."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

from scc_eval.diagnostics import Rule, rule_in_words
from scc_eval.languages import words
from scc_eval.rules import catalogue
from scc_eval.rules.pages import as_markdown

_ENGLISH = Path(__file__).parents[1] / "tests" / "specimens"
_SPECIMENS = {"en": _ENGLISH, "fr": _ENGLISH / "fr"}
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FRENCH = re.compile(r"^```french\n.*?^```\n\n?", re.MULTILINE | re.DOTALL)
_WAIVED = ("Waived", "Limite acceptée")
_SHOWS_ONE = re.compile(r"# SCC\d{3}|^```expect$", re.MULTILINE)


def page(language: str) -> str:
    """The page of all rules in a language. The examples are the specimens the tests run."""
    spoken = words(language)
    rules = [rule_in_words(rule, spoken) for rule in catalogue()]
    return as_markdown(rules, spoken, lambda rule: examples(rule, language))


def examples(rule: Rule, language: str) -> str:
    """The first specimen that breaks a rule, the first that keeps it and one that is waived."""
    page = (_SPECIMENS[language] / f"{rule.code}.md").read_text("utf-8")
    _, *parts = _SECTION.split(_FRENCH.sub("", page))
    sections = list(zip(parts[::2], parts[1::2], strict=True))
    bad = next(section for section in sections if _SHOWS_ONE.search(section[1]))
    kept = [section for section in sections if not _SHOWS_ONE.search(section[1])]
    good = next(section for section in kept if not section[0].startswith(_WAIVED))
    waived = [section for section in kept if section[0].startswith(_WAIVED)][:1]
    return "\n".join(
        f"<details>\n<summary>{html.escape(title)}</summary>\n{body.rstrip()}\n\n</details>\n"
        for title, body in (bad, good, *waived)
    )


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1]))
