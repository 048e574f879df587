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
    """The severity of a rule at each stage of an evaluation; None where it does not apply yet."""

    question: Severity | None
    theory: Severity | None
    collecting: Severity | None
    story: Severity | None
    critique: Severity | None
    final: Severity | None

    def at(self, stage: int) -> Severity | None:
        """The severity at one of the six stages."""
        return self[stage - 1]


_LETTERS = {"-": None, "n": Severity.NOTE, "w": Severity.WARNING, "e": Severity.ERROR}


def by_stage(letters: str) -> Levels:
    """Levels as six letters, one for each stage: `-` none, `n` note, `w` warning, `e` error."""
    return Levels(*(_LETTERS[letter] for letter in letters))


ALWAYS_ERROR = by_stage("eeeeee")
ALWAYS_WARNING = by_stage("wwwwww")
ALWAYS_NOTE = by_stage("nnnnnn")
RISING_TO_WARNING = by_stage("nnnnww")
RISING_TO_ERROR = by_stage("nnwwee")


class Rule(NamedTuple):
    """A rule as people read it: the problem it names, why it matters, how to mend it.

    `message` is a format string over the facts of an issue. `authority` says where the rule comes
    from: the literature, the practice of published evaluations, or our own default. `needs` names
    the kinds of declaration that must be wholly read before the rule may judge: absence cannot be
    told from a file that could not be read. Where `grave` is given, issues that are grave have
    those levels, and `when` says which they are. `thresholds` names the settings it counts against.
    `name` is the same in every language, `title` what it is called in one that has its own.
    """

    code: str
    name: str
    levels: Levels
    message: str
    why: str
    fix: str
    authority: str
    needs: tuple[str, ...] = ()
    grave: Levels | None = None
    when: str = ""
    thresholds: tuple[str, ...] = ()
    title: str = ""

    @property
    def called(self) -> str:
        """What people read as its name."""
        return self.title or self.name

    def level(self, stage: int, *, is_grave: bool = False) -> Severity | None:
        """The severity of one of its issues at a stage; None where the rule does not apply."""
        return (self.grave if is_grave and self.grave else self.levels).at(stage)


class Related(NamedTuple):
    """Another place that belongs to a diagnostic; `words` names why (a key of the locales)."""

    at: Location
    words: str


class Issue(NamedTuple):
    """What a check raises: where, and with what facts. Never a code, a level or words.

    The first fact names the thing it is raised on: a waiver names the same thing.
    """

    at: Location
    facts: Mapping[str, str] = MappingProxyType({})
    related: tuple[Related, ...] = ()
    is_grave: bool = False


class Diagnostic(NamedTuple):
    """What people read: a rule broken at a place. Files are named relative to the workspace."""

    rule: Rule
    severity: Severity
    at: Location
    facts: Mapping[str, str]
    related: tuple[Related, ...] = ()

    @property
    def subject(self) -> str:
        """The name of the thing it is about: the first of the facts."""
        return next(iter(self.facts.values()), "")

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


TRANSLATED_FACTS = (
    *("kind", "expected", "found", "section", "problem", "refusal"),
    *("role", "status", "form", "fate", "test", "response", "test_found", "obstacle"),
)
"""Facts that are words of ours, of the parser or of the system, with another word in each
language."""

_TRANSLATED = frozenset(TRANSLATED_FACTS)
_DECIMALS = frozenset(("low", "high"))
"""Facts that are numbers with a decimal point, which is a comma in some languages."""


def in_words(diagnostics: Iterable[Diagnostic], words: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """The same diagnostics in the words of another language: rules, kinds and related places."""
    return tuple(_in_words(diagnostic, words) for diagnostic in diagnostics)


def rule_in_words(rule: Rule, words: Mapping[str, Any]) -> Rule:
    """A rule in another language; in its own where the locale has no text for it."""
    return rule._replace(**words["rules"].get(rule.code, {}))


def _in_words(diagnostic: Diagnostic, words: Mapping[str, Any]) -> Diagnostic:
    terms = words["terms"]
    facts = dict(diagnostic.facts)
    for name in facts.keys() & _TRANSLATED:
        facts[name] = terms.get(facts[name], facts[name])
    for name in facts.keys() & _DECIMALS:
        facts[name] = facts[name].replace(".", words["lenses"]["point"])
    related = tuple(Related(at, terms.get(why, why)) for at, why in diagnostic.related)
    rule = rule_in_words(diagnostic.rule, words)
    return diagnostic._replace(rule=rule, facts=facts, related=related)
