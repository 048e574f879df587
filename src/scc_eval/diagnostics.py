"""What a rule is, what a check raises and what people read: one shape for every diagnostic."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from scc_eval.places import Location


class Severity(IntEnum):
    """How grave a diagnostic is; the greater the graver."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """`note`, `warning` or `error`."""
        return self.name.lower()


class Levels(NamedTuple):
    """The severity of a rule while the theory is drawn (stages 1-2), while evidence is collected
    and first told (3-4), and once the story is challenged and final (5-6)."""

    theory: Severity
    fieldwork: Severity
    final: Severity

    def at(self, stage: int) -> Severity:
        """The severity at one of the six stages."""
        return self[(stage - 1) // 2]


ALWAYS_ERROR = Levels(Severity.ERROR, Severity.ERROR, Severity.ERROR)
ALWAYS_WARNING = Levels(Severity.WARNING, Severity.WARNING, Severity.WARNING)
ALWAYS_NOTE = Levels(Severity.NOTE, Severity.NOTE, Severity.NOTE)
RISING_TO_WARNING = Levels(Severity.NOTE, Severity.NOTE, Severity.WARNING)
RISING_TO_ERROR = Levels(Severity.NOTE, Severity.WARNING, Severity.ERROR)


class Rule(NamedTuple):
    """A rule as people read it: the problem it names, why it matters, how to mend it.

    `message` is a format string over the facts of an issue. `authority` says where the rule comes
    from: the literature, the practice of published evaluations, or our own default. `needs` names
    the kinds of declaration that must be wholly read before the rule may judge: absence cannot be
    told from a file that could not be read.
    """

    code: str
    name: str
    levels: Levels
    message: str
    why: str
    fix: str
    authority: str
    needs: tuple[str, ...] = ()


class Related(NamedTuple):
    """Another place that belongs to a diagnostic; `words` names why (a key of the locales)."""

    at: Location
    words: str


class Issue(NamedTuple):
    """What a check raises: where, and with what facts. Never a code, a level or words."""

    at: Location
    facts: Mapping[str, str] = MappingProxyType({})
    related: tuple[Related, ...] = ()


class Diagnostic(NamedTuple):
    """What people read: a rule broken at a place. Files are named relative to the workspace."""

    rule: Rule
    severity: Severity
    at: Location
    facts: Mapping[str, str]
    related: tuple[Related, ...] = ()

    @property
    def message(self) -> str:
        """One terse sentence without a full stop."""
        return self.rule.message.format_map(self.facts)

    @property
    def fix(self) -> str:
        """What would mend it, in this very case."""
        return self.rule.fix.format_map(self.facts)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place and code and drop repeats, so that the same input gives the same output."""
    seen = {(d.at, d.rule.code, d.message): d for d in diagnostics}
    return tuple(seen[key] for key in sorted(seen))


_TRANSLATED_FACTS = ("kind", "expected", "found", "section")


def in_words(diagnostics: Iterable[Diagnostic], words: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """The same diagnostics in the words of another language: rules, kinds and related places."""
    return tuple(_in_words(diagnostic, words) for diagnostic in diagnostics)


def rule_in_words(rule: Rule, words: Mapping[str, Any]) -> Rule:
    """A rule in another language; in its own where the locale has no text for it."""
    return rule._replace(**words["rules"].get(rule.code, {}))


def _in_words(diagnostic: Diagnostic, words: Mapping[str, Any]) -> Diagnostic:
    terms = words["terms"]
    facts = {
        name: terms.get(value, value) if name in _TRANSLATED_FACTS else value
        for name, value in diagnostic.facts.items()
    }
    related = tuple(Related(at, terms.get(why, why)) for at, why in diagnostic.related)
    rule = rule_in_words(diagnostic.rule, words)
    return diagnostic._replace(rule=rule, facts=facts, related=related)
