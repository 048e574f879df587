"""The page of a rule, for the terminal and for the documentation, from its one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scc_eval.calibration.measures import measures
from scc_eval.settings import Thresholds

if TYPE_CHECKING:
    from scc_eval.diagnostics import Levels, Rule


def as_page(rule: Rule, words: Mapping[str, Any]) -> str:
    """What `scc explain` prints of a rule."""
    labels = words["pages"]
    lines: tuple[str, ...] = (
        f"{rule.code} {_both(rule)}",
        "",
        f"  {_unbraced(rule.message)}",
        "",
        f"{labels['why']}{words['terms']['colon']} {rule.why}",
        f"{labels['fix']}{words['terms']['colon']} {_unbraced(rule.fix)}",
        f"{labels['authority']}{words['terms']['colon']} {rule.authority}",
        f"{labels['level']}{words['terms']['colon']} {_levels(rule, words)}",
    )
    for setting in _thresholds(rule, words):
        lines = (*lines, f"{labels['threshold']}{words['terms']['colon']} {setting}")
    if told := _measured(rule, words):
        lines = (*lines, f"{labels['measured']}{words['terms']['colon']} {told}")
    return "\n".join(lines) + "\n"


def as_list(rules: Iterable[Rule], words: Mapping[str, Any]) -> str:
    """One line per rule: its code, its name and its message."""
    colon = words["terms"]["colon"]
    return "".join(
        f"{rule.code}  {rule.called}{colon} {_unbraced(rule.message)}\n" for rule in rules
    )


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
    for family, members in groupby(rules, key=lambda rule: rule.code[3]):
        yield f"### {labels['families'][family]} (SCC{family}xx)"
        yield ""
        yield f"| {labels['code']} | {labels['name']} | {labels['level']} |"
        yield "| --- | --- | --- |"
        for rule in members:
            row = f"{rule.called} | {_levels(rule, words)}"
            yield f"| [{rule.code}](#{rule.code.lower()}) | {row} |"
        yield ""
    for rule in rules:
        yield f'## <a id="{rule.code.lower()}"></a>{rule.code} {_both(rule)}'
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
        for setting in _thresholds(rule, words):
            yield ""
            yield f"**{labels['threshold']}.** {setting}"
        if told := _measured(rule, words):
            yield ""
            yield f"**{labels['measured']}.** {told}"
        if examples:
            yield ""
            yield examples(rule).rstrip()
        yield ""


def _both(rule: Rule) -> str:
    """What a rule is called, and its name where that is another: settings and commands take it."""
    return rule.name if rule.called == rule.name else f"{rule.called} ({rule.name})"


def _levels(rule: Rule, words: Mapping[str, Any]) -> str:
    told = _by_stage(rule.levels, words)
    if rule.grave:
        terms = words["terms"]
        grave = f"{rule.when}{terms['colon']} {_by_stage(rule.grave, words)}"
        told += f"{terms['semicolon']} {grave}"
    return told


def _by_stage(levels: Levels, words: Mapping[str, Any]) -> str:
    """The severities, with the stages that have each: `note (1-2), error (3-6)`."""
    spans: list[tuple[str, int, int]] = []
    for stage, severity in enumerate(levels, 1):
        word = words["terms"][severity.word if severity else "off"]
        if spans and spans[-1][0] == word:
            spans[-1] = (word, spans[-1][1], stage)
        else:
            spans.append((word, stage, stage))
    if len(spans) == 1:
        return spans[0][0]
    return ", ".join(
        f"{word} ({first}-{last})" if first < last else f"{word} ({first})"
        for word, first, last in spans
    )


def _thresholds(rule: Rule, words: Mapping[str, Any]) -> Iterator[str]:
    """The settings a rule counts against, each with its default."""
    for name in rule.thresholds:
        default = Thresholds.model_fields[name].default
        yield str(words["pages"]["threshold_is"]).format(name=name, default=default)


def _measured(rule: Rule, words: Mapping[str, Any]) -> str | None:
    """How often a rule on wording is right: on the sentences its lists were made with, and on
    others if there are any."""
    found = measures(rule.code)
    if not found:
        return None
    others = str(words["pages"]["measured_on_others"]) if "held_out" in found else ""
    return str(words["pages"]["measured_is"]).format(**found, others=others.format_map(found))


def _unbraced(text: str) -> str:
    """A format string as people read it: doubled braces are braces."""
    return text.replace("{{", "{").replace("}}", "}")


def _escaped(text: str) -> str:
    return _unbraced(text).replace("<", "&lt;").replace("*{", "\\*{")
