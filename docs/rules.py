"""Print docs/rules.md or docs/rules.fr.md: each rule, then its first bad and good example."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scc_eval.diagnostics import Rule, rule_in_words
from scc_eval.languages import words
from scc_eval.rules import RULES
from scc_eval.rules.pages import as_markdown

_SPECIMENS = Path(__file__).parents[1] / "tests" / "specimens"
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_SHOWS_ONE = re.compile(r"# SCC\d{3}|^```expect$", re.MULTILINE)


def page(language: str) -> str:
    """The page of all rules in a language. The examples are the specimens the tests run."""
    spoken = words(language)
    rules = [rule_in_words(rule, spoken) for rule in RULES]
    return as_markdown(rules, spoken, examples)


def examples(rule: Rule) -> str:
    """The first specimen that breaks a rule and the first that keeps it."""
    _, *parts = _SECTION.split((_SPECIMENS / f"{rule.code}.md").read_text("utf-8"))
    sections = list(zip(parts[::2], parts[1::2], strict=True))
    bad = next(section for section in sections if _SHOWS_ONE.search(section[1]))
    good = next(section for section in sections if not _SHOWS_ONE.search(section[1]))
    return "\n".join(f"### {title}\n{body.rstrip()}\n" for title, body in (bad, good))


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1]))
