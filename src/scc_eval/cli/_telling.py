"""How commands tell diagnostics: in which format, where to, and with what exit code."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval import __version__
from scc_eval.cli._shared import choose, fail, write_out

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic, Severity
    from scc_eval.output import Format, Summary

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "md")
LEVELS = ("error", "warning", "note")

FORMAT = typer.Option(
    "text", "--format", help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.", metavar="FORMAT"
)
OUTPUT = typer.Option(
    None, "--output", "-o", help="Write that format to this file; the text is still printed."
)
FAIL_ON = typer.Option(
    "error",
    "--fail-on",
    help="Exit with 1 if there is a diagnostic of this level or above: error, warning or note.",
    metavar="LEVEL",
)

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable in which GitHub names the file for the summary of a step."""
_LARGEST = 1024 * 1024


def level_named(fail_on: str) -> Severity:
    """The severity that `--fail-on` names; exit code 2 if it names none."""
    choose("--fail-on", fail_on, LEVELS)

    from scc_eval.diagnostics import Severity

    return Severity[fail_on.upper()]


def folder_in_repository(folder: Path) -> str:
    """Where a folder lies in the repository that holds it; nothing at its top, or in none."""
    folder = Path(os.path.normpath(folder.absolute()))
    for above in (folder, *folder.parents):
        if os.path.lexists(above / ".git"):
            return "/".join(folder.relative_to(above).parts)
    return ""


def tell_diagnostics(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    format: str,
    output: Path | None,
    formats: Mapping[str, Format] | None = None,
) -> None:
    """Print diagnostics in a format, or write that to a file and print the text.

    `diagnostics` are in the words of the summary's language. `formats` are those of a command that
    has others of its own. With `github`, the summary of the step gets them all as Markdown, where
    GitHub asks for one.
    """
    from scc_eval.output import FORMATS

    known, versioned = formats or FORMATS, summary._replace(version=__version__)

    def told(name: str) -> str:
        # The name of a file need not be Unicode; what is printed must be.
        return known[name](diagnostics, versioned).encode("utf-8", "replace").decode()

    write_out(told(format), output)
    if output is not None:
        write_out(told("text"), None)
    if format == "github" and (named := os.environ.get(STEP_SUMMARY)):
        _append(told("md"), Path(named), summary.words["summary"]["cut"])


def leave_by(diagnostics: Sequence[Diagnostic], summary: Summary) -> None:
    """Leave with exit code 1 if something is at or above the level that makes the run fail."""
    if any(diagnostic.severity >= summary.fail_on for diagnostic in diagnostics):
        raise typer.Exit(1)


def _append(text: str, path: Path, cut: str) -> None:
    """Add to the summary of a step as many whole lines as GitHub takes, then a line that says what
    is missing."""
    try:
        with path.open("ab") as stream:
            stream.write(_fitting(text, _LARGEST - stream.tell(), cut).encode())
    except OSError as error:
        fail(f"{path} cannot be written: {(error.strerror or 'unknown').lower()}")


def _fitting(text: str, room: int, cut: str) -> str:
    if len(text.encode()) <= room:
        return text
    ending = f"\n{cut}\n"
    room -= len(ending.encode())
    lines = text.splitlines(keepends=True)
    sizes = accumulate(len(line.encode()) for line in lines)
    kept = [line for line, size in zip(lines, sizes, strict=True) if size <= room]
    return "".join((*kept, ending)) if kept else ""
