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

_SPECIMENS = Path(__file__).parents[1] / "tests" / "specimens"
_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FRENCH = re.compile(r"^```french\n.*?^```\n\n?", re.MULTILINE | re.DOTALL)
_SHOWS_ONE = re.compile(r"# SCC\d{3}|^```expect$", re.MULTILINE)


def page(language: str) -> str:
    """The page of all rules in a language. The examples are the specimens the tests run."""
    spoken = words(language)
    rules = [rule_in_words(rule, spoken) for rule in catalogue()]
    return as_markdown(rules, spoken, lambda rule: examples(rule, language))


def examples(rule: Rule, language: str) -> str:
    """The first specimen that breaks a rule, the first that keeps it and one that is waived."""
    _, *parts = _SECTION.split((_SPECIMENS / f"{rule.code}.md").read_text("utf-8"))
    sections = list(zip(parts[::2], parts[1::2], strict=True))
    bad = next(section for section in sections if _SHOWS_ONE.search(section[1]))
    kept = [section for section in sections if not _SHOWS_ONE.search(section[1])]
    good = next(section for section in kept if not section[0].startswith("Waived"))
    waived = [section for section in kept if section[0].startswith("Waived")][:1]
    shown = ((title, _told(body, language)) for title, body in (bad, good, *waived))
    return "\n".join(
        f"<details>\n<summary>{html.escape(title)}</summary>\n{body.rstrip()}\n\n</details>\n"
        for title, body in shown
    )


def _told(body: str, language: str) -> str:
    """What a section shows to readers of a language: the French messages are for the French."""
    if language == "fr":
        return body.replace("```french\n", "```text\n")
    return _FRENCH.sub("", body)


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1]))
