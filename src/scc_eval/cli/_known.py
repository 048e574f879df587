"""What a baseline holds back, and the writing of one."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from scc_eval.cli._shared import fail, write_file

if TYPE_CHECKING:
    from scc_eval.audit import Audit
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.dossier import Dossier
    from scc_eval.output import Omission
    from scc_eval.output.baseline import Entry


NAME = "scc-baseline.json"
"""The baseline at the root of a workspace."""


class Scope(NamedTuple):
    """What a run looked at.

    Files are named from `folder`; the baseline lies in `root` and names them from there. `judges`
    says whether the run would have found an entry of it again, were it not mended.
    """

    folder: Path
    root: Path
    judges: Callable[[Entry], bool]


class Held(NamedTuple):
    """Which diagnostics a baseline holds back, and what is said of it."""

    is_known: Sequence[bool]
    omitted: tuple[Omission, ...] = ()
    is_used: bool = False


def scope_of_workspace(path: Path, dossiers: Sequence[Dossier], stage: int | None) -> Scope:
    """What `scc validate` looked at: all of a workspace, or the evaluations at a path."""
    from scc_eval.rules.families import FAMILIES
    from scc_eval.workspace import evaluations

    root = dossiers[0].project.root
    is_whole = Path(os.path.normpath(path.absolute())) == root
    read = {dossier.name for dossier in dossiers if dossier.is_evaluation}
    folders = tuple(f"{name}/" for name in evaluations(root) if name.rpartition("/")[2] in read)
    silent = _silent(dossiers, stage)

    def judges(entry: Entry) -> bool:
        is_asked = not entry.rule.startswith(FAMILIES["reports"]) and entry.rule not in silent
        return is_asked and (is_whole or entry.file.startswith(folders))

    return Scope(root, root, judges)


def scope_of_reports(audits: Sequence[Audit]) -> Scope:
    """What `scc audit` looked at: reports, named from the current folder; the baseline is that of
    the workspace of the first evaluation they are held against, if there is one."""
    from scc_eval.rules.families import FAMILIES

    folder = Path.cwd()
    dossiers = (audit.known.dossier for audit in audits)
    root = next((dossier.project.root for dossier in dossiers if dossier), folder)
    names = {_named_from(root, folder, audit.report.name) for audit in audits}

    def judges(entry: Entry) -> bool:
        return entry.rule.startswith(FAMILIES["reports"]) and entry.file in names

    return Scope(folder, root, judges)


def hold(
    found: Sequence[Diagnostic], baseline: Path | None, is_written: bool, scope: Scope, words: Any
) -> Held:
    """Which diagnostics a baseline knows: the file given, or that of the root where there is one.

    What could not be read is never known: once it is mended, rules find what no baseline can hold.
    As long as something cannot be read, no entry counts as mended. Exit code 2 if the file cannot
    be used.
    """
    path = baseline or scope.root / NAME
    name = baseline.as_posix() if baseline else NAME
    is_there = os.path.lexists(path)
    if baseline is None and not is_written and not is_there:
        return Held([False] * len(found))
    from scc_eval.output.baseline import entries
    from scc_eval.rules.families import READING

    old = {} if is_written and not is_there else {each.key: each for each in _read(path, name)}
    fresh = {each.key: each for each in entries([_from_root(each, scope) for each in found])}
    slips = {key for key, each in fresh.items() if each.rule.startswith(READING)}
    gone = {key for key in old.keys() - fresh if not slips and scope.judges(old[key])}
    if is_written:
        old = {key: each for key, each in (old | fresh).items() if key not in gone | slips}
        _write(path, name, old.values(), len(slips), words)
        gone = set()
    is_known = [key in old and key not in slips for key in fresh]
    return Held(is_known, _omissions(sum(is_known), len(gone), name, words), is_used=True)


def _silent(dossiers: Sequence[Dossier], stage: int | None) -> frozenset[str]:
    """The rules that say nothing at a stage that was asked for, where at another they might."""
    if stage is None:
        return frozenset()
    from scc_eval.rules import catalogue, level

    return frozenset(
        rule.code
        for rule in catalogue()
        if not any(level(rule, each, stage, is_grave=g) for each in dossiers for g in (False, True))
    )


def _named_from(root: Path, folder: Path, file: str) -> str:
    """A file, named from a folder, as it is named from the root; as it is if it lies elsewhere."""
    whole = Path(os.path.normpath(folder.resolve() / file))
    root = root.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else file


def _from_root(found: Diagnostic, scope: Scope) -> Diagnostic:
    if scope.folder == scope.root or not found.at.file:
        return found
    file = _named_from(scope.root, scope.folder, found.at.file)
    return found._replace(at=found.at._replace(file=file))


def _read(path: Path, name: str) -> tuple[Entry, ...]:
    from scc_eval.output.baseline import NoBaseline, read

    try:
        return read(path.read_bytes())
    except OSError as error:
        fail(f"the baseline {name} cannot be read: {(error.strerror or 'unknown').lower()}")
    except NoBaseline as damage:
        fail(f"{name} is no baseline as --write-baseline writes it: {damage}")


def _write(path: Path, name: str, known: Collection[Entry], slips: int, words: Any) -> None:
    from scc_eval.output.baseline import as_bytes

    write_file(as_bytes(known), path)
    typer.echo(counted("baseline", len(known), words, file=name), err=True)
    if slips:
        typer.echo(counted("unread", slips, words, file=name), err=True)


def _omissions(known: int, mended: int, name: str, words: Any) -> tuple[Omission, ...]:
    from scc_eval.output import Omission

    return (
        Omission("known", known, counted("known", known, words, file=name)),
        Omission("mended", mended, counted("mended", mended, words, file=name)),
    )


def counted(key: str, count: int, words: Any, **facts: str) -> str:
    """A sentence on a number of something, in its words for one or for many."""
    is_one = count == 1 or (count == 0 and words["summary"]["zero"] == "one")
    told = words["choosing"][key if is_one else f"{key}s"]
    return str(told.format(count=count, **facts))
