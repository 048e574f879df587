"""`scc fix`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from scc_eval.cli._shared import (
    LANG,
    PATH,
    choose,
    fail,
    is_terminal,
    open_dossiers,
    speak,
    write_out,
    write_whole,
)

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.mending import LeftAlone, Mended, Names

Words = Mapping[str, str]


def fix(
    path: Path = PATH,
    yes: bool = typer.Option(False, "--yes", "-y", help="Write without asking."),
    check: bool = typer.Option(
        False, "--check", help="Show what would be written, ask nothing, write nothing."
    ),
    select: list[str] | None = typer.Option(
        None,
        "--select",
        help="Mend this alone: codes (and names), dates, quoting, tabs or order; may be repeated.",
        metavar="KIND",
    ),
    order: bool = typer.Option(
        False,
        "--order",
        help="Also sort the items of evidence of each file by case, packet and section.",
    ),
    lang: str | None = LANG,
) -> None:
    """Mend files where that cannot change what they say.

    Codes and names that can only mean one thing; dates that can only be one day, as 2016-05-12;
    texts that other programs take for something else, or that a colon breaks, between quotation
    marks; tabs that indent. All else stays byte for byte. Shows the changes as a diff, then asks;
    where nobody can be asked, nothing is written without --yes. Only files at the path are
    written. Exit code 0: nothing to mend, or all written; 1: something is left to mend; 2: it
    could not be run.
    """
    from scc_eval.mending import KINDS, UNASKED

    if yes and check:
        fail("--yes writes and --check does not: give one of them")
    kinds = {choose("--select", kind, KINDS) for kind in select or ()} or set(UNASKED)
    kinds |= {"order"} if order else set()
    words: Words = speak(lang)["mending"]
    while True:
        found = _look(path, kinds)
        for each in found.mended:
            _show(each, words)
        is_agreed = not check and bool(found.mended) and (yes or _agrees(found.mended, words))
        left = _write(found, words) if is_agreed else ()
        if not is_agreed or left or all(each.is_legible for each in found.mended):
            break
        # Files that can be read at last may hold what could not be judged before.
    if found.mended and not is_agreed and (check or not is_terminal()):
        typer.echo(words["unwritten"].format_map(_counts(found.mended, words)), err=True)
    is_lacking = any(each.is_lacking for each in (*found.left, *left))
    if not (found.mended or found.left or found.blind):
        typer.echo(words["nothing"], err=True)
    for alone in (*found.left, *left):
        typer.echo(_told(alone, words), err=True)
    for name in found.blind:
        typer.echo(words["blind"].format(name=name), err=True)
    if is_lacking or (found.mended and not is_agreed):
        raise typer.Exit(1)


class _Found(NamedTuple):
    """What was found at a path: files that can be mended and files left alone, and evaluations of
    which too little could be read to judge their codes."""

    root: Path
    mended: Sequence[Mended]
    left: Sequence[LeftAlone]
    blind: Sequence[str]


def _look(path: Path, kinds: Collection[str]) -> _Found:
    from scc_eval.mending import Mended, files_at, meanings_of, survey

    dossiers = open_dossiers(path)
    root = dossiers[0].project.root
    files = files_at(path, root)
    if not files:
        fail(f"{path} holds no YAML file of an evaluation or a theory")
    meanings = meanings_of(dossiers, names_of)
    outcomes = tuple(survey(root, files, meanings, kinds))
    folders = sorted({each.owner for each in files if each.owner != each.name})
    return _Found(
        root,
        [each for each in outcomes if isinstance(each, Mended)],
        [each for each in outcomes if not isinstance(each, Mended)],
        [n for n in folders if "codes" in kinds and (n not in meanings or meanings[n].is_blind)],
    )


def names_of(dossier: Dossier) -> Names:
    """The names of an evaluation, and who may name what, as the rules on references have it."""
    from scc_eval.mending import Names
    from scc_eval.rules._names import ANY_KIND, known_names, references

    known = known_names(dossier)
    fields = {(naming.kind, field): kinds for naming, field, _, _, kinds in references(dossier)}
    return Names(fields, known, known[ANY_KIND])


def _show(mended: Mended, words: Words) -> None:
    """Print why each change is made, then the changes, in colour on a terminal."""
    from scc_eval.mending.difference import unified

    lines = (*_reasons(mended, words), *unified(mended))
    if not is_terminal():
        write_out("\n".join((*lines, "")), None)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line, style=_STYLES.get(line[:1], "")))


_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def _reasons(mended: Mended, words: Words) -> Iterator[str]:
    for repair in mended.repairs:
        why = " ".join(words[repair.why].format_map(repair.facts).split())
        yield f"{repair.at.file}:{repair.at.line}:{repair.at.column}: {why}"


def _agrees(mended: Sequence[Mended], words: Words) -> bool:
    """Whether the person at the terminal wants it written; nobody does where there is none."""
    if not is_terminal():
        return False
    question = words["ask"].format_map(_counts(mended, words))
    answer = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
    return str(answer).strip().casefold() in _ASSENT


_ASSENT = ("y", "yes", "o", "oui")


def _counts(mended: Sequence[Mended], words: Words) -> Mapping[str, str]:
    changes = sum(len(each.repairs) for each in mended)
    return {
        "changes": words["change" if changes == 1 else "changes"].format(count=changes),
        "files": words["file" if len(mended) == 1 else "files"].format(count=len(mended)),
    }


def _write(found: _Found, words: Words) -> Sequence[LeftAlone]:
    """Write the files, each whole or not at all; those that could not be."""
    left = [one for each in found.mended if (one := _written(found.root, each)) is not None]
    names = {each.name for each in left}
    done = [each for each in found.mended if each.name not in names]
    if done:
        typer.echo(words["written"].format_map(_counts(done, words)), err=True)
    return left


def _written(root: Path, mended: Mended) -> LeftAlone | None:
    """Write one file; or why it is left alone."""
    from scc_eval.mending import LeftAlone

    path = root / mended.name
    try:
        if path.read_bytes() != mended.before:
            return LeftAlone(mended.name, "changed", is_lacking=True)
        if not path.stat().st_mode & _WRITABLE:
            return LeftAlone(mended.name, "protected", is_lacking=True)
        write_whole(path, mended.after)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        return LeftAlone(mended.name, "unwritable", is_lacking=True, reason=reason)
    return None


_WRITABLE = 0o222


def _told(left: LeftAlone, words: Words) -> str:
    why = words[left.why].format(reason=left.reason)
    return words["left"].format(name=left.name, why=why)
