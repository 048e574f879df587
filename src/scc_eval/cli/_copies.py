"""The copies of a report that `scc audit` makes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scc_eval.cli._shared import fail, write_file, write_out

if TYPE_CHECKING:
    from scc_eval.audit import Audit
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.reports import Report
    from scc_eval.reports.copying import Edit


def copy_report(
    file: Path,
    audit: Audit,
    found: Sequence[Diagnostic],
    fix: Path | None,
    write: Path | None,
    links: str,
    words: Any,
) -> None:
    """Write the copies of a report that were asked for: repaired (`fix`), linked and commented
    (`write`). The report itself is never written."""
    for target in filter(None, (fix, write)):
        if target.resolve() == file.resolve():
            fail(f"{target} is the report itself: a copy has another name")
    if audit.report.problems:
        return
    if fix is not None:
        _write_fixed(file, audit, fix, words)
    if write is not None:
        _write_annotated(file, audit, found, write, links, words)


def _write_fixed(file: Path, audit: Audit, target: Path, words: Any) -> None:
    from scc_eval.audit.editing import repairable, repairs
    from scc_eval.output.passages import place

    own = words["audit"]
    edits = repairs(audit)
    if not edits:
        typer.echo(own["nothing_to_fix"].format(file=file), err=True)
        return
    if target.suffix.lower() != file.suffix.lower():
        fail(f"--fix copies a report in its own kind: {target} should end in {file.suffix}")
    _write_copy(file, audit.report, edits, target)
    for citation in repairable(audit):
        facts = {"raw": " ".join(citation.raw.split()), "code": citation.codes[0]}
        typer.echo(own["repaired"].format(place=place(citation.at, words), **facts), err=True)
    typer.echo(own["fixed"].format(output=target, **_counted(words, repair=len(edits))), err=True)


def _write_annotated(
    file: Path,
    audit: Audit,
    found: Sequence[Diagnostic],
    target: Path,
    links: str,
    words: Any,
) -> None:
    from scc_eval.audit.editing import annotated

    kind = target.suffix.lower()
    if kind not in (".docx", ".html", ".htm"):
        fail(f"--write makes a .docx or an .html, not {target}")
    if kind == ".docx" and file.suffix.lower() != ".docx":
        fail(f"a .docx copy can be made of a .docx only, not of {file}; an .html of any report")
    dossier = audit.known.dossier
    links = links or (f"{dossier.name}.html" if dossier else "story.html")
    edits = annotated(audit, found, links)
    if kind == ".docx":
        _write_copy(file, audit.report, edits, target)
    else:
        from scc_eval.reports.page import as_page

        write_out(as_page(audit.report, edits, file.name, words["audit"]["page"]), target)
    counts = _counted(
        words,
        link=sum(edit.address is not None for edit in edits),
        comment=sum(len(edit.comments) for edit in edits),
    )
    typer.echo(words["audit"]["written"].format(output=target, **counts), err=True)


def _counted(words: Any, **numbers: int) -> dict[str, str]:
    """Each number with its word, for one or for many, by the word for many."""
    from scc_eval.output.closing import counted

    own = words["audit"]
    return {
        f"{name}s": counted(number, own[name], own[f"{name}s"], words["summary"])
        for name, number in numbers.items()
    }


def _write_copy(file: Path, report: Report, edits: Sequence[Edit], target: Path) -> None:
    from scc_eval.reports.copying import CannotCopy, copy

    try:
        made = copy(file, report, edits)
    except CannotCopy as refused:
        if str(refused) == file.suffix:
            fail(f"a {file.suffix} cannot be written again: --write makes an .html of it")
        fail(f"no copy can be made of {file}: {refused}")
    write_file(made, target)
