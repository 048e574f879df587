"""What a run amounts to: what was read, what was found, what could not be judged."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scc_eval.diagnostics import Diagnostic, Rule, Severity


class Limitation(NamedTuple):
    """What was found and accepted, with who accepted it, when and why."""

    found: Diagnostic
    author: str
    date: str
    reason: str
    until: str | None


class Figure(NamedTuple):
    """How much of something was read: its key in JSON, the number, its words for one and many."""

    name: str
    number: int
    one: str
    many: str


class Omission(NamedTuple):
    """What is left out of what is told: its key in JSON, the number, the sentence that says so."""

    name: str
    number: int
    told: str


class Suite(NamedTuple):
    """A part of what was judged, a packet or a report, for formats that tell what is in order too.

    `rules` judged it; `muted` could not. All of it is in the words of the output's language.
    """

    name: str
    found: tuple[Diagnostic, ...]
    rules: tuple[Rule, ...]
    muted: tuple[Rule, ...] = ()


class Summary(NamedTuple):
    """The figures of a run, and what a format needs besides the diagnostics.

    `muted` are the codes of rules that could not judge, `accepted` the limitations that waivers
    accept. `folder` says where, in its repository, the folder lies that files are named from;
    `fail_on` which level makes the run fail.
    """

    words: Mapping[str, Any]
    """The words of the output's language."""
    figures: tuple[Figure, ...] = ()
    evaluations: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    accepted: tuple[Limitation, ...] = ()
    folder: str = ""
    fail_on: Severity = Severity.ERROR
    suites: tuple[Suite, ...] = ()
    version: str = ""
    """The version of the program that ran."""
    known: tuple[Diagnostic, ...] | None = None
    """What a baseline holds back; None where none is in use."""
    omitted: tuple[Omission, ...] = ()

    def severities(self, diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
        """How many diagnostics of each severity there are, the gravest first."""
        counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
        for diagnostic in diagnostics:
            counts[diagnostic.severity] += 1
        return counts

    def repository_path(self, file: str) -> str:
        """A file as its repository names it; the folder itself where none is named."""
        return posixpath.normpath(posixpath.join(self.folder, file))
