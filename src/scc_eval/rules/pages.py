"""The page of a rule, for the terminal and for the documentation, from its one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scc_eval.diagnostics import Rule


def as_page(rule: Rule, words: Mapping[str, Any]) -> str:
    """What `scc explain` prints of a rule."""
    labels = words["pages"]
    lines = (
        f"{rule.code} {rule.name}",
        "",
        f"  {_unbraced(rule.message)}",
        "",
        f"{labels['why']}{words['terms']['colon']} {rule.why}",
        f"{labels['fix']}{words['terms']['colon']} {_unbraced(rule.fix)}",
        f"{labels['authority']}{words['terms']['colon']} {rule.authority}",
        f"{labels['level']}{words['terms']['colon']} {_levels(rule, words)}",
    )
    return "\n".join(lines) + "\n"


def as_list(rules: Iterable[Rule], words: Mapping[str, Any]) -> str:
    """One line per rule: its code, its name and its message."""
    return "".join(f"{rule.code}  {rule.name}: {_unbraced(rule.message)}\n" for rule in rules)


def as_markdown(
    rules: Iterable[Rule],
    words: Mapping[str, Any],
    examples: Callable[[Rule], str] | None = None,
) -> str:
    """The page of all rules: a table of codes, then a section for each, with its examples."""
    return "\n".join(_markdown(tuple(rules), words, examples)) + "\n"


def _markdown(
    rules: tuple[Rule, ...], words: Mapping[str, Any], examples: Callable[[Rule], str] | None
) -> Iterator[str]:
    labels = words["pages"]
    yield f"# {labels['title']}"
    yield ""
    yield labels["introduction"]
    yield ""
    yield f"| {labels['code']} | {labels['name']} | {labels['level']} |"
    yield "| --- | --- | --- |"
    for rule in rules:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {_levels(rule, words)} |"
    for rule in rules:
        yield ""
        yield f'## <a id="{rule.code.lower()}"></a>{rule.code} {rule.name}'
        yield ""
        yield f"> {_escaped(rule.message)}"
        yield ""
        yield f"**{labels['why']}.** {_escaped(rule.why)}"
        yield ""
        yield f"**{labels['fix']}.** {_escaped(rule.fix)}"
        yield ""
        yield f"**{labels['authority']}.** {_escaped(rule.authority)}"
        yield ""
        yield f"**{labels['level']}.** {_levels(rule, words)}"
        if examples:
            yield ""
            yield examples(rule).rstrip()


def _levels(rule: Rule, words: Mapping[str, Any]) -> str:
    severities = [words["terms"][severity.word] for severity in rule.levels]
    if len(set(severities)) == 1:
        return str(severities[0])
    stages = words["pages"]["stages"].split("|")
    return ", ".join(f"{word} ({stage})" for word, stage in zip(severities, stages, strict=True))


def _unbraced(text: str) -> str:
    """A format string as people read it: doubled braces are braces."""
    return text.replace("{{", "{").replace("}}", "}")


def _escaped(text: str) -> str:
    return _unbraced(text).replace("<", "&lt;").replace("*{", "\\*{")
