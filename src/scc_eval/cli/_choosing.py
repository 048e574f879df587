"""What commands tell of what they find: rules selected, what is known, what changed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from scc_eval.cli._known import Held, Scope, counted, hold
from scc_eval.cli._shared import fail

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.output import Omission, Summary
    from scc_eval.rules.families import Selection

SELECT = typer.Option(
    [],
    "--select",
    help="Tell of these rules only: codes, what codes begin with (SCC4), names, or families: "
    "theory, references, reports, evidence, coverage, triangulation, claims, rivals, telling, "
    "wording, conclusions, lessons, review, ethics, waivers, lenses. May be repeated, or a list "
    "with commas. What could not be read is always told.",
    metavar="RULES",
)
IGNORE = typer.Option(
    [],
    "--ignore",
    help="Leave these rules out; the longer of two beginnings wins, and --ignore of two as long.",
    metavar="RULES",
)
CHANGED_SINCE = typer.Option(
    None,
    "--changed-since",
    help="Tell only of files that git says changed since this commit, branch or tag.",
    metavar="REV",
)
BASELINE = typer.Option(
    None,
    "--baseline",
    help="Hold back what this file says is known; else scc-baseline.json at the root of the "
    "workspace, where there is one.",
    metavar="FILE",
)
NO_BASELINE = typer.Option(
    False, "--no-baseline", help="Tell everything, whatever scc-baseline.json says is known."
)
WRITE_BASELINE = typer.Option(
    False,
    "--write-baseline",
    help="Write all that is found to that file as known, and tell what is left.",
)


class Asked(NamedTuple):
    """What is to be told, as the options ask for it. No revision: whatever changed or not."""

    selection: Selection
    changed_since: str | None = None
    baseline: Path | None = None
    is_held: bool = True
    is_written: bool = False


class Chosen(NamedTuple):
    """What is told, and what is not: `known` where a baseline is in use, counts of the rest."""

    found: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...] | None
    omitted: tuple[Omission, ...]
    tells: Callable[[Diagnostic], bool]
    takes: Callable[[str], bool]

    def narrow(self, summary: Summary) -> Summary:
        """The summary of a run as one of what is told: it has no rule that was not selected, and
        what waivers accept only where it would be told."""
        from scc_eval.diagnostics import in_words

        suites = (
            each._replace(
                rules=tuple(rule for rule in each.rules if self.takes(rule.code)),
                muted=tuple(rule for rule in each.muted if self.takes(rule.code)),
            )
            for each in summary.suites
        )
        return summary._replace(
            muted=tuple(code for code in summary.muted if self.takes(code)),
            accepted=tuple(each for each in summary.accepted if self.tells(each.found)),
            suites=tuple(suites),
            known=None if self.known is None else in_words(self.known, summary.words),
            omitted=self.omitted,
        )


def asked(
    select: Iterable[str],
    ignore: Iterable[str],
    changed_since: str | None,
    baseline: Path | None,
    no_baseline: bool,
    write_baseline: bool,
) -> Asked:
    """The options, checked; exit code 2 for words that name no rule and options at odds."""
    chosen, left = _listed(select), _listed(ignore)
    if no_baseline and (baseline or write_baseline):
        fail("--no-baseline goes with neither --baseline nor --write-baseline")
    if write_baseline and (chosen or left or changed_since is not None):
        fail(
            "--write-baseline takes all that is found: --select, --ignore and --changed-since do "
            "not go with it"
        )
    selection = _selection(chosen, left)
    return Asked(selection, changed_since, baseline, not no_baseline, write_baseline)


def choose_told(found: Sequence[Diagnostic], asked: Asked, scope: Scope, words: Any) -> Chosen:
    """Part what is told from what is not, in this order: known, not selected, not changed.

    What could not be read is told whatever the options say. `found` is in no language yet, and
    `words` are those of one. With `--write-baseline` the file is written here.
    """
    tells = _teller(asked, scope)
    held = Held([False] * len(found))
    if asked.is_held:
        held = hold(found, asked.baseline, asked.is_written, scope, words)
    told: list[Diagnostic] = []
    known: list[Diagnostic] = []
    left: Counter[bool] = Counter()
    for each, is_known in zip(found, held.is_known, strict=True):
        if tells(each):
            (known if is_known else told).append(each)
        elif not is_known:
            left[asked.selection.takes(each.rule.code)] += 1
    counts = _omissions(asked, left[False], left[True], words)
    seen = tuple(known) if held.is_used else None
    return Chosen(tuple(told), seen, (*held.omitted, *counts), tells, asked.selection.takes)


def _omissions(asked: Asked, unselected: int, unchanged: int, words: Any) -> Iterator[Omission]:
    """How much is left out by each option that was given."""
    from scc_eval.output import Omission

    if asked.selection.select or asked.selection.ignore:
        yield Omission("unselected", unselected, counted("unselected", unselected, words))
    if asked.changed_since is not None:
        told = counted("unchanged", unchanged, words, revision=asked.changed_since)
        yield Omission("unchanged", unchanged, told)


def _listed(words: Iterable[str]) -> tuple[str, ...]:
    """The words of an option that may be repeated, each of which may hold several."""
    parts = (part.strip() for word in words for part in word.split(","))
    return tuple(part for part in parts if part)


def _selection(select: Sequence[str], ignore: Sequence[str]) -> Selection:
    from scc_eval.rules.families import READING, Selection

    left = tuple(_beginnings("--ignore", ignore))
    for word, begun in left:
        if begun.startswith(READING):
            fail(f"--ignore does not take {word}: what could not be read is always told")
    chosen = tuple(begun for _, begun in _beginnings("--select", select))
    return Selection(chosen, tuple(begun for _, begun in left))


def _beginnings(option: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    from scc_eval.rules.families import beginnings, close_to

    for word in words:
        begun = beginnings(word)
        if not begun:
            close = " or ".join(close_to(word))
            hint = f"{close}?" if close else "scc rules lists them"
            fail(f"{option}: no rule and no family of rules is called {word}: {hint}")
        yield from ((word, each) for each in begun)


def _teller(asked: Asked, scope: Scope) -> Callable[[Diagnostic], bool]:
    """Whether a diagnostic is told, as to its rule and the files it names."""
    from scc_eval.rules.families import READING

    if asked.changed_since is None:
        return lambda found: asked.selection.takes(found.rule.code)
    from scc_eval.cli._changes import changed_files

    changed = changed_files(scope.folder, asked.changed_since)

    def tells(found: Diagnostic) -> bool:
        if found.rule.code.startswith(READING):
            return True
        named = {place.file for place in (found.at, *(related.at for related in found.related))}
        is_changed = "" in named or any(_is_among(changed, scope.folder, each) for each in named)
        return is_changed and asked.selection.takes(found.rule.code)

    return tells


def _is_among(changed: frozenset[str], folder: Path, file: str) -> bool:
    """Whether a file changed, under the name it has or, where it is a link, the file itself."""
    path = folder.resolve() / file
    return os.path.normpath(path) in changed or str(path.resolve()) in changed
